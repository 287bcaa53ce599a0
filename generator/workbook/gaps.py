"""What is wrong, late or still to fill anywhere in a workbook, gathered on a hidden sheet.

Each place where something could be is a row there. For each kind it has a reason that is "" while
all is well, and a count that runs down the column: the n-th of a kind stands in the first row
where the count is n. So a plain MATCH finds it, in every program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.edition import Deadline, FactType, Recurring
from generator.model.layout import (
    FindingsBlock,
    ProgressBlock,
    RegisterBlock,
    VerdictBlock,
)
from generator.rules.excel.chosen import REFUSED
from generator.rules.excel.dates import AS_OF
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, op
from generator.workbook.asked import asked_facts, blocks
from generator.workbook.blocks.register_cells import (
    entry_of_day,
    registers,
    registers_by_deadline,
    wrong_totals,
)
from generator.workbook.blocks.steps import stages_shown
from generator.workbook.blocks.timeline import deadlines_shown
from generator.workbook.book import Place, Sheet
from generator.workbook.desk import Desk, headings, run_of
from generator.workbook.listing import KEY, Listing
from generator.workbook.needs import sources_of
from generator.workbook.workings import PROJECT_SHEET

WRONG, LATE, NEEDED = "有误", "逾期", "还需填写"
KINDS = (WRONG, LATE, NEEDED)

GAPS_SHEET = f"{PROJECT_SHEET}·清单"


@dataclass(frozen=True)
class _Gap:
    """Something that may be wrong, late or missing. `reason` says why, "" while it is not;
    `target` is the name of the cell to go to, which gets it here if it has none (`place`); `beside`
    is the name of a cell on its sheet, where formulas alone know which cell it is."""

    label: Operand
    reason: Expr
    target: Operand
    place: Place | None = None
    beside: str = ""


def count_of(kind: str) -> Ref:
    """The cell that counts what is wrong, late or still to fill; it is there in the end."""
    return Ref(f"gaps.count.{kind}")


LABELS, TARGETS, SHEETS = "gaps.labels", "gaps.targets", "gaps.sheets"
"""Columns of the hidden sheet as ranges."""


def reasons_of(kind: str) -> Ref:
    """The column that says what is wrong, late or still to fill."""
    return Ref(f"gaps.reasons.{kind}")


def counts_of(kind: str) -> Ref:
    """The column in which the n-th of a kind is found where n first stands."""
    return Ref(f"gaps.counts.{kind}")


@dataclass(frozen=True)
class _Row:
    """A row of the hidden sheet: what could be wrong, late or missing there, by kind."""

    label: Operand
    target: Operand
    gaps: dict[str, _Gap]


def draw_gaps(desk: Desk) -> None:
    """Gather everything, after all blocks are drawn and before the helper cells are."""
    kinds = {type(block) for block in blocks(desk.layout)}
    if not kinds & {FindingsBlock, ProgressBlock}:
        return
    listed = FindingsBlock in kinds
    gaps = {
        WRONG: list(_wrong(desk)),
        LATE: list(_late(desk)) if listed else [],
        NEEDED: list(_needed(desk)) if listed else [],
    }
    sheet = desk.book.sheet(GAPS_SHEET, (44, 30, 20, *[40, 8] * len(KINDS)), state="hidden")
    titles = (title for kind in KINDS for title in (kind, "累计"))
    headings(sheet, ("项目", "位置", "工作表", *titles))
    sheet.freeze_row = first = sheet.row
    before: dict[str, Ref] = {}
    for row in _rows(gaps):
        sheet.put(1, row.label, "body")
        sheet.put(2, row.target, "help")
        sheet.put(3, _sheet_of(desk, next(iter(row.gaps.values()))), "help")
        for kind, gap in row.gaps.items():
            before[kind] = _counted(desk, sheet, gap, kind, before.get(kind))
            if listed and gap.place:
                assert isinstance(gap.target, str)
                desk.book.define(gap.target, gap.place)
        sheet.next_row()
    last = max(sheet.row - 1, first)
    for column, id in enumerate((LABELS, TARGETS, SHEETS, *_columns()), 1):
        desk.book.spans[id] = run_of(sheet, column, first, last)
    for kind in KINDS:
        total = op(before[kind], "+", 0) if kind in before else call("MAX", 0)
        desk.step(count_of(kind).id, f"{kind}的处数", total)


def _columns() -> Iterator[str]:
    for kind in KINDS:
        yield reasons_of(kind).id
        yield counts_of(kind).id


def _rows(gaps: Mapping[str, list[_Gap]]) -> list[_Row]:
    """One row for what has the same name and place; those of a kind in their own order."""
    rows: list[_Row] = []
    for kind, found in gaps.items():
        place = -1
        for gap in found:
            names = [(row.label, row.target) for row in rows[place + 1 :]]
            if (gap.label, gap.target) in names:
                place += 1 + names.index((gap.label, gap.target))
            else:
                place += 1
                rows.insert(place, _Row(gap.label, gap.target, {}))
            rows[place].gaps[kind] = gap
    return rows


def _counted(desk: Desk, sheet: Sheet, gap: _Gap, kind: str, before: Ref | None) -> Ref:
    """Put a reason with the count of those down to it."""
    column = 4 + 2 * KINDS.index(kind)
    reason, count = (Ref(f"gaps.{sheet.row}.{kind}.{word}") for word in ("reason", "count"))
    desk.book.places[reason.id] = sheet.put(column, gap.reason, "computed")
    none, one = (0, 1) if before is None else (before, op(before, "+", 1))
    counted = if_(eq(reason, ""), none, one)
    desk.book.places[count.id] = sheet.put(column + 1, counted, "computed_days")
    return count


def _sheet_of(desk: Desk, gap: _Gap) -> str:
    """The sheet of the cell to go to: cells of several sheets may have the same label."""
    if gap.place:
        return gap.place.sheet
    name = gap.beside or gap.target
    assert isinstance(name, str)
    return (desk.book.places.get(name) or desk.book.spans[name].first).sheet


# Wrong ------------------------------------------------------------------------------------------


def _wrong(desk: Desk) -> Iterator[_Gap]:
    """Answers that cannot be taken, in the order in which they are asked; then rows of lists,
    days beside deadlines and steps, and the way chosen where it is not permitted."""
    for fact in (AS_OF, *asked_facts(desk.layout, desk.edition)):
        name, shape = f"in_{fact}", desk.facts[fact]
        # Texts may be anything.
        if name in desk.book.places and shape.type is not FactType.TEXT:
            yield _Gap(shape.label, _problem(desk, fact), name)
    yield from _wrong_steps(desk)
    yield from _wrong_choices(desk)
    for listing in desk.row_groups.values():
        for row in listing.numbers:
            reason = Ref(f"{listing.prefix(row)}problems")
            yield _Gap(_row_label(listing, row), reason, *_row_place(desk, listing, row))
    for register in registers(desk.layout):
        yield from _wrong_totals(desk, register)
    for id, rows in deadlines_shown(desk.edition, desk.layout).items():
        yield from _wrong_days(desk, desk.edition.deadlines[id], rows)


def _problem(desk: Desk, fact: str) -> Ref:
    """What is wrong with an answer: by itself, or as the end of what begins after it."""
    problem = desk.scope.problem(fact)
    expr: Expr = problem
    for id in deadlines_shown(desk.edition, desk.layout):
        schedule = desk.edition.deadlines[id].schedule
        if isinstance(schedule, Recurring) and schedule.until == fact:
            known = [eq(desk.scope.known(each), 1) for each in (schedule.start, fact)]
            ended = call("AND", eq(Ref(f"deadline.{id}.ready"), 0), *known)
            start, until = (desk.facts[each].label for each in (schedule.start, fact))
            expr = if_(ended, f"{until}早于{start}", expr)
    if expr is problem:
        return problem
    label = f"{desk.facts[fact].label}：填写问题或者次序颠倒"
    return desk.step(f"gaps.problem.{fact}", label, expr)


def _wrong_steps(desk: Desk) -> Iterator[_Gap]:
    for stage in stages_shown(desk.edition, desk.layout):
        for step in stage.steps:
            reason = Ref(f"step.{step.id}.records_wrong")
            yield _Gap(f"{step.label}：办理记录", reason, f"in_step_{step.id}_received")


def _wrong_choices(desk: Desk) -> Iterator[_Gap]:
    for block in blocks(desk.layout):
        for id, chosen in block.chosen.items() if isinstance(block, VerdictBlock) else ():
            refused = eq(Ref(f"decision.{id}.chosen.word"), REFUSED)
            words = op(f"{REFUSED}这样选：", "&", Ref(f"decision.{id}.chosen.says"))
            reason = if_(refused, words, "")
            yield _Gap(desk.facts[chosen.fact].label, reason, f"in_{chosen.fact}")


def _wrong_totals(desk: Desk, register: RegisterBlock) -> Iterator[_Gap]:
    for label, reason in wrong_totals(desk, register):
        yield _Gap(label, reason, f"tb_{register.id}_key")


def _wrong_days(desk: Desk, deadline: Deadline, rows: int) -> Iterator[_Gap]:
    key = f"deadline.{deadline.id}"
    if not rows:
        reason = if_(eq(Ref(f"{key}.wrong"), 1), Ref(f"{key}.standing"), "")
        yield _Gap(f"{deadline.label}：办结日期", reason, f"in_{deadline.done}")
    for row in range(1, rows + 1):
        own = f"{key}.row{row}"
        state = Ref(f"{own}.state")
        words = if_(eq(state, ""), "没有这一次，不应填写日期", state)
        reason = if_(eq(Ref(f"{own}.wrong"), 1), words, "")
        yield _Gap(_day_label(deadline, row), reason, *_day_place(desk, deadline, row))


# Late -------------------------------------------------------------------------------------------


def _late(desk: Desk) -> Iterator[_Gap]:
    """Deadlines and recurring days that have passed with nothing done."""
    for id, rows in deadlines_shown(desk.edition, desk.layout).items():
        deadline, key = desk.edition.deadlines[id], f"deadline.{id}"
        if not rows:
            missed, day, left = (Ref(f"{key}.{word}") for word in ("overdue", "due", "left"))
            lacking = desk.facts[deadline.done].label if deadline.met else "办结日期"
            reason = _overdue(missed, day, left, lacking)
            yield _Gap(deadline.label, reason, f"in_{deadline.done}")
        for row in range(1, rows + 1):
            own = f"{key}.row{row}"
            day, left = Ref(f"{key}.day{row}"), Ref(f"{own}.left")
            reason = _overdue(Ref(f"{own}.overdue"), day, left, "报送日期")
            yield _Gap(_day_label(deadline, row), reason, *_day_place(desk, deadline, row))


def _overdue(missed: Ref, due: Ref, left: Ref, lacking: str) -> Expr:
    words = op(op("截止日", "&", chinese_day(due)), "&", "，已过")
    words = op(op(words, "&", op(0, "-", left)), "&", f"天，未填{lacking}")
    return if_(eq(missed, 1), words, "")


def chinese_day(day: Expr) -> Expr:
    """2024年6月30日, whatever the language of the program."""
    parts = ((call("YEAR", day), "年"), (call("MONTH", day), "月"), (call("DAY", day), "日"))
    words: Expr | None = None
    for number, unit in parts:
        words = op(number, "&", unit) if words is None else op(op(words, "&", number), "&", unit)
    assert words
    return words


# Still to fill ----------------------------------------------------------------------------------


def _needed(desk: Desk) -> Iterator[_Gap]:
    """Blanks that can still make a difference to something that the workbook shows."""
    sources = list(sources_of(desk))
    if not sources:
        return
    purposes = desk.run("gaps.purpose", [("用途", each.purpose) for each in sources])
    for fact in asked_facts(desk.layout, desk.edition):
        tests = {
            place: each.needs[fact] for place, each in enumerate(sources, 1) if fact in each.needs
        }
        if not tests or f"in_{fact}" not in desk.book.places:
            continue
        faultless = eq(_problem(desk, fact), "")
        if len(tests) == 1:
            ((place, needed),) = tests.items()
            waits, purpose = needed, op(sources[place - 1].purpose, "&", _ALONE)
        else:
            first, last = _first_and_last(desk, fact, tests)
            several = if_(op(last, ">", first), _AMONG_OTHERS, _ALONE)
            waits, purpose = op(last, ">", 0), op(call("INDEX", purposes, first), "&", several)
        reason = if_(call("AND", waits, faultless), purpose, "")
        yield _Gap(desk.facts[fact].label, reason, f"in_{fact}")
    yield from _needed_rows(desk)


_ALONE, _AMONG_OTHERS = "要用", "等多项要用"
_NOWHERE = 9999
_AT_ONCE = 10
"""So many conditions fit in a formula that people can read."""


def _first_and_last(desk: Desk, fact: str, tests: Mapping[int, Expr]) -> tuple[Ref, Ref]:
    """The first and the last of the purposes for which a fact is needed now; the last is 0 if
    there is none."""
    found = []
    for function, word, name, otherwise in (
        ("MIN", "首项", "first", _NOWHERE),
        ("MAX", "末项", "last", 0),
    ):
        key, label = f"gaps.need.{fact}.{name}", desk.facts[fact].label
        numbers = [if_(needed, place, otherwise) for place, needed in tests.items()]
        parts = [numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE)]
        whole: list[Operand] = [
            desk.step(f"{key}.{number}", f"{label}：用途{word}（{number}）", call(function, *part))
            for number, part in enumerate(parts[1:], 1)
        ]
        found.append(desk.step(key, f"{label}：用途{word}", call(function, *parts[0], *whole)))
    return found[0], found[1]


def _needed_rows(desk: Desk) -> Iterator[_Gap]:
    """What rows that are begun still lack; of a table, what the verdicts on them wait for."""
    for listing in desk.row_groups.values():
        for row in listing.numbers:
            label, place = _row_label(listing, row), _row_place(desk, listing, row)
            for reason in _needed_in_row(desk, listing, row):
                yield _Gap(label, reason, *place)


def _needed_in_row(desk: Desk, listing: Listing, row: int) -> Iterator[Expr]:
    prefix = listing.prefix(row)
    for rule in desk.edition.rules.values():
        if rule.each == listing.id:
            needed = Ref(f"{prefix}{rule.id}.needed")
            yield if_(eq(needed, ""), "", op(f"判断“{rule.label}”要用：", "&", needed))
    if f"{prefix}lacking" in desk.steps:
        lacking = op("此行还没有填：", "&", Ref(f"{prefix}lacking"))
        yield if_(op(Ref(f"{prefix}missing"), ">", 0), lacking, "")


# Names ------------------------------------------------------------------------------------------


def _row_label(listing: Listing, row: int) -> Expr:
    """变更登记：变-2, or 第2行 where the key says nothing."""
    prefix = listing.prefix(row)
    if listing.key.type is FactType.DATE:
        day = Ref(f"{prefix}day.{KEY}")
        unnamed, named = eq(day, ""), chinese_day(day)
    else:
        text = Ref(f"{prefix}text.{KEY}")
        unnamed, named = call("OR", eq(text, ""), eq(text, "#")), text
    return op(f"{listing.label}：", "&", if_(unnamed, f"第{row}行", named))


def _row_place(desk: Desk, listing: Listing, row: int) -> tuple[str, Place]:
    """The first cell of a row, and its name."""
    places = list(desk.book.spans[f"tb_{listing.id}_key"].places)
    return f"go_{listing.id}_{row}", places[row - 1]


def _day_label(deadline: Deadline, row: int) -> Expr:
    return op(f"{deadline.label}：", "&", Ref(f"deadline.{deadline.id}.row{row}.period"))


def _day_place(desk: Desk, deadline: Deadline, row: int) -> tuple[Operand, Place | None, str]:
    """The cell for the day of sending, and its name; of a register the row of that day, or all
    of them while there is none, and their name."""
    register = registers_by_deadline(desk.layout).get(deadline.id)
    if register is None:
        return f"go_{deadline.id}_{row}", desk.book.places[f"sent.{deadline.id}.{row}"], ""
    entry, rows = entry_of_day(deadline, row), f"tb_{register.id}_key"
    named = op(f"go_{register.id}_", "&", entry)
    return if_(eq(entry, ""), rows, named), None, rows
