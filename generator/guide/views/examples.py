"""Examples of the data as rows of a table: what is given, what follows, on which basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from generator.guide.addresses import READINGS, Link, Links
from generator.model.edition import (
    Deadline,
    Decision,
    Edition,
    Example,
    Fact,
    FactType,
    Rule,
)
from generator.model.quantities import chinese_date, plain
from generator.rules.answers import read_answers
from generator.rules.examples import outcome

_TRUTHS: Mapping[Any, str] = {"yes": "是", "no": "否", "unknown": "待填", True: "是", False: "否"}
_NOTHING_GIVEN = "什么都没有填"


@dataclass(frozen=True)
class ExampleRow:
    """One example. `kind` (yes, no, unknown, other) picks the look of the result."""

    given: str
    result: str
    kind: str
    law: tuple[Link, ...]
    missing: str
    readings: tuple[Link, ...]
    note: str


def rule_examples(links: Links, rule: Rule) -> tuple[ExampleRow, ...]:
    """The examples of a rule."""
    rows = []
    for each, found in _found(links.edition, rule):
        rows.append(_row(links, each, found, _TRUTHS[found["then"]], found["then"]))
    return tuple(rows)


def decision_examples(links: Links, decision: Decision) -> tuple[ExampleRow, ...]:
    """The examples of a decision."""
    outcomes = {id: outcome.label for id, outcome in decision.outcomes.items()}
    rows = []
    for each, found in _found(links.edition, decision):
        if found["then"] is None:
            possible = "、".join(outcomes[id] for id in found["possible"])
            rows.append(_row(links, each, found, f"未定：{possible}", "unknown"))
        else:
            rows.append(_row(links, each, found, outcomes[found["then"]], "other"))
    return tuple(rows)


def deadline_examples(links: Links, deadline: Deadline) -> tuple[ExampleRow, ...]:
    """The examples of a deadline."""
    rows = []
    for each, found in _found(links.edition, deadline):
        result = _dates(found)
        rows.append(_row(links, each, found, result or "待填", "other" if result else "unknown"))
    return tuple(rows)


def _found(
    edition: Edition, holder: Rule | Decision | Deadline
) -> Iterator[tuple[Example, Mapping[str, Any]]]:
    """The examples with what comes of them: what they state was checked before, but for readings
    that have been settled since they were written."""
    for example in holder.examples:
        answers, _ = read_answers(edition, example.given)
        yield example, outcome(edition, holder, answers)


def _dates(found: Mapping[str, Any]) -> str:
    due, opens, rolls = found["due"], found["opens"], found["rolls_to"]
    if found["dates"] is not None:
        return "、".join(chinese_date(day) for day in found["dates"]) or "没有这样的日子"
    if due is None:
        # Nothing is missing and yet there is no day: that year's calendar is not published.
        return "" if found["missing"] else "工作日历未公布，不能推算"
    span = f"{chinese_date(opens)}至{chinese_date(due)}" if opens else chinese_date(due)
    return f"{span}（逢休息日，顺延至{chinese_date(rolls)}）" if rolls else span


def _row(
    links: Links, example: Example, found: Mapping[str, Any], result: str, kind: str
) -> ExampleRow:
    edition = links.edition
    missing = "、".join(edition.facts[fact].label for fact in found["missing"])
    return ExampleRow(
        given=_given(edition, example.given),
        result=result,
        kind=kind,
        law=links.provisions(dict.fromkeys(found.get("because", ()))),
        missing=missing,
        readings=tuple(links.to(READINGS, id, id) for id in found["readings"]),
        note=example.note or "",
    )


def _given(edition: Edition, given: Mapping[str, Any]) -> str:
    stated = [(edition.facts[name], raw) for name, raw in given.items() if raw is not None]
    words = (f"{fact.label}：{_value(fact, raw)}" for fact, raw in stated)
    return "；".join(words) or _NOTHING_GIVEN


def _value(fact: Fact, raw: Any) -> str:
    match fact.type:
        case FactType.YESNO:
            return _TRUTHS[raw]
        case FactType.CHOICE:
            key = {True: "yes", False: "no"}[raw] if isinstance(raw, bool) else str(raw)
            return fact.choices[key]
        case FactType.AMOUNT:
            return _amount(fact, raw)
        case FactType.AMOUNTS:
            return "、".join("待填" if x is None else _amount(fact, x) for x in raw) or "没有"
        case FactType.DATE:
            return chinese_date(date.fromisoformat(str(raw)))
        case FactType.TEXT:
            return str(raw)


def _amount(fact: Fact, raw: Any) -> str:
    number = plain(raw) if isinstance(raw, Decimal) else str(raw)
    return f"{number}{fact.unit.name if fact.unit else ''}"
