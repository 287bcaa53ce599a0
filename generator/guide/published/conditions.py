"""Conditions and schedules as records: their structure, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping

from generator.guide.published import shapes
from generator.model.conditions import (
    All,
    AnyOf,
    Bound,
    Condition,
    Earliest,
    Holds,
    Interval,
    Latest,
    Leaf,
    Not,
    OneOf,
    Parameter,
    ParameterTerm,
    ShareOf,
    Test,
    Within,
    facts_of_term,
    facts_of_test,
)
from generator.model.edition import Edition, Recurring, Window
from generator.model.quantities import Period
from generator.rules.prose import Line, leaf_text, outline, schedule_text, term_text, test_text


def condition_record(edition: Edition, condition: Condition) -> shapes.ConditionRecord:
    """A condition with all its parts."""
    return _condition(edition, condition, outline(edition, condition))


def _condition(edition: Edition, condition: Condition, line: Line) -> shapes.ConditionRecord:
    law = str(line.law) if line.law else None
    match condition:
        case Leaf():
            return shapes.ConditionRecord(
                kind="test",
                text=line.text,
                law=law,
                test=_test(edition, condition.test, leaf_text(edition, condition)),
                alternatives=_alternatives(edition, condition.alternatives),
            )
        case Not(part):
            return shapes.ConditionRecord(
                kind="not", text=line.text, law=law, parts=(condition_record(edition, part),)
            )
        case All(parts) | AnyOf(parts):
            return shapes.ConditionRecord(
                kind="all" if isinstance(condition, All) else "any",
                text=line.text,
                law=law,
                parts=tuple(
                    _condition(edition, part, below)
                    for part, below in zip(parts, line.parts, strict=True)
                ),
            )


def _alternatives(
    edition: Edition, alternatives: Mapping[str, Test]
) -> dict[str, shapes.TestRecord] | None:
    found = {
        reading: _test(edition, test, test_text(edition, test))
        for reading, test in alternatives.items()
    }
    return found or None


def _test(edition: Edition, test: Test, text: str) -> shapes.TestRecord:
    facts = facts_of_test(test)
    match test:
        case Holds():
            return shapes.TestRecord(text=text, facts=facts, choices=("yes",))
        case OneOf(_, choices):
            return shapes.TestRecord(text=text, facts=facts, choices=tuple(choices))
        case Within(_, intervals):
            return shapes.TestRecord(
                text=text,
                facts=facts,
                intervals=tuple(_interval(edition, each) for each in intervals),
            )


def _interval(edition: Edition, interval: Interval) -> shapes.IntervalRecord:
    return shapes.IntervalRecord(
        low=_bound(edition, interval.low), high=_bound(edition, interval.high)
    )


def _bound(edition: Edition, bound: Bound | None) -> shapes.BoundRecord | None:
    if bound is None:
        return None
    parameter = None
    if isinstance(bound.term, ParameterTerm):
        parameter = bound.term.parameter.id
    elif isinstance(bound.term, ShareOf):
        parameter = bound.term.share.id
    return shapes.BoundRecord(
        text=term_text(edition, bound.term),
        included=bound.closed,
        parameter=parameter,
        facts=facts_of_term(bound.term),
    )


# Schedules ---------------------------------------------------------------------------------------


def schedule_record(edition: Edition, schedule: Window | Recurring) -> shapes.ScheduleRecord:
    """When a deadline falls."""
    text = schedule_text(edition, schedule)
    if isinstance(schedule, Recurring):
        return shapes.ScheduleRecord(
            kind="recurring",
            text=text,
            start=(schedule.start,),
            every=schedule.every.value,
            until=schedule.until,
            last=schedule.last.value,
        )
    extension = schedule.extension
    return shapes.ScheduleRecord(
        kind="window",
        text=text,
        start=facts_of_term(schedule.start),
        pick=_pick(schedule),
        opens=_period(schedule.opens) if schedule.opens else None,
        opens_next_day=schedule.opens_next_day if schedule.opens else None,
        within=_period(schedule.within),
        extension=shapes.ExtensionRecord(
            fact=extension.fact, by=_period(extension.by), law=str(extension.law)
        )
        if extension
        else None,
    )


def _pick(schedule: Window) -> str | None:
    if isinstance(schedule.start, Latest):
        return "latest"
    return "earliest" if isinstance(schedule.start, Earliest) else None


def _period(parameter: Parameter) -> shapes.PeriodRecord:
    period = parameter.quantity
    assert isinstance(period, Period)
    return shapes.PeriodRecord(count=period.count, unit=period.unit.value, parameter=parameter.id)
