"""Checks between the answers of a workbook: whether some of them contradict each other.

Each check is a helper cell (`check.<n>`): 1 while they do, 0 while they do not, ½ while it is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.build_checks import check_key, row_key
from generator.model.conditions import facts_of
from generator.model.edition import FactType
from generator.model.layout import ChecklistBlock, FindingsBlock, Layout, RegisterBlock
from generator.model.layout_checks import CheckShape
from generator.model.problems import suggestion
from generator.rules.excel.conditions import condition_truth
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, op
from generator.workbook.asked import asked_facts, blocks
from generator.workbook.blocks.papers_lacking import papers_lacking
from generator.workbook.blocks.register_cells import registers, rows_in_conflict
from generator.workbook.conflicts import (
    conflict_facts,
    conflict_faults,
    conflict_parts,
    strangers,
    together,
)
from generator.workbook.desk import Desk


@dataclass(frozen=True)
class Contradiction:
    """A check as written, and the cells that hold its truth and what it says."""

    written: CheckShape
    truth: Ref
    says: Ref


def contradictions(desk: Desk, at: str | None = None) -> list[Contradiction]:
    """The checks of a workbook, or those that lead to one fact."""
    return [
        Contradiction(check, Ref(check_key(number)), Ref(f"{check_key(number)}.says"))
        for number, check in enumerate(desk.layout.checks, 1)
        if at in (None, check.at)
    ]


def state_beside(desk: Desk, fact: str, state: Expr) -> Expr:
    """What stands beside an input: that it contradicts other answers, or how it stands else."""
    found = [eq(each.truth, 1) for each in contradictions(desk, fact)]
    if not found:
        return state
    listed = (
        written.name
        for written in desk.layout.sheets
        if any(isinstance(block, FindingsBlock) for block in written.blocks)
    )
    where = "".join(f"，见“{name}”" for name in list(listed)[:1])
    test = call("OR", *found) if len(found) > 1 else found[0]
    return if_(test, f"请核对{where}", state)


def draw_checks(desk: Desk) -> None:
    """Compute all checks; call it when all blocks are drawn."""
    for number, each in enumerate(contradictions(desk), 1):
        written, subject = each.written, desk.facts[each.written.at].label
        basis = f"（{written.law.citation}）" if written.law else ""
        desk.steps.add(each.says.id, f"校核：{subject}", f"{written.says.rstrip('。')}{basis}")
        truth = together(list(_parts(desk, number, written)))
        desk.step(each.truth.id, f"校核：{subject}（矛盾1、不矛盾0、待填0.5）", truth)


def _parts(desk: Desk, number: int, written: CheckShape) -> Iterator[Operand]:
    scope, key = desk.scope, f"{check_key(number)}.when"
    condition = desk.edition.layout_conditions[desk.kind].get(check_key(number))
    yield from conflict_parts(scope, key, written, condition)
    if written.rule:
        yield condition_truth(scope, f"rule.{written.rule}", desk.edition.rules[written.rule].when)
    if written.not_before:
        day = scope.day(written.at)
        others = [scope.day(id) for id in written.not_before]
        yield _any([_is_before(day, other) for other in others])
    if written.row:
        block = _register(desk.layout, written.row.of)
        asked = desk.edition.layout_conditions[desk.kind].get(row_key(number))
        rows = rows_in_conflict(desk, block, f"conflict.check{number}", written.row, asked)
        # Rows may yet be added: what none of them says is not settled.
        yield if_(op(call("COUNTIF", rows, 1), ">", 0), 1, UNKNOWN)
    if written.papers_lacking:
        lacking = [papers_lacking(block) for block in _telling(desk.layout)]
        yield if_(call("AND", *(eq(each, "") for each in lacking)), 0, 1)


def _is_before(day: Ref, other: Ref) -> Expr:
    unknown = call("OR", eq(day, ""), eq(other, ""))
    return if_(unknown, UNKNOWN, if_(op(day, "<", other), 1, 0))


def _any(truths: list[Expr]) -> Expr:
    return call("MAX", *truths) if len(truths) > 1 else truths[0]


def _register(layout: Layout, id: str) -> RegisterBlock:
    return next(block for block in registers(layout) if block.id == id)


def _telling(layout: Layout) -> list[ChecklistBlock]:
    found = (block for block in blocks(layout) if isinstance(block, ChecklistBlock))
    return [block for block in found if block.tells_lacking]


# What a layout can be wrong in --------------------------------------------------------------------


def check_faults(desk: Desk) -> Iterator[str]:
    """Checks that cannot be drawn: of cells, rows and lists that are not in this workbook."""
    for number, written in enumerate(desk.layout.checks, 1):
        for fault in _faults(desk, written):
            yield f"第{number}条校核（checks）：{fault}"


def _faults(desk: Desk, written: CheckShape) -> Iterator[str]:
    asked = asked_facts(desk.layout, desk.edition)
    if written.at not in asked:
        near = suggestion(written.at, asked) or "。"
        yield f"没有表单询问 “{written.at}”，不能指向它{near}"
    yield from conflict_faults(written, desk.facts)
    yield from strangers(written.not_before, desk.facts)
    for id in (written.at, *written.not_before) if written.not_before else ():
        if id in desk.facts and desk.facts[id].type is not FactType.DATE:
            yield f"“{id}” 不是日期，不能用 not_before 比先后。"
    if written.rule and desk.edition.rules[written.rule].each:
        yield f"“{written.rule}” 是逐行判断的规则，不能写在 rule。"
    if written.row:
        yield from conflict_faults(written.row, desk.facts)
    if written.papers_lacking and not _telling(desk.layout):
        yield "papers_lacking 要有写明 tells_lacking 的材料清单（checklist）。"


def check_facts(desk: Desk) -> Iterator[str]:
    """The facts that checks read, but those of the rows that they look at."""
    found = desk.edition.layout_conditions[desk.kind]
    for number, written in enumerate(desk.layout.checks, 1):
        yield from conflict_facts(written, found.get(check_key(number)))
        yield from written.not_before
        if written.rule:
            yield from facts_of(desk.edition.rules[written.rule].when)
        if written.row:
            columns = _register(desk.layout, written.row.of).columns
            read = conflict_facts(written.row, found.get(row_key(number)))
            yield from (fact for fact in read if fact not in columns)
