"""A workbook that came back filled → the line of a roster for the copy that follows it.

Cells are found by their names, never by address: people insert rows and rename sheets. What
stands in them is read as it was typed; nothing that the file itself concluded is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.issuing.asked import questions_for
from generator.issuing.copies import LIST_NAME
from generator.issuing.following import following
from generator.issuing.returned import OF_PEOPLE, Held, NamedCells, Wrong, named_cells
from generator.issuing.roster import Line, recipient_problem
from generator.issuing.sheet import plain
from generator.model.contents import Answered, Listing, Question, Questions, read_contents
from generator.model.edition import Edition, Fact
from generator.model.problems import DataProblems, Problem
from generator.model.yaml_source import Path_
from generator.rules.excel.dates import AS_OF
from generator.workbook.fillings import name_of

_COMPUTED = re.compile(r"tb_.+_out_.+")
"""Names of what stands beside tables and registers: results, which the next copy computes."""


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
            reading = _Reading(named_cells(file), file.as_posix(), questions)
            reading.check(edition, kind)
            line = reading.line()
            goes_on = following(edition, kind, line.contents)
        except DataProblems as found:
            problems += found.problems
            continue
        number = reading.meta("issue_id")
        if number and number in numbers:
            message = f"领用编号 {number} 与 {numbers[number]} 相同，只留最后收到的一份。"
            problems.append(Problem(file.as_posix(), 1, 1, message))
        numbers[number] = file
        lines.append(replace(line, contents=goes_on.contents))
        remarks += reading.left({**edition.facts, **edition.entries[kind]})
        remarks += [f"{file.as_posix()}：{remark}" for remark in goes_on.remarks]
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
        # Beside copies lies the list of them. Programs keep files of their own, named ~$…, beside
        # those that are open.
        others = ("~$", ".~", f"{LIST_NAME}_") if path.is_dir() else ("~$", ".~")
        inside = sorted(path.glob("*.xlsx")) if path.is_dir() else [path]
        found = [file for file in inside if not file.name.startswith(others)]
        if not found:
            problems.append(Problem(path.as_posix(), 1, 1, "目录中没有 .xlsx 文件。"))
        files += found
    if problems:
        raise DataProblems(problems)
    return tuple(dict.fromkeys(files))


def _is_answer(name: str) -> bool:
    """Whether people fill the cells of a name. Those that beside a table tell results they do not;
    the day to count from and the row to print are choices of the moment."""
    if not name.startswith(OF_PEOPLE) or _COMPUTED.fullmatch(name):
        return False
    return name != f"in_{AS_OF}" and not name.startswith("in_pick_")


class _Reading:
    """The state of one reading."""

    def __init__(self, found: NamedCells, shown: str, questions: Questions) -> None:
        self._found, self._shown, self._questions = found, shown, questions
        self._taken: set[str] = set()
        self._problems: list[Problem] = []
        self._orders: dict[Problem, tuple[int, int, int]] = {}
        self._places: dict[Path_, Held] = {}

    def meta(self, key: str) -> str:
        """What the file says of itself; "" where it says nothing."""
        found = next(iter(self._found.cells.get(f"meta_{key}", ())), None)
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

    def left(self, known: Mapping[str, Fact]) -> Iterator[str]:
        """What people filled and no question of this workbook asks for any more, by the label of
        what is still known, or else by the words beside it."""
        for name, cells in self._found.cells.items():
            if name in self._taken or not _is_answer(name):
                continue
            held = [cell for cell in cells if cell]
            if held:
                fact, more = known.get(name.removeprefix("in_")), len(held) - 1
                label = fact.label if fact else self._found.labels[name]
                what = f"“{label}”" if label else ""
                and_more = f"等 {more + 1} 个单元格" if more else ""
                yield (
                    f"{self._shown}：{held[0].words}{what}{and_more}的内容没有带入新的一份"
                    "（新的一份不问这一项）。"
                )

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
        length = max((len(self._found.cells.get(name, ())) for name in names.values()), default=0)
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

    def _cell(self, name: str, number: int) -> Held | None:
        self._taken.add(name)
        cells = self._found.cells.get(name, ())
        return cells[number] if number < len(cells) else None

    def _plain(self, at: Path_, held: Held | None) -> Any:
        if held is None:
            return None
        self._places[at] = held
        value = held.cell.value
        try:
            return plain(value, is_error=isinstance(value, Wrong))
        except ValueError as error:
            self._problems.append(self._problem(held, str(error)))
            return None

    def _tell(self, at: Path_, message: str, *, on_key: bool = False) -> Problem:  # noqa: ARG002
        inside = (held for place, held in self._places.items() if place[: len(at)] == at)
        return self._problem(self._places.get(at) or next(inside, None), message)

    def _problem(self, held: Held | None, message: str) -> Problem:
        if held is None:
            return Problem(self._shown, 1, 1, message)
        cell, words = held.cell, f"{held.words}：{message}"
        problem = Problem(self._shown, cell.row, cell.column, words)
        self._orders[problem] = (held.number, cell.row, cell.column)
        return problem

    def _order(self, problem: Problem) -> tuple[int, int, int]:
        return self._orders.get(problem, (0, 0, 0))
