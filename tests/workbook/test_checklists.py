"""Checklists: what a step notes is not asked again; only papers of the way chosen are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from generator.model.edition import Edition
from generator.model.layout import ChecklistBlock
from generator.model.problems import DataProblems
from generator.workbook.book import Book, Place
from generator.workbook.build import sketched_book
from generator.workbook.desk import Filling
from tests.support.drawn import filled_book
from tests.support.editions import edition_of

QIDONG, KIND, SHEET = edition_of("qidong-2022"), "dossier", "立项编报"
TITLE = "编报的文件"


def place_of(book: Book, paper: str, column: int) -> Place:
    """A cell of a paper's row in the list of what is filed."""
    cells = book.sheets[SHEET].cells
    top = next(row for (row, _), cell in cells.items() if cell.content == TITLE)
    label = QIDONG.papers[paper].label
    row = next(
        row
        for (row, at), cell in sorted(cells.items())
        if row > top and at == 2 and cell.content == label
    )
    return Place(SHEET, row, column)


def wanted(filing_form: str | None) -> dict[str, object]:
    """Of each paper of art. 7 to 9, whether it is called for."""
    fact = QIDONG.facts["filing_form"]
    known = {"in_filing_form": fact.choices[filing_form]} if filing_form else {}
    book = filled_book(QIDONG, KIND, known)
    papers = (
        "project_proposal_book",
        "feasibility_report",
        "preliminary_design",
        "investment_estimate",
        "merged_two_filing",
        "merged_all_filing",
    )
    return {paper: book.value(f"out_paper_{paper}") for paper in papers}


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (None, "待填 待填 待填 待填 待填 待填"),
        ("separate", "是 是 是 是 否 否"),
        ("merged_two", "否 否 是 是 是 否"),
        ("merged_all", "否 否 否 否 否 是"),
    ],
)
def test_only_the_papers_of_the_way_chosen_are_called_for(way: str | None, words: str) -> None:
    """Art. 8 merges the first two of art. 7, art. 9 all of them with the estimate."""
    assert list(wanted(way).values()) == words.split()


def test_what_a_step_notes_is_not_asked_again() -> None:
    book = sketched_book(QIDONG, KIND)
    assert "in_paper_framework_scheme_number" not in book.places
    assert "in_step_framework_design_number" in book.places
    assert "in_paper_product_statement_number" in book.places


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "见“跨部门框架设计”：下一步"),
        ({"in_cross_department": "否"}, "见“跨部门框架设计”：不适用"),
        (
            {"in_cross_department": "是", "in_framework_settled": "是"},
            "见“跨部门框架设计”：已完成",
        ),
    ],
)
def test_the_list_shows_how_far_the_step_is(known: Mapping[str, Filling], words: str) -> None:
    book = filled_book(QIDONG, KIND, {"in_as_of": date(2024, 1, 1), **known})
    place = place_of(book, "framework_scheme", 4)
    assert book.value_at(place) == words
    assert book.at(place).link == "in_step_framework_design_number"


# What is lacking ----------------------------------------------------------------------------------

ACCEPTANCE, FILED = "竣工验收申请及其附件", TITLE
TOLD = "须提交的材料没有备齐"


def lists_that_lack(known: Mapping[str, Filling]) -> set[object]:
    """The lists of papers that stand among what is still to fill."""
    book = filled_book(QIDONG, KIND, known)
    labels, reasons = book.value("gaps.labels"), book.value("gaps.reasons.needed")
    assert isinstance(labels, tuple)
    assert isinstance(reasons, tuple)
    return {label for label, reason in zip(labels, reasons, strict=True) if reason == TOLD}


NAMED = (
    *("project_summary", "financial_report", "audit_report"),
    *("level_protection_certificate", "risk_report", "level_protection_test"),
    *("crypto_report", "archive_report"),
)
"""What art. 29 names for a project without secrets that is finished in time, beside the
application itself, which is noted with its step."""


@pytest.mark.parametrize(
    ("lacking", "answer", "told"),
    [
        (None, None, False),
        ("audit_report", "否", True),
        ("archive_report", None, True),
        # Another system than that which the report is about.
        ("secrecy_test", None, False),
    ],
)
def test_papers_that_are_lacking_are_still_to_fill(
    lacking: str | None, answer: str | None, told: bool
) -> None:
    known: dict[str, Filling] = {"in_secret": "不涉密", "in_cannot_apply_on_time": "否"}
    known |= {f"in_paper_{paper}_ready": "是" for paper in NAMED}
    if lacking:
        known[f"in_paper_{lacking}_ready"] = answer
    assert (ACCEPTANCE in lists_that_lack(known)) == told


@pytest.mark.parametrize(("ready", "told"), [("是", False), (None, True)])
def test_of_what_a_step_notes_the_step_tells(ready: str | None, told: bool) -> None:
    """Art. 9 files all at once; the chapter on sharing (art. 12) and the catalogue (art. 13) are
    noted with their steps, which are not done."""
    known: dict[str, Filling] = {
        "in_filing_form": QIDONG.facts["filing_form"].choices["merged_all"]
    }
    known |= {"in_paper_merged_all_filing_ready": ready, "in_paper_product_statement_ready": "是"}
    book = filled_book(QIDONG, KIND, known)
    assert book.value("out_paper_information_catalogue") == "是"
    assert book.value("out_step_catalogue_compilation") != "已完成"
    assert (FILED in lists_that_lack(known)) == told


def with_noted(title: str, noted: dict[str, str]) -> Edition:
    layout = QIDONG.layouts[KIND]
    sheets = [
        sheet.model_copy(
            update={
                "blocks": tuple(
                    block.model_copy(update={"noted": noted})
                    if isinstance(block, ChecklistBlock) and block.title == title
                    else block
                    for block in sheet.blocks
                )
            }
        )
        for sheet in layout.sheets
    ]
    changed = layout.model_copy(update={"sheets": tuple(sheets)})
    return replace(QIDONG, layouts={**QIDONG.layouts, KIND: changed})


@pytest.mark.parametrize(
    ("title", "noted", "words"),
    [
        (TITLE, {"framework_scheme": "framework_desing"}, "是否为 “framework_design”？"),
        (
            "竣工验收申请及其附件（第二十九条）",
            {"audit_report": "acceptance_application"},
            "audit_report 是打印表单的附件",
        ),
    ],
)
def test_what_no_step_notes_is_refused(title: str, noted: dict[str, str], words: str) -> None:
    with pytest.raises(DataProblems) as refused:
        sketched_book(with_noted(title, noted), KIND)
    assert words in str(refused.value)
