"""Articles 7 to 9 and 24: which approval stages may be merged, and when works must be supervised.

Amounts are 万元. Expected values are read from the text:
第八条（二）总投资在300万元—500万元（含）之间的；第九条（三）总投资在300万元及以下的；
第二十四条 总投资在300万元及以上的…必须实行工程监理制。
"""

from __future__ import annotations

from typing import Any

import pytest

from generator.rules.truth import Truth
from generator.rules.verdicts import Choice, Verdict, decision_choice, rule_verdict
from tests.support.editions import edition_of, stated

EDITION = edition_of("qidong-2022")


def verdict(rule: str, **facts: Any) -> Verdict:
    return rule_verdict(EDITION, EDITION.rules[rule], stated(EDITION, **facts))


def route(**facts: Any) -> Choice:
    return decision_choice(EDITION, EDITION.decisions["approval_route"], stated(EDITION, **facts))


def places(found: Verdict) -> list[str]:
    return [str(state.law) for state in found.because]


# Article 9 ---------------------------------------------------------------------------------------

NO_OTHER_GROUND = {"clear_requirement": False, "special_reason": False, "urgent": False}


@pytest.mark.parametrize(
    ("total", "truth"),
    [
        ("299.999999", Truth.YES),
        ("300", Truth.YES),
        ("300.000001", Truth.NO),
        ("300.01", Truth.NO),
        ("500", Truth.NO),
    ],
)
def test_up_to_300_all_may_be_merged_once_the_depth_is_reached(total: str, truth: Truth) -> None:
    found = verdict("merge_all", depth_reached=True, total_investment=total, **NO_OTHER_GROUND)
    assert found.truth is truth


@pytest.mark.parametrize(
    "ground",
    [
        {"clear_requirement": True},
        {"special_reason": True, "urgent": True},
        {"total_investment": 200},
    ],
    ids=["clear requirement", "special and urgent", "small"],
)
def test_without_depth_no_ground_of_article_9_helps(ground: dict[str, Any]) -> None:
    found = verdict("merge_all", depth_reached=False, **ground)
    assert (found.truth, places(found), found.missing) == (Truth.NO, ["art9"], ())


@pytest.mark.parametrize(
    ("special", "urgent", "truth"),
    [
        (True, True, Truth.YES),
        (True, False, Truth.NO),
        (False, True, Truth.NO),
        (False, False, Truth.NO),
    ],
)
def test_a_special_reason_counts_only_with_urgency_and_urgency_only_with_a_reason(
    special: bool, urgent: bool, truth: Truth
) -> None:
    found = verdict(
        "merge_all",
        depth_reached=True,
        clear_requirement=False,
        special_reason=special,
        urgent=urgent,
        total_investment=800,
    )
    assert found.truth is truth


def test_a_special_reason_alone_still_asks_for_the_urgency() -> None:
    found = verdict(
        "merge_all",
        depth_reached=True,
        clear_requirement=False,
        special_reason=True,
        total_investment=800,
    )
    assert (found.truth, found.missing) == (Truth.UNKNOWN, ("urgent",))


def test_one_no_decides_although_other_facts_are_unknown() -> None:
    found = verdict("merge_all", depth_reached=False)
    assert (found.truth, found.missing) == (Truth.NO, ())


def test_an_unknown_depth_is_never_taken_for_yes() -> None:
    found = verdict("merge_all", clear_requirement=True, total_investment=100)
    assert (found.truth, found.missing) == (Truth.UNKNOWN, ("depth_reached",))


def test_a_verdict_names_every_ground_that_carries_it() -> None:
    found = verdict("merge_all", depth_reached=True, clear_requirement=True, total_investment=200)
    assert places(found) == ["art9", "art9-i1", "art9-i3"]


def test_while_a_verdict_is_open_it_names_what_is_settled() -> None:
    found = verdict("merge_all", depth_reached=True, clear_requirement=False)
    assert places(found) == ["art9", "art9-i1"]
    assert found.missing == ("special_reason", "urgent", "total_investment")


# Article 8 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "truth", "readings"),
    [
        ("200", Truth.NO, ("AM03",)),
        ("299.999999", Truth.NO, ("AM03",)),
        ("300", Truth.NO, ("AM01",)),
        ("300.000001", Truth.YES, ()),
        ("300.01", Truth.YES, ()),
        ("500", Truth.YES, ()),
        ("500.000001", Truth.NO, ()),
        ("500.01", Truth.NO, ()),
    ],
)
def test_between_300_and_500_two_may_be_merged(
    total: str, truth: Truth, readings: tuple[str, ...]
) -> None:
    found = verdict("merge_two", listed_in_planning=False, total_investment=total)
    assert (found.truth, found.readings) == (truth, readings)


@pytest.mark.parametrize("total", ["200", "300", "400", "500.01", None])
def test_a_listed_project_may_merge_two_whatever_it_costs(total: str | None) -> None:
    found = verdict("merge_two", listed_in_planning=True, total_investment=total)
    assert (found.truth, found.missing, found.readings) == (Truth.YES, (), ())


def test_being_in_the_annual_plan_is_no_listing_in_a_planning() -> None:
    found = verdict("merge_two", in_annual_plan=True, total_investment=600)
    assert (found.truth, found.missing) == (Truth.UNKNOWN, ("listed_in_planning",))


# The route ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "outcome", "readings"),
    [
        ("200", "full_three_steps", ("AM03",)),
        ("299.999999", "full_three_steps", ("AM03",)),
        ("300", "full_three_steps", ("AM01",)),
        ("300.01", "merge_two", ()),
        ("500", "merge_two", ()),
        ("500.000001", "full_three_steps", ()),
        ("500.01", "full_three_steps", ()),
    ],
)
def test_the_route_of_a_project_without_depth_and_listing(
    total: str, outcome: str, readings: tuple[str, ...]
) -> None:
    found = route(depth_reached=False, listed_in_planning=False, total_investment=total)
    assert (found.outcome, found.possible, found.missing) == (outcome, (outcome,), ())
    assert found.readings == readings


@pytest.mark.parametrize(
    ("total", "outcome"),
    [
        ("200", "merge_all"),
        ("299.999999", "merge_all"),
        ("300", "merge_all"),
        ("300.01", "merge_two"),
        ("500", "merge_two"),
        ("500.000001", "full_three_steps"),
        ("500.01", "full_three_steps"),
    ],
)
def test_the_route_of_a_project_with_depth_but_no_listing_and_no_other_ground(
    total: str, outcome: str
) -> None:
    found = route(
        depth_reached=True, listed_in_planning=False, total_investment=total, **NO_OTHER_GROUND
    )
    assert (found.outcome, found.readings) == (outcome, ())


@pytest.mark.parametrize("total", ["200", "299.999999", "300", "300.01", "500", "500.01", None])
def test_a_listed_project_without_depth_merges_two_whatever_it_costs(total: str | None) -> None:
    found = route(depth_reached=False, listed_in_planning=True, total_investment=total)
    assert (found.outcome, found.missing, found.readings) == ("merge_two", (), ())


def test_the_wider_merger_goes_before_the_narrower() -> None:
    found = route(depth_reached=True, listed_in_planning=True, total_investment=300)
    assert found.outcome == "merge_all"


def test_nothing_known_means_all_routes_are_open_and_every_fact_counts() -> None:
    found = route()
    assert found.outcome is None
    assert found.possible == ("merge_all", "merge_two", "full_three_steps")
    assert set(found.missing) == {
        "depth_reached", "clear_requirement", "special_reason", "urgent", "total_investment",
        "listed_in_planning",
    }  # fmt: skip


def test_the_route_does_not_ask_for_what_its_rules_would_ask_for_alone() -> None:
    # At 400 art. 8 holds by the amount, so the listing no longer matters.
    assert "listed_in_planning" not in route(total_investment=400).missing
    # Without depth art. 9 is closed: its grounds no longer matter.
    assert route(depth_reached=False).missing == ("total_investment", "listed_in_planning")


# Article 24 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "truth"),
    [("299.999999", Truth.NO), ("300", Truth.YES), ("300.000001", Truth.YES), ("301", Truth.YES)],
)
def test_supervision_is_mandatory_from_exactly_300(total: str, truth: Truth) -> None:
    assert verdict("supervision_mandatory", total_investment=total).truth is truth


def test_exactly_300_has_the_lightest_route_and_mandatory_supervision() -> None:
    assert route(depth_reached=True, total_investment=300).outcome == "merge_all"
    assert verdict("supervision_mandatory", total_investment=300).truth is Truth.YES


@pytest.mark.parametrize("told", ["yes", "no", "unknown"])
def test_nobody_is_ever_told_that_no_supervision_is_needed(told: str) -> None:
    words = getattr(EDITION.rules["supervision_mandatory"].says, told)
    assert "监理" in words
    assert not any(free in words for free in ("无需", "不需", "不必", "可不", "免"))
