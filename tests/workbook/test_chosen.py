"""The way chosen under a decision: shown, held against the rules, refused where it makes no sense.

By hand on the fictitious regulation, where it means nothing: choosing a listed vehicle is permitted
if either organ must review the repair, a sedan if the centre must; anything else always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from generator.model.edition import Edition
from generator.model.layout import ChosenShape, VerdictBlock
from generator.model.problems import DataProblems
from generator.rules.formula import Scalar
from generator.workbook.book import Book, Place
from generator.workbook.build import build_book
from generator.workbook.desk import Filling
from tests.support.drawn import filled_book
from tests.support.editions import edition_of
from tests.support.workbooks import VEHICLE

YUNLING, SHEET = edition_of(VEHICLE[0]), "判定"
LISTED, SEDAN = (YUNLING.facts["vehicle_type"].choices[each] for each in ("listed", "sedan"))
OTHER = YUNLING.facts["vehicle_type"].choices["other"]
RULES = YUNLING.rules


def book_of(fillings: Mapping[str, Filling]) -> Book:
    return filled_book(YUNLING, VEHICLE[1], {"in_as_of": date(2025, 5, 8), **fillings})


def rows(book: Book) -> list[tuple[Scalar, Scalar, Scalar]]:
    """What stands beside each of the four rows: words, sentence, and what the cell links to."""
    cells = book.sheets[SHEET].cells
    first = next(row for (row, at), cell in cells.items() if cell.content == "已选择的方式")
    labels = [book.value_at(Place(SHEET, first + below, 2)) for below in range(4)]
    assert labels == ["已选择的方式", "是否准许", "还需填写", "存疑"]
    return [
        (
            book.value_at(Place(SHEET, first + below, 3)),
            book.value_at(Place(SHEET, first + below, 4)),
            cells[first + below, 3].link,
        )
        for below in range(4)
    ]


def test_while_nothing_is_chosen_all_is_open() -> None:
    choice, verdict, needed, doubt = rows(book_of({}))
    assert (choice[0], choice[2]) == ("点此去填", "in_vehicle_type")
    assert verdict[:2] == ("待填", "尚未填写")
    assert needed[0] == YUNLING.facts["vehicle_type"].label
    assert doubt[0] == "无"


@pytest.mark.parametrize(
    ("choice", "estimate", "word", "says", "needed"),
    [
        (LISTED, 30000, "准许", RULES["review_by_finance"].says.yes, ""),
        (LISTED, 20000, "准许", RULES["review_by_centre"].says.yes, ""),
        (LISTED, 4999, "不准许", RULES["review_by_finance"].says.no, ""),
        (LISTED, None, "待填", RULES["review_by_finance"].says.unknown, "拟维修费用"),
        (SEDAN, 20000, "准许", RULES["review_by_centre"].says.yes, ""),
        (SEDAN, 30000, "不准许", RULES["review_by_centre"].says.no, ""),
        (SEDAN, None, "待填", RULES["review_by_centre"].says.unknown, "拟维修费用"),
        (OTHER, None, "准许", "选择这一方式，不以上述条件为前提", ""),
        (OTHER, 4999, "准许", "选择这一方式，不以上述条件为前提", ""),
        ("飞机", 30000, "待填", "尚未填写", YUNLING.facts["vehicle_type"].label),
    ],
)
def test_a_choice_is_permitted_by_any_of_its_rules(
    choice: str, estimate: int | None, word: str, says: str, needed: str
) -> None:
    book = book_of({"in_vehicle_type": choice, "in_repair_estimate": estimate})
    shown = rows(book)
    assert shown[0][0] == (choice if choice != "飞机" else "填写有误")
    assert shown[1][:2] == (word, says)
    assert shown[2][0] == (needed or "无")
    assert book.value("out_repair_route_chosen_permitted") == word
    assert book.value("out_repair_route_chosen_permitted_needed") == (needed or "无")


def test_a_reading_that_would_permit_it_makes_it_doubtful() -> None:
    # At exactly 5000 the other reading of article 8 has the centre review it.
    book = book_of({"in_vehicle_type": LISTED, "in_repair_estimate": 5000})
    assert rows(book)[1][0] == "不准许（存疑）"
    assert str(rows(book)[3][0]).startswith(f"存疑：{YUNLING.readings['YL01'].title}（YL01）")
    assert book.value("out_repair_route_chosen_permitted") == "不准许"
    assert book.value("out_repair_route_chosen_permitted_readings") == "YL01"
    # Where nothing of it depends on the review, there is no doubt.
    free = book_of({"in_vehicle_type": OTHER, "in_repair_estimate": 5000})
    assert rows(free)[1][0] == "准许"
    assert free.value("out_repair_route_chosen_permitted_readings") == ""


# What is refused ----------------------------------------------------------------------------------


def with_chosen(decision: str, fact: str, permitted_by: dict[str, tuple[str, ...]]) -> Edition:
    """The edition with another `chosen` in the block of verdicts."""
    layout = YUNLING.layouts[VEHICLE[1]]
    chosen = {decision: ChosenShape(fact=fact, permitted_by=permitted_by)}
    sheets = tuple(
        sheet.model_copy(
            update={
                "blocks": tuple(
                    block.model_copy(update={"chosen": chosen})
                    if isinstance(block, VerdictBlock)
                    else block
                    for block in sheet.blocks
                )
            }
        )
        for sheet in layout.sheets
    )
    return replace(YUNLING, layouts={VEHICLE[1]: layout.model_copy(update={"sheets": sheets})})


@pytest.mark.parametrize(
    ("decision", "fact", "permitted_by", "words"),
    [
        ("in_scope", "vehicle_type", {}, "in_scope 不是这一块所列的决定"),
        ("repair_route", "quota_vacancy", {}, "（quota_vacancy）不是选择题"),
        ("repair_route", "vehicle_type", {"plane": ("in_scope",)}, "没有 plane 这个选项"),
        ("repair_route", "vehicle_type", {"sedan": ()}, "sedan 没有列出准许它的规则"),
        ("repair_route", "vehicle_type", {"sedan": ("nothing",)}, "nothing 不是规则"),
        ("repair_route", "vehicle_type", {"sedan": ("repair_barred",)}, "逐行判断的规则"),
    ],
)
def test_what_makes_no_sense_is_refused(
    decision: str, fact: str, permitted_by: dict[str, tuple[str, ...]], words: str
) -> None:
    with pytest.raises(DataProblems) as refused:
        build_book(with_chosen(decision, fact, permitted_by), VEHICLE[1])
    assert words in str(refused.value)
