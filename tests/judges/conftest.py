"""Every formula of `formulas.py`, answered once by each judge."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.judges.formulas import FAULTS, INPUTS, SAFE
from tests.support.cells import Value
from tests.support.judges import JUDGES, libreoffice
from tests.support.office import Office
from tests.support.scratch import write_scratch

Answers = Mapping[str, Mapping[str, Value]]


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Answers:
    """By judge and formula, what it gives."""
    formulas = list(dict.fromkeys([*SAFE, *(fault.formula for fault in FAULTS)]))
    path = write_scratch(tmp_path_factory.mktemp("judges") / "formulas.xlsx", INPUTS, formulas)
    given = {judge.name: judge.open(path).calculate({}) for judge in JUDGES}
    with libreoffice(office, path) as book:
        given["libreoffice"] = book.calculate({})
    return {
        judge: {formula: results[f"out_{number}"] for number, formula in enumerate(formulas)}
        for judge, results in given.items()
    }
