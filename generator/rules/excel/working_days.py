"""Working days as cells: the weeks are regular but for the days that the calendar names.

Instead of every working day there are the days on which people work though it is a weekend, or do
not though it is none, as the yearly notices list them; beside each stands how many working days
there are down to it. Between two of them only weeks have to be counted, from a Monday on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.calendar import WorkingCalendar
from generator.rules.excel.scope import Scope
from generator.rules.formula import Expr, Ref, call, eq, if_, op

DAYS, COUNTS, SURPLUS = "cal_days", "cal_counts", "cal_surplus"
"""The days that differ, how many working days there are down to each, and how many more these are
than the days from Mondays to Fridays."""

_WEEKEND = 5


@dataclass(frozen=True)
class CalendarCells:
    """Constants beside the list: the first and the last day of the published years, how many
    working days they have, and a Monday before them."""

    first: Ref
    last: Ref
    count: Ref
    monday: Ref


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from others of its weekday, and the working days down to it."""

    day: date
    count: int
    surplus: int


def monday_of(calendar: WorkingCalendar) -> date:
    """From which weeks are counted."""
    first = date(min(calendar.years), 1, 1) - timedelta(days=1)
    return first - timedelta(days=first.weekday())


def special_days(calendar: WorkingCalendar) -> list[SpecialDay]:
    """The days in order; first that before the first published year, last that after the last."""
    first, last = date(min(calendar.years), 1, 1), date(max(calendar.years), 12, 31)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    working = frozenset(calendar.working_days)
    regular = _weekdays(monday_of(calendar), before)
    found, count, day = [SpecialDay(before, 0, -regular)], 0, first
    while day <= last:
        count += day in working
        regular += day.weekday() < _WEEKEND
        if (day in working) != (day.weekday() < _WEEKEND):
            found.append(SpecialDay(day, count, count - regular))
        day += timedelta(days=1)
    return [*found, SpecialDay(after, count, count - regular)]


def _weekdays(first: date, last: date) -> int:
    days = (first + timedelta(days=place) for place in range((last - first).days + 1))
    return sum(day.weekday() < _WEEKEND for day in days)


# Cells --------------------------------------------------------------------------------------------


def count_to(scope: Scope, key: str, label: str, day: Expr, days: CalendarCells) -> Ref:
    """How many working days there are down to a day; "" beyond the published years (the day
    before them is none of them, but counts)."""
    passed = op(day, "-", days.monday)
    weeks = _whole(passed, 7)
    since_monday = op(op(passed, "-", op(7, "*", weeks)), "+", 1)
    weekdays = op(op(5, "*", weeks), "+", call("MIN", 5, since_monday))
    surplus = call("INDEX", Ref(SURPLUS), call("COUNTIF", Ref(DAYS), op("<=", "&", day)))
    covered = call("AND", op(day, ">=", op(days.first, "-", 1)), op(day, "<=", days.last))
    counted = if_(covered, op(weekdays, "+", surplus), "")
    is_day = call("ISNUMBER", day)
    return scope.add(f"{key}.count", f"{label}：到此日的工作日数", if_(is_day, counted, ""))


def nth_day(
    scope: Scope, key: str, label: str, number: Expr, days: CalendarCells, unknown: str
) -> Expr:
    """The working day of a number ("" or one beyond the published years: `unknown`)."""
    own = scope.add(
        f"{key}.number",
        f"{label}：是第几个工作日",
        if_(eq(number, ""), "", if_(op(number, ">", days.count), "", number)),
    )
    before = call("COUNTIF", Ref(COUNTS), op("<", "&", own))
    regular = scope.add(
        f"{key}.regular",
        f"{label}：是第几个周一至周五",
        if_(eq(own, ""), "", op(own, "-", call("INDEX", Ref(SURPLUS), before))),
    )
    weekends = op(2, "*", _whole(op(regular, "-", 1), 5))
    day = op(op(op(days.monday, "+", regular), "-", 1), "+", weekends)
    # A weekend on which people work comes before the weekday that would follow.
    special = call("INDEX", Ref(DAYS), op(before, "+", 1))
    return if_(eq(own, ""), unknown, call("MIN", day, special))


def _whole(number: Expr, unit: int) -> Expr:
    """How many times a unit, which is odd, goes into a whole number that is not below 0."""
    return call("ROUND", op(op(number, "-", (unit - 1) // 2), "/", unit), 0)
