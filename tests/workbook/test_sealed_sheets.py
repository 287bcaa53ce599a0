"""Sheets that begin with a list, on the screen and on paper; what is signed and sealed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from math import ceil
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator.model.edition import Edition
from generator.model.layout import FormBlock, RegisterBlock, SealBlock
from generator.model.problems import DataProblems
from generator.workbook.book import Book, Place
from generator.workbook.build import build_book
from generator.workbook.files import workbook_bytes
from generator.workbook.styles import HIGHLIGHTS
from tests.support.editions import edition_of
from tests.workbook.test_registers import CONTRACTS, edition_with, layout

SIGNED = {
    "sealed_by": {"label": "填报单位（盖章）", "ask": "由哪个单位盖章？", "type": "text"},
    "filled_on": {"label": "填报日期", "ask": "哪一天填报？", "type": "date"},
    "project": {"label": "项目名称", "ask": "项目叫什么？", "type": "text"},
    "file_code": {"label": "项目代码", "ask": "项目代码是多少？", "type": "text"},
}


def sealed_layout() -> dict[str, Any]:
    """The registers of the tests, the second of them to be sealed."""
    written = layout()
    written["entries"] |= SIGNED
    written["identified_by"] = ["project", "file_code"]
    sheets = {sheet["name"]: sheet for sheet in written["sheets"]}
    seal = {"block": "seal", "fields": ["sealed_by", "filled_on"]}
    form = {"block": "form", "title": "本项目", "fields": ["project", "file_code"]}
    sheets["信息"]["blocks"] += [form, seal]
    sheets["合同"]["blocks"] = [CONTRACTS, seal]
    return written


@cache
def edition() -> Edition:
    return edition_with(sealed_layout())


@cache
def book() -> Book:
    return build_book(edition(), "lists", {"in_project": "智慧路灯（虚构）"})


@cache
def saved() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(edition(), "lists")))


def rows_of(name: str) -> tuple[str, int, int]:
    """The sheet, the first and the last row of a named column."""
    ((sheet, area),) = saved().defined_names[name].destinations
    first, last = (int(end.rpartition("$")[2]) for end in area.split(":"))
    return sheet, first, last


def rows_with(sheet: Worksheet, words: str) -> list[int]:
    return [
        cell.row for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(words)
    ]


@pytest.mark.parametrize(
    ("name", "help_"),
    [("tb_quarters_key", "每季度末一行。"), ("tb_contracts_key", "合同编号：与合同上的一致。")],
)
def test_headings_and_keys_of_a_list_stay_on_the_screen(name: str, help_: str) -> None:
    title, first, last = rows_of(name)
    sheet = saved()[title]
    # Below the heading of the sheet, what it carries, the title of the list and a gap.
    assert first <= 6
    assert sheet.freeze_panes == f"C{first}"
    # What explains the columns stands below them, and a link in the title leads there.
    (explained,) = rows_with(sheet, help_)
    assert explained > last
    (pointer,) = rows_with(sheet, "各栏说明")[:1]
    assert pointer < first
    cell = next(cell for cell in sheet[pointer] if cell.value == "各栏说明")
    assert cell.hyperlink
    ((target, place),) = saved().defined_names[cell.hyperlink.location].destinations
    assert target == title
    assert last < int(place.rpartition("$")[2]) <= explained


def test_on_paper_the_title_alone_is_repeated_where_other_blocks_follow() -> None:
    sheet = saved()["季度"]
    assert sheet.print_title_rows == "$1:$1"
    assert not sheet.print_area


def test_a_sealed_list_prints_under_its_headings_and_ends_with_the_seal() -> None:
    title, first, last = rows_of("tb_contracts_key")
    sheet = saved()[title]
    assert sheet.print_title_rows == f"$1:${first - 1}"
    (seal,) = rows_with(sheet, "填报单位（盖章）：")
    end = int(sheet.print_area.rpartition("$")[2])
    assert last < seal <= end
    # How its rows stand is for the screen.
    for name in ("tb_contracts_out_state", "tb_contracts_out_total_price"):
        ((_, area),) = saved().defined_names[name].destinations
        row = int(area.split(":")[0].rpartition("$")[2])
        assert (row > end) == (name == "tb_contracts_out_state")
    assert all(page.id <= end for page in sheet.row_breaks.brk)


def test_a_sealed_sheet_says_whose_it_is() -> None:
    words = book().value_at(Place("合同", 2, 1))
    assert words == "项目名称：智慧路灯（虚构）　　项目代码：待填"
    assert saved()["合同"].print_title_rows.startswith("$1:")
    # The sheet that asks says it in its form; what is not sealed need not be told apart.
    for other in ("信息", "季度"):
        assert not rows_with(saved()[other], "项目名称：")


# Room to write ------------------------------------------------------------------------------------


def test_forms_have_room_for_long_texts() -> None:
    """An opinion of a hundred Chinese characters, each of them as wide as two digits."""
    opinions = blank("acceptance_review")
    for id in ("cyberspace_reason", "archive_opinion", "conclusion_opinion", "demands"):
        place = opinions.places[f"in_{id}"]
        sheet = opinions.sheets[place.sheet]
        # A character less in each line than its width: cells have margins.
        in_a_line = int(sheet.widths[place.column - 1] // 2) - 2
        lines = int(sheet.heights[place.row] // 15.5)
        assert in_a_line * lines >= 100


def test_only_texts_have_lines() -> None:
    wrong = sealed_layout()
    wrong["entries"]["filled_on"] = {**SIGNED["filled_on"], "lines": 3}
    with pytest.raises(DataProblems, match="只有 type: text 才有 lines。"):
        edition_with(wrong)


# On paper ----------------------------------------------------------------------------------------

WORKBOOKS = ("quarterly_summary", "reserve_plan", "acceptance_review", "dossier")


@cache
def blank(kind: str) -> Book:
    return build_book(edition_of("qidong-2022"), kind)


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_cover_can_be_read(kind: str) -> None:
    """A4 on its side leaves 770 points between its margins; a digit of ten points takes 5.25."""
    cover = next(iter(blank(kind).sheets.values()))
    assert cover.landscape
    assert not cover.one_page
    assert 10.5 * 770 / (5.25 * sum(cover.widths)) >= 7.5


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_row_has_room_for_its_citation(kind: str) -> None:
    """In type of 9.5 points a Chinese character is 12.7 pixels wide; margins take about 14."""
    seen = 0
    for sheet in blank(kind).sheets.values():
        for (row, column), cell in sheet.cells.items():
            if cell.style == "link" and str(cell.content).startswith("第"):
                width = 7 * sheet.widths[column - 1] + 5 - 14
                lines = ceil(12.7 * len(str(cell.content)) / width)
                assert sheet.heights[row] >= 15.5 * lines, (sheet.name, row)
                seen += 1
    assert seen > 10


def test_rows_of_findings_that_nothing_fills_are_blank_on_paper() -> None:
    labels = blank("reserve_plan").spans["out_findings_labels"]
    first, last = labels.first.row, labels.last.row
    assert last - first + 1 <= 40
    sheet = blank("reserve_plan").sheets[labels.first.sheet]
    (blanked,) = [each for each in sheet.highlights if each.words == ("",)]
    assert (blanked.cells, blanked.first) == (f"A{first}:I{last}", f"$B{first}")
    assert HIGHLIGHTS[blanked.style] == ("FFFFFF", "FFFFFF")


# The regulation's own workbooks -------------------------------------------------------------------

SIGNATURES = ["填表人", "审核人", "负责人", "联系电话", "填报日期"]
"""What forms of these offices say at their foot, beside the unit and its seal."""


def seals(kind: str) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    """Each sheet with a seal, the labels and the ids of what is signed there."""
    written = edition_of("qidong-2022")
    for sheet in written.layouts[kind].sheets:
        for block in sheet.blocks:
            if isinstance(block, SealBlock):
                labels = [written.entries[kind][id].label for id in block.fields]
                yield sheet.name, labels, block.fields


@pytest.mark.parametrize("kind", ["quarterly_summary", "reserve_plan", "acceptance_review"])
def test_every_form_is_signed_by_the_same_people_of_its_own(kind: str) -> None:
    people: list[str] = []
    for sheet, labels, fields in seals(kind):
        assert "单位（盖章）" in labels[0], sheet
        assert labels[1:6] == SIGNATURES, sheet
        people += fields[1:6]
    assert len(people) == len(set(people))
    signed = {sheet for sheet, _, _ in seals(kind)}
    for sheet in edition_of("qidong-2022").layouts[kind].sheets:
        kinds = {type(block) for block in sheet.blocks}
        if sheet.name != "封面与说明" and kinds & {RegisterBlock, FormBlock}:
            assert sheet.name in signed
