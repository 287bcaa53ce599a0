"""The hidden sheets that calculate: helper cells, lists to choose from, working days."""

from __future__ import annotations

from datetime import date

from generator.model.edition import FactType
from generator.rules.excel.dates import AS_OF, WORKING_DAYS, CalendarCells, DateTools
from generator.rules.excel.scope import NO, YES, Scope
from generator.rules.excel.steps import Step
from generator.rules.formula import Literal, Ref, Today, eq, if_
from generator.workbook.book import Book, Place, Sheet, Span
from generator.workbook.desk import Desk, run_of

PROJECT_SHEET, LISTS_SHEET = "计算", "选项与日历"


def date_tools(scope: Scope, *, asked: bool, issued: date | None = None) -> DateTools:
    """The calendar's constants, and the as-of date: today, unless it is asked and answered."""
    calendar = CalendarCells(Ref("cal_first"), Ref("cal_last"), Ref("cal_count"))
    today = Today(issued)
    if not asked:
        return DateTools(calendar, today)
    return DateTools(calendar, if_(eq(scope.known(AS_OF), 1), scope.day(AS_OF), today))


def draw_workings(desk: Desk) -> None:
    """Place every helper cell; call it after all blocks, when no more are added."""
    _lists(desk)
    project: list[Step] = []
    by_row: dict[str, list[Step]] = {
        listing.prefix(number): []
        for listing in desk.row_groups.values()
        for number in listing.numbers
    }
    for step in desk.steps:
        # What belongs to a row begins with the row's group and its number.
        group, _, rest = step.id.partition(".")
        row = f"{group}.{rest.partition('.')[0]}."
        by_row.get(row, project).append(step)
    _project(desk, project)
    for order, listing in enumerate(desk.row_groups.values(), 1):
        columns = [
            {step.id.removeprefix(prefix): step for step in by_row[prefix]}
            for prefix in map(listing.prefix, listing.numbers)
        ]
        _rows(desk, listing.label, order, columns)
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


def _project(desk: Desk, steps: list[Step]) -> None:
    sheet = desk.book.sheet(PROJECT_SHEET, (58, 30), state="hidden")
    _headings(sheet, ("说明", "值"))
    for step in steps:
        sheet.put(1, step.label, "plain")
        place = _place(desk.book, sheet, 2, step)
        if step.id.startswith("par_"):
            desk.book.define(step.id, place)
        sheet.next_row()


def _rows(desk: Desk, label: str, order: int, columns: list[dict[str, Step]]) -> None:
    """A column a row of the list: the same formulas side by side."""
    # Not named after the list: its label may hold what no sheet's name may.
    name = f"{PROJECT_SHEET}·表{order}"
    sheet = desk.book.sheet(name, (58, *[14.0] * len(columns)), state="hidden")
    _headings(
        sheet,
        (
            label,
            *(f"第{number}行" for number in range(1, len(columns) + 1)),
        ),
    )
    # All rows have the same steps, though not always added in the same order.
    assert all(column.keys() == columns[0].keys() for column in columns)
    for id, first in columns[0].items():
        sheet.put(1, first.label, "plain")
        for place, column in enumerate(columns, 2):
            _place(desk.book, sheet, place, column[id])
        sheet.next_row()


def _headings(sheet: Sheet, titles: tuple[str, ...]) -> None:
    for column, title in enumerate(titles, 1):
        sheet.put(column, title, "heading")
    sheet.next_row()
    sheet.freeze_row = sheet.row


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
    widths = (14.0, *[36.0] * len(choices), 16.0, 16.0)
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
    days = desk.edition.calendar.working_days
    sheet.row = 1
    sheet.put(column, "工作日", "heading")
    for row, day in enumerate(days or [None], 2):
        sheet.row = row
        sheet.put(column, day, "computed_date")
    desk.book.define(WORKING_DAYS, run_of(sheet, column, 2, max(len(days), 1) + 1))
    years = desk.edition.calendar.years
    first = days[0].replace(month=1, day=1) if days else None
    last = days[-1].replace(month=12, day=31) if days else None
    assert not years or (first and last)
    constants = (
        ("cal_first", first, "首日"),
        ("cal_last", last, "末日"),
        ("cal_count", len(days), "工作日数"),
    )
    for row, (name, value, label) in enumerate(constants, 1):
        sheet.row = row
        content = value if value is not None else 0
        style = "computed_days" if isinstance(content, int) else "computed_date"
        place = sheet.put(column + 1, content, style)
        sheet.put(column + 2, label, "help")
        desk.book.places[name] = place
