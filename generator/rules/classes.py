"""Classes of answers: while each answer stays in its class, no condition that reads them changes.

So a verdict need be reckoned once for a class, and many projects are judged by looking it up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from generator.model.conditions import (
    Condition,
    FactTerm,
    ParameterTerm,
    Test,
    Within,
    facts_of_test,
    leaves,
)
from generator.rules.answers import Answers
from generator.rules.evaluate import Facts, is_known, test_truth

T = TypeVar("T")

_MOST_KEPT = 20_000
"""Beyond, what is kept is forgotten: memory stays bounded whatever projects come."""


class Kept(Generic[T]):
    """What answers come to, reckoned once for each class of them.

    `reckon` may depend on the answers only by way of the conditions.
    """

    def __init__(
        self, conditions: Iterable[Condition], facts: Facts, reckon: Callable[[Answers], T]
    ) -> None:
        self._class_of = Classes(conditions, facts)
        self._reckon = reckon
        self._kept: dict[Hashable, T] = {}

    def __call__(self, answers: Answers) -> T:
        """What the answers come to."""
        class_ = self._class_of(answers)
        found = self._kept.get(class_)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[class_] = self._reckon(answers)
        return found


class Classes:
    """Names the class of answers: equal for answers that no reading of the conditions tells apart.

    Amounts that are held against parameters fall into the spans between them; amounts that are
    held against each other count by what the comparison says, and by which of them are known.
    """

    def __init__(self, conditions: Iterable[Condition], facts: Facts) -> None:
        self._facts = facts
        self._stated: dict[str, None] = {}
        self._firsts: dict[str, list[int]] = {}
        self._compared: list[Test] = []
        self._in_comparisons: dict[str, None] = {}
        for condition in conditions:
            for leaf in leaves(condition):
                for test in (leaf.test, *leaf.alternatives.values()):
                    self._add(test)

    def _add(self, test: Test) -> None:
        if not isinstance(test, Within):
            self._stated[test.fact] = None
            return
        cuts = fixed_cuts(test)
        if cuts is not None and isinstance(test.term, FactTerm):
            firsts = {first for cut in cuts for first in (cut, cut + 1)}
            known = self._firsts.get(test.term.fact, [])
            self._firsts[test.term.fact] = sorted(firsts.union(known))
        else:
            self._compared.append(test)
            self._in_comparisons.update(dict.fromkeys(facts_of_test(test)))

    def __call__(self, answers: Answers) -> Hashable:
        """The class of these answers."""
        get = answers.get
        found: list[Hashable] = [get(fact) for fact in self._stated]
        for fact, firsts in self._firsts.items():
            value = get(fact)
            found.append(bisect_right(firsts, value) if isinstance(value, int) else None)
        if self._compared:
            found += [test_truth(test, answers, self._facts).value for test in self._compared]
            found += [is_known(fact, answers) for fact in self._in_comparisons]
        return tuple(found)


def fixed_cuts(test: Within) -> tuple[int, ...] | None:
    """The thresholds of a single amount, in smallest steps; None where they depend on answers."""
    terms = [b.term for each in test.intervals for b in (each.low, each.high) if b]
    cuts = tuple(term.steps for term in terms if isinstance(term, ParameterTerm))
    return cuts if isinstance(test.term, FactTerm) and len(cuts) == len(terms) else None
