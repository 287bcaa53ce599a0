"""The formulas of a sheet as its file has them: one that others repeat is written once.

Spreadsheets do so themselves ("shared formulas"): the first cell of a group holds the formula, the
others of its column or its row only the group's number; they take the formula with its relative
addresses moved. Addresses are absolute here, but in a group those are relative that move with its
cells. Other cells may stand between those of a group.

A formula that reads another sheet by address is always written for itself: Excel's shared formulas
hold no such address (MS-XLSB, SharedParsedFormula), and a file that has one there it calls damaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from generator.rules.formula import Expr
from generator.workbook.book import Book, Place, Sheet, Span

_FEWEST = 4
"""Fewer cells are no group: what its first cell says of it is longer than a short formula."""

At = tuple[int, int]
"""A row and a column of a sheet."""

_COLUMN, _ROW = 1, 0
"""Groups are looked for in columns, and among what is left in rows."""


@dataclass(frozen=True)
class Formula:
    """What a cell says: a formula; if it is the first of a group, also the group's number and the
    cells from its first to its last; if it is another of a group, the number alone."""

    text: str = ""
    group: int | None = None
    area: str = ""


@dataclass(frozen=True)
class _Shape:
    """A formula with holes for the cells that it reads by address, and these in order."""

    text: str
    reads: tuple[Place | Span, ...]

    @property
    def sheets(self) -> set[str]:
        """Where the cells stand that it reads by address."""
        return {_ends(target)[0].sheet for target in self.reads}


def formulas_of(book: Book, sheet: Sheet) -> Mapping[At, Formula]:
    """The formulas of a sheet's cells."""
    shapes = {
        at: _shape(book, cell.content)
        for at, cell in sorted(sheet.cells.items())
        if isinstance(cell.content, Expr)
    }
    found: dict[At, Formula] = {}
    number = 0
    for line in (_COLUMN, _ROW):
        free = {
            at: shape
            for at, shape in shapes.items()
            if at not in found and shape.sheets <= {sheet.name}
        }
        for group in _groups(free, line):
            first, *others = group.cells
            text = _written(sheet, shapes[first], group.moving)
            area = f"{_address(first)}:{_address(others[-1])}"
            found[first] = Formula(text, number, area)
            found.update(dict.fromkeys(others, Formula(group=number)))
            number += 1
    for at, shape in shapes.items():
        if at not in found:
            found[at] = Formula(_written(sheet, shape, (False,) * len(shape.reads)))
    return found


def _shape(book: Book, expr: Expr) -> _Shape:
    reads: list[Place | Span] = []

    def names(id: str) -> str:
        if id in book.names:
            return id
        target = book.places.get(id) or book.spans.get(id)
        if target is None:
            raise KeyError(f"no cell has the id {id}")
        reads.append(target)
        return _HOLE

    return _Shape(expr.formula(names), tuple(reads))


_HOLE = "\x00"
"""No text of a workbook can hold it."""


# Groups -----------------------------------------------------------------------------------------


@dataclass
class _Group:
    """Cells of one column or row with the same formula, and which of the cells that it reads move
    along; nobody knows of a single cell."""

    cells: list[At]
    shape: _Shape
    moving: tuple[bool, ...] = ()

    def takes(self, at: At, shape: _Shape) -> bool:
        """Add a cell if its formula is that of the group."""
        first = self.cells[0]
        moving = _moving(self.shape, shape, (at[0] - first[0], at[1] - first[1]))
        if moving is None or (len(self.cells) > 1 and moving != self.moving):
            return False
        self.moving = moving
        self.cells.append(at)
        return True


def _groups(shapes: Mapping[At, _Shape], line: int) -> list[_Group]:
    """The groups within each column or row (`line`: which part of a place is the same for all)."""
    found: dict[tuple[int, str], list[_Group]] = defaultdict(list)
    for at, shape in shapes.items():
        groups = found[at[line], shape.text]
        # A cell goes with the last that it fits: those near each other belong together.
        if not any(group.takes(at, shape) for group in reversed(groups)):
            groups.append(_Group([at], shape))
    return [group for groups in found.values() for group in groups if len(group.cells) >= _FEWEST]


def _moving(before: _Shape, after: _Shape, step: At) -> tuple[bool, ...] | None:
    """Which of the cells that it reads move along with a formula; None if it is another one."""
    moving = []
    for old, new in zip(before.reads, after.reads, strict=True):
        if new not in (old, _moved(old, step)):
            return None
        moving.append(new != old)
    return tuple(moving)


def _moved(target: Place | Span, step: At) -> Place | Span:
    if isinstance(target, Span):
        return Span(_moved_place(target.first, step), _moved_place(target.last, step))
    return _moved_place(target, step)


def _moved_place(place: Place, step: At) -> Place:
    return Place(place.sheet, place.row + step[0], place.column + step[1])


# Words ------------------------------------------------------------------------------------------


def _written(sheet: Sheet, shape: _Shape, moving: tuple[bool, ...]) -> str:
    """A formula on a sheet, with relative addresses for the cells that move along."""
    parts = shape.text.split(_HOLE)
    written = [parts[0]]
    for target, moves, part in zip(shape.reads, moving, parts[1:], strict=True):
        written += [_relative(target) if moves else target.seen_from(sheet.name), part]
    return "".join(written)


def _relative(target: Place | Span) -> str:
    return ":".join(_address((each.row, each.column)) for each in _ends(target))


def _ends(target: Place | Span) -> tuple[Place, ...]:
    return (target.first, target.last) if isinstance(target, Span) else (target,)


def _address(at: At) -> str:
    return f"{get_column_letter(at[1])}{at[0]}"
