"""Findings: everything wrong, late or still to fill, a row each that appears by itself."""

from __future__ import annotations

from generator.model.layout import FindingsBlock
from generator.rules.formula import Expr, Ref, call, eq, if_, op
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, headings, run_of, section, wide, width_of
from generator.workbook.gaps import (
    COUNT,
    KINDS,
    LABELS,
    LATE,
    NEEDED,
    REASONS,
    SORTS,
    TARGETS,
    WRONG,
    count_of,
)
from generator.workbook.styles import text_lines

_NOTE = (
    "先列有误的，再列逾期的，然后是还需填写的。“还需填写”只列仍影响结论、期限的空白，其余空着的不列。"
    "改好、填好之后，相应的行自动消失；点“前往”跳到该单元格。"
)


def draw_findings(desk: Desk, sheet: Sheet, block: FindingsBlock) -> None:
    """Draw the list; `out_findings_count` says how many there are, `out_findings_labels` and
    `out_findings_kinds` hold the first of them, "" below the last."""
    section(sheet, block.title)
    total = desk.step(
        "gaps.total", "缺漏与错误的处数", call("SUM", *(count_of(kind) for kind in KINDS))
    )
    desk.result("out_findings_count", total)
    _summary(sheet, total)
    wide(sheet, 1, 9, _NOTE, "note")
    sheet.next_row(text_lines(_NOTE, width_of(sheet, 1, 9)))
    headings(sheet, ("序号", "项目", "类别", "说明", "", "", "", "", "位置"))
    first = sheet.row
    places = desk.run(
        "gaps.place",
        [
            (f"第{number}处在清单中的行", _place(total, number))
            for number in range(1, block.rows + 1)
        ],
    )
    for number in range(1, block.rows + 1):
        _row(sheet, number, Ref(f"{places.id}.{number}"))
    last = sheet.row - 1
    desk.book.define("out_findings_labels", run_of(sheet, 2, first, last))
    desk.book.define("out_findings_kinds", run_of(sheet, 3, first, last))
    for kind, style in ((WRONG, "bad"), (LATE, "bad"), (NEEDED, "doubt")):
        sheet.highlights.append(Highlight(f"C{first}:C{last}", f"C{first}", (kind,), style))
    more = op(
        op("另有", "&", op(total, "-", block.rows)), "&", "处没有列出，处理以上各处后自动列出。"
    )
    wide(sheet, 1, 9, if_(op(total, ">", block.rows), more, ""), "note")
    cell = f"A{sheet.row}"
    sheet.highlights.append(Highlight(cell, cell, ("另有",), "doubt"))
    sheet.next_row()
    sheet.next_row()


def _summary(sheet: Sheet, total: Ref) -> None:
    words: Expr | None = None
    for kind in KINDS:
        part = op(op(f"{kind}", "&", count_of(kind)), "&", "处")
        words = part if words is None else op(op(words, "&", "，"), "&", part)
    assert words
    sheet.put(1, None, "body")
    sheet.put(2, "合计", "body_strong")
    sheet.put(3, op(total, "&", "处"), "verdict")
    wide(sheet, 4, 9, if_(eq(total, 0), _NOTHING, words), "computed")
    for cell, clear in ((f"C{sheet.row}", "0处"), (f"D{sheet.row}", _NOTHING)):
        sheet.highlights.append(Highlight(cell, cell, (clear,), "good"))
    sheet.next_row(2)


_NOTHING = "没有发现缺漏和错误"


def _place(total: Ref, number: int) -> Expr:
    """Where in the gathered list the n-th stands; 0 if there are not so many."""
    return if_(op(total, "<", number), 0, call("MATCH", number, Ref(COUNT), 0))


def _row(sheet: Sheet, number: int, place: Ref) -> None:
    def shown(content: Expr | int) -> Expr:
        return if_(eq(place, 0), "", content)

    def listed(column: str) -> Expr:
        return call("INDEX", Ref(column), place)

    sheet.put(1, shown(number), "body_center")
    sheet.put(2, shown(listed(LABELS)), "body")
    sheet.put(3, shown(listed(SORTS)), "state")
    wide(sheet, 4, 8, shown(listed(REASONS)), "computed")
    # A blank row leads nowhere: without a place there is no link at all.
    sheet.put(9, shown(call("HYPERLINK", op("#", "&", listed(TARGETS)), "前往")), "link")
    sheet.heights[sheet.row] = _HEIGHT
    sheet.next_row()


_HEIGHT = 33.0
"""Two lines."""
