"""Workbooks filled in with care, and without; all say from which day they count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from generator.workbook.desk import Filling
from generator.workbook.fillings import fillings_of
from tests.support.editions import EDITIONS, edition_of
from tests.support.workbooks import DOSSIER, VEHICLE

CAREFUL: Mapping[tuple[str, str], Mapping[str, Filling]] = {
    DOSSIER: {
        "in_as_of": date(2024, 7, 10),
        "in_project_name": "=智慧停车",
        "in_total_investment": 300,
        "in_approved_estimate": 323.95,
        "in_depth_reached": "否",
        "in_listed_in_planning": "否",
        "in_construction_start": date(2023, 11, 20),
        "in_construction_end": date(2024, 6, 30),
        "in_built_on": date(2024, 3, 15),
        "in_secret": "既有涉密部分，又有非涉密部分",
        "in_catalogue_provided": "是",
        "in_data_provided": "是",
        "in_accepted_on": date(2024, 1, 31),
        "in_operating_on": date(2024, 2, 29),
        "in_acceptance_applied_on": date(2024, 7, 1),
        "in_paper_audit_report_ready": "是",
        "tb_quarterly_key[1]": date(2024, 3, 31),
        "tb_quarterly_quarter_sent[1]": date(2024, 4, 2),
        "tb_quarterly_investment_this_year[1]": 120.5,
        "tb_quarterly_investment_to_date[1]": 150,
        "tb_quarterly_key[2]": date(2023, 12, 31),
        "tb_quarterly_quarter_sent[2]": date(2023, 12, 31),
        "tb_quarterly_investment_this_year[2]": 29.5,
        "tb_quarterly_investment_to_date[2]": 29.5,
        "tb_changes_key[1]": "变-1",
        "tb_changes_adjust_amount[1]": -20,
        "tb_changes_scale_exceeds[1]": "否",
        "tb_changes_goal_changed[1]": "否",
        "tb_changes_main_content_change_needed[1]": "是",
        "tb_changes_adjust_reason[1]": "确需对原项目技术方案进行完善优化",
        "tb_changes_key[2]": "变-2",
        "tb_changes_adjust_amount[2]": 12.395,
        "tb_changes_scale_exceeds[2]": "否",
        "tb_changes_goal_changed[2]": "否",
        "tb_changes_main_content_change_needed[2]": "是",
        "tb_changes_adjust_reason[2]": "确需对原项目技术方案进行完善优化",
    },
    VEHICLE: {
        "in_as_of": date(2025, 5, 8),
        "in_plate": "=A1",
        "in_fiscal_funds": "是",
        "in_enforcement_vehicle": "否",
        "in_quota_vacancy": "是",
        "in_purchase_price": 123456.78,
        "in_vehicle_type": "=A1|B2, {{车牌}}, <车型> 或者 ]]>",
        "in_applied_on": date(2025, 4, 28),
        "in_extension_approved": "否",
        "in_registered_on": date(2025, 9, 20),
        "in_delivered_on": date(2025, 1, 15),
        "in_disposed_on": date(2025, 4, 10),
        "in_repair_estimate": 5000,
        "in_secret_unit": "是",
        "in_purchase_agreed": "是",
        "in_replied_on": date(2025, 5, 8),
        "in_registration_filed": "否",
        "in_repair_reviewed": "是",
        "in_inspected_on": date(2025, 5, 9),
        "in_step_apply_number": "=文号1",
        "in_step_apply_sent": date(2025, 4, 28),
        "in_step_apply_received": date(2025, 4, 28),
        "in_step_reply_to_applicant_sent": date(2025, 5, 8),
        "in_step_reply_to_applicant_evidence": "-1 {{柜}}",
        "tb_repairs_key[1]": "=1",
        "tb_repairs_repair_cost[1]": 20000,
        "tb_repairs_key[2]": "2",
        "tb_repairs_repair_cost[2]": 4691.36,
    },
}

EXAMPLES: Mapping[tuple[str, str], Mapping[str, Filling]] = {
    (id, kind): fillings_of(sample.contents, sample.as_of)
    for id in EDITIONS
    for kind, sample in edition_of(id).samples.items()
}
"""The filled examples that are published."""

CARELESS: Mapping[tuple[str, str], Mapping[str, Filling]] = {
    DOSSIER: {
        "in_as_of": date(2030, 2, 28),
        "in_total_investment": "约300万元",
        "in_approved_estimate": 3000000,
        "in_depth_reached": "　是\u00a0 ",
        "in_clear_requirement": "可能",
        "in_special_reason": 1,
        "in_urgent": "否\n",
        "in_built_on": "2024年3月15日",
        "in_construction_start": date(2025, 1, 1),
        "in_construction_end": date(2024, 1, 1),
        "in_accepted_on": 45000.5,
        "in_operating_on": date(1999, 12, 31),
        "in_secret": "机密",
        "tb_changes_adjust_amount[2]": "三十",
        "tb_changes_key[4]": "　",
        "tb_changes_goal_changed[4]": "是",
    },
    VEHICLE: {
        "in_as_of": date(2024, 2, 29),
        "in_purchase_price": 100000.001,
        "in_repair_estimate": -1,
        "in_vehicle_type": " 轿车 ",
        "in_applied_on": date(2026, 1, 5),
        "in_registered_on": date(2024, 12, 20),
        "in_delivered_on": date(2024, 1, 31),
        "in_disposed_on": date(2024, 2, 29),
        "in_replied_on": "三月",
        "in_reasons_given": "没有",
        "in_step_apply_sent": date(2024, 2, 29),
        "in_step_apply_received": date(2024, 2, 28),
        "in_step_reply_to_applicant_received": "2024年",
        "in_step_inspect_sent": 1,
        "in_done_filing": date(2025, 1, 5),
        "tb_repairs_repair_cost[1]": 0,
        "tb_repairs_repair_cost[3]": 20000,
    },
}
