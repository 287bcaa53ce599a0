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


def holds(condition: Condition, answers: Answers, facts: Facts) -> Truth:
    """The truth of a condition."""
    match condition:
        case Leaf(test, _, _, _):
            return test_truth(test, answers, facts)
        case Not(part):
            return holds(part, answers, facts).negated()
        case All(parts):
            return min(holds(part, answers, facts) for part in parts)
        case AnyOf(parts):
            return max(holds(part, answers, facts) for part in parts)


def missing(condition: Condition, answers: Answers, facts: Facts) -> tuple[str, ...]:
    """The facts that can still make the difference, in the order of the condition.

    Exact because each fact stands once in a rule: below nodes that are all unknown, every unknown
    leaf decides the rule for some way of filling the other blanks.
    """
    return tuple(dict.fromkeys(_missing(condition, answers, facts)))


def _missing(condition: Condition, answers: Answers, facts: Facts) -> Iterator[str]:
    if holds(condition, answers, facts) is not Truth.UNKNOWN:
        return
    match condition:
        case Leaf(test, _, _, _):
            yield from (f for f in facts_of_test(test) if not is_known(f, answers))
        case Not(part):
            yield from _missing(part, answers, facts)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _missing(part, answers, facts)


def because(condition: Condition, answers: Answers, facts: Facts) -> tuple[LeafState, ...]:
    """The leaves that decide a condition; while it is unknown, those already settled."""
    truth = holds(condition, answers, facts)
    return tuple(_deciding(condition, truth, answers, facts, negated=False))


def _deciding(
    condition: Condition, truth: Truth, answers: Answers, facts: Facts, *, negated: bool
) -> Iterator[LeafState]:
    match condition:
        case Leaf(test, law, _, _):
            own = test_truth(test, answers, facts)
            if own is not Truth.UNKNOWN:
                yield LeafState(condition, own, _place(test, law, answers), negated)
        case Not(part):
            inner = truth.negated()
            yield from _deciding(part, inner, answers, facts, negated=not negated)
        case All(parts) | AnyOf(parts):
            for part in parts:
                own = holds(part, answers, facts)
                if truth is Truth.UNKNOWN or own is truth:
                    yield from _deciding(part, own, answers, facts, negated=negated)


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
            return fraction * least, fraction * most
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
