"""Stages as cells: whether each step applies and is done, which is next, what can still tell.

The same three truth values as generator.rules.stages, on the day that days are counted to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.conditions import facts_of
from generator.model.edition import Edition, FactType, Recurring, Stage, Step
from generator.rules.excel.conditions import (
    PENDING,
    chain,
    condition_truth,
    needed_words,
    needs_of_condition,
)
from generator.rules.excel.dates import DateTools
from generator.rules.excel.scope import Scope
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Ref, call, eq, if_, op

DONE, NEXT, UNDONE, NOT_APPLYING = "已完成", "下一步", "未办", "不适用"
"""What a step's state may be; else it is 待填: nobody has said whether it applies or is done."""


@dataclass(frozen=True)
class StageCells:
    """The cells of a stage: each step's state; the label of the next step ("" if there is none)
    and the labels of the facts that can still tell whether it stands open; how many steps are
    done, and how many apply or may apply."""

    states: Mapping[str, Ref]
    next: Ref
    missing: Ref
    done: Ref
    applying: Ref


def stage_cells(scope: Scope, stage: Stage, tools: DateTools) -> StageCells:
    """The cells of a stage and its steps, in their order."""
    before: Ref | None = None
    states: dict[str, Ref] = {}
    missing: Expr | str = ""
    for step in stage.steps:
        key, label = f"step.{step.id}", step.label
        # In cells of their own: so all steps have the same formulas.
        name = scope.steps.add(f"name.{step.id}", label, label)
        finished = scope.add(
            f"finished.{step.id}", f"{label}：已办结", _finished(scope, step, tools)
        )
        applies, still = _applies(scope, step), op(1, "-", finished)
        stands_open = call("MIN", applies, still) if applies else still
        stands_open = scope.add(f"open.{step.id}", f"{label}：尚待办理", stands_open)
        states[step.id] = scope.add(
            f"{key}.state", f"{label}：状态", _state(applies, finished, stands_open, before)
        )
        before = scope.add(
            f"{key}.next", f"{label}：到此为止的下一步", _first(before, stands_open, name)
        )
    for step in reversed(stage.steps):
        is_next = eq(states[step.id], NEXT)
        missing = if_(is_next, _missing(scope, step, tools), missing)
    assert before is not None
    key, label = f"stage.{stage.id}", stage.label
    run = Ref(states_of(stage))
    applying = op(len(states), "-", call("COUNTIF", run, NOT_APPLYING))
    return StageCells(
        states,
        scope.add(f"{key}.next", f"{label}：下一步", op(before, "&", "")),
        scope.add(f"{key}.missing", f"{label}：下一步还需填写", missing),
        scope.add(f"{key}.done", f"{label}：已完成的步骤数", call("COUNTIF", run, DONE)),
        scope.add(f"{key}.applying", f"{label}：适用或者可能适用的步骤数", applying),
    )


def states_of(stage: Stage) -> str:
    """The id of the range that the states of a stage's steps make, in their order."""
    return f"stage.{stage.id}.states"


def _applies(scope: Scope, step: Step) -> Ref | None:
    """The truth of whether a step applies; None where it always does."""
    return condition_truth(scope, f"step.{step.id}.if", step.applies) if step.applies else None


def _finished(scope: Scope, step: Step, tools: DateTools) -> Ref:
    facts = [_fact_done(scope, fact, tools) for fact in step.done]
    if len(facts) == 1:
        return facts[0]
    return scope.add(f"step.{step.id}.done", f"{step.label}：已完成", call("MIN", *facts))


def _fact_done(scope: Scope, fact: str, tools: DateTools) -> Ref:
    """Yes, or a day that has come; a blank never asks which day it is."""
    shape = scope.facts[fact]
    if shape.type is not FactType.DATE:
        return scope.truth(fact)
    come = if_(op(scope.day(fact), "<=", tools.as_of), 1, 0)
    expr = if_(_is_unknown(scope, fact), UNKNOWN, come)
    return scope.add(f"come.{fact}", f"{shape.label}：已到1、未到0、待填0.5", expr)


def _is_unknown(scope: Scope, fact: str) -> Expr:
    """Whether a fact is not known; nor is the end of recurring days before their start."""
    starts = _starts(scope.edition, fact)
    if not starts:
        return scope.is_unknown(fact)
    known = scope.known(fact)
    expr: Expr = op(known, "+", 0)
    for start in starts:
        before = op(scope.day(fact), "<", scope.day(start))
        expr = if_(call("AND", eq(known, 1), scope.is_known(start), before), 0, expr)
    label = f"{scope.facts[fact].label}：已填且不早于起始"
    return eq(scope.add(f"ordered.{fact}", label, expr), 0)


def _starts(edition: Edition, fact: str) -> tuple[str, ...]:
    schedules = (deadline.schedule for deadline in edition.deadlines.values())
    found = (each for each in schedules if isinstance(each, Recurring) and each.until == fact)
    return tuple(dict.fromkeys(each.start for each in found))


def facts_read(edition: Edition, step: Step) -> tuple[str, ...]:
    """The facts that a step reads besides those that make it done."""
    starts = (start for fact in step.done for start in _starts(edition, fact))
    return (*(facts_of(step.applies) if step.applies else ()), *starts)


def _state(applies: Ref | None, finished: Ref, stands_open: Ref, before: Ref | None) -> Expr:
    waiting: Expr = if_(eq(stands_open, 1), UNDONE, PENDING)
    state = if_(
        eq(finished, 1), DONE, NEXT if before is None else if_(eq(before, ""), NEXT, waiting)
    )
    return if_(eq(applies, 0), NOT_APPLYING, state) if applies else state


def _first(before: Ref | None, stands_open: Ref, name: Ref) -> Expr:
    own = if_(eq(stands_open, 0), "", name)
    return own if before is None else if_(eq(before, ""), own, before)


def _missing(scope: Scope, step: Step, tools: DateTools) -> Ref:
    """What can still tell whether a step stands open, joined."""
    parts = needed_words(scope, needs_of_step(scope, step, tools))
    return chain(scope, f"step.{step.id}.missing", f"{step.label}：还需填写", parts)


def needs_of_step(scope: Scope, step: Step, tools: DateTools) -> dict[str, Expr]:
    """The facts that a step waits for, and when each is still needed: of its condition, then of
    what makes it done; call it after `stage_cells`."""
    whether = needs_of_condition(scope, f"step.{step.id}.if", step.applies)
    finished = _finished(scope, step, tools)
    undone = {fact: _unsaid(scope, fact, step, finished) for fact in step.done}
    return {**whether, **undone}


def _unsaid(scope: Scope, fact: str, step: Step, finished: Ref) -> Expr:
    unknown = _is_unknown(scope, fact)
    return call("AND", eq(finished, UNKNOWN), unknown) if len(step.done) > 1 else unknown
