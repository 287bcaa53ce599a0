"""Filled examples and numbered copies: each answer in its cell, and each file says what it is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from generator.model.contents import Given
from generator.model.edition import Edition, Fact, FactType
from generator.model.problems import Problem
from generator.model.quantities import AMOUNT_UNITS
from generator.model.yaml_source import Path_
from generator.rules.formula import Volatile
from generator.workbook.build import build_book
from generator.workbook.files import example_file_name, workbook_bytes, workbook_files
from generator.workbook.fillings import fillings_of, name_of, places_of, untaken
from generator.workbook.imprint import Imprint
from tests.support.editions import EDITIONS, edition_of

YUNLING, KIND = "yunling-2025", "vehicle"
EXAMPLES = [(id, kind) for id in EDITIONS for kind in edition_of(id).samples]
COPY = Imprint(issue_id="A-001", recipient="=某单位 <b>", day=date(2025, 3, 4))


def opened(content: bytes, **how: Any) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content), **how)


def held(workbook: Workbook, name: str) -> Any:
    """What the cell of a name holds (of a range: `name[k]`)."""
    name, _, row = name.partition("[")
    ((sheet, area),) = workbook.defined_names[name].destinations
    first = workbook[sheet][area.split(":")[0].replace("$", "")]
    value = first.offset(int(row[:-1]) - 1 if row else 0).value
    return value.date() if isinstance(value, datetime) else value


@cache
def files(id: str) -> Mapping[str, bytes]:
    return workbook_files(edition_of(id))


def example(id: str, kind: str) -> bytes:
    return files(id)[example_file_name(edition_of(id).layouts[kind])]


# Names and values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "name"),
    [
        (("answers", "plate"), "in_plate"),
        (("deadlines", "reply"), "in_done_reply"),
        (("deadlines", "report", 0, "sent"), "tb_report_sent[1]"),
        (("tables", "repairs", 1, "key"), "tb_repairs_key[2]"),
        (("registers", "quarters", 2, "spent"), "tb_quarters_spent[3]"),
        (("papers", "form", "ready"), "in_paper_form_ready"),
        (("steps", "asking", "received"), "in_step_asking_received"),
        (("letters", "form", "reason"), "in_letter_form__reason"),
    ],
)
def test_each_answer_has_its_cell(at: Path_, name: str) -> None:
    assert name_of(at) == name


def test_a_place_that_no_cell_belongs_to_is_no_place() -> None:
    with pytest.raises(ValueError):
        name_of(("papers",))


NOWHERE = Problem("x.yml", 1, 1, "")


@pytest.mark.parametrize(
    ("type_", "value", "filling"),
    [
        (FactType.YESNO, True, "是"),
        (FactType.YESNO, False, "否"),
        (FactType.CHOICE, "a", "=甲"),
        (FactType.AMOUNT, 300_000_000, 300),
        (FactType.AMOUNT, 323_950_001, 323.950001),
        (FactType.AMOUNT, -1, -0.000001),
        (FactType.DATE, date(2025, 1, 2), date(2025, 1, 2)),
        (FactType.TEXT, "=1+1", "=1+1"),
    ],
)
def test_a_cell_holds_what_people_would_pick_or_type(
    type_: FactType, value: Any, filling: Any
) -> None:
    unit = AMOUNT_UNITS["万元"] if type_ is FactType.AMOUNT else None
    fact = Fact("x", "甲", "？", type_, unit, 0, True, "", {"a": "=甲"}, None, None)
    found = fillings_of({("answers", "x"): Given(fact, value, NOWHERE)})
    assert found == {"in_x": filling}
    assert type(found["in_x"]) is type(filling)


def test_the_day_to_count_from_is_an_input_like_others() -> None:
    assert fillings_of({}, date(2025, 6, 30)) == {"in_as_of": date(2025, 6, 30)}


def test_what_no_cell_takes_is_told() -> None:
    book = build_book(edition_of(YUNLING), KIND)
    taken = {"in_plate": "甲", "tb_repairs_key[6]": "6", "in_as_of": None}
    left = {
        "in_nothing": 1,
        "tb_repairs_key[7]": "7",
        "tb_repairs_nothing[1]": 1,
        "in_paper_nothing_ready": "是",
    }
    assert list(untaken(book, {**taken, **left})) == list(left)


# Examples -----------------------------------------------------------------------------------------


def test_there_is_an_example_to_look_at() -> None:
    assert (YUNLING, KIND) in EXAMPLES


@pytest.mark.parametrize(("id", "kind"), EXAMPLES)
def test_every_answer_of_an_example_stands_in_its_cell(id: str, kind: str) -> None:
    sample = edition_of(id).samples[kind]
    workbook = opened(example(id, kind))
    fillings = fillings_of(sample.contents, sample.as_of)
    assert {name: held(workbook, name) for name in fillings} == fillings
    assert places_of(sample.contents).keys() == fillings.keys() - {"in_as_of"}


@pytest.mark.parametrize(("id", "kind"), EXAMPLES)
def test_an_example_says_on_every_sheet_that_it_is_made_up(id: str, kind: str) -> None:
    edition = edition_of(id)
    workbook = opened(example(id, kind))
    visible = [sheet for sheet in workbook if sheet.sheet_state == "visible"]
    assert len(visible) >= len(edition.layouts[kind].sheets)
    for sheet in visible:
        assert str(sheet["A1"].value).endswith("（示例：虚构）")
        assert sheet.oddHeader.right.text == "示例：虚构，不作依据"
    words = [str(cell.value) for row in visible[0].iter_rows() for cell in row if cell.value]
    assert "示例" in words
    assert any(word.startswith("虚构：") and "不能作为依据" in word for word in words)


@pytest.mark.parametrize(("id", "kind"), EXAMPLES)
def test_nothing_is_filled_in_wrongly_in_an_example(id: str, kind: str) -> None:
    sample = edition_of(id).samples[kind]
    book = build_book(edition_of(id), kind, fillings_of(sample.contents, sample.as_of))
    if "progress.errors" in book.places:
        assert book.value("progress.errors") == 0


def test_what_people_read_in_an_example() -> None:
    workbook = opened(example(YUNLING, KIND), data_only=True)
    assert held(workbook, "in_as_of") == date(2025, 6, 30)
    assert held(workbook, "out_purchase_allowed") == "是"
    assert held(workbook, "out_filing_state") == "按期办结"
    assert held(workbook, "out_monthly_report_state") == "均已报送"


def test_an_example_is_no_copy_that_could_be_returned() -> None:
    workbook = opened(example(YUNLING, KIND))
    meta = {row[0].value: row[1].value for row in workbook["_meta"].iter_rows()}
    assert meta["issue_id"] is None and meta["recipient"] is None and meta["issued"] is None
    assert meta["example"] == edition_of(YUNLING).samples[KIND].title


@pytest.mark.parametrize("id", EDITIONS)
def test_templates_stand_beside_examples(id: str) -> None:
    edition = edition_of(id)
    names = list(files(id))
    assert [name for name in names if "填写示例" not in name] == [
        f"{layout.file}.xlsx" for layout in edition.layouts.values()
    ]
    assert len(names) == len(edition.layouts) + len(edition.samples)


# Copies -------------------------------------------------------------------------------------------


def copy(edition: Edition, **fillings: Any) -> bytes:
    return workbook_bytes(edition, KIND, fillings, COPY)


def test_a_copy_says_three_times_whose_it_is() -> None:
    workbook = opened(copy(edition_of(YUNLING)))
    meta = {row[0].value: row[1].value or "" for row in workbook["_meta"].iter_rows()}
    wanted = {"issue_id": "A-001", "recipient": "=某单位 <b>", "issued": "2025-03-04"}
    assert {key: meta[key] for key in wanted} == wanted
    assert {each.name: each.value or "" for each in workbook.custom_doc_props.props} == meta
    cover = workbook.worksheets[0]
    beside = {row[1].value: row[2].value for row in cover.iter_rows(max_col=3)}
    assert beside["领用编号"] == "A-001"
    assert beside["领用单位"] == "=某单位 <b>"
    assert beside["领用日期"] == "2025年3月4日"
    assert "示例" not in beside
    assert cover.oddHeader.right.text == "领用编号 A-001"


def test_a_template_has_no_number_and_no_mark() -> None:
    workbook = opened(workbook_bytes(edition_of(YUNLING), KIND))
    cover = workbook.worksheets[0]
    beside = {row[1].value: row[2].value for row in cover.iter_rows(max_col=3)}
    assert beside["领用编号"] == "未编号（公开模板）"
    assert "领用单位" not in beside
    assert cover.oddHeader.right.text is None


def test_a_copy_counts_from_its_day_of_issue_until_a_program_opens_it() -> None:
    """Today is the reader's; what the file brings along is of the day that its cover names."""
    edition, applied = edition_of(YUNLING), date(2025, 4, 28)
    fillings = {"in_applied_on": applied, "in_extension_approved": "否"}
    content = copy(edition, **fillings)
    assert content == copy(edition, **fillings)
    workbook, formulas = opened(content, data_only=True), opened(content)
    assert held(workbook, "in_as_of") is None
    assert held(workbook, "out_reply") == date(2025, 5, 8)
    sheets = [sheet for sheet in formulas if sheet.sheet_state != "visible"]
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert any("TODAY()" in str(cell.value) for cell in cells if cell.data_type == "f")
    with pytest.raises(Volatile):
        workbook_bytes(edition, KIND, fillings)


def test_a_copy_was_made_on_its_day_of_issue() -> None:
    with zipfile.ZipFile(BytesIO(copy(edition_of(YUNLING)))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-\d\d-\d\dT[\d:]+Z)<", core) == ["2025-03-04T00:00:00Z"] * 2
