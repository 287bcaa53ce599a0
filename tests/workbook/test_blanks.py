"""Which blank cells are not written: those that look like their row does anyhow."""

from __future__ import annotations

from generator.workbook.blanks import blanks_of
from generator.workbook.book import Sheet


def sheet(*styles: str | tuple[str, object]) -> Sheet:
    """A sheet of one row; a style alone is of a blank cell."""
    made = Sheet("表", (10.0,) * len(styles))
    for column, each in enumerate(styles, 1):
        style, content = each if isinstance(each, tuple) else (each, None)
        made.put(column, content, style)  # type: ignore[arg-type]
    return made


def left_out(made: Sheet) -> set[int]:
    return {column for _, column in blanks_of(made).cells}


def test_a_bar_is_its_first_cell_and_its_rows_look() -> None:
    bar = sheet(("section", "标题"), "section", "section")
    assert blanks_of(bar).looks == {1: "section"}
    assert left_out(bar) == {2, 3}


def test_what_people_fill_in_is_always_written() -> None:
    row = sheet(("body", "1"), "input", "body", "body")
    assert left_out(row) == {3, 4}


def test_another_fill_is_written_unless_it_lies_within_a_merged_area() -> None:
    row = sheet("body", "body", ("computed", "1"), "computed", "computed")
    assert left_out(row) == {1, 2}
    row.merge(3, 5)
    assert left_out(row) == {1, 2, 4, 5}


def test_the_rest_of_a_wide_input_is_as_open_as_its_first_cell() -> None:
    row = sheet(("paper_label", "原因"), "paper_input", "paper_input", "paper_input")
    row.merge(2, 4)
    assert blanks_of(row).looks == {1: "paper_input"}
    assert left_out(row) == {3, 4}


def test_another_border_is_written_within_a_merged_area_too() -> None:
    row = sheet("body", "body", ("paper_value", "1"), "paper_value")
    row.merge(3, 4)
    assert left_out(row) == {1, 2}


def test_a_row_that_is_not_full_takes_no_look() -> None:
    """Its look would paint what is none of its cells."""
    row = sheet(("body", "1"), "body", "body")
    row.widths = (10.0,) * 4
    assert blanks_of(row).looks == {}
    assert left_out(row) == set()


def test_a_blank_cell_without_looks_goes_without_saying() -> None:
    row = sheet(("sheet_title", "标题"), "sheet_title", "link_title")
    assert blanks_of(row).looks == {}
    assert left_out(row) == {2, 3}


def test_one_blank_cell_is_shorter_than_a_look() -> None:
    row = sheet(("body", "1"), ("body", "2"), "body")
    assert blanks_of(row).looks == {}
    assert left_out(row) == set()


def test_a_cell_that_leads_somewhere_is_written() -> None:
    row = sheet("body", "body", "body")
    row.put(2, None, "body", link="in_a")
    assert left_out(row) == {1, 3}


def test_hidden_sheets_are_written_as_they_are() -> None:
    row = sheet("body", "body", "body")
    row.state = "hidden"
    assert left_out(row) == set()
