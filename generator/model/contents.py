"""What a workbook is filled with before people fill it: written answers → typed ones.

A place in what somebody wrote (`("tables", "changes", 0, "key")`) is a place in the workbook, so
filled examples, rosters and, later, a ledger all come down to the same mapping of places.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from generator.model.edition import Deadline, Fact, FactType, Table, Window
from generator.model.layout import (
    ChecklistBlock,
    Layout,
    LetterBlock,
    MeasuresBlock,
    RegisterBlock,
    StepsBlock,
    TableBlock,
    TimelineBlock,
)
from generator.model.problems import Problem, suggestion
from generator.model.values import BadValue, Value, read_value
from generator.model.yaml_source import Path_

KEY = "key"
"""The column of a list by which its rows are known."""

PAPER_COLUMNS = {
    "ready": ("已备", FactType.YESNO),
    "number": ("文号", FactType.TEXT),
    "date": ("日期", FactType.DATE),
    "evidence": ("佐证、存放位置", FactType.TEXT),
}
STEP_COLUMNS = {
    "number": ("文号", FactType.TEXT),
    "sent": ("送出日期", FactType.DATE),
    "received": ("收到、办结日期", FactType.DATE),
    "evidence": ("佐证、存放位置", FactType.TEXT),
}
REPORT_COLUMNS = {
    "sent": ("报送日期", FactType.DATE),
    "number": ("文号", FactType.TEXT),
    "evidence": ("佐证", FactType.TEXT),
}

DUTY_STATES = {"open": "未办", "under_way": "在办", "done": "已办", "not_applicable": "不适用"}
DUTY_COLUMNS = {
    "state": ("状态", FactType.CHOICE),
    "date": ("日期", FactType.DATE),
    "evidence": ("佐证、文号", FactType.TEXT),
}

LONGEST_TEXT = 32_767
"""Characters that a cell holds."""

LONGEST_KEY = 100
"""Formulas look rows up by their keys; no program takes a long one there."""


@dataclass(frozen=True)
class Given:
    """An answer: to which question, its typed value, and where it was written."""

    fact: Fact
    value: Value
    place: Problem


Contents: TypeAlias = Mapping[Path_, Given]


@dataclass(frozen=True)
class Sample:
    """A workbook filled in for a project that is made up, as it stands on a given day."""

    title: str
    as_of: date
    contents: Contents


@dataclass(frozen=True)
class Listing:
    """Rows of columns; `room` is how many there can be, if that is known."""

    columns: Mapping[str, Fact]
    room: int | None = None


@dataclass(frozen=True)
class Answered:
    """What the answer to a fact tells already."""

    fact: str


Question: TypeAlias = "Fact | Mapping[str, Question] | Listing | Answered"
"""One answer, several under names of their own, a list of rows; or none of its own."""

Questions: TypeAlias = Mapping[str, Mapping[str, Question]]
"""What a kind of workbook can be filled with: section → id → question."""


class Teller(Protocol):
    """Makes a problem at a place, at its key rather than its value if need be."""

    def __call__(self, at: Path_, message: str, *, on_key: bool = False) -> Problem: ...


_NAMES = {
    "answers": "事实或自设项目",
    "tables": "表格",
    "registers": "登记表",
    "papers": "材料",
    "steps": "步骤",
    "deadlines": "期限",
    "duties": "职责",
    "letters": "打印的表单",
}
SECTIONS = tuple(_NAMES)


def questions_of(
    layout: Layout,
    facts: Mapping[str, Fact],
    tables: Mapping[str, Table],
    deadlines: Mapping[str, Deadline],
    duties: Iterable[tuple[str, str]] = (),
) -> Questions:
    """What a workbook of this layout asks; `facts` are the edition's and the layout's own, `duties`
    the pairs of a duty and a role that it lists."""
    found: dict[str, dict[str, Question]] = {section: {} for section in SECTIONS}
    found["answers"].update(
        (id, fact) for id, fact in facts.items() if fact.type is not FactType.AMOUNTS
    )
    for block in (block for sheet in layout.sheets for block in sheet.blocks):
        match block:
            case TableBlock() if block.table in tables:
                table = tables[block.table]
                own = (*table.columns, *block.records)
                columns = _columns(table.key_label, own, facts)
                found["tables"][table.id] = Listing(columns, block.rows)
            case RegisterBlock():
                columns = _columns(block.key.label, block.columns, facts)
                if block.key.of:
                    columns[KEY] = _plain(KEY, block.key.label, FactType.DATE)
                found["registers"][block.id] = Listing(columns, block.rows)
            case MeasuresBlock():
                found["registers"][block.id] = Listing(_record(DUTY_COLUMNS), len(block.rows))
            case ChecklistBlock():
                asked = (id for id in block.papers if id not in block.noted)
                found["papers"].update((id, _record(PAPER_COLUMNS)) for id in asked)
            case StepsBlock():
                found["steps"].update((id, _record(STEP_COLUMNS)) for id in block.steps)
            case TimelineBlock():
                for id in block.deadlines:
                    if id in deadlines:
                        found["deadlines"][id] = _of_deadline(deadlines[id])
            case LetterBlock():
                if boxes := letter_boxes(block):
                    others = found["letters"].get(block.paper, {})
                    assert isinstance(others, Mapping)
                    found["letters"][block.paper] = {**others, **boxes}
    for duty, role in duties:
        roles = found["duties"].setdefault(duty, {})
        assert isinstance(roles, dict)
        roles[role] = _record(DUTY_COLUMNS)
    return found


def letter_boxes(block: LetterBlock) -> Mapping[str, Fact]:
    """What people write on a form for paper itself, by the ids of its rows."""
    return {row.id: _plain(row.id, row.label, FactType.TEXT) for row in block.rows if row.id}


def _columns(key_label: str, ids: Iterable[str], facts: Mapping[str, Fact]) -> dict[str, Fact]:
    own = {id: facts[id] for id in ids if id in facts}
    return {KEY: _plain(KEY, key_label, FactType.TEXT), **own}


def _of_deadline(deadline: Deadline) -> Question:
    """The day on which it was met; of recurring days a row each, in their order."""
    if deadline.met:
        return Answered(deadline.met)
    if isinstance(deadline.schedule, Window):
        return _plain(deadline.id, f"{deadline.label}：办结日期", FactType.DATE)
    return Listing(_record(REPORT_COLUMNS))


def _record(columns: Mapping[str, tuple[str, FactType]]) -> Mapping[str, Fact]:
    return {id: _plain(id, label, type_) for id, (label, type_) in columns.items()}


def _plain(id: str, label: str, type_: FactType) -> Fact:
    choices = DUTY_STATES if type_ is FactType.CHOICE else {}
    return Fact(id, label, f"{label}？", type_, None, 0, False, "", choices, None, None)


# Reading ----------------------------------------------------------------------------------------


def read_contents(
    questions: Questions,
    written: Mapping[str, Any],
    tell: Teller,
    untold: Collection[str] = (),
) -> tuple[Contents, list[Problem]]:
    """Typed answers of what was written under the sections, and what is wrong with the rest.

    `untold` are ids whose own problems are told already.
    """
    reading = _Reading(tell, {}, [])
    for section in SECTIONS:
        known = questions.get(section, {})
        for id, raw in reading.mapping((section,), written.get(section)):
            at = (section, id)
            question = known.get(id)
            if question is not None:
                reading.question(at, question, raw)
            elif id not in untold:
                hint = suggestion(id, known) or "。"
                message = f"本工作簿没有{_NAMES[section]} “{id}”{hint}"
                reading.report(at, message, on_key=True)
    return MappingProxyType(reading.found), reading.problems


@dataclass
class _Reading:
    """The state of one reading."""

    tell: Teller
    found: dict[Path_, Given]
    problems: list[Problem]

    def report(self, at: Path_, message: str, *, on_key: bool = False) -> None:
        self.problems.append(self.tell(at, message, on_key=on_key))

    def mapping(self, at: Path_, raw: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(raw, Mapping):
            yield from raw.items()
        elif raw is not None:
            self.report(at, "应为“键: 值”，每行一个。")

    def question(self, at: Path_, question: Question, raw: Any) -> None:
        if raw is None:
            return
        if isinstance(question, Answered):
            message = f"办结的日期写在 answers 的 “{question.fact}” 中，此处不再写。"
            self.report(at, message, on_key=True)
        elif isinstance(question, Fact):
            self.answer(at, question, raw)
        elif isinstance(question, Listing):
            self.rows(at, question, raw)
        else:
            self.row(at, question, raw)

    def row(self, at: Path_, columns: Mapping[str, Question], raw: Any) -> None:
        for column, value in self.mapping(at, raw):
            if column in columns:
                self.question((*at, column), columns[column], value)
            else:
                hint = suggestion(column, columns) or f"；可填：{'、'.join(columns)}。"
                self.report((*at, column), f"没有 “{column}” 这一栏{hint}", on_key=True)

    def rows(self, at: Path_, listing: Listing, raw: Any) -> None:
        if not isinstance(raw, list | tuple):
            self.report(at, "应为列表，一行一项。")
            return
        if listing.room is not None and len(raw) > listing.room:
            self.report(
                (*at, listing.room), f"表中只有 {listing.room} 行，放不下第 {len(raw)} 行。"
            )
        keys: dict[Value, int] = {}
        for number, row in enumerate(raw):
            place = (*at, number)
            self.row(place, listing.columns, row)
            if KEY not in listing.columns or not row:
                continue
            label, key = listing.columns[KEY].label, self.found.get((*place, KEY))
            if isinstance(row, Mapping) and row.get(KEY) in (None, ""):
                self.report(place, f"缺少 {KEY}（{label}）。")
            elif key and keys.setdefault(key.value, number) != number:
                first = keys[key.value] + 1
                self.report((*place, KEY), f"{label}与第 {first} 行重复。")

    def answer(self, at: Path_, fact: Fact, raw: Any) -> None:
        if raw == "":
            return
        try:
            value = read_written(fact, raw)
        except BadValue as bad:
            self.report(at, f"{fact.label}：{bad}")
        else:
            self.found[at] = Given(fact, value, self.tell(at, ""))


_YESNO = {"是": True, "否": False}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold, and so no workbook."""


def read_written(fact: Fact, raw: Any) -> Value:
    """As `read_value`, and also in the words of the sheet itself: 是, 否, the label of a choice."""
    match fact.type:
        case FactType.YESNO if isinstance(raw, str) and raw not in ("yes", "no"):
            if raw not in _YESNO:
                raise BadValue(f"应为 是 或 否（yes、no），现为 “{_short(raw)}”。")
            return _YESNO[raw]
        case FactType.CHOICE if isinstance(raw, str) and raw not in fact.choices:
            ids = {label: id for id, label in fact.choices.items()}
            if raw not in ids:
                near = suggestion(raw, (*ids, *fact.choices)) or "。"
                words = _listed(ids)
                raise BadValue(f"应为 {words} 之一，现为 “{_short(raw)}”{near}")
            return ids[raw]
        case FactType.TEXT:
            return _text(fact, raw)
        case _:
            return read_value(fact, raw)


def _text(fact: Fact, raw: Any) -> str:
    text = read_value(fact, raw)
    assert isinstance(text, str)
    if _UNWRITABLE.search(text):
        raise BadValue("含有看不见的控制字符，请删去后重新填写。")
    longest = LONGEST_KEY if fact.id == KEY else LONGEST_TEXT
    if len(text) > longest:
        raise BadValue(f"太长（最多{longest}个字）。")
    if fact.id == KEY and "\n" in text:
        raise BadValue("不能换行。")
    return text


def _listed(words: Collection[str]) -> str:
    """Words one after the other, in quotation marks where commas within them would mislead."""
    if not any(re.search("[，、,]", word) for word in words):
        return "、".join(words)
    return "、".join(f"“{word}”" for word in words)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
