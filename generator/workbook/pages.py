"""Where a printed sheet turns the page: before a section rather than in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.workbook.book import Sheet

_PAPER = (842.0, 595.0)
"""A4 on its side, in points."""

MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM, MARGIN_FOOTER = 0.5, 0.6, 0.75, 0.35
MARGIN_HEADER = 0.25
PAPER_LEFT, PAPER_RIGHT, PAPER_TOP, PAPER_BOTTOM = 1.1, 0.7, 0.75, 0.6
"""In inches; a form to hand in is bound at its left."""

_MOST_STRETCH = 150.0
_FULL_ENOUGH = 1 / 2

_FIRST_ROWS, _LAST_ROWS = 3, 4
"""So many first and last rows of a section that a page is turned in stay together: a heading, the
titles of columns and one more; of the last ones one is blank."""

_SEALED_ROWS = 3
"""So many rows stay with the seal below them, of which one is blank."""

_POINTS_A_CHARACTER = 5.25
"""Of a column's width where the book's font has digits of 7 pixels, 96 to the inch, as in Excel.
Programs with wider ones print smaller, and have more room on a page."""
_DEFAULT_HEIGHT = 15.0


def page_breaks(sheet: Sheet) -> Iterator[int]:
    """The rows after which a page ends. Sections longer than a page break where they must, but no
    seal stands on a page without anything that it seals.

    Every turn is told where it can be: a program that fits more on a page would else turn
    elsewhere, and leave a few rows alone before the next one that is told. Rows that grow with
    what is typed turn the page by themselves.
    """
    room = _room(sheet)
    # The repeated rows above are counted in the room of each page already.
    used = _tall(sheet, _first_row(sheet), sheet.sections[0])
    for start, following, sealed in _parts(sheet, room):
        tall = _tall(sheet, start, following)
        # A page is not left half empty for it: then the section rather turns the page itself.
        full = used > (0.0 if sealed else _FULL_ENOUGH * room)
        if used + tall <= room:
            used += tall
        elif full and tall <= room:
            yield start - 1
            used = tall
        elif not sheet.growing.isdisjoint(range(start, following)):
            used = (used + tall) % room
        else:
            row = start
            while used + _tall(sheet, row, following) > room:
                turn = _turn(sheet, row, following, room - used)
                # A row that no page holds turns the page by itself.
                row = turn if used or turn > row else row + 1
                yield row - 1
                used = 0.0
            used += _tall(sheet, row, following)


def _turn(sheet: Sheet, row: int, following: int, room: float) -> int:
    """The row of a section, from one on, with which a new page begins: that row itself where too
    little of it would stand alone on this page."""
    fits = [last for last in range(row, following) if _tall(sheet, row, last) <= room]
    turn = max(fits, default=row)
    if following - row > 2 * _LAST_ROWS:
        turn = min(turn, following - _LAST_ROWS)
    return turn if turn - row >= _FIRST_ROWS else row


def _parts(sheet: Sheet, room: float) -> Iterator[tuple[int, int, bool]]:
    """Each section's first row, the row after its last, and whether it is sealed; of one longer
    than a page the seal with the last rows before it is a part of its own."""
    first, after = _first_row(sheet), sheet.prints_until or sheet.row
    starts = [max(start, first) for start in sheet.sections if start < after]
    for start, following in pairwise([*starts, after]):
        foot = next((row for row in sheet.feet if start < row < following), None)
        if foot and _tall(sheet, start, following) > room:
            own = (row for row in sheet.sums if start < row < foot)
            with_it = max(start + 1, min(foot - _SEALED_ROWS, *own, foot))
            yield start, with_it, False
            yield with_it, following, True
        else:
            yield start, following, foot is not None


def _room(sheet: Sheet) -> float:
    """The height that a page holds, in the sheet's own points, under the repeated rows."""
    width, height = _PAPER if sheet.landscape else _PAPER[::-1]
    printable = width - 2 * 72 * MARGIN_SIDE
    scale = min(1.0, printable / (sum(sheet.widths) * _POINTS_A_CHARACTER))
    repeated = _tall(sheet, 1, _first_row(sheet))
    return (height - 72 * (MARGIN_TOP + MARGIN_BOTTOM)) / scale - repeated


def _first_row(sheet: Sheet) -> int:
    """The first row that does not stand on each page."""
    return sheet.repeat_row or sheet.freeze_row or 1


def stretch(sheet: Sheet) -> None:
    """Let the rows that may grow fill what a form leaves empty of its page."""
    if not sheet.stretches:
        return
    room = _PAPER[0] - 72 * (PAPER_TOP + PAPER_BOTTOM)
    first = sheet.prints_from or sheet.freeze_row or 1
    used = sum(_height(sheet, row) for row in range(first, sheet.row))
    more = min((room - used) * 0.95 / len(sheet.stretches), _MOST_STRETCH)
    for row in sheet.stretches:
        sheet.heights[row] += max(0.0, float(int(more)))


def _tall(sheet: Sheet, start: int, following: int) -> float:
    return sum(_height(sheet, row) for row in range(start, following))


def _height(sheet: Sheet, row: int) -> float:
    return sheet.heights.get(row, _DEFAULT_HEIGHT)
