"""A workbook of every block that asks something, with the list of findings and all charts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.model.conditions import facts_of
from generator.model.edition import Edition
from generator.model.load import load_edition
from generator.workbook.desk import Filling
from tests.support.editions import edition_of
from tests.support.regulation import QIDONG
from tests.support.workbooks import CHOSEN

KIND, ROWS = "overview", 12
_AMOUNT = {"ask": "多少？", "type": "amount", "unit": "万元", "at_least": 0}
ENTRIES: dict[str, Any] = {
    "note": {"label": "备注", "ask": "还有什么？", "type": "text"},
    "planned": {"label": "累计计划投资", **_AMOUNT},
    "spent": {"label": "累计完成投资", **_AMOUNT},
    "reported": {"label": "报送日期", "ask": "哪一天？", "type": "date"},
    "price": {"label": "合同金额", **_AMOUNT},
}
_QUARTERS = {
    "block": "register",
    "id": "quarters",
    "title": "季度登记",
    "key": {"label": "应报日期", "of": "quarterly_report", "sent": "reported"},
    "columns": ["planned", "spent", "reported"],
    "rows": 6,
    "checks": [
        {"kind": "at_most", "column": "spent", "than": "planned", "says": "完成多于计划"},
    ],
}
_CONTRACTS = {
    "block": "register",
    "id": "contracts",
    "title": "合同登记",
    "key": {"label": "合同编号"},
    "columns": ["price"],
    "rows": 3,
    "checks": [
        {
            "kind": "total_at_most",
            "column": "price",
            "than": "total_investment",
            "says": "合同金额合计超过总投资",
        },
    ],
}
_TIMELINE = {
    "block": "timeline",
    "title": "各项期限",
    "deadlines": [
        "acceptance_application",
        "self_evaluation",
        "quarterly_report",
        "performance_report",
    ],
    "years": 2,
}
_ROUTE = {
    "block": "verdict",
    "title": "编报",
    "shows": ["approval_route"],
    "chosen": CHOSEN[QIDONG.name],
}

AS_OF = date(2024, 7, 10)
FAULTY: Mapping[str, Filling] = {
    "in_as_of": AS_OF,
    "in_total_investment": 3000,
    "in_depth_reached": "可能",
    "in_clear_requirement": "否",
    "in_special_reason": "否",
    "in_urgent": "否",
    "in_filing_form": "合并编报项目建议书、可行性研究报告、初步设计方案和投资概算",
    "in_construction_start": date(2023, 11, 20),
    "in_construction_end": date(2025, 6, 30),
    "in_built_on": date(2023, 12, 15),
    "in_self_evaluation_submitted_on": "昨天",
    "in_proposal_submitted": "是",
    "in_step_declaration_sent": date(2024, 2, 3),
    "in_step_declaration_received": date(2024, 2, 1),
    "tb_quarters_key[1]": date(2023, 12, 31),
    "tb_quarters_planned[1]": 50,
    "tb_quarters_spent[1]": 40,
    "tb_quarters_reported[1]": date(2023, 12, 30),
    "tb_quarters_key[2]": date(2024, 9, 30),
    "tb_quarters_spent[2]": 160,
    "tb_quarters_key[3]": date(2024, 3, 31),
    "tb_quarters_planned[3]": 120,
    "tb_quarters_spent[3]": 140,
    "tb_performance_report_sent[1]": date(2022, 12, 31),
    "tb_contracts_key[1]": "甲",
    "tb_contracts_price[1]": 2000,
    "tb_contracts_key[2]": "乙",
    "tb_contracts_price[2]": 1500,
    "tb_contracts_price[3]": "不详",
    "tb_changes_key[1]": "变-1",
    "tb_changes_adjust_amount[1]": -20,
    "tb_changes_adjust_amount[2]": "三十",
}
"""A project in which everything is wrong or late that can be."""


@cache
def overview_edition() -> Edition:
    """The regulation with this workbook alone."""
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(QIDONG, Path(folder) / QIDONG.name)
        shutil.copytree(QIDONG.parent / "calendar", Path(folder) / "calendar")
        shutil.rmtree(copy / "examples", ignore_errors=True)
        for each in (copy / "workbooks").iterdir():
            each.unlink()
        written = json.dumps(layout(edition_of(QIDONG.name)), ensure_ascii=False)
        (copy / "workbooks" / f"{KIND}.yml").write_text(written, "utf-8")
        return load_edition(copy)


def layout(edition: Edition) -> dict[str, Any]:
    """The workbook as a file would write it."""
    decision = edition.decisions["approval_route"]
    read = [fact for rule in decision.first_of for fact in facts_of(edition.rules[rule].when)]
    dates = ["construction_start", "construction_end", "built_on", "accepted_on", "operating_on"]
    asked = ["total_investment", "filing_form", *read, *dates, "approved_estimate", "note"]
    sheets = {
        "封面": [{"block": "identity"}, {"block": "progress", "title": "进度"}, _chart("stages")],
        "信息": [{"block": "form", "title": "项目", "fields": list(dict.fromkeys(asked))}],
        "编报": [_ROUTE],
        "步骤": [{"block": "steps", "title": "步骤", "steps": ["declaration", "initial_review"]}],
        "季度": [_QUARTERS, _chart("register", "quarters", "planned", "spent")],
        "合同": [_CONTRACTS, _chart("register", "contracts", "price")],
        "变更": [{"block": "table", "title": "变更", "table": "changes", "rows": 3}],
        "校验": [
            _TIMELINE,
            {"block": "findings", "title": "缺漏与错误", "rows": ROWS},
            _chart("deadlines"),
        ],
        "条文": [{"block": "provisions", "title": "条文"}],
    }
    written = [{"name": name, "blocks": blocks} for name, blocks in sheets.items()]
    head = {"title": "总览", "file": "总览", "audience": "construction_unit"}
    return {**head, "entries": ENTRIES, "sheets": written}


def _chart(of: str, source: str | None = None, *columns: str) -> dict[str, Any]:
    own = {"source": source, "columns": list(columns)} if source else {}
    return {"block": "chart", "title": f"图：{source or of}", "of": of, **own}
