"""Groups of formulas: written once, and read back as the formula that each of their cells has."""

from __future__ import annotations

import io

import openpyxl
import pytest

from generator.rules.formula import Expr, Ref, call, op
from generator.workbook.alike import Formula, formulas_of
from generator.workbook.book import Book, Place, Sheet, Span
from generator.workbook.build import build_book
from generator.workbook.files import workbook_bytes
from tests.support.workbooks import MAIN, complete_edition


def book_with(sheet_of: str = "甲") -> tuple[Book, Sheet]:
    """Numbers in the first column of a sheet, in `a1` to `a5`; formulas go to the sheet named."""
    book = Book()
    numbers = book.sheet("甲", (10.0, 10.0, 10.0))
    for row in range(1, 6):
        numbers.row = row
        book.places[f"a{row}"] = numbers.put(1, row, "plain")
    book.spans["all"] = Span(Place("甲", 1, 1), Place("甲", 5, 1))
    book.define("limit", book.places["a5"])
    return book, book.sheets.get(sheet_of) or book.sheet(sheet_of, (10.0, 10.0))


def put(sheet: Sheet, row: int, column: int, content: Expr) -> None:
    sheet.row = row
    sheet.put(column, content, "plain")


def test_formulas_below_each_other_are_one_group() -> None:
    book, sheet = book_with()
    for row in range(1, 5):
        put(sheet, row, 2, op(Ref(f"a{row}"), "*", 2))
    assert formulas_of(book, sheet) == {
        (1, 2): Formula("A1*2", 0, "B1:B4"),
        (2, 2): Formula(group=0),
        (3, 2): Formula(group=0),
        (4, 2): Formula(group=0),
    }


def test_what_does_not_move_along_keeps_its_address_or_its_name() -> None:
    book, sheet = book_with()
    for row in range(1, 5):
        share = op(Ref(f"a{row}"), "/", call("SUM", Ref("all")))
        put(sheet, row + 1, 2, op(op(share, "+", Ref("a1")), "+", Ref("limit")))
    assert formulas_of(book, sheet)[2, 2] == Formula("A1/SUM($A$1:$A$5)+$A$1+limit", 0, "B2:B5")


@pytest.mark.parametrize("id", ["a{row}", "a1", "all"])
def test_what_reads_another_sheet_by_address_is_never_a_group(id: str) -> None:
    """Excel's shared formulas hold neither a cell nor a range of another sheet, fixed or not."""
    book, sheet = book_with("乙")
    for row in range(1, 5):
        put(sheet, row, 2, call("SUM", Ref(id.format(row=row))))
    assert [each.group for each in formulas_of(book, sheet).values()] == [None] * 4


def test_a_name_leads_to_another_sheet_within_a_group_too() -> None:
    book, sheet = book_with("乙")
    for row in range(1, 5):
        put(sheet, row, 2, op(Ref("limit"), "*", 2))
    assert formulas_of(book, sheet)[1, 2] == Formula("limit*2", 0, "B1:B4")


def test_a_range_that_moves_is_relative_at_both_its_ends() -> None:
    book, sheet = book_with()
    for row in range(1, 5):
        book.spans[f"from{row}"] = Span(book.places[f"a{row}"], book.places[f"a{row + 1}"])
        put(sheet, row, 3, call("SUM", Ref(f"from{row}")))
    assert formulas_of(book, sheet)[1, 3] == Formula("SUM(A1:A2)", 0, "C1:C4")


def test_formulas_beside_each_other_are_a_group_too() -> None:
    book, sheet = book_with()
    for column in range(2, 6):
        put(sheet, 1, column, op(Ref("a1"), "+", 1))
    assert formulas_of(book, sheet)[1, 2] == Formula("$A$1+1", 0, "B1:E1")


@pytest.mark.parametrize(
    "read",
    [
        ("a1", "a2", "a3"),  # too few
        ("a1", "a3", "a5", "a2"),  # two rows on for each row, then elsewhere
        ("a1", "a2", "a2", "a2"),  # moves, then stays
    ],
)
def test_other_formulas_are_written_for_themselves(read: tuple[str, ...]) -> None:
    book, sheet = book_with()
    for row, id in enumerate(read, 1):
        put(sheet, row, 2, op(Ref(id), "*", 2))
    assert formulas_of(book, sheet) == {
        (row, 2): Formula(f"$A${id[1]}*2") for row, id in enumerate(read, 1)
    }


def test_a_group_ends_where_the_formula_changes() -> None:
    book, sheet = book_with()
    for row in range(1, 6):
        put(sheet, row, 2, op(Ref(f"a{row}"), "*", 2 if row < 5 else 3))
    found = formulas_of(book, sheet)
    assert found[1, 2] == Formula("A1*2", 0, "B1:B4")
    assert found[5, 2] == Formula("$A$5*3")


def test_other_cells_may_stand_between_those_of_a_group() -> None:
    """As where people typed something else into one cell of a filled column."""
    book, sheet = book_with()
    for row in range(1, 6):
        put(sheet, row, 2, op(Ref(f"a{row}"), "*", 3 if row == 2 else 2))
    assert formulas_of(book, sheet) == {
        (1, 2): Formula("A1*2", 0, "B1:B5"),
        (2, 2): Formula("$A$2*3"),
        (3, 2): Formula(group=0),
        (4, 2): Formula(group=0),
        (5, 2): Formula(group=0),
    }


@pytest.mark.parametrize("which", MAIN, ids=".".join)
def test_every_cell_is_read_back_with_its_own_formula(which: tuple[str, str]) -> None:
    name, kind = which
    edition = complete_edition(name)
    book = build_book(edition, kind)
    read = openpyxl.load_workbook(io.BytesIO(workbook_bytes(edition, kind)))
    found = {
        (sheet.title, cell.row, cell.column): cell.value.replace("$", "")
        for sheet in read
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    written = {
        (sheet.name, *at): "=" + _plain(book, sheet, cell.content).replace("$", "")
        for sheet in book.sheets.values()
        for at, cell in sheet.cells.items()
        if isinstance(cell.content, Expr)
    }
    assert found == written


def _plain(book: Book, sheet: Sheet, expr: Expr) -> str:
    return expr.formula(lambda id: book.reference(id, sheet.name))
