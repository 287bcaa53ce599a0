"""A roster, YAML or .xlsx: for each copy its recipient and what is known of its project."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.issuing.asked import questions_for
from generator.issuing.package import looks_packed
from generator.issuing.sheet import problem_at, read_rows
from generator.issuing.table import NO_HEAD, Group, columns_of, grouped, head_of
from generator.issuing.words import RECIPIENT, RECIPIENT_LABEL, Words
from generator.model.contents import (
    SECTIONS,
    Contents,
    Questions,
    Teller,
    read_contents,
)
from generator.model.edition import Edition
from generator.model.problems import DataProblems, Problem, reason
from generator.model.yaml_source import Document, Path_, parse_leniently

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
    raw = _bytes(file, shown)
    packed = looks_packed(raw)
    reading = _Roster(Words(edition, kind, rows=packed), questions)
    if packed:
        reading.sheet(raw, shown)
    else:
        document, wrong = parse_leniently(raw, shown)
        reading.document(document)
        reading.problems = _together(wrong, reading.problems)
    if not (reading.lines or reading.problems):
        reading.problems.append(Problem(shown, 1, 1, "名单里一份也没有。"))
    if reading.problems:
        raise DataProblems(reading.problems)
    return tuple(reading.lines)


def _together(wrong: list[Problem], more: list[Problem]) -> list[Problem]:
    """What is wrong with the YAML and with what it says, from top to bottom; what is left out for
    the one is not also told as missing for the other."""
    places = {(problem.line, problem.column) for problem in wrong}
    others = (problem for problem in more if (problem.line, problem.column) not in places)
    return sorted((*wrong, *others), key=lambda problem: (problem.line, problem.column))


def _bytes(file: Path, shown: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataProblems([Problem(shown, 1, 1, f"无法读取此文件：{reason(error)}。")]) from None


# Lines ------------------------------------------------------------------------------------------


@dataclass
class _Roster:
    """The state of one reading."""

    words: Words
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
            meaning, why_not = self.words.meaning(key)
            if meaning is None:
                self.problems.append(document.problem(at, why_not, on_key=True))
                continue
            id = str(meaning[-1])
            if id in places:
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
        """A header row, then a row for each copy, or for each row of its register."""
        rows, problems = read_rows(raw, shown)
        self.problems.extend(problems)
        if not rows:
            self.problems.append(Problem(shown, 1, 1, "第一张工作表是空的。"))
            return
        at = head_of(rows, self.words)
        if at is None:
            self.problems.append(problem_at(shown, rows[0][0], NO_HEAD))
            return
        columns, problems = columns_of(rows[at], self.words, shown)
        self.problems.extend(problems)
        if not columns.has_recipient:
            message = f"标题行没有“{RECIPIENT_LABEL}”这一列。"
            self.problems.append(problem_at(shown, rows[at][0], message))
            return
        groups, problems = grouped(rows[at + 1 :], columns, shown)
        if len(groups) > MOST_COPIES:
            self.problems.append(problem_at(shown, groups[MOST_COPIES].start, _TOO_MANY))
            return
        self.problems.extend(problems)
        for group in groups:
            self._group(group, shown)
        self.problems.sort(key=lambda problem: (problem.line, problem.column))

    def _group(self, group: Group, shown: str) -> None:
        def tell(at: Path_, message: str, *, on_key: bool = False) -> Problem:  # noqa: ARG001
            return problem_at(shown, group.cell(at), message)

        place = problem_at(shown, group.recipient or group.start, "")
        recipient = group.recipient.value if group.recipient else None
        self._line(recipient, place, group.written, tell, place)

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
