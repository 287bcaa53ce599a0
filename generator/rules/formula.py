"""Spreadsheet expressions: one tree that gives both the formula and the value.

Only functions that Excel 2010, WPS and LibreOffice compute alike are known here; each has its
value beside its name, so that a formula and its cached value cannot part. Numbers are floats, as
in a spreadsheet; a blank cell is None; an error is an `Error`.
"""

from __future__ import annotations

import calendar
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from operator import eq as eq_
from operator import ge, gt, is_, le, lt, ne
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Error:
    """A cell's error value (#VALUE!, #N/A …)."""

    code: str


Scalar: TypeAlias = float | str | bool | Error | None
Value: TypeAlias = Scalar | tuple[Scalar, ...]
Names: TypeAlias = Callable[[str], str]
"""A cell's id → how a formula writes it: a defined name or an address."""

Cells: TypeAlias = Callable[[str], Value]
"""A cell's id → its value; a range's id → its values."""

_EPOCH = date(1899, 12, 30)
_VALUE, _NA, _NUM, _REF = Error("#VALUE!"), Error("#N/A"), Error("#NUM!"), Error("#REF!")


def serial(day: date) -> int:
    """The number by which a spreadsheet knows a day (from 1900-03-01 on)."""
    return (day - _EPOCH).days


def from_serial(number: float) -> date:
    """The day of a serial number."""
    return _EPOCH + timedelta(days=int(number))


class Volatile(Exception):
    """A value was asked for that depends on today: nothing cached may."""


class Expr:
    """An expression; its kinds are below.

    Not an ABC: of those it takes long to ask whether something is one.
    """

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The ids of what it reads, as often as it does, from the end. Asked again and again, so
        it is kept, but not that of its parts."""
        found: list[str] = []
        waiting: list[Expr] = [self]
        while waiting:
            each = waiting.pop()
            # Asking for the very type is quicker than asking whether it is one of a kind.
            if type(each) is Ref:
                found.append(each.id)
            elif type(each) is Binary:
                waiting += (each.left, each.right)
            elif type(each) is Call:
                waiting += each.arguments
        return tuple(found)

    @abstractmethod
    def formula(self, names: Names) -> str:
        """As a cell writes it, without the leading `=`."""

    @abstractmethod
    def value(self, cells: Cells) -> Value:
        """What a spreadsheet computes for it."""


@dataclass(frozen=True)
class Literal(Expr):
    """A number or a text."""

    content: int | float | str

    def formula(self, names: Names) -> str:  # noqa: ARG002
        """The literal, quoted if it is text."""
        if isinstance(self.content, str):
            if len(self.content) > 255:
                raise ValueError("a text in a formula has at most 255 characters")
            return '"' + self.content.replace('"', '""') + '"'
        return repr(self.content)

    def value(self, cells: Cells) -> Value:  # noqa: ARG002
        """The literal itself."""
        return self.content if isinstance(self.content, str) else float(self.content)


@dataclass(frozen=True)
class Ref(Expr):
    """Another cell, or a range, by its id."""

    id: str

    def formula(self, names: Names) -> str:
        """The cell's name or address."""
        return names(self.id)

    def value(self, cells: Cells) -> Value:
        """The cell's value."""
        return cells(self.id)


@dataclass(frozen=True)
class Today(Expr):
    """The day on which a file is open. What is cached for it is the `day` that the file itself
    says it was issued on; without one, nothing is."""

    day: date | None = None

    def formula(self, names: Names) -> str:  # noqa: ARG002
        """TODAY()."""
        return "TODAY()"

    def value(self, cells: Cells) -> Value:  # noqa: ARG002
        """The day of issue; Volatile if there is none."""
        if self.day is None:
            raise Volatile("TODAY()")
        return float(serial(self.day))


_PRECEDENCE = {"^": 5, "*": 4, "/": 4, "+": 3, "-": 3, "&": 2}
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq_,
    "<>": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
_PRECEDENCE |= dict.fromkeys(_ORDERS, 1)


@dataclass(frozen=True)
class Binary(Expr):
    """Two operands and an operator."""

    operator: str
    left: Expr
    right: Expr

    def formula(self, names: Names) -> str:
        """Operands in brackets only where precedence asks for it."""
        own = _PRECEDENCE[self.operator]
        left, right = self.left.formula(names), self.right.formula(names)
        if isinstance(self.left, Binary) and _PRECEDENCE[self.left.operator] < own:
            left = f"({left})"
        if isinstance(self.right, Binary) and _PRECEDENCE[self.right.operator] <= own:
            right = f"({right})"
        return f"{left}{self.operator}{right}"

    def value(self, cells: Cells) -> Value:
        """The operation on the operands' values; the first error wins."""
        left, right = _scalar(self.left.value(cells)), _scalar(self.right.value(cells))
        for operand in (left, right):
            if isinstance(operand, Error):
                return operand
        if self.operator == "&":
            return _text(left) + _text(right)
        if self.operator in _ORDERS:
            return _compare(self.operator, left, right)
        first, second = _number(left), _number(right)
        if isinstance(first, Error) or isinstance(second, Error):
            return _VALUE
        return _arithmetic(self.operator, first, second)


@dataclass(frozen=True)
class Call(Expr):
    """A function and its arguments."""

    function: str
    arguments: tuple[Expr, ...]

    def __post_init__(self) -> None:
        if self.function not in _LAZY and self.function not in FUNCTIONS:
            raise ValueError(f"not an allowed function: {self.function}")

    def formula(self, names: Names) -> str:
        """NAME(argument,…)."""
        return f"{self.function}({','.join(each.formula(names) for each in self.arguments)})"

    def value(self, cells: Cells) -> Value:
        """The function's value."""
        if self.function in _LAZY:
            return _LAZY[self.function](self.arguments, cells)
        values = [each.value(cells) for each in self.arguments]
        if self.function in _AGGREGATES:
            # A text in a cell is passed over, a text written into the formula is an error.
            pairs = zip(self.arguments, values, strict=True)
            values = [
                (v,) if isinstance(a, Ref) and not isinstance(v, tuple) else v for a, v in pairs
            ]
        return FUNCTIONS[self.function](*values)


Operand: TypeAlias = Expr | int | float | str


def lift(operand: Operand) -> Expr:
    """A plain number or text as an expression."""
    # Asked a million times a build: of plain types, which is quicker than of Expr.
    return Literal(operand) if isinstance(operand, int | float | str) else operand


def rewritten(expr: Expr, of: Callable[[str], Expr | None]) -> Expr:
    """With other expressions in the place of references: `of` says which, None leaves one. What
    does not change is the same object as before."""
    if type(expr) is Ref:
        return of(expr.id) or expr
    if type(expr) is Binary:
        left, right = rewritten(expr.left, of), rewritten(expr.right, of)
        same = left is expr.left and right is expr.right
        return expr if same else Binary(expr.operator, left, right)
    if type(expr) is Call:
        parts = tuple([rewritten(each, of) for each in expr.arguments])
        same = all(map(is_, parts, expr.arguments))
        return expr if same else Call(expr.function, parts)
    return expr


def call(function: str, *arguments: Operand) -> Expr:
    """A function call."""
    return Call(function, tuple(lift(each) for each in arguments))


def op(left: Operand, operator: str, right: Operand) -> Expr:
    """An operation."""
    return Binary(operator, lift(left), lift(right))


def if_(condition: Expr, then: Operand, otherwise: Operand) -> Expr:
    """IF(condition, then, otherwise)."""
    return call("IF", condition, then, otherwise)


def eq(left: Operand, right: Operand) -> Expr:
    """left = right."""
    return op(left, "=", right)


# Values -----------------------------------------------------------------------------------------


_AGGREGATES = frozenset(("MIN", "MAX", "SUM"))


def _scalar(value: Value) -> Scalar:
    if isinstance(value, tuple):
        raise TypeError("a range stands where one value belongs")
    return value


def _text(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # 0.000001, not 1e-06.
        return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")
    assert isinstance(value, str)
    return value


def _number(value: Scalar) -> float | Error:
    if isinstance(value, bool) or value is None:
        return float(bool(value))
    return value if isinstance(value, float) else _VALUE


def _truth(value: Scalar) -> bool | Error:
    if isinstance(value, Error):
        return value
    number = _number(value)
    return number if isinstance(number, Error) else bool(number)


def _compare(operator: str, left: Scalar, right: Scalar) -> bool:
    """Blank equals 0 and ""; else numbers come before texts, texts before booleans."""
    if left is None:
        left = _blank_like(right)
    if right is None:
        right = _blank_like(left)
    in_order = _ORDERS[operator]
    if type(left) is float and type(right) is float:
        return in_order(left, right)
    return in_order(_rank(left), _rank(right))


def _blank_like(other: Scalar) -> Scalar:
    if isinstance(other, bool):
        return False
    return "" if isinstance(other, str) else 0.0


def _rank(value: Scalar) -> tuple[int, float, str]:
    if isinstance(value, bool):
        return 2, float(value), ""
    if isinstance(value, str):
        return 1, 0.0, value.casefold()
    assert isinstance(value, float)
    return 0, value, ""


def _arithmetic(operator: str, first: float, second: float) -> Scalar:
    match operator:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case "^":
            return float(first**second)
        case _:
            return first / second if second else Error("#DIV/0!")


# Functions --------------------------------------------------------------------------------------


def _if(arguments: tuple[Expr, ...], cells: Cells) -> Value:
    condition, then, otherwise = arguments
    truth = _truth(_scalar(condition.value(cells)))
    if isinstance(truth, Error):
        return truth
    return (then if truth else otherwise).value(cells)


def _iferror(arguments: tuple[Expr, ...], cells: Cells) -> Value:
    value = arguments[0].value(cells)
    return arguments[1].value(cells) if isinstance(value, Error) else value


_LAZY: Mapping[str, Callable[[tuple[Expr, ...], Cells], Value]] = {
    "IF": _if,
    "IFERROR": _iferror,
}


def _flat(values: tuple[Value, ...]) -> list[tuple[Scalar, bool]]:
    """Every value, and whether it came from a range (where only numbers count)."""
    flat: list[tuple[Scalar, bool]] = []
    for value in values:
        if isinstance(value, tuple):
            flat.extend((each, True) for each in value)
        else:
            flat.append((value, False))
    return flat


def _numbers(values: tuple[Value, ...]) -> list[float] | Error:
    numbers = []
    for value, ranged in _flat(values):
        if isinstance(value, Error):
            return value
        if isinstance(value, float):
            numbers.append(value)
        elif isinstance(value, str) and not ranged:
            return _VALUE
        elif isinstance(value, bool) and not ranged:
            numbers.append(float(value))
    return numbers


def _aggregate(fold: Callable[[list[float]], float]) -> Callable[..., Value]:
    def aggregate(*values: Value) -> Value:
        numbers = _numbers(values)
        return numbers if isinstance(numbers, Error) else float(fold(numbers))

    return aggregate


def _logic(fold: Callable[[list[bool]], bool]) -> Callable[..., Value]:
    def logic(*values: Value) -> Value:
        truths = [_truth(_scalar(value)) for value in values]
        for truth in truths:
            if isinstance(truth, Error):
                return truth
        return fold([bool(truth) for truth in truths])

    return logic


def _numeric(function: Callable[..., Scalar]) -> Callable[..., Value]:
    """A function of numbers: errors pass through, texts are #VALUE!."""

    def numeric(*values: Value) -> Value:
        numbers = []
        for value in values:
            scalar = _scalar(value)
            number = scalar if isinstance(scalar, Error) else _number(scalar)
            if isinstance(number, Error):
                return number
            numbers.append(number)
        return function(*numbers)

    return numeric


def _textual(function: Callable[..., Scalar]) -> Callable[..., Value]:
    """A function of texts: errors pass through."""

    def textual(*values: Value) -> Value:
        texts = []
        for value in values:
            scalar = _scalar(value)
            if isinstance(scalar, Error):
                return scalar
            texts.append(_text(scalar))
        return function(*texts)

    return textual


def _round(number: float, digits: float) -> Scalar:
    quantum = Decimal(1).scaleb(-int(digits))
    # repr gives the shortest decimal of a double, which is what a spreadsheet rounds too.
    return float(Decimal(repr(number)).quantize(quantum, ROUND_HALF_UP))


def _date(year: float, month: float, day: float) -> Scalar:
    carry, place = divmod(int(month) - 1, 12)
    first = date(int(year) + carry, place + 1, 1)
    return float(serial(first) + int(day) - 1)


def _edate(start: float, months: float) -> Scalar:
    day = from_serial(start)
    carry, place = divmod(day.month - 1 + int(months), 12)
    last = calendar.monthrange(day.year + carry, place + 1)[1]
    return float(serial(date(day.year + carry, place + 1, min(day.day, last))))


def _eomonth(start: float, months: float) -> Scalar:
    first = from_serial(start).replace(day=1)
    moved = from_serial(float(_edate(serial(first), months + 1)))  # type: ignore[arg-type]
    return float(serial(moved) - 1)


def _index(values: Value, place: Value) -> Value:
    where = _scalar(place)
    if isinstance(where, Error):
        return where
    row = int(_number(where))  # type: ignore[arg-type]
    cells = values if isinstance(values, tuple) else (values,)
    return cells[row - 1] if 1 <= row <= len(cells) else _REF


def _match(wanted: Value, values: Value, kind: Value = 0.0) -> Value:
    assert isinstance(values, tuple)
    if _number(_scalar(kind)) != 0:
        raise ValueError("only exact matches are used")
    for place, each in enumerate(values, 1):
        if each is not None and _compare("=", each, _scalar(wanted)):
            return float(place)
    return _NA


def _countif(values: Value, criterion: Value) -> Value:
    return float(sum(_meet(values, criterion)))


def _countifs(*arguments: Value) -> Value:
    met = [_meet(*pair) for pair in zip(arguments[::2], arguments[1::2], strict=True)]
    return float(sum(map(all, zip(*met, strict=True))))


def _meet(values: Value, criterion: Value) -> list[bool]:
    """Which values meet a criterion: equal to it, or in the order that its sign says."""
    assert isinstance(values, tuple)
    wanted = _scalar(criterion)
    for sign in ("<=", ">=", "<", ">"):
        if isinstance(wanted, str) and wanted.startswith(sign):
            limit = float(wanted.removeprefix(sign))
            return [isinstance(v, float) and _compare(sign, v, limit) for v in values]
    return [each is not None and _compare("=", each, wanted) for each in values]


def _clean(text: str) -> Scalar:
    return "".join(character for character in text if ord(character) >= 32)


def _substitute(text: Value, old: Value, new: Value, which: Value = None) -> Value:
    """Every occurrence, or the n-th alone (only the first is used)."""
    if which not in (None, 1.0):
        raise ValueError("only all occurrences or the first are used")
    count = 1 if which else -1
    return _textual(lambda text, old, new: text.replace(old, new, count))(text, old, new)


def _trim(text: str) -> Scalar:
    return " ".join(part for part in text.split(" ") if part)


def _is(kind: Callable[[Scalar], bool]) -> Callable[..., Value]:
    return lambda value: kind(_scalar(value))


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "AND": _logic(all),
    "OR": _logic(any),
    "NOT": _logic(lambda truths: not truths[0]),
    "MIN": _aggregate(lambda numbers: min(numbers, default=0.0)),
    "MAX": _aggregate(lambda numbers: max(numbers, default=0.0)),
    "SUM": _aggregate(sum),
    "ROUND": _numeric(_round),
    "ABS": _numeric(abs),
    "ISNUMBER": _is(lambda value: isinstance(value, float)),
    "ISLOGICAL": _is(lambda value: isinstance(value, bool)),
    "ISERROR": _is(lambda value: isinstance(value, Error)),
    "TRIM": _textual(_trim),
    "CLEAN": _textual(_clean),
    "SUBSTITUTE": _substitute,
    "LEN": _textual(lambda text: float(len(text))),
    "DATE": _numeric(_date),
    "YEAR": _numeric(lambda day: float(from_serial(day).year)),
    "MONTH": _numeric(lambda day: float(from_serial(day).month)),
    "DAY": _numeric(lambda day: float(from_serial(day).day)),
    "EDATE": _numeric(_edate),
    "EOMONTH": _numeric(_eomonth),
    "INDEX": _index,
    "MATCH": _match,
    "COUNTIF": _countif,
    "COUNTIFS": _countifs,
    "HYPERLINK": _textual(lambda _target, words: words),
}
"""The functions that formulas may use, each with its value. Add one with care: see the judges."""
