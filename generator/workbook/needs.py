"""What a workbook shows that waits for facts: for which, and when each can make a difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.edition import Rule
from generator.model.layout import ChecklistBlock, StepsBlock, TimelineBlock, VerdictBlock
from generator.rules.excel.chosen import needs_of_chosen
from generator.rules.excel.conditions import needs_of_condition, needs_of_decision, open_facts
from generator.rules.excel.dates import needs_of_deadline
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, op
from generator.workbook.asked import blocks
from generator.workbook.blocks.lists import row_scope
from generator.workbook.blocks.register_cells import listing_of, registers, used_rows
from generator.workbook.blocks.verdict import permits_of
from generator.workbook.desk import Desk
from generator.workbook.listing import Listing

JUDGE, REQUIRE, APPLY, COUNT, COMPARE, CHECK = VERBS = (
    "用于判断",
    "用于判断是否需要",
    "用于判断是否须办理",
    "用于推算期限",
    "用于核对所选的",
    "用于校核",
)
"""What facts are needed for, as words before its label: a verdict, whether a paper or a step is
called for, a deadline, a check of what was chosen or of rows."""


@dataclass(frozen=True)
class Source:
    """Something shown that waits for facts: what is done with them to what, and when each of them
    is still needed."""

    verb: str
    label: str
    needs: Mapping[str, Expr]


def needed_cell(fact: str) -> Ref:
    """The cell that says what a blank is needed for, "" if for nothing; it is there in the end
    where the workbook lists its findings and anything may ever need the fact."""
    return Ref(f"gaps.needed.{fact}")


def sources_of(desk: Desk) -> Iterator[Source]:
    """Everything shown that may wait, in the order in which people meet it; lists at the end."""
    edition, scope = desk.edition, desk.scope
    told: set[str] = set()
    for block in blocks(desk.layout):
        if isinstance(block, VerdictBlock):
            yield from _verdict_sources(desk, block)
        elif isinstance(block, ChecklistBlock):
            for paper in (edition.papers[id] for id in block.papers):
                needs = needs_of_condition(scope, f"paper.{paper.id}", paper.required)
                yield Source(REQUIRE, paper.label, needs)
        elif isinstance(block, TimelineBlock):
            # Several timelines may show one deadline.
            for id in (id for id in block.deadlines if id not in told):
                told.add(id)
                yield _deadline_source(desk, id)
        elif isinstance(block, StepsBlock):
            for step in (edition.steps[id] for id in block.steps):
                needs = needs_of_condition(scope, f"step.{step.id}.if", step.applies)
                yield Source(APPLY, step.label, needs)
    yield from _row_sources(desk)


def _deadline_source(desk: Desk, id: str) -> Source:
    deadline = desk.edition.deadlines[id]
    return Source(COUNT, deadline.label, needs_of_deadline(desk.scope, deadline))


def _row_sources(desk: Desk) -> Iterator[Source]:
    """Facts of the project that rows in use wait for: by the verdict on them, or a check."""
    for listing in desk.row_groups.values():
        used = [Ref(id) for id in listing.run("used")]
        for rule in desk.edition.rules.values():
            if rule.each == listing.id:
                needs = dict(_needed_by_rows(desk, listing, rule, used))
                yield Source(JUDGE, rule.label, needs)
    timelines = [block for block in blocks(desk.layout) if isinstance(block, TimelineBlock)]
    followed = {id for block in timelines for id in block.deadlines}
    for register in registers(desk.layout):
        if register.key.of and register.key.of not in followed:
            yield _deadline_source(desk, register.key.of)
        others = [each.than for each in register.checks if each.than and not each.if_given]
        facts = [fact for fact in dict.fromkeys(others) if fact not in register.columns]
        used_now = used_rows(desk, listing_of(desk, register).group, register.rows)
        any_row = op(call("SUM", used_now), ">", 0)
        unknown = {fact: desk.scope.is_unknown(fact) for fact in facts}
        needs = {fact: call("AND", each, any_row) for fact, each in unknown.items()}
        yield Source(CHECK, register.title, needs)


def _needed_by_rows(
    desk: Desk, listing: Listing, rule: Rule, used: list[Ref]
) -> Iterator[tuple[str, Expr]]:
    own = {fact.id for fact in listing.columns} | set(desk.edition.tables[listing.id].above)
    tests: dict[str, list[tuple[str, Operand]]] = {}
    for row, in_use in zip(listing.numbers, used, strict=True):
        scope = row_scope(desk, listing, row)
        for each in open_facts(scope, f"rule.{rule.id}", rule.when):
            if each.fact not in own:
                waits = call("AND", eq(in_use, 1), eq(each.open, 1))
                label = f"{desk.facts[each.fact].label}：第{row}行用到"
                tests.setdefault(each.fact, []).append((label, if_(waits, 1, 0)))
    for fact, cells in tests.items():
        rows = desk.run(f"gaps.rows.{rule.id}.{fact}", cells)
        yield fact, call("AND", desk.scope.is_unknown(fact), op(call("MAX", rows), ">", 0))


def _verdict_sources(desk: Desk, block: VerdictBlock) -> Iterator[Source]:
    edition, scope = desk.edition, desk.scope
    for id in block.shows:
        if id in edition.rules:
            rule = edition.rules[id]
            needs = needs_of_condition(scope, f"rule.{id}", rule.when)
            yield Source(JUDGE, rule.label, needs)
            continue
        decision = edition.decisions[id]
        yield Source(JUDGE, decision.label, needs_of_decision(scope, decision))
        if id in block.chosen:
            chosen = block.chosen[id]
            permits = permits_of(edition, chosen)
            own = needs_of_chosen(scope, decision, desk.facts[chosen.fact], permits)
            yield Source(COMPARE, decision.label, own)
