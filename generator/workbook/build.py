"""An Edition and a layout → a Book: every sheet drawn, every helper cell placed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from generator.model.conditions import facts_of
from generator.model.edition import Edition, Fact, FactType
from generator.model.layout import (
    ChecklistBlock,
    FormBlock,
    IdentityBlock,
    Layout,
    ProgressBlock,
    ProvisionsBlock,
    ReadingsBlock,
    SheetShape,
    TableBlock,
    TextBlock,
    TimelineBlock,
    VerdictBlock,
)
from generator.model.problems import DataProblems, Problem
from generator.rules.excel.dates import AS_OF
from generator.rules.excel.scope import Scope
from generator.rules.excel.steps import Steps
from generator.rules.excel.tracking import done_fact
from generator.rules.formula import Ref
from generator.workbook.blocks.checklist import draw_checklist
from generator.workbook.blocks.form import draw_form
from generator.workbook.blocks.progress import draw_progress
from generator.workbook.blocks.table import draw_table, table_widths
from generator.workbook.blocks.timeline import draw_timeline
from generator.workbook.blocks.verdict import draw_verdict
from generator.workbook.blocks.words import (
    PROVISION_COLUMNS,
    draw_heading,
    draw_identity,
    draw_provisions,
    draw_readings,
    draw_text,
    facts_of_deadline,
)
from generator.workbook.book import Book, Sheet
from generator.workbook.desk import COLUMNS, Desk, Filling
from generator.workbook.workings import LISTS_SHEET, PROJECT_SHEET, date_tools, draw_workings

META_SHEET = "_meta"
SCHEMA_VERSION = "1"

_DRAW: Mapping[type, Callable[[Desk, Sheet, Any], None]] = {
    TextBlock: draw_text,
    IdentityBlock: draw_identity,
    ProgressBlock: draw_progress,
    FormBlock: draw_form,
    VerdictBlock: draw_verdict,
    TableBlock: draw_table,
    ChecklistBlock: draw_checklist,
    TimelineBlock: draw_timeline,
    ReadingsBlock: draw_readings,
    ProvisionsBlock: draw_provisions,
}


def build_book(edition: Edition, kind: str, fillings: Mapping[str, Filling] | None = None) -> Book:
    """The workbook of a kind, blank or filled (`in_<fact>` → value, `tb_<table>_<column>[k]`).

    Raises DataProblems if the layout shows a verdict whose facts it does not ask, or names a
    sheet as none can be named.
    """
    layout = edition.layouts[kind]
    book, steps = Book(), Steps()
    facts = _facts(edition, kind)
    scope = Scope(edition, steps, lambda fact: Ref(f"in_{fact}"), facts=facts)
    tools = date_tools(scope.known(AS_OF), scope.day(AS_OF))
    desk = Desk(edition, layout, kind, book, steps, scope, tools, facts, fillings or {})
    _check_sheets(desk)
    _check_asked(desk)
    for number, written in enumerate(layout.sheets, 1):
        sheet = _sheet(desk, written)
        draw_heading(sheet, layout.title if number == 1 else written.name, number, desk)
        for block in written.blocks:
            _DRAW[type(block)](desk, sheet, block)
    draw_workings(desk)
    _meta(desk)
    return book


def template_hash(layout: Layout) -> str:
    """What changes whenever the layout does."""
    return hashlib.sha256(layout.model_dump_json().encode()).hexdigest()


def _facts(edition: Edition, kind: str) -> dict[str, Fact]:
    """The edition's facts, the layout's own entries, and the as-of date."""
    as_of = Fact(
        AS_OF,
        "截至日期",
        "按哪一天计算剩余天数？",
        FactType.DATE,
        None,
        0,
        False,
        "",
        {},
        None,
        "空着即按打开文件的当天计算。",
    )
    blocks = [block for sheet in edition.layouts[kind].sheets for block in sheet.blocks]
    shown = [id for block in blocks if isinstance(block, TimelineBlock) for id in block.deadlines]
    done = [done_fact(edition.deadlines[id]) for id in shown]
    return {
        **edition.facts,
        **edition.entries[kind],
        **{fact.id: fact for fact in done},
        AS_OF: as_of,
    }


def _sheet(desk: Desk, written: SheetShape) -> Sheet:
    kinds = {type(block) for block in written.blocks}
    tables = [block for block in written.blocks if isinstance(block, TableBlock)]
    if tables:
        table = desk.edition.tables[tables[0].table]
        return desk.book.sheet(written.name, table_widths(dict(desk.facts), table))
    if ProvisionsBlock in kinds:
        return desk.book.sheet(written.name, PROVISION_COLUMNS, landscape=False)
    return desk.book.sheet(written.name, COLUMNS, one_page=IdentityBlock in kinds)


def _check_sheets(desk: Desk) -> None:
    """Sheets have names that Excel takes and that no sheet of our own has, in any case."""
    taken = {LISTS_SHEET, META_SHEET, "history"}
    problems = []
    for name in (sheet.name for sheet in desk.layout.sheets):
        if name.casefold() in taken or name.startswith((PROJECT_SHEET, "'")) or name.endswith("'"):
            message = f"工作表不能叫“{name}”：与别的工作表重名，或者电子表格软件不接受。"
            problems.append(Problem(f"workbooks/{desk.kind}.yml", 1, 1, message))
        taken.add(name.casefold())
    if problems:
        raise DataProblems(problems)


def _check_asked(desk: Desk) -> None:
    """Every fact that a block reads is asked somewhere in this workbook."""
    blocks = [block for sheet in desk.layout.sheets for block in sheet.blocks]
    asked = {AS_OF}
    for block in blocks:
        if isinstance(block, FormBlock):
            asked.update(block.fields)
        if isinstance(block, TableBlock):
            table = desk.edition.tables[block.table]
            asked.update((*table.columns, *table.above))
    path = f"workbooks/{desk.kind}.yml"
    problems = [
        Problem(path, 1, 1, f"{title} 用到“{desk.facts[fact].label}”（{fact}），但没有表单询问它。")
        for title, fact in sorted(_read(desk))
        if fact not in asked
    ]
    if problems:
        raise DataProblems(problems)


def _read(desk: Desk) -> set[tuple[str, str]]:
    """What blocks read: pairs of the block's title and a fact."""
    edition = desk.edition
    found: set[tuple[str, str]] = set()
    for block in (block for sheet in desk.layout.sheets for block in sheet.blocks):
        facts: list[str] = []
        if isinstance(block, VerdictBlock):
            for id in block.shows:
                decision = edition.decisions.get(id)
                for rule in decision.first_of if decision else (id,):
                    facts += facts_of(edition.rules[rule].when)
        elif isinstance(block, TableBlock):
            for each in edition.rules.values():
                if each.each == block.table:
                    facts += facts_of(each.when)
        elif isinstance(block, ChecklistBlock):
            for paper in block.papers:
                written = edition.papers[paper]
                for required in (written.required, *written.alternatives.values()):
                    facts += facts_of(required) if required else ()
        elif isinstance(block, TimelineBlock):
            for deadline in block.deadlines:
                facts += facts_of_deadline(edition.deadlines[deadline])
        found.update((getattr(block, "title", "") or "", fact) for fact in facts)
    return found


def _meta(desk: Desk) -> None:
    sheet = desk.book.sheet(META_SHEET, (24, 80), state="veryHidden")
    for key, value in identity(desk.edition, desk.kind).items():
        sheet.put(1, key, "plain")
        desk.book.define(f"meta_{key}", sheet.put(2, value, "plain"))
        sheet.next_row()


def identity(edition: Edition, kind: str) -> dict[str, str]:
    """What tells one file from another; a published template has no issue id or recipient."""
    return {
        "kind": kind,
        "edition": edition.id,
        "model_hash": edition.model_hash,
        "template_hash": template_hash(edition.layouts[kind]),
        "schema_version": SCHEMA_VERSION,
        "issue_id": "",
        "recipient": "",
    }
