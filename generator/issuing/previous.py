"""A workbook that came back filled → the line of a roster for the copy that follows it.

Cells are found by their names, never by address: people insert rows and rename sheets. What
stands in them is read as it was typed; nothing that the file itself concluded is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string

from generator.issuing.asked import questions_for
from generator.issuing.package import Refused, opened, repacked, told
from generator.issuing.roster import Line, recipient_problem
from generator.issuing.sheet import MOST_CELLS, Cell, plain
from generator.model.contents import Answered, Listing, Question, Questions, read_contents
from generator.model.edition import Edition, Fact
from generator.model.problems import DataProblems, Problem, reason
from generator.model.yaml_source import Path_
from generator.rules.excel.dates import AS_OF
from generator.workbook.fillings import name_of

_AREA = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]{1,3})\$(\d+)(?::\$([A-Z]{1,3})\$(\d+))?"
)
_OF_PEOPLE = ("in_", "tb_")
"""What the names of cells begin with that people fill."""
_CONCLUDED = "_out_"
"""What is in the names of columns of a list that the file itself fills."""


@dataclass(frozen=True)
class _Run:
    """The cells of a name: one, or a column of them."""

    sheet: str
    column: int
    first: int
    last: int


def read_previous(
    files: Sequence[Path], edition: Edition, kind: str
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """For each file the line of the copy that goes on from it, and what could not be taken along.

    Raises DataProblems with everything that is wrong with any of them.
    """
    questions = questions_for(edition, kind)
    lines: list[Line] = []
    remarks: list[str] = []
    problems: list[Problem] = []
    numbers: dict[str, Path] = {}
    for file in files:
        try:
            reading = _Reading(_named_cells(file), file.as_posix(), questions)
            reading.check(edition, kind)
            line = reading.line()
        except DataProblems as found:
            problems += found.problems
            continue
        number = reading.meta("issue_id")
        if number and number in numbers:
            message = f"领用编号 {number} 与 {numbers[number]} 相同，只留最后收到的一份。"
            problems.append(Problem(file.as_posix(), 1, 1, message))
        numbers[number] = file
        lines.append(line)
        remarks += reading.left()
    if problems:
        raise DataProblems(problems)
    return tuple(lines), tuple(remarks)


def workbooks_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files named, and of folders the workbooks in them, in the order of their names.

    Raises DataProblems where there is none.
    """
    files: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        # Programs keep files of their own, named ~$…, beside those that are open.
        inside = sorted(path.glob("*.xlsx")) if path.is_dir() else [path]
        found = [file for file in inside if not file.name.startswith(("~$", ".~"))]
        if not found:
            problems.append(Problem(path.as_posix(), 1, 1, "目录中没有 .xlsx 文件。"))
        files += found
    if problems:
        raise DataProblems(problems)
    return tuple(dict.fromkeys(files))


@dataclass(frozen=True)
class _Held:
    """A cell that is not blank, on the sheet of a title, the n-th of the workbook."""

    sheet: str
    number: int
    cell: Cell

    @property
    def words(self) -> str:
        return f"工作表“{self.sheet}”单元格 {self.cell.address}"


_Cells: TypeAlias = Mapping[str, Sequence[_Held | None]]
"""The name of a run of cells → what stands in them, None where they are blank."""


def _named_cells(file: Path) -> _Cells:
    """What people filled, and what the file says of itself."""
    shown = file.as_posix()
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise DataProblems([Problem(shown, 1, 1, f"无法读取此文件：{reason(error)}。")]) from None
    with told(shown):
        workbook = opened(repacked(raw), data_only=True)
        runs = dict(_runs(workbook))
        found = _values(workbook, runs.values())
        return {
            name: [
                found.get((run.sheet, row, run.column)) for row in range(run.first, run.last + 1)
            ]
            for name, run in runs.items()
        }


def _runs(workbook: Workbook) -> Iterator[tuple[str, _Run]]:
    for name, defined in workbook.defined_names.items():
        if name.startswith((*_OF_PEOPLE, "meta_")):
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


_LONGEST_RUN = 10_000


def _values(workbook: Workbook, runs: Iterable[_Run]) -> Mapping[tuple[str, int, int], _Held]:
    """The cells of all runs that are not blank; each sheet is walked once."""
    wanted: dict[str, set[int]] = {}
    for run in runs:
        wanted.setdefault(run.sheet, set()).add(run.column)
    found: dict[tuple[str, int, int], _Held] = {}
    looked_at = 0
    for number, sheet in enumerate(workbook.worksheets):
        columns = wanted.get(sheet.title)
        if not columns:
            continue
        for row in sheet.iter_rows(max_col=max(columns)):
            looked_at += len(row) + 1
            if looked_at > MOST_CELLS:
                raise Refused("工作表太大，请删去表格以外的行和列（包括看上去空白的）。")
            for cell in row:
                if cell.value not in (None, "") and cell.column in columns:
                    value = _Wrong(str(cell.value)) if cell.data_type == "e" else cell.value
                    held = _Held(sheet.title, number, Cell(cell.row, cell.column, value))
                    found[sheet.title, cell.row, cell.column] = held
    return found


@dataclass(frozen=True)
class _Wrong:
    """An error value."""

    code: str


class _Reading:
    """The state of one reading."""

    def __init__(self, cells: _Cells, shown: str, questions: Questions) -> None:
        self._cells, self._shown, self._questions = cells, shown, questions
        self._taken: set[str] = set()
        self._problems: list[Problem] = []
        self._orders: dict[Problem, tuple[int, int, int]] = {}
        self._places: dict[Path_, _Held] = {}

    def meta(self, key: str) -> str:
        """What the file says of itself; "" where it says nothing."""
        found = next(iter(self._cells.get(f"meta_{key}", ())), None)
        return str(found.cell.value).strip() if found else ""

    def check(self, edition: Edition, kind: str) -> None:
        """Raises DataProblems unless the file is of this kind, edition and recipient."""
        told = {"kind": self.meta("kind"), "edition": self.meta("edition")}
        message = None
        if not told["kind"]:
            message = "不是本程序发放的工作簿（没有标识），请用发放的文件。"
        elif told["kind"] != kind:
            title = edition.layouts[kind].title
            message = f"是另一种工作簿（{told['kind']}），现在发放的是“{title}”（{kind}）。"
        elif told["edition"] != edition.id:
            message = f"是另一版本的工作簿（{told['edition']}），现在发放的是 {edition.id}。"
        elif why_not := recipient_problem(self.meta("recipient")):
            message = f"{why_not}只有发放给单位的工作簿才能接着发放；其余请用名单（--roster）。"
        if message:
            raise DataProblems([Problem(self._shown, 1, 1, message)])

    def line(self) -> Line:
        """All answers, typed. Raises DataProblems."""
        written = {
            section: dict(self._section(section, known))
            for section, known in self._questions.items()
        }
        contents, problems = read_contents(self._questions, written, self._tell)
        if self._problems or problems:
            raise DataProblems(sorted([*self._problems, *problems], key=self._order))
        place = Problem(self._shown, 1, 1, "")
        return Line(self.meta("recipient"), contents, place)

    def left(self) -> Iterator[str]:
        """What people filled and no question of this workbook asks for any more."""
        for name, cells in self._cells.items():
            held = [cell for cell in cells if cell]
            # The day to count from and the row to print are choices of the moment.
            if name in self._taken or not name.startswith(_OF_PEOPLE) or not held:
                continue
            if _CONCLUDED in name:
                continue
            if name != f"in_{AS_OF}" and not name.startswith("in_pick_"):
                yield f"{self._shown}：{held[0].words}（{name}）的内容没有带入新的一份。"

    def _section(self, section: str, known: Mapping[str, Question]) -> Iterator[tuple[str, Any]]:
        for id, question in known.items():
            value = self._value((section, id), question)
            if value not in (None, {}, []):
                yield id, value

    def _value(self, at: Path_, question: Question) -> Any:
        if isinstance(question, Answered):
            return None
        if isinstance(question, Fact):
            return self._plain(at, self._cell(name_of(at), 0))
        if isinstance(question, Listing):
            return self._rows(at, question)
        held = {id: self._value((*at, id), each) for id, each in question.items()}
        return {id: value for id, value in held.items() if value is not None}

    def _rows(self, at: Path_, listing: Listing) -> list[dict[str, Any]]:
        names = {column: name_of((*at, 0, column))[: -len("[1]")] for column in listing.columns}
        length = max((len(self._cells.get(name, ())) for name in names.values()), default=0)
        rows = []
        for number in range(length):
            row = {
                column: self._plain((*at, number, column), self._cell(name, number))
                for column, name in names.items()
            }
            rows.append({column: value for column, value in row.items() if value is not None})
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def _cell(self, name: str, number: int) -> _Held | None:
        self._taken.add(name)
        cells = self._cells.get(name, ())
        return cells[number] if number < len(cells) else None

    def _plain(self, at: Path_, held: _Held | None) -> Any:
        if held is None:
            return None
        self._places[at] = held
        value = held.cell.value
        try:
            return plain(value, is_error=isinstance(value, _Wrong))
        except ValueError as error:
            self._problems.append(self._problem(held, str(error)))
            return None

    def _tell(self, at: Path_, message: str, *, on_key: bool = False) -> Problem:  # noqa: ARG002
        inside = (held for place, held in self._places.items() if place[: len(at)] == at)
        return self._problem(self._places.get(at) or next(inside, None), message)

    def _problem(self, held: _Held | None, message: str) -> Problem:
        if held is None:
            return Problem(self._shown, 1, 1, message)
        cell, words = held.cell, f"{held.words}：{message}"
        problem = Problem(self._shown, cell.row, cell.column, words)
        self._orders[problem] = (held.number, cell.row, cell.column)
        return problem

    def _order(self, problem: Problem) -> tuple[int, int, int]:
        return self._orders.get(problem, (0, 0, 0))
