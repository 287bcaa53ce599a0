"""Which open readings of the text bear on anything that a workbook says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from generator.model.conditions import Condition, readings_of
from generator.model.edition import Deadline, Edition, Paper, Reading, Rule, Step
from generator.model.layout import (
    Block,
    ChecklistBlock,
    Layout,
    LetterBlock,
    RegisterBlock,
    StepsBlock,
    TableBlock,
    TimelineBlock,
    VerdictBlock,
)
from generator.workbook.asked import blocks

_Said: TypeAlias = Rule | Paper | Deadline | Step
"""What a workbook says: that something may or must be, is required, is due, applies."""


def readings_shown(edition: Edition, layout: Layout) -> tuple[Reading, ...]:
    """Those that are open and have another reading, in their order: what would change by it is in
    the workbook; or, where it says how a question is to be answered and nothing is computed by it,
    what rests on the same article is."""
    said = list(_said(edition, layout))
    changing = {id for each in said for id in _readings(each)}
    everything = (edition.rules, edition.papers, edition.deadlines, edition.steps)
    computed = {id for kind in everything for each in kind.values() for id in _readings(each)}
    articles = {each.law.article for each in said}
    return tuple(
        reading
        for reading in edition.readings.values()
        if not reading.settled and reading.alternative
        if reading.id in changing
        or (reading.id not in computed and articles & {law.article for law in reading.law})
    )


def _readings(said: _Said) -> Iterator[str]:
    condition: Condition | None = None
    match said:
        case Rule():
            condition = said.when
        case Step():
            condition = said.applies
        case Deadline():
            yield from said.alternatives
        case Paper():
            condition = said.required
            yield from said.alternatives
    yield from readings_of(condition) if condition else ()


def _said(edition: Edition, layout: Layout) -> Iterator[_Said]:
    for block in blocks(layout):
        yield from _of_block(edition, block)
    yield from (edition.rules[each.rule] for each in layout.checks if each.rule)


def _of_block(edition: Edition, block: Block) -> Iterator[_Said]:
    match block:
        case VerdictBlock():
            for id in block.shows:
                yield from _concluded(edition, id)
            for chosen in block.chosen.values():
                yield from (edition.rules[id] for ids in chosen.permitted_by.values() for id in ids)
        case ChecklistBlock():
            yield from (edition.papers[id] for id in block.papers)
        case TableBlock():
            yield from (rule for rule in edition.rules.values() if rule.each == block.table)
        case StepsBlock():
            yield from (edition.steps[id] for id in block.steps)
        case TimelineBlock():
            yield from (edition.deadlines[id] for id in block.deadlines)
        case RegisterBlock() if block.key.of:
            yield edition.deadlines[block.key.of]
        case LetterBlock():
            for row in block.rows:
                yield from _concluded(edition, row.shows or "")


def _concluded(edition: Edition, id: str) -> Iterator[_Said]:
    """A rule, the rules of a decision, a deadline; nothing of anything else."""
    if id in edition.decisions:
        yield from (edition.rules[each] for each in edition.decisions[id].first_of)
    elif id in edition.rules:
        yield edition.rules[id]
    elif id in edition.deadlines:
        yield edition.deadlines[id]
