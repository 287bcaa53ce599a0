"""The text: the list of articles, the full text, a page an article with all that rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.guide import addresses
from generator.guide.addresses import Links, article_page
from generator.guide.bearings import on_article
from generator.guide.citations import Citations, citations
from generator.guide.pages.page import Page
from generator.guide.views.duties import duty_view
from generator.guide.views.home import home_view
from generator.guide.views.law import ArticleView, article_view
from generator.guide.views.matters import (
    deadline_view,
    open_time_view,
    paper_view,
    parameter_view,
)
from generator.guide.views.readings import reading_view
from generator.guide.views.roles import role_view
from generator.guide.views.rules import decision_view, rule_view
from generator.model.edition import Edition
from generator.model.provisions import Article, Chapter

_OPENING = 42
"""Characters of an article that the list of articles shows."""


@dataclass(frozen=True)
class ChapterView:
    """A chapter with its articles; `heading` is empty in a regulation without chapters."""

    id: str
    heading: str
    articles: tuple[ArticleView, ...]
    openings: tuple[str, ...]


def law_pages(edition: Edition) -> Iterator[Page]:
    """All pages of the text."""
    for path, template in (
        (addresses.ARTICLES, "articles.md.j2"),
        (addresses.FULL_TEXT, "full_text.md.j2"),
    ):
        links = Links(edition, path)
        chapters = [
            _chapter(links, number, each) for number, each in enumerate(edition.text.chapters, 1)
        ]
        yield Page(path, template, {"chapters": chapters, "home": home_view(links)})
    cited = citations(edition)
    for chapter in edition.text.chapters:
        for article in chapter.articles:
            yield _article(edition, chapter, article, cited[article.anchor])


def _chapter(links: Links, number: int, chapter: Chapter) -> ChapterView:
    return ChapterView(
        id=f"chapter-{number}",
        heading=chapter.heading,
        articles=tuple(article_view(links, each) for each in chapter.articles),
        openings=tuple(_opening(each) for each in chapter.articles),
    )


def _opening(article: Article) -> str:
    first = article.paragraphs[0]
    words = first.text or "".join(item.text for item in first.items)
    return words if len(words) <= _OPENING else words[:_OPENING].rstrip("，、；：。") + "…"


def _article(edition: Edition, chapter: Chapter, article: Article, cited: Citations) -> Page:
    links = Links(edition, article_page(article.anchor))
    found = on_article(edition, article.anchor)
    before, after = _neighbours(edition, article)
    context = {
        "article": article_view(links, article),
        "chapter": chapter.heading,
        "stages": [links.stage(each.id) for each in found.stages],
        "home": home_view(links),
        "duties": [duty_view(links, each) for each in found.duties],
        "decisions": [decision_view(links, each) for each in found.decisions],
        "rules": [rule_view(links, each) for each in found.rules],
        "deadlines": [deadline_view(links, each) for each in found.deadlines],
        "left_open": [open_time_view(links, each) for each in found.left_open],
        "papers": [paper_view(links, each) for each in found.papers],
        "parameters": [parameter_view(links, each) for each in found.parameters],
        "terms": [links.term(each.id) for each in found.terms],
        "readings": [reading_view(links, each) for each in found.readings],
        "roles": [role_view(links, each) for each in found.roles],
        "cites": links.provisions(cited.to),
        "cited_by": links.provisions(cited.by),
        "before": [links.to(article_page(each.anchor), each.label) for each in before],
        "after": [links.to(article_page(each.anchor), each.label) for each in after],
    }
    return Page(links.page, "article.md.j2", context)


def _neighbours(edition: Edition, article: Article) -> tuple[Sequence[Article], Sequence[Article]]:
    """The article before and the one after, if there are."""
    articles = edition.text.articles
    place = articles.index(article)
    return articles[max(0, place - 1) : place], articles[place + 1 : place + 2]
