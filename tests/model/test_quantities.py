"""Amounts, shares and periods are exact, and are written as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from generator.model.quantities import (
    AMOUNT_UNITS,
    Amount,
    AmountUnit,
    Count,
    Period,
    PeriodUnit,
    Share,
    chinese_date,
    plain,
    quantity,
)
from tests.support.editions import edition_of

WAN, YUAN = AMOUNT_UNITS["万元"], AMOUNT_UNITS["元"]


@pytest.mark.parametrize(
    ("value", "steps"),
    [
        ("300", 300_000_000),
        ("32.395", 32_395_000),
        ("0.000001", 1),
        ("-36", -36_000_000),
        ("1000000", 10**12),
    ],
)
def test_an_amount_in_wan_yuan_counts_in_millionths(value: str, steps: int) -> None:
    assert Amount(Decimal(value), WAN).steps == steps


def test_an_amount_in_yuan_counts_in_fen() -> None:
    assert Amount(Decimal("24691.35"), YUAN).steps == 2_469_135


@pytest.mark.parametrize("unit", AMOUNT_UNITS.values(), ids=lambda unit: unit.name)
def test_a_hundred_times_the_most_of_a_cell_is_exact_in_a_spreadsheet(unit: AmountUnit) -> None:
    # A share is compared by cross-multiplication with 100; a spreadsheet keeps 15 digits.
    assert 100 * int(unit.maximum * unit.steps) < 10**15


@pytest.mark.parametrize(
    ("percent", "fraction"),
    [("10", Fraction(1, 10)), ("12.5", Fraction(1, 8)), ("0", Fraction(0))],
)
def test_a_share_is_a_fraction(percent: str, fraction: Fraction) -> None:
    assert Share(Decimal(percent)).fraction == fraction


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (300, "万元", "300万元"),
        (Decimal("300.50"), "万元", "300.5万元"),
        (180000, "元", "180000元"),
        (10, "percent", "10%"),
        (6, "month", "6个月"),
        (5, "working_day", "5个工作日"),
        (15, "day", "15日"),
        (8, "year", "8年"),
        (3, "人", "3人"),
    ],
)
def test_a_quantity_is_written_with_its_unit(value: int | Decimal, unit: str, words: str) -> None:
    assert str(quantity(value, unit)) == words


@pytest.mark.parametrize("value", [Decimal("1.5"), -1])
def test_a_period_is_a_whole_number_of_its_unit(value: int | Decimal) -> None:
    with pytest.raises(ValueError, match="期间必须是不小于 0 的整数"):
        quantity(value, "month")


def test_other_units_are_counts_of_things() -> None:
    assert quantity(3, "人") == Count(Decimal(3), "人")


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("300", "300"),
        ("300.10", "300.1"),
        ("0.000001", "0.000001"),
        ("1E+2", "100"),
        ("-5.0", "-5"),
    ],
)
def test_a_number_is_written_without_exponent_and_idle_zeros(number: str, written: str) -> None:
    assert plain(Decimal(number)) == written


def test_a_date_is_written_as_official_papers_do() -> None:
    assert chinese_date(date(2022, 10, 12)) == "2022年10月12日"


def test_the_numbers_of_the_real_regulation_are_those_of_its_text() -> None:
    found = {id: p.quantity for id, p in edition_of("qidong-2022").parameters.items()}
    assert found == {
        "merge_two_floor": Amount(Decimal(300), WAN),
        "merge_two_ceiling": Amount(Decimal(500), WAN),
        "merge_all_ceiling": Amount(Decimal(300), WAN),
        "supervision_floor": Amount(Decimal(300), WAN),
        "self_adjust_share": Share(Decimal(10)),
        # 建成后半年内
        "acceptance_period": Period(6, PeriodUnit.MONTH),
        "self_evaluation_open": Period(6, PeriodUnit.MONTH),
        "self_evaluation_close": Period(12, PeriodUnit.MONTH),
    }
