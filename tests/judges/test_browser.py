"""The browser and the server that the tests of the guide read it with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.browser import Browser, served

PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>指南</title>
<p id="law">第九条</p><script src="site.js"></script>{more}"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(PAGE.format(more=""), "utf-8")
    (tmp_path / "404.html").write_text(PAGE.format(more="没有这一页"), "utf-8")
    (tmp_path / "site.js").write_text("document.title += '（已运行）'", "utf-8")
    return tmp_path


def test_a_site_is_served_below_a_prefix(browser: Browser, site: Path) -> None:
    with served(site, prefix="/gov/guide/") as address, browser.visit(address) as visit:
        assert visit.page.title() == "指南（已运行）"
        assert visit.errors == []
        assert visit.requests == [address, f"{address}site.js"]


def test_what_is_not_there_gives_the_sites_own_page(browser: Browser, site: Path) -> None:
    with served(site) as address, browser.visit(f"{address}nothing") as visit:
        assert "没有这一页" in visit.page.inner_text("body")
        assert f"404: {address}nothing" in visit.errors


def test_a_page_can_be_read_from_the_disk_without_scripts(browser: Browser, site: Path) -> None:
    with browser.visit((site / "index.html").as_uri(), javascript=False) as visit:
        assert visit.page.title() == "指南"
        assert visit.page.inner_text("#law") == "第九条"
        assert visit.foreign_requests() == []


def test_a_request_that_leaves_the_site_is_noticed(browser: Browser, site: Path) -> None:
    # No server listens at port 9 (discard) of the loopback.
    more = '<script src="http://127.0.0.1:9/elsewhere.js"></script>'
    (site / "index.html").write_text(PAGE.format(more=more), "utf-8")
    with served(site) as address, browser.visit(address) as visit:
        assert visit.foreign_requests() == ["http://127.0.0.1:9/elsewhere.js"]
        assert "failed: http://127.0.0.1:9/elsewhere.js" in visit.errors


def test_errors_of_scripts_are_noticed(browser: Browser, site: Path) -> None:
    (site / "site.js").write_text("nothing.here", "utf-8")
    with served(site) as address, browser.visit(address) as visit:
        assert any(error.startswith("script: ") for error in visit.errors)


def test_headers_of_the_server_are_obeyed(browser: Browser, site: Path) -> None:
    headers = {"Content-Security-Policy": "script-src 'none'"}
    with served(site, headers=headers) as address, browser.visit(address) as visit:
        assert visit.page.title() == "指南"
        assert any("Content Security Policy" in error for error in visit.errors)


@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_have_the_width_asked_for(
    browser: Browser, site: Path, tmp_path: Path, width: int
) -> None:
    with served(site) as address, browser.visit(address) as visit:
        picture = visit.screenshot(tmp_path / "page.png", width).read_bytes()
        assert int.from_bytes(picture[16:20], "big") == width  # the PNG's header
        assert not visit.scrolls_sideways()
