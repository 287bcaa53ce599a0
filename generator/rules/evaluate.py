"""The Python target: conditions on answers, exact in three truth values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from generator.model.anchors import Anchor
from generator.model.conditions import (
    All,
    AmountTerm,
    AnyOf,
    Condition,
    DateTerm,
    Earliest,
    FactTerm,
    Holds,
    Interval,
    Latest,
    Leaf,
    Not,
    OneOf,
    ParameterTerm,
    ShareOf,
    SumOfSizes,
    Test,
    Within,
    facts_of_term,
    facts_of_test,
)
from generator.model.edition import Fact, FactType
from generator.rules.answers import Answers
from generator.rules.truth import Truth, truth_of

Number: TypeAlias = int | Fraction
Facts: TypeAlias = Mapping[str, Fact]

_UNLIMITED = 10**30
"""More than any sum of amounts: a list that is not known may be this long."""


@dataclass(frozen=True)
class LeafState:
    """A leaf and its truth. `law` is the chosen choice's own place where it has one."""

    leaf: Leaf
    truth: Truth
    law: Anchor
    negated: bool


def holds(condition: Condition, answers: Answers, facts: Facts, reading: str = "") -> Truth:
    """The truth of a condition, with one reading flipped to its alternative where one is named."""
    match condition:
        case Leaf():
            test = condition.alternatives.get(reading, condition.test)
            return test_truth(test, answers, facts)
        case Not():
            return holds(condition.part, answers, facts, reading).negated()
        case All():
            return min(holds(part, answers, facts, reading) for part in condition.parts)
        case AnyOf():
            return max(holds(part, answers, facts, reading) for part in condition.parts)


def missing(condition: Condition, answers: Answers, facts: Facts) -> tuple[str, ...]:
    """The facts that can still make the difference, in the order of the condition.

    Exact because each fact stands once in a rule: below nodes that are all unknown, every unknown
    leaf decides the rule for some way of filling the other blanks.
    """
    return tuple(dict.fromkeys(_missing(_judged(condition, answers, facts), answers)))


def _missing(judged: _Judged, answers: Answers) -> Iterator[str]:
    if judged.truth is not Truth.UNKNOWN:
        return
    if isinstance(judged.condition, Leaf):
        yield from (f for f in facts_of_test(judged.condition.test) if not is_known(f, answers))
    for part in judged.parts:
        yield from _missing(part, answers)


def because(condition: Condition, answers: Answers, facts: Facts) -> tuple[LeafState, ...]:
    """The leaves that decide a condition; while it is unknown, those already settled."""
    return tuple(_deciding(_judged(condition, answers, facts), answers, negated=False))


def _deciding(judged: _Judged, answers: Answers, *, negated: bool) -> Iterator[LeafState]:
    condition, truth = judged.condition, judged.truth
    if isinstance(condition, Leaf) and truth is not Truth.UNKNOWN:
        place = _place(condition.test, condition.law, answers)
        yield LeafState(condition, truth, place, negated)
    if isinstance(condition, Not):
        yield from _deciding(judged.parts[0], answers, negated=not negated)
        return
    for part in judged.parts:
        if truth is Truth.UNKNOWN or part.truth is truth:
            yield from _deciding(part, answers, negated=negated)


@dataclass(frozen=True)
class _Judged:
    """A condition with its truth, and its parts with theirs."""

    condition: Condition
    truth: Truth
    parts: tuple[_Judged, ...] = ()


def _judged(condition: Condition, answers: Answers, facts: Facts) -> _Judged:
    match condition:
        case Leaf():
            return _Judged(condition, test_truth(condition.test, answers, facts))
        case Not():
            part = _judged(condition.part, answers, facts)
            return _Judged(condition, part.truth.negated(), (part,))
        case All() | AnyOf():
            parts = tuple(_judged(part, answers, facts) for part in condition.parts)
            strictest = min if isinstance(condition, All) else max
            return _Judged(condition, strictest(part.truth for part in parts), parts)


def _place(test: Test, law: Anchor, answers: Answers) -> Anchor:
    if isinstance(test, OneOf):
        return test.choices.get(str(answers.get(test.fact))) or law
    return law


def is_known(fact: str, answers: Answers) -> bool:
    """Whether a fact is answered; a list with a blank in it is not."""
    value = answers.get(fact)
    return value is not None and not (isinstance(value, tuple) and None in value)


# Tests ------------------------------------------------------------------------------------------


def test_truth(test: Test, answers: Answers, facts: Facts) -> Truth:
    """The truth of one test."""
    match test:
        case Holds(fact):
            value = answers.get(fact)
            return truth_of(value if isinstance(value, bool) else None)
        case OneOf(fact, choices):
            chosen = answers.get(fact)
            return truth_of(None if chosen is None else chosen in choices)
        case Within(term, intervals):
            measured = amount_range(term, answers, facts)
            return max(_within(measured, interval, answers, facts) for interval in intervals)


def _within(
    measured: tuple[Number, Number], interval: Interval, answers: Answers, facts: Facts
) -> Truth:
    """All of the range inside: yes; none of it: no; else unknown."""
    lowest, highest = measured
    surely, possibly = True, True
    if interval.low:
        low_least, low_most = amount_range(interval.low.term, answers, facts)
        if interval.low.closed:
            surely, possibly = lowest >= low_most, highest >= low_least
        else:
            surely, possibly = lowest > low_most, highest > low_least
    if interval.high:
        high_least, high_most = amount_range(interval.high.term, answers, facts)
        if interval.high.closed:
            surely, possibly = surely and highest <= high_least, possibly and lowest <= high_most
        else:
            surely, possibly = surely and highest < high_least, possibly and lowest < high_most
    if surely:
        return Truth.YES
    return Truth.UNKNOWN if possibly else Truth.NO


# Terms ------------------------------------------------------------------------------------------


def amount_range(term: AmountTerm, answers: Answers, facts: Facts) -> tuple[Number, Number]:
    """The least and the most that an amount can be, in smallest steps; equal when it is known."""
    match term:
        case ParameterTerm():
            return term.steps, term.steps
        case FactTerm(fact):
            return _fact_range(fact, answers, facts)
        case ShareOf(share, fact):
            fraction = getattr(share.quantity, "fraction", Fraction(1))
            least, most = _fact_range(fact, answers, facts)
            lowest = fraction * least
            return lowest, lowest if least == most else fraction * most
        case SumOfSizes(names):
            ranges = [_size_range(name, answers, facts) for name in names]
            return sum(least for least, _ in ranges), sum(most for _, most in ranges)


def _fact_range(fact: str, answers: Answers, facts: Facts) -> tuple[int, int]:
    value = answers.get(fact)
    if isinstance(value, int):
        return value, value
    shape = facts[fact]
    return (-shape.highest if shape.signed else shape.lowest), shape.highest


def _size_range(fact: str, answers: Answers, facts: Facts) -> tuple[int, int]:
    """The size of an amount, or of all amounts of a list."""
    value, shape = answers.get(fact), facts[fact]
    least, most = (0 if shape.signed else max(0, shape.lowest)), shape.highest
    if isinstance(value, tuple):
        known = sum(abs(each) for each in value if each is not None)
        blanks = value.count(None)
        return known + least * blanks, known + most * blanks
    if isinstance(value, int):
        return abs(value), abs(value)
    # A list that is not known may be empty, and may be long.
    return (0, _UNLIMITED) if shape.type is FactType.AMOUNTS else (least, most)


def date_of(term: DateTerm, answers: Answers) -> date | None:
    """The date of a term, known when all its parts are."""
    dates = [answers.get(fact) for fact in facts_of_term(term)]
    known = [day for day in dates if isinstance(day, date)]
    if len(known) < len(dates):
        return None
    match term:
        case FactTerm():
            return known[0]
        case Latest():
            return max(known)
        case Earliest():
            return min(known)
