"""Conditions as cells: a truth a node, what is still needed, which readings matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.anchors import Anchor
from generator.model.conditions import (
    All,
    AnyOf,
    Bound,
    Condition,
    FactTerm,
    Holds,
    Interval,
    Leaf,
    Not,
    OneOf,
    ParameterTerm,
    Test,
    Within,
    facts_of_test,
    readings_of,
)
from generator.model.edition import Decision, Paper, Rule, Step
from generator.rules.excel.scope import NO, YES, Scope
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, lift, op
from generator.rules.prose import outline, term_text, test_text

PENDING = "待填"
NOTHING = "无"
"""Where nothing is needed any more."""


@dataclass(frozen=True)
class NodeCells:
    """One node of a condition: its words, its basis, the cell of its truth."""

    text: str
    law: Anchor | None
    depth: int
    truth: Ref
    is_leaf: bool


@dataclass(frozen=True)
class VerdictCells:
    """The cells of one verdict. `word` is 是/否/待填, `doubts` names the open readings that
    would change it, `needed` what is still missing (无; of a row ""). Of a condition of plain
    questions, `deciding` names those that are answered, or still open, as the whole is; of others
    it is None."""

    truth: Ref
    word: Ref
    says: Ref
    needed: Ref
    deciding: Ref | None
    doubts: Ref
    doubts_text: Ref
    nodes: tuple[NodeCells, ...]


def rule_cells(scope: Scope, rule: Rule) -> VerdictCells:
    """The cells of a rule in a scope (a project, or a row of its table)."""
    says = {YES: rule.says.yes, NO: rule.says.no, PENDING: rule.says.unknown}
    return _verdict_cells(scope, f"rule.{rule.id}", rule.label, rule.when, {}, says)


REQUIRED = "须提交"
"""What is said of a paper that is required."""


def paper_cells(scope: Scope, paper: Paper) -> VerdictCells:
    """The cells that say whether a paper is required."""
    says = {YES: REQUIRED, NO: "不适用", PENDING: PENDING}
    key = f"paper.{paper.id}"
    return _verdict_cells(scope, key, paper.label, paper.required, paper.alternatives, says)


def _verdict_cells(
    scope: Scope,
    key: str,
    label: str,
    condition: Condition | None,
    alternatives: Mapping[str, Condition | None],
    says: Mapping[str, str],
) -> VerdictCells:
    truth = _root(scope, key, label, condition)
    others = {
        reading: _root(scope, f"{key}@{reading}", f"{label}（{reading}另一解）", alternative)
        for reading, alternative in alternatives.items()
    }
    if condition is not None:
        for reading in readings_of(condition):
            others[reading] = condition_truth(scope, key, condition, reading)
    word = scope.add(f"{key}.word", f"{label}：结论", truth_word(truth))
    deciding = _deciding(scope, key, label, condition)
    return VerdictCells(
        truth,
        word,
        _says(scope, key, label, truth, says),
        _needed(scope, key, label, condition, deciding),
        deciding,
        doubts(scope, key, label, truth, others),
        doubts_text(scope, key, label, truth, others),
        tuple(_nodes(scope, key, condition)) if condition else (),
    )


def _needed(
    scope: Scope, key: str, label: str, condition: Condition | None, deciding: Ref | None
) -> Ref:
    id, name = f"{key}.needed", f"{label}：还需填写"
    if deciding:
        is_open = eq(Ref(scope.prefix + key), UNKNOWN)
        return scope.add(id, name, if_(is_open, deciding, _none(scope)))
    words = needed_words(scope, needs_of_condition(scope, key, condition))
    return chain(scope, id, name, words, _none(scope))


def _none(scope: Scope) -> str:
    """What stands where nothing is needed any more; a row of a list says nothing then."""
    return "" if scope.is_row else NOTHING


def _deciding(scope: Scope, key: str, label: str, condition: Condition | None) -> Ref | None:
    """The questions that are answered as the whole is: all that hold where it does, those that
    fail where it does not (or the other way round), and what is open where it is open."""
    questions = plain_questions(condition)
    if not questions:
        return None
    whole = Ref(scope.prefix + key)
    same = [eq(Ref(f"{whole.id}.{place}"), whole) for place in range(1, len(questions) + 1)]
    words = [scope.label(fact) for fact in questions]
    id, name = f"{key}.deciding", f"{label}：取决于"
    if len(questions) == 1:
        return scope.add(id, name, op(words[0], "&", ""))
    return chain(scope, id, name, list(zip(same, words, strict=True)))


def plain_questions(condition: Condition | None) -> tuple[str, ...]:
    """The facts of a condition that only asks whether some yes/no facts hold, or do not, in one
    list; none of any other condition."""
    parts = condition.parts if isinstance(condition, All | AnyOf) else (condition,)
    found: list[str] = []
    for part in parts:
        inner = part.part if isinstance(part, Not) else part
        if not isinstance(inner, Leaf) or inner.alternatives or not isinstance(inner.test, Holds):
            return ()
        found.append(inner.test.fact)
    return tuple(found) if len(set(found)) == len(found) else ()


def truth_word(truth: Ref) -> Expr:
    """是, 否 or 待填 of a truth cell."""
    return if_(eq(truth, 1), YES, if_(eq(truth, 0), NO, PENDING))


def _says(scope: Scope, key: str, label: str, truth: Ref, says: Mapping[str, str]) -> Ref:
    """The sentence for the verdict; the sentences stand in cells, formulas point at them."""
    cells = {
        word: scope.steps.add(f"{key}.says.{word}", f"{label}：{word}时的说明", sentence)
        for word, sentence in says.items()
    }
    expr = if_(eq(truth, 1), cells[YES], if_(eq(truth, 0), cells[NO], cells[PENDING]))
    return scope.add(f"{key}.says", f"{label}：说明", expr)


def doubts(scope: Scope, key: str, label: str, main: Ref, others: Mapping[str, Ref]) -> Ref:
    """The readings whose flip alone changes the outcome, joined; "" if none."""
    flips = [(op(other, "<>", main), reading) for reading, other in others.items()]
    return chain(scope, f"{key}.doubts", f"{label}：存疑的解读", flips)


def doubts_text(scope: Scope, key: str, label: str, main: Ref, others: Mapping[str, Ref]) -> Ref:
    """The same readings with their titles, for people."""
    titles = {id: scope.edition.readings[id].title for id in others}
    flips = [(op(other, "<>", main), f"{titles[id]}（{id}）"[:250]) for id, other in others.items()]
    return chain(scope, f"{key}.doubts_text", f"{label}：存疑的解读（标题）", flips)


def chain(
    scope: Scope, key: str, label: str, parts: Sequence[tuple[Expr, Operand]], none: str = ""
) -> Ref:
    """The words whose condition holds, joined by ；（labels may hold 、）; `none` if none does."""
    joined: Expr = lift(none)
    for start in range(0, len(parts), _AT_ONCE):
        for condition, word in parts[start : start + _AT_ONCE]:
            joined = op(joined, "&", if_(condition, op("；", "&", word), ""))
        if start + _AT_ONCE < len(parts):
            place = start // _AT_ONCE + 1
            joined = scope.add(f"{key}.{place}", f"{label}（{place}）", joined)
    # Each word brings its ；along, but there is nothing before the first.
    whole = call("SUBSTITUTE", joined, f"{none}；", "", 1) if parts else joined
    return scope.add(key, label, whole)


_AT_ONCE = 7
"""So many words fit in a formula that people can read."""


# Truth ------------------------------------------------------------------------------------------


def _root(scope: Scope, key: str, label: str, condition: Condition | None) -> Ref:
    if condition is None:
        return scope.add(key, f"{label}：{_TRUTH}", call("MAX", 1))
    return condition_truth(scope, key, condition, None)


def condition_truth(
    scope: Scope, key: str, condition: Condition, reading: str | None = None
) -> Ref:
    """The truth cell of a node; under a reading, new cells only where it changes something."""
    flipped = reading if reading in readings_of(condition) else None
    id = f"{key}@{flipped}" if flipped else key
    name = _name(scope, key, condition, flipped)
    match condition:
        case Leaf(test, _, _, alternatives):
            return _test(scope, id, name, alternatives[flipped] if flipped else test)
        case Not(part):
            inner = condition_truth(scope, f"{key}.1", part, reading)
            return scope.add(id, f"{name}：{_TRUTH}", op(1, "-", inner))
        case All(parts) | AnyOf(parts):
            inner_cells = [
                condition_truth(scope, f"{key}.{place}", part, reading)
                for place, part in enumerate(parts, 1)
            ]
            function = "MIN" if isinstance(condition, All) else "MAX"
            return scope.add(id, f"{name}：{_TRUTH}", call(function, *inner_cells))


_TRUTH, _OPEN = "成立1、不成立0、待填0.5", "仍影响结论1"


def _name(scope: Scope, key: str, condition: Condition, reading: str | None = None) -> str:
    """What a node is called among the helper cells: the label of a whole condition's rule, paper
    or step; of a part its place in it (1.2) and its words."""
    kind, holder, *path = key.split(".")
    places = [place for place in path if place.isdigit()]
    match condition:
        case Leaf(test, _, _, alternatives):
            words = test_text(scope.wording, alternatives[reading] if reading else test)
        case Not():
            words = "并非下一项"
        case _:
            all_or_any = "须同时满足" if isinstance(condition, All) else "满足任一"
            words = condition.label or all_or_any
    if not places:
        edition, id = scope.edition, holder.partition("@")[0]
        holders: Mapping[str, Mapping[str, Rule | Paper | Step]] = {
            "rule": edition.rules,
            "paper": edition.papers,
            "step": edition.steps,
        }
        found = holders.get(kind, {}).get(id)
        words = found.label if found else words
    name = f"{'.'.join(places)} {words}" if places else words
    return f"{name}（{reading}另一解）" if reading else name


def _test(scope: Scope, id: str, name: str, test: Test) -> Ref:
    label = f"{name}：{_TRUTH}"
    match test:
        case Holds(fact):
            return scope.add(id, label, op(scope.truth(fact), "+", 0))
        case OneOf(fact, choices):
            shape = scope.facts[fact]
            same = [eq(scope.text(fact), scope.choice(shape, choice)) for choice in choices]
            chosen = call("OR", *same) if len(same) > 1 else same[0]
            expr = if_(scope.is_unknown(fact), UNKNOWN, if_(chosen, 1, 0))
            return scope.add(id, label, expr)
        case Within(term, intervals):
            if isinstance(term, FactTerm) and all(map(_has_fixed_bounds, intervals)):
                inside = [_inside(scope, scope.steps_of_amount(term.fact), i) for i in intervals]
                found = call("OR", *inside) if len(inside) > 1 else inside[0]
                expr = if_(scope.is_unknown(term.fact), UNKNOWN, if_(found, 1, 0))
                return scope.add(id, label, expr)
            parts = [
                _range_inside(scope, f"{id}.in{place}", name, test, interval)
                for place, interval in enumerate(intervals, 1)
            ]
            return scope.add(id, label, call("MAX", *parts))


def _has_fixed_bounds(interval: Interval) -> bool:
    bounds = [bound for bound in (interval.low, interval.high) if bound]
    return all(isinstance(bound.term, ParameterTerm) for bound in bounds)


def _inside(scope: Scope, steps: Ref, interval: Interval) -> Expr:
    """Whether a known amount lies in an interval between parameters."""
    tests = []
    for bound, strict, closed in ((interval.low, ">", ">="), (interval.high, "<", "<=")):
        if bound:
            limit, _, _ = scope.least_and_most(bound.term)
            tests.append(op(steps, closed if bound.closed else strict, limit))
    return call("AND", *tests) if len(tests) > 1 else tests[0]


def _range_inside(scope: Scope, id: str, label: str, test: Within, interval: Interval) -> Expr:
    """Whether a range of amounts lies in an interval: surely 1, surely not 0, else ½."""
    least, most, own_factor = scope.least_and_most(test.term)
    surely, never = [], []
    for bound, is_low in ((interval.low, True), (interval.high, False)):
        if bound is None:
            continue
        low, high, factor = scope.least_and_most(bound.term)
        word = term_text(scope.wording, bound.term)
        scaled_least = _times(scope, f"{id}.least", f"{label}：左边至少", least, factor)
        scaled_most = _times(scope, f"{id}.most", f"{label}：左边至多", most, factor)
        scaled_low = _times(scope, f"{id}.low", f"{word}：至少", low, own_factor)
        scaled_high = _times(scope, f"{id}.high", f"{word}：至多", high, own_factor)
        if is_low:
            surely.append(op(scaled_least, _sign(bound, ">"), scaled_high))
            never.append(op(scaled_most, _opposite(bound, "<"), scaled_low))
        else:
            surely.append(op(scaled_most, _sign(bound, "<"), scaled_low))
            never.append(op(scaled_least, _opposite(bound, ">"), scaled_high))
    all_surely = call("AND", *surely) if len(surely) > 1 else surely[0]
    any_never = call("OR", *never) if len(never) > 1 else never[0]
    return scope.add(id, f"{label}：{_TRUTH}", if_(all_surely, 1, if_(any_never, 0, UNKNOWN)))


def _times(scope: Scope, id: str, label: str, amount: Expr, factor: int) -> Expr:
    return amount if factor == 1 else scope.add(id, f"{label}×{factor}", op(amount, "*", factor))


def _sign(bound: Bound, direction: str) -> str:
    return f"{direction}=" if bound.closed else direction


def _opposite(bound: Bound, direction: str) -> str:
    return direction if bound.closed else f"{direction}="


# What is still needed ---------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenFact:
    """A fact and the cell that is 1 while the leaf it stands in can make the difference; `alone` if
    nothing else stands in the leaf, which then is open only while the fact is unknown."""

    fact: str
    open: Ref
    alone: bool


def open_facts(scope: Scope, key: str, condition: Condition) -> Iterator[OpenFact]:
    """The facts of a condition whose truth stands under `key`, one after the other."""
    yield from _open(scope, key, condition, None)


def _open(scope: Scope, key: str, condition: Condition, above: Ref | None) -> Iterator[OpenFact]:
    """A node is open if it and all nodes above it are unknown; what is not is so with its part."""
    if isinstance(condition, Not):
        yield from _open(scope, f"{key}.1", condition.part, above)
        return
    unknown = eq(Ref(scope.prefix + key), UNKNOWN)
    test = unknown if above is None else call("AND", eq(above, 1), unknown)
    here = scope.add(f"{key}.open", f"{_name(scope, key, condition)}：{_OPEN}", if_(test, 1, 0))
    if isinstance(condition, Leaf):
        facts = facts_of_test(condition.test)
        for fact in facts:
            yield OpenFact(fact, here, len(facts) == 1)
        return
    for place, part in enumerate(condition.parts, 1):
        yield from _open(scope, f"{key}.{place}", part, here)


def needs_of_condition(scope: Scope, key: str, condition: Condition | None) -> dict[str, Expr]:
    """The facts of a condition whose truth stands under `key`, and when each is still needed: it
    is not known and can make the difference."""
    tests: dict[str, list[Expr]] = {}
    for each in open_facts(scope, key, condition) if condition else ():
        tests.setdefault(each.fact, []).append(_is_needed(scope, each))
    return {fact: _any(found) for fact, found in tests.items()}


def _all(tests: list[Expr]) -> Expr:
    return call("AND", *tests) if len(tests) > 1 else tests[0]


def _any(tests: list[Expr]) -> Expr:
    return call("OR", *tests) if len(tests) > 1 else tests[0]


def needed_words(scope: Scope, needs: Mapping[str, Expr]) -> list[tuple[Expr, Operand]]:
    """What is needed by its labels, to be joined."""
    return [(test, scope.label(fact)) for fact, test in needs.items()]


def _is_needed(scope: Scope, each: OpenFact, *also: Expr) -> Expr:
    unknown = [] if each.alone else [scope.is_unknown(each.fact)]
    return _all([eq(each.open, 1), *unknown, *also])


# Rows for people --------------------------------------------------------------------------------


def _nodes(scope: Scope, key: str, condition: Condition, depth: int = 0) -> Iterator[NodeCells]:
    line = outline(scope.edition, condition)
    truth = Ref(scope.prefix + key)
    simple_not = isinstance(condition, Not) and isinstance(condition.part, Leaf)
    is_leaf = isinstance(condition, Leaf) or simple_not
    yield NodeCells(line.text, line.law, depth, truth, is_leaf)
    if is_leaf:
        return
    match condition:
        case Not(part):
            yield from _nodes(scope, f"{key}.1", part, depth + 1)
        case All(parts) | AnyOf(parts):
            for place, part in enumerate(parts, 1):
                yield from _nodes(scope, f"{key}.{place}", part, depth + 1)


# Decisions --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DecisionCells:
    """The cells of a decision: the outcome's label (待填 while open), its sentence, the rest as
    for verdicts."""

    outcome: Ref
    says: Ref
    needed: Ref
    doubts: Ref
    doubts_text: Ref


def decision_cells(scope: Scope, decision: Decision) -> DecisionCells:
    """The first rule that holds; open while a rule before it is.

    What is still needed joins the rules' own open facts as long as no rule before holds: exact
    unless two rules of a decision can only hold together, which the tests exclude.
    """
    key, label = f"decision.{decision.id}", decision.label
    rules = {rule: rule_cells(scope, scope.edition.rules[rule]) for rule in decision.first_of}
    truths = [cells.truth for cells in rules.values()]
    outcome = _first_of(scope, key, label, decision, truths)
    others = {}
    for reading in dict.fromkeys(
        r for rule in rules for r in readings_of(scope.edition.rules[rule].when)
    ):
        flipped = [
            condition_truth(scope, f"rule.{rule}", scope.edition.rules[rule].when, reading)
            for rule in rules
        ]
        name = f"{label}（{reading}另一解）"
        others[reading] = _first_of(scope, f"{key}@{reading}", name, decision, flipped)
    return DecisionCells(
        outcome,
        _outcome_says(scope, key, decision, outcome),
        chain(
            scope,
            f"{key}.needed",
            f"{label}：还需填写",
            needed_words(scope, needs_of_decision(scope, decision)),
            _none(scope),
        ),
        doubts(scope, key, label, outcome, others),
        doubts_text(scope, key, label, outcome, others),
    )


def _first_of(scope: Scope, key: str, label: str, decision: Decision, truths: Sequence[Ref]) -> Ref:
    expr: Expr = _outcome_label(scope, decision, decision.otherwise)
    for rule, truth in reversed(list(zip(decision.first_of, truths, strict=True))):
        holds = _outcome_label(scope, decision, rule)
        expr = if_(eq(truth, 1), holds, if_(eq(truth, UNKNOWN), PENDING, expr))
    return scope.add(key, label, expr)


def _outcome_label(scope: Scope, decision: Decision, outcome: str) -> Ref:
    return scope.steps.add(
        f"outcome.{decision.id}.{outcome}",
        f"{decision.label}：结果",
        decision.outcomes[outcome].label,
    )


def _outcome_says(scope: Scope, key: str, decision: Decision, outcome: Ref) -> Ref:
    pending = scope.steps.add(
        f"{key}.says.{PENDING}", f"{decision.label}：待填时的说明", decision.unknown
    )
    expr: Expr = pending
    for id, each in reversed(list(decision.outcomes.items())):
        sentence = scope.steps.add(
            f"{key}.says.{id}", f"{decision.label}：{each.label}时的说明", each.says
        )
        expr = if_(eq(outcome, _outcome_label(scope, decision, id)), sentence, expr)
    return scope.add(f"{key}.says", f"{decision.label}：说明", expr)


def needs_of_decision(scope: Scope, decision: Decision) -> dict[str, Expr]:
    """The facts that a decision waits for, and when each is still needed."""
    tests: dict[str, list[Expr]] = {}
    before: list[Expr] = []
    for rule in decision.first_of:
        key = f"rule.{rule}"
        for each in open_facts(scope, key, scope.edition.rules[rule].when):
            tests.setdefault(each.fact, []).append(_is_needed(scope, each, *before))
        before.append(op(Ref(scope.prefix + key), "<", 1))
    return {fact: _any(found) for fact, found in tests.items()}
