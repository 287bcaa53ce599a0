"""Steps: a row each with its answer, state, 文号, dates and evidence; then which step is next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from generator.model.edition import Edition, Fact, FactType, Stage, Step
from generator.model.layout import ChecklistBlock, Layout, StepsBlock
from generator.rules.excel.conditions import PENDING
from generator.rules.excel.scope import NO_DAY, day_problem
from generator.rules.excel.stages import (
    DONE,
    NEXT,
    NOT_APPLYING,
    UNDONE,
    StageCells,
    needs_of_step,
    stage_cells,
    states_of,
)
from generator.rules.formula import Expr, Ref, call, eq, if_, lift, op
from generator.workbook.asked import blocks
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, enumerated, headings, plain_fact, section, wide, width_of
from generator.workbook.styles import text_lines

_RECORDS = (
    (5, "number", "文号", FactType.TEXT),
    (6, "sent", "送出日期", FactType.DATE),
    (7, "received", "收到、办结日期", FactType.DATE),
    (8, "evidence", "佐证、存放位置", FactType.TEXT),
)
"""What is noted of each step: column, the end of its name, its label, its type."""

_HEADINGS = {"sent": "\n（本单位报出）", "received": "\n（答复或办成）"}
"""The days are those of whoever fills the sheet, not of the one who handles a step."""

_ALL_DONE = "各步已完成或者不适用"


def draw_steps(desk: Desk, sheet: Sheet, block: StepsBlock) -> None:
    """Draw the steps of one or more stages."""
    section(sheet, block.title)
    records = (f"{label}{_HEADINGS.get(name, '')}" for _, name, label, _ in _RECORDS)
    headings(sheet, ("序号", "步骤", "是否办结、哪一天", "状态", *records, "依据"), lines=2)
    stages = [
        stage
        for stage in stages_shown(desk.edition, desk.layout)
        if {step.id for step in stage.steps} & set(block.steps)
    ]
    cells = {stage.id: _stage(desk, stage) for stage in stages}
    stage_of = {step.id: stage for stage in stages for step in stage.steps}
    before: Stage | None = None
    for place, id in enumerate(block.steps):
        stage = stage_of[id]
        if place:
            sheet.begin_section()
        if stage is not before and len(stages) > 1:
            _bar(sheet, stage.label)
        _step(desk, sheet, block, place + 1, cells[stage.id])
        if not any(stage_of[later] is stage for later in block.steps[place + 1 :]):
            _next(desk, sheet, stage, cells[stage.id])
        before = stage
    sheet.next_row()


def stages_shown(edition: Edition, layout: Layout) -> tuple[Stage, ...]:
    """The stages of which a workbook shows steps, with those steps alone."""
    shown = {id for block in blocks(layout) if isinstance(block, StepsBlock) for id in block.steps}
    cut = (
        replace(stage, steps=tuple(step for step in stage.steps if step.id in shown))
        for stage in edition.stages.values()
    )
    return tuple(stage for stage in cut if stage.steps)


def record_facts(edition: Edition, layout: Layout) -> Iterator[Fact]:
    """What is noted of each step that a workbook shows: `in_<id>` is its input."""
    for stage in stages_shown(edition, layout):
        for step in stage.steps:
            for _, name, label, type_ in _RECORDS:
                yield plain_fact(_record(step, name), f"{step.label}：{label}", type_)


def _record(step: Step, name: str) -> str:
    return f"step_{step.id}_{name}"


def noted_of(step: str) -> str:
    """The first input of what is noted of a step."""
    return f"step_{step}_{_RECORDS[0][1]}"


def _noted(record: str) -> str:
    """What is noted, as a cell that formulas beside it read by address, not by its name."""
    return f"noted.{record}"


def step_problems(edition: Edition, layout: Layout) -> Iterator[str]:
    """Steps that stand twice in a workbook, or in another order than those of their stage."""
    seen: set[str] = set()
    order = list(edition.steps)
    stage_of = {step.id: id for id, stage in edition.stages.items() for step in stage.steps}
    for block in blocks(layout):
        if not isinstance(block, StepsBlock):
            continue
        for id in block.steps:
            if id in seen:
                yield f"“{block.title}”中的步骤“{edition.steps[id].label}”（{id}）已经列过一次。"
            seen.add(id)
        for stage in edition.stages:
            own = [id for id in block.steps if stage_of[id] == stage]
            for first, second in pairwise(own):
                if order.index(first) > order.index(second):
                    labels = f"“{edition.steps[second].label}”（{second}）应当在“{first}”之前"
                    yield f"“{block.title}”中步骤的次序与 stages.yml 不同：{labels}。"


# Calculation ------------------------------------------------------------------------------------


def _stage(desk: Desk, stage: Stage) -> StageCells:
    cells = stage_cells(desk.scope, stage, desk.tools)
    desk.ranges[states_of(stage)] = [state.id for state in cells.states.values()]
    desk.result(f"out_stage_{stage.id}_next", cells.next)
    desk.result(f"out_stage_{stage.id}_missing", cells.missing)
    desk.result(f"out_stage_{stage.id}_done", cells.done)
    desk.result(f"out_stage_{stage.id}_applying", cells.applying)
    for id, state in cells.states.items():
        desk.result(f"out_step_{id}", state)
    return cells


def _wrong_records(step: Step) -> Expr:
    """What is wrong with the days noted of a step. It reads the cells beside it as they are: so all
    rows of a sheet share one formula, and no conclusion hangs on these days."""
    days = {
        label: Ref(_noted(_record(step, name)))
        for _, name, label, type_ in _RECORDS
        if type_ is FactType.DATE
    }
    (first, before), (last, after) = days.items()
    both = call("AND", *(op(day, "<>", "") for day in days.values()))
    wrong: Expr = if_(both, if_(op(after, "<", before), f"{last}早于{first}", ""), "")
    for label, day in reversed(days.items()):
        problem = if_(eq(day, ""), "", day_problem(day))
        wrong = if_(eq(problem, ""), wrong, op(f"{label}：", "&", problem))
    # Comparing an error value gives an error.
    return call("IFERROR", wrong, NO_DAY)


def _wrong_answers(desk: Desk, block: StepsBlock, step: Step) -> Expr | None:
    """What is wrong with the answers that a step asks; None if others ask them."""
    problems = [
        desk.scope.problem(fact) for fact in step.done if not desk.asked_elsewhere(fact, block)
    ]
    if not problems:
        return None
    *before, last = problems
    return reduce(lambda rest, each: if_(eq(each, ""), rest, each), reversed(before), lift(last))


def wrong_records(step: str) -> Ref:
    """The cell that says what is wrong with what was noted of a step."""
    return Ref(f"step.{step}.records_wrong")


# Rows -------------------------------------------------------------------------------------------


def _bar(sheet: Sheet, label: str) -> None:
    wide(sheet, 1, len(sheet.widths), label, "heading_left")
    sheet.next_row()


def _step(desk: Desk, sheet: Sheet, block: StepsBlock, number: int, cells: StageCells) -> None:
    step = desk.edition.steps[block.steps[number - 1]]
    first = sheet.row
    alone = desk.facts[step.done[0]] if len(step.done) == 1 else None
    sheet.put(1, number, "body_center")
    sheet.put(2, step.label, "body_strong")
    if alone:
        # The row cites the step's place, and so does what its input says.
        _answer(desk, sheet, block, replace(alone, law=step.law))
    else:
        sheet.put(3, "逐项填写", "body_center")
    state = sheet.put(4, cells.states[step.id], "state")
    lines = text_lines(step.label, sheet.widths[1])
    for column, name, _, _ in _RECORDS:
        record = desk.facts[_record(step, name)]
        place = desk.input(sheet, column, record, f"in_{record.id}")
        desk.book.places[_noted(record.id)] = place
        lines = max(lines, desk.filled_lines(f"in_{record.id}", sheet.widths[column - 1]))
    desk.law(sheet, 9, step.law)
    # None of its cells is merged: programs make it as high as what is typed.
    sheet.growing.add(sheet.row)
    sheet.next_row(max(lines, text_lines(step.law.citation, sheet.widths[8] * 1.1)))
    if not alone:
        for fact in step.done:
            _fact(desk, sheet, block, desk.facts[fact])
    _details(desk, sheet, block, step, alone)
    cell = state.address.replace("$", "")
    for words, style in (((DONE,), "good"), ((NEXT,), "doubt"), (_OTHERS, "pending")):
        sheet.highlights.append(Highlight(cell, cell, words, style))
    area = f"A{first}:I{sheet.row - 1}"
    sheet.highlights.append(Highlight(area, state.address, (NOT_APPLYING,), "aside"))


_OTHERS = (UNDONE, PENDING, NOT_APPLYING)


def _answer(desk: Desk, sheet: Sheet, block: StepsBlock, fact: Fact) -> None:
    """The input of a fact; or, where another block holds it, the answer."""
    name = f"in_{fact.id}"
    if desk.asked_elsewhere(fact.id, block) or name in desk.book.places:
        desk.answer(sheet, 3, fact)
    else:
        desk.input(sheet, 3, fact, name)


def _fact(desk: Desk, sheet: Sheet, block: StepsBlock, fact: Fact) -> None:
    """One of several things that make a step done."""
    sheet.put(1, None, "body")
    sheet.put(2, fact.ask, "body_indent1")
    _answer(desk, sheet, block, fact)
    wide(sheet, 4, 8, fact.help, "help")
    desk.law(sheet, 9, fact.law)
    lines = text_lines(fact.help or "", width_of(sheet, 4, 8) * 1.1)
    sheet.next_row(max(lines, text_lines(fact.ask, sheet.widths[1] - 2.2)))


def _details(desk: Desk, sheet: Sheet, block: StepsBlock, step: Step, alone: Fact | None) -> None:
    """Who does it, toward whom, with what, when; what its answer means; what is wrong."""
    words = _circumstances(desk, step)
    if alone and not desk.asked_elsewhere(alone.id, block):
        # Lists of what is still to fill call it by its own label.
        called = "" if alone.label == step.label else f"“{alone.label}”"
        words += f"\n填写{called}：{alone.ask}{alone.help or ''}"
    sheet.put(1, None, "body")
    wide(sheet, 2, 7, words, "help")
    wrong = (_wrong_records(step), _wrong_answers(desk, block, step))
    records, _ = (sheet.put(column, each, "help") for column, each in enumerate(wrong, 8))
    desk.book.places[wrong_records(step.id).id] = records
    row = sheet.row
    sheet.highlights.append(Highlight(f"H{row}:I{row}", f"H{row}", ("?",), "bad"))
    sheet.next_row(text_lines(words, width_of(sheet, 2, 7) * 1.1))


def _circumstances(desk: Desk, step: Step) -> str:
    parts = {
        "办理": _roles(desk.edition, step.who),
        "向": _roles(desk.edition, step.to),
        "材料": _papers(desk, step),
        "时间": step.when or "",
    }
    return "；".join(f"{title}：{words}" for title, words in parts.items() if words)


_FEW = 3
"""Papers that are named in a row; of more, the checklist is named that has a row for each."""


def _papers(desk: Desk, step: Step) -> str:
    if len(step.papers) > _FEW:
        for block in blocks(desk.layout):
            if isinstance(block, ChecklistBlock) and {*step.papers} <= {*block.papers}:
                return f"见清单“{block.title}”"
    return enumerated(desk.edition.papers[id].label for id in step.papers)


def _roles(edition: Edition, ids: tuple[str, ...]) -> str:
    return "、".join(edition.roles[id].label for id in ids)


def _next(desk: Desk, sheet: Sheet, stage: Stage, cells: StageCells) -> None:
    """Which step is next, and what still has to be said of it."""
    sheet.put(1, None, "body")
    title = f"{stage.label}：下一步"
    sheet.put(2, title, "body_strong")
    none = eq(cells.next, "")
    place = wide(sheet, 3, 5, if_(none, _ALL_DONE, cells.next), "computed")
    cell = place.address.replace("$", "")
    sheet.highlights.append(Highlight(cell, cell, (_ALL_DONE,), "good"))
    sheet.highlights.append(Highlight(cell, cell, ("?",), "doubt"))
    needed: Expr = op("还需填写：", "&", if_(eq(cells.missing, ""), "无", cells.missing))
    wide(sheet, 6, 8, if_(none, "", needed), "computed")
    desk.law(sheet, 9, *stage.law)
    lines = [text_lines(title, sheet.widths[1])]
    for step in stage.steps:
        lines.append(text_lines(step.label, width_of(sheet, 3, 5)))
        asked = "；".join(
            desk.facts[fact].label for fact in needs_of_step(desk.scope, step, desk.tools)
        )
        lines.append(text_lines(f"还需填写：{asked}", width_of(sheet, 6, 8)))
    sheet.next_row(max(lines))
