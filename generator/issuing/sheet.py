"""The first sheet of an .xlsx as rows of plain values. The file may be anything at all.

Nothing in it is calculated or run; what cannot be taken as it stands is a problem at its cell.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from generator.model.problems import DataProblems, Problem

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 2_000
MOST_CELLS = 2_000_000
"""What is looked at, blank or not: a sheet may say that it reaches to its last row and column."""

_EXACT_DIGITS = 15
"""Of a longer number spreadsheets keep only so many digits."""

_CONTAINERS = {
    b"\xd0\xcf\x11\xe0": "是旧格式（.xls）或者加了密码的文件，请另存为不加密的 .xlsx。",
    b"%PDF": "是 PDF 文件，请用 .xlsx 或 YAML。",
}


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


def looks_packed(raw: bytes) -> bool:
    """Whether a file is a workbook of some kind, or other than text."""
    return raw.startswith(b"PK") or any(raw.startswith(start) for start in _CONTAINERS)


def read_rows(raw: bytes, shown: str) -> tuple[list[list[Cell]], list[Problem]]:
    """The rows of the first sheet that are not blank, and the cells that cannot be taken.

    Raises DataProblems where the file cannot be read as a whole.
    """
    try:
        safe = _repacked(_parts(raw))
        values, formulas = (_cells(safe, data_only=each) for each in (True, False))
        return _taken(values, formulas, shown)
    except _Refused as refused:
        raise DataProblems([Problem(shown, 1, 1, str(refused))]) from None
    except Exception:
        # Neither zipfile nor openpyxl has one error for files that are not what they say.
        raise DataProblems([Problem(shown, 1, 1, "不是完好的 .xlsx 文件，请另存一次。")]) from None


class _Refused(Exception):
    """Why a file is not read any further, in Chinese."""


def _parts(raw: bytes) -> Mapping[str, bytes]:
    """The parts of an archive, within bounds whatever it says of itself."""
    for start, message in _CONTAINERS.items():
        if raw.startswith(start):
            raise _Refused(message)
    if len(raw) > MOST_BYTES:
        raise _Refused(f"文件超过 {MOST_BYTES // 1024**2} MB，不像是名单。")
    parts = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_PARTS or sum(each.file_size for each in entries) > MOST_UNPACKED:
            raise _Refused("解压后过大，不像是名单。")
        for entry in entries:
            if entry.flag_bits & 1:
                raise _Refused("加了密码，请另存为不加密的 .xlsx。")
            with archive.open(entry) as part:
                # A piece at a time: only so does a part that lies about its size stay small.
                parts[entry.filename] = b"".join(iter(partial(part.read, _PIECE), b""))
            if _declares(parts[entry.filename]):
                raise _Refused("含有不应有的 XML 声明（DTD），没有打开。")
    return parts


_PIECE = 64 * 1024
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")


def _declares(content: bytes) -> bool:
    """Whether it may be XML with a DTD, whose entities can grow without bounds. (In two or four
    bytes a character, which no spreadsheet program writes, it is not looked for.)"""
    return content.startswith(_WIDE) or re.search(rb"<!\s*(DOCTYPE|ENTITY)", content) is not None


def _repacked(parts: Mapping[str, bytes]) -> bytes:
    """An archive that is what it says."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _cells(packed: bytes, *, data_only: bool) -> Iterator[list[tuple[Cell, bool]]]:
    """Row by row the cells that are not blank, each with whether it is a formula or an error."""
    with warnings.catch_warnings():
        # Of what it leaves out (styles, drop-downs), openpyxl warns in English.
        warnings.simplefilter("ignore")
        workbook = load_workbook(
            io.BytesIO(packed), read_only=True, data_only=data_only, keep_links=False
        )
    looked_at = 0
    # A sheet may be a chart.
    sheet = next(iter(workbook.worksheets), None)
    for row in sheet.iter_rows() if sheet else ():
        looked_at += len(row) + 1
        if looked_at > MOST_CELLS:
            raise _Refused("工作表太大，请删去名单以外的行和列（包括看上去空白的）。")
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
                row.append(Cell(cell.row, cell.column, _plain(cell.value, is_error=wrong)))
            except ValueError as error:
                problems.append(problem_at(shown, cell, str(error)))
        if any(cell.value != "" for cell in row):
            rows.append(row)
    return rows, problems


def problem_at(shown: str, cell: Cell, message: str) -> Problem:
    """A problem at a cell."""
    return Problem(shown, cell.row, cell.column, f"单元格 {cell.address}：{message}")


def _plain(value: Any, *, is_error: bool) -> Any:
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
