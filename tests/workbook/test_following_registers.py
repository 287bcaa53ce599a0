"""Registers that follow one another: amounts that add up never fall, and nothing gets lost."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.model.edition import Edition
from generator.model.layout import RegisterBlock
from generator.model.problems import DataProblems
from generator.rules.formula import Scalar
from generator.workbook.book import Book
from generator.workbook.build import build_book
from generator.workbook.desk import Filling
from generator.workbook.files import workbook_bytes
from tests.support.drawn import filled_book
from tests.support.editions import edition_of
from tests.support.judges import JUDGES
from tests.workbook.test_registers import CONTRACTS, ENTRIES, edition_with, layout

SAYS = "累计完成投资小于上一季度，请核对"
FELL = f"{SAYS}。"
CHECK = "tb_second_out_total_not_below_former"
GONE = "tb_second_out_gone"


def register(id: str, **more: Any) -> dict[str, Any]:
    key = {"label": "项目名称"}
    written = {"block": "register", "id": id, "title": id, "key": key, "columns": ["total"]}
    return {**written, "rows": 4, **more}


@cache
def edition() -> Edition:
    """A workbook of two quarters."""
    check = {"kind": "not_below_former", "column": "total", "says": SAYS}
    written = layout()
    written["sheets"] = [
        {"name": "一", "blocks": [register("first", carries=["total"])]},
        {"name": "二", "blocks": [register("second", follows="first", checks=[check])]},
    ]
    written["entries"] = {"total": ENTRIES["total"]}
    return edition_with(written)


def quarter(register: str, *rows: tuple[Filling, Filling]) -> dict[str, Filling]:
    """Projects of a quarter, each with what has been invested up to it."""
    return {
        f"tb_{register}_{column}[{row}]": value
        for row, written in enumerate(rows, 1)
        for column, value in zip(("key", "total"), written, strict=True)
    }


def summary(*quarters: dict[str, Filling]) -> Book:
    filled = {name: value for each in quarters for name, value in each.items()}
    return filled_book(edition(), "lists", filled)


def explained(book: Book, row: int) -> Scalar:
    found = book.value("tb_second_out_explained")
    assert isinstance(found, tuple)
    return found[row - 1]


@pytest.mark.parametrize(
    ("before", "after", "falls", "word"),
    [
        (100, 100, False, "符合"),
        (100, 100.000001, False, "符合"),
        (100.000001, 100, True, "不符合"),
        # What is not known makes nothing wrong; what is still to fill, is said to be.
        (None, 5, False, "不适用"),
        ("约一百", 5, False, "不适用"),
        (100, None, False, "待填"),
    ],
)
def test_what_adds_up_does_not_fall(
    before: Filling, after: Filling, falls: bool, word: str
) -> None:
    book = summary(quarter("first", ("智慧路灯", before)), quarter("second", ("智慧路灯", after)))
    assert (FELL in str(explained(book, 1))) is falls
    assert book.value(CHECK) == word


def test_the_same_project_is_compared_wherever_its_row_is() -> None:
    first = quarter("first", ("智慧路灯", 100), ("政务云*", 50))
    book = summary(first, quarter("second", ("政务云*", 50), ("新项目", 1), (" 智慧路灯　", 99)))
    assert [FELL in str(explained(book, row)) for row in (1, 2, 3)] == [False, False, True]
    assert book.value(CHECK) == "不符合"
    # A pattern is but a text: 政务云* is no other name of 政务云二期.
    book = summary(quarter("first", ("政务云二期", 100)), quarter("second", ("政务云*", 1)))
    assert FELL not in str(explained(book, 1))


def test_a_project_that_is_missing_in_the_next_quarter_is_pointed_out() -> None:
    first = quarter("first", ("智慧路灯", 1), ("政务云", 2), ("一网通办", 3))
    book = summary(first)
    assert book.value(GONE) == "不适用"  # nothing of the second quarter is there yet
    book = summary(first, quarter("second", ("政务云", 2), ("智慧路灯", 1), ("一网通办", 3)))
    assert (book.value(GONE), book.value(f"{GONE}_explained")) == ("符合", "")
    book = summary(first, quarter("second", ("政务云", 2)))
    assert book.value(GONE) == "请核对"
    assert book.value(f"{GONE}_explained") == "有2个没有：“智慧路灯”等。"
    # A remark: no row is wrong for it.
    assert FELL not in str(explained(book, 1))


@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
def test_spreadsheets_compute_the_same(judge: Any, tmp_path: Path) -> None:
    filled = quarter("first", ("智慧路灯", 100), ("政务云", 2)) | quarter(
        "second", ("智慧路灯", 99.999999)
    )
    path = tmp_path / "summary.xlsx"
    path.write_bytes(workbook_bytes(edition(), "lists", filled))
    opened, book = judge.open(path), summary(filled)
    found = {}
    for name in (CHECK, GONE):
        place = book.places[name]
        found[name] = opened.cell((place.sheet, place.row, place.column))
    assert found == {CHECK: "不符合", GONE: "请核对"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"follows": "nothing"}, "前面没有登记表"),
        ({"follows": "contracts"}, "前面没有登记表"),
        ({"follows": "quarters"}, "没有写明带入哪些列"),
        ({"checks": [{"kind": "not_below_former", "column": "price", "says": "少"}]}, "follows"),
    ],
)
def test_what_a_register_cannot_follow_is_refused(change: dict[str, Any], words: str) -> None:
    written = layout()
    sheets = {sheet["name"]: sheet for sheet in written["sheets"]}
    sheets["合同"]["blocks"] = [{**CONTRACTS, **change}]
    with pytest.raises(DataProblems) as problems:
        build_book(edition_with(written), "lists")
    assert words in "；".join(str(each) for each in problems.value.problems)


def test_each_quarter_of_a_department_follows_the_one_before() -> None:
    registers = {
        block.id: block
        for sheet in edition_of("qidong-2022").layouts["quarterly_summary"].sheets
        for block in sheet.blocks
        if isinstance(block, RegisterBlock)
    }
    assert registers["quarter_1"].follows is None
    for number in (2, 3, 4):
        own = registers[f"quarter_{number}"]
        assert own.follows == f"quarter_{number - 1}"
        compared = {check.column for check in own.checks if check.kind == "not_below_former"}
        assert compared >= {"investment_to_date", "funds_used_to_date"}
