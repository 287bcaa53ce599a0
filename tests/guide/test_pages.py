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
        "按阶段办",
        "按角色看",
        "按条文查",
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
    marks = [
        each.words() for duty in duties(page) for each in duty.walk() if "mark" in each.classes
    ]
    assert marks == ["应当", "应当", "可以", "负责", "负责"]


def test_a_role_without_duties_says_why_and_shows_what_the_text_says_of_it(qidong: Guide) -> None:
    page = read_page(qidong.site / "roles" / "supervisor.html")
    words = blank_free(page.words())
    assert (
        "为什么没有职责受项目建设单位委托进行工程监理、被征求意见，条文的规定写给委托的一方"
        in words
    )
    assert "条文怎样写" in words
    assert "并征求有关项目使用单位和监理单位的意见" in words


def test_a_role_with_duties_leaves_the_text_to_their_citations(qidong: Guide) -> None:
    page = read_page(qidong.site / "roles" / "archives_bureau.html")
    assert "条文怎样写" not in page.words() and "为什么没有职责" not in page.words()
    assert not [each for each in page.of("div") if "law" in each.classes]
    (duty, *_) = duties(page)
    assert "第四条第四款" in duty.words()
    places = [each for each in page.of("h2") if each.id == "role-places"]
    assert [each.words() for each in places] == ["条文出处"]


def test_many_passages_are_folded_and_each_stands_once(qidong: Guide) -> None:
    # The state is named in 第五条 … 第三十六条, thirteen places, and has no duties.
    page = read_page(qidong.site / "roles" / "state.html")
    # The menu folds the page's contents away too.
    (article,) = page.of("article")
    (folded,) = (each for each in article.walk() if each.tag == "details")
    assert "进一步加强绩效评价" not in folded.words()
    assert "参照国家和省级政务信息化建设管理绩效评价有关要求开展自评价" in folded.words()
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
    # 总投资恰为300万元、不足300万元、任一级、合并到哪一步、监理、绩效评价、国有企业、等保、10%、
    # 6-12个月、运行维护: AM01 03 05 07 11 13 15 17 20 26 35.
    assert "现有11处" in words


def test_a_rule_shows_its_conditions_with_their_basis(qidong: Guide) -> None:
    page = read_page(qidong.site / "rules" / "merge_all.html")
    (tree,) = [each for each in page.of("div") if "tree" in each.classes]
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
    page = read_page(qidong.site / "rules" / "supervision_mandatory.html")
    (says,) = [each for each in page.of("div") if "says" in each.classes]
    assert [each.words() for each in says.of("dt")] == ["是", "否", "待填"]
    assert "无需监理" not in page.words()


def test_an_open_reading_shows_as_doubt_where_it_changes_the_outcome(qidong: Guide) -> None:
    def doubts(rule: str) -> str:
        page = read_page(qidong.site / "rules" / f"{rule}.html")
        (article,) = page.of("article")
        return "".join(each.words() for each in article.of("div") if "doubts" in each.classes)

    assert "存疑" in doubts("merge_two")
    assert "存疑" not in doubts("merge_all")


def test_the_list_of_rules_shows_each_with_its_mark_and_its_article(qidong: Guide) -> None:
    page = read_page(qidong.site / "rules" / "index.html")
    rows = [blank_free(each.words()) for each in page.of("article")[0].of("li")]
    assert "可以可以合并编报项目建议书、可行性研究报告、初步设计方案和投资概算第九条" in rows
    assert "判定编报方式第七条" in rows
    assert len(rows) == len(qidong.edition.rules) + len(qidong.edition.decisions)
    chapters = [each.words() for each in page.of("h2")]
    assert chapters[:3] == ["第一章 总则", "第二章 项目审批", "第三章 年度建设计划"]


def test_a_rule_quotes_its_place_and_leads_to_what_stands_there(qidong: Guide) -> None:
    page = read_page(qidong.site / "rules" / "self_adjustment.html")
    (law,) = [each for each in page.of("div") if "law" in each.classes]
    assert qidong.edition.rules["self_adjustment"].quote in law.words()
    hrefs = {each.attributes["href"] for each in page.of("article")[0].of("a")}
    assert "../examples/self_adjustment.html" in hrefs
    assert "../papers/change_filing.html" in hrefs
    merged = read_page(qidong.site / "rules" / "merge_two.html")
    related = blank_free(merged.of("article")[0].words())
    assert "用于判定编报方式" in related


def test_a_decision_says_in_which_order_it_goes_through_its_rules(qidong: Guide) -> None:
    page = read_page(qidong.site / "rules" / "approval_route.html")
    (order,) = page.of("article")[0].of("ol")
    assert [each.words() for each in order.of("li")] == [
        "可以合并编报项目建议书、可行性研究报告、初步设计方案和投资概算",
        "可以合并编报项目建议书、可行性研究报告",
    ]


def test_a_settled_reading_shows_the_reply(yunling: Guide) -> None:
    card = section(read_page(yunling.site / "readings.html"), "YL03")
    words = card.words()
    assert "已于2025年3月3日答复（云机管函〔2025〕0号）：采用另一种读法" in words
    assert "存疑" not in words


def test_a_deadline_says_from_when_and_how_long(qidong: Guide) -> None:
    page = read_page(qidong.site / "deadlines.html")
    assert "自建成日期起6个月内" in section(page, "acceptance_application").words()


def test_a_paper_says_from_whom_to_whom_and_when(qidong: Guide) -> None:
    words = blank_free(read_page(qidong.site / "papers" / "secrecy_test.html").words())
    assert "由谁编制项目建设单位" in words
    assert "报给谁市市域社会治理现代化指挥中心" in words
    assert "性质是安全风险评估报告的一种形式，不另计" in words


def test_a_paper_that_nobody_receives_says_so(qidong: Guide, yunling: Guide) -> None:
    scheme = blank_free(read_page(qidong.site / "papers" / "framework_scheme.html").words())
    assert "报给谁第十一条只写框架方案确定后履行决策、报批等程序" in scheme
    listed = blank_free(read_page(qidong.site / "papers" / "index.html").words())
    assert "由牵头部门、参建部门编制；条文未写明接收方" in listed
    unit = blank_free(read_page(yunling.site / "roles" / "vehicle_user.html").words())
    assert "车型代码|]]><b>{{evil}}</b>第四条第（三）项第3目填写申请表时；条文未写明接收方" in unit


def test_a_part_of_a_paper_and_the_whole_lead_to_each_other(qidong: Guide) -> None:
    part = blank_free(read_page(qidong.site / "papers" / "sharing_analysis.html").words())
    assert "性质是可行性研究报告、初步设计方案的一部分" in part
    whole = blank_free(read_page(qidong.site / "papers" / "feasibility_report.html").words())
    assert "其中包括信息资源共享分析篇（章）" in whole
    forms = blank_free(read_page(qidong.site / "papers" / "risk_report.html").words())
    assert "包括的形式" in forms


# Duties ------------------------------------------------------------------------------------------


def duties(page: Element) -> list[Element]:
    """The duties of a page, in order."""
    return [each for each in page.of("div") if "duty" in each.classes]


def rows(duty: Element) -> dict[str, str]:
    """What is said of a duty, by term."""
    (table,) = duty.of("dl")
    found: dict[str, str] = {}
    term = ""
    for each in table.children:
        if isinstance(each, Element) and each.tag == "dt":
            term = each.words()
        elif isinstance(each, Element):
            found[term] = found.get(term, "") + blank_free(each.words())
    return found


def test_a_duty_shows_its_papers_its_readings_and_what_follows_otherwise(qidong: Guide) -> None:
    page = read_page(qidong.site / "articles" / "art18.html")
    (report,) = [each for each in duties(page) if "报送项目进展情况" in each.words()][:1]
    assert rows(report)["材料"] == "项目进展情况"
    assert "每季度末报送，从何时起，到何时止" in rows(report)["另见解读"]
    (href,) = {each.attributes["href"] for each in report.of("a") if "进展" in each.words()}
    assert href == "../papers/progress_report.html"
    adjustment = read_page(qidong.site / "articles" / "art28.html")
    (goal,) = [each for each in duties(adjustment) if "：建设目标不变" in each.words()]
    # What follows where the goal does change: 款2.
    assert rows(goal)["否则"] == (
        "应当按照国家、省、南通和启东市有关规定履行相应手续第二十八条第二款"
    )
    (onward,) = [a for a in goal.of("a") if a.attributes["href"].startswith("#duty-")]
    (target,) = adjustment.of(id=onward.attributes["href"][1:])
    assert "履行相应手续" in target.words()
    # Whoever else acts then is named.
    liability = read_page(qidong.site / "articles" / "art39.html")
    (procedure,) = [each for each in duties(liability) if "履行审批程序" in each.words()][:1]
    assert "应当相关部门：予以通报批评第三十九条" in rows(procedure)["否则"]
    (cap,) = [each for each in duties(adjustment) if "资金调整数额不超过" in each.words()]
    assert rows(cap)["存疑"] == "10%的限额怎么算"


def test_a_duty_is_marked_as_strictly_as_the_text_has_it(qidong: Guide) -> None:
    def marks(article: str) -> set[str]:
        page = read_page(qidong.site / "articles" / f"{article}.html")
        return {
            each.words() for duty in duties(page) for each in duty.walk() if "mark" in each.classes
        }

    assert "原则上不得" in marks("art17")
    assert "负责" in marks("art4")
    assert "依据" in marks("art38")


def test_a_role_among_several_names_the_others(qidong: Guide) -> None:
    page = read_page(qidong.site / "roles" / "secrecy_bureau.html")
    (guide_work,) = [each for each in duties(page) if "保密工作进行指导和监督" in each.words()]
    assert rows(guide_work)["同为主体"] == "市委机要局"


# Roles with many duties --------------------------------------------------------------------------


def test_a_role_with_many_duties_has_them_by_stage(qidong: Guide) -> None:
    page = read_page(qidong.site / "roles" / "construction_unit.html")
    assert duties(page) == []
    links = [each.attributes["href"] for each in page.of("article")[0].of("a")]
    pages = list(dict.fromkeys(each for each in links if each.startswith("construction_unit/")))
    assert pages[0] == "construction_unit/initiation.html"
    assert pages[-1] == "construction_unit/no-stage.html"
    found = [duty for each in pages for duty in duties(read_page(qidong.site / "roles" / each))]
    own = [each for each in qidong.edition.duties.values() if "construction_unit" in each.who]
    assert len(found) == len(own)
    assert {blank_free(each.words(without="cite")) for each in found} >= {
        "应当确定项目实施机构对象项目实施机构",
    }


def test_the_page_of_such_a_role_counts_its_duties_and_names_its_steps(qidong: Guide) -> None:
    page = read_page(qidong.site / "roles" / "construction_unit.html")
    words = blank_free(page.of("article")[0].words())
    own = [each for each in qidong.edition.duties.values() if "construction_unit" in each.who]
    musts = sum(each.strength == "must" for each in own)
    assert f"职责：应当{musts}" in words
    # In 竣工验收 the unit takes these three of the five steps.
    assert "项目档案验收提供信息资源目录和数据申请竣工验收" in words
    assert "条文没有写明日期的时间要求" in words


def test_duties_stand_in_the_stage_that_governs_their_place(qidong: Guide) -> None:
    def of(name: str) -> str:
        page = read_page(qidong.site / "roles" / "construction_unit" / f"{name}.html")
        return " ".join(each.words() for each in page.of("h2"))

    # 第十五条 belongs by its 项 to three stages, 第二十九条 to one, 第三十六条 to none.
    assert "第十五条" in of("initiation") and "第十五条" in of("approval")
    assert "第十五条" in of("annual_plan") and "第十六条" not in of("approval")
    assert "第二十九条" in of("acceptance")
    assert "第三十六条" in of("no-stage")


# Stages, terms, times without a day --------------------------------------------------------------


def test_a_stage_lists_its_steps_in_order(qidong: Guide) -> None:
    page = read_page(qidong.site / "stages" / "acceptance.html")
    (steps,) = [each for each in page.of("ol") if "steps" in each.classes]
    titles = [each.words() for each in steps.of("h3")]
    assert titles == [step.label for step in qidong.edition.stages["acceptance"].steps]
    assert titles[-2:] == ["申请竣工验收", "通过竣工验收"]
    application = [each for each in steps.children if isinstance(each, Element)][-2]
    words = blank_free(application.words())
    assert "项目建设单位：按照国家、省、南通和启东市有关规定申请竣工验收" in words
    assert "报给谁市市域社会治理现代化指挥中心" in words
    assert "项目竣工验收申请" in words or "验收申请" in words
    assert "第二十九条第一款" in words
    assert "时间项目建成后，在申请竣工验收的期限之内" in words


def test_a_step_that_is_not_always_taken_says_when(qidong: Guide) -> None:
    page = read_page(qidong.site / "stages" / "approval.html")
    (first, second, third, *_) = [each for each in page.of("li") if "step" in each.classes]
    assert "下列条件成立的，才有这一步" in first.words()
    assert "跨部门" in first.words() and "第十一条" in first.words()
    assert "才有这一步" in second.words()
    assert "才有这一步" not in third.words()


def test_the_home_page_and_the_list_lead_to_every_stage(guide: Guide) -> None:
    for name, prefix in (("index.html", "stages/"), ("stages/index.html", "")):
        links = [
            a.attributes["href"] for a in read_page(guide.site / name).of("article")[0].of("a")
        ]
        assert [
            each for each in links if each in {f"{prefix}{id}.html" for id in guide.edition.stages}
        ] == [f"{prefix}{id}.html" for id in guide.edition.stages]


def test_a_term_is_quoted_where_it_is_defined_and_marked_where_it_is_not(qidong: Guide) -> None:
    page = read_page(qidong.site / "terms.html")
    quoted = [each.words() for each in page.walk() if "definition" in each.classes]
    terms = qidong.edition.terms.values()
    assert quoted == [each.quote for each in terms if each.defined]
    assert (
        "智慧城市项目，是指列入政务信息化发展规划或大数据发展规划、促进部门之间信息整合共享、"
        in ("".join(quoted))
    )
    names = [each.words() for each in page.walk() if "term-name" in each.classes]
    assert names == [each.label for each in terms]
    undefined = [each for each in page.of("dt") if "条文未下定义" in each.words()]
    assert len(undefined) == sum(not each.defined for each in terms)
    (lines,) = [each for each in page.of("dt") if each.of(id="government_funded_project")]
    assert "又称全市政府投入信息化项目" in blank_free(lines.words())


def test_times_without_a_day_are_quoted_and_never_computed(qidong: Guide) -> None:
    page = read_page(qidong.site / "deadlines.html")
    card = section(page, "time-serious_problem_report")
    words = blank_free(card.words())
    assert "“及时”" in words
    assert "项目建设单位向市市域社会治理现代化指挥中心、市财政局第二十六条" in words
    assert "没有数量标准的用语" in words
    assert section(
        read_page(qidong.site / "articles" / "art26.html"), "time-serious_problem_report"
    )
    unit = read_page(qidong.site / "roles" / "construction_unit.html")
    assert section(unit, "time-serious_problem_report")
    finance = read_page(qidong.site / "roles" / "finance_bureau.html")
    assert section(finance, "time-serious_problem_report")


def test_an_article_leads_to_its_stages_its_terms_and_its_papers(qidong: Guide) -> None:
    page = read_page(qidong.site / "articles" / "art15.html")
    links = {each.attributes["href"] for each in page.of("article")[0].of("a")}
    assert {
        "../stages/initiation.html",
        "../stages/approval.html",
        "../stages/annual_plan.html",
        "../papers/construction_scheme.html",
        "../rules/approval_route.html",
    } - links == {"../rules/approval_route.html"}
    assert [each for each in links if each.startswith("../terms.html#")]


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
    ("roles/service_centre.html", "申请表 <表单> | `{{ evil }}`"),
    ("papers/index.html", "申请表 <表单> | `{{ evil }}`"),
    ("papers/application_form.html", "车型代码（=A1|B2）；*车牌* _号_ ]]>"),
    ("papers/type_code.html", "条文没有另写接收方 <script>alert(1)</script> | {{ evil }}"),
    ("stages/index.html", "从提出申请到答复 <script>alert(1)</script> | {{ evil }} ]]>"),
    ("stages/purchase.html", "答复申请 | =A1 `<b>` {{ evil }}"),
    ("stages/use.html", "使用和维修 ]]> <b>{{ evil }}</b>"),
    ("terms.html", "公务用车 | {{ evil }}"),
    ("terms.html", "=公车 <b>"),
    ("terms.html", "<script>alert(1)</script> ]]> `a` *b* _c_ # d"),
    ("deadlines.html", "第八条 | =A1 {{ evil }} <script>alert(1)</script> ]]>"),
    ("deadlines.html", "法定节假日和调休按国务院办公厅通知计算 | {{ evil }}"),
    ("parameters.html", "须报审核的单次维修费用起点 | =A1 `<b>`"),
    ("rules/index.html", "不得再行维修 | =超过限额"),
    ("rules/repair_route.html", "用车单位自行决定 {{ evil }}"),
    ("rules/repair_barred.html", "同一车辆一年内的维修 ]]> | `<表>`"),
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
    page = read_page(yunling.site / "stages" / "purchase.html")
    (contents,) = [each for each in page.of("nav") if "md-nav--secondary" in each.classes][:1]
    assert "答复申请 | =A1 `<b>` {{ evil }}" in contents.words()


def test_the_description_of_the_site_is_text_too(yunling: Guide) -> None:
    page = read_page(yunling.site / "index.html")
    (description,) = page.of("meta", name="Description")
    assert description.attributes["content"] == yunling.edition.site.description


def test_no_page_has_an_element_of_the_datas_making(yunling: Guide) -> None:
    for name in yunling.pages:
        page = read_page(yunling.site / name)
        scripts = [script.words() for script in page.of("script")]
        assert not [script for script in scripts if "alert" in script]
        assert all("value" in each.classes for each in page.of("b"))
        assert not page.of("车型") and not page.of("表单")
