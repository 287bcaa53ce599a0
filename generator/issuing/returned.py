"""The cells of a workbook that came back, by their names, and what people know the names by.

The file may be anything at all; nothing in it is calculated or run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string

from generator.issuing.package import Refused, opened, repacked, told
from generator.issuing.sheet import MOST_CELLS, Cell
from generator.model.problems import DataProblems, Problem, reason

OF_PEOPLE = ("in_", "tb_")
"""What the names of cells begin with that people fill."""

_AREA = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]{1,3})\$(\d+)(?::\$([A-Z]{1,3})\$(\d+))?"
)
_LONGEST_RUN = 10_000
_LONGEST_LABEL = 40
"""Characters: a longer text beside a cell explains rather than names it."""


@dataclass(frozen=True)
class _Run:
    """The cells of a name: one, or a column of them."""

    sheet: str
    column: int
    first: int
    last: int


@dataclass(frozen=True)
class Wrong:
    """An error value."""

    code: str


@dataclass(frozen=True)
class Held:
    """A cell that is not blank, on the sheet of a title, the n-th of the workbook."""

    sheet: str
    number: int
    cell: Cell

    @property
    def words(self) -> str:
        """Where it is, for people."""
        return f"工作表“{self.sheet}”单元格 {self.cell.address}"


Held_: TypeAlias = "Held | None"


@dataclass(frozen=True)
class NamedCells:
    """The cells of each name, None where they are blank; and what people know a name by."""

    cells: Mapping[str, Sequence[Held_]]
    labels: Mapping[str, str]


def named_cells(file: Path) -> NamedCells:
    """What people filled, and what the file says of itself. Raises DataProblems."""
    shown = file.as_posix()
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise DataProblems([Problem(shown, 1, 1, f"无法读取此文件：{reason(error)}。")]) from None
    with told(shown):
        workbook = opened(repacked(raw), data_only=True)
        runs = dict(_runs(workbook))
        walk = _walked(workbook, runs.values())
    cells = {
        name: [walk.held.get((run.sheet, n, run.column)) for n in range(run.first, run.last + 1)]
        for name, run in runs.items()
    }
    labels = {name: walk.label(run) for name, run in runs.items()}
    return NamedCells(cells, labels)


def _runs(workbook: Workbook) -> Iterator[tuple[str, _Run]]:
    for name, defined in workbook.defined_names.items():
        if name.startswith((*OF_PEOPLE, "meta_")):
            found = _AREA.fullmatch(defined.attr_text or "")
            if found is None:
                continue
            quoted, bare, first_column, first, last_column, last = found.groups()
            if last_column not in (None, first_column):
                raise Refused(f"名称 {name} 不再是一列单元格。")
            sheet = quoted.replace("''", "'") if quoted else bare
            top, bottom = int(first), int(last or first)
            if bottom - top > _LONGEST_RUN:
                raise Refused(f"名称 {name} 的单元格太多。")
            yield name, _Run(sheet, column_index_from_string(first_column), top, bottom)


_Place: TypeAlias = tuple[str, int, int]
"""Sheet, row, column."""


@dataclass
class _Walk:
    """What is met on the way through the sheets: the cells of all runs, and at the first cell of
    each the words that its row begins with and those above it."""

    held: dict[_Place, Held] = field(default_factory=dict)
    left: dict[_Place, str] = field(default_factory=dict)
    above: dict[_Place, str] = field(default_factory=dict)

    def label(self, run: _Run) -> str:
        """A question's words begin its row, those of a column stand at its head."""
        place = (run.sheet, run.first, run.column)
        found = (self.left, self.above) if run.first == run.last else (self.above, self.left)
        words = found[0].get(place) or found[1].get(place, "")
        return re.sub(r"\s+", "", words).rstrip("：")


def _walked(workbook: Workbook, runs: Iterable[_Run]) -> _Walk:
    """Each sheet that holds a run is walked once."""
    columns: dict[str, set[int]] = {}
    starts: set[_Place] = set()
    for run in runs:
        columns.setdefault(run.sheet, set()).add(run.column)
        starts.add((run.sheet, run.first, run.column))
    walk = _Walk()
    looked_at = 0
    for number, sheet in enumerate(workbook.worksheets):
        wanted = columns.get(sheet.title)
        if not wanted:
            continue
        heads: dict[int, str] = {}
        for row_number, row in enumerate(sheet.iter_rows(max_col=max(wanted)), 1):
            looked_at += len(row) + 1
            if looked_at > MOST_CELLS:
                raise Refused("工作表太大，请删去表格以外的行和列（包括看上去空白的）。")
            beside = ""
            for column, cell in enumerate(row, 1):
                place = (sheet.title, row_number, column)
                if place in starts:
                    walk.left[place], walk.above[place] = beside, heads.get(column, "")
                if cell.value in (None, ""):
                    continue
                if column in wanted:
                    value = Wrong(str(cell.value)) if cell.data_type == "e" else cell.value
                    walk.held[place] = Held(sheet.title, number, Cell(row_number, column, value))
                if isinstance(cell.value, str) and len(cell.value.strip()) <= _LONGEST_LABEL:
                    heads[column] = cell.value.strip()
                    # Of several questions in a row, as at the foot of a form, each ends so.
                    if not beside or cell.value.endswith("："):
                        beside = heads[column]
    return walk
