"""Form: one question a row, its answer, whether it is right, what it means, where it stands."""

from __future__ import annotations

from generator.model.edition import Fact, FactType
from generator.model.layout import FormBlock
from generator.rules.formula import Expr, call, eq, if_, op
from generator.workbook.book import Highlight, Sheet
from generator.workbook.checks import state_beside
from generator.workbook.desk import Desk, headings, section, wide, width_of
from generator.workbook.needs import needed_cell
from generator.workbook.styles import text_lines


def draw_form(desk: Desk, sheet: Sheet, block: FormBlock) -> None:
    """Draw a form."""
    section(sheet, block.title)
    headings(sheet, ("序号", "项目", "填写", "单位", "填写情况", "填写说明", "", "", "依据"))
    first = sheet.row
    for number, id in enumerate(block.fields, 1):
        _row(desk, sheet, number, desk.facts[id])
    area = f"E{first}:E{sheet.row - 1}"
    looks = (("已填", "good"), ("待填", "pending"), (IDLE, "pending"), ("请核对", "doubt"))
    for word, style in looks:
        sheet.highlights.append(Highlight(area, f"E{first}", (word,), style))
    # Whatever else stands there says what is wrong.
    sheet.highlights.append(Highlight(area, f"E{first}", ("?",), "bad"))
    rows = f"A{first}:I{sheet.row - 1}"
    sheet.highlights.append(Highlight(rows, f"$E{first}", (IDLE,), "aside"))
    sheet.next_row()


def _row(desk: Desk, sheet: Sheet, number: int, fact: Fact) -> None:
    sheet.put(1, number, "body_center")
    sheet.put(2, fact.label, "body_strong")
    desk.input(sheet, 3, fact, f"in_{fact.id}")
    sheet.put(4, fact.unit.name if fact.unit else None, "body_center")
    sheet.put(5, desk.state(fact.id), "state")
    explanation = fact.ask if not fact.help else f"{fact.ask}{fact.help}"
    wide(sheet, 6, 8, explanation, "help")
    desk.law(sheet, 9, fact.law)
    sheet.next_row(
        max(
            text_lines(explanation, width_of(sheet, 6, 8) * 1.1),
            text_lines(fact.label, sheet.widths[1]),
            _choice_lines(fact, sheet.widths[2]),
            desk.filled_lines(f"in_{fact.id}", sheet.widths[2]),
            fact.lines,
        )
    )


def _choice_lines(fact: Fact, width: float) -> int:
    if fact.type is not FactType.CHOICE:
        return 1
    return max(text_lines(label, width) for label in fact.choices.values())


def draw_states(desk: Desk) -> None:
    """Say of each answer that a form asks how it stands, when all that may need it is drawn."""
    for id in desk.stated:
        fact = desk.facts[id]
        desk.step(desk.state(id).id, f"{fact.label}：填写情况", _state(desk, fact))


def _state(desk: Desk, fact: Fact) -> Expr:
    """已填, 待填, or what is wrong, alone or beside others; 可不填 where a blank makes no
    difference to anything that is shown."""
    problem, needed = desk.scope.problem(fact.id), needed_cell(fact.id)
    blank = if_(eq(needed, ""), IDLE, "待填") if needed.id in desk.book.places else "待填"
    known = if_(desk.scope.is_known(fact.id), _known_state(desk, fact), blank)
    return if_(op(problem, "<>", ""), problem, state_beside(desk, fact.id, known))


IDLE = "可不填"


def _known_state(desk: Desk, fact: Fact) -> Expr | str:
    """An amount that looks like 元 in a cell of 万元 gets a remark."""
    remark = looks_unusual(desk, fact)
    return if_(remark[0], remark[1], "已填") if remark else "已填"


def looks_unusual(desk: Desk, fact: Fact) -> tuple[Expr, str] | None:
    """When a known amount looks like one of another unit, and what to say then."""
    if fact.type is not FactType.AMOUNT or fact.unit is None:
        return None
    size = call("ABS", desk.scope.steps_of_amount(fact.id))
    large = op(size, ">=", fact.unit.unusual * fact.unit.steps)
    return large, f"请核对：单位是{fact.unit.name}"
