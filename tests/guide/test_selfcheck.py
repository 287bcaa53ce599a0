"""The self-check, in a real browser: it says what `banfa decide` says, to whoever clicks or types.

Verdicts by hand come from the regulation's text, and from plain counting of days.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from generator.guide.selfcheck.facts import asked_facts
from generator.guide.selfcheck.script import selfcheck_scripts
from generator.model.edition import Edition, FactType, SelfCheck
from generator.rules.assess import assess, to_json
from tests.guide.conftest import Guide
from tests.guide.html_page import Element, blank_free, read_page
from tests.rules.browser import projects as stated
from tests.support.browser import Browser, Visit, served

Given: TypeAlias = Mapping[str, str | list[str]]
DAY = date(2025, 1, 2)
PLACES = ["server", "prefix", "folder"]
BATCH = 400


def address(given: Given, **more: str) -> str:
    """What stands behind the # for these answers."""
    parts = [f"{fact}={_written(value)}" for fact, value in given.items()]
    parts += [f"-{name}={value}" for name, value in more.items()]
    return "&".join(parts)


def _written(value: str | list[str]) -> str:
    if isinstance(value, str):
        return quote(value, safe="")
    return "".join("," + quote(each, safe="") for each in value)


def opened(guide: Guide, place: str) -> AbstractContextManager[str]:
    """The address of the site's root."""
    if place == "folder":
        return nullcontext(guide.site.as_uri() + "/")
    return served(guide.site, prefix="/" if place == "server" else "/affairs/guide/")


@contextmanager
def topic_page(
    guide: Guide,
    browser: Browser,
    topic: str,
    fragment: str = "",
    *,
    place: str = "folder",
    width: int = 360,
) -> Iterator[Visit]:
    """The page of a topic; at the end nothing has failed and nothing has left the site."""
    with opened(guide, place) as root:
        behind = f"#{fragment}" if fragment else ""
        page = f"{root}selfcheck/{topic}.html{behind}"
        with browser.visit(page, width=width, height=800) as visit:
            dialogs: list[str] = []
            visit.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
            yield visit
            assert (visit.errors, dialogs) == ([], [])
            assert all(url.startswith((root, "data:")) for url in visit.requests)
            assert not visit.scrolls_sideways()


# Every case that the tests of the rules can make --------------------------------------------------

ALL = """([fragments, day]) => JSON.stringify(fragments.map((fragment) => {
    const { answers, strange } = banfaSelfcheck.readAnswers(banfaTopic, fragment);
    const found = banfaSelfcheck.findings(banfaTopic, answers, day);
    const plain = (it) => ({
        word: it.word, missing: it.missing, readings: it.readings,
        because: it.because.map((each) => [each.law.label, each.text]),
        law: it.law && it.law.label, says: it.says[0],
    });
    const by = (list) => Object.fromEntries(list.map((it) => [it.of.id, plain(it)]));
    const through = ({ of, rules }) => [of.id, rules.map((it) => [it.of.id, it.word])];
    return {
        rules: by(found.rulings), decisions: by(found.decisions),
        deadlines: by(found.deadlines), documents: by(found.papers),
        through: Object.fromEntries(found.decisions.map(through)),
        needed: found.needed, problems: found.problems, strange: strange,
        again: banfaSelfcheck.writeAnswers(banfaTopic, answers),
    };
}))"""


def typed(edition: Edition, project: Mapping[str, Any], facts: Sequence[str]) -> dict[str, Any]:
    """A project as somebody types it into the fields of a topic: in the topic's order, in words."""
    found: dict[str, Any] = {}
    for fact in facts:
        value = project.get(fact)
        if edition.facts[fact].type is FactType.AMOUNTS:
            if isinstance(value, list) and all(
                isinstance(each, str | float | int) for each in value
            ):
                found[fact] = [_text(each) for each in value]
            elif isinstance(value, list) and None in value:
                found[fact] = ["" if each is None else _text(each) for each in value]
        elif value is not None and not isinstance(value, list | dict) and _text(value).strip():
            found[fact] = _text(value)
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value)


def decided(edition: Edition, given: Mapping[str, Any]) -> dict[str, Any]:
    """What `decide` makes of it; blanks around an answer are no part of it, nor is a blank row."""
    facts = {
        fact: [each.strip() or None for each in value] if isinstance(value, list) else value.strip()
        for fact, value in given.items()
    }
    return to_json(edition, None, assess(edition, facts), DAY)


def cases(edition: Edition, topic: SelfCheck) -> list[dict[str, Any]]:
    """All projects that the tests of the rules make, as far as this topic asks; each once."""
    facts = asked_facts(edition, topic)
    projects = (
        *stated.examples(edition),
        *stated.combinations(edition),
        *stated.at_shares(edition),
        *stated.disordered(edition),
        *stated.wrong_values(edition),
        *stated.random_projects(edition, 300),
    )
    found = {
        json.dumps(given): given for given in (typed(edition, each, facts) for each in projects)
    }
    return list(found.values())


SHOWN = ("decisions", "deadlines", "rules", "documents")
WORDS = {"yes": "是", "no": "否", "unknown": "待填"}
REQUIRED = {"yes": "需要", "no": "不需要", "unknown": "待填"}


def chinese(day: str) -> str:
    year, month, number = day.split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def dates_in_words(edition: Edition, found: Mapping[str, Any]) -> str:
    if found["missing"]:
        return "待填"
    if "dates" in found:
        return "、".join(chinese(each) for each in found["dates"]) or "其间没有这样的日期"
    if not found["due"]:
        return f"尚不能推算。{edition.calendar.statement}"
    if found.get("opens"):
        return f"{chinese(found['opens'])}至{chinese(found['due'])}"
    return f"不迟于{chinese(found['due'])}"


def expected(edition: Edition, topic: SelfCheck, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the page must say, from what `decide` says."""
    found = decided(edition, given)
    cited = {str(place): place.citation for place in edition.text.provisions}

    def common(it: Mapping[str, Any]) -> dict[str, Any]:
        because = [[cited[each["law"]], each["text"]] for each in it.get("because", ())]
        return {"missing": it["missing"], "readings": it["readings"], "because": because}

    wanted: dict[str, Any] = {part: {} for part in (*SHOWN, "through")}
    for id in topic.rules:
        it, rule = found["rules"][id], edition.rules[id]
        wanted["rules"][id] = {
            **common(it),
            "word": WORDS[it["verdict"]],
            "law": rule.law.citation,
            "says": getattr(rule.says, it["verdict"]),
        }
    for id in topic.decisions:
        it, decision = found["decisions"][id], edition.decisions[id]
        outcome = decision.outcomes.get(it["outcome"])
        wanted["decisions"][id] = {
            **common(it),
            "word": outcome.label if outcome else "待填",
            "law": outcome.law.citation if outcome else None,
            "says": outcome.says if outcome else decision.unknown,
        }
        # The rules are gone through in turn, up to the one that decides.
        first_of = list(decision.first_of)
        gone = first_of.index(it["outcome"]) + 1 if it["outcome"] in first_of else len(first_of)
        wanted["through"][id] = [
            [rule, WORDS[found["rules"][rule]["verdict"]]] for rule in first_of[:gone]
        ]
    for id in topic.deadlines:
        it = found["deadlines"][id]
        wanted["deadlines"][id] = {
            **common(it),
            "word": dates_in_words(edition, it),
            "law": edition.deadlines[id].law.citation,
        }
    for id in topic.papers:
        it = found["documents"][id]
        wanted["documents"][id] = {
            **common(it),
            "word": REQUIRED[it["required"]],
            "law": edition.papers[id].law.citation,
        }
    missing = {fact for part in SHOWN for it in wanted[part].values() for fact in it["missing"]}
    wanted["needed"] = [fact for fact in asked_facts(edition, topic) if fact in missing]
    wanted["problems"] = {
        each["fact"]: each["message"] for each in found["problems"] if each["fact"] in given
    }
    return wanted


@pytest.mark.parametrize("name", ["qidong", "yunling"])
def test_every_generated_case_of_every_topic_comes_out_as_decide_has_it(
    name: str, request: pytest.FixtureRequest, browser: Browser
) -> None:
    guide: Guide = request.getfixturevalue(name)
    counts = {}
    for topic in guide.edition.selfchecks.values():
        given = cases(guide.edition, topic)
        counts[topic.id] = len(given)
        fragments = [address(each) for each in given]
        with topic_page(guide, browser, topic.id) as visit:
            found = []
            for start in range(0, len(given), BATCH):
                part = [fragments[start : start + BATCH], DAY.isoformat()]
                found += json.loads(visit.page.evaluate(ALL, part))
        for each, fragment, shown in zip(given, fragments, found, strict=True):
            # Blanks around an answer and the order of the topic's facts aside: what goes in comes
            # out, and nothing was strange.
            assert (shown.pop("strange"), shown.pop("again")) == (0, fragment.replace("~", "%7E"))
            wanted = expected(guide.edition, topic, each)
            for part in ("deadlines", "documents"):
                for it in shown[part].values():
                    del it["says"]
            assert (each, shown) == (each, wanted)
    assert all(count >= 10 for count in counts.values()), counts
    assert sum(counts.values()) > 500 * len(counts), counts


# By clicking and typing ---------------------------------------------------------------------------


def asked(page: Page) -> str:
    """The fact that is asked now; empty when nothing is."""
    ids = page.locator(".check-field:visible").evaluate_all("all => all.map((each) => each.id)")
    assert len(ids) <= 1
    return ids[0].removeprefix("field-") if ids else ""


def answer(page: Page, fact: str, value: str | list[str]) -> None:
    """Fills in one field as a person does: choices by clicking on their words."""
    field = page.locator(f"#field-{fact}")
    if isinstance(value, list):
        field.get_by_text("有，逐笔填写" if value else "没有", exact=True).click()
        for place, amount in enumerate(value):
            if place:
                field.get_by_role("button", name="添加一笔").click()
            field.get_by_role("textbox", name=f"第{place + 1}笔").fill(amount)
    elif field.locator("input[type=radio]").count():
        field.get_by_text(value, exact=True).click()
    elif field.locator("input[type=date]").count():
        field.locator("input").fill(value)
    else:
        field.locator("input").press_sequentially(value)


def walk(page: Page, given: Given) -> list[str]:
    """Answers whatever is asked, one by one; the facts in the order in which they were asked."""
    order = []
    while fact := asked(page):
        order.append(fact)
        answer(page, fact, given[fact])
        page.get_by_role("button", name="下一问").click()
        expect(page.locator(f"#field-{fact}")).to_be_hidden()
    expect(page.locator(".check-done")).to_have_text("与结论有关的都已填好。")
    return order


def card(page: Page, title: str) -> dict[str, Any]:
    """What one card of the results says."""
    found = page.locator(".check-card").filter(has=page.get_by_role("link", name=title, exact=True))
    shown = found.first
    return {
        "word": shown.locator(".check-verdict .check-word").all_inner_texts(),
        "doubt": shown.locator(".check-verdict .doubt").count() == 1,
        "text": shown.inner_text(),
    }


def paper(page: Page, title: str) -> tuple[str, bool]:
    """Whether a paper is required, and whether that is doubtful."""
    row = page.locator(".check-paper").filter(has=page.get_by_role("link", name=title, exact=True))
    line = row.locator("p").first
    return line.locator(".check-word").inner_text(), line.locator(".doubt").count() == 1


ROUTE = "编报方式"
ALL_IN_ONE, TWO, THREE = "依照第九条合并编报", "依照第八条合并编报", "分三步编报"
DEEP: Given = {"depth_reached": "是", "clear_requirement": "否"}
SHALLOW: Given = {"depth_reached": "否"}
MERGING: Sequence[tuple[Given, str, str]] = [
    # 第九条第（三）项：300万元及以下，且前期工作达到一定深度
    (
        {**DEEP, "special_reason": "否", "total_investment": "300", "listed_in_planning": "否"},
        ALL_IN_ONE,
        "",
    ),
    (
        {**DEEP, "special_reason": "否", "total_investment": "300.01", "listed_in_planning": "否"},
        TWO,
        "",
    ),
    ({"depth_reached": "是", "clear_requirement": "是"}, ALL_IN_ONE, ""),
    ({**DEEP, "special_reason": "是", "urgent": "是"}, ALL_IN_ONE, ""),
    (
        {
            **DEEP,
            "special_reason": "是",
            "urgent": "否",
            "total_investment": "800",
            "listed_in_planning": "是",
        },
        TWO,
        "",
    ),
    # 第八条第（二）项：300万元—500万元（含）；恰为300万元的，“（含）”及不及于它，有两种读法
    ({**SHALLOW, "total_investment": "300", "listed_in_planning": "否"}, THREE, "AM01"),
    ({**SHALLOW, "total_investment": "300.01"}, TWO, ""),
    ({**SHALLOW, "total_investment": "500"}, TWO, ""),
    ({**SHALLOW, "total_investment": "500.01", "listed_in_planning": "否"}, THREE, ""),
    ({**SHALLOW, "total_investment": "299.99", "listed_in_planning": "否"}, THREE, "AM03"),
    ({**SHALLOW, "total_investment": "900", "listed_in_planning": "是"}, TWO, ""),
]


@pytest.mark.parametrize(("given", "outcome", "reading"), MERGING)
def test_merging_by_clicking(
    given: Given, outcome: str, reading: str, qidong: Guide, browser: Browser
) -> None:
    with topic_page(qidong, browser, "merging") as visit:
        order = walk(visit.page, given)
        shown = card(visit.page, ROUTE)
        assert shown["word"] == [outcome]
        assert shown["doubt"] == bool(reading)
        if reading:
            assert "以市市域社会治理现代化指挥中心解释意见为准" in blank_free(shown["text"])
            link = visit.page.locator(".check-doubt a").last.get_attribute("href")
            assert link == f"../readings.html#{reading}"
        # It asks what matters and no more: nothing once it is settled.
        assert set(order) <= set(given)
        if given["depth_reached"] == "否":
            assert not {"clear_requirement", "special_reason", "urgent"} & set(order)


@pytest.mark.parametrize(
    ("total", "word"),
    [("300", "是"), ("299.999999", "否"), ("300.000001", "是"), ("299.99", "否"), ("2000", "是")],
)
def test_supervision_by_clicking(total: str, word: str, qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "supervision") as visit:
        walk(visit.page, {"total_investment": total})
        assert card(visit.page, "必须实行工程监理制")["word"] == [word]
        # Nobody is told that no supervision is needed: the first sentence of the article stands.
        assert "委托工程监理单位" in card(visit.page, "必须实行工程监理制")["text"]


REASON = "确需对原项目技术方案进行完善优化"
KEPT: Given = {
    "scale_exceeds": "否",
    "goal_changed": "否",
    "main_content_change_needed": "是",
    "adjust_reason": REASON,
    "approved_estimate": "323.95",
}
# The same as the address has it.
KEPT_RAW: Given = {
    **KEPT,
    "scale_exceeds": "no",
    "goal_changed": "no",
    "main_content_change_needed": "yes",
    "adjust_reason": "technical_optimisation",
}
CHANGES: Sequence[tuple[Given, str, str]] = [
    # 323.95 万元的百分之十恰为 32.395 万元：“不超过”包括本数
    ({"prior_adjustments": [], "adjust_amount": "32.395"}, "是", ""),
    ({"prior_adjustments": [], "adjust_amount": "32.395001"}, "否", ""),
    ({"prior_adjustments": [], "adjust_amount": "-32.395"}, "是", ""),
    ({"prior_adjustments": [], "adjust_amount": "-32.396"}, "否", ""),
    # 累计：10、负10，加12.395，恰为限额；多一点，只按本次计算的读法结论不同
    ({"prior_adjustments": ["10", "-10"], "adjust_amount": "12.395"}, "是", ""),
    ({"prior_adjustments": ["10", "-10"], "adjust_amount": "12.396"}, "否", "AM20"),
    ({"prior_adjustments": [], "adjust_amount": "1", "adjust_reason": "其他情形"}, "否", ""),
    ({"prior_adjustments": [], "adjust_amount": "1", "goal_changed": "是"}, "否", ""),
]


@pytest.mark.parametrize(("given", "word", "reading"), CHANGES)
def test_change_by_clicking(
    given: Given, word: str, reading: str, qidong: Guide, browser: Browser
) -> None:
    with topic_page(qidong, browser, "change") as visit:
        walk(visit.page, {**KEPT, **given})
        shown = card(visit.page, "可以由项目建设单位自行调整，同时备案")
        assert (shown["word"], shown["doubt"]) == ([word], bool(reading))
        if word == "是":
            assert "第二十八条第一款第（二）项" in shown["text"] or "第（二）项" in shown["text"]


# 半年：六个日历月，没有对应日的为月末；2025年1月1日放假，1月2日上班
BUILT = [
    ("2024-06-30", "不迟于2024年12月30日", ""),
    ("2024-02-29", "不迟于2024年8月29日", ""),
    ("2025-02-28", "不迟于2025年8月28日", ""),
    ("2024-08-31", "不迟于2025年2月28日", ""),
    ("2023-08-31", "不迟于2024年2月29日", ""),
    ("2024-07-01", "不迟于2025年1月1日", "顺延后为2025年1月2日"),
]


@pytest.mark.parametrize(("built", "due", "rolled"), BUILT)
def test_the_acceptance_date(
    built: str, due: str, rolled: str, qidong: Guide, browser: Browser
) -> None:
    with topic_page(qidong, browser, "acceptance") as visit:
        assert asked(visit.page) == "built_on"
        answer(visit.page, "built_on", built)
        shown = card(visit.page, "申请竣工验收")
        assert shown["word"] == [due]
        assert ("顺延" in shown["text"]) == bool(rolled)
        assert rolled in shown["text"]


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2024-12-30", "截至2024年12月30日，还有2天。"),
        ("2025-01-01", "截至2025年1月1日，当日届满。"),
        ("2025-01-02", "已过截止日，是否顺延请先询问市市域社会治理现代化指挥中心。"),
        ("2025-01-03", "截至2025年1月3日，已过2天。"),
    ],
)
def test_the_day_that_a_deadline_is_looked_at_from(
    day: str, left: str, qidong: Guide, browser: Browser
) -> None:
    with topic_page(qidong, browser, "acceptance", "built_on=2024-07-01") as visit:
        visit.page.get_by_label("判断日期").fill(day)
        visit.page.get_by_label("判断日期").press("Enter")
        expect(visit.page.locator(".check-card").first).to_contain_text(left)
        assert f"-day={day}" in visit.page.url


def test_the_day_is_asked_only_where_there_is_a_date(qidong: Guide, browser: Browser) -> None:
    for topic in qidong.edition.selfchecks.values():
        with topic_page(qidong, browser, topic.id) as visit:
            assert (visit.page.get_by_label("判断日期").count() == 1) == bool(topic.deadlines)


@pytest.mark.parametrize(
    ("secret", "papers", "checked", "barred"),
    [
        # 涉密的要安全保密测评报告，非涉密的要等级保护测评报告，两部分都有的两种都要
        ("不涉密", ("不需要", "需要"), None, "否"),
        ("涉密", ("需要", "不需要"), "否", "是"),
        ("既有涉密部分，又有非涉密部分", ("需要", "需要"), "否", "是"),
        ("既有涉密部分，又有非涉密部分", ("需要", "需要"), "是", "否"),
    ],
)
def test_the_papers_of_acceptance(
    secret: str,
    papers: tuple[str, str],
    checked: str | None,
    barred: str,
    qidong: Guide,
    browser: Browser,
) -> None:
    given: dict[str, str | list[str]] = {
        "built_on": "2024-06-30", "cannot_apply_on_time": "否", "catalogue_provided": "是",
        "data_provided": "是", "archive_accepted": "是", "secret": secret,
    }  # fmt: skip
    if checked:
        given["secrecy_check_passed"] = checked
    with topic_page(qidong, browser, "acceptance") as visit:
        assert set(walk(visit.page, given)) == set(given)
        page = visit.page
        tests = ("涉密信息系统安全保密测评报告", "非涉密信息系统网络安全等级保护测评报告")
        assert tuple(paper(page, each) for each in tests) == tuple((it, False) for it in papers)
        for each in ("验收申请", "项目建设总结", "财务报告", "档案验收报告"):
            assert paper(page, each) == ("需要", False)
        assert paper(page, "延期验收申请") == ("不需要", False)
        # 全部涉密的项目要不要等保备案证明，有两种读法
        assert paper(page, "等保备案证明") == ("需要", secret == "涉密")
        assert card(page, "不得投入运行")["word"] == [barred]
        assert card(page, "不得通过项目验收")["word"] == ["否"]


def test_the_window_of_the_self_evaluation(qidong: Guide, browser: Browser) -> None:
    # 通过验收并投入运行后6-12个月内：从较晚的一天起算
    with topic_page(qidong, browser, "self_evaluation") as visit:
        walk(visit.page, {"accepted_on": "2024-03-15", "operating_on": "2024-04-01"})
        shown = card(visit.page, "自评价及报送")
        assert shown["word"] == ["2024年10月1日至2025年4月1日"]
        assert shown["doubt"]
        assert paper(visit.page, "自评价报告") == ("需要", False)


GOOD: Given = {
    "shared_as_required": "是",
    "duplicate_collection": "否",
    "crypto_ok": "是",
    "netsec_ok": "是",
    "level_protection_ok": "是",
    "major_hidden_danger": "否",
}


@pytest.mark.parametrize(
    ("wrong", "word"),
    [({}, "否"), *(({fact: "否"}, "是") for fact in ("shared_as_required", "netsec_ok")),
     ({"duplicate_collection": "是"}, "是"), ({"major_hidden_danger": "是"}, "是")],
)  # fmt: skip
def test_operation_money_by_clicking(
    wrong: Given, word: str, qidong: Guide, browser: Browser
) -> None:
    with topic_page(qidong, browser, "operation_money") as visit:
        order = walk(visit.page, {**GOOD, **wrong})
        shown = card(visit.page, "不安排运行维护经费，不得新建、改建、扩建")
        assert shown["word"] == [word]
        # One such case is enough: then nothing more is asked.
        assert order == list(GOOD)[: list(GOOD).index(next(iter(wrong), "major_hidden_danger")) + 1]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"in_annual_plan": "是"}, "否"),
        ({"in_annual_plan": "否", "emergency": "否"}, "是"),
        ({"in_annual_plan": "否", "emergency": "是", "municipal_consent": "否"}, "是"),
        ({"in_annual_plan": "否", "emergency": "是", "municipal_consent": "是"}, "否"),
    ],
)
def test_the_annual_plan_by_clicking(
    given: Given, word: str, qidong: Guide, browser: Browser
) -> None:
    with topic_page(qidong, browser, "annual_plan") as visit:
        assert walk(visit.page, given) == list(given)
        assert card(visit.page, "原则上不得组织实施")["word"] == [word]
        assert card(visit.page, "不得拨付、使用财政资金")["word"] == [word]


def test_repairs_and_a_hostile_edition(yunling: Guide, browser: Browser) -> None:
    # 20%：100000元的20%是20000元；15000元加5000元恰为限额
    given: Given = {
        "repair_estimate": "5000.01",
        "prior_repairs": ["15000"],
        "repair_cost": "5000",
        "purchase_price": "100000",
    }
    with topic_page(yunling, browser, "repair") as visit:
        walk(visit.page, given)
        assert card(visit.page, "维修审核方式")["word"] == ["报县机关事务管理服务中心审核"]
        assert card(visit.page, "不得再行维修 | =超过限额")["word"] == ["否"]
    with topic_page(yunling, browser, "purchase", "vehicle_type=listed&-view=form") as visit:
        field = visit.page.locator("#field-vehicle_type")
        assert "=A1|B2, {{车牌}}, <车型> 或者 ]]>" in field.inner_text()
        assert "（*必填*、_必填_、`必填`）" in field.inner_text()
        assert "代码 <script>alert(1)</script> 原样填写；# * _ ` | 都只是字符" in field.inner_text()
        assert visit.page.locator("h1").inner_text() == "能不能购置 | =A1 `<b>` {{ evil }} ]]>"


# Wrong answers, one form, blanks ------------------------------------------------------------------


def test_a_wrong_amount_is_told_beside_its_field_and_the_question_stays(
    qidong: Guide, browser: Browser
) -> None:
    told = "总投资：应为数字（万元），只写半角数字和小数点，现为 “约300万元”。"
    with topic_page(qidong, browser, "supervision") as visit:
        page = visit.page
        answer(page, "total_investment", "约300万元")
        problem = page.locator("#problem-total_investment")
        expect(problem).to_have_text(told)
        page.get_by_role("button", name="下一问").click()
        field = page.get_by_role("textbox", name="项目总投资是多少？")
        expect(field).to_be_focused()
        assert field.get_attribute("aria-invalid") == "true"
        assert "problem-total_investment" in (field.get_attribute("aria-describedby") or "")
        assert card(page, "必须实行工程监理制")["word"] == ["待填"]
        # A wrong answer is no step to come back to.
        assert "#" not in page.url
        for wrong, part in (
            ("0", "应大于0万元"),
            ("1.0000001", "最多 6 位小数"),
            ("2000000", "上限"),
        ):
            field.fill(wrong)
            expect(problem).to_contain_text(part)
        field.fill("3000000".replace("000000", "00000"))
        expect(problem).to_be_hidden()
        # 300000 万元 is likely 元.
        expect(page.locator("#remark-total_investment")).to_contain_text("请核对单位是不是万元")
        field.fill(" 300 ")
        page.get_by_role("button", name="下一问").click()
        assert card(page, "必须实行工程监理制")["word"] == ["是"]


def test_all_on_one_form(qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "merging") as visit:
        page = visit.page
        page.get_by_role("button", name="一页填完").click()
        expect(page.locator(".check-field:visible")).to_have_count(6)
        answer(page, "depth_reached", "否")
        # What does not matter any more says so, and stays where it is.
        expect(page.locator("#remark-clear_requirement")).to_contain_text("不影响结论")
        expect(page.locator("#remark-total_investment")).to_be_hidden()
        answer(page, "total_investment", "400")
        page.locator("#field-total_investment input").press("Tab")
        assert card(page, ROUTE)["word"] == [TWO]
        expect(page.locator(".check-done")).to_have_text("与结论有关的都已填好。")
        page.locator("#field-depth_reached").get_by_role("button", name="清除").click()
        assert card(page, ROUTE)["word"] == ["待填"]
        page.go_back()
        assert card(page, ROUTE)["word"] == [TWO]


def test_a_date_is_one_step_back_however_it_was_typed(qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "acceptance", "-view=form") as visit:
        page = visit.page
        before = page.evaluate("history.length")
        field = page.locator("#field-built_on input")
        # A year comes into being digit by digit: 0002, 0020, 0202, 2024.
        for year in ("0002", "0020", "0202", "2024"):
            field.fill(f"{year}-07-01")
        assert card(page, "申请竣工验收")["word"] == ["不迟于2025年1月1日"]
        field.press("Tab")
        page.locator("h1").click()
        assert page.url.endswith("#built_on=2024-07-01&-view=form")
        assert page.evaluate("history.length") == before + 1


def test_what_is_typed_is_kept_when_another_answer_is_changed(
    qidong: Guide, browser: Browser
) -> None:
    fragment = address({"approved_estimate": "100"}, at="adjust_amount")
    with topic_page(qidong, browser, "change", fragment) as visit:
        answer(visit.page, "adjust_amount", "12")
        visit.page.get_by_role("button", name="修改：概算总投资").click()
        assert asked(visit.page) == "approved_estimate"
        expect(visit.page.locator(".check-given")).to_contain_text("本次资金调整数额")
        expect(visit.page.locator(".check-given")).to_contain_text("12万元")


def test_blanks_around_an_answer_are_no_part_of_it(qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "supervision", "total_investment=%20&-view=form") as visit:
        expect(visit.page.locator("#problem-total_investment")).to_be_hidden()
        assert card(visit.page, "必须实行工程监理制")["word"] == ["待填"]
    fragment = address({**KEPT_RAW, "prior_adjustments": [" 10 ", "\u3000"], "adjust_amount": " 1"})
    with topic_page(qidong, browser, "change", fragment) as visit:
        # A row that is still blank may hold anything.
        shown = card(visit.page, "可以由项目建设单位自行调整，同时备案")
        assert shown["word"] == ["待填"]
        assert shown["text"].count("此前历次资金调整数额") == 1
        expect(visit.page.locator("#problem-prior_adjustments")).to_be_hidden()


def test_a_question_may_be_left_blank_and_asked_again(qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "annual_plan") as visit:
        page = visit.page
        for fact in ("in_annual_plan", "emergency", "municipal_consent"):
            assert asked(page) == fact
            page.get_by_role("button", name="还不清楚，先空着").click()
            expect(page.locator(f"#field-{fact}")).to_be_hidden()
        expect(page.locator(".check-done")).to_have_text("其余的问题先空着，结论待填。")
        assert card(page, "原则上不得组织实施")["word"] == ["待填"]
        page.get_by_role("button", name="再问先空着的").click()
        expect(page.locator("#field-in_annual_plan")).to_be_visible()


def test_rows_of_a_list_can_be_taken_away(qidong: Guide, browser: Browser) -> None:
    fragment = address({"prior_adjustments": ["1", "2", "3"]}, at="prior_adjustments")
    with topic_page(qidong, browser, "change", fragment) as visit:
        field = visit.page.locator("#field-prior_adjustments")
        field.get_by_role("button", name="删除第2笔").click()
        assert [each.input_value() for each in field.get_by_role("textbox").all()] == ["1", "3"]
        for _ in range(2):
            field.get_by_role("button", name="删除第1笔").click()
        expect(field.get_by_role("radio", name="没有", exact=True)).to_be_checked()


# The address, back and forward, copy, print -------------------------------------------------------


def test_back_and_forward_walk_the_answers(qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "annual_plan") as visit:
        page = visit.page
        walk(page, {"in_annual_plan": "否", "emergency": "是", "municipal_consent": "是"})
        assert card(page, "原则上不得组织实施")["word"] == ["否"]
        for fact in ("municipal_consent", "emergency", "in_annual_plan"):
            page.go_back()
            expect(page.locator(f"#field-{fact}")).to_be_visible()
            assert asked(page) == fact
        page.go_forward()
        page.go_forward()
        expect(page.locator("#field-municipal_consent")).to_be_visible()
        assert page.url.endswith("#in_annual_plan=no&emergency=yes")


def test_restart_and_change(qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "supervision", "total_investment=200") as visit:
        page = visit.page
        page.get_by_role("button", name="修改：总投资").click()
        expect(page.get_by_role("textbox", name="项目总投资是多少？")).to_be_focused()
        page.get_by_role("textbox", name="项目总投资是多少？").fill("300")
        page.get_by_role("button", name="下一问").click()
        assert card(page, "必须实行工程监理制")["word"] == ["是"]
        page.get_by_role("button", name="重新开始").click()
        expect(page.get_by_role("textbox", name="项目总投资是多少？")).to_have_value("")
        assert card(page, "必须实行工程监理制")["word"] == ["待填"]


@pytest.mark.parametrize("place", PLACES)
def test_a_copied_link_shows_the_same_to_somebody_else(
    place: str, qidong: Guide, browser: Browser
) -> None:
    rows = ["10", "", "约5"]
    given: Given = {**KEPT_RAW, "prior_adjustments": rows, "adjust_amount": "-32.395"}
    fragment = address(given, view="form")
    with opened(qidong, place) as root:
        page_address = f"{root}selfcheck/change.html"
        with browser.visit(f"{page_address}#{fragment}") as visit:
            visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            visit.page.get_by_role("button", name="复制链接").click()
            expect(visit.page.locator(".check-said")).to_contain_text("已复制链接")
            copied = visit.page.evaluate("navigator.clipboard.readText()")
            before = visit.page.locator(".check-results").inner_text()
            filled = visit.page.locator(".check-given").inner_text()
            loaded = len(visit.requests)
        assert copied.startswith(page_address + "#")
        with browser.visit(copied) as visit:
            assert visit.page.locator(".check-results").inner_text() == before
            assert visit.page.locator(".check-given").inner_text() == filled
            # Whoever serves the page learns nothing of what was filled in.
            assert all("adjust" not in url.partition("#")[0] for url in visit.requests)
            assert len(visit.requests) == loaded


def test_what_is_not_saved_yet_is_in_the_copied_link(qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "supervision") as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        answer(visit.page, "total_investment", "300")
        visit.page.get_by_role("button", name="复制链接").click()
        expect(visit.page.locator(".check-said")).to_contain_text("已复制链接")
        assert visit.page.evaluate("navigator.clipboard.readText()").endswith(
            "#total_investment=300"
        )


@pytest.mark.parametrize(
    ("fragment", "strange"),
    [
        ("nonsense=1&total_investment=300", 1),
        ("total_investment=%E4%B8&x=y&-day=2024-02-30&-view=table&-at=urgent&-skip=a,b", 6),
        ("%22%3E%3Cscript%3Ealert(1)%3C/script%3E=1", 1),
        ("__proto__=1&constructor=2&total_investment=300", 2),
        ("total_investment=%3Cimg%20src=x%20onerror=alert(1)%3E", 0),
    ],
)
def test_an_address_that_somebody_has_spoilt_harms_nothing(
    fragment: str, strange: int, qidong: Guide, browser: Browser
) -> None:
    with topic_page(qidong, browser, "supervision", fragment) as visit:
        told = visit.page.locator(".check-asking > .check-remark")
        if strange:
            expect(told).to_have_text(f"地址中有{strange}处不是本事项的内容，没有采用。")
        else:
            expect(told).to_be_hidden()
            expect(visit.page.locator(".check-given")).to_contain_text(
                "<img src=x onerror=alert(1)>"
            )


def test_on_paper_stand_the_answers_the_verdict_and_the_regulation(
    qidong: Guide, browser: Browser
) -> None:
    fragment = "depth_reached=no&total_investment=300&listed_in_planning=no"
    with topic_page(qidong, browser, "merging", fragment, width=800) as visit:
        page = visit.page
        page.emulate_media(media="print")
        body = page.locator("body").inner_text()
        for wanted in (
            "能不能合并编报",
            "《启东市政务信息化项目管理办法》（启政办发〔2022〕63号），版本 qidong-2022",
            "自查结果只供自己核对，不代替有关机关的意见",
            "300万元",
            THREE,
            "存疑",
            "解释意见为准",
            "第八条第（二）项",
        ):
            assert wanted in body, wanted
        assert page.get_by_role("button").filter(visible=True).count() == 0
        assert page.locator("input:visible").count() == 0
        assert "判断表" not in body


# Keyboard, screen readers, small screens, no script -----------------------------------------------


def test_by_keyboard_alone(qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "annual_plan") as visit:
        page = visit.page
        page.get_by_role("button", name="一页填完").focus()
        page.keyboard.press("Tab")  # The field's links come before its answers.
        while page.evaluate("document.activeElement.type") != "radio":
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#field-in_annual_plan").get_by_label("否", exact=True)).to_be_checked()
        page.keyboard.press("Enter")
        # The next question has the focus: its first answer is chosen with the space bar.
        expect(page.locator("#field-emergency").get_by_label("是", exact=True)).to_be_focused()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator(".check-done")).to_be_focused()
        assert card(page, "原则上不得组织实施")["word"] == ["否"]


def test_the_verdict_is_told_as_it_changes(qidong: Guide, browser: Browser) -> None:
    with topic_page(qidong, browser, "supervision") as visit:
        status = visit.page.get_by_role("status").filter(has_text="现在的结论")
        expect(status).to_have_text("现在的结论：必须实行工程监理制：待填；还要填1项")
        answer(visit.page, "total_investment", "300")
        expect(status).to_have_text("现在的结论：必须实行工程监理制：是")


def test_answers_are_big_enough_for_a_thumb(qidong: Guide, browser: Browser) -> None:
    for topic in qidong.edition.selfchecks:
        with topic_page(qidong, browser, topic, "-view=form") as visit:
            boxes = [
                each.bounding_box()
                for each in visit.page.locator(".check-choice:visible, .check-input:visible").all()
            ]
            assert boxes
            assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)
            buttons = visit.page.locator(".check-button:visible").all()
            sizes = [each.bounding_box() for each in buttons]
            assert all(box and min(box["height"], box["width"]) >= 24 for box in sizes)


def test_every_field_has_its_question_as_its_name(guide: Guide, browser: Browser) -> None:
    for topic in guide.edition.selfchecks.values():
        with topic_page(guide, browser, topic.id, "-view=form") as visit:
            for fact in asked_facts(guide.edition, topic):
                shown = guide.edition.facts[fact]
                field = visit.page.locator(f"#field-{fact}")
                if field.locator("input[type=radio]").count():
                    named = visit.page.get_by_role("group", name=shown.ask, exact=True)
                else:
                    named = visit.page.get_by_label(shown.ask, exact=True)
                expect(named).to_have_count(1)
                if shown.law:
                    cite = field.locator(".check-help a")
                    expect(cite).to_have_text(shown.law.citation)
                    expect(cite).to_have_attribute(
                        "href", f"../articles/{shown.law.article_anchor}.html#{shown.law}"
                    )


def test_without_scripts_the_rules_stand_as_tables(qidong: Guide, browser: Browser) -> None:
    page_address = qidong.site.as_uri() + "/selfcheck/merging.html"
    with browser.visit(page_address, width=360, javascript=False) as visit:
        expect(visit.page.locator(".check-plain")).to_be_visible()
        expect(visit.page.locator("#check-place")).to_be_hidden()
        rows = visit.page.locator("table tbody tr").all_inner_texts()
        assert visit.errors == []
        assert not visit.scrolls_sideways()
    # 第九条三项，第八条两项，其余，待定
    assert len(rows) == 7
    assert "前期工作已达到一定深度要求" in rows[0]
    assert all(ALL_IN_ONE in row for row in rows[:3])
    assert "涉及国家重大战略、国家安全等特殊原因" in rows[1]
    assert "情况紧急" in rows[1]
    assert "总投资不超过300万元" in rows[2]
    assert all(TWO in row for row in rows[3:5])
    assert "总投资超过300万元、不超过500万元" in rows[4]
    assert "另一种读法" in rows[4]
    assert THREE in rows[5]
    assert "待填" in rows[6]


def test_a_table_turns_round_what_must_not_be_so(qidong: Guide) -> None:
    # 未列入计划，又不是（紧急建设并经市政府同意）的：缺其中一样就是。
    page = read_page(qidong.site / "selfcheck" / "annual_plan.html")
    rows = [blank_free(row.words()) for row in page.of("tbody")[0].of("tr")]
    assert len(rows) == 4
    assert all("未列入年度建设计划" in row for row in rows[:2])
    assert "不属于为应对突发事件需要紧急建设的项目" in rows[0]
    assert "未取得市政府对先行拨付资金组织实施的同意" in rows[1]
    assert "未取得市政府" not in rows[0]


def test_the_tables_have_every_rule_and_paper_of_every_topic(guide: Guide) -> None:
    edition = guide.edition
    for topic in edition.selfchecks.values():
        page = read_page(guide.site / "selfcheck" / f"{topic.id}.html")
        words = _squeezed(page)
        for id in topic.rules:
            says = edition.rules[id].says
            assert all(blank_free(each) in words for each in (says.yes, says.no, says.unknown))
        for id in topic.papers:
            assert blank_free(edition.papers[id].label) in words
        for id in topic.deadlines:
            assert blank_free(edition.deadlines[id].says) in words
        for id in topic.decisions:
            for outcome in edition.decisions[id].outcomes.values():
                assert blank_free(outcome.says) in words


def _squeezed(page: Element) -> str:
    return blank_free(page.words())


def test_ends_before_their_starts_are_found_whatever_is_shown(qidong: Guide) -> None:
    # Both reports run from the start to the end of construction; only one is shown.
    reports = qidong.edition.selfchecks["reports"]
    one = replace(reports, deadlines=("performance_report",), papers=())
    edition = replace(qidong.edition, selfchecks={"reports": one})
    [(_, script)] = selfcheck_scripts(edition)
    data = json.loads(script.decode().removeprefix("var banfaTopic = ").rstrip(";\n"))
    assert set(data["rules"]["deadlines"]) == {"quarterly_report", "performance_report"}
    assert [each["id"] for each in data["deadlines"]] == ["performance_report"]


# The ways there, and the weight -------------------------------------------------------------------


def test_the_ways_to_the_self_check(qidong: Guide) -> None:
    def leads(page: str) -> set[str]:
        links = read_page(qidong.site / page).of("article")[0].of("a")
        return {link.attributes.get("href", "") for link in links}

    assert "selfcheck/index.html" in leads("index.html")
    assert {f"{topic}.html" for topic in qidong.edition.selfchecks} <= leads("selfcheck/index.html")
    assert "../selfcheck/merging.html" in leads("rules/merge_all.html")
    assert "../selfcheck/merging.html" in leads("rules/approval_route.html")
    assert "../selfcheck/change.html" in leads("rules/self_adjustment.html")
    assert "../selfcheck/acceptance.html" in leads("stages/acceptance.html")
    assert "scope.html" in leads("selfcheck/merging.html")


def test_what_a_page_loads_is_light(guide: Guide) -> None:
    for topic in guide.edition.selfchecks:
        page = guide.site / "selfcheck" / f"{topic}.html"
        assert page.stat().st_size < 40 * 1024
        assert (guide.site / "assets" / "topics" / f"{topic}.js").stat().st_size < 40 * 1024
    assert all(
        b"assets/rules.js" not in (guide.site / each).read_bytes() for each in ("index.html",)
    )


STATES = [
    ("merging", "depth_reached=no&total_investment=300&listed_in_planning=no"),
    ("change", "-view=form&prior_adjustments=,10,x&adjust_amount=%E7%BA%A6300&adjust_reason=zz"),
    ("acceptance", "built_on=2024-07-01&secret=yes&-day=2025-01-02"),
    ("operation_money", "netsec_ok=no&-view=form"),
]
AXE = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}}, preload: false,
})).violations.map((rule) => [rule.id, ...rule.nodes.map((node) => node.html)])"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("topic", "fragment"), STATES)
def test_axe_finds_nothing_wherever_somebody_has_got_to(
    topic: str,
    fragment: str,
    scheme: Literal["light", "dark"],
    qidong: Guide,
    browser: Browser,
) -> None:
    with topic_page(qidong, browser, topic, fragment) as visit:
        visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        visit.page.evaluate(AXE_SCRIPT)
        assert visit.page.evaluate(AXE) == []
