"""Cells that hold nothing: a row's own look stands for them, and they are not written.

A row's look reaches as far as the sheet does; a sheet that has such rows hides the columns beyond
its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils import range_boundaries

from generator.workbook.book import Cell, Sheet
from generator.workbook.styles import LOOKS, Look

_At = tuple[int, int]

_WORTH = 2
"""Fewer blank cells in a row are written sooner than a look of the row's own."""


@dataclass(frozen=True)
class Blanks:
    """The looks of rows (their styles' names), and the cells that these stand for."""

    looks: Mapping[int, str] = field(default_factory=dict)
    cells: frozenset[_At] = frozenset()


def blanks_of(sheet: Sheet) -> Blanks:
    """What of a sheet need not be written. A row with a cell in each of its columns may take the
    look that most of its blank cells have; other rows take none. Hidden sheets have no blanks."""
    if sheet.state != "visible":
        return Blanks()
    inner = frozenset(_inner_cells(sheet))
    rows: dict[int, dict[_At, Cell]] = {}
    for at, cell in sheet.cells.items():
        rows.setdefault(at[0], {})[at] = cell
    looks: dict[int, str] = {}
    left_out: set[_At] = set()
    for row, cells in rows.items():
        blank = {at: cell.style for at, cell in cells.items() if _is_blank(cell, at in inner)}
        look = None
        if len(cells) == len(sheet.widths):
            look = _most(blank, inner)
        if look is not None:
            looks[row] = look
        painted = LOOKS[look] if look is not None else Look()
        left_out.update(
            at for at, style in blank.items() if _alike(LOOKS[style], painted, at in inner)
        )
    return Blanks(looks, frozenset(left_out))


def _is_blank(cell: Cell, is_inner: bool) -> bool:
    """Nothing in it, nothing to be typed into it, nowhere to lead to. What is typed into a merged
    area stands in the first cell of it."""
    locked = is_inner or LOOKS[cell.style].locked
    return cell.content in (None, "") and locked and cell.link is None


def _most(blank: Mapping[_At, str], inner: frozenset[_At]) -> str | None:
    """The painted look that stands for most of a row's blank cells."""
    styles = Counter(style for style in blank.values() if LOOKS[style].border or LOOKS[style].fill)

    def fitting(style: str) -> int:
        return sum(_alike(LOOKS[own], LOOKS[style], at in inner) for at, own in blank.items())

    best = max(styles, key=lambda style: (fitting(style), styles[style]), default=None)
    return best if best is not None and fitting(best) >= _WORTH else None


def _alike(own: Look, other: Look, is_inner: bool) -> bool:
    """Whether a blank cell looks the same with another look, and is as locked; within a merged
    area nobody sees more of it than its edges."""
    alike = own.border == other.border and own.locked == other.locked
    return alike and (is_inner or own.fill == other.fill)


def _inner_cells(sheet: Sheet) -> list[_At]:
    """All cells of merged areas but the first of each."""
    found: list[_At] = []
    for area in sheet.merges:
        left, top, right, bottom = range_boundaries(area)
        assert left and top and right and bottom
        rows, columns = range(top, bottom + 1), range(left, right + 1)
        found += [(row, column) for row in rows for column in columns][1:]
    return found
