"""The examples that stand beside rules, decisions and deadlines, run against the Python target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.model.edition import Deadline, Decision, Edition, Example, Rule
from generator.model.problems import Problem
from generator.rules.answers import Answers, read_answers
from generator.rules.schedules import deadline_dates
from generator.rules.verdicts import decision_choice, rule_verdict

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
    holders: tuple[Rule | Decision | Deadline, ...] = (
        *edition.rules.values(),
        *edition.decisions.values(),
        *edition.deadlines.values(),
    )
    for holder in holders:
        for example in holder.examples:
            yield from _problems(edition, holder, example)


def _problems(
    edition: Edition, holder: Rule | Decision | Deadline, example: Example
) -> Iterator[Problem]:
    answers, bad = read_answers(edition, example.given)
    for problem in bad:
        yield replace(example.place, message=f"例子中的值有误：{problem.message}")
    found = outcome(edition, holder, answers)
    for key, expected in example.expected.items():
        if _comparable(key, expected) != _comparable(key, found[key]):
            yield replace(
                example.place,
                message=f"例子与规则不符：{holder.label}的{_LABELS[key]}应为 "
                f"{_shown(expected)}，算得 {_shown(found[key])}。",
            )


def outcome(
    edition: Edition, holder: Rule | Decision | Deadline, answers: Answers
) -> Mapping[str, Any]:
    """What a rule, decision or deadline comes to, under the keys that examples use."""
    match holder:
        case Rule():
            verdict = rule_verdict(edition, holder, answers)
            return {
                "then": verdict.truth.word,
                "because": tuple(state.law for state in verdict.because),
                "missing": verdict.missing,
                "readings": verdict.readings,
            }
        case Decision():
            choice = decision_choice(edition, holder, answers)
            return {
                "then": choice.outcome,
                "possible": choice.possible,
                "missing": choice.missing,
                "readings": choice.readings,
            }
        case Deadline():
            dates = deadline_dates(edition, holder, answers)
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
