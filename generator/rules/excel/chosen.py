"""The way that people have chosen, as cells: whether the rules of a decision permit it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.model.conditions import readings_of
from generator.model.edition import Decision, Fact, Rule
from generator.rules.excel.conditions import (
    NOTHING,
    PENDING,
    chain,
    condition_truth,
    doubts,
    doubts_text,
    needed_words,
    needs_of_condition,
    rule_cells,
)
from generator.rules.excel.scope import Scope
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_

PERMITTED, REFUSED = "准许", "不准许"
_FREE = "选择这一方式，不以上述条件为前提"
_UNSAID = "尚未填写"

Permits = Mapping[str, tuple[Rule, ...]]
"""A choice → the rules any of which permits it; one that is not named is always permitted."""


@dataclass(frozen=True)
class ChosenCells:
    """`word` is 准许/不准许/待填; the rest as for verdicts."""

    truth: Ref
    word: Ref
    says: Ref
    needed: Ref
    doubts: Ref
    doubts_text: Ref


@dataclass(frozen=True)
class _Choices:
    """The choice fact with what its choices need."""

    scope: Scope
    fact: Fact
    permits: Permits

    def pick(self, of: Callable[[str], Operand], otherwise: Operand, unsaid: Operand) -> Expr:
        """What belongs to the choice made."""
        expr: Operand = otherwise
        for choice in reversed(list(self.permits)):
            expr = if_(self.made(choice), of(choice), expr)
        return if_(self.scope.is_unknown(self.fact.id), unsaid, expr)

    def made(self, choice: str) -> Expr:
        return eq(self.scope.text(self.fact.id), self.scope.choice(self.fact, choice))


def chosen_cells(scope: Scope, decision: Decision, fact: Fact, permits: Permits) -> ChosenCells:
    """The cells that hold a choice against the rules that permit it."""
    key, label = f"decision.{decision.id}.chosen", f"{decision.label}：已选择的方式"
    choices = _Choices(scope, fact, permits)
    truth = _truth(choices, key, label, None)
    rules = [rule for several in permits.values() for rule in several]
    readings = dict.fromkeys(reading for rule in rules for reading in readings_of(rule.when))
    others = {reading: _truth(choices, key, label, reading) for reading in readings}
    word = if_(eq(truth, 1), PERMITTED, if_(eq(truth, 0), REFUSED, PENDING))
    needs = needed_words(scope, _needs(choices, truth))
    return ChosenCells(
        truth,
        scope.add(f"{key}.word", f"{label}：是否准许", word),
        scope.add(f"{key}.says", f"{label}：说明", _says(choices, key, label)),
        chain(scope, f"{key}.needed", f"{label}：还需填写", needs, NOTHING),
        doubts(scope, key, label, truth, others),
        doubts_text(scope, key, label, truth, others),
    )


def _truth(choices: _Choices, key: str, label: str, reading: str | None) -> Ref:
    """Yes if any rule permits the choice made, no if none does."""
    at = f"@{reading}" if reading else ""
    name = f"{label}（{reading}另一解）" if reading else label

    def permitted(choice: str) -> Ref:
        truths = [
            condition_truth(choices.scope, f"rule.{rule.id}", rule.when, reading)
            for rule in choices.permits[choice]
        ]
        own = f"{name}：{choices.fact.choices[choice]}"
        return choices.scope.add(f"{key}.{choice}{at}", own, call("MAX", *truths))

    return choices.scope.add(f"{key}{at}", name, choices.pick(permitted, 1, UNKNOWN))


def _says(choices: _Choices, key: str, label: str) -> Expr:
    """The sentence of a rule that permits the choice; else of the first that is open, or denies."""

    def sentence(choice: str) -> Ref:
        cells = [rule_cells(choices.scope, rule) for rule in choices.permits[choice]]
        expr: Expr = cells[0].says
        for truth in (UNKNOWN, 1):
            for each in reversed(cells):
                expr = if_(eq(each.truth, truth), each.says, expr)
        own = f"{label}：{choices.fact.choices[choice]}：说明"
        return choices.scope.add(f"{key}.{choice}.says", own, expr)

    return choices.pick(sentence, _FREE, _UNSAID)


def needs_of_chosen(
    scope: Scope, decision: Decision, fact: Fact, permits: Permits
) -> Mapping[str, Expr]:
    """The facts that a choice waits for, and when each is still needed; after `chosen_cells`."""
    truth = Ref(f"{scope.prefix}decision.{decision.id}.chosen")
    return _needs(_Choices(scope, fact, permits), truth)


def _needs(choices: _Choices, truth: Ref) -> Mapping[str, Expr]:
    """The choice itself; then what its rules wait for, while none of them permits it."""
    scope, fact = choices.scope, choices.fact
    tests: dict[str, list[Expr]] = {fact.id: [scope.is_unknown(fact.id)]}
    for choice, rules in choices.permits.items():
        for rule in rules:
            for id, needed in needs_of_condition(scope, f"rule.{rule.id}", rule.when).items():
                test = call("AND", choices.made(choice), eq(truth, UNKNOWN), needed)
                tests.setdefault(id, []).append(test)
    return {id: call("OR", *found) if len(found) > 1 else found[0] for id, found in tests.items()}
