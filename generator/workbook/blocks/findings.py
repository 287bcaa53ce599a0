"""Findings: everything wrong, late or still to fill, a row each that appears by itself."""

from __future__ import annotations

from collections.abc import Callable

from generator.model.layout import (
    ChecklistBlock,
    FindingsBlock,
    StepsBlock,
    TableBlock,
    TimelineBlock,
    VerdictBlock,
)
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, lift, op
from generator.workbook.asked import blocks
from generator.workbook.blocks.register_cells import listing_of, registers, used_rows
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, headings, run_of, section, wide, width_of
from generator.workbook.gaps import (
    DOUBTED,
    LABELS,
    LATE,
    NEEDED,
    WRONG,
    count_of,
    counts_of,
    kinds_of,
    link_to,
    purpose_of,
    reasons_of,
)
from generator.workbook.styles import text_lines

_NOTE = (
    "依次是有误的、逾期的、{doubts}还需填写的；“还需填写”只列影响结论、期限的空白{papers}。"
    "改好、填好的自动消失；点工作表名，跳到该处。"
)
_DOUBTS = "请核对的（核对无误的，不必改）、"
_PAPERS = "和没有备齐的材料"


def draw_findings(desk: Desk, sheet: Sheet, block: FindingsBlock) -> None:
    """Draw the list; `out_findings_count` says how many there are, `out_findings_labels` and
    `out_findings_kinds` hold the first of them, "" below the last."""
    section(sheet, block.title)
    kinds = kinds_of(desk.layout)
    total = desk.step(
        "gaps.total", "缺漏与错误的处数", call("SUM", *(count_of(kind) for kind in kinds))
    )
    desk.result("out_findings_count", total)
    _summary(desk, sheet, total)
    papers = any(isinstance(each, ChecklistBlock) for each in blocks(desk.layout))
    note = _NOTE.format(
        doubts=_DOUBTS if DOUBTED in kinds else "", papers=_PAPERS if papers else ""
    )
    wide(sheet, 1, 9, note, "note")
    sheet.next_row(text_lines(note, width_of(sheet, 1, 9)))
    headings(sheet, ("序号", "项目", "类别", "说明", "", "", "", "", "所在工作表"))
    first = sheet.row
    for number in range(1, block.rows + 1):
        # In a cell: so all rows have the same formulas.
        nth = desk.steps.add(f"nth.{number}", str(number), number)
        place = _sorted(desk, total, nth, _place)
        place_cell = desk.step(f"gaps.place.{number}", f"{number}：在清单中的行", place)
        _row(desk, sheet, total, number, place_cell)
    last = sheet.row - 1
    desk.book.define("out_findings_labels", run_of(sheet, 2, first, last))
    desk.book.define("out_findings_kinds", run_of(sheet, 3, first, last))
    # Rows that nothing has filled are but lines, on paper above all.
    sheet.highlights.append(Highlight(f"A{first}:I{last}", f"$B{first}", ("",), "unused"))
    for kind in kinds:
        style = "bad" if kind in (WRONG, LATE) else "doubt"
        sheet.highlights.append(Highlight(f"C{first}:C{last}", f"C{first}", (kind,), style))
    more = op(
        op("另有", "&", op(total, "-", block.rows)), "&", "处没有列出，处理以上各处后自动列出。"
    )
    wide(sheet, 1, 9, if_(op(total, ">", block.rows), more, ""), "note")
    cell = f"A{sheet.row}"
    sheet.highlights.append(Highlight(cell, cell, ("另有",), "doubt"))
    sheet.next_row()
    sheet.next_row()


def _place(kind: str, number: Operand) -> Expr:
    """Where in the gathered list the n-th of a kind stands."""
    return call("MATCH", number, counts_of(kind), 0)


def _summary(desk: Desk, sheet: Sheet, total: Ref) -> None:
    words: Expr | None = None
    for kind in kinds_of(desk.layout):
        part = op(op(f"{kind}", "&", count_of(kind)), "&", "处")
        words = part if words is None else op(op(words, "&", "，"), "&", part)
    assert words
    sheet.put(1, None, "body")
    sheet.put(2, "合计", "body_strong")
    count: Expr = op(total, "&", "处")
    none: Operand = _NOTHING
    if begun := _begun(desk):
        # Nothing is wrong where nothing is said: that is no good news yet.
        blank = call("AND", eq(total, 0), eq(begun, 0))
        count, none = if_(blank, "—", count), if_(eq(begun, 0), _NOTHING_YET, _NOTHING)
    sheet.put(3, count, "verdict")
    wide(sheet, 4, 9, if_(eq(total, 0), none, words), "computed")
    for cell, clear in ((f"C{sheet.row}", "0处"), (f"D{sheet.row}", _NOTHING)):
        sheet.highlights.append(Highlight(cell, cell, (clear,), "good"))
    sheet.next_row(2)


_NOTHING, _NOTHING_YET = "没有发现缺漏和错误", "尚未登记"
_ASKING = (ChecklistBlock, StepsBlock, TableBlock, TimelineBlock, VerdictBlock)
"""Blocks that want something to be filled from the beginning."""


def _begun(desk: Desk) -> Expr | None:
    """How many rows of registers are in use; None where a blank workbook has findings anyhow."""
    if any(isinstance(block, _ASKING) for block in blocks(desk.layout)):
        return None
    lists = [(listing_of(desk, each).group, each.rows) for each in registers(desk.layout)]
    return call("SUM", *(used_rows(desk, *each) for each in lists)) if lists else None


_UNTIL = {LATE: "late", DOUBTED: "doubted"}


def _sorted(desk: Desk, total: Ref, number: Ref, of: Callable[[str, Operand], Operand]) -> Expr:
    """What belongs to the kind of the n-th, and to which of that kind it is; "" if there are not
    so many."""
    kinds = kinds_of(desk.layout)
    until: list[Ref] = [count_of(kinds[0])]
    for place, kind in enumerate(kinds[1:-1], 1):
        words = "、".join(f"{each}的" for each in kinds[: place + 1])
        sum_ = op(until[-1], "+", count_of(kind))
        until.append(desk.step(f"gaps.until_{_UNTIL[kind]}", f"{words}处数", sum_))
    until.append(total)
    found: Operand = ""
    for place, kind in reversed(list(enumerate(kinds))):
        nth = op(number, "-", until[place - 1]) if place else number
        found = if_(op(number, "<=", until[place]), of(kind, nth), found)
    return lift(found)


def _row(desk: Desk, sheet: Sheet, total: Ref, nth: int, place: Ref) -> None:
    number = Ref(f"gaps.number.{nth}")
    desk.book.places[number.id] = sheet.put(1, nth, "body_center")

    def shown(content: Expr) -> Expr:
        return if_(eq(place, ""), "", content)

    def listed(column: str) -> Expr:
        return call("INDEX", Ref(column), place)

    def reason(kind: str, _: Operand) -> Expr:
        found = call("INDEX", reasons_of(kind), place)
        return purpose_of(found) if kind == NEEDED else found

    sheet.put(2, shown(listed(LABELS)), "body")
    sheet.put(3, _sorted(desk, total, number, lambda kind, _: kind), "state")
    wide(sheet, 4, 8, _sorted(desk, total, number, reason), "computed")
    # A blank row leads nowhere: without a place there is no link at all.
    sheet.put(9, shown(link_to(place)), "link")
    sheet.heights[sheet.row] = _HEIGHT
    sheet.next_row()


_HEIGHT = 33.0
"""Two lines."""
