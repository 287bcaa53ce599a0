"""The lists of duties: a sheet for each organ, a row for each sentence that binds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.model.edition import Duty, Edition
from generator.model.layout import DutiesBlock, FormBlock, SheetShape
from generator.model.problems import DataProblems
from generator.workbook.blocks.duties import duty_name
from generator.workbook.book import Book, Place, Sheet
from generator.workbook.desk import Filling
from generator.workbook.sheets import expanded
from tests.support.drawn import filled_book
from tests.support.papers import FILLED
from tests.support.workbooks import PAPERS, complete_edition

QIDONG, YUNLING = (name for name, _ in PAPERS)
DAY = {"in_as_of": date(2024, 7, 10)}
FIRST_ROW = 5
"""Under the way back, the title, the note and the headings."""


def book_of(edition: Edition, fillings: Mapping[str, Filling] = DAY) -> Book:
    return filled_book(edition, "papers", fillings)


def bound(edition: Edition) -> dict[str, tuple[Duty, ...]]:
    """Who has duties, and which."""
    duties = {
        role: tuple(duty for duty in edition.duties.values() if role in duty.who)
        for role in edition.roles
    }
    return {role: own for role, own in duties.items() if own}


def role_sheets(edition: Edition, book: Book) -> dict[str, Sheet]:
    """The sheet of each role."""
    sheets = {}
    for written in expanded(edition, edition.layouts["papers"]).sheets:
        for block in written.blocks:
            if isinstance(block, DutiesBlock) and block.role:
                sheets[block.role] = book.sheets[written.name]
    return sheets


def texts(sheet: Sheet, row: int) -> list[Any]:
    return [sheet.cells[row, column].content for column in range(1, 10)]


# Sheets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [QIDONG, YUNLING])
def test_each_role_that_is_bound_has_a_sheet_and_no_other(name: str) -> None:
    edition = complete_edition(name)
    sheets = role_sheets(edition, book_of(edition))
    assert list(sheets) == list(bound(edition))


def test_sheets_bear_the_short_names() -> None:
    edition = complete_edition(QIDONG)
    sheets = role_sheets(edition, book_of(edition))
    assert sheets["command_centre"].name == "指挥中心"
    assert sheets["finance_bureau"].name == "市财政局"
    assert "project_approver" not in sheets  # it is named, but bound by nothing


@pytest.mark.parametrize(
    ("shorts", "names"),
    [
        (("甲[乙]:*?/\\丙", "计算"), ("甲乙丙", "计算（履职）")),
        (("同名", "同名"), ("同名", "同名（履职）")),
        (("Abc", "aBC"), ("Abc", "aBC（履职）")),
        (("'", "History"), ("（履职）", "History（履职）")),
        (("填写", "条文"), ("填写（履职）", "条文（履职）")),
        (("长" * 40, "长" * 50), ("长" * 31, "长" * 27 + "（履职）")),
        # Excel counts such a character twice.
        (("𠮷" * 20, "好"), ("𠮷" * 15, "好")),
    ],
)
def test_names_of_sheets_are_made_such_that_excel_takes_them(
    shorts: tuple[str, str], names: tuple[str, str]
) -> None:
    edition = complete_edition(YUNLING)
    first, second = list(bound(edition))[:2]
    roles = {
        **edition.roles,
        first: replace(edition.roles[first], short=shorts[0]),
        second: replace(edition.roles[second], short=shorts[1]),
    }
    changed = replace(edition, roles=roles)
    sheets = role_sheets(changed, book_of(changed))
    assert (sheets[first].name, sheets[second].name) == names


# Rows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [QIDONG, YUNLING])
def test_every_duty_stands_once_with_each_whom_it_binds(name: str) -> None:
    edition = complete_edition(name)
    for role, sheet in role_sheets(edition, book_of(edition)).items():
        for row, duty in enumerate(bound(edition)[role], FIRST_ROW):
            number, _, content, *_, law = texts(sheet, row)
            assert number == row - FIRST_ROW + 1
            assert content.split("\n")[0] == duty.what
            assert law == duty.law.citation
            assert sheet.cells[row, 9].link == duty.law.excel_name


@pytest.mark.parametrize(
    ("role", "duty", "word", "content", "when", "toward"),
    [
        (
            "construction_unit",
            "file_in_three_steps",
            "原则上应当",
            "编报项目建议书、可行性研究报告、初步设计方案等\n"
            "条件：市行政审批局审批的政务信息化项目\n"
            "材料：项目建议书、可行性研究报告、初步设计方案",
            "—",
            "市行政审批局",
        ),
        (
            "command_centre",
            "no_plan_adjustment",
            "原则上不得",
            "调整年度建设计划\n条件：不属于第十六条规定的两种情形",
            "年度建设计划下达后",
            "—",
        ),
        (
            "district_government",
            "no_unlisted_allocation",
            "不得",
            "拨付财政资金，前期工作经费除外\n条件：项目未列入年度建设计划",
            "—",
            "项目建设单位",
        ),
        (
            "construction_unit",
            "conform_to_policies",
            "条件",
            "项目符合党中央、国务院、省、南通以及市委、市政府有关文件规定或相关要求",
            "申报项目时",
            "—",
        ),
    ],
)
def test_a_row_says_how_strictly_what_when_and_to_whom(
    role: str, duty: str, word: str, content: str, when: str, toward: str
) -> None:
    edition = complete_edition(QIDONG)
    sheet = role_sheets(edition, book_of(edition))[role]
    place = [each.id for each in bound(edition)[role]].index(duty)
    assert texts(sheet, FIRST_ROW + place)[1:5] == [word, content, when, toward]


def test_names_of_inputs_are_apart_and_not_too_long() -> None:
    edition = complete_edition(QIDONG)
    book = book_of(edition)
    wanted = {
        duty_name(duty.id, role, column)
        for role, duties in bound(edition).items()
        for duty in duties
        for column in ("state", "date", "evidence")
    }
    assert len(wanted) == 3 * sum(map(len, bound(edition).values()))
    assert wanted <= set(book.names)
    assert max(map(len, wanted)) <= 255
    places = [book.places[name] for name in wanted]
    assert len(places) == len(set(places))


def test_ids_that_run_together_give_names_apart() -> None:
    assert duty_name("a_b", "c", "state") != duty_name("a", "b_c", "state")


def test_states_come_from_a_list_and_days_are_days() -> None:
    edition = complete_edition(QIDONG)
    book = book_of(edition)
    sheet = role_sheets(edition, book)["police_bureau"]
    (state,) = [each for each in sheet.validations if each.formulas == ("list_duty_state",)]
    assert state.cells == f"F{FIRST_ROW}:F{FIRST_ROW}"
    assert book.value("list_duty_state") == ("未办", "在办", "已办", "不适用")
    assert any(each.kind == "date" and each.cells.startswith("G") for each in sheet.validations)
    assert sheet.filter == f"A{FIRST_ROW - 1}:I{FIRST_ROW}"


# Counts -------------------------------------------------------------------------------------------


def on_cover(book: Book, sheet: Sheet) -> Any:
    """What the first sheet says beside the name of another."""
    cover = next(iter(book.sheets.values()))
    (row,) = [row for (row, _), cell in cover.cells.items() if cell.content == sheet.name]
    return book.value_at(Place(cover.name, row, len(cover.widths)))


def test_the_first_sheet_counts_what_is_done_of_what_applies() -> None:
    edition = complete_edition(QIDONG)
    duties = bound(edition)["finance_bureau"]
    states = dict(enumerate(("已办", "已办", "在办", "未办", "不适用")))
    filled: dict[str, Filling] = {
        duty_name(duties[place].id, "finance_bureau", "state"): state
        for place, state in states.items()
    }
    book = book_of(edition, {**DAY, **filled})
    sheets = role_sheets(edition, book)
    assert on_cover(book, sheets["finance_bureau"]) == f"已办 2 / {len(duties) - 1}"
    assert on_cover(book, sheets["police_bureau"]) == "已办 0 / 1"
    every = sum(map(len, bound(edition).values()))
    cover = next(iter(book.sheets.values()))
    (row,) = [row for (row, _), cell in cover.cells.items() if cell.content == "职责办理进度"]
    assert book.value_at(Place(cover.name, row, 3)) == f"已办 2 / {every - 1}"


def test_the_list_of_sheets_tells_whom_the_text_leaves_open() -> None:
    edition = complete_edition(QIDONG)
    about = {
        sheet.name: sheet.about for sheet in expanded(edition, edition.layouts["papers"]).sheets
    }
    assert about["指挥中心"] == "市市域社会治理现代化指挥中心：逐项填写，共55项。"
    assert about["牵头部门"] == "逐项填写，共13项。条文未写明具体是谁。"


# Seals --------------------------------------------------------------------------------------------


def test_each_organ_seals_for_itself() -> None:
    edition = complete_edition(QIDONG)
    book = book_of(edition, FILLED[QIDONG]["careful"])
    sheets = role_sheets(edition, book)
    own = book.places["in_sealed_by__finance_bureau"]
    assert own.sheet == "市财政局"
    assert book.value_at(own) == "市财政局"
    other = book.places["in_sealed_by__police_bureau"]
    assert other.sheet == sheets["police_bureau"].name
    assert book.value_at(other) is None
    assert book.value("in_sealed_by") == "启东市示例局"


# Layouts that cannot be drawn ---------------------------------------------------------------------


def duties(**changes: Any) -> DutiesBlock:
    return DutiesBlock(block="duties", title="清单", **changes)


EACH = SheetShape(name="履职", each="role", blocks=(duties(),))


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ((EACH.model_copy(update={"each": None}),), "没有写明是谁的职责"),
        (
            (EACH.model_copy(update={"blocks": (duties(role="finance_bureau"),)}),),
            "不能再写 role",
        ),
        (
            (SheetShape(name="甲", blocks=(duties(role="court"),)),),
            "列出“市法院”的职责，但没有规定它的职责",
        ),
        (
            (EACH, SheetShape(name="乙", blocks=(duties(role="finance_bureau"),))),
            "“市财政局”（finance_bureau）的职责列了两次",
        ),
        (
            (
                EACH.model_copy(
                    update={"blocks": (FormBlock(block="form", title="表", fields=("secret",)),)}
                ),
            ),
            "只能有职责（duties）、文字（text）和落款（seal）",
        ),
    ],
)
def test_lists_of_nobodys_duties_are_refused(sheets: tuple[SheetShape, ...], words: str) -> None:
    edition = complete_edition(QIDONG)
    layout = edition.layouts["papers"]
    changed = layout.model_copy(update={"sheets": (layout.sheets[0], *sheets)})
    with pytest.raises(DataProblems) as refused:
        book_of(replace(edition, layouts={"papers": changed}))
    assert words in str(refused.value)


def test_one_organ_alone_can_have_a_sheet() -> None:
    edition = complete_edition(QIDONG)
    layout = edition.layouts["papers"]
    alone = SheetShape(name="财政", blocks=(duties(role="finance_bureau"),))
    changed = layout.model_copy(update={"sheets": (layout.sheets[0], alone, layout.sheets[-1])})
    book = book_of(replace(edition, layouts={"papers": changed}))
    assert book.sheets["财政"].cells[FIRST_ROW, 2].content == "负责"
