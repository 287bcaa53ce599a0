"""Filled examples of workbooks: what they say is checked against the model, at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.model.contents import (
    KEY,
    Listing,
    Questions,
    questions_of,
    read_contents,
    read_written,
)
from generator.model.edition import Fact, FactType
from generator.model.layout import Layout
from generator.model.load import load_edition
from generator.model.problems import Problem
from generator.model.values import BadValue
from generator.model.yaml_source import Path_
from tests.model.test_mistakes import EDITION, SHOWN_AS, Draft
from tests.support.editions import edition_of

FILE = "examples/vehicle.yml"


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """A draft without mistakes."""
    return Draft(tmp_path / "data")


def given(at: Path_) -> Any:
    """An answer of the example as it stands."""
    return edition_of(EDITION).samples["vehicle"].contents[at].value


# What is read ------------------------------------------------------------------------------------


def test_an_example_says_of_which_day_it_is() -> None:
    assert edition_of(EDITION).samples["vehicle"].as_of == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("answers", "plate"), "=云A·00000（虚构）"),
        (("answers", "fiscal_funds"), True),
        (("answers", "enforcement_vehicle"), False),  # written as 否
        (("answers", "purchase_price"), 12_345_678),  # in 分
        (("answers", "vehicle_type"), "electric"),  # written as its label
        (("answers", "applied_on"), date(2025, 1, 6)),
        (("answers", "replied_on"), date(2025, 1, 10)),
        (("deadlines", "filing"), date(2025, 2, 20)),
        (("deadlines", "monthly_report", 1, "sent"), date(2025, 4, 2)),
        (("papers", "quota_certificate", "ready"), True),
        (("steps", "apply", "received"), date(2025, 1, 8)),
        (("tables", "repairs", 1, "key"), "2"),  # written as a number
        (("tables", "repairs", 1, "repair_cost"), 150_050),
    ],
)
def test_values_are_read_as_people_write_them(at: Path_, value: Any) -> None:
    assert given(at) == value


def test_an_edition_needs_no_example(draft: Draft) -> None:
    (draft.folder / FILE).unlink()
    assert load_edition(draft.folder).samples == {}
    (draft.folder / "examples").rmdir()
    assert load_edition(draft.folder).samples == {}


def test_an_example_is_no_part_of_the_model(draft: Draft) -> None:
    before = load_edition(draft.folder).model_hash
    draft.change(FILE, "as_of: 2025-06-30", "as_of: 2025-07-01")
    assert load_edition(draft.folder).model_hash == before


# Mistakes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("  plate:", "  ▸plat:", "本工作簿没有事实或自设项目 “plat”，是否为 “plate”？"),
        (
            "  filing: 2025",
            "  ▸filling: 2025",
            "本工作簿没有期限 “filling”，是否为 “filing”？",
        ),
        (
            "  application_form:",
            "  ▸aplication_form:",
            "本工作簿没有材料 “aplication_form”，是否为 “application_form”？",
        ),
        (
            "  filing: 2025-02-20",
            "  ▸reply: 2025-02-20",
            "办结的日期写在 answers 的 “replied_on” 中，此处不再写。",
        ),
        ("  repairs:", "  ▸repair:", "本工作簿没有表格 “repair”，是否为 “repairs”？"),
        (
            "2, repair_cost:",
            "2, ▸repair_costs:",
            "没有 “repair_costs” 这一栏，是否为 “repair_cost”？",
        ),
        (
            "fiscal_funds: yes",
            "fiscal_funds: ▸对",
            "使用财政性资金：应为 是 或 否（yes、no），现为 “对”。",
        ),
        (
            "purchase_price: 123456.78",
            "purchase_price: ▸123456.789",
            "购置价格：元最多 2 位小数，现为 “123456.789”。",
        ),
        (
            "applied_on: 2025-01-06",
            "applied_on: ▸2025-02-30",
            "申请之日：没有 2025-02-30 这一天。",
        ),
        (
            "evidence: 档案室}",
            'evidence: ▸"档\\x01案"}',
            "佐证：含有看不见的控制字符，请删去后重新填写。",
        ),
        ("key: 2,", 'key: ▸"=1",', "=维修单号与第 1 行重复。"),
        ("    - {key: 2, repair_cost", "    - ▸{repair_cost", "缺少 key（=维修单号）。"),
        ("as_of: 2025-06-30", "as_of: ▸2025-6-30", "应为日期，写作 2022-10-12，现为 “2025-6-30”。"),
        ("papers:", "▸paper:", "未知的键 “paper”，是否为 “papers”？"),
    ],
)
def test_a_mistake_in_an_example_is_told_at_its_place(
    draft: Draft, right: str, wrong: str, message: str
) -> None:
    place = draft.change(FILE, right, wrong)
    assert draft.told == [f"{place}: {message}"]


def test_a_choice_that_there_is_not_is_told_with_the_labels(draft: Draft) -> None:
    place = draft.change(
        FILE,
        "vehicle_type: 纯电动汽车",
        "vehicle_type: ▸纯电动车",
    )
    (told,) = draft.told
    assert told.startswith(f"{place}: ")
    assert told.endswith("现为 “纯电动车”，是否为 “纯电动汽车”？")
    assert "“轿车”、“纯电动汽车”、" in told


def test_the_day_to_count_from_is_required(draft: Draft) -> None:
    draft.change(FILE, "as_of: 2025-06-30\n", "")
    assert [told.partition(": ")[2] for told in draft.told] == ["缺少键 “as_of”。"]


def test_more_rows_than_the_table_has_are_told(draft: Draft) -> None:
    rows = "\n".join(f"    - {{key: 续{n}, repair_cost: 1}}" for n in range(5))
    draft.change(FILE, "    - {key: 2,", f"{rows}\n    - {{key: 2,")
    (told,) = draft.told
    assert told.endswith("表中只有 6 行，放不下第 7 行。")


def test_all_mistakes_are_told_in_one_run(draft: Draft) -> None:
    draft.change(FILE, "fiscal_funds: yes", "fiscal_funds: 对")
    draft.change(FILE, "  filing: 2025-02-20", "  filling: 2025-02-20")
    draft.change("facts.yml", "label: 登记信息已备案", "label: 车辆登记之日")
    assert len(draft.told) == 3


def test_an_example_of_no_workbook_is_told_with_the_nearest(draft: Draft) -> None:
    (draft.folder / FILE).rename(draft.folder / "examples/vehicel.yml")
    assert draft.told == [
        f"{SHOWN_AS}/examples/vehicel.yml:1:1: 没有工作簿 “vehicel”，是否为 “vehicle”？"
    ]


def test_what_is_broken_elsewhere_is_told_there_alone(draft: Draft) -> None:
    place = draft.change(
        "facts.yml",
        "  purchase_price:\n    label: 购置价格",
        "  purchase_price:\n    labels: 购置价格",
    )
    assert all(told.startswith(f"{SHOWN_AS}/facts.yml") for told in draft.told), place


# Kinds of questions ------------------------------------------------------------------------------


def fact(id: str, type_: FactType, **more: Any) -> Fact:
    return Fact(id, id, "？", type_, None, 0, False, "", more.get("choices", {}), None, None)


LAYOUT = Layout.model_validate(
    {
        "title": "登记",
        "file": "登记",
        "audience": "clerk",
        "sheets": [
            {
                "name": "一",
                "blocks": [
                    {"block": "steps", "title": "步骤", "steps": ["asked", "answered"]},
                    {
                        "block": "register",
                        "id": "quarters",
                        "title": "季度",
                        "key": {"label": "季度", "of": "report", "sent": "sent_on"},
                        "columns": ["spent", "sent_on"],
                        "rows": 3,
                    },
                    {
                        "block": "register",
                        "id": "visits",
                        "title": "来访",
                        "key": {"label": "来访者"},
                        "columns": ["spent"],
                        "rows": 3,
                    },
                ],
            }
        ],
    }
)
FACTS = {
    "spent": fact("spent", FactType.TEXT),
    "sent_on": fact("sent_on", FactType.DATE),
    "earlier": fact("earlier", FactType.AMOUNTS),
}


@pytest.fixture
def questions() -> Questions:
    return questions_of(LAYOUT, FACTS, {}, {})


def tell(at: Path_, message: str, *, on_key: bool = False) -> Problem:  # noqa: ARG001
    return Problem("/".join(map(str, at)), 1, 1, message)


def read(questions: Questions, **written: Any) -> tuple[dict[Path_, Any], list[str]]:
    contents, problems = read_contents(questions, written, tell)
    return {at: given.value for at, given in contents.items()}, [str(each) for each in problems]


def test_a_list_of_amounts_is_nothing_that_one_cell_holds(questions: Questions) -> None:
    assert set(questions["answers"]) == {"spent", "sent_on"}


def test_steps_hold_what_is_noted_of_each(questions: Questions) -> None:
    noted = {"number": "一号", "sent": "2025-01-02", "received": "2025-01-03", "evidence": None}
    assert read(questions, steps={"asked": noted}) == (
        {
            ("steps", "asked", "number"): "一号",
            ("steps", "asked", "sent"): date(2025, 1, 2),
            ("steps", "asked", "received"): date(2025, 1, 3),
        },
        [],
    )


def test_a_register_is_a_list_of_rows_known_by_their_keys(questions: Questions) -> None:
    rows = [{KEY: "甲", "spent": "1"}, {}, {KEY: "乙"}]
    assert read(questions, registers={"visits": rows}) == (
        {
            ("registers", "visits", 0, KEY): "甲",
            ("registers", "visits", 0, "spent"): "1",
            ("registers", "visits", 2, KEY): "乙",
        },
        [],
    )


def test_the_rows_of_a_recurring_deadline_are_known_by_their_days(questions: Questions) -> None:
    right = {"quarters": [{KEY: "2025-03-31", "spent": "1"}]}
    assert read(questions, registers=right)[0]["registers", "quarters", 0, KEY] == date(2025, 3, 31)
    wrong = {"quarters": [{KEY: "一季度", "spent": "1"}]}
    assert read(questions, registers=wrong)[1] == [
        "registers/quarters/0/key:1:1: 季度：应为日期，写作 2024-06-30，现为 “一季度”。"
    ]
    assert isinstance(questions["registers"]["quarters"], Listing)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"steps": "asked"}, "steps:1:1: 应为“键: 值”，每行一个。"),
        ({"steps": {"asked": "甲"}}, "steps/asked:1:1: 应为“键: 值”，每行一个。"),
        ({"registers": {"visits": "甲"}}, "registers/visits:1:1: 应为列表，一行一项。"),
        ({"registers": {"visits": ["甲"]}}, "registers/visits/0:1:1: 应为“键: 值”，每行一个。"),
        ({"answers": {"spent": [1]}}, "answers/spent:1:1: spent：应为文字，现为 列表。"),
    ],
)
def test_what_has_another_form_is_told(
    questions: Questions, written: dict[str, Any], told: str
) -> None:
    assert read(questions, **written) == ({}, [told])


def test_keys_are_short_and_of_one_line(questions: Questions) -> None:
    rows = [{KEY: "长" * 101}, {KEY: "两\n行"}]
    assert read(questions, registers={"visits": rows}) == (
        {},
        [
            "registers/visits/0/key:1:1: 来访者：太长（最多100个字）。",
            "registers/visits/1/key:1:1: 来访者：不能换行。",
        ],
    )


def test_a_text_that_no_cell_holds_is_refused() -> None:
    assert read_written(FACTS["spent"], "字" * 32_767) == "字" * 32_767
    with pytest.raises(BadValue, match="太长"):
        read_written(FACTS["spent"], "字" * 32_768)
    with pytest.raises(BadValue, match="控制字符"):
        read_written(FACTS["spent"], "\ud800")


def test_an_id_comes_before_a_label_that_reads_like_another() -> None:
    choice = fact("way", FactType.CHOICE, choices={"yes": "no", "no": "yes"})
    assert read_written(choice, "yes") == "yes"
    assert read_written(choice, True) == "yes"
