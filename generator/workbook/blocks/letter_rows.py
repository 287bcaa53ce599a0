"""What stands in the rows of a form for paper: answers, verdicts, last days, a row of a table."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.edition import Edition, Fact, FactType, Rule
from generator.model.layout import Layout, LetterBlock, LetterRowShape, RegisterBlock, TableBlock
from generator.rules.excel.conditions import PENDING, decision_cells, rule_cells
from generator.rules.excel.dates import deadline_cells
from generator.rules.excel.scope import Scope
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, op
from generator.workbook.asked import blocks
from generator.workbook.blocks.table import row_prefix
from generator.workbook.desk import Desk, plain_fact
from generator.workbook.listing import KEY
from generator.workbook.styles import text_lines

LETTER_COLUMNS = (19.0, 24.0, 19.0, 24.0)
"""Label, value, label, value: as wide as an upright page between its margins."""

_HALF, _WHOLE = LETTER_COLUMNS[1], sum(LETTER_COLUMNS[1:])
_DOUBT = "（存疑，以解释机关的意见为准）"
_HALVES = (FactType.AMOUNT, FactType.DATE, FactType.YESNO)
_SHORT = 9
"""Characters of the longest choice that fits into half a line."""


# The row of a table that is printed ---------------------------------------------------------------


@dataclass(frozen=True)
class Picked:
    """One row of a table: which (0 while there is none), its facts, what is in a column of it."""

    table: str
    rows: int
    place: Ref
    row: Ref
    scope: Scope

    def input(self, fact: str) -> Expr:
        """What is typed in a column."""
        return _cell(self.table, fact, self.row)


def _cell(table: str, fact: str, row: Ref) -> Expr:
    return call("INDEX", Ref(f"tb_{table}_{'key' if fact == KEY else fact}"), row)


def list_block(layout: Layout, id: str) -> TableBlock | RegisterBlock | None:
    """The block that draws a table or a register."""
    for block in blocks(layout):
        if isinstance(block, TableBlock) and block.table == id:
            return block
        if isinstance(block, RegisterBlock) and block.id == id:
            return block
    return None


def columns_of(edition: Edition, layout: Layout, id: str | None) -> frozenset[str]:
    """The facts and entries that are columns of a table or register."""
    source = list_block(layout, id) if id else None
    if isinstance(source, TableBlock):
        return frozenset((*edition.tables[source.table].columns, *source.records))
    return frozenset(source.columns) if source else frozenset()


def picked_row(desk: Desk, block: LetterBlock, rows: int, wanted: Fact) -> Picked:
    """The row whose key is `wanted`, or the last that has one."""
    table, prefix = block.picks or "", f"letter.{block.paper}."
    columns = columns_of(desk.edition, desk.layout, table)
    row = Ref(f"{prefix}row")

    def source(fact: str) -> Expr:
        if fact == wanted.id:
            return Ref(f"in_{fact}")
        return _cell(table, fact, row)

    key = plain_fact(KEY, "打印的行：编号", wanted.type)
    facts = {**desk.facts, wanted.id: wanted, KEY: key}
    own = columns | {wanted.id, KEY}
    scope = Scope(
        desk.edition, desk.steps, source, prefix=prefix, own=own, parent=desk.scope, facts=facts
    )
    places = (_place_if_wanted(desk, block, number, scope, wanted) for number in range(1, rows + 1))
    place = scope.add("place", "打印的行（无则为0）", call("MAX", *places))
    scope.add("row", "打印的行（无则为1）", call("MAX", place, 1))
    return Picked(table, rows, place, row, scope)


def _place_if_wanted(
    desk: Desk, block: LetterBlock, number: int, scope: Scope, wanted: Fact
) -> Ref:
    """The number of a row if its key is the one wanted, or if any key is; else 0."""
    row = Scope(
        desk.edition,
        desk.steps,
        lambda _: call("INDEX", Ref(f"tb_{block.picks}_key"), number),
        prefix=f"{scope.prefix}{number}.",
        facts={"key": plain_fact("key", f"第{number}行的编号", wanted.type)},
    )
    is_date = wanted.type is FactType.DATE
    key = row.day("key") if is_date else row.text("key")
    same = eq(key, scope.day(wanted.id) if is_date else scope.text(wanted.id))
    is_wanted = call("OR", eq(scope.text(wanted.id), ""), same)
    fits = call("AND", op(key, "<>", ""), is_wanted)
    return row.add("place", f"第{number}行：打印则为行号", if_(fits, number, 0))


# Rows ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """What stands in a row: its label, its content, how it looks, how many lines it takes."""

    label: str
    content: Operand | None
    style: str
    lines: int
    half: bool


def shown_in(desk: Desk, row: LetterRowShape, picked: Picked | None) -> Shown:
    """What a row shows, by what its id is the id of."""
    id, edition = row.shows, desk.edition
    if id is None:
        return Shown(row.label, None, "paper_value", row.lines, bool(row.half))
    if picked and id == picked.table:
        return _fact(desk, row, picked.scope.facts[KEY], picked)
    if id in desk.facts:
        return _fact(desk, row, desk.facts[id], picked)
    if id in edition.rules:
        rule = edition.rules[id]
        says = _rule(desk, rule, picked)
        longest = max((rule.says.yes, rule.says.no, rule.says.unknown), key=len)
    elif id in edition.decisions:
        decision = edition.decisions[id]
        cells = decision_cells(desk.scope, decision)
        said = op(cells.says, "&", if_(eq(cells.doubts, ""), "", _DOUBT))
        says = if_(eq(cells.outcome, PENDING), PENDING, said)
        longest = max((outcome.says for outcome in decision.outcomes.values()), key=len)
    else:
        due = deadline_cells(desk.scope, edition.deadlines[id], desk.tools, 0)
        day = if_(eq(due.doubts, ""), due.due, _dated(due.due))
        half = row.half is not False
        content = if_(eq(due.due, ""), PENDING, if_(call("ISNUMBER", due.due), day, due.due))
        return Shown(row.label, content, "paper_date", row.lines, half)
    width = _HALF if row.half else _WHOLE
    lines = max(row.lines, text_lines(longest + _DOUBT, width * 0.95))
    return Shown(row.label, says, "paper_value", lines, bool(row.half))


def _dated(day: Ref) -> Expr:
    """A day in words, with the remark that another reading would move it."""
    words: Expr = op(call("YEAR", day), "&", "年")
    words = op(op(words, "&", call("MONTH", day)), "&", "月")
    return op(op(words, "&", call("DAY", day)), "&", "日（存疑）")


def _fact(desk: Desk, row: LetterRowShape, fact: Fact, picked: Picked | None) -> Shown:
    """An answer: blank while it is blank, 待填 while it cannot be right."""
    columns = columns_of(desk.edition, desk.layout, picked.table if picked else None)
    own = picked if fact.id in {*columns, KEY} else None
    scope = own.scope if own else desk.scope
    source: Expr = own.input(fact.id) if own else Ref(f"in_{fact.id}")
    text, known = scope.text(fact.id), scope.is_known(fact.id)
    style, lines = "paper_value", row.lines
    match fact.type:
        case FactType.AMOUNT:
            right, content, style = known, op(source, "+", 0), "paper_amount"
        case FactType.DATE:
            right, content, style = known, op(scope.day(fact.id), "+", 0), "paper_date"
        case FactType.TEXT:
            # As it was typed; the guarded text has lost its line breaks.
            right, content = op(text, "<>", "#"), op(source, "&", "")
        case _:
            right, content = known, op(text, "&", "")
            width = _HALF if row.half else _WHOLE
            lines = max([lines, *(text_lines(each, width) for each in fact.choices.values())])
    shown = if_(eq(text, ""), "", if_(right, content, PENDING))
    if own:
        shown = if_(eq(own.place, 0), "", shown)
    short = fact.type in _HALVES or 0 < max(map(len, fact.choices.values()), default=0) <= _SHORT
    half = short if row.half is None else row.half
    return Shown(_with_unit(row.label, fact), shown, style, lines, half)


def _with_unit(label: str, fact: Fact) -> str:
    return f"{label}（{fact.unit.name}）" if fact.unit and fact.unit.name not in label else label


def _rule(desk: Desk, rule: Rule, picked: Picked | None) -> Expr:
    """The sentence of a verdict; 待填 while there is none."""
    if rule.each is None or picked is None:
        cells = rule_cells(desk.scope, rule)
        truth, says, doubts = cells.truth, cells.says, cells.doubts
    else:
        # The rows' own verdicts, wherever the table puts them.
        found = [_of_row(desk, picked, rule, part) for part in ("", ".says", ".doubts")]
        truth, says, doubts = (
            picked.scope.add(f"rule.{rule.id}{part}", f"{rule.label}（打印的行）", expr)
            for part, expr in zip(("", ".says", ".doubts"), found, strict=True)
        )
    said = if_(eq(truth, UNKNOWN), PENDING, op(says, "&", if_(eq(doubts, ""), "", _DOUBT)))
    return said if rule.each is None or picked is None else if_(eq(picked.place, 0), "", said)


def _of_row(desk: Desk, picked: Picked, rule: Rule, part: str) -> Expr:
    table = desk.edition.tables[picked.table]
    range_ = f"letter.{picked.table}.{rule.id}{part}"
    numbers = range(1, picked.rows + 1)
    desk.ranges[range_] = [f"{row_prefix(table, number)}rule.{rule.id}{part}" for number in numbers]
    return call("INDEX", Ref(range_), picked.row)
