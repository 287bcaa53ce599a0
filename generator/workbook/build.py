"""An Edition and a layout → a Book: every sheet drawn, every helper cell placed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from generator.model.conditions import facts_of
from generator.model.edition import Edition, Fact, FactType, Window
from generator.model.layout import (
    ChartBlock,
    ChecklistBlock,
    DutiesBlock,
    FindingsBlock,
    FormBlock,
    IdentityBlock,
    Layout,
    LetterBlock,
    MeasuresBlock,
    ProgressBlock,
    ProvisionsBlock,
    ReadingsBlock,
    RegisterBlock,
    SealBlock,
    SheetShape,
    StepsBlock,
    TableBlock,
    TextBlock,
    TimelineBlock,
    VerdictBlock,
)
from generator.model.problems import DataProblems, Problem
from generator.rules.excel.dates import AS_OF
from generator.rules.excel.scope import Scope
from generator.rules.excel.stages import facts_read
from generator.rules.excel.steps import Steps
from generator.rules.excel.tracking import done_fact
from generator.rules.formula import Ref
from generator.workbook.asked import asked_facts, input_holders
from generator.workbook.blocks.chart import draw_chart
from generator.workbook.blocks.checklist import checklist_problems, draw_checklist
from generator.workbook.blocks.duties import DUTY_WIDTHS, draw_duties, duty_facts
from generator.workbook.blocks.findings import draw_findings
from generator.workbook.blocks.form import draw_form, draw_states
from generator.workbook.blocks.letter import draw_letter
from generator.workbook.blocks.letter_checks import facts_of_letter, letter_faults
from generator.workbook.blocks.letter_rows import LETTER_COLUMNS
from generator.workbook.blocks.lists import widest
from generator.workbook.blocks.measures import draw_measures
from generator.workbook.blocks.progress import asks_day, draw_progress
from generator.workbook.blocks.register import (
    draw_register,
    register_facts,
    register_problems,
    register_widths,
)
from generator.workbook.blocks.seal import draw_seal
from generator.workbook.blocks.steps import draw_steps, record_facts, step_problems
from generator.workbook.blocks.table import draw_table, table_widths
from generator.workbook.blocks.timeline import draw_timeline
from generator.workbook.blocks.verdict import chosen_problems, draw_verdict, facts_of_chosen
from generator.workbook.blocks.words import (
    PROVISION_COLUMNS,
    draw_carried,
    draw_heading,
    draw_identity,
    draw_provisions,
    draw_readings,
    draw_text,
    facts_of_deadline,
)
from generator.workbook.book import Book, Sheet
from generator.workbook.checks import check_facts, check_faults, draw_checks
from generator.workbook.desk import COLUMNS, ROOMY_COLUMNS, Desk, Filling
from generator.workbook.gaps import draw_gaps
from generator.workbook.imprint import TEMPLATE, Imprint
from generator.workbook.pages import stretch
from generator.workbook.sheets import META_SHEET, RESERVED, expanded, role_entries, sheet_faults
from generator.workbook.workings import date_tools, draw_workings

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
    StepsBlock: draw_steps,
    RegisterBlock: draw_register,
    FindingsBlock: draw_findings,
    ChartBlock: draw_chart,
    SealBlock: draw_seal,
    LetterBlock: draw_letter,
    DutiesBlock: draw_duties,
    MeasuresBlock: draw_measures,
}


def build_book(
    edition: Edition,
    kind: str,
    fillings: Mapping[str, Filling] | None = None,
    imprint: Imprint = TEMPLATE,
) -> Book:
    """The workbook of a kind, blank or filled (`in_<fact>` → value, `tb_<table>_<column>[k]`).

    Raises DataProblems if the layout shows a verdict whose facts it does not ask, or names a
    sheet as none can be named.
    """
    desk = _drawn(edition, kind, fillings, imprint)
    draw_gaps(desk)
    draw_states(desk)
    draw_workings(desk)
    _meta(desk)
    return desk.book


def sketched_book(
    edition: Edition, kind: str, fillings: Mapping[str, Filling] | None = None
) -> Book:
    """The sheets that people see, without the cells that calculate for them: no file, but all that
    a layout can be wrong in. Raises DataProblems as `build_book` does, in a fifth of its time."""
    return _drawn(edition, kind, fillings, TEMPLATE).book


def _drawn(
    edition: Edition, kind: str, fillings: Mapping[str, Filling] | None, imprint: Imprint
) -> Desk:
    layout = expanded(edition, edition.layouts[kind])
    book, steps = Book(mark=imprint.mark), Steps()
    facts = _facts(edition, kind)
    scope = Scope(edition, steps, lambda fact: Ref(f"in_{fact}"), facts=facts)
    tools = date_tools(scope, asked=asks_day(edition, layout), issued=imprint.day)
    holders = input_holders(layout, edition)
    desk = Desk(edition, layout, kind, book, steps, scope, tools, facts, fillings or {}, holders)
    desk.imprint = imprint
    _check_sheets(desk)
    _check_blocks(desk)
    _check_asked(desk)
    for number, written in enumerate(layout.sheets, 1):
        sheet = _sheet(desk, written)
        sheet.sealed = any(isinstance(block, SealBlock) for block in written.blocks)
        aside = (ChartBlock, SealBlock)
        sheet.one_list = sum(not isinstance(block, aside) for block in written.blocks) == 1
        draw_heading(sheet, layout.title if number == 1 else written.name, number, desk)
        if carried := _carried(desk, sheet, written):
            draw_carried(desk, sheet, carried)
        top = sheet.freeze_row
        for block in written.blocks:
            _DRAW[type(block)](desk, sheet, block)
        if sheet.afterwards:
            if {type(block) for block in written.blocks} - {RegisterBlock, SealBlock}:
                # The headings of a list belong over nothing else.
                sheet.repeat_row = top
            sheet.prints_until = sheet.row
            sheet.next_row()
        while sheet.afterwards:
            # What is drawn is let go: it holds the desk, which holds the sheet.
            sheet.afterwards.pop(0)()
        stretch(sheet)
    draw_checks(desk)
    return desk


def _carried(desk: Desk, sheet: Sheet, written: SheetShape) -> tuple[str, ...]:
    """What a sheet says at its top of whose it is."""
    asked = {id for block in written.blocks if isinstance(block, FormBlock) for id in block.fields}
    carried = desk.layout.identified_by
    is_form = sheet.sealed and not sheet.printed
    return carried if is_form and not asked.issuperset(carried) else ()


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
    unmet = (each for each in edition.deadlines.values() if each.met is None)
    done = [done_fact(each) for each in unmet if isinstance(each.schedule, Window)]
    return {
        **edition.facts,
        **edition.entries[kind],
        **{fact.id: fact for fact in done},
        **{fact.id: fact for fact in record_facts(edition, edition.layouts[kind])},
        **{fact.id: fact for fact in role_entries(edition, kind)},
        **{fact.id: fact for fact in duty_facts(edition.layouts[kind])},
        AS_OF: as_of,
    }


def _sheet(desk: Desk, written: SheetShape) -> Sheet:
    kinds = {type(block) for block in written.blocks}
    if LetterBlock in kinds:
        return desk.book.sheet(
            written.name, LETTER_COLUMNS, landscape=False, one_page=True, printed=True
        )
    if DutiesBlock in kinds:
        return desk.book.sheet(written.name, DUTY_WIDTHS)
    if ProvisionsBlock in kinds:
        return desk.book.sheet(written.name, PROVISION_COLUMNS, landscape=False)
    return desk.book.sheet(
        written.name,
        _grid(desk, written),
        one_page=written.printed,
        landscape=not written.printed,
        printed=written.printed,
    )


_ON_ANY_GRID = frozenset((TableBlock, RegisterBlock, TextBlock, ChartBlock, SealBlock))
"""What stands beside a table without asking for columns of its own."""


def _grid(desk: Desk, written: SheetShape) -> tuple[float, ...]:
    """The widths of a sheet: as wide as each of its blocks wants each column."""
    blocks = written.blocks
    grids = [table_widths(desk, block) for block in blocks if isinstance(block, TableBlock)]
    grids += [register_widths(desk, block) for block in blocks if isinstance(block, RegisterBlock)]
    if not grids or not {type(block) for block in blocks} <= _ON_ANY_GRID:
        grids.append(ROOMY_COLUMNS if _asks_at_length(desk, written) else COLUMNS)
    return widest(*grids)


_ON_ROOMY_GRID = frozenset((FormBlock, VerdictBlock, TextBlock, SealBlock))


def _asks_at_length(desk: Desk, written: SheetShape) -> bool:
    forms = [block for block in written.blocks if isinstance(block, FormBlock)]
    long = any(desk.facts[id].lines > 1 for form in forms for id in form.fields)
    return long and {type(block) for block in written.blocks} <= _ON_ROOMY_GRID


def _check_sheets(desk: Desk) -> None:
    """Sheets have names that Excel takes and that no sheet of our own has, in any case."""
    taken = set(RESERVED)
    problems = []
    for name in (sheet.name for sheet in desk.layout.sheets):
        if name.casefold() in taken or name.startswith("'") or name.endswith("'"):
            message = f"工作表不能叫“{name}”：与别的工作表重名，或者电子表格软件不接受。"
            problems.append(Problem(f"workbooks/{desk.kind}.yml", 1, 1, message))
        taken.add(name.casefold())
    if problems:
        raise DataProblems(problems)


def _check_blocks(desk: Desk) -> None:
    """Blocks whose parts do not fit each other are refused."""
    edition, layout = desk.edition, desk.layout
    found = (
        *sheet_faults(edition, edition.layouts[desk.kind]),
        *letter_faults(edition, layout),
        *step_problems(edition, layout),
        *checklist_problems(edition, layout),
        *chosen_problems(edition, layout),
        *register_problems(desk),
        *check_faults(desk),
    )
    if found:
        path = f"workbooks/{desk.kind}.yml"
        raise DataProblems(Problem(path, 1, 1, message) for message in found)


def _check_asked(desk: Desk) -> None:
    """Every fact that a block reads is asked somewhere in this workbook."""
    blocks = [block for sheet in desk.layout.sheets for block in sheet.blocks]
    asked = {AS_OF, *asked_facts(desk.layout, desk.edition)}
    for block in blocks:
        if isinstance(block, TableBlock):
            table = desk.edition.tables[block.table]
            asked.update((*table.columns, *table.above, *block.records))
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
    found = {("校核（checks）", fact) for fact in check_facts(desk)}
    found.update((desk.layout.title, fact) for fact in desk.layout.identified_by)
    for block in (block for sheet in desk.layout.sheets for block in sheet.blocks):
        facts: list[str] = []
        if isinstance(block, VerdictBlock):
            for id in block.shows:
                decision = edition.decisions.get(id)
                for rule in decision.first_of if decision else (id,):
                    facts += facts_of(edition.rules[rule].when)
            facts += facts_of_chosen(edition, block)
        elif isinstance(block, TableBlock):
            for each in edition.rules.values():
                if each.each == block.table:
                    facts += facts_of(each.when)
        elif isinstance(block, ChecklistBlock):
            for paper in block.papers:
                written = edition.papers[paper]
                for required in (written.required, *written.alternatives.values()):
                    facts += facts_of(required) if required else ()
        elif isinstance(block, IdentityBlock):
            facts += block.shows
        elif isinstance(block, TimelineBlock):
            for deadline in block.deadlines:
                facts += facts_of_deadline(edition.deadlines[deadline])
        elif isinstance(block, LetterBlock):
            facts += facts_of_letter(edition, desk.layout, block)
        elif isinstance(block, RegisterBlock):
            facts += register_facts(desk, block)
        elif isinstance(block, StepsBlock):
            for step in block.steps:
                facts += facts_read(edition, edition.steps[step])
        found.update((getattr(block, "title", "") or "", fact) for fact in facts)
    return found


def _meta(desk: Desk) -> None:
    sheet = desk.book.sheet(META_SHEET, (24, 80), state="veryHidden")
    for key, value in identity(desk.edition, desk.kind, desk.imprint).items():
        sheet.put(1, key, "plain")
        desk.book.define(f"meta_{key}", sheet.put(2, value, "plain"))
        sheet.next_row()


def identity(edition: Edition, kind: str, imprint: Imprint = TEMPLATE) -> dict[str, str]:
    """What tells one file from another; a published template has no issue id or recipient."""
    return {
        "kind": kind,
        "edition": edition.id,
        "model_hash": edition.model_hash,
        "template_hash": template_hash(edition.layouts[kind]),
        "schema_version": SCHEMA_VERSION,
        "issue_id": imprint.issue_id,
        "recipient": imprint.recipient,
        "issued": imprint.day.isoformat() if imprint.issue_id and imprint.day else "",
        "example": imprint.example,
    }
