"""The hidden sheets that calculate: helper cells, lists to choose from, working days."""

from __future__ import annotations

from collections.abc import Mapping
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
from generator.rules.formula import Literal, Ref, Today, eq, if_
from generator.workbook.book import Book, Place, Sheet, Span
from generator.workbook.desk import Desk, run_of
from generator.workbook.folding import fold
from generator.workbook.grid import Grid, grid_of
from generator.workbook.listing import Listing
from generator.workbook.rows import fold_rows, row_of
from generator.workbook.styles import text_lines

PROJECT_SHEET, LISTS_SHEET = "计算", "选项与日历"


def date_tools(scope: Scope, *, asked: bool, issued: date | None = None) -> DateTools:
    """The calendar's constants, and the as-of date: today, unless it is asked and answered."""
    calendar = CalendarCells(*(Ref(f"cal_{word}") for word in ("first", "last", "count", "monday")))
    today = Today(issued)
    if not asked:
        return DateTools(calendar, today)
    return DateTools(calendar, if_(eq(scope.known(AS_OF), 1), scope.day(AS_OF), today))


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
    for order, listing in enumerate(desk.row_groups.values(), 1):
        rows = [
            {step.id.removeprefix(prefix): step for step in by_row[prefix]}
            for prefix in map(listing.prefix, listing.numbers)
        ]
        _rows(desk, listing, order, rows)
    for id, cells in desk.ranges.items():
        desk.book.spans[id] = _span(desk, cells)
    for name, cells in desk.result_ranges.items():
        desk.book.define(name, _span(desk, cells))
    for name, id in desk.result_names.items():
        desk.book.define(name, desk.book.places[id])


def _span(desk: Desk, cells: list[str]) -> Span:
    """The run that helper cells make; they were added one after the other."""
    places = [desk.book.places[cell] for cell in cells]
    span = Span(places[0], places[-1])
    assert list(span.places) == places
    return span


_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "填写": (
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
    ),
    "规则与决定": ("rule", "decision", "outcome"),
    "材料": ("paper", "letter", "enclosed"),
    "步骤": ("step", "stage"),
    "期限": ("deadline",),
    "缺漏与错误": ("gaps", "nth"),
}
"""What the helper sheet is divided into: the ids of the steps in a part begin so."""

_OTHERS = "其他"


def _project(desk: Desk, steps: list[Step]) -> None:
    sheet = desk.book.sheet(PROJECT_SHEET, (58, *[16.0] * 12), state="hidden")
    section_of = {word: section for section, words in _SECTIONS.items() for word in words}
    sections: dict[str, dict[str, Step]] = {name: {} for name in (*_SECTIONS, _OTHERS)}
    for step in steps:
        if step.id not in desk.book.places:
            word = step.id.partition(".")[0]
            sections[section_of.get(word, _OTHERS)][step.id] = step
    runs = [*desk.ranges.values(), *desk.result_ranges.values()]
    for title, found in sections.items():
        if found:
            _section(desk, sheet, title, grid_of(found, runs))


def _section(desk: Desk, sheet: Sheet, title: str, grid: Grid) -> None:
    _headings(sheet, (title, *grid.headings))
    for label, cells in grid.rows():
        sheet.put(1, label, "plain")
        for column, step in cells:
            place = _place(desk.book, sheet, column, step)
            if step.id.startswith("par_"):
                desk.book.define(step.id, place)
        sheet.next_row()
    sheet.next_row()


def _rows(desk: Desk, listing: Listing, order: int, rows: list[dict[str, Step]]) -> None:
    """A row a row of the list, its number first: the same formulas one below the other."""
    # Not named after the list: its label may hold what no sheet's name may.
    name = f"{PROJECT_SHEET}·表{order}"
    # All rows have the same steps, though not always added in the same order.
    assert all(row.keys() == rows[0].keys() for row in rows)
    labels = [step.label for step in rows[0].values()]
    widths = (_ROW_NUMBER_WIDTH, *[_ROW_STEP_WIDTH] * len(labels))
    sheet = desk.book.sheet(name, widths, state="hidden")
    lines = max(text_lines(each, _ROW_STEP_WIDTH) for each in labels)
    sheet.heights[sheet.row] = 8 + 15.5 * lines
    _headings(sheet, (f"{listing.label}\n行", *labels))
    for number, row in zip(listing.numbers, rows, strict=True):
        desk.book.places[listing.number_cell(number)] = sheet.put(1, number, "plain")
        for column, id in enumerate(rows[0], 2):
            _place(desk.book, sheet, column, row[id])
        sheet.next_row()


_ROW_NUMBER_WIDTH, _ROW_STEP_WIDTH = 24.0, 20.0


def _headings(sheet: Sheet, titles: tuple[str, ...]) -> None:
    for column, title in enumerate(titles, 1):
        sheet.put(column, title, "heading")
    sheet.next_row()
    sheet.freeze_row = sheet.freeze_row or sheet.row


def _place(book: Book, sheet: Sheet, column: int, step: Step) -> Place:
    content = step.expr.content if isinstance(step.expr, Literal) else step.expr
    book.places[step.id] = sheet.put(column, content, "plain")
    return book.places[step.id]


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
            place = sheet.put(column, word, "body")
            if ids:
                desk.book.places[ids[row - 2]] = place
        desk.book.define(name, run_of(sheet, column, 2, len(words) + 1))
    _calendar(desk, sheet, column + 1)


def _calendar(desk: Desk, sheet: Sheet, column: int) -> None:
    calendar = desk.edition.calendar
    special = special_days(calendar) if calendar.years else []
    columns: tuple[tuple[str, str, list[str] | list[date] | list[int], str], ...] = (
        ("", "与平常不同的日子", [day.remark for day in special], "body_center"),
        (DAYS, "日期", [day.day for day in special], "computed_date"),
        (COUNTS, "到此日的工作日数", [day.count for day in special], "computed_days"),
        (SURPLUS, "比周一至周五的天数多", [day.surplus for day in special], "computed_days"),
    )
    for place, (name, title, values, style) in enumerate(columns, column):
        sheet.row = 1
        sheet.put(place, title, "heading")
        for row, value in enumerate(values or [None], 2):
            sheet.row = row
            sheet.put(place, value, style)
        if name:
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
        style = "computed_days" if isinstance(value, int) else "computed_date"
        desk.book.places[name] = sheet.put(column + len(columns), value, style)
        sheet.put(column + len(columns) + 1, label, "help")


_DAY = timedelta(days=1)
