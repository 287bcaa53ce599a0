"""Checks and colours of several cells become one; each range and each answer is by hand."""

from __future__ import annotations

from dataclasses import replace

from generator.workbook.book import Highlight, Validation
from generator.workbook.gathered import gathered_highlights, gathered_validations

YESNO = Validation("C4", "list", ("list_yesno",), "填写要求", "选是或否", "请选是或否")
DAY = Validation("F4", "date", (), "填写要求", "填日期", "请填日期")


# Checks -------------------------------------------------------------------------------------------


def cells(*checks: Validation) -> list[str]:
    return [each.cells for each in gathered_validations(checks)]


def test_checks_that_differ_in_their_cells_alone_are_one() -> None:
    other = replace(YESNO, cells="C9", prompt="选是或否（第九条）")
    found = list(gathered_validations((YESNO, DAY, replace(YESNO, cells="C7"), other)))
    assert found == [replace(YESNO, cells="C4 C7"), DAY, other]


def test_cells_below_and_beside_each_other_are_one_range() -> None:
    places = ("F4", "G4", "F5", "G5", "F7", "H7")
    assert cells(*(replace(DAY, cells=each) for each in places)) == ["F4:G5 F7 H7"]


def test_ranges_of_a_table_stay_whole() -> None:
    places = ("C46:C51", "D46:D51", "C52", "E46:E50")
    assert cells(*(replace(DAY, cells=each) for each in places)) == ["C46:C52 D46:D51 E46:E50"]


# Colours ------------------------------------------------------------------------------------------


def good(area: str, first: str, *words: str) -> Highlight:
    return Highlight(area, first, words or ("是",), "good")


def bad(area: str, first: str) -> Highlight:
    return Highlight(area, first, ("否",), "bad")


def gathered(*highlights: Highlight) -> list[Highlight]:
    return list(gathered_highlights(highlights))


def test_the_same_colours_in_the_same_order_are_gathered() -> None:
    found = gathered(
        good("C4:C6", "C4"),
        bad("C4:C6", "C4"),
        good("C9", "C9"),
        bad("C9", "C9"),
    )
    assert found == [good("C4:C6 C9", "C4"), bad("C4:C6 C9", "C4")]


def test_another_order_is_another_colour() -> None:
    """Where two words fit, the first wins."""
    found = gathered(good("C4", "C4"), bad("C4", "C4"), bad("C5", "C5"), good("C5", "C5"))
    assert [each.cells for each in found] == ["C4", "C4", "C5", "C5"]


def test_other_words_are_other_colours() -> None:
    found = gathered(good("C4", "C4"), good("C6", "C6", "已填"))
    assert found == [good("C4", "C4"), good("C6", "C6", "已填")]


def test_a_formula_counts_from_the_top_left_cell_of_all() -> None:
    """E9 lies right of C4 and below it; B12 lies left of it, so it stands alone."""
    found = gathered(good("C4", "C4"), good("E9", "E9"), good("B12", "B12"))
    assert found == [good("C4 E9", "C4"), good("B12", "B12")]


def test_whole_rows_look_at_their_own_steps_row() -> None:
    """Steps of two rows and of three: the second rows look one row up, the third two."""
    found = gathered(
        good("A5:I6", "$D$5", "不适用"),
        good("A7:I9", "$D$7", "不适用"),
    )
    assert found == [
        good("A5:I5 A7:I7", "$D5", "不适用"),
        good("A6:I6 A8:I8", "$D5", "不适用"),
        good("A9:I9", "$D7", "不适用"),
    ]
