"""Values of spreadsheet cells, in the form that all judges and LibreOffice give them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

# Day 0 of the 1900 date system, as every program but Excel itself counts (right from 1900-03-01).
EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Error:
    """An error value such as `#DIV/0!`; LibreOffice also has codes of its own (`Err:502`)."""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Typed:
    """Text that a person types, so that the program decides whether it is a number or a date."""

    keys: str


# What a cell holds; a number is a float, a date its serial number, a blank cell None.
Value = float | str | bool | None | Error
Scalar = float | int | Decimal | str | bool | date | Typed | None
# What tests put in: one value for a name of one cell, several (from the top) for a range.
Input = Scalar | Sequence[Scalar]


def serial(day: date, epoch: date = EPOCH) -> int:
    """The number that stands for a date in a cell."""
    return (day - epoch).days


def day(number: Value, epoch: date = EPOCH) -> date:
    """The date that a cell's number stands for; TypeError for anything but a number."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise TypeError(f"not a date: {number!r}")
    return epoch + timedelta(days=int(number))


def as_sequence(value: Input) -> Sequence[Scalar]:
    """One value as a sequence of one; a text is one value."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    return (value,)
