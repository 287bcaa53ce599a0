"""Progress: how much is filled, what is wrong, the next deadline, what is overdue."""

from __future__ import annotations

from generator.model.edition import Deadline, Recurring
from generator.model.layout import FormBlock, ProgressBlock, TimelineBlock
from generator.rules.excel.dates import AS_OF
from generator.rules.formula import Expr, Ref, call, eq, if_, op
from generator.workbook.blocks.table import row_prefix
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, section, wide


def draw_progress(desk: Desk, sheet: Sheet, block: ProgressBlock) -> None:
    """Draw the progress of a project."""
    section(sheet, block.title)
    _as_of(desk, sheet)
    facts = _asked(desk)
    filled = desk.step(
        "progress.filled", "已填项数", call("SUM", *(desk.scope.known(fact) for fact in facts))
    )
    errors = desk.step("progress.errors", "填写有误项数", call("SUM", *_wrong(desk, facts)))
    remark = op(errors, "&", " 处，见各表的填写情况、状态和判定结果")
    rows: list[tuple[str, Expr, str]] = [
        ("表单填写进度", op(op(filled, "&", " / "), "&", str(len(facts))), "computed"),
        ("填写有误", if_(eq(errors, 0), "无", remark), "computed"),
    ]
    deadlines = _deadlines(desk)
    if deadlines:
        upcoming = _upcoming(desk, deadlines)
        rows.append(("下一个期限", _name_of_next(desk, deadlines, upcoming), "computed"))
        rows.append(("其截止日", if_(eq(upcoming, ""), "—", upcoming), "computed_date_left"))
        rows.append(("已过期限", _overdue(desk, deadlines), "computed"))
    for label, content, style in rows:
        sheet.put(1, None, "body")
        sheet.put(2, label, "body_strong")
        wide(sheet, 3, len(sheet.widths), content, style)
        if label in ("填写有误", "已过期限"):
            cell = f"C{sheet.row}"
            sheet.highlights.append(Highlight(cell, cell, ("无",), "good"))
            sheet.highlights.append(Highlight(cell, cell, ("?",), "bad"))
        sheet.next_row()
    sheet.next_row()


def _as_of(desk: Desk, sheet: Sheet) -> None:
    fact = desk.facts[AS_OF]
    sheet.put(1, None, "body")
    sheet.put(2, fact.label, "body_strong")
    desk.input(sheet, 3, fact, f"in_{fact.id}")
    wide(sheet, 4, len(sheet.widths), f"{fact.ask}{fact.help}", "help")
    sheet.next_row()


def _asked(desk: Desk) -> list[str]:
    blocks = [block for each in desk.layout.sheets for block in each.blocks]
    return [id for block in blocks if isinstance(block, FormBlock) for id in block.fields]


def _wrong(desk: Desk, facts: list[str]) -> list[Ref]:
    """Cells that count what is filled in wrongly: in forms, tables and beside deadlines."""
    forms = [
        desk.step(
            f"progress.wrong.{fact}",
            f"{desk.facts[fact].label}：填写有误",
            if_(eq(desk.scope.problem(fact), ""), 0, 1),
        )
        for fact in (*facts, AS_OF)
    ]
    beside = [Ref(f"deadline.{deadline.id}.wrong") for deadline in _deadlines(desk)]
    tables = [
        Ref(f"{row_prefix(desk.edition.tables[table], number)}wrong")
        for table, rows in desk.table_rows().items()
        for number in range(1, rows + 1)
    ]
    return [*forms, *beside, *tables]


# Deadlines --------------------------------------------------------------------------------------


def _deadlines(desk: Desk) -> list[Deadline]:
    blocks = [block for each in desk.layout.sheets for block in each.blocks]
    ids = [id for block in blocks if isinstance(block, TimelineBlock) for id in block.deadlines]
    return [desk.edition.deadlines[id] for id in ids]


def _upcoming(desk: Desk, deadlines: list[Deadline]) -> Ref:
    days = [Ref(f"deadline.{deadline.id}.ahead") for deadline in deadlines]
    earliest = desk.step("progress.earliest", "最近的截止日（无则为0）", call("MIN", *days))
    return desk.step("progress.next", "下一个截止日", if_(eq(earliest, 0), "", earliest))


def _name_of_next(desk: Desk, deadlines: list[Deadline], upcoming: Ref) -> Expr:
    expr: Expr | str = ""
    for deadline in reversed(deadlines):
        same = eq(Ref(f"deadline.{deadline.id}.ahead"), upcoming)
        expr = if_(same, deadline.label, expr)
    pending = [
        desk.step(
            f"progress.pending.{deadline.id}",
            f"{deadline.label}：尚缺起算日期",
            if_(eq(Ref(f"deadline.{deadline.id}.needed"), ""), 0, 1),
        )
        for deadline in deadlines
    ]
    missing = op(call("SUM", *pending), ">", 0)
    none = if_(missing, "暂无；填写起算日期后显示", "没有未到的期限")
    return if_(eq(upcoming, ""), none, expr)


def _overdue(desk: Desk, deadlines: list[Deadline]) -> Expr:
    """The overdue ones by name; for recurring ones how many times."""
    before: Expr | None = None
    for deadline in deadlines:
        missed = Ref(f"deadline.{deadline.id}.overdue")
        words: Expr | str = deadline.label
        if isinstance(deadline.schedule, Recurring):
            words = op(op(f"{deadline.label}（", "&", missed), "&", "次）")
        if before is not None:
            gap = if_(eq(before, ""), "", "；")
            words = op(op(before, "&", gap), "&", words)
        expr = if_(op(missed, ">", 0), words, before if before is not None else "")
        before = desk.step(f"progress.overdue.{deadline.id}", "已过期限的事项", expr)
    assert before is not None
    return if_(eq(before, ""), "无", before)
