"""What our formulas are built from means the same everywhere; what does not is known."""

from __future__ import annotations

import pytest

from tests.judges.conftest import Answers
from tests.judges.formulas import FAULTS, SAFE, Fault
from tests.support.cells import Value


def same(given: Value, expected: Value) -> bool:
    """Equal in kind too: TRUE is not 1."""
    return given == expected and isinstance(given, bool) == isinstance(expected, bool)


@pytest.mark.parametrize("judge", ["ironcalc", "formualizer", "libreoffice"])
@pytest.mark.parametrize(("formula", "excel"), SAFE.items(), ids=list(SAFE))
def test_a_safe_formula_gives_what_excel_gives(
    answers: Answers, judge: str, formula: str, excel: Value
) -> None:
    assert same(answers[judge][formula], excel)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.judge} {fault.formula}")
def test_a_known_fault_is_still_there(answers: Answers, fault: Fault) -> None:
    """A judge that was mended may be trusted with more: take the fault out of the list."""
    given = answers[fault.judge][fault.formula]
    assert same(given, fault.given)
    assert not same(given, fault.excel)
