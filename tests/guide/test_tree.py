"""The tree is plain Markdown, complete, neutral of any regulation, and the same each time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
import yaml

from generator.guide.downloads import Download
from generator.guide.site import SiteError, build_site
from generator.guide.tree import guide_tree
from generator.model.edition import Edition
from tests.guide.conftest import Guide
from tests.guide.html_page import Element, read_page
from tests.support.regulation import FICTITIOUS_DATA, QIDONG, ROOT

KIB = 1024


def test_the_navigation_leads_to_every_page_but_examples_and_search(guide: Guide) -> None:
    def paths(entry: object) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        inner = entry.values() if isinstance(entry, dict) else entry
        return [path for each in inner for path in paths(each)]  # type: ignore[attr-defined]

    settings = yaml.safe_load(guide.tree["nav.yml"])
    led = {f"docs/{path}" for path in paths(settings["nav"])}
    pages = {path for path in guide.tree if path.endswith(".md")}
    # To the search leads the head of each page.
    apart = ("docs/examples/", "docs/search.md")
    assert led == {path for path in pages if not path.startswith(apart)}


def test_the_navigation_writes_out_only_what_one_reads(qidong: Guide) -> None:
    def single(name: str) -> set[str]:
        """Pages of single articles, rules, papers, roles and stages that the navigation names."""
        page = read_page(qidong.site / name)
        places = [
            urljoin(f"/{name}", link.attributes["href"]).partition("#")[0]
            for navigation in page.of("nav")
            for link in navigation.of("a")
        ]
        return {each for each in places if each.count("/") > 1 and not each.endswith("/index.html")}

    assert len(single("help.html")) < 5
    rule = single("rules/merge_all.html")
    assert "/rules/merge_two.html" in rule
    assert not [each for each in rule if each.startswith("/papers/")][1:]
    # A chapter shut is one link: 第五章 has several rules.
    assert len([each for each in rule if each.startswith("/rules/")]) < len(qidong.edition.rules)


def test_every_page_of_the_tree_becomes_a_page_of_the_site(guide: Guide) -> None:
    written = {
        path.removeprefix("docs/").removesuffix(".md") + ".html"
        for path in guide.tree
        if path.endswith(".md")
    }
    assert set(guide.pages) == written


def test_addresses_are_ascii(guide: Guide) -> None:
    assert all(page.isascii() for page in guide.pages)


def test_every_link_leads_to_a_page_and_a_place_that_exist(guide: Guide) -> None:
    pages = {name: read_page(guide.site / name) for name in guide.pages}
    ids = {name: {each.id for each in page.of() if each.id} for name, page in pages.items()}
    for name, page in pages.items():
        for address in links(page):
            if address.startswith("data:"):
                continue
            target, _, place = unquote(urljoin(f"http://x/{name}", address)).partition("#")
            file = target.removeprefix("http://x/") or "index.html"
            assert (guide.site / file).is_file(), f"{name} leads to {address}"
            if place and file in ids:
                assert place in ids[file], f"{name} leads to {address}"


def links(page: Element) -> list[str]:
    """All addresses that a page names."""
    found = [each.attributes.get(name) for each in page.of() for name in ("href", "src")]
    return [address for address in found if address]


def test_ids_are_single_and_none_is_made_up(guide: Guide) -> None:
    for name in guide.pages:
        page = read_page(guide.site / name)
        ids = [each.id for each in page.of() if each.id]
        assert len(ids) == len(set(ids)), name
        for level in ("h1", "h2", "h3"):
            assert all(each.id and not each.id.startswith("_") for each in page.of(level)), name


def test_no_page_carries_a_style_of_its_own(guide: Guide) -> None:
    for name in guide.pages:
        page = read_page(guide.site / name)
        assert not page.of("style"), name
        assert not [each for each in page.walk() if "style" in each.attributes], name


def test_pages_and_site_stay_light(guide: Guide) -> None:
    sizes = {name: (guide.site / name).stat().st_size for name in guide.pages}
    heavy = {name: size for name, size in sizes.items() if size > 80 * KIB}
    whole = sum(file.stat().st_size for file in guide.site.rglob("*") if file.is_file())
    assert heavy == {}
    # The editions at their own addresses are in it, the workbooks are not: they take 0.9 MB.
    assert whole < (12 - 1) * KIB * KIB


def test_the_pages_of_a_role_stay_light_with_twice_as_many_duties(
    guide: Guide, tmp_path: Path
) -> None:
    duties = dict(guide.edition.duties)
    duties |= {f"{id}_again": replace(each, id=f"{id}_again") for id, each in duties.items()}
    tree = guide_tree(replace(guide.edition, duties=duties))
    site = build_site(ROOT, tree, tmp_path, guide.edition.issued)
    sizes = {file: file.stat().st_size for file in (site / "roles").rglob("*.html")}
    assert len(sizes) > len(guide.edition.roles)
    assert not [file.name for file, size in sizes.items() if size > 80 * KIB]


def test_what_a_regulation_does_not_have_gets_no_page(yunling: Guide, tmp_path: Path) -> None:
    edition = replace(yunling.edition, stages={}, terms={}, left_open={})
    tree = guide_tree(edition)
    pages = [path for path in tree if path.endswith(".md")]
    assert not [path for path in pages if "stages/" in path or "terms" in path]
    site = build_site(ROOT, tree, tmp_path, edition.issued)
    words = read_page(site / "index.html").words()
    assert "按阶段办" not in words and "术语" not in words
    assert "条文没有写明日期" not in read_page(site / "deadlines.html").words()


def test_blank_lines_of_the_theme_are_left_out_but_no_word(guide: Guide) -> None:
    for name in guide.kinds:
        text = (guide.site / name).read_text(encoding="utf-8")
        assert "\n\n" not in text and "\n " not in text, name


# One regulation's words stay out of another's guide ----------------------------------------------


def own_words(edition: Edition, other: Edition) -> set[str]:
    """Names that only this edition has."""
    names = {edition.title, edition.number, edition.issuer, edition.site.name}
    names |= {role.label for role in edition.roles.values()} | set(edition.readings)
    foreign = other.source + "".join(role.label for role in other.roles.values())
    return {name for name in names if len(name) > 3 and name not in foreign}


@pytest.mark.parametrize(("here", "there"), [("qidong", "yunling"), ("yunling", "qidong")])
def test_a_guide_names_nothing_of_another_regulation(
    here: str, there: str, request: pytest.FixtureRequest
) -> None:
    guide: Guide = request.getfixturevalue(here)
    other: Guide = request.getfixturevalue(there)
    names = own_words(other.edition, guide.edition)
    assert names >= {other.edition.title, other.edition.number, other.edition.site.name}
    for file in guide.site.rglob("*"):
        if file.suffix in {".html", ".css", ".js", ".xml"}:
            text = file.read_text(encoding="utf-8")
            assert not [name for name in names if name in text], file.name


def test_templates_pages_and_settings_name_no_regulation(qidong: Guide, yunling: Guide) -> None:
    names = own_words(qidong.edition, yunling.edition) | {"启东", "南通", "指挥中心", "300"}
    files = [ROOT / "mkdocs.yml", *(ROOT / "content").rglob("*")]
    for file in files:
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            assert not [name for name in names if name in text], file.name


# The same bytes, and nothing broken --------------------------------------------------------------

_BUILD = """
import sys
from pathlib import Path
from generator.guide.downloads import Download
from generator.guide.site import build_site
from generator.guide.tree import guide_tree
from generator.model.load import load_edition
edition = load_edition(Path(sys.argv[1]))
tree = guide_tree(edition, (Download("a.xlsx", "a", "a", edition.id, b"a"),))
build_site(Path(sys.argv[2]), tree, Path(sys.argv[3]), edition.issued)
"""


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.mark.parametrize("folder", [QIDONG, FICTITIOUS_DATA / "yunling-2025"])
def test_a_guide_has_the_same_bytes_in_any_zone_locale_and_order(
    folder: Path, tmp_path: Path
) -> None:
    found = []
    for zone, locale, seed in (("UTC", "C.UTF-8", "1"), ("Pacific/Kiritimati", "C", "2")):
        staging = tmp_path / seed
        staging.mkdir()
        surroundings = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", _BUILD, str(folder), str(ROOT), str(staging)],
            cwd=ROOT,
            env={**os.environ, **surroundings},
            check=True,
        )
        found.append(_digests(staging / "site"))
    assert found[0] == found[1]
    assert "sitemap.xml.gz" in found[0]


def test_a_dead_link_stops_the_build_and_says_where(yunling: Guide, tmp_path: Path) -> None:
    page = yunling.tree["docs/help.md"] + "\n[甲](articles/art4.md#art4-i9)\n".encode()
    with pytest.raises(SiteError, match=r"(?s)生成网站失败.*help\.md.*art4-i9"):
        build_site(ROOT, {**yunling.tree, "docs/help.md": page}, tmp_path, yunling.edition.issued)


def test_two_files_of_one_name_are_refused(yunling: Guide) -> None:
    twice = Download("a.xlsx", "a", "a", yunling.edition.id, b"a")
    with pytest.raises(ValueError, match=r"docs/downloads/a\.xlsx"):
        guide_tree(yunling.edition, (twice, replace(twice, title="b")))


def test_a_guide_without_downloads_says_that_there_are_none(yunling: Guide) -> None:
    page = guide_tree(yunling.edition)["docs/downloads.md"].decode()
    assert "没有可供下载的文件" in page
