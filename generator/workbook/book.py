"""A workbook before it is a file: cells with contents and manners, names, and their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from openpyxl.utils import get_column_letter, quote_sheetname

from generator.rules import formula
from generator.rules.formula import Expr, Ref, Scalar, Value, serial

Content: TypeAlias = Expr | str | int | float | date | None


@dataclass(frozen=True)
class Cell:
    """One cell: what is in it and how it looks. `link` is the id of the cell it leads to."""

    content: Content
    style: str
    link: str | None = None


@dataclass(frozen=True)
class Place:
    """Where a cell stands; rows and columns count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """$C$12."""
        return f"${get_column_letter(self.column)}${self.row}"

    def seen_from(self, sheet: str) -> str:
        """As a formula on a sheet writes it."""
        if sheet == self.sheet:
            return self.address
        return f"{quote_sheetname(self.sheet)}!{self.address}"


@dataclass(frozen=True)
class Span:
    """A run of cells in one row or one column."""

    first: Place
    last: Place

    def seen_from(self, sheet: str) -> str:
        """As a formula on a sheet writes it."""
        return f"{self.first.seen_from(sheet)}:{self.last.address}"

    @property
    def places(self) -> Iterator[Place]:
        """Its cells in order."""
        for row in range(self.first.row, self.last.row + 1):
            for column in range(self.first.column, self.last.column + 1):
                yield Place(self.first.sheet, row, column)


@dataclass(frozen=True)
class Validation:
    """What may be typed into a run of cells, and what people read when they do otherwise."""

    cells: str
    kind: Literal["list", "decimal", "date"]
    formulas: tuple[str, ...]
    title: str
    prompt: str
    error: str


@dataclass(frozen=True)
class Highlight:
    """Cells of a range that hold a word (or begin with it) take a style; with the word "", those
    that hold nothing."""

    cells: str
    first: str
    words: tuple[str, ...]
    style: str


@dataclass(frozen=True)
class Series:
    """Numbers of a chart: the range that holds them, their name, the colour they are drawn in."""

    title: str
    values: Ref
    color: str


@dataclass(frozen=True)
class Chart:
    """A picture over cells of a sheet, from its first row and column to its last (both in it).

    Bars lie, a row a category; `stacked` ones make up one bar, of `bars` each category has one.
    `columns` stand side by side. `categories` and the values of each series are ranges.
    """

    kind: Literal["bars", "stacked", "columns"]
    title: str
    categories: Ref
    series: tuple[Series, ...]
    rows: tuple[int, int]
    columns: tuple[int, int]


@dataclass
class Sheet:
    """A sheet as it grows from top to bottom; `row` is the next free one."""

    name: str
    widths: tuple[float, ...]
    state: Literal["visible", "hidden", "veryHidden"] = "visible"
    landscape: bool = True
    protected: bool = True
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    growing: set[int] = field(default_factory=set)
    """Rows whose height is but a beginning: a program makes them as high as what is typed."""
    merges: list[str] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    filter: str | None = None
    sections: list[int] = field(default_factory=list)
    feet: list[int] = field(default_factory=list)
    """Rows where what is signed and sealed begins; it ends the section that it stands in."""
    sums: list[int] = field(default_factory=list)
    """Rows where sums begin: they and what is left of a limit are read and sealed together."""
    freeze_row: int | None = None
    freeze_column: int = 1
    """The rows above the one and the columns before the other stay on the screen."""
    repeat_row: int | None = None
    """The rows above stand on each printed page; None: those that stay on the screen."""
    one_list: bool = False
    """Nothing is asked here but in one list: its heads may stay on the screen over what follows."""
    sealed: bool = False
    afterwards: list[Callable[[], None]] = field(default_factory=list)
    """What is drawn below the last block of a sealed sheet: for the screen, never printed."""
    prints_until: int | None = None
    """The row after the last that is printed, if it is not the last of all."""
    one_page: bool = False
    printed: bool = False
    """A form for paper: upright, its first rows (before `prints_from`) for the screen alone."""
    prints_from: int | None = None
    stretches: list[int] = field(default_factory=list)
    """Rows that grow until the page is full."""
    row: int = 1
    least_lines: int = 1
    """How many lines the current row holds at least."""

    def put(self, column: int, content: Content, style: str, link: str | None = None) -> Place:
        """Fill a cell of the current row."""
        self.cells[self.row, column] = Cell(content, style, link)
        return Place(self.name, self.row, column)

    def next_row(self, lines: int = 1) -> None:
        """Close the row, high enough for so many lines of text."""
        if self.state == "visible":
            self.heights.setdefault(self.row, 6 + 15.5 * max(lines, self.least_lines))
        self.row += 1
        self.least_lines = 1

    def begin_section(self) -> None:
        """A printed page had better begin here than a few rows below."""
        if self.row - 1 not in self.sections:
            self.sections.append(self.row)

    def merge(self, first_column: int, last_column: int) -> None:
        """Join cells of the current row (titles and texts only, never data). One cell is no area:
        Excel calls a file damaged that says so."""
        if first_column == last_column:
            return
        letters = get_column_letter(first_column), get_column_letter(last_column)
        self.merges.append(f"{letters[0]}{self.row}:{letters[1]}{self.row}")


_DEEPEST = 12
"""Cells that are evaluated one within the other; a formula itself takes many frames."""


class _TooDeep(Exception):
    """A cell that had better be evaluated before those that need it."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


@dataclass
class Book:
    """All sheets, which cell each id is, and which ids are defined names."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    mark: str = ""
    """What each printed page says at its head."""
    _values: dict[Place, Scalar] = field(default_factory=dict)
    _ranges: dict[str, tuple[Scalar, ...]] = field(default_factory=dict)
    _depth: int = 0

    def sheet(self, name: str, widths: tuple[float, ...], **manners: object) -> Sheet:
        """A new sheet."""
        sheet = Sheet(name, widths, **manners)  # type: ignore[arg-type]
        self.sheets[name] = sheet
        return sheet

    def at(self, place: Place) -> Cell:
        """The cell at a place; an untouched one is blank."""
        found = self.sheets[place.sheet].cells.get((place.row, place.column))
        return found or Cell(None, "plain")

    def reference(self, id: str, sheet: str) -> str:
        """How a formula on a sheet writes a cell or range: its name if it has one."""
        if id in self.names:
            return id
        target = self.places.get(id) or self.spans.get(id)
        if target is None:
            raise KeyError(f"no cell has the id {id}")
        return target.seen_from(sheet)

    def define(self, name: str, target: Place | Span) -> None:
        """Give a cell or range a name that formulas and readers use."""
        if isinstance(target, Place):
            self.places[name] = target
        else:
            self.spans[name] = target
        sheet = target.sheet if isinstance(target, Place) else target.first.sheet
        # An absolute reference that names its sheet, whichever sheet reads it.
        reference = target.seen_from("")
        assert sheet in self.sheets
        self.names[name] = reference

    # Values --------------------------------------------------------------------------------------

    def value(self, id: str) -> Value:
        """The value of a cell or range by its id."""
        if id in self.places:
            return self.value_at(self.places[id])
        if id not in self._ranges:
            self._ranges[id] = tuple(self.value_at(place) for place in self.spans[id].places)
        return self._ranges[id]

    def value_at(self, place: Place) -> Scalar:
        """What a spreadsheet shows at a place."""
        if place in self._values:
            return self._values[place]
        if self._depth:
            return self._evaluated(place)
        # Chains of cells are longer than Python's stack: a cell too far down comes first.
        waiting = [place]
        while waiting:
            try:
                self._evaluated(waiting[-1])
                waiting.pop()
            except _TooDeep as deep:
                if deep.place in waiting:
                    raise RuntimeError(f"{deep.place} depends on itself") from None
                waiting.append(deep.place)
        return self._values[place]

    def _evaluated(self, place: Place) -> Scalar:
        if self._depth == _DEEPEST:
            raise _TooDeep(place)
        self._depth += 1
        try:
            self._values[place] = self._compute(self.at(place).content)
        finally:
            self._depth -= 1
        return self._values[place]

    def _compute(self, content: Content) -> Scalar:
        if isinstance(content, formula.Literal):
            content = content.content
        if isinstance(content, Expr):
            value = content.value(self.value)
            # A formula that points at a blank cell shows 0.
            return 0.0 if value is None else _single(value)
        if isinstance(content, date):
            return float(serial(content))
        if isinstance(content, int | float) and not isinstance(content, bool):
            return float(content)
        return content


def _single(value: Value) -> Scalar:
    if isinstance(value, tuple):
        raise TypeError("a formula gives a range where one value belongs")
    return value
