"""What `check` finds odd in rules that are formally right: small regulations, one oddity each.

In what a test writes, `▸` stands before the key of the rule, decision or paper that is told.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.load import load_edition
from generator.rules.hygiene import hygiene_problems
from tests.support.editions import EDITIONS, edition_of

MARK = "▸"
SHOWN_AS = "data/small"

FILES = {
    "edition.yml": """
        title: 会议室管理办法
        short_title: 会议室管理办法
        number: 第1号
        issuer: 办公室
        issued: 2025-01-02
        effective: 2025-02-01
        status: in_force
        interpreter: office
        interpreter_law: art1
        site: {name: 会议室办事指南}
        """,
    "text/01.yml": """
        articles:
          - article: 第一条
            key: art1
            paragraphs:
              - {text: 使用费超过100元的，报办公室审核；超过500元的，报主任审批。}
        """,
    "source.txt": "",
    "roles.yml": """
        levels: {own: 本单位}
        roles: {office: {label: 办公室, level: own, law: art1}}
        """,
    "parameters.yml": """
        parameters:
          low: {label: 审核起点, value: 100, unit: 元, law: art1, quote: 100元}
          high: {label: 审批起点, value: 500, unit: 元, law: art1, quote: 500元}
          nothing: {label: 零, value: 0, unit: 元, law: art1, quote: "0"}
        """,
    "facts.yml": """
        facts:
          fee: {label: 使用费, ask: 使用费是多少元？, type: amount, unit: 元, above: 0}
          urgent: {label: 情况紧急, ask: 是否紧急？, type: yesno}
          room:
            label: 会议室
            ask: 用哪一间？
            type: choice
            choices: {large: 大, small: 小}
        """,
    "rules.yml": "rules: {}",
    "deadlines.yml": "deadlines: {}",
    "documents.yml": "documents: {}",
    "duties.yml": "duties: {}",
    "readings.yml": "readings: {}",
}

Told = Callable[..., list[str]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """What is told of a small regulation with these files written anew, as line and message; the
    line of the mark is told as `▸`."""

    def told(**written: str) -> list[str]:
        marked = {}
        for name, text in {**FILES, **{f"{k}.yml": v for k, v in written.items()}}.items():
            before, mark, _ = text.partition(MARK)
            if mark:
                marked[f"{SHOWN_AS}/{name}:{before.count(chr(10)) + 1}"] = MARK
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.replace(MARK, ""), encoding="utf-8")
        found = hygiene_problems(load_edition(tmp_path, SHOWN_AS))
        return [
            f"{marked.get(f'{each.path}:{each.line}', each.line)} {each.message}" for each in found
        ]

    return told


def rule(id: str, when: str, *examples: str) -> str:
    """A rule of the small regulation; examples as `given → then`."""
    lines = [
        f"  {id}:",
        f"    label: {id}",
        "    who: office",
        "    modality: must",
        "    law: art1",
        "    quote: 报办公室审核",
        "    says: {yes: 是, no: 否, unknown: 待填}",
        f"    when: {when}",
        "    examples:",
    ]
    for example in examples:
        given, _, then = example.partition(" → ")
        lines.append(f"      - {{given: {{{given}}}, then: {then}}}")
    return "\n".join(lines) + "\n"


REVIEW = rule("review", "{if: fee > low}", "fee: 100.01 → yes", "fee: 100 → no")
APPROVAL = rule("approval", "{if: fee > high}", "fee: 500.01 → yes", "fee: 500 → no")


@pytest.mark.parametrize("id", EDITIONS)
def test_nothing_is_odd_in_the_real_data(id: str) -> None:
    assert list(hygiene_problems(edition_of(id))) == []


def test_a_rule_whose_examples_try_each_condition_both_ways_is_in_order(told: Told) -> None:
    assert told(rules=f"rules:\n{REVIEW}") == []


# Conditions that can never matter -----------------------------------------------------------------


def test_an_amount_that_is_always_above_a_bound_is_told(told: Told) -> None:
    always = rule("review", "{if: fee > nothing}", "fee: 1 → yes").replace("  r", f"  {MARK}r", 1)
    assert told(rules=f"rules:\n{always}") == [
        "▸ 条件“使用费超过0元”总是成立，对结论没有作用，请删去或改正。",
        "▸ 没有一个例子使条件“使用费超过0元”为否，请补例子。",
    ]


def test_an_amount_that_can_never_be_within_bounds_is_told(told: Told) -> None:
    never = rule("review", "{if: fee < nothing}", "fee: 1 → no").replace("  r", f"  {MARK}r", 1)
    assert told(rules=f"rules:\n{never}")[0] == (
        "▸ 条件“使用费低于0元”永远不能成立，对结论没有作用，请删去或改正。"
    )


def test_a_choice_of_everything_is_told(told: Told) -> None:
    when = "{any: [{if: fee > low}, {if: room, is: [large, small]}]}"
    every = rule("review", when, "fee: 101 → yes", "fee: 1 → unknown", "room: large → yes")
    assert told(rules=f"rules:\n{every}")[0] == (
        "2 条件“会议室为“大”、“小”之一”总是成立，对结论没有作用，请删去或改正。"
    )


def test_a_level_that_says_nothing_is_told(told: Told) -> None:
    when = "{all: [{any: [{if: urgent}]}, {if: fee > low}]}"
    alone = rule("review", when, "urgent: yes, fee: 101 → yes", "urgent: no → no", "fee: 1 → no")
    assert told(rules=f"rules:\n{alone}") == [
        "2 条件“情况紧急”单独放在 all 或 any 里重复了一层，请去掉多余的一层。"
    ]


# Leaves that no example exercises -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("example", "lacking"), [("fee: 101 → yes", "为否"), ("fee: 100 → no", "为是")]
)
def test_a_condition_that_the_examples_try_one_way_only_is_told_at_its_rule(
    told: Told, example: str, lacking: str
) -> None:
    untried = rule("review", "{if: fee > low}", example).replace("  review", f"  {MARK}review", 1)
    assert told(rules=f"rules:\n{APPROVAL}{untried}") == [
        f"▸ 没有一个例子使条件“使用费超过100元”{lacking}，请补例子。"
    ]


def test_a_condition_without_any_example_is_told_once(told: Told) -> None:
    untried = rule("review", "{if: urgent}").replace("    examples:\n", "")
    assert told(rules=f"rules:\n{untried}") == [
        "2 没有一个例子使条件“情况紧急”为是、为否，请补例子。"
    ]


PAPER = """documents:
  ▸form:
    label: 审核表
    prepared_by: office
    received_by: office
    law: art1
    quote: 报办公室审核
    when: 审核时
    required: {if: fee > low}
"""


def test_a_paper_is_held_to_the_same(told: Told) -> None:
    assert told(documents=PAPER) == ["▸ 没有一个例子使条件“使用费超过100元”为是、为否，请补例子。"]
    examples = "    examples: [{given: {fee: 101}, then: yes}, {given: {fee: 100}, then: no}]\n"
    assert told(documents=PAPER + examples) == []


def test_a_paper_that_everybody_files_needs_no_examples(told: Told) -> None:
    assert told(documents=PAPER.replace("{if: fee > low}", "always")) == []


# Overlaps and gaps of decisions -------------------------------------------------------------------

ROUTE = """decisions:
  ▸route:
    label: 办理方式
    ask: 由谁办理？
    first_of: [approval, review]
    otherwise: user
    unknown: 尚不能确定
    law: art1
    outcomes:
      approval: {label: 报主任审批, says: 报主任审批, law: art1}
      review: {label: 报办公室审核, says: 报办公室审核, law: art1}
      user: {label: 使用人办理, says: 由使用人办理, law: art1}
"""
OVERLAP = (
    "▸ 报主任审批、报办公室审核同时成立，取先列的“报主任审批”（例如 使用费：500.01元）；"
    "如属有意，请在 understood 中写明。"
)
GAP = "▸ 没有规则成立，落入“使用人办理”（例如 使用费：0.01元）；如属有意，请在 understood 中写明。"


def decided(route: str) -> str:
    return f"rules:\n{APPROVAL}{REVIEW}{route}"


def test_a_gap_and_an_overlap_are_told_with_facts_that_show_them(told: Told) -> None:
    assert told(rules=decided(ROUTE)) == [GAP, OVERLAP]


def test_an_overlap_that_is_understood_is_not_told(told: Told) -> None:
    understood = "    understood: [{when: {if: fee > high}, note: 审批包括审核}]\n"
    assert told(rules=decided(ROUTE + understood)) == [GAP]


def test_a_gap_that_is_understood_is_not_told(told: Told) -> None:
    understood = "    understood: [{when: {if: fee <= low}, note: 数额小的自行办理}]\n"
    assert told(rules=decided(ROUTE + understood)) == [OVERLAP]


def test_what_is_understood_covers_no_more_than_it_says(told: Told) -> None:
    understood = "    understood: [{when: {if: fee < low}, note: 数额小的自行办理}]\n"
    assert told(rules=decided(ROUTE + understood))[0] == GAP.replace("0.01元", "100元")


def test_a_gap_in_several_facts_is_shown_with_a_value_of_each(told: Told) -> None:
    when = "{all: [{if: urgent}, {if: room, is: large}, {if: fee > low}]}"
    both = rule(
        "review",
        when,
        "urgent: yes, room: large, fee: 101 → yes",
        "urgent: no → no",
        "room: small → no",
        "fee: 100 → no",
    )
    alone = ROUTE.replace("[approval, review]", "[review]").replace(
        "      approval: {label: 报主任审批, says: 报主任审批, law: art1}\n", ""
    )
    assert told(rules=f"rules:\n{both}{alone}") == [
        "▸ 没有规则成立，落入“使用人办理”（例如 情况紧急：是，会议室：大，使用费：0.01元）；"
        "如属有意，请在 understood 中写明。"
    ]
