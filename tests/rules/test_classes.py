"""Classes of answers: a verdict is kept for answers that no condition can tell apart, no others."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pytest

from generator.rules import classes
from generator.rules.answers import Answers
from generator.rules.classes import Classes, Kept
from tests.support.editions import edition_of, stated

EDITION = edition_of("qidong-2022")


def class_of(rule: str, **facts: Any) -> Hashable:
    return Classes([EDITION.rules[rule].when], EDITION.facts)(stated(EDITION, **facts))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0.01", "299.999999", True),
        ("299.999999", "300", False),
        ("300", "300.000001", False),
        ("300.000001", "499.999999", True),
        # A threshold is a class of its own: whether it belongs is for the bound to say.
        ("499.999999", "500", False),
        ("500", "500.000001", False),
        ("500.000001", "1000000", True),
        ("300", None, False),
    ],
)
def test_amounts_are_told_apart_where_a_threshold_lies_between(
    one: str, other: str | None, same: bool
) -> None:
    classes_ = {class_of("merge_two", total_investment=amount) for amount in (one, other)}
    assert (len(classes_) == 1) is same


def test_a_no_is_not_a_blank() -> None:
    found = {class_of("merge_all", urgent=urgent) for urgent in (True, False, None)}
    assert len(found) == 3


def test_facts_that_no_condition_reads_make_no_class() -> None:
    assert class_of("merge_all", high_energy=True) == class_of("merge_all")


def test_sums_and_shares_are_told_apart_by_what_the_comparison_says() -> None:
    def changed(prior: list[int] | None, amount: int, estimate: int = 300) -> Hashable:
        return class_of(
            "self_adjustment",
            prior_adjustments=prior,
            adjust_amount=amount,
            approved_estimate=estimate,
        )

    assert changed([], 30) == changed([-10], 20) == changed([], -1, 4000)
    assert changed([], 30) != changed([], 31)
    # 20 + 15 is beyond the tenth, 15 alone is not: another reading would change the verdict.
    assert changed([20], 15) != changed([20], 31)
    # What is known counts too: it says what is still missing.
    assert changed(None, 31) != changed([], 31)


def test_each_class_is_reckoned_once() -> None:
    reckoned = []

    def reckon(answers: Answers) -> int:
        reckoned.append(answers)
        return len(reckoned)

    kept = Kept([EDITION.rules["supervision_mandatory"].when], EDITION.facts, reckon)
    amounts = (100, 200, 300, 400, 299, None, 1000)
    found = [kept(stated(EDITION, total_investment=amount)) for amount in amounts]
    assert found == [1, 1, 2, 3, 1, 4, 3]


def test_what_is_kept_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "_MOST_KEPT", 2)
    kept = Kept([EDITION.rules["supervision_mandatory"].when], EDITION.facts, lambda _: object())
    first = kept(stated(EDITION, total_investment=100))
    assert kept(stated(EDITION, total_investment=200)) is first
    for amount in (300, 400, None):
        kept(stated(EDITION, total_investment=amount))
    assert kept(stated(EDITION, total_investment=200)) is not first
