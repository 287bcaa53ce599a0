"""What a form says beside an answer: filled, to fill, or of no matter as things stand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from generator.workbook.book import Book, Place
from generator.workbook.desk import Filling
from tests.support.drawn import filled_book
from tests.support.editions import edition_of

QIDONG, KIND = edition_of("qidong-2022"), "dossier"


def state_of(book: Book, fact: str) -> object:
    """What stands beside an input, two columns to the right of it."""
    cell = book.places[f"in_{fact}"]
    return book.value_at(Place(cell.sheet, cell.row, cell.column + 2))


@pytest.mark.parametrize(
    ("known", "fact", "state"),
    [
        # Art. 17: what is in the annual plan needs no consent; before that is known it may.
        ({}, "municipal_consent", "待填"),
        ({"in_in_annual_plan": "是"}, "municipal_consent", "可不填"),
        ({"in_in_annual_plan": "否"}, "municipal_consent", "待填"),
        # Art. 17: without an emergency the consent changes nothing.
        ({"in_in_annual_plan": "否", "in_emergency": "否"}, "municipal_consent", "可不填"),
        ({"in_in_annual_plan": "否", "in_emergency": "是"}, "municipal_consent", "待填"),
        # Whoever fills it nonetheless has filled it, and what is wrong is wrong.
        ({"in_in_annual_plan": "是", "in_municipal_consent": "是"}, "municipal_consent", "已填"),
        (
            {"in_in_annual_plan": "是", "in_municipal_consent": "对"},
            "municipal_consent",
            "须选“是”或“否”",
        ),
        # Art. 34: what can be shared need not be shown to be needed.
        ({"in_sharing_possible": "是"}, "truly_needed", "可不填"),
        ({"in_sharing_possible": "否"}, "truly_needed", "待填"),
        # What the regulation does not ask is never said to be idle.
        ({}, "supervising_department", "待填"),
    ],
)
def test_a_blank_that_makes_no_difference_need_not_be_filled(
    known: Mapping[str, Filling], fact: str, state: str
) -> None:
    assert state_of(filled_book(QIDONG, KIND, known), fact) == state


def test_a_row_that_need_not_be_filled_is_grey() -> None:
    book = filled_book(QIDONG, KIND, {"in_in_annual_plan": "是"})
    cell = book.places["in_municipal_consent"]
    looks = [
        highlight
        for highlight in book.sheets[cell.sheet].highlights
        if highlight.words == ("可不填",) and highlight.style == "aside"
    ]
    rows = [
        range(*(int("".join(filter(str.isdigit, end))) for end in each.cells.split(":")))
        for each in looks
    ]
    assert any(row.start <= cell.row <= row.stop for row in rows)
