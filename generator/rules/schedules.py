"""Dates: last days, windows and recurring days, counted in calendar months or working days."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.calendar import WorkingCalendar
from generator.model.conditions import facts_of_term
from generator.model.edition import Deadline, Edition, LastDay, Recurrence, Recurring, Window
from generator.model.quantities import Period, PeriodUnit
from generator.rules.answers import Answers
from generator.rules.evaluate import date_of


@dataclass(frozen=True)
class Dates:
    """What a deadline comes to. `dates` is for recurring days; `rolls_to` is a note only.

    With nothing missing, a `due` of None means that the calendar of that year is not published.
    """

    base: date | None
    opens: date | None
    due: date | None
    rolls_to: date | None
    dates: tuple[date, ...] | None
    missing: tuple[str, ...]
    readings: tuple[str, ...]


def deadline_dates(edition: Edition, deadline: Deadline, answers: Answers) -> Dates:
    """The dates of a deadline, with the readings whose flip alone changes them."""
    main = _dates(edition, deadline.schedule, answers)
    readings = tuple(
        reading
        for reading, schedule in deadline.alternatives.items()
        if _outcome(_dates(edition, schedule, answers)) != _outcome(main)
    )
    return Dates(main.base, main.opens, main.due, main.rolls_to, main.dates, main.missing, readings)


def _outcome(dates: Dates) -> tuple[object, ...]:
    return dates.opens, dates.due, dates.dates


def _dates(edition: Edition, schedule: Window | Recurring, answers: Answers) -> Dates:
    if isinstance(schedule, Recurring):
        return _recurring(schedule, answers)
    return _window(edition, schedule, answers)


def _window(edition: Edition, window: Window, answers: Answers) -> Dates:
    extending = window.extension.fact if window.extension else None
    base = date_of(window.start, answers)
    if base is None:
        names = [*facts_of_term(window.start), *([extending] if extending else [])]
        missing = tuple(name for name in dict.fromkeys(names) if name not in answers)
        return Dates(None, None, None, None, None, missing, ())
    days = edition.calendar
    # Where neither length can be counted (no calendar yet), the extension makes no difference.
    ends = {add_period(base, period, days) for period in _lengths(window, answers)}
    due = ends.pop() if len(ends) == 1 else None
    needed = (extending,) if extending and ends else ()
    opens = None
    if window.opens:
        assert isinstance(window.opens.quantity, Period)
        opens = add_period(base, window.opens.quantity, days)
        if opens and window.opens_next_day:
            opens += timedelta(days=1)
    rolled = days.roll(due) if due and window.period.unit is not PeriodUnit.WORKING_DAY else None
    return Dates(base, opens, due, rolled if rolled != due else None, None, needed, ())


def _lengths(window: Window, answers: Answers) -> tuple[Period, ...]:
    """The lengths that the window may have: two while nobody has said whether it is extended."""
    if not window.extension:
        return (window.period,)
    extra = window.extension.by.quantity
    assert isinstance(extra, Period)
    longer = Period(window.period.count + extra.count, window.period.unit)
    extended = answers.get(window.extension.fact)
    if extended is None:
        return (window.period, longer)
    return (longer,) if extended else (window.period,)


def _recurring(recurring: Recurring, answers: Answers) -> Dates:
    names = (recurring.start, recurring.until)
    missing = tuple(name for name in names if name not in answers)
    start, until = (answers.get(name) for name in names)
    if not isinstance(start, date) or not isinstance(until, date):
        base = start if isinstance(start, date) else None
        return Dates(base, None, None, None, None, missing, ())
    days = tuple(_recurrences(recurring, start, until))
    return Dates(start, None, None, None, days, (), ())


def _recurrences(recurring: Recurring, start: date, until: date) -> Iterator[date]:
    day = period_end(start, recurring.every)
    while day < until:
        yield day
        day = period_end(day + timedelta(days=1), recurring.every)
    if recurring.last is LastDay.NEXT or day == until:
        yield day
    elif recurring.last is LastDay.CLAMP:
        yield until


def period_end(day: date, every: Recurrence) -> date:
    """The last day of the month, quarter or year that a day is in."""
    length = every.months
    month = ((day.month - 1) // length + 1) * length
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


def add_period(base: date, period: Period, days: WorkingCalendar) -> date | None:
    """The base plus a period; the base itself is not counted.

    Months and years end on the corresponding day, else on the month's last (Civil Code art. 202).
    None where a working-day calendar is needed and not published.
    """
    match period.unit:
        case PeriodUnit.DAY:
            return base + timedelta(days=period.count)
        case PeriodUnit.WORKING_DAY:
            return days.add_working_days(base, period.count)
        case PeriodUnit.MONTH:
            return _add_months(base, period.count)
        case PeriodUnit.YEAR:
            return _add_months(base, 12 * period.count)


def _add_months(base: date, count: int) -> date:
    year, month = divmod(base.year * 12 + base.month - 1 + count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(base.day, last))
