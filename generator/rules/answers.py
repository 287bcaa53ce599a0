"""What people state about a project: raw values → typed answers, a problem for each bad one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

from generator.model.edition import Edition, Fact, FactType, Recurring
from generator.model.problems import suggestion
from generator.model.quantities import plain

Value: TypeAlias = bool | str | int | date | tuple[int | None, ...]
"""yes/no: bool; choice, text: str; amount: int in smallest steps; date; amounts: steps or None."""

Answers: TypeAlias = Mapping[str, Value]
"""Fact → value; an absent fact is unknown."""

EARLIEST_DAY, LATEST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""Dates outside are slips of the hand; below 1900-03-01 spreadsheets do not even agree on them."""

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Arithmetic that never rounds, however many digits somebody has typed."""

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YESNO: Mapping[Any, bool] = MappingProxyType({"yes": True, "no": False, True: True, False: False})


@dataclass(frozen=True)
class AnswerProblem:
    """A value that cannot be taken; it counts as unknown."""

    fact: str
    message: str


class _Bad(Exception):
    """Why a value cannot be taken."""


def read_answers(edition: Edition, given: Mapping[str, Any]) -> tuple[Answers, list[AnswerProblem]]:
    """Typed answers of raw facts (YAML, JSON), and what is wrong with them.

    Accepts `yes`/`no` and booleans, numbers and strings of digits, dates as YYYY-MM-DD, lists of
    amounts; None is unknown. Nothing is rounded, trimmed or guessed.
    """
    answers: dict[str, Value] = {}
    problems: list[AnswerProblem] = []
    for name, raw in given.items():
        fact = edition.facts.get(name)
        if fact is None:
            hint = suggestion(str(name), edition.facts) or "。"
            problems.append(AnswerProblem(str(name), f"未知的事实 “{name}”{hint}"))
            continue
        if raw is None:
            continue
        try:
            answers[name] = _READERS[fact.type](fact, raw)
        except _Bad as bad:
            problems.append(AnswerProblem(name, f"{fact.label}：{bad}"))
    for fact_id, message in _disordered(edition, answers):
        if answers.pop(fact_id, None) is not None:
            problems.append(AnswerProblem(fact_id, message))
    return MappingProxyType(answers), problems


def value_problem(fact: Fact, raw: Any) -> str | None:
    """What is wrong with one fact's value by itself, or None."""
    try:
        if raw is not None:
            _READERS[fact.type](fact, raw)
    except _Bad as bad:
        return f"{fact.label}：{bad}"
    return None


def _disordered(edition: Edition, answers: Answers) -> list[tuple[str, str]]:
    """Ends before their starts."""
    found = []
    for deadline in edition.deadlines.values():
        schedule = deadline.schedule
        if not isinstance(schedule, Recurring):
            continue
        start, end = answers.get(schedule.start), answers.get(schedule.until)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            first, last = edition.facts[schedule.start].label, edition.facts[schedule.until].label
            found.append((schedule.until, f"{last}：{end} 早于{first} {start}。"))
    return found


def _yesno(_fact: Fact, raw: Any) -> bool:
    if isinstance(raw, bool | str) and raw in _YESNO:
        return _YESNO[raw]
    raise _Bad(f"应为 yes 或 no，现为 {_shown(raw)}。")


def _choice(fact: Fact, raw: Any) -> str:
    word = {True: "yes", False: "no"}[raw] if isinstance(raw, bool) else raw
    if isinstance(word, str) and word in fact.choices:
        return word
    near = suggestion(word, fact.choices) if isinstance(word, str) else ""
    raise _Bad(f"应为 {'、'.join(fact.choices)} 之一，现为 {_shown(raw)}{near or '。'}")


def _amount(fact: Fact, raw: Any) -> int:
    assert fact.unit
    value = _number(raw)
    if value is None:
        raise _Bad(f"应为数字（{fact.unit.name}），只写半角数字和小数点，现为 {_shown(raw)}。")
    if value.copy_abs() > fact.unit.maximum:
        raise _Bad(f"超过 {plain(fact.unit.maximum)}{fact.unit.name} 的上限，请核对单位。")
    steps = value.scaleb(fact.unit.decimals, _EXACT)
    if steps != steps.to_integral_value():
        raise _Bad(f"{fact.unit.name}最多 {fact.unit.decimals} 位小数，现为 {_shown(raw)}。")
    if not fact.signed and steps < fact.lowest:
        raise _Bad(f"应{fact.bound}，现为 {_shown(raw)}。")
    return int(steps)


def _number(raw: Any) -> Decimal | None:
    """A number, or text that writes one out in digits, as exactly that decimal."""
    if isinstance(raw, str):
        return Decimal(raw) if _NUMBER.fullmatch(raw) else None
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    # A float stands for the shortest decimal that reads back as it: 32.395, as it was typed.
    value = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    return value if value.is_finite() else None


def _amounts(fact: Fact, raw: Any) -> tuple[int | None, ...]:
    if not isinstance(raw, list | tuple):
        raise _Bad(f"应为金额的列表，没有则写 []，现为 {_shown(raw)}。")
    return tuple(None if each is None else _amount(fact, each) for each in raw)


def _date(_fact: Fact, raw: Any) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        day = raw
    else:
        if not (isinstance(raw, str) and _DAY.fullmatch(raw)):
            raise _Bad(f"应为日期，写作 2024-06-30，现为 {_shown(raw)}。")
        try:
            day = date.fromisoformat(raw)
        except ValueError:
            raise _Bad(f"没有 {raw} 这一天。") from None
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise _Bad(f"日期须在{EARLIEST_DAY.year}年至{LATEST_DAY.year}年之间，现为 {day}。")
    return day


def _text(_fact: Fact, raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return str(Decimal(raw))
    raise _Bad(f"应为文字，现为 {_shown(raw)}。")


_READERS: Mapping[FactType, Callable[[Fact, Any], Value]] = {
    FactType.YESNO: _yesno,
    FactType.CHOICE: _choice,
    FactType.AMOUNT: _amount,
    FactType.AMOUNTS: _amounts,
    FactType.DATE: _date,
    FactType.TEXT: _text,
}


def _shown(raw: Any) -> str:
    if isinstance(raw, list | tuple):
        return "列表"
    if isinstance(raw, Mapping):
        return "“键: 值”"
    if isinstance(raw, bool):
        return f"“{str(raw).lower()}”"
    # Python refuses to write out an integer of thousands of digits; Decimal does not.
    text = str(Decimal(raw) if isinstance(raw, int) else raw)
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"
