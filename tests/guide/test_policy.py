"""The headers that a server sends with the site: strict, complete, and the same in every form."""

from __future__ import annotations

import base64
import hashlib
import shutil
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from generator.building import Places, build
from generator.guide.security import security_headers, server_files
from tests.guide.conftest import Guide
from tests.support.browser import Browser, served
from tests.support.regulation import ROOT

NAMES = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")


def directives(site: Path) -> dict[str, list[str]]:
    """The policy's directives with their values."""
    policy = security_headers(site)["Content-Security-Policy"]
    return {each.split()[0]: each.split()[1:] for each in policy.split("; ")}


def page_with(folder: Path, body: str) -> Path:
    """A site of one page."""
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(f"<!doctype html><title>x</title>{body}", encoding="utf-8")
    return folder


def test_the_policy_lets_nothing_in_but_the_sites_own_files(guide: Guide) -> None:
    found = directives(guide.site)
    scripts = found.pop("script-src")
    assert found == {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    assert scripts[0] == "'self'"
    assert all(each.startswith("'sha256-") for each in scripts[1:])
    # Only the page for wrong addresses, which can load nothing, has a script in it.
    assert len(scripts) <= 2


def test_scripts_are_allowed_by_what_they_say(tmp_path: Path) -> None:
    site = page_with(
        tmp_path / "site", "<script>\nvar a = 1;\n</script><script src='a.js'></script>"
    )
    digest = base64.b64encode(hashlib.sha256(b"\nvar a = 1;\n").digest()).decode()
    assert directives(site)["script-src"] == ["'self'", f"'sha256-{digest}'"]


@pytest.mark.parametrize("kind", ["application/json", "application/ld+json"])
def test_data_in_a_page_is_no_script(kind: str, tmp_path: Path) -> None:
    site = page_with(tmp_path / "site", f'<script id="x" type="{kind}">{{}}</script>')
    assert directives(site)["script-src"] == ["'self'"]


def test_every_answer_of_the_tests_server_bears_the_headers(qidong: Guide) -> None:
    expected = security_headers(qidong.site)
    assert set(expected) == set(NAMES)
    with served(qidong.site) as root:
        for name in ("index.html", "assets/guide.css", "data/rules.json"):
            with urlopen(root + name) as answer:
                assert {each: answer.headers[each] for each in NAMES} == expected
        with pytest.raises(HTTPError) as missing:
            urlopen(root + "nope.html")
        assert {each: missing.value.headers[each] for each in NAMES} == expected


def test_what_the_build_did_not_write_does_not_run(
    qidong: Guide, browser: Browser, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(qidong.site, site)
    page = site / "help.html"
    foreign = (
        "<script>document.title = 'taken'</script>"
        "<style>h1 { display: none }</style>"
        "<p style='position: fixed' onclick='document.title = 1' id='own'>x</p>"
        "<img src='http://192.0.2.1/x.png'>"
    )
    page.write_text(page.read_text(encoding="utf-8").replace("</article>", foreign + "</article>"))
    with (
        served(site, headers=security_headers(qidong.site)) as root,
        browser.visit(root + "help.html") as visit,
    ):
        visit.page.locator("#own").click()
        assert visit.page.title().startswith("使用说明")
        assert visit.page.locator("h1").is_visible()
        assert visit.page.evaluate("getComputedStyle(own).position") == "static"
        assert len([each for each in visit.errors if "Content Security Policy" in each]) >= 4


def test_the_colours_can_be_chosen_under_the_policy(qidong: Guide, browser: Browser) -> None:
    with served(qidong.site) as root, browser.visit(root + "articles/art9.html") as visit:
        body = visit.page.locator("body")
        seen = []
        for label in ("随系统", "浅色", "深色"):
            button = visit.page.get_by_role("button", name=f"配色：{label}")
            seen.append(body.get_attribute("data-md-color-scheme"))
            if label != "深色":
                button.focus()
                visit.page.keyboard.press("Enter")
        assert seen == ["default", "default", "slate"]
        visit.page.goto(root + "roles/index.html")
        assert body.get_attribute("data-md-color-scheme") == "slate"
        assert visit.errors == []


def test_servers_get_the_same_headers_in_their_own_words() -> None:
    headers = {"A-B": "x 'y'; z", "C": "d"}
    assert server_files(headers) == {
        "headers.txt": b"A-B: x 'y'; z\nC: d\n",
        "nginx.conf": b'add_header A-B "x \'y\'; z" always;\nadd_header C "d" always;\n',
        "apache.conf": b'Header always set A-B "x \'y\'; z"\nHeader always set C "d"\n',
    }


def test_a_build_writes_them_beside_the_pages(yunling: Guide, tmp_path: Path) -> None:
    places = Places(ROOT, tmp_path)
    build(yunling.edition, places, ("guide",), lambda _: None)
    folder = tmp_path / "build" / "guide" / "server"
    written = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert written == server_files(security_headers(places.site))
    # The finished site is published as it is: nothing for servers lies in it.
    assert not list(places.site.rglob("*.conf"))
