"""Article 28: what the unit may adjust by itself. 资金调整数额不超过概算总投资10%."""

from __future__ import annotations

from typing import Any

import pytest

from generator.rules.truth import Truth
from generator.rules.verdicts import Verdict, rule_verdict
from tests.support.editions import edition_of, stated

EDITION = edition_of("qidong-2022")
OTHERWISE_FINE = {
    "scale_exceeds": False,
    "goal_changed": False,
    "main_content_change_needed": True,
    "adjust_reason": "technical_optimisation",
}
REASONS = {
    "superior_deployment": "art28-i1",
    "technical_optimisation": "art28-i2",
    "business_development": "art28-i3",
}


def adjusted(**facts: Any) -> Verdict:
    answers = stated(EDITION, **{**OTHERWISE_FINE, **facts})
    return rule_verdict(EDITION, EDITION.rules["self_adjustment"], answers)


def change(amount: str, prior: list[str] | None, estimate: str = "300") -> Verdict:
    return adjusted(approved_estimate=estimate, adjust_amount=amount, prior_adjustments=prior)


@pytest.mark.parametrize(
    ("estimate", "amount", "truth"),
    [
        # 32.395 / 323.95 is more than 0.1 in binary floating point.
        ("323.95", "32.395", Truth.YES),
        ("323.95", "32.395001", Truth.NO),
        ("323.95", "-32.395", Truth.YES),
        ("323.95", "-32.395001", Truth.NO),
        ("300", "30", Truth.YES),
        ("300", "30.000001", Truth.NO),
        ("300", "0", Truth.YES),
        ("0.00001", "0.000001", Truth.YES),
        ("0.000009", "0.000001", Truth.NO),
        ("1000000", "100000", Truth.YES),
        ("1000000", "100000.000001", Truth.NO),
    ],
)
def test_ten_percent_is_exact_and_still_allowed(estimate: str, amount: str, truth: Truth) -> None:
    assert change(amount, [], estimate).truth is truth


def test_a_cut_of_twelve_percent_exceeds_as_a_rise_does() -> None:
    assert change("-36", []).truth is Truth.NO
    assert change("36", []).truth is Truth.NO


def test_cuts_and_rises_do_not_cancel_out() -> None:
    assert change("10.01", ["10", "-10"]).truth is Truth.NO
    assert change("10", ["10", "-10"]).truth is Truth.YES


@pytest.mark.parametrize(
    ("amount", "prior", "truth", "readings"),
    [
        # Single 15 of 30 is allowed, together 35 is not: the reading matters.
        ("15", ["-20"], Truth.NO, ("AM20",)),
        ("10", ["-20"], Truth.YES, ()),
        # Too much by itself: the reading does not matter.
        ("40", ["20"], Truth.NO, ()),
        ("30", [], Truth.YES, ()),
    ],
)
def test_earlier_adjustments_add_up_unless_each_stands_alone(
    amount: str, prior: list[str], truth: Truth, readings: tuple[str, ...]
) -> None:
    found = change(amount, prior)
    assert (found.truth, found.readings) == (truth, readings)


def test_earlier_adjustments_not_stated_are_unknown_and_not_none() -> None:
    found = change("20", None)
    assert (found.truth, found.missing) == (Truth.UNKNOWN, ("prior_adjustments",))
    # Alone it would be allowed already.
    assert found.readings == ("AM20",)


def test_none_before_is_an_answer() -> None:
    found = change("20", [])
    assert (found.truth, found.missing, found.readings) == (Truth.YES, (), ())


def test_too_much_by_itself_is_too_much_whatever_was_before() -> None:
    found = change("30.000001", None)
    assert (found.truth, found.missing, found.readings) == (Truth.NO, (), ())


def test_a_blank_among_earlier_adjustments_counts_at_least_nothing() -> None:
    known_too_much = adjusted(
        approved_estimate=300, adjust_amount=15, prior_adjustments=[-20, None]
    )
    assert (known_too_much.truth, known_too_much.missing) == (Truth.NO, ())
    open_still = adjusted(approved_estimate=300, adjust_amount=15, prior_adjustments=[-10, None])
    assert (open_still.truth, open_still.missing) == (Truth.UNKNOWN, ("prior_adjustments",))


def test_nothing_adjusted_ever_needs_no_estimate() -> None:
    # Whatever the estimate is, 0 does not exceed its tenth.
    found = adjusted(adjust_amount=0, prior_adjustments=[])
    assert (found.truth, found.missing) == (Truth.YES, ())


@pytest.mark.parametrize(("reason", "place"), REASONS.items())
def test_each_of_the_three_reasons_is_a_ground_with_its_own_place(reason: str, place: str) -> None:
    found = adjusted(
        approved_estimate=300, adjust_amount=20, prior_adjustments=[], adjust_reason=reason
    )
    assert found.truth is Truth.YES
    assert place in [str(state.law) for state in found.because]


@pytest.mark.parametrize(
    "failing",
    [
        {"scale_exceeds": True},
        {"goal_changed": True},
        {"main_content_change_needed": False},
        {"adjust_reason": "other"},
    ],
    ids=lambda failing: next(iter(failing)),
)
def test_the_other_conditions_must_all_hold(failing: dict[str, Any]) -> None:
    found = adjusted(approved_estimate=300, adjust_amount=20, prior_adjustments=[], **failing)
    assert (found.truth, found.missing) == (Truth.NO, ())
    assert len(found.because) == 1


@pytest.mark.parametrize(
    "failing", [{"scale_exceeds": True}, {"goal_changed": True}], ids=["scale", "goal"]
)
def test_one_condition_that_fails_decides_without_any_amount(failing: dict[str, Any]) -> None:
    found = adjusted(**failing)
    assert (found.truth, found.missing, found.readings) == (Truth.NO, (), ())
