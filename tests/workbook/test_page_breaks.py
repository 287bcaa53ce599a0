"""Where printed pages end: before sections, and never between a seal and what it seals."""

from __future__ import annotations

import pytest

from generator.workbook.book import Sheet
from generator.workbook.pages import page_breaks

ROW = 25.0
ROOM = 18
"""Rows of that height that a page holds under the title: A4 on its side is 595 points high, 97.2
of them margins and 25 the title; narrow columns are not made smaller."""


def page(*sections: int, foot: int = 0) -> Sheet:
    """A sheet of sections with so many rows each, the last of them ending with a foot."""
    sheet = Sheet("表", (20.0, 20.0))
    sheet.heights[sheet.row] = ROW
    sheet.next_row()
    sheet.freeze_row = sheet.row
    for rows in sections:
        sheet.begin_section()
        for _ in range(rows):
            sheet.heights[sheet.row] = ROW
            sheet.next_row()
    if foot:
        sheet.feet.append(sheet.row)
        for _ in range(foot):
            sheet.heights[sheet.row] = ROW
            sheet.next_row()
    return sheet


def grown(sheet: Sheet) -> Sheet:
    """The same with its last row as high as what is typed."""
    sheet.growing.add(sheet.row - 1)
    return sheet


def summed(sheet: Sheet, row: int) -> Sheet:
    """The same with sums that begin in a row."""
    sheet.sums.append(row)
    return sheet


@pytest.mark.parametrize(
    ("sheet", "after"),
    [
        # The title is row 1; everything fits.
        (page(10, 4, foot=4), []),
        (page(ROOM), []),
        (page(ROOM - 4, foot=4), []),
        # A section that no longer fits turns the page, if the page is full enough.
        (page(15, 6), [16]),
        # It is turned in the middle of one otherwise, where the page is full.
        (page(8, 14), [19]),
        # No two rows of it stand alone.
        (page(8, 12), [17]),
        (page(40), [19, 37]),
        # One that is sealed always does: the seal would stand alone, or be cut in two.
        (page(8, 8, foot=4), [9]),
        (page(8, 11, foot=4), [9]),
        (page(15, 3, foot=4), [16]),
        # Longer than a page: the last rows go with the seal, two of them and a blank one.
        (page(18, foot=4), [16]),
        # With sums before it, all of them do.
        (summed(page(18, foot=4), 15), [14]),
        (summed(page(18, foot=4), 19), [16]),
        (page(2, 17, foot=4), [17]),
        # The seal stands with the end of it anyway.
        (page(25, foot=4), [19]),
        # Nor a heading at the foot of one.
        (page(8, 9, 25), [18, 36]),
        # Nobody knows how high rows become in which people type.
        (grown(page(8, 12)), []),
    ],
)
def test_a_page_ends_where_nothing_is_torn_apart(sheet: Sheet, after: list[int]) -> None:
    assert list(page_breaks(sheet)) == after
