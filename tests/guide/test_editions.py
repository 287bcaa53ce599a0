"""Every edition keeps an address of its own, and no page grows with the regulation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from generator.building import Places, build
from generator.guide.site import build_site
from generator.guide.tree import guide_tree
from generator.model.anchors import Anchor, to_chinese
from generator.model.edition import Edition
from generator.model.provisions import Article, Chapter, Item, Paragraph, RegulationText
from tests.guide.conftest import Guide
from tests.guide.html_page import blank_free, read_page
from tests.support.browser import Browser, served
from tests.support.regulation import ROOT

KIB = 1024


def dead_links(site: Path, folder: str = "") -> Iterator[str]:
    """Links on pages below a folder that lead to no file, or to no place of a page."""
    ids: dict[str, set[str]] = {}
    for file in sorted((site / folder).rglob("*.html")):
        name = file.relative_to(site).as_posix()
        page = read_page(file)
        found = [each.attributes.get(key) for each in page.of() for key in ("href", "src")]
        for address in found:
            if not address or address.startswith("data:"):
                continue
            path, _, place = unquote(urljoin(f"http://x/{name}", address)).partition("#")
            target = path.removeprefix("http://x/")
            if not (site / target).is_file():
                yield f"{name}: {address}"
            elif place and target.endswith(".html"):
                if target not in ids:
                    ids[target] = {each.id for each in read_page(site / target).of()}
                if place not in ids[target]:
                    yield f"{name}: {address}"


# The address of the edition in force -------------------------------------------------------------


def test_what_people_cite_stands_at_the_editions_address_too(guide: Guide) -> None:
    own = guide.site / "editions" / guide.edition.id
    found = {file.relative_to(own).as_posix() for file in own.rglob("*.html")}
    about = {"data.html", "downloads.html", "help.html", "revisions.html", "search.html"}
    assert found == {
        page
        for page in guide.pages
        if page not in about and not page.startswith(("examples/", "selfcheck/"))
    }
    for name in guide.kinds:
        if name in found:
            here, there = (read_page(each / name) for each in (own, guide.site))
            ids = [[each.id for each in page.of() if each.id] for page in (here, there)]
            assert ids[0] == ids[1]
            assert blank_free(here.words()) == blank_free(there.words())


def test_no_link_at_the_editions_address_is_dead(guide: Guide) -> None:
    assert list(dead_links(guide.site, "editions")) == []


def test_links_stay_in_the_edition_where_it_has_the_page(qidong: Guide) -> None:
    own = qidong.site / "editions" / "qidong-2022" / "articles"
    links = {each.attributes.get("href", "") for each in read_page(own / "art9.html").of("a")}
    assert "art8.html#art8-i2" in links and "../readings.html#AM01" in links
    assert "../../../downloads.html" in links
    assert not [each for each in links if each.startswith("../../../articles")]


def test_nothing_but_pages_is_there_twice(guide: Guide) -> None:
    folder = guide.site / "editions"
    assert {file.suffix for file in folder.rglob("*") if file.is_file()} == {".html"}


def test_search_machines_are_led_to_the_site_itself(qidong: Guide) -> None:
    page = qidong.site / "editions" / "qidong-2022" / "articles" / "art9.html"
    (canonical,) = read_page(page).of("link", rel="canonical")
    assert canonical.attributes["href"] == "../../../articles/art9.html"
    assert not read_page(qidong.site / "articles" / "art9.html").of("link", rel="canonical")


@pytest.mark.parametrize("prefix", ["/", "/affairs/guide/"])
def test_the_editions_address_opens_without_an_error(
    prefix: str, qidong: Guide, browser: Browser
) -> None:
    own = "editions/qidong-2022/"
    with served(qidong.site, prefix=prefix) as root, browser.visit(root + own) as visit:
        for name in qidong.kinds:
            if (qidong.site / own / name).is_file():
                visit.page.goto(root + own + name)
        visit.page.goto(root + own + "articles/art9.html#art9-i3")
        assert visit.page.locator("#art9-i3").is_visible()
        assert (visit.errors, visit.foreign_requests()) == ([], [])
        visit.page.goto(root + own + "articles/nope.html")
        visit.page.get_by_role("link", name="首页").click()
        assert visit.page.url == root + "index.html"


def test_the_revisions_page_names_the_edition_and_its_address(qidong: Guide) -> None:
    page = read_page(qidong.site / "revisions.html")
    words = blank_free(page.words())
    for stated in (
        "启政办发〔2022〕63号",
        "现有1个版本",
        "成文日期2022年10月12日",
        "施行日期2022年10月12日",
        "有效性现行有效",
        "首次收录，尚无修订",
    ):
        assert stated in words
    assert [each.attributes["href"] for each in page.of("a") if "editions/" in each.words()] == [
        "editions/qidong-2022/index.html"
    ]


# Several editions --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two(yunling: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that shows one edition and has an older one beside it."""
    older = replace(
        yunling.edition,
        id="yunling-2019",
        number="云政办发〔2019〕0号",
        status="repealed",
        effective=yunling.edition.effective.replace(year=2019),
    )
    folder = tmp_path_factory.mktemp("two")
    build(yunling.edition, Places(ROOT, folder), ("guide",), lambda _: None, [older])
    return folder / "site"


def test_each_edition_has_its_own_pages_and_files(two: Path) -> None:
    older = two / "editions" / "yunling-2019"
    assert "云政办发〔2019〕0号" in read_page(older / "index.html").words()
    assert "已废止" in read_page(older / "index.html").words()
    assert "云政办发〔2025〕0号" in read_page(two / "index.html").words()
    for name in ("data/edition.json", "assets/guide.css", "search.html", "examples"):
        assert (older / name).exists()
    assert not (older / "editions").exists() and not (older / "revisions.html").exists()
    page = read_page(older / "articles" / "art4.html")
    assert not page.of("link", rel="canonical")


def test_no_link_of_any_edition_is_dead(two: Path) -> None:
    assert list(dead_links(two)) == []


def test_the_revisions_page_lists_the_newest_first(two: Path) -> None:
    page = read_page(two / "revisions.html")
    assert [each.words() for each in page.of("h2")] == [
        "云政办发〔2025〕0号",
        "云政办发〔2019〕0号",
    ]


# Weight ------------------------------------------------------------------------------------------

TIMES = 10


def shifted(anchor: Anchor, by: int) -> Anchor:
    """The same place of an article that many articles further on."""
    article = str(anchor).partition("-")[0]
    number = int(article.removeprefix("art")) + by
    return Anchor.parse(str(anchor).replace(article, f"art{number}", 1))


def copied_item(item: Item, by: int) -> Item:
    anchor = shifted(item.anchor, by)
    items = tuple(copied_item(each, by) for each in item.items)
    return replace(item, anchor=anchor, key=str(anchor), items=items)


def copied_paragraph(paragraph: Paragraph, by: int) -> Paragraph:
    anchor = shifted(paragraph.anchor, by)
    items = tuple(copied_item(each, by) for each in paragraph.items)
    return replace(paragraph, anchor=anchor, key=str(anchor), items=items)


def copied(article: Article, by: int) -> Article:
    anchor = shifted(article.anchor, by)
    return replace(
        article,
        anchor=anchor,
        key=str(anchor),
        label=anchor.citation,
        paragraphs=tuple(copied_paragraph(each, by) for each in article.paragraphs),
    )


def long_chapters(chapters: tuple[Chapter, ...], count: int) -> Iterator[Chapter]:
    """As many chapters, with ten times as many articles each."""
    for chapter in chapters:
        more = (copied(each, n * count) for n in range(1, TIMES) for each in chapter.articles)
        yield replace(chapter, articles=(*chapter.articles, *more))


def many_chapters(chapters: tuple[Chapter, ...], count: int) -> Iterator[Chapter]:
    """Ten times as many chapters."""
    for n in range(TIMES):
        for place, chapter in enumerate(chapters, 1):
            label = f"第{to_chinese(n * len(chapters) + place)}章"
            articles = tuple(copied(each, n * count) for each in chapter.articles)
            yield replace(chapter, label=label, articles=articles if n else chapter.articles)


@pytest.mark.parametrize("lengthened", [long_chapters, many_chapters])
def test_an_article_of_a_tenfold_regulation_weighs_the_same(
    lengthened: object, qidong: Guide, tmp_path: Path
) -> None:
    edition: Edition = qidong.edition
    chapters = tuple(lengthened(edition.text.chapters, 41))  # type: ignore[operator]
    large = replace(edition, text=RegulationText(chapters))
    assert len(large.text.articles) == 410
    site = build_site(ROOT, guide_tree(large), tmp_path, edition.issued)
    for article in edition.text.articles:
        name = f"articles/{article.anchor}.html"
        before, after = (each.joinpath(name).stat().st_size for each in (qidong.site, site))
        # Neighbours and chapters have other names, and there may be two lines of 还有…项 more.
        assert after - before < KIB, (name, before, after)
    # Pages of other kinds know nothing of how many articles there are.
    for name in ("roles/finance_bureau.html", "rules/merge_all.html", "help.html"):
        before, after = (each.joinpath(name).stat().st_size for each in (qidong.site, site))
        assert after - before < KIB, (name, before, after)
    # A copy of an article has nothing of the model to show: it is lighter than its original.
    last = (site / "articles" / "art410.html").stat().st_size
    assert last < (qidong.site / "articles" / "art41.html").stat().st_size + KIB


def test_the_navigation_leads_on_from_a_long_chapter(qidong: Guide) -> None:
    page = read_page(qidong.site / "articles" / "art27.html")
    (drawer,) = [each for each in page.of("nav") if "md-nav--primary" in each.classes]
    links = {each.words(): each.attributes["href"] for each in drawer.of("a")}
    # 第四章 has articles 18 to 34: 24 to 30 are shown, six stand before and four after.
    assert links["前面还有6项"] == links["后面还有4项"] == "index.html"
    assert "第二十四条" in links and "第三十条" in links
    assert "第二十三条" not in links and "第三十一条" not in links
