"""The site as people open it: on a server, below a prefix, from a folder; without scripts too."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import pytest

from tests.guide.conftest import Guide
from tests.support.browser import Browser, served

PLACES = ["server", "prefix", "folder"]


def opened(guide: Guide, place: str) -> AbstractContextManager[str]:
    """The address of the site's root."""
    if place == "folder":
        return nullcontext(guide.site.as_uri() + "/")
    return served(guide.site, prefix="/" if place == "server" else "/affairs/guide/")


@pytest.mark.parametrize("place", PLACES)
def test_every_page_opens_without_an_error_a_foreign_request_or_scrolling_sideways(
    guide: Guide, place: str, browser: Browser
) -> None:
    with opened(guide, place) as root, browser.visit(root + "index.html", width=360) as visit:
        dialogs: list[str] = []
        visit.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        wide = []
        # Elsewhere than on a server nothing differs from page to page but how deep it stands.
        for page in guide.pages if place == "server" else guide.kinds:
            visit.page.goto(root + page, wait_until="load")
            if visit.scrolls_sideways():
                wide.append(page)
        assert visit.errors == []
        assert visit.foreign_requests() == []
        assert all(url.startswith((root, "data:")) for url in visit.requests)
        assert (wide, dialogs) == ([], [])


@pytest.mark.parametrize(
    "page",
    [
        "index.html",
        "articles/art29.html",
        "rules/index.html",
        "roles/index.html",
        "roles/construction_unit/approval.html",
        "stages/approval.html",
        "terms.html",
    ],
)
def test_the_text_can_be_read_without_scripts(page: str, qidong: Guide, browser: Browser) -> None:
    address = qidong.site.as_uri() + "/" + page
    with browser.visit(address, width=360, javascript=False) as visit:
        assert visit.page.locator("h1").is_visible()
        assert len(visit.page.locator("article").inner_text()) > 300
        assert visit.errors == []


def test_an_address_with_an_anchor_shows_the_place(qidong: Guide, browser: Browser) -> None:
    address = qidong.site.as_uri() + "/articles/art15.html#art15-i6"
    with browser.visit(address, height=700) as visit:
        box = visit.page.locator("#art15-i6 .line").first.bounding_box()
        header = visit.page.locator("header").bounding_box()
        assert box is not None and header is not None
        assert header["y"] + header["height"] <= box["y"] < 700


def test_the_colours_follow_the_readers_choice(qidong: Guide, browser: Browser) -> None:
    shade = "getComputedStyle(document.body).backgroundColor"
    with browser.visit(qidong.site.as_uri() + "/index.html") as visit:
        assert visit.page.evaluate(shade) == "rgb(255, 255, 255)"
        visit.page.emulate_media(color_scheme="dark")
        visit.page.wait_for_function(f"{shade} === 'rgb(22, 27, 34)'")
        visit.page.emulate_media(color_scheme="dark", media="print")
        assert visit.page.evaluate("getComputedStyle(document.querySelector('h2')).color") == (
            "rgb(0, 0, 0)"
        )


@pytest.mark.parametrize(
    "wrong", ["nope.html", "articles/nope.html", "roles/a/b", "rules/nope.html"]
)
@pytest.mark.parametrize("prefix", ["/", "/affairs/guide/"])
def test_a_wrong_address_leads_home(
    wrong: str, prefix: str, qidong: Guide, browser: Browser
) -> None:
    with served(qidong.site, prefix=prefix) as root, browser.visit(root + wrong) as visit:
        visit.page.wait_for_function("document.styleSheets.length === 1")
        # The wrong address itself is the only thing that is missing.
        assert [each for each in visit.errors if each.startswith("404")] == [f"404: {root}{wrong}"]
        assert visit.foreign_requests() == []
        visit.page.get_by_role("link", name="首页").click()
        assert visit.page.url == root + "index.html"
