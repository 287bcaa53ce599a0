"""What people write is taken exactly or told as a problem in Chinese; it never crashes anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.values import Value
from generator.rules.answers import read_answers
from tests.support.editions import EDITIONS, edition_of

EDITION = edition_of("qidong-2022")


def read(**facts: Any) -> tuple[Mapping[str, Value], list[tuple[str, str]]]:
    answers, problems = read_answers(EDITION, facts)
    return answers, [(problem.fact, problem.message) for problem in problems]


# Taken exactly -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "steps"),
    [
        (300, 300_000_000),
        ("300", 300_000_000),
        ("300.010000", 300_010_000),
        (Decimal("300.01"), 300_010_000),
        (300.01, 300_010_000),
        ("300.000001", 300_000_001),
        (0.1, 100_000),
        (Decimal("3E+2"), 300_000_000),
        ("+300", 300_000_000),
        ("1000000", 10**12),
        ("0.000001", 1),
        ("300." + "0" * 60, 300_000_000),
    ],
)
def test_an_amount_is_taken_exactly(raw: Any, steps: int) -> None:
    assert read(total_investment=raw) == ({"total_investment": steps}, [])


def test_cuts_are_negative_amounts() -> None:
    assert read(adjust_amount=-36, prior_adjustments=["-10", 20.5]) == (
        {"adjust_amount": -36_000_000, "prior_adjustments": (-10_000_000, 20_500_000)},
        [],
    )


def test_an_adjustment_of_nothing_is_an_amount() -> None:
    assert read(adjust_amount=0) == ({"adjust_amount": 0}, [])


def test_an_empty_list_is_none_and_a_blank_in_a_list_stays_a_blank() -> None:
    assert read(prior_adjustments=[])[0] == {"prior_adjustments": ()}
    assert read(prior_adjustments=[5, None])[0] == {"prior_adjustments": (5_000_000, None)}


@pytest.mark.parametrize(
    ("raw", "value"), [("yes", True), ("no", False), (True, True), (False, False)]
)
def test_yes_and_no_are_words_or_booleans(raw: Any, value: bool) -> None:
    assert read(depth_reached=raw) == ({"depth_reached": value}, [])


@pytest.mark.parametrize(
    ("raw", "choice"), [("mixed", "mixed"), ("no", "no"), (False, "no"), (True, "yes")]
)
def test_a_choice_is_its_id_also_where_json_writes_a_boolean(raw: Any, choice: str) -> None:
    assert read(secret=raw) == ({"secret": choice}, [])


@pytest.mark.parametrize("raw", ["2024-02-29", date(2024, 2, 29)])
def test_a_date_is_taken(raw: Any) -> None:
    assert read(built_on=raw) == ({"built_on": date(2024, 2, 29)}, [])


@pytest.mark.parametrize("fact", ["total_investment", "depth_reached", "secret", "built_on"])
def test_null_is_unknown_and_no_problem(fact: str) -> None:
    assert read(**{fact: None}) == ({}, [])


# Told as problems --------------------------------------------------------------------------------

NOT_A_NUMBER = "总投资：应为数字（万元），只写半角数字和小数点，现为 “{}”。"
TOO_MUCH = "总投资：超过 1000000万元 的上限，请核对单位。"
WRONG = [
    ("total_investment", "300万元", NOT_A_NUMBER.format("300万元")),
    ("total_investment", "约300", NOT_A_NUMBER.format("约300")),
    ("total_investment", "３００", NOT_A_NUMBER.format("３００")),
    ("total_investment", "", NOT_A_NUMBER.format("")),
    ("total_investment", " 300", NOT_A_NUMBER.format(" 300")),
    ("total_investment", "3,000", NOT_A_NUMBER.format("3,000")),
    ("total_investment", "3e2", NOT_A_NUMBER.format("3e2")),
    ("total_investment", "300.", NOT_A_NUMBER.format("300.")),
    ("total_investment", "-", NOT_A_NUMBER.format("-")),
    ("total_investment", True, NOT_A_NUMBER.format("true")),
    ("total_investment", float("nan"), NOT_A_NUMBER.format("nan")),
    ("total_investment", float("inf"), NOT_A_NUMBER.format("inf")),
    ("total_investment", Decimal("NaN"), NOT_A_NUMBER.format("NaN")),
    ("total_investment", Decimal("-Infinity"), NOT_A_NUMBER.format("-Infinity")),
    ("total_investment", [300], NOT_A_NUMBER.replace("“{}”", "列表")),
    ("total_investment", {"a": {"b": 1}}, NOT_A_NUMBER.replace("“{}”", "“键: 值”")),
    ("total_investment", 0, "总投资：应大于0万元，现为 “0”。"),
    ("total_investment", -5, "总投资：应大于0万元，现为 “-5”。"),
    ("total_investment", "-0", "总投资：应大于0万元，现为 “-0”。"),
    (
        "total_investment",
        "300.0000001",
        "总投资：万元最多 6 位小数，现为 “300.0000001”。",
    ),
    # More digits than decimal arithmetic keeps by default.
    (
        "total_investment",
        "300." + "0" * 40 + "1",
        "总投资：万元最多 6 位小数，现为 “300.000000000000000000000000000000000000…”。",
    ),
    ("total_investment", 0.1 + 0.2, "总投资：万元最多 6 位小数，现为 “0.30000000000000004”。"),
    ("total_investment", Decimal("1e-999999"), "总投资：万元最多 6 位小数，现为 “1E-999999”。"),
    ("total_investment", 1000001, TOO_MUCH),
    ("total_investment", "1000000.000001", TOO_MUCH),
    ("total_investment", Decimal("1e999"), TOO_MUCH),
    ("total_investment", Decimal("1e999999"), TOO_MUCH),
    (
        "total_investment",
        Decimal("1e999999999999"),
        TOO_MUCH,
    ),
    ("total_investment", 10**5000, TOO_MUCH),
    ("adjust_amount", "-1000000.1", "本次资金调整数额：超过 1000000万元 的上限，请核对单位。"),
    ("prior_adjustments", 20, "此前历次资金调整数额：应为金额的列表，没有则写 []，现为 “20”。"),
    (
        "prior_adjustments",
        "无",
        "此前历次资金调整数额：应为金额的列表，没有则写 []，现为 “无”。",
    ),
    (
        "prior_adjustments",
        [5, "多"],
        "此前历次资金调整数额：应为数字（万元），只写半角数字和小数点，现为 “多”。",
    ),
    (
        "prior_adjustments",
        [[5]],
        "此前历次资金调整数额：应为数字（万元），只写半角数字和小数点，现为 列表。",
    ),
    ("depth_reached", "是", "前期工作达到一定深度要求：应为 yes 或 no，现为 “是”。"),
    ("depth_reached", 1, "前期工作达到一定深度要求：应为 yes 或 no，现为 “1”。"),
    ("depth_reached", "", "前期工作达到一定深度要求：应为 yes 或 no，现为 “”。"),
    ("depth_reached", ["yes"], "前期工作达到一定深度要求：应为 yes 或 no，现为 列表。"),
    ("secret", "mixd", "涉密情况：应为 no、yes、mixed 之一，现为 “mixd”，是否为 “mixed”？"),
    ("secret", "涉密", "涉密情况：应为 no、yes、mixed 之一，现为 “涉密”。"),
    ("secret", 10**5000, f"涉密情况：应为 no、yes、mixed 之一，现为 “1{'0' * 39}…”。"),
    ("adjust_reason", True, None),
    ("built_on", "2024-02-30", "建成日期：没有 2024-02-30 这一天。"),
    ("built_on", "2023-02-29", "建成日期：没有 2023-02-29 这一天。"),
    ("built_on", "2024/3/15", "建成日期：应为日期，写作 2024-06-30，现为 “2024/3/15”。"),
    ("built_on", "2024年3月15日", "建成日期：应为日期，写作 2024-06-30，现为 “2024年3月15日”。"),
    ("built_on", "２０２４-03-15", "建成日期：应为日期，写作 2024-06-30，现为 “２０２４-03-15”。"),
    ("built_on", 45366, "建成日期：应为日期，写作 2024-06-30，现为 “45366”。"),
    ("built_on", "1999-12-31", "建成日期：日期须在2000年至2099年之间，现为 1999-12-31。"),
    ("built_on", "2100-01-01", "建成日期：日期须在2000年至2099年之间，现为 2100-01-01。"),
    (
        "built_on",
        datetime(2024, 3, 15, 8, 30),
        "建成日期：应为日期，写作 2024-06-30，现为 “2024-03-15 08:30:00”。",
    ),
]


@pytest.mark.parametrize(
    ("fact", "raw", "message"), WRONG, ids=[f"{fact}-{n}" for n, (fact, *_) in enumerate(WRONG)]
)
def test_a_wrong_value_is_told_by_the_facts_name_and_counts_as_unknown(
    fact: str, raw: Any, message: str | None
) -> None:
    answers, problems = read(**{fact: raw})
    assert answers == {}
    assert [named for named, _ in problems] == [fact]
    assert problems[0][1].startswith(f"{EDITION.facts[fact].label}：")
    assert message is None or problems[0][1] == message


def test_an_unknown_fact_is_told_with_the_nearest() -> None:
    _, problems = read(total_investmnt=300)
    assert problems == [
        ("total_investmnt", "未知的事实 “total_investmnt”，是否为 “total_investment”？")
    ]


def test_an_unknown_fact_like_no_other_is_told_without_a_guess() -> None:
    assert read(颜色="红")[1] == [("颜色", "未知的事实 “颜色”。")]


def test_a_key_that_is_no_text_is_an_unknown_fact() -> None:
    answers, problems = read_answers(EDITION, {300: 1})  # type: ignore[dict-item]
    assert answers == {}
    assert [problem.message for problem in problems] == ["未知的事实 “300”。"]


def test_a_derived_value_is_computed_and_cannot_be_stated() -> None:
    assert [fact for fact, _ in read(changed=5)[1]] == ["changed"]


def test_an_end_before_its_start_is_told_once_and_counts_as_unknown() -> None:
    answers, problems = read(construction_start="2024-08-15", construction_end="2024-02-10")
    assert set(answers) == {"construction_start"}
    assert problems == [("construction_end", "竣工日期：2024-02-10 早于开工日期 2024-08-15。")]


def test_an_end_on_the_day_of_its_start_is_fine() -> None:
    assert read(construction_start="2024-08-15", construction_end="2024-08-15")[1] == []


def test_every_wrong_value_is_told_and_the_right_ones_are_kept() -> None:
    answers, problems = read(total_investment="很多", depth_reached="yes", built_on="昨天", x=1)
    assert set(answers) == {"depth_reached"}
    assert [fact for fact, _ in problems] == ["total_investment", "built_on", "x"]


def test_amounts_of_yuan_have_two_decimals() -> None:
    edition = edition_of("yunling-2025")
    answers, problems = read_answers(edition, {"purchase_price": "180000.015"})
    assert answers == {}
    assert problems[0].message == "购置价格：元最多 2 位小数，现为 “180000.015”。"
    assert read_answers(edition, {"purchase_price": "180000.01"})[0] == {
        "purchase_price": 18_000_001
    }


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=12)
    | st.dates()
    | st.datetimes()
    | st.binary(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@pytest.mark.parametrize("id", EDITIONS)
@given(data=st.data())
def test_nothing_that_anybody_writes_raises_an_error(id: str, data: st.DataObject) -> None:
    edition = edition_of(id)
    facts = data.draw(
        st.dictionaries(st.sampled_from([*edition.facts, "其他"]), ANYTHING, max_size=4)
    )
    answers, problems = read_answers(edition, facts)
    told = {problem.fact for problem in problems}
    assert not told & set(answers)
    nothing = {name for name, raw in facts.items() if raw is None and name in edition.facts}
    assert told | set(answers) == set(facts) - nothing


@given(st.integers(-(10**12), 10**12))
def test_an_amount_written_in_any_way_is_the_same_amount(steps: int) -> None:
    exact = Decimal(steps) / 10**6
    ways = [exact, f"{exact:f}", json.loads(f"{exact:f}", parse_float=Decimal)]
    assert [read(adjust_amount=way)[0].get("adjust_amount") for way in ways] == [steps] * 3
