"""Stages as lanes, a stage as a service guide, the ladder, the year, the numbers, the gists.

What is expected is read off the text of the regulation by hand.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.guide.downloads import Download
from generator.guide.site import build_site
from generator.guide.tree import guide_tree
from generator.model.edition import Supervision
from tests.guide.conftest import Guide
from tests.guide.html_page import Element, blank_free, read_page
from tests.support.regulation import ROOT

KIB = 1024


def with_class(page: Element, name: str) -> list[Element]:
    return [each for each in page.walk() if name in each.classes]


def headings(page: Element) -> list[str]:
    return [each.words() for each in page.of("article")[0].of("h2")]


def below(page: Element, id: str) -> str:
    """The words between a heading and the next one of its level, without white space."""
    siblings = page.of("article")[0].children
    found: list[str] = []
    level = ""
    for each in siblings:
        if isinstance(each, str):
            continue
        if level and each.tag in ("h1", level):
            break
        if level:
            found.append(each.words())
        if each.id == id:
            level = each.tag
    assert level, id
    return blank_free("".join(found))


# Lanes --------------------------------------------------------------------------------------------


def lane(page: Element, stage: str) -> list[tuple[str, list[str]]]:
    """Who acts in a stage, and in which steps."""
    (found,) = [
        each
        for each in with_class(page, "lane-stage")
        if any(isinstance(child, Element) and child.id == stage for child in each.children)
    ]
    cells = [each for each in with_class(found, "lane-cell") if each.of("a")]
    return [
        (with_class(cell, "lane-who")[0].words(), [link.words() for link in cell.of("a")])
        for cell in cells
    ]


def test_the_lanes_say_who_takes_which_step_of_a_stage(qidong: Guide) -> None:
    page = read_page(qidong.site / "stages" / "index.html")
    # 第十五条第（一）项、第（二）项.
    assert lane(page, "initiation") == [
        ("各部门和单位", ["项目申报"]),
        ("区镇", ["项目申报"]),
        ("市市域社会治理现代化指挥中心", ["项目初审"]),
        ("市财政局", ["项目初审"]),
        ("有关部门", ["项目初审"]),
    ]
    # 第二十九条至第三十一条.
    assert lane(page, "acceptance") == [
        ("市市域社会治理现代化指挥中心", ["通过竣工验收"]),
        ("项目建设单位", ["项目档案验收", "提供信息资源目录和数据", "申请竣工验收"]),
        ("市有关部门", ["专项验收"]),
    ]


def test_every_stage_has_a_cell_for_every_organ_and_every_step_leads_to_its_place(
    guide: Guide,
) -> None:
    page = read_page(guide.site / "stages" / "index.html")
    organs = {role for step in guide.edition.steps.values() for role in step.who}
    assert len(with_class(page, "lane-name")) == len(organs)
    for stage in with_class(page, "lane-stage"):
        assert len(with_class(stage, "lane-cell")) == len(organs)
    steps = {
        f"{stage.id}.html#{step.id}"
        for stage in guide.edition.stages.values()
        for step in stage.steps
    }
    links = {
        link.attributes["href"] for cell in with_class(page, "lane-cell") for link in cell.of("a")
    }
    assert links == steps


def test_a_step_that_is_not_always_taken_is_marked_in_the_lanes(qidong: Guide) -> None:
    page = read_page(qidong.site / "stages" / "index.html")
    items = [blank_free(each.words()) for each in page.of("li")]
    # 涉密项目才有保密审查（第三十二条）；每个项目都有自评价（第三十三条）.
    assert "1保密审查视情形" in items
    assert "4自评价" in items


# A stage as a service guide ----------------------------------------------------------------------


def test_a_stage_answers_what_a_service_guide_answers(qidong: Guide) -> None:
    page = read_page(qidong.site / "stages" / "acceptance.html")
    for name in ("条件", "材料", "流程", "时限", "去向", "常见错误", "在工作簿中"):
        assert name in headings(page)
    (sheet,) = with_class(page, "sheet")
    words = blank_free(sheet.words())
    assert "设定依据第二十九条第三十条第三十一条" in words
    assert "办理主体市有关部门、项目建设单位、市市域社会治理现代化指挥中心" in words
    assert "报送对象市市域社会治理现代化指挥中心" in words
    assert "办完转入运行与评价阶段" in below(page, "stage-next")


def test_the_papers_of_a_stage_are_those_of_its_steps(qidong: Guide) -> None:
    papers = below(read_page(qidong.site / "stages" / "acceptance.html"), "stage-papers")
    # 第二十九条第一款列名的材料.
    for name in ("项目建设总结", "财务报告", "等保备案证明", "密码应用安全性评估报告"):
        assert name in papers
    assert "延期验收申请第二十九条第二款符合条件的才需要" in papers
    assert "项目建议书" not in papers


def test_the_times_of_a_stage_are_dates_or_the_texts_own_words(qidong: Guide) -> None:
    times = below(read_page(qidong.site / "stages" / "implementation.html"), "stage-deadlines")
    assert "季度末报送项目进展情况" in times and "第十八条" in times
    assert "“及时”条文没有写明日期第二十六条" in times


def test_the_last_stage_says_that_it_is_the_last(guide: Guide) -> None:
    *others, last = guide.edition.stages
    page = read_page(guide.site / "stages" / f"{last}.html")
    assert "这是最后一个阶段" in below(page, "stage-next")
    for each in others:
        page = read_page(guide.site / "stages" / f"{each}.html")
        assert "这是最后一个阶段" not in below(page, "stage-next")


def test_mistakes_stand_beside_what_is_forbidden_each_with_its_place(qidong: Guide) -> None:
    mistakes = below(read_page(qidong.site / "stages" / "annual_plan.html"), "stage-mistakes")
    assert "由项目建设单位申请年中调整（调入）；这一申请由项目主管部门提出。第十六条" in mistakes
    # 第十七条第一款: 原则上不得组织实施，不得拨付、使用财政资金.
    assert "使用财政资金，前期工作经费除外第十七条第一款" in mistakes
    assert "不是条文" in mistakes


def test_a_stage_without_mistakes_of_its_own_still_shows_what_is_forbidden(yunling: Guide) -> None:
    page = read_page(yunling.site / "stages" / "use.html")
    # 第九条: 累计不得超过其购置价格的20%.
    assert "使同一公务用车一年内累计的维修费用超过购置价格的规定比例" in below(
        page, "stage-forbidden"
    )
    assert "不是条文" not in below(page, "stage-mistakes")
    assert "常见错误" not in headings(read_page(yunling.site / "stages" / "registration.html"))


# Workbooks ----------------------------------------------------------------------------------------


def test_a_stage_names_the_sheets_that_ask_its_steps(qidong: Guide) -> None:
    words = below(read_page(qidong.site / "stages" / "operation.html"), "stage-workbooks")
    assert "政务信息化项目全过程档案由项目建设单位填写" in words
    assert "验收与评价" in words
    assert "保密审查" in words  # 竣工验收审查表 asks secrecy_check_passed
    assert "季度报送" not in words and "立项编报" not in words


def test_an_article_names_the_sheets_that_rest_on_it(qidong: Guide) -> None:
    words = below(read_page(qidong.site / "articles" / "art28.html"), "article-workbooks")
    assert "变更判定" in words and "变更备案打印格式" in words
    assert "每个角色一张职责" in words
    assert "季度报送" not in words
    quarterly = below(read_page(qidong.site / "articles" / "art18.html"), "article-workbooks")
    assert "季度报送" in quarterly and "第一季度" in quarterly


def test_a_role_names_the_workbooks_that_it_fills(qidong: Guide) -> None:
    unit = below(read_page(qidong.site / "roles" / "construction_unit.html"), "role-workbooks")
    assert "政务信息化项目全过程档案" in unit and "政务信息化项目履职清单" in unit
    assert "项目储备库" not in unit
    centre = below(read_page(qidong.site / "roles" / "command_centre.html"), "role-workbooks")
    assert "项目储备库与年度建设计划" in centre and "政务信息化项目竣工验收审查表" in centre
    assert "全过程档案" not in centre


def test_a_workbook_leads_to_its_file_where_there_is_one(yunling: Guide, tmp_path: Path) -> None:
    file = Download("a.xlsx", "档案", "工作簿", yunling.edition.id, b"a", layout="vehicle")
    tree = guide_tree(yunling.edition, (file,))
    site = build_site(ROOT, tree, tmp_path, yunling.edition.issued)

    def link(root: Path) -> str:
        (lines,) = with_class(read_page(root / "stages" / "purchase.html"), "workbooks")
        return lines.of("a")[0].attributes["href"]

    assert link(site) == "../downloads/a.xlsx"
    assert link(yunling.site) == "../downloads.html"


# Roles --------------------------------------------------------------------------------------------


def test_a_role_with_few_duties_counts_them_by_stage(qidong: Guide) -> None:
    page = read_page(qidong.site / "roles" / "municipal_government.html")
    stages = below(page, "role-stages")
    # 下达投资计划（第十五条第（六）项）.
    assert "储备与年度计划" in stages and "年度计划：下达投资计划" in stages
    assert "职责：" in stages


# Supervision --------------------------------------------------------------------------------------


def test_the_ladder_goes_from_reporting_to_responsibility(qidong: Guide) -> None:
    page = read_page(qidong.site / "supervision.html")
    (ladder,) = with_class(page, "ladder")
    rungs = [blank_free(each.words()) for each in with_class(ladder, "rung")]
    places = (
        "第二十六条",
        "第三十四条第（一）项",
        "第三十四条第（二）项",
        *("第三十六条第一款",) * 2,
    )
    assert len(rungs) == 6
    for rung, place in zip(rungs, (*places, "第三十九条"), strict=True):
        assert place in rung
    assert "督促项目建设单位进行整改或暂停项目建设" in rungs[0]
    assert "市财政局、区镇政府：不安排运行维护经费" in rungs[1]
    assert "应当市市域社会治理现代化指挥中心、市委机要局、市国家保密局" in rungs[3]
    for consequence in ("通报批评", "暂缓安排信息化投资计划", "暂停项目建设", "终止项目"):
        assert consequence in rungs[4]
    # 第三十六条 is 可以, 第三十九条 is 应当.
    assert rungs[4].count("可以市市域") == 4
    assert "应当相关部门：予以通报批评" in rungs[5]
    assert "依法依纪追究责任" in rungs[5]


def test_oversight_stands_under_those_who_exercise_it(qidong: Guide) -> None:
    words = below(read_page(qidong.site / "supervision.html"), "supervision-watch")
    assert "市公安局负责指导并监督项目建设单位落实网络安全等级保护制度第四条第六款" in words
    assert "审计部门应当依法加强对政务信息系统的审计监督第三十七条" in words


# Dates --------------------------------------------------------------------------------------------


def test_the_year_shows_what_falls_on_the_end_of_each_month(qidong: Guide) -> None:
    page = read_page(qidong.site / "deadlines.html")
    (year,) = with_class(page, "year")
    months = [blank_free(each.words()) for each in with_class(year, "month")]
    report = "月末季度末报送项目进展情况第十八条"
    assert months == [
        "1月",
        "2月",
        f"3月{report}",
        "4月",
        "5月",
        f"6月{report}",
        "7月",
        "8月",
        f"9月{report}",
        "10月",
        "11月",
        f"12月{report}月末提交项目绩效评价报告第二十五条第一款",
    ]


def test_what_recurs_each_month_stands_in_each(yunling: Guide) -> None:
    (year,) = with_class(read_page(yunling.site / "deadlines.html"), "year")
    months = [each.words() for each in with_class(year, "month")]
    assert [("每月报送用车情况" in each) for each in months] == [True] * 12


def test_a_window_is_drawn_from_its_base_day(qidong: Guide) -> None:
    page = read_page(qidong.site / "deadlines.html")
    drawn = {
        with_class(each, "window-name")[0].of("a")[0].words(): [
            part.classes - {"part"} for part in with_class(each, "part")
        ]
        for each in with_class(page, "window")
    }
    before, opened, after = {"part--before"}, {"part--open"}, {"part--after"}
    # 建成后半年内; 投入运行后6-12个月内: on one scale of twelve months.
    assert drawn == {
        "申请竣工验收": [opened] * 6 + [after] * 6,
        "自评价及报送": [before] * 6 + [opened] * 6,
    }


def test_windows_of_different_units_have_different_scales(yunling: Guide) -> None:
    page = read_page(yunling.site / "deadlines.html")
    parts = {
        with_class(each, "window-name")[0].of("a")[0].words(): len(with_class(each, "part"))
        for each in with_class(page, "window")
    }
    # 5个工作日, 15日, 8至10年.
    assert parts == {"答复购置申请": 5, "登记信息备案": 15, "组织技术鉴定": 10}
    words = blank_free(page.words())
    assert "依条文延长的，再加3个工作日" in words
    assert "第8年至第10年" in words


# The first page -----------------------------------------------------------------------------------


def numbers(guide: Guide) -> list[str]:
    (found,) = with_class(read_page(guide.site / "index.html"), "numbers")
    return [blank_free(each.words()) for each in found.of("li")]


def test_numbers_that_the_data_join_stand_together(qidong: Guide) -> None:
    assert numbers(qidong) == [
        "300万元—500万元可以合并编报项目建议书、可行性研究报告第八条第（二）项",
        "300万元依照第九条合并编报的总投资上限第九条第（三）项",
        "300万元必须实行工程监理制的总投资下限第二十四条",
        "10%可以自行调整的资金数额占概算总投资的上限第二十八条第一款",
        "6个月建成后申请竣工验收的期限第二十九条第一款",
        "6个月—12个月自评价及报送第三十三条",
    ]


def test_a_number_that_also_decides_alone_stands_alone_too(yunling: Guide) -> None:
    found = numbers(yunling)
    assert [each for each in found if each.startswith("5000元—20000元")]
    # 超过20000元的，报县财政局审核.
    assert [each for each in found if each.startswith("20000元县机关")]


def test_the_first_page_names_three_ways_before_anything_else(qidong: Guide) -> None:
    assert headings(read_page(qidong.site / "index.html"))[:4] == [
        "按阶段办",
        "按角色看",
        "按条文查",
        "关键数字",
    ]


def test_the_workbook_with_an_example_comes_first(qidong: Guide) -> None:
    files = (
        Download("a.xlsx", "甲表", "工作簿", "qidong-2022", b"a", layout="duties"),
        Download("b.xlsx", "乙档案", "工作簿", "qidong-2022", b"b", layout="dossier"),
        Download("c.xlsx", "乙档案（填写示例）", "示例", "qidong-2022", b"c"),
        Download("d.xlsx", "丁表", "工作簿", "qidong-2022", b"d", layout="reserve_plan"),
    )
    page = guide_tree(qidong.edition, files)["docs/index.md"].decode()
    order = [page.index(name) for name in ("乙档案", "填写示例", "甲表", "丁表")]
    assert order == sorted(order)


# Articles -----------------------------------------------------------------------------------------


def test_every_article_has_a_gist_that_is_marked_as_none_of_the_text(qidong: Guide) -> None:
    assert len(qidong.edition.gists) == 41
    for article, says in qidong.edition.gists.items():
        page = read_page(qidong.site / "articles" / f"{article}.html")
        (gist,) = with_class(page, "gist")
        assert blank_free(gist.words()) == blank_free(f"要义不是条文，以条文为准{says}")
        assert not [each for each in page.walk() if "law" in each.classes and gist in each.walk()]


def test_a_gist_names_no_number_that_its_article_does_not(qidong: Guide) -> None:
    for article, says in qidong.edition.gists.items():
        text = qidong.edition.text.provisions[article].text
        digits = set("".join(c if c.isdigit() else " " for c in says).split())
        assert all(each in text for each in digits), article


def test_an_article_explains_the_terms_that_it_uses(qidong: Guide) -> None:
    (terms,) = with_class(read_page(qidong.site / "articles" / "art34.html"), "used-terms")
    assert "政务信息化项目" in terms.words()
    assert terms.of("summary")
    (own,) = with_class(read_page(qidong.site / "articles" / "art2.html"), "used-terms")
    definitions = [each.words() for each in with_class(own, "definition")]
    assert [each for each in definitions if each.startswith("智慧城市项目，是指列入")]


# Hostile texts, and what is not there ------------------------------------------------------------

HOSTILE = [
    ("stages/purchase.html", "没有空余的编制就申请 | {{ evil }} <b>]]></b>"),
    ("stages/index.html", "答复申请 | =A1 `<b>` {{ evil }}"),
    (
        "articles/art4.html",
        "才可以申请购置 <script>alert(1)</script> | {{ evil }} ]]> `a` *b* _c_ # d",
    ),
    ("supervision.html", "责令限期改正 ]]> | <b>{{ evil }}</b>"),
    ("supervision.html", "有第十二条第一款所列行为 <script>alert(1)</script>"),
    ("supervision.html", "先责令改正，拒不改正的才通报批评 | {{ evil }} <b>"),
    ("supervision.html", "通报到什么范围，办法没有规定 =A1 `b`"),
]


def test_hostile_words_are_read_as_text(yunling: Guide) -> None:
    for name, words in HOSTILE:
        page = read_page(yunling.site / name)
        assert words in page.words(), (name, words)


def test_an_edition_without_gists_ladder_and_mistakes_is_built(
    yunling: Guide, tmp_path: Path
) -> None:
    stages = {id: replace(stage, mistakes=()) for id, stage in yunling.edition.stages.items()}
    edition = replace(
        yunling.edition, gists={}, supervision=Supervision(), stages=stages, layouts={}
    )
    tree = guide_tree(edition)
    assert not [path for path in tree if "supervision" in path]
    site = build_site(ROOT, tree, tmp_path, edition.issued)
    for file in site.rglob("*.html"):
        words = read_page(file).words()
        assert "监督与责任" not in words and "要义" not in words and "在工作簿中" not in words


def test_the_pages_stay_light(guide: Guide) -> None:
    pages = [name for name in guide.pages if name.startswith(("stages/", "articles/"))]
    for name in (*pages, "index.html", "supervision.html", "deadlines.html"):
        assert (guide.site / name).stat().st_size < 80 * KIB, name
