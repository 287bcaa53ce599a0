"""Timeline: deadlines with base, first and last day, days left, state; recurring days listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.edition import Deadline, Edition, FactType, Recurring, Window
from generator.model.layout import Layout, RegisterBlock, TimelineBlock
from generator.rules.excel.dates import DeadlineCells, deadline_cells, ranges_of
from generator.rules.excel.tracking import (
    BAD_STATES,
    DOUBTFUL_STATES,
    GOOD_STATES,
    PENDING_STATES,
    SentCells,
    Standing,
    recurring_standing,
    sent_cells,
    window_standing,
)
from generator.rules.formula import Expr, Ref, eq, if_, op
from generator.workbook.asked import timelines
from generator.workbook.blocks.register_cells import registers_by_deadline, sent_in_register
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, headings, plain_fact, run_of, section, wide
from generator.workbook.styles import text_lines

_STATES = (
    (DOUBTFUL_STATES, "doubt"),
    (GOOD_STATES, "good"),
    (BAD_STATES, "bad"),
    (PENDING_STATES, "pending"),
)


def draw_timeline(desk: Desk, sheet: Sheet, block: TimelineBlock) -> None:
    """Draw the deadlines of a project. Another timeline may show them too: the cells that compute
    them are the same, and each day is asked in one place."""
    section(sheet, block.title)
    headings(
        sheet,
        (
            "序号",
            "期限",
            "起算日",
            "剩余天数",
            "起始日",
            "截止日",
            "办结日期",
            "状态与说明",
            "依据",
        ),
    )
    first = sheet.row
    recurring = []
    for number, id in enumerate(block.deadlines, 1):
        deadline = desk.edition.deadlines[id]
        if isinstance(deadline.schedule, Recurring):
            days = recurring_days(desk, deadline)
            cells, standing = days.cells, days.standing
            if not days.register and _comes_first(desk, block, id):
                recurring.append((deadline, days))
        else:
            cells = deadline_cells(desk.scope, deadline, desk.tools, 0)
            standing = window_standing(desk.scope, deadline, cells, desk.tools)
        _row(desk, sheet, block, number, deadline, cells, standing)
    colour_states(sheet, "H", first)
    wide(sheet, 1, 9, desk.edition.calendar.statement, "note")
    sheet.next_row()
    sheet.next_row()
    for deadline, days in recurring:
        _recurring(desk, sheet, deadline, days)


@dataclass(frozen=True)
class RecurringDays:
    """The days of a recurring deadline: where each day of sending stands (`source`), how each
    stands and all together; `register` is where they are entered, if not on the timeline."""

    cells: DeadlineCells
    source: list[Ref]
    sent: list[SentCells]
    standing: Standing
    register: RegisterBlock | None


def recurring_days(desk: Desk, deadline: Deadline) -> RecurringDays:
    """Compute them, whichever block of the workbook is the first to show them."""
    rows = deadlines_shown(desk.edition, desk.layout)[deadline.id]
    cells = deadline_cells(desk.scope, deadline, desk.tools, rows)
    desk.ranges.update(ranges_of(deadline, cells))
    register = registers_by_deadline(desk.layout).get(deadline.id)
    if register:
        source = sent_in_register(desk, register, deadline, cells)
    else:
        source = [Ref(_sent_id(deadline, row)) for row in range(1, rows + 1)]
    sent = sent_cells(desk.scope, deadline, cells, desk.tools, source)
    standing = recurring_standing(
        desk.scope, deadline, cells, desk.tools, checked_elsewhere=register is not None
    )
    return RecurringDays(cells, source, sent, standing, register)


_YEARS = 6
"""There is room for the days of so many years where no timeline says how many."""


def colour_states(sheet: Sheet, column: str, first: int) -> None:
    """Colour the words of states from a row on, to the last one drawn."""
    area = f"{column}{first}:{column}{sheet.row - 1}"
    for words, style in _STATES:
        sheet.highlights.append(Highlight(area, f"{column}{first}", words, style))


def _sent_id(deadline: Deadline, row: int) -> str:
    return f"sent.{deadline.id}.{row}"


def deadlines_shown(edition: Edition, layout: Layout) -> Mapping[str, int]:
    """The deadlines that a workbook follows, and of how many recurring days each is made up."""
    years: dict[str, int] = {}
    for block in timelines(layout):
        for id in block.deadlines:
            years[id] = max(years.get(id, 0), block.years or 0)
    for id in registers_by_deadline(layout):
        years.setdefault(id, 0)
    return {id: _rows(edition.deadlines[id], each or _YEARS) for id, each in years.items()}


def _rows(deadline: Deadline, years: int) -> int:
    """Rows for a recurrence over so many years, begun and ended in the middle of one."""
    schedule = deadline.schedule
    return 12 * years // schedule.every.months + 1 if isinstance(schedule, Recurring) else 0


def _row(
    desk: Desk,
    sheet: Sheet,
    block: TimelineBlock,
    number: int,
    deadline: Deadline,
    cells: DeadlineCells,
    standing: Standing,
) -> None:
    desk.result(f"out_{deadline.id}", cells.due)
    desk.result(f"out_{deadline.id}_state", standing.state)
    desk.result(f"out_{deadline.id}_readings", cells.doubts)
    desk.result(f"out_{deadline.id}_needed", cells.needed)
    sheet.put(1, number, "body_center")
    sheet.put(2, deadline.label, "body_strong")
    sheet.put(3, op_blank(cells.base), "computed_date")
    sheet.put(4, standing.left, "computed_days")
    sheet.put(5, cells.opens or "", "computed_date")
    sheet.put(6, standing.ahead if cells.dates else cells.due, "computed_date")
    if cells.opens:
        desk.result(f"out_{deadline.id}_opens", cells.opens)
    _done(desk, sheet, block, deadline, standing)
    sheet.put(8, _explained(desk, deadline, cells, standing.state), "computed")
    desk.law(sheet, 9, deadline.law)
    sheet.next_row(max(3, text_lines(deadline.label, sheet.widths[1])))
    if cells.rolls_to:
        desk.result(f"out_{deadline.id}_rolls_to", cells.rolls_to)
        _rolled_row(sheet, cells.rolls_to)


def _done(
    desk: Desk, sheet: Sheet, block: TimelineBlock, deadline: Deadline, standing: Standing
) -> None:
    """When it was met: asked here, or the answer with a link to where it is asked; of recurring
    days where they are listed."""
    register = registers_by_deadline(desk.layout).get(deadline.id)
    if register:
        reported = op(op("已报 ", "&", standing.sent or 0), "&", " 次，见登记表")
        sheet.put(7, reported, "link", link=f"tb_{register.id}_key")
    elif isinstance(deadline.schedule, Window):
        fact = desk.facts[deadline.done]
        if desk.asked_elsewhere(fact.id, block):
            desk.answer(sheet, 7, fact)
        else:
            desk.input(sheet, 7, fact, f"in_{fact.id}")
    elif _comes_first(desk, block, deadline.id):
        sheet.put(7, "见下表", "computed_center")
    else:
        sheet.put(7, "见各次日期", "link", link=f"tb_{deadline.id}_sent")


def _comes_first(desk: Desk, block: TimelineBlock, deadline: str) -> bool:
    """Whether no timeline before this one shows a deadline: then its days are listed below it."""
    showing = (each for each in timelines(desk.layout) if deadline in each.deadlines)
    return next(showing) is block


def op_blank(cell: Ref) -> Expr:
    """A cell's value; "" while it is empty."""
    return if_(eq(cell, ""), "", cell)


def _explained(desk: Desk, deadline: Deadline, cells: DeadlineCells, state: Expr) -> Expr:
    """The state, then what is still needed and which readings are open."""
    key = f"deadline.{deadline.id}"
    needed = if_(eq(cells.needed, ""), "", op("；还需填写：", "&", cells.needed))
    doubt = if_(eq(cells.doubts, ""), "", op("；存疑：", "&", cells.doubts_text))
    needed_cell = desk.step(f"{key}.says_needed", f"{deadline.label}：还需填写", needed)
    doubt_cell = desk.step(f"{key}.says_doubt", f"{deadline.label}：存疑", doubt)
    return op(op(state, "&", needed_cell), "&", doubt_cell)


def _rolled_row(sheet: Sheet, rolls_to: Ref) -> None:
    sheet.put(1, None, "body")
    sheet.put(2, "截止日遇休息日，顺延至（提示）", "body_indent1")
    for column in (3, 4, 5, 7, 9):
        sheet.put(column, None, "body")
    sheet.put(6, op_blank(rolls_to), "computed_date")
    sheet.put(8, if_(eq(rolls_to, ""), "", "仅为提示，期限以上一行为准"), "computed")
    sheet.next_row()


def _recurring(desk: Desk, sheet: Sheet, deadline: Deadline, days: RecurringDays) -> None:
    section(sheet, f"{deadline.label}：各次日期")
    headings(
        sheet, ("序号", "所属期间", "日期", "剩余天数", "报送日期", "状态", "文号", "佐证", "依据")
    )
    first = sheet.row
    for number, (day, row) in enumerate(zip(days.cells.dates, days.sent, strict=True), 1):
        sheet.put(1, number, "body_center")
        sheet.put(2, row.period, "computed")
        sheet.put(3, op_blank(day), "computed_date")
        sheet.put(4, row.left, "computed_days")
        filling = desk.fillings.get(f"tb_{deadline.id}_sent[{number}]")
        desk.book.places[_sent_id(deadline, number)] = sheet.put(5, filling, "input_date")
        sheet.put(6, row.state, "state")
        sheet.put(7, desk.fillings.get(f"tb_{deadline.id}_number[{number}]"), "input_text")
        sheet.put(8, desk.fillings.get(f"tb_{deadline.id}_evidence[{number}]"), "input_text")
        desk.law(sheet, 9, deadline.law)
        sheet.next_row()
    last = sheet.row - 1
    for column, name in ((3, "dates"), (5, "sent"), (7, "number"), (8, "evidence")):
        prefix = "out" if name == "dates" else "tb"
        desk.book.define(f"{prefix}_{deadline.id}_{name}", run_of(sheet, column, first, last))
    fact = plain_fact(f"sent_{deadline.id}", "报送日期", FactType.DATE)
    validation = desk.validation(fact, f"E{first}:E{last}")
    assert validation
    sheet.validations.append(validation)
    colour_states(sheet, "F", first)
    sheet.next_row()
