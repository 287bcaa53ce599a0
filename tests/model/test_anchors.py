"""Anchors name places and cite them as official Chinese does; numerals are those of laws."""

from __future__ import annotations

import re

import pytest

from generator.model.anchors import Anchor, article_label, from_chinese, item_numbers, to_chinese

NUMERALS = {
    1: "一",
    9: "九",
    10: "十",
    11: "十一",
    20: "二十",
    29: "二十九",
    41: "四十一",
    99: "九十九",
    100: "一百",
    101: "一百零一",
    110: "一百一十",
    112: "一百一十二",
    120: "一百二十",
    999: "九百九十九",
    1000: "一千",
    1001: "一千零一",
    1010: "一千零一十",
    1100: "一千一百",
    1260: "一千二百六十",
    9999: "九千九百九十九",
}


@pytest.mark.parametrize(("number", "numeral"), NUMERALS.items())
def test_a_numeral_is_written_as_laws_write_it(number: int, numeral: str) -> None:
    assert to_chinese(number) == numeral


@pytest.mark.parametrize(("number", "numeral"), NUMERALS.items())
def test_a_numeral_of_a_law_is_read(number: int, numeral: str) -> None:
    assert from_chinese(numeral) == number


def test_every_number_reads_back_from_its_numeral() -> None:
    assert all(from_chinese(to_chinese(number)) == number for number in range(1, 10_000))


def test_digits_and_the_round_zero_are_read_too() -> None:
    assert (from_chinese("12"), from_chinese("一百〇三")) == (12, 103)


@pytest.mark.parametrize(
    "numeral", ["", "零", "一十二", "十十", "一二", "百", "一百三", "一百零十", "三k", "廿", "两"]
)
def test_what_no_law_writes_is_no_numeral(numeral: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        from_chinese(numeral)


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_laws_have_no_numeral_for_it(number: int) -> None:
    with pytest.raises(ValueError, match="numeral"):
        to_chinese(number)


@pytest.mark.parametrize(
    ("number", "label"),
    [("9", "第九条"), ("12-1", "第十二条之一"), ("120-11", "第一百二十条之十一")],
)
def test_an_article_is_labelled_as_printed(number: str, label: str) -> None:
    assert article_label(number) == label


PLACES = {
    "art9": (Anchor("9"), "第九条"),
    "art29-p2": (Anchor("29", 2), "第二十九条第二款"),
    "art9-i3": (Anchor("9", None, (3,)), "第九条第（三）项"),
    "art9-p1-i3": (Anchor("9", 1, (3,)), "第九条第一款第（三）项"),
    "art4-i3-i2": (Anchor("4", None, (3, 2)), "第四条第（三）项第2目"),
    "art15-i2-p2": (Anchor("15", None, (2,), 2), "第十五条第（二）项第二段"),
    "art12-1-p2": (Anchor("12-1", 2), "第十二条之一第二款"),
    "art12-1": (Anchor("12-1"), "第十二条之一"),
}


@pytest.mark.parametrize("written", PLACES)
def test_an_anchor_reads_as_its_place_and_writes_itself_back(written: str) -> None:
    place, _ = PLACES[written]
    assert Anchor.parse(written) == place
    assert str(place) == written


@pytest.mark.parametrize("written", PLACES)
def test_a_place_is_cited_in_official_chinese(written: str) -> None:
    assert Anchor.parse(written).citation == PLACES[written][1]


@pytest.mark.parametrize(
    "written",
    ["", "art", "art0", "art09", "art9-p0", "art9-i0", "art9-p1-p2", "art9 ", "Art9", "art9-3-i",
     "9", "art9-i3-p1-i1", "art９", "art1９"],
)  # fmt: skip
def test_what_names_no_place_is_no_anchor(written: str) -> None:
    with pytest.raises(ValueError, match="anchor"):
        Anchor.parse(written)


def test_anchors_sort_as_the_text_has_them() -> None:
    in_order = ["art2", "art9", "art9-i1", "art9-i2", "art9-i10", "art12", "art12-1", "art12-2",
                "art13", "art13-p1", "art13-p2", "art15-i2", "art15-i2-p1", "art100"]  # fmt: skip
    anchors = [Anchor.parse(written) for written in in_order]
    assert sorted(set(anchors)) == anchors


def test_a_place_knows_its_article() -> None:
    assert Anchor.parse("art12-1-p2").article_anchor == Anchor("12-1")


@pytest.mark.parametrize("written", PLACES)
def test_the_name_of_a_place_in_a_workbook_does_not_look_like_a_cell(written: str) -> None:
    name = Anchor.parse(written).excel_name
    assert re.fullmatch(r"law_art[0-9_pi]+", name)


def test_two_places_never_share_a_name_in_a_workbook() -> None:
    names = {Anchor.parse(written).excel_name for written in PLACES}
    assert len(names) == len(PLACES)


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (["（一）", "（二）", "（三）"], (1, 2, 3)),
        (["（一）", "（三）", "（四）"], (1, 3, 4)),
        (["1.", "2．", "4、"], (1, 2, 4)),
        (["(十)", "(十一)"], (10, 11)),
        (["①", "③"], (1, 3)),
        (["一、", "二、"], (1, 2)),
        # Cited by position where the printed numbers cannot tell the items apart.
        (["（一）", "（一）", "（二）"], (1, 2, 3)),
        (["第一类", "第二类"], (1, 2)),
        (["（一）", "其他"], (1, 2)),
        ([], ()),
    ],
)
def test_items_are_numbered_as_they_print_it(labels: list[str], numbers: tuple[int, ...]) -> None:
    assert item_numbers(labels) == numbers
