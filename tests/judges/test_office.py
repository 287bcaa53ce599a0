"""LibreOffice as the tests drive it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.support import office as office_module
from tests.support.cells import EPOCH, Error, Typed, day
from tests.support.office import Document, Office, OfficeError
from tests.support.scratch import INPUTS, RESULTS, write_scratch


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scratch(
        tmp_path_factory.mktemp("office") / "book.xlsx",
        {"in_amount": 300, "in_yes": "是", "in_gap": None, "tb_cuts": [1, 2, 3]},
        ["=in_amount*2", "=1/0", "=in_amount>1", '=""', "=SUM(tb_cuts)"],
    )


@pytest.fixture
def document(office: Office, path: Path) -> Iterator[Document]:
    with office.document(path) as opened:
        opened.calculate()
        yield opened


def test_each_kind_of_value_comes_back_as_itself(document: Document) -> None:
    assert document.get("in_amount") == 300
    assert document.get("in_yes") == "是"
    assert document.get("in_gap") is None
    assert document.get("out_0") == 600
    assert document.get("out_1") == Error("#DIV/0!")
    assert document.get("out_2") is True
    assert document.get("out_3") == ""
    assert document.get_range("tb_cuts") == [1, 2, 3]


def test_formulas_are_seen(document: Document) -> None:
    assert document.cell("out_0").formula == "=in_amount*2"
    assert document.cell("in_amount").formula == ""


def test_what_is_typed_is_read_as_a_person_means_it(document: Document) -> None:
    document.set("in_gap", Typed("2024-08-31"))
    assert day(document.get("in_gap")) == date(2024, 8, 31)
    document.set("in_gap", Typed("300"))
    assert document.get("in_gap") == 300
    document.set("in_gap", Typed("约300"))
    assert document.get("in_gap") == "约300"


def test_a_text_stays_a_text(document: Document) -> None:
    for text in ("300", "=1+1", "TRUE"):
        document.set("in_gap", text)
        assert document.get("in_gap") == text


def test_true_blank_and_dates_can_be_set(document: Document) -> None:
    document.set("in_gap", True)
    assert document.get("in_gap") is True
    document.set("in_gap", date(2024, 2, 29))
    assert day(document.get("in_gap"), document.null_date()) == date(2024, 2, 29)
    document.set("in_gap", None)
    assert document.get("in_gap") is None


def test_a_stored_true_in_a_cell_for_numbers_is_a_number(office: Office, tmp_path: Path) -> None:
    """LibreOffice tells TRUE from 1 by the cell's format alone: tests must type TRUE."""
    path = write_scratch(tmp_path / "true.xlsx", {"in_amount": True}, ["=ISLOGICAL(in_amount)"])
    workbook = openpyxl.load_workbook(path)
    workbook[INPUTS]["A1"].number_format = "0.00"
    workbook.save(path)
    with office.document(path) as document:
        document.calculate()
        assert document.get("out_0") is False
        document.set("in_amount", True)
        document.calculate()
        assert document.get("out_0") is True


def test_one_cell_of_a_table_can_be_set(document: Document) -> None:
    document.set("tb_cuts", 10, index=1)
    document.calculate()
    assert document.get_range("tb_cuts") == [1, 10, 3]
    assert document.get("out_4") == 14


def test_a_cell_can_be_set_by_its_place(document: Document) -> None:
    document.set_cell(INPUTS, "A1", 50)
    assert document.get("in_amount") == 50


def test_names_are_found_after_rows_were_inserted_and_sheets_renamed(document: Document) -> None:
    document.insert_rows(INPUTS, 1, 3)
    document.rename_sheet(INPUTS, "另一个名字")
    document.set("in_amount", 7)
    document.calculate()
    assert document.sheets() == ["另一个名字", RESULTS]
    assert document.cells("另一个名字")["A4"].value == 7
    assert document.get("out_0") == 14


def test_the_date_systems_are_told_apart(office: Office, tmp_path: Path, path: Path) -> None:
    workbook = openpyxl.load_workbook(path)
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.save(tmp_path / "mac.xlsx")
    with office.document(path) as usual, office.document(tmp_path / "mac.xlsx") as mac:
        assert usual.null_date() == EPOCH
        assert mac.null_date() == date(1904, 1, 1)


def test_a_copy_is_saved_and_the_file_itself_left_alone(
    document: Document, path: Path, tmp_path: Path
) -> None:
    before = path.read_bytes()
    document.set("in_amount", 1)
    document.calculate()
    saved = document.save(tmp_path / "saved.xlsx")
    assert openpyxl.load_workbook(saved, data_only=True)[RESULTS]["A1"].value == 2
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_printed_pages_become_pictures(document: Document, tmp_path: Path) -> None:
    pictures = document.pictures(tmp_path)
    assert pictures
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_what_is_not_there_is_named(document: Document) -> None:
    with pytest.raises(OfficeError, match="in_nothing"):
        document.get("in_nothing")
    with pytest.raises(OfficeError, match="没有这张表"):
        document.cells("没有这张表")


def test_a_file_that_is_no_workbook_is_an_error_not_a_hang(office: Office, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(OfficeError), office.document(broken):
        pass


def test_an_office_that_hangs_is_reported_and_ended(
    monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    hanging = Office()
    monkeypatch.setattr(office_module, "PATIENCE", 0.5)
    with (
        pytest.raises(OfficeError, match="calculate: LibreOffice gave no answer"),
        hanging.document(path) as document,
    ):
        os.killpg(hanging.process_group, signal.SIGSTOP)
        document.calculate()
    with pytest.raises(OfficeError, match="LibreOffice has ended"), hanging.document(path):
        pass
    hanging.stop()
