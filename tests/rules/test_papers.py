"""Article 29: which papers go with the application for acceptance, secret project or not.

提交验收申请时应当一并附上项目建设总结、财务报告、审计报告或社会审计报告、等保备案证明、安全风险评估报告
（包括涉密信息系统安全保密测评报告或非涉密信息系统网络安全等级保护测评报告等）、密码应用安全性评估报告、
档案验收报告等材料。
"""

from __future__ import annotations

import pytest

from generator.rules.truth import Truth
from generator.rules.verdicts import Verdict, paper_verdict
from tests.support.editions import edition_of, stated

EDITION = edition_of("qidong-2022")
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
SECRETS = ("no", "yes", "mixed", None)

# 不涉密, 涉密, 两者都有, 待填.
MATRIX = {
    "project_summary": (YES, YES, YES, YES),
    "financial_report": (YES, YES, YES, YES),
    "audit_report": (YES, YES, YES, YES),
    "level_protection_certificate": (YES, YES, YES, YES),
    "risk_report": (YES, YES, YES, YES),
    "secrecy_test": (NO, YES, YES, UNKNOWN),
    "level_protection_test": (YES, NO, YES, UNKNOWN),
    "crypto_report": (YES, YES, YES, YES),
    "archive_report": (YES, YES, YES, YES),
}
# 等保备案证明 of a project that is secret as a whole: doubtful (等级保护 is for the non-secret).
DOUBTS = {"level_protection_certificate": ((), ("AM17",), (), ("AM17",))}


def required(paper: str, secret: str | None) -> Verdict:
    return paper_verdict(EDITION, EDITION.papers[paper], stated(EDITION, secret=secret))


@pytest.mark.parametrize("paper", MATRIX)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_paper_is_required_as_article_29_has_it(paper: str, secret: str | None) -> None:
    found = required(paper, secret)
    place = SECRETS.index(secret)
    assert found.truth is MATRIX[paper][place]
    assert found.readings == DOUBTS.get(paper, ((),) * 4)[place]
    assert found.missing == (("secret",) if MATRIX[paper][place] is UNKNOWN else ())


def test_the_two_tests_are_forms_of_the_risk_report_and_no_entries_of_their_own() -> None:
    forms = {paper.id for paper in EDITION.papers.values() if paper.form_of == "risk_report"}
    assert forms == {"secrecy_test", "level_protection_test"}


def test_article_29_names_seven_papers() -> None:
    named = [paper for paper in MATRIX if EDITION.papers[paper].form_of is None]
    assert len(named) == 7


def test_a_mixed_project_needs_both_forms() -> None:
    assert required("secrecy_test", "mixed").truth is YES
    assert required("level_protection_test", "mixed").truth is YES


@pytest.mark.parametrize(
    ("late", "truth"), [(True, YES), (False, NO), (None, UNKNOWN)], ids=["late", "not", "unknown"]
)
def test_an_extension_is_asked_for_by_who_cannot_apply_on_time(
    late: bool | None, truth: Truth
) -> None:
    answers = stated(EDITION, cannot_apply_on_time=late)
    assert paper_verdict(EDITION, EDITION.papers["extension_request"], answers).truth is truth


@pytest.mark.parametrize(
    ("type_", "secret_unit", "sealed"),
    [
        ("listed", True, YES),
        ("listed", False, NO),
        ("listed", None, UNKNOWN),
        ("sedan", True, NO),
        ("sedan", None, NO),
        (None, False, NO),
        (None, None, UNKNOWN),
    ],
)
def test_the_other_regulation_asks_secret_units_for_sealed_statements(
    type_: str | None, secret_unit: bool | None, sealed: Truth
) -> None:
    edition = edition_of("yunling-2025")
    answers = stated(edition, vehicle_type=type_, secret_unit=secret_unit)
    assert paper_verdict(edition, edition.papers["sealed_statement"], answers).truth is sealed
