"""How deadlines stand, as cells: done or sent, in time or late, overdue, what is next."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.edition import Deadline, Fact, FactType, Recurrence, Recurring, Window
from generator.rules.excel.conditions import PENDING
from generator.rules.excel.dates import DateTools, DeadlineCells
from generator.rules.excel.scope import Scope
from generator.rules.formula import Expr, Ref, call, eq, if_, op

OVERDUE = "已过期限"
GOOD_STATES = ("期限内", "按期", "均已报送")
BAD_STATES = (OVERDUE, "逾期", "今日到期", "早于", "晚于", "须填", "日期须", "只填", "有")
DOUBTFUL_STATES = ("已过截止日", "在顺延日前")
PENDING_STATES = (PENDING, "未到起始日", "日历未公布", "待报")

_SENT = "sent"


@dataclass(frozen=True)
class Standing:
    """How a deadline stands. `ahead` is its next open day, `overdue` how many days are missed,
    `wrong` how many of the dates that people filled in cannot be right; of recurring days, `sent`
    is how many of them have been."""

    state: Ref
    left: Ref
    ahead: Ref
    overdue: Ref
    wrong: Ref
    sent: Ref | None = None


@dataclass(frozen=True)
class SentCells:
    """How one of the recurring days stands."""

    state: Ref
    left: Ref
    period: Ref


def done_fact(deadline: Deadline) -> Fact:
    """The day on which a deadline was met, of one that no fact of the model tells of."""
    return _day_fact(deadline.done, f"{deadline.label}：办结日期")


def _day_fact(id: str, label: str) -> Fact:
    return Fact(id, label, f"{label}？", FactType.DATE, None, 0, False, "", {}, None, None)


# Windows ----------------------------------------------------------------------------------------


def window_standing(
    scope: Scope, deadline: Deadline, cells: DeadlineCells, tools: DateTools
) -> Standing:
    """Of a last day or a window; `deadline.done` is the day of completion. `wrong` is whether a
    day stands there that cannot be right; what is no day is wrong as any answer is."""
    assert isinstance(deadline.schedule, Window)
    key, label, done = f"deadline.{deadline.id}", deadline.label, deadline.done
    problem, known, day = scope.problem(done), scope.known(done), scope.day(done)
    settled = if_(call("ISNUMBER", cells.due), _ended(cells, day, tools), cells.state)
    open_state = if_(eq(known, 1), settled, _waiting(cells, tools))
    state = scope.add(
        f"{key}.standing", f"{label}：办理情况", if_(op(problem, "<>", ""), problem, open_state)
    )
    is_open = call("AND", eq(known, 0), call("ISNUMBER", cells.due))
    left = scope.add(f"{key}.open_left", f"{label}：未办结的剩余天数", if_(is_open, cells.left, ""))
    not_past = if_(op(cells.left, ">=", 0), cells.due, "")
    misfits = [eq(state, word) for word in (_BEFORE_BASE, _BEFORE_OPENING, _AFTER_AS_OF)]
    impossible = call("OR", *misfits)
    return Standing(
        state,
        left,
        scope.add(f"{key}.ahead", f"{label}：未到的截止日", if_(is_open, not_past, "")),
        scope.add(f"{key}.overdue", f"{label}：已过期限", if_(eq(state, OVERDUE), 1, 0)),
        scope.add(f"{key}.wrong", f"{label}：日期有误", if_(impossible, 1, 0)),
    )


_BEFORE_BASE, _BEFORE_OPENING = "早于起算日，请核对", "早于起始日，请核对"
_BY_ROLLED_DAY = "在顺延日前办结，是否算按期请先询问"
_AFTER_AS_OF = "晚于截至日期，请核对"
_BEFORE_PERIOD = "早于本期，请核对"


def _ended(cells: DeadlineCells, day: Ref, tools: DateTools) -> Expr:
    """How it ended; whether a day off moves the last day is for the interpreting organ."""
    late: Expr = if_(op(day, "<=", cells.due), "按期办结", "逾期办结")
    if cells.rolls_to:
        rolled = if_(op(day, "<=", cells.rolls_to), _BY_ROLLED_DAY, "逾期办结")
        not_rolled = if_(eq(cells.rolls_to, ""), "逾期办结", rolled)
        late = if_(op(day, "<=", cells.due), "按期办结", not_rolled)
    if cells.opens:
        late = if_(op(day, "<", cells.opens), _BEFORE_OPENING, late)
    late = if_(op(day, ">", tools.as_of), _AFTER_AS_OF, late)
    return if_(op(day, "<", cells.base), _BEFORE_BASE, late)


def _waiting(cells: DeadlineCells, tools: DateTools) -> Expr:
    if cells.rolls_to is None:
        return cells.state
    rolled = call("AND", eq(cells.state, OVERDUE), call("ISNUMBER", cells.rolls_to))
    not_yet = if_(
        op(tools.as_of, "<=", cells.rolls_to), "已过截止日，是否顺延请先询问", cells.state
    )
    return if_(rolled, not_yet, cells.state)


# Recurring days ---------------------------------------------------------------------------------


def sent_cells(
    scope: Scope, deadline: Deadline, cells: DeadlineCells, tools: DateTools, source: list[Ref]
) -> list[SentCells]:
    """How each of the recurring days stands; `source` are the cells of the days of sending."""
    return [
        _sent(scope, deadline, day, sent, tools, number)
        for number, (day, sent) in enumerate(zip(cells.dates, source, strict=True), 1)
    ]


def _sent(
    scope: Scope, deadline: Deadline, day: Ref, sent: Ref, tools: DateTools, number: int
) -> SentCells:
    schedule = deadline.schedule
    assert isinstance(schedule, Recurring)
    row = Scope(
        scope.edition,
        scope.steps,
        lambda _fact: sent,
        prefix=_row_key(deadline, number),
        facts={_SENT: _day_fact(_SENT, f"{deadline.label}第{number}次：报送日期")},
    )
    problem, known, on = row.problem(_SENT), row.known(_SENT), row.day(_SENT)
    # A day of sending before the period began belongs to another row.
    begun = call("EOMONTH", day, -schedule.every.months)
    reported = if_(op(on, "<=", day), "按期报送", "逾期报送")
    reported = if_(op(on, ">", tools.as_of), _AFTER_AS_OF, reported)
    reported = if_(op(on, "<=", begun), _BEFORE_PERIOD, reported)
    waiting = if_(op(day, "<", tools.as_of), OVERDUE, "待报")
    state = if_(op(problem, "<>", ""), problem, if_(eq(known, 1), reported, waiting))
    left = if_(eq(known, 1), "", op(day, "-", tools.as_of))
    label = f"{deadline.label}第{number}次"
    state_cell = row.add("state", f"{label}：状态", if_(eq(day, ""), "", state))
    row.add("wrong", f"{label}：日期有误", _misfit(row, day, state_cell))
    row.add("overdue", f"{label}：已过期限", if_(eq(state_cell, OVERDUE), 1, 0))
    ahead = if_(eq(known, 1), "", if_(op(day, ">=", tools.as_of), day, ""))
    row.add("ahead", f"{label}：未到", if_(eq(day, ""), "", ahead))
    return SentCells(
        state_cell,
        row.add("left", f"{label}：剩余天数", if_(eq(day, ""), "", left)),
        row.add("period", f"{label}：所属期间", if_(eq(day, ""), "", _period(day, schedule.every))),
    )


def _misfit(row: Scope, day: Ref, state: Ref) -> Expr:
    """1 where a day of sending is no date, cannot be right, or stands where nothing is due."""
    nothing_due = call("AND", row.is_known(_SENT), eq(day, ""))
    misfits = [eq(state, word) for word in (_BEFORE_PERIOD, _AFTER_AS_OF)]
    return if_(call("OR", op(row.problem(_SENT), "<>", ""), nothing_due, *misfits), 1, 0)


def _row_key(deadline: Deadline, number: int) -> str:
    return f"deadline.{deadline.id}.row{number}."


def _period(day: Ref, every: Recurrence) -> Expr:
    """2024年第1季度."""
    year = op(call("YEAR", day), "&", "年")
    match every:
        case Recurrence.MONTH_END:
            return op(op(year, "&", call("MONTH", day)), "&", "月")
        case Recurrence.QUARTER_END:
            quarter = call("ROUND", op(op(call("MONTH", day), "+", 1), "/", 3), 0)
            return op(op(op(year, "&", "第"), "&", quarter), "&", "季度")
        case Recurrence.YEAR_END:
            return year


def recurring_standing(
    scope: Scope,
    deadline: Deadline,
    cells: DeadlineCells,
    tools: DateTools,
    *,
    checked_elsewhere: bool = False,
) -> Standing:
    """Of all recurring days together; call it after `sent_cells`. Where the days of sending are
    checked elsewhere (in a register), none counts as wrong here."""
    key, label = f"deadline.{deadline.id}", deadline.label
    rows = [_row_key(deadline, number) for number in range(1, len(cells.dates) + 1)]

    def total(name: str) -> Expr:
        return call("SUM", *(Ref(f"{row}{name}") for row in rows))

    overdue = scope.add(f"{key}.overdue", f"{label}：已过期限的次数", total("overdue"))
    earliest = call("MIN", *(Ref(f"{row}ahead") for row in rows))
    first = scope.add(f"{key}.first_ahead", f"{label}：最近的未报日（无则为0）", earliest)
    ahead = scope.add(f"{key}.ahead", f"{label}：下一次未报", if_(eq(first, 0), "", first))
    missed = op(op("有", "&", overdue), "&", "次已过期限未报")
    running = if_(eq(ahead, ""), "均已报送", "期限内")
    listed = call("OR", eq(cells.state, "未完"), eq(cells.state, "均已到期"))
    state = if_(listed, if_(op(overdue, ">", 0), missed, running), cells.state)
    wrong = 0 if checked_elsewhere else total("wrong")
    return Standing(
        scope.add(f"{key}.standing", f"{label}：办理情况", state),
        scope.add(
            f"{key}.open_left",
            f"{label}：距下一次未报的天数",
            if_(eq(ahead, ""), "", op(ahead, "-", tools.as_of)),
        ),
        ahead,
        overdue,
        scope.add(f"{key}.wrong", f"{label}：日期有误的次数", wrong),
        scope.add(f"{key}.sent", f"{label}：已报次数", total(f"known.{_SENT}")),
    )
