"""A workbook of paper forms and duties of a regulation: every kind of thing that a form can show.

Made for any edition, since what is printed must come out of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.model.conditions import facts_of
from generator.model.edition import Edition, FactType, Rule, Window
from generator.workbook.blocks.table import compared_by
from generator.workbook.desk import Filling

ROWS = 4
SEAL = ("sealed_by", "filled_by", "phone", "filled_on")
ENTRIES: dict[str, dict[str, Any]] = {
    "sealed_by": {"label": "填报单位（盖章）", "ask": "哪个单位填报？", "type": "text"},
    "filled_by": {"label": "填表人", "ask": "谁填表？", "type": "text"},
    "phone": {"label": "联系电话", "ask": "电话是多少？", "type": "text"},
    "filled_on": {"label": "填报日期", "ask": "哪一天填报？", "type": "date"},
    "content": {"label": "建设内容", "ask": "=建设什么？", "type": "text"},
    "day": {"label": "登记日期", "ask": "哪一天？", "type": "date"},
    "spent": {
        "label": "完成投资",
        "ask": "完成多少？",
        "type": "amount",
        "unit": "万元",
        "at_least": 0,
    },
}
REGISTER = "problems_met"


def papers_layout(edition: Edition) -> dict[str, Any]:
    """Cover, questions, papers and tables to fill, forms of all kinds, a sheet for each role."""
    columns = {column for table in edition.tables.values() for column in table.columns}
    above = {fact for table in edition.tables.values() for fact in table.above}
    asked = [id for id in edition.facts if id not in columns | above]
    papers = list(edition.papers)
    sheets: list[dict[str, Any]] = [
        {
            "name": "封面",
            "blocks": [{"block": "identity"}, {"block": "progress", "title": "进度"}],
        },
        {
            "name": "填写",
            "blocks": [
                {"block": "form", "title": "全部事实", "fields": [*asked, "content", "phone"]},
                {"block": "checklist", "title": "全部材料", "papers": papers},
                _seal(),
            ],
        },
        *(
            _sheet(f"登记{n}", {"block": "table", "title": "登记", "table": table, "rows": ROWS})
            for n, table in enumerate(edition.tables, 1)
        ),
        _sheet("登记", _register()),
        {**_sheet("表单", _letter(edition), _seal()), "printed": True},
        *(
            {**_sheet(f"表单{number}", _row_letter(edition, table)), "printed": True}
            for number, table in enumerate(edition.tables, 1)
        ),
        {**_sheet("登记表单", _register_letter(edition)), "printed": True},
        {
            "name": "履职",
            "about": "逐项填写。",
            "each": "role",
            "blocks": [{"block": "duties", "title": "履职清单"}, _seal()],
        },
        _sheet("条文", {"block": "provisions", "title": "条文"}),
    ]
    return {
        "title": "表单和职责",
        "file": "表单和职责",
        "audience": next(iter(edition.roles)),
        "entries": ENTRIES,
        "sheets": sheets,
    }


def _sheet(name: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "blocks": list(blocks)}


def _seal() -> dict[str, Any]:
    return {"block": "seal", "fields": list(SEAL)}


def _register() -> dict[str, Any]:
    return {
        "block": "register",
        "id": REGISTER,
        "title": "登记",
        "key": {"label": "编号"},
        "columns": ["day", "spent"],
        "rows": ROWS,
    }


def _letter(edition: Edition) -> dict[str, Any]:
    """A fact of each type, every decision, some rules, all last days, every paper."""
    plain = [rule for rule in edition.rules.values() if rule.each is None]
    shown = [next(f.id for f in edition.facts.values() if f.type is t) for t in _TYPES]
    shown += ["content", *edition.decisions, *(rule.id for rule in plain[:4])]
    shown += [d.id for d in edition.deadlines.values() if isinstance(d.schedule, Window)]
    return {
        "block": "letter",
        "title": '=1+1 "<申请表>" {{x}}',
        "paper": next(iter(edition.papers)),
        "words": '=HYPERLINK("x")\n&<b>]]> | ~*?',
        "rows": [
            *({"label": f"=“{id}”", "shows": id} for id in shown),
            {"label": "情况说明", "id": "remarks", "lines": 3},
            {"label": "盖章人", "id": "sealed", "half": True},
            {"label": "不印", "shows": plain[0].id, "screen": True},
        ],
        "encloses": list(edition.papers),
    }


_TYPES = (FactType.YESNO, FactType.CHOICE, FactType.AMOUNT, FactType.DATE)


def _row_letter(edition: Edition, table: str) -> dict[str, Any]:
    """A row of a table, with the verdicts on it and what they add up."""
    columns, above = edition.tables[table].columns, edition.tables[table].above
    rules = row_rules(edition, table)
    sums = [rule.id for rule in rules if compared_by(columns, rule)]
    shown = [*columns, *above, *(rule.id for rule in rules)]
    return {
        "block": "letter",
        "title": "登记表",
        "paper": list(edition.papers)[1],
        "picks": table,
        "words": "登记如下。",
        "rows": [
            {"label": "编号", "shows": table},
            *({"label": id, "shows": id} for id in shown),
            *(
                {"label": f"{id}：{figure}", "shows": id, "figure": figure}
                for id in sums
                for figure in ("total", "total_share")
            ),
            *({"label": f"{id}，不印", "shows": id, "screen": True} for id in sums),
        ],
    }


def row_rules(edition: Edition, table: str) -> list[Rule]:
    """The rules that hold row by row, all of whose facts are asked."""
    rules = [rule for rule in edition.rules.values() if rule.each == table]
    assert all(facts_of(rule.when) for rule in rules)
    return rules


def _register_letter(edition: Edition) -> dict[str, Any]:
    return {
        "block": "letter",
        "title": "情况报告",
        "paper": list(edition.papers)[2],
        "picks": REGISTER,
        "words": "报告如下。",
        "rows": [
            {"label": "编号", "shows": REGISTER},
            {"label": "日期", "shows": "day"},
            {"label": "投资", "shows": "spent"},
        ],
    }


FILLED: Mapping[str, Mapping[str, Mapping[str, Filling]]] = {
    "qidong-2022": {
        "careful": {
            "in_as_of": date(2024, 7, 10),
            "in_content": "=一、数据库；\n二、平台。",
            "in_phone": "0513-00000000",
            "in_total_investment": 300,
            "in_approved_estimate": 323.95,
            "in_applicant": "各部门和单位",
            "in_construction_start": date(2023, 11, 20),
            "in_built_on": date(2024, 3, 15),
            "in_accepted_on": date(2024, 1, 31),
            "in_operating_on": date(2024, 2, 29),
            "in_depth_reached": "否",
            "in_listed_in_planning": "否",
            "in_secret": "涉密",
            "in_sealed_by": "启东市示例局",
            "in_filled_on": date(2024, 7, 1),
            "in_sealed_by__finance_bureau": "市财政局",
            "in_letter_project_proposal_book__remarks": "=一、已经完成；\n二、没有变化。",
            "in_paper_project_summary_ready": "是",
            "in_paper_audit_report_ready": "否",
            "in_duty_manage_budget__finance_bureau__state": "已办",
            "tb_changes_key[1]": "变*1",
            "tb_changes_adjust_amount[1]": -20,
            "tb_changes_scale_exceeds[1]": "否",
            "tb_changes_goal_changed[1]": "否",
            "tb_changes_main_content_change_needed[1]": "是",
            "tb_changes_adjust_reason[1]": "确需对原项目技术方案进行完善优化",
            "tb_changes_key[3]": "变-3",
            "tb_changes_adjust_amount[3]": 12.395,
            "tb_changes_scale_exceeds[3]": "是",
            "tb_problems_met_key[2]": "二",
            "tb_problems_met_day[2]": date(2024, 5, 1),
            "tb_problems_met_spent[2]": 80,
        },
        "careless": {
            "in_as_of": date(2024, 7, 10),
            "in_content": 20240101,
            "in_total_investment": "约300万元",
            "in_system_in_scope": "可能",
            "in_construction_start": "2023年",
            "in_filled_on": "昨天",
            "in_letter_project_proposal_book__remarks": 20240101,
            "in_paper_project_summary_ready": 1,
            "in_pick_feasibility_report": "没有的",
            "tb_changes_key[2]": "变-2",
            "tb_changes_adjust_amount[2]": "二十",
            "in_pick_preliminary_design": " 二　",
            "tb_problems_met_key[2]": "二",
            "tb_problems_met_key[4]": "四",
            "tb_problems_met_spent[2]": -1,
        },
    },
    "yunling-2025": {
        "careful": {
            "in_as_of": date(2025, 5, 8),
            "in_fiscal_funds": "是",
            "in_vehicle_type": "=A1|B2, {{车牌}}, <车型> 或者 ]]>",
            "in_purchase_price": 123456.78,
            "in_applied_on": date(2025, 4, 28),
            "in_extension_approved": "否",
            "in_pick_quota_certificate": "=1",
            "tb_repairs_key[1]": "=1",
            "tb_repairs_repair_cost[1]": 20000,
            "tb_repairs_key[2]": "2",
            "tb_repairs_repair_cost[2]": 4691.36,
        },
        "careless": {
            "in_as_of": date(2025, 5, 8),
            "in_pick_quota_certificate": 1,
            "tb_repairs_key[1]": 1,
            "tb_repairs_repair_cost[1]": 0.001,
        },
    },
}
"""Fillings of the workbook of paper forms."""
