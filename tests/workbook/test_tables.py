"""What stands beside the verdict on a change: what share of the approved estimate it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model.edition import Edition
from tests.support.drawn import filled_book
from tests.support.editions import edition_of

QIDONG, NAME = edition_of("qidong-2022"), "tb_changes_out_self_adjustment"
ONE = {"scale_exceeds": "否", "goal_changed": "否", "main_content_change_needed": "是"}


def shown(
    estimate: float | None, *amounts: object, edition: Edition = QIDONG
) -> dict[str, list[object]]:
    """The columns of the rows of some changes that differ in their amounts alone."""
    fillings = {"in_approved_estimate": estimate}
    for row, amount in enumerate(amounts, 1):
        answers = {**ONE, "key": f"变-{row}", "adjust_amount": amount}
        answers["adjust_reason"] = "确需对原项目技术方案进行完善优化"
        fillings |= {f"tb_changes_{column}[{row}]": each for column, each in answers.items()}
    book = filled_book(edition, "dossier", fillings)
    return {
        what: list(book.value(f"{NAME}{what}"))[: len(amounts)]  # type: ignore[arg-type]
        for what in ("", "_share", "_total_share")
    }


def test_a_tenth_is_a_tenth_and_still_permitted() -> None:
    """32.395 of 323.95 is exactly 10 %, the limit of article 28."""
    found = shown(323.95, 32.395)
    assert found[""] == ["是"]
    assert found["_share"] == found["_total_share"] == [pytest.approx(0.1)]


def test_cuts_count_like_rises_and_add_up() -> None:
    """26.4 and −15.2 of 478.6: 5.5161 % and 3.1759 %, together 41.6, that is 8.6920 %; with 6.26
    more it would be 47.86, just the tenth, with 6.27 more than that."""
    found = shown(478.6, 26.4, -15.2, 6.26, 0.01)
    assert found["_share"] == pytest.approx(
        [26.4 / 478.6, 15.2 / 478.6, 6.26 / 478.6, 0.01 / 478.6]
    )
    assert found["_total_share"] == pytest.approx([0.055161, 0.086920, 0.1, 0.1000209], abs=1e-6)
    # By itself the last one would be permitted (AM20): so it is doubtful.
    assert found[""] == ["是", "是", "是", "否（存疑）"]


@pytest.mark.parametrize(("estimate", "amount"), [(None, 26.4), (478.6, None), (478.6, "约30")])
def test_what_is_not_known_has_no_share(estimate: float | None, amount: object) -> None:
    assert shown(estimate, amount)["_share"] == [""]
    assert shown(estimate, amount)["_total_share"] == [""]


def test_a_row_with_an_unknown_one_above_has_a_share_of_its_own_alone() -> None:
    found = shown(478.6, None, 26.4)
    assert found["_share"] == ["", pytest.approx(26.4 / 478.6)]
    assert found["_total_share"] == ["", ""]


def test_nothing_is_a_share_of_nothing() -> None:
    """Another regulation may let the estimate be 0: then no share is shown, and no error."""
    estimate = replace(QIDONG.facts["approved_estimate"], lowest=0)
    other = replace(QIDONG, facts={**QIDONG.facts, estimate.id: estimate})
    found = shown(0, 26.4, edition=other)
    assert found["_share"] == found["_total_share"] == [""]
    assert found[""] == ["否"]
