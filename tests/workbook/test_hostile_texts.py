"""Text is text: formulas, markup and quotes in the data's words do nothing in a workbook."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from generator.model.edition import Edition
from generator.workbook.files import workbook_bytes
from tests.rules.excel.cases import projects
from tests.rules.excel.project import all_of, expected, same
from tests.support.judges import JUDGES, libreoffice
from tests.support.office import Office
from tests.support.workbooks import PROGRAMS, ROWS, VEHICLE, complete_edition
from tests.workbook.fillings import CAREFUL
from tests.workbook.hostile import HOSTILE, hostile_edition

WRITTEN = (
    "=1+1 <script>alert(1)</script>",
    '=HYPERLINK("x")',
    "{{ evil }} ]]> & | `x`",
    "=维修单号",
    "=A1|B2, {{车牌}}, <车型> 或者 ]]>",
)
"""Hostile texts of the fictitious regulation that its workbook shows."""


def texts(edition: Edition, kind: str) -> dict[str, str]:
    """Every text of a workbook, with the type of its cell."""
    workbook = openpyxl.load_workbook(BytesIO(workbook_bytes(edition, kind)))
    return {
        cell.value: cell.data_type
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }


@cache
def vehicle() -> dict[str, str]:
    """Those of the fictitious regulation's workbook."""
    return texts(complete_edition(VEHICLE[0]), VEHICLE[1])


@pytest.mark.parametrize("text", WRITTEN)
def test_hostile_texts_of_the_data_stand_as_text(text: str) -> None:
    assert vehicle()[text] == "s"


def test_a_hostile_outcome_is_a_quoted_text_of_a_formula() -> None:
    """Only formulas say what comes of a decision; what they make of it is judged below."""
    outcome = "用车单位自行决定 {{ evil }}"
    said = {text: kind for text, kind in vehicle().items() if outcome in text}
    assert said and set(said.values()) == {"f"}
    assert all(text.count(outcome) == text.count(f'"{outcome}"') for text in said)


def test_what_people_fill_in_stands_as_text() -> None:
    content = workbook_bytes(complete_edition(VEHICLE[0]), VEHICLE[1], CAREFUL[VEHICLE])
    workbook = openpyxl.load_workbook(BytesIO(content))
    ((sheet, area),) = workbook.defined_names["in_plate"].destinations
    cell = workbook[sheet][area.replace("$", "")]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=A1", "s", True)


def test_no_formula_comes_from_a_label() -> None:
    found = texts(hostile_edition(), "complete")
    assert all(kind == "s" for text, kind in found.items() if text.startswith(HOSTILE))
    assert sum(text.startswith(HOSTILE) for text in found) > 50


@pytest.mark.parametrize("program", PROGRAMS)
def test_hostile_words_compute_as_harmless_ones_do(
    program: str, office: Office, tmp_path: Path
) -> None:
    edition = hostile_edition()
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook_bytes(edition, "complete"))
    cases = projects(edition, ROWS, 12)
    wanted = [expected(edition, all_of(edition), case, ROWS) for case in cases]
    if program == "libreoffice":
        with libreoffice(office, path) as book:
            found = [book.calculate(case.inputs) for case in cases]
    else:
        judge = next(judge for judge in JUDGES if judge.name == program).open(path)
        found = [judge.calculate(case.inputs) for case in cases]
    wrong = [
        (name, results[name], value)
        for results, values in zip(found, wanted, strict=True)
        for name, value in values.items()
        if not same(results[name], value)
    ]
    assert wrong == []
