"""Our own evaluator: every value that a file brings along is the one that each program computes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from generator.rules.formula import Volatile
from generator.workbook.desk import Filling
from tests.support.cells import Error, Value, serial
from tests.support.judges import JUDGES
from tests.support.office import Office
from tests.support.papers import FILLED
from tests.support.workbooks import COMPLETE, DOSSIER, MAIN, PAPERS, PUBLISHED, write_workbook
from tests.workbook.fillings import CAREFUL, CARELESS, EXAMPLES

FILES: Mapping[str, tuple[tuple[str, str], Mapping[str, Filling] | None]] = {
    **{f"{'.'.join(which)} blank": (which, None) for which in (*PUBLISHED, *COMPLETE, *PAPERS)},
    **{f"{'.'.join(which)} careful": (which, CAREFUL[which]) for which in MAIN},
    **{f"{'.'.join(which)} careless": (which, CARELESS[which]) for which in MAIN},
    **{f"{'.'.join(which)} example": (which, fillings) for which, fillings in EXAMPLES.items()},
    **{
        f"{'.'.join(which)} {how}": (which, filled)
        for which in PAPERS
        for how, filled in FILLED[which[0]].items()
    },
}

Place = tuple[str, int, int]


@pytest.fixture(scope="module", params=FILES.values(), ids=FILES)
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    which, fillings = request.param
    return write_workbook(tmp_path_factory.mktemp("cached") / "book.xlsx", which, fillings)


@pytest.fixture(scope="module")
def cached(path: Path) -> dict[Place, Value]:
    """The values of all formula cells as the file brings them along."""
    return values_at(path, list(formula_places(path)))


_FORMULA = re.compile(r'<c\b[^<>]* r="([A-Z]+)(\d+)"[^<>]*><f\b')


def formula_places(path: Path) -> Iterator[Place]:
    """The cells with a formula; read from the text, since openpyxl takes a second a file."""
    with zipfile.ZipFile(path) as archive:
        for number, sheet in enumerate(openpyxl.load_workbook(path, read_only=True), 1):
            text = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            for column, row in _FORMULA.findall(text):
                yield sheet.title, int(row), column_index_from_string(column)


def values_at(path: Path, places: list[Place]) -> dict[Place, Value]:
    workbook = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet, row, column): comparable(workbook[sheet].cell(row, column).value)
        for sheet, row, column in places
    }


def comparable(value: Any) -> Value:
    """Dates as their serial numbers, errors as errors, a blank as an empty text."""
    if isinstance(value, datetime):
        return float(serial(value.date()))
    if isinstance(value, time):  # what openpyxl makes of 0 in a cell that shows dates
        return 0.0
    if isinstance(value, str) and re.fullmatch(r"#[A-Z0-9/]+[!?]?|Err:\d+", value):
        return Error(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return "" if value is None else value


def differences(found: Mapping[Place, Value], wanted: Mapping[Place, Value]) -> list[str]:
    return [
        f"{place}: {found[place]!r}, cached {value!r}"
        for place, value in wanted.items()
        if not same(found[place], value)
    ]


def same(first: Value, second: Value) -> bool:
    if isinstance(first, float) and isinstance(second, float):
        return abs(first - second) < 1e-9
    return type(first) is type(second) and first == second


@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
def test_cached_values_are_what_the_libraries_compute(
    path: Path, cached: Mapping[Place, Value], judge: Any
) -> None:
    book = judge.open(path)
    found = {place: comparable(book.cell(place)) for place in cached}
    assert differences(found, cached) == []


def test_cached_values_are_what_libreoffice_computes(
    path: Path, cached: Mapping[Place, Value], office: Office, tmp_path: Path
) -> None:
    with office.document(path) as document:
        document.calculate()
        saved = document.save(tmp_path / "saved.xlsx")
    assert differences(values_at(saved, list(cached)), cached) == []


def test_no_cell_holds_an_error(cached: Mapping[Place, Value]) -> None:
    assert [place for place, value in cached.items() if isinstance(value, Error)] == []


def test_every_formula_brings_its_value_along(path: Path, cached: Mapping[Place, Value]) -> None:
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "/worksheets/sheet" in n]
    formulas = sum(len(re.findall(r"<f\b", sheet)) for sheet in sheets)
    valued = sum(len(re.findall(r"(?:</f>|<f [^>]*/>)<v\b", sheet)) for sheet in sheets)
    assert formulas == valued == len(cached)


def test_a_file_with_dates_but_without_a_day_to_count_from_is_not_made(tmp_path: Path) -> None:
    """What is cached would be wrong tomorrow."""
    with pytest.raises(Volatile):
        write_workbook(tmp_path / "book.xlsx", DOSSIER, {"in_built_on": date(2024, 3, 15)})
