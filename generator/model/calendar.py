"""The calendar of working days, as published year by year (with 调休); silent beyond it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

_SATURDAY = 5


@dataclass(frozen=True)
class CalendarYear:
    """One published year; `source` is the notice that fixes it."""

    year: int
    source: str
    holidays: frozenset[date]
    working_weekends: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Whether people work on a day of this year."""
        if day in self.working_weekends:
            return True
        return day not in self.holidays and day.weekday() < _SATURDAY


@dataclass(frozen=True)
class WorkingCalendar:
    """Consecutive published years. What needs a year that is not published is None."""

    years: Mapping[int, CalendarYear]

    @cached_property
    def working_days(self) -> tuple[date, ...]:
        """Every working day of the published years, in order."""
        return tuple(
            day
            for year in sorted(self.years)
            for day in _days_of(year)
            if self.years[year].is_working(day)
        )

    def covers(self, day: date) -> bool:
        """Whether the day's year is published."""
        return day.year in self.years

    def add_working_days(self, base: date, count: int) -> date | None:
        """The count-th working day after the base (the base itself is not counted)."""
        if not self.covers(base):
            return None
        if count == 0:
            return base
        place = bisect_right(self.working_days, base) + count - 1
        return self.working_days[place] if place < len(self.working_days) else None

    def roll(self, day: date) -> date | None:
        """The day itself if people work on it, else the next working day."""
        if not self.covers(day):
            return None
        place = bisect_left(self.working_days, day)
        return self.working_days[place] if place < len(self.working_days) else None

    @property
    def statement(self) -> str:
        """Which years are known, in Chinese, for pages and sheets."""
        if not self.years:
            return "未载入工作日历，不提示节假日顺延。"
        first, last = min(self.years), max(self.years)
        span = f"{first}年" if first == last else f"{first}年至{last}年"
        return f"工作日历收录{span}（按国务院办公厅公布的放假安排）；其后年度公布前不提示顺延。"


def consecutive_gap(years: Iterable[int]) -> int | None:
    """The first year missing between the first and the last, or None."""
    known = set(years)
    return next((y for y in range(min(known), max(known)) if y not in known), None)


def _days_of(year: int) -> Iterable[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
