"""The button that copies a citation with its words; and the lanes as a reader meets them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.guide.conftest import Guide
from tests.support.browser import Browser, served

# 第九条第（三）项, as the issued text has it.
CITED = (
    "《启东市政务信息化项目管理办法》（启政办发〔2022〕63号）第九条第（三）项："
    "（三）总投资在300万元及以下的。"
)
BUTTON = "复制第九条第（三）项的引用和原文"


def pasted(page: Page) -> str:
    """What the clipboard holds, as a person finds out."""
    page.evaluate(
        "() => { const field = document.createElement('textarea'); field.id = 'paste';"
        "document.body.append(field); field.focus(); }"
    )
    page.keyboard.press("Control+V")
    return page.locator("#paste").input_value()


@pytest.mark.parametrize("clipboard", [True, False], ids=["clipboard", "without"])
@pytest.mark.parametrize("place", ["server", "folder"])
def test_a_citation_is_copied_with_its_words_by_keyboard(
    clipboard: bool, place: str, qidong: Guide, browser: Browser
) -> None:
    with served(qidong.site) as server:
        root = server if place == "server" else qidong.site.as_uri() + "/"
        with browser.visit(root + "index.html") as visit:
            page = visit.page
            if clipboard and place == "server":
                page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            if not clipboard:
                page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: null})")
            page.goto(root + "articles/art9.html")
            button = page.get_by_role("button", name=BUTTON)
            button.focus()
            page.keyboard.press("Enter")
            page.wait_for_function("document.querySelector('.copy-status').textContent !== ''")
            assert page.locator(".copy-status").inner_text() == (
                "已复制第九条第（三）项的引用和原文"
            )
            assert button.inner_text() == "已复制"
            assert page.evaluate("document.activeElement.matches('.copy')")
            assert pasted(page) == CITED
            assert visit.errors == []
            assert visit.foreign_requests() == []


def test_every_citation_of_an_article_has_a_button_and_no_other_page_has_any(
    qidong: Guide, browser: Browser
) -> None:
    with served(qidong.site) as root, browser.visit(root + "articles/art9.html") as visit:
        buttons = visit.page.locator(".copy")
        # 第九条, 第（一）项至第（三）项.
        assert buttons.count() == 4
        for box in (each.bounding_box() for each in buttons.all()):
            assert box is not None
            assert min(box["width"], box["height"]) >= 24
        for other in ("articles/full.html", "index.html", "stages/index.html"):
            visit.page.goto(root + other)
            assert visit.page.locator(".copy").count() == 0


def test_without_scripts_there_is_no_button(qidong: Guide, browser: Browser) -> None:
    address = qidong.site.as_uri() + "/articles/art9.html"
    with browser.visit(address, javascript=False) as visit:
        assert visit.page.locator(".copy").count() == 0
        assert visit.page.locator(".law .cite").count() == 4


def test_terms_open_without_scripts(qidong: Guide, browser: Browser) -> None:
    address = qidong.site.as_uri() + "/articles/art2.html"
    with browser.visit(address, javascript=False) as visit:
        definition = visit.page.locator(".used-terms .definition").first
        assert not definition.is_visible()
        visit.page.locator(".used-terms summary").click()
        assert definition.is_visible()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_lanes_are_a_list_on_small_screens_and_a_grid_on_wide_ones(
    width: int, qidong: Guide, browser: Browser
) -> None:
    address = qidong.site.as_uri() + "/stages/index.html"
    with browser.visit(address, width=width) as visit:
        page = visit.page
        assert not visit.scrolls_sideways()
        wide = width > 1000
        assert page.locator(".lane-name").first.is_visible() == wide
        # Who acts stands beside the step on a small screen, at the left of its row on a wide one.
        step = page.get_by_role("link", name="审批", exact=True)
        box = step.bounding_box()
        assert box is not None
        if wide:
            organ = page.locator(".lane-name", has_text="市行政审批局").bounding_box()
            stage = page.get_by_role("heading", name="编报与审批").bounding_box()
            assert organ is not None and stage is not None
            assert organ["y"] <= box["y"] < organ["y"] + organ["height"]
            assert stage["x"] <= box["x"] < stage["x"] + stage["width"]
        else:
            cell = page.locator(".lane-cell", has=step)
            assert cell.locator(".lane-who").inner_text() == "市行政审批局"
            assert cell.locator(".lane-who").is_visible()


def test_three_ways_in_take_a_screen_and_a_half_of_a_phone(qidong: Guide, browser: Browser) -> None:
    with browser.visit(qidong.site.as_uri() + "/index.html", width=360, height=800) as visit:
        ways = visit.page.locator(".way")
        assert ways.count() == 3
        box = ways.last.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 1.5 * 800
