"""One project through all rules, decisions, deadlines and papers of an edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from generator.model.edition import Edition, Recurring
from generator.model.quantities import chinese_date
from generator.rules.answers import AnswerProblem, Answers, read_answers
from generator.rules.classes import Kept
from generator.rules.explain import (
    explain_deadline,
    explain_decision,
    explain_paper,
    explain_rule,
    explain_stage,
    explain_step,
    reasons,
)
from generator.rules.schedules import Dates, deadline_dates
from generator.rules.stages import StageState, stage_states
from generator.rules.verdicts import (
    Choice,
    DecisionTable,
    Verdict,
    paper_verdict,
    rule_verdict,
)


@dataclass(frozen=True)
class Assessment:
    """Everything that follows from what is known of a project, whatever the day. (Where its stages
    stand depends on the day: `stage_states`.)"""

    answers: Answers
    problems: tuple[AnswerProblem, ...]
    rules: Mapping[str, Verdict]
    decisions: Mapping[str, Choice]
    deadlines: Mapping[str, Dates]
    papers: Mapping[str, Verdict]


class Assessor:
    """An edition made ready to assess many projects; what it has reckoned once it looks up."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        facts = edition.facts
        self._rules = {
            id: Kept([rule.when], facts, partial(rule_verdict, edition, rule))
            for id, rule in edition.rules.items()
        }
        self._decisions = {
            id: Kept(
                [edition.rules[rule].when for rule in decision.first_of],
                facts,
                DecisionTable(edition, decision).choice,
            )
            for id, decision in edition.decisions.items()
        }
        self._papers = {
            id: Kept(paper.conditions, facts, partial(paper_verdict, edition, paper))
            for id, paper in edition.papers.items()
        }

    def assess(self, given: Mapping[str, Any]) -> Assessment:
        """Assess raw facts; wrong values become problems and count as unknown."""
        edition = self._edition
        answers, problems = read_answers(edition, given)
        return Assessment(
            answers,
            tuple(problems),
            {id: verdict(answers) for id, verdict in self._rules.items()},
            {id: choice(answers) for id, choice in self._decisions.items()},
            {id: deadline_dates(edition, each, answers) for id, each in edition.deadlines.items()},
            {id: verdict(answers) for id, verdict in self._papers.items()},
        )


_ready = lru_cache(maxsize=8)(Assessor)


def assess(edition: Edition, given: Mapping[str, Any]) -> Assessment:
    """Assess raw facts; wrong values become problems and count as unknown."""
    return _ready(edition).assess(given)


def to_json(
    edition: Edition, project: str | None, assessment: Assessment, as_of: date
) -> dict[str, Any]:
    """One element of what `banfa decide --json` prints."""
    return {
        "id": project,
        "edition": edition.id,
        "as_of": as_of.isoformat(),
        "rules": {
            id: {"verdict": verdict.truth.word, **_why(edition, verdict, assessment.answers)}
            for id, verdict in assessment.rules.items()
        },
        "decisions": {
            id: {
                "outcome": choice.outcome,
                "possible": list(choice.possible),
                "missing": list(choice.missing),
                "readings": list(choice.readings),
            }
            for id, choice in assessment.decisions.items()
        },
        "deadlines": {
            id: _dates_json(edition, id, dates) for id, dates in assessment.deadlines.items()
        },
        "documents": {
            id: {"required": verdict.truth.word, **_why(edition, verdict, assessment.answers)}
            for id, verdict in assessment.papers.items()
        },
        "stages": {
            id: {"done": list(state.done), "next": state.next, "missing": list(state.missing)}
            for id, state in stage_states(edition, assessment.answers, as_of).items()
        },
        "problems": [
            {"fact": problem.fact, "message": problem.message} for problem in assessment.problems
        ],
    }


def _why(edition: Edition, verdict: Verdict, answers: Answers) -> dict[str, Any]:
    return {
        "because": [
            {"law": str(reason.law), "text": reason.text, "holds": reason.holds}
            for reason in reasons(edition, verdict.because, answers)
        ],
        "missing": list(verdict.missing),
        "readings": list(verdict.readings),
    }


def _dates_json(edition: Edition, id: str, dates: Dates) -> dict[str, Any]:
    found: dict[str, Any] = {"due": _day(dates.due)}
    schedule = edition.deadlines[id].schedule
    if isinstance(schedule, Recurring):
        found["dates"] = [day.isoformat() for day in dates.dates] if dates.dates else []
    else:
        if schedule.opens:
            found["opens"] = _day(dates.opens)
        if dates.rolls_to:
            found["rolls_to"] = _day(dates.rolls_to)
    return {**found, "missing": list(dates.missing), "readings": list(dates.readings)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def explain(edition: Edition, assessment: Assessment, as_of: date) -> str:
    """The assessment for people, in Chinese: problems first, then what follows, last how far the
    project has come and what to do next."""
    answers = assessment.answers
    states = stage_states(edition, answers, as_of)
    sections = [
        ("填写有误（按未填处理）", [problem.message for problem in assessment.problems]),
        (
            "办理方式",
            [
                explain_decision(edition, edition.decisions[id], choice)
                for id, choice in assessment.decisions.items()
            ],
        ),
        (
            "判定",
            [
                explain_rule(edition, edition.rules[id], verdict, answers)
                for id, verdict in assessment.rules.items()
            ],
        ),
        (
            "期限",
            [
                explain_deadline(edition, edition.deadlines[id], dates) + _left(dates, as_of)
                for id, dates in assessment.deadlines.items()
            ],
        ),
        (
            "材料",
            [
                explain_paper(edition, edition.papers[id], verdict, answers)
                for id, verdict in assessment.papers.items()
            ],
        ),
        (
            "进度",
            [
                explain_stage(edition, edition.stages[id], state, assessment.papers)
                for id, state in states.items()
            ],
        ),
        ("下一步", list(_next_steps(edition, assessment, states, as_of))),
    ]
    blocks = [
        f"【{title}】\n" + "\n".join(f"  {line}" for line in lines)
        for title, lines in sections
        if lines
    ]
    return "\n\n".join(blocks)


def _next_steps(
    edition: Edition, assessment: Assessment, states: Mapping[str, StageState], as_of: date
) -> Iterator[str]:
    """What to do first: mend wrong values, take the next step, fill in what decisions wait for,
    meet what is due."""
    if assessment.problems:
        labels = dict.fromkeys(
            edition.facts[problem.fact].label if problem.fact in edition.facts else problem.fact
            for problem in assessment.problems
        )
        yield f"改正填写有误的：{'；'.join(labels)}。"
    yield from _step_to_take(edition, assessment, states)
    for id, choice in assessment.decisions.items():
        if choice.missing:
            labels = dict.fromkeys(edition.facts[fact].label for fact in choice.missing)
            yield f"为确定{edition.decisions[id].label}，补填：{'；'.join(labels)}。"
    due = {id: _next_day(dates, as_of) for id, dates in assessment.deadlines.items()}
    coming = sorted((day, id) for id, day in due.items() if day)
    if coming:
        day, id = coming[0]
        yield f"最近的期限：{edition.deadlines[id].label}，{chinese_date(day)}。"


def _step_to_take(
    edition: Edition, assessment: Assessment, states: Mapping[str, StageState]
) -> Iterator[str]:
    """The next step of the stage that the project has reached; what stands open before that has
    rather been left blank than undone."""
    reached = 0
    for place, (id, state) in enumerate(states.items()):
        if state.done:
            last = [s.id for s in edition.stages[id].steps if s.id not in state.skipped][-1]
            reached = place + 1 if last in state.done else place
    unfinished = [(place, id) for place, (id, state) in enumerate(states.items()) if state.next]
    skipped = [edition.stages[id].label for place, id in unfinished if place < reached]
    if skipped:
        yield f"核对以前的阶段，还有步骤没有填明：{'、'.join(skipped)}。"
    current = next((id for place, id in unfinished if place >= reached), None)
    if current:
        stage, state = edition.stages[current], states[current]
        yield explain_step(edition, stage, state, assessment.papers)


def _next_day(dates: Dates, as_of: date) -> date | None:
    """The first last day on or after the as-of date."""
    days = dates.dates if dates.dates else (dates.due,)
    return next((day for day in days if day and day >= as_of), None)


def _left(dates: Dates, as_of: date) -> str:
    """How far off the last day is, or the next of several."""
    today = f"截至{chinese_date(as_of)}，"
    if dates.dates:
        next_day = _next_day(dates, as_of)
        return (
            f"{today}下一次为{chinese_date(next_day)}。" if next_day else f"{today}各次均已到期。"
        )
    if dates.due is None:
        return ""
    days = (dates.due - as_of).days
    if days == 0:
        return f"{today}当日届满。"
    return f"{today}还有{days}天。" if days > 0 else f"{today}已过{-days}天。"
