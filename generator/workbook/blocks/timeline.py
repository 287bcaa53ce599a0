"""Timeline: deadlines with base, first and last day, days left, state; recurring days listed."""

from __future__ import annotations

from generator.model.edition import Deadline, FactType, Recurring
from generator.model.layout import TimelineBlock
from generator.rules.excel.conditions import PENDING
from generator.rules.excel.dates import DeadlineCells, deadline_cells, ranges_of
from generator.rules.formula import Expr, Ref, call, eq, if_, op
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, headings, plain_fact, run_of, section, wide
from generator.workbook.styles import text_lines

_STATES = (
    (("期限内", "按期", "未完", "均已到期", "已报"), "good"),
    (("已过期限", "逾期", "今日到期"), "bad"),
    ((PENDING, "未到起始日", "日历未公布"), "pending"),
)


def draw_timeline(desk: Desk, sheet: Sheet, block: TimelineBlock) -> None:
    """Draw the deadlines of a project."""
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
    drawn = []
    for number, id in enumerate(block.deadlines, 1):
        deadline = desk.edition.deadlines[id]
        cells = deadline_cells(desk.scope, deadline, desk.tools, _rows(deadline, block.years))
        desk.ranges.update(ranges_of(deadline, cells))
        _row(desk, sheet, number, deadline, cells)
        drawn.append((deadline, cells))
    for words, style in _STATES:
        area = f"H{first}:H{sheet.row - 1}"
        sheet.highlights.append(Highlight(area, f"H{first}", words, style))
    wide(sheet, 1, 9, desk.edition.calendar.statement, "note")
    sheet.next_row()
    sheet.next_row()
    for deadline, cells in drawn:
        if cells.dates:
            _recurring(desk, sheet, deadline, cells)


def _rows(deadline: Deadline, years: int) -> int:
    """Rows for a recurrence over so many years, begun and ended in the middle of one."""
    schedule = deadline.schedule
    return 12 * years // schedule.every.months + 1 if isinstance(schedule, Recurring) else 0


def _row(desk: Desk, sheet: Sheet, number: int, deadline: Deadline, cells: DeadlineCells) -> None:
    desk.result(f"out_{deadline.id}", cells.due)
    desk.result(f"out_{deadline.id}_readings", cells.doubts)
    desk.result(f"out_{deadline.id}_needed", cells.needed)
    sheet.put(1, number, "body_center")
    sheet.put(2, deadline.label, "body_strong")
    sheet.put(3, op_blank(cells.base), "computed_date")
    sheet.put(4, cells.left, "computed_days")
    sheet.put(5, cells.opens or "", "computed_date")
    sheet.put(6, cells.due, "computed_date")
    if cells.opens:
        desk.result(f"out_{deadline.id}_opens", cells.opens)
    state: Expr = cells.state
    if cells.dates:
        sheet.put(7, "见下表", "computed_center")
    else:
        fact = plain_fact(f"done_{deadline.id}", f"{deadline.label}：办结日期", FactType.DATE)
        desk.input(sheet, 7, fact, f"in_{fact.id}")
        state = _finished(desk, deadline, cells)
    sheet.put(8, _explained(desk, deadline, cells, state), "computed")
    desk.law(sheet, 9, deadline.law)
    sheet.next_row(max(2, text_lines(deadline.label, sheet.widths[1])))
    if cells.rolls_to:
        desk.result(f"out_{deadline.id}_rolls_to", cells.rolls_to)
        _rolled_row(sheet, cells.rolls_to)


def op_blank(cell: Ref) -> Expr:
    """A cell's value; "" while it is empty."""
    return if_(eq(cell, ""), "", cell)


def _finished(desk: Desk, deadline: Deadline, cells: DeadlineCells) -> Expr:
    """The state, or how it ended once a day of completion is filled in."""
    done, key = Ref(f"in_done_{deadline.id}"), f"deadline.{deadline.id}"
    limit: Expr = cells.due
    if cells.rolls_to:
        rolled = if_(eq(cells.rolls_to, ""), cells.due, cells.rolls_to)
        limit = desk.step(f"{key}.limit", f"{deadline.label}：计顺延的截止日", rolled)
    ended = if_(op(done, "<=", limit), "按期办结", "逾期办结")
    both = call("AND", call("ISNUMBER", done), call("ISNUMBER", limit))
    return desk.step(f"{key}.ended", f"{deadline.label}：办结情况", if_(both, ended, cells.state))


def _explained(desk: Desk, deadline: Deadline, cells: DeadlineCells, state: Expr) -> Expr:
    """The state, then what is still needed and which readings are open."""
    key = f"deadline.{deadline.id}"
    needed = if_(eq(cells.needed, ""), "", op("；还需填写：", "&", cells.needed))
    doubt = if_(eq(cells.doubts, ""), "", op("；存疑：", "&", cells.doubts))
    needed_cell = desk.step(f"{key}.says_needed", f"{deadline.label}：还需填写", needed)
    doubt_cell = desk.step(f"{key}.says_doubt", f"{deadline.label}：存疑", doubt)
    return op(op(state, "&", needed_cell), "&", doubt_cell)


def _rolled_row(sheet: Sheet, rolls_to: Ref) -> None:
    sheet.put(1, None, "body")
    sheet.put(2, "截止日是休息日的，顺延至（提示）", "body_indent1")
    for column in (3, 4, 5, 7, 9):
        sheet.put(column, None, "body")
    sheet.put(6, op_blank(rolls_to), "computed_date")
    sheet.put(8, if_(eq(rolls_to, ""), "", "仅为提示，期限以上一行为准"), "computed")
    sheet.next_row()


def _recurring(desk: Desk, sheet: Sheet, deadline: Deadline, cells: DeadlineCells) -> None:
    section(sheet, f"{deadline.label}：各次日期")
    headings(
        sheet, ("序号", "次数", "日期", "剩余天数", "报送日期", "状态", "文号", "佐证", "依据")
    )
    first = sheet.row
    for number, day in enumerate(cells.dates, 1):
        sheet.put(1, number, "body_center")
        sheet.put(2, f"第{number}次", "body")
        sheet.put(3, op_blank(day), "computed_date")
        sent_cell = Ref(f"sent.{deadline.id}.{number}")
        still = if_(call("ISNUMBER", sent_cell), "", op(day, "-", desk.tools.as_of))
        sheet.put(4, if_(eq(day, ""), "", still), "computed_days")
        sent = sheet.put(5, desk.fillings.get(f"tb_{deadline.id}_sent[{number}]"), "input_date")
        desk.book.places[f"sent.{deadline.id}.{number}"] = sent
        sheet.put(6, _sent_state(desk, deadline, number, day), "state")
        sheet.put(7, desk.fillings.get(f"tb_{deadline.id}_number[{number}]"), "input_text")
        sheet.put(8, desk.fillings.get(f"tb_{deadline.id}_evidence[{number}]"), "input_text")
        desk.law(sheet, 9, deadline.law)
        sheet.next_row()
    last = sheet.row - 1
    for column, name in ((3, "dates"), (5, "sent"), (7, "number"), (8, "evidence")):
        prefix = "out" if name == "dates" else "tb"
        desk.book.define(f"{prefix}_{deadline.id}_{name}", run_of(sheet, column, first, last))
    sent_fact = plain_fact(f"sent_{deadline.id}", "报送日期", FactType.DATE)
    validation = desk.validation(sent_fact, f"E{first}:E{last}")
    assert validation
    sheet.validations.append(validation)
    for words, style in _STATES:
        sheet.highlights.append(Highlight(f"F{first}:F{last}", f"F{first}", words, style))
    sheet.next_row()


def _sent_state(desk: Desk, deadline: Deadline, number: int, day: Ref) -> Expr:
    sent = Ref(f"sent.{deadline.id}.{number}")
    reported = if_(op(sent, "<=", day), "按期报送", "逾期报送")
    due = if_(op(day, "<", desk.tools.as_of), "已过期限", "待报")
    return if_(eq(day, ""), "", if_(call("ISNUMBER", sent), reported, due))
