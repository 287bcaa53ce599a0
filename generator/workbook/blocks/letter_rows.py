"""What stands in the rows of a form for paper: answers, verdicts, last days, a row of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.conditions import facts_of_term
from generator.model.contents import letter_boxes
from generator.model.edition import Edition, Fact, FactType, Rule
from generator.model.layout import Layout, LetterBlock, LetterRowShape, RegisterBlock, TableBlock
from generator.rules.excel.conditions import PENDING, decision_cells, rule_cells
from generator.rules.excel.dates import deadline_cells
from generator.rules.excel.scope import Scope
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, op
from generator.workbook.asked import blocks
from generator.workbook.blocks.register_cells import listing_of
from generator.workbook.blocks.table import compared_by, row_prefix
from generator.workbook.desk import Desk, letter_box, plain_fact
from generator.workbook.listing import KEY
from generator.workbook.styles import text_lines

LETTER_COLUMNS = (19.0, 24.0, 19.0, 24.0)
"""Label, value, label, value: as wide as an upright page between its margins."""

LABEL_WIDTH = LETTER_COLUMNS[0] + 1.5
"""What labels may take: their letters are a little smaller than others."""

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
    is_date = wanted.type is FactType.DATE
    if is_date:
        row = Scope(
            desk.edition,
            desk.steps,
            lambda _: call("INDEX", Ref(f"tb_{block.picks}_key"), number),
            prefix=f"{scope.prefix}{number}.",
            facts={"key": plain_fact("key", f"第{number}行的编号", wanted.type)},
        )
        key = row.day("key")
    else:
        # The list reads its keys as texts itself.
        key = Ref(f"{_group(desk, block)}.{number}.text.{KEY}")
    same = eq(key, scope.day(wanted.id) if is_date else scope.text(wanted.id))
    is_wanted = call("OR", eq(scope.text(wanted.id), ""), same)
    fits = call("AND", op(key, "<>", ""), is_wanted)
    return scope.add(f"{number}.place", f"第{number}行：打印则为行号", if_(fits, number, 0))


def _group(desk: Desk, block: LetterBlock) -> str:
    """What the ids of the helper cells of the list begin with."""
    source = list_block(desk.layout, block.picks or "")
    if isinstance(source, RegisterBlock):
        return listing_of(desk, source).group
    assert source
    return source.table


# Rows ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """What stands in a row: its label, its content, how it looks, how many lines it takes."""

    label: str
    content: Operand | None
    style: str
    lines: int
    half: bool
    asks: Fact | None = None
    """What people write here."""


def shown_in(desk: Desk, block: LetterBlock, row: LetterRowShape, picked: Picked | None) -> Shown:
    """What a row shows, by what its id is the id of."""
    id, edition = row.shows, desk.edition
    if id is None:
        return _box(desk, block, row)
    if picked and id == picked.table:
        return _fact(desk, row, picked.scope.facts[KEY], picked)
    if row.figure and picked:
        return _figure(desk, row, edition.rules[id], picked)
    if picked and id in desk.facts and desk.facts[id].type is FactType.AMOUNTS:
        parts = [f"above_{end}.{id}" for end in ("least", "most")]
        return _sum(desk, row, desk.facts[id], picked, parts)
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


def _box(desk: Desk, block: LetterBlock, row: LetterRowShape) -> Shown:
    """Room to write, at least as high as what stands there already."""
    assert row.id
    text = desk.fillings.get(letter_box(block.paper, row.id))
    lines = text_lines(str(text), (_HALF if row.half else _WHOLE) * 0.95) if text else 1
    asks = letter_boxes(block)[row.id]
    return Shown(row.label, None, "paper_input", max(row.lines, lines), bool(row.half), asks)


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
    if fact.unit is None or fact.unit.name in label:
        return label
    unit = f"（{fact.unit.name}）"
    # A label of two lines is better broken before the bracket than behind it.
    fits = text_lines(label + unit, LABEL_WIDTH) == 1
    return label + unit if fits else f"{label}\n{unit}"


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
    return _helper(desk, picked, f"rule.{rule.id}{part}")


def _helper(desk: Desk, picked: Picked, cell: str) -> Expr:
    """A helper cell of the row, wherever the table puts it."""
    table, range_ = desk.edition.tables[picked.table], f"letter.{picked.table}.{cell}"
    numbers = range(1, picked.rows + 1)
    desk.ranges[range_] = [f"{row_prefix(table, number)}{cell}" for number in numbers]
    return call("INDEX", Ref(range_), picked.row)


# What the rule on a row adds up -------------------------------------------------------------------


def _figure(desk: Desk, row: LetterRowShape, rule: Rule, picked: Picked) -> Shown:
    """The total of the sizes down to the row, or the share that it is, as the table shows it."""
    held = compared_by(columns_of(desk.edition, desk.layout, picked.table), rule)
    assert held
    if row.figure == "total":
        facts = facts_of_term(held.test.term)
        parts = [f"sum_{end}.{'.'.join(facts)}" for end in ("least", "most")]
        return _sum(desk, row, desk.facts[facts[0]], picked, parts)
    share = call("INDEX", Ref(f"tb_{picked.table}_out_{rule.id}_{row.figure}"), picked.row)
    content = if_(eq(picked.place, 0), "", if_(eq(share, ""), PENDING, share))
    return Shown(row.label, content, "paper_share", row.lines, row.half is not False)


def _sum(
    desk: Desk, row: LetterRowShape, fact: Fact, picked: Picked, parts: Sequence[str]
) -> Shown:
    """A sum of sizes once it is known: once the least that it can be is the most."""
    assert fact.unit
    least, most = (_helper(desk, picked, part) for part in parts)
    known = if_(eq(least, most), op(least, "/", fact.unit.steps), PENDING)
    content = if_(eq(picked.place, 0), "", known)
    label = _with_unit(row.label, fact)
    return Shown(label, content, "paper_amount", row.lines, row.half is not False)
