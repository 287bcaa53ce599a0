"""Steps on a sheet: where each stands, what is next, what is noted of it, what is asked where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.model.edition import Edition
from generator.model.problems import DataProblems
from generator.rules.formula import Scalar, Volatile
from generator.workbook.book import Book, Cell, Place
from generator.workbook.build import build_book
from generator.workbook.desk import Filling, enumerated
from tests.support.cells import serial
from tests.support.drawn import filled_book
from tests.support.editions import edition_of
from tests.support.workbooks import VEHICLE
from tests.workbook.fillings import CAREFUL, CARELESS

YUNLING, SHEET, FORM = edition_of(VEHICLE[0]), "步骤", "基本信息"
AS_OF: Mapping[str, Filling] = {"in_as_of": date(2025, 5, 8)}


def book_of(fillings: Mapping[str, Filling] | None = None) -> Book:
    return filled_book(YUNLING, VEHICLE[1], fillings or {})


def place_of(book: Book, step: str, column: int, below: int = 0) -> Place:
    """A cell of a step's row, or of one below it."""
    label = YUNLING.steps[step].label
    cells = book.sheets[SHEET].cells
    row = next(row for (row, at), cell in cells.items() if (at, cell.content) == (2, label))
    return Place(SHEET, row + below, column)


def cell_of(book: Book, step: str, column: int, below: int = 0) -> Cell:
    return book.at(place_of(book, step, column, below))


def shown(book: Book, step: str, column: int, below: int = 0) -> Scalar:
    return book.value_at(place_of(book, step, column, below))


def states(book: Book) -> dict[str, Scalar]:
    return {step: shown(book, step, 4) for step in YUNLING.steps}


def result(book: Book, name: str) -> Any:
    return book.value(f"out_{name}")


# Where steps stand --------------------------------------------------------------------------------


def test_in_a_blank_workbook_the_first_step_of_each_stage_is_next() -> None:
    book = book_of()
    assert states(book) == {
        "apply": "下一步",
        "reply_to_applicant": "待填",
        "give_reasons": "待填",
        "file": "下一步",
        "take_over": "下一步",
        "review_repair": "待填",
        "inspect": "下一步",
        "dispose": "待填",
    }
    assert result(book, "stage_purchase_next") == "提出申请"
    assert result(book, "stage_purchase_missing") == "申请之日"
    assert (result(book, "stage_purchase_done"), result(book, "stage_purchase_applying")) == (0, 3)


def test_steps_stand_as_the_answers_say_on_that_day() -> None:
    # 申请、答复都已到日子；同意购置，不必说明理由；备案填“否”；鉴定是明天的事。
    book = book_of(CAREFUL[VEHICLE])
    assert states(book) == {
        "apply": "已完成",
        "reply_to_applicant": "已完成",
        "give_reasons": "不适用",
        "file": "下一步",
        "take_over": "已完成",
        "review_repair": "不适用",
        "inspect": "下一步",
        "dispose": "已完成",
    }
    assert {step: result(book, f"step_{step}") for step in YUNLING.steps} == states(book)
    assert result(book, "stage_purchase_next") == result(book, "stage_purchase_missing") == ""
    assert result(book, "stage_registration_next") == "登记信息备案"
    assert result(book, "stage_registration_missing") == ""
    assert result(book, "stage_use_applying") == 1


def test_a_step_behind_the_next_one_is_not_done_or_not_said() -> None:
    known = {**AS_OF, "in_replied_on": date(2025, 5, 9), "in_purchase_agreed": "否"}
    book = book_of(known)
    assert states(book)["reply_to_applicant"] == "未办"  # the day is still ahead
    assert states(book)["give_reasons"] == "待填"
    assert result(book, "stage_purchase_next") == "提出申请"


def test_a_day_is_done_from_that_day_on() -> None:
    for day, state in ((7, "下一步"), (8, "已完成")):
        known = {"in_as_of": date(2025, 5, day), "in_applied_on": date(2025, 5, 8)}
        assert states(book_of(known))["apply"] == state


def test_what_comes_before_its_start_counts_as_not_said() -> None:
    # The end of the monthly reports before their start: `banfa decide` does not take it either.
    known = {
        **AS_OF,
        "in_delivered_on": date(2025, 3, 1),
        "in_inspected_on": date(2025, 3, 1),
        "in_inspection_reported": "是",
    }
    book = book_of({**known, "in_disposed_on": date(2025, 2, 28)})
    assert result(book, "stage_disposal_missing") == "车辆处置之日"
    assert states(book_of({**known, "in_disposed_on": date(2025, 3, 1)}))["dispose"] == "已完成"


def test_a_stage_is_one_even_where_two_blocks_show_it() -> None:
    known = {**AS_OF, "in_inspected_on": date(2025, 3, 1), "in_inspection_reported": "是"}
    book = book_of(known)
    label = f"{YUNLING.stages['disposal'].label}：下一步"
    cells = book.sheets[SHEET].cells
    rows = [row for (row, at), cell in cells.items() if (at, cell.content) == (2, label)]
    assert [book.value_at(Place(SHEET, row, 3)) for row in rows] == ["处置车辆"] * 2
    assert [book.value_at(Place(SHEET, row, 6)) for row in rows] == ["还需填写：车辆处置之日"] * 2


def test_a_stage_without_anything_to_do_says_so() -> None:
    book = book_of({**AS_OF, "in_purchase_agreed": "否"})
    cells = book.sheets[SHEET].cells
    label = f"{YUNLING.stages['registration'].label}：下一步"
    row = next(row for (row, at), cell in cells.items() if (at, cell.content) == (2, label))
    assert book.value_at(Place(SHEET, row, 3)) == "各步已完成或者不适用"
    assert book.value_at(Place(SHEET, row, 6)) == ""


def test_nothing_is_cached_that_depends_on_today() -> None:
    with pytest.raises(Volatile):
        states(book_of({"in_replied_on": date(2025, 5, 8)}))


# What a row says ----------------------------------------------------------------------------------


def test_a_row_says_who_to_whom_with_what_and_when() -> None:
    book = book_of()
    words = str(cell_of(book, "apply", 2, below=1).content)
    roles, papers = YUNLING.roles, YUNLING.papers
    assert words.startswith(
        f"办理：{roles['vehicle_user'].label}；向：{roles['service_centre'].label}"
    )
    assert all(papers[paper].label in words for paper in YUNLING.steps["apply"].papers)
    assert "时间：维修之前" in str(cell_of(book, "review_repair", 2, below=1).content)
    assert cell_of(book, "apply", 2).style == "body_strong"
    assert cell_of(book, "apply", 9).link == YUNLING.steps["apply"].law.excel_name


def test_what_an_answer_means_stands_in_the_row_that_asks_it() -> None:
    book = book_of()
    replied = YUNLING.facts["replied_on"]
    # It is called as in the lists of what is still to fill.
    words = str(cell_of(book, "reply_to_applicant", 2, below=1).content)
    assert f"填写“{replied.label}”：{replied.ask}" in words
    # The form explains what it asks itself.
    assert "填写" not in str(cell_of(book, "apply", 2, below=1).content)


def test_papers_whose_names_are_lists_are_told_apart() -> None:
    labels = ("申请表", "合并的甲书、乙书", "合并的甲书、乙书、丙书", "说明")
    assert enumerated(labels) == "申请表、“合并的甲书、乙书”“合并的甲书、乙书、丙书”、说明"


def test_an_input_cites_the_place_that_its_row_cites() -> None:
    # The review is the first paragraph of the item, that it was passed the second.
    edition = edition_of("qidong-2022")
    book = build_book(edition, "dossier")
    place = book.places["in_assessment_passed"]
    sheet = book.sheets[place.sheet]
    basis = sheet.cells[place.row, 9].content
    assert basis == "第十五条第（二）项第一段"
    told = {each.cells: each.prompt for each in sheet.validations}
    assert f"依据：{basis}" in told[f"C{place.row}"]


def test_several_things_that_make_a_step_done_have_a_row_each() -> None:
    book = book_of(CAREFUL[VEHICLE])
    facts = [YUNLING.facts[fact] for fact in ("inspected_on", "inspection_reported")]
    assert [cell_of(book, "inspect", 2, below).content for below in (1, 2)] == [
        f.ask for f in facts
    ]
    assert book.places["in_inspected_on"] == place_of(book, "inspect", 3, 1)
    assert book.places["in_inspection_reported"] == place_of(book, "inspect", 3, 2)


def test_what_a_form_asks_is_shown_with_a_link_to_its_input() -> None:
    book = book_of({**AS_OF, "in_applied_on": date(2025, 4, 28), "in_delivered_on": "三月"})
    assert book.places["in_applied_on"].sheet == FORM
    assert shown(book, "apply", 3) == serial(date(2025, 4, 28))
    assert cell_of(book, "apply", 3).link == "in_applied_on"
    assert shown(book, "take_over", 3) == "填写有误"
    assert shown(book, "dispose", 3) == "点此去填"


def test_each_step_has_its_records() -> None:
    book = book_of(CAREFUL[VEHICLE])
    names = ("number", "sent", "received", "evidence")
    for step in YUNLING.steps:
        for column, name in enumerate(names, 5):
            assert book.places[f"in_step_{step}_{name}"] == place_of(book, step, column)
    assert book.value("in_step_apply_number") == "=文号1"
    checked = {each.cells: each.kind for each in book.sheets[SHEET].validations}
    place = place_of(book, "apply", 7)
    assert checked[f"G{place.row}"] == "date"


@pytest.mark.parametrize(
    ("known", "step", "below", "words"),
    [
        ({}, "apply", 1, ""),
        ({"in_step_apply_received": date(2025, 4, 1)}, "apply", 1, ""),
        (
            {
                "in_step_apply_sent": date(2025, 4, 2),
                "in_step_apply_received": date(2025, 4, 1),
            },
            "apply",
            1,
            "收到、办结日期早于送出日期",
        ),
        (
            {
                "in_step_apply_received": date(2025, 4, 1),
                "in_step_apply_sent": date(2025, 4, 1),
            },
            "apply",
            1,
            "",
        ),
        (
            {"in_step_apply_sent": "四月"},
            "apply",
            1,
            "送出日期：须填日期，如 2024-6-30",
        ),
        (
            {"in_step_apply_sent": date(2025, 4, 2), "in_step_apply_received": 1},
            "apply",
            1,
            "收到、办结日期：日期须在2000年至2099年之间",
        ),
        ({"in_reasons_given": "没有"}, "give_reasons", 1, "须选“是”或“否”"),
        ({"in_inspected_on": "三月"}, "inspect", 3, "须填日期，如 2024-6-30"),
    ],
)
def test_what_cannot_be_right_is_said(
    known: Mapping[str, Filling], step: str, below: int, words: str
) -> None:
    """Of what is noted beside it, of an answer under its basis."""
    column = 9 if step in ("give_reasons", "inspect") else 8
    assert shown(book_of({**AS_OF, **known}), step, column, below) == words


def test_wrong_answers_leave_a_step_open() -> None:
    book = book_of(CARELESS[VEHICLE])
    assert states(book)["reply_to_applicant"] == "待填"


def test_a_step_that_does_not_apply_turns_grey_as_a_whole() -> None:
    book = book_of()
    first = place_of(book, "inspect", 4)
    greys = [each for each in book.sheets[SHEET].highlights if each.style == "aside"]
    assert len(greys) == len(YUNLING.steps)
    # The step, its two questions, and its circumstances.
    area = f"A{first.row}:I{first.row + 3}"
    assert [each.words for each in greys if (each.cells, each.first) == (area, first.address)] == [
        ("不适用",)
    ]


# What is refused ----------------------------------------------------------------------------------


def with_steps(*steps: tuple[str, ...]) -> Edition:
    """The edition with other steps in the blocks of the sheet."""
    layout = YUNLING.layouts[VEHICLE[1]]
    sheets = []
    for sheet in layout.sheets:
        if sheet.name == SHEET:
            blocks = zip(sheet.blocks, steps, strict=True)
            changed = tuple(block.model_copy(update={"steps": ids}) for block, ids in blocks)
            sheet = sheet.model_copy(update={"blocks": changed})
        sheets.append(sheet)
    changed_layout = layout.model_copy(update={"sheets": tuple(sheets)})
    return replace(YUNLING, layouts={VEHICLE[1]: changed_layout})


def refused(edition: Edition) -> str:
    with pytest.raises(DataProblems) as found:
        build_book(edition, VEHICLE[1])
    return str(found.value)


def test_a_step_stands_once() -> None:
    assert "步骤“处置车辆”（dispose）已经列过一次" in refused(
        with_steps(("apply",), ("inspect", "dispose"), ("dispose",))
    )


def test_steps_stand_in_the_order_of_their_stage() -> None:
    assert "“提出申请”（apply）应当在“reply_to_applicant”之前" in refused(
        with_steps(("reply_to_applicant", "apply"), ("inspect",), ("dispose",))
    )


def test_a_step_whose_condition_nobody_asks_is_refused() -> None:
    layout = YUNLING.layouts[VEHICLE[1]]
    sheets = tuple(sheet for sheet in layout.sheets if sheet.name in ("封面", SHEET, "条文"))
    bare = replace(YUNLING, layouts={VEHICLE[1]: layout.model_copy(update={"sheets": sheets})})
    assert "purchase_agreed" in refused(bare)
