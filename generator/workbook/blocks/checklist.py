"""Checklist: papers, whether each is required, whether it is there, with 文号, date, evidence."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.edition import Edition, FactType, Paper
from generator.model.layout import ChecklistBlock, Layout, LetterBlock
from generator.model.problems import suggestion
from generator.rules.excel.conditions import PENDING, REQUIRED, paper_cells
from generator.rules.excel.scope import YES
from generator.rules.excel.stages import NOT_APPLYING
from generator.rules.formula import Ref, eq, if_, op
from generator.workbook.asked import blocks
from generator.workbook.blocks.papers_lacking import (
    ISSUED,
    columns_of,
    draw_lacking,
    issuers_of,
)
from generator.workbook.blocks.steps import noted_of, stages_shown
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, headings, plain_fact, run_of, section, wide
from generator.workbook.styles import text_lines


def draw_checklist(desk: Desk, sheet: Sheet, block: ChecklistBlock) -> None:
    """Draw a checklist of papers."""
    section(sheet, block.title)
    headings(
        sheet,
        ("序号", "材料", "是否需要", "已备", "文号", "日期", "存疑", "佐证、存放位置", "依据"),
    )
    first = sheet.row
    for number, id in enumerate(block.papers, 1):
        _row(desk, sheet, number, desk.edition.papers[id], block.noted.get(id))
    last = sheet.row - 1
    for column, cells in zip((3, 4), columns_of(block), strict=True):
        desk.book.spans[cells.id] = run_of(sheet, column, first, last)
    area = f"C{first}:C{last}"
    sheet.highlights.append(Highlight(area, f"C{first}", (REQUIRED, ISSUED), "good"))
    sheet.highlights.append(Highlight(area, f"C{first}", (PENDING, NOT_APPLYING), "pending"))
    sheet.highlights.append(Highlight(f"G{first}:G{last}", f"G{first}", ("存疑",), "doubt"))
    rows = f"A{first}:I{last}"
    sheet.highlights.append(Highlight(rows, f"$C{first}", (NOT_APPLYING,), "aside"))
    if any(desk.edition.papers[id].open_list for id in block.papers):
        note = "办法所列材料以“等”结尾，本表只列点名的材料；点名的齐备，不等于全部齐备。"
        wide(sheet, 1, 9, note, "note")
        sheet.next_row()
    if block.tells_lacking:
        draw_lacking(desk, sheet, block, f"D{first}:D{last}")
    sheet.next_row()


def _row(desk: Desk, sheet: Sheet, number: int, paper: Paper, step: str | None) -> None:
    cells = paper_cells(desk.scope, paper)
    desk.result(f"out_paper_{paper.id}", cells.word)
    desk.result(f"out_paper_{paper.id}_readings", cells.doubts)
    sheet.put(1, number, "body_center")
    sheet.put(2, paper.label, "body_indent1" if paper.form_of else "body_strong")
    issuers = issuers_of(desk, paper)
    wanted = if_(eq(cells.word, YES), issuers, cells.says) if issuers else cells.says
    sheet.put(3, wanted, "state")
    if step:
        _noted(desk, sheet, step)
    lines = text_lines(issuers, sheet.widths[2])
    for column, (suffix, type_) in enumerate(_COLUMNS, 4):
        if suffix and not step:
            fact = plain_fact(f"{paper.id}_{suffix}", f"{paper.label}：{_LABELS[suffix]}", type_)
            desk.input(sheet, column, fact, f"in_paper_{fact.id}")
            lines = max(lines, desk.filled_lines(f"in_paper_{fact.id}", sheet.widths[column - 1]))
    doubt = if_(eq(cells.doubts, ""), "", op("存疑：", "&", cells.doubts))
    sheet.put(7, doubt, "computed")
    desk.law(sheet, 9, paper.law)
    label = text_lines(paper.label, sheet.widths[1] - (2.2 if paper.form_of else 0))
    if not step:
        # None of its cells is merged: programs make it as high as what is typed.
        sheet.growing.add(sheet.row)
    sheet.next_row(max(lines, label))


def _noted(desk: Desk, sheet: Sheet, id: str) -> None:
    """In place of inputs, the step that notes the paper, how far it is, and the way there."""
    step = desk.edition.steps[id]
    words = op(f"见“{step.label}”：", "&", Ref(f"step.{id}.state"))
    wide(sheet, 4, 6, words, "answer", link=f"in_{noted_of(id)}")
    sheet.put(8, None, "computed")


def checklist_problems(edition: Edition, layout: Layout) -> Iterator[str]:
    """Papers that are said to be noted by a step that this workbook does not show, or that a form
    encloses and so has to know of."""
    shown = {step.id for stage in stages_shown(edition, layout) for step in stage.steps}
    letters = [block for block in blocks(layout) if isinstance(block, LetterBlock)]
    enclosed = {id for letter in letters for id in letter.encloses}
    for block in (each for each in blocks(layout) if isinstance(each, ChecklistBlock)):
        for paper, step in block.noted.items():
            at = f"“{block.title}”的 noted"
            if step not in shown:
                yield f"{at}：本工作簿没有步骤 {step}{suggestion(step, shown) or '。'}"
            if paper in enclosed:
                yield f"{at}：{paper} 是打印表单的附件，须在清单中登记是否已备。"


_COLUMNS = (
    ("ready", FactType.YESNO),
    ("number", FactType.TEXT),
    ("date", FactType.DATE),
    ("", FactType.TEXT),
    ("evidence", FactType.TEXT),
)
_LABELS = {"ready": "已备", "number": "文号", "date": "日期", "evidence": "佐证、存放位置"}
