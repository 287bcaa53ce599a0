"""Spreadsheet programs other than our own evaluator, which say what a workbook computes.

    book = IronCalc().open(path)
    book.calculate({"in_total_investment": 300})["out_merge_all"]

All take inputs by defined name and give back every defined name, or those asked for: of a cell
its value, of a range a tuple, rows before columns. What each gets wrong stands in tests/judges/.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import formualizer
import ironcalc
import openpyxl
from openpyxl.cell.read_only import EmptyCell
from openpyxl.worksheet.cell_range import CellRange

from tests.support.cells import Error, Input, Scalar, Typed, Value, as_sequence, serial
from tests.support.office import Document, Office

Results = Mapping[str, Value | tuple[Value, ...]]
Place = tuple[str, int, int]  # sheet, row and column, both from 1

# formualizer names the kinds of errors in its own way.
FORMUALIZER_ERRORS = {
    "Div": "#DIV/0!",
    "Na": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
}


class Book(Protocol):
    """An open workbook that can be filled again and again."""

    def calculate(self, inputs: Mapping[str, Input], names: Iterable[str] | None = None) -> Results:
        """What the workbook as issued gives with these inputs alone, under these names or all."""


class PlacedBook(Book, Protocol):
    """One whose cells can be read by their place too."""

    def cell(self, place: Place) -> Value:
        """What the last calculation (or the opening) left in a cell."""


class Judge(Protocol):
    """A program that can open workbooks."""

    name: str

    def open(self, path: Path) -> PlacedBook: ...


def named_places(path: Path) -> dict[str, list[Place]]:
    """The cells of each defined name of a workbook, rows before columns."""
    # Read-only, openpyxl leaves the sheets unread.
    with closing(openpyxl.load_workbook(path, read_only=True)) as workbook:
        definitions = dict(workbook.defined_names)
    found = {
        name: [
            (sheet, row, column)
            for sheet, area in definition.destinations
            for cells in CellRange(area).rows
            for row, column in cells
        ]
        for name, definition in definitions.items()
    }
    return {name: places for name, places in found.items() if places}


class _Book(ABC):
    """What the two libraries have in common: cells are found here, and put back afterwards."""

    def __init__(self, path: Path) -> None:
        self._names = named_places(path)

    def calculate(self, inputs: Mapping[str, Input], names: Iterable[str] | None = None) -> Results:
        issued = {
            place: self._read(place)
            for name, value in inputs.items()
            for place, _ in self._filled(name, value)
        }
        self._write_all(
            {
                place: scalar
                for name, value in inputs.items()
                for place, scalar in self._filled(name, value)
            }
        )
        self._evaluate()
        asked = self._names if names is None else names
        results = {name: self._result(self._names[name]) for name in asked}
        self._write_all(issued)
        return results

    def cell(self, place: Place) -> Value:
        return self._read(place)

    def _filled(self, name: str, value: Input) -> Iterator[tuple[Place, Scalar]]:
        if name not in self._names:
            raise LookupError(f"no name {name!r} of a cell or range")
        scalars = as_sequence(value)
        if len(scalars) > len(self._names[name]):
            raise IndexError(f"{name!r} has room for {len(self._names[name])} values only")
        return zip(self._names[name], scalars, strict=False)

    def _result(self, places: list[Place]) -> Value | tuple[Value, ...]:
        values = tuple(self._read(place) for place in places)
        return values[0] if len(values) == 1 else values

    def _write_all(self, values: Mapping[Place, Scalar | Value]) -> None:
        for place, value in values.items():
            self._write(place, value)

    @abstractmethod
    def _evaluate(self) -> None: ...

    @abstractmethod
    def _read(self, place: Place) -> Value: ...

    @abstractmethod
    def _write(self, place: Place, value: Scalar | Value) -> None: ...


class IronCalc:
    """The engine of the same name; it does not move defined names when rows are inserted."""

    name = "ironcalc"

    def open(self, path: Path) -> PlacedBook:
        return _IronCalcBook(path)


class _IronCalcBook(_Book):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        sheets = self._model.get_worksheets_properties()
        self._sheets = {sheet["name"]: index for index, sheet in enumerate(sheets)}
        # It loads a blank cell that has a style as the number 0.
        with closing(openpyxl.load_workbook(path, read_only=True)) as workbook:
            for sheet in workbook:
                sheet.reset_dimensions()  # every cell there is, whatever the sheet says of its size
                for cell in (cell for row in sheet.iter_rows() for cell in row):
                    if cell.value is None and not isinstance(cell, EmptyCell):
                        self._write((sheet.title, cell.row, cell.column), None)
        self._evaluate()

    def _at(self, place: Place) -> tuple[int, int, int]:
        sheet, row, column = place
        return self._sheets[sheet], row, column

    def _evaluate(self) -> None:
        self._model.evaluate()

    def _read(self, place: Place) -> Value:
        value = self._model.get_cell_value(*self._at(place))
        if self._model.get_cell_type(*self._at(place)) == ironcalc.CellType.ErrorValue:
            return Error(str(value))
        return value

    def _write(self, place: Place, value: Scalar | Value) -> None:
        at = self._at(place)
        match _plain(value):
            case None:
                self._model.clear_cell_contents(*at)
            case bool(truth):
                self._model.update_cell_with_bool(*at, truth)
            case float(number):
                self._model.update_cell_with_number(*at, number)
            case str(text):
                self._model.update_cell_with_text(*at, text)


class Formualizer:
    """The engine of the same name; it reads no cached values at all."""

    name = "formualizer"

    def open(self, path: Path) -> PlacedBook:
        return _FormualizerBook(path)


class _FormualizerBook(_Book):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._workbook = formualizer.load_workbook(str(path))
        self._workbook.set_temporal_egress("serial")
        self._evaluate()

    def _evaluate(self) -> None:
        self._workbook.evaluate_all()

    def _read(self, place: Place) -> Value:
        value = self._workbook.get_value(*place)
        if isinstance(value, dict):
            return Error(FORMUALIZER_ERRORS.get(value["kind"], value["kind"]))
        return value

    def _write(self, place: Place, value: Scalar | Value) -> None:
        self._workbook.set_value(*place, _literal(value))

    def _write_all(self, values: Mapping[Place, Scalar | Value]) -> None:
        """Runs of a column at once: cell by cell a list of a thousand takes half a second."""
        for (sheet, row, column), run in _runs(values):
            self._workbook.set_values_batch(sheet, row, column, [[_literal(each)] for each in run])


def _runs(
    values: Mapping[Place, Scalar | Value],
) -> Iterator[tuple[Place, list[Scalar | Value]]]:
    """What follows on another in a column, under the place of the first."""
    first: Place | None = None
    run: list[Scalar | Value] = []
    for place, value in values.items():
        if first and place == (first[0], first[1] + len(run), first[2]):
            run.append(value)
            continue
        if first:
            yield first, run
        first, run = place, [value]
    if first:
        yield first, run


def _literal(value: Scalar | Value) -> Any:
    match _plain(value):
        case bool(truth):
            return formualizer.LiteralValue.boolean(truth)
        case float(number):
            return formualizer.LiteralValue.number(number)
        case str(text):
            return formualizer.LiteralValue.text(text)
    return None


@contextmanager
def libreoffice(office: Office, path: Path) -> Iterator[Book]:
    """LibreOffice as one more judge, for as long as the block lasts."""
    with office.document(path) as document:
        yield _OfficeBook(document)


class _OfficeBook:
    def __init__(self, document: Document) -> None:
        self._document = document

    def calculate(self, inputs: Mapping[str, Input], names: Iterable[str] | None = None) -> Results:
        issued = {
            name: self._document.get_range(name)[: len(as_sequence(value))]
            for name, value in inputs.items()
        }
        self._document.fill(inputs)
        self._document.calculate()
        found = self._document.names() if names is None else self._document.read(names)
        self._document.fill({name: _refillable(values) for name, values in issued.items()})
        return {
            name: values[0] if len(values) == 1 else tuple(values) for name, values in found.items()
        }


def _plain(value: Scalar | Value) -> float | str | bool | None:
    """An input as a library takes it: numbers as float, dates as their serial number."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return float(serial(value))
    if isinstance(value, int | float | Decimal):
        return float(value)
    if isinstance(value, Typed):
        raise TypeError("only LibreOffice reads what a person types")
    raise TypeError(f"an input cell holds an error: {value}")


def _refillable(values: list[Value]) -> list[Scalar]:
    return [_plain(value) for value in values]


JUDGES: tuple[Judge, ...] = (IronCalc(), Formualizer())
