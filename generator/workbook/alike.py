"""The formulas of a sheet as its file has them: one that its neighbours repeat is written once.

Spreadsheets do so themselves ("shared formulas"): the first cell of a run holds the formula, those
below it or beside it only the run's number; they take the formula with its relative addresses
moved. Addresses are absolute here, but in a run those are relative that move with its cells.

A formula that reads another sheet by address is always written for itself: Excel's shared formulas
hold no such address (MS-XLSB, SharedParsedFormula), and a file that has one there it calls damaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from generator.rules.formula import Expr
from generator.workbook.book import Book, Place, Sheet, Span

_SHORTEST = 3
"""Fewer cells are no run: what its first cell says of it is longer than a short formula."""

At = tuple[int, int]
"""A row and a column of a sheet."""

_STEPS: tuple[At, ...] = ((1, 0), (0, 1))
"""Runs go down, and what is left goes across."""


@dataclass(frozen=True)
class Formula:
    """What a cell says: a formula; if it begins a run, also its number and the cells it takes up;
    if it goes on with a run, the number alone."""

    text: str = ""
    run: int | None = None
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
    for step in _STEPS:
        free = {
            at: shape
            for at, shape in shapes.items()
            if at not in found and shape.sheets <= {sheet.name}
        }
        for cells, moving in _runs(free, step):
            text = _written(sheet, shapes[cells[0]], moving)
            area = f"{_address(cells[0])}:{_address(cells[-1])}"
            found[cells[0]] = Formula(text, number, area)
            found.update(dict.fromkeys(cells[1:], Formula(run=number)))
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


# Runs -------------------------------------------------------------------------------------------


def _runs(shapes: Mapping[At, _Shape], step: At) -> Iterator[tuple[list[At], tuple[bool, ...]]]:
    """The cells of each run in one direction, and which of the cells that they read move along."""
    seen: set[At] = set()
    for start in shapes:
        if start in seen:
            continue
        cells = [start]
        moving: tuple[bool, ...] | None = None
        while (following := _moved_at(cells[-1], step)) in shapes and following not in seen:
            found = _moving(shapes[cells[-1]], shapes[following], step)
            if found is None or moving not in (None, found):
                break
            moving = found
            cells.append(following)
        if moving is not None and len(cells) >= _SHORTEST:
            seen.update(cells)
            yield cells, moving


def _moving(before: _Shape, after: _Shape, step: At) -> tuple[bool, ...] | None:
    """Which of the cells that it reads move along with a formula; None if it is another one."""
    if before.text != after.text:
        return None
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
    return Place(place.sheet, *_moved_at((place.row, place.column), step))


def _moved_at(at: At, step: At) -> At:
    return at[0] + step[0], at[1] + step[1]


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
