"""The first sheet of an .xlsx as rows of plain values. The file may be anything at all.

Nothing in it is calculated or run; what cannot be taken as it stands is a problem at its cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from generator.issuing.package import Refused, opened, repacked, told
from generator.model.problems import Problem

MOST_CELLS = 2_000_000
"""What is looked at, blank or not: a sheet may say that it reaches to its last row and column."""

_EXACT_DIGITS = 15
"""Of a longer number spreadsheets keep only so many digits."""


@dataclass(frozen=True)
class Cell:
    """A cell that is not blank: its row and column, both from 1, and its value."""

    row: int
    column: int
    value: Any

    @property
    def address(self) -> str:
        """B3."""
        return f"{get_column_letter(self.column)}{self.row}"


def read_rows(raw: bytes, shown: str) -> tuple[list[list[Cell]], list[Problem]]:
    """The rows of the first sheet that are not blank, and the cells that cannot be taken.

    Raises DataProblems where the file cannot be read as a whole.
    """
    with told(shown):
        safe = repacked(raw)
        values, formulas = (_cells(safe, data_only=each) for each in (True, False))
        return _taken(values, formulas, shown)


def _cells(packed: bytes, *, data_only: bool) -> Iterator[list[tuple[Cell, bool]]]:
    """Row by row the cells that are not blank, each with whether it is a formula or an error."""
    workbook = opened(packed, data_only=data_only)
    looked_at = 0
    # A sheet may be a chart.
    sheet = next(iter(workbook.worksheets), None)
    for row in sheet.iter_rows() if sheet else ():
        looked_at += len(row) + 1
        if looked_at > MOST_CELLS:
            raise Refused("工作表太大，请删去名单以外的行和列（包括看上去空白的）。")
        yield [
            (Cell(cell.row, cell.column, cell.value), cell.data_type in ("f", "e"))
            for cell in row
            if cell.value not in (None, "")
        ]


def _taken(
    values: Iterator[list[tuple[Cell, bool]]],
    formulas: Iterator[list[tuple[Cell, bool]]],
    shown: str,
) -> tuple[list[list[Cell]], list[Problem]]:
    rows: list[list[Cell]] = []
    problems: list[Problem] = []
    # Both readings walk the same rows.
    for valued, written in zip(values, formulas, strict=True):
        known = {cell.column for cell, _ in valued}
        row = []
        for cell, _ in written:
            if cell.column not in known:
                message = "公式没有存下结果，请在电子表格软件中打开并保存，或者直接填写。"
                problems.append(problem_at(shown, cell, message))
        for cell, wrong in valued:
            try:
                row.append(Cell(cell.row, cell.column, plain(cell.value, is_error=wrong)))
            except ValueError as error:
                problems.append(problem_at(shown, cell, str(error)))
        if any(cell.value != "" for cell in row):
            rows.append(row)
    return rows, problems


def problem_at(shown: str, cell: Cell, message: str) -> Problem:
    """A problem at a cell."""
    return Problem(shown, cell.row, cell.column, f"单元格 {cell.address}：{message}")


def plain(value: Any, *, is_error: bool) -> Any:
    """As YAML would give it: text without blanks around it, decimals as they are shown, days;
    ValueError (in Chinese) where it cannot be taken."""
    if is_error:
        raise ValueError("单元格的值是错误值，请改正。")
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, datetime):
        if value.time() != datetime.min.time():
            raise ValueError("只填日期，不填时刻。")
        return value.date()
    if isinstance(value, bool | date):
        return value
    if isinstance(value, int | float):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not number.is_finite():
            raise ValueError("应为数字。")
        if abs(number) >= 10**_EXACT_DIGITS:
            raise ValueError(
                f"数字超过 {_EXACT_DIGITS} 位，电子表格软件已经舍去后面的位数；"
                "请把单元格格式设为文本，重新填写。"
            )
        return int(number) if number == int(number) else number
    raise ValueError("应为文字、数字或者日期。")
