"""The examples beside the rules hold, and there are enough of them to say what each rule means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.model.conditions import leaves
from generator.model.edition import Paper, Rule
from generator.rules.answers import read_answers
from generator.rules.evaluate import test_truth as truth_of_test
from generator.rules.examples import Holder, example_problems, holders, problems_of
from generator.rules.truth import Truth
from tests.support.editions import EDITIONS, edition_of

RULES = [(id, rule) for id in EDITIONS for rule in edition_of(id).rules.values()]
HOLDERS: list[tuple[str, Holder]] = [
    (id, holder)
    for id in EDITIONS
    for holder in holders(edition_of(id))
    if not isinstance(holder, Paper) or holder.conditions
]


def named(value: object) -> str | None:
    return value if isinstance(value, str) else getattr(value, "id", None)


@pytest.mark.parametrize("id", EDITIONS)
def test_every_example_holds(id: str) -> None:
    assert [str(problem) for problem in example_problems(edition_of(id))] == []


@pytest.mark.parametrize(("id", "holder"), HOLDERS, ids=named)
def test_there_are_examples_for_all_that_is_computed(id: str, holder: Holder) -> None:
    assert holder.examples, f"{id}: {holder.label}"


@pytest.mark.parametrize(("id", "rule"), RULES, ids=named)
def test_examples_make_each_condition_hold_and_fail(id: str, rule: Rule) -> None:
    edition = edition_of(id)
    tried = [read_answers(edition, example.given)[0] for example in rule.examples]
    for leaf in leaves(rule.when):
        seen = {truth_of_test(leaf.test, answers, edition.facts) for answers in tried}
        assert {Truth.YES, Truth.NO} <= seen, f"{leaf.label}（{leaf.law.citation}）"


@pytest.mark.parametrize("rule", [rule for _, rule in RULES], ids=named)
def test_examples_show_a_rule_that_holds_and_one_that_does_not(rule: Rule) -> None:
    assert {"yes", "no"} <= {example.expected["then"] for example in rule.examples}


@pytest.mark.parametrize("id", EDITIONS)
def test_examples_reach_every_outcome_of_every_decision(id: str) -> None:
    for decision in edition_of(id).decisions.values():
        reached = {example.expected["then"] for example in decision.examples}
        assert reached >= set(decision.outcomes)


def test_an_example_that_does_not_hold_is_told_at_its_place_with_both_results() -> None:
    edition = edition_of("qidong-2022")
    rule = edition.rules["supervision_mandatory"]
    example = replace(
        rule.examples[0], given={"total_investment": 300}, expected={"then": "no", "missing": ()}
    )
    changed = replace(edition, rules={"r": replace(rule, examples=(example,))}, decisions={},
                      deadlines={})  # fmt: skip
    problems = list(example_problems(changed))
    assert [problem.message for problem in problems] == [
        "例子与规则不符：必须实行工程监理制的结论应为 no，算得 yes。"
    ]
    assert problems[0].line == example.place.line


def test_an_example_with_a_value_that_nobody_may_enter_is_told() -> None:
    edition = edition_of("qidong-2022")
    rule = edition.rules["supervision_mandatory"]
    example = replace(rule.examples[0], given={"total_investment": "约300"}, expected={})
    changed = replace(edition, rules={"r": replace(rule, examples=(example,))}, decisions={},
                      deadlines={})  # fmt: skip
    assert [problem.message for problem in example_problems(changed)] == [
        "例子中的值有误：总投资：应为数字（万元），只写半角数字和小数点，现为 “约300”。"
    ]


def test_what_another_reading_would_give_is_held_to_as_well() -> None:
    """12月31日 of the year of completion, were AM13 read the other way."""
    edition = edition_of("qidong-2022")
    deadline = edition.deadlines["performance_report"]
    example = next(each for each in deadline.examples if "alt" in each.expected)
    dates = [*example.expected["alt"]["AM13"]["dates"][:-1], date(2024, 12, 30)]
    wrong = replace(example, expected={"alt": {"AM13": {"dates": dates}}})
    assert [problem.message for problem in problems_of(edition, deadline, wrong)] == [
        "例子与规则不符：提交项目绩效评价报告（按 AM13 的另一种解读）的各次日期应为 "
        "2023-12-31、2024-12-30，算得 2023-12-31、2024-12-31。"
    ]
