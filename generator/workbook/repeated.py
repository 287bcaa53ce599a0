"""Formulas that rows repeat read other sheets through names, so that a file writes them once.

A formula with an address on another sheet is written anew for each cell (see `alike`). In a list
whose rows are numbered, the k-th row reads the k-th cell of a run of helper cells: `INDEX` of the
run's name and of the number beside it says the same in all rows. What all rows read of another
sheet has a name as well.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from generator.rules.formula import Expr, Ref, call, rewritten
from generator.workbook.book import Book, Place, Sheet, Span

_FEWEST = 7
"""Rows; in fewer, a name costs more of the file than formulas that are shared save."""

_PREFIX = "calc_"


def name_what_repeats(book: Book) -> None:
    """Rewrite the formulas of rows that repeat; call it when every cell has its place."""
    naming = _Naming(book)
    for sheet in book.sheets.values():
        for group in _groups(book, sheet):
            if len(group.rows) >= _FEWEST:
                naming.rewrite(sheet, group)
    naming.define()


@dataclass(frozen=True)
class _Read:
    """What a formula reads by address: its id, where it stands, and the row from which that is
    seen: on its own sheet the formula's; on another the number of the formula's row in its list,
    None if it has none."""

    id: str
    span: Span
    origin: int | None
    is_elsewhere: bool
    is_range: bool

    @property
    def seen(self) -> tuple[object, ...] | None:
        """The same for two rows that read each its own."""
        if self.origin is None:
            return None
        if self.is_elsewhere and (self.is_range or self.span.first.row < self.origin):
            return None
        ends = (self.span.first, self.span.last)
        return (ends[0].sheet, *((end.row - self.origin, end.column) for end in ends))


@dataclass(frozen=True)
class _Row:
    """A formula and what it reads by address, in order."""

    at: tuple[int, int]
    expr: Expr
    reads: tuple[_Read, ...]


@dataclass
class _Group:
    """Rows of a column with one formula. `moves` says of what they read whether each row has its
    own; nobody knows of a single row."""

    rows: list[_Row]
    moves: list[bool] = field(default_factory=list)

    def takes(self, row: _Row) -> bool:
        """Add a row if its formula is that of the group."""
        moves = []
        for old, new in zip(self.rows[0].reads, row.reads, strict=True):
            if new.span != old.span and (new.seen is None or new.seen != old.seen):
                return False
            moves.append(new.span != old.span)
        if len(self.rows) > 1 and moves != self.moves:
            return False
        self.moves = moves
        self.rows.append(row)
        return True


def _groups(book: Book, sheet: Sheet) -> Iterator[_Group]:
    """Of the formulas that read another sheet by address."""
    found: dict[tuple[int, str], list[_Group]] = defaultdict(list)
    for at, cell in sorted(sheet.cells.items()):
        if isinstance(cell.content, Expr) and _reads_elsewhere(book, sheet, cell.content):
            shape, row = _row(book, sheet, at, cell.content)
            groups = found[at[1], shape]
            if not any(group.takes(row) for group in reversed(groups)):
                groups.append(_Group([row]))
    for groups in found.values():
        yield from groups


def _reads_elsewhere(book: Book, sheet: Sheet, expr: Expr) -> bool:
    unnamed = (id for id in expr.reads if id not in book.names)
    return any(_span(book, id).first.sheet != sheet.name for id in unnamed)


def _span(book: Book, id: str) -> Span:
    place = book.places.get(id)
    return Span(place, place) if place else book.spans[id]


def _row(book: Book, sheet: Sheet, at: tuple[int, int], expr: Expr) -> tuple[str, _Row]:
    """A formula with holes for what it reads by address, and that."""
    reads: list[_Read] = []

    def names(id: str) -> str:
        if id in book.names:
            return id
        span = _span(book, id)
        is_elsewhere = span.first.sheet != sheet.name
        origin = _number(sheet, at) if is_elsewhere else at[0]
        reads.append(_Read(id, span, origin, is_elsewhere, id not in book.places))
        return "\x00"

    return expr.formula(names), _Row(at, expr, tuple(reads))


def _number(sheet: Sheet, at: tuple[int, int]) -> int | None:
    """The number that stands first in a row."""
    row, column = at
    first = sheet.cells.get((row, 1))
    return first.content if first and column > 1 and isinstance(first.content, int) else None


class _Naming:
    """The names that formulas came to need."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._fixed: dict[tuple[Span, bool], str] = {}
        self._runs: dict[Place, tuple[str, int]] = {}

    def rewrite(self, sheet: Sheet, group: _Group) -> None:
        """Let the rows of a group read other sheets through names."""
        for row in group.rows:
            refs: dict[str, Expr] = {}
            for read, moves in zip(row.reads, group.moves, strict=True):
                if read.is_elsewhere:
                    refs[read.id] = self._own(sheet, row, read) if moves else self._shared(read)
            cell = sheet.cells[row.at]
            sheet.cells[row.at] = replace(cell, content=rewritten(row.expr, refs.get))

    def define(self) -> None:
        """Let the book know all names; no formula need be rewritten any more."""
        for (span, is_range), name in self._fixed.items():
            # A range of one cell stays one: not every program takes a part of a cell.
            self._book.define(name, span if is_range else span.first)
        for first, (name, length) in self._runs.items():
            last = replace(first, row=first.row + length - 1)
            self._book.define(name, Span(first, last))

    def _own(self, sheet: Sheet, row: _Row, read: _Read) -> Expr:
        number = read.origin
        assert number is not None
        first = replace(read.span.first, row=read.span.first.row - number + 1)
        name, length = self._runs.get(first, ("", 0))
        name = name or self._name(re.sub(rf"(?<!\d){number}(?!\d)", "", read.id))
        self._runs[first] = name, max(length, number)
        counter = f"number.{sheet.name}.{row.at[0]}"
        self._book.places[counter] = Place(sheet.name, row.at[0], 1)
        return call("INDEX", Ref(name), Ref(counter))

    def _shared(self, read: _Read) -> Expr:
        key = read.span, read.is_range
        if key not in self._fixed:
            self._fixed[key] = self._name(read.id)
        return Ref(self._fixed[key])

    def _name(self, id: str) -> str:
        """Of letters that every program takes in a name."""
        name = _PREFIX + "_".join(word for word in re.split(r"[^a-z0-9]+", id.lower()) if word)
        runs = (run for run, _ in self._runs.values())
        taken = {*self._book.names, *self._fixed.values(), *runs}
        others = (f"{name}_{place}" for place in itertools.count(2))
        return next(each for each in itertools.chain([name], others) if each not in taken)
