"""Amounts, shares and periods: exact, each with its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from generator.model.problems import nearest


@dataclass(frozen=True)
class AmountUnit:
    """A unit of money: how finely it is written, and the most that one cell may hold.

    The maximum keeps every product that a rule forms within the 15 digits that a spreadsheet
    computes exactly: 10^6 万元 with 6 decimals is 10^12 smallest steps. From `unusual` on, people
    are asked whether they have mistaken the unit.
    """

    name: str
    decimals: int
    maximum: Decimal
    unusual: int

    @property
    def steps(self) -> int:
        """How many smallest steps make one unit."""
        return int(10**self.decimals)


AMOUNT_UNITS = {
    unit.name: unit
    for unit in (
        AmountUnit("万元", 6, Decimal(10**6), 10_000),
        AmountUnit("元", 2, Decimal(10**10), 100_000_000),
    )
}


class PeriodUnit(Enum):
    """What a period counts; the value is its name in YAML."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The unit in Chinese, behind a number."""
        return {"day": "日", "working_day": "个工作日", "month": "个月", "year": "年"}[self.value]


@dataclass(frozen=True)
class Amount:
    """An exact amount of money in a unit."""

    value: Decimal
    unit: AmountUnit

    @cached_property
    def steps(self) -> int:
        """The amount in smallest steps, an exact integer."""
        return int(self.value * self.unit.steps)

    def __str__(self) -> str:
        return f"{plain(self.value)}{self.unit.name}"


@dataclass(frozen=True)
class Share:
    """A share in percent."""

    percent: Decimal

    @cached_property
    def fraction(self) -> Fraction:
        """The share as a reduced fraction: 10 % is 1/10."""
        return Fraction(self.percent) / 100

    def __str__(self) -> str:
        return f"{plain(self.percent)}%"


@dataclass(frozen=True)
class Period:
    """A length of time: calendar months and years, days, or working days."""

    count: int
    unit: PeriodUnit

    def __str__(self) -> str:
        return f"{self.count}{self.unit.label}"


@dataclass(frozen=True)
class Count:
    """A bare number of things, with the word for them."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{plain(self.value)}{self.unit}"


Quantity: TypeAlias = Amount | Share | Period | Count


def quantity(value: int | Decimal, unit: str) -> Quantity:
    """The quantity of a number and a unit's name; ValueError (in Chinese) if it cannot be one."""
    number = Decimal(value)
    if unit in AMOUNT_UNITS:
        return Amount(number, AMOUNT_UNITS[unit])
    if unit == "percent":
        return Share(number)
    if unit in {member.value for member in PeriodUnit}:
        if number != int(number) or number < 0:
            raise ValueError(f"期间必须是不小于 0 的整数，现为 {plain(number)}。")
        return Period(int(number), PeriodUnit(unit))
    return Count(number, unit)


_UNITS = (*AMOUNT_UNITS, "percent", *(member.value for member in PeriodUnit))
_OTHER_WORDS = {
    **dict.fromkeys(("日", "天"), "day"),
    **dict.fromkeys(("工作日", "个工作日"), "working_day"),
    **dict.fromkeys(("月", "个月"), "month"),
    **dict.fromkeys(("%", "％"), "percent"),
    "年": "year",
}


def unit_problem(unit: str) -> str | None:
    """What is wrong with a unit's name (in Chinese): neither known nor a Chinese counted word."""
    meant = _OTHER_WORDS.get(unit) or nearest(unit, _UNITS)
    if unit in _UNITS or (re.fullmatch(r"[\u4e00-\u9fff]+", unit) and unit not in _OTHER_WORDS):
        return None
    hint = f"是否为 “{meant}”？" if meant else f"可用 {'、'.join(_UNITS)}，或量词（如 家）。"
    return f"未知的单位 “{unit}”，{hint}"


def plain(number: Decimal) -> str:
    """A decimal as people write it: no exponent, no zeros behind the last digit."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def chinese_date(day: date) -> str:
    """2022年10月12日."""
    return f"{day.year}年{day.month}月{day.day}日"
