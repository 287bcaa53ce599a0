"""Expressions made plain: what is settled beforehand is left out, the value stays the same.

Only what cannot change a value is done: conditions that are evaluated anyhow are joined, branches
that can never be taken are dropped. A condition moves out of the branch that guards it only where
it cannot be an error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal as Word
from typing import TypeAlias

from generator.rules.formula import Binary, Call, Expr, Literal, Ref, call, eq, op

Kind: TypeAlias = Word["number", "text", "truth", "any"]
KindOf: TypeAlias = Callable[[str], Kind | None]
"""The id of a helper cell → what it holds, which is never an error; None for all other cells."""

TRUE, FALSE = eq(1, 1), eq(1, 0)
_LONGEST_TEXT = 255
_COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TRUTHS = frozenset(("AND", "OR", "NOT", "ISNUMBER", "ISLOGICAL", "ISERROR"))
_TEXTS = frozenset(("TRIM", "CLEAN", "SUBSTITUTE", "HYPERLINK"))
_PASSING = frozenset(("IF", "IFERROR", "INDEX"))
_AGGREGATES = {"MIN": min, "MAX": max, "SUM": sum}


def kind(expr: Expr, of: KindOf) -> Kind:
    """What a value of an expression is, unless it is an error."""
    match expr:
        case Ref(id):
            return of(id) or "any"
        case Literal(content):
            return "text" if isinstance(content, str) else "number"
        case Binary(operator, _, _):
            if operator == "&":
                return "text"
            return "truth" if operator in _COMPARISONS else "number"
        case Call("IF", (_, first, second)) | Call("IFERROR", (first, second)):
            own = kind(first, of)
            return own if own == kind(second, of) else "any"
        case Call(function, _):
            if function in _TRUTHS:
                return "truth"
            if function in _TEXTS:
                return "text"
            return "any" if function in _PASSING else "number"
    return "number"


def simplified(expr: Expr, of: KindOf) -> Expr:
    """The same value with less words; the parts must be simple already."""
    if isinstance(expr, Binary):
        return _simplified_operation(expr, of)
    if isinstance(expr, Call):
        return _simplified_call(expr, of)
    return expr


def _simplified_operation(expr: Binary, of: KindOf) -> Expr:
    if expr.operator in _COMPARISONS:
        return _compared(expr.operator, expr.left, expr.right, of) or expr
    if expr.operator == "&":
        return _joined(expr, of)
    adds_nothing = expr.operator == "+" and expr.right == Literal(0)
    return expr.left if adds_nothing and kind(expr.left, of) == "number" else expr


def _simplified_call(expr: Call, of: KindOf) -> Expr:
    match expr.function, expr.arguments:
        case "IF", (condition, then, otherwise):
            if condition in (TRUE, FALSE):
                return then if condition == TRUE else otherwise
            return then if then == otherwise and _is_safe(condition, of) else expr
        case (("AND" | "OR"), parts):
            return _all_or_any(expr.function, parts)
        case "NOT", (part,):
            return _opposite(part)
        case (("MIN" | "MAX" | "SUM"), _):
            return _aggregated(expr, of)
        case "TRIM", (Literal(str(text)),):
            return Literal(" ".join(part for part in text.split(" ") if part))
    return expr


def _joined(expr: Binary, of: KindOf) -> Expr:
    left, right = expr.left, expr.right
    for empty, other in ((left, right), (right, left)):
        if empty == _NOTHING and kind(other, of) == "text":
            return other
    match left, right:
        case Literal(str(first)), Literal(str(second)) if len(first + second) <= _LONGEST_TEXT:
            return Literal(first + second)
        case Binary("&", before, Literal(str(first))), Literal(str(second)):
            if len(first + second) <= _LONGEST_TEXT:
                return op(before, "&", first + second)
    return expr


_NOTHING = Literal("")


def _compared(operator: str, left: Expr, right: Expr, of: KindOf) -> Expr | None:
    """A comparison with less words; None if there are none."""
    if not isinstance(right, Literal):
        return None
    match left:
        case Literal(content) if operator in ("=", "<>"):
            if isinstance(content, str) == isinstance(right.content, str):
                return TRUE if op(left, operator, right).value(lambda _: None) else FALSE
        case Binary("&", inner, Literal("")) if right == _NOTHING and operator in ("=", "<>"):
            return op(inner, operator, "")
        case Call("IF", (condition, then, otherwise)) if _is_safe(condition, of):
            # Which branch was taken is all that the comparison can tell.
            first, second = (
                _compared(operator, each, right, of) or op(each, operator, right)
                for each in (then, otherwise)
            )
            chosen = _chosen(condition, first, second)
            return chosen if chosen is not None and _is_safe(chosen, of) else None
    return None


def _chosen(condition: Expr, first: Expr, second: Expr) -> Expr | None:
    """Whether the branch that a condition chooses holds, where one of them is settled."""
    if first == TRUE:
        return _all_or_any("OR", (condition, second))
    if first == FALSE:
        return _all_or_any("AND", (_opposite(condition), second))
    if second == TRUE:
        return _all_or_any("OR", (_opposite(condition), first))
    return _all_or_any("AND", (condition, first)) if second == FALSE else None


def _opposite(condition: Expr) -> Expr:
    match condition:
        case Binary(operator, left, right) if operator in _COMPARISONS:
            if condition in (TRUE, FALSE):
                return FALSE if condition == TRUE else TRUE
            return op(left, _OPPOSITE[operator], right)
        case Call("NOT", (inner,)):
            return inner
    return call("NOT", condition)


def _all_or_any(function: str, parts: tuple[Expr, ...]) -> Expr:
    """Nested ones joined, settled and repeated parts left out."""
    deciding, idle = (FALSE, TRUE) if function == "AND" else (TRUE, FALSE)
    flat: list[Expr] = []
    for part in parts:
        inner = part.arguments if isinstance(part, Call) and part.function == function else (part,)
        flat += [each for each in inner if each != idle and each not in flat]
    flat = list(dict.fromkeys(flat))
    if deciding in flat:
        return deciding
    if not flat:
        return idle
    return call(function, *flat) if len(flat) > 1 else flat[0]


def _aggregated(expr: Call, of: KindOf) -> Expr:
    parts = expr.arguments
    numbers = [part.content for part in parts if isinstance(part, Literal)]
    if len(numbers) == len(parts) and not any(isinstance(each, str) for each in numbers):
        return Literal(_AGGREGATES[expr.function](numbers))  # type: ignore[operator]
    return parts[0] if len(parts) == 1 and kind(parts[0], of) == "number" else expr


def _is_safe(condition: Expr, of: KindOf) -> bool:
    """Whether it can be evaluated at any time without an error."""
    match condition:
        case Literal():
            return True
        case Ref(id):
            return of(id) is not None
        case Binary(operator, left, right):
            fits = operator in _COMPARISONS or (
                operator in ("+", "-", "*") and kind(left, of) == kind(right, of) == "number"
            )
            return fits and _is_safe(left, of) and _is_safe(right, of)
        case Call("AND" | "OR" | "NOT" | "ISNUMBER" | "IF" | "MIN" | "MAX", parts):
            return all(_is_safe(part, of) for part in parts)
    return False
