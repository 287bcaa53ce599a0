"""Three truth values: an empty cell is 待填, never 否."""

from __future__ import annotations

import itertools

import pytest

from generator.rules.truth import Truth, truth_of

NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES


@pytest.mark.parametrize(
    ("parts", "together"),
    [
        ((YES, YES), YES),
        ((YES, UNKNOWN), UNKNOWN),
        ((YES, NO), NO),
        ((UNKNOWN, UNKNOWN), UNKNOWN),
        ((UNKNOWN, NO), NO),
        ((NO, NO), NO),
    ],
)
def test_all_hold_only_as_far_as_the_weakest(parts: tuple[Truth, ...], together: Truth) -> None:
    assert min(parts) is together


@pytest.mark.parametrize(
    ("parts", "together"),
    [
        ((YES, YES), YES),
        ((YES, UNKNOWN), YES),
        ((YES, NO), YES),
        ((UNKNOWN, UNKNOWN), UNKNOWN),
        ((UNKNOWN, NO), UNKNOWN),
        ((NO, NO), NO),
    ],
)
def test_any_holds_as_far_as_the_strongest(parts: tuple[Truth, ...], together: Truth) -> None:
    assert max(parts) is together


def test_the_negation_of_the_unknown_is_unknown() -> None:
    assert [truth.negated() for truth in (NO, UNKNOWN, YES)] == [YES, UNKNOWN, NO]


def test_negating_all_is_negating_any_of_the_negated() -> None:
    for first, second in itertools.product(Truth, repeat=2):
        assert min(first, second).negated() is max(first.negated(), second.negated())


def test_no_answer_is_unknown() -> None:
    assert (truth_of(True), truth_of(False), truth_of(None)) == (YES, NO, UNKNOWN)


def test_people_read_yes_no_and_still_to_fill() -> None:
    assert [truth.label for truth in (YES, NO, UNKNOWN)] == ["是", "否", "待填"]
    assert [truth.word for truth in (YES, NO, UNKNOWN)] == ["yes", "no", "unknown"]
