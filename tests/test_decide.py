"""`banfa decide`: facts in, as YAML or JSON; verdicts out, for people or as one JSON document."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

import pytest

from generator.checks import checked_edition
from generator.cli import main
from generator.model.problems import DataProblems
from tests.support.regulation import DATA, FICTITIOUS_DATA, QIDONG

ENGLISH = re.compile(r"Traceback|Usage:|Error|Invalid|line \d|None")


@dataclass(frozen=True)
class Result:
    """How the command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[dict[str, Any]]:
        """What stands on standard output: one JSON document and nothing else."""
        found: list[dict[str, Any]] = json.loads(self.out)
        return found


Decide: TypeAlias = Callable[..., Result]


@pytest.fixture
def decide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Decide:
    """Runs the command on a file with this text."""

    def run(text: str, *options: str, name: str = "facts.yml", data: Path = DATA) -> Result:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(["--data", str(data), "decide", str(file), *options])
        printed = capsys.readouterr()
        assert not ENGLISH.search(printed.out + printed.err)
        return Result(int(end.value.code or 0), printed.out, printed.err)

    return run


# What goes in -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("facts.yml", "total_investment: 300\ndepth_reached: yes\n"),
        ("facts.yml", "total_investment: 300.00\ndepth_reached: true\n"),
        ("facts.yml", '{total_investment: "300", depth_reached: "yes"}\n'),
        ("facts.json", '{"total_investment": 300, "depth_reached": true}'),
        ("facts.json", '{"total_investment": 300.0, "depth_reached": "yes"}'),
        ("facts.json", '{"total_investment": 3e2, "depth_reached": "yes"}'),
        ("facts.json", '\ufeff{\n\t"total_investment": "300",\n\t"depth_reached": true\n}'),
        ("facts.txt", '{"total_investment": 300, "depth_reached": true, "urgent": null}'),
    ],
)
def test_facts_are_taken_as_yaml_or_json_with_numbers_or_digits(
    decide: Decide, name: str, text: str
) -> None:
    result = decide(text, "--json", name=name)
    assert result.code == 0
    assert result.json[0]["decisions"]["approval_route"]["outcome"] == "merge_all"


def test_one_mapping_gives_a_list_of_one_without_id(decide: Decide) -> None:
    found = decide("total_investment: 300\n", "--json").json
    assert [each["id"] for each in found] == [None]


def test_a_list_keeps_its_order_and_its_ids(decide: Decide) -> None:
    text = """
    - {id: 乙-2, facts: {total_investment: 301}}
    - {id: 甲-1, facts: {total_investment: 299}}
    - {id: 7, facts: {}}
    - {facts: {total_investment: 300}}
    """
    found = decide(text, "--json").json
    assert [each["id"] for each in found] == ["乙-2", "甲-1", "7", None]
    verdicts = [each["rules"]["supervision_mandatory"]["verdict"] for each in found]
    assert verdicts == ["yes", "no", "unknown", "yes"]


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "甲-1", "facts": {"total_investment": 299}}',
        "id: 甲-1\nfacts: {total_investment: 299}",
    ],
    ids=["json", "yaml"],
)
def test_one_project_may_bear_its_id_without_a_list(decide: Decide, text: str) -> None:
    (found,) = decide(text, "--json").json
    assert found["id"] == "甲-1"
    assert found["rules"]["supervision_mandatory"]["verdict"] == "no"


def test_two_projects_of_one_id_are_both_answered(decide: Decide) -> None:
    found = decide('[{"id": "a", "facts": {}}, {"id": "a", "facts": {}}]', "--json").json
    assert [each["id"] for each in found] == ["a", "a"]


def test_an_empty_list_gives_an_empty_list(decide: Decide) -> None:
    result = decide("[]", "--json")
    assert (result.code, result.json) == (0, [])


CHANGE = """{"approved_estimate": %s, "adjust_amount": %s, "prior_adjustments": [],
"scale_exceeds": false, "goal_changed": false, "main_content_change_needed": true,
"adjust_reason": "technical_optimisation"}"""


@pytest.mark.parametrize(
    ("estimate", "amount", "verdict"),
    [
        # In binary floating point 32.395 / 323.95 is more than a tenth.
        ("323.95", "32.395", "yes"),
        ("323.95", "32.395001", "no"),
        ('"323.95"', '"-32.395"', "yes"),
        ("323.95", "3.2395e1", "yes"),
    ],
)
def test_amounts_of_json_are_exact(
    decide: Decide, estimate: str, amount: str, verdict: str
) -> None:
    found = decide(CHANGE % (estimate, amount), "--json", name="facts.json").json[0]
    assert found["rules"]["self_adjustment"]["verdict"] == verdict
    assert found["problems"] == []


def test_facts_come_by_standard_input_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = SimpleNamespace(buffer=io.BytesIO(b"total_investment: 300\n"))
    monkeypatch.setattr("sys.stdin", typed)
    with pytest.raises(SystemExit) as end:
        main(["--data", str(DATA), "decide", "-", "--json"])
    assert end.value.code == 0
    found = json.loads(capsys.readouterr().out)
    assert found[0]["rules"]["supervision_mandatory"]["verdict"] == "yes"


# Day and edition ----------------------------------------------------------------------------------


def test_the_day_asked_for_is_the_day_of_the_answer(decide: Decide) -> None:
    facts = "built_on: 2024-03-15\n"
    assert decide(facts, "--json", "--as-of", "2024-09-01").json[0]["as_of"] == "2024-09-01"
    assert "截至2024年9月1日，还有14天。" in decide(facts, "--as-of", "2024-09-01").out


def test_without_a_day_it_is_today(decide: Decide) -> None:
    before = date.today()
    found = decide("{}", "--json").json[0]["as_of"]
    assert before.isoformat() <= found <= date.today().isoformat()


@pytest.mark.parametrize("day", ["2024-02-30", "明天", "2024-9-1", "20240901", "2024-W01-1"])
def test_a_day_that_does_not_exist_or_is_written_otherwise_is_wrong_usage(
    decide: Decide, day: str
) -> None:
    result = decide("{}", "--json", "--as-of", day)
    assert (result.code, result.out) == (2, "")
    assert f"选项 “--as-of” 应为日期，写作 2024-06-30，现为 “{day}”。" in result.err


def test_the_edition_asked_for_answers(decide: Decide) -> None:
    found = decide("{}", "--json", "--edition", QIDONG.name).json[0]
    assert found["edition"] == "qidong-2022"
    other = decide("vehicle_type: listed\n", "--json", data=FICTITIOUS_DATA).json[0]
    assert other["edition"] == "yunling-2025"
    assert other["documents"]["necessity_statement"]["required"] == "yes"


def test_a_mistake_in_a_workbook_keeps_nobody_from_an_answer(
    decide: Decide, tmp_path: Path
) -> None:
    """It is `check` and `build` that tell it; no workbook decides anything."""
    data = tmp_path / "data"
    shutil.copytree(FICTITIOUS_DATA, data)
    layout = data / "yunling-2025" / "workbooks" / "vehicle.yml"
    words = layout.read_text("utf-8")
    assert words.count("- name: 缺漏\n") == 1
    layout.write_text(words.replace("- name: 缺漏\n", "- name: History\n"), "utf-8")
    with pytest.raises(DataProblems, match="工作表不能叫“History”"):
        checked_edition(data / "yunling-2025", "yunling-2025")
    assert decide("repair_estimate: 5000\n", data=data).code == 0


def test_an_edition_that_does_not_exist_is_told(decide: Decide) -> None:
    result = decide("{}", "--json", "--edition", "qidong-2021")
    assert (result.code, result.out) == (1, "")
    assert "qidong-2022" in result.err


# Wrong values -------------------------------------------------------------------------------------

WRONG = {
    "total_investment": "300万元",
    "approved_estimate": 0,
    "adjust_amount": "１２",
    "prior_adjustments": 5,
    "built_on": "2024-02-30",
    "construction_start": "2024-08-15",
    "construction_end": "2024-02-10",
    "depth_reached": "是",
    "secret": "maybe",
    "urgnet": True,
    "clear_requirement": True,
    "in_annual_plan": False,
    "emergency": False,
}


def test_each_wrong_value_is_a_problem_with_the_name_of_its_fact(decide: Decide) -> None:
    result = decide(json.dumps(WRONG), "--json", name="facts.json")
    assert result.code == 1
    assert {each["fact"]: each["message"] for each in result.json[0]["problems"]} == {
        "total_investment": ("总投资：应为数字（万元），只写半角数字和小数点，现为 “300万元”。"),
        "approved_estimate": "概算总投资：应大于0万元，现为 “0”。",
        "adjust_amount": (
            "本次资金调整数额：应为数字（万元），只写半角数字和小数点，现为 “１２”。"
        ),
        "prior_adjustments": "此前历次资金调整数额：应为金额的列表，没有则写 []，现为 “5”。",
        "built_on": "建成日期：没有 2024-02-30 这一天。",
        "construction_end": "竣工日期：2024-02-10 早于开工日期 2024-08-15。",
        "depth_reached": "前期工作达到一定深度要求：应为 yes 或 no，现为 “是”。",
        "secret": "涉密情况：应为 no、yes、mixed 之一，现为 “maybe”。",
        "urgnet": "未知的事实 “urgnet”，是否为 “urgent”？",
    }


def test_all_else_is_still_answered_and_wrong_values_are_unknown(decide: Decide) -> None:
    found = decide(json.dumps(WRONG), "--json", name="facts.json").json[0]
    assert found["rules"]["fiscal_funds_barred"]["verdict"] == "yes"
    assert found["rules"]["merge_all"]["missing"] == ["depth_reached"]
    assert found["rules"]["supervision_mandatory"]["missing"] == ["total_investment"]
    assert found["deadlines"]["acceptance_application"]["missing"] == ["built_on"]
    assert found["deadlines"]["quarterly_report"]["missing"] == ["construction_end"]
    assert found["documents"]["secrecy_test"]["missing"] == ["secret"]


def test_too_many_decimals_are_never_rounded(decide: Decide) -> None:
    result = decide('{"total_investment": 300.0000001}', "--json", name="facts.json")
    assert result.code == 1
    assert [each["message"] for each in result.json[0]["problems"]] == [
        "总投资：万元最多 6 位小数，现为 “300.0000001”。"
    ]


def test_one_wrong_project_among_many_fails_the_whole_and_answers_them_all(decide: Decide) -> None:
    text = (
        '[{"id": "a", "facts": {}}, {"id": "b", "facts": {"secret": 3}}, {"id": "c", "facts": {}}]'
    )
    result = decide(text, "--json", name="facts.json")
    assert result.code == 1
    assert [len(each["problems"]) for each in result.json] == [0, 1, 0]


def test_people_read_wrong_values_first(decide: Decide) -> None:
    result = decide("total_investment: 约300\n")
    assert result.code == 1
    assert result.out.startswith(
        "【填写有误（按未填处理）】\n"
        "  总投资：应为数字（万元），只写半角数字和小数点，现为 “约300”。\n"
    )


# Wrong files --------------------------------------------------------------------------------------

ENTRY = "列表的每一项应为 {id: 项目标识, facts: {事实: 值}}。"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "f.yml",
            "a: 1\nb: [1\n",
            "f.yml:2:4: YAML 语法错误：方括号或花括号没有配对，或缺少逗号。",
        ),
        ("f.yml", "urgent: yes\nurgent: no\n", "f.yml:2:1: 键 “urgent” 重复，第 1 行已经有一个。"),
        (
            "f.json",
            '{"urgent": true,\n "urgent": false}',
            "f.json:2:2: 键 “urgent” 重复，第 1 行已经有一个。",
        ),
        ("f.yml", "300\n", "f.yml:1:1: 应为一组事实（键: 值），或 {id, facts} 的列表。"),
        ("f.yml", "", "f.yml:1:1: 文件是空的（或只有注释），请填写内容。"),
        ("f.yml", "- {id: 1, facts: {}}\n- 5\n", f"f.yml:2:3: {ENTRY}"),
        ("f.yml", "- {id: 1, facts: {}}\n- {id: 2, fact: {}}\n", f"f.yml:2:3: {ENTRY}"),
        ("f.json", '[{"id": 1, "facts": {}},\n {"id": 2}]', f"f.json:2:2: {ENTRY}"),
        ("f.json", '[{"facts": {}},\n\t3]', f"f.json:1:1: {ENTRY}"),
    ],
)
def test_a_file_of_another_kind_is_told_with_its_line(
    decide: Decide, name: str, text: str, told: str
) -> None:
    result = decide(text, "--json", name=name)
    assert (result.code, result.out) == (1, "")
    assert told in result.err


def test_every_wrong_entry_of_a_list_is_told(decide: Decide) -> None:
    told = decide("- 1\n- {facts: {}}\n- 2\n").err
    assert re.findall(r"facts\.yml:(\d+):3: (.*)", told) == [("1", ENTRY), ("3", ENTRY)]


def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--data", str(DATA), "decide", str(tmp_path / "none.yml"), "--json"])
    printed = capsys.readouterr()
    assert (end.value.code, printed.out) == (1, "")
    assert "none.yml:1:1: 无法读取此文件：没有这个文件或目录。" in printed.err


# Words --------------------------------------------------------------------------------------------


def test_people_read_verdicts_reasons_dates_and_papers(decide: Decide) -> None:
    out = decide("depth_reached: yes\ntotal_investment: 280\nbuilt_on: 2024-06-30\n").out
    assert (
        "可以合并编报项目建议书、可行性研究报告、初步设计方案和投资概算（第九条）："
        "前期工作已达到一定深度要求；总投资280万元，不超过300万元（第九条第（三）项）。"
    ) in out
    assert "申请竣工验收（第二十九条第一款）：不迟于2024年12月30日。" in out
    assert "项目建设总结（第二十九条第一款）：须提交" in out
    assert "{" not in out


def test_people_read_which_project_it_is_about(decide: Decide) -> None:
    out = decide("- {id: 甲, facts: {}}\n- {id: 乙, facts: {}}\n").out
    assert re.findall("〖(.)〗", out) == ["甲", "乙"]
    assert "〖" not in decide("{}").out


def test_nobody_is_told_that_supervision_is_not_needed(decide: Decide) -> None:
    out = decide("total_investment: 10\n").out
    assert "仍应当按照信息系统工程监理有关规定，委托工程监理单位" in out
    assert "无需" not in out
