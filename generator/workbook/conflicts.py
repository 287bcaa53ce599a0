"""What does not go together, as cells.

1 while all stated parts hold, 0 where one does not, ½ while that is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model.conditions import Condition, facts_of
from generator.model.edition import Fact, FactType
from generator.model.layout_checks import ConflictShape
from generator.model.problems import suggestion
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
    """What its parts cannot ask: of facts of another type, or of another workbook's entries."""
    named = tuple(id for id in (written.filled, written.not_zero) if id)
    yield from strangers(named, facts)
    amount = facts.get(written.not_zero or "")
    if amount and amount.type is not FactType.AMOUNT:
        yield f"“{amount.id}” 不是金额，不能写在 not_zero。"


def strangers(named: Iterable[str], facts: Mapping[str, Fact]) -> Iterator[str]:
    """What is no fact, nor one of this workbook's entries."""
    for id in named:
        if id not in facts:
            yield f"本工作簿没有 “{id}” 这个自设项目{suggestion(id, facts) or '。'}"
