"""What is odd in rules that are formally right: dead conditions, untried leaves, overlaps, gaps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from generator.model.conditions import (
    All,
    AnyOf,
    Condition,
    Holds,
    Leaf,
    Not,
    OneOf,
    ParameterTerm,
    Within,
    facts_of_test,
    leaves,
)
from generator.model.edition import Decision, Edition, FactType, Paper, Rule, decimal_of
from generator.model.problems import Problem
from generator.model.quantities import Amount
from generator.model.values import Value
from generator.rules.answers import Answers, read_answers
from generator.rules.evaluate import holds, test_truth
from generator.rules.prose import leaf_text
from generator.rules.truth import Truth
from generator.rules.verdicts import decision_facts, value_classes

_MOST_SHOWN = 3


def hygiene_problems(edition: Edition) -> Iterator[Problem]:
    """Everything odd, each at its rule, paper or decision."""
    holders: list[Rule | Paper] = [*edition.rules.values(), *edition.papers.values()]
    for holder in holders:
        conditions = (holder.when,) if isinstance(holder, Rule) else holder.conditions
        for condition in conditions:
            yield from _dead_conditions(edition, holder, condition)
            yield from _untried_leaves(edition, holder, condition)
    for decision in edition.decisions.values():
        yield from _uncovered(edition, decision)


# Conditions that can never matter ---------------------------------------------------------------


def _dead_conditions(
    edition: Edition, holder: Rule | Paper, condition: Condition
) -> Iterator[Problem]:
    for leaf in leaves(condition):
        fixed = _fixed_truth(edition, leaf)
        if fixed is not None:
            word = "总是成立" if fixed else "永远不能成立"
            message = f"条件“{leaf_text(edition, leaf)}”{word}，对结论没有作用，请删去或改正。"
            yield replace(holder.place, message=message)
    for part in _repeated(condition):
        text = leaf_text(edition, part)
        message = f"条件“{text}”单独放在 all 或 any 里重复了一层，请去掉多余的一层。"
        yield replace(holder.place, message=message)


def _repeated(condition: Condition) -> Iterator[Leaf]:
    """Leaves that are the only part of an `all` or `any`: a level that says nothing."""
    match condition:
        case Not(part):
            yield from _repeated(part)
        case All(parts) | AnyOf(parts):
            if len(parts) == 1 and isinstance(parts[0], Leaf):
                yield parts[0]
            for part in parts:
                yield from _repeated(part)
        case Leaf():
            return


def _fixed_truth(edition: Edition, leaf: Leaf) -> bool | None:
    """Whether a leaf is the same whatever the facts are; None if it can be both."""
    match leaf.test:
        case Holds():
            return None
        case OneOf(fact, choices):
            known = set(edition.facts[fact].choices)
            return True if set(choices) >= known else None
        case Within():
            found = {
                test_truth(leaf.test, answers, edition.facts)
                for answers in _extremes(edition, leaf.test)
            }
            found.discard(Truth.UNKNOWN)
            return found == {Truth.YES} if len(found) == 1 else None


def _extremes(edition: Edition, test: Within) -> Iterator[Answers]:
    """Answers at the ends of the amounts' ranges and around each fixed bound."""
    names = facts_of_test(test)
    values: list[tuple[Value, ...]] = []
    for name in names:
        fact = edition.facts[name]
        lowest = -fact.highest if fact.signed else fact.lowest
        # Sizes are least at 0, which lies between the ends where cuts are allowed.
        near = (0, *_near_bounds(test))
        steps = {lowest, fact.highest, *(s for s in near if lowest <= s <= fact.highest)}
        if fact.type is FactType.AMOUNTS:
            values.append(((), (fact.highest,)))
        else:
            values.append(tuple(sorted(steps)))
    for combination in itertools.product(*values):
        yield dict(zip(names, combination, strict=True))


def _near_bounds(test: Within) -> Iterator[int]:
    for interval in test.intervals:
        for bound in (interval.low, interval.high):
            if bound and isinstance(bound.term, ParameterTerm):
                yield from (bound.term.steps - 1, bound.term.steps, bound.term.steps + 1)


# Leaves that no example exercises ---------------------------------------------------------------


def _untried_leaves(
    edition: Edition, holder: Rule | Paper, condition: Condition
) -> Iterator[Problem]:
    tried = [read_answers(edition, example.given)[0] for example in holder.examples]
    for leaf in leaves(condition):
        seen = {test_truth(leaf.test, answers, edition.facts) for answers in tried}
        lacking = [t.label for t in (Truth.YES, Truth.NO) if t not in seen]
        if lacking:
            text = leaf_text(edition, leaf)
            message = f"没有一个例子使条件“{text}”为{'、为'.join(lacking)}，请补例子。"
            yield replace(holder.place, message=message)


# Overlaps and gaps of decisions -----------------------------------------------------------------


def _uncovered(edition: Edition, decision: Decision) -> Iterator[Problem]:
    """Facts for which several rules hold, or none, and that the data does not call understood."""
    names = decision_facts(edition, decision)
    classes = [value_classes(edition, decision, name) for name in names]
    found: dict[tuple[str, ...], Answers] = {}
    for values in itertools.product(*classes):
        answers: Answers = dict(zip(names, values, strict=True))
        holding = tuple(
            rule
            for rule in decision.first_of
            if holds(edition.rules[rule].when, answers, edition.facts) is Truth.YES
        )
        understood = any(
            holds(each.when, answers, edition.facts) is Truth.YES for each in decision.understood
        )
        if len(holding) != 1 and not understood:
            found.setdefault(holding, answers)
    for holding, answers in itertools.islice(found.items(), _MOST_SHOWN):
        yield replace(decision.place, message=_odd(edition, decision, holding, answers))


def _odd(edition: Edition, decision: Decision, holding: tuple[str, ...], answers: Answers) -> str:
    example = "，".join(_shown(edition, name, value) for name, value in answers.items())
    if holding:
        rules = "、".join(decision.outcomes[rule].label for rule in holding)
        what = f"{rules}同时成立，取先列的“{decision.outcomes[holding[0]].label}”"
    else:
        what = f"没有规则成立，落入“{decision.outcomes[decision.otherwise].label}”"
    return f"{what}（例如 {example}）；如属有意，请在 understood 中写明。"


def _shown(edition: Edition, name: str, value: Value) -> str:
    fact = edition.facts[name]
    if isinstance(value, bool):
        return f"{fact.label}：{'是' if value else '否'}"
    if isinstance(value, int) and fact.unit:
        return f"{fact.label}：{Amount(decimal_of(value, fact.unit), fact.unit)}"
    return f"{fact.label}：{fact.choices.get(str(value), str(value))}"
