"""Letter: a form to print, sign and seal, on one upright page, filled from other cells."""

from __future__ import annotations

from generator.model.edition import FactType, Paper
from generator.model.layout import LetterBlock, RegisterBlock
from generator.rules.excel.conditions import PENDING, paper_cells
from generator.rules.excel.scope import YES, Scope
from generator.rules.formula import Expr, Ref, eq, if_, op
from generator.workbook.blocks.letter_rows import (
    LETTER_COLUMNS,
    Picked,
    Shown,
    list_block,
    picked_row,
    shown_in,
)
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, plain_fact, wide, width_of
from generator.workbook.styles import text_lines

_LAST = len(LETTER_COLUMNS)
_LINE = 20.0
_SIGN_HEIGHT = 76.0
_TITLE_HEIGHT, _GAP = 48.0, 8.0
_INDENT = "　　"
_NOBODY = "＿" * 12


def draw_letter(desk: Desk, sheet: Sheet, block: LetterBlock) -> None:
    """Draw a form; what is above its title is for the screen alone."""
    paper = desk.edition.papers[block.paper]
    picked = _picks(desk, sheet, block)
    note = (
        "本页自动填写，用于打印、签字、盖章；有误的，请到填写的工作表改。灰色的“待填”填全后消失。"
    )
    wide(sheet, 1, _LAST, note, "note")
    sheet.next_row(text_lines(note, width_of(sheet, 1, _LAST)))
    sheet.prints_from = sheet.row
    _opening(desk, sheet, block, paper)
    _rows(desk, sheet, block, picked)
    _enclosures(desk, sheet, block)
    _basis(desk, sheet, paper)
    _signatures(desk, sheet, paper)


# What stands above the rows -----------------------------------------------------------------------


def _opening(desk: Desk, sheet: Sheet, block: LetterBlock, paper: Paper) -> None:
    wide(sheet, 1, _LAST, block.title, "paper_title")
    sheet.heights[sheet.row] = _TITLE_HEIGHT
    sheet.next_row()
    receivers = "、".join(desk.edition.roles[role].label for role in paper.received_by)
    words = [f"{receivers or _NOBODY}：", *(f"{_INDENT}{line}" for line in block.words.split("\n"))]
    for line in words:
        wide(sheet, 1, _LAST, line, "paper_text")
        sheet.heights[sheet.row] = 4 + _LINE * text_lines(line, width_of(sheet, 1, _LAST) * 0.88)
        sheet.next_row()
    sheet.heights[sheet.row] = _GAP
    sheet.next_row()


def _picks(desk: Desk, sheet: Sheet, block: LetterBlock) -> Picked | None:
    """The input that says which row is printed, and the row."""
    source = list_block(desk.layout, block.picks) if block.picks else None
    if block.picks is None or source is None:
        return None
    if isinstance(source, RegisterBlock):
        key, type_ = source.key.label, FactType.DATE if source.key.of else FactType.TEXT
    else:
        key, type_ = desk.edition.tables[source.table].key_label, FactType.TEXT
    label = f"打印哪一行（填{key}；空着即为最后一行）"
    fact = plain_fact(f"pick_{block.paper}", label, type_)
    picked = picked_row(desk, block, source.rows, fact)
    wide(sheet, 1, 2, label, "body_strong")
    desk.input(sheet, 3, fact, f"in_{fact.id}")
    found = op(op("第", "&", picked.place), "&", "行")
    wanted = picked.scope.text(fact.id)
    none = if_(eq(wanted, ""), "表中还没有填写", "表中没有这一行，请核对")
    sheet.put(4, if_(eq(picked.place, 0), none, found), "state")
    cell = f"D{sheet.row}"
    sheet.highlights.append(Highlight(cell, cell, ("表中还没有",), "pending"))
    sheet.highlights.append(Highlight(cell, cell, ("表中没有",), "bad"))
    sheet.next_row(text_lines(label, width_of(sheet, 1, 2)))
    return picked


# Rows ---------------------------------------------------------------------------------------------


def _rows(desk: Desk, sheet: Sheet, block: LetterBlock, picked: Picked | None) -> None:
    first = sheet.row
    waiting: Shown | None = None
    for row in block.rows:
        shown = shown_in(desk, row, picked)
        if shown.half and waiting is None:
            waiting = shown
            continue
        if waiting is not None:
            halves = (waiting, shown) if shown.half else (waiting,)
            _line(sheet, halves)
            waiting = None
            if shown.half:
                continue
        _line(sheet, (shown,))
    if waiting is not None:
        _line(sheet, (waiting,))
    area = f"B{first}:D{sheet.row - 1}"
    sheet.highlights.append(Highlight(area, f"B{first}", (PENDING,), "aside"))


def _line(sheet: Sheet, shown: tuple[Shown, ...]) -> None:
    """One row over the whole width, or two halves beside each other."""
    lines = 1
    for place, each in enumerate(shown):
        label, value = 2 * place + 1, 2 * place + 2
        last = value if len(shown) > 1 else _LAST
        sheet.put(label, each.label, "paper_label")
        content = each.content
        wide(sheet, value, last, content, each.style)
        lines = max(lines, each.lines, text_lines(each.label, LETTER_COLUMNS[0] + 1.5))
    _close(sheet, lines)


def _close(sheet: Sheet, lines: int) -> None:
    """Close a row of the form's own size of letters."""
    sheet.heights[sheet.row] = 6 + 14.5 * lines
    sheet.next_row()


# What is enclosed, on what it rests, who signs ----------------------------------------------------


def _enclosures(desk: Desk, sheet: Sheet, block: LetterBlock) -> None:
    if not block.encloses:
        return
    wide(sheet, 1, _LAST, "附件（☑ 已备　□ 未备）", "paper_heading")
    _close(sheet, 1)
    papers = [desk.edition.papers[id] for id in block.encloses]
    for first in range(0, len(papers), 2):
        lines = 1
        for place, column in ((first, 1), (first + 1, 3)):
            # The last one may have nothing beside it.
            enclosed = _enclosed(desk, papers[place], place + 1) if place < len(papers) else None
            wide(sheet, column, column + 1, enclosed, "paper_value")
            words = papers[place].label if place < len(papers) else ""
            lines = max(lines, text_lines(f"□ 9. {words}（须提交）", width_of(sheet, 1, 2)))
        _close(sheet, lines)


def _enclosed(desk: Desk, paper: Paper, number: int) -> Expr:
    """☑ 1. 审计报告（须提交）: whether it is there, and whether it has to be."""
    cells = paper_cells(desk.scope, paper)
    sign = if_(eq(_ready(desk, paper), YES), "☑", if_(eq(cells.truth, 0), "—", "□"))
    return op(op(op(sign, "&", f" {number}. {paper.label}（"), "&", cells.says), "&", "）")


def _ready(desk: Desk, paper: Paper) -> Ref:
    """Whether people say that a paper is there, as text."""
    fact = plain_fact(f"{paper.id}_ready", f"{paper.label}：已备", FactType.YESNO)
    scope = Scope(
        desk.edition,
        desk.steps,
        lambda id: Ref(f"in_paper_{id}"),
        prefix="enclosed.",
        facts={fact.id: fact},
    )
    return scope.text(fact.id)


def _basis(desk: Desk, sheet: Sheet, paper: Paper) -> None:
    edition = desk.edition
    basis = f"《{edition.title}》{paper.law.citation}"
    sheet.put(1, "依据", "paper_label")
    wide(sheet, 2, _LAST, basis, "paper_value", link=paper.law.excel_name)
    _close(sheet, text_lines(basis, width_of(sheet, 2, _LAST)))


def _signatures(desk: Desk, sheet: Sheet, paper: Paper) -> None:
    """A box for the one who hands it in, and one for the opinion of each who receives it."""
    roles = desk.edition.roles
    by = "申请（报送）单位"
    if len(paper.prepared_by) == 1 and not roles[paper.prepared_by[0]].open:
        by = roles[paper.prepared_by[0]].label
    day = f"年{_INDENT}月{_INDENT}日{_INDENT}"
    signed = f"负责人（签字）：{_INDENT * 4}（盖章）{_INDENT}\n\n{day}\n"
    opinions = [f"{roles[role].label}意见" for role in paper.received_by]
    for label in (by, *(opinions or ["接收单位意见"])):
        sheet.put(1, label, "paper_label")
        wide(sheet, 2, _LAST, signed, "paper_seal")
        sheet.heights[sheet.row] = _SIGN_HEIGHT
        sheet.stretches.append(sheet.row)
        sheet.next_row()
