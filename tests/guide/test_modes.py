"""What a reader chooses, large type and colours, and what comes out of a printer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.guide.conftest import Guide
from tests.support.browser import Browser, served

PRESSED = "document.querySelector('.mode[aria-pressed]').getAttribute('aria-pressed')"
SIZE = "parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)"
# Colours of words and of what is behind them, as a printer with grounds switched on has them; but
# for the bars of the time line, which are drawn with grounds.
SHADES = """() => {
  const words = new Set(), grounds = new Set();
  for (const each of document.querySelectorAll('main :not(.part)')) {
    if (!each.checkVisibility()) continue;
    const style = getComputedStyle(each);
    words.add(style.color);
    grounds.add(style.backgroundColor);
  }
  return [[...words], [...grounds]];
}"""


def large_type(page: Page) -> bool:
    return page.evaluate(PRESSED) == "true"  # type: ignore[no-any-return]


def test_large_type_stays_from_page_to_page(qidong: Guide, browser: Browser) -> None:
    with served(qidong.site) as root, browser.visit(root + "articles/art9.html") as visit:
        page = visit.page
        small = page.evaluate(SIZE)
        button = page.get_by_role("button", name="长者版")
        button.focus()
        page.keyboard.press("Enter")
        assert large_type(page)
        assert page.evaluate(SIZE) >= 1.4 * small
        for address in ("index.html", "roles/index.html", "roles/no-such-page.html"):
            page.goto(root + address)
            page.wait_for_function(f"Boolean(document.querySelector('.mode')) && {PRESSED}")
            assert large_type(page), address
        page.get_by_role("button", name="长者版").click()
        page.goto(root + "articles/art9.html")
        assert not large_type(page)
        assert page.evaluate(SIZE) == small


def test_large_type_needs_no_server(qidong: Guide, browser: Browser) -> None:
    with browser.visit(qidong.site.as_uri() + "/articles/art9.html", width=360) as visit:
        visit.page.get_by_role("button", name="长者版").click()
        visit.page.goto(qidong.site.as_uri() + "/help.html")
        assert large_type(visit.page)
        assert not visit.scrolls_sideways()
        assert visit.errors == []


@pytest.mark.parametrize("refusal", ["getItem", "localStorage"])
def test_where_nothing_may_be_stored_the_choice_holds_for_the_page(
    refusal: str, qidong: Guide, browser: Browser
) -> None:
    refuse = {
        "getItem": "Storage.prototype.getItem = Storage.prototype.setItem = "
        "() => { throw new DOMException('no', 'SecurityError'); }",
        "localStorage": "Object.defineProperty(window, 'localStorage', "
        "{get() { throw new DOMException('no', 'SecurityError'); }})",
    }
    with served(qidong.site) as root, browser.visit(root + "index.html") as visit:
        visit.page.add_init_script(refuse[refusal])
        visit.page.goto(root + "help.html")
        visit.page.get_by_role("button", name="长者版").click()
        assert large_type(visit.page)
        visit.page.get_by_role("button", name="配色：随系统").click()
        visit.page.get_by_role("button", name="配色：浅色").click()
        assert visit.page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        assert visit.errors == []


def test_without_scripts_there_is_no_button_that_does_nothing(
    qidong: Guide, browser: Browser
) -> None:
    address = qidong.site.as_uri() + "/index.html"
    with browser.visit(address, javascript=False) as visit:
        assert visit.page.get_by_role("button").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "page", ["index.html", "articles/art29.html", "stages/index.html", "supervision.html"]
)
def test_paper_is_black_on_white_even_when_the_screen_is_dark(
    page: str, width: int, qidong: Guide, browser: Browser
) -> None:
    with browser.visit(f"{qidong.site.as_uri()}/{page}", width=width) as visit:
        visit.page.get_by_role("button", name="长者版").click()
        visit.page.emulate_media(color_scheme="dark", media="print", reduced_motion="reduce")
        words, grounds = visit.page.evaluate(SHADES)
        # Black, and a dark grey for what stands back.
        assert set(words) <= {"rgb(0, 0, 0)", "rgb(51, 51, 51)"}
        assert set(grounds) <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}


def test_on_paper_stands_the_text_unfolded_and_where_it_comes_from(
    qidong: Guide, browser: Browser
) -> None:
    with served(qidong.site) as root, browser.visit(root + "articles/art29.html") as visit:
        page = visit.page
        folded = page.locator("details.used-terms")
        assert folded.evaluate("each => each.open") is False
        assert not page.locator(".printed").is_visible()
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert folded.locator(".definition").first.is_visible()
        for chrome in ("header", ".md-tabs", ".md-path", ".md-sidebar--primary", ".turn"):
            assert not page.locator(chrome).first.is_visible(), chrome
        foot = page.locator(".printed").inner_text()
        assert f"{root}articles/art29.html" in foot
        assert qidong.edition.id in foot
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert folded.evaluate("each => each.open") is False


def test_what_is_folded_is_printed_without_a_script_too(qidong: Guide, browser: Browser) -> None:
    address = qidong.site.as_uri() + "/articles/art29.html"
    with browser.visit(address, javascript=False) as visit:
        visit.page.emulate_media(media="print")
        # A page without scripts cannot be asked; its words as printed can.
        assert "条文原文" in visit.page.locator("article").inner_text()
        assert visit.page.locator("details.used-terms .definition").first.is_visible()


def test_paper_is_a4(qidong: Guide, browser: Browser) -> None:
    with browser.visit(qidong.site.as_uri() + "/parameters.html") as visit:
        printed = visit.page.pdf(prefer_css_page_size=True)
    sizes = {
        tuple(round(float(each)) for each in box.split())
        for box in re.findall(rb"/MediaBox\s*\[([\d. ]+)\]", printed)
    }
    assert sizes == {(0, 0, 595, 842)}
