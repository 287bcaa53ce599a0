"""What is wrong, late or still to fill anywhere in a workbook, gathered on the hidden sheet.

Each place where something could be is a row at its top. For each kind it has a reason that is ""
while all is well, and a count that runs down the column: the n-th of a kind stands in the first
row where the count is n. So a plain MATCH finds it, in every program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.edition import Deadline, FactType, Recurring
from generator.model.layout import (
    ChecklistBlock,
    FindingsBlock,
    Layout,
    ProgressBlock,
    RegisterBlock,
    VerdictBlock,
)
from generator.rules.excel.chosen import REFUSED
from generator.rules.excel.dates import AS_OF
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, lift, op
from generator.workbook.asked import asked_facts, blocks
from generator.workbook.blocks.form import looks_unusual
from generator.workbook.blocks.papers_lacking import any_lacks, asked_for
from generator.workbook.blocks.register_cells import (
    entry_of_day,
    listing_of,
    registers,
    registers_by_deadline,
    wrong_totals,
)
from generator.workbook.blocks.steps import stages_shown, wrong_records
from generator.workbook.blocks.timeline import deadlines_shown
from generator.workbook.book import Place, Sheet
from generator.workbook.checks import contradictions
from generator.workbook.desk import Desk, headings, run_of
from generator.workbook.listing import KEY, Listing
from generator.workbook.needs import JUDGE, VERBS, Source, needed_cell, sources_of
from generator.workbook.styles import BARE
from generator.workbook.workings import helper_sheet

WRONG, LATE, DOUBTED, NEEDED = "有误", "逾期", "请核对", "还需填写"
_IDS = {WRONG: "wrong", LATE: "late", DOUBTED: "doubted", NEEDED: "needed"}


def kinds_of(layout: Layout) -> tuple[str, ...]:
    """The kinds of findings of a workbook, in the order in which they are listed."""
    lists = [block for block in blocks(layout) if isinstance(block, FindingsBlock)]
    doubts = any(block.doubts for block in lists)
    return tuple(kind for kind in _IDS if doubts or kind != DOUBTED)


@dataclass(frozen=True)
class _Gap:
    """Something that may be wrong, late or missing. `reason` says why, "" while it is not; `place`
    is the cell to go to, or a first one where a formula names it (`target`)."""

    label: Operand
    reason: Expr
    place: Place
    target: Expr | None = None
    fact: str | None = None
    """The fact that is missing, if it is one."""


def count_of(kind: str) -> Ref:
    """The cell that counts what is wrong, late or still to fill; it is there in the end."""
    return Ref(f"gaps.count.{_IDS[kind]}")


LABELS, TARGETS = "gaps.labels", "gaps.targets"
"""Columns of the hidden sheet as ranges: what the places are called, and the names of the cells to
go to where formulas say them; all others are named `go_` and their number."""

SHEETS, STARTS = "gaps.sheets", "gaps.starts"
"""The sheets that have such cells, in order, and from which number on."""

PURPOSES = "need.purposes"
"""What facts may be needed for, as a range of labels."""


def reasons_of(kind: str) -> Ref:
    """The column that says what is wrong, late or still to fill."""
    return Ref(f"gaps.reasons.{_IDS[kind]}")


def counts_of(kind: str) -> Ref:
    """The column in which the n-th of a kind is found where n first stands."""
    return Ref(f"gaps.counts.{_IDS[kind]}")


@dataclass(frozen=True)
class _Row:
    """A row of the hidden sheet: what could be wrong, late or missing at a place, by kind."""

    label: Operand
    place: Place
    target: Expr | None
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
        DOUBTED: list(_doubted(desk)) if DOUBTED in kinds_of(desk.layout) else [],
        NEEDED: list(_needed(desk)) if listed else [],
    }
    sheet = helper_sheet(desk)
    titles = (title for kind in kinds_of(desk.layout) for title in (kind, "累计"))
    headings(sheet, ("填写", "位置", *titles))
    first = sheet.row
    before: dict[str, Ref] = {}
    rows = _rows(desk, gaps)
    for number, row in enumerate(rows, 1):
        sheet.put(1, row.label, BARE)
        if row.target is not None:
            sheet.put(2, row.target, BARE)
        elif listed:
            desk.book.define(f"go_{number}", row.place)
        for kind, gap in row.gaps.items():
            before[kind] = _counted(desk, sheet, gap, kind, before.get(kind))
        sheet.next_row()
    last = max(sheet.row - 1, first)
    for column, id in enumerate((LABELS, TARGETS, *_columns(desk.layout)), 1):
        desk.book.spans[id] = run_of(sheet, column, first, last)
    if listed:
        _name_keys(desk)
        _sheets(desk, rows)
    for kind in kinds_of(desk.layout):
        total = op(before[kind], "+", 0) if kind in before else call("MAX", 0)
        desk.step(count_of(kind).id, f"{kind}的处数", total)


def link_to(place: Expr) -> Expr:
    """Where the n-th of the gathered places leads, with the name of its sheet."""
    own = call("INDEX", Ref(TARGETS), place)
    target = if_(eq(own, ""), op("go_", "&", place), own)
    sheet = call("INDEX", Ref(SHEETS), call("COUNTIF", Ref(STARTS), op("<=", "&", place)))
    return call("HYPERLINK", op("#", "&", target), sheet)


def _name_keys(desk: Desk) -> None:
    """Formulas say which row of a register of recurring days to go to: each has a name."""
    for register in registers_by_deadline(desk.layout).values():
        keys = desk.book.spans[f"tb_{register.id}_key"].places
        for number, place in enumerate(keys, 1):
            desk.book.define(f"{_go_to(register)}{number}", place)


def _go_to(register: RegisterBlock) -> str:
    return f"go_{register.id}_"


def _sheets(desk: Desk, rows: list[_Row]) -> None:
    """Which sheet the places stand on: they are gathered sheet by sheet."""
    starts: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        starts.setdefault(row.place.sheet, number)
    # A range is never empty: there may be nothing to gather.
    found = starts or {"": 1}
    desk.run(STARTS, [(f"{name}：首处", number) for name, number in found.items()])
    desk.run(SHEETS, [(f"{name}：表名", name) for name in found])


def _columns(layout: Layout) -> Iterator[str]:
    for kind in kinds_of(layout):
        yield reasons_of(kind).id
        yield counts_of(kind).id


def _rows(desk: Desk, gaps: Mapping[str, list[_Gap]]) -> list[_Row]:
    """One row for what has the same name and place, in the order in which the cells stand; two of
    one kind have a row each."""
    rows: dict[tuple[Operand, Place, Expr | None, int], _Row] = {}
    for kind, found in gaps.items():
        seen: Counter[tuple[Operand, Place]] = Counter()
        for gap in found:
            seen[gap.label, gap.place] += 1
            key = gap.label, gap.place, gap.target, seen[gap.label, gap.place]
            row = rows.setdefault(key, _Row(gap.label, gap.place, gap.target, {}))
            row.gaps[kind] = gap
    order = list(desk.book.sheets)
    return sorted(
        rows.values(),
        key=lambda row: (order.index(row.place.sheet), row.place.row, row.place.column),
    )


def _counted(desk: Desk, sheet: Sheet, gap: _Gap, kind: str, before: Ref | None) -> Ref:
    """Put a reason with the count of those down to it."""
    column = 3 + 2 * kinds_of(desk.layout).index(kind)
    reason, count = (Ref(f"gaps.{sheet.row}.{kind}.{word}") for word in ("reason", "count"))
    desk.book.places[reason.id] = sheet.put(column, gap.reason, BARE)
    if gap.fact:
        desk.book.places[needed_cell(gap.fact).id] = desk.book.places[reason.id]
    none, one = (0, 1) if before is None else (before, op(before, "+", 1))
    counted = if_(eq(reason, ""), none, one)
    desk.book.places[count.id] = sheet.put(column + 1, counted, BARE)
    return count


# Wrong ------------------------------------------------------------------------------------------


def _wrong(desk: Desk) -> Iterator[_Gap]:
    """Answers that cannot be taken, in the order in which they are asked; then rows of lists,
    days beside deadlines and steps, and the way chosen where it is not permitted."""
    for fact in (AS_OF, *asked_facts(desk.layout, desk.edition)):
        name, shape = f"in_{fact}", desk.facts[fact]
        # Texts may be anything.
        if name in desk.book.places and shape.type is not FactType.TEXT:
            yield _Gap(shape.label, _problem(desk, fact), desk.book.places[name])
    yield from _contradictions(desk, doubt=False)
    yield from _wrong_steps(desk)
    yield from _wrong_choices(desk)
    for listing in desk.row_groups.values():
        for row in listing.numbers:
            reason = Ref(f"{listing.prefix(row)}problems")
            yield _Gap(_row_label(listing, row), reason, _row_place(desk, listing, row))
    for register in registers(desk.layout):
        yield from _wrong_totals(desk, register)
    for id, rows in deadlines_shown(desk.edition, desk.layout).items():
        yield from _wrong_days(desk, desk.edition.deadlines[id], rows)


def _contradictions(desk: Desk, *, doubt: bool) -> Iterator[_Gap]:
    """Answers that do not go together."""
    for each in contradictions(desk):
        if each.written.doubt == doubt:
            fact = each.written.at
            reason = if_(eq(each.truth, 1), each.says, "")
            yield _Gap(desk.facts[fact].label, reason, desk.book.places[f"in_{fact}"])


def _problem(desk: Desk, fact: str) -> Ref:
    """What is wrong with an answer: by itself, or as the end of what begins after it."""
    problem = desk.scope.problem(fact)
    expr: Expr = problem
    for id in deadlines_shown(desk.edition, desk.layout):
        schedule = desk.edition.deadlines[id].schedule
        if isinstance(schedule, Recurring) and schedule.until == fact:
            known = [desk.scope.is_known(each) for each in (schedule.start, fact)]
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
            reason = lift(wrong_records(step.id))
            place = desk.book.places[f"in_step_{step.id}_received"]
            yield _Gap(step.label, reason, place)


def _wrong_choices(desk: Desk) -> Iterator[_Gap]:
    for block in blocks(desk.layout):
        for id, chosen in block.chosen.items() if isinstance(block, VerdictBlock) else ():
            refused = eq(Ref(f"decision.{id}.chosen.word"), REFUSED)
            words = op(f"{REFUSED}这样选：", "&", Ref(f"decision.{id}.chosen.says"))
            reason = if_(refused, words, "")
            place = desk.book.places[f"in_{chosen.fact}"]
            yield _Gap(desk.facts[chosen.fact].label, reason, place)


def _wrong_totals(desk: Desk, register: RegisterBlock) -> Iterator[_Gap]:
    for label, reason in wrong_totals(desk, register):
        place = desk.book.spans[f"tb_{register.id}_key"].first
        yield _Gap(f"{_in_short(register.title)}：{label}", reason, place)


def _wrong_days(desk: Desk, deadline: Deadline, rows: int) -> Iterator[_Gap]:
    key = f"deadline.{deadline.id}"
    if not rows:
        reason = if_(eq(Ref(f"{key}.wrong"), 1), Ref(f"{key}.standing"), "")
        place = desk.book.places[f"in_{deadline.done}"]
        yield _Gap(f"{deadline.label}：办结日期", reason, place)
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
            yield _Gap(deadline.label, reason, desk.book.places[f"in_{deadline.done}"])
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


# To be checked again -----------------------------------------------------------------------------


def _doubted(desk: Desk) -> Iterator[_Gap]:
    """What need not be wrong: amounts that look like those of another unit, and checks that say
    so."""
    for fact in asked_facts(desk.layout, desk.edition):
        remark = looks_unusual(desk, desk.facts[fact])
        if remark and f"in_{fact}" in desk.book.places:
            known = desk.scope.is_known(fact)
            reason = if_(known, if_(remark[0], remark[1], ""), "")
            yield _Gap(desk.facts[fact].label, reason, desk.book.places[f"in_{fact}"])
    yield from _contradictions(desk, doubt=True)
    for register in registers(desk.layout):
        listing = listing_of(desk, register)
        for row in listing.numbers:
            # Of rows that nothing can look odd in, there is no such cell.
            if (reason := Ref(f"{listing.prefix(row)}doubts")).id in desk.steps:
                yield _Gap(_row_label(listing, row), reason, _row_place(desk, listing, row))


# Still to fill ----------------------------------------------------------------------------------


def _needed(desk: Desk) -> Iterator[_Gap]:
    """Blanks that can still make a difference to something that the workbook shows: of facts their
    reason is the number of a purpose, of rows it is words."""
    sources = list(sources_of(desk))
    numbers = _purposes(desk, sources)
    for fact in asked_facts(desk.layout, desk.edition):
        needs = [
            (numbers[each.verb, each.label], each.needs[fact])
            for each in sources
            if fact in each.needs
        ]
        if needs and f"in_{fact}" in desk.book.places:
            reason = if_(eq(_problem(desk, fact), ""), _first(desk, fact, needs), "")
            place = desk.book.places[f"in_{fact}"]
            yield _Gap(desk.facts[fact].label, reason, place, fact=fact)
    yield from _needed_rows(desk)
    yield from _needed_papers(desk)


def _purposes(desk: Desk, sources: Sequence[Source]) -> Mapping[tuple[str, str], int]:
    """What facts may be needed for, each with a number, those of one verb together: the labels in
    cells, and the last number of each verb."""
    purposes = list(dict.fromkeys((each.verb, each.label) for each in sources if each.needs))
    purposes.sort(key=lambda purpose: VERBS.index(purpose[0]))
    labels = [label for _, label in purposes] or [""]
    desk.run(PURPOSES, [(label, label) for label in labels])
    for verb in VERBS[:-1]:
        until = sum(VERBS.index(each) <= VERBS.index(verb) for each, _ in purposes)
        desk.step(_last_of(verb).id, f"{verb}：最后一项用途", lift(until))
    return {purpose: number for number, purpose in enumerate(purposes, 1)}


def _last_of(verb: str) -> Ref:
    return Ref(f"need.last.{VERBS.index(verb) + 1}")


def purpose_of(reason: Expr) -> Expr:
    """What a reason of what is still to fill says."""
    verb: Operand = VERBS[-1]
    for each in reversed(VERBS[:-1]):
        verb = if_(op(reason, "<=", _last_of(each)), each, verb)
    words = op(op(op(verb, "&", "“"), "&", call("INDEX", Ref(PURPOSES), reason)), "&", "”")
    return if_(call("ISNUMBER", reason), words, reason)


_AT_ONCE = 8
"""So many conditions fit in a formula that people can read."""


def _first(desk: Desk, fact: str, needs: Sequence[tuple[int, Expr]]) -> Expr:
    """The number of the first purpose that a fact is needed for; "" if it is not needed now."""
    rest: Operand = ""
    for start in reversed(range(0, len(needs), _AT_ONCE)):
        for purpose, needed in reversed(needs[start : start + _AT_ONCE]):
            rest = if_(needed, purpose, rest)
        if start:
            label = f"{desk.facts[fact].label}：用途（自第{start + 1}项）"
            rest = desk.step(f"need.{fact}.{start}", label, lift(rest))
    return lift(rest)


def _needed_rows(desk: Desk) -> Iterator[_Gap]:
    """What rows that are begun still lack; of a table, what the verdicts on them wait for."""
    for listing in desk.row_groups.values():
        for row in listing.numbers:
            label, place = _row_label(listing, row), _row_place(desk, listing, row)
            for reason in _needed_in_row(desk, listing, row):
                yield _Gap(label, reason, place)


def _needed_in_row(desk: Desk, listing: Listing, row: int) -> Iterator[Expr]:
    prefix = listing.prefix(row)
    for rule in desk.edition.rules.values():
        if rule.each == listing.id:
            needed = Ref(f"{prefix}{rule.id}.needed")
            yield if_(eq(needed, ""), "", op(f"{JUDGE}“{rule.label}”，还缺：", "&", needed))
    if f"{prefix}lacking" in desk.steps:
        lacking = op("此行还没有填：", "&", Ref(f"{prefix}lacking"))
        yield if_(op(Ref(f"{prefix}missing"), ">", 0), lacking, "")


def _needed_papers(desk: Desk) -> Iterator[_Gap]:
    """Lists of papers in which one is required and not said to be there."""
    for block in blocks(desk.layout):
        if isinstance(block, ChecklistBlock) and (papers := asked_for(desk, block)):
            place = desk.book.places[f"in_paper_{papers[0].id}_ready"]
            reason = if_(any_lacks(desk, block), "须提交的材料没有备齐", "")
            yield _Gap(_in_short(block.title), reason, place)


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
    nth = op(op("第", "&", Ref(listing.number_cell(row))), "&", "行")
    return op(f"{_in_short(listing.label)}：", "&", if_(unnamed, nth, named))


def _in_short(title: str) -> str:
    """A title without its article, in brackets behind it."""
    return title.partition("（第")[0] or title


def _row_place(desk: Desk, listing: Listing, row: int) -> Place:
    """The first cell of a row."""
    return list(desk.book.spans[f"tb_{listing.id}_key"].places)[row - 1]


def _day_label(deadline: Deadline, row: int) -> Expr:
    return op(f"{deadline.label}：", "&", Ref(f"deadline.{deadline.id}.row{row}.period"))


def _day_place(desk: Desk, deadline: Deadline, row: int) -> tuple[Place, Expr | None]:
    """The cell for the day of sending; of a register the row of that day, or all of them while
    there is none."""
    register = registers_by_deadline(desk.layout).get(deadline.id)
    if register is None:
        return desk.book.places[f"sent.{deadline.id}.{row}"], None
    entry, rows = entry_of_day(deadline, row), f"tb_{register.id}_key"
    named = op(_go_to(register), "&", entry)
    return desk.book.spans[rows].last, if_(eq(entry, ""), rows, named)
