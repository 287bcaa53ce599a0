"""How many formulas a second a workbook is written with, on one core.

Beside it, in the same run, what plain openpyxl and XlsxWriter take for the same cells without
looks, drop-downs or links. Nothing is judged: a slow machine is no mistake.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import pytest
import xlsxwriter

from generator.workbook.files import workbook_bytes, workbook_files
from tests.support.editions import EDITIONS, edition_of

ROUNDS = 3
AIM = 6.0

Cells = Mapping[str, Sequence[tuple[int, int, object]]]
"""Sheet → row, column and content of each cell that has any; both count from 1."""


def cells_of(content: bytes) -> Cells:
    """Every cell of a file."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [
            (cell.row, cell.column, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in book
    }


def by_openpyxl(cells: Cells) -> None:
    """The cells as openpyxl writes them."""
    book = openpyxl.Workbook()
    for name, contents in cells.items():
        sheet = book.create_sheet(name)
        for row, column, value in contents:
            sheet.cell(row, column, value)
    book.save(io.BytesIO())


def by_xlsxwriter(cells: Cells) -> None:
    """The cells as XlsxWriter writes them."""
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        for name, contents in cells.items():
            sheet = book.add_worksheet(name)
            for row, column, value in contents:
                if isinstance(value, str | int | float):
                    sheet.write(row - 1, column - 1, value)
                else:
                    sheet.write_string(row - 1, column - 1, str(value))


def seconds(work: Callable[[], object]) -> float:
    """Processor time that the work takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


@pytest.mark.parametrize("id", EDITIONS)
def test_formulas_a_second(id: str, capsys: pytest.CaptureFixture[str]) -> None:
    edition = edition_of(id)
    written = {kind: workbook_bytes(edition, kind) for kind in edition.layouts}
    kind = max(written, key=lambda each: len(written[each]))
    content = written[kind]
    cells = cells_of(content)
    formulas = sum(str(value).startswith("=") for each in cells.values() for *_, value in each)
    # In turns, so that what else the machine does falls on all of them.
    rounds = [
        (
            seconds(lambda: workbook_bytes(edition, kind)),
            seconds(lambda: by_openpyxl(cells)),
            seconds(lambda: by_xlsxwriter(cells)),
        )
        for _ in range(ROUNDS)
    ]
    ours, openpyxls, xlsxwriters = (min(each) for each in zip(*rounds, strict=True))
    files = seconds(lambda: workbook_files(edition))
    with capsys.disabled():
        print(
            f"\n{id}, {kind}: {len(content) / 1024:.0f} KB, {formulas:,} formulas,"
            f" {formulas / ours:,.0f} a second;"
            f"\n  {ours / openpyxls:.1f} times what plain openpyxl takes for the same cells,"
            f" {ours / xlsxwriters:.1f} times XlsxWriter;"
            f"\n  all workbooks with examples {files:.1f} s of one core (aim {AIM:.0f})"
        )
