"""The hidden sheets that calculate: helper cells, lists to choose from, working days.

All helper cells stand on one sheet: only there can a file write a formula once for several cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from generator.model.edition import FactType
from generator.rules.excel.dates import AS_OF, DateTools
from generator.rules.excel.scope import NO, YES, Scope
from generator.rules.excel.steps import Step
from generator.rules.excel.working_days import (
    COUNTS,
    DAYS,
    SURPLUS,
    CalendarCells,
    monday_of,
    special_days,
)
from generator.rules.formula import Literal, Ref, Today, if_
from generator.workbook.book import Book, Content, Place, Sheet, Span
from generator.workbook.desk import PROJECT_SHEET, Desk, run_of
from generator.workbook.folding import fold
from generator.workbook.grid import VALUE, Grid, Run, grid_of
from generator.workbook.listing import Listing
from generator.workbook.repeated import name_what_repeats
from generator.workbook.rows import fold_rows, row_of
from generator.workbook.styles import BARE

LISTS_SHEET = "选项与日历"


def date_tools(scope: Scope, *, asked: bool, issued: date | None = None) -> DateTools:
    """The calendar's constants, and the as-of date: today, unless it is asked and answered."""
    calendar = CalendarCells(*(Ref(f"cal_{word}") for word in ("first", "last", "count", "monday")))
    today = Today(issued)
    if not asked:
        return DateTools(calendar, today)
    return DateTools(calendar, if_(scope.is_known(AS_OF), scope.day(AS_OF), today))


def draw_workings(desk: Desk) -> None:
    """Place every helper cell; call it after all blocks, when no more are added."""
    fold_rows(desk)
    fold(desk)
    _lists(desk)
    project: list[Step] = []
    by_row: dict[str, list[Step]] = {
        listing.prefix(number): []
        for listing in desk.row_groups.values()
        for number in listing.numbers
    }
    for step in desk.steps:
        by_row.get(row_of(step.id), project).append(step)
    _project(desk, project)
    for listing in desk.row_groups.values():
        rows = [
            {step.id.removeprefix(prefix): step for step in by_row[prefix]}
            for prefix in map(listing.prefix, listing.numbers)
        ]
        _rows(desk, listing, rows)
    for id, cells in desk.ranges.items():
        desk.book.spans[id] = _span(desk, cells, scattered=id in desk.scattered_ranges)
    for name, cells in desk.result_ranges.items():
        desk.book.define(name, _span(desk, cells))
    for name, id in desk.result_names.items():
        desk.book.define(name, desk.book.places[id])
    name_what_repeats(desk.book)


def _span(desk: Desk, cells: list[str], *, scattered: bool = False) -> Span:
    """The run that helper cells make; they were added one after the other. In a scattered one
    blank cells may stand between them."""
    places = sorted((desk.book.places[cell] for cell in cells), key=lambda at: at.row)
    span = Span(places[0], places[-1])
    filled = desk.book.sheets[span.first.sheet].cells
    found = [place for place in span.places if not scattered or (place.row, place.column) in filled]
    assert found == places
    return span


_FILLED = "填写"

_SECTIONS: Mapping[str, tuple[str, ...]] = {
    _FILLED: (
        "label",
        "text",
        "value",
        "problem",
        "known",
        "truth",
        "steps",
        "day",
        "come",
        "ordered",
        "base",
        "need",
    ),
    "规则与决定": ("rule", "decision", "outcome"),
    "材料": ("paper", "letter", "enclosed"),
    "步骤": ("name", "finished", "open", "step", "stage"),
    "期限": ("deadline",),
    "缺漏与错误": ("gaps", "nth"),
}
"""What the helper sheet is divided into: the ids of the steps in a part begin so."""

_OTHERS = "其他"


def helper_sheet(desk: Desk) -> Sheet:
    """The sheet of the helper cells; what is gathered on it (`gaps`) stands at its top."""
    known = desk.book.sheets.get(PROJECT_SHEET)
    return known or desk.book.sheet(PROJECT_SHEET, (58, *[16.0] * 24), state="hidden")


def _project(desk: Desk, steps: list[Step]) -> None:
    sheet = helper_sheet(desk)
    section_of = {word: section for section, words in _SECTIONS.items() for word in words}
    sections: dict[str, dict[str, Step]] = {name: {} for name in (*_SECTIONS, _OTHERS)}
    for step in steps:
        if step.id not in desk.book.places:
            word = step.id.partition(".")[0]
            sections[section_of.get(word, _OTHERS)][step.id] = step
    runs = [Run(tuple(ids), id in desk.scattered_ranges) for id, ids in desk.ranges.items()]
    runs += [Run(tuple(ids)) for ids in desk.result_ranges.values()]
    for title, found in sections.items():
        if title == _FILLED and sheet.row > 1:
            _beside(desk, sheet, found, runs)
        elif found:
            _section(desk, sheet, title, grid_of(found, runs))


def _beside(desk: Desk, sheet: Sheet, steps: Mapping[str, Step], runs: Iterable[Run]) -> None:
    """The answers' helper cells in the rows that gather what is wrong with them."""
    labels = [_label_at(sheet, row) for row in range(2, sheet.row)]
    grid = grid_of(steps, runs, labels)
    right, below, sheet.row = max(column for _, column in sheet.cells) - 1, sheet.row, 1
    for column, title in enumerate(grid.headings, VALUE):
        sheet.put(right + column, title, "heading")
    sheet.next_row()
    _fill(desk, sheet, grid, right, below)


def _label_at(sheet: Sheet, row: int) -> str:
    """What a row is called; nothing where a formula says it."""
    content = sheet.cells[row, 1].content
    return content if isinstance(content, str) else ""


def _section(desk: Desk, sheet: Sheet, title: str, grid: Grid) -> None:
    _headings(sheet, (title, *grid.headings))
    _fill(desk, sheet, grid, 0, sheet.row)


def _fill(desk: Desk, sheet: Sheet, grid: Grid, right: int, below: int) -> None:
    """The rows of a grid, its columns so far to the right; from row `below` on with their names."""
    for label, names, cells in grid.rows():
        if sheet.row >= below:
            sheet.put(1, _content(names[0]) if names else label, BARE)
        for step in names:
            desk.book.places[step.id] = Place(sheet.name, sheet.row, 1)
        for column, step in cells:
            place = _place(desk.book, sheet, right + column, step)
            if step.id.startswith("par_"):
                desk.book.define(step.id, place)
        sheet.next_row()
    sheet.next_row()


def _rows(desk: Desk, listing: Listing, rows: list[dict[str, Step]]) -> None:
    """A row a row of the list, its number first: the same formulas one below the other."""
    # All rows have the same steps, though not always added in the same order.
    assert all(row.keys() == rows[0].keys() for row in rows)
    sheet = helper_sheet(desk)
    _headings(sheet, (f"{listing.label}：行", *(step.label for step in rows[0].values())))
    for number, row in zip(listing.numbers, rows, strict=True):
        desk.book.places[listing.number_cell(number)] = sheet.put(1, number, BARE)
        for column, id in enumerate(rows[0], 2):
            _place(desk.book, sheet, column, row[id])
        sheet.next_row()
    sheet.next_row()


def _headings(sheet: Sheet, titles: tuple[str, ...]) -> None:
    for column, title in enumerate(titles, 1):
        sheet.put(column, title, "heading")
    sheet.next_row()
    sheet.freeze_row = sheet.freeze_row or sheet.row


def _place(book: Book, sheet: Sheet, column: int, step: Step) -> Place:
    book.places[step.id] = sheet.put(column, _content(step), BARE)
    return book.places[step.id]


def _content(step: Step) -> Content:
    return step.expr.content if isinstance(step.expr, Literal) else step.expr


def _lists(desk: Desk) -> None:
    """Columns of choices, then the working days of the published years."""
    choices = [fact for fact in desk.facts.values() if fact.type is FactType.CHOICE]
    lists: list[tuple[str, str, list[str], list[str]]] = [("list_yesno", "是／否", [YES, NO], [])]
    lists += [
        (
            f"list_{fact.id}",
            fact.label,
            list(fact.choices.values()),
            [f"choice.{fact.id}.{choice}" for choice in fact.choices],
        )
        for fact in choices
    ]
    widths = (14.0, *[36.0] * len(choices), *[16.0] * 6)
    sheet = desk.book.sheet(LISTS_SHEET, widths, state="hidden")
    column = 0
    for column, (name, title, words, ids) in enumerate(lists, 1):
        sheet.row = 1
        sheet.put(column, title, "heading")
        for row, word in enumerate(words, 2):
            sheet.row = row
            place = sheet.put(column, word, BARE)
            if ids:
                desk.book.places[ids[row - 2]] = place
        desk.book.define(name, run_of(sheet, column, 2, len(words) + 1))
    _calendar(desk, sheet, column + 1)


def _calendar(desk: Desk, sheet: Sheet, column: int) -> None:
    calendar = desk.edition.calendar
    special = special_days(calendar) if calendar.years else []
    columns: tuple[tuple[str, str, list[date] | list[int], str], ...] = (
        (DAYS, "与平常不同的日子", [day.day for day in special], "computed_date"),
        (COUNTS, "到此日的工作日数", [day.count for day in special], BARE),
        (SURPLUS, "比周一至周五的天数多", [day.surplus for day in special], BARE),
    )
    for place, (name, title, values, style) in enumerate(columns, column):
        sheet.row = 1
        sheet.put(place, title, "heading")
        for row, value in enumerate(values or [None], 2):
            sheet.row = row
            sheet.put(place, value, style)
        desk.book.spans[name] = run_of(sheet, place, 2, max(len(values), 1) + 1)
    published = bool(calendar.years)
    first, last = (
        special[0].day + _DAY if published else 0,
        special[-1].day - _DAY if published else 0,
    )
    constants = (
        ("cal_first", first, "首日"),
        ("cal_last", last, "末日"),
        ("cal_count", len(calendar.working_days), "工作日数"),
        ("cal_monday", monday_of(calendar) if published else 0, "起算的星期一"),
    )
    for row, (name, value, label) in enumerate(constants, 1):
        sheet.row = row
        style = BARE if isinstance(value, int) else "computed_date"
        desk.book.places[name] = sheet.put(column + len(columns), value, style)
        sheet.put(column + len(columns) + 1, label, BARE)


_DAY = timedelta(days=1)
