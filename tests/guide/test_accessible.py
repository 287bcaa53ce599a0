"""Each kind of page under axe-core: light, dark and in large type, at three widths.

All under the policy that servers send; and what axe does not measure.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.guide.conftest import Guide
from tests.guide.kinds import ADDRESSES, stray_kinds
from tests.support.browser import Browser, Visit, served

WIDTHS = (360, 768, 1440)
MODES = ("light", "dark", "large")
# A page is laid out anew between the three widths; dark or large, the outer two show it all.
WIDTHS_OF = {"light": WIDTHS, "dark": (360, 1440), "large": (360, 1440)}
# All that axe has for WCAG 2.2 AA and its own good practice; target sizes must be asked for.
OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# Words that are shown, with the size of their type, where that is under a limit.
SMALL_TYPE = """(limit) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim();
    const holder = walker.currentNode.parentElement;
    if (!words || !holder.checkVisibility({visibilityProperty: true})) continue;
    const box = holder.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(holder).fontSize);
    if (box.width > 1 && box.height > 1 && size < limit) found.push([size, words.slice(0, 20)]);
  }
  return found;
}"""
LARGE = 20


def violations(page: Page) -> list[str]:
    """What axe finds on a page as it is now, a line each."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(
        "async (options) => (await axe.run(document, options)).violations", OPTIONS
    )
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def set_mode(visit: Visit, mode: str) -> None:
    """As readers do: the system's colours, the button for large type."""
    visit.page.emulate_media(
        color_scheme="dark" if mode == "dark" else "light", reduced_motion="reduce"
    )
    button = visit.page.get_by_role("button", name="长者版")
    if (button.get_attribute("aria-pressed") == "true") != (mode == "large"):
        button.click()
    assert button.get_attribute("aria-pressed") == ("true" if mode == "large" else "false")


def set_width(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})


def test_every_kind_of_page_is_looked_at(qidong: Guide) -> None:
    assert stray_kinds(qidong.edition) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_is_shut_out(address: str, qidong: Guide, browser: Browser) -> None:
    with served(qidong.site) as root, browser.visit(root + address) as visit:
        faults = []
        for mode in MODES:
            set_mode(visit, mode)
            for width in WIDTHS_OF[mode]:
                set_width(visit, width)
                seen = violations(visit.page)
                if visit.scrolls_sideways():
                    seen.append("scrolls sideways")
                if mode == "large":
                    seen += [f"small: {each}" for each in visit.page.evaluate(SMALL_TYPE, LARGE)]
                faults += [f"{mode} {width}: {each}" for each in seen]
        assert "\n".join(faults) == ""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("mode", MODES)
def test_nobody_is_shut_out_of_what_opens(
    mode: str, width: int, qidong: Guide, browser: Browser
) -> None:
    """The menu, the search, what is folded."""
    address = "articles/art29.html"
    with served(qidong.site) as root, browser.visit(root + address, width=width) as visit:
        page = visit.page
        set_mode(visit, mode)
        page.locator("article summary").first.click()
        if width < 1220:
            page.get_by_role("button", name="导航").click()
            page.locator(".md-sidebar--primary").get_by_role("link", name="首页").wait_for()
            page.wait_for_timeout(400)  # until it has slid in
            assert violations(page) == []
            page.keyboard.press("Escape")
            page.wait_for_timeout(400)
        page.keyboard.press("Control+k")
        page.keyboard.insert_text("验收")
        page.locator(".search-list .hit").first.wait_for()
        assert violations(page) == []
        assert not visit.scrolls_sideways()
