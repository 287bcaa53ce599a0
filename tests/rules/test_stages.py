"""How far a project has come: steps done, the next one, and what can still tell.

By hand on the fictitious regulation, and against trying every way of filling the blanks.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeAlias

import pytest

from generator.model.anchors import Anchor
from generator.model.conditions import (
    All,
    AnyOf,
    Bound,
    Condition,
    FactTerm,
    Holds,
    Interval,
    Leaf,
    Not,
    OneOf,
    ParameterTerm,
    Test,
    Within,
    facts_of,
    leaves,
)
from generator.model.edition import Edition, FactType, Stage, Step
from generator.model.values import Value
from generator.rules.stages import StageState, stage_states
from tests.support.editions import EDITIONS, edition_of, stated

YUNLING = edition_of("yunling-2025")
TODAY = date(2025, 4, 1)


def standing(stage: str, as_of: date = TODAY, **facts: Any) -> StageState:
    return stage_states(YUNLING, stated(YUNLING, **facts), as_of)[stage]


def brief(stage: str, **facts: Any) -> tuple[list[str], str | None, list[str]]:
    """What is done, what is next, what is missing."""
    state = standing(stage, **facts)
    return list(state.done), state.next, list(state.missing)


REPLIED: dict[str, Any] = {"applied_on": "2025-03-03", "replied_on": "2025-03-07"}

# By hand: 申请 → 答复 → 不同意购置的，书面说明理由 --------------------------------------------


def test_every_stage_of_the_regulation_has_a_state() -> None:
    found = stage_states(YUNLING, {}, TODAY)
    assert list(found) == ["purchase", "registration", "use", "disposal"]


def test_while_nothing_is_known_the_first_step_is_next_and_its_facts_are_missing() -> None:
    assert brief("purchase") == ([], "apply", ["applied_on"])
    assert brief("disposal") == ([], "inspect", ["inspected_on", "inspection_reported"])


@pytest.mark.parametrize("applied", ["2025-03-31", "2025-04-01"])
def test_a_day_that_has_come_is_done_today_included(applied: str) -> None:
    assert brief("purchase", applied_on=applied) == (
        ["apply"],
        "reply_to_applicant",
        ["replied_on"],
    )


def test_a_day_still_ahead_is_not_done_and_nothing_can_change_that() -> None:
    assert brief("purchase", applied_on="2025-04-02") == ([], "apply", [])


def test_the_same_answers_come_to_more_on_a_later_day() -> None:
    known: dict[str, Any] = {**REPLIED, "purchase_agreed": "yes"}
    days = [date(2025, 3, 2), date(2025, 3, 3), date(2025, 3, 6), date(2025, 3, 7)]
    states = [standing("purchase", day, **known) for day in days]
    assert [state.next for state in states] == [
        "apply",
        "reply_to_applicant",
        "reply_to_applicant",
        None,
    ]
    assert [len(state.done) for state in states] == [0, 1, 1, 2]


def test_a_step_that_may_apply_is_not_passed_over_and_what_decides_it_is_missing() -> None:
    assert brief("purchase", **REPLIED) == (
        ["apply", "reply_to_applicant"],
        "give_reasons",
        ["purchase_agreed", "reasons_given"],
    )


def test_a_step_that_applies_waits_for_what_is_done_alone() -> None:
    refused = {**REPLIED, "purchase_agreed": "no"}
    assert brief("purchase", **refused)[1:] == ("give_reasons", ["reasons_given"])
    assert brief("purchase", **refused, reasons_given="no")[1:] == ("give_reasons", [])
    assert brief("purchase", **refused, reasons_given="yes") == (
        ["apply", "reply_to_applicant", "give_reasons"],
        None,
        [],
    )


def test_a_step_surely_undone_waits_for_whether_it_applies_alone() -> None:
    assert brief("purchase", **REPLIED, reasons_given="no")[1:] == (
        "give_reasons",
        ["purchase_agreed"],
    )


def test_a_step_done_that_may_not_apply_is_done_one_that_surely_does_not_is_skipped() -> None:
    maybe = standing("purchase", **REPLIED, reasons_given="yes")
    assert (maybe.done[-1], maybe.skipped, maybe.next) == ("give_reasons", (), None)
    agreed = standing("purchase", **REPLIED, purchase_agreed="yes", reasons_given="yes")
    assert agreed == StageState(("apply", "reply_to_applicant"), ("give_reasons",), None, ())


def test_a_stage_whose_steps_do_not_apply_has_nothing_to_do() -> None:
    assert standing("registration", purchase_agreed="no") == StageState((), ("file",), None, ())


# 登记信息备案: two things make it done ---------------------------------------------------------

AGREED = {"purchase_agreed": "yes"}


@pytest.mark.parametrize(
    ("facts", "done", "missing"),
    [
        ({}, False, ["registered_on", "registration_filed"]),
        ({"registered_on": "2025-03-20"}, False, ["registration_filed"]),
        ({"registration_filed": "yes"}, False, ["registered_on"]),
        ({"registration_filed": "no"}, False, []),
        ({"registered_on": "2025-04-02"}, False, []),
        ({"registered_on": "2025-03-20", "registration_filed": "no"}, False, []),
        ({"registered_on": "2025-03-20", "registration_filed": "yes"}, True, []),
    ],
)
def test_all_of_several_things_make_a_step_done_and_one_unmakes_it(
    facts: dict[str, str], done: bool, missing: list[str]
) -> None:
    expected = (["file"], None, []) if done else ([], "file", missing)
    assert brief("registration", **AGREED, **facts) == expected


def test_whether_it_applies_comes_before_whether_it_is_done() -> None:
    assert brief("registration", registered_on="2025-03-20")[2] == [
        "purchase_agreed",
        "registration_filed",
    ]


# 维修: an amount decides whether the step applies ----------------------------------------------


@pytest.mark.parametrize(("estimate", "next_"), [("5000", None), ("5000.01", "review_repair")])
def test_an_amount_can_decide_whether_a_step_applies(estimate: str, next_: str | None) -> None:
    # 第八条：维修费用单次超过5000元的.
    assert brief("use", delivered_on="2025-03-19", repair_estimate=estimate) == (
        ["take_over"],
        next_,
        ["repair_reviewed"] if next_ else [],
    )


def test_steps_behind_the_next_one_may_be_done_already() -> None:
    assert brief("use", repair_estimate="8000", repair_reviewed="yes") == (
        ["review_repair"],
        "take_over",
        ["delivered_on"],
    )


# Against every way of filling the blanks ----------------------------------------------------------

Filled: TypeAlias = Mapping[str, Value]
DAYS: tuple[Value, ...] = tuple(TODAY + timedelta(days) for days in (-1, 0, 1))


def holds(condition: Condition | None, filled: Filled) -> bool:
    """Whether a condition holds once everything is known: no third value."""
    match condition:
        case None:
            return True
        case Leaf(test):
            return passes(test, filled)
        case Not(part):
            return not holds(part, filled)
        case All(parts):
            return all(holds(part, filled) for part in parts)
        case AnyOf(parts):
            return any(holds(part, filled) for part in parts)


def passes(test: Test, filled: Filled) -> bool:
    match test:
        case Holds(fact):
            return filled[fact] is True
        case OneOf(fact, choices):
            return filled[fact] in choices
        case Within(FactTerm(fact), intervals):
            amount = filled[fact]
            assert isinstance(amount, int)
            return any(lies_in(amount, interval) for interval in intervals)
    raise AssertionError(f"no way to tell {test}")


def lies_in(amount: int, interval: Interval) -> bool:
    low, high = interval.low, interval.high
    below = low and (amount < edge(low) or (amount == edge(low) and not low.closed))
    above = high and (amount > edge(high) or (amount == edge(high) and not high.closed))
    return not below and not above


def edge(bound: Bound) -> int:
    assert isinstance(bound.term, ParameterTerm)
    return bound.term.steps


def is_done(step: Step, filled: Filled) -> bool:
    values = [filled[fact] for fact in step.done]
    return all(value <= TODAY if isinstance(value, date) else value is True for value in values)


def by_trying(stage: Stage, answers: Filled, values: Mapping[str, Sequence[Value]]) -> StageState:
    """What every way of filling the blanks of each step agrees on."""
    done: list[str] = []
    skipped: list[str] = []
    next_: str | None = None
    missing: tuple[str, ...] = ()
    for step in stage.steps:
        facts = list(facts_of_step(step))
        open_to = [[answers[f]] if f in answers else values[f] for f in facts]
        ways = [dict(zip(facts, way, strict=True)) for way in itertools.product(*open_to)]
        applies = [holds(step.applies, way) for way in ways]
        finished = [is_done(step, way) for way in ways]
        stands_open = [a and not d for a, d in zip(applies, finished, strict=True)]
        if all(finished) and any(applies):
            done.append(step.id)
        if not any(applies):
            skipped.append(step.id)
        if next_ is None and any(stands_open):
            next_ = step.id
            missing = tuple(fact for fact in facts if matters(fact, ways, stands_open))
    return StageState(tuple(done), tuple(skipped), next_, missing)


def matters(fact: str, ways: Sequence[Filled], outcomes: Sequence[bool]) -> bool:
    """Whether two ways that differ in this fact alone come to different things."""
    seen: dict[Any, bool] = {}
    for way, outcome in zip(ways, outcomes, strict=True):
        others = tuple(value for name, value in way.items() if name != fact)
        if seen.setdefault(others, outcome) != outcome:
            return True
    return False


def facts_of_step(step: Step) -> Iterator[str]:
    yield from facts_of(step.applies) if step.applies else ()
    yield from step.done


def values_of(edition: Edition, stage: Stage) -> dict[str, tuple[Value, ...]]:
    """For each fact of a stage, values of every class that makes a difference."""
    cuts: dict[str, set[int]] = {}
    for step in stage.steps:
        for leaf in leaves(step.applies) if step.applies else ():
            if isinstance(leaf.test, Within):
                bounds = [b for i in leaf.test.intervals for b in (i.low, i.high) if b]
                found = cuts.setdefault(facts_of(leaf)[0], set())
                found |= {edge(bound) + by for bound in bounds for by in (-1, 0, 1)}
    values: dict[str, tuple[Value, ...]] = {}
    for fact in dict.fromkeys(fact for step in stage.steps for fact in facts_of_step(step)):
        match edition.facts[fact].type:
            case FactType.YESNO:
                values[fact] = (True, False)
            case FactType.DATE:
                values[fact] = DAYS
            case FactType.CHOICE:
                values[fact] = tuple(edition.facts[fact].choices)
            case _:
                values[fact] = tuple(sorted(cuts[fact]))
    return values


def every_state(values: Mapping[str, Sequence[Value]]) -> Iterator[dict[str, Value]]:
    """Every combination of known and unknown facts."""
    for way in itertools.product(*([None, *each] for each in values.values())):
        yield {n: value for n, value in zip(values, way, strict=True) if value is not None}


def some_states(values: Mapping[str, Sequence[Value]], count: int) -> Iterator[dict[str, Value]]:
    chance = random.Random(" ".join(values))
    for _ in range(count):
        known = chance.random()
        yield {n: chance.choice(each) for n, each in values.items() if chance.random() < known}


def check(edition: Edition, stage: Stage, states: Iterable[Filled]) -> int:
    """How many states there were; fails at the first that comes to something else."""
    values, held = values_of(edition, stage), replace(edition, stages={stage.id: stage})
    wanted = list(states)
    for answers in wanted:
        found = stage_states(held, answers, TODAY)[stage.id]
        assert (answers, found) == (answers, by_trying(stage, answers, values))
    return len(wanted)


@pytest.mark.parametrize("id", EDITIONS)
def test_a_stage_of_the_data_is_judged_as_by_trying_everything(id: str) -> None:
    edition = edition_of(id)
    for stage in edition.stages.values():
        assert check(edition, stage, some_states(values_of(edition, stage), 300)) == 300


@pytest.mark.parametrize("stage", YUNLING.stages)
def test_every_state_of_a_stage_is_judged_as_by_trying_everything(stage: str) -> None:
    values = values_of(YUNLING, YUNLING.stages[stage])
    assert check(YUNLING, YUNLING.stages[stage], every_state(values)) >= 12


# Stages made up of any steps ----------------------------------------------------------------------

YESNO = ("quota_vacancy", "purchase_agreed", "reasons_given", "secret_unit", "repair_reviewed")
OTHERS = ("vehicle_type", "repair_estimate", "applied_on", "replied_on")


def made_up(seed: int) -> Stage:
    """Three steps over a few facts: no fact twice in one step, but in several of them."""
    chance = random.Random(seed)
    names = [*chance.sample(YESNO, 3), *chance.sample(OTHERS, 2)]
    return Stage("made_up", "阶段", "", (), tuple(step(n, names, chance) for n in range(3)))


def step(number: int, names: Sequence[str], chance: random.Random) -> Step:
    mixed = chance.sample(names, len(names))
    first = next(name for name in mixed if is_yesno_or_day(name))
    rest = [name for name in mixed if name != first]
    cut = chance.randrange(len(rest) + 1)
    more = [name for name in rest[cut:] if is_yesno_or_day(name)]
    done = [first, *more][: chance.randrange(1, 4)]
    asked = [name for name in rest[:cut] if name not in done and not name.endswith("_on")]
    known = YUNLING.stages["use"].steps[0]
    applies = tree(asked, chance) if asked else None
    return replace(known, id=f"step_{number}", applies=applies, done=tuple(done))


def is_yesno_or_day(name: str) -> bool:
    return YUNLING.facts[name].type in (FactType.YESNO, FactType.DATE)


def tree(names: Sequence[str], chance: random.Random) -> Condition:
    if len(names) > 1:
        kind = chance.choice((All, AnyOf))
        found: Condition = kind((tree(names[:1], chance), tree(names[1:], chance)))
    else:
        found = Leaf(leaf_test(names[0]), Anchor("1"), "")
    return Not(found) if chance.random() < 0.4 else found


def leaf_test(name: str) -> Test:
    match YUNLING.facts[name].type:
        case FactType.YESNO:
            return Holds(name)
        case FactType.CHOICE:
            return OneOf(name, {"sedan": None, "electric": None})
    applies = YUNLING.stages["use"].steps[1].applies
    assert isinstance(applies, Leaf)
    return applies.test


@pytest.mark.parametrize("seed", range(25))
def test_whatever_its_steps_a_stage_is_judged_as_by_trying_everything(seed: int) -> None:
    stage = made_up(seed)
    assert check(YUNLING, stage, every_state(values_of(YUNLING, stage))) > 20


@pytest.mark.parametrize("id", EDITIONS)
def test_no_step_is_done_by_what_decides_whether_it_applies(id: str) -> None:
    # Else what is missing would not be exact.
    for step in edition_of(id).steps.values():
        facts = list(facts_of_step(step))
        assert len(facts) == len(set(facts)), step.id
