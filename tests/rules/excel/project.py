"""A project as people fill it in, and what Python says of it: what every program must show."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from generator.model.conditions import (
    Condition,
    facts_of,
    facts_of_term,
    facts_of_test,
    leaves,
    readings_of,
)
from generator.model.edition import (
    Deadline,
    Decision,
    Edition,
    FactType,
    Paper,
    Recurring,
    Rule,
    Stage,
)
from generator.rules.answers import Answers, read_answers
from generator.rules.evaluate import holds
from generator.rules.schedules import Dates, deadline_dates
from generator.rules.stages import stage_states
from generator.rules.truth import Truth
from generator.rules.verdicts import Verdict, decision_choice, paper_verdict, rule_verdict
from tests.support.cells import Input, Scalar, Value, serial
from tests.support.workbooks import CHOSEN


@dataclass(frozen=True)
class Chosen:
    """A way chosen under a decision, and the rules any of which permits each choice."""

    decision: str
    fact: str
    permits: Mapping[str, Sequence[str]]


Holder: TypeAlias = Rule | Decision | Deadline | Paper
More: TypeAlias = Stage | Chosen
Shown: TypeAlias = Value | tuple[Value, ...]


@dataclass(frozen=True)
class Entry:
    """What stands in a cell, and the raw answer that it means; None: nothing that counts."""

    cell: Scalar
    means: Any = None


BLANK = Entry(None)
Row: TypeAlias = Mapping[str, Entry]


@dataclass(frozen=True)
class Case:
    """A project: its facts, and the rows of its tables. Every row gets a key."""

    facts: Mapping[str, Entry] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def __or__(self, other: Case) -> Case:
        return Case({**self.facts, **other.facts}, {**self.rows, **other.rows})

    @property
    def inputs(self) -> dict[str, Input]:
        """The cells to fill, by name."""
        cells: dict[str, Input] = {f"in_{id}": entry.cell for id, entry in self.facts.items()}
        for table, rows in self.rows.items():
            cells[f"tb_{table}_key"] = [f"编号{number}" for number, _ in enumerate(rows, 1)]
            for column in dict.fromkeys(column for row in rows for column in row):
                cells[f"tb_{table}_{column}"] = [row.get(column, BLANK).cell for row in rows]
        return cells


def entry(edition: Edition, fact: str, raw: Any) -> Entry:
    """How a person fills in a fact that is known (or not: None)."""
    if raw is None:
        return BLANK
    shape = edition.facts[fact]
    match shape.type:
        case FactType.YESNO:
            return Entry({"yes": "是", "no": "否"}[raw], raw)
        case FactType.CHOICE:
            return Entry(shape.choices[raw], raw)
        case FactType.DATE:
            return Entry(date.fromisoformat(str(raw)), str(raw))
        case _:
            return Entry(raw, raw)


# Which facts a thing reads ------------------------------------------------------------------------


def facts_read(edition: Edition, holder: Holder) -> tuple[str, ...]:
    """The facts that a rule, decision, deadline or paper reads under any of its readings."""
    match holder:
        case Rule():
            found = _facts_of_condition(holder.when)
        case Decision():
            rules = [edition.rules[rule] for rule in holder.first_of]
            found = [fact for rule in rules for fact in _facts_of_condition(rule.when)]
        case Paper():
            conditions = [holder.required, *holder.alternatives.values()]
            found = [fact for each in conditions if each for fact in _facts_of_condition(each)]
        case Deadline():
            schedule = holder.schedule
            if isinstance(schedule, Recurring):
                found = [schedule.start, schedule.until]
            else:
                extra = [schedule.extension.fact] if schedule.extension else []
                found = [*facts_of_term(schedule.start), *extra]
    return tuple(dict.fromkeys(found))


def _facts_of_condition(condition: Condition) -> list[str]:
    tests = [test for leaf in leaves(condition) for test in leaf.alternatives.values()]
    return [*facts_of(condition), *(fact for test in tests for fact in facts_of_test(test))]


def stages_of(edition: Edition) -> list[More]:
    """Every stage."""
    return [*edition.stages.values()]


def chosen_of(edition: Edition) -> list[More]:
    """Every way to choose."""
    return [
        Chosen(decision, each["fact"], each["permitted_by"])
        for decision, each in CHOSEN[edition.id].items()
    ]


def all_of(edition: Edition) -> list[Holder | More]:
    """Everything that a complete workbook shows."""
    return [*holders_of(edition), *stages_of(edition), *chosen_of(edition)]


def holders_of(edition: Edition) -> list[Holder]:
    """Everything that has an outcome of its own."""
    return [
        *edition.rules.values(),
        *edition.decisions.values(),
        *edition.deadlines.values(),
        *edition.papers.values(),
    ]


def groups_of(edition: Edition) -> list[tuple[list[Holder], list[str]]]:
    """Things that share facts, with those facts: what one group shows depends on no other."""
    groups: list[tuple[list[Holder], list[str]]] = []
    for holder in holders_of(edition):
        facts = list(facts_read(edition, holder))
        sharing = [group for group in groups if set(group[1]) & set(facts)]
        apart = [group for group in groups if group not in sharing]
        holders = [each for group in sharing for each in group[0]]
        known = [fact for group in sharing for fact in group[1]]
        groups = [*apart, ([*holders, holder], list(dict.fromkeys([*known, *facts])))]
    return groups


# What the workbook must show ----------------------------------------------------------------------


def expected(
    edition: Edition, holders: Iterable[Holder | More], case: Case, rows: int
) -> dict[str, Shown]:
    """By name, what a workbook shows whose tables have so many rows."""
    answers = _answers(edition, {id: entry.means for id, entry in case.facts.items()})
    shown: dict[str, Shown] = {}
    for holder in holders:
        found = _expected_of(edition, holder, case, rows, answers)
        if not _can_be_doubted(edition, holder):
            found = {name: each for name, each in found.items() if not name.endswith("_readings")}
        shown |= found
    return shown


def _expected_of(
    edition: Edition, holder: Holder | More, case: Case, rows: int, answers: Answers
) -> dict[str, Shown]:
    match holder:
        case Rule(each=None):
            return _verdict(edition, f"out_{holder.id}", rule_verdict(edition, holder, answers))
        case Rule():
            return _rows(edition, holder, case, rows)
        case Decision():
            choice = decision_choice(edition, holder, answers)
            label = holder.outcomes[choice.outcome].label if choice.outcome else "待填"
            return {
                f"out_{holder.id}": label,
                f"out_{holder.id}_needed": _needs(edition, choice.missing),
                f"out_{holder.id}_readings": "；".join(choice.readings),
            }
        case Paper():
            verdict = paper_verdict(edition, holder, answers)
            name = f"out_paper_{holder.id}"
            return {name: verdict.truth.label, f"{name}_readings": "；".join(verdict.readings)}
        case Deadline():
            return _deadline(edition, holder, deadline_dates(edition, holder, answers))
        case Stage():
            as_of = date.fromisoformat(case.facts["as_of"].means)
            return _stage(edition, holder, answers, as_of)
        case Chosen():
            return _chosen(edition, holder, answers)


def _can_be_doubted(edition: Edition, holder: Holder | More) -> bool:
    """Whether the text can be read in another way; on rows there is a column for it anyhow."""
    match holder:
        case Rule(each=None):
            return bool(readings_of(holder.when))
        case Decision():
            return any(readings_of(edition.rules[id].when) for id in holder.first_of)
        case Paper():
            return bool(holder.alternatives or (holder.required and readings_of(holder.required)))
        case Deadline():
            return bool(holder.alternatives)
        case Chosen():
            rules = [edition.rules[id] for ids in holder.permits.values() for id in ids]
            return any(readings_of(rule.when) for rule in rules)
    return True


def _stage(edition: Edition, stage: Stage, answers: Answers, as_of: date) -> dict[str, Shown]:
    state = stage_states(edition, answers, as_of)[stage.id]
    name, words = f"out_stage_{stage.id}", {}
    for step in stage.steps:
        if step.id in state.done:
            words[step.id] = "已完成"
        elif step.id in state.skipped:
            words[step.id] = "不适用"
        elif step.id == state.next:
            words[step.id] = "下一步"
        else:
            # Behind the next one: surely to be done, unless something can still tell.
            alone = replace(edition, stages={stage.id: replace(stage, steps=(step,))})
            own = stage_states(alone, answers, as_of)[stage.id]
            words[step.id] = "待填" if own.missing else "未办"
    return {
        **{f"out_step_{id}": word for id, word in words.items()},
        f"{name}_next": edition.steps[state.next].label if state.next else "",
        f"{name}_missing": _labels(edition, state.missing),
        f"{name}_done": len(state.done),
        f"{name}_applying": len(stage.steps) - len(state.skipped),
    }


def _chosen(edition: Edition, chosen: Chosen, answers: Answers) -> dict[str, Shown]:
    choice = answers.get(chosen.fact)
    rules = [edition.rules[id] for id in chosen.permits.get(str(choice), ())]
    verdicts = [rule_verdict(edition, rule, answers) for rule in rules]
    truth = max((verdict.truth for verdict in verdicts), default=Truth.YES)
    missing = {fact for verdict in verdicts for fact in verdict.missing}
    if choice is None:
        truth, missing = Truth.UNKNOWN, {chosen.fact}
    readings = dict.fromkeys(reading for rule in rules for reading in readings_of(rule.when))
    matter = [
        reading
        for reading in readings
        if truth != max(holds(rule.when, answers, edition.facts, reading) for rule in rules)
    ]
    # In the order in which the rules of all choices name them.
    every = [edition.rules[id] for ids in chosen.permits.values() for id in ids]
    order = dict.fromkeys([chosen.fact, *(fact for rule in every for fact in facts_of(rule.when))])
    needed = [fact for fact in order if truth is Truth.UNKNOWN and fact in missing]
    name = f"out_{chosen.decision}_chosen_permitted"
    return {
        name: {Truth.YES: "准许", Truth.NO: "不准许", Truth.UNKNOWN: "待填"}[truth],
        f"{name}_needed": _needs(edition, needed),
        f"{name}_readings": "；".join(matter),
    }


def _answers(edition: Edition, means: Mapping[str, Any]) -> Answers:
    return read_answers(edition, means)[0]


def _labels(edition: Edition, facts: Iterable[str]) -> str:
    return "；".join(edition.facts[fact].label for fact in facts)


def _needs(edition: Edition, facts: Iterable[str]) -> str:
    return _labels(edition, facts) or "无"


def _verdict(edition: Edition, name: str, verdict: Verdict) -> dict[str, Shown]:
    return {
        name: verdict.truth.label,
        f"{name}_needed": _needs(edition, verdict.missing),
        f"{name}_readings": "；".join(verdict.readings),
    }


def _rows(edition: Edition, rule: Rule, case: Case, rows: int) -> dict[str, Shown]:
    """A column of verdicts; rows that are not used show nothing."""
    assert rule.each
    name, filled = f"tb_{rule.each}_out_{rule.id}", case.rows.get(rule.each, ())
    words, needed, readings = [], [], []
    for number in range(len(filled)):
        verdict = rule_verdict(edition, rule, _row_answers(edition, case, rule.each, number))
        words.append(verdict.truth.label + ("（存疑）" if verdict.readings else ""))
        needed.append(_labels(edition, verdict.missing))
        readings.append("存疑：" + "；".join(verdict.readings) if verdict.readings else "")
    columns = {name: words, f"{name}_needed": needed, f"{name}_readings": readings}
    return {id: (*column, *[""] * (rows - len(filled))) for id, column in columns.items()}


def _row_answers(edition: Edition, case: Case, table: str, number: int) -> Answers:
    """The project's facts, the row's own, and what the rows above say (None: not known)."""
    rows = case.rows[table]
    means = {
        id: entry.means for source in (case.facts, rows[number]) for id, entry in source.items()
    }
    for target, column in edition.tables[table].above.items():
        above = [row.get(column, BLANK).means for row in rows[:number]]
        means[target] = [_taken(edition, column, each) for each in above]
    return _answers(edition, means)


def _taken(edition: Edition, fact: str, means: Any) -> Any:
    return means if fact in _answers(edition, {fact: means}) else None


def _deadline(edition: Edition, deadline: Deadline, dates: Dates) -> dict[str, Shown]:
    name = f"out_{deadline.id}"
    shown: dict[str, Shown] = {
        f"{name}_needed": _labels(edition, dates.missing),
        f"{name}_readings": "；".join(dates.readings),
    }
    if isinstance(deadline.schedule, Recurring):
        return shown | {f"{name}_dates": tuple(_day(day) for day in dates.dates or ())}
    unknown = "" if dates.missing else "日历未公布"
    shown[name] = _day(dates.due, unknown)
    if deadline.schedule.opens:
        shown[f"{name}_opens"] = _day(dates.opens)
    if deadline.schedule.period.unit.value != "working_day":
        shown[f"{name}_rolls_to"] = _day(dates.rolls_to)
    return shown


def _day(day: date | None, otherwise: str = "") -> Value:
    return float(serial(day)) if day else otherwise


# Comparing ----------------------------------------------------------------------------------------


def same(found: Shown | None, wanted: Shown) -> bool:
    """Equal; a blank cell is "" too, and recurring days have blank cells behind them."""
    if isinstance(wanted, tuple):
        cells = found if isinstance(found, tuple) else (found,)
        pairs = itertools.zip_longest(cells, wanted[: len(cells)], fillvalue="")
        return all(("" if cell is None else cell) == each for cell, each in pairs)
    return ("" if found is None else found) == wanted


def merged(
    batches: Iterable[tuple[Sequence[Holder], Sequence[Case]]],
) -> Iterator[tuple[Case, list[Holder]]]:
    """Cases of groups that share no fact, side by side in one filling."""
    listed = list(batches)
    for cases in itertools.zip_longest(*(cases for _, cases in listed)):
        together, holders = Case(), []
        for (group, _), case in zip(listed, cases, strict=True):
            if case is not None:
                together, holders = together | case, [*holders, *group]
        yield together, holders
