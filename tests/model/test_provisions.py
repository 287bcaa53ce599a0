"""The text of a regulation as places: one anchor each, words that stand at it and below it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.model import shape
from generator.model.anchors import Anchor
from generator.model.build_text import build_text
from generator.model.provisions import RegulationText
from generator.model.validation import validate
from generator.model.yaml_source import Document, read_document
from generator.text.as_yaml import to_yaml_files
from generator.text.parse import parse_regulation
from tests.support.editions import EDITIONS, edition_of


def place(written: str) -> Anchor:
    return Anchor.parse(written)


@pytest.fixture(scope="module")
def qidong() -> RegulationText:
    return edition_of("qidong-2022").text


@pytest.fixture(scope="module")
def yunling() -> RegulationText:
    return edition_of("yunling-2025").text


def test_the_regulation_has_six_chapters_and_forty_one_articles(qidong: RegulationText) -> None:
    assert [chapter.heading for chapter in qidong.chapters] == [
        "第一章 总则", "第二章 项目审批", "第三章 年度建设计划",
        "第四章 项目实施", "第五章 监督管理", "第六章 附则",
    ]  # fmt: skip
    assert len(qidong.articles) == 41


def test_a_regulation_without_chapters_has_one_division_without_a_heading(
    yunling: RegulationText,
) -> None:
    assert [chapter.heading for chapter in yunling.chapters] == [""]


def test_an_article_of_one_paragraph_is_one_place(qidong: RegulationText) -> None:
    assert place("art24") in qidong.provisions
    assert place("art24-p1") not in qidong.provisions


def test_an_article_of_several_paragraphs_has_a_place_for_each(qidong: RegulationText) -> None:
    of_29 = [str(anchor) for anchor in qidong.provisions if anchor.article == "29"]
    assert of_29 == ["art29", "art29-p1", "art29-p2"]


def test_the_only_list_of_an_article_counts_from_the_article(qidong: RegulationText) -> None:
    of_28 = [str(anchor) for anchor in qidong.provisions if anchor.article == "28"]
    assert of_28 == ["art28", "art28-p1", "art28-i1", "art28-i2", "art28-i3", "art28-p2"]


def test_paragraphs_inside_an_item_are_places_of_their_own(qidong: RegulationText) -> None:
    assert qidong.provisions[place("art15-i2-p2")].text == (
        "项目经综合评估通过后，列为前期工作项目，由市财政局安排前期工作经费。"
    )


def test_article_four_has_eleven_paragraphs(qidong: RegulationText) -> None:
    assert len(qidong.article_of(place("art4-p11")).paragraphs) == 11


def test_an_article_holds_the_words_of_all_its_parts(qidong: RegulationText) -> None:
    words = qidong.provisions[place("art8")].text
    assert words.startswith("对满足下列任一条件的政务信息化项目，")
    assert words.endswith("（二）总投资在300万元—500万元（含）之间的。")


def test_a_place_also_knows_its_own_words_without_those_below(yunling: RegulationText) -> None:
    assert yunling.provisions[place("art4-i3")].own_text == "车型为下列之一："
    assert yunling.provisions[place("art4-i3")].text.startswith("（三）车型为下列之一：1.轿车；")


def test_items_inside_items_are_places(yunling: RegulationText) -> None:
    assert yunling.provisions[place("art4-i3-i2")].text == "2.新能源车；"


def test_there_is_no_article_fifty(qidong: RegulationText) -> None:
    with pytest.raises(KeyError):
        qidong.article_of(place("art50"))


@pytest.mark.parametrize("id", EDITIONS)
def test_every_place_has_a_key_of_its_own(id: str) -> None:
    keys = [provision.key for provision in edition_of(id).text.provisions.values()]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("id", EDITIONS)
def test_places_come_in_the_order_of_the_text(id: str) -> None:
    articles = [int(anchor.article) for anchor in edition_of(id).text.provisions]
    assert articles == sorted(articles)


@pytest.mark.parametrize("id", EDITIONS)
def test_until_the_first_revision_each_key_is_the_anchor(id: str) -> None:
    text = edition_of(id).text
    assert all(provision.key == str(anchor) for anchor, provision in text.provisions.items())


# Text files --------------------------------------------------------------------------------------


def built(*paragraphs: dict[str, Any]) -> tuple[RegulationText, list[str]]:
    """The text of one article 第九条 with these paragraphs, and what is wrong with it."""
    written = {"articles": [{"article": "第九条", "key": "art9", "paragraphs": list(paragraphs)}]}
    text, problems = build_text([(shape.ChapterShape(**written), Document("text/01.yml", written))])
    return text, [problem.message for problem in problems]


def items(*labels: str, prefix: str = "art9") -> list[dict[str, Any]]:
    return [
        {"label": label, "key": f"{prefix}-{position}", "text": "……；"}
        for position, label in enumerate(labels)
    ]


def anchors(text: RegulationText) -> list[str]:
    return [str(anchor) for anchor in text.provisions]


def test_an_item_is_named_by_its_printed_number_also_where_one_was_deleted() -> None:
    text, _ = built({"text": "有下列情形的：", "items": items("（一）", "（三）")})
    assert anchors(text) == ["art9", "art9-i1", "art9-i3"]


def test_items_that_print_one_number_twice_are_named_by_position() -> None:
    text, _ = built({"text": "有下列情形的：", "items": items("（一）", "（一）")})
    assert anchors(text) == ["art9", "art9-i1", "art9-i2"]


def test_two_lists_in_an_article_are_told_apart_by_their_paragraphs() -> None:
    text, _ = built(
        {"key": "a", "text": "可以：", "items": items("（一）", prefix="x")},
        {"key": "b", "text": "不得：", "items": items("（一）", prefix="y")},
    )
    assert anchors(text) == ["art9", "art9-p1", "art9-p1-i1", "art9-p2", "art9-p2-i1"]


def test_a_paragraph_that_begins_with_its_items_has_no_words_of_its_own() -> None:
    text, problems = built({"text": "", "items": items("（一）")})
    assert problems == []
    assert text.provisions[place("art9")].text == "（一）……；"


def test_a_paragraph_without_words_and_items_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="此款既没有文字，也没有项"):
        built({"text": ""})


def test_an_item_without_words_and_items_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="此项既没有文字，也没有下一级的项"):
        built({"text": "有：", "items": [{"label": "（一）", "key": "k", "text": ""}]})


@pytest.mark.parametrize("label", ["第一百三条", "九条", "第九款", "第零条"])
def test_a_label_that_no_article_has_is_a_mistake(label: str) -> None:
    written = {"articles": [{"article": label, "key": "k", "paragraphs": [{"text": "……"}]}]}
    _, problems = build_text([(shape.ChapterShape(**written), Document("text/01.yml", written))])
    assert [problem.message for problem in problems] == [f"看不懂条号 “{label}”。"]


@pytest.mark.parametrize(
    "body",
    [
        "第一条　可以：\n\n（一）甲；\n\n（三）乙。\n\n第二条　完。",
        "第一条　可以：\n\n（一）甲：\n\n1.子；\n\n3.丑。\n\n（二）乙。\n\n第二条　完。",
        "第一条　\n\n（一）甲；\n\n（二）乙。\n\n第二条　完。",
        "第一条　甲。\n\n乙：\n\n（一）子；\n\n（二）丑。\n\n丙：\n\n（一）寅。\n\n第二条　完。",
    ],
    ids=["gap", "nested", "no lead-in", "two lists"],
)
def test_what_the_importer_writes_loads_with_the_anchors_it_gave(body: str, tmp_path: Path) -> None:
    chapters = []
    for name, content in to_yaml_files(parse_regulation(f"某某办法\n\n{body}\n")).items():
        file = tmp_path / Path(name).name
        file.write_text(content, "utf-8")
        document = read_document(file, name)
        model, problems = validate(shape.ChapterShape, document)
        assert model and not problems
        chapters.append((model, document))
    text, wrong = build_text(chapters)
    assert wrong == []
    assert [p.key for p in text.provisions.values()] == [str(a) for a in text.provisions]
