"""A person fills the dossier in LibreOffice: types, inserts rows, renames sheets, saves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from generator.issuing.previous import read_previous
from generator.model.contents import Contents
from generator.workbook.files import workbook_bytes
from generator.workbook.fillings import fillings_of
from generator.workbook.imprint import Imprint
from generator.workbook.write import PASSWORD
from tests.support.cells import Scalar, Typed, serial
from tests.support.editions import edition_of
from tests.support.judges import Formualizer, Place, named_places
from tests.support.office import Document, Office
from tests.support.workbooks import DOSSIER, write_workbook

ASKED, QUARTERS, CHANGES, HELPERS = "基本信息", "季度报送", "变更判定", "计算"
VERDICTS = "tb_changes_out_self_adjustment"
REASON = "确需对原项目技术方案进行完善优化"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(tmp_path_factory.mktemp("person") / "dossier.xlsx", DOSSIER)


@pytest.fixture
def document(office: Office, dossier: Path) -> Iterator[Document]:
    with office.document(dossier) as opened:
        yield opened


@pytest.fixture(scope="module")
def kept_open(office: Office, dossier: Path) -> Iterator[Document]:
    with office.document(dossier) as opened:
        yield opened


@pytest.fixture
def blank(kept_open: Document) -> Iterator[Document]:
    """One document for all who do no more than type: what they typed is deleted again."""
    yield kept_open
    names = kept_open.names()
    inputs = (name for name in names if name.startswith(("in_", "tb_")) and "_out_" not in name)
    kept_open.fill({name: [None] * len(names[name]) for name in inputs})


def type_all(document: Document, typed: dict[str, str]) -> None:
    for name, keys in typed.items():
        document.set(name, Typed(keys))
    document.calculate()


def change(document: Document, row: int, amount: str, key: str = "变") -> None:
    """Types a row of the table of changes (the first is 0)."""
    typed = {
        "key": f"{key}-{row + 1}",
        "adjust_amount": amount,
        "scale_exceeds": "否",
        "goal_changed": "否",
        "main_content_change_needed": "是",
        "adjust_reason": REASON,
    }
    for column, keys in typed.items():
        document.set(f"tb_changes_{column}", Typed(keys), row)


# Typing -------------------------------------------------------------------------------------------


def test_what_is_typed_gives_the_verdicts(blank: Document) -> None:
    type_all(
        blank,
        {
            "in_total_investment": "300",
            "in_depth_reached": "否",
            "in_listed_in_planning": " 否",
            "in_built_on": "2024-08-31",
        },
    )
    assert blank.get("out_merge_all") == "否"
    assert blank.get("out_supervision_mandatory") == "是"
    assert blank.get("out_approval_route") == "分三步编报"
    # Exactly 300: with the brackets at both ends, article 8 would allow to merge two.
    assert blank.get("out_approval_route_readings") == "AM01"
    assert blank.get("out_acceptance_application") == serial(date(2025, 2, 28))


@pytest.mark.parametrize("keys", ["约300", "300万元", "TRUE", "-300", "0", "1000000.01", "=1/0"])
def test_what_is_no_amount_leaves_the_verdict_open(blank: Document, keys: str) -> None:
    type_all(blank, {"in_total_investment": keys, "in_depth_reached": "是"})
    assert blank.get("out_supervision_mandatory") == "待填"
    assert blank.get("out_supervision_mandatory_needed") == "总投资"


def test_thousands_typed_with_a_comma_are_a_number(blank: Document) -> None:
    type_all(blank, {"in_total_investment": "3,000"})
    assert blank.get("in_total_investment") == 3000
    assert blank.get("out_supervision_mandatory") == "是"


def test_what_is_deleted_again_is_unknown_again(blank: Document) -> None:
    type_all(blank, {"in_total_investment": "299.99"})
    assert blank.get("out_supervision_mandatory") == "否"
    blank.set("in_total_investment", None)
    blank.calculate()
    assert blank.get("out_supervision_mandatory") == "待填"


# The day to count from ----------------------------------------------------------------------------

DUE = date(2025, 2, 28)
"""Six months after a project that was built on 2024-08-31 (article 29)."""


def days_left(path: Path) -> Place:
    """Where the days until the application for acceptance are shown."""
    ((sheet, row, _),) = named_places(path)["out_acceptance_application"]
    heads = {cell.value: cell.column for cell in openpyxl.load_workbook(path)[sheet][row - 1]}
    return sheet, row, heads["剩余天数"]


def days_until_due() -> set[int]:
    """Today may be another day in a program that knows no time zone."""
    return {(DUE - today).days for today in (date.today(), datetime.now(UTC).date())}


def test_without_a_day_to_count_from_it_is_today(blank: Document, dossier: Path) -> None:
    sheet, row, column = days_left(dossier)
    address = f"{get_column_letter(column)}{row}"
    type_all(blank, {"in_built_on": "2024-08-31", "in_as_of": "2025-02-20"})
    assert blank.cells(sheet)[address].value == 8
    before = days_until_due()
    blank.set("in_as_of", None)
    blank.calculate()
    assert blank.cells(sheet)[address].value in before | days_until_due()


def test_without_a_day_to_count_from_it_is_today_in_another_program(dossier: Path) -> None:
    place, book = days_left(dossier), Formualizer().open(dossier)
    built = {"in_built_on": date(2024, 8, 31)}
    book.calculate({**built, "in_as_of": date(2025, 2, 20)}, [])
    assert book.cell(place) == 8
    before = days_until_due()
    book.calculate({**built, "in_as_of": None}, [])
    assert book.cell(place) in before | days_until_due()


# Rows and sheets ----------------------------------------------------------------------------------


def test_a_row_inserted_inside_the_table_takes_its_place_among_the_changes(
    document: Document,
) -> None:
    document.set("in_approved_estimate", Typed("300"))
    change(document, 0, "20")
    change(document, 1, "10")
    document.calculate()
    assert document.get_range(VERDICTS)[:3] == ["是", "是", ""]
    assert overflow(document) == ""

    first = table_row(document)
    assert document.unprotect(CHANGES, PASSWORD)
    document.insert_rows(CHANGES, first + 1)
    change(document, 1, "0.01", key="补")
    document.calculate()
    # 20, then 0.01, then 10: only the last goes beyond 30; each alone would not.
    assert document.get_range("tb_changes_key")[:3] == ["变-1", "补-2", "变-2"]
    assert document.get_range(VERDICTS)[:4] == ["是", "是", "否（存疑）", ""]
    assert document.get_range(f"{VERDICTS}_readings")[2] == "存疑：AM20"
    # One row more than there are verdicts: people are told.
    assert overflow(document).startswith("表中插入了新行")


@pytest.mark.parametrize("where", ["first", "second", "after the last"])
def test_people_are_told_of_every_inserted_row(document: Document, where: str) -> None:
    """Those before the first row and after the last would not be judged at all."""
    change(document, 0, "1")
    document.calculate()
    assert overflow(document) == ""
    below = {"first": 0, "second": 1, "after the last": rows_of(document)}[where]
    first = table_row(document)
    assert document.unprotect(CHANGES, PASSWORD)
    document.insert_rows(CHANGES, first + below)
    document.calculate()
    assert overflow(document).startswith("表中插入了新行")


@pytest.mark.parametrize("descending", [False, True])
def test_the_table_is_sorted_with_a_button_on_its_protected_sheet(
    document: Document, descending: bool
) -> None:
    """The verdicts go with the rows: who is first is judged alone."""
    document.set("in_approved_estimate", Typed("300"))
    for row, amount in enumerate(("20", "0.01", "10")):
        change(document, row, amount)
    document.sort("tb_changes_adjust_amount", 1, descending=descending)
    document.calculate()
    amounts = [0.01, 10, 20]
    found = document.get_range("tb_changes_adjust_amount")[:3]
    assert found == (amounts[::-1] if descending else amounts)
    assert document.get_range(VERDICTS)[:4] == ["是", "是", "否（存疑）", ""]


def test_a_filter_hides_rows_and_changes_nothing(document: Document, tmp_path: Path) -> None:
    """20 and 10 together are the tenth of 300, 0.01 more is above it, shown or not."""
    document.set("in_approved_estimate", Typed("300"))
    for row, amount in enumerate(("20", "10", "0.01")):
        change(document, row, amount)
    document.calculate()
    verdicts = ["是", "是", "否（存疑）", ""]
    seen = document.filter("tb_changes_key", "变-2")
    assert seen[:3] == [False, True, False]
    document.calculate()
    assert document.get_range(VERDICTS)[:4] == verdicts
    assert document.get_range("tb_changes_key")[:3] == ["变-1", "变-2", "变-3"]
    saved = openpyxl.load_workbook(document.save(tmp_path / "saved.xlsx"), data_only=True)
    assert named(saved, "tb_changes_adjust_amount") == 20
    assert named(saved, VERDICTS) == "是"
    assert all(document.filter("tb_changes_key", ""))
    document.calculate()
    assert document.get_range(VERDICTS)[:4] == verdicts


def overflow(document: Document) -> str:
    return str(document.get("out_changes_overflow"))


def rows_of(document: Document) -> int:
    """How many rows the table has."""
    return len(document.get_range("tb_changes_key"))


def table_row(document: Document) -> int:
    """The sheet row of the table's first row."""
    cells = document.cells(CHANGES)
    return next(int(address[1:]) for address, cell in cells.items() if cell.value == "变-1")


def test_rows_inserted_above_everything_change_nothing(document: Document) -> None:
    document.set("in_approved_estimate", Typed("300"))
    change(document, 0, "30.01")
    for sheet in (ASKED, CHANGES, HELPERS):
        assert document.unprotect(sheet, PASSWORD)
        document.insert_rows(sheet, 1, 3)
    change(document, 1, "-30.01")
    type_all(document, {"in_total_investment": "300", "in_depth_reached": "是"})
    assert document.get("out_merge_all") == "是"
    assert document.get_range(VERDICTS)[:3] == ["否", "否", ""]
    assert overflow(document) == ""


def test_renamed_sheets_change_nothing(document: Document) -> None:
    for number, sheet in enumerate(document.sheets()):
        document.rename_sheet(sheet, f"甲 '乙'！{number}")
    type_all(document, {"in_total_investment": "299.99", "in_depth_reached": "是"})
    assert document.get("out_merge_all") == "是"
    assert document.get("out_supervision_mandatory") == "否"


def test_a_table_filled_to_its_last_row_is_judged_to_its_last_row(blank: Document) -> None:
    rows = rows_of(blank)
    blank.set("in_approved_estimate", Typed(f"{25 * rows}"))
    for row in range(rows):
        change(blank, row, "2.5")
    blank.calculate()
    assert blank.get_range(VERDICTS) == ["是"] * rows
    blank.set("tb_changes_adjust_amount", Typed("2.51"), rows - 1)
    blank.calculate()
    assert blank.get_range(VERDICTS) == ["是"] * (rows - 1) + ["否（存疑）"]


def test_a_changed_row_in_the_middle_is_prior_to_those_below_it_alone(blank: Document) -> None:
    blank.set("in_approved_estimate", Typed("300"))
    for row, amount in enumerate(("10", "10", "10")):
        change(blank, row, amount)
    blank.set("tb_changes_adjust_amount", None, 1)
    blank.calculate()
    needed = blank.get_range(f"{VERDICTS}_needed")
    assert blank.get_range(VERDICTS)[:3] == ["是", "待填", "待填（存疑）"]
    assert needed[:3] == ["", "本次资金调整数额", "此前历次资金调整数额"]


# Saving -------------------------------------------------------------------------------------------


def test_a_saved_file_is_read_by_names(document: Document, tmp_path: Path) -> None:
    assert document.unprotect(ASKED, PASSWORD)
    document.insert_rows(ASKED, 2, 2)
    document.rename_sheet(ASKED, "我们的信息")
    type_all(
        document,
        {
            "in_project_name": "智慧停车",
            "in_total_investment": "299.999999",
            "in_built_on": "2024-02-29",
            "in_secret": "不涉密",
        },
    )
    change(document, 0, "-12.5")
    document.calculate()
    saved = openpyxl.load_workbook(document.save(tmp_path / "saved.xlsx"), data_only=True)
    assert named(saved, "in_project_name") == "智慧停车"
    assert named(saved, "in_total_investment") == 299.999999
    assert named(saved, "in_built_on") == datetime(2024, 2, 29)
    assert named(saved, "in_secret") == "不涉密"
    assert named(saved, "tb_changes_adjust_amount") == -12.5
    assert named(saved, "out_supervision_mandatory") == "否"
    assert named(saved, "out_paper_level_protection_test") == "是"
    assert named(saved, "meta_kind") == "dossier"


def named(workbook: openpyxl.Workbook, name: str) -> Any:
    """The first cell of a name."""
    ((sheet, area),) = workbook.defined_names[name].destinations
    return workbook[sheet][area.split(":")[0].replace("$", "")].value


def test_a_saved_file_keeps_its_checks_and_its_protection(
    document: Document, tmp_path: Path
) -> None:
    saved = openpyxl.load_workbook(document.save(tmp_path / "saved.xlsx"))
    assert all(sheet.protection.sheet for sheet in saved)
    validations = saved[ASKED].data_validations.dataValidation
    assert {each.type for each in validations} == {"list", "decimal", "date"}
    assert all(each.showErrorMessage for each in validations)
    assert saved["_meta"].sheet_state != "visible"


THIRD = date(2024, 9, 30)
"""The third quarter of the example."""

SEALED = {("answers", "filled_on"), ("answers", "quarter_filled_on")}
"""The days of seals: those of a former copy are not carried to the next."""


def test_the_reader_finds_every_answer_in_what_a_person_made_of_the_file(
    office: Office, tmp_path: Path
) -> None:
    """The whole example typed into a copy, its quarters moved down by new rows, the changes sorted,
    a list filtered, every sheet renamed."""
    edition, kind = edition_of(DOSSIER[0]), DOSSIER[1]
    blank, saved = tmp_path / "blank.xlsx", tmp_path / "saved.xlsx"
    copy = Imprint(issue_id="A-001", recipient="示例单位", day=date(2026, 1, 5))
    blank.write_bytes(workbook_bytes(edition, kind, {}, copy))
    written = edition.samples[kind].contents
    with office.document(blank) as document:
        document.put(typed(fillings_of(written)))
        assert document.unprotect(QUARTERS, PASSWORD)
        third = next(
            int(address[1:])
            for address, cell in document.cells(QUARTERS).items()
            if address[0] == "B" and cell.value == serial(THIRD) and not cell.formula
        )
        document.insert_rows(QUARTERS, third, 2)
        document.sort("tb_changes_adjust_amount")
        assert False in document.filter("tb_conduct_state", "已办")
        names = document.sheets()
        for number, sheet in enumerate(names):
            document.rename_sheet(sheet, f"甲 '乙'！{number}")
        document.calculate()
        document.save(saved)

    ((line,), remarks) = read_previous([saved], edition, kind)
    assert remarks == ()
    assert by_key(line.contents) == {
        at: value for at, value in by_key(written).items() if at not in SEALED
    }
    # Two rows are new, and -15.2 stands before 26.4.
    assert line.contents["registers", "quarterly", 4, "key"].value == THIRD
    assert line.contents["tables", "changes", 0, "key"].value == "示例变更-02"

    old, new = openpyxl.load_workbook(blank), openpyxl.load_workbook(saved)
    for name, before, after in zip(names, old, new, strict=True):
        # The new rows are like the others: a quarter, five amounts, a day; and seven texts.
        new_rows = 2 if name == QUARTERS else 0
        assert len(checked(after)) == len(checked(before)) + new_rows * 7, name
        assert unlocked(after) == unlocked(before) + new_rows * 14, name
        assert lists(after) == lists(before), name
        assert before.protection.sheet
        assert after.protection.sheet or name == QUARTERS  # which was unlocked for the new rows


def typed(fillings: Mapping[str, Scalar]) -> Iterator[tuple[str, int, Typed]]:
    """The keys that a person presses for each answer."""
    for name, value in fillings.items():
        column, _, row = name.rstrip("]").partition("[")
        yield column, int(row or 1) - 1, Typed(str(value))


def by_key(contents: Contents) -> dict[tuple[Any, ...], Any]:
    """Answers by their place; in lists by the key of their row, wherever it stands."""
    keys = {at[:3]: (given.value,) for at, given in contents.items() if at[3:] == ("key",)}
    return {
        (*at[:2], *keys.get(at[:3], at[2:3]), *at[3:]): given.value
        for at, given in contents.items()
    }


@pytest.mark.parametrize(("value", "known"), [("是", True), ("　是\u00a0", True), ("是的", False)])
def test_yes_counts_with_blanks_around_it(blank: Document, value: Scalar, known: bool) -> None:
    blank.fill({"in_catalogue_provided": value, "in_data_provided": "是"})
    blank.set("in_archive_accepted", "是")
    blank.calculate()
    assert blank.get("out_acceptance_barred") == ("否" if known else "待填")


def checked(sheet: Worksheet) -> set[tuple[int, int]]:
    """The cells that have a validation."""
    return {
        cell
        for validation in sheet.data_validations.dataValidation
        for area in validation.sqref.ranges
        for cell in area.cells
    }


def unlocked(sheet: Worksheet) -> int:
    return sum(not cell.protection.locked for row in sheet.iter_rows() for cell in row)


def lists(sheet: Worksheet) -> set[tuple[str, str]]:
    """Where each list of choices takes its words from, and what a wrong one is answered with."""
    validations = sheet.data_validations.dataValidation
    return {(each.formula1, each.error) for each in validations if each.type == "list"}
