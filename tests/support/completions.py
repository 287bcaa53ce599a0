"""Every way of filling the blanks: a second, plain reckoning of what is unknown and what matters.

A grid gives each fact a few values, one at least of each kind that a condition tells apart. What
all fillings agree on is known; what two fillings that differ in one fact alone can flip matters.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cache

from generator.model.values import Value
from generator.rules.answers import Answers

Grid = Mapping[str, Sequence[Value]]
Filled = tuple[Value | None, ...]


class Completions:
    """What the outcome of complete answers says of answers with blanks.

    `outcome` is asked for complete answers only.
    """

    def __init__(self, grid: Grid, outcome: Callable[[Answers], Hashable]) -> None:
        self._names = tuple(grid)
        self._values = tuple(tuple(grid[name]) for name in self._names)
        self._outcomes = {
            filled: outcome(dict(zip(self._names, filled, strict=True)))
            for filled in itertools.product(*self._values)
        }
        self._at = cache(self._completed)

    def __iter__(self) -> Iterator[Answers]:
        """All answers over the grid, from none at all to complete ones."""
        for filled in itertools.product(*((None, *values) for values in self._values)):
            yield {n: v for n, v in zip(self._names, filled, strict=True) if v is not None}

    def outcomes(self, answers: Answers) -> frozenset[Hashable]:
        """Every outcome that is still possible."""
        return self._at(self._filled(answers))[0]

    def matters(self, answers: Answers) -> frozenset[str]:
        """The unknown facts of which two completions that differ in them alone differ."""
        found = self._at(self._filled(answers))[1]
        return frozenset(name for name in found if name not in answers)

    def _filled(self, answers: Answers) -> Filled:
        return tuple(answers.get(name) for name in self._names)

    def _completed(self, filled: Filled) -> tuple[frozenset[Hashable], frozenset[str]]:
        if None not in filled:
            return frozenset({self._outcomes[filled]}), self._flips(filled)
        place = filled.index(None)
        results = [
            self._at((*filled[:place], value, *filled[place + 1 :]))
            for value in self._values[place]
        ]
        return (
            frozenset().union(*(outcomes for outcomes, _ in results)),
            frozenset().union(*(facts for _, facts in results)),
        )

    def _flips(self, filled: Filled) -> frozenset[str]:
        own = self._outcomes[filled]
        return frozenset(
            name
            for place, name in enumerate(self._names)
            if any(
                self._outcomes[(*filled[:place], value, *filled[place + 1 :])] != own
                for value in self._values[place]
            )
        )
