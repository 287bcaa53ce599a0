"""Where a printed sheet turns the page: before a section rather than in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.workbook.book import Sheet

_PAPER = (842.0, 595.0)
"""A4 on its side, in points."""

MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM, MARGIN_FOOTER = 0.5, 0.6, 0.75, 0.35
"""In inches."""

_POINTS_A_CHARACTER = 5.6
_DEFAULT_HEIGHT = 15.0


def page_breaks(sheet: Sheet) -> Iterator[int]:
    """The rows after which a page ends. Sections longer than a page break where they must."""
    starts = [*sheet.sections, sheet.row]
    room = _room(sheet)
    used = sum(_height(sheet, row) for row in range(1, starts[0]))
    for start, following in pairwise(starts):
        tall = sum(_height(sheet, row) for row in range(start, following))
        if used and used + tall > room and tall <= room:
            yield start - 1
            used = 0.0
        used = (used + tall) % room


def _room(sheet: Sheet) -> float:
    """The height that a page holds, in the sheet's own points, under the repeated rows."""
    width, height = _PAPER if sheet.landscape else _PAPER[::-1]
    printable = width - 2 * 72 * MARGIN_SIDE
    scale = min(1.0, printable / (sum(sheet.widths) * _POINTS_A_CHARACTER))
    repeated = sum(_height(sheet, row) for row in range(1, sheet.freeze_row or 1))
    return (height - 72 * (MARGIN_TOP + MARGIN_BOTTOM)) / scale - repeated


def _height(sheet: Sheet, row: int) -> float:
    return sheet.heights.get(row, _DEFAULT_HEIGHT)
