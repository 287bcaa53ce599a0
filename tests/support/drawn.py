"""Workbooks drawn once and filled again and again.

Drawing a dossier takes a second, filling it a hundredth.

    book = filled_book(edition, "dossier", {"in_total_investment": 300})
    book.value("out_merge_all")

`test_generated_fillings.py` shows that it is the book that `build_book` draws filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.model.edition import Edition
from generator.rules.excel.dates import AS_OF
from generator.workbook.book import Book, Content, Place
from generator.workbook.build import build_book
from generator.workbook.desk import Filling

DAY = f"in_{AS_OF}"

_DRAWN: dict[tuple[int, str], tuple[Edition, Book]] = {}
"""By the number of the edition, which is kept with it: so the number passes to no other."""


def drawn_book(edition: Edition, kind: str) -> Book:
    """The blank workbook; nobody may change it."""
    key = id(edition), kind
    if key not in _DRAWN:
        _DRAWN[key] = edition, build_book(edition, kind)
    return _DRAWN[key][1]


def filled_book(edition: Edition, kind: str, fillings: Mapping[str, Filling]) -> Book:
    """A workbook with answers (`in_<fact>` → value, `tb_<table>_<column>[k]`); a day to count from
    is passed over where none is asked, as `build_book` does."""
    blank = drawn_book(edition, kind)
    asked = {name: each for name, each in fillings.items() if name in blank.places or name != DAY}
    return with_contents(blank, {_place(blank, name): value for name, value in asked.items()})


def with_contents(blank: Book, contents: Mapping[Place, Content]) -> Book:
    """A copy in which these stand in cells; nothing of it has been computed."""
    sheets = {name: replace(sheet, cells=dict(sheet.cells)) for name, sheet in blank.sheets.items()}
    for place, content in contents.items():
        cells, at = sheets[place.sheet].cells, (place.row, place.column)
        cells[at] = replace(cells[at], content=content)
    return Book(sheets, blank.places, blank.spans, blank.names, blank.mark)


def _place(book: Book, name: str) -> Place:
    column, _, row = name.rstrip("]").partition("[")
    return list(book.spans[column].places)[int(row) - 1] if row else book.places[name]
