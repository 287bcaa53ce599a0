"""The calendar of working days: published years only, holidays off, 调休 weekends on."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model.calendar import CalendarYear, WorkingCalendar, consecutive_gap
from tests.support.editions import edition_of


def day(written: str) -> date:
    return date.fromisoformat(written)


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    """2022 to 2026, as the State Council published them."""
    return edition_of("qidong-2022").calendar


WORK = {
    "2024-10-08": True,  # the Tuesday behind National Day
    "2024-10-01": False,
    "2024-10-07": False,
    "2024-10-12": True,  # a Saturday of 调休
    "2024-10-13": False,  # a plain Sunday
    "2024-11-16": False,  # a plain Saturday
    "2024-02-18": True,  # a Sunday of 调休
    "2024-02-09": True,  # New Year's Eve: people were asked to let others go, it was no holiday
    "2025-01-26": True,
    "2025-01-28": False,
    "2025-10-08": False,
    "2025-10-09": True,
    "2026-01-02": False,
    "2026-01-04": True,
}


@pytest.mark.parametrize("written", WORK)
def test_people_work_on_the_days_that_the_notices_leave(
    calendar: WorkingCalendar, written: str
) -> None:
    assert (day(written) in calendar.working_days) is WORK[written]


@pytest.mark.parametrize(
    ("year", "count"),
    # 365 or 366 days less the days off that each notice names and the weekends outside them.
    [(2024, 251), (2025, 248)],
)
def test_a_year_has_the_working_days_that_it_was_published_with(
    calendar: WorkingCalendar, year: int, count: int
) -> None:
    assert sum(1 for each in calendar.working_days if each.year == year) == count


def test_the_day_that_one_counts_from_does_not_count(calendar: WorkingCalendar) -> None:
    assert calendar.add_working_days(day("2025-03-03"), 1) == day("2025-03-04")


def test_counting_passes_over_a_holiday_and_counts_the_working_weekend(
    calendar: WorkingCalendar,
) -> None:
    # 04-25 Friday, 04-27 Sunday (调休), 04-28, 04-29, 04-30.
    assert calendar.add_working_days(day("2025-04-24"), 5) == day("2025-04-30")
    # 04-30, then 05-06 behind the holiday.
    assert calendar.add_working_days(day("2025-04-29"), 2) == day("2025-05-06")


def test_counting_may_begin_on_a_day_off(calendar: WorkingCalendar) -> None:
    assert calendar.add_working_days(day("2024-10-03"), 1) == day("2024-10-08")


def test_no_days_at_all_end_on_the_day_itself(calendar: WorkingCalendar) -> None:
    assert calendar.add_working_days(day("2024-10-03"), 0) == day("2024-10-03")


def test_what_ends_behind_the_last_published_year_has_no_end_yet(calendar: WorkingCalendar) -> None:
    assert calendar.add_working_days(day("2026-12-30"), 1) == day("2026-12-31")
    assert calendar.add_working_days(day("2026-12-30"), 2) is None


def test_what_begins_outside_the_published_years_has_no_end(calendar: WorkingCalendar) -> None:
    assert calendar.add_working_days(day("2021-12-31"), 3) is None
    assert calendar.add_working_days(day("2027-01-04"), 3) is None


@pytest.mark.parametrize(
    ("last", "rolled"),
    [
        ("2024-10-01", "2024-10-08"),  # National Day
        ("2024-06-30", "2024-07-01"),  # a plain Sunday
        ("2024-09-14", "2024-09-14"),  # a Saturday of 调休: people work
        ("2024-09-30", "2024-09-30"),
        ("2025-12-31", "2025-12-31"),
        ("2024-12-29", "2024-12-30"),
        ("2025-02-01", "2025-02-05"),  # Spring Festival
    ],
)
def test_a_last_day_rolls_to_the_next_day_that_people_work(
    calendar: WorkingCalendar, last: str, rolled: str
) -> None:
    assert calendar.roll(day(last)) == day(rolled)


def test_a_day_of_a_year_not_published_does_not_roll(calendar: WorkingCalendar) -> None:
    assert calendar.roll(day("2027-01-02")) is None


def test_a_day_that_rolls_into_a_year_not_published_does_not_roll() -> None:
    one_year = {2023: edition_of("qidong-2022").calendar.years[2023]}
    assert WorkingCalendar(one_year).roll(day("2023-12-30")) is None  # a Saturday; then 元旦


def test_the_calendar_says_how_far_it_goes(calendar: WorkingCalendar) -> None:
    assert calendar.statement.startswith("工作日历收录2022年至2026年")
    assert calendar.covers(day("2026-12-31"))
    assert not calendar.covers(day("2027-01-01"))


def test_a_calendar_of_no_year_says_so() -> None:
    empty = WorkingCalendar({})
    assert empty.statement == "未载入工作日历，不提示节假日顺延。"
    assert empty.roll(day("2024-10-01")) is None


def test_a_year_missing_between_two_others_is_found() -> None:
    assert consecutive_gap([2022, 2024]) == 2023
    assert consecutive_gap([2024, 2022, 2023]) is None


def test_a_weekend_worked_counts_as_working_even_inside_a_holiday() -> None:
    sunday = day("2025-09-28")
    year = CalendarYear(2025, "…", frozenset({sunday}), frozenset({sunday}))
    assert year.is_working(sunday)
