"""Duties: what a regulation lays on an organ, a row each, with its state, date and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.contents import DUTY_COLUMNS, DUTY_STATES
from generator.model.edition import Duty, Fact, FactType
from generator.model.layout import DutiesBlock, Layout, MeasuresBlock
from generator.rules.formula import Expr, Ref, call, op
from generator.rules.prose import strength_word
from generator.workbook.asked import blocks
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import (
    INPUT_STYLES,
    Desk,
    enumerated,
    headings,
    plain_fact,
    run_of,
    wide,
    width_of,
)
from generator.workbook.sheets import duties_of
from generator.workbook.styles import text_lines

DUTY_WIDTHS = (5.0, 13.0, 58.0, 22.0, 21.0, 12.0, 14.0, 24.0, 21.0)

_NOTE = (
    "“状态”从下拉列表中选择。“不得”一类，已经落实、没有违反的选“已办”；"
    "“可以”一类不办也不违反规定，用不上的选“不适用”。各行按办法逐项归纳，以条文为准。"
)


def duty_state() -> Fact:
    """How far a duty is met; all duties share its list of choices."""
    return Fact(
        "duty_state",
        "状态",
        "这一项办得怎样？",
        FactType.CHOICE,
        None,
        0,
        False,
        "",
        DUTY_STATES,
        None,
        None,
    )


def duty_name(duty: str, role: str, column: str) -> str:
    """The name of an input beside a duty; two strokes keep pairs of ids apart."""
    return f"in_duty_{duty}__{role}__{column}"


def draw_duties(desk: Desk, sheet: Sheet, block: DutiesBlock) -> None:
    """Draw the duties of a role."""
    assert block.role
    last = len(DUTY_WIDTHS)
    wide(sheet, 1, last, block.title, "heading_left")
    sheet.heights[sheet.row] = 26
    sheet.next_row()
    wide(sheet, 1, last, _NOTE, "note")
    sheet.next_row(text_lines(_NOTE, width_of(sheet, 1, last)))
    headings(sheet, ("序号", "职责", "内容", "时间", "对象", "状态", "日期", "佐证、文号", "依据"))
    sheet.freeze_row = sheet.row
    first = sheet.row
    for number, duty in enumerate(duties_of(desk.edition, block.role), 1):
        _row(desk, sheet, number, duty, block.role)
    bottom = sheet.row - 1
    desk.book.spans[_states(block.role)] = run_of(sheet, 6, first, bottom)
    dated = plain_fact("duty_date", "日期", FactType.DATE)
    for letter, fact in (("F", duty_state()), ("G", dated)):
        validation = desk.validation(fact, f"{letter}{first}:{letter}{bottom}")
        assert validation
        sheet.validations.append(validation)
    area = f"F{first}:F{bottom}"
    for word, style in (("已办", "good"), ("在办", "doubt"), ("未办", "bad"), ("不适用", "aside")):
        sheet.highlights.append(Highlight(area, f"F{first}", (word,), style))
    sheet.filter = f"A{first - 1}:I{bottom}"
    sheet.next_row()


def _row(desk: Desk, sheet: Sheet, number: int, duty: Duty, role: str) -> None:
    roles, papers = desk.edition.roles, desk.edition.papers
    content = duty.what
    if duty.condition:
        content += f"\n条件：{duty.condition}"
    if duty.papers:
        content += f"\n材料：{enumerated(papers[id].label for id in duty.papers)}"
    toward = "、".join(roles[id].label for id in duty.toward)
    word = strength_word(duty.strength, duty.degree)
    texts = (word, content, duty.when or "—", toward or "—")
    styles = ("body_center", "body", "body", "body")
    sheet.put(1, number, "body_center")
    for column, (text, style) in enumerate(zip(texts, styles, strict=True), 2):
        sheet.put(column, text, style)
    for column, (suffix, (_, type_)) in enumerate(DUTY_COLUMNS.items(), 6):
        name = duty_name(duty.id, role, suffix)
        place = sheet.put(column, desk.fillings.get(name), INPUT_STYLES[type_])
        desk.book.define(name, place)
    desk.law(sheet, 9, duty.law)
    lines = [text_lines(text, sheet.widths[column]) for column, text in enumerate(texts, 1)]
    sheet.next_row(max(*lines, text_lines(duty.law.citation, sheet.widths[8] * 1.1)))


def _states(role: str) -> str:
    return f"duties.{role}.states"


def duty_progress(desk: Desk, role: str) -> Expr:
    """已办 3 / 34: of the duties of a role that apply, how many are done."""
    return _progress(_counted(desk, role, "done"), _applying(desk, role))


def duties_progress(desk: Desk, roles: Iterable[str]) -> Expr:
    """The same of several roles together."""
    pairs = [(_counted(desk, role, "done"), _applying(desk, role)) for role in roles]
    done, applying = (call("SUM", *column) for column in zip(*pairs, strict=True))
    return _progress(done, applying)


def _progress(done: Expr, applying: Expr) -> Expr:
    return op(op(op("已办 ", "&", done), "&", " / "), "&", applying)


def _applying(desk: Desk, role: str) -> Ref:
    aside = _counted(desk, role, "not_applicable")
    label = f"{desk.edition.roles[role].label}：适用的项数"
    applying = op(len(duties_of(desk.edition, role)), "-", aside)
    return desk.step(f"duties.{role}.applying", label, applying)


def _counted(desk: Desk, role: str, state: str) -> Ref:
    label = f"{desk.edition.roles[role].label}：{DUTY_STATES[state]}的项数"
    counted = call("COUNTIF", Ref(_states(role)), DUTY_STATES[state])
    return desk.step(f"duties.{role}.{state}", label, counted)


def listed_roles(layout: Layout) -> Iterator[str]:
    """The roles whose duties a workbook lists."""
    for block in blocks(layout):
        if isinstance(block, DutiesBlock) and block.role:
            yield block.role


def duty_facts(layout: Layout) -> tuple[Fact, ...]:
    """The facts that lists of duties or measures bring along: their choice of states."""
    lists = (DutiesBlock, MeasuresBlock)
    return (duty_state(),) if any(isinstance(block, lists) for block in blocks(layout)) else ()
