"""Where workbooks take things up: layouts joined with articles, stages and roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.guide.bearings import paper_places, rule_places, stage_of
from generator.model.anchors import Anchor
from generator.model.edition import Edition, Fact, Rule, Stage, Window
from generator.model.layout import (
    Block,
    ChecklistBlock,
    DutiesBlock,
    FormBlock,
    Layout,
    LetterBlock,
    MeasuresBlock,
    RegisterBlock,
    SealBlock,
    SheetShape,
    StepsBlock,
    TableBlock,
    TimelineBlock,
    VerdictBlock,
)

DUTY, FACT, LIST, PAPER, STEP = "职责", "填写项", "登记表", "材料", "步骤"
JUDGEMENT, DEADLINE, LETTER = "判定", "期限", "打印格式"


@dataclass(frozen=True)
class Entry:
    """Something on a sheet: its kind as people call it, its id, the places it rests on."""

    kind: str
    id: str
    law: tuple[Anchor, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet and what on it was looked for, by kind; `each_role`: one stands for each role."""

    name: str
    each_role: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Workbook:
    """A kind of workbook and those of its sheets that were looked for."""

    kind: str
    layout: Layout
    sheets: tuple[Sheet, ...]


def on_article(edition: Edition, article: Anchor) -> tuple[Workbook, ...]:
    """The sheets that take up something of an article; not those that only print the text."""
    return _found(edition, lambda entry: any(law.article_anchor == article for law in entry.law))


def on_stage(edition: Edition, stage: Stage) -> tuple[Workbook, ...]:
    """The sheets that take up the steps of a stage, what makes them done, their papers, and the
    rules and deadlines of the stage."""
    wanted = {(STEP, step.id) for step in stage.steps}
    wanted |= {(FACT, fact) for step in stage.steps for fact in step.done}
    wanted |= {(kind, id) for step in stage.steps for id in step.papers for kind in (PAPER, LETTER)}
    wanted |= {
        (JUDGEMENT, each.id)
        for each in edition.rules.values()
        if stage_of(edition, each.law) is stage
    }
    wanted |= {
        (JUDGEMENT, each.id)
        for each in edition.decisions.values()
        if stage_of(edition, each.law[0]) is stage
    }
    wanted |= {
        (DEADLINE, each.id)
        for each in edition.deadlines.values()
        if stage_of(edition, each.law) is stage
    }
    return _found(edition, lambda entry: (entry.kind, entry.id) in wanted)


def of_role(edition: Edition, role: str) -> tuple[Workbook, ...]:
    """The workbooks that a role fills in under one of its names, whole; and of the others the
    sheets with its own duties."""
    own = tuple(
        Workbook(kind, layout, ())
        for kind, layout in edition.layouts.items()
        if role in (layout.audience, *layout.acts_as)
    )
    duties = {id for id, duty in edition.duties.items() if role in duty.who}
    others = _found(edition, lambda entry: entry.kind == DUTY and entry.id in duties)
    known = {each.kind for each in own}
    return (*own, *(each for each in others if each.kind not in known))


def _found(edition: Edition, wanted: Callable[[Entry], bool]) -> tuple[Workbook, ...]:
    found = []
    for kind, layout in edition.layouts.items():
        sheets = []
        for sheet in layout.sheets:
            kinds = [each.kind for each in _entries(edition, kind, sheet) if wanted(each)]
            if kinds:
                sheets.append(Sheet(sheet.name, bool(sheet.each), tuple(dict.fromkeys(kinds))))
        if sheets:
            found.append(Workbook(kind, layout, tuple(sheets)))
    return tuple(found)


# What is on a sheet ------------------------------------------------------------------------------


def _entries(edition: Edition, kind: str, sheet: SheetShape) -> Iterator[Entry]:
    asked = {**edition.facts, **edition.entries[kind]}
    for block in sheet.blocks:
        yield from _of_block(edition, asked, block)


def _of_block(edition: Edition, asked: dict[str, Fact], block: Block) -> Iterator[Entry]:
    match block:
        case FormBlock() | SealBlock():
            yield from (_fact(asked, id) for id in block.fields)
        case VerdictBlock():
            yield from (_judgement(edition, id) for id in block.shows)
        case TableBlock():
            table = edition.tables[block.table]
            yield Entry(LIST, table.id, (table.law,) if table.law else ())
            yield from (_fact(asked, id) for id in (*table.columns, *block.records))
            rules = (each for each in edition.rules.values() if each.each == table.id)
            yield from (_judgement(edition, each.id) for each in rules)
        case RegisterBlock():
            yield Entry(LIST, block.id, (block.law,) if block.law else ())
            yield from (_fact(asked, id) for id in block.columns)
            if block.key.of:
                yield _deadline(edition, block.key.of)
        case MeasuresBlock():
            yield from (Entry(LIST, block.id, (row.law,)) for row in block.rows)
        case ChecklistBlock():
            yield from (_paper(edition, id, PAPER) for id in block.papers)
        case LetterBlock():
            yield _paper(edition, block.paper, LETTER)
        case TimelineBlock():
            yield from (_deadline(edition, id) for id in block.deadlines)
            met = (edition.deadlines[id] for id in block.deadlines)
            days = (each.done for each in met if isinstance(each.schedule, Window))
            yield from (_fact(asked, id) for id in days if id in asked)
        case StepsBlock():
            for step in (edition.steps[id] for id in block.steps if id in edition.steps):
                yield Entry(STEP, step.id, (step.law,))
                yield from (_fact(asked, fact) for fact in step.done)
        case DutiesBlock():
            yield from (
                Entry(DUTY, id, (duty.law,))
                for id, duty in edition.duties.items()
                if block.role is None or block.role in duty.who
            )
        case _:
            return


def _fact(asked: dict[str, Fact], id: str) -> Entry:
    law = asked[id].law
    return Entry(FACT, id, (law,) if law else ())


def _judgement(edition: Edition, id: str) -> Entry:
    rule: Rule | None = edition.rules.get(id)
    return Entry(JUDGEMENT, id, rule_places(rule) if rule else edition.decisions[id].law)


def _deadline(edition: Edition, id: str) -> Entry:
    return Entry(DEADLINE, id, (edition.deadlines[id].law,))


def _paper(edition: Edition, id: str, kind: str) -> Entry:
    return Entry(kind, id, paper_places(edition.papers[id]))
