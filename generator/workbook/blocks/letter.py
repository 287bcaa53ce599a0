"""Letter: a form to print, sign and seal, on one upright page, filled from other cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.edition import FactType, Paper
from generator.model.layout import LetterBlock, RegisterBlock
from generator.rules.excel.conditions import PENDING, paper_cells
from generator.rules.excel.scope import YES, Scope
from generator.rules.formula import Expr, Ref, eq, if_, op
from generator.workbook.blocks.letter_rows import (
    LABEL_WIDTH,
    LETTER_COLUMNS,
    Picked,
    Shown,
    list_block,
    picked_row,
    shown_in,
)
from generator.workbook.book import Highlight, Sheet, Validation
from generator.workbook.desk import Desk, letter_box, plain_fact, wide, width_of
from generator.workbook.styles import text_lines

_LAST = len(LETTER_COLUMNS)
_LINE = 20.0
_SIGN_HEIGHT = 76.0
_TITLE_HEIGHT, _GAP = 48.0, 8.0
_INDENT = "　　"
_NOBODY = "＿" * 12
_NOTE = (
    "自动填写的各栏有误的，到填写的工作表改；灰色的“待填”填全后消失。黄色的空白处可以打字，"
    "也可以打印后手写；写不下的，把那一行拉高。标题以上不打印。"
)


def draw_letter(desk: Desk, sheet: Sheet, block: LetterBlock) -> None:
    """Draw a form; what is above its title is for the screen alone."""
    paper = desk.edition.papers[block.paper]
    picked = _picks(desk, sheet, block)
    wide(sheet, 1, _LAST, _NOTE, "note")
    sheet.next_row(text_lines(_NOTE, width_of(sheet, 1, _LAST)))
    first = sheet.row
    _for_the_screen(desk, sheet, block, picked)
    sheet.prints_from = sheet.row
    _opening(desk, sheet, block, paper)
    _rows(desk, sheet, block, picked)
    area = f"B{first}:D{sheet.row - 1}"
    sheet.highlights.append(Highlight(area, f"B{first}", (PENDING,), "aside"))
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
    label = f"打印哪一行（选{key}；空着即为最后一行）"
    fact = plain_fact(f"pick_{block.paper}", label, type_)
    picked = picked_row(desk, block, source.rows, fact)
    wide(sheet, 1, 2, label, "body_strong")
    error = f"请选表中已经填写的{key}，或者空着。"
    check = Validation("", "list", (f"tb_{block.picks}_key",), "", "", error)
    desk.input(sheet, 3, fact, f"in_{fact.id}", check=check)
    found = op(op("第", "&", picked.place), "&", "行")
    wanted = picked.scope.text(fact.id)
    none = if_(eq(wanted, ""), "表中还没有填写", "表中没有这一行，请核对")
    sheet.put(4, if_(eq(picked.place, 0), none, found), "state")
    cell = f"D{sheet.row}"
    sheet.highlights.append(Highlight(cell, cell, ("表中还没有",), "pending"))
    sheet.highlights.append(Highlight(cell, cell, ("表中没有",), "bad"))
    sheet.next_row(text_lines(label, width_of(sheet, 1, 2)))
    return picked


def _for_the_screen(desk: Desk, sheet: Sheet, block: LetterBlock, picked: Picked | None) -> None:
    """What the workbook itself concludes: it is no part of what people sign and seal."""
    for row in block.rows:
        if row.screen:
            shown = shown_in(desk, block, row, picked)
            sheet.put(1, shown.label, "body_strong")
            wide(sheet, 2, _LAST, shown.content, "computed")
            sheet.next_row(max(shown.lines, text_lines(shown.label, LETTER_COLUMNS[0])))


# Rows ---------------------------------------------------------------------------------------------


def _rows(desk: Desk, sheet: Sheet, block: LetterBlock, picked: Picked | None) -> None:
    waiting: Shown | None = None
    for row in block.rows:
        if row.screen:
            continue
        shown = shown_in(desk, block, row, picked)
        if shown.half and waiting is None:
            waiting = shown
            continue
        if waiting is not None:
            halves = (waiting, shown) if shown.half else (waiting,)
            _line(desk, sheet, block, halves)
            waiting = None
            if shown.half:
                continue
        _line(desk, sheet, block, (shown,))
    if waiting is not None:
        _line(desk, sheet, block, (waiting,))


def _line(desk: Desk, sheet: Sheet, block: LetterBlock, shown: tuple[Shown, ...]) -> None:
    """One row over the whole width, or two halves beside each other."""
    lines = 1
    for place, each in enumerate(shown):
        label, value = 2 * place + 1, 2 * place + 2
        last = value if len(shown) > 1 else _LAST
        sheet.put(label, each.label, "paper_label")
        wide(sheet, value, last, each.content, each.style)
        if each.asks:
            desk.input(sheet, value, each.asks, letter_box(block.paper, each.asks.id), each.style)
        lines = max(lines, each.lines, text_lines(each.label, LABEL_WIDTH))
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
    papers = _numbered([desk.edition.papers[id] for id in block.encloses])
    for first in range(0, len(papers), 2):
        lines = 1
        for place, column in ((first, 1), (first + 1, 3)):
            # The last one may have nothing beside it.
            words, paper = papers[place] if place < len(papers) else ("", None)
            enclosed = _enclosed(desk, paper, words) if paper else None
            wide(sheet, column, column + 1, enclosed, "paper_value")
            lines = max(lines, text_lines(f"□ {words}（须提交）", width_of(sheet, 1, 2)))
        _close(sheet, lines)


def _numbered(papers: Sequence[Paper]) -> list[tuple[str, Paper]]:
    """1. and 2., and behind a paper its forms under its own number: 2（1） and 2（2）."""
    listed = {paper.id for paper in papers}

    def with_forms(paper: Paper, number: str, sign: str) -> Iterator[tuple[str, Paper]]:
        yield f"{number}{sign}{paper.label}", paper
        forms = (each for each in papers if each.form_of == paper.id)
        for place, each in enumerate(forms, 1):
            yield from with_forms(each, f"{number}（{place}）", "")

    own = (paper for paper in papers if paper.form_of not in listed)
    return [
        pair for number, paper in enumerate(own, 1) for pair in with_forms(paper, str(number), ". ")
    ]


def _enclosed(desk: Desk, paper: Paper, words: str) -> Expr:
    """☑ 1. 审计报告（须提交）: whether it is there, and whether it has to be."""
    cells = paper_cells(desk.scope, paper)
    sign = if_(eq(_ready(desk, paper), YES), "☑", if_(eq(cells.truth, 0), "—", "□"))
    return op(op(op(sign, "&", f" {words}（"), "&", cells.says), "&", "）")


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
