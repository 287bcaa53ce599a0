"""References to the regulation's own places; those to other laws are left alone."""

from __future__ import annotations

import pytest

from generator.text.parse import parse_regulation
from generator.text.regulation import Regulation

# Article 3 has two 款, the first with items; 4 has two lists; 5 is the one that cites.
BEFORE = """某县办法
第一条 甲。
第二条 乙：
（一）丙；
（二）丁：
1.戊；
2.己。
（三）庚。
第二条之一 辛。
第三条 壬：
（一）癸；
（二）子。
丑。
第四条 寅：
（一）卯。
辰：
（一）巳；
（二）午。
"""


def cited(sentence: str) -> list[tuple[str, list[str]]]:
    return last_article(parse_regulation(f"{BEFORE}第五条 未。\n{sentence}"))


def last_article(regulation: Regulation) -> list[tuple[str, list[str]]]:
    return [
        (reference.text, [str(target) for target in reference.targets])
        for reference in regulation.articles[-1].references
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("依照第一条办理。", [("第一条", ["art1"])]),
        ("依照本办法第二条之一办理。", [("第二条之一", ["art2-1"])]),
        ("依照第三条第二款办理。", [("第三条第二款", ["art3-p2"])]),
        ("依照第一条第一款办理。", [("第一条第一款", ["art1"])]),
        ("依照第三条第一款第（二）项办理。", [("第三条第一款第（二）项", ["art3-i2"])]),
        ("依照第二条第（三）项办理。", [("第二条第（三）项", ["art2-i3"])]),
        ("依照第二条第三项办理。", [("第二条第三项", ["art2-i3"])]),
        ("依照第二条第(二)项第1目办理。", [("第二条第(二)项第1目", ["art2-i2-i1"])]),
        ("依照第四条第二款第（二）项办理。", [("第四条第二款第（二）项", ["art4-p2-i2"])]),
        ("依照第一条、第三条办理。", [("第一条", ["art1"]), ("第三条", ["art3"])]),
        ("依照第一条至第三条办理。", [("第一条至第三条", ["art1", "art2", "art2-1", "art3"])]),
        (
            "依照第二条第（一）项、第（三）项办理。",
            [("第二条第（一）项", ["art2-i1"]), ("第（三）项", ["art2-i3"])],
        ),
        (
            "依照第二条第（一）、（三）项办理。",
            [("第二条第（一）、（三）项", ["art2-i1", "art2-i3"])],
        ),
        (
            "依照第二条第（一）项至第（三）项办理。",
            [("第二条第（一）项至第（三）项", ["art2-i1", "art2-i2", "art2-i3"])],
        ),
        (
            "依照第三条第一款和第二款办理。",
            [("第三条第一款", ["art3-p1"]), ("第二款", ["art3-p2"])],
        ),
        ("依照本条第一款办理。", [("本条第一款", ["art5-p1"])]),
        ("依照第一款办理。", [("第一款", ["art5-p1"])]),
        ("违反前款规定的，通报批评。", [("前款", ["art5-p1"])]),
        ("以前款规定的方式报送。", [("前款", ["art5-p1"])]),
        ("依照前条第二款第（二）项办理。", [("前条第二款第（二）项", ["art4-p2-i2"])]),
        ("依照前两条办理。", [("前两条", ["art3", "art4"])]),
    ],
)
def test_a_citation_leads_to_its_place(
    sentence: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert cited(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "依照《民法典》第十条办理。",
        "依照《某省车辆办法》（某政发〔2019〕5号）第三条第一款办理。",
        "依照《民法典》第一条、第三条和第四条第二款办理。",
        "依照《民法典》第一条至第三条办理。",
        "依照该条例第三条办理。",
        "目前条件不具备，当前款式不合，此前项目和款项、本条例不在此列，本章同。",
        "第三方、第二类和第（一）类不在此列。",
    ],
)
def test_another_laws_article_and_like_sounding_words_are_none(sentence: str) -> None:
    assert cited(sentence) == []


def test_both_laws_in_one_sentence_are_told_apart() -> None:
    sentence = "依照《民法典》第一条和本办法第三条、《保密法》第二条办理。"
    assert cited(sentence) == [("第三条", ["art3"])]


@pytest.mark.parametrize(
    "citation",
    ["第九条", "第三条第三款", "第二条第（四）项", "第一条第（一）项", "第四条第（一）项"],
)
def test_a_citation_of_no_place_is_kept_without_target_and_warned_of(citation: str) -> None:
    found = parse_regulation(f"{BEFORE}第五条 未。\n依照{citation}办理。")
    assert last_article(found) == [(citation, [])]
    assert [(warning.line, warning.message) for warning in found.warnings] == [
        (20, f"第五条提到的“{citation}”在本文中找不到")
    ]


def test_the_first_paragraph_has_none_before_it() -> None:
    found = parse_regulation("某县办法\n第一条 违反前款规定的，通报批评。")
    assert last_article(found) == [("前款", [])]


def test_a_bare_item_is_one_of_its_own_list() -> None:
    text = "某县办法\n第一条 如下：\n（一）甲；\n（二）有第（一）项情形的；\n（三）有前项情形的。"
    assert last_article(parse_regulation(text)) == [
        ("第（一）项", ["art1-i1"]),
        ("前项", ["art1-i2"]),
    ]
