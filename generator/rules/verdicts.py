"""Verdicts on rules, decisions and papers: truth, why, what is still needed, which readings."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.conditions import (
    Condition,
    Within,
    facts_of,
    facts_of_test,
    leaves,
    readings_of,
)
from generator.model.edition import Decision, Edition, FactType, Paper, Rule
from generator.model.values import Value
from generator.rules.answers import Answers
from generator.rules.classes import fixed_cuts
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
            if holds(condition, answers, facts, reading) is not truth
        ),
    )


# Decisions --------------------------------------------------------------------------------------


def decision_choice(edition: Edition, decision: Decision, answers: Answers) -> Choice:
    """The outcome of a decision."""
    return DecisionTable(edition, decision).choice(answers)


class DecisionTable:
    """A decision with the outcomes of complete answers, each reckoned when first asked for.

    Rules of a decision share facts, so it goes through the classes of values that the thresholds
    cut: within a class no rule can change.
    """

    def __init__(self, edition: Edition, decision: Decision) -> None:
        self._edition, self._decision = edition, decision
        self._names = decision_facts(edition, decision)
        self._values = {name: value_classes(edition, decision, name) for name in self._names}
        self._readings = decision_readings(edition, decision)
        self._known: dict[tuple[str, tuple[Value, ...]], str] = {}

    def choice(self, answers: Answers) -> Choice:
        """What is chosen, or what is possible and what can still make the difference."""
        unknown = [place for place, name in enumerate(self._names) if name not in answers]
        ways = list(itertools.product(*(self._ways(name, answers) for name in self._names)))
        outcomes = {filled: self._outcome("", filled) for filled in ways}
        found = set(outcomes.values())
        possible = tuple(each for each in self._decision.outcomes if each in found)
        outcome = possible[0] if len(possible) == 1 else None
        needed = [place for place in unknown if outcome is None and _matters(outcomes, place)]
        readings = (
            reading
            for reading in self._readings
            if _single({self._outcome(reading, filled) for filled in ways}) != outcome
        )
        names = tuple(self._names[place] for place in needed)
        return Choice(outcome, possible, names, tuple(readings))

    def _ways(self, name: str, answers: Answers) -> tuple[Value, ...]:
        """The values that a fact may have: the first of each class, or of the one it is in."""
        values, value = self._values[name], answers.get(name)
        if value is None:
            return values
        if isinstance(value, int) and not isinstance(value, bool):
            return (values[bisect_right(values, value) - 1],)
        return (value,)

    def _outcome(self, reading: str, filled: tuple[Value, ...]) -> str:
        """The outcome of complete answers, under one flipped reading or none ("")."""
        known = self._known.get((reading, filled))
        if known is None:
            answers = dict(zip(self._names, filled, strict=True))
            rules, facts = self._edition.rules, self._edition.facts
            known = self._known[reading, filled] = next(
                (
                    rule
                    for rule in self._decision.first_of
                    if holds(rules[rule].when, answers, facts, reading) is Truth.YES
                ),
                self._decision.otherwise,
            )
        return known


def decision_facts(edition: Edition, decision: Decision) -> tuple[str, ...]:
    """The facts of all rules of a decision, each once."""
    found = (fact for rule in decision.first_of for fact in facts_of(edition.rules[rule].when))
    return tuple(dict.fromkeys(found))


def decision_readings(edition: Edition, decision: Decision) -> tuple[str, ...]:
    """The open readings of all rules of a decision."""
    found = (r for rule in decision.first_of for r in readings_of(edition.rules[rule].when))
    return tuple(dict.fromkeys(found))


def _single(outcomes: set[str]) -> str | None:
    return next(iter(outcomes)) if len(outcomes) == 1 else None


def _matters(outcomes: Mapping[tuple[Value, ...], str], place: int) -> bool:
    """Whether two fillings that differ in this place alone have different outcomes."""
    seen: dict[tuple[Value, ...], str] = {}
    for filled, outcome in outcomes.items():
        others = filled[:place] + filled[place + 1 :]
        if seen.setdefault(others, outcome) != outcome:
            return True
    return False


def value_classes(edition: Edition, decision: Decision, name: str) -> tuple[Value, ...]:
    """The first value of each class that the decision's thresholds cut a fact's values into."""
    fact = edition.facts[name]
    if fact.type is FactType.YESNO:
        return (True, False)
    if fact.type is FactType.CHOICE:
        return tuple(fact.choices)
    lowest = -fact.highest if fact.signed else fact.lowest
    firsts = {first for cut in _cuts(edition, decision, name) for first in (cut, cut + 1)}
    return tuple(sorted({lowest, *(v for v in firsts if lowest <= v <= fact.highest)}))


def _cuts(edition: Edition, decision: Decision, name: str) -> Iterator[int]:
    for rule in decision.first_of:
        for leaf in leaves(edition.rules[rule].when):
            for test in (leaf.test, *leaf.alternatives.values()):
                if isinstance(test, Within) and name in facts_of_test(test):
                    yield from fixed_cuts(test) or ()
