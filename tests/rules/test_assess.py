"""One project through everything: the same as each part by itself, and the JSON of the contract."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.model.edition import Edition, Recurring
from generator.rules.answers import read_answers
from generator.rules.assess import Assessor, assess, explain, to_json
from generator.rules.schedules import deadline_dates
from generator.rules.truth import Truth
from generator.rules.verdicts import decision_choice, paper_verdict, rule_verdict
from tests.rules.browser.projects import random_projects
from tests.support.editions import EDITIONS, edition_of

QIDONG, YUNLING = edition_of("qidong-2022"), edition_of("yunling-2025")
DAY = date(2024, 6, 30)
PROJECTS = 600


def as_json(id: str | None = None, **facts: Any) -> dict[str, Any]:
    return to_json(QIDONG, id, assess(QIDONG, facts), DAY)


# The quick way and the plain one ------------------------------------------------------------------


@pytest.mark.parametrize("id", EDITIONS)
def test_many_projects_come_out_as_each_would_alone(id: str) -> None:
    edition, assessor = edition_of(id), Assessor(edition_of(id))
    for project in random_projects(edition, PROJECTS):
        found = assessor.assess(project)
        answers, problems = read_answers(edition, project)
        assert (found.answers, found.problems) == (answers, tuple(problems))
        for rule in edition.rules.values():
            assert found.rules[rule.id] == rule_verdict(edition, rule, answers), project
        for decision in edition.decisions.values():
            alone = decision_choice(edition, decision, answers)
            assert found.decisions[decision.id] == alone, project
        for deadline in edition.deadlines.values():
            assert found.deadlines[deadline.id] == deadline_dates(edition, deadline, answers)
        for paper in edition.papers.values():
            assert found.papers[paper.id] == paper_verdict(edition, paper, answers), project


def test_two_editions_do_not_mix() -> None:
    assert set(assess(QIDONG, {}).rules) == set(QIDONG.rules)
    assert set(assess(YUNLING, {}).rules) == set(YUNLING.rules)
    assert set(assess(QIDONG, {}).rules) == set(QIDONG.rules)


def test_a_wrong_value_counts_as_unknown_and_all_else_is_still_answered() -> None:
    found = assess(QIDONG, {"total_investment": "300万元", "depth_reached": False})
    assert [problem.fact for problem in found.problems] == ["total_investment"]
    assert found.rules["merge_all"].truth is Truth.NO
    assert found.rules["supervision_mandatory"].missing == ("total_investment",)


# JSON, key by key ---------------------------------------------------------------------------------


def test_an_element_has_the_keys_of_the_contract_in_their_order() -> None:
    assert list(as_json()) == [
        "id",
        "edition",
        "as_of",
        "rules",
        "decisions",
        "deadlines",
        "documents",
        "stages",
        "problems",
    ]


def test_an_element_says_which_project_edition_and_day_it_is_of() -> None:
    found = as_json("2024-01")
    assert (found["id"], found["edition"], found["as_of"]) == (
        "2024-01",
        "qidong-2022",
        "2024-06-30",
    )
    assert as_json()["id"] is None


def test_every_rule_decision_deadline_and_paper_is_there() -> None:
    found = as_json()
    assert list(found["rules"]) == list(QIDONG.rules)
    assert list(found["decisions"]) == list(QIDONG.decisions)
    assert list(found["deadlines"]) == list(QIDONG.deadlines)
    assert list(found["documents"]) == list(QIDONG.papers)


def test_a_rule_has_its_verdict_why_what_is_missing_and_doubtful() -> None:
    assert as_json(depth_reached=True, total_investment=300)["rules"]["merge_all"] == {
        "verdict": "yes",
        "because": [
            {"law": "art9", "text": "前期工作已达到一定深度要求", "holds": True},
            {"law": "art9-i3", "text": "总投资300万元，不超过300万元", "holds": True},
        ],
        "missing": [],
        "readings": [],
    }


def test_a_rule_that_fails_names_what_does_not_hold() -> None:
    found = as_json(listed_in_planning=False, total_investment=300)["rules"]["merge_two"]
    assert found == {
        "verdict": "no",
        "because": [
            {
                "law": "art8-i1",
                "text": "未列入政务信息化建设规划或大数据发展规划",
                "holds": False,
            },
            {"law": "art8-i2", "text": "总投资300万元，不超过300万元", "holds": False},
        ],
        "missing": [],
        "readings": ["AM01"],
    }


def test_an_open_rule_names_what_is_settled_and_what_is_missing() -> None:
    found = as_json(total_investment=200)["rules"]["merge_all"]
    assert found == {
        "verdict": "unknown",
        "because": [{"law": "art9-i3", "text": "总投资200万元，不超过300万元", "holds": True}],
        "missing": ["depth_reached"],
        "readings": [],
    }


def test_the_chosen_item_is_the_place_of_a_choice() -> None:
    found = as_json(adjust_reason="business_development")["rules"]["self_adjustment"]
    assert [reason["law"] for reason in found["because"]] == ["art28-i3"]


def test_a_decision_has_one_outcome_or_those_that_are_possible() -> None:
    assert as_json(depth_reached=True, total_investment=300)["decisions"]["approval_route"] == {
        "outcome": "merge_all",
        "possible": ["merge_all"],
        "missing": [],
        "readings": [],
    }
    known = as_json(total_investment=200, listed_in_planning=False)
    assert known["decisions"]["approval_route"] == {
        "outcome": None,
        "possible": ["merge_all", "full_three_steps"],
        "missing": ["depth_reached"],
        "readings": [],
    }


def test_a_deadline_has_its_last_day_and_a_note_where_that_is_a_day_off() -> None:
    due = as_json(built_on="2024-03-15")["deadlines"]["acceptance_application"]
    assert due == {"due": "2024-09-15", "rolls_to": "2024-09-18", "missing": [], "readings": []}
    plain = as_json(built_on="2024-06-30")["deadlines"]["acceptance_application"]
    assert plain == {"due": "2024-12-30", "missing": [], "readings": []}


def test_a_deadline_that_cannot_be_counted_has_no_day() -> None:
    found = as_json()["deadlines"]
    assert found["acceptance_application"] == {
        "due": None,
        "missing": ["built_on"],
        "readings": [],
    }
    assert found["self_evaluation"] == {
        "due": None,
        "opens": None,
        "missing": ["accepted_on", "operating_on"],
        "readings": [],
    }


def test_a_span_has_its_first_day_too() -> None:
    found = as_json(accepted_on="2024-08-31", operating_on="2024-03-01")
    assert found["deadlines"]["self_evaluation"] == {
        "due": "2025-08-31",
        "opens": "2025-02-28",
        "rolls_to": "2025-09-01",
        "missing": [],
        "readings": ["AM26"],
    }


def test_recurring_days_are_a_list_empty_while_they_are_unknown() -> None:
    known = as_json(construction_start="2023-11-20", construction_end="2024-08-15")["deadlines"]
    assert known["quarterly_report"]["dates"] == [
        "2023-12-31",
        "2024-03-31",
        "2024-06-30",
        "2024-09-30",
    ]
    assert known["performance_report"]["dates"] == ["2023-12-31", "2024-08-15"]
    assert known["performance_report"]["readings"] == ["AM13"]
    assert all(known[id]["due"] is None for id in ("quarterly_report", "performance_report"))
    unknown = as_json(construction_start="2023-11-20")["deadlines"]["quarterly_report"]
    assert (unknown["dates"], unknown["missing"]) == ([], ["construction_end"])


def test_only_recurring_deadlines_have_dates() -> None:
    for id, found in as_json()["deadlines"].items():
        assert ("dates" in found) is isinstance(QIDONG.deadlines[id].schedule, Recurring)


def test_a_document_says_whether_it_is_required_and_why() -> None:
    found = as_json(secret="yes")["documents"]
    assert found["secrecy_test"] == {
        "required": "yes",
        "because": [{"law": "art29-p1", "text": "涉密情况为“涉密”", "holds": True}],
        "missing": [],
        "readings": [],
    }
    assert found["level_protection_test"]["required"] == "no"
    assert found["level_protection_certificate"] == {
        "required": "yes",
        "because": [],
        "missing": [],
        "readings": ["AM17"],
    }
    assert as_json()["documents"]["secrecy_test"]["missing"] == ["secret"]


def test_a_stage_has_what_is_done_what_is_next_and_what_can_still_tell() -> None:
    facts = {"applied_on": "2024-06-03", "replied_on": "2024-06-30", "purchase_agreed": "yes"}
    facts |= {"registered_on": "2024-07-01"}
    found = to_json(YUNLING, None, assess(YUNLING, facts), DAY)["stages"]
    assert list(found) == list(YUNLING.stages)
    assert found["purchase"] == {
        "done": ["apply", "reply_to_applicant"],
        "next": None,
        "missing": [],
    }
    # By DAY, 2024-06-30, the registration is still ahead.
    assert found["registration"] == {"done": [], "next": "file", "missing": []}
    later = to_json(YUNLING, None, assess(YUNLING, facts), date(2024, 7, 1))["stages"]
    assert later["registration"] == {"done": [], "next": "file", "missing": ["registration_filed"]}


def test_a_wrong_value_leaves_its_step_open() -> None:
    found = to_json(YUNLING, None, assess(YUNLING, {"applied_on": "2024-6-3"}), DAY)
    assert found["stages"]["purchase"] == {"done": [], "next": "apply", "missing": ["applied_on"]}


def test_a_problem_names_its_fact_and_says_what_is_wrong() -> None:
    assert as_json(total_investment=0, total_investmnt=300)["problems"] == [
        {"fact": "total_investment", "message": "总投资：应大于0万元，现为 “0”。"},
        {
            "fact": "total_investmnt",
            "message": "未知的事实 “total_investmnt”，是否为 “total_investment”？",
        },
    ]


@pytest.mark.parametrize("id", EDITIONS)
def test_everything_can_be_written_as_json_and_explained(id: str) -> None:
    edition = edition_of(id)
    for project in random_projects(edition, 200):
        found = assess(edition, project)
        text = json.dumps(to_json(edition, None, found, DAY), ensure_ascii=False)
        told = explain(edition, found, DAY)
        for words in (text, told):
            assert "None" not in words
            assert "Fraction" not in words
            assert "Decimal" not in words


# Words for people ---------------------------------------------------------------------------------


ROUTE = {"approval_route": QIDONG.decisions["approval_route"]}
PLAIN = replace(QIDONG, decisions=ROUTE, stages={})
"""An edition with one decision and no stages."""


def told(edition: Edition = QIDONG, **facts: Any) -> list[str]:
    return explain(edition, assess(edition, facts), DAY).splitlines()


def test_people_read_how_to_file_then_verdicts_dates_and_papers_then_how_far_it_has_come() -> None:
    everything = ["【办理方式】", "【判定】", "【期限】", "【材料】", "【进度】", "【下一步】"]
    assert [line for line in told(YUNLING) if line.startswith("【")] == everything
    without = [line for line in told(PLAIN) if line.startswith("【")]
    assert without == [each for each in everything if each != "【进度】"]


def test_people_read_last_what_to_do_next() -> None:
    known = {"depth_reached": "no", "listed_in_planning": "no", "built_on": "2024-03-15"}
    assert told(PLAIN, **known, total_investment="300万元")[-4:] == [
        "【下一步】",
        "  改正填写有误的：总投资。",
        "  为确定编报方式，补填：总投资。",
        # Six months from 2024-03-15; by DAY, 2024-06-30, it is still ahead.
        "  最近的期限：申请竣工验收，2024年9月15日。",
    ]


def test_with_nothing_open_and_nothing_due_there_is_no_next_step() -> None:
    lines = told(PLAIN, depth_reached="yes", clear_requirement="yes")
    assert "【下一步】" not in lines


def test_the_next_step_is_that_of_the_first_stage_not_finished() -> None:
    known = {"applied_on": "2024-06-03", "replied_on": "2024-06-07", "repair_estimate": 3000}
    refused = told(YUNLING, **known, purchase_agreed="no", vehicle_type="轿车")
    assert refused[refused.index("【下一步】") :] == [
        "【下一步】",
        "  改正填写有误的：车型 | <车型> {{ evil }}。",
        "  申请购置，“说明理由”（第五条第二款）：由县机关事务管理服务中心书面说明不同意购置的理由；"
        "对象：用车单位。是否已经办理尚不能确定，还需填写：“已书面说明不同意购置的理由”。",
    ]
    agreed = told(YUNLING, **known, purchase_agreed="yes", registered_on="2024-06-30")
    assert agreed[agreed.index("【下一步】") :] == [
        "【下一步】",
        "  登记备案，“登记信息备案”（第六条）：由用车单位办理车辆登记，并将登记信息报送备案；"
        "对象：县机关事务管理服务中心；时间：自车辆登记之日起，在规定的期限内；材料：登记信息。"
        "是否已经办理尚不能确定，还需填写：“登记信息已备案”。",
        "  最近的期限：登记信息备案，2024年7月15日。",
    ]


def test_when_every_stage_is_finished_no_step_is_next() -> None:
    done = {
        **{"applied_on": "2014-01-02", "replied_on": "2014-01-06", "purchase_agreed": "yes"},
        **{"registered_on": "2014-02-10", "registration_filed": "yes"},
        **{"delivered_on": "2014-02-11", "repair_estimate": 3000},
        **{"inspected_on": "2023-05-04", "inspection_reported": "yes"},
    }
    ahead = told(YUNLING, **done, disposed_on="2024-07-01")
    assert any(line.startswith("  鉴定和处置，“处置车辆”") for line in ahead)
    over = told(YUNLING, **done, disposed_on="2024-06-30")
    progress = over[over.index("【进度】") + 1 :]
    assert len([line for line in progress if line.endswith("；没有待办的步骤。")]) == 4
    assert not any("下一步是" in line or "（第" in line for line in progress)


def test_people_read_first_what_is_wrong() -> None:
    assert told(total_investment="300万元")[:2] == [
        "【填写有误（按未填处理）】",
        "  总投资：应为数字（万元），只写半角数字和小数点，现为 “300万元”。",
    ]


@pytest.mark.parametrize(
    ("built", "left"),
    [
        ("2023-12-29", "截至2024年6月30日，已过1天。"),
        ("2023-12-30", "截至2024年6月30日，当日届满。"),
        ("2024-01-01", "截至2024年6月30日，还有1天。"),
        ("2024-03-15", "截至2024年6月30日，还有77天。"),
    ],
)
def test_people_read_how_many_days_are_left(built: str, left: str) -> None:
    line = next(line for line in told(built_on=built) if line.startswith("  申请竣工验收"))
    assert line.endswith(left)


@pytest.mark.parametrize(
    ("end", "next_day"),
    [
        ("2024-08-15", "下一次为2024年6月30日。"),
        ("2024-06-30", "下一次为2024年6月30日。"),
        ("2024-03-31", "各次均已到期。"),
    ],
)
def test_people_read_the_next_of_several_days(end: str, next_day: str) -> None:
    lines = told(construction_start="2024-01-10", construction_end=end)
    line = next(line for line in lines if line.startswith("  季度末报送项目进展情况"))
    assert line.endswith(f"截至2024年6月30日，{next_day}")


def test_where_the_last_day_is_unknown_no_days_are_counted() -> None:
    assert not any("截至" in line for line in told())


def test_the_step_to_take_is_that_of_the_stage_that_the_project_has_reached() -> None:
    # 建成 is the last step of 组织实施: what comes now is the acceptance, blanks before are named.
    told = explain(QIDONG, assess(QIDONG, {"built_on": "2026-06-30"}), date(2026, 7, 1))
    steps = told.partition("【下一步】")[2].split()
    assert steps[0] == (
        "核对以前的阶段，还有步骤没有填明：申报与初审、编报与审批、储备与年度计划、组织实施。"
    )
    assert steps[1].startswith("竣工验收，“专项验收”（第二十九条第一款）")
    begun = explain(QIDONG, assess(QIDONG, {}), date(2026, 7, 1)).partition("【下一步】")[2]
    assert begun.split()[0].startswith("申报与初审，“项目申报”（第十五条第（一）项）")
