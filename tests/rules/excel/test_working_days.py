"""Working days counted by weeks and by the days that the notices name: as the calendar has them."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

import pytest

from generator.model.calendar import CalendarYear, WorkingCalendar
from generator.rules.excel.scope import Scope
from generator.rules.excel.steps import Steps
from generator.rules.excel.working_days import (
    COUNTS,
    DAYS,
    SURPLUS,
    CalendarCells,
    count_to,
    monday_of,
    nth_day,
    special_days,
)
from generator.rules.formula import Expr, Ref, Value, serial
from tests.support.editions import EDITIONS, edition_of

UNKNOWN = "未公布"
CELLS = CalendarCells(*(Ref(f"cal_{word}") for word in ("first", "last", "count", "monday")))


class Sheet:
    """The cells of a calendar, and of what is asked of it."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        special = special_days(calendar)
        self._cells: dict[str, Value] = {
            DAYS: tuple(float(serial(each.day)) for each in special),
            COUNTS: tuple(float(each.count) for each in special),
            SURPLUS: tuple(float(each.surplus) for each in special),
            "cal_first": float(serial(date(min(calendar.years), 1, 1))),
            "cal_last": float(serial(date(max(calendar.years), 12, 31))),
            "cal_count": float(len(calendar.working_days)),
            "cal_monday": float(serial(monday_of(calendar))),
        }
        self._steps = Steps()
        edition = edition_of(EDITIONS[0])
        scope = Scope(edition, self._steps, lambda fact: Ref(fact))
        self._count = count_to(scope, "a", "甲", Ref("asked"), CELLS)
        self._day = nth_day(scope, "b", "乙", Ref("asked"), CELLS, UNKNOWN)

    def count(self, day: Value) -> Value:
        """Working days down to a day."""
        return self._value(self._count, day)

    def day(self, number: Value) -> Value:
        """The n-th working day."""
        return self._value(self._day, number)

    def _value(self, expr: Expr, asked: Value) -> Value:
        exprs = {step.id: step.expr for step in self._steps}

        def cell(id: str) -> Value:
            if id == "asked":
                return asked
            return exprs[id].value(cell) if id in exprs else self._cells[id]

        return expr.value(cell)


def year(number: int, holidays: list[date], working: list[date]) -> CalendarYear:
    return CalendarYear(number, "通知", frozenset(holidays), frozenset(working))


MADE = WorkingCalendar(
    {
        # 2028-01-01 is a Saturday, 2028-12-31 a Sunday: both ends are days off.
        2028: year(
            2028,
            [date(2028, 1, 3), date(2028, 5, 1), date(2028, 5, 2)],
            [date(2028, 4, 29), date(2028, 4, 30), date(2028, 12, 31)],
        ),
        2029: year(2029, [date(2029, 1, 1), date(2029, 12, 31)], []),
    }
)
CALENDARS = {**{id: edition_of(id).calendar for id in EDITIONS}, "made": MADE}


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
def test_every_day_and_every_number_of_the_published_years(calendar: WorkingCalendar) -> None:
    sheet, days = Sheet(calendar), calendar.working_days
    day = date(min(calendar.years), 1, 1) - timedelta(days=1)
    while day <= date(max(calendar.years), 12, 31):
        assert sheet.count(float(serial(day))) == bisect_right(days, day), day
        day += timedelta(days=1)
    for number, wanted in enumerate(days, 1):
        assert sheet.day(float(number)) == serial(wanted), number


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
def test_beyond_the_published_years_nothing_is_known(calendar: WorkingCalendar) -> None:
    sheet, last = Sheet(calendar), date(max(calendar.years), 12, 31)
    before = date(min(calendar.years), 1, 1) - timedelta(days=2)
    for day in (before, last + timedelta(days=1)):
        assert sheet.count(float(serial(day))) == ""
    assert sheet.count("") == ""
    assert sheet.day(float(len(calendar.working_days) + 1)) == UNKNOWN
    assert sheet.day("") == UNKNOWN


def test_the_list_is_that_of_the_notices() -> None:
    """With the day before the published years, and the day after them."""
    assert [each.day for each in special_days(MADE)] == [
        date(2027, 12, 31),
        date(2028, 1, 3),
        date(2028, 4, 29),
        date(2028, 4, 30),
        date(2028, 5, 1),
        date(2028, 5, 2),
        date(2028, 12, 31),
        date(2029, 1, 1),
        date(2029, 12, 31),
        date(2030, 1, 1),
    ]
