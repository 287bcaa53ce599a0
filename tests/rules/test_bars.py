"""Articles 10, 17, 30 to 32 and 34: what bars acceptance, operation, work and money.

第三十条 未按规定…提供信息资源目录和数据的，不得通过项目验收。
第三十一条 未经档案验收或档案验收不合格的，不得通过项目验收。
第三十二条 涉密项目应当经保密行政管理部门审查合格，方可投入运行。
第十七条 未列入年度建设计划的项目，原则上不得组织实施；突发事件…经市政府同意后可先行…组织实施。
第十条 涉及新建土建工程、高耗能项目的除外。
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from generator.rules.truth import Truth
from generator.rules.verdicts import Verdict, rule_verdict
from tests.support.editions import edition_of, stated

EDITION = edition_of("qidong-2022")
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def verdict(rule: str, **facts: Any) -> Verdict:
    return rule_verdict(EDITION, EDITION.rules[rule], stated(EDITION, **facts))


# Articles 30 and 31 ------------------------------------------------------------------------------

ACCEPTANCE = {
    "catalogue_provided": "art30",
    "data_provided": "art30",
    "archive_accepted": "art31-p2",
}


def test_with_catalogue_data_and_archive_nothing_bars_acceptance() -> None:
    found = verdict("acceptance_barred", **dict.fromkeys(ACCEPTANCE, True))
    assert (found.truth, found.missing) == (NO, ())


@pytest.mark.parametrize(("lacking", "place"), ACCEPTANCE.items())
def test_each_that_is_lacking_bars_acceptance_by_its_article(lacking: str, place: str) -> None:
    found = verdict("acceptance_barred", **{**dict.fromkeys(ACCEPTANCE, True), lacking: False})
    assert (found.truth, [str(state.law) for state in found.because]) == (YES, [place])


@pytest.mark.parametrize("lacking", ACCEPTANCE)
def test_one_that_is_lacking_bars_acceptance_although_the_others_are_unknown(lacking: str) -> None:
    found = verdict("acceptance_barred", **{lacking: False})
    assert (found.truth, found.missing) == (YES, ())


@pytest.mark.parametrize("unknown", ACCEPTANCE)
def test_acceptance_stays_open_while_one_is_unknown(unknown: str) -> None:
    given = {fact: True for fact in ACCEPTANCE if fact != unknown}
    found = verdict("acceptance_barred", **given)
    assert (found.truth, found.missing) == (UNKNOWN, (unknown,))


def test_no_bar_found_is_not_said_to_be_acceptance() -> None:
    assert "不等于通过" in EDITION.rules["acceptance_barred"].says.no


# Article 32 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("secret", "passed", "truth"),
    [
        ("no", None, NO),
        ("no", False, NO),
        ("yes", True, NO),
        ("yes", False, YES),
        ("mixed", True, NO),
        ("mixed", False, YES),
        ("yes", None, UNKNOWN),
        ("mixed", None, UNKNOWN),
        (None, True, NO),
        (None, False, UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_a_project_with_secrets_does_not_run_before_it_is_examined(
    secret: str | None, passed: bool | None, truth: Truth
) -> None:
    assert verdict("operation_barred", secret=secret, secrecy_check_passed=passed).truth is truth


# Article 17 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["implementation_barred", "fiscal_funds_barred"])
@pytest.mark.parametrize(
    ("planned", "emergency", "consent", "truth"),
    [
        (True, False, False, NO),
        (True, None, None, NO),
        (False, False, False, YES),
        (False, True, False, YES),
        (False, False, True, YES),
        (False, True, True, NO),
        (False, True, None, UNKNOWN),
        (False, False, None, YES),
        (None, True, True, NO),
        (None, None, False, UNKNOWN),
    ],
)
def test_outside_the_annual_plan_only_an_emergency_with_consent_may_go_ahead(
    rule: str, planned: bool | None, emergency: bool | None, consent: bool | None, truth: Truth
) -> None:
    found = verdict(rule, in_annual_plan=planned, emergency=emergency, municipal_consent=consent)
    assert found.truth is truth


def test_only_the_ban_on_work_is_one_in_principle() -> None:
    assert EDITION.rules["implementation_barred"].says.yes.startswith("原则上")
    assert "原则上" not in EDITION.rules["fiscal_funds_barred"].says.yes


def test_preparatory_funds_are_always_named_as_outside_the_ban() -> None:
    says = EDITION.rules["fiscal_funds_barred"].says
    assert "前期工作经费" in says.yes
    assert "前期工作经费" in says.unknown


# Article 34 --------------------------------------------------------------------------------------

GOOD = {
    "shared_as_required": True,
    "duplicate_collection": False,
    "crypto_ok": True,
    "netsec_ok": True,
    "level_protection_ok": True,
    "major_hidden_danger": False,
}


def test_a_system_without_any_fault_is_not_denied_its_money() -> None:
    assert verdict("operation_money_denied", **GOOD).truth is NO


@pytest.mark.parametrize("fault", GOOD)
def test_each_fault_alone_denies_the_money(fault: str) -> None:
    found = verdict("operation_money_denied", **{fault: not GOOD[fault]})
    assert (found.truth, found.missing) == (YES, ())
    place = "art34-i1" if fault in ("shared_as_required", "duplicate_collection") else "art34-i2"
    assert [str(state.law) for state in found.because] == [place]


@pytest.mark.parametrize("unknown", GOOD)
def test_the_money_stays_open_while_one_fault_is_unknown(unknown: str) -> None:
    given = {fact: value for fact, value in GOOD.items() if fact != unknown}
    found = verdict("operation_money_denied", **given)
    assert (found.truth, found.missing) == (UNKNOWN, (unknown,))


# Article 10 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("works", "energy"), list(itertools.product((True, False, None), repeat=2))
)
def test_other_reviews_fall_away_unless_there_are_new_works_or_high_consumption(
    works: bool | None, energy: bool | None
) -> None:
    found = verdict("other_reviews_waived", new_civil_works=works, high_energy=energy)
    if works or energy:
        assert found.truth is NO
    elif works is None or energy is None:
        assert found.truth is UNKNOWN
    else:
        assert found.truth is YES
