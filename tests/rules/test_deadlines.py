"""Last days, windows and recurring days, counted by hand from the text and the calendar.

第二十九条 建成后半年内；第三十三条 通过验收并投入运行后6-12个月内；第十八条 每季度末；
第二十五条 在建设期内、年度结束前。参照民法典第二百零一条至第二百零三条。
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.model.calendar import WorkingCalendar
from generator.model.edition import Recurrence
from generator.rules.schedules import Dates, deadline_dates, period_end
from tests.support.editions import edition_of, stated

EDITION = edition_of("qidong-2022")
OTHER = edition_of("yunling-2025")


def day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def days(*written: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(each) for each in written)


def dates(deadline: str, **facts: Any) -> Dates:
    edition = EDITION if deadline in EDITION.deadlines else OTHER
    return deadline_dates(edition, edition.deadlines[deadline], stated(edition, **facts))


# Half a year (art. 29) ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("built", "due"),
    [
        # The corresponding day where there is one …
        ("2024-03-15", "2024-09-15"),
        ("2024-06-30", "2024-12-30"),
        ("2024-02-29", "2024-08-29"),
        ("2025-02-28", "2025-08-28"),
        ("2023-12-31", "2024-06-30"),
        # … else the month's last.
        ("2024-08-31", "2025-02-28"),
        ("2024-08-30", "2025-02-28"),
        ("2024-08-29", "2025-02-28"),
        ("2023-08-31", "2024-02-29"),
        ("2023-08-29", "2024-02-29"),
        ("2024-03-31", "2024-09-30"),
        ("2024-05-31", "2024-11-30"),
        ("2024-10-31", "2025-04-30"),
        # Over the turn of a year.
        ("2024-07-01", "2025-01-01"),
        ("2024-12-31", "2025-06-30"),
    ],
)
def test_half_a_year_is_six_calendar_months(built: str, due: str) -> None:
    assert dates("acceptance_application", built_on=built).due == day(due)


@pytest.mark.parametrize(
    ("built", "due", "rolls_to"),
    [
        ("2024-04-01", "2024-10-01", "2024-10-08"),  # National Day
        ("2023-12-30", "2024-06-30", "2024-07-01"),  # a plain Sunday
        ("2024-05-16", "2024-11-16", "2024-11-18"),  # a plain Saturday
        ("2024-03-14", "2024-09-14", None),  # a Saturday of 调休: people work
        ("2024-04-12", "2024-10-12", None),  # another
        ("2024-06-30", "2024-12-30", None),  # a Monday
        ("2026-07-03", "2027-01-03", None),  # 2027 is not published
    ],
)
def test_a_last_day_off_is_shown_as_it_is_and_rolls_in_a_note(
    built: str, due: str, rolls_to: str | None
) -> None:
    found = dates("acceptance_application", built_on=built)
    assert (found.due, found.rolls_to) == (day(due), day(rolls_to))


def test_without_the_day_of_completion_there_is_no_last_day() -> None:
    found = dates("acceptance_application")
    assert (found.due, found.missing) == (None, ("built_on",))


def test_a_request_for_extension_gives_no_new_last_day() -> None:
    found = dates("acceptance_application", built_on="2024-03-15", cannot_apply_on_time=True)
    assert found.due == date(2024, 9, 15)


# The window of self-evaluation (art. 33) ---------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "operating", "opens", "due"),
    [
        ("2024-03-15", "2024-04-01", "2024-10-01", "2025-04-01"),
        ("2024-04-01", "2024-03-15", "2024-10-01", "2025-04-01"),
        # Twelve months from the base, not six and six: 08-31, not 08-28.
        ("2024-08-31", "2024-08-31", "2025-02-28", "2025-08-31"),
        ("2024-02-29", "2024-01-01", "2024-08-29", "2025-02-28"),
        ("2023-02-28", "2023-02-28", "2023-08-28", "2024-02-28"),
    ],
)
def test_the_window_counts_from_the_later_of_acceptance_and_operation(
    accepted: str, operating: str, opens: str, due: str
) -> None:
    found = dates("self_evaluation", accepted_on=accepted, operating_on=operating)
    assert (found.opens, found.due) == (day(opens), day(due))


def test_the_day_on_which_the_window_opens_is_doubtful() -> None:
    found = dates("self_evaluation", accepted_on="2024-03-15", operating_on="2024-03-15")
    assert found.readings == ("AM26",)


@pytest.mark.parametrize(
    ("given", "missing"), [("accepted_on", "operating_on"), ("operating_on", "accepted_on")]
)
def test_one_of_the_two_days_is_not_enough(given: str, missing: str) -> None:
    found = dates("self_evaluation", **{given: "2024-03-15"})
    assert (found.opens, found.due, found.missing) == (None, None, (missing,))
    assert found.readings == ()


# Quarters (art. 18) ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-02-10", "2024-08-15", days("2024-03-31", "2024-06-30", "2024-09-30")),
        # Completed on a quarter's last day: that report tells of it.
        ("2024-01-01", "2024-06-30", days("2024-03-31", "2024-06-30")),
        ("2024-01-01", "2024-07-01", days("2024-03-31", "2024-06-30", "2024-09-30")),
        # Begun on a quarter's last day.
        ("2024-03-31", "2024-04-01", days("2024-03-31", "2024-06-30")),
        ("2024-03-31", "2024-03-31", days("2024-03-31")),
        ("2024-04-01", "2024-04-01", days("2024-06-30")),
        ("2023-11-20", "2024-01-05", days("2023-12-31", "2024-03-31")),
    ],
)
def test_reports_are_due_each_quarter_end_through_the_first_one_behind_completion(
    start: str, end: str, expected: tuple[date, ...]
) -> None:
    found = dates("quarterly_report", construction_start=start, construction_end=end)
    assert found.dates == expected


def test_a_quarter_end_is_a_point_in_time_and_does_not_roll() -> None:
    # 2024-03-31 and 2024-06-30 are Sundays.
    found = dates(
        "quarterly_report", construction_start="2024-01-01", construction_end="2024-06-30"
    )
    assert found.rolls_to is None


# Years (art. 25) ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "expected", "readings"),
    [
        ("2023-03-01", "2024-08-15", days("2023-12-31", "2024-08-15"), ("AM13",)),
        ("2024-03-01", "2024-08-15", days("2024-08-15"), ("AM13",)),
        # 12-31 itself is still 年度结束前, and both readings give it.
        ("2023-03-01", "2024-12-31", days("2023-12-31", "2024-12-31"), ()),
        ("2023-12-31", "2024-01-01", days("2023-12-31", "2024-01-01"), ("AM13",)),
        ("2024-05-05", "2024-05-05", days("2024-05-05"), ("AM13",)),
    ],
)
def test_performance_reports_are_due_each_year_within_the_time_of_construction(
    start: str, end: str, expected: tuple[date, ...], readings: tuple[str, ...]
) -> None:
    found = dates("performance_report", construction_start=start, construction_end=end)
    assert (found.dates, found.readings) == (expected, readings)


@pytest.mark.parametrize("deadline", ["quarterly_report", "performance_report"])
def test_recurring_reports_need_both_ends_of_construction(deadline: str) -> None:
    assert dates(deadline, construction_start="2024-01-01").missing == ("construction_end",)
    assert dates(deadline, construction_end="2024-01-01").missing == ("construction_start",)
    assert dates(deadline).missing == ("construction_start", "construction_end")
    assert dates(deadline).readings == ()


@pytest.mark.parametrize(
    ("written", "every", "end"),
    [
        ("2024-02-10", Recurrence.MONTH_END, "2024-02-29"),
        ("2023-02-10", Recurrence.MONTH_END, "2023-02-28"),
        ("2024-01-01", Recurrence.QUARTER_END, "2024-03-31"),
        ("2024-12-31", Recurrence.QUARTER_END, "2024-12-31"),
        ("2024-08-31", Recurrence.QUARTER_END, "2024-09-30"),
        ("2024-01-01", Recurrence.YEAR_END, "2024-12-31"),
    ],
)
def test_months_quarters_and_years_end_on_their_last_day(
    written: str, every: Recurrence, end: str
) -> None:
    assert period_end(date.fromisoformat(written), every) == day(end)


def test_what_ends_with_the_last_month_end_within_may_have_no_day_at_all() -> None:
    found = dates("monthly_report", delivered_on="2025-06-02", disposed_on="2025-06-20")
    assert found.dates == ()


# Working days (the fictitious regulation) --------------------------------------------------------


@pytest.mark.parametrize(
    ("applied", "extended", "due"),
    [
        ("2025-04-24", False, "2025-04-30"),
        # 04-25, 04-27, 04-28, 04-29, 04-30, 05-06, 05-07, 05-08
        ("2025-04-24", True, "2025-05-08"),
        ("2025-09-26", False, "2025-10-10"),  # 09-28, 09-29, 09-30, 10-09, 10-10
        ("2025-12-24", False, "2025-12-31"),
    ],
)
def test_working_days_are_counted_by_the_published_calendar(
    applied: str, extended: bool, due: str
) -> None:
    found = dates("reply", applied_on=applied, extension_approved=extended)
    assert (found.due, found.missing, found.rolls_to) == (day(due), (), None)


def test_while_nobody_says_whether_it_is_extended_the_last_day_is_open() -> None:
    found = dates("reply", applied_on="2025-04-24")
    assert (found.due, found.missing) == (None, ("extension_approved",))


def test_what_can_be_counted_neither_way_does_not_ask_for_the_extension() -> None:
    # Five working days behind 2025-12-29 is in 2026, which is not published; eight all the more.
    found = dates("reply", applied_on="2025-12-29")
    assert (found.due, found.missing) == (None, ())


def test_what_can_be_counted_only_unextended_still_asks_for_the_extension() -> None:
    # 12-25, 12-26, 12-29, 12-30, 12-31 are five; three more are in 2026.
    assert dates("reply", applied_on="2025-12-24", extension_approved=True).due is None
    assert dates("reply", applied_on="2025-12-24").missing == ("extension_approved",)


def test_without_its_base_a_deadline_asks_for_the_base_and_the_extension() -> None:
    assert dates("reply").missing == ("applied_on", "extension_approved")
    assert dates("reply", extension_approved=True).missing == ("applied_on",)


def test_days_are_counted_without_the_first_and_roll_behind_the_holiday() -> None:
    found = dates("filing", registered_on="2025-09-20")
    assert (found.due, found.rolls_to) == (date(2025, 10, 5), date(2025, 10, 9))


def test_without_any_calendar_days_and_months_still_count_but_nothing_rolls() -> None:
    bare = replace(OTHER, calendar=WorkingCalendar({}))
    answers = stated(bare, registered_on="2025-09-20", delivered_on="2025-09-20")
    found = deadline_dates(bare, bare.deadlines["filing"], answers)
    assert (found.due, found.rolls_to) == (date(2025, 10, 5), None)


def test_a_window_of_years_counts_from_the_earlier_of_two_days() -> None:
    found = dates("inspection", registered_on="2016-02-29", delivered_on="2016-03-02")
    assert (found.opens, found.due) == (date(2024, 2, 29), date(2026, 2, 28))


def test_a_settled_reading_is_doubtful_no_more() -> None:
    # YL04: 处置当月末仍应报送一次 was rejected.
    found = dates("monthly_report", delivered_on="2025-01-15", disposed_on="2025-04-10")
    assert (found.dates, found.readings) == (days("2025-01-31", "2025-02-28", "2025-03-31"), ())
