"""Chart: a picture of numbers that stand elsewhere in the workbook; helper cells hold them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from generator.model.edition import Deadline, Fact
from generator.model.layout import ChartBlock, RegisterBlock
from generator.rules.formula import Expr, Ref, call, if_, op
from generator.workbook.blocks.register_cells import day_name, days_entered, registers
from generator.workbook.blocks.steps import stages_shown
from generator.workbook.blocks.timeline import deadlines_shown
from generator.workbook.book import Chart, Series, Sheet
from generator.workbook.desk import Desk, section, width_of
from generator.workbook.styles import AMBER, GREEN, LINE, MAIN, RED

_WIDEST = 190.0
"""In characters; a chart is as wide as its sheet, but no wider than that."""

_COLUMN_COLORS = (MAIN, AMBER, GREEN, LINE)


def draw_chart(desk: Desk, sheet: Sheet, block: ChartBlock) -> None:
    """Draw a chart over rows of its own."""
    section(sheet, block.title, _last_column(sheet))
    number = sum(len(each.charts) for each in desk.book.sheets.values()) + 1
    key = f"chart{number}"
    match block.of:
        case "stages":
            _stages(desk, sheet, block, key)
        case "deadlines":
            _deadlines(desk, sheet, block, key)
        case "register":
            _register(desk, sheet, block, key)
    sheet.next_row()


def _place(sheet: Sheet, rows: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The rows and columns of a chart; the rows are taken."""
    first = sheet.row
    for _ in range(rows):
        sheet.next_row()
    return (first, sheet.row - 1), (1, _last_column(sheet))


def _last_column(sheet: Sheet) -> int:
    columns = range(1, len(sheet.widths) + 1)
    fitting = [column for column in columns if width_of(sheet, 1, column) <= _WIDEST]
    return max(fitting, default=1)


def _rows_of_bars(categories: int) -> int:
    """A row a bar, and some for the legend and the numbers."""
    return 4 + categories


_ROWS_OF_COLUMNS = 13


# Stages -----------------------------------------------------------------------------------------


def _stages(desk: Desk, sheet: Sheet, block: ChartBlock, key: str) -> None:
    """How many steps of each stage are done, and how many are not."""
    stages = stages_shown(desk.edition, desk.layout)
    done = {stage.id: Ref(f"stage.{stage.id}.done") for stage in stages}
    labels = desk.run(f"{key}.label", [(f"{each.label}：名称", each.label) for each in stages])
    finished = desk.run(
        f"{key}.done", [(f"{each.label}：已完成", op(done[each.id], "+", 0)) for each in stages]
    )
    left = desk.run(
        f"{key}.left",
        [
            (f"{each.label}：未完成", op(Ref(f"stage.{each.id}.applying"), "-", done[each.id]))
            for each in stages
        ],
    )
    series = (Series("已完成步骤", finished, MAIN), Series("未完成步骤", left, LINE))
    area = _place(sheet, _rows_of_bars(len(stages)))
    sheet.charts.append(Chart("stacked", block.title, labels, series, *area))


# Deadlines --------------------------------------------------------------------------------------


def _deadlines(desk: Desk, sheet: Sheet, block: ChartBlock, key: str) -> None:
    """The days left of what is open, and the days since what is overdue."""
    rows = deadlines_shown(desk.edition, desk.layout)
    deadlines = [desk.edition.deadlines[id] for id in rows]
    left = {id: Ref(f"deadline.{id}.open_left") for id in rows}
    labels = desk.run(f"{key}.label", [(f"{each.label}：名称", each.label) for each in deadlines])
    ahead = desk.run(
        f"{key}.ahead",
        [
            (f"{each.label}：剩余天数", _if_number(left[each.id], call("MAX", left[each.id], 0)))
            for each in deadlines
        ],
    )
    overdue = desk.run(
        f"{key}.late",
        [(f"{each.label}：已过天数", _late(desk, key, each, rows[each.id])) for each in deadlines],
    )
    series = (Series("剩余天数", ahead, MAIN), Series("已过天数", overdue, RED))
    area = _place(sheet, _rows_of_bars(len(deadlines)))
    sheet.charts.append(Chart("bars", block.title, labels, series, *area))


def _late(desk: Desk, key: str, deadline: Deadline, rows: int) -> Expr:
    """Below nought: of recurring days, that which has been overdue longest."""
    own = f"deadline.{deadline.id}"
    if not rows:
        left = Ref(f"{own}.open_left")
        return _if_number(left, call("MIN", left, 0))
    days = [Ref(f"{own}.row{row}.left") for row in range(1, rows + 1)]
    least: Expr = call("MIN", 0, *days[:_AT_ONCE])
    for start in range(_AT_ONCE, rows, _AT_ONCE):
        label = f"{deadline.label}：前{start}次中最早的剩余天数"
        before = desk.step(f"{key}.{deadline.id}.{start}", label, least)
        least = call("MIN", before, *days[start : start + _AT_ONCE])
    return least


_AT_ONCE = 80
"""So many cells fit in a formula that people can read."""


def _if_number(number: Expr, expr: Expr) -> Expr:
    return if_(call("ISNUMBER", number), expr, 0)


# Registers --------------------------------------------------------------------------------------


def _register(desk: Desk, sheet: Sheet, block: ChartBlock, key: str) -> None:
    """Columns of a list, a group of bars a row; of a register of recurring days, a group a day."""
    assert block.source
    register = next((each for each in registers(desk.layout) if each.id == block.source), None)
    facts = [desk.facts[id] for id in block.columns]
    labels = Ref(f"tb_{block.source}_key")
    values = [Ref(f"tb_{block.source}_{fact.id}") for fact in facts]
    if register and register.key.of:
        labels, *values = _days(desk, register, facts, key)
    series = tuple(
        Series(f"{fact.label}（{fact.unit.name}）" if fact.unit else fact.label, cells, color)
        for fact, cells, color in zip(facts, values, cycle(_COLUMN_COLORS), strict=False)
    )
    area = _place(sheet, _ROWS_OF_COLUMNS)
    sheet.charts.append(Chart("columns", block.title, labels, series, *area))


_DAYS_SHOWN = 8
"""Of a register of recurring days: as many as can be read side by side."""


def _days(desk: Desk, register: RegisterBlock, facts: list[Fact], key: str) -> Iterator[Ref]:
    """The periods of the days to draw, then a run of each fact: the first days, or where the
    there are more, those up to the last that is entered, whatever the order of its rows."""
    assert register.key.of
    shown = min(_DAYS_SHOWN, deadlines_shown(desk.edition, desk.layout)[register.key.of])
    label = f"{register.title}：图中"
    last = call("MAX", days_entered(desk, register))
    before = desk.step(
        f"{key}.before", f"{label}第一次之前的次数", call("MAX", 0, op(last, "-", shown))
    )
    columns = [("period", "所属期间"), *((f"of_{fact.id}", fact.label) for fact in facts)]
    # In cells: so all rows have the same formulas.
    nth = [desk.steps.add(f"nth.{key}.{n}", str(n), n) for n in range(1, shown + 1)]
    for what, title in columns:
        cells = Ref(day_name(register, what))
        yield desk.run(
            f"{key}.{what}",
            [
                (f"{place}：{title}", call("INDEX", cells, op(before, "+", number)))
                for place, number in enumerate(nth, 1)
            ],
        )
