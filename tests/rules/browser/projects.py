"""Projects as people state them, right and wrong, in plain JSON: thousands, the same each time."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from generator.model.conditions import (
    ParameterTerm,
    ShareOf,
    SumOfSizes,
    Within,
    facts_of,
    facts_of_test,
    leaves,
)
from generator.model.edition import (
    Deadline,
    Decision,
    Edition,
    Fact,
    FactType,
    Rule,
    Step,
    decimal_of,
)
from generator.model.quantities import AmountUnit, Share
from tests.rules.excel.project import groups_of

Project: TypeAlias = dict[str, Any]

MOST_COMBINATIONS = 4000  # of the facts of one group; where there are more, as many are drawn
FIRST_YEAR, LAST_YEAR = 2022, 2026

WRONG: Sequence[Any] = (
    *(
        "文字",
        "",
        " ",
        "300万元",
        "３００",
        "约300",
        "1,000",
        "1e5",
        "0x10",
        "5.",
        ".5",
        "--5",
        "5\n",
    ),
    *(
        "NaN",
        "Infinity",
        "null",
        "constructor",
        "__proto__",
        "9" * 39,
        "9" * 40,
        "9" * 41,
        "𝟑" * 41,
    ),
    *(0, -1, 1e21, 1e-7, 1.5e-7, 123456789012345678, 0.1234567, 1e300, 5e-324),
    *("0", "-0", "-1", "+5", "007", "0.12345670", "0.1234567", "1000000.000001", "10000000000.001"),
    *(1000000, 1000000.000001, 10000000000, 10000000000.01),
    *("yes", "no", "YES", "yes ", "ye", "是", True, False),
    *("2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-06-31", "0000-01-01"),
    *("0001-01-01", "0999-12-31"),
    *("1999-12-31", "2000-01-01", "2099-12-31", "2100-01-01", "9999-12-31", "2024-2-3"),
    *("2024/06/30", "20240630", "2024-06-30T00:00:00", "２０２４-06-30", " 2024-06-30"),
    *([], [1], [None], [-1], ["1", None], ["x"], [True], [[1]], [{}], [0.1, 0.2], [1e21]),
    *({}, {"a": 1}, None),
)


# Values -------------------------------------------------------------------------------------------


def right_values(edition: Edition, fact: Fact) -> list[Any]:
    """What a fact can be; amounts at, beside and near every threshold."""
    match fact.type:
        case FactType.YESNO:
            return ["yes", "no"]
        case FactType.CHOICE:
            return list(fact.choices)
        case FactType.DATE:
            return telling_days()
        case FactType.AMOUNT:
            return amounts(edition, fact)
        case FactType.AMOUNTS:
            few = amounts(edition, fact)
            return [[], [None], few[:1], [*few[:2], None], few[2:5], few[-3:]]
        case FactType.TEXT:
            return ["文字", 7]


def amounts(edition: Edition, fact: Fact) -> list[Any]:
    """Thresholds of the fact's unit: exact, a cent and a smallest step beside; and the ends."""
    assert fact.unit
    cent = fact.unit.steps // 100
    cuts = {
        bound.term.steps
        for rule in edition.rules.values()
        for leaf in leaves(rule.when)
        for test in (leaf.test, *leaf.alternatives.values())
        if isinstance(test, Within) and fact.id in facts_of_test(test)
        for interval in test.intervals
        for bound in (interval.low, interval.high)
        if bound and isinstance(bound.term, ParameterTerm)
    }
    lowest = -fact.highest if fact.signed else fact.lowest
    near = {cut + off for cut in cuts for off in (-cent, -1, 0, 1, cent)}
    steps = sorted(
        {lowest, lowest + 1, 1234567 % fact.highest, fact.highest - 1, fact.highest} | near
    )
    return [number(each, fact.unit) for each in steps if lowest <= each <= fact.highest]


def number(steps: int, unit: AmountUnit) -> Any:
    """An amount as JSON writes it: whole, or with its decimals."""
    value = decimal_of(steps, unit)
    return int(value) if value == int(value) else float(value)


def telling_days() -> list[str]:
    """Month ends and starts, leap days, year turns, the first and the last day that is taken."""
    turns = [date(y, m, 1) for y in (2023, 2024) for m in range(1, 13)] + [date(2026, 1, 1)]
    days = {day + timedelta(off) for day in turns for off in (-2, -1, 0)}
    more = {date(2000, 1, 1), date(2000, 2, 29), date(2020, 2, 29), date(2099, 12, 31)}
    return [day.isoformat() for day in sorted(days | more)]


def every_day() -> list[str]:
    """All days of the years whose calendars are (or are not yet) published."""
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 1, 12, 31)
    return [(first + timedelta(off)).isoformat() for off in range((last - first).days + 1)]


# Projects -----------------------------------------------------------------------------------------


def examples(edition: Edition) -> Iterator[Project]:
    """All examples of the data."""
    holders: tuple[Rule | Decision | Deadline, ...] = (
        *edition.rules.values(),
        *edition.decisions.values(),
        *edition.deadlines.values(),
    )
    for holder in holders:
        for example in holder.examples:
            yield {name: _plain(value) for name, value in example.given.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return [_plain(each) for each in value] if isinstance(value, list) else value


def combinations(edition: Edition) -> Iterator[Project]:
    """Every combination of known and unknown facts of whatever has an outcome, with all values
    that make a difference. Groups that share no fact are filled side by side."""
    groups = [list(_of_group(edition, facts)) for _, facts in groups_of(edition) if facts]
    for place in range(max(len(group) for group in groups)):
        project: Project = {}
        for group in groups:
            project |= group[place % len(group)]
        yield project


def _of_group(edition: Edition, names: Sequence[str]) -> Iterator[Project]:
    facts = [edition.facts[name] for name in names]
    if len(facts) == 1 and facts[0].type is FactType.DATE:
        choices: list[list[Any]] = [[None, *every_day()]]
    else:
        choices = [[None, *right_values(edition, fact)] for fact in facts]
    if math.prod(len(values) for values in choices) <= MOST_COMBINATIONS:
        for combination in itertools.product(*choices):
            yield _known(names, combination)
    else:
        yield from _drawn(names, choices)


def _drawn(names: Sequence[str], choices: Sequence[Sequence[Any]]) -> Iterator[Project]:
    """Each pattern of known and unknown facts, many times with any values."""
    chance = random.Random(str(names))
    for pattern in itertools.product((False, True), repeat=len(names)):
        for _ in range(MOST_COMBINATIONS // 2 ** len(names)):
            yield {
                name: chance.choice(values[1:])
                for name, values, is_known in zip(names, choices, pattern, strict=True)
                if is_known
            }


def _known(names: Sequence[str], values: Sequence[Any]) -> Project:
    return {n: value for n, value in zip(names, values, strict=True) if value is not None}


def in_stages(edition: Edition) -> Iterator[Project]:
    """For each step every combination of known and unknown facts, with all values that make a
    difference (where there are more, as many are drawn), the steps of all stages side by side."""
    groups = [list(_of_group(edition, facts)) for facts in map(_facts_of, edition.steps.values())]
    for place in range(max(map(len, groups), default=0)):
        project: Project = {}
        for group in groups:
            project |= group[place % len(group)]
        yield project


def _facts_of(step: Step) -> list[str]:
    return list(dict.fromkeys([*(facts_of(step.applies) if step.applies else ()), *step.done]))


def at_shares(edition: Edition) -> Iterator[Project]:
    """Sums that are exactly a share of an amount, and a smallest step more and less, made up of
    one amount or of several, cuts among them, with a blank or not."""
    chance = random.Random(edition.id)
    for test, share in _shares_compared(edition):
        base, added = edition.facts[share.fact], test.term
        assert isinstance(added, SumOfSizes) and isinstance(share.share.quantity, Share)
        assert base.unit
        for _ in range(40):
            whole = chance.randrange(1, base.highest + 1) // chance.choice((1, 10**4, 10**7)) + 1
            limit = int(whole * share.share.quantity.fraction)
            for sum_ in (limit - 1, limit, limit + 1):
                parts = _parts(edition, added.facts, max(0, sum_), chance)
                yield {base.id: number(whole, base.unit), **parts}


def _shares_compared(edition: Edition) -> Iterator[tuple[Within, ShareOf]]:
    for rule in edition.rules.values():
        for leaf in leaves(rule.when):
            if isinstance(leaf.test, Within) and isinstance(leaf.test.term, SumOfSizes):
                for interval in leaf.test.intervals:
                    for bound in (interval.low, interval.high):
                        if bound and isinstance(bound.term, ShareOf):
                            yield leaf.test, bound.term


def _parts(edition: Edition, names: Sequence[str], sum_: int, chance: random.Random) -> Project:
    project: Project = {}
    for place, name in enumerate(names):
        fact, last = edition.facts[name], place == len(names) - 1
        assert fact.unit
        taken = sum_ if last else chance.randint(0, sum_)
        sum_ -= taken
        if fact.type is FactType.AMOUNT:
            project[name] = _signed(fact, taken, chance)
            continue
        first = chance.randint(0, taken)
        rows = [_signed(fact, size, chance) for size in (first, taken - first) if size]
        project[name] = [*rows, None] if chance.random() < 0.2 else rows
    return {name: value for name, value in project.items() if chance.random() < 0.9}


def _signed(fact: Fact, steps: int, chance: random.Random) -> Any:
    assert fact.unit
    return number(-steps if fact.signed and chance.random() < 0.5 else steps, fact.unit)


def wrong_values(edition: Edition) -> Iterator[Project]:
    """Every wrong value for every fact: each project is wrong in all of them."""
    for shift in range(len(WRONG)):
        yield {
            name: WRONG[(shift + 7 * place) % len(WRONG)]
            for place, name in enumerate(edition.facts)
        }


def slips(edition: Edition) -> Iterator[Project]:
    """Names and choices with a letter too few, too many or mistaken; and what is like two of them,
    or just like enough to be taken for one."""
    words = [*edition.facts, "Total_investment", "x", "", "事实", "__proto__", "1", "𝟑"]
    chance = random.Random(edition.id)
    mixed = [_mixed(*chance.sample(words, 2)) for _ in range(200)]
    for word in (*words, *mixed):
        yield dict.fromkeys((word, *_slips(word)), "yes")
    for fact in edition.facts.values():
        for choice in fact.choices:
            for slip in (*_slips(choice), choice.upper(), choice[1:] + choice[:1]):
                yield {fact.id: slip}


def _mixed(one: str, other: str) -> str:
    return one[: len(one) // 2] + other[len(other) // 2 :]


def _slips(word: str) -> Iterator[str]:
    yield from (word[:-1], word[1:], word + "s", word.replace("e", "a"), word[: len(word) // 2])
    for common in (3, 6, 9):
        # Twice what is in common by both lengths is exactly 0.6.
        yield word[:common] + "#" * (common * 10 // 3 - len(word) - common)


def disordered(edition: Edition) -> Iterator[Project]:
    """Ends before, on and after their starts."""
    days = [fact.id for fact in edition.facts.values() if fact.type is FactType.DATE]
    for first, second in itertools.permutations(days, 2):
        for day in ("2024-02-29", "2024-03-01", "2024-03-02"):
            yield {first: "2024-03-01", second: day}


def random_projects(edition: Edition, count: int, *, mistakes: float = 0.05) -> Iterator[Project]:
    """Whole projects, some hardly begun, some complete, in any order of facts."""
    chance = random.Random(f"{edition.id} {mistakes}")
    values = {fact.id: right_values(edition, fact) for fact in edition.facts.values()}
    for _ in range(count):
        known = chance.random()
        names = [name for name in values if chance.random() < known]
        chance.shuffle(names)
        yield {
            name: chance.choice(WRONG if chance.random() < mistakes else values[name])
            for name in names
        }
