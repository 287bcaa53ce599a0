"""Books of all judges: filled again and again, each time from the workbook as issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import ironcalc
import openpyxl
import pytest

from tests.support.cells import Typed, serial
from tests.support.judges import JUDGES, Book, Judge, libreoffice
from tests.support.office import Office
from tests.support.scratch import INPUTS as INPUT_SHEET
from tests.support.scratch import RESULTS, write_scratch

INPUTS = {"in_amount": None, "in_day": date(2024, 8, 31), "tb_cuts": [1, 2, None]}
FORMULAS = [
    '=IF(in_amount="","待填",IF(ISNUMBER(in_amount),"数字","其他"))',
    "=EDATE(in_day,6)",
    "=SUM(tb_cuts)",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scratch(tmp_path_factory.mktemp("books") / "book.xlsx", INPUTS, FORMULAS)


@pytest.fixture(params=["ironcalc", "formualizer", "libreoffice"])
def book(request: pytest.FixtureRequest, path: Path, office: Office) -> Iterator[Book]:
    if request.param == "libreoffice":
        with libreoffice(office, path) as opened:
            yield opened
    else:
        yield next(judge for judge in JUDGES if judge.name == request.param).open(path)


def test_a_blank_book_is_computed_as_issued(book: Book) -> None:
    results = book.calculate({})
    assert results["out_0"] == "待填"
    assert results["out_1"] == serial(date(2025, 2, 28))
    assert results["out_2"] == 3
    assert results["tb_cuts"] == (1, 2, None)


@pytest.mark.parametrize(
    ("amount", "kind"), [(300, "数字"), (0, "数字"), ("300", "其他"), (None, "待填")]
)
def test_an_input_keeps_its_type(book: Book, amount: int | str | None, kind: str) -> None:
    assert book.calculate({"in_amount": amount})["out_0"] == kind


def test_true_goes_in_as_true(book: Book) -> None:
    assert book.calculate({"in_amount": True})["in_amount"] is True


def test_a_date_goes_in_as_a_date(book: Book) -> None:
    assert book.calculate({"in_day": date(2024, 6, 30)})["out_1"] == serial(date(2024, 12, 30))


def test_a_table_is_filled_from_its_top(book: Book) -> None:
    assert book.calculate({"tb_cuts": [10, -4]})["out_2"] == 6


def test_inputs_of_one_calculation_are_gone_in_the_next(book: Book) -> None:
    issued = book.calculate({})
    book.calculate({"in_amount": 5, "in_day": None, "tb_cuts": [7, 8, 9]})
    assert book.calculate({}) == issued


def test_an_unknown_name_is_an_error(book: Book) -> None:
    with pytest.raises(Exception, match="in_nothing"):
        book.calculate({"in_nothing": 1})


@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
def test_only_libreoffice_reads_what_a_person_types(path: Path, judge: Judge) -> None:
    with pytest.raises(TypeError):
        judge.open(path).calculate({"in_amount": Typed("300")})


@pytest.fixture
def styled(path: Path, tmp_path: Path) -> Path:
    """The last cell of a table is blank and has a look, as in every workbook that people fill."""
    workbook = openpyxl.load_workbook(path)
    workbook[INPUT_SHEET]["C3"].number_format = "0.00"
    workbook[RESULTS]["A1"] = '=IF(INDEX(tb_cuts,3)="","空","不空")'
    workbook.save(tmp_path / "styled.xlsx")
    return tmp_path / "styled.xlsx"


def test_a_blank_cell_with_a_style_is_blank(styled: Path, office: Office) -> None:
    for judge in JUDGES:
        assert judge.open(styled).calculate({})["out_0"] == "空"
    with libreoffice(office, styled) as book:
        assert book.calculate({})["out_0"] == "空"


def test_ironcalc_itself_loads_it_as_zero(styled: Path) -> None:
    """Once it does not, its book need not blank such cells."""
    model = ironcalc.load_from_xlsx(str(styled), "en", "UTC", "en")
    assert model.get_cell_content(0, 3, 3) == "0"
