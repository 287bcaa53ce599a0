"""Deadlines as cells: last days with EDATE, windows, working days by a list, recurring days."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.conditions import Parameter, facts_of_term
from generator.model.edition import Deadline, LastDay, Recurrence, Recurring, Window
from generator.model.quantities import Period, PeriodUnit
from generator.rules.excel.conditions import PENDING, chain, doubts, doubts_text, needed_words
from generator.rules.excel.scope import Scope
from generator.rules.excel.working_days import CalendarCells, count_to, nth_day
from generator.rules.formula import Expr, Ref, call, eq, if_, op

AS_OF = "as_of"
"""The date that days left are counted from; an empty cell means today."""

NOT_PUBLISHED = "日历未公布"


@dataclass(frozen=True)
class DeadlineCells:
    """The cells of one deadline; `dates` are the recurring days, one a cell."""

    base: Ref
    opens: Ref | None
    due: Ref
    rolls_to: Ref | None
    left: Ref
    state: Ref
    needed: Ref
    doubts: Ref
    doubts_text: Ref
    dates: tuple[Ref, ...]


@dataclass(frozen=True)
class DateTools:
    """What deadlines share: the working days and the as-of date."""

    calendar: CalendarCells
    as_of: Expr


def deadline_cells(scope: Scope, deadline: Deadline, tools: DateTools, rows: int) -> DeadlineCells:
    """The cells of a deadline; recurring ones get `rows` cells for their days."""
    if isinstance(deadline.schedule, Recurring):
        return _recurring_cells(scope, deadline, deadline.schedule, tools, rows)
    return _window_cells(scope, deadline, deadline.schedule, tools)


# Windows ----------------------------------------------------------------------------------------


def _window_cells(
    scope: Scope, deadline: Deadline, window: Window, tools: DateTools
) -> DeadlineCells:
    key, label = f"deadline.{deadline.id}", deadline.label
    base = scope.base(window.start)
    opens = _opens(scope, key, label, window, tools)
    due = _due(scope, key, label, window, tools)
    others = {}
    for reading, other in deadline.alternatives.items():
        assert isinstance(other, Window)
        name, id = f"{label}（{reading}另一解）", f"{key}@{reading}"
        cells = [_due(scope, id, name, other, tools)]
        if other_opens := _opens(scope, id, name, other, tools):
            cells.append(other_opens)
        others[reading] = scope.add(f"{id}.all", f"{name}：合并", _joined(cells))
    main = scope.add(f"{key}.all", f"{label}：合并", _joined([due, *([opens] if opens else [])]))
    rolls_to = None
    if window.period.unit is not PeriodUnit.WORKING_DAY:
        rolled = _rolled(scope, f"{key}.rolled", label, due, tools.calendar)
        rolls_to = scope.add(f"{key}.rolls_to", f"{label}：顺延后的工作日（提示）", rolled)
    counted = call("ISNUMBER", due)
    left = scope.add(
        f"{key}.left", f"{label}：剩余天数", if_(counted, op(due, "-", tools.as_of), "")
    )
    return DeadlineCells(
        base,
        opens,
        due,
        rolls_to,
        left,
        scope.add(f"{key}.state", f"{label}：状态", _window_state(due, opens, left, tools)),
        _needed(scope, deadline),
        doubts(scope, key, label, main, others),
        doubts_text(scope, key, label, main, others),
        (),
    )


def _joined(cells: list[Ref]) -> Expr:
    expr: Expr = op(cells[0], "&", "")
    for cell in cells[1:]:
        expr = op(op(expr, "&", "/"), "&", cell)
    return expr


def _opens(scope: Scope, key: str, label: str, window: Window, tools: DateTools) -> Ref | None:
    if window.opens is None:
        return None
    base = scope.base(window.start)
    day = _after(scope, f"{key}.opening", label, base, (window.opens,), tools.calendar)
    if window.opens_next_day:
        day = op(day, "+", 1)
    return scope.add(f"{key}.opens", f"{label}：起始日", if_(eq(base, ""), "", day))


def _due(scope: Scope, key: str, label: str, window: Window, tools: DateTools) -> Ref:
    base = scope.base(window.start)
    within = _after(scope, f"{key}.within", label, base, (window.within,), tools.calendar)
    plain = if_(eq(base, ""), "", within)
    if window.extension is None:
        return scope.add(f"{key}.due", f"{label}：截止日", plain)
    periods = (window.within, window.extension.by)
    more = _after(scope, f"{key}.extended", label, base, periods, tools.calendar)
    usual = scope.add(f"{key}.usual", f"{label}：不延长的截止日", plain)
    longer = scope.add(f"{key}.longer", f"{label}：延长后的截止日", if_(eq(base, ""), "", more))
    # Where neither can be counted (no calendar yet), the extension makes no difference.
    either = if_(eq(usual, longer), usual, "")
    extended = scope.truth(window.extension.fact)
    expr = if_(eq(extended, 1), longer, if_(eq(extended, 0), usual, either))
    return scope.add(f"{key}.due", f"{label}：截止日", expr)


def _after(
    scope: Scope,
    key: str,
    label: str,
    base: Ref,
    periods: tuple[Parameter, ...],
    days: CalendarCells,
) -> Expr:
    """The base plus periods of one unit; the base itself is not counted."""
    quantity = periods[0].quantity
    assert isinstance(quantity, Period)
    count: Expr = scope.parameter(periods[0])
    for longer in periods[1:]:
        count = op(count, "+", scope.parameter(longer))
    match quantity.unit:
        case PeriodUnit.DAY:
            return op(base, "+", count)
        case PeriodUnit.MONTH:
            return call("EDATE", base, count)
        case PeriodUnit.YEAR:
            return call("EDATE", base, op(12, "*", count))
        case PeriodUnit.WORKING_DAY:
            passed = count_to(scope, key, label, base, days)
            inside = call("AND", op(passed, "<>", ""), op(base, ">=", days.first))
            number = if_(inside, op(passed, "+", count), "")
            return nth_day(scope, key, label, number, days, NOT_PUBLISHED)


def _rolled(scope: Scope, key: str, label: str, due: Ref, days: CalendarCells) -> Expr:
    """The next working day if the last day is a day off; "" if not, or if nobody knows yet."""
    eve = scope.add(
        f"{key}.eve", f"{label}：前一天", if_(call("ISNUMBER", due), op(due, "-", 1), "")
    )
    passed = count_to(scope, key, label, eve, days)
    following = nth_day(scope, key, label, if_(eq(passed, ""), "", op(passed, "+", 1)), days, "")
    next_day = scope.add(f"{key}.next", f"{label}：此日或其后的工作日", following)
    return if_(eq(next_day, due), "", next_day)


def _window_state(due: Ref, opens: Ref | None, left: Ref, tools: DateTools) -> Expr:
    running: Expr = if_(op(left, "<", 0), "已过期限", if_(eq(left, 0), "今日到期", "期限内"))
    if opens:
        running = if_(op(tools.as_of, "<", opens), "未到起始日", running)
    unknown = if_(eq(due, ""), PENDING, NOT_PUBLISHED)
    return if_(call("ISNUMBER", due), running, unknown)


def _needed(scope: Scope, deadline: Deadline) -> Ref:
    words = needed_words(scope, needs_of_deadline(scope, deadline))
    return chain(scope, f"deadline.{deadline.id}.needed", f"{deadline.label}：还需填写", words)


def needs_of_deadline(scope: Scope, deadline: Deadline) -> dict[str, Expr]:
    """The facts that a deadline counts from, and when each is still needed."""
    schedule, key = deadline.schedule, f"{scope.prefix}deadline.{deadline.id}"
    if isinstance(schedule, Recurring):
        # An end before its start counts as not known.
        no_end = call("OR", scope.is_unknown(schedule.until), scope.is_known(schedule.start))
        return {
            schedule.start: scope.is_unknown(schedule.start),
            schedule.until: call("AND", eq(Ref(f"{key}.ready"), 0), no_end),
        }
    needed = {fact: scope.is_unknown(fact) for fact in facts_of_term(schedule.start)}
    if schedule.extension:
        undecided = eq(Ref(f"{key}.due"), "")
        unsaid = scope.is_unknown(schedule.extension.fact)
        needed[schedule.extension.fact] = call("AND", unsaid, undecided)
    return needed


# Recurring days ---------------------------------------------------------------------------------


def _recurring_cells(
    scope: Scope, deadline: Deadline, recurring: Recurring, tools: DateTools, rows: int
) -> DeadlineCells:
    key, label = f"deadline.{deadline.id}", deadline.label
    start, until = scope.day(recurring.start), scope.day(recurring.until)
    ready = scope.add(
        f"{key}.ready",
        f"{label}：起止日期齐全且不颠倒",
        if_(
            call(
                "AND",
                scope.is_known(recurring.start),
                scope.is_known(recurring.until),
            ),
            if_(op(start, "<=", until), 1, 0),
            0,
        ),
    )
    dates = _days(scope, key, label, recurring, ready, rows)
    main = _final(scope, key, label, recurring, ready)
    others = {}
    for reading, other in deadline.alternatives.items():
        assert isinstance(other, Recurring)
        name = f"{label}（{reading}另一解）"
        others[reading] = _final(scope, f"{key}@{reading}", name, other, ready)
    due = _next(scope, key, label, dates, tools)
    left = scope.add(
        f"{key}.left",
        f"{label}：距下一次天数",
        if_(call("ISNUMBER", due), op(due, "-", tools.as_of), ""),
    )
    state = _recurring_state(scope, recurring, ready, due, dates[-1], main)
    return DeadlineCells(
        start,
        None,
        due,
        None,
        left,
        scope.add(f"{key}.state", f"{label}：状态", state),
        _needed(scope, deadline),
        doubts(scope, key, label, main, others),
        doubts_text(scope, key, label, main, others),
        dates,
    )


def _days(
    scope: Scope, key: str, label: str, recurring: Recurring, ready: Ref, rows: int
) -> tuple[Ref, ...]:
    start, until = scope.day(recurring.start), scope.day(recurring.until)
    days: list[Ref] = []
    for row in range(1, rows + 1):
        if days:
            before = days[-1]
            following = call("EOMONTH", before, recurring.every.months)
            more = if_(op(before, ">=", until), "", _capped(following, until, recurring.last))
            expr = if_(eq(before, ""), "", more)
        else:
            first = period_end(start, recurring.every)
            expr = if_(eq(ready, 1), _capped(first, until, recurring.last), "")
        days.append(scope.add(f"{key}.day{row}", f"{label}第{row}次：日期", expr))
    return tuple(days)


def _capped(day: Expr, until: Ref, last: LastDay) -> Expr:
    match last:
        case LastDay.NEXT:
            return day
        case LastDay.CLAMP:
            return call("MIN", day, until)
        case LastDay.WITHIN:
            return if_(op(day, "<=", until), day, "")


def _final(scope: Scope, key: str, label: str, recurring: Recurring, ready: Ref) -> Ref:
    """The last of the days, which is all that a reading can move."""
    until = scope.day(recurring.until)
    end = period_end(until, recurring.every)
    match recurring.last:
        case LastDay.NEXT:
            day = end
        case LastDay.CLAMP:
            day = op(until, "+", 0)
        case LastDay.WITHIN:
            before = call("EOMONTH", end, -recurring.every.months)
            day = if_(eq(end, until), end, before)
    return scope.add(f"{key}.final", f"{label}：最后一次", if_(eq(ready, 1), day, ""))


def _next(scope: Scope, key: str, label: str, dates: tuple[Ref, ...], tools: DateTools) -> Ref:
    """The first of the days on or after the as-of date."""
    days = Ref(f"{scope.prefix}{key}.days")
    place = op(call("COUNTIF", days, op("<", "&", tools.as_of)), "+", 1)
    found = call("IFERROR", call("INDEX", days, place), "")
    expr = if_(eq(dates[0], ""), "", found)
    return scope.add(f"{key}.next", f"{label}：下一次", expr)


def _recurring_state(
    scope: Scope, recurring: Recurring, ready: Ref, due: Ref, last_row: Ref, final: Ref
) -> Expr:
    disordered = call("AND", scope.is_known(recurring.start), scope.is_known(recurring.until))
    labels = [scope.edition.facts[fact].label for fact in (recurring.until, recurring.start)]
    unready = if_(disordered, f"{labels[0]}早于{labels[1]}", PENDING)
    running = if_(call("ISNUMBER", due), "未完", "均已到期")
    overflow = call("AND", call("ISNUMBER", last_row), op(last_row, "<", final))
    return if_(eq(ready, 0), unready, if_(overflow, "行数不足，未列全", running))


def period_end(day: Expr, every: Recurrence) -> Expr:
    """The last day of the month, quarter or year that a day is in."""
    match every:
        case Recurrence.MONTH_END:
            return call("EOMONTH", day, 0)
        case Recurrence.QUARTER_END:
            quarter = call("ROUND", op(op(call("MONTH", day), "+", 1), "/", 3), 0)
            first = call("DATE", call("YEAR", day), op(3, "*", quarter), 1)
            return call("EOMONTH", first, 0)
        case Recurrence.YEAR_END:
            return call("DATE", call("YEAR", day), 12, 31)


def ranges_of(deadline: Deadline, cells: DeadlineCells, prefix: str = "") -> dict[str, list[str]]:
    """The ranges that formulas name: id → the ids of the cells in it."""
    if not cells.dates:
        return {}
    return {f"{prefix}deadline.{deadline.id}.days": [cell.id for cell in cells.dates]}
