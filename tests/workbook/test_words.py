"""What people read beside their inputs, on the timeline and on the cover.

Read from our own evaluator: it gives what every program computes (test_cached_values.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from generator.rules.formula import Scalar
from generator.workbook.book import Place
from generator.workbook.desk import Filling
from tests.support.cells import serial
from tests.support.drawn import filled_book
from tests.support.editions import edition_of
from tests.support.workbooks import DOSSIER, VEHICLE
from tests.workbook.fillings import CAREFUL, CARELESS

TIMELINES = ("验收与评价", "期限与校验")
"""Sheets of the dossier that show last days: with the same results."""

QUARTERLY, YEARLY = "季度末报送项目进展情况", "提交项目绩效评价报告"


class Page:
    """A filled workbook as one reads it: by names, and by what stands beside them."""

    def __init__(self, which: tuple[str, str], fillings: Mapping[str, Filling]) -> None:
        name, kind = which
        self._book = filled_book(edition_of(name), kind, fillings)

    def beside(self, name: str, columns: int = 0, row: int = 1) -> Scalar:
        """The cell so many columns to the right of a name's (or of a row of its range)."""
        first = self._book.places.get(name) or self._book.spans[name].first
        place = Place(first.sheet, first.row + row - 1, first.column + columns)
        return self._book.value_at(place)

    def row(self, sheet: str, label: str, column: int) -> Scalar:
        """The cell of a column in the row that begins with a number and a label."""
        cells = self._book.sheets[sheet].cells
        row = next(
            row for (row, place), cell in cells.items() if (place, cell.content) == (2, label)
        )
        return self._book.value_at(Place(sheet, row, column))

    def cover(self, label: str) -> Scalar:
        """What the first sheet says beside a label."""
        return self.row(next(iter(self._book.sheets)), label, 3)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("in_total_investment", None, "待填"),
        ("in_total_investment", "　 \u00a0", "待填"),
        ("in_total_investment", 300, "已填"),
        ("in_total_investment", 300.000001, "已填"),
        ("in_total_investment", "300", "须填数字，不带单位"),
        ("in_total_investment", "约300万元", "须填数字，不带单位"),
        ("in_total_investment", True, "须填数字，不带单位"),
        ("in_total_investment", 0, "须大于0万元"),
        ("in_total_investment", -300, "须大于0万元"),
        ("in_total_investment", 300.0000001, "最多6位小数"),
        ("in_total_investment", 1000000, "请核对：单位是万元"),
        ("in_total_investment", 10000, "请核对：单位是万元"),
        ("in_total_investment", 9999.999999, "已填"),
        ("in_total_investment", 3000000, "超过1000000万元，请核对单位"),
        ("in_depth_reached", "是", "已填"),
        ("in_depth_reached", " 否　", "已填"),
        ("in_depth_reached", "可能", "须选“是”或“否”"),
        ("in_depth_reached", 1, "须选“是”或“否”"),
        ("in_depth_reached", True, "须选“是”或“否”"),
        ("in_secret", "涉密", "已填"),
        ("in_secret", "机密", "须从下拉列表中选择"),
        ("in_project_name", "智慧停车", "已填"),
        ("in_built_on", "2024-3-15", "须填日期，如 2024-6-30"),
        ("in_built_on", date(1999, 12, 31), "日期须在2000年至2099年之间"),
        ("in_built_on", date(2100, 1, 1), "日期须在2000年至2099年之间"),
        ("in_built_on", 45000.5, "只填日期，不填时刻"),
    ],
)
def test_beside_an_input_stands_whether_it_is_right(name: str, value: Filling, words: str) -> None:
    page = Page(DOSSIER, {"in_as_of": date(2024, 7, 10), name: value})
    assert page.beside(name, 2) == words


@pytest.mark.parametrize(
    ("as_of", "done", "words", "left"),
    [
        # Built on 2024-03-15: six months end on 2024-09-15, the first day of Mid-Autumn.
        (date(2024, 9, 14), None, "期限内", 1),
        (date(2024, 9, 15), None, "今日到期", 0),
        # Whether the holiday moves the last day (to the 18th) is for the organ to say.
        (date(2024, 9, 16), None, "已过截止日，是否顺延请先询问", -1),
        (date(2024, 9, 18), None, "已过截止日，是否顺延请先询问", -3),
        (date(2024, 9, 19), None, "已过期限", -4),
        (date(2024, 12, 1), date(2024, 9, 15), "按期办结", ""),
        (date(2024, 12, 1), date(2024, 9, 18), "在顺延日前办结，是否算按期请先询问", ""),
        (date(2024, 12, 1), date(2024, 9, 19), "逾期办结", ""),
        # Days that cannot be right.
        (date(2024, 12, 1), date(2024, 3, 14), "早于起算日，请核对", ""),
        (date(2024, 9, 1), date(2024, 9, 2), "晚于截至日期，请核对", ""),
        (date(2024, 9, 1), "2024年8月", "须填日期，如 2024-6-30", 14),
        (date(2024, 9, 1), 1, "日期须在2000年至2099年之间", 14),
    ],
)
def test_a_last_day_approaches_comes_and_passes(
    as_of: date, done: date | str | int | None, words: str, left: int | str
) -> None:
    filled = {"in_as_of": as_of, "in_built_on": date(2024, 3, 15)}
    page = Page(DOSSIER, {**filled, "in_acceptance_applied_on": done})
    for sheet in TIMELINES:
        assert page.row(sheet, "申请竣工验收", 3) == serial(date(2024, 3, 15))
        assert page.row(sheet, "申请竣工验收", 4) == left
        assert page.row(sheet, "申请竣工验收", 6) == serial(date(2024, 9, 15))
        assert page.row(sheet, "申请竣工验收", 8) == words


def test_without_its_first_day_a_deadline_says_what_it_needs() -> None:
    page = Page(DOSSIER, {"in_as_of": date(2024, 7, 10)})
    for sheet in TIMELINES:
        assert page.row(sheet, "申请竣工验收", 8) == "待填；还需填写：建成日期"
        words = "待填；还需填写：通过验收日期；投入运行日期"
        assert page.row(sheet, "自评价及报送", 8) == words


@pytest.mark.parametrize(
    ("as_of", "words"), [(date(2024, 8, 28), "未到起始日"), (date(2024, 8, 29), "期限内")]
)
def test_a_window_opens(as_of: date, words: str) -> None:
    page = Page(DOSSIER, {**CAREFUL[DOSSIER], "in_as_of": as_of})
    # From the later of the two, 2024-02-29: six months, then twelve.
    for sheet in TIMELINES:
        assert page.row(sheet, "自评价及报送", 5) == serial(date(2024, 8, 29))
        assert page.row(sheet, "自评价及报送", 6) == serial(date(2025, 2, 28))
        assert str(page.row(sheet, "自评价及报送", 8)).startswith(f"{words}；存疑：")


def test_recurring_days_say_what_became_of_them() -> None:
    sent = "tb_monthly_report_sent"
    days = {f"{sent}[1]": date(2025, 1, 31), f"{sent}[2]": date(2025, 3, 1)}
    page = Page(VEHICLE, {**CAREFUL[VEHICLE], **days})
    assert [page.beside(sent, -2, row) for row in (1, 2, 3)] == [
        serial(date(2025, 1, 31)),
        serial(date(2025, 2, 28)),
        serial(date(2025, 3, 31)),
    ]
    assert [page.beside(sent, 1, row) for row in (1, 2, 3)] == ["按期报送", "逾期报送", "已过期限"]
    assert not page.beside(sent, -2, 4)


@pytest.mark.parametrize(
    ("as_of", "upcoming"),
    [
        (date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 3, 31), date(2024, 3, 31)),
        (date(2024, 4, 1), date(2024, 6, 30)),
        (date(2024, 7, 1), None),
    ],
)
def test_the_next_of_recurring_days_is_found(as_of: date, upcoming: date | None) -> None:
    page = Page(DOSSIER, {**CAREFUL[DOSSIER], "in_as_of": as_of})
    assert page.beside("out_quarterly_report") == (serial(upcoming) if upcoming else "")


def test_more_days_than_there_are_rows_for_are_not_passed_over_in_silence() -> None:
    dates = {"in_construction_start": date(2010, 1, 1), "in_construction_end": date(2024, 1, 1)}
    page = Page(DOSSIER, {"in_as_of": date(2024, 7, 10), **dates})
    assert _state(page, "quarterly_report") == "行数不足，未列全"


def test_an_end_before_its_start_is_said() -> None:
    page = Page(DOSSIER, CARELESS[DOSSIER])
    assert _state(page, "quarterly_report") == "竣工日期早于开工日期"


def _state(page: Page, deadline: str) -> str:
    """How a recurring deadline stands."""
    return str(page.beside(f"out_{deadline}_state"))


def test_where_no_calendar_is_published_working_days_are_not_guessed() -> None:
    filled = {"in_as_of": date(2026, 1, 6), "in_applied_on": date(2026, 1, 5)}
    page = Page(VEHICLE, {**filled, "in_extension_approved": "否"})
    assert page.beside("out_reply") == "日历未公布"
    label = edition_of(VEHICLE[0]).deadlines["reply"].label
    assert page.row("判定", label, 8) == "日历未公布"


def test_the_cover_counts_and_names_what_is_next() -> None:
    page = Page(DOSSIER, CAREFUL[DOSSIER])
    # Of 89 questions in forms, 29 beside steps, 10 at the foot of forms: the name, four on the
    # investment, nine on building and acceptance. The timelines ask nothing that steps do not.
    progress = page.cover("表单填写进度")
    assert isinstance(progress, str)
    assert progress.startswith("14 / 128，还需填写 ")
    # It was accepted, it says, before acceptance was applied for.
    assert str(page.cover("填写有误")).startswith("1 处")
    # Acceptance was applied for, quarters and years are over: what remains is the evaluation.
    assert page.cover("下一个期限") == "自评价及报送"
    assert page.cover("其截止日") == serial(date(2025, 2, 28))
    # The quarter that ended on 06-30 was not reported, nor were both parts of years.
    assert page.cover("已过期限") == f"{QUARTERLY}（1次）；{YEARLY}（2次）"


def test_the_cover_tells_what_is_overdue_and_what_is_wrong() -> None:
    filled = {**CAREFUL[DOSSIER], "in_acceptance_applied_on": None}
    page = Page(DOSSIER, {**filled, "in_as_of": date(2025, 3, 1), "in_total_investment": "约三百"})
    missed = f"{QUARTERLY}（1次）；{YEARLY}（2次）"
    assert page.cover("已过期限") == f"申请竣工验收；自评价及报送；{missed}"
    assert page.cover("下一个期限") == "没有未到的期限"
    assert page.cover("填写有误").startswith("1 处")


def test_the_cover_says_how_many_deadlines_cannot_be_counted_yet() -> None:
    # Built on 2024-06-30: the half-year is over; nothing else has a day to count from.
    known = {"in_as_of": date(2025, 3, 1), "in_built_on": date(2024, 6, 30)}
    page = Page(DOSSIER, known)
    assert page.cover("已过期限") == "申请竣工验收"
    assert page.cover("下一个期限") == "暂无；3项期限还缺起算日期等推算依据"


def test_a_report_sent_before_its_period_began_belongs_to_another_row() -> None:
    filled = {**CAREFUL[VEHICLE], "tb_monthly_report_sent[3]": date(2025, 2, 28)}
    page = Page(VEHICLE, filled)
    assert page.beside("tb_monthly_report_sent", 1, 3) == "早于本期，请核对"


def test_rows_of_a_table_say_what_is_wrong_with_them() -> None:
    filled = {
        **CAREFUL[DOSSIER],
        "tb_changes_key[2]": "变-1",
        "tb_changes_adjust_amount[3]": "10万",
    }
    page = Page(DOSSIER, filled)
    verdicts = "tb_changes_out_self_adjustment"
    said = [str(page.beside(verdicts, 4, row)) for row in (1, 2, 3)]
    assert [each.startswith("须改正：变更编号重复。") for each in said[:2]] == [True, True]
    assert said[2].startswith("须改正：缺变更编号；本次资金调整数额填写有误。")
    assert str(page.cover("填写有误")).startswith("4 处")


def test_a_change_shows_its_share_its_sum_its_limit_and_its_verdict() -> None:
    page = Page(DOSSIER, CAREFUL[DOSSIER])
    verdicts = "tb_changes_out_self_adjustment"
    # A cut of 20, then 12.395 more: 32.395 is exactly a tenth of 323.95.
    assert [page.beside(verdicts, -1, row) for row in (1, 2)] == ["变-1", "变-2"]
    alone, together = ([page.beside(verdicts, place, row) for row in (1, 2)] for place in (1, 2))
    assert alone == pytest.approx([20 / 323.95, 12.395 / 323.95])
    assert together == pytest.approx([20 / 323.95, 0.1])
    sums = [page.beside(verdicts, 3, row) for row in (1, 2)]
    assert sums == ["20／32.395", "32.395／32.395"]
    assert [page.beside(verdicts, 0, row) for row in (1, 2)] == ["是", "是"]


def test_a_change_without_a_key_is_judged_and_said_to_lack_it() -> None:
    page = Page(DOSSIER, CARELESS[DOSSIER])
    verdicts = "tb_changes_out_self_adjustment"
    assert [page.beside(verdicts, 0, row) or "" for row in (1, 2, 3, 4)] == ["", "待填", "", "否"]
    assert page.beside(verdicts, -1, 4) == "（缺编号）"


@pytest.mark.parametrize(
    ("secret", "required"),
    [
        ("不涉密", ("不适用", "须提交")),
        ("涉密", ("须提交", "不适用")),
        ("既有涉密部分，又有非涉密部分", ("须提交", "须提交")),
        (None, ("待填", "待填")),
    ],
)
def test_which_test_reports_are_wanted_depends_on_secrecy(
    secret: str | None, required: tuple[str, str]
) -> None:
    page = Page(DOSSIER, {"in_as_of": date(2024, 7, 10), "in_secret": secret})
    found = [
        page.beside(f"in_paper_{paper}_ready", -1)
        for paper in ("secrecy_test", "level_protection_test")
    ]
    assert tuple(found) == required
    assert page.beside("in_paper_risk_report_ready", -1) == "须提交"


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        # Handed in by whoever fills the dossier, under any of its names.
        ("preliminary_design", "须提交"),
        ("product_statement", "须提交"),
        ("financial_report", "须提交"),
        # Issued by others, as documents.yml says who prepares it.
        ("rectification_opinion", "应有，由市财政局、指挥中心、项目主管部门出具"),
        # Of others too, but only where it is required.
        ("assessment_report", "不适用"),
        ("consultation_opinion", "待填"),
    ],
)
def test_a_paper_that_others_issue_is_not_asked_of_people(paper: str, words: str) -> None:
    filled = {
        "in_filing_form": "分别编报",
        "in_evaluation_problems_found": "是",
        "in_assessment_commissioned": "否",
    }
    page = Page(DOSSIER, {"in_as_of": date(2024, 7, 10), **filled})
    assert page.beside(f"in_paper_{paper}_ready", -1) == words


def test_whoever_receives_a_paper_says_that_it_must_be_handed_in() -> None:
    page = Page(("qidong-2022", "acceptance_review"), {"in_as_of": date(2024, 7, 10)})
    assert page.beside("in_paper_audit_report_ready", -1) == "须提交"
