"""The cells of a sheet as the XML that stands in the file, each formula with its cached value.

Written here and not by openpyxl, which knows no cached values and takes an object a cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from generator.rules.formula import Error, Expr, Scalar, serial
from generator.workbook.alike import Formula, formulas_of
from generator.workbook.blanks import blanks_of
from generator.workbook.book import Book, Cell, Place, Sheet

StyleOf = Callable[[Cell], int]
"""A cell → the number of its look in the file's styles."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold."""


@dataclass
class SharedStrings:
    """Texts that cells refer to by number: each is written once, however often it stands there."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _uses: int = 0

    def number(self, text: str) -> int:
        """The number of a text."""
        self._uses += 1
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def xml(self) -> str:
        """The part of the file that holds them."""
        items = "".join(f"<si>{_text('t', text)}</si>" for text in self._numbers)
        return (
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'count="{self._uses}" uniqueCount="{len(self._numbers)}">{items}</sst>'
        )


def sheet_data(book: Book, sheet: Sheet, style_of: StyleOf, strings: SharedStrings) -> str:
    """The rows of a sheet, for the place of openpyxl's empty <sheetData>."""
    blanks = blanks_of(sheet)
    cells = {row: list(found) for row, found in groupby(sorted(sheet.cells), lambda at: at[0])}
    formulas = formulas_of(book, sheet)
    rows = []
    for row in sorted({*cells, *sheet.heights}):
        height = sheet.heights.get(row)
        fixed = "" if row in sheet.growing else ' customHeight="1"'
        manner = f' ht="{height:g}"{fixed}' if height is not None else ""
        if look := blanks.looks.get(row):
            manner += f' s="{style_of(Cell(None, look))}" customFormat="1"'
        written = [
            _formula(book, Place(sheet.name, *at), formulas[at], style_of(sheet.cells[at]))
            if at in formulas
            else _cell(at, sheet.cells[at], style_of, strings)
            for at in cells.get(row, ())
            if at not in blanks.cells
        ]
        rows.append(f'<row r="{row}"{manner}>{"".join(written)}</row>')
    return f"<sheetData>{''.join(rows)}</sheetData>"


def dimension(sheet: Sheet) -> str:
    """From the first to the last cell in use: A1:I40."""
    rows = {row for row, _ in sheet.cells} or {1}
    columns = {column for _, column in sheet.cells} or {1}
    first = f"{get_column_letter(min(columns))}{min(rows)}"
    return f"{first}:{get_column_letter(max(columns))}{max(rows)}"


def _formula(book: Book, place: Place, formula: Formula, style: int) -> str:
    """A formula's cell, with what the formula comes to."""
    kind, value = _cached(book.value_at(place))
    shared = "" if formula.group is None else f' t="shared" si="{formula.group}"'
    area = f' ref="{formula.area}"' * bool(formula.area)
    written = _text("f", formula.text, shared + area) if formula.text else f"<f{shared}/>"
    return f"{_head((place.row, place.column), style, kind)}>{written}{value}</c>"


def _cell(at: tuple[int, int], cell: Cell, style_of: StyleOf, strings: SharedStrings) -> str:
    style, content = style_of(cell), cell.content
    assert not isinstance(content, Expr)
    if content is None or content == "":
        return f"{_head(at, style)}/>"
    if isinstance(content, str):
        return f"{_head(at, style, 's')}><v>{strings.number(content)}</v></c>"
    if isinstance(content, bool):
        return f"{_head(at, style, 'b')}><v>{int(content)}</v></c>"
    number = serial(content) if isinstance(content, date) else content
    return f"{_head(at, style)}><v>{_number(number)}</v></c>"


def _head(at: tuple[int, int], style: int, kind: str = "") -> str:
    """The address last: what cells have in common then stands together, and packs better."""
    manner = f' t="{kind}"' * bool(kind) + f' s="{style}"' * bool(style)
    return f'<c{manner} r="{get_column_letter(at[1])}{at[0]}"'


def _cached(value: Scalar) -> tuple[str, str]:
    """The type and the element of a cached value."""
    if isinstance(value, bool):
        return "b", f"<v>{int(value)}</v>"
    if isinstance(value, Error):
        return "e", f"<v>{value.code}</v>"
    if isinstance(value, str):
        return "str", _text("v", value)
    return "", f"<v>{_number(float(value or 0))}</v>"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def _text(tag: str, text: str, attributes: str = "") -> str:
    """Text of an element; blanks at the ends of a cell's own text count."""
    if found := _UNWRITABLE.search(text):
        raise ValueError(f"a cell cannot hold the character {found.group()!r}: {text!r}")
    blanks = ' xml:space="preserve"' if tag == "t" and text != text.strip() else ""
    # A bare carriage return would be read back as a line feed.
    return f"<{tag}{attributes}{blanks}>{escape(text, {chr(13): '&#13;'})}</{tag}>"
