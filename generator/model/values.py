"""One raw value of one fact (YAML, JSON) → a typed value, or why it cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

from generator.model.edition import Fact, FactType
from generator.model.problems import suggestion
from generator.model.quantities import plain

Value: TypeAlias = bool | str | int | date | tuple[int | None, ...]
"""yes/no: bool; choice, text: str; amount: int in smallest steps; date; amounts: steps or None."""

EARLIEST_DAY, LATEST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""Dates outside are slips of the hand; below 1900-03-01 spreadsheets do not even agree on them."""

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Arithmetic that never rounds, however many digits somebody has typed."""

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YESNO: Mapping[Any, bool] = MappingProxyType({"yes": True, "no": False, True: True, False: False})


class BadValue(Exception):
    """Why a value cannot be taken, in Chinese."""


def read_value(fact: Fact, raw: Any) -> Value:
    """The typed value; BadValue if it is none. Nothing is rounded, trimmed or guessed."""
    return _READERS[fact.type](fact, raw)


def value_problem(fact: Fact, raw: Any) -> str | None:
    """What is wrong with one fact's value by itself, or None."""
    try:
        if raw is not None:
            read_value(fact, raw)
    except BadValue as bad:
        return f"{fact.label}：{bad}"
    return None


def _yesno(_fact: Fact, raw: Any) -> bool:
    if isinstance(raw, bool | str) and raw in _YESNO:
        return _YESNO[raw]
    raise BadValue(f"应为 yes 或 no，现为 {_shown(raw)}。")


def _choice(fact: Fact, raw: Any) -> str:
    word = {True: "yes", False: "no"}[raw] if isinstance(raw, bool) else raw
    if isinstance(word, str) and word in fact.choices:
        return word
    near = suggestion(word, fact.choices) if isinstance(word, str) else ""
    raise BadValue(f"应为 {'、'.join(fact.choices)} 之一，现为 {_shown(raw)}{near or '。'}")


def _amount(fact: Fact, raw: Any) -> int:
    assert fact.unit
    value = _number(raw)
    if value is None:
        raise BadValue(f"应为数字（{fact.unit.name}），只写半角数字和小数点，现为 {_shown(raw)}。")
    if value.copy_abs() > fact.unit.maximum:
        raise BadValue(f"超过 {plain(fact.unit.maximum)}{fact.unit.name} 的上限，请核对单位。")
    steps = value.scaleb(fact.unit.decimals, _EXACT)
    if steps != steps.to_integral_value():
        raise BadValue(f"{fact.unit.name}最多 {fact.unit.decimals} 位小数，现为 {_shown(raw)}。")
    if not fact.signed and steps < fact.lowest:
        raise BadValue(f"应{fact.bound}，现为 {_shown(raw)}。")
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
        raise BadValue(f"应为金额的列表，没有则写 []，现为 {_shown(raw)}。")
    return tuple(None if each is None else _amount(fact, each) for each in raw)


def _date(_fact: Fact, raw: Any) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        day = raw
    else:
        if not (isinstance(raw, str) and _DAY.fullmatch(raw)):
            raise BadValue(f"应为日期，写作 2024-06-30，现为 {_shown(raw)}。")
        try:
            day = date.fromisoformat(raw)
        except ValueError:
            raise BadValue(f"没有 {raw} 这一天。") from None
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise BadValue(f"日期须在{EARLIEST_DAY.year}年至{LATEST_DAY.year}年之间，现为 {day}。")
    return day


def _text(_fact: Fact, raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return str(Decimal(raw))
    raise BadValue(f"应为文字，现为 {_shown(raw)}。")


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
