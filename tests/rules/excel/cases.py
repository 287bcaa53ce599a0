"""Cases to try in every program: all combinations, odd contents, limits of shares, runs of days."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from generator.model.conditions import (
    Condition,
    OneOf,
    ParameterTerm,
    ShareOf,
    Test,
    Within,
    facts_of,
    leaves,
)
from generator.model.edition import Deadline, Edition, Fact, FactType, Rule, Step, Table
from generator.model.quantities import Amount, Share
from tests.rules.excel.project import Case, Chosen, Entry, Holder, chosen_of, entry, facts_read

AMOUNTS: Mapping[str, Sequence[Any]] = {
    "total_investment": (200, 300, 400, 500, 600),
    "approved_estimate": (300,),
    "adjust_amount": (-10, 40),  # the limit for 300 is 30
    "purchase_price": (100000, 180000, 200000),
    "repair_estimate": (3000, 5000, 10000, 20000, 30000),
    "repair_cost": (15000, 50000),  # the limit for 100000 is 20000
}
"""One amount in each class of values that the regulations' numbers cut."""

DATES = (date(2024, 2, 29), date(2024, 12, 31))
AS_OF = date(2024, 8, 31)
"""Between these dates, and one of the odd ones."""

PASSING = {
    "scale_exceeds": "no",
    "goal_changed": "no",
    "main_content_change_needed": "yes",
    "adjust_reason": "technical_optimisation",
}
"""What a change must fulfil besides its limit, so that the limit alone decides."""


def values(edition: Edition, fact: str) -> list[Any]:
    """Unknown, and one raw answer of each class."""
    shape = edition.facts[fact]
    match shape.type:
        case FactType.YESNO:
            return [None, "yes", "no"]
        case FactType.CHOICE:
            return [None, *_choice_classes(edition, shape)]
        case FactType.AMOUNT:
            return [None, *AMOUNTS[fact]]
        case _:
            return [None, *DATES]


def _choice_classes(edition: Edition, fact: Fact) -> list[str]:
    """One choice of each class that no test tells apart."""
    sets = [
        test.choices for test in _tests(edition) if isinstance(test, OneOf) and test.fact == fact.id
    ]
    classes = {tuple(choice in each for each in sets): choice for choice in fact.choices}
    return list(classes.values())


def _tests(edition: Edition) -> Iterator[Test]:
    """Every test of every condition, under all readings."""
    conditions: list[Condition] = [rule.when for rule in edition.rules.values()]
    for paper in edition.papers.values():
        conditions += [each for each in (paper.required, *paper.alternatives.values()) if each]
    conditions += [step.applies for step in edition.steps.values() if step.applies]
    for condition in conditions:
        for leaf in leaves(condition):
            yield from (leaf.test, *leaf.alternatives.values())


def _table(edition: Edition, holders: Sequence[Holder]) -> Table | None:
    """The table whose rows the things of a group are about."""
    tables = [each.each for each in holders if isinstance(each, Rule) and each.each]
    return edition.tables[tables[0]] if tables else None


def _asked(edition: Edition, facts: Sequence[str]) -> list[str]:
    """Facts with a cell of their own; lists are the rows above."""
    return [fact for fact in facts if edition.facts[fact].type is not FactType.AMOUNTS]


def _case(table: Table | None, entries: Mapping[str, Entry], above: Sequence[Any] = ()) -> Case:
    """The facts in their places: in the table's next row, or as the project's."""
    columns = table.columns if table else ()
    project = {fact: each for fact, each in entries.items() if fact not in columns}
    own = {fact: each for fact, each in entries.items() if fact in columns}
    return Case(project, {table.id: [*above, own]} if table else {})


# Combinations -------------------------------------------------------------------------------------


def combinations(edition: Edition, holders: Sequence[Holder], facts: Sequence[str]) -> list[Case]:
    """Every combination of the facts, unknown among them; a table's row stands first, below a row
    that has a key only, and below one with an amount."""
    table, asked = _table(edition, holders), _asked(edition, facts)
    rows_above: list[list[dict[str, Entry]]] = [[]]
    if table:
        (column,) = table.above.values()
        rows_above += [[{}], [{column: entry(edition, column, AMOUNTS[column][0])}]]
    return [
        _case(
            table,
            {fact: entry(edition, fact, raw) for fact, raw in zip(asked, raws, strict=True)},
            above,
        )
        for raws in itertools.product(*(values(edition, fact) for fact in asked))
        for above in rows_above
    ]


# Odd contents -------------------------------------------------------------------------------------


def oddities(edition: Edition, holders: Sequence[Holder], facts: Sequence[str]) -> list[Case]:
    """Every odd content of every cell, while all others are blank, and while they are filled."""
    table, asked = _table(edition, holders), _asked(edition, facts)
    cases = []
    for place in (0, 1, -1):
        usual = {fact: entry(edition, fact, values(edition, fact)[place]) for fact in asked}
        for fact in asked:
            for odd in odd_entries(edition, fact):
                # The row above has the odd cell too: it counts, or not, as a prior one.
                above = [{fact: odd}] if table and fact in table.columns else []
                cases.append(_case(table, {**usual, fact: odd}, above))
    return cases


def odd_entries(edition: Edition, fact: str) -> Iterator[Entry]:
    shape = edition.facts[fact]
    yield from (Entry(blank) for blank in ("", " ", "　", "\u00a0", " \u00a0　"))
    yield Entry(True)
    yield Entry(False)
    match shape.type:
        case FactType.YESNO:
            yield from _surrounded("是", "yes")
            yield from _surrounded("否", "no")
            yield from map(Entry, ("对", "是否", "是 是", "yes", "TRUE", "0", "#", 0, 1, 45000))
        case FactType.CHOICE:
            for choice, label in shape.choices.items():
                yield from _surrounded(label, choice)
                yield Entry(label[:-1])
            yield from map(Entry, ("否", "#", 0, 1))
        case FactType.AMOUNT:
            yield from _odd_amounts(edition, shape)
        case _:
            yield from _odd_dates()


def _surrounded(word: str, means: str) -> Iterator[Entry]:
    for before, after in (("", ""), (" ", "  "), ("　", "　"), ("\u00a0", "\u00a0 "), ("\n", "\t")):
        yield Entry(f"{before}{word}{after}", means)


def _odd_amounts(edition: Edition, fact: Fact) -> Iterator[Entry]:
    assert fact.unit
    for cut in sorted(cuts(edition, fact.id)):
        for off in ("0", "0.01", "-0.01", "0.000001", "-0.000001", "0.0000001"):
            yield amount(cut + Decimal(off))
        yield amount(-cut)
    most = fact.unit.maximum
    for number in (0, "0.01", "-0.01", "0.000001", "-0.000001", "0.0000001", "0.1", "1.005"):
        yield amount(Decimal(number))
    for number in (most, most - Decimal("0.01"), most + Decimal("0.01"), most + 1, most * 1000):
        yield amount(number)
        yield amount(-number)
    yield from map(Entry, ("300", "３００", "3,000", "约300", "300万元", "=300", "1e3", "—", "#"))


def amount(number: Decimal) -> Entry:
    """An amount as a cell holds it, a double, which means its shortest decimal."""
    return Entry(float(number), float(number))


def cuts(edition: Edition, fact: str) -> set[Decimal]:
    """The regulation's numbers that an amount is compared with."""
    found = set()
    for test in _tests(edition):
        if isinstance(test, Within) and getattr(test.term, "fact", None) == fact:
            bounds = [b for each in test.intervals for b in (each.low, each.high) if b]
            for term in (b.term for b in bounds if isinstance(b.term, ParameterTerm)):
                assert isinstance(term.parameter.quantity, Amount)
                found.add(term.parameter.quantity.value)
    return found


def _odd_dates() -> Iterator[Entry]:
    for day in (
        *("2000-01-01", "1999-12-31", "2099-12-31", "2100-01-01", "1900-03-01"),
        *("2023-02-28", "2024-02-28", "2024-02-29", "2024-03-01", "2025-02-28", "2028-02-29"),
        *("2023-08-31", "2024-08-29", "2024-08-30", "2024-08-31", "2025-08-31", "2024-09-01"),
        *("2023-12-31", "2024-01-01", "2024-12-30", "2024-12-31", "2025-01-01", "2025-12-31"),
        *("2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01", "2021-12-31", "2022-01-01"),
    ):
        yield Entry(date.fromisoformat(day), day)
    yield from map(Entry, (45000.5, 0, -1, 1, 61, 3e6))
    yield from map(Entry, ("2024-06-30", "2024年6月30日", "2024.6.30", "六月底", "#", "待定"))


# Shares -------------------------------------------------------------------------------------------


def shares(edition: Edition, holders: Sequence[Holder], facts: Sequence[str]) -> list[Case]:
    """Sums of a table's amounts around a share of an amount, in one row and over several."""
    table, bound = _table(edition, holders), _share(edition)
    if table is None or not isinstance(bound.share.quantity, Share):
        return []
    (column,) = table.above.values()
    usual = {fact: entry(edition, fact, PASSING[fact]) for fact in facts if fact in PASSING}
    cases = []
    for base in ("300", "323.95", "123456.78", "999999.99", "0.1", "0.01", "0.000001"):
        cap = Decimal(base) * bound.share.quantity.percent / 100
        for off in ("0", "0.01", "-0.01", "0.000001", "-0.000001"):
            limit = cap + Decimal(off)
            third = (limit / 3).quantize(Decimal("0.01"))
            for parts in ([limit], [-limit], [limit - third, third], [third, -third, limit]):
                *above, own = [{**usual, column: amount(part)} for part in parts]
                known = {bound.fact: amount(Decimal(base)), **own}
                cases.append(_case(table, known, above))
    return cases


def _share(edition: Edition) -> ShareOf:
    tests = [test for test in _tests(edition) if isinstance(test, Within)]
    bounds = [b for test in tests for each in test.intervals for b in (each.low, each.high) if b]
    return next(bound.term for bound in bounds if isinstance(bound.term, ShareOf))


# Days ---------------------------------------------------------------------------------------------


def days(edition: Edition, holders: Sequence[Holder], facts: Sequence[str]) -> list[Case]:
    """Each of 440 days in turn, through holidays, leap days and the ends of what is published."""
    if not all(isinstance(holder, Deadline) for holder in holders):
        return []
    first = max(edition.calendar.working_days) - timedelta(days=400)
    cases = []
    for number in range(440):
        entries = {}
        for place, fact in enumerate(facts):
            # Later dates lie behind the first one, by more each time.
            day = first + timedelta(days=number + place * (number * 7 % 500))
            raw = (
                str(day) if edition.facts[fact].type is FactType.DATE else ("yes", "no")[number % 2]
            )
            entries[fact] = entry(edition, fact, raw)
        cases.append(Case(entries))
    return cases


# Stages -------------------------------------------------------------------------------------------


def stages(edition: Edition) -> list[Case]:
    """For each step, every combination of its facts, on steps of its stage that are mostly done."""
    chance = random.Random(15)
    cases = []
    for stage in edition.stages.values():
        for place, step in enumerate(stage.steps):
            facts = facts_of_step(step)
            for raws in itertools.product(*(step_values(edition, fact) for fact in facts)):
                usual = {
                    fact: chance.choice(step_values(edition, fact))
                    for other in stage.steps
                    for fact in facts_of_step(other)
                }
                done = {
                    fact: first_done(edition, fact)
                    for other in stage.steps[: chance.choice((place, chance.randint(0, place)))]
                    for fact in other.done
                }
                given = {**usual, **done, **dict(zip(facts, raws, strict=True))}
                cases.append(as_of(edition, given))
    return cases


def as_of(edition: Edition, given: Mapping[str, Any], day: date = AS_OF) -> Case:
    """Answers, seen from a day."""
    known = {fact: entry(edition, fact, raw) for fact, raw in given.items()}
    return Case({**known, "as_of": Entry(day, str(day))})


def facts_of_step(step: Step) -> list[str]:
    return list(dict.fromkeys([*(facts_of(step.applies) if step.applies else ()), *step.done]))


def step_values(edition: Edition, fact: str) -> list[Any]:
    """Unknown, and each class; of days the one before, that very day, and the one after."""
    if edition.facts[fact].type is FactType.DATE:
        return [None, *(str(AS_OF + timedelta(days)) for days in (-1, 0, 1))]
    return values(edition, fact)


def first_done(edition: Edition, fact: str) -> str:
    return str(AS_OF) if edition.facts[fact].type is FactType.DATE else "yes"


# Ways chosen --------------------------------------------------------------------------------------


def chosen(edition: Edition, most: int = 300) -> list[Case]:
    """Each choice with the facts of its decision's rules, every combination or many of them."""
    chance = random.Random(9)
    cases = []
    for each in chosen_of(edition):
        assert isinstance(each, Chosen)
        choices = [None, *edition.facts[each.fact].choices]
        facts = facts_read(edition, edition.decisions[each.decision])
        ways = list(itertools.product(choices, *(values(edition, fact) for fact in facts)))
        for way in chance.sample(ways, min(most, len(ways))):
            given = dict(zip((each.fact, *facts), way, strict=True))
            cases.append(as_of(edition, given))
    return cases


# Projects -----------------------------------------------------------------------------------------


def projects(edition: Edition, rows: int, count: int = 60) -> list[Case]:
    """Whole projects, all facts and tables at once, as carelessly filled in as can be."""
    chance = random.Random(2022)

    def any_of(fact: str) -> Entry:
        known = [entry(edition, fact, raw) for raw in values(edition, fact)]
        return chance.choice(known if chance.random() < 0.7 else list(odd_entries(edition, fact)))

    columns = {column for table in edition.tables.values() for column in table.columns}
    facts = [fact for fact in _asked(edition, list(edition.facts)) if fact not in columns]
    return [
        Case(
            {**{fact: any_of(fact) for fact in facts}, "as_of": Entry(AS_OF, str(AS_OF))},
            {
                table.id: [
                    {column: any_of(column) for column in table.columns}
                    for _ in range(chance.randint(0, rows))
                ]
                for table in edition.tables.values()
            },
        )
        for _ in range(count)
    ]
