"""Table: a list that people keep, a row each, and below it the verdict on each of its rows.

The verdicts read the k-th row of the table's named columns, not the cells beside them, so that
inserting or sorting rows never pairs a verdict with another row's facts.

Names, of a rule on the rows of a table `<id>`: `tb_<id>_out_<rule>` the words, and the same with
`_needed`, `_readings`; where sums are held against a share of something, also `_share` (of the row
alone) and `_total_share` (with the rows above).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from generator.model.conditions import (
    AmountTerm,
    ShareOf,
    SumOfSizes,
    Within,
    facts_of,
    facts_of_term,
    leaves,
)
from generator.model.edition import FactType, Rule, Table
from generator.model.layout import TableBlock
from generator.model.quantities import AmountUnit
from generator.rules.excel.conditions import VerdictCells, chain, rule_cells
from generator.rules.excel.scope import Scope
from generator.rules.formula import Expr, Ref, call, eq, if_, op
from generator.rules.prose import term_text
from generator.workbook.blocks.lists import (
    draw_explanations,
    draw_help,
    draw_inputs,
    draw_overflow,
    draw_pointer,
    input_widths,
    is_used,
    key_fact,
    key_problems,
    leads,
    row_scope,
    widest,
)
from generator.workbook.blocks.verdict import colour_verdicts, with_doubt
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, headings, run_of, section, wide, width_of
from generator.workbook.listing import KEY, Listing
from generator.workbook.styles import text_lines

_WIDTHS = {
    FactType.AMOUNT: 17.0,
    FactType.YESNO: 15.0,
    FactType.DATE: 14.0,
    FactType.CHOICE: 34.0,
    FactType.TEXT: 20.0,
}
_RESULT_WIDTHS = (6.0, 20.0, 12.0, 17.0, 17.0, 17.0, 17.0, 42.0, 16.0)


def table_widths(desk: Desk, block: TableBlock) -> tuple[float, ...]:
    """The widths that a table wants: wide enough for inputs and for results."""
    listing = _listing(desk, block)
    return widest(input_widths(listing, _WIDTHS), _RESULT_WIDTHS)


def _listing(desk: Desk, block: TableBlock) -> Listing:
    table = desk.edition.tables[block.table]
    columns = tuple(desk.facts[id] for id in (*table.columns, *block.records))
    return Listing(table.id, table.label, table.id, key_fact(table.key_label), columns, block.rows)


def draw_table(desk: Desk, sheet: Sheet, block: TableBlock) -> None:
    """Draw a table and the verdicts on its rows."""
    table = desk.edition.tables[block.table]
    listing = _listing(desk, block)
    stays = leads(sheet)
    section(sheet, block.title, len(sheet.widths))
    facts = listing.columns
    explained = [(table.key_label, table.key_help), *((fact.label, fact.help) for fact in facts)]
    if stays:
        draw_pointer(sheet, listing)
    else:
        draw_explanations(sheet, explained)
    draw_inputs(desk, sheet, listing, stays=stays)
    if stays:
        draw_help(desk, sheet, listing)
        draw_explanations(sheet, explained)
        sheet.next_row()
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


@dataclass(frozen=True)
class Compared:
    """The sum of sizes that a rule holds against a limit; `own` are the parts of the sum that stand
    in the row itself, and `base` is what the limit is a share of, if both are there."""

    test: Within
    base: str | None
    own: tuple[str, ...]


def compared_by(columns: Collection[str], rule: Rule) -> Compared | None:
    """What a rule on the rows of a table with these columns compares, if it adds up sizes."""
    for leaf in leaves(rule.when):
        match leaf.test:
            case Within(SumOfSizes(facts)) as test:
                limit = _limit(test)
                own = tuple(fact for fact in facts if fact in columns)
                base = limit.fact if own and isinstance(limit, ShareOf) else None
                return Compared(test, base, own)
    return None


def _limit(test: Within) -> AmountTerm:
    bound = test.intervals[0].high or test.intervals[0].low
    assert bound
    return bound.term


def _verdicts(
    desk: Desk,
    sheet: Sheet,
    listing: Listing,
    rule: Rule,
    rows: list[_Row],
    problems: Mapping[int, Ref],
) -> None:
    section(sheet, f"判定结果：{rule.label}（逐行对应上表，自动计算）", len(_RESULT_WIDTHS))
    compared = compared_by({fact.id for fact in listing.columns}, rule)
    numbers = _titles(desk, compared) if compared else []
    says = 4 + len(numbers)
    wide_says = [""] * (len(_RESULT_WIDTHS) - 1 - says)
    titles = ("行", listing.key.label, "结论", *numbers, "填写情况和说明", *wide_says, "存疑")
    headings(sheet, titles, max(text_lines(title, _RESULT_WIDTHS[3]) for title in (*numbers, "")))
    first = sheet.row
    for row in rows:
        cells = rule_cells(row.scope, rule)
        _verdict_row(desk, sheet, rule, row, cells, compared, problems[row.number])
    last = sheet.row - 1
    name = f"tb_{listing.id}_out_{rule.id}"
    for column, suffix in ((3, ""), (len(_RESULT_WIDTHS), "_readings")):
        desk.book.define(f"{name}{suffix}", run_of(sheet, column, first, last))
    if compared and compared.base:
        desk.book.define(f"{name}_share", run_of(sheet, 4, first, last))
        desk.book.define(f"{name}_total_share", run_of(sheet, 5, first, last))
    desk.result_ranges[f"{name}_needed"] = [f"{row.scope.prefix}{rule.id}.needed" for row in rows]
    area = f"C{first}:C{last}"
    colour_verdicts(sheet, area, f"C{first}", rule)
    for place, word, style in (
        (len(_RESULT_WIDTHS), "存疑", "doubt"),
        (says, _WRONG, "bad"),
        (says, _NEEDED, "pending"),
    ):
        letter = get_column_letter(place)
        area = f"{letter}{first}:{letter}{last}"
        sheet.highlights.append(Highlight(area, f"{letter}{first}", (word,), style))
    draw_overflow(desk, sheet, listing)
    sheet.next_row()


_WRONG, _NEEDED = "须改正：", "还需填写："


def _titles(desk: Desk, compared: Compared) -> list[str]:
    """What is compared: with a share of a base the shares of it, of the row alone and with the
    rows above; with another limit, that."""
    unit = _unit(desk, compared).name
    total, limit = "累计数额（按绝对值）", term_text(desk.edition, _limit(compared.test))
    if compared.base:
        base = desk.facts[compared.base].label
        return [f"本次数额（按绝对值）占{base}", f"累计数额占{base}", f"{total}／{limit}（{unit}）"]
    return [f"{total}（{unit}）", f"{limit}（{unit}）"]


def _unit(desk: Desk, compared: Compared) -> AmountUnit:
    unit = desk.facts[facts_of_term(compared.test.term)[0]].unit
    assert unit
    return unit


def _verdict_row(
    desk: Desk,
    sheet: Sheet,
    rule: Rule,
    row: _Row,
    cells: VerdictCells,
    compared: Compared | None,
    problems: Ref,
) -> None:
    def shown(expr: Expr) -> Expr:
        return if_(eq(row.used, 1), expr, "")

    sheet.put(1, row.number, "body_center")
    sheet.put(2, shown(if_(eq(row.key, ""), "（缺编号）", row.key)), "computed")
    sheet.put(3, shown(with_doubt(cells.word, cells.doubts)), "state")
    numbers = _numbers(desk, row.scope, compared) if compared else []
    for column, (number, style) in enumerate(numbers, 4):
        sheet.put(column, shown(number), style)
    row.scope.add(f"{rule.id}.needed", f"{rule.label}：还需填写", shown(cells.needed))
    wrong = if_(eq(problems, ""), "", op(op(_WRONG, "&", problems), "&", "。"))
    needed = if_(eq(cells.needed, ""), "", op(op(_NEEDED, "&", cells.needed), "&", "。"))
    last, first = len(_RESULT_WIDTHS), 4 + len(numbers)
    explained = op(op(wrong, "&", needed), "&", cells.says)
    wide(sheet, first, last - 1, shown(explained), "computed")
    doubt = if_(eq(cells.doubts, ""), "", op("存疑：", "&", cells.doubts))
    sheet.put(last, shown(doubt), "computed")
    asked = "；".join(desk.facts[fact].label for fact in facts_of(rule.when))
    longest = max((rule.says.yes, rule.says.no, rule.says.unknown), key=len)
    words = f"{_NEEDED}{asked}。{longest}"
    sheet.next_row(text_lines(words, width_of(sheet, first, last - 1)))


def _numbers(desk: Desk, scope: Scope, compared: Compared) -> list[tuple[Expr, str]]:
    """What the titles say; "" while it is not known. Only for people: verdicts never divide."""
    total, steps = compared.test.term, _unit(desk, compared).steps
    (sum_known, spent), (limit_known, limit) = (
        (eq(least, most), op(least, "/", factor * steps))
        for least, most, factor in map(scope.least_and_most, (total, _limit(compared.test)))
    )
    if not compared.base:
        found = ((sum_known, spent), (limit_known, limit))
        return [(if_(known, amount, ""), "computed_amount") for known, amount in found]
    base = scope.steps_of_amount(compared.base)
    shares = []
    for term in (SumOfSizes(compared.own), total):
        least, most, _ = scope.least_and_most(term)
        known = call("AND", eq(least, most), call("ISNUMBER", base), op(base, ">", 0))
        shares.append((if_(known, op(least, "/", base), ""), "computed_share"))
    both = op(op(spent, "&", "／"), "&", limit)
    return [*shares, (if_(call("AND", sum_known, limit_known), both, ""), "computed_center")]
