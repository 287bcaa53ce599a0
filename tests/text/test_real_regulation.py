"""启政办发〔2022〕63号 out of its PDF extraction; expected values read off the text by hand."""

from __future__ import annotations

import pytest

from generator.model.anchors import article_label
from generator.text.as_json import to_json
from generator.text.regulation import Article, Regulation


def article(regulation: Regulation, label: str) -> Article:
    return next(one for one in regulation.articles if one.label == label)


def whole_text(regulation: Regulation) -> str:
    texts = []
    for one in regulation.articles:
        for paragraph in one.paragraphs:
            texts.append(paragraph.text)
            texts += [text for item in paragraph.items for text in item.paragraphs]
    return "\n".join(texts)


def test_the_title_is_the_regulations_own_and_not_the_notices(regulation: Regulation) -> None:
    assert regulation.title == "启东市政务信息化项目管理办法"
    assert regulation.number == "启政办发〔2022〕63号"


def test_six_chapters_hold_articles_1_to_41(regulation: Regulation) -> None:
    found = [
        (chapter.label, chapter.title, chapter.articles[0], chapter.articles[-1])
        for chapter in regulation.chapters
    ]
    assert found == [
        ("第一章", "总则", "1", "6"),
        ("第二章", "项目审批", "7", "14"),
        ("第三章", "年度建设计划", "15", "17"),
        ("第四章", "项目实施", "18", "34"),
        ("第五章", "监督管理", "35", "39"),
        ("第六章", "附则", "40", "41"),
    ]
    labels = [label for chapter in regulation.chapters for label in chapter.articles]
    assert labels == [str(number) for number in range(1, 42)]
    assert labels == [one.label for one in regulation.articles]
    assert regulation.articles[33].printed == "第三十四条"
    assert regulation.articles[33].chapter == "第四章"


def test_every_character_of_the_source_is_kept_in_order(raw: str, regulation: Regulation) -> None:
    document = to_json(regulation)
    words = [*document["front"], document["title"]]
    articles = {one["label"]: one for one in document["articles"]}
    for chapter in document["chapters"]:
        words += [chapter["label"], chapter["title"]]
        for label in chapter["articles"]:
            words.append(article_label(label))
            for paragraph in articles[label]["paragraphs"]:
                words.append(paragraph["text"])
                words += [item["label"] + item["text"] for item in paragraph["items"]]
    words += document["back"]
    assert "".join("".join(words).split()) == "".join(raw.split())


def test_article_4_has_eleven_paragraphs_that_end_in_semicolons(regulation: Regulation) -> None:
    texts = [paragraph.text for paragraph in article(regulation, "4").paragraphs]
    beginnings = [
        "市市域社会治理现代化指挥中心负责牵头编制",
        "市委网信办负责",
        "市委机要局、市国家保密局负责",
        "市档案局负责",
        "市发展改革委负责",
        "市公安局负责",
        "市财政局负责",
        "市审计局负责",
        "市国资办根据",
        "市行政审批局负责",
        "市各有关部门和单位及区镇按照职责分工",
    ]
    assert len(texts) == 11
    assert all(text.startswith(start) for text, start in zip(texts, beginnings, strict=True))
    assert all(text.endswith("；") for text in texts[:10])
    assert texts[10].endswith("加强对政务信息化项目的并联管理。")


def test_two_items_of_article_15_have_two_paragraphs_each(regulation: Regulation) -> None:
    (paragraph,) = article(regulation, "15").paragraphs
    assert paragraph.text == "政务信息化项目申请列入年度建设计划应当履行下列程序："
    assert "".join(item.label for item in paragraph.items) == "（一）（二）（三）（四）（五）（六）"
    assert [len(item.paragraphs) for item in paragraph.items] == [1, 2, 2, 1, 1, 1]
    assert paragraph.items[1].paragraphs[1] == (
        "项目经综合评估通过后，列为前期工作项目，由市财政局安排前期工作经费。"
    )
    assert paragraph.items[2].paragraphs[1].startswith("对于投资规模大、专业性强的项目，")


@pytest.mark.parametrize(
    ("label", "paragraphs", "items"),
    [
        ("2", 2, [0, 0]),
        ("5", 1, [4]),
        ("8", 1, [2]),
        ("9", 1, [3]),
        ("13", 3, [0, 0, 0]),
        ("25", 2, [0, 0]),
        ("28", 2, [3, 0]),
        ("29", 2, [0, 0]),
        ("34", 1, [2]),
        ("36", 3, [0, 0, 0]),
        ("41", 1, [0]),
    ],
)
def test_an_article_has_its_paragraphs_and_items(
    regulation: Regulation, label: str, paragraphs: int, items: list[int]
) -> None:
    found = article(regulation, label).paragraphs
    assert len(found) == paragraphs
    assert [len(paragraph.items) for paragraph in found] == items


def test_what_follows_the_items_of_article_28_is_its_second_paragraph(
    regulation: Regulation,
) -> None:
    assert article(regulation, "28").paragraphs[1].text == (
        "不符合上述情形的，应当按照国家、省、南通和启东市有关规定履行相应手续。"
    )


@pytest.mark.parametrize(
    "words",
    [
        "（苏政办发〔2021〕24号）、《南通市",
        "（通政办发〔2021〕53号）等有关规定",
        "资金调整数额不超过概算总投资10%，并符合",
        "总投资在300万元—500万元（含）之间的。",
        "总投资在300万元及以下的。",
        "投入运行后6-12个月内，参照",
    ],
)
def test_numbers_are_whole_and_without_blanks(regulation: Regulation, words: str) -> None:
    assert words in whole_text(regulation)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("8", "可以按照国家、省、南通和启东市有关规定合并编报"),
        ("12", "应当按照统筹规划、分级审批"),
        ("15", "由市市域社会治理现代化指挥中心列入政务信息化项目储备库"),
        ("18", "每季度末向市市域社会治理现代化指挥中心报送项目进展情况"),
        ("29", "或非涉密信息系统网络安全等级保护测评报告等）"),
        ("34", "部门已建的政务信息化项目需提升改造"),
        ("39", "未履行审批程序、未依规安排使用财政资金"),
    ],
)
def test_a_sentence_runs_on_across_a_page_break(
    regulation: Regulation, label: str, words: str
) -> None:
    article_text = "".join(
        paragraph.text + "".join("".join(item.paragraphs) for item in paragraph.items)
        for paragraph in article(regulation, label).paragraphs
    )
    assert words in article_text


def test_the_cover_letter_is_in_front(regulation: Regulation) -> None:
    assert regulation.front == (
        "启政办发〔2022〕63号",
        "市政府办公室关于印发启东市",
        "政务信息化项目管理办法的通知",
        "各镇人民政府，各园区管委会，各街道办事处，市各委办局，市各直属单位：",
        "《启东市政务信息化项目管理办法》已经市政府同意，现印发给你们，请认真贯彻实施。",
        "启东市人民政府办公室",
        "2022年10月12日",
        "（此件公开发布）",
    )
    assert regulation.preamble == ()


def test_the_list_of_recipients_is_behind(regulation: Regulation) -> None:
    assert regulation.back == (
        "抄送：市委各部门，市人大办、政协办，市监委，市法院、检察院，市人武部，市各人民团体。",
    )
    assert article(regulation, "41").paragraphs[0].text.endswith("64号）同时废止。")


def test_nothing_in_it_looks_wrong(regulation: Regulation) -> None:
    assert regulation.warnings == ()


def test_it_cites_other_laws_but_no_article_of_its_own(regulation: Regulation) -> None:
    assert all(one.references == () for one in regulation.articles)
