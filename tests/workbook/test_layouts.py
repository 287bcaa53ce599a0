"""Layouts that cannot be drawn are refused with words, before a file is made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model.edition import Edition
from generator.model.problems import DataProblems
from generator.workbook.build import build_book
from tests.support.drawn import drawn_book
from tests.support.editions import edition_of
from tests.support.workbooks import DOSSIER


def renamed(place: int, name: str) -> Edition:
    """The edition with another name for one of the dossier's sheets."""
    edition = edition_of(DOSSIER[0])
    layout = edition.layouts["dossier"]
    sheets = list(layout.sheets)
    sheets[place] = sheets[place].model_copy(update={"name": name})
    changed = layout.model_copy(update={"sheets": tuple(sheets)})
    return replace(edition, layouts={**edition.layouts, "dossier": changed})


@pytest.mark.parametrize(
    "name",
    ["计算", "选项与日历", "_meta", "_META", "History", "'甲", "甲'", "期限与校验"],
)
def test_no_sheet_takes_the_name_of_another_or_one_that_excel_refuses(name: str) -> None:
    with pytest.raises(DataProblems) as refused:
        build_book(renamed(2, name), "dossier")
    assert f"工作表不能叫“{name}”" in str(refused.value.problems[0])


def test_names_differ_by_more_than_their_case() -> None:
    edition = renamed(1, "Sheet")
    layout = edition.layouts["dossier"]
    sheets = (*layout.sheets[:2], layout.sheets[2].model_copy(update={"name": "SHEET"}))
    changed = layout.model_copy(update={"sheets": sheets})
    with pytest.raises(DataProblems):
        build_book(replace(edition, layouts={"dossier": changed}), "dossier")


def test_a_verdict_whose_facts_are_not_asked_is_refused() -> None:
    edition = edition_of(DOSSIER[0])
    layout = edition.layouts["dossier"]
    verdicts = next(sheet for sheet in layout.sheets if sheet.name == "变更判定")
    changed = layout.model_copy(update={"sheets": (layout.sheets[0], verdicts), "checks": ()})
    with pytest.raises(DataProblems) as refused:
        build_book(replace(edition, layouts={"dossier": changed}), "dossier")
    assert any("概算总投资" in str(problem) for problem in refused.value.problems)


def test_findings_of_a_workbook_that_asks_nothing_are_none() -> None:
    """As one looks whose author has just begun."""
    edition = edition_of(DOSSIER[0])
    layout = edition.layouts["dossier"]
    drawn = {block.block: block for sheet in layout.sheets for block in sheet.blocks}
    blocks = (drawn["text"], drawn["findings"])
    sheet = layout.sheets[0].model_copy(update={"blocks": blocks})
    begun = layout.model_copy(update={"sheets": (sheet,), "checks": ()})
    book = build_book(replace(edition, layouts={"dossier": begun}), "dossier")
    found = [book.value_at(place) for place in book.spans["out_findings_labels"].places]
    assert found == [""] * drawn["findings"].rows


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("dossier", "供项目建设单位填写"),
        # Each organ has a sheet of its own, or a part.
        ("duties", "供承担职责的各机关、单位填写，一家一张"),
        (
            "acceptance_review",
            "供市市域社会治理现代化指挥中心和参加验收、审查的机关填写，一个项目一份",
        ),
    ],
)
def test_the_cover_says_who_fills_a_workbook(kind: str, words: str) -> None:
    cover = next(iter(build_book(edition_of("qidong-2022"), kind).sheets.values()))
    subtitle = f"《启东市政务信息化项目管理办法》（启政办发〔2022〕63号）配套表格 · {words}"
    assert subtitle in {cell.content for cell in cover.cells.values()}


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("dossier", True),
        ("acceptance_review", True),
        # They count no days and no steps.
        ("quarterly_summary", False),
        ("reserve_plan", False),
        ("duties", False),
    ],
)
def test_the_day_to_count_from_is_asked_where_something_counts_from_it(
    kind: str, asked: bool
) -> None:
    assert ("in_as_of" in drawn_book(edition_of("qidong-2022"), kind).names) == asked


def test_heads_of_a_list_stay_on_the_screen_where_nothing_else_is_asked() -> None:
    sheets = drawn_book(edition_of("qidong-2022"), "dossier").sheets
    assert sheets["季度报送"].cells[sheets["季度报送"].freeze_row - 1, 2].content == "季度末"
    # Under the performance reports follow forms, steps and papers, with heads of their own.
    assert sheets["验收与评价"].freeze_row == 2
