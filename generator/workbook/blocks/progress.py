"""Progress: how much is filled, how far each stage is, the next deadline, what is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from generator.model.edition import Deadline, Edition, FactType, Recurring
from generator.model.layout import FindingsBlock, Layout, ProgressBlock, RegisterBlock, TableBlock
from generator.rules.excel.dates import AS_OF
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Ref, call, eq, if_, op
from generator.workbook.asked import OF_ROLE, asked_facts, blocks
from generator.workbook.blocks.duties import duties_progress, listed_roles
from generator.workbook.blocks.register_cells import listing_of, used_rows
from generator.workbook.blocks.steps import stages_shown
from generator.workbook.blocks.timeline import deadlines_shown
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, section, wide
from generator.workbook.gaps import DOUBTED, NEEDED, WRONG, count_of, kinds_of
from generator.workbook.styles import text_lines


@dataclass(frozen=True)
class _Row:
    """A line of the block; `alarming`: whatever else than 无 stands there is red."""

    label: str
    content: Expr
    style: str = "computed"
    alarming: bool = False


def asks_day(edition: Edition, layout: Layout) -> bool:
    """Whether a workbook asks from which day it is seen: where it counts days or steps."""
    counts = bool(deadlines_shown(edition, layout)) or bool(stages_shown(edition, layout))
    return counts and any(isinstance(block, ProgressBlock) for block in blocks(layout))


def draw_progress(desk: Desk, sheet: Sheet, block: ProgressBlock) -> None:
    """Draw the progress of a project."""
    section(sheet, block.title)
    if asks_day(desk.edition, desk.layout):
        _as_of(desk, sheet)
    rows = (_filled, _duties, _lists, _stages, _deadlines)
    for row in (row for found in rows for row in found(desk)):
        sheet.put(1, None, "body")
        sheet.put(2, row.label, "body_strong")
        wide(sheet, 3, len(sheet.widths), row.content, row.style)
        if row.alarming:
            cell = f"C{sheet.row}"
            sheet.highlights.append(Highlight(cell, cell, ("无",), "good"))
            sheet.highlights.append(Highlight(cell, cell, (_NONE_YET,), "pending"))
            sheet.highlights.append(Highlight(cell, cell, ("?",), "bad"))
        sheet.next_row(text_lines(row.label, sheet.widths[1]))
    sheet.next_row()


def _as_of(desk: Desk, sheet: Sheet) -> None:
    fact = desk.facts[AS_OF]
    sheet.put(1, None, "body")
    sheet.put(2, fact.label, "body_strong")
    desk.input(sheet, 3, fact, f"in_{fact.id}")
    wide(sheet, 4, len(sheet.widths), f"{fact.ask}{fact.help}", "help")
    sheet.next_row()


def _filled(desk: Desk) -> Iterator[_Row]:
    # Each organ fills the foot of its own sheet: how many have, says nothing.
    facts = [id for id in asked_facts(desk.layout, desk.edition) if OF_ROLE not in id]
    if facts:
        words = op(op(_count_of_known(desk, facts), "&", " / "), "&", str(len(facts)))
        if any(isinstance(block, FindingsBlock) for block in blocks(desk.layout)):
            # The other blanks make no difference: nobody has to come to the full number.
            words = op(op(op(words, "&", "，还需填写 "), "&", count_of(NEEDED)), "&", " 处")
        yield _Row("表单填写进度", words)
    errors = count_of(WRONG)
    where = "各表的填写情况、状态和判定结果"
    for written in desk.layout.sheets:
        if any(isinstance(block, FindingsBlock) for block in written.blocks):
            where = f"“{written.name}”表"
    remark = op(errors, "&", f" 处，见{where}")
    yield _Row("填写有误", if_(eq(errors, 0), "无", remark), alarming=True)
    if DOUBTED in kinds_of(desk.layout):
        doubts = count_of(DOUBTED)
        remark = op(doubts, "&", f" 处，见{where}")
        yield _Row("请核对", if_(eq(doubts, 0), "无", remark), alarming=True)


def _count_of_known(desk: Desk, facts: Sequence[str]) -> Expr:
    """How many facts are known: of yes and no those that are not ½."""
    scope = desk.scope
    yesno = [fact for fact in facts if desk.facts[fact].type is FactType.YESNO]
    others = [fact for fact in facts if fact not in yesno]
    counts: list[Expr] = []
    if others:
        known = desk.scattered("progress.known", [scope.known(fact) for fact in others])
        counts.append(call("SUM", known))
    if yesno:
        truths = desk.scattered("progress.truths", [scope.truth(fact) for fact in yesno])
        counts.append(op(len(yesno), "-", call("COUNTIF", truths, UNKNOWN)))
    return reduce(lambda one, other: op(one, "+", other), counts)


def _duties(desk: Desk) -> Iterator[_Row]:
    """How many of the duties of all organs are done."""
    if roles := list(listed_roles(desk.layout)):
        yield _Row("职责办理进度", duties_progress(desk, roles))


def _lists(desk: Desk) -> Iterator[_Row]:
    """How many rows of each list are in use."""
    for block in blocks(desk.layout):
        if isinstance(block, TableBlock):
            group, label, rows = block.table, desk.edition.tables[block.table].label, block.rows
        elif isinstance(block, RegisterBlock):
            listing = listing_of(desk, block)
            group, label, rows = listing.group, listing.label, listing.rows
        else:
            continue
        yield _Row(label, op(call("SUM", used_rows(desk, group, rows)), "&", " 行"))


def _stages(desk: Desk) -> Iterator[_Row]:
    for stage in stages_shown(desk.edition, desk.layout):
        done, applying = (Ref(f"stage.{stage.id}.{word}") for word in ("done", "applying"))
        words = op(op("已完成 ", "&", done), "&", " / 适用 ")
        counts = op(op(words, "&", applying), "&", " 步")
        following = Ref(f"stage.{stage.id}.next")
        after = if_(eq(following, ""), "", op("；下一步：", "&", following))
        yield _Row(stage.label, op(counts, "&", after))


# Deadlines --------------------------------------------------------------------------------------


def _deadlines(desk: Desk) -> Iterator[_Row]:
    shown = deadlines_shown(desk.edition, desk.layout)
    deadlines = [desk.edition.deadlines[id] for id in shown]
    if not deadlines:
        return
    days = desk.run(
        "progress.ahead",
        [(f"{each.label}：未到的截止日", _cell(each, "ahead")) for each in deadlines],
    )
    earliest = desk.step("progress.earliest", "最近的截止日（无则为0）", call("MIN", days))
    upcoming = desk.step("progress.next", "下一个截止日", if_(eq(earliest, 0), "", earliest))
    yield _Row("下一个期限", _name_of_next(desk, deadlines, days, upcoming))
    day = if_(eq(upcoming, ""), "—", upcoming)
    yield _Row("其截止日", day, "computed_date_left")
    yield _Row("已过期限", _overdue(desk, deadlines), alarming=True)


def _cell(deadline: Deadline, name: str) -> Ref:
    return Ref(f"deadline.{deadline.id}.{name}")


def _name_of_next(desk: Desk, deadlines: list[Deadline], days: Ref, upcoming: Ref) -> Expr:
    names = desk.run("progress.name", [(f"{each.label}：名称", each.label) for each in deadlines])
    pending = desk.run(
        "progress.pending",
        [
            (f"{each.label}：尚缺起算日期", if_(eq(_cell(each, "needed"), ""), 0, 1))
            for each in deadlines
        ],
    )
    lacking = call("SUM", pending)
    waiting = op(op("暂无；", "&", lacking), "&", "项期限还缺起算日期等推算依据")
    none = if_(op(lacking, ">", 0), waiting, "没有未到的期限")
    found = call("INDEX", names, call("MATCH", upcoming, days, 0))
    return if_(eq(upcoming, ""), none, found)


def _overdue(desk: Desk, deadlines: list[Deadline]) -> Expr:
    """The overdue ones by name; for recurring ones how many times."""
    before: Expr | None = None
    for deadline in deadlines:
        missed = _cell(deadline, "overdue")
        words: Expr | str = deadline.label
        if isinstance(deadline.schedule, Recurring):
            words = op(op(f"{deadline.label}（", "&", missed), "&", "次）")
        if before is not None:
            gap = if_(eq(before, ""), "", "；")
            words = op(op(before, "&", gap), "&", words)
        expr = if_(op(missed, ">", 0), words, before if before is not None else "")
        before = desk.step(f"progress.overdue.{deadline.id}", "已过期限的事项", expr)
    assert before is not None
    # While one of them cannot be told, nobody can say that none has passed.
    none = if_(op(call("SUM", Ref("progress.pending")), ">", 0), _NONE_YET, "无")
    return if_(eq(before, ""), none, before)


_NONE_YET = "暂无"
