"""Table: a list that people keep, a row each, and below it the verdict on each of its rows.

The verdicts read the k-th row of the table's named columns, not the cells beside them, so that
inserting or sorting rows never pairs a verdict with another row's facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.conditions import SumOfSizes, Within, facts_of_term, leaves
from generator.model.edition import Fact, FactType, Rule, Table
from generator.model.layout import TableBlock
from generator.rules.excel.conditions import VerdictCells, chain, rule_cells
from generator.rules.excel.scope import Scope
from generator.rules.formula import Expr, Ref, call, eq, if_, op
from generator.rules.prose import term_text
from generator.workbook.blocks.verdict import colour_verdicts, with_doubt
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import (
    INPUT_STYLES,
    Desk,
    headings,
    plain_fact,
    run_of,
    section,
    wide,
    width_of,
)
from generator.workbook.styles import text_lines

_WIDTHS = {
    FactType.AMOUNT: 17.0,
    FactType.YESNO: 15.0,
    FactType.DATE: 14.0,
    FactType.CHOICE: 34.0,
    FactType.TEXT: 24.0,
}
_RESULT_WIDTHS = (6.0, 20.0, 12.0, 17.0, 17.0, 34.0, 42.0, 16.0)
_HEADING_LINES = 2


def table_widths(desk_facts: dict[str, Fact], table: Table) -> tuple[float, ...]:
    """The widths of a sheet that holds a table: wide enough for inputs and for results."""
    inputs = [6.0, 20.0, *(_WIDTHS[desk_facts[id].type] for id in table.columns)]
    size = max(len(inputs), len(_RESULT_WIDTHS))
    padded = [*inputs, *[0.0] * (size - len(inputs))]
    results = [*_RESULT_WIDTHS, *[0.0] * (size - len(_RESULT_WIDTHS))]
    return tuple(max(pair) for pair in zip(padded, results, strict=True))


def draw_table(desk: Desk, sheet: Sheet, block: TableBlock) -> None:
    """Draw a table and the verdicts on its rows."""
    table = desk.edition.tables[block.table]
    section(sheet, block.title)
    _explanations(desk, sheet, table)
    _inputs(desk, sheet, table, block.rows)
    sheet.next_row()
    scopes = list(_row_scopes(desk, table, block.rows))
    problems = {row.number: _row_problems(desk, table, row) for row in scopes}
    for rule in desk.edition.rules.values():
        if rule.each == table.id:
            _verdicts(desk, sheet, table, rule, scopes, problems)


def _explanations(desk: Desk, sheet: Sheet, table: Table) -> None:
    last = len(sheet.widths)
    lines = [(table.key_label, table.key_help)]
    lines += [(desk.facts[id].label, desk.facts[id].help) for id in table.columns]
    for label, help_ in lines:
        if help_:
            text = f"{label}：{help_}"
            wide(sheet, 1, last, text, "note")
            sheet.next_row(text_lines(text, width_of(sheet, 1, last)))


def _inputs(desk: Desk, sheet: Sheet, table: Table, rows: int) -> None:
    facts = [desk.facts[id] for id in table.columns]
    titles = [f"{fact.label}（{fact.unit.name}）" if fact.unit else fact.label for fact in facts]
    headings(sheet, ("行", table.key_label, *titles), _HEADING_LINES)
    first = sheet.row
    for number in range(1, rows + 1):
        sheet.put(1, number, "body_center")
        sheet.put(2, desk.fillings.get(f"tb_{table.id}_key[{number}]"), "input_text")
        for column, fact in enumerate(facts, 3):
            value = desk.fillings.get(f"tb_{table.id}_{fact.id}[{number}]")
            sheet.put(column, value, INPUT_STYLES[fact.type])
        sheet.next_row()
    last = sheet.row - 1
    # From the headings to the row below: rows inserted at either end lie outside the columns.
    desk.book.spans[_frame(table)] = run_of(sheet, 1, first - 1, last + 1)
    desk.book.define(f"tb_{table.id}_key", run_of(sheet, 2, first, last))
    for column, fact in enumerate(facts, 3):
        span = run_of(sheet, column, first, last)
        desk.book.define(f"tb_{table.id}_{fact.id}", span)
        cells = f"{span.first.address}:{span.last.address}".replace("$", "")
        validation = desk.validation(fact, cells)
        if validation:
            sheet.validations.append(validation)


# Rows -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """The scope of one row, whether it is used, and its key."""

    number: int
    scope: Scope
    used: Ref
    key: Ref


def _row_scopes(desk: Desk, table: Table, rows: int) -> Iterator[_Row]:
    """A scope a row; sums of the rows above run along."""
    own = frozenset([*table.columns, _KEY])
    facts = {**desk.facts, _KEY: plain_fact(_KEY, table.key_label, FactType.TEXT)}
    before: _Row | None = None
    for number in range(1, rows + 1):
        prefix = row_prefix(table, number)
        sums = {
            target: _sums_above(desk, table, prefix, target, column, before)
            for target, column in table.above.items()
        }

        def source(fact: str, number: int = number) -> Expr:
            column = "key" if fact == _KEY else fact
            return call("INDEX", Ref(f"tb_{table.id}_{column}"), number)

        scope = Scope(
            desk.edition,
            desk.steps,
            source,
            prefix=prefix,
            own=own,
            parent=desk.scope,
            sums=sums,
            facts=facts,
        )
        joined: Expr = scope.text(_KEY)
        for id in table.columns:
            joined = op(joined, "&", scope.text(id))
        used = scope.add("used", "此行已填写：1", if_(eq(joined, ""), 0, 1))
        before = _Row(number, scope, used, scope.text(_KEY))
        yield before


_KEY = "row_key"


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


def _row_problems(desk: Desk, table: Table, row: _Row) -> Ref:
    """What is wrong with a row: its key, and each answer that cannot be taken."""
    scope, keys = row.scope, Ref(f"tb_{table.id}_key")
    odd_key = call("OR", eq(row.key, ""), eq(row.key, "#"))
    several = op(call("COUNTIF", keys, row.key), ">", 1)
    same = scope.add("same_key", "编号与他行相同：1", if_(odd_key, 0, if_(several, 1, 0)))
    parts = [
        (call("AND", eq(row.used, 1), odd_key), f"缺{table.key_label}"),
        (eq(same, 1), f"{table.key_label}重复"),
        *(
            (op(scope.problem(id), "<>", ""), f"{desk.facts[id].label}填写有误")
            for id in table.columns
        ),
    ]
    found = chain(scope, "problems", "此行的问题", parts)
    scope.add("wrong", "此行有误：1", if_(eq(found, ""), 0, 1))
    return found


def _verdicts(
    desk: Desk,
    sheet: Sheet,
    table: Table,
    rule: Rule,
    rows: list[_Row],
    problems: Mapping[int, Ref],
) -> None:
    section(sheet, f"判定结果：{rule.label}（逐行对应上表，自动计算）")
    sums = [leaf.test for leaf in leaves(rule.when) if isinstance(leaf.test, Within)]
    compared = next((test for test in sums if isinstance(test.term, SumOfSizes)), None)
    left, right = "（无）", "（无）"
    if compared:
        left = _SUM_HEADING
        bound = compared.intervals[0].high or compared.intervals[0].low
        right = term_text(desk.edition, bound.term) if bound else ""
    titles = ("行", table.key_label, "结论", left, right, "填写情况", "说明", "存疑")
    headings(sheet, titles, _HEADING_LINES)
    first = sheet.row
    for row in rows:
        cells = rule_cells(row.scope, rule)
        _verdict_row(desk, sheet, rule, row, cells, compared, problems[row.number])
    last = sheet.row - 1
    name = f"tb_{table.id}_out_{rule.id}"
    for column, suffix in ((3, ""), (8, "_readings")):
        desk.book.define(f"{name}{suffix}", run_of(sheet, column, first, last))
    desk.result_ranges[f"{name}_needed"] = [f"{row.scope.prefix}{rule.id}.needed" for row in rows]
    area = f"C{first}:C{last}"
    colour_verdicts(sheet, area, f"C{first}", rule.modality)
    sheet.highlights.append(Highlight(f"H{first}:H{last}", f"H{first}", ("存疑",), "doubt"))
    wrong = ("缺", "*重复", "*有误")
    sheet.highlights.append(Highlight(f"F{first}:F{last}", f"F{first}", wrong, "bad"))
    _overflow(desk, sheet, table, len(rows))


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
    sheet.put(6, shown(op(wrong, "&", needed)), "computed")
    sheet.put(7, shown(cells.says), "computed")
    doubt = if_(eq(cells.doubts, ""), "", op("存疑：", "&", cells.doubts))
    sheet.put(8, shown(doubt), "computed")
    longest = max((rule.says.yes, rule.says.no, rule.says.unknown), key=len)
    sheet.next_row(text_lines(longest, sheet.widths[6]))


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


def _frame(table: Table) -> str:
    return f"frame.{table.id}"


def _overflow(desk: Desk, sheet: Sheet, table: Table, rows: int) -> None:
    """A warning when rows were inserted: those at an end, or pushed over it, are not judged."""
    unchanged = call("ISERROR", call("INDEX", Ref(_frame(table)), rows + 3))
    warning = (
        f"表中插入了新行，判定可能漏行；请删去新行，把内容填在左侧有行号的{rows}行内，或另用一份。"
    )
    last = len(sheet.widths)
    place = wide(sheet, 1, last, if_(unchanged, "", warning), "note")
    desk.book.define(f"out_{table.id}_overflow", place)
    cell = f"A{sheet.row}"
    sheet.highlights.append(Highlight(cell, cell, ("表中插入",), "bad"))
    sheet.next_row()
    sheet.next_row()
