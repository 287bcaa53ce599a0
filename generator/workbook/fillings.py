"""Written answers → what the cells of a workbook hold, by the names of the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from generator.model.contents import Contents, Given
from generator.model.edition import FactType, decimal_of
from generator.model.problems import Problem
from generator.model.yaml_source import Path_
from generator.rules.excel.dates import AS_OF
from generator.rules.excel.scope import NO, YES
from generator.workbook.book import Book
from generator.workbook.desk import Filling, letter_box


def fillings_of(contents: Contents, as_of: date | None = None) -> Mapping[str, Filling]:
    """The name of each cell to fill (`in_<fact>`, `tb_<table>_<column>[k]`) and what it holds."""
    counted_from: dict[str, Filling] = {f"in_{AS_OF}": as_of} if as_of else {}
    return counted_from | {name_of(at): _held(given) for at, given in contents.items()}


def places_of(contents: Contents) -> Mapping[str, Problem]:
    """Where the filling of each name was written."""
    return {name_of(at): given.place for at, given in contents.items()}


def name_of(at: Path_) -> str:
    """The name of the cell that an answer belongs to."""
    match at:
        case ("answers", id):
            return f"in_{id}"
        case ("papers", id, column):
            return f"in_paper_{id}_{column}"
        case ("steps", id, column):
            return f"in_step_{id}_{column}"
        case ("letters", str(id), str(row)):
            return letter_box(id, row)
        case ("deadlines", id):
            return f"in_done_{id}"
        case ("duties", id, role, column):
            return f"in_duty_{id}__{role}__{column}"
        case (_, id, int(row), column):
            return f"tb_{id}_{column}[{row + 1}]"
    raise ValueError(f"no cell belongs to {at}")


def _held(given: Given) -> Filling:
    """An answer as its cell holds it: what people would have picked or typed."""
    fact, value = given.fact, given.value
    match fact.type:
        case FactType.YESNO:
            return YES if value else NO
        case FactType.CHOICE:
            return fact.choices[str(value)]
        case FactType.AMOUNT:
            assert fact.unit and isinstance(value, int)
            amount = decimal_of(value, fact.unit)
            return int(amount) if amount == int(amount) else float(amount)
        case FactType.DATE:
            assert isinstance(value, date)
            return value
        case _:
            assert isinstance(value, str)
            return value


def untaken(book: Book, fillings: Mapping[str, Filling]) -> Iterator[str]:
    """The names of fillings that no cell of the book has taken; the day to count from may be."""
    for name in fillings:
        column, _, row = name.partition("[")
        if not row:
            taken = name in book.names or name == f"in_{AS_OF}"
        else:
            cells = book.spans[column].places if column in book.spans else ()
            taken = sum(1 for _ in cells) >= int(row[:-1])
        if not taken:
            yield name
