"""The examples that stand beside what is computed, run against the Python target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from generator.model.edition import Deadline, Decision, Edition, Example, Paper, Rule
from generator.model.problems import Problem
from generator.rules.answers import Answers, read_answers
from generator.rules.schedules import deadline_dates
from generator.rules.verdicts import Verdict, decision_choice, paper_verdict, rule_verdict

Holder: TypeAlias = Rule | Decision | Deadline | Paper
"""What has examples."""

_LABELS = {
    "then": "结论",
    "because": "依据",
    "possible": "可能的结果",
    "missing": "还需填写",
    "readings": "存疑的解读",
    "due": "截止日",
    "opens": "起始日",
    "rolls_to": "顺延后的工作日",
    "dates": "各次日期",
}
_UNORDERED = {"because", "missing", "readings", "possible"}


def example_problems(edition: Edition) -> Iterator[Problem]:
    """Examples that the model does not give, each at its place, with expected and found."""
    for holder in holders(edition):
        for example in holder.examples:
            yield from problems_of(edition, holder, example)


def holders(edition: Edition) -> tuple[Holder, ...]:
    """Everything that is computed, and so has examples."""
    return (
        *edition.rules.values(),
        *edition.decisions.values(),
        *edition.deadlines.values(),
        *edition.papers.values(),
    )


def problems_of(edition: Edition, holder: Holder, example: Example) -> Iterator[Problem]:
    """Where one example and the model differ."""
    answers, bad = read_answers(edition, example.given)
    for problem in bad:
        yield replace(example.place, message=f"例子中的值有误：{problem.message}")
    if bad:
        return  # What comes of them says nothing about the rule.
    found = outcome(edition, holder, answers)
    stated = dict(example.expected)
    by_reading = stated.pop("alt", {})
    yield from _differences(holder.label, example, stated, found)
    for reading, otherwise in by_reading.items():
        name = f"{holder.label}（按 {reading} 的另一种解读）"
        yield from _differences(name, example, otherwise, found["alt"].get(reading, {}))


def _differences(
    name: str, example: Example, stated: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[Problem]:
    for key, expected in stated.items():
        if _comparable(key, expected) != _comparable(key, found.get(key)):
            yield replace(
                example.place,
                message=f"例子与规则不符：{name}的{_LABELS[key]}应为 "
                f"{_shown(expected)}，算得 {_shown(found.get(key))}。",
            )


def outcome(edition: Edition, holder: Holder, answers: Answers) -> Mapping[str, Any]:
    """What a rule, decision, deadline or paper comes to, under the keys that examples use."""
    match holder:
        case Rule():
            return _verdict(rule_verdict(edition, holder, answers))
        case Paper():
            return _verdict(paper_verdict(edition, holder, answers))
        case Decision():
            choice = decision_choice(edition, holder, answers)
            return {
                "then": choice.outcome,
                "possible": choice.possible,
                "missing": choice.missing,
                "readings": choice.readings,
            }
        case Deadline():
            others = {
                reading: _dates(edition, replace(holder, schedule=schedule), answers)
                for reading, schedule in holder.alternatives.items()
            }
            return {**_dates(edition, holder, answers), "alt": others}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "then": verdict.truth.word,
        "because": tuple(state.law for state in verdict.because),
        "missing": verdict.missing,
        "readings": verdict.readings,
    }


def _dates(edition: Edition, deadline: Deadline, answers: Answers) -> dict[str, Any]:
    dates = deadline_dates(edition, deadline, answers)
    return {key: getattr(dates, key) for key in _LABELS if hasattr(dates, key)}


def _comparable(key: str, value: Any) -> Any:
    # None and an empty list both say that there is nothing.
    if key in _UNORDERED or key == "dates":
        listed = [str(each) for each in value or ()]
        return sorted(set(listed)) if key in _UNORDERED else listed
    return value


def _shown(value: Any) -> str:
    if isinstance(value, tuple | list):
        return "、".join(str(each) for each in value) or "无"
    return "无" if value is None else str(value)
