"""Formulas made plain and helper cells left out: the value stays the same, in every case."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest

from generator.rules.excel.fold import folded
from generator.rules.excel.simplify import FALSE, TRUE, Kind, simplified
from generator.rules.excel.steps import Step
from generator.rules.formula import Expr, Literal, Ref, Value, call, eq, if_, op

KINDS: Mapping[str, Kind] = {"truth": "number", "words": "text", "day": "any"}
VALUES: Mapping[str, tuple[Value, ...]] = {
    "truth": (0.0, 0.5, 1.0),
    "words": ("", "是", "甲；乙"),
    "day": ("", 45000.0),
    "in_blank": (None,),
}
TRUTH, WORDS, DAY, INPUT = Ref("truth"), Ref("words"), Ref("day"), Ref("in_blank")

SIMPLER: Mapping[str, tuple[Expr, str]] = {
    "a flag that is compared": (eq(if_(eq(TRUTH, 0.5), 1, 0), 1), "truth=0.5"),
    "a flag that is not": (eq(if_(eq(TRUTH, 0.5), 1, 0), 0), "truth<>0.5"),
    "a message that is there": (
        op(if_(eq(WORDS, ""), "", if_(eq(TRUTH, 1), "", "须填")), "<>", ""),
        'AND(words<>"",truth<>1)',
    ),
    "nested conditions": (call("AND", call("AND", eq(TRUTH, 1), TRUE), eq(TRUTH, 1)), "truth=1"),
    "one that decides": (call("OR", eq(TRUTH, 1), TRUE), "1=1"),
    "a settled branch": (if_(FALSE, 1, WORDS), "words"),
    "nothing added": (op(TRUTH, "+", 0), "truth"),
    "no words added": (op(WORDS, "&", ""), "words"),
    "words one after the other": (op(op(WORDS, "&", "甲"), "&", "乙"), 'words&"甲乙"'),
    "settled numbers": (call("MAX", 0, 1), "1"),
    "a number alone": (call("MIN", TRUTH), "truth"),
    "what a cell says as text": (eq(op(DAY, "&", ""), ""), 'day=""'),
}

AS_IT_WAS: Mapping[str, Expr] = {
    "what may be blank is no number": op(INPUT, "+", 0),
    "what may be a day is no text": op(DAY, "&", ""),
    "MIN passes over the text of a cell": call("MIN", DAY),
    # If the cell holds an error, the condition does.
    "an input may be an error": eq(if_(op(INPUT, ">", 5), "", "大"), ""),
    "a branch that guards the other": eq(if_(eq(DAY, ""), "", op(DAY, "-", 1)), ""),
}


def simple(expr: Expr) -> Expr:
    return simplified(expr, KINDS.get)


def cases(expr: Expr) -> list[Mapping[str, Value]]:
    ids = sorted(set(expr.reads))
    return [
        dict(zip(ids, values, strict=True))
        for values in itertools.product(*(VALUES[id] for id in ids))
    ]


@pytest.mark.parametrize(("expr", "formula"), SIMPLER.values(), ids=SIMPLER)
def test_what_is_settled_is_left_out(expr: Expr, formula: str) -> None:
    assert simple(expr).formula(str) == formula
    for values in cases(expr):
        assert simple(expr).value(values.__getitem__) == expr.value(values.__getitem__)


@pytest.mark.parametrize("expr", AS_IT_WAS.values(), ids=AS_IT_WAS)
def test_what_can_differ_stays(expr: Expr) -> None:
    assert simple(expr) == expr


# Cells ------------------------------------------------------------------------------------------


def left(*steps: tuple[str, Expr], reader: Expr, kept: tuple[str, ...] = ()) -> dict[str, str]:
    made = [Step(id, id, expr) for id, expr in steps]
    found, (read,) = folded(made, [reader], kept)
    cells = {id: said(step.expr) for id, step in found.items()}
    return {**cells, "reader": said(read)}


def said(expr: Expr) -> str:
    """A formula, or the text of a cell that holds nothing else."""
    is_text = isinstance(expr, Literal) and isinstance(expr.content, str)
    return expr.content if is_text else expr.formula(str)


INPUT_STEP = ("text.a", call("TRIM", Ref("in_a")))
FLAG = ("flag", if_(eq(Ref("text.a"), "是"), 1, 0))


def test_what_is_read_once_stands_where_it_is_read() -> None:
    reader = if_(eq(Ref("flag"), 1), "好", "")
    assert left(INPUT_STEP, FLAG, reader=reader) == {
        "text.a": "TRIM(in_a)",
        "reader": 'IF(text.a="是","好","")',
    }


def test_what_needs_a_cell_keeps_it() -> None:
    reader = if_(eq(Ref("flag"), 1), "好", "")
    found = left(INPUT_STEP, FLAG, reader=reader, kept=("flag",))
    assert found["reader"] == 'IF(flag=1,"好","")'
    assert found["flag"] == 'IF(text.a="是",1,0)'


def test_nobody_reads_it_nobody_finds_it() -> None:
    assert left(INPUT_STEP, FLAG, reader=Literal(1)) == {"reader": "1"}


def test_a_long_formula_takes_in_no_more_than_people_can_read() -> None:
    parts = [(f"part{n}", op(Ref("text.a"), "&", "字" * 200)) for n in range(9)]
    reader: Expr = Literal("")
    for id, _ in parts:
        reader = op(reader, "&", Ref(id))
    found = left(INPUT_STEP, *parts, reader=reader)
    assert len(found["reader"]) < 600
    assert len(found) > 2


def test_a_text_that_no_formula_can_hold_stays_in_its_cell() -> None:
    found = left(("long", Literal("字" * 300)), reader=op(Ref("long"), "&", "。"))
    assert found["reader"] == 'long&"。"'


def test_a_sum_passes_over_texts_only_while_they_stand_in_cells() -> None:
    number = ("number", if_(eq(Ref("in_a"), ""), "", 5))
    assert left(number, reader=call("SUM", Ref("number")))["reader"] == "SUM(number)"
