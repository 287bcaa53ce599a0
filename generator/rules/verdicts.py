"""Verdicts on rules, decisions and papers: truth, why, what is still needed, which readings."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model.conditions import (
    Condition,
    ParameterTerm,
    Within,
    facts_of,
    leaves,
    readings_of,
    under,
)
from generator.model.edition import Decision, Edition, FactType, Paper, Rule
from generator.rules.answers import Answers, Value
from generator.rules.evaluate import LeafState, because, holds, missing
from generator.rules.truth import Truth


@dataclass(frozen=True)
class Verdict:
    """The outcome of a condition. `readings`: those whose flip alone changes the truth."""

    truth: Truth
    because: tuple[LeafState, ...]
    missing: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """The outcome of a decision: None while more than one is possible."""

    outcome: str | None
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    readings: tuple[str, ...]


def rule_verdict(edition: Edition, rule: Rule, answers: Answers) -> Verdict:
    """The verdict of a rule on one project (or, for a rule with `each`, on one row)."""
    return _verdict(edition, rule.when, answers)


def paper_verdict(edition: Edition, paper: Paper, answers: Answers) -> Verdict:
    """Whether a paper is required."""
    main = _required(edition, paper.required, answers)
    readings = tuple(
        reading
        for reading, alternative in paper.alternatives.items()
        if _required(edition, alternative, answers).truth is not main.truth
    )
    return Verdict(main.truth, main.because, main.missing, (*main.readings, *readings))


def _required(edition: Edition, condition: Condition | None, answers: Answers) -> Verdict:
    if condition is None:
        return Verdict(Truth.YES, (), (), ())
    return _verdict(edition, condition, answers)


def _verdict(edition: Edition, condition: Condition, answers: Answers) -> Verdict:
    facts = edition.facts
    truth = holds(condition, answers, facts)
    return Verdict(
        truth,
        because(condition, answers, facts),
        missing(condition, answers, facts),
        tuple(
            reading
            for reading in readings_of(condition)
            if holds(under(condition, reading), answers, facts) is not truth
        ),
    )


# Decisions --------------------------------------------------------------------------------------


def decision_choice(edition: Edition, decision: Decision, answers: Answers) -> Choice:
    """The outcome of a decision.

    Rules of a decision share facts, so it goes through the classes of values that the thresholds
    cut: within a class no rule can change.
    """
    names = decision_facts(edition, decision)
    known = {name: answers[name] for name in names if name in answers}
    unknown = [name for name in names if name not in answers]
    outcomes = _outcomes(edition, decision, known, unknown, None)
    possible = tuple(each for each in decision.outcomes if each in set(outcomes.values()))
    outcome = possible[0] if len(possible) == 1 else None
    readings = tuple(
        reading
        for reading in decision_readings(edition, decision)
        if _single(_outcomes(edition, decision, known, unknown, reading)) != outcome
    )
    needed = tuple(name for place, name in enumerate(unknown) if _matters(outcomes, place))
    return Choice(outcome, possible, needed, readings)


def decision_facts(edition: Edition, decision: Decision) -> tuple[str, ...]:
    """The facts of all rules of a decision, each once."""
    found = (fact for rule in decision.first_of for fact in facts_of(edition.rules[rule].when))
    return tuple(dict.fromkeys(found))


def decision_readings(edition: Edition, decision: Decision) -> tuple[str, ...]:
    """The open readings of all rules of a decision."""
    found = (r for rule in decision.first_of for r in readings_of(edition.rules[rule].when))
    return tuple(dict.fromkeys(found))


def _single(outcomes: dict[tuple[Value, ...], str]) -> str | None:
    found = set(outcomes.values())
    return found.pop() if len(found) == 1 else None


def _outcomes(
    edition: Edition,
    decision: Decision,
    known: dict[str, Value],
    unknown: Sequence[str],
    reading: str | None,
) -> dict[tuple[Value, ...], str]:
    """The outcome for each way of filling the blanks, by the values filled in."""
    conditions = [
        (rule, under(edition.rules[rule].when, reading) if reading else edition.rules[rule].when)
        for rule in decision.first_of
    ]
    classes = [value_classes(edition, decision, name) for name in unknown]
    result = {}
    for filled in itertools.product(*classes):
        answers = {**known, **dict(zip(unknown, filled, strict=True))}
        result[filled] = next(
            (rule for rule, when in conditions if holds(when, answers, edition.facts) is Truth.YES),
            decision.otherwise,
        )
    return result


def _matters(outcomes: dict[tuple[Value, ...], str], place: int) -> bool:
    """Whether two fillings that differ in this place alone have different outcomes."""
    seen: dict[tuple[Value, ...], str] = {}
    for filled, outcome in outcomes.items():
        others = filled[:place] + filled[place + 1 :]
        if seen.setdefault(others, outcome) != outcome:
            return True
    return False


def value_classes(edition: Edition, decision: Decision, name: str) -> tuple[Value, ...]:
    """One value of each class that the decision's thresholds cut a fact's values into."""
    fact = edition.facts[name]
    if fact.type is FactType.YESNO:
        return (True, False)
    if fact.type is FactType.CHOICE:
        return tuple(fact.choices)
    cuts = sorted({cut for rule in decision.first_of for cut in _cuts(edition, rule, name)})
    lowest = -fact.highest if fact.signed else fact.lowest
    values = {lowest, fact.highest}
    for cut in cuts:
        values.update(v for v in (cut - 1, cut, cut + 1) if lowest <= v <= fact.highest)
    # One value a class is enough: drop neighbours that no cut separates.
    classes: dict[tuple[int, bool], int] = {}
    for value in sorted(values):
        classes.setdefault(_class(value, cuts), value)
    return tuple(classes.values())


def _class(value: int, cuts: Sequence[int]) -> tuple[int, bool]:
    place = bisect_left(cuts, value)
    return place, place < len(cuts) and cuts[place] == value


def _cuts(edition: Edition, rule: str, name: str) -> Iterator[int]:
    for leaf in leaves(edition.rules[rule].when):
        for test in (leaf.test, *leaf.alternatives.values()):
            if isinstance(test, Within) and getattr(test.term, "fact", None) == name:
                for interval in test.intervals:
                    for bound in (interval.low, interval.high):
                        if bound and isinstance(bound.term, ParameterTerm):
                            yield bound.term.steps
