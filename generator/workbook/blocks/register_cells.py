"""What a register comes to, as cells: how each row stands, totals, checks, what was sent when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.build_checks import register_key
from generator.model.conditions import Condition
from generator.model.edition import Deadline, Fact, FactType
from generator.model.layout import Layout, RegisterBlock
from generator.model.layout_checks import ConflictShape, RegisterCheckShape
from generator.rules.excel.conditions import PENDING
from generator.rules.excel.dates import DeadlineCells
from generator.rules.excel.scope import NO, Scope
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, lift, op
from generator.workbook.asked import blocks
from generator.workbook.blocks.lists import is_used, key_fact, key_problems, row_scope
from generator.workbook.conflicts import conflict_parts, together
from generator.workbook.desk import Desk
from generator.workbook.listing import KEY, Listing

UNUSED, WRONG, DOUBTED, FILLED = "空行", "有误", "请核对", "已填"
HOLDS, FAILS, NOTHING = "符合", "不符合", "不适用"


def listing_of(desk: Desk, block: RegisterBlock) -> Listing:
    """A register as a list of rows."""
    return Listing(
        block.id,
        block.title,
        _group(block),
        key_fact(block.key.label, FactType.DATE if block.key.of else FactType.TEXT),
        tuple(desk.facts[id] for id in block.columns),
        block.rows,
        # A day of sending will have to be filled in, once there is one.
        frozenset(block.optional) - {block.key.sent},
    )


def used_rows(desk: Desk, group: str, rows: int) -> Ref:
    """1 for each row of a list that is in use, as a range."""
    id = f"used.{group}"
    desk.ranges[id] = [f"{group}.{row}.used" for row in range(1, rows + 1)]
    return Ref(id)


def _group(block: RegisterBlock) -> str:
    return f"tb_{block.id}"


def registers(layout: Layout) -> Iterator[RegisterBlock]:
    """The registers of a workbook in order."""
    return (block for block in blocks(layout) if isinstance(block, RegisterBlock))


def registers_by_deadline(layout: Layout) -> Mapping[str, RegisterBlock]:
    """For each recurring deadline that has one, the register of its days."""
    return {block.key.of: block for block in registers(layout) if block.key.of}


def day_name(block: RegisterBlock, what: str) -> str:
    """The name of a column of the list of a register's days (of its deadline), in their order."""
    return f"tb_{block.id}_out_day_{what}"


# Rows -------------------------------------------------------------------------------------------


class _RowScope(Scope):
    """The facts of a row. No condition asks what is known of them: there is no cell that says so,
    but amounts and days are "" while they are not."""

    def _if_known(self, fact: str, value: Expr) -> Expr:
        blank = call("OR", eq(self.text(fact), ""), op(self.problem(fact), "<>", ""))
        return if_(blank, "", value)


def wrong_totals(desk: Desk, block: RegisterBlock) -> Iterator[tuple[str, Expr]]:
    """What a register's totals must keep to, and that one does not; "" while it does."""
    for check in block.checks:
        if check.kind == "total_at_most":
            key = _check_key(block, check)
            label = f"{desk.facts[check.column].label}合计"
            yield label, if_(eq(Ref(f"{key}.failed"), 1), Ref(f"{key}.says"), "")


@dataclass(frozen=True)
class RowCells:
    """How one row stands: whether it is used (1), its state in words, what that is about ("" where
    it is not used), and of a recurring deadline which of its days it belongs to (0: none)."""

    scope: Scope
    number: int
    used: Ref
    state: Expr
    explained: Ref
    due: Ref | None


def row_cells(desk: Desk, block: RegisterBlock, listing: Listing, number: int) -> RowCells:
    """Compute one row. Its helper cells `problems`, `missing` and `lacking` say what is wrong
    with it, how many answers it lacks, and which."""
    scope = row_scope(desk, listing, number, kind=_RowScope)
    used = is_used(scope, listing)
    due = _due(block, scope) if block.key.of else None
    if block.key.sent:
        scope.day(block.key.sent)
    problems = _joined(
        scope, "problems", "此行的问题", _problems(desk, block, listing, scope, used, due)
    )
    lacking = [
        (_is_lacking(block, scope, fact), fact)
        for fact in listing.columns
        if fact.id not in (*block.optional, block.key.sent)
    ]
    count = call("SUM", 0, *(if_(empty, 1, 0) for empty, _ in lacking))
    missing = scope.add("missing", "此行待填项数", if_(eq(used, 1), count, 0))
    words = [(empty, _quoted(desk, block, fact)) for empty, fact in lacking]
    joined = _joined(scope, "lacking", "此行待填的项", words)
    listed = scope.add("lacking", "此行待填的项", joined)
    unusual = [*_unusual(desk, block, listing, scope), *_doubtful(desk, block, scope, used)]
    doubts = _joined(scope, "doubts", "此行请核对的项", unusual)
    state = if_(eq(doubts, ""), FILLED, DOUBTED)
    state = if_(op(missing, ">", 0), op(f"{PENDING} ", "&", op(missing, "&", " 项")), state)
    state = if_(eq(used, 1), if_(eq(problems, ""), state, WRONG), UNUSED)
    needed = if_(op(missing, ">", 0), op(op(f"{PENDING}：", "&", listed), "&", "。"), "")
    explained = scope.add("explained", "此行的说明", op(op(problems, "&", needed), "&", doubts))
    return RowCells(scope, number, used, state, explained, due)


def _is_lacking(block: RegisterBlock, scope: Scope, fact: Fact) -> Expr:
    """Whether an answer is missing that a row asks for."""
    empty = eq(scope.text(fact.id), "")
    if fact.id not in block.only_with:
        return empty
    return call("AND", empty, op(scope.text(block.only_with[fact.id]), "<>", NO))


def _due(block: RegisterBlock, scope: Scope) -> Ref:
    place = call("MATCH", scope.day(KEY), Ref(f"deadline.{block.key.of}.days"), 0)
    found = if_(eq(scope.day(KEY), ""), 0, call("IFERROR", place, 0))
    return scope.add("due", "是第几次（0为不是）", found)


def _quoted(desk: Desk, block: RegisterBlock, fact: Fact) -> Ref:
    """A column's label, in quotation marks, in a cell of its own: formulas stay short."""
    return desk.steps.add(
        f"{_group(block)}.label.{fact.id}", f"{block.title}：列名", f"“{fact.label}”"
    )


def _problems(
    desk: Desk,
    block: RegisterBlock,
    listing: Listing,
    scope: Scope,
    used: Ref,
    due: Ref | None,
) -> list[tuple[Expr, Operand]]:
    """What is wrong with a row: its key, answers that cannot be taken, checks that fail."""
    parts = key_problems(desk, scope, listing, used)
    if due:
        first = Ref(f"deadline.{block.key.of}.day1")
        other = call("AND", op(scope.day(KEY), "<>", ""), eq(due, 0), op(first, "<>", ""))
        parts.append((other, f"{listing.key.label}不是应报的日期"))
    for fact in listing.columns:
        if fact.type is not FactType.TEXT:
            problem = scope.problem(fact.id)
            words = op(op(_quoted(desk, block, fact), "&", "："), "&", problem)
            parts.append((op(problem, "<>", ""), words))
    parts += _failing(desk, block, scope, used, doubt=False)
    return [(condition, op(words, "&", "。")) for condition, words in parts]


def _doubtful(
    desk: Desk, block: RegisterBlock, scope: Scope, used: Ref
) -> Iterator[tuple[Expr, Operand]]:
    """Checks that fail, but need not mean a mistake."""
    for failing, words in _failing(desk, block, scope, used, doubt=True):
        yield failing, op(words, "&", "。")


def _failing(
    desk: Desk, block: RegisterBlock, scope: Scope, used: Ref, *, doubt: bool
) -> Iterator[tuple[Expr, Operand]]:
    """The checks of rows, when each fails, and what it says then."""
    for place, check in enumerate(block.checks, 1):
        if check.kind != "total_at_most" and check.doubt == doubt:
            truth = _row_truth(desk, block, scope, used, place, check)
            yield eq(truth, 0), _says(desk, block, check)


def _unusual(
    desk: Desk, block: RegisterBlock, listing: Listing, scope: Scope
) -> Iterator[tuple[Expr, Operand]]:
    """Amounts that look like those of another unit."""
    for fact in listing.columns:
        if fact.type is FactType.AMOUNT and fact.unit:
            # As a number also where there is none: a text is more than any.
            size = call("ABS", call("SUM", scope.steps_of_amount(fact.id)))
            large = op(size, ">=", fact.unit.unusual * fact.unit.steps)
            words = op(_quoted(desk, block, fact), "&", f"请核对：单位是{fact.unit.name}。")
            yield large, words


_AT_ONCE = 10


def _joined(scope: Scope, key: str, label: str, parts: Sequence[tuple[Expr, Operand]]) -> Expr:
    """The words whose condition holds, one after the other, some in a cell."""
    before: Expr = lift("")
    for start in range(0, len(parts), _AT_ONCE):
        found = [if_(condition, words, "") for condition, words in parts[start : start + _AT_ONCE]]
        if start:
            found.insert(0, before)
        expr = found[0]
        for each in found[1:]:
            expr = op(expr, "&", each)
        is_last = start + _AT_ONCE >= len(parts)
        before = scope.add(key if is_last else f"{key}.{start}", label, expr)
    return before


# Checks -----------------------------------------------------------------------------------------


def former_of(desk: Desk, block: RegisterBlock) -> RegisterBlock:
    """The register that one follows."""
    return next(each for each in registers(desk.layout) if each.id == block.follows)


def check_words(desk: Desk, block: RegisterBlock, check: RegisterCheckShape) -> str:
    """What must hold, for people."""
    column = f"“{desk.facts[check.column].label}”"
    than = f"“{desk.facts[check.than].label}”" if check.than else ""
    is_day = desk.facts[check.column].type is FactType.DATE
    match check.kind:
        case "at_least":
            return f"{column}{'不早于' if is_day else '不小于'}{than}"
        case "at_most":
            return f"{column}{'不晚于' if is_day else '不大于'}{than}"
        case "conflict":
            return check.says
        case "total_at_most":
            return f"{column}的合计不大于{than}"
        case "not_falling":
            return f"{column}按日期先后，只增不减"
        case "not_below_former":
            former = former_of(desk, block)
            return f"{column}不小于“{former.title}”中同一{block.key.label}的数"


def _check_key(block: RegisterBlock, check: RegisterCheckShape) -> str:
    return f"{_group(block)}.check{block.checks.index(check) + 1}"


def check_name(block: RegisterBlock, check: RegisterCheckShape) -> str:
    """The name of the result of a check."""
    if check.kind == "conflict":
        return f"tb_{block.id}_out_check{block.checks.index(check) + 1}"
    than = f"_{check.than}" if check.than else ""
    return f"tb_{block.id}_out_{check.column}_{check.kind}{than}"


def _says(desk: Desk, block: RegisterBlock, check: RegisterCheckShape) -> Ref:
    # In a cell of its own: in a formula it could be too long.
    says = check.says.rstrip("。")
    return desk.steps.add(f"{_check_key(block, check)}.says", f"{block.title}：校核内容", says)


def _row_truth(
    desk: Desk,
    block: RegisterBlock,
    scope: Scope,
    used: Ref,
    place: int,
    check: RegisterCheckShape,
) -> Ref:
    """1 where a row keeps a check, 0 where not, ½ while parts are missing; "" where there is
    nothing to check: the row is not used, or an optional column is empty."""
    if check.kind == "conflict":
        condition = condition_of_check(desk, block, check)
        parts = list(conflict_parts(scope, f"conflict.{place}", check, condition))
        parts += _parts_elsewhere(desk, scope, check)
        label = f"校核{place}：不矛盾1、矛盾0、待填0.5"
        kept = if_(eq(used, 1), op(1, "-", together(parts)), "")
        return scope.add(f"check{place}", label, kept)
    own = _comparable(scope, check.column)
    compared = [own]
    truth: Expr
    if check.kind == "not_below_former":
        truth = _not_below(desk, block, scope, check.column, own)
    elif check.kind == "not_falling":
        compared.insert(0, scope.day(KEY))
        days, values = _run(desk, block, "day", KEY), _run_of_column(desk, block, check.column)
        earlier, more = op("<", "&", scope.day(KEY)), op(">", "&", own)
        truth = if_(eq(call("COUNTIFS", days, earlier, values, more), 0), 1, 0)
    else:
        assert check.than
        compared.append(_comparable(scope, check.than))
        sign = ">=" if check.kind == "at_least" else "<="
        truth = if_(op(own, sign, compared[1]), 1, 0)
    truth = if_(call("OR", *(eq(value, "") for value in compared)), UNKNOWN, truth)
    for column in dict.fromkeys((check.column, check.than)):
        if column in block.optional or column in block.only_with:
            truth = if_(eq(scope.text(column), ""), "", truth)
    label = f"校核{place}：符合1、不符合0、待填0.5"
    return scope.add(f"check{place}", label, if_(eq(used, 1), truth, ""))


def _parts_elsewhere(desk: Desk, scope: Scope, check: RegisterCheckShape) -> Iterator[Expr]:
    """Whether another register has no row, or one, of the row's own key."""
    key = Ref(f"{scope.prefix}match_key")
    for id, sign in ((check.unlisted_in, "="), (check.listed_in, ">")):
        if id:
            other = next(each for each in registers(desk.layout) if each.id == id)
            found = call("COUNTIF", _run(desk, other, "match_key"), key)
            yield if_(eq(key, ""), UNKNOWN, if_(op(found, sign, 0), 1, 0))


def _not_below(desk: Desk, block: RegisterBlock, scope: Scope, column: str, own: Ref) -> Expr:
    """1 where the former register has no more under the same key, 0 where it has; "" where it has
    no such key, or nothing that can be compared."""
    former, key = former_of(desk, block), Ref(f"{scope.prefix}match_key")
    keys, values = _run(desk, former, "match_key"), _run_of_column(desk, former, column)
    more = call("COUNTIFS", keys, key, values, op(">", "&", own))
    as_much = call("COUNTIFS", keys, key, values, op("<=", "&", own))
    found = if_(op(more, ">", 0), 0, if_(op(as_much, ">", 0), 1, ""))
    return if_(eq(key, ""), "", found)


@dataclass(frozen=True)
class GoneCells:
    """What a register lacks of the one that it follows."""

    word: Ref
    explained: Ref


def gone_cells(desk: Desk, block: RegisterBlock) -> GoneCells:
    """Which keys of the former register are not found here; call it after the rows are computed.
    That may well be right, and is but a remark."""
    former, key = former_of(desk, block), f"{_group(block)}.gone"
    keys = _run(desk, block, "match_key")
    for row in range(1, former.rows + 1):
        own = Ref(f"{_group(former)}.{row}.match_key")
        missing = call("AND", op(own, "<>", ""), eq(call("COUNTIF", keys, own), 0))
        label = f"“{block.title}”没有此行：1"
        desk.steps.add(f"{_group(former)}.{row}.gone.{block.id}", label, if_(missing, 1, 0))
    gone = _run(desk, former, "gone", block.id)
    used = [call("SUM", _run(desk, each, "used")) for each in (block, former)]
    unused = call("OR", *(eq(each, 0) for each in used))
    count = desk.step(f"{key}.count", "上一期有、本表没有的行数", call("SUM", gone))
    word = if_(unused, NOTHING, if_(op(count, ">", 0), DOUBTED, HOLDS))
    word_cell = desk.step(f"{key}.word", f"{block.title}：与上一期对照", word)
    first = call("INDEX", _run(desk, former, "text", KEY), call("MATCH", 1, gone, 0))
    words = op(op(op("有", "&", count), "&", "个没有：“"), "&", op(first, "&", "”"))
    more = if_(op(count, ">", 1), "等", "")
    says = op(op(words, "&", more), "&", "。")
    explained = if_(eq(word_cell, DOUBTED), says, "")
    return GoneCells(word_cell, desk.step(f"{key}.explained", "与上一期对照：说明", explained))


def condition_of_check(
    desk: Desk, block: RegisterBlock, check: RegisterCheckShape
) -> Condition | None:
    """What a check of a register asks of each row, if it asks any condition."""
    key = register_key(block.id, block.checks.index(check) + 1)
    return desk.edition.layout_conditions[desk.kind].get(key)


def rows_in_conflict(
    desk: Desk, block: RegisterBlock, key: str, written: ConflictShape, condition: Condition | None
) -> Ref:
    """1 for each row in which something holds, as a range; not 1 while it is open."""
    listing = listing_of(desk, block)
    for number in listing.numbers:
        scope = row_scope(desk, listing, number, kind=_RowScope)
        parts = list(conflict_parts(scope, f"{key}.when", written, condition))
        scope.add(key, "此行不能与别处同时成立：1", together(parts))
    return _run(desk, block, key)


def _comparable(scope: Scope, fact: str) -> Ref:
    is_amount = scope.facts[fact].type is FactType.AMOUNT
    return scope.steps_of_amount(fact) if is_amount else scope.day(fact)


def _run_of_column(desk: Desk, block: RegisterBlock, fact: str) -> Ref:
    is_amount = desk.facts[fact].type is FactType.AMOUNT
    return _run(desk, block, "steps" if is_amount else "day", fact)


def _run(desk: Desk, block: RegisterBlock, *id: str) -> Ref:
    """A helper cell of all rows as a range."""
    range_id = ".".join((_group(block), "run", *id))
    rows = range(1, block.rows + 1)
    desk.ranges[range_id] = [".".join((_group(block), str(row), *id)) for row in rows]
    return Ref(range_id)


def days_entered(desk: Desk, block: RegisterBlock) -> Ref:
    """Of each row of the register of a recurring deadline, which of the days it belongs to."""
    return _run(desk, block, "due")


@dataclass(frozen=True)
class CheckCells:
    """The result of a check of the whole register, and what there is to say of it."""

    check: RegisterCheckShape
    word: Ref
    explained: Ref


def check_cells(desk: Desk, block: RegisterBlock) -> list[CheckCells]:
    """The checks; call it after the rows are computed."""
    return [_check_cells(desk, block, check) for check in block.checks]


def _check_cells(desk: Desk, block: RegisterBlock, check: RegisterCheckShape) -> CheckCells:
    key, place = _check_key(block, check), block.checks.index(check) + 1
    used = call("SUM", _run(desk, block, "used"))
    failing: Expr
    if check.kind == "total_at_most":
        truth = desk.step(f"{key}.truth", "合计的校核", _total_truth(desk, block, check))
        failed = desk.step(f"{key}.failed", "合计不符合：1", if_(eq(truth, 0), 1, 0))
        unknown = eq(truth, UNKNOWN)
        failing = op(_says(desk, block, check), "&", "。")
        settled: Operand = if_(eq(truth, ""), NOTHING, HOLDS) if check.if_given else HOLDS
    else:
        truths = _run(desk, block, f"check{place}")
        failed = desk.step(f"{key}.failed", "不符合的行数", call("COUNTIF", truths, 0))
        unknown = op(call("COUNTIF", truths, UNKNOWN), ">", 0)
        failing = op(op(_says(desk, block, check), "&", "（"), "&", op(failed, "&", "行）。"))
        if check.kind == "conflict":
            # What must hold stands beside it, in the same words.
            failing = op(op("有", "&", failed), "&", "行不符。")
        settled = if_(op(call("COUNTIF", truths, 1), ">", 0), HOLDS, NOTHING)
    pending = call("OR", eq(used, 0), unknown)
    fails = DOUBTED if check.doubt else FAILS
    word = if_(op(failed, ">", 0), fails, if_(pending, PENDING, settled))
    word_cell = desk.step(f"{key}.word", f"{block.title}：校核结果", word)
    idle = "选填的列没有填，不校核。"
    if check.if_given and check.than:
        idle = f"没有填“{desk.facts[check.than].label}”，不作比较。"
    where = if_(eq(word_cell, NOTHING), idle, failing)
    rest = if_(eq(word_cell, PENDING), "所需的数据还没有填全。", where)
    explained = desk.step(
        f"{key}.explained", f"{block.title}：校核说明", if_(eq(word_cell, HOLDS), "", rest)
    )
    return CheckCells(check, word_cell, explained)


def _total_truth(desk: Desk, block: RegisterBlock, check: RegisterCheckShape) -> Expr:
    """Decided before all is filled in, where what is missing cannot change it."""
    assert check.than
    fact, scope = desk.facts[check.column], desk.scope
    total, lacking = total_cells(desk, block, check.column)
    limit, known = scope.steps_of_amount(check.than), scope.known(check.than)
    least: Expr = op(total, "+", op(fact.lowest, "*", lacking)) if fact.lowest else total
    beyond = if_(op(least, ">", limit), 0, if_(op(lacking, ">", 0), UNKNOWN, 1))
    if fact.signed:
        beyond = if_(op(lacking, ">", 0), UNKNOWN, if_(op(total, ">", limit), 0, 1))
    any_row = op(call("SUM", _run(desk, block, "used")), ">", 0)
    truth = if_(call("AND", eq(known, 1), any_row), beyond, UNKNOWN)
    return if_(_is_blank(desk, check.than), "", truth) if check.if_given else truth


def _is_blank(desk: Desk, fact: str) -> Expr:
    return eq(desk.scope.text(fact), "")


def total_cells(desk: Desk, block: RegisterBlock, column: str) -> tuple[Ref, Ref]:
    """The sum of a column in its unit's smallest steps, and how many rows lack their part."""
    key, label = f"{_group(block)}.total.{column}", f"{block.title}：{desk.facts[column].label}"
    steps, used = _run(desk, block, "steps", column), call("SUM", _run(desk, block, "used"))
    # Every number there is: none is less than this.
    known = call("COUNTIF", steps, f">={-desk.facts[column].highest}")
    return (
        desk.step(key, f"{label}合计（化为整数）", call("SUM", steps)),
        desk.step(f"{key}.lacking", f"{label}未填的行数", op(used, "-", known)),
    )


# The days of a recurring deadline ---------------------------------------------------------------


def sent_in_register(
    desk: Desk, block: RegisterBlock, deadline: Deadline, cells: DeadlineCells
) -> list[Ref]:
    """When each of a deadline's days was sent, by the row that has that day as its key."""
    sent = block.key.sent
    assert sent
    keys = _run(desk, block, "day", KEY)
    key = f"deadline.{deadline.id}.entry"
    rows = []
    for number, day in enumerate(cells.dates, 1):
        place = call("IFERROR", call("MATCH", day, keys, 0), "")
        words = f"{deadline.label}第{number}次：登记在第几行"
        rows.append(desk.step(f"{key}{number}", words, if_(eq(day, ""), "", place)))
    found = []
    for number, row in enumerate(rows, 1):
        # A day that cannot be taken is told as it was typed.
        taken = call("INDEX", _run(desk, block, "day", sent), row)
        typed = call("INDEX", _run(desk, block, "words", sent), row)
        answer = if_(eq(row, ""), "", if_(eq(taken, ""), typed, taken))
        words = f"{deadline.label}第{number}次：登记的报送日期"
        found.append(desk.step(f"{key}{number}.sent", words, answer))
    return found


def entry_of_day(deadline: Deadline, number: int) -> Ref:
    """The row in which one of a deadline's days is entered; "" while there is none."""
    return Ref(f"deadline.{deadline.id}.entry{number}")


def amount_of_day(
    desk: Desk, block: RegisterBlock, deadline: Deadline, number: int, column: str
) -> Expr:
    """What was entered for a day, in the unit that people write; "" while it is not known."""
    entry, unit = entry_of_day(deadline, number), desk.facts[column].unit
    assert unit
    steps = call("INDEX", _run(desk, block, "steps", column), entry)
    return if_(eq(entry, ""), "", if_(eq(steps, ""), "", op(steps, "/", unit.steps)))
