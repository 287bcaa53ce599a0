"""A roster, YAML or .xlsx: for each copy its recipient and what is known of its project."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.issuing.asked import questions_for
from generator.issuing.package import looks_packed
from generator.issuing.sheet import Cell, problem_at, read_rows
from generator.model.contents import (
    SECTIONS,
    Contents,
    Questions,
    Teller,
    read_contents,
)
from generator.model.edition import Edition, Fact
from generator.model.problems import DataProblems, Problem, nearest, reason
from generator.model.yaml_source import Document, Path_, parse_document

RECIPIENT = "recipient"
RECIPIENT_LABEL = "领用单位"
MOST_COPIES = 1_000
_LONGEST_RECIPIENT = 60
_LISTS = tuple(section for section in SECTIONS if section != "answers")


@dataclass(frozen=True)
class Line:
    """One copy to make: for whom, with what in it, and where the roster says so."""

    recipient: str
    contents: Contents
    place: Problem


def read_lines(file: Path, edition: Edition, kind: str) -> tuple[Line, ...]:
    """The lines of a roster for a kind of workbook; columns and keys are ids or labels.

    Raises DataProblems with everything that is wrong.
    """
    shown = file.as_posix()
    questions = questions_for(edition, kind)
    facts = {id: fact for id, fact in questions["answers"].items() if isinstance(fact, Fact)}
    other = [fact for id, fact in edition.facts.items() if id not in facts]
    reading = _Roster(_Words(facts, other), questions)
    raw = _bytes(file, shown)
    if looks_packed(raw):
        reading.sheet(raw, shown)
    else:
        reading.document(parse_document(raw, shown))
    if not (reading.lines or reading.problems):
        reading.problems.append(Problem(shown, 1, 1, "名单里一份也没有。"))
    if reading.problems:
        raise DataProblems(reading.problems)
    return tuple(reading.lines)


def _bytes(file: Path, shown: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataProblems([Problem(shown, 1, 1, f"无法读取此文件：{reason(error)}。")]) from None


# Words ------------------------------------------------------------------------------------------


class _Words:
    """What people write at the head of a column, or before a colon → what it means."""

    def __init__(self, facts: Mapping[str, Fact], other: Iterable[Fact]) -> None:
        self._meanings: dict[str, set[str]] = {}
        self._labels = {RECIPIENT_LABEL: RECIPIENT}
        for fact in facts.values():
            self._labels.setdefault(fact.label, fact.id)
            self._mean(fact.id, fact.id)
            self._mean(fact.label, fact.id)
            if fact.unit:
                self._mean(f"{fact.label}（{fact.unit.name}）", fact.id)
        self._unasked = {
            _bare(word): fact.label for fact in other for word in (fact.id, fact.label)
        }
        for word in (RECIPIENT, RECIPIENT_LABEL):
            self._meanings[_bare(word)] = {RECIPIENT}

    def _mean(self, word: str, id: str) -> None:
        self._meanings.setdefault(_bare(word), set()).add(id)

    def meaning(self, word: str) -> tuple[str | None, str]:
        """The id that a word means, or None and why there is none."""
        found = self._meanings.get(_bare(word), set())
        if len(found) == 1:
            return next(iter(found)), ""
        if found:
            ids = "、".join(sorted(found))
            return None, f"不止一项叫 “{word}”，请改写标识：{ids}。"
        if _bare(word) in self._unasked:
            return None, f"本工作簿不问 “{self._unasked[_bare(word)]}”，不能预填。"
        near = nearest(word, (*self._labels, *self._labels.values()))
        hint = f"，是否为 “{near}”？" if near else "；应为本工作簿所问项目的名称或者标识。"
        return None, f"本工作簿没有 “{word}” 这一项{hint}"


def _bare(word: str) -> str:
    """Without blanks, and brackets and letters of one width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", word))


# Lines ------------------------------------------------------------------------------------------


@dataclass
class _Roster:
    """The state of one reading."""

    words: _Words
    questions: Questions
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def document(self, document: Document) -> None:
        """A list of mappings."""
        written = document.data
        if not isinstance(written, list):
            message = f"应为列表，每份一项：{RECIPIENT}（{RECIPIENT_LABEL}）和已知的项目情况。"
            self.problems.append(document.problem((), message))
            return
        if len(written) > MOST_COPIES:
            self.problems.append(document.problem((MOST_COPIES,), _TOO_MANY))
            return
        for number, entry in enumerate(written):
            if isinstance(entry, Mapping):
                self._entry(document, number, entry)
            else:
                message = f"应为“键: 值”，如 {RECIPIENT}: 某单位。"
                self.problems.append(document.problem((number,), message))

    def _entry(self, document: Document, number: int, entry: Mapping[str, Any]) -> None:
        answers: dict[str, Any] = {}
        places: dict[str, Path_] = {}
        for key, value in entry.items():
            if key in _LISTS:
                continue
            at: Path_ = (number, key)
            id, why_not = self.words.meaning(key)
            if id is None:
                self.problems.append(document.problem(at, why_not, on_key=True))
            elif id in places:
                first = places[id][-1]
                message = f"“{key}” 与 “{first}” 是同一项，只写一次。"
                self.problems.append(document.problem(at, message, on_key=True))
            else:
                answers[id], places[id] = value, at

        def tell(at: Path_, message: str, *, on_key: bool = False) -> Problem:
            inside = places[str(at[1])] if at[0] == "answers" else (number, *at)
            return document.problem(inside, message, on_key=on_key)

        recipient = answers.pop(RECIPIENT, None)
        at = places.get(RECIPIENT, (number,))
        place = document.problem((number,), "")
        written = {"answers": answers, **{key: entry[key] for key in _LISTS if key in entry}}
        self._line(recipient, document.problem(at, ""), written, tell, place)

    def sheet(self, raw: bytes, shown: str) -> None:
        """A header row, then a row for each copy."""
        rows, problems = read_rows(raw, shown)
        self.problems.extend(problems)
        if not rows:
            self.problems.append(Problem(shown, 1, 1, "第一张工作表是空的。"))
            return
        if len(rows) - 1 > MOST_COPIES:
            cell = rows[MOST_COPIES + 1][0]
            self.problems.append(problem_at(shown, cell, _TOO_MANY))
            return
        columns = dict(self._columns(rows[0], shown))
        if RECIPIENT not in columns.values():
            message = f"标题行没有“{RECIPIENT_LABEL}”这一列。"
            self.problems.append(problem_at(shown, rows[0][0], message))
            return
        headed = {cell.column for cell in rows[0]}
        for row in rows[1:]:
            for cell in row:
                if cell.column not in headed:
                    self.problems.append(problem_at(shown, cell, "这一列没有标题。"))
            self._row({columns[c.column]: c for c in row if c.column in columns}, row[0], shown)

    def _columns(self, header: list[Cell], shown: str) -> Iterator[tuple[int, str]]:
        """The columns that mean something, each thing once."""
        first: dict[str, Cell] = {}
        for cell in header:
            id, why_not = self.words.meaning(str(cell.value))
            if id is None:
                self.problems.append(problem_at(shown, cell, why_not))
            elif id in first:
                message = f"与单元格 {first[id].address} 是同一项，只留一列。"
                self.problems.append(problem_at(shown, cell, message))
            else:
                first[id] = cell
                yield cell.column, id

    def _row(self, cells: dict[str, Cell], start: Cell, shown: str) -> None:
        def tell(at: Path_, message: str, *, on_key: bool = False) -> Problem:  # noqa: ARG001
            return problem_at(shown, cells[str(at[1])], message)

        recipient = cells.pop(RECIPIENT, None)
        place = problem_at(shown, recipient or start, "")
        written = {"answers": {id: cell.value for id, cell in cells.items()}}
        self._line(recipient.value if recipient else None, place, written, tell, place)

    def _line(
        self,
        recipient: Any,
        at: Problem,
        written: Mapping[str, Any],
        tell: Teller,
        place: Problem,
    ) -> None:
        why_not = recipient_problem(recipient)
        if why_not:
            self.problems.append(_with(at, why_not))
        contents, problems = read_contents(self.questions, written, tell)
        self.problems.extend(problems)
        if not (why_not or problems):
            self.lines.append(Line(str(recipient).strip(), contents, place))


_TOO_MANY = f"名单超过 {MOST_COPIES} 份，请分成几份名单。"


def recipient_problem(recipient: Any) -> str | None:
    """What is wrong with the name of a recipient, in Chinese."""
    if recipient is None or recipient == "":
        return f"缺少{RECIPIENT_LABEL}（{RECIPIENT}）。"
    if isinstance(recipient, bool) or not isinstance(recipient, str | int):
        return f"{RECIPIENT_LABEL}应为文字。"
    text = str(recipient).strip()
    if not text:
        return f"缺少{RECIPIENT_LABEL}（{RECIPIENT}）。"
    if len(text) > _LONGEST_RECIPIENT:
        return f"{RECIPIENT_LABEL}太长（最多{_LONGEST_RECIPIENT}个字）。"
    if any(unicodedata.category(character) in _UNSEEN for character in text):
        return f"{RECIPIENT_LABEL}不能换行，也不能含有看不见的字符。"
    return None


_UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
"""Kinds of characters that nobody sees, or that turn the text around them."""


def _with(place: Problem, message: str) -> Problem:
    """A problem at a place that says its cell already, or only its line."""
    return Problem(place.path, place.line, place.column, f"{place.message}{message}", place.source)
