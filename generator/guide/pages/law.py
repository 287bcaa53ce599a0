"""The text: the list of articles, the full text, a page an article with all that rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.guide import addresses, sheets
from generator.guide.addresses import Links, article_page, selfcheck_page
from generator.guide.bearings import on_article, terms_in
from generator.guide.citations import Citations, citations
from generator.guide.downloads import Download
from generator.guide.head import article_head, full_text_head
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
from generator.guide.views.policy import policy_head
from generator.guide.views.readings import reading_view
from generator.guide.views.roles import role_view
from generator.guide.views.rules import decision_view, rule_view
from generator.guide.views.sheets import workbook_views
from generator.guide.views.terms import term_view
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


def law_pages(edition: Edition, downloads: Sequence[Download]) -> Iterator[Page]:
    """All pages of the text."""
    for path, template, head in (
        (addresses.ARTICLES, "articles.md.j2", {}),
        (addresses.FULL_TEXT, "full_text.md.j2", full_text_head(edition, addresses.FULL_TEXT)),
    ):
        links = Links(edition, path)
        context = {
            "chapters": [
                _chapter(links, number, each)
                for number, each in enumerate(edition.text.chapters, 1)
            ],
            "home": home_view(links),
            "policy": policy_head(links),
        }
        yield Page(path, template, context, head)
    cited = citations(edition)
    for chapter in edition.text.chapters:
        for article in chapter.articles:
            yield _article(edition, chapter, article, cited[article.anchor], downloads)


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


def _article(
    edition: Edition,
    chapter: Chapter,
    article: Article,
    cited: Citations,
    downloads: Sequence[Download],
) -> Page:
    links = Links(edition, article_page(article.anchor))
    found = on_article(edition, article.anchor)
    before, after = _neighbours(edition, article)
    context = {
        "article": article_view(links, article),
        "chapter": chapter.heading,
        "stages": [links.stage(each.id) for each in found.stages],
        "checks": [
            links.to(selfcheck_page(each.id), each.label)
            for each in edition.selfchecks.values()
            if any(law.article_anchor == article.anchor for law in each.law)
        ],
        "home": home_view(links),
        "duties": [duty_view(links, each) for each in found.duties],
        "decisions": [decision_view(links, each) for each in found.decisions],
        "rules": [rule_view(links, each) for each in found.rules],
        "deadlines": [deadline_view(links, each) for each in found.deadlines],
        "left_open": [open_time_view(links, each) for each in found.left_open],
        "papers": [paper_view(links, each) for each in found.papers],
        "parameters": [parameter_view(links, each) for each in found.parameters],
        "terms": [term_view(links, each) for each in terms_in(edition, article.anchor)],
        "gist": edition.gists.get(article.anchor, ""),
        "source": f"《{edition.title}》（{edition.number}）",
        "workbooks": workbook_views(links, sheets.on_article(edition, article.anchor), downloads),
        "readings": [reading_view(links, each) for each in found.readings],
        "roles": [role_view(links, each) for each in found.roles],
        "cites": links.provisions(cited.to),
        "cited_by": links.provisions(cited.by),
        "before": [links.to(article_page(each.anchor), each.label) for each in before],
        "after": [links.to(article_page(each.anchor), each.label) for each in after],
    }
    head = article_head(edition, article, links.page, (each.label for each in found.terms))
    return Page(links.page, "article.md.j2", context, head)


def _neighbours(edition: Edition, article: Article) -> tuple[Sequence[Article], Sequence[Article]]:
    """The article before and the one after, if there are."""
    articles = edition.text.articles
    place = articles.index(article)
    return articles[max(0, place - 1) : place], articles[place + 1 : place + 2]
