"""What people are told, word for word, about verdicts, dates and papers: written by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from generator.rules.explain import (
    explain_deadline,
    explain_decision,
    explain_paper,
    explain_rule,
    explain_stage,
    explain_step,
    reasons,
)
from generator.rules.schedules import deadline_dates
from generator.rules.stages import stage_states
from generator.rules.verdicts import decision_choice, paper_verdict, rule_verdict
from tests.support.editions import edition_of, stated

QIDONG, YUNLING = edition_of("qidong-2022"), edition_of("yunling-2025")
CENTRE = "市市域社会治理现代化指挥中心"
DOUBTFUL = f"存疑，以{CENTRE}解释意见为准："


def rule_told(id: str, **facts: Any) -> str:
    edition = QIDONG if id in QIDONG.rules else YUNLING
    rule, answers = edition.rules[id], stated(edition, **facts)
    return explain_rule(edition, rule, rule_verdict(edition, rule, answers), answers)


def decision_told(id: str, **facts: Any) -> str:
    edition = QIDONG if id in QIDONG.decisions else YUNLING
    decision = edition.decisions[id]
    return explain_decision(
        edition, decision, decision_choice(edition, decision, stated(edition, **facts))
    )


def deadline_told(id: str, **facts: Any) -> str:
    edition = QIDONG if id in QIDONG.deadlines else YUNLING
    deadline = edition.deadlines[id]
    return explain_deadline(
        edition, deadline, deadline_dates(edition, deadline, stated(edition, **facts))
    )


def paper_told(id: str, **facts: Any) -> str:
    edition = QIDONG if id in QIDONG.papers else YUNLING
    paper, answers = edition.papers[id], stated(edition, **facts)
    return explain_paper(edition, paper, paper_verdict(edition, paper, answers), answers)


def stage_told(
    id: str,
    explain: Callable[..., str] = explain_stage,
    as_of: date = date(2025, 4, 1),
    **facts: Any,
) -> str:
    answers = stated(YUNLING, **facts)
    papers = {p.id: paper_verdict(YUNLING, p, answers) for p in YUNLING.papers.values()}
    state = stage_states(YUNLING, answers, as_of)[id]
    return explain(YUNLING, YUNLING.stages[id], state, papers)


# Article 9 ----------------------------------------------------------------------------------------

THREE_STEPS = "项目建议书、可行性研究报告、初步设计方案和投资概算"


def test_yes_names_each_condition_that_holds_with_its_place_and_the_amounts_compared() -> None:
    assert rule_told("merge_all", depth_reached=True, total_investment=280) == (
        f"可以合并编报{THREE_STEPS}（第九条）：前期工作已达到一定深度要求；"
        "总投资280万元，不超过300万元（第九条第（三）项）。"
    )


def test_no_names_every_condition_that_blocked_it_and_what_would_have_to_be_different() -> None:
    told = rule_told(
        "merge_all",
        depth_reached=True,
        clear_requirement=False,
        special_reason=False,
        urgent=True,
        total_investment="300.000001",
    )
    assert told == (
        f"不可以将{THREE_STEPS}合并编报（第九条）："
        "国家、省、南通以及市委市政府均无明确要求（第九条第（一）项）；"
        "不涉及国家重大战略、国家安全等特殊原因（第九条第（二）项）；"
        "总投资300.000001万元，超过300万元（第九条第（三）项）。"
        "具备下列条件才可以：国家、省、南通或者市委市政府有明确要求，"
        "或者涉及国家重大战略、国家安全等特殊原因，或者总投资不超过300万元。"
    )


def test_what_must_come_together_stands_in_brackets_among_what_is_enough_alone() -> None:
    told = rule_told(
        "merge_all",
        depth_reached=False,
        clear_requirement=False,
        special_reason=False,
        urgent=False,
        total_investment=800,
    )
    assert told.partition("具备下列条件才可以：")[2] == (
        "前期工作已达到一定深度要求；并且（国家、省、南通或者市委市政府有明确要求，"
        "或者（涉及国家重大战略、国家安全等特殊原因；并且情况紧急），或者总投资不超过300万元）。"
    )


def test_without_depth_depth_alone_is_what_is_lacking_for_a_small_project() -> None:
    assert rule_told("merge_all", depth_reached=False, total_investment=200) == (
        f"不可以将{THREE_STEPS}合并编报（第九条）：前期工作未达到一定深度要求。"
        "具备下列条件才可以：前期工作已达到一定深度要求。"
    )


def test_unknown_names_what_is_still_to_fill_and_what_is_settled() -> None:
    assert rule_told("merge_all", depth_reached=True, special_reason=False) == (
        f"尚不能判断是否可以合并编报{THREE_STEPS}（第九条）。"
        "还需填写：“国家、省、南通以及市委市政府有明确要求”、“总投资”。"
        "已知：前期工作已达到一定深度要求；"
        "不涉及国家重大战略、国家安全等特殊原因（第九条第（二）项）。"
    )


# Article 8 ----------------------------------------------------------------------------------------

TWO_STEPS = "项目建议书、可行性研究报告"


def test_an_amount_within_two_bounds_is_held_against_both() -> None:
    assert rule_told("merge_two", listed_in_planning=False, total_investment=500) == (
        f"可以按照国家、省、南通和启东市有关规定合并编报{TWO_STEPS}（第八条）："
        "总投资500万元，超过300万元、不超过500万元（第八条第（二）项）。"
    )


def test_an_amount_outside_is_held_against_the_bound_that_it_misses() -> None:
    assert rule_told("merge_two", listed_in_planning=False, total_investment="500.01") == (
        f"不可以依照第八条合并编报{TWO_STEPS}（第八条）："
        "未列入政务信息化建设规划或大数据发展规划（第八条第（一）项）；"
        "总投资500.01万元，超过500万元（第八条第（二）项）。"
        "具备下列条件才可以：已经列入政务信息化建设规划或大数据发展规划，"
        "或者总投资超过300万元、不超过500万元。"
    )


def test_at_the_bound_that_the_text_leaves_open_both_readings_are_told() -> None:
    assert rule_told("merge_two", listed_in_planning=False, total_investment=300) == (
        f"不可以依照第八条合并编报{TWO_STEPS}（第八条）："
        "未列入政务信息化建设规划或大数据发展规划（第八条第（一）项）；"
        "总投资300万元，不超过300万元（第八条第（二）项）。"
        "具备下列条件才可以：已经列入政务信息化建设规划或大数据发展规划，"
        "或者总投资超过300万元、不超过500万元。"
        f"{DOUBTFUL}总投资恰为300万元的，是否属于第八条第（二）项（AM01）。"
        "按另一种解读，结论不同：以“—”连接的“之间”通常两端都包括在内，“（含）”也可能是就整个区间而言；"
        "照此，恰为300万元的，可以依照第八条第（二）项合并编报。"
    )


def test_a_reading_that_changes_nothing_is_not_mentioned() -> None:
    assert "存疑" not in rule_told("merge_two", listed_in_planning=True, total_investment=300)


# Article 24 ---------------------------------------------------------------------------------------

FIRST_SENTENCE = "按照信息系统工程监理有关规定，委托工程监理单位对项目建设进行工程监理"


def test_below_the_floor_supervision_is_still_owed_by_the_first_sentence() -> None:
    assert rule_told("supervision_mandatory", total_investment="299.99") == (
        f"总投资未达到“必须实行工程监理制”的数额，但仍应当{FIRST_SENTENCE}（第二十四条）："
        "总投资299.99万元，低于300万元。"
    )


def test_from_the_floor_on_supervision_is_mandatory() -> None:
    assert rule_told("supervision_mandatory", total_investment=300) == (
        "必须实行工程监理制，委托工程监理单位对项目建设进行工程监理，费用纳入项目投资概算"
        "（第二十四条）：总投资300万元，不低于300万元。"
    )


@pytest.mark.parametrize("total", [None, "0.01", "299.999999", 300, 1000])
def test_nobody_is_ever_told_that_supervision_is_not_needed(total: object) -> None:
    told = rule_told("supervision_mandatory", total_investment=total)
    assert "监理单位对项目建设进行工程监理" in told
    assert not any(word in told for word in ("无需", "不需", "不必", "免于", "可以不"))


# Article 28 ---------------------------------------------------------------------------------------

FINE = {
    "scale_exceeds": False,
    "goal_changed": False,
    "main_content_change_needed": True,
    "adjust_reason": "technical_optimisation",
}
SUM = "此前历次资金调整数额与本次资金调整数额之和（按绝对值）"
NOT_BY_ITSELF = (
    "不可以由项目建设单位自行调整，确需调整的，应当按照国家、省、南通和启东市有关规定履行相应手续"
    "（第二十八条第一款）："
)


def test_a_share_is_told_with_the_sum_and_the_limit_in_money() -> None:
    told = rule_told(
        "self_adjustment",
        **FINE,
        approved_estimate="323.95",
        prior_adjustments=["-20"],
        adjust_amount="12.395",
    )
    assert told == (
        "项目主要建设内容可以由项目建设单位调整，但应当同时报市行政审批局备案（第二十八条第一款）："
        "项目投资规模未超出概算批复；建设目标不变；项目主要建设内容确需调整；"
        f"{SUM}32.395万元，不超过概算总投资的10%（32.395万元）；"
        "调整情形为“确需对原项目技术方案进行完善优化”（第二十八条第（二）项）。"
    )


def test_beyond_the_share_the_limit_is_told_and_the_doubt_whether_earlier_ones_count() -> None:
    told = rule_told(
        "self_adjustment",
        **FINE,
        approved_estimate=300,
        prior_adjustments=[-20],
        adjust_amount=15,
    )
    assert told == (
        f"{NOT_BY_ITSELF}{SUM}35万元，超过概算总投资的10%（30万元）。"
        f"具备下列条件才可以：{SUM}不超过概算总投资的10%（30万元）。"
        f"{DOUBTFUL}10%的限额怎么算（AM20）。按另一种解读，结论不同：每次调整单独计算。"
    )


def test_a_sum_of_which_a_part_is_blank_is_told_as_at_least_what_is_known() -> None:
    told = rule_told("self_adjustment", **FINE, approved_estimate=300, adjust_amount="30.01")
    assert f"{SUM}至少30.01万元，超过概算总投资的10%（30万元）。" in told


def test_another_reason_is_told_with_the_three_that_count() -> None:
    told = rule_told("self_adjustment", **{**FINE, "adjust_reason": "other"})
    assert told == (
        f"{NOT_BY_ITSELF}调整情形为“其他情形”。"
        f"具备下列条件才可以：{SUM}不超过概算总投资的10%；并且调整情形为"
        "“根据国家、省、南通和市委市政府部署，确需改变建设内容”、“确需对原项目技术方案进行完善优化”、"
        "“根据业务发展需要，在已批复项目建设规划的框架下调整相关建设内容及进度”之一。"
    )


# What bars ----------------------------------------------------------------------------------------


def test_a_bar_is_told_with_its_article_and_what_would_lift_it() -> None:
    told = rule_told(
        "acceptance_barred", catalogue_provided=True, data_provided=False, archive_accepted=False
    )
    assert told == (
        "不得通过项目验收（第三十条）：未按规定提供数据；"
        "未经档案验收或者档案验收不合格（第三十一条第二款）。"
        "具备下列条件，才不再属于这种情形：已按规定提供数据；并且已经档案验收且合格。"
    )


def test_no_bar_found_is_told_not_to_be_acceptance() -> None:
    told = rule_told(
        "acceptance_barred", catalogue_provided=True, data_provided=True, archive_accepted=True
    )
    assert told == (
        "未发现第三十条、第三十一条规定的不得通过项目验收的情形，但不等于通过验收（第三十条）："
        "已按规定提供信息资源目录；已按规定提供数据；已经档案验收且合格（第三十一条第二款）。"
    )


def test_a_bar_that_is_not_yet_known_is_not_told_to_be_none() -> None:
    assert rule_told("acceptance_barred", archive_accepted=True) == (
        "尚不能判断有无第三十条、第三十一条规定的不得通过项目验收的情形（第三十条）。"
        "还需填写：“已按规定提供信息资源目录”、“已按规定提供数据”。"
        "已知：已经档案验收且合格（第三十一条第二款）。"
    )


def test_nobody_is_told_to_make_a_secret_project_no_secret() -> None:
    told = rule_told("operation_barred", secret="yes", secrecy_check_passed=False)
    assert told.endswith("具备下列条件，才不再属于这种情形：已经保密行政管理部门审查合格。")


def test_a_sanction_is_told_with_what_would_lift_it() -> None:
    told = rule_told(
        "operation_money_denied",
        shared_as_required=True,
        duplicate_collection=False,
        crypto_ok=True,
        netsec_ok=True,
        level_protection_ok=True,
        major_hidden_danger=True,
    )
    assert told == (
        "不安排运行维护经费，项目建设单位不得新建、改建、扩建政务信息系统（第三十四条）："
        "系统存在重大安全隐患（第三十四条第（二）项）。"
        "具备下列条件，才不再属于这种情形：系统不存在重大安全隐患。"
    )


def test_where_only_both_together_lift_a_bar_they_stand_in_brackets() -> None:
    told = rule_told("fiscal_funds_barred", in_annual_plan=False, emergency=False)
    assert told == (
        "除前期工作经费外，不得拨付、使用财政资金（第十七条第一款）：未列入年度建设计划；"
        "不属于为应对突发事件需要紧急建设的项目（第十七条第二款）。"
        "具备下列条件，才不再属于这种情形：已列入年度建设计划，或者"
        "（属于为应对突发事件需要紧急建设的项目；并且已取得市政府对先行拨付资金组织实施的同意）。"
    )


# The way of filing --------------------------------------------------------------------------------


def test_a_decision_names_its_outcome_what_that_means_and_its_article() -> None:
    assert decision_told("approval_route", depth_reached=True, total_investment=300) == (
        f"编报方式：依照第九条合并编报。可以合并编报{THREE_STEPS}，也可以分别编报（第九条）。"
    )


def test_an_open_decision_names_what_is_possible_and_what_is_still_to_fill() -> None:
    assert decision_told("approval_route", total_investment=200, listed_in_planning=False) == (
        "编报方式：尚不能确定可以采用哪一种编报方式。可能的结果：依照第九条合并编报、分三步编报。"
        "还需填写：“前期工作达到一定深度要求”。"
    )


def test_a_doubtful_decision_says_so() -> None:
    told = decision_told(
        "approval_route", depth_reached=False, listed_in_planning=False, total_investment=200
    )
    assert told == (
        "编报方式：分三步编报。不可以依照第八条、第九条合并编报；市行政审批局审批的项目，原则上分别编报"
        "项目建议书、可行性研究报告、初步设计方案（第七条）。"
        f"{DOUBTFUL}总投资不足300万元、前期工作未达到深度、又未列入规划的（AM03）。"
        "按另一种解读，结论不同：举重以明轻：总投资较大的项目尚且可以合并编报"
        "项目建议书、可行性研究报告，总投资较小的至少也可以依照第八条合并。"
    )


# Dates --------------------------------------------------------------------------------------------


def test_a_last_day_is_told_with_how_it_is_counted_and_a_day_off_as_a_note_only() -> None:
    assert deadline_told("acceptance_application", built_on="2024-03-15") == (
        f"申请竣工验收（第二十九条第一款）：不迟于2024年9月15日。最迟于届满之日向{CENTRE}申请竣工验收；"
        "不能按期申请的，应当提出延期验收申请，在届满之前提出（条文未写明何时，此为本指南的读法）。算法：自建成日期起6个月内。"
        "最后一日是休息日，顺延后为2024年9月18日（只作提示）。"
    )


def test_a_day_that_cannot_be_counted_yet_names_what_is_still_to_fill() -> None:
    assert deadline_told("acceptance_application") == (
        "申请竣工验收（第二十九条第一款）：尚不能推算。还需填写：“建成日期”。"
        "算法：自建成日期起6个月内。"
    )


def test_a_span_is_told_with_its_first_and_last_day_and_its_doubt() -> None:
    told = deadline_told("self_evaluation", accepted_on="2024-03-15", operating_on="2024-04-01")
    assert told == (
        "自评价及报送（第三十三条）：2024年10月1日至2025年4月1日。自开始之日起开展自评价，"
        f"最迟于届满之日将自评价报告报送至{CENTRE}和市财政局。"
        "算法：自通过验收日期、投入运行日期中较晚的一日起，满6个月之日至满12个月之日。"
        f"{DOUBTFUL}6-12个月怎么算（AM26）。按另一种解读，结论不同：自第6个月对应日的次日开始。"
    )


def test_recurring_days_are_told_one_by_one() -> None:
    told = deadline_told(
        "quarterly_report", construction_start="2024-02-10", construction_end="2024-06-30"
    )
    assert told == (
        "季度末报送项目进展情况（第十八条）：2024年3月31日、2024年6月30日。"
        f"每季度末向{CENTRE}报送项目进展情况，报至竣工当日或者其后的第一个季度末，以反映竣工情况。"
        "算法：自开工日期至竣工日期，每季度末（最后一次为竣工日期当日或者其后的第一个季度末）。"
    )


def test_where_no_day_recurs_that_is_said() -> None:
    told = deadline_told("monthly_report", delivered_on="2025-06-02", disposed_on="2025-06-20")
    assert told.startswith("每月报送用车情况（第七条）：其间没有这样的日期。")


def test_beyond_the_published_calendar_working_days_are_not_guessed() -> None:
    told = deadline_told("reply", applied_on="2025-12-29", extension_approved=False)
    assert told == (
        "答复购置申请（第五条第一款）：尚不能推算。工作日历收录2025年（按国务院办公厅公布的放假安排）；"
        "其后年度公布前不提示顺延。算法：自申请之日起5个工作日内（延长答复期限已获批准的，延长3个工作日）。"
    )


# Papers -------------------------------------------------------------------------------------------

WITH_APPLICATION = f"须提交{CENTRE}（提交验收申请时一并附上）"


def test_a_paper_that_everybody_files_is_told_with_its_receiver_and_its_time() -> None:
    assert paper_told("financial_report") == f"财务报告（第二十九条第一款）：{WITH_APPLICATION}。"


def test_a_paper_of_secret_projects_is_told_with_why_and_whose_form_it_is() -> None:
    assert paper_told("secrecy_test", secret="mixed") == (
        f"涉密信息系统安全保密测评报告（第二十九条第一款）：{WITH_APPLICATION}，"
        "是安全风险评估报告的一种形式：涉密情况为“既有涉密部分，又有非涉密部分”。"
    )


def test_a_paper_that_is_not_required_is_told_with_why() -> None:
    assert paper_told("secrecy_test", secret="no") == (
        "涉密信息系统安全保密测评报告（第二十九条第一款）：不需提交：涉密情况为“不涉密”。"
    )


def test_a_paper_that_may_be_required_names_what_is_still_to_fill_and_what_is_known() -> None:
    assert paper_told("extension_request") == (
        "延期验收申请（第二十九条第二款）：是否需要尚不能确定。还需填写：“不能按期申请验收”。"
    )
    assert paper_told("sealed_statement", secret_unit=True).endswith("已知：属于涉密单位。")


def test_the_certificate_of_a_secret_project_is_doubtful() -> None:
    assert paper_told("level_protection_certificate", secret="yes") == (
        f"等保备案证明（第二十九条第一款）：{WITH_APPLICATION}。"
        f"{DOUBTFUL}涉密项目要不要等保备案证明；安全风险评估报告的两种形式（AM17）。"
        "按另一种解读，结论不同：等级保护适用于非涉密系统，涉密系统适用分级保护"
        "（第二十一条第二款、第三十四条第（二）项），"
        "全部涉密的项目以安全保密测评报告代替等保备案证明。"
    )
    assert "存疑" not in paper_told("level_protection_certificate", secret="mixed")


def test_a_paper_that_goes_to_nobody_is_told_as_one_to_be_made_and_what_it_is_part_of() -> None:
    assert paper_told("type_code") == (
        "车型代码 | ]]> <b>{{ evil }}</b>（第四条第（三）项第3目）："
        "由用车单位编制（填写申请表时），是申请表 <表单> | `{{ evil }}`的组成部分。"
    )


# Stages -------------------------------------------------------------------------------------------

REPLIED: dict[str, Any] = {"applied_on": "2025-03-03", "replied_on": "2025-03-07"}
REPLY = "“答复申请 | =A1 `<b>` {{ evil }}”"
FORMS = "申请表 <表单> | `{{ evil }}`、车型代码 | ]]> <b>{{ evil }}</b>、编制证明"
CENTRAL = "县机关事务管理服务中心"


def test_a_stage_hardly_begun_names_its_first_step_by_whom_to_whom_with_which_papers() -> None:
    assert stage_told("purchase") == (
        f"申请购置：第一步是“提出申请”（第十一条），由用车单位向{CENTRAL}办理，"
        f"材料：{FORMS}、必要性说明（是否需要待定）、必要性说明（密封件）（是否需要待定）。"
        "是否已经办理尚不能确定，还需填写：“申请之日”。"
    )


def test_papers_that_are_not_required_are_not_named() -> None:
    told = stage_told("purchase", vehicle_type="sedan", applied_on="2025-04-02")
    assert told == (
        f"申请购置：第一步是“提出申请”（第十一条），由用车单位向{CENTRAL}办理，材料：{FORMS}。"
    )
    listed = stage_told("purchase", vehicle_type="listed", secret_unit="no")
    assert f"材料：{FORMS}、必要性说明。" in listed


def test_a_stage_names_what_is_done_and_what_is_next() -> None:
    assert stage_told("purchase", **REPLIED, purchase_agreed="no", reasons_given="no") == (
        f"申请购置：已完成“提出申请”、{REPLY}；"
        f"下一步是“说明理由”（第五条第二款），由{CENTRAL}向用车单位办理。"
    )


def test_a_step_that_may_not_apply_says_so() -> None:
    assert stage_told("registration") == (
        f"登记备案：第一步是“登记信息备案”（第六条），由用车单位向{CENTRAL}办理，材料：登记信息。"
        "是否适用、是否已经办理尚不能确定，还需填写："
        "“同意购置 | {{ evil }}”、“车辆登记之日”、“登记信息已备案”。"
    )
    assert stage_told("registration", registration_filed="no").endswith(
        "。是否适用尚不能确定，还需填写：“同意购置 | {{ evil }}”。"
    )


def test_a_finished_stage_says_so_and_names_what_did_not_apply() -> None:
    assert stage_told("purchase", **REPLIED, purchase_agreed="yes") == (
        f"申请购置：已完成“提出申请”、{REPLY}；“说明理由”不适用；没有待办的步骤。"
    )
    assert stage_told("registration", purchase_agreed="no") == (
        "登记备案：“登记信息备案”不适用；没有待办的步骤。"
    )


def test_the_next_step_is_told_in_full() -> None:
    assert stage_told(
        "registration", explain_step, purchase_agreed="yes", registration_filed="no"
    ) == (
        "登记备案，“登记信息备案”（第六条）：由用车单位办理车辆登记，并将登记信息报送备案；"
        f"对象：{CENTRAL}；时间：自车辆登记之日起，在规定的期限内；材料：登记信息。"
    )
    known: dict[str, Any] = {"inspected_on": "2025-03-01", "inspection_reported": "yes"}
    assert stage_told("disposal", explain_step, **known) == (
        "鉴定和处置，“处置车辆”（第七条）：由用车单位处置车辆。"
        "是否已经办理尚不能确定，还需填写：“车辆处置之日”。注意：怎样处置，办法没有规定。"
    )


# Reasons for programs -----------------------------------------------------------------------------


def test_a_reason_says_whether_the_condition_is_as_the_rule_asks() -> None:
    """Both are what the bar asks for: outside the plan, and no emergency that would be excepted."""
    answers = stated(QIDONG, in_annual_plan=False, emergency=False)
    verdict = rule_verdict(QIDONG, QIDONG.rules["fiscal_funds_barred"], answers)
    assert [
        (str(reason.law), reason.text, reason.holds)
        for reason in reasons(QIDONG, verdict.because, answers)
    ] == [
        ("art17-p1", "未列入年度建设计划", True),
        ("art17-p2", "不属于为应对突发事件需要紧急建设的项目", True),
    ]


def test_the_reasons_of_a_no_do_not_hold() -> None:
    answers = stated(QIDONG, depth_reached=False, total_investment=200)
    verdict = rule_verdict(QIDONG, QIDONG.rules["merge_all"], answers)
    assert [reason.holds for reason in reasons(QIDONG, verdict.because, answers)] == [False]
