"""Lists that people keep, a row each: what tables and registers have in common.

No cell with contents touches the cells that people fill but their headings: who sorts takes along
whatever touches, and a spreadsheet refuses where a locked or a merged cell is among it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from openpyxl.utils import get_column_letter

from generator.model.edition import Fact, FactType
from generator.rules.excel.scope import Scope
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, op
from generator.workbook.book import Cell, Highlight, Place, Sheet, Validation
from generator.workbook.desk import INPUT_STYLES, Desk, plain_fact, run_of, section, wide, width_of
from generator.workbook.listing import KEY, Listing
from generator.workbook.styles import text_lines

_LONGEST_KEY = 100
_FIRST = 2
"""The column of the keys; the one before stays empty."""


def key_fact(label: str, type_: FactType = FactType.TEXT) -> Fact:
    """The key of a row as a fact."""
    return plain_fact(KEY, label, type_)


# Inputs -----------------------------------------------------------------------------------------


def input_widths(listing: Listing, widths: Mapping[FactType, float]) -> tuple[float, ...]:
    """The widths that the cells of a list want, from the first column of the sheet."""
    key = 20.0 if listing.key.type is FactType.TEXT else widths[listing.key.type]
    return (5.0, key, *(widths[fact.type] for fact in listing.columns))


def widest(*grids: Iterable[float]) -> tuple[float, ...]:
    """The widths of a sheet on which several blocks stand, each with columns of its own."""
    columns = [list(grid) for grid in grids]
    size = max(map(len, columns))
    padded = [[*grid, *[0.0] * (size - len(grid))] for grid in columns]
    return tuple(map(max, zip(*padded, strict=True)))


def leads(sheet: Sheet) -> bool:
    """Whether what is drawn next is the first thing of its sheet. Of a list that is, the headings
    stay on the screen: so nothing but its title stands above them, and what explains it below."""
    return sheet.row == sheet.freeze_row


def draw_pointer(sheet: Sheet, listing: Listing) -> None:
    """Let the title just drawn lead to the explanations below the list."""
    place = sheet.row - 1, len(sheet.widths)
    sheet.cells[place] = Cell("各栏说明", "heading", link=_help_name(listing))


def draw_help(desk: Desk, sheet: Sheet, listing: Listing) -> None:
    """Where explanations begin that stand below their list; below a seal they have a title."""
    sheet.begin_section()
    desk.book.define(_help_name(listing), Place(sheet.name, sheet.row, 1))
    if sheet.sealed:
        section(sheet, "各栏说明", len(sheet.widths))


def _help_name(listing: Listing) -> str:
    return f"nav_help_{listing.id}"


def draw_explanations(sheet: Sheet, lines: Iterable[tuple[str, str | None]]) -> None:
    """What columns mean, a line each, where there is anything to say."""
    last = len(sheet.widths)
    for label, help_ in lines:
        if help_:
            text = f"{label}：{help_}"
            wide(sheet, 1, last, text, "note")
            sheet.next_row(text_lines(text, width_of(sheet, 1, last)))


def draw_inputs(
    desk: Desk,
    sheet: Sheet,
    listing: Listing,
    key: Validation | None = None,
    lines: int = 1,
    *,
    stays: bool = False,
) -> None:
    """Draw the cells to fill, under their headings; `key` says what keys may be (its cells are
    given here), `lines` how high a row is. Where it `stays`, headings and keys do not scroll away.
    """
    desk.row_groups[listing.group] = listing
    _gap(sheet)
    high = 2
    for column, fact in enumerate((listing.key, *listing.columns), _FIRST):
        width = sheet.widths[column - 1]
        title = _title(listing, fact, width)
        sheet.put(column, title, "heading")
        high = max(high, text_lines(title, width))
    sheet.heights[sheet.row] = 8 + 15.5 * high
    sheet.next_row()
    if stays:
        # On paper other blocks follow under the same headings, unless nothing of them is printed.
        sheet.repeat_row = sheet.row if sheet.sealed else sheet.freeze_row
        if sheet.one_list:
            sheet.freeze_row, sheet.freeze_column = sheet.row, _FIRST + 1
    first = sheet.row
    facts = (listing.key, *listing.columns)
    for number in listing.numbers:
        high = lines
        for column, fact in enumerate(facts, _FIRST):
            value = desk.fillings.get(f"{range_name(listing, fact)}[{number}]")
            sheet.put(column, value, INPUT_STYLES[fact.type])
            if isinstance(value, str):
                high = max(high, text_lines(value, sheet.widths[column - 1]))
        sheet.growing.add(sheet.row)
        sheet.next_row(high)
    last = sheet.row - 1
    # From the headings to the row below: rows inserted at either end lie outside the columns.
    desk.book.spans[_frame(listing)] = run_of(sheet, 1, first - 1, last + 1)
    for column, fact in enumerate(facts, _FIRST):
        desk.book.define(range_name(listing, fact), run_of(sheet, column, first, last))
        letter = get_column_letter(column)
        cells = f"{letter}{first}:{letter}{last}"
        validation = desk.validation(fact, cells)
        if fact is listing.key and key:
            validation = replace(key, cells=cells)
        if validation:
            sheet.validations.append(validation)
    # A sheet has one filter at most.
    sheet.filter = sheet.filter or f"B{first - 1}:{get_column_letter(len(facts) + 1)}{last}"
    _gap(sheet)


def _gap(sheet: Sheet) -> None:
    sheet.heights[sheet.row] = 9
    sheet.next_row()


def _title(listing: Listing, fact: Fact, width: float) -> str:
    unit = f"（{fact.unit.name}）" if fact.unit else ""
    optional = "（选填）" if fact.id in listing.optional else ""
    remarks = [f"{unit}{optional}"]
    if text_lines(remarks[0], width) > 1:
        remarks = [unit, optional]
    return "\n".join([fact.label, *filter(None, remarks)])


def range_name(listing: Listing, fact: Fact) -> str:
    """The name of a column of a list."""
    return f"tb_{listing.id}_{'key' if fact is listing.key else fact.id}"


def _frame(listing: Listing) -> str:
    return f"frame.{listing.id}"


def draw_overflow(desk: Desk, sheet: Sheet, listing: Listing) -> None:
    """A warning when rows were inserted: those at an end, or pushed over it, are not judged."""
    unchanged = call("ISERROR", call("INDEX", Ref(_frame(listing)), listing.rows + 3))
    advice = f"请删去新行，把内容填在原有的{listing.rows}行内，或另用一份。"
    warning = f"表中插入了新行，判定可能漏行；{advice}"
    place = wide(sheet, 1, len(sheet.widths), if_(unchanged, "", warning), "note")
    desk.book.define(f"out_{listing.id}_overflow", place)
    cell = f"A{sheet.row}"
    sheet.highlights.append(Highlight(cell, cell, ("表中插入",), "bad"))
    sheet.next_row()


# Rows -------------------------------------------------------------------------------------------


def row_scope(
    desk: Desk,
    listing: Listing,
    number: int,
    sums: Mapping[str, tuple[Ref, Ref]] | None = None,
    kind: type[Scope] = Scope,
) -> Scope:
    """The facts of the k-th row, wherever it stands after sorting."""
    facts = {**desk.facts, KEY: listing.key}
    place = Ref(listing.number_cell(number))

    def source(fact: str) -> Expr:
        return call("INDEX", Ref(range_name(listing, facts[fact])), place)

    return kind(
        desk.edition,
        desk.steps,
        source,
        prefix=listing.prefix(number),
        own=frozenset([KEY, *(fact.id for fact in listing.columns)]),
        parent=desk.scope,
        sums=sums,
        facts=facts,
    )


def is_used(scope: Scope, listing: Listing) -> Ref:
    """1 where anything stands in the row, else 0."""
    texts = [scope.text(KEY), *(scope.text(fact.id) for fact in listing.columns)]
    empty = call("AND", *(eq(text, "") for text in texts))
    return scope.add("used", "此行已填写：1", if_(empty, 0, 1))


def key_problems(
    desk: Desk, scope: Scope, listing: Listing, used: Ref
) -> list[tuple[Expr, Operand]]:
    """What can be wrong with the key of a row: when, and in which words."""
    label, text = listing.key.label, scope.text(KEY)
    same = _is_repeated(desk, scope, listing)
    if listing.key.type is FactType.DATE:
        problem = scope.problem(KEY)
        return [
            (call("AND", eq(used, 1), eq(text, "")), f"缺{label}"),
            (op(problem, "<>", ""), op(f"{label}：", "&", problem)),
            (eq(same, 1), f"{label}重复"),
        ]
    return [
        (call("AND", eq(used, 1), call("OR", eq(text, ""), eq(text, "#"))), f"缺{label}"),
        (op(call("LEN", text), ">", _LONGEST_KEY), f"{label}超过{_LONGEST_KEY}个字"),
        (eq(same, 1), f"{label}重复"),
    ]


def _is_repeated(desk: Desk, scope: Scope, listing: Listing) -> Ref:
    """1 where another row has the same key."""
    if listing.key.type is FactType.DATE:
        key = scope.day(KEY)
    else:
        # A key may look like a number, a date, a comparison or a pattern; here it is but a text.
        text = scope.text(KEY)
        plain: Expr = text
        for wild, harmless in (("~", "～"), ("*", "＊"), ("?", "？")):
            plain = call("SUBSTITUTE", plain, wild, harmless)
        odd = call("OR", eq(text, ""), eq(text, "#"), op(call("LEN", text), ">", _LONGEST_KEY))
        key = scope.add("match_key", "查重用的编号", if_(odd, "", op("编号", "&", plain)))
    range_id = f"{listing.group}.keys"
    desk.ranges[range_id] = listing.run(key.id.removeprefix(scope.prefix))
    several = op(call("COUNTIF", Ref(range_id), key), ">", 1)
    return scope.add("same_key", "编号与他行相同：1", if_(eq(key, ""), 0, if_(several, 1, 0)))
