"""The rows of a roster's sheet → what is written for each copy, and in which cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.issuing.sheet import Cell, problem_at
from generator.issuing.words import RECIPIENT, RECIPIENT_LABEL, Words
from generator.model.problems import Problem
from generator.model.yaml_source import Path_

_HEAD_WITHIN = 10
"""Rows in which the head is looked for: people like a title above it, and who made the list."""

_TO: Path_ = ("answers", RECIPIENT)


NO_HEAD = f"前 {_HEAD_WITHIN} 行里没有标题行；标题行要有“{RECIPIENT_LABEL}”这一列。"


def head_of(rows: Sequence[Sequence[Cell]], words: Words) -> int | None:
    """Which of the rows is the head: the first that says for whom copies are; else the first with
    any word that means something, so that what is missing is told there."""
    meanings = [{words.meaning(str(cell.value))[0] for cell in row} for row in rows[:_HEAD_WITHIN]]
    for number, found in enumerate(meanings):
        if _TO in found:
            return number
    return next((number for number, found in enumerate(meanings) if found - {None}), None)


@dataclass(frozen=True)
class Columns:
    """The columns that have a head, and what those mean that mean anything."""

    headed: frozenset[int]
    meanings: Mapping[int, Path_]

    @property
    def has_recipient(self) -> bool:
        """Whether one says for whom a copy is."""
        return _TO in self.meanings.values()

    @property
    def lists_rows(self) -> bool:
        """Whether any is a column of a register."""
        return any(meaning[0] == "registers" for meaning in self.meanings.values())


def columns_of(head: Iterable[Cell], words: Words, shown: str) -> tuple[Columns, list[Problem]]:
    """What the cells of the head mean, each thing once."""
    problems: list[Problem] = []
    first: dict[Path_, Cell] = {}
    headed = set()
    for cell in head:
        headed.add(cell.column)
        meaning, why_not = words.meaning(str(cell.value))
        if meaning is None:
            problems.append(problem_at(shown, cell, why_not))
        elif meaning in first:
            message = f"与单元格 {first[meaning].address} 是同一项，只留一列。"
            problems.append(problem_at(shown, cell, message))
        else:
            first[meaning] = cell
    meanings = {cell.column: meaning for meaning, cell in first.items()}
    return Columns(frozenset(headed), meanings), problems


@dataclass
class Group:
    """The rows of one copy, as far as they have been read: its answers, and the rows of its
    register; `start` is the first cell of the first row."""

    start: Cell
    recipient: Cell | None
    cells: dict[Path_, Cell] = field(default_factory=dict)
    rows: int = 0

    @property
    def written(self) -> Mapping[str, Mapping[str, Any]]:
        """As a roster in YAML says it."""
        answers: dict[str, Any] = {}
        registers: dict[str, list[dict[str, Any]]] = {}
        for at, cell in self.cells.items():
            if at[0] == "answers":
                answers[str(at[1])] = cell.value
            else:
                _, id, number, column = at
                rows = registers.setdefault(str(id), [{} for _ in range(self.rows)])
                rows[int(number)][str(column)] = cell.value
        return {"answers": answers, "registers": registers}

    def cell(self, at: Path_) -> Cell:
        """The cell of a place, or the first of those within it."""
        inside = (cell for place, cell in self.cells.items() if place[: len(at)] == at)
        return self.cells.get(at) or next(inside, self.start)


def grouped(
    rows: Iterable[Sequence[Cell]], columns: Columns, shown: str
) -> tuple[list[Group], list[Problem]]:
    """A group for each row; where they are rows of a register, for each recipient."""
    groups: list[Group] = []
    known: dict[str, Group] = {}
    problems: list[Problem] = []
    for row in rows:
        for cell in row:
            if cell.column not in columns.headed:
                problems.append(problem_at(shown, cell, "这一列没有标题。"))
        meant = {columns.meanings[c.column]: c for c in row if c.column in columns.meanings}
        recipient = meant.pop(_TO, None)
        if columns.lists_rows and recipient is None:
            problems.append(problem_at(shown, row[0], _NOBODY))
            continue
        name = str(recipient.value).strip() if recipient else ""
        group = known.get(name) if columns.lists_rows else None
        if group is None:
            group = known[name] = Group(row[0], recipient)
            groups.append(group)
        problems += _add(group, meant, shown)
    return groups, problems


_NOBODY = f"此行没有写{RECIPIENT_LABEL}：同一单位有几个项目的，每行都写；合并的单元格请拆开。"


def _add(group: Group, meant: Mapping[Path_, Cell], shown: str) -> list[Problem]:
    """Put a further row into a group. What it answers must be what was answered before."""
    problems: list[Problem] = []
    is_listed = False
    for meaning, cell in meant.items():
        if cell.value == "":
            continue
        if meaning[0] == "registers":
            _, id, column = meaning
            group.cells["registers", id, group.rows, column] = cell
            is_listed = True
            continue
        before = group.cells.setdefault(meaning, cell)
        if before.value != cell.value:
            message = (
                f"与单元格 {before.address} 的不一致；"
                f"{RECIPIENT_LABEL}相同的各行是同一份，这一列应相同，或者只在一行里填。"
            )
            problems.append(problem_at(shown, cell, message))
    group.rows += is_listed
    return problems
