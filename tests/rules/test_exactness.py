"""Unknown means that two ways of filling the blanks differ; missing is what can make them differ.

Every rule, decision, paper and deadline of both regulations is reckoned a second time, from
complete answers only, over a grid that has values on both sides of each threshold.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.anchors import Anchor
from generator.model.conditions import (
    All,
    AmountTerm,
    AnyOf,
    Condition,
    FactTerm,
    Holds,
    Leaf,
    Not,
    OneOf,
    ParameterTerm,
    ShareOf,
    SumOfSizes,
    Test,
    facts_of,
    leaves,
    readings_of,
    under,
)
from generator.model.edition import Deadline, Decision, Edition, Paper, Rule
from generator.model.values import Value
from generator.rules.answers import Answers
from generator.rules.evaluate import holds, missing
from generator.rules.schedules import Dates, deadline_dates
from generator.rules.truth import Truth
from generator.rules.verdicts import decision_choice, paper_verdict, rule_verdict
from tests.support.completions import Completions, Grid
from tests.support.editions import EDITIONS, edition_of, stated

AMOUNTS: Mapping[str, tuple[Any, ...]] = {
    "total_investment": ("0.000001", "299.999999", 300, "300.000001", 500, "500.000001", 1000000),
    "approved_estimate": ("0.000001", 300, 1000000),
    "adjust_amount": (-1000000, 0, 20, "30.000001"),
    "prior_adjustments": ([], [20], [-30, "0.000001"], [1000000, 1000000]),
    "purchase_price": ("0.01", 100000, 180000, "180000.01", 10000000000),
    "repair_estimate": ("0.01", "4999.99", 5000, "5000.01", 20000, "20000.01", 10000000000),
    "repair_cost": ("0.01", 5000, 20000, 10000000000),
    "prior_repairs": ([], ["15000"], [20000], [10000000000, 10000000000]),
}
FIRST_DAY, LAST_DAY = "2000-01-01", "2099-12-31"
"""The first and the last day that anybody may enter."""
DAYS = {
    "applied_on": ("2025-04-24", "2025-12-24", "2025-12-29", "2030-01-01"),
    "construction_start": (FIRST_DAY, "2024-01-01", "2024-03-31"),
    "construction_end": ("2024-03-31", "2025-02-01", LAST_DAY),
    "disposed_on": ("2025-02-10", "2025-02-28", LAST_DAY),
}
OTHER_DAYS = (FIRST_DAY, "2024-02-29", "2024-08-31", LAST_DAY)


def grid(edition: Edition, facts: tuple[str, ...]) -> Grid:
    """Values of each fact that stand on all sides of what is asked of it."""
    return {fact: tuple(stated(edition, **{fact: raw})[fact] for raw in raws(edition, fact))
            for fact in facts}  # fmt: skip


def raws(edition: Edition, fact: str) -> tuple[Any, ...]:
    match edition.facts[fact].type.value:
        case "yesno":
            return (True, False)
        case "choice":
            return tuple(edition.facts[fact].choices)
        case "date":
            return DAYS.get(fact, OTHER_DAYS)
        case _:
            return AMOUNTS[fact]


# Complete answers: yes or no, and nothing else ---------------------------------------------------


def is_so(condition: Condition, answers: Answers) -> bool:
    match condition:
        case Leaf(test, _, _, _):
            return passes(test, answers)
        case Not(part):
            return not is_so(part, answers)
        case All(parts):
            return all(is_so(part, answers) for part in parts)
        case AnyOf(parts):
            return any(is_so(part, answers) for part in parts)


def passes(test: Test, answers: Answers) -> bool:
    if isinstance(test, Holds):
        return answers[test.fact] is True
    if isinstance(test, OneOf):
        return answers[test.fact] in test.choices
    amount = reckon(test.term, answers)
    for interval in test.intervals:
        above = below = True
        if low := interval.low:
            limit = reckon(low.term, answers)
            above = amount > limit or (low.closed and amount == limit)
        if high := interval.high:
            limit = reckon(high.term, answers)
            below = amount < limit or (high.closed and amount == limit)
        if above and below:
            return True
    return False


def reckon(term: AmountTerm, answers: Answers) -> Fraction:
    match term:
        case ParameterTerm():
            return Fraction(term.steps)
        case FactTerm(fact):
            return Fraction(number(answers[fact]))
        case ShareOf(share, fact):
            return Fraction(str(share.quantity).rstrip("%")) * number(answers[fact]) / 100
        case SumOfSizes(facts):
            return Fraction(sum(size(answers[fact]) for fact in facts))


def number(value: Value) -> int:
    assert isinstance(value, int)
    return value


def size(value: Value) -> int:
    if isinstance(value, tuple):
        return sum(abs(number(each)) for each in value if each is not None)
    return abs(number(value))


def truth_among(outcomes: frozenset[object]) -> Truth:
    if len(outcomes) > 1:
        return Truth.UNKNOWN
    return Truth.YES if outcomes == {True} else Truth.NO


def completions(edition: Edition, condition: Condition) -> Completions:
    return Completions(
        grid(edition, facts_of(condition)), lambda answers: is_so(condition, answers)
    )


RULES = [(id, rule) for id in EDITIONS for rule in edition_of(id).rules.values()]
DECISIONS = [(id, each) for id in EDITIONS for each in edition_of(id).decisions.values()]
PAPERS = [(id, paper) for id in EDITIONS for paper in edition_of(id).papers.values()]
DEADLINES = [(id, each) for id in EDITIONS for each in edition_of(id).deadlines.values()]


def named(value: object) -> str | None:
    return value if isinstance(value, str) else getattr(value, "id", None)


@pytest.mark.parametrize(("id", "rule"), RULES, ids=named)
def test_a_rule_is_as_open_as_the_ways_of_filling_its_blanks(id: str, rule: Rule) -> None:
    edition = edition_of(id)
    ways = completions(edition, rule.when)
    for answers in ways:
        found = rule_verdict(edition, rule, answers)
        assert found.truth is truth_among(ways.outcomes(answers)), answers
        assert set(found.missing) == ways.matters(answers), answers


@pytest.mark.parametrize(("id", "rule"), RULES, ids=named)
def test_a_rule_lists_a_reading_if_and_only_if_flipping_it_changes_the_verdict(
    id: str, rule: Rule
) -> None:
    edition = edition_of(id)
    ways = completions(edition, rule.when)
    flipped = {
        reading: Completions(
            grid(edition, facts_of(rule.when)),
            lambda answers, flip=reading: is_so(under(rule.when, flip), answers),
        )
        for reading in readings_of(rule.when)
    }
    for answers in ways:
        truth = truth_among(ways.outcomes(answers))
        expected = {
            reading
            for reading, others in flipped.items()
            if truth_among(others.outcomes(answers)) is not truth
        }
        assert set(rule_verdict(edition, rule, answers).readings) == expected, answers


@pytest.mark.parametrize(("id", "decision"), DECISIONS, ids=named)
def test_a_decision_is_as_open_as_the_ways_of_filling_its_blanks(
    id: str, decision: Decision
) -> None:
    edition = edition_of(id)
    rules = {rule: edition.rules[rule].when for rule in decision.first_of}
    facts = tuple(dict.fromkeys(fact for when in rules.values() for fact in facts_of(when)))
    readings = tuple(dict.fromkeys(r for when in rules.values() for r in readings_of(when)))

    def outcome(answers: Answers, reading: str = "") -> str:
        holding = (rule for rule, when in rules.items() if is_so(under(when, reading), answers))
        return next(holding, decision.otherwise)

    ways = Completions(grid(edition, facts), outcome)
    flipped = {
        reading: Completions(
            grid(edition, facts), lambda answers, flip=reading: outcome(answers, flip)
        )
        for reading in readings
    }
    for answers in ways:
        found = decision_choice(edition, decision, answers)
        possible = ways.outcomes(answers)
        assert set(found.possible) == possible, answers
        assert found.outcome == settled(possible), answers
        assert set(found.missing) == ways.matters(answers), answers
        assert set(found.readings) == {
            reading
            for reading, others in flipped.items()
            if settled(others.outcomes(answers)) != settled(possible)
        }, answers


def settled(outcomes: frozenset[Any]) -> Any:
    return next(iter(outcomes)) if len(outcomes) == 1 else None


@pytest.mark.parametrize(("id", "paper"), PAPERS, ids=named)
def test_a_paper_is_as_open_as_the_ways_of_filling_its_blanks(id: str, paper: Paper) -> None:
    edition = edition_of(id)
    conditions = [c for c in (paper.required, *paper.alternatives.values()) if c]
    facts = tuple(dict.fromkeys(fact for condition in conditions for fact in facts_of(condition)))

    def required(condition: Condition | None) -> Completions:
        return Completions(
            grid(edition, facts), lambda answers: condition is None or is_so(condition, answers)
        )

    ways = required(paper.required)
    flipped = {reading: required(other) for reading, other in paper.alternatives.items()}
    for answers in ways:
        found = paper_verdict(edition, paper, answers)
        truth = truth_among(ways.outcomes(answers))
        assert found.truth is truth, answers
        assert set(found.missing) == ways.matters(answers), answers
        assert set(found.readings) == {
            reading
            for reading, others in flipped.items()
            if truth_among(others.outcomes(answers)) is not truth
        }, answers


@pytest.mark.parametrize(("id", "deadline"), DEADLINES, ids=named)
def test_a_deadline_is_as_open_as_the_ways_of_filling_its_blanks(
    id: str, deadline: Deadline
) -> None:
    edition = edition_of(id)
    ways = Completions(
        grid(edition, deadline_dates(edition, deadline, {}).missing),
        lambda answers: shown(deadline_dates(edition, deadline, answers)),
    )
    ends = {date.fromisoformat(FIRST_DAY), date.fromisoformat(LAST_DAY)}
    for answers in ways:
        if ends & set(answers.values()):
            # The latest of a day and the last one of all is known: too far-fetched to reckon with.
            continue
        found = deadline_dates(edition, deadline, answers)
        assert set(found.missing) == ways.matters(answers), answers
        if not found.missing:
            assert {shown(found)} == ways.outcomes(answers), answers


def shown(dates: Dates) -> tuple[object, ...]:
    return dates.opens, dates.due, dates.rolls_to, dates.dates


# By hand -----------------------------------------------------------------------------------------


def test_an_unknown_cost_is_more_than_nothing_where_it_must_be() -> None:
    # 20000 were spent before, the cap is 20000, and a repair costs more than 0元.
    edition = edition_of("yunling-2025")
    rule = edition.rules["repair_barred"]
    found = rule_verdict(
        edition, rule, stated(edition, purchase_price=100000, prior_repairs=[20000])
    )
    assert (found.truth, found.missing) == (Truth.YES, ())


def test_a_blank_row_costs_more_than_nothing_too() -> None:
    edition = edition_of("yunling-2025")
    answers = stated(
        edition, purchase_price=100000, prior_repairs=[None, None], repair_cost="19999.99"
    )
    found = rule_verdict(edition, edition.rules["repair_barred"], answers)
    assert (found.truth, found.missing) == (Truth.YES, ())


def test_an_unknown_list_may_be_empty() -> None:
    edition = edition_of("yunling-2025")
    answers = stated(edition, purchase_price=100000, repair_cost=20000)
    found = rule_verdict(edition, edition.rules["repair_barred"], answers)
    assert (found.truth, found.missing) == (Truth.UNKNOWN, ("prior_repairs",))


# Conditions of any shape -------------------------------------------------------------------------

NOBODY: Mapping[str, Any] = {}


@st.composite
def conditions(draw: st.DrawFn, depth: int = 3) -> Condition:
    """Trees in which each fact stands once."""
    count = 0

    def leaf() -> Leaf:
        nonlocal count
        count += 1
        return Leaf(Holds(f"f{count}"), Anchor(str(count)), f"事实{count}")

    def node(left: int) -> Condition:
        kind = draw(st.sampled_from(["leaf", "not", "all", "any"])) if left else "leaf"
        if kind == "leaf":
            return leaf()
        if kind == "not":
            return Not(node(left - 1))
        parts = tuple(node(left - 1) for _ in range(draw(st.integers(1, 2 if left < 3 else 3))))
        return All(parts) if kind == "all" else AnyOf(parts)

    return node(depth)


def some_answers(draw: st.DrawFn, condition: Condition) -> dict[str, Value]:
    values = st.sampled_from([True, False, None])
    drawn = {fact: draw(values) for fact in facts_of(condition)}
    return {fact: value for fact, value in drawn.items() if value is not None}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Condition, dict[str, Value]]:
    condition = draw(conditions())
    return condition, some_answers(draw, condition)


def turned(condition: Condition) -> Condition:
    """The same condition with its parts in the opposite order."""
    match condition:
        case All(parts):
            return All(tuple(turned(part) for part in reversed(parts)))
        case AnyOf(parts):
            return AnyOf(tuple(turned(part) for part in reversed(parts)))
        case Not(part):
            return Not(turned(part))
        case _:
            return condition


@given(cases())
def test_a_condition_of_any_shape_is_exact(case: tuple[Condition, dict[str, Value]]) -> None:
    condition, answers = case
    ways = Completions(
        dict.fromkeys(facts_of(condition), (True, False)), lambda full: is_so(condition, full)
    )
    assert holds(condition, answers, NOBODY) is truth_among(ways.outcomes(answers))
    assert set(missing(condition, answers, NOBODY)) == ways.matters(answers)


@given(cases())
def test_nothing_is_missing_exactly_when_the_verdict_is_known(
    case: tuple[Condition, dict[str, Value]],
) -> None:
    condition, answers = case
    known = holds(condition, answers, NOBODY) is not Truth.UNKNOWN
    assert known == (missing(condition, answers, NOBODY) == ())


@given(cases())
def test_the_order_of_parts_does_not_matter(case: tuple[Condition, dict[str, Value]]) -> None:
    condition, answers = case
    other = turned(condition)
    assert holds(other, answers, NOBODY) is holds(condition, answers, NOBODY)
    assert set(missing(other, answers, NOBODY)) == set(missing(condition, answers, NOBODY))


@given(st.data())
def test_negating_a_condition_mirrors_it_and_misses_the_same(data: st.DataObject) -> None:
    condition, answers = data.draw(cases())
    assert holds(Not(condition), answers, NOBODY) is holds(condition, answers, NOBODY).negated()
    assert missing(Not(condition), answers, NOBODY) == missing(condition, answers, NOBODY)


@settings(max_examples=60)
@given(st.data())
@pytest.mark.parametrize(("id", "rule"), RULES, ids=named)
def test_learning_more_never_turns_a_verdict_round(
    id: str, rule: Rule, data: st.DataObject
) -> None:
    edition = edition_of(id)
    full = {
        fact: data.draw(st.sampled_from(values), label=fact)
        for fact, values in grid(edition, facts_of(rule.when)).items()
    }
    learnt = data.draw(st.permutations(list(full)))
    answers: dict[str, Value] = {}
    before = rule_verdict(edition, rule, answers)
    for fact in learnt:
        answers[fact] = full[fact]
        after = rule_verdict(edition, rule, answers)
        assert before.truth in (Truth.UNKNOWN, after.truth)
        # What did not matter before cannot begin to matter.
        assert set(after.missing) <= set(before.missing)
        before = after
    assert before.missing == ()


@pytest.mark.parametrize(("id", "rule"), RULES, ids=named)
def test_each_fact_stands_once_in_a_rule(id: str, rule: Rule) -> None:
    for reading in ("", *readings_of(rule.when)):
        tests = [leaf.test for leaf in leaves(under(rule.when, reading))]
        named_facts = [fact for test in tests for fact in facts_of(Leaf(test, rule.law, id))]
        assert len(set(named_facts)) == len(named_facts)
