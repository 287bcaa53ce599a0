"""Table: a list that people keep, a row each, and below it the verdict on each of its rows.

The verdicts read the k-th row of the table's named columns, not the cells beside them, so that
inserting or sorting rows never pairs a verdict with another row's facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.conditions import SumOfSizes, Within, facts_of_term, leaves
from generator.model.edition import FactType, Rule, Table
from generator.model.layout import TableBlock
from generator.rules.excel.conditions import VerdictCells, chain, rule_cells
from generator.rules.excel.scope import Scope
from generator.rules.formula import Expr, Ref, eq, if_, op
from generator.rules.prose import term_text
from generator.workbook.blocks.lists import (
    draw_explanations,
    draw_inputs,
    draw_overflow,
    input_widths,
    is_used,
    key_fact,
    key_problems,
    row_scope,
    widest,
)
from generator.workbook.blocks.verdict import colour_verdicts, with_doubt
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, headings, run_of, section, wide
from generator.workbook.listing import KEY, Listing
from generator.workbook.styles import text_lines

_WIDTHS = {
    FactType.AMOUNT: 17.0,
    FactType.YESNO: 15.0,
    FactType.DATE: 14.0,
    FactType.CHOICE: 34.0,
    FactType.TEXT: 24.0,
}
_RESULT_WIDTHS = (6.0, 20.0, 12.0, 17.0, 17.0, 17.0, 17.0, 42.0, 16.0)
_HEADING_LINES = 2


def table_widths(desk: Desk, block: TableBlock) -> tuple[float, ...]:
    """The widths that a table wants: wide enough for inputs and for results."""
    listing = _listing(desk, block)
    return widest(input_widths(listing, _WIDTHS), _RESULT_WIDTHS)


def _listing(desk: Desk, block: TableBlock) -> Listing:
    table = desk.edition.tables[block.table]
    columns = tuple(desk.facts[id] for id in table.columns)
    return Listing(table.id, table.label, table.id, key_fact(table.key_label), columns, block.rows)


def draw_table(desk: Desk, sheet: Sheet, block: TableBlock) -> None:
    """Draw a table and the verdicts on its rows."""
    table = desk.edition.tables[block.table]
    listing = _listing(desk, block)
    section(sheet, block.title, len(sheet.widths))
    facts = [desk.facts[id] for id in table.columns]
    explained = [(table.key_label, table.key_help), *((fact.label, fact.help) for fact in facts)]
    draw_explanations(sheet, explained)
    draw_inputs(desk, sheet, listing)
    rows = list(_rows(desk, table, listing))
    problems = {row.number: _row_problems(desk, listing, row) for row in rows}
    for rule in desk.edition.rules.values():
        if rule.each == table.id:
            _verdicts(desk, sheet, listing, rule, rows, problems)


# Rows -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """The scope of one row, whether it is used, and its key."""

    number: int
    scope: Scope
    used: Ref
    key: Ref


def _rows(desk: Desk, table: Table, listing: Listing) -> Iterator[_Row]:
    """A scope a row; sums of the rows above run along."""
    before: _Row | None = None
    for number in listing.numbers:
        sums = {
            target: _sums_above(desk, table, listing.prefix(number), target, column, before)
            for target, column in table.above.items()
        }
        scope = row_scope(desk, listing, number, sums)
        before = _Row(number, scope, is_used(scope, listing), scope.text(KEY))
        yield before


def row_prefix(table: Table, number: int) -> str:
    """What the ids of a row's helper cells begin with."""
    return f"{table.id}.{number}."


def _sums_above(
    desk: Desk, table: Table, prefix: str, target: str, column: str, before: _Row | None
) -> tuple[Ref, Ref]:
    """The least and the greatest sum of the sizes in the used rows above."""
    label = f"{desk.facts[target].label}（以上各行绝对值之和）"
    cells = []
    for place, word in enumerate(("至少", "至多")):
        id = f"{prefix}above_{'least' if place == 0 else 'most'}.{target}"
        expr: Expr | int = 0
        if before:
            earlier = Ref(id.replace(prefix, row_prefix(table, before.number), 1))
            own = before.scope.sizes(column)[place]
            expr = if_(eq(before.used, 1), op(earlier, "+", own), earlier)
        cells.append(desk.steps.add(id, f"{label}：{word}", expr))
    return cells[0], cells[1]


# Verdicts ---------------------------------------------------------------------------------------


def _row_problems(desk: Desk, listing: Listing, row: _Row) -> Ref:
    """What is wrong with a row: its key, and each answer that cannot be taken."""
    scope = row.scope
    parts = [
        *key_problems(desk, scope, listing, row.used),
        *(
            (op(scope.problem(fact.id), "<>", ""), f"{fact.label}填写有误")
            for fact in listing.columns
        ),
    ]
    return chain(scope, "problems", "此行的问题", parts)


def _verdicts(
    desk: Desk,
    sheet: Sheet,
    listing: Listing,
    rule: Rule,
    rows: list[_Row],
    problems: Mapping[int, Ref],
) -> None:
    section(sheet, f"判定结果：{rule.label}（逐行对应上表，自动计算）", len(_RESULT_WIDTHS))
    sums = [leaf.test for leaf in leaves(rule.when) if isinstance(leaf.test, Within)]
    compared = next((test for test in sums if isinstance(test.term, SumOfSizes)), None)
    left, right = "（无）", "（无）"
    if compared:
        left = _SUM_HEADING
        bound = compared.intervals[0].high or compared.intervals[0].low
        right = term_text(desk.edition, bound.term) if bound else ""
    titles = ("行", listing.key.label, "结论", left, right, "填写情况", "", "说明", "存疑")
    headings(sheet, titles, _HEADING_LINES)
    first = sheet.row
    for row in rows:
        cells = rule_cells(row.scope, rule)
        _verdict_row(desk, sheet, rule, row, cells, compared, problems[row.number])
    last = sheet.row - 1
    name = f"tb_{listing.id}_out_{rule.id}"
    for column, suffix in ((3, ""), (9, "_readings")):
        desk.book.define(f"{name}{suffix}", run_of(sheet, column, first, last))
    desk.result_ranges[f"{name}_needed"] = [f"{row.scope.prefix}{rule.id}.needed" for row in rows]
    area = f"C{first}:C{last}"
    colour_verdicts(sheet, area, f"C{first}", rule.modality)
    sheet.highlights.append(Highlight(f"I{first}:I{last}", f"I{first}", ("存疑",), "doubt"))
    wrong = ("缺", "*重复", "*有误")
    sheet.highlights.append(Highlight(f"F{first}:F{last}", f"F{first}", wrong, "bad"))
    draw_overflow(desk, sheet, listing)
    sheet.next_row()


_SUM_HEADING = "此前与本次数额之和（按绝对值）"


def _verdict_row(
    desk: Desk,
    sheet: Sheet,
    rule: Rule,
    row: _Row,
    cells: VerdictCells,
    compared: Within | None,
    problems: Ref,
) -> None:
    def shown(expr: Expr) -> Expr:
        return if_(eq(row.used, 1), expr, "")

    sheet.put(1, row.number, "body_center")
    sheet.put(2, shown(if_(eq(row.key, ""), "（缺编号）", row.key)), "computed")
    sheet.put(3, shown(with_doubt(cells.word, cells.doubts)), "state")
    left, right = _amounts(desk, row.scope, compared) if compared else ("", "")
    sheet.put(4, shown(left) if isinstance(left, Expr) else None, "computed_amount")
    sheet.put(5, shown(right) if isinstance(right, Expr) else None, "computed_amount")
    row.scope.add(f"{rule.id}.needed", f"{rule.label}：还需填写", shown(cells.needed))
    wrong = if_(eq(problems, ""), "", op(problems, "&", "。"))
    needed = if_(eq(cells.needed, ""), "", op("还需填写：", "&", cells.needed))
    wide(sheet, 6, 7, shown(op(wrong, "&", needed)), "computed")
    sheet.put(8, shown(cells.says), "computed")
    doubt = if_(eq(cells.doubts, ""), "", op("存疑：", "&", cells.doubts))
    sheet.put(9, shown(doubt), "computed")
    longest = max((rule.says.yes, rule.says.no, rule.says.unknown), key=len)
    sheet.next_row(text_lines(longest, sheet.widths[7]))


def _amounts(desk: Desk, scope: Scope, compared: Within) -> tuple[Expr | str, Expr | str]:
    """What is compared, in the unit people write; "" while it is not known."""
    bound = compared.intervals[0].high or compared.intervals[0].low
    assert bound
    found: list[Expr | str] = []
    unit = desk.facts[facts_of_term(compared.term)[0]].unit
    assert unit
    for term in (compared.term, bound.term):
        least, most, factor = scope.least_and_most(term)
        found.append(if_(eq(least, most), op(least, "/", factor * unit.steps), ""))
    return found[0], found[1]
