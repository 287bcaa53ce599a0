"""Checks between the answers of a workbook: what does not go together is a finding.

What to expect is said by the regulation: who may not pass, which comes first, what is let in.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from generator.model.load import load_edition
from generator.model.problems import DataProblems
from generator.workbook.book import Book, Place
from generator.workbook.build import build_book
from generator.workbook.files import workbook_bytes
from tests.rules.excel.project import BLANK, Entry
from tests.support.drawn import filled_book
from tests.support.editions import edition_of
from tests.support.judges import JUDGES, PlacedBook
from tests.support.regulation import FICTITIOUS_DATA
from tests.workbook.generated import Generated, Template

QIDONG = "qidong-2022"
WRONG, DOUBT, NEEDED = "有误", "请核对", "还需填写"
AS_OF = date(2024, 7, 10)
DAY = timedelta(1)
Filled = Mapping[str, Any]
Findings = list[tuple[str, str]]


@cache
def template(kind: str) -> Template:
    return Template(QIDONG, kind)


def filled(kind: str, fillings: Filled) -> Generated:
    """A workbook filled in: `in_…` is a cell, `tb_…[k]` the k-th of a column."""
    cells: dict[str, list[Entry]] = {}
    day = {"in_as_of": AS_OF} if "in_as_of" in template(kind).inputs else {}
    for name, value in {**day, **fillings}.items():
        column, _, row = name.rstrip("]").partition("[")
        room = len(template(kind).inputs[column])
        cells.setdefault(column, [BLANK] * room)[int(row or 1) - 1] = Entry(value)
    return Generated({name: tuple(entries) for name, entries in cells.items()})


def listed(book: Book) -> Iterator[tuple[str, str, str]]:
    """What the list of findings says: label, kind, reason."""
    for place in book.spans["out_findings_labels"].places:
        label, kind, reason = (
            str(book.value_at(Place(place.sheet, place.row, column)) or "") for column in (2, 3, 4)
        )
        if label:
            yield label, kind, reason


def findings(kind: str, fillings: Filled) -> Findings:
    """What is wrong or to be checked again: labels and reasons."""
    book = template(kind).filled(filled(kind, fillings))
    return [(label, reason) for label, word, reason in listed(book) if word in (WRONG, DOUBT)]


@pytest.fixture(scope="module", params=["acceptance_review", "reserve_plan"])
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, PlacedBook]:
    path = tmp_path_factory.mktemp("checks") / "book.xlsx"
    path.write_bytes(workbook_bytes(edition_of(QIDONG), request.param))
    judge = next(judge for judge in JUDGES if judge.name == "formualizer")
    return request.param, judge.open(path)


def test_a_program_lists_what_we_do(opened: tuple[str, PlacedBook]) -> None:
    kind, book = opened
    names = ("out_findings_count", "out_findings_labels", "out_findings_kinds")
    cases = {"acceptance_review": REVIEWS, "reserve_plan": PLANS}[kind]
    start = {"acceptance_review": PASSED, "reserve_plan": {}}[kind]
    for change, _ in cases[::2]:
        generated = filled(kind, {**start, **change})
        ours = template(kind).filled(generated)
        found = book.calculate(generated.inputs, names)
        for name in names:
            own, other = ours.value(name), found[name]
            assert (own if isinstance(own, tuple) else (own,)) == (
                other if isinstance(other, tuple) else (other,)
            ), change


# Acceptance --------------------------------------------------------------------------------------

APPLIED, RECEIVED, PASSED_ON = date(2024, 3, 1), date(2024, 3, 4), date(2024, 5, 6)
REQUIRED = (
    "acceptance_form",
    "project_summary",
    "financial_report",
    "audit_report",
    "level_protection_certificate",
    "risk_report",
    "level_protection_test",
    "crypto_report",
    "archive_report",
)
"""What is handed in with an application in time for a project without secrets (art. 29)."""

PASSED: Filled = {
    "in_secret": "不涉密",
    "in_built_on": date(2024, 1, 10),
    "in_acceptance_applied_on": APPLIED,
    "in_received_on": RECEIVED,
    "in_cannot_apply_on_time": "否",
    **{f"in_paper_{paper}_ready": "是" for paper in REQUIRED},
    "in_materials_opinion": "列名材料已齐",
    "in_catalogue_provided": "是",
    "in_data_provided": "是",
    "tb_special_key[1]": "消防",
    "tb_special_special_organ[1]": "市某局",
    "tb_special_special_result[1]": "合格",
    "in_special_acceptance_done": "是",
    "in_archive_accepted": "是",
    "in_archive_accepted_on": date(2024, 4, 1),
    "in_conclusion": "通过",
    "in_accepted_on": PASSED_ON,
}
"""A project that may pass, and did."""

BARRED = (
    "验收结论",
    "有不得通过项目验收的情形，验收结论不得填“通过”（第三十条、第三十一条第二款）",
)
EARLY = ("通过验收日期", "通过验收早于建成、申请竣工验收或者收到申请")
BEFORE_ARCHIVE = (
    "通过验收日期",
    "通过验收早于档案验收；未经档案验收的，不得通过项目验收（第三十一条第二款）",
)
NOT_PASSED = ("通过验收日期", "验收结论不是“通过”，不应填写通过验收日期")
RECEIVED_EARLY = ("收到申请日期", "收到申请早于申请竣工验收")
SPECIAL = (
    "专项验收已完成",
    "登记的专项验收有“不合格”或者“尚未完成”的，不应填“是”（第二十九条第一款）",
)
SPECIAL_FAILED = (
    "验收结论",
    "有专项验收不合格，结论却为“通过”；办法没有写明不得通过，请核对（第二十九条）",
)
INCOMPLETE = (
    "列名材料核对结果",
    "须提交的材料有“已备”没有填“是”的，列名材料没有齐（第二十九条第一款）",
)
UNKNOWN: Filled = {f"in_{fact}": None for fact in ("catalogue_provided", "data_provided")}

REVIEWS: list[tuple[Filled, Findings]] = [
    ({}, []),
    # Each of the bars alone, and with the others not answered; not while the bar itself is open.
    ({"in_catalogue_provided": "否"}, [BARRED]),
    ({"in_data_provided": "否"}, [BARRED]),
    ({"in_archive_accepted": "否"}, [BARRED]),
    ({**UNKNOWN, "in_archive_accepted": "否"}, [BARRED]),
    ({**UNKNOWN}, []),
    ({"in_archive_accepted": "否", "in_conclusion": "不通过", "in_accepted_on": None}, []),
    ({"in_archive_accepted": "否", "in_conclusion": None}, []),
    # A day of passing without having passed.
    ({"in_conclusion": "不通过"}, [NOT_PASSED]),
    ({"in_conclusion": "整改后再次验收"}, [NOT_PASSED]),
    ({"in_conclusion": "不通过", "in_accepted_on": None}, []),
    # Days in their order: on the same day is right, one day before is not.
    ({"in_received_on": APPLIED}, []),
    ({"in_received_on": APPLIED - DAY}, [RECEIVED_EARLY]),
    ({"in_archive_accepted_on": PASSED_ON}, []),
    ({"in_archive_accepted_on": PASSED_ON + DAY}, [BEFORE_ARCHIVE]),
    ({"in_accepted_on": RECEIVED, "in_archive_accepted_on": None}, []),
    ({"in_accepted_on": RECEIVED - DAY, "in_archive_accepted_on": None}, [EARLY]),
    (
        {
            "in_accepted_on": APPLIED - DAY,
            "in_received_on": None,
            "in_archive_accepted_on": None,
        },
        [EARLY],
    ),
    ({"in_built_on": APPLIED}, []),
    ({"in_built_on": APPLIED + DAY}, [("申请竣工验收：办结日期", "早于起算日，请核对")]),
    # Special acceptances: one that failed or is not finished is not done.
    ({"tb_special_special_result[1]": "尚未完成"}, [SPECIAL]),
    ({"tb_special_special_result[1]": "尚未完成", "in_special_acceptance_done": "否"}, []),
    ({"tb_special_special_result[1]": None}, []),
    ({"tb_special_special_result[1]": "不合格"}, [SPECIAL, SPECIAL_FAILED]),
    (
        {"tb_special_special_result[1]": "不合格", "in_special_acceptance_done": "否"},
        [SPECIAL_FAILED],
    ),
    # In another row than the first.
    ({"tb_special_key[10]": "人防", "tb_special_special_result[10]": "尚未完成"}, [SPECIAL]),
    # Papers: those that are required, and no others.
    ({"in_paper_risk_report_ready": "否"}, [INCOMPLETE]),
    ({"in_paper_archive_report_ready": None}, [INCOMPLETE]),
    ({"in_paper_extension_request_ready": "否", "in_paper_secrecy_test_ready": "否"}, []),
    ({"in_secret": "涉密"}, [INCOMPLETE]),
    ({"in_paper_risk_report_ready": "否", "in_materials_opinion": "列名材料未齐"}, []),
    ({"in_paper_risk_report_ready": "否", "in_materials_opinion": None}, []),
]


@pytest.mark.parametrize(("change", "wanted"), REVIEWS)
def test_a_review_lists_what_its_answers_do_not_bear(change: Filled, wanted: Findings) -> None:
    assert findings("acceptance_review", {**PASSED, **change}) == wanted


def test_nothing_is_said_of_a_blank_review() -> None:
    assert findings("acceptance_review", {}) == []


def test_what_contradicts_others_says_so_beside_its_cell_and_on_the_cover() -> None:
    fillings = {**PASSED, "in_archive_accepted": "否"}
    book = template("acceptance_review").filled(filled("acceptance_review", fillings))
    beside = {}
    for fact in ("conclusion", "accepted_on", "archive_accepted"):
        place = book.places[f"in_{fact}"]
        beside[fact] = book.value_at(Place(place.sheet, place.row, 5))
    assert beside == {
        "conclusion": "请核对，见“校验”",
        "accepted_on": "已填",
        "archive_accepted": "已填",
    }
    cover = next(iter(book.sheets.values()))
    shown = {
        str(cell.content): book.value_at(Place(cover.name, row, 3))
        for (row, column), cell in cover.cells.items()
        if column == 2
    }
    assert shown["填写有误"] == "1 处，见“校验”表"
    assert shown["请核对"] == "无"


def test_a_review_tells_what_to_hand_in_at_once() -> None:
    def told(change: Filled) -> set[str]:
        book = template("acceptance_review").filled(
            filled("acceptance_review", {**PASSED, **change})
        )
        lines = [
            str(book.value_at(Place(sheet.name, row, column)))
            for sheet in book.sheets.values()
            if sheet.name == "项目与申请"
            for row, column in sheet.cells
            if column == 1
        ]
        (line,) = [line for line in lines if line.startswith("未备（")]
        return set(line.partition("：")[2].split("；"))

    assert told({}) == {"无"}
    unready = {"in_paper_risk_report_ready": "否", "in_paper_archive_report_ready": None}
    assert told(unready) == {"安全风险评估报告", "档案验收报告"}
    # What may be required after all is not told yet.
    assert told({"in_secret": None, "in_cannot_apply_on_time": None}) == {"无"}


def test_each_bar_has_its_own_row() -> None:
    fillings = {"in_catalogue_provided": "是", "in_archive_accepted": "否"}
    book = template("acceptance_review").filled(filled("acceptance_review", fillings))
    sheet = book.sheets["验收结论"]
    rows = {
        str(book.value_at(Place(sheet.name, row, 4))).strip(): (
            book.value_at(Place(sheet.name, row, 3)),
            book.value_at(Place(sheet.name, row, 9)),
        )
        for row, column in sheet.cells
        if column == 4
    }
    assert rows["未按规定提供信息资源目录"] == ("否", "第三十条")
    assert rows["未按规定提供数据"] == ("待填", "第三十条")
    assert rows["未经档案验收或者档案验收不合格"] == ("是", "第三十一条第二款")
    assert not any("取决于" in words for words in rows)


# Reserve and plan --------------------------------------------------------------------------------

RESERVE = "政务信息化项目储备库"
PROPOSAL = "下一年度建设计划建议方案"
CHANGES = "年度建设计划的调整（调入）"
NOT_YET = "尚不能安排的项目"
ISSUED_ON = date(2024, 12, 10)


def row(register: str, **cells: Any) -> dict[str, Any]:
    return {f"tb_{register}_{column}[1]": value for column, value in {"key": "甲", **cells}.items()}


UNAPPROVED = (f"{RESERVE}：甲", "未批准的，不应列入（第十五条第（五）项）。")
BEFORE_APPROVAL = (f"{RESERVE}：甲", "列入储备库早于批复（第十五条第（五）项）。")
UNLISTED = (f"{PROPOSAL}：甲", "未列入储备库的，不纳入建议方案（第十五条第（六）项）。")
NOT_IN_RESERVE = (f"{PROPOSAL}：甲", "“储备库”表中没有这个项目代码，请核对。")
ALSO_NOT_YET = (f"{PROPOSAL}：甲", "同一项目代码又登记在“尚不能安排”，请核对。")
NO_GROUND = (f"{CHANGES}：甲", "两种情形都不是的，不予调整，不应下达（第十六条）。")
BROUGHT_IN = (f"{CHANGES}：甲", "调入的，调整前年度投资应为 0。")
EMERGENCY = (
    f"{NOT_YET}：甲",
    "为应对突发事件、经市政府同意的，可以先行拨付资金组织实施，是否还列在本表，"
    "请核对（第十七条第二款）。",
)
BEFORE_MEETING = (
    "投资计划下达日期",
    "投资计划下达早于市政府常务会议或者市委常委会会议审议通过（第十五条第（六）项）",
)
OVER = (f"{PROPOSAL}：建议安排的年度投资合计", "合计大于下一年度可安排资金的上限")
NEITHER, ISSUED = "两种情形都不是", "市政府已下达"

PLANS: list[tuple[Filled, Findings]] = [
    (row("reserve", study_approved="否", reserved_on=ISSUED_ON), [UNAPPROVED]),
    (row("reserve", study_approved="否"), []),
    (row("reserve", reserved_on=ISSUED_ON), []),
    (
        row(
            "reserve",
            study_approved="是",
            study_approved_on=ISSUED_ON,
            reserved_on=ISSUED_ON,
        ),
        [],
    ),
    (
        row(
            "reserve",
            study_approved="是",
            study_approved_on=ISSUED_ON,
            reserved_on=ISSUED_ON - DAY,
        ),
        [BEFORE_APPROVAL],
    ),
    (row("proposal", reserve_listed="否"), [UNLISTED]),
    # It is said to be in the reserve: there it is looked for by its code.
    (row("proposal", reserve_listed="是"), [NOT_IN_RESERVE]),
    (row("reserve", key="乙") | row("proposal", reserve_listed="是"), [NOT_IN_RESERVE]),
    (row("reserve") | row("proposal", reserve_listed="是"), []),
    (row("reserve") | row("proposal", reserve_listed="是") | row("not_yet"), [ALSO_NOT_YET]),
    (row("reserve") | row("proposal", reserve_listed="是") | row("not_yet", key="乙"), []),
    (row("proposal"), []),
    (row("adjustments", adjustment_ground=NEITHER, adjustment_passed=ISSUED), [NO_GROUND]),
    (row("adjustments", adjustment_ground=NEITHER, adjustment_passed="未通过"), []),
    (row("adjustments", adjustment_ground=NEITHER), []),
    (row("adjustments", adjustment_kind="调入", amount_before=0), []),
    (row("adjustments", adjustment_kind="调入", amount_before=0.000001), [BROUGHT_IN]),
    (row("adjustments", adjustment_kind="调整", amount_before=5), []),
    (row("adjustments", adjustment_kind="调入"), []),
    (row("not_yet", emergency_case="是", government_consent="是"), [EMERGENCY]),
    (row("not_yet", emergency_case="是", government_consent="否"), []),
    (row("not_yet", emergency_case="是"), []),
    ({"in_plan_issued_on": ISSUED_ON, "in_executive_meeting_on": ISSUED_ON}, []),
    (
        {"in_plan_issued_on": ISSUED_ON, "in_executive_meeting_on": ISSUED_ON + DAY},
        [BEFORE_MEETING],
    ),
    (
        {"in_plan_issued_on": ISSUED_ON, "in_standing_committee_on": ISSUED_ON + DAY},
        [BEFORE_MEETING],
    ),
    ({"in_year_ceiling": 700, **row("proposal", year_amount=700)}, []),
    ({"in_year_ceiling": 700, **row("proposal", year_amount=700.000001)}, [OVER]),
]


@pytest.mark.parametrize(("fillings", "wanted"), PLANS)
def test_a_plan_lists_what_does_not_go_together(fillings: Filled, wanted: Findings) -> None:
    assert findings("reserve_plan", fillings) == wanted


def plan(fillings: Filled) -> Book:
    return template("reserve_plan").filled(filled("reserve_plan", fillings))


def test_what_was_not_approved_has_no_paper_to_ask_for() -> None:
    asked = {"是": ("批复文号", "批复日期", "列入储备库日期"), "否": ()}
    for answer, wanted in asked.items():
        book = plan(row("reserve", study_approved=answer))
        (reason,) = [reason for _, kind, reason in listed(book) if kind == NEEDED]
        guarded = [label for label in asked["是"] if f"“{label}”" in reason]
        assert tuple(guarded) == wanted


def test_the_ceiling_is_never_asked_for_and_shown_in_figures() -> None:
    rows = row("proposal", year_amount=700.5)
    for ceiling, shown in ((None, ("", "")), (700, (700, -0.5)), (701, (701, 0.5))):
        book = plan({"in_year_ceiling": ceiling, **rows})
        names = ("limit", "rest")
        found = tuple(book.value(f"tb_proposal_out_{word}_year_amount") for word in names)
        assert found == shown
        assert book.value("tb_proposal_out_total_year_amount") == 700.5
        labels = [label for label, *_ in listed(book)]
        assert "下一年度可安排资金的上限" not in labels
        word = book.value("tb_proposal_out_year_amount_total_at_most_year_ceiling")
        assert word == {None: "不适用", 700: "不符合", 701: "符合"}[ceiling]


# Quarterly ---------------------------------------------------------------------------------------


def test_a_row_to_be_checked_again_is_listed_and_nothing_is_green() -> None:
    kinds = ("investment", "funds_used")
    sums = {f"{kind}_{span}": 10000 for kind in kinds for span in ("this_year", "to_date")}
    texts = ("formalities", "tendering", "start_and_completion", "implementation_progress")
    words = dict.fromkeys((*texts, "current_progress", "building_unit"), "甲")
    fillings = row("quarter_2", **sums, **words)
    book = template("quarterly_summary").filled(filled("quarterly_summary", fillings))
    ((label, kind, reason),) = listed(book)
    assert (label, kind) == ("第二季度项目进展情况：甲", DOUBT)
    assert reason.count("请核对：单位是万元") == len(sums)
    assert book.value("out_findings_count") == 1
    first = book.spans["out_findings_labels"].first
    said = {book.value_at(Place(first.sheet, row, 4)) for row in range(1, first.row)}
    assert "有误0处，逾期0处，请核对1处，还需填写0处" in said


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        # A cumulative amount below this year's is a mistake; above the estimate it need not be.
        ({"investment_to_date": 79.999999}, WRONG),
        ({"investment_to_date": 80}, ""),
        ({"investment_to_date": 100}, ""),
        ({"investment_to_date": 100.000001}, DOUBT),
    ],
)
def test_what_the_regulation_does_not_demand_is_no_mistake(cell: Filled, kind: str) -> None:
    amounts = {"investment_this_year": 80, "estimate_total": 100}
    fillings = row("quarter_2", **amounts, **cell)
    book = template("quarterly_summary").filled(filled("quarterly_summary", fillings))
    kinds = {word for _, word, _ in listed(book)} - {NEEDED}
    assert kinds == ({kind} if kind else set())


# What a layout can be wrong in --------------------------------------------------------------------

_FORM = {"block": "form", "title": "车辆", "fields": ["purchase_price", "applied_on", "reported"]}
_LIST = {
    "block": "register",
    "id": "contracts",
    "title": "合同登记",
    "key": {"label": "合同编号"},
    "columns": ["signed", "public", "price"],
    "rows": 3,
}
_ENTRIES = {
    "reported": {"label": "报送日期", "ask": "哪一天？", "type": "date"},
    "party": {"label": "对方单位", "ask": "与谁签订？", "type": "text"},
    "signed": {"label": "签订日期", "ask": "哪一天签订？", "type": "date"},
    "public": {"label": "公开招标", "ask": "是否公开招标？", "type": "yesno"},
    "price": {"label": "合同金额", "ask": "多少？", "type": "amount", "unit": "元", "above": 0},
}


def refused(check: Mapping[str, Any], **register: Any) -> str:
    """Why a layout of the fictitious regulation is refused."""
    sheets = [{"name": "一", "blocks": [_FORM]}, {"name": "二", "blocks": [{**_LIST, **register}]}]
    written = {
        "title": "登记",
        "file": "登记",
        "audience": "vehicle_user",
        "entries": _ENTRIES,
        "checks": [{"says": "矛盾", **check}] if check else [],
        "sheets": [*sheets, {"name": "条文", "blocks": [{"block": "provisions", "title": "文"}]}],
    }
    with TemporaryDirectory() as folder, pytest.raises(DataProblems) as problems:
        data = shutil.copytree(FICTITIOUS_DATA, Path(folder) / "data") / "yunling-2025"
        (data / "workbooks" / "lists.yml").write_text(json.dumps(written), "utf-8")
        build_book(load_edition(data), "lists")
    return "；".join(str(each) for each in problems.value.problems)


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (
            {"at": "party", "filled": "reported"},
            "第1条校核（checks）：没有表单询问 “party”，不能指向它",
        ),
        (
            {"at": "reported", "filled": "signed"},
            "校核（checks） 用到“签订日期”（signed），但没有表单询问它",
        ),
        (
            {"at": "purchase_price", "not_before": "reported"},
            "第1条校核（checks）：“purchase_price” 不是日期，不能用 not_before 比先后",
        ),
        (
            {"at": "reported", "not_zero": "reported"},
            "第1条校核（checks）：“reported” 不是金额，不能写在 not_zero",
        ),
        (
            {"at": "reported", "filled": "plat"},
            "未知的事实或自设项目 “plat”，是否为 “plate”？",
        ),
        (
            {"at": "reported", "not_before": "plate"},
            "第1条校核（checks）：本工作簿没有 “plate” 这个自设项目",
        ),
        (
            {"at": "reported", "papers_lacking": True},
            "第1条校核（checks）：papers_lacking 要有写明 tells_lacking 的材料清单",
        ),
        (
            {"at": "reported", "rule": "repair_barred"},
            "第1条校核（checks）：“repair_barred” 是逐行判断的规则，不能写在 rule",
        ),
        (
            {"at": "reportd", "filled": "price"},
            "未知的事实或自设项目 “reportd”，是否为 “reported”？",
        ),
        (
            {"at": "reported", "row": {"of": "contract", "filled": "signed"}},
            "未知的登记表 “contract”，是否为 “contracts”？",
        ),
        (
            {"at": "reported", "when": {"if": "publik"}},
            "未知的事实 “publik”，是否为 “public”？",
        ),
        (
            {"at": "reported", "rule": "repair_bared"},
            "未知的规则 “repair_bared”，是否为 “repair_barred”？",
        ),
        ({"at": "reported"}, "须写明什么不能同时成立（when、filled、not_zero、not_before、"),
        ({"at": "reported", "row": {"of": "contracts"}}, "须写明这一行怎样时不能成立"),
    ],
)
def test_a_check_that_cannot_be_is_refused(check: Mapping[str, Any], message: str) -> None:
    assert message in refused(check)


def _checked(**check: Any) -> Callable[[], str]:
    return lambda: refused({}, checks=[{"says": "矛盾", "column": "signed", **check}])


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (_checked(kind="conflict"), "kind 为 conflict 的校核须写明什么不能同时成立"),
        (
            _checked(kind="conflict", filled="signed", than="reported"),
            "kind 为 conflict 的校核不写与什么比（than）",
        ),
        (
            _checked(kind="at_least", than="reported", filled="signed"),
            "kind 为 at_least 的校核不写什么不能同时成立",
        ),
        (
            _checked(kind="at_least", than="reported", figures=True),
            "if_given、figures 只用于合计的校核（total_at_most）",
        ),
        (
            _checked(kind="total_at_most", column="price", than="purchase_price", doubt=True),
            "doubt 只用于逐行的校核",
        ),
        (
            _checked(kind="total_at_most", column="price", than="purchase_price", figures=True),
            "figures 要有合计：请把 “price” 列入 totals",
        ),
        (
            _checked(kind="conflict", not_zero="signed"),
            "“signed” 不是金额，不能写在 not_zero",
        ),
        (
            _checked(kind="conflict", unlisted_in="contracs"),
            "“contracs” 须是本工作簿另一份不按期限登记的表",
        ),
        (
            _checked(kind="at_least", than="reported", listed_in="contracts"),
            "kind 为 at_least 的校核不写什么不能同时成立",
        ),
        (
            lambda: refused({}, only_with={"signed": "price"}),
            "only_with 只能看“是/否”的列，“price” 不是",
        ),
        (
            lambda: refused({}, only_with={"signed": "party"}),
            "“party” 不是本登记表的列（columns）",
        ),
        (
            _checked(kind="conflict", filled="plate"),
            "登记表 “contracts”：本工作簿没有 “plate” 这个自设项目",
        ),
        (
            _checked(kind="conflict", filled="party"),
            "合同登记 用到“对方单位”（party），但没有表单询问它",
        ),
    ],
)
def test_a_check_of_rows_that_cannot_be_is_refused(told: Callable[[], str], message: str) -> None:
    assert message in told()


# Quarters of a dossier (article 18) ---------------------------------------------------------------


def quarters_of(*rows: tuple[date, float, float, float, float]) -> Filled:
    """Quarters as they are entered: their end; what was invested this year, and to date; what of
    the funds was used this year, and to date."""
    columns = (
        "key",
        "investment_this_year",
        "investment_to_date",
        "funds_used_this_year",
        "funds_used_to_date",
    )
    return {
        f"tb_quarterly_{column}[{number}]": value
        for number, row in enumerate(rows, 1)
        for column, value in zip(columns, row, strict=True)
    }


def test_a_dossier_tells_of_quarters_that_do_not_add_up() -> None:
    """The second is entered before the first, which it is compared with all the same; exactly the
    approved estimate (323.95) is not beyond it, nor is what stays as it was a fall."""
    fillings = {
        "in_as_of": date(2025, 1, 10),
        "in_construction_start": date(2024, 1, 8),
        "in_construction_end": date(2024, 12, 20),
        "in_approved_estimate": 323.95,
        **quarters_of(
            (date(2024, 6, 30), 80, 85, 49, 49.99),
            (date(2024, 3, 31), 100, 90, 50, 49.99),
            (date(2024, 9, 30), 323.95, 323.95, 49.98, 49.98),
            (date(2024, 12, 31), 323.95, 323.96, 323.96, 323.96),
        ),
    }
    book = filled_book(edition_of(QIDONG), "dossier", fillings)
    first, second, third, fourth = (
        f"项目进展情况：2024年{day}" for day in ("3月31日", "6月30日", "9月30日", "12月31日")
    )
    found = [(label, why) for label, kind, why in listed(book) if kind in (WRONG, DOUBT)]
    beyond = "大于概算总投资，请核对（提示，不是办法的规定）"
    for label, reasons in {
        first: ["累计完成投资小于当年完成投资，请核对", "累计使用资金小于当年使用资金，请核对"],
        second: ["累计完成投资小于上一季度，请核对"],
        third: ["累计使用资金小于上一季度，请核对"],
        fourth: [f"累计完成投资{beyond}", f"累计使用资金{beyond}"],
    }.items():
        told = "".join(why for each, why in found if each == label)
        assert [reason for reason in reasons if reason not in told] == [], label
        assert told.count("请核对") == len(reasons), told
    assert {label for label, _ in found} == {first, second, third, fourth}


@pytest.mark.parametrize(
    ("known", "found"),
    [
        # Art. 30: no catalogue, no acceptance.
        (
            {"in_catalogue_provided": "否", "in_accepted_on": date(2025, 11, 3)},
            [("通过验收日期", "有不得通过项目验收的情形（第三十条）")],
        ),
        ({"in_catalogue_provided": "否"}, []),
        ({"in_catalogue_provided": "是", "in_accepted_on": date(2025, 11, 3)}, []),
        (
            {
                "in_acceptance_applied_on": date(2025, 9, 15),
                "in_accepted_on": date(2025, 9, 14),
            },
            [("通过验收日期", "早于申请竣工验收")],
        ),
        (
            {
                "in_acceptance_applied_on": date(2025, 9, 15),
                "in_accepted_on": date(2025, 9, 15),
            },
            [],
        ),
        # Art. 32: secret, and not found fit.
        (
            {
                "in_secret": "涉密",
                "in_secrecy_check_passed": "否",
                "in_operating_on": date(2025, 12, 1),
            },
            [("投入运行日期", "有不得投入运行的情形（第三十二条）")],
        ),
    ],
)
def test_a_dossier_tells_of_what_was_barred_and_done(
    known: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    book = filled_book(edition_of(QIDONG), "dossier", {"in_as_of": date(2026, 1, 10), **known})
    assert [(label, why) for label, kind, why in listed(book) if kind == WRONG] == found
