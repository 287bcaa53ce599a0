"""What people state about a project: raw values → typed answers, a problem for each bad one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from generator.model.edition import Edition, Recurring
from generator.model.problems import suggestion
from generator.model.values import BadValue, Value, read_value

Answers: TypeAlias = Mapping[str, Value]
"""Fact → value; an absent fact is unknown."""


@dataclass(frozen=True)
class AnswerProblem:
    """A value that cannot be taken; it counts as unknown."""

    fact: str
    message: str


def read_answers(edition: Edition, given: Mapping[str, Any]) -> tuple[Answers, list[AnswerProblem]]:
    """Typed answers of raw facts (YAML, JSON), and what is wrong with them.

    Accepts `yes`/`no` and booleans, numbers and strings of digits, dates as YYYY-MM-DD, lists of
    amounts; None is unknown. Nothing is rounded, trimmed or guessed.
    """
    answers: dict[str, Value] = {}
    problems: list[AnswerProblem] = []
    for name, raw in given.items():
        fact = edition.facts.get(name)
        if fact is None:
            hint = suggestion(str(name), edition.facts) or "。"
            problems.append(AnswerProblem(str(name), f"未知的事实 “{name}”{hint}"))
            continue
        if raw is None:
            continue
        try:
            answers[name] = read_value(fact, raw)
        except BadValue as bad:
            problems.append(AnswerProblem(name, f"{fact.label}：{bad}"))
    for fact_id, message in _disordered(edition, answers):
        if answers.pop(fact_id, None) is not None:
            problems.append(AnswerProblem(fact_id, message))
    return MappingProxyType(answers), problems


def _disordered(edition: Edition, answers: Answers) -> list[tuple[str, str]]:
    """Ends before their starts."""
    found = []
    for deadline in edition.deadlines.values():
        schedule = deadline.schedule
        if not isinstance(schedule, Recurring):
            continue
        start, end = answers.get(schedule.start), answers.get(schedule.until)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            first, last = edition.facts[schedule.start].label, edition.facts[schedule.until].label
            found.append((schedule.until, f"{last}：{end} 早于{first} {start}。"))
    return found
