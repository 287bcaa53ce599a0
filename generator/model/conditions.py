"""Conditions as trees of tests on facts; what they mean is the business of `rules`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from generator.model.anchors import Anchor
from generator.model.quantities import Amount, Quantity


@dataclass(frozen=True)
class Parameter:
    """A number of the regulation; `quote` is the words that carry it."""

    id: str
    label: str
    quantity: Quantity
    law: Anchor
    quote: str


# Terms: what can be compared ---------------------------------------------------------------------


@dataclass(frozen=True)
class FactTerm:
    """A fact's own value."""

    fact: str


@dataclass(frozen=True)
class SumOfSizes:
    """The sum of the sizes (absolute values) of amounts, lists of amounts included."""

    facts: tuple[str, ...]


@dataclass(frozen=True)
class ShareOf:
    """A share (a parameter) of an amount."""

    share: Parameter
    fact: str


@dataclass(frozen=True)
class Latest:
    """The latest of several dates: known when all are."""

    facts: tuple[str, ...]


@dataclass(frozen=True)
class Earliest:
    """The earliest of several dates: known when all are."""

    facts: tuple[str, ...]


@dataclass(frozen=True)
class ParameterTerm:
    """A parameter's amount."""

    parameter: Parameter

    @property
    def steps(self) -> int:
        """The amount in smallest steps."""
        assert isinstance(self.parameter.quantity, Amount)
        return self.parameter.quantity.steps


AmountTerm: TypeAlias = FactTerm | SumOfSizes | ShareOf | ParameterTerm
DateTerm: TypeAlias = FactTerm | Latest | Earliest
Term: TypeAlias = AmountTerm | DateTerm


def facts_of_term(term: Term) -> tuple[str, ...]:
    """The facts that a term reads, in order."""
    match term:
        case FactTerm(fact) | ShareOf(_, fact):
            return (fact,)
        case SumOfSizes(facts) | Latest(facts) | Earliest(facts):
            return facts
        case ParameterTerm():
            return ()


# Tests: what a leaf asks ------------------------------------------------------------------------


@dataclass(frozen=True)
class Bound:
    """One end of an interval; a closed end belongs to it."""

    term: AmountTerm
    closed: bool


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`; a missing end is open without limit."""

    low: Bound | None
    high: Bound | None


@dataclass(frozen=True)
class Holds:
    """A yes/no fact is yes."""

    fact: str


@dataclass(frozen=True)
class OneOf:
    """A choice fact is one of these; each choice may have the place that names it."""

    fact: str
    choices: Mapping[str, Anchor | None]

    def __hash__(self) -> int:
        return hash((self.fact, tuple(self.choices)))


@dataclass(frozen=True)
class Within:
    """An amount lies in one of these intervals (`x <= ceiling` is the interval up to it)."""

    term: AmountTerm
    intervals: tuple[Interval, ...]


Test: TypeAlias = Holds | OneOf | Within


def facts_of_test(test: Test) -> tuple[str, ...]:
    """The facts that a test reads, in order, each once."""
    match test:
        case Holds(fact) | OneOf(fact, _):
            return (fact,)
        case Within(term, intervals):
            bounds = [b for interval in intervals for b in (interval.low, interval.high) if b]
            terms = [term, *(bound.term for bound in bounds)]
            return tuple(dict.fromkeys(fact for each in terms for fact in facts_of_term(each)))


# Trees ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Leaf:
    """One test with the place that demands it; `alternatives` are what other readings test."""

    test: Test
    law: Anchor
    label: str
    alternatives: Mapping[str, Test] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.test, self.law))


@dataclass(frozen=True)
class All:
    """Every part must hold."""

    parts: tuple[Condition, ...]
    label: str | None = None
    law: Anchor | None = None


@dataclass(frozen=True)
class AnyOf:
    """At least one part must hold."""

    parts: tuple[Condition, ...]
    label: str | None = None
    law: Anchor | None = None


@dataclass(frozen=True)
class Not:
    """The part must not hold."""

    part: Condition
    label: str | None = None
    law: Anchor | None = None


Condition: TypeAlias = All | AnyOf | Not | Leaf


def leaves(condition: Condition) -> Iterator[Leaf]:
    """All leaves in order."""
    match condition:
        case Leaf():
            yield condition
        case Not(part):
            yield from leaves(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)


def facts_of(condition: Condition) -> tuple[str, ...]:
    """The facts that a condition reads under the main reading, in order, each once."""
    found = (fact for leaf in leaves(condition) for fact in facts_of_test(leaf.test))
    return tuple(dict.fromkeys(found))


def readings_of(condition: Condition) -> tuple[str, ...]:
    """The open readings that have an alternative somewhere in the condition."""
    found = (reading for leaf in leaves(condition) for reading in leaf.alternatives)
    return tuple(dict.fromkeys(found))


def under(condition: Condition, reading: str) -> Condition:
    """The condition with one reading flipped to its alternative."""
    match condition:
        case Leaf(_, law, label, alternatives):
            if reading in alternatives:
                return Leaf(alternatives[reading], law, label)
            return condition
        case Not(part, label, law):
            return Not(under(part, reading), label, law)
        case All(parts, label, law):
            return All(tuple(under(part, reading) for part in parts), label, law)
        case AnyOf(parts, label, law):
            return AnyOf(tuple(under(part, reading) for part in parts), label, law)
