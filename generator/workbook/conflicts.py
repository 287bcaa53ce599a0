"""What does not go together, as cells: 1 while all stated parts hold, 0 where one does not, ½ while
that is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.model.conditions import Condition, facts_of
from generator.model.edition import Fact, FactType
from generator.model.layout_checks import ConflictShape
from generator.rules.excel.conditions import condition_truth
from generator.rules.excel.scope import Scope
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Operand, call, eq, if_, lift, op


def conflict_parts(
    scope: Scope, key: str, written: ConflictShape, condition: Condition | None
) -> Iterator[Expr]:
    """The truth of each part, the condition's under `key`."""
    if condition:
        yield condition_truth(scope, key, condition)
    if written.filled:
        yield if_(scope.is_known(written.filled), 1, 0)
    if written.not_zero:
        steps = scope.steps_of_amount(written.not_zero)
        yield if_(eq(steps, ""), UNKNOWN, if_(op(steps, "<>", 0), 1, 0))


def together(parts: Sequence[Operand]) -> Expr:
    """The truth of all parts at once."""
    return call("MIN", *parts) if len(parts) > 1 else lift(parts[0])


def conflict_facts(written: ConflictShape, condition: Condition | None) -> Iterator[str]:
    """What a conflict reads."""
    yield from facts_of(condition) if condition else ()
    yield from (fact for fact in (written.filled, written.not_zero) if fact)


def conflict_faults(written: ConflictShape, facts: Mapping[str, Fact]) -> Iterator[str]:
    """What its parts cannot ask of facts of another type."""
    if written.not_zero and facts[written.not_zero].type is not FactType.AMOUNT:
        yield f"“{written.not_zero}” 不是金额，不能写在 not_zero。"
