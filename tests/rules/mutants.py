"""Every small slip that a rule, decision, deadline or paper could have: one change a mutant.

A change is told in words with the changed part; changes of a whole are those of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

from generator.model.anchors import Anchor
from generator.model.conditions import (
    All,
    AnyOf,
    Bound,
    Condition,
    Earliest,
    FactTerm,
    Holds,
    Interval,
    Latest,
    Leaf,
    Not,
    OneOf,
    Parameter,
    ParameterTerm,
    ShareOf,
    SumOfSizes,
    Term,
    Test,
    Within,
    facts_of_test,
    leaves,
)
from generator.model.edition import (
    Deadline,
    Decision,
    Edition,
    FactType,
    LastDay,
    Paper,
    Recurrence,
    Recurring,
    Rule,
    Window,
)
from generator.model.quantities import Amount, Period, PeriodUnit, Share
from generator.rules.examples import Holder

T = TypeVar("T")
Changes: TypeAlias = Iterator[tuple[str, T]]
Schedule: TypeAlias = Window | Recurring


@dataclass(frozen=True)
class Mutant:
    """A holder with one change; `original` as the data has it."""

    words: str
    original: Holder
    holder: Holder
    edition: Edition


def mutants(edition: Edition) -> Iterator[Mutant]:
    """Each rule, decision, deadline and paper with each change, one at a time."""
    for holder in _holders(edition):
        for words, changed in _changes_of_holder(edition, holder):
            yield _mutant(edition, holder, changed, words)
    for decision in edition.decisions.values():
        for id in decision.first_of:
            rule = edition.rules[id]
            for words, when in condition_changes(rule.when, edition):
                rules = {**edition.rules, id: replace(rule, when=when)}
                changed = replace(edition, rules=rules)
                yield _mutant(changed, decision, decision, f"rule {id}, {words}")
    for parameter in edition.parameters.values():
        for words, other in parameter_changes(parameter):
            yield from _everywhere(edition, other, f"everywhere {words}")


def _mutant(edition: Edition, original: Holder, holder: Holder, words: str) -> Mutant:
    kind = type(original).__name__.lower()
    return Mutant(f"{edition.id}: {kind} {original.id}: {words}", original, holder, edition)


def _holders(edition: Edition) -> tuple[Holder, ...]:
    groups = (edition.rules, edition.decisions, edition.deadlines, edition.papers)
    return tuple(holder for group in groups for holder in group.values())


def _changes_of_holder(edition: Edition, holder: Holder) -> Changes[Holder]:
    match holder:
        case Rule(when=when):
            for words, other in condition_changes(when, edition):
                yield words, replace(holder, when=other)
            for words, other in _other_places(when, holder.law):
                yield words, replace(holder, when=other)
        case Paper():
            yield from _paper_changes(edition, holder)
        case Decision():
            yield from _decision_changes(holder)
        case Deadline():
            yield from _deadline_changes(holder)


def _everywhere(edition: Edition, parameter: Parameter, words: str) -> Iterator[Mutant]:
    """A parameter changed in every place that uses it."""
    rules = {id: _with_parameter(rule, parameter) for id, rule in edition.rules.items()}
    changed = replace(edition, rules=rules)
    for holder in _holders(edition):
        if isinstance(holder, Decision):
            if any(rules[id] != edition.rules[id] for id in holder.first_of):
                yield _mutant(changed, holder, holder, words)
            continue
        other = _with_parameter(holder, parameter)
        if other != holder:
            yield _mutant(edition, holder, other, words)


def _with_parameter(node: T, parameter: Parameter) -> T:
    """A holder or a part of one with another value for a parameter."""
    found: Any = node
    if isinstance(node, Parameter):
        found = parameter if node.id == parameter.id else node
    elif isinstance(node, tuple):
        found = tuple(_with_parameter(part, parameter) for part in node)
    elif isinstance(node, Mapping):
        found = {key: _with_parameter(part, parameter) for key, part in node.items()}
    elif is_dataclass(node) and not isinstance(node, type | Anchor):
        parts = {f.name: getattr(node, f.name) for f in fields(node) if f.name != "examples"}
        changes = {name: _with_parameter(part, parameter) for name, part in parts.items()}
        found = replace(node, **changes)
    return found  # type: ignore[no-any-return]


# Holders ------------------------------------------------------------------------------------------


def _decision_changes(decision: Decision) -> Changes[Holder]:
    order = decision.first_of
    for place, rule in enumerate(order):
        yield f"{rule} dropped", replace(decision, first_of=_without(order, place))
    for place in range(1, len(order)):
        swapped = (*order[: place - 1], order[place], order[place - 1], *order[place + 1 :])
        yield f"{order[place]} before {order[place - 1]}", replace(decision, first_of=swapped)
    for outcome in decision.outcomes:
        if outcome != decision.otherwise:
            yield f"otherwise {outcome}", replace(decision, otherwise=outcome)


def _deadline_changes(deadline: Deadline) -> Changes[Holder]:
    for words, schedule in schedule_changes(deadline.schedule):
        yield words, replace(deadline, schedule=schedule)
    for words, others in _mapping_changes(deadline.alternatives, schedule_changes):
        yield words, replace(deadline, alternatives=others)
    for reading, other in deadline.alternatives.items():
        others = {**deadline.alternatives, reading: deadline.schedule}
        yield (
            f"{reading} taken for the main reading",
            replace(deadline, schedule=other, alternatives=others),
        )


def _paper_changes(edition: Edition, paper: Paper) -> Changes[Holder]:
    def changed(condition: Condition | None) -> Changes[Condition | None]:
        if condition is not None:
            yield "always required", None
            yield from condition_changes(condition, edition)
            yield from _other_places(condition, paper.law)

    for words, required in changed(paper.required):
        yield words, replace(paper, required=required)
    for words, others in _mapping_changes(paper.alternatives, changed):
        yield words, replace(paper, alternatives=others)
    for reading, other in paper.alternatives.items():
        others = {**paper.alternatives, reading: paper.required}
        yield (
            f"{reading} taken for the main reading",
            replace(paper, required=other, alternatives=others),
        )


def _mapping_changes(others: Mapping[str, T], changes: Any) -> Changes[dict[str, T]]:
    """Alternatives by reading: one dropped, or one changed."""
    for reading, other in others.items():
        yield f"{reading} dropped", {id: each for id, each in others.items() if id != reading}
        for words, changed in changes(other):
            yield f"by {reading}: {words}", {**others, reading: changed}


# Conditions ---------------------------------------------------------------------------------------


def condition_changes(condition: Condition, edition: Edition) -> Changes[Condition]:
    """all for any, `not` dropped or added, a part dropped, and every change of a leaf."""
    if not isinstance(condition, Not):
        yield f"not [{_named(condition)}]", Not(condition)
    match condition:
        case Leaf():
            yield from _leaf_changes(condition, edition)
        case Not(part):
            yield f"`not` dropped before [{_named(part)}]", part
            for words, other in condition_changes(part, edition):
                if not isinstance(other, Not):  # else the negation of a negation
                    yield words, replace(condition, part=other)
        case All(parts) | AnyOf(parts):
            other_kind = AnyOf if isinstance(condition, All) else All
            if len(parts) > 1:
                words = f"{other_kind.__name__} of [{_named(condition)}]"
                yield words, other_kind(parts, condition.label, condition.law)
            for place, part in enumerate(parts):
                if len(parts) > 1:
                    dropped = _without(parts, place)
                    yield f"[{_named(part)}] dropped", replace(condition, parts=dropped)
                for words, other in condition_changes(part, edition):
                    yield words, replace(condition, parts=_with(parts, place, other))


def _leaf_changes(leaf: Leaf, edition: Edition) -> Changes[Leaf]:
    name = _named(leaf)
    for words, test in changes_of_test(leaf.test, edition):
        yield f"{name}: {words}", replace(leaf, test=test)

    def changed(test: Test) -> Changes[Test]:
        return changes_of_test(test, edition)

    for words, others in _mapping_changes(leaf.alternatives, changed):
        yield f"{name}: {words}", replace(leaf, alternatives=others)
    for reading, other in leaf.alternatives.items():
        others = {**leaf.alternatives, reading: leaf.test}
        words = f"{name}: {reading} taken for the main reading"
        yield words, replace(leaf, test=other, alternatives=others)


def _other_places(condition: Condition, law: Anchor) -> Changes[Condition]:
    """A leaf, or a choice in it, with the place of another one."""
    found = tuple(leaves(condition))
    places = {law, *(leaf.law for leaf in found)}
    for leaf in found:
        if isinstance(leaf.test, OneOf):
            places |= {place for place in leaf.test.choices.values() if place}
    for leaf in found:
        for place in sorted(places - {leaf.law}):
            moved = replace(leaf, law=place)
            yield f"{_named(leaf)} from {place}", _with_leaf(condition, leaf, moved)
        if isinstance(leaf.test, OneOf):
            for words, test in _places_of_choices(leaf.test):
                moved = replace(leaf, test=test)
                yield f"{_named(leaf)}: {words}", _with_leaf(condition, leaf, moved)


def _places_of_choices(test: OneOf) -> Changes[OneOf]:
    """The places of two choices changed over, or one forgotten."""
    for choice, place in test.choices.items():
        if place:
            yield f"{choice} without place", OneOf(test.fact, {**test.choices, choice: None})
        for other, another in test.choices.items():
            if other > choice and another != place:
                swapped = {**test.choices, choice: another, other: place}
                yield f"places of {choice} and {other}", OneOf(test.fact, swapped)


def _with_leaf(condition: Condition, leaf: Leaf, other: Leaf) -> Condition:
    match condition:
        case Leaf():
            return other if condition is leaf else condition
        case Not(part):
            return replace(condition, part=_with_leaf(part, leaf, other))
        case All(parts) | AnyOf(parts):
            return replace(condition, parts=tuple(_with_leaf(p, leaf, other) for p in parts))


def _named(condition: Condition) -> str:
    return " ".join(dict.fromkeys(f for x in leaves(condition) for f in facts_of_test(x.test)))


# Tests and terms ----------------------------------------------------------------------------------


def changes_of_test(test: Test, edition: Edition) -> Changes[Test]:
    """A choice more or less; a bound moved, closed, opened, dropped or turned round."""
    match test:
        case Holds():
            return
        case OneOf(fact, choices):
            for choice in edition.facts[fact].choices:
                if choice in choices:
                    rest = {id: place for id, place in choices.items() if id != choice}
                    yield f"without {choice}", OneOf(fact, rest)
                else:
                    yield f"also {choice}", OneOf(fact, {**choices, choice: None})
        case Within(term, intervals):
            for words, other in term_changes(term, edition):
                yield words, replace(test, term=other)
            for place, interval in enumerate(intervals):
                if len(intervals) > 1:
                    rest_of = _without(intervals, place)
                    yield f"interval {place + 1} dropped", replace(test, intervals=rest_of)
                for words, changed in _interval_changes(interval, edition):
                    yield words, replace(test, intervals=_with(intervals, place, changed))


def _interval_changes(interval: Interval, edition: Edition) -> Changes[Interval]:
    for side in ("low", "high"):
        bound: Bound | None = getattr(interval, side)
        if bound is None:
            continue
        word = "open" if bound.closed else "closed"
        yield f"{side} {word}", replace(interval, **{side: replace(bound, closed=not bound.closed)})
        for words, term in term_changes(bound.term, edition):
            yield f"{side} {words}", replace(interval, **{side: replace(bound, term=term)})
    if interval.low and interval.high:
        yield "low dropped", replace(interval, low=None)
        yield "high dropped", replace(interval, high=None)
    else:
        # <= read as >=, and as >.
        yield "other side", Interval(interval.high, interval.low)
        yield "complement", Interval(_turned(interval.high), _turned(interval.low))


def _turned(bound: Bound | None) -> Bound | None:
    return replace(bound, closed=not bound.closed) if bound else None


def term_changes(term: Term, edition: Edition) -> Changes[Any]:
    """Another amount or share, a whole for its share, a sum or a choice of dates cut short."""
    match term:
        case FactTerm():
            return
        case ParameterTerm(parameter):
            for words, other in parameter_changes(parameter):
                yield words, ParameterTerm(other)
        case ShareOf(share, fact):
            for words, other in parameter_changes(share):
                yield words, ShareOf(other, fact)
            yield f"the whole of {fact}", FactTerm(fact)
        case SumOfSizes((fact,)):
            if edition.facts[fact].type is FactType.AMOUNT:
                yield f"{fact} with its sign", FactTerm(fact)
        case SumOfSizes(facts):
            for place, fact in enumerate(facts):
                yield f"sum without {fact}", SumOfSizes(_without(facts, place))
        case Latest(facts) | Earliest(facts):
            other_kind = Earliest if isinstance(term, Latest) else Latest
            yield f"{other_kind.__name__} of {' '.join(facts)}", other_kind(facts)
            for fact in facts:
                yield f"{fact} alone", FactTerm(fact)


# Parameters and schedules -------------------------------------------------------------------------


def parameter_changes(parameter: Parameter) -> Changes[Parameter]:
    """A number a little more or less; a period in another unit."""
    quantity = parameter.quantity
    match quantity:
        case Amount(value, unit):
            steps = {Decimal(1) / unit.steps, Decimal("0.01"), Decimal(1)}
            others: list[Any] = [Amount(value + by, unit) for by in _both_ways(steps)]
        case Share(percent):
            steps = {Decimal("0.000001"), Decimal("0.01"), Decimal(1)}
            others = [Share(percent + by) for by in _both_ways(steps)]
        case Period(count, unit_):
            others = [Period(count + by, unit_) for by in (1, -1)]
            others += [Period(count, each) for each in PeriodUnit if each is not unit_]
            others += [Period(days, PeriodUnit.DAY) for days in sorted(_days_like(quantity))]
        case _:
            others = []
    for other in others:
        yield f"{parameter.id} {other}", replace(parameter, quantity=other)


def _both_ways(steps: set[Decimal]) -> list[Decimal]:
    return [by for step in sorted(steps) for by in (step, -step)]


def _days_like(period: Period) -> set[int]:
    """Numbers of days for which months and years may be mistaken."""
    if period.unit is PeriodUnit.MONTH:
        count = period.count
        return {count * 30, count * 30 + 2, count * 30 + 3, count * 365 // 12}
    if period.unit is PeriodUnit.YEAR:
        return {period.count * 365, period.count * 365 + 2, period.count * 365 + 3}
    return set()


def schedule_changes(schedule: Schedule) -> Changes[Schedule]:
    """Another base, period or first day; other recurring days, or another end of them."""
    if isinstance(schedule, Window):
        yield from _window_changes(schedule)
        return
    for every in Recurrence:
        if every is not schedule.every:
            yield f"every {every.value}", replace(schedule, every=every)
    for last in LastDay:
        if last is not schedule.last:
            yield f"last {last.value}", replace(schedule, last=last)
    start, until = schedule.start, schedule.until
    yield f"from {until} until {start}", replace(schedule, start=until, until=start)


def _window_changes(window: Window) -> Changes[Schedule]:
    match window.start:
        case Latest(facts) | Earliest(facts):
            other_kind = Earliest if isinstance(window.start, Latest) else Latest
            yield f"from {other_kind.__name__}", replace(window, start=other_kind(facts))
            for fact in facts:
                yield f"from {fact} alone", replace(window, start=FactTerm(fact))
    for words, within in parameter_changes(window.within):
        yield f"within {words}", replace(window, within=within)
    if window.opens:
        yield "opens dropped", replace(window, opens=None)
        next_day = not window.opens_next_day
        yield f"opens on next day: {next_day}", replace(window, opens_next_day=next_day)
        swapped = replace(window, opens=window.within, within=window.opens)
        yield "opens and within changed over", swapped
        for words, opens in parameter_changes(window.opens):
            yield f"opens {words}", replace(window, opens=opens)
    if window.extension:
        yield "extension dropped", replace(window, extension=None)
        for words, by in parameter_changes(window.extension.by):
            longer = replace(window.extension, by=by)
            yield f"extension {words}", replace(window, extension=longer)


def _without(parts: tuple[T, ...], place: int) -> tuple[T, ...]:
    return (*parts[:place], *parts[place + 1 :])


def _with(parts: tuple[T, ...], place: int, part: T) -> tuple[T, ...]:
    return (*parts[:place], part, *parts[place + 1 :])
