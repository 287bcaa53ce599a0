"""What has to be kept up: a row each, found by readers as the rows of a list."""

from __future__ import annotations

from generator.model.layout import MeasuresBlock
from generator.workbook.asked import blocks
from generator.workbook.build import sketched_book
from tests.support.editions import edition_of

QIDONG, KIND = edition_of("qidong-2022"), "dossier"
FILLED = {"tb_conduct_state[4]": "在办", "tb_conduct_evidence[4]": "检测报告"}


def test_articles_19_to_23_have_rows_with_state_date_and_evidence() -> None:
    book = sketched_book(QIDONG, KIND, FILLED)
    block = next(b for b in blocks(QIDONG.layouts[KIND]) if isinstance(b, MeasuresBlock))
    places = {
        name: list(book.spans[f"tb_conduct_{name}"].places)
        for name in ("out_key", "state", "date", "evidence")
    }
    assert {len(found) for found in places.values()} == {len(block.rows)}
    labels = [book.at(place).content for place in places["out_key"]]
    assert labels == [row.label for row in block.rows]
    articles = {row.law.article for row in block.rows}
    assert articles == {"19", "20", "21", "22", "23"}
    assert book.at(places["state"][3]).content == "在办"
    assert book.at(places["evidence"][3]).content == "检测报告"


def test_the_days_and_states_are_checked_as_they_are_typed() -> None:
    book = sketched_book(QIDONG, KIND)
    state = next(book.spans["tb_conduct_state"].places)
    found = {
        validation.kind: validation.cells
        for validation in book.sheets[state.sheet].validations
        if validation.cells.startswith((f"C{state.row}:", f"G{state.row}:"))
    }
    last = state.row + 7
    assert found == {"list": f"C{state.row}:C{last}", "date": f"G{state.row}:G{last}"}
