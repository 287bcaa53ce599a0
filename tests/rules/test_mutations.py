"""Each small slip in the real rules, decisions, deadlines and papers is caught by an example.

A mutant that no example catches counts as caught only if it provably is no change: it comes to the
same for every class of values, on every day.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from generator.model.conditions import (
    Condition,
    Earliest,
    FactTerm,
    Latest,
    ParameterTerm,
    Within,
    facts_of_term,
    leaves,
)
from generator.model.edition import Deadline, Decision, Edition, Fact, FactType, Paper, Rule, Window
from generator.model.values import EARLIEST_DAY, LATEST_DAY, Value
from generator.rules.answers import Answers
from generator.rules.examples import Holder, outcome, problems_of
from tests.rules.mutants import Mutant, mutants
from tests.support.editions import EDITIONS, edition_of

FEWEST = {"qidong-2022": 500, "yunling-2025": 250}
"""Mutants that there must be at least, so that the test cannot run dry unseen."""


@pytest.mark.parametrize("id", EDITIONS)
def test_some_example_catches_every_slip(id: str) -> None:
    edition = edition_of(id)
    made = list(mutants(edition))
    missed = [mutant for mutant in made if not is_caught(mutant)]
    survivors = [mutant for mutant in missed if not is_no_change(edition, mutant)]
    changes = len(made) - len(missed) + len(survivors)
    score = 100 * (changes - len(survivors)) / changes
    report = [
        f"{id}: {len(made)} mutants, {len(made) - changes} of them proven to be no change",
        f"caught by an example: {changes - len(survivors)} of {changes} = {score:.1f} %",
        *(f"survives: {mutant.words}" for mutant in survivors),
    ]
    print("\n" + "\n".join(report))
    assert not survivors, "\n".join(report)
    assert len(made) >= FEWEST[id]


def is_caught(mutant: Mutant) -> bool:
    """Whether an example no longer comes out as it is written."""
    examples = mutant.original.examples
    return any(any(problems_of(mutant.edition, mutant.holder, each)) for each in examples)


# Proof that a mutant is no change -----------------------------------------------------------------


def is_no_change(edition: Edition, mutant: Mutant) -> bool:
    """Whether original and mutant agree on every class of answers; False where that is not known
    because the classes are not finitely many."""
    grid = _grid(edition, mutant)
    return grid is not None and all(
        outcome(edition, mutant.original, answers)
        == outcome(mutant.edition, mutant.holder, answers)
        for answers in grid
    )


def _grid(edition: Edition, mutant: Mutant) -> Iterator[Answers] | None:
    """One answer of each class, blanks included; None where there is no such grid."""
    match mutant.original, mutant.holder:
        case Deadline() as original, Deadline() as changed:
            schedules = _schedules(original) + _schedules(changed)
            return _days_grid(edition, schedules)
    conditions = [*_conditions(edition, mutant.original)]
    conditions += _conditions(mutant.edition, mutant.holder)
    return _classes_grid(edition, conditions)


def _conditions(edition: Edition, holder: Holder) -> list[Condition]:
    match holder:
        case Rule():
            return [holder.when]
        case Decision():
            return [edition.rules[id].when for id in holder.first_of]
        case Paper():
            return [*holder.conditions]
    raise TypeError(holder)


def _classes_grid(edition: Edition, conditions: Iterable[Condition]) -> Iterator[Answers] | None:
    cuts: dict[str, set[int]] = {}
    for condition in conditions:
        for leaf in leaves(condition):
            for test in (leaf.test, *leaf.alternatives.values()):
                if not isinstance(test, Within):
                    cuts.setdefault(test.fact, set())
                    continue
                bounds = [b.term for i in test.intervals for b in (i.low, i.high) if b]
                fixed = [term.steps for term in bounds if isinstance(term, ParameterTerm)]
                if not isinstance(test.term, FactTerm) or len(fixed) < len(bounds):
                    return None
                cuts.setdefault(test.term.fact, set()).update(fixed)
    return _product({name: _values(edition.facts[name], found) for name, found in cuts.items()})


def _values(fact: Fact, cuts: set[int]) -> list[Value]:
    match fact.type:
        case FactType.YESNO:
            return [True, False]
        case FactType.CHOICE:
            return [*fact.choices]
    lowest = -fact.highest if fact.signed else fact.lowest
    near = {cut + by for cut in cuts for by in (-1, 0, 1)}
    return [*sorted({lowest, fact.highest, *(v for v in near if lowest <= v <= fact.highest)})]


def _schedules(deadline: Deadline) -> list[Any]:
    return [deadline.schedule, *deadline.alternatives.values()]


def _days_grid(edition: Edition, schedules: Iterable[Any]) -> Iterator[Answers] | None:
    """Every day that may be answered, where it is one day that is counted from."""
    names: set[str] = set()
    for schedule in schedules:
        if not isinstance(schedule, Window) or isinstance(schedule.start, Latest | Earliest):
            return None
        names.update(facts_of_term(schedule.start))
        if schedule.extension:
            names.add(schedule.extension.fact)
    days = [name for name in names if edition.facts[name].type is FactType.DATE]
    if len(days) != 1:
        return None
    return _product({name: EVERY_DAY if name in days else [True, False] for name in sorted(names)})


EVERY_DAY: list[Value] = [
    EARLIEST_DAY + timedelta(days=passed) for passed in range((LATEST_DAY - EARLIEST_DAY).days + 1)
]


def _product(values: dict[str, list[Value]]) -> Iterator[Answers]:
    for combination in itertools.product(*([None, *each] for each in values.values())):
        pairs = zip(values, combination, strict=True)
        yield {name: value for name, value in pairs if value is not None}


def test_the_proof_goes_through_every_day_that_may_be_answered() -> None:
    assert EVERY_DAY[0] == date(2000, 1, 1)
    assert EVERY_DAY[-1] == date(2099, 12, 31)


def test_the_proof_never_takes_a_real_change_for_none() -> None:
    edition = edition_of("yunling-2025")
    caught = [mutant for mutant in mutants(edition) if is_caught(mutant)]
    proven = [mutant.words for mutant in caught if is_no_change(edition, mutant)]
    assert proven == []
