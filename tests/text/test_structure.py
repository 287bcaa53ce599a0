"""Shapes that regulations take: no chapters, nested items, inserted articles, sections, annexes."""

from __future__ import annotations

from generator.text.parse import parse_regulation
from generator.text.regulation import Item, Paragraph, Regulation


def parse(*lines: str) -> Regulation:
    return parse_regulation("\n".join(lines))


def only_article(*lines: str) -> tuple[Paragraph, ...]:
    (article,) = parse("某某县公务用车管理办法", *lines).articles
    return article.paragraphs


def test_a_text_without_chapters_has_articles_alone() -> None:
    found = parse("某某县公务用车管理办法", "第一条 甲。", "第二条 乙。")
    assert found.title == "某某县公务用车管理办法"
    assert found.chapters == ()
    assert [(article.label, article.chapter) for article in found.articles] == [
        ("1", None),
        ("2", None),
    ]


def test_an_inserted_article_has_a_number_of_its_own() -> None:
    found = parse("某县办法", "第一条 甲。", "第一条之一 乙。", "第一条之二 丙。", "第二条 丁。")
    assert [article.label for article in found.articles] == ["1", "1-1", "1-2", "2"]
    assert found.articles[1].printed == "第一条之一"
    assert found.warnings == ()


def test_articles_may_be_numbered_in_digits() -> None:
    found = parse("某县办法", "第1条 甲。", "第2条 乙。")
    assert [(article.label, article.printed) for article in found.articles] == [
        ("1", "第1条"),
        ("2", "第2条"),
    ]


def test_items_lie_inside_items() -> None:
    (paragraph,) = only_article(
        "第一条 公务用车包括：",
        "（一）下列用车：",
        "1. 机要通信用车；",
        "2．应急保障用车：",
        "（1）防汛用车；",
        "(2) 消防用车；",
        "3、其他用车。",
        "（二）接待用车。",
    )
    assert paragraph == Paragraph(
        "公务用车包括：",
        (
            Item(
                "（一）",
                ("下列用车：",),
                (
                    Item("1.", ("机要通信用车；",)),
                    Item(
                        "2．",
                        ("应急保障用车：",),
                        (Item("（1）", ("防汛用车；",)), Item("(2)", ("消防用车；",))),
                    ),
                    Item("3、", ("其他用车。",)),
                ),
            ),
            Item("（二）", ("接待用车。",)),
        ),
    )


def test_a_list_may_hang_on_each_of_two_paragraphs() -> None:
    first, second = only_article(
        "第一条 有下列情形之一的，应当报废：",
        "（一）超过年限；",
        "（二）严重损坏。",
        "有下列情形之一的，可以报废：",
        "（一）能耗过高；",
        "（二）维修不经济。",
    )
    assert [item.paragraphs for item in first.items] == [("超过年限；",), ("严重损坏。",)]
    assert second.text == "有下列情形之一的，可以报废："
    assert len(second.items) == 2


def test_what_stands_between_two_items_belongs_to_the_first() -> None:
    (paragraph,) = only_article(
        "第一条 程序如下：", "（一）申请。", "申请应当书面提出。", "（二）审核。"
    )
    assert paragraph.items[0].paragraphs == ("申请。", "申请应当书面提出。")


def test_an_item_may_be_called_项目() -> None:
    (paragraph,) = only_article("第一条 程序如下：", "（一）项目申报。", "（二）项目初审。")
    assert [item.label for item in paragraph.items] == ["（一）", "（二）"]


def test_a_number_at_the_beginning_of_a_paragraph_is_no_label() -> None:
    paragraphs = only_article(
        "第一条 甲。", "1.5吨以上的车辆除外。", "3、4号楼除外。", "一、二级除外。"
    )
    assert [len(paragraph.items) for paragraph in paragraphs] == [0, 0, 0, 0]


def test_an_article_may_begin_with_its_items() -> None:
    (paragraph,) = only_article("第一条 （一）甲；", "（二）乙。")
    assert paragraph.text == ""
    assert [item.paragraphs for item in paragraph.items] == [("甲；",), ("乙。",)]


def test_the_text_of_an_article_may_stand_below_its_label() -> None:
    assert [paragraph.text for paragraph in only_article("第一条", "甲。", "乙。")] == [
        "甲。",
        "乙。",
    ]


def test_sections_are_kept_as_headings_beside_the_chapters() -> None:
    found = parse(
        "某县办法", "第一章 车辆", "第一节 编制", "第一条 甲。", "第二节 使用", "第二条 乙。"
    )
    assert [(one.label, one.title, one.articles) for one in found.chapters] == [
        ("第一章", "车辆", ()),
        ("第一节", "编制", ("1",)),
        ("第二节", "使用", ("2",)),
    ]
    assert [warning.line for warning in found.warnings] == [3, 5]


def test_a_chapters_title_may_stand_below_its_number() -> None:
    found = parse("某县办法", "第一章", "总 则", "第一条 甲。")
    assert [(one.label, one.title) for one in found.chapters] == [("第一章", "总则")]


def test_a_table_of_contents_is_no_structure() -> None:
    found = parse(
        "某县办法",
        "（2025年1月2日发布）",
        "目 录",
        "第一章 总则",
        "第二章 附则",
        "第一章 总则",
        "第一条 甲。",
        "第二章 附则",
        "第二条 乙。",
    )
    assert found.title == "某县办法"
    assert found.preamble == ("（2025年1月2日发布）", "目录", "第一章总则", "第二章附则")
    assert [one.articles for one in found.chapters] == [("1",), ("2",)]


def test_a_title_in_two_lines_is_one_if_the_letter_names_it() -> None:
    found = parse(
        "县政府关于印发公务用车管理办法的通知",
        "现将《某某县公务用车管理办法（试行）》印发给你们。",
        "某某县",
        "公务用车管理办法（试行）",
        "第一条 甲。",
    )
    assert found.title == "某某县公务用车管理办法（试行）"
    assert len(found.front) == 2


def test_the_notices_title_is_never_the_regulations() -> None:
    found = parse("县政府关于印发公务用车管理办法的通知", "第一条 甲。")
    assert found.title == ""
    assert [warning.message for warning in found.warnings] == ["没有找到法规自己的标题"]


def test_annexes_and_signatures_stand_behind_the_last_article() -> None:
    found = parse(
        "某县办法",
        "第一条 甲。",
        "第二条 本办法自发布之日起施行。",
        "某某县人民政府",
        "2025年1月2日",
        "附件：1.公务用车申请表",
        "附件1 公务用车申请表",
    )
    assert len(found.articles[-1].paragraphs) == 1
    assert found.back == (
        "某某县人民政府",
        "2025年1月2日",
        "附件：1.公务用车申请表",
        "附件1公务用车申请表",
    )


def test_articles_of_an_annex_are_not_the_regulations() -> None:
    found = parse("某县办法", "第一条 甲。", "附件：公务用车管理细则", "第一条 乙。")
    assert [article.label for article in found.articles] == ["1"]
    assert found.back == ("附件：公务用车管理细则", "第一条乙。")
