"""Inputs that hold error values: they count as not filled in, and spread nowhere."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from generator.workbook.files import workbook_bytes
from tests.support.cells import Error
from tests.support.judges import JUDGES, Judge, Results, libreoffice, named_places
from tests.support.office import Office
from tests.support.workbooks import COMPLETE, complete_edition

PENDING = "待填"


def broken(which: tuple[str, str], folder: Path) -> Path:
    """A workbook in which every answer to a question is a division by zero."""
    name, kind = which
    edition = complete_edition(name)
    path = folder / "broken.xlsx"
    path.write_bytes(workbook_bytes(edition, kind))
    inputs = [
        place
        for known, places in named_places(path).items()
        if known.startswith(("in_", "tb_")) and "_out_" not in known and known != "in_as_of"
        for place in places
    ]
    book = openpyxl.load_workbook(path)
    for sheet, row, column in inputs:
        book[sheet].cell(row, column).value = "=1/0"
    book.save(path)
    return path


def judged(which: tuple[str, str], found: Results) -> None:
    """Every verdict is open, and no result is an error."""
    name, _ = which
    edition = complete_edition(name)
    shown = [rule for rule in edition.rules if f"out_{rule}" in found]
    assert shown
    assert {found[f"out_{rule}"] for rule in shown} == {PENDING}
    assert [name for name, value in found.items() if name.startswith("out_") and bad(value)] == []


def bad(value: object) -> bool:
    """Whether an error stands in a result."""
    values = value if isinstance(value, tuple) else (value,)
    return any(isinstance(each, Error) for each in values)


@pytest.mark.parametrize("which", COMPLETE, ids=lambda which: which[0])
@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
def test_errors_count_as_not_filled_in(
    which: tuple[str, str], judge: Judge, tmp_path: Path
) -> None:
    judged(which, judge.open(broken(which, tmp_path)).calculate({}))


@pytest.mark.parametrize("which", COMPLETE, ids=lambda which: which[0])
def test_errors_count_as_not_filled_in_for_libreoffice(
    which: tuple[str, str], office: Office, tmp_path: Path
) -> None:
    with libreoffice(office, broken(which, tmp_path)) as book:
        judged(which, book.calculate({}))
