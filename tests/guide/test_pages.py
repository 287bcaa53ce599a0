"""What stands on the other pages, in words of the regulation."""

from __future__ import annotations

import hashlib

import pytest

from tests.guide.conftest import WORKBOOK, Guide
from tests.guide.html_page import Element, blank_free, read_page


def section(page: Element, id: str) -> Element:
    """The card whose heading has an id."""
    for card in page.of("section"):
        if any(isinstance(each, Element) and each.id == id for each in card.children):
            return card
    raise AssertionError(f"no card {id}")


def test_the_home_page_says_what_the_regulation_is(qidong: Guide) -> None:
    words = blank_free(read_page(qidong.site / "index.html").words())
    for stated in (
        "启东市政务信息化项目管理办法",
        "发文字号启政办发〔2022〕63号",
        "发文机关启东市人民政府办公室",
        "施行日期2022年10月12日",
        "有效性现行有效",
        "解释机关市市域社会治理现代化指挥中心（第四十条）",
        "启东市电子政务工程建设项目管理暂行办法",
        "按条文查",
        "按角色看",
        "按事项办",
    ):
        assert stated in words


def test_the_home_page_shows_the_key_numbers(qidong: Guide) -> None:
    page = read_page(qidong.site / "index.html")
    numbers = [each.words() for each in page.of("b", **{"class": "value"})]
    assert {"300万元", "500万元", "10%", "6个月", "12个月"} == set(numbers)


def test_every_role_has_a_page_that_names_it(guide: Guide) -> None:
    for role in guide.edition.roles.values():
        page = read_page(guide.site / "roles" / f"{role.id}.html")
        (title,) = page.of("h1")
        assert title.words() == role.label


def test_a_role_that_the_text_leaves_open_says_so(qidong: Guide) -> None:
    opened = read_page(qidong.site / "roles" / "construction_using_unit.html").words()
    named = read_page(qidong.site / "roles" / "finance_bureau.html").words()
    assert "办法未指明具体机关" in opened
    assert "办法未指明具体机关" not in named


def test_duties_stand_under_their_strength_with_a_word(yunling: Guide) -> None:
    page = read_page(yunling.site / "roles" / "service_centre.html")
    marks = [each.words() for each in page.walk() if "mark" in each.classes]
    assert marks[:3] == ["应当", "应当", "可以"]


def test_a_role_without_duties_shows_what_the_text_says_of_it(qidong: Guide) -> None:
    words = read_page(qidong.site / "roles" / "archives_bureau.html").words()
    assert "职责尚未逐条整理，以条文为准" in words
    assert "市档案局负责监督和指导项目建设单位落实档案整理和档案验收工作；" in words


def test_many_passages_are_folded_and_each_stands_once(qidong: Guide) -> None:
    file = qidong.site / "roles" / "construction_unit.html"
    page = read_page(file)
    (folded,) = page.of("details")
    assert "项目建设单位违反本办法规定未履行审批程序" in folded.words()
    assert file.stat().st_size < 80_000
    # Both 第八条 and its 第（一）项 speak of a province.
    province = read_page(qidong.site / "roles" / "province.html").words()
    assert province.count("已经列入国家、省、南通和启东市的政务信息化建设规划") == 1


def test_a_role_that_only_the_notice_names_cites_no_article(qidong: Guide) -> None:
    for role in ("municipal_office", "town_governments", "court"):
        page = read_page(qidong.site / "roles" / f"{role}.html")
        (article,) = page.of("article")
        assert "条文出处印发通知" in blank_free(article.words())
        assert not [each for each in article.walk() if "cite" in each.classes]


def test_a_duty_says_where_the_text_names_nobody(qidong: Guide) -> None:
    unnamed = read_page(qidong.site / "articles" / "art30.html").words()
    assert "条文未写明主体" in unnamed and "{:" not in unnamed
    assert "条文未写明主体" not in read_page(qidong.site / "articles" / "art18.html").words()


def test_a_sanction_is_not_marked_as_a_ban_and_a_ban_is_named_once(qidong: Guide) -> None:
    words = blank_free(read_page(qidong.site / "roles" / "finance_bureau.html").words())
    assert "责任不安排运行维护经费，不得新建、改建、扩建" in words
    assert "不得不" not in words


def test_the_home_page_counts_the_readings_that_have_another(qidong: Guide) -> None:
    words = blank_free(read_page(qidong.site / "index.html").words())
    # 总投资恰为300万元、不足300万元、任一级、监理、绩效评价、等保、10%、6-12个月.
    assert "现有8处" in words


def test_a_rule_shows_its_conditions_with_their_basis(qidong: Guide) -> None:
    card = section(read_page(qidong.site / "rules.html"), "merge_all")
    (tree,) = [each for each in card.of("div") if "tree" in each.classes]
    assert blank_free(tree.words()) == (
        "须同时满足"
        "前期工作达到一定深度要求第九条"
        "满足下列任一"
        "国家、省、南通以及市委市政府有明确要求第九条第（一）项"
        "须同时满足"
        "涉及国家重大战略、国家安全等特殊原因第九条第（二）项"
        "情况紧急第九条第（二）项"
        "总投资不超过300万元第九条第（三）项"
    )


def test_a_rule_says_what_to_read_for_each_of_three_verdicts(qidong: Guide) -> None:
    card = section(read_page(qidong.site / "rules.html"), "supervision_mandatory")
    assert [each.words() for each in card.of("dt")] == ["是", "否", "待填"]
    assert "无需监理" not in card.words()


def test_an_open_reading_shows_as_doubt_where_it_changes_the_outcome(qidong: Guide) -> None:
    rules = read_page(qidong.site / "rules.html")
    assert "存疑" in section(rules, "merge_two").words()
    assert "存疑" not in section(rules, "merge_all").words()


def test_a_settled_reading_shows_the_reply(yunling: Guide) -> None:
    card = section(read_page(yunling.site / "readings.html"), "YL03")
    words = card.words()
    assert "已于2025年3月3日答复（云机管函〔2025〕0号）：采用另一种读法" in words
    assert "存疑" not in words


def test_a_deadline_says_from_when_and_how_long(qidong: Guide) -> None:
    page = read_page(qidong.site / "deadlines.html")
    assert "自建成日期起6个月内" in section(page, "acceptance_application").words()


def test_a_paper_says_from_whom_to_whom_and_when(qidong: Guide) -> None:
    card = blank_free(section(read_page(qidong.site / "papers.html"), "secrecy_test").words())
    assert "项目建设单位向市市域社会治理现代化指挥中心第二十九条第一款" in card
    assert "安全风险评估报告的一种形式，不另计" in card


def test_examples_show_what_is_given_and_what_follows(qidong: Guide) -> None:
    page = read_page(qidong.site / "examples" / "acceptance_application.html")
    rows = [[blank_free(cell.words()) for cell in row.of("td")] for row in page.of("tr")]
    assert ["建成日期：2024年6月30日", "2024年12月30日", ""] in rows
    assert ["什么都没有填", "待填", "尚需：建成日期。"] in rows


def test_a_download_is_there_with_what_one_checks_it_by(guide: Guide) -> None:
    page = read_page(guide.site / "downloads.html")
    assert (guide.site / "downloads" / "表格=1.xlsx").read_bytes() == WORKBOOK
    words = page.words()
    assert hashlib.sha256(WORKBOOK).hexdigest() in words
    assert guide.edition.id in words
    assert "项目 <档案>" in words


# Words that look like markup --------------------------------------------------------------------

HOSTILE = [
    ("roles/service_centre.html", "<script>alert(1)</script> {{ evil }} | ]]> `a` *b* _c_ # d"),
    ("roles/service_centre.html", "=书面说明不同意购置的理由 | ]]>"),
    ("roles/service_centre.html", "情况复杂并经批准 <script>alert(1)</script> {{ evil }}"),
    ("papers.html", "申请表 <表单> | `{{ evil }}`"),
    ("papers.html", "车型代码（=A1|B2）；*车牌* _号_ ]]>"),
    ("deadlines.html", "法定节假日和调休按国务院办公厅通知计算 | {{ evil }}"),
    ("parameters.html", "须报审核的单次维修费用起点 | =A1 `<b>`"),
    ("rules.html", "不得再行维修 | =超过限额"),
    ("rules.html", "用车单位自行决定 {{ evil }}"),
    ("rules.html", "同一车辆一年内的维修 ]]> | `<表>`"),
    ("readings.html", "请先询问县机关事务管理服务中心 <script>alert(1)</script> | {{ evil }}"),
    ("articles/art4.html", "车型 | <车型> {{ evil }}"),
    ("examples/purchase_allowed.html", "=A1|B2, {{车牌}}, <车型> 或者 ]]>"),
    ("index.html", "主办单位：=云岭县 `示例` *机构* _不存在_ #"),
]


@pytest.mark.parametrize(("page", "words"), HOSTILE)
def test_a_text_that_looks_like_markup_is_read_as_text(
    page: str, words: str, yunling: Guide
) -> None:
    assert words in read_page(yunling.site / page).words()


def test_the_contents_of_a_page_show_such_a_title_as_text(yunling: Guide) -> None:
    page = read_page(yunling.site / "papers.html")
    (contents,) = [each for each in page.of("nav") if "md-nav--secondary" in each.classes][:1]
    assert "申请表 <表单> | `{{ evil }}`" in contents.words()


def test_the_description_of_the_site_is_text_too(yunling: Guide) -> None:
    page = read_page(yunling.site / "index.html")
    (description,) = page.of("meta", name="description")
    assert description.attributes["content"] == yunling.edition.site.description


def test_no_page_has_an_element_of_the_datas_making(yunling: Guide) -> None:
    for name in yunling.pages:
        page = read_page(yunling.site / name)
        scripts = [script.words() for script in page.of("script")]
        assert not [script for script in scripts if "alert" in script]
        assert all("value" in each.classes for each in page.of("b"))
        assert not page.of("车型") and not page.of("表单")
