"""Register: a list of this workbook's own, and below it how each row stands, totals and checks.

What stands below reads the k-th row of the register's named columns, as with tables; where rows
belong to the days of a recurring deadline, those are listed with what was entered for each.

Names, of a register `tb_<id>`: inputs `_key` and `_<column>`; of each row `_out_state`,
`_out_missing`, `_out_explained`, of a recurring deadline also `_out_period` and `_out_sent_state`;
`_out_total_<column>`, beside it `_out_limit_<column>` and `_out_rest_<column>` where a check shows
figures; of each check `_out_<column>_<kind>[_<than>]`, of a conflict `_out_check<number>`, and the
same with `_explained`;
of the deadline's days, in their order, `_out_day_period`, `_out_day_state`, `_out_day_sent` and
`_out_day_of_<column>`, beside `out_<deadline>_dates`. `out_<id>_overflow` warns of inserted rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from generator.model.anchors import Anchor
from generator.model.edition import Deadline, Fact, FactType, Recurring
from generator.model.layout import RegisterBlock
from generator.model.layout_checks import RegisterCheckShape
from generator.model.problems import suggestion
from generator.rules.excel.conditions import PENDING
from generator.rules.formula import Expr, Ref, call, eq, if_, op
from generator.workbook.blocks.lists import (
    draw_explanations,
    draw_help,
    draw_inputs,
    draw_overflow,
    draw_pointer,
    input_widths,
    leads,
    widest,
)
from generator.workbook.blocks.register_cells import (
    DOUBTED,
    FAILS,
    FILLED,
    HOLDS,
    NOTHING,
    UNUSED,
    WRONG,
    RowCells,
    amount_of_day,
    check_cells,
    check_name,
    check_words,
    condition_of_check,
    day_name,
    entry_of_day,
    former_of,
    gone_cells,
    listing_of,
    registers,
    row_cells,
    total_cells,
)
from generator.workbook.blocks.timeline import RecurringDays, colour_states, recurring_days
from generator.workbook.blocks.words import facts_of_deadline
from generator.workbook.book import Highlight, Sheet, Validation
from generator.workbook.conflicts import conflict_facts, conflict_faults
from generator.workbook.desk import Desk, headings, run_of, section, wide, width_of
from generator.workbook.listing import KEY, Listing
from generator.workbook.styles import text_lines

_WIDTHS = {
    FactType.AMOUNT: 15.0,
    FactType.YESNO: 11.0,
    FactType.DATE: 14.0,
    FactType.CHOICE: 22.0,
    FactType.TEXT: 24.0,
}
_NARROW = {**_WIDTHS, FactType.TEXT: 17.0, FactType.CHOICE: 17.0}
_TIGHT = {
    FactType.AMOUNT: 13.0,
    FactType.YESNO: 9.0,
    FactType.DATE: 12.5,
    FactType.CHOICE: 16.0,
    FactType.TEXT: 15.0,
}
_COMFORTABLE, _LEGIBLE = 150.0, 205.0
"""Wider lists print small, or too small to read: then texts take more lines instead."""

_RESULT_WIDTHS = (5.0, 20.0, 14.0, 14.0, 14.0, 24.0, 16.0)
_LAW_WIDTH = 16.0
_DAY_WIDTHS = (5.0, 15.0, 17.0, 17.0, 11.0, 14.0, 11.0)
_HEADING_LINES = 2


def register_widths(desk: Desk, block: RegisterBlock) -> tuple[float, ...]:
    """The widths that a register wants: wide enough for inputs and for results."""
    listing = listing_of(desk, block)
    inputs, narrow = (input_widths(listing, widths) for widths in (_WIDTHS, _NARROW))
    if sum(inputs) > _COMFORTABLE:
        inputs = narrow if sum(narrow) <= _LEGIBLE else input_widths(listing, _TIGHT)
    results: tuple[float, ...] = _RESULT_WIDTHS
    if len(inputs) > len(results):
        # What is said of a row has all columns that are left.
        results = results[:3]
    if block.key.of:
        amounts = [_TIGHT[fact.type] for fact in _amounts(listing)]
        results = (*_DAY_WIDTHS, *amounts, _law_width(desk.edition.deadlines[block.key.of].law))
    return widest(inputs, results)


def _law_width(law: Anchor) -> float:
    """So that it takes one line only: there are many rows that say the same."""
    widths = (_LAW_WIDTH + more for more in range(_LAW_WIDEST))
    return next((w for w in widths if text_lines(law.citation, w) == 1), _LAW_WIDTH)


_LAW_WIDEST = 12
"""Characters more than it usually takes; what does not fit then has its lines."""


def _amounts(listing: Listing) -> list[Fact]:
    return [fact for fact in listing.columns if fact.type is FactType.AMOUNT]


def register_problems(desk: Desk) -> Iterator[str]:
    """What cannot be drawn: columns of the wrong type, names that two things would have."""
    names = [block.id for block in registers(desk.layout)]
    for id in dict.fromkeys(names):
        if names.count(id) > 1 or id in desk.table_rows() or id in desk.edition.deadlines:
            yield f"登记表 “{id}” 与别的登记表、表格或者期限同名，请换一个标识。"
    deadlines = [block.key.of for block in registers(desk.layout) if block.key.of]
    for id in dict.fromkeys(deadlines):
        if deadlines.count(id) > 1:
            yield f"期限 “{id}” 有不止一个登记表。"
    for block in registers(desk.layout):
        for problem in _problems_of(desk, block):
            yield f"登记表 “{block.id}”：{problem}"


def _problems_of(desk: Desk, block: RegisterBlock) -> Iterator[str]:
    types = {id: desk.facts[id].type for id in block.columns}
    for id, type_ in types.items():
        if type_ not in _WIDTHS:
            yield f"列 “{id}” 的类型不能用在登记表中。"
    if block.key.of and not isinstance(desk.edition.deadlines[block.key.of].schedule, Recurring):
        yield f"“{block.key.of}” 不是定期的期限，不能按它登记。"
    if block.key.sent and types[block.key.sent] is not FactType.DATE:
        yield f"报送日期的列 “{block.key.sent}” 须为日期。"
    for id in block.totals:
        if types[id] is not FactType.AMOUNT:
            yield f"只有金额能合计，“{id}” 不是。"
    for id in block.only_with.values():
        if types[id] is not FactType.YESNO:
            yield f"only_with 只能看“是/否”的列，“{id}” 不是。"
    for check in block.checks:
        if check.figures and check.column not in block.totals:
            yield f"figures 要有合计：请把 “{check.column}” 列入 totals。"
        yield from _problems_of_check(desk, check)
        yield from _problems_elsewhere(desk, block, check)
    if block.follows:
        yield from _problems_of_former(desk, block)
    own = [check_name(block, check) for check in block.checks]
    own += [_total_name(block, id) for id in block.totals]
    own += [f"tb_{block.id}_out_limit_{each.column}" for each in block.checks if each.figures]
    own += [f"tb_{block.id}_{column}" for column in ("key", *block.columns)]
    for name in dict.fromkeys(own):
        if own.count(name) > 1:
            yield f"两处都要用名称 “{name}”，请换一个列名，或者删去重复的校核。"


def _problems_of_former(desk: Desk, block: RegisterBlock) -> Iterator[str]:
    former = next((each for each in registers(desk.layout) if each.id == block.follows), None)
    if former is None or former is block or former.key.of:
        yield f"“{block.follows}”（follows）须是本工作簿另一份不按期限登记的表。"
        return
    for check in block.checks:
        if check.kind == "not_below_former" and check.column not in former.columns:
            yield f"“{former.id}”没有“{check.column}”这一列，不能比较。"


def _problems_elsewhere(
    desk: Desk, block: RegisterBlock, check: RegisterCheckShape
) -> Iterator[str]:
    others = {each.id: each for each in registers(desk.layout) if each is not block}
    for id in (check.unlisted_in, check.listed_in):
        if id and (id not in others or others[id].key.of or block.key.of):
            near = suggestion(id, others) or "。"
            yield f"“{id}” 须是本工作簿另一份不按期限登记的表，才能对照编号{near}"


def _problems_of_check(desk: Desk, check: RegisterCheckShape) -> Iterator[str]:
    column = desk.facts[check.column]
    others = [desk.facts[check.than]] if check.than else []
    yield from conflict_faults(check, desk.facts)
    if check.kind == "conflict":
        return
    allowed = (FactType.AMOUNT,) if check.kind == "total_at_most" else _ORDERED
    for fact in (column, *others):
        if fact.type not in allowed:
            yield f"“{fact.id}” 不能这样校核：只有金额和日期分大小，只有金额能合计。"
    for other in others:
        if (other.type, other.unit) != (column.type, column.unit):
            yield f"“{column.id}” 与 “{other.id}” 的类型或者单位不同，不能比较。"


_ORDERED = (FactType.AMOUNT, FactType.DATE)


def register_facts(desk: Desk, block: RegisterBlock) -> list[str]:
    """The facts of the project that a register reads."""
    others = [check.than for check in block.checks if check.than]
    for check in block.checks:
        others += conflict_facts(check, condition_of_check(desk, block, check))
    facts = [fact for fact in others if fact not in block.columns]
    if block.key.of:
        facts += facts_of_deadline(desk.edition.deadlines[block.key.of])
    return facts


def draw_register(desk: Desk, sheet: Sheet, block: RegisterBlock) -> None:
    """Draw a register, and how it stands."""
    listing = listing_of(desk, block)
    deadline = desk.edition.deadlines[block.key.of] if block.key.of else None
    stays = leads(sheet)
    section(sheet, block.title, len(sheet.widths))
    if stays:
        draw_pointer(sheet, listing)
    else:
        _explanations(desk, sheet, block, listing)
    texts = any(fact.type is FactType.TEXT for fact in listing.columns)
    key = _days_to_choose(desk, block, deadline) if deadline else None
    draw_inputs(desk, sheet, listing, key, lines=2 if texts else 1, stays=stays)
    rows = [row_cells(desk, block, listing, number) for number in listing.numbers]
    _totals(desk, sheet, block, listing)
    draw_overflow(desk, sheet, listing)

    def results() -> None:
        if stays:
            draw_help(desk, sheet, listing)
            _explanations(desk, sheet, block, listing)
            sheet.next_row()
        if deadline:
            _days(desk, sheet, block, listing, deadline, recurring_days(desk, deadline))
        _rows(desk, sheet, block, listing, rows)
        _checks(desk, sheet, block)

    # What is sealed is what people wrote: how it stands is for whoever fills it.
    if stays and sheet.sealed:
        sheet.afterwards.append(results)
    else:
        sheet.next_row()
        results()


def _explanations(desk: Desk, sheet: Sheet, block: RegisterBlock, listing: Listing) -> None:
    _about(desk, sheet, block)
    explained = [(block.key.label, block.key.help)]
    draw_explanations(sheet, [*explained, *((each.label, each.help) for each in listing.columns)])


def _about(desk: Desk, sheet: Sheet, block: RegisterBlock) -> None:
    last = len(sheet.widths)
    if not (block.about or block.law):
        return
    wide(sheet, 1, last - 1, block.about, "help")
    desk.law(sheet, last, block.law)
    lines = text_lines(block.about or "", width_of(sheet, 1, last - 1))
    sheet.next_row(max(lines, _law_lines(sheet, last, block.law)))


def _law_lines(sheet: Sheet, column: int, law: Anchor | None) -> int:
    return text_lines(law.citation, sheet.widths[column - 1]) if law else 1


def _days_to_choose(desk: Desk, block: RegisterBlock, deadline: Deadline) -> Validation:
    """Keys are picked from the deadline's days, which the facts that it counts from give."""
    counted = "、".join(f"“{desk.facts[id].label}”" for id in facts_of_deadline(deadline))
    basis = f"（依据：{deadline.law.citation}）"
    days = f"out_{deadline.id}_dates"
    prompt = f"从下拉列表选择应报的日期；列表是空的，先填{counted}。{basis}"
    error = f"请从下拉列表选择应报的日期；列表由{counted}得出。{basis}"
    return Validation("", "list", (days,), block.key.label[:30], prompt, error)


# Totals -----------------------------------------------------------------------------------------


def _total_name(block: RegisterBlock, column: str) -> str:
    return f"tb_{block.id}_out_total_{column}"


def _totals(desk: Desk, sheet: Sheet, block: RegisterBlock, listing: Listing) -> None:
    """Sums under their columns, but not touching them."""
    if not block.totals:
        return
    sheet.sums.append(sheet.row)
    sheet.put(2, "合计", "body_strong")
    lacking: list[Expr] = []
    for column, fact in enumerate(listing.columns, 3):
        if fact.id not in block.totals:
            sheet.put(column, None, "body")
            continue
        assert fact.unit
        total, rows = total_cells(desk, block, fact.id)
        shown = if_(eq(total, 0), 0, op(total, "/", fact.unit.steps))
        place = sheet.put(column, shown, "computed_amount")
        desk.book.define(_total_name(block, fact.id), place)
        if fact.id not in block.optional:
            words = op(op(f"“{fact.label}”", "&", rows), "&", "行　")
            lacking.append(
                desk.step(f"{rows.id}.words", f"{fact.label}：未填", if_(eq(rows, 0), "", words))
            )
    sheet.next_row()
    _figures(desk, sheet, block, listing)
    if not lacking:
        return
    joined = lacking[0]
    for words_cell in lacking[1:]:
        joined = op(joined, "&", words_cell)
    noted = desk.step(f"tb_{block.id}.lacking", f"{block.title}：合计缺的行", joined)
    remark = op("合计只含已填的金额，还有待填或者有误的：", "&", noted)
    wide(sheet, 2, len(sheet.widths), if_(eq(noted, ""), "", remark), "note")
    sheet.next_row()


def _figures(desk: Desk, sheet: Sheet, block: RegisterBlock, listing: Listing) -> None:
    """Under the totals: what each is held against, and what is left of that."""
    for check in block.checks:
        if not (check.figures and check.than):
            continue
        limit, (total, _) = desk.facts[check.than], total_cells(desk, block, check.column)
        assert limit.unit
        known, steps = desk.scope.known(limit.id), desk.scope.steps_of_amount(limit.id)
        rest = op(op(steps, "-", total), "/", limit.unit.steps)
        shown = op(steps, "/", limit.unit.steps)
        rows = ((limit.label, shown, "limit"), ("结余（负数为超出）", rest, "rest"))
        for title, content, what in rows:
            sheet.put(2, title, "body_strong")
            for column, fact in enumerate(listing.columns, 3):
                if fact.id != check.column:
                    sheet.put(column, None, "body")
                    continue
                amount = if_(eq(known, 1), content, "")
                place = sheet.put(column, amount, "computed_amount")
                desk.book.define(f"tb_{block.id}_out_{what}_{check.column}", place)
            sheet.next_row(text_lines(limit.label, sheet.widths[1]))


# The days of a recurring deadline ---------------------------------------------------------------


def _days(
    desk: Desk,
    sheet: Sheet,
    block: RegisterBlock,
    listing: Listing,
    deadline: Deadline,
    days: RecurringDays,
) -> None:
    """Every day of the deadline, whether it was met, and the amounts entered for it."""
    amounts = _amounts(listing)
    last_column = len(_DAY_WIDTHS) + len(amounts) + 1
    section(sheet, f"{deadline.label}：各次情况（自动出现，按日期先后）", last_column)
    titles = ("序号", listing.key.label, "所属期间", "报送情况", "剩余天数", "报送日期", "登记在")
    named = [f"{fact.label}\n（{fact.unit.name}）" for fact in amounts if fact.unit]
    lines = [text_lines(title, _TIGHT[FactType.AMOUNT]) for title in named]
    headings(sheet, (*titles, *named, "依据"), max(_HEADING_LINES, *lines, 0))
    first = sheet.row
    for number, (day, sent) in enumerate(zip(days.cells.dates, days.sent, strict=True), 1):
        entry, answer = entry_of_day(deadline, number), days.source[number - 1]
        sheet.put(1, number, "body_center")
        sheet.put(2, if_(eq(day, ""), "", day), "computed_date")
        sheet.put(3, sent.period, "computed_center")
        sheet.put(4, sent.state, "state")
        sheet.put(5, sent.left, "computed_days")
        sheet.put(6, answer, "computed_date")
        row = if_(eq(entry, ""), "", op(op("第", "&", entry), "&", "行"))
        sheet.put(7, row, "computed_center")
        for column, fact in enumerate(amounts, 8):
            amount = amount_of_day(desk, block, deadline, number, fact.id)
            sheet.put(column, amount, "computed_amount")
        desk.law(sheet, last_column, deadline.law)
        sheet.next_row(_law_lines(sheet, last_column, deadline.law))
    last = sheet.row - 1
    desk.book.define(f"out_{deadline.id}_dates", run_of(sheet, 2, first, last))
    for column, what in ((3, "period"), (4, "state"), (6, "sent")):
        desk.book.define(day_name(block, what), run_of(sheet, column, first, last))
    for column, fact in enumerate(amounts, 8):
        name = day_name(block, f"of_{fact.id}")
        desk.book.define(name, run_of(sheet, column, first, last))
    colour_states(sheet, "D", first)
    sheet.next_row()


# Rows -------------------------------------------------------------------------------------------


def _rows(
    desk: Desk, sheet: Sheet, block: RegisterBlock, listing: Listing, rows: list[RowCells]
) -> None:
    last_column = len(sheet.widths)
    title = f"逐行核对（自动计算，从上到下与填写的各行对应）：{block.title}"
    section(sheet, title, last_column)
    dated = ("所属期间", "报送情况") if block.key.of else ()
    end = 2 if dated else _end_of_key(sheet)
    keyed = (listing.key.label, *[""] * (end - 2))
    titles = ("行", *keyed, "填写情况", *dated, "还缺什么、有什么问题")
    headings(sheet, (*titles, *[""] * (last_column - len(titles))))
    first, says = sheet.row, len(titles)
    lines = _lines_of_explanation(desk, block, width_of(sheet, says, last_column))
    for row in rows:
        sheet.put(1, row.number, "body_center")
        wide(sheet, 2, end, _key(block, row), "computed_date" if dated else "computed")
        sheet.put(end + 1, row.state, "state")
        if row.due:
            for column, what, style in ((4, "period", "computed_center"), (5, "state", "state")):
                found = call("INDEX", Ref(day_name(block, what)), row.due)
                sheet.put(column, if_(op(row.due, ">", 0), found, ""), style)
        wide(sheet, says, last_column, row.explained, "computed")
        sheet.next_row(lines)
    last = sheet.row - 1
    letter = get_column_letter(end + 1)
    area = f"{letter}{first}:{letter}{last}"
    desk.book.define(f"tb_{block.id}_out_state", run_of(sheet, end + 1, first, last))
    if dated:
        desk.book.define(f"tb_{block.id}_out_period", run_of(sheet, 4, first, last))
        desk.book.define(f"tb_{block.id}_out_sent_state", run_of(sheet, 5, first, last))
        colour_states(sheet, "E", first)
    desk.result_ranges[f"tb_{block.id}_out_explained"] = listing.run("explained")
    desk.result_ranges[f"tb_{block.id}_out_missing"] = listing.run("missing")
    for word, style in (
        (FILLED, "good"),
        (WRONG, "bad"),
        (DOUBTED, "doubt"),
        (PENDING, "pending"),
        (UNUSED, "pending"),
    ):
        sheet.highlights.append(Highlight(area, f"{letter}{first}", (word,), style))
    sheet.next_row()


_WIDE_KEY = 32.0


def _end_of_key(sheet: Sheet) -> int:
    """The last column of the keys beside the results: they may be names, and long."""
    columns = range(2, len(sheet.widths) - 2)
    return next((c for c in columns if width_of(sheet, 2, c) >= _WIDE_KEY), 2)


def _lines_of_explanation(desk: Desk, block: RegisterBlock, width: float) -> int:
    """Room for all answers that a row begun may lack, or for what a check says."""
    lacking = "".join(f"“{desk.facts[id].label}”" for id in block.columns)
    longest = max([f"{PENDING}：{lacking}。", *(check.says for check in block.checks)], key=len)
    return min(text_lines(longest, width), 3)


def _key(block: RegisterBlock, row: RowCells) -> Expr:
    """The key of a row, or that it has none."""
    text, missing = row.scope.text(KEY), f"（缺{block.key.label}）"
    if not row.due:
        return if_(eq(row.used, 1), if_(eq(text, ""), missing, text), "")
    day = row.scope.day(KEY)
    odd = if_(eq(text, ""), missing, "（有误）")
    return if_(eq(row.used, 1), if_(eq(day, ""), odd, day), "")


# Checks -----------------------------------------------------------------------------------------


def _checks(desk: Desk, sheet: Sheet, block: RegisterBlock) -> None:
    if not (block.checks or block.follows):
        return
    last_column = len(sheet.widths)
    section(sheet, f"校核：{block.title}", last_column)
    half = _half(sheet)
    gap = [""] * (half - 3), [""] * (last_column - half - 2)
    headings(sheet, ("序号", "结果", "校核内容", *gap[0], "说明", *gap[1], "依据"))
    first = sheet.row
    for number, cells in enumerate(check_cells(desk, block), 1):
        sheet.put(1, number, "body_center")
        place = sheet.put(2, cells.word, "state")
        desk.book.define(check_name(block, cells.check), place)
        desk.result(f"{check_name(block, cells.check)}_explained", cells.explained)
        wide(sheet, 3, half, check_words(desk, block, cells.check), "body")
        wide(sheet, half + 1, last_column - 1, cells.explained, "computed")
        desk.law(sheet, last_column, block.law)
        words = text_lines(check_words(desk, block, cells.check), width_of(sheet, 3, half))
        says = text_lines(cells.check.says, width_of(sheet, half + 1, last_column - 1))
        sheet.next_row(max(words, says + 1, _law_lines(sheet, last_column, block.law)))
    if block.follows:
        _gone(desk, sheet, block, half)
    area = f"B{first}:B{sheet.row - 1}"
    colours = [(FAILS, "bad"), (HOLDS, "good"), (PENDING, "pending"), (NOTHING, "pending")]
    if block.follows or any(check.doubt for check in block.checks):
        colours.append((DOUBTED, "doubt"))
    for word, style in colours:
        sheet.highlights.append(Highlight(area, f"B{first}", (word,), style))
    sheet.next_row()


def _gone(desk: Desk, sheet: Sheet, block: RegisterBlock, half: int) -> None:
    """Whether all that the former register has is here too."""
    cells, last = gone_cells(desk, block), len(sheet.widths)
    asked = f"“{former_of(desk, block).title}”中的{block.key.label}，本表都有"
    sheet.put(1, len(block.checks) + 1, "body_center")
    name = f"tb_{block.id}_out_gone"
    desk.book.define(name, sheet.put(2, cells.word, "state"))
    desk.result(f"{name}_explained", cells.explained)
    wide(sheet, 3, half, asked, "body")
    wide(sheet, half + 1, last - 1, cells.explained, "computed")
    desk.law(sheet, last, block.law)
    lines = max(2, text_lines(asked, width_of(sheet, 3, half)))
    sheet.next_row(max(lines, _law_lines(sheet, last, block.law)))


def _half(sheet: Sheet) -> int:
    """The column that ends the words of checks: what is left belongs to their results."""
    last = len(sheet.widths)
    room = width_of(sheet, 3, last - 1)
    columns = range(3, last - 1)
    return next((c for c in columns if width_of(sheet, 3, c) >= room / 2), last - 2)
