"""The guide's search: what the text holds is found and nothing else, as people really search."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from generator.model.anchors import Anchor
from tests.guide.conftest import Guide
from tests.guide.html_page import read_page
from tests.guide.search_oracle import Oracle, fold, records, spellings
from tests.support.browser import Browser, Visit, served

PLACES = ["server", "prefix", "folder"]
LENGTHS = range(2, 9)
FIND = """queries => {
    const index = banfaSearch.prepare(banfaSearchRecords);
    return queries.map((query) => [].concat(...index.find(query).groups.map((it) => it.records)));
}"""


def opened(guide: Guide, place: str) -> AbstractContextManager[str]:
    """The address of the site's root."""
    if place == "folder":
        return nullcontext(guide.site.as_uri() + "/")
    return served(guide.site, prefix="/" if place == "server" else "/affairs/guide/")


@contextmanager
def on_page(
    guide: Guide, browser: Browser, page: str, *, place: str = "folder", width: int = 1280
) -> Iterator[Visit]:
    """A page of the guide; at the end nothing has failed and nothing has left the site."""
    with opened(guide, place) as root, browser.visit(root + page, width=width) as visit:
        yield visit
        assert visit.errors == []
        assert all(url.startswith((root, "data:")) for url in visit.requests)


def answers(
    guide: Guide, browser: Browser, queries: Iterable[str]
) -> dict[str, list[tuple[str, str]]]:
    """What the search finds for each query: address and title, in the order shown."""
    asked = list(dict.fromkeys(queries))
    known = [(each["href"], each["title"]) for each in records(guide)["records"]]
    with on_page(guide, browser, "search.html") as visit:
        visit.page.wait_for_function("window.banfaSearch && window.banfaSearchRecords")
        found = visit.page.evaluate(FIND, asked)
    return {
        query: [known[place] for place in places]
        for query, places in zip(asked, found, strict=True)
    }


def assert_exact(guide: Guide, browser: Browser, queries: Iterable[str]) -> int:
    """Each query finds what the oracle finds, each thing once; how many were asked."""
    oracle = Oracle(guide)
    found = answers(guide, browser, queries)
    for query, keys in found.items():
        assert len(keys) == len(set(keys)), query
        assert set(keys) == oracle.find(query), query
    return len(found)


def runs(text: str, lengths: Iterable[int]) -> Iterator[str]:
    """Runs of some lengths from each sign of a text."""
    for length in lengths:
        for begin in range(len(text) - length + 1):
            yield text[begin : begin + length]


def folded_runs(text: str) -> list[str]:
    """The text's own signs, so that a run crosses its punctuation."""
    signs = fold(text)
    return [signs[at : at + 2 + at % 7] for at in range(max(0, len(signs) - 8))]


# What is found -----------------------------------------------------------------------------------


def test_any_run_of_the_text_finds_the_places_that_hold_it_and_nothing_else(
    guide: Guide, browser: Browser
) -> None:
    oracle = Oracle(guide)
    texts = [words for thing in oracle.places for words in thing.words]
    # Every run of two, three and eight signs, and from each sign one of each other length in turn.
    queries = [run for text in texts for run in runs(text, (2, 3, 8))]
    queries += [text[at : at + LENGTHS[at % 7]] for text in texts for at in range(len(text) - 1)]
    queries += [run for text in texts for run in folded_runs(text)]
    assert assert_exact(guide, browser, queries) > (15_000 if guide.edition.id[0] == "q" else 1_000)


def test_any_run_of_the_words_on_organs_papers_and_terms_finds_them_and_nothing_else(
    guide: Guide, browser: Browser
) -> None:
    oracle = Oracle(guide)
    wanted = ("terms.html", "roles/", "papers/")
    texts = [
        words for thing in oracle.things if thing.key[0].startswith(wanted) for words in thing.words
    ]
    queries = [text[at : at + LENGTHS[at % 7]] for text in texts for at in range(len(text) - 1)]
    labels = [
        each.label
        for them in (guide.edition.terms, guide.edition.roles, guide.edition.papers)
        for each in them.values()
    ]
    queries += labels
    queries += [run for label in labels for run in runs(label, LENGTHS)]
    assert_exact(guide, browser, queries)


def test_of_several_words_all_are_wanted_wherever_they_stand_in_one_thing(
    guide: Guide, browser: Browser
) -> None:
    chance = random.Random(6)
    oracle = Oracle(guide)
    texts = [words for thing in oracle.things for words in thing.words if len(words) > 8]
    queries = []
    for _ in range(3_000):
        # Mostly of one text, which has both; else of two, which few things have.
        one = chance.choice(texts)
        other = chance.choice([one, one, chance.choice(texts)])
        words = []
        for text in (one, other, one)[: chance.choice([2, 2, 3])]:
            length = chance.choice(LENGTHS)
            begin = chance.randrange(max(1, len(text) - length))
            words.append(text[begin : begin + length])
        queries.append(chance.choice([" ", "\u3000", "  "]).join(words))
    assert_exact(guide, browser, queries)


def test_words_in_several_parts_of_an_article_find_the_article(
    qidong: Guide, browser: Browser
) -> None:
    # 合并编报 stands at the head of 第八条 and 第九条, the amounts in their 项.
    found = answers(
        qidong, browser, ["合并编报 总投资 500万元", "初步设计方案 情况紧急", "情况紧急"]
    )
    places = {
        query: [title for href, title in keys if "/art" in href and "duty" not in href]
        for query, keys in found.items()
    }
    assert places["合并编报 总投资 500万元"] == ["第八条"]
    assert places["初步设计方案 情况紧急"] == ["第九条"]
    assert places["情况紧急"] == ["第九条第（二）项"]


def test_every_spelling_of_a_citation_finds_its_place_first(guide: Guide, browser: Browser) -> None:
    oracle = Oracle(guide)
    chance = random.Random(9)
    wanted: dict[str, set[Anchor]] = {}
    for place in guide.edition.text.provisions:
        # Deep places have thousands of spellings.
        ways = list(spellings(guide.edition, place))
        for spelling in chance.sample(ways, min(len(ways), 80)):
            wanted.setdefault(spelling, set()).update(oracle.cited(spelling))
        wanted.setdefault(str(place), set()).add(place)
        wanted.setdefault(str(place).upper().replace("ART", "Art. "), set()).add(place)
    found = answers(guide, browser, wanted)
    in_order = list(guide.edition.text.provisions)
    for spelling, places in wanted.items():
        cited = sorted(places, key=in_order.index)
        addresses = [f"articles/art{each.article}.html#{each}" for each in cited]
        assert [href for href, _ in found[spelling]][: len(addresses)] == addresses, spelling
    # And all else that they find is right, for one spelling in twenty.
    assert_exact(guide, browser, list(wanted)[::20])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("第九条第三项", "art9-i3"),
        ("第九条第（三）项", "art9-i3"),
        ("第九条第(三)项", "art9-i3"),
        ("九条3项", "art9-i3"),
        ("9条", "art9"),
        ("９条", "art9"),
        ("art9", "art9"),
        ("ART9-I3", "art9-i3"),
        ("第9条第3项", "art9-i3"),
        ("第 9 条 第 3 项", "art9-i3"),
        ("第九条　第三项", "art9-i3"),
        ("第九条第一款第三项", "art9-i3"),
        ("28条第二款", "art28-p2"),
        ("第二十八条第2款", "art28-p2"),
        ("第十五条第（二）项第二段", "art15-i2-p2"),
        ("第十一款", None),
        ("第九十九条", None),
        ("二三条", None),
    ],
)
def test_citations_by_hand(query: str, first: str | None, qidong: Guide, browser: Browser) -> None:
    hrefs = [href for href, _ in answers(qidong, browser, [query])[query]]
    if first is None:
        assert not [each for each in hrefs if re.search(r"#art\d", each)]
    else:
        assert hrefs[0].endswith(f"#{first}")


def test_a_citation_with_a_word_finds_the_word_in_that_place_only(
    qidong: Guide, browser: Browser
) -> None:
    keys = answers(qidong, browser, ["第九条 300万"])["第九条 300万"]
    assert keys[0] == ("articles/art9.html#art9-i3", "第九条第（三）项")
    assert not [href for href, _ in keys if href.startswith(("articles/art8", "articles/art24"))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("300万元", "300 万元"),
        ("300万元", "３００万元"),
        ("300万元", "300　万 元"),
        ("10%", "１０％"),
        ("10%", "10 ％"),
        ("国办发〔2019〕57号", "国办发[2019]57号"),
        ("国办发〔2019〕57号", "国办发（2019）５７号"),
        ("am01", "ＡＭ０１"),
        ("部门和单位及区镇", "部门和单位，及区镇"),
        ("项目建议书、可行性研究报告", "项目建议书可行性研究报告"),
        ("“数字政府”建设", "数字政府建设"),
        ("6个月", "6 个月"),
    ],
)
def test_signs_width_case_and_blanks_make_no_difference(
    one: str, other: str, qidong: Guide, browser: Browser
) -> None:
    found = answers(qidong, browser, [one, other])
    assert found[one] and found[one] == found[other]


def test_numbers_do_not_melt_together(qidong: Guide, browser: Browser) -> None:
    found = answers(qidong, browser, ["201957", "2019 57", "，、。", " ", "%%"])
    # 国办发〔2019〕57号 is no 201957.
    assert found["201957"] == [] and found["2019 57"]
    assert found["，、。"] == found[" "] == found["%%"] == []


def test_what_carries_the_name_goes_first(qidong: Guide, browser: Browser) -> None:
    found = answers(qidong, browser, ["市财政局", "竣工验收", "风险评估报告"])
    assert found["市财政局"][0][0] == "roles/finance_bureau.html"
    assert found["竣工验收"][0][1] == "竣工验收"


def test_full_and_half_width_find_the_same(guide: Guide, browser: Browser) -> None:
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
    texts = [words for thing in Oracle(guide).things for words in thing.words]
    narrow = {run for text in texts for run in runs(text, (4,)) if re.search("[!-~]", run)}
    narrow -= {run for run in narrow if "." in run}  # Art. and art．: a sign of English alone.
    found = answers(guide, browser, [*narrow, *(run.translate(wide) for run in narrow)])
    assert len(narrow) > 20
    for run in narrow:
        assert found[run] == found[run.translate(wide)], run


# The records -------------------------------------------------------------------------------------


def test_every_record_leads_to_a_place_that_exists(guide: Guide) -> None:
    ids: dict[str, set[str]] = {}
    for each in records(guide)["records"]:
        page, _, place = each["href"].partition("#")
        if page not in ids:
            ids[page] = {element.id for element in read_page(guide.site / page).of()}
        assert not place or place in ids[page], each["href"]


def test_there_is_a_record_for_each_thing_of_the_edition(guide: Guide) -> None:
    edition = guide.edition
    kinds = [kind["word"] for kind in records(guide)["kinds"]]
    counts = dict.fromkeys(kinds, 0)
    for each in records(guide)["records"]:
        counts[kinds[each["kind"]]] += 1
    chapters = [each for each in edition.text.chapters if each.heading]
    assert counts == {
        "条文": len(edition.text.provisions) + len(chapters),
        "术语": len(edition.terms),
        "角色": len(edition.roles),
        "材料": len(edition.papers),
        "期限": len(edition.deadlines) + len(edition.left_open),
        "规则": len(edition.rules) + len(edition.decisions),
        "数额": len(edition.parameters),
        "阶段": len(edition.stages) + len(edition.steps),
        "职责": len(edition.duties),
        "解读": len(edition.readings),
        "下载": 1,
    }


def test_hostile_labels_end_neither_the_script_nor_the_page(
    yunling: Guide, browser: Browser
) -> None:
    assert not re.search(b"[<>&]|\xe2\x80[\xa8\xa9]", yunling.tree["docs/assets/search-records.js"])
    with on_page(yunling, browser, "search.html?q=alert") as visit:
        dialogs: list[str] = []
        visit.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        visit.page.wait_for_selector("#search-page li")
        words = visit.page.locator("#search-page").inner_text()
        assert "<script>alert(1)</script> ]]> `a` *b* _c_ # d" in words
        assert "公务用车 | {{ evil }}" in words
        assert dialogs == []


# As people search --------------------------------------------------------------------------------


def search(page: Page, words: str) -> None:
    """Types words into the field, key by key, and waits for an answer."""
    page.locator(".search-field").press_sequentially(words)
    page.locator(".search-status", has_text="找到").wait_for(state="attached")


def marked_target(visit: Visit) -> str:
    """The id of the place that the address leads to, which is in sight and stands out."""
    visit.page.locator(":target").wait_for(state="attached")
    return str(
        visit.page.evaluate(
            """() => {
                const target = document.querySelector(":target");
                const box = target.getBoundingClientRect();
                const head = document.querySelector("header").getBoundingClientRect();
                if (box.top < head.bottom || box.top > innerHeight) return "out of sight";
                const ground = getComputedStyle(target).backgroundColor;
                const around = getComputedStyle(target.closest(".law")).backgroundColor;
                return ground === around || ground === "rgba(0, 0, 0, 0)" ? "unmarked" : target.id;
            }"""
        )
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("start", ["index.html", "articles/art9.html", "roles/index.html"])
def test_typing_choosing_by_arrows_and_enter_lead_to_the_place(
    start: str, place: str, qidong: Guide, browser: Browser
) -> None:
    with on_page(qidong, browser, start, place=place) as visit:
        page = visit.page
        assert not [url for url in visit.requests if "search-records" in url]
        page.keyboard.press("Control+k")
        search(page, "9条2项")
        page.keyboard.press("ArrowDown")
        assert page.locator("[role=option][aria-selected=true]").count() == 1
        page.keyboard.press("Enter")
        page.wait_for_url("**/articles/art9.html#art9-i2")
        assert marked_target(visit) == "art9-i2"
        assert not page.locator(".search-panel").is_visible()


def test_arrows_go_round_through_the_field(qidong: Guide, browser: Browser) -> None:
    with on_page(qidong, browser, "index.html") as visit:
        page = visit.page
        page.keyboard.press("/")
        search(page, "延期验收")
        ids = page.locator("[role=option]").evaluate_all("all => all.map((each) => each.id)")
        field = page.locator(".search-field")

        def chosen() -> str | None:
            return field.get_attribute("aria-activedescendant")

        assert chosen() is None
        page.keyboard.press("ArrowUp")
        assert chosen() == ids[-1]
        page.keyboard.press("ArrowDown")
        assert chosen() is None
        for id in ids:
            page.keyboard.press("ArrowDown")
            assert chosen() == id
            assert page.locator(f"#{id}").get_attribute("aria-selected") == "true"
        page.keyboard.press("ArrowDown")
        assert chosen() is None
        # The field keeps the focus and the words all the while.
        assert page.evaluate("document.activeElement.value") == "延期验收"


def test_a_click_leads_there_too_also_on_the_same_page(qidong: Guide, browser: Browser) -> None:
    with on_page(qidong, browser, "articles/art15.html") as visit:
        visit.page.locator(".search-field").click()
        search(visit.page, "十五条六项")
        visit.page.locator("[role=option]").first.click()
        visit.page.wait_for_url("**/articles/art15.html#art15-i6")
        assert marked_target(visit) == "art15-i6"
        assert not visit.page.locator(".search-panel").is_visible()


def test_the_list_says_what_it_is_to_people_who_cannot_see_it(
    qidong: Guide, browser: Browser
) -> None:
    with on_page(qidong, browser, "index.html") as visit:
        page = visit.page
        field = page.get_by_role("combobox", name="搜索全站")
        assert field.get_attribute("aria-expanded") == "false"
        field.focus()
        search(page, "300万")
        assert field.get_attribute("aria-expanded") == "true"
        groups = page.get_by_role("listbox", name="搜索结果").get_by_role("group")
        assert groups.first.get_attribute("aria-labelledby") == "search-group-0"
        assert page.locator("#search-group-0").inner_text().startswith("条文")
        # By hand: 第八条第（二）项, 第九条第（三）项, 第二十四条 have 300万.
        assert "共 3 处" in page.locator("#search-group-0").inner_text()
        assert re.fullmatch(r"找到 \d+ 处", page.locator(".search-status").inner_text())
        marks = groups.first.locator("mark").all_inner_texts()
        assert marks == ["300万", "300万", "300万"]


def test_readings_do_not_look_like_the_text_and_name_who_interprets_it(
    qidong: Guide, browser: Browser
) -> None:
    with on_page(qidong, browser, "search.html?q=300万") as visit:
        visit.page.wait_for_selector("#search-page .hit--gloss")
        reading = visit.page.locator("#search-page .hit--gloss").first
        law = visit.page.locator("#search-page .hit--law").first
        assert "不是条文，以市市域社会治理现代化指挥中心解释意见为准" in reading.inner_text()
        style = "element => getComputedStyle(element).borderLeftStyle"
        assert law.evaluate(style) != reading.evaluate(style)


def test_escape_shuts_the_list_then_clears_the_field_then_leaves_it(
    qidong: Guide, browser: Browser
) -> None:
    with on_page(qidong, browser, "index.html") as visit:
        page = visit.page
        page.keyboard.press("/")
        search(page, "验收")
        page.keyboard.press("Escape")
        assert not page.locator(".search-panel").is_visible()
        assert page.locator(".search-field").input_value() == "验收"
        page.keyboard.press("Escape")
        assert page.locator(".search-field").input_value() == ""
        page.keyboard.press("Escape")
        assert not page.evaluate("document.activeElement.matches('.search-field')")
        # A slash is a slash where one writes.
        page.keyboard.press("Control+k")
        page.keyboard.type("/")
        assert page.locator(".search-field").input_value() == "/"


def test_tab_goes_on_and_shuts_the_list(qidong: Guide, browser: Browser) -> None:
    with on_page(qidong, browser, "index.html") as visit:
        visit.page.keyboard.press("/")
        search(visit.page, "验收")
        visit.page.keyboard.press("Tab")
        assert not visit.page.locator(".search-panel").is_visible()
        assert not visit.page.evaluate("document.activeElement.matches('.search-field')")


def test_the_slash_can_be_turned_off(qidong: Guide, browser: Browser) -> None:
    with on_page(qidong, browser, "search.html", place="server") as visit:
        page = visit.page
        page.get_by_label("按 / 键进入搜索栏").uncheck()
        page.locator("h1").click()
        page.keyboard.press("/")
        assert not page.evaluate("document.activeElement.matches('.search-field')")
        page.reload()
        assert not page.get_by_label("按 / 键进入搜索栏").is_checked()
        page.keyboard.press("Control+k")
        assert page.evaluate("document.activeElement.matches('.search-field')")


@pytest.mark.parametrize("where", [".search-field", "#search-page-field"])
def test_an_input_method_is_answered_when_it_is_done(
    where: str, qidong: Guide, browser: Browser
) -> None:
    with on_page(qidong, browser, "search.html") as visit:
        page = visit.page
        page.wait_for_function("window.banfaSearchRecords")
        page.locator(where).focus()
        keys = page.context.new_cdp_session(page)

        def composed(text: str) -> None:
            keys.send(
                "Input.imeSetComposition",
                {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
            )

        hits = page.locator("[role=option], #search-page li")
        # What stands there while one composes would itself be found.
        for text in ("j", "jun gong", "验收"):
            composed(text)
            assert page.locator(where).input_value() == text
            assert hits.count() == 0
        keys.send("Input.insertText", {"text": "竣工验收"})
        hits.first.wait_for()
        assert page.locator(where).input_value() == "竣工验收"
        assert hits.count() > 3


def test_enter_while_composing_chooses_nothing(qidong: Guide, browser: Browser) -> None:
    with on_page(qidong, browser, "index.html") as visit:
        page = visit.page
        page.keyboard.press("/")
        search(page, "验收")
        page.keyboard.press("ArrowDown")
        stopped = page.locator(".search-field").evaluate(
            """field => {
                const key = { key: "Enter", isComposing: true, bubbles: true, cancelable: true };
                return field.dispatchEvent(new KeyboardEvent("keydown", key));
            }"""
        )
        assert stopped is True
        assert page.url.endswith("index.html")


def test_nothing_found_says_so_and_what_to_try(qidong: Guide, browser: Browser) -> None:
    with on_page(qidong, browser, "articles/art9.html") as visit:
        page = visit.page
        page.keyboard.press("/")
        search(page, "竣工验收申请书")
        assert page.locator(".search-summary").inner_text() == "没有找到“竣工验收申请书”"
        assert page.locator(".search-status").inner_text() == "没有找到“竣工验收申请书”"
        assert page.locator("[role=option]").count() == 0
        links = page.locator(".search-tips a").all_inner_texts()
        assert [each.partition("（")[0] for each in links] == ["竣工验收", "申请"]
        page.locator(".search-tips a").first.click()
        page.wait_for_url("**/search.html?q=*")
        page.wait_for_selector("#search-page li")
        page.goto(f"{page.url.partition('?')[0]}?q=验收 阿司匹林")
        page.wait_for_selector(".search-known a")
        assert [
            e.partition("（")[0] for e in page.locator(".search-known a").all_inner_texts()
        ] == ["验收"]


@pytest.mark.parametrize("place", PLACES)
def test_enter_leads_to_the_page_of_all_results(
    place: str, qidong: Guide, browser: Browser
) -> None:
    with on_page(qidong, browser, "roles/construction_unit.html", place=place) as visit:
        page = visit.page
        page.keyboard.press("Control+k")
        search(page, "财政资金 拨付")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=*")
        page.wait_for_selector("#search-page li")
        expected = Oracle(qidong).find("财政资金 拨付")
        links = page.locator("#search-page li > a")
        hrefs = links.evaluate_all("all => all.map((link) => link.href)")
        root = page.url.partition("search.html")[0]
        assert {each.removeprefix(root) for each in hrefs} == {href for href, _ in expected}
        assert f"找到 {len(expected)} 处" in page.locator("#search-page [role=status]").inner_text()
        assert page.title().startswith("搜索“财政资金 拨付”")
        # The address follows what is typed.
        page.locator("#search-page-field").fill("9条3项")
        page.wait_for_url(lambda url: unquote(url).endswith("/search.html?q=9条3项"))
        links.first.click()
        page.wait_for_url("**/articles/art9.html#art9-i3")
        assert marked_target(visit) == "art9-i3"


def test_the_page_of_results_is_printed_without_its_form(qidong: Guide, browser: Browser) -> None:
    with on_page(qidong, browser, "search.html?q=300万") as visit:
        page = visit.page
        page.wait_for_selector("#search-page li")
        page.emulate_media(media="print")
        assert not page.locator("#search-page-field").is_visible()
        assert not page.locator(".search-help").is_visible()
        assert page.locator("#search-page li").first.is_visible()
        assert "搜索“300万”" in page.locator("#search-page").inner_text()


def test_on_a_telephone_a_button_opens_the_field(qidong: Guide, browser: Browser) -> None:
    with on_page(qidong, browser, "articles/art9.html", width=360) as visit:
        page = visit.page
        button = page.get_by_role("button", name="搜索")
        box = button.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44
        assert not page.locator(".search-field").is_visible()
        button.click()
        assert button.get_attribute("aria-expanded") == "true"
        search(page, "合并编报")
        head, panel = page.locator("form.search").bounding_box(), page.locator(".search-panel")
        assert head and head["x"] == 0 and head["width"] == 360
        assert (panel.bounding_box() or {})["width"] == 360
        assert not visit.scrolls_sideways()
        covered = page.locator(".search-close").evaluate(
            """button => {
                const box = button.getBoundingClientRect();
                const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
                return document.elementFromPoint(x, y) !== button;
            }"""
        )
        assert not covered
        page.locator(".search-close").click()
        assert not page.locator(".search-field").is_visible()
        assert page.evaluate("document.activeElement.matches('button.search-open')")
        button.click()
        page.locator("[role=option]").first.click()
        page.locator(".search--open").wait_for(state="detached")


def test_without_scripts_a_link_leads_to_other_ways(qidong: Guide, browser: Browser) -> None:
    address = qidong.site.as_uri() + "/articles/art9.html"
    with browser.visit(address, width=360, javascript=False) as visit:
        page = visit.page
        assert not page.locator(".search-field").is_visible()
        page.locator("a.search-open").click()
        assert page.url.endswith("/search.html")
        assert "用浏览器的“查找”" in page.locator(".search-plain").inner_text()
        page.locator(".search-plain a").first.click()
        assert page.url.endswith("/articles/full.html")
        assert visit.errors == []


@pytest.mark.parametrize("wrong", ["nope.html", "articles/nope.html", "roles/a/b"])
def test_a_wrong_address_can_be_searched_from(wrong: str, qidong: Guide, browser: Browser) -> None:
    with (
        served(qidong.site, prefix="/affairs/guide/") as root,
        browser.visit(root + wrong) as visit,
    ):
        visit.page.get_by_label("搜索全站").fill("9条3项")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(root + "search.html?q=*")
        visit.page.locator("#search-page li > a").first.click()
        visit.page.wait_for_url(root + "articles/art9.html#art9-i3")
        # The wrong address itself is the only thing that is missing.
        assert [each for each in visit.errors if each.startswith("404")] == [f"404: {root}{wrong}"]
        assert visit.foreign_requests() == []


def test_it_works_under_a_policy_that_allows_no_eval_no_fetch_and_no_other_host(
    qidong: Guide, browser: Browser
) -> None:
    policy = "script-src 'self' 'unsafe-inline'; connect-src 'none'; form-action 'self'"
    headers = {"Content-Security-Policy": policy}
    with (
        served(qidong.site, prefix="/a/", headers=headers) as root,
        browser.visit(root + "articles/art9.html") as visit,
    ):
        visit.page.keyboard.press("/")
        search(visit.page, "验收")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_selector("#search-page li")
        assert visit.errors == []
