"""Rows that repeat read other sheets through names: each its own cell by the number beside it."""

from __future__ import annotations

import pytest

from generator.rules.formula import Expr, Ref, call, if_, op
from generator.workbook.alike import formulas_of
from generator.workbook.book import Book, Place, Sheet, Span
from generator.workbook.repeated import name_what_repeats

ROWS = range(1, 8)


def book_of(formula_of_row: dict[int, Expr], *, numbered: bool = True) -> tuple[Book, Sheet]:
    """Ten times its number in each row of a hidden sheet, from `deadline.days.day1` on, and a
    limit; on the other sheet the rows of a list from its fifth row on, each with a formula."""
    book = Book()
    hidden = book.sheet("计算", (10.0,), state="hidden")
    for row in range(1, 20):
        hidden.row = 20 + row
        book.places[f"deadline.days.day{row}"] = hidden.put(3, 10 * row, "bare")
    book.places["limit"] = hidden.put(5, 40, "bare")
    book.spans["all"] = Span(Place("计算", 21, 3), Place("计算", 27, 3))
    shown = book.sheet("表", (10.0, 10.0))
    for number, formula in formula_of_row.items():
        shown.row = 4 + number
        if numbered:
            shown.put(1, number, "body_center")
        shown.put(2, formula, "computed")
    return book, shown


def formula_at(book: Book, sheet: Sheet, row: int) -> str:
    """As its cell says it, or that it goes on with that of the first row."""
    return formulas_of(book, sheet)[4 + row, 2].text


def own(row: int) -> Ref:
    return Ref(f"deadline.days.day{row}")


def test_each_row_reads_its_own_cell_of_a_run_by_its_number() -> None:
    book, sheet = book_of({row: op(own(row), "+", 1) for row in ROWS})
    before = [book.value_at(Place("表", 4 + row, 2)) for row in ROWS]
    assert before == [11, 21, 31, 41, 51, 61, 71]
    name_what_repeats(book)
    assert formula_at(book, sheet, 1) == "INDEX(calc_deadline_days_day,A5)+1"
    assert [formula_at(book, sheet, row) for row in ROWS[1:]] == [""] * 6
    assert book.names["calc_deadline_days_day"] == "'计算'!$C$21:$C$27"


def test_the_values_stay_what_they_were() -> None:
    formulas = {
        row: if_(op(own(row), ">", Ref("limit")), call("SUM", Ref("all")), "") for row in ROWS
    }
    wanted = ["", "", "", "", 280.0, 280.0, 280.0]
    for named in (False, True):
        book, _ = book_of(formulas)
        if named:
            name_what_repeats(book)
        assert [book.value_at(Place("表", 4 + row, 2)) for row in ROWS] == wanted


def test_what_all_rows_read_has_a_name_of_its_own() -> None:
    book, sheet = book_of({row: op(own(row), "-", Ref("limit")) for row in ROWS})
    name_what_repeats(book)
    assert formula_at(book, sheet, 1) == "INDEX(calc_deadline_days_day,A5)-calc_limit"
    assert book.names["calc_limit"] == "'计算'!$E$39"


def test_rows_that_begin_elsewhere_in_the_run_have_another_name() -> None:
    """The first row of the list reads the third cell: so the run begins there."""
    book, sheet = book_of({row: op(own(row + 2), "+", 0) for row in ROWS})
    name_what_repeats(book)
    assert book.names["calc_deadline_days_day3"] == "'计算'!$C$23:$C$29"
    assert [book.value_at(Place("表", 4 + row, 2)) for row in ROWS] == [30, 40, 50, 60, 70, 80, 90]
    assert formula_at(book, sheet, 2) == ""


@pytest.mark.parametrize(
    ("rows", "numbered"),
    [(ROWS, False), (range(1, 7), True), ((1, 2, 3, 5, 8, 13), True)],
    ids=["without numbers", "few", "few and far between"],
)
def test_other_formulas_keep_their_addresses(rows: range, numbered: bool) -> None:
    book, sheet = book_of({row: op(own(row), "+", 1) for row in rows}, numbered=numbered)
    name_what_repeats(book)
    assert not [name for name in book.names if name.startswith("calc_")]
    assert formula_at(book, sheet, 2) == "'计算'!$C$22+1"


def test_rows_in_any_order_read_the_cells_of_their_numbers() -> None:
    numbers = [5, 1, 7, 2, 6, 3, 4]
    book, sheet = book_of({})
    for place, number in enumerate(numbers, 1):
        sheet.row = 4 + place
        sheet.put(1, number, "body_center")
        sheet.put(2, op(own(number), "+", 0), "computed")
    name_what_repeats(book)
    assert [book.value_at(Place("表", 4 + place, 2)) for place in range(1, 8)] == [
        50,
        10,
        70,
        20,
        60,
        30,
        40,
    ]
    assert book.names["calc_deadline_days_day"] == "'计算'!$C$21:$C$27"
