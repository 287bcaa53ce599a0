"""The guide by keys alone: one sees where one is, gets everywhere, and is held nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.guide.conftest import Guide
from tests.support.browser import Browser

# What has the focus: whether one sees it, all of it or its beginning, and a ring around it.
FOCUS = """() => {
  const each = document.activeElement;
  if (!each || each === document.body) return null;
  const box = each.getBoundingClientRect();
  const style = getComputedStyle(each);
  // The first line of a link that is broken into several.
  const first = each.getClientRects()[0] || box;
  const [x, y] = [first.x + first.width / 2, first.y + first.height / 2];
  const top = document.elementFromPoint(x, y);
  return {
    name: (each.getAttribute('aria-label') || each.textContent || each.name).trim().slice(0, 20),
    tag: each.tagName,
    shown: box.width > 0 && box.height > 0 && y >= 0 && y <= innerHeight && x >= 0
      && x <= innerWidth && Boolean(top) && (each.contains(top) || top.contains(each)),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  };
}"""
MOST = 400


def focus(page: Page) -> dict[str, Any] | None:
    found: dict[str, Any] | None = page.evaluate(FOCUS)
    return found


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("page", ["index.html", "articles/art9.html"])
def test_tab_goes_through_the_whole_page_in_sight(
    page: str, large: bool, width: int, qidong: Guide, browser: Browser
) -> None:
    with browser.visit(f"{qidong.site.as_uri()}/{page}", width=width) as visit:
        visit.page.emulate_media(reduced_motion="reduce")
        if large:
            visit.page.get_by_role("button", name="长者版").click()
            visit.page.reload()
        seen, faults = [], []
        for _ in range(MOST):
            visit.page.keyboard.press("Tab")
            here = focus(visit.page)
            if here is None:
                break
            seen.append(here["name"])
            if not here["shown"] or not here["ring"]:
                faults.append(here)
        else:
            pytest.fail(f"Tab never leaves the page: {seen[-5:]}")
        assert faults == []
        assert seen[0] == "跳到正文"
        links = visit.page.locator("article a:visible").count()
        assert len(seen) > links


def test_the_skip_link_leads_to_the_text(qidong: Guide, browser: Browser) -> None:
    with browser.visit(qidong.site.as_uri() + "/articles/art9.html") as visit:
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Enter")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("Boolean(document.activeElement.closest('article'))")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_opens_and_closes_by_keys(key: str, qidong: Guide, browser: Browser) -> None:
    with browser.visit(qidong.site.as_uri() + "/articles/art9.html", width=360) as visit:
        page = visit.page
        page.emulate_media(reduced_motion="reduce")
        button = page.get_by_role("button", name="导航")
        entry = page.locator("#menu").get_by_role("link", name="第九条", exact=True)
        assert button.get_attribute("aria-expanded") == "false"
        assert not entry.is_visible()
        button.focus()
        page.keyboard.press(key)
        page.wait_for_function("document.activeElement.matches('#menu [aria-current]')")
        assert button.get_attribute("aria-expanded") == "true"
        assert entry.is_visible()
        here = focus(page)
        assert here is not None and here["shown"] and here["ring"] and here["name"] == "第九条"
        page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
        assert page.evaluate("document.activeElement.matches('.menu')")
        assert not entry.is_visible()


def test_the_menu_holds_nobody(qidong: Guide, browser: Browser) -> None:
    with browser.visit(qidong.site.as_uri() + "/articles/art9.html", width=360) as visit:
        page = visit.page
        page.emulate_media(reduced_motion="reduce")
        page.get_by_role("button", name="导航").press("Enter")
        page.wait_for_function("document.activeElement.matches('#menu *')")
        for _ in range(MOST):
            page.keyboard.press("Tab")
            if not page.evaluate("Boolean(document.activeElement.closest('#menu'))"):
                break
        else:
            pytest.fail("Tab never leaves the menu")
        assert not page.locator("#menu").is_visible()
        here = focus(page)
        assert here is not None and here["shown"]


def test_the_menu_shows_the_contents_of_the_page(qidong: Guide, browser: Browser) -> None:
    with browser.visit(qidong.site.as_uri() + "/articles/art29.html", width=360) as visit:
        page = visit.page
        page.emulate_media(reduced_motion="reduce")
        page.get_by_role("button", name="导航").press("Enter")
        menu = page.locator("#menu")
        menu.get_by_text("本页内容").press("Enter")
        menu.get_by_role("link", name="规则与判定", exact=True).first.click()
        assert page.url.endswith("/articles/art29.html#article-rules")
