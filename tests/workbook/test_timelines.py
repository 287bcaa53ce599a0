"""Deadlines on several sheets of a workbook: one calculation, and each day asked in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.model.edition import Edition
from generator.model.layout import TimelineBlock
from generator.rules.formula import Scalar
from generator.workbook.book import Book, Cell, Place
from generator.workbook.build import build_book
from generator.workbook.desk import Filling
from generator.workbook.files import workbook_bytes
from tests.support.cells import serial
from tests.support.drawn import filled_book
from tests.support.editions import edition_of
from tests.support.workbooks import DOSSIER, VEHICLE
from tests.workbook.fillings import CAREFUL

YUNLING, KIND = edition_of(VEHICLE[0]), VEHICLE[1]
FIRST, SECOND = "判定", "缺漏"
ALL = ("reply", "filing", "monthly_report", "inspection")
AS_OF: Mapping[str, Filling] = {"in_as_of": date(2025, 5, 8)}


def with_timelines(*timelines: Mapping[str, Any], on: str = SECOND) -> Edition:
    """The edition with more timelines at the foot of a sheet."""
    layout = YUNLING.layouts[KIND]
    more = tuple(
        TimelineBlock.model_validate({"block": "timeline", "title": "期限 ]]>", **each})
        for each in timelines
    )
    sheets = tuple(
        sheet.model_copy(update={"blocks": (*sheet.blocks, *more)}) if sheet.name == on else sheet
        for sheet in layout.sheets
    )
    return replace(YUNLING, layouts={KIND: layout.model_copy(update={"sheets": sheets})})


def row_of(book: Book, sheet: str, deadline: str) -> int:
    label = YUNLING.deadlines[deadline].label
    cells = book.sheets[sheet].cells
    return next(row for (row, at), cell in cells.items() if (at, cell.content) == (2, label))


def cells_of(book: Book, sheet: str, deadline: str) -> dict[int, Cell]:
    """The row of a deadline on a sheet, by column."""
    row = row_of(book, sheet, deadline)
    return {at: cell for (each, at), cell in book.sheets[sheet].cells.items() if each == row}


def shown(book: Book, sheet: str, deadline: str) -> dict[int, Scalar]:
    """What that row shows, but its number and when the deadline was met."""
    row = row_of(book, sheet, deadline)
    return {column: book.value_at(Place(sheet, row, column)) for column in (2, 3, 4, 5, 6, 8, 9)}


# A day that the model knows -----------------------------------------------------------------------


def test_a_day_that_a_step_asks_is_shown_and_not_asked_again() -> None:
    known = {**AS_OF, "in_applied_on": date(2025, 4, 21), "in_extension_approved": "否"}
    book = filled_book(YUNLING, KIND, {**known, "in_replied_on": date(2025, 4, 28)})
    assert book.places["in_replied_on"].sheet == "步骤"
    assert "in_done_reply" not in book.names
    met = cells_of(book, FIRST, "reply")[7]
    assert (met.style, met.link) == ("answer_date", "in_replied_on")
    # 22、23、24、25日，27日（星期日，调休上班）: the fifth working day is the 27th.
    assert shown(book, FIRST, "reply")[6] == serial(date(2025, 4, 27))
    assert shown(book, FIRST, "reply")[8] == "逾期办结"
    assert book.value("out_reply_state") == "逾期办结"


@pytest.mark.parametrize(
    ("day", "words"),
    [(None, "点此去填"), ("四月", "填写有误"), (date(2025, 4, 25), date(2025, 4, 25))],
)
def test_what_is_not_answered_leads_to_where_it_is(day: Filling, words: str | date) -> None:
    book = filled_book(YUNLING, KIND, {**AS_OF, "in_replied_on": day})
    (place,) = [
        Place(FIRST, row, at)
        for (row, at), cell in book.sheets[FIRST].cells.items()
        if cell.link == "in_replied_on"
    ]
    assert book.value_at(place) == (serial(words) if isinstance(words, date) else words)


def test_a_deadline_that_no_fact_tells_of_asks_its_day_itself() -> None:
    book = filled_book(YUNLING, KIND, {**AS_OF, "in_done_filing": date(2025, 2, 20)})
    assert book.places["in_done_filing"].sheet == FIRST
    assert book.value("in_done_filing") == serial(date(2025, 2, 20))
    assert cells_of(book, FIRST, "filing")[7].style == "input_date"


def test_a_timeline_asks_what_no_other_block_does() -> None:
    layout = YUNLING.layouts[KIND]
    sheets = tuple(sheet for sheet in layout.sheets if sheet.name not in ("步骤", SECOND))
    edition = replace(YUNLING, layouts={KIND: layout.model_copy(update={"sheets": sheets})})
    book = build_book(edition, KIND, {**AS_OF, "in_replied_on": date(2025, 4, 28)})
    assert book.places["in_replied_on"].sheet == FIRST
    assert cells_of(book, FIRST, "reply")[7].style == "input_date"
    assert book.value("in_replied_on") == serial(date(2025, 4, 28))


def test_the_dossier_asks_on_which_day_things_were_done_once() -> None:
    book = build_book(edition_of(DOSSIER[0]), DOSSIER[1])
    assert [name for name in book.names if name.startswith("in_done_")] == []
    for fact in ("acceptance_applied_on", "self_evaluation_submitted_on"):
        assert book.places[f"in_{fact}"].sheet == "验收与评价"


# A deadline on several sheets ---------------------------------------------------------------------


def test_each_timeline_shows_the_same() -> None:
    fillings = {**CAREFUL[VEHICLE], "in_done_filing": date(2025, 9, 22)}
    edition = with_timelines({"deadlines": list(ALL)})
    book = build_book(edition, KIND, fillings)
    for deadline in ALL:
        assert shown(book, SECOND, deadline) == shown(book, FIRST, deadline)
        assert shown(book, SECOND, deadline)[8] != ""


def test_a_second_timeline_asks_nothing_and_leads_to_the_first() -> None:
    plain = build_book(YUNLING, KIND)
    book = build_book(with_timelines({"deadlines": list(ALL)}), KIND)
    assert book.names.keys() == plain.names.keys()
    assert {book.names[name] for name in plain.names if "in_done" in name} == {
        plain.names[name] for name in plain.names if "in_done" in name
    }
    own, days = cells_of(book, SECOND, "filing")[7], cells_of(book, SECOND, "monthly_report")[7]
    assert (own.style, own.link) == ("answer_date", "in_done_filing")
    assert (days.style, days.link) == ("link", "tb_monthly_report_sent")
    assert cells_of(book, FIRST, "monthly_report")[7].content == "见下表"
    styles = {cell.style for cell in book.sheets[SECOND].cells.values()}
    assert not any(style.startswith("input") for style in styles)


def test_recurring_days_are_listed_once() -> None:
    book = build_book(with_timelines({"deadlines": list(ALL)}), KIND)
    title = f"{YUNLING.deadlines['monthly_report'].label}：各次日期"
    found = [
        sheet.name
        for sheet in book.sheets.values()
        for cell in sheet.cells.values()
        if cell.content == title
    ]
    assert found == [FIRST]


def test_the_file_can_be_made() -> None:
    edition = with_timelines({"deadlines": list(ALL)})
    assert workbook_bytes(edition, KIND, CAREFUL[VEHICLE])[:2] == b"PK"


def test_there_is_room_for_the_most_years_that_a_timeline_says() -> None:
    def rows(*years: int) -> int:
        more = [{"deadlines": ["monthly_report"], "years": each} for each in years]
        book = build_book(with_timelines(*more), KIND)
        return len(list(book.spans["out_monthly_report_dates"].places))

    # A month a row, and one more where it begins in the middle of a month; six years unsaid.
    assert [rows(), rows(2), rows(7), rows(3, 1)] == [73, 25, 85, 37]


def test_what_two_timelines_wait_for_is_one_purpose() -> None:
    book = build_book(with_timelines({"deadlines": ["reply"]}), KIND, AS_OF)
    listed = [
        [book.value_at(Place(place.sheet, place.row, column)) for column in (2, 3, 4)]
        for place in book.spans["out_findings_labels"].places
    ]
    assert ["申请之日", "还需填写", "用于推算期限“答复购置申请”"] in listed
