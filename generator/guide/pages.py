"""Every generated page: its file, its template, what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.guide import addresses
from generator.guide.addresses import Link, Links, article_page, examples_page, role_page
from generator.guide.bearings import on_article, on_role
from generator.guide.citations import Citations, citations
from generator.guide.downloads import Download
from generator.guide.views.downloads import download_view
from generator.guide.views.examples import (
    ExampleRow,
    deadline_examples,
    decision_examples,
    rule_examples,
)
from generator.guide.views.home import home_view
from generator.guide.views.law import ArticleView, article_view
from generator.guide.views.marks import ALL_STRENGTHS, mark
from generator.guide.views.matters import (
    DutyView,
    deadline_view,
    duty_view,
    paper_view,
    parameter_view,
)
from generator.guide.views.passages import passages
from generator.guide.views.readings import reading_view
from generator.guide.views.roles import role_levels, role_view
from generator.guide.views.rules import decision_view, rule_view
from generator.model.edition import Duty, Edition, Role
from generator.model.provisions import Article, Chapter

_OPENING = 42
"""Characters of an article that the list of articles shows."""

_OPEN_PASSAGES = 5
"""Passages that a role's page shows at once; the rest is folded away."""


@dataclass(frozen=True)
class Page:
    """A page to be written: `context` is what its template sees."""

    path: str
    template: str
    context: Mapping[str, object]


@dataclass(frozen=True)
class ChapterView:
    """A chapter with its articles; `heading` is empty in a regulation without chapters."""

    id: str
    heading: str
    articles: tuple[ArticleView, ...]
    openings: tuple[str, ...]


@dataclass(frozen=True)
class DutyGroup:
    """The duties of one role in its page: what it must do, may do, …"""

    id: str
    word: str
    duties: tuple[DutyView, ...]


def generated_pages(edition: Edition, downloads: Sequence[Download]) -> Iterator[Page]:
    """All pages but the hand-written ones."""
    yield _home(edition, downloads)
    yield from _law_pages(edition)
    yield from _role_pages(edition)
    yield from _matter_pages(edition)
    yield from _example_pages(edition)
    yield _downloads(edition, downloads)


def _home(edition: Edition, downloads: Sequence[Download]) -> Page:
    links = Links(edition, addresses.HOME)
    context = {
        "home": home_view(links),
        "parameters": [parameter_view(links, each) for each in edition.parameters.values()],
        "downloads": [download_view(links, each) for each in downloads],
        "marks": [mark(strength) for strength in ALL_STRENGTHS],
    }
    return Page(addresses.HOME, "home.md.j2", context)


# The text ----------------------------------------------------------------------------------------


def _law_pages(edition: Edition) -> Iterator[Page]:
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
        "home": home_view(links),
        "duties": [duty_view(links, each) for each in found.duties],
        "decisions": [decision_view(links, each) for each in found.decisions],
        "rules": [rule_view(links, each) for each in found.rules],
        "deadlines": [deadline_view(links, each) for each in found.deadlines],
        "papers": [paper_view(links, each) for each in found.papers],
        "parameters": [parameter_view(links, each) for each in found.parameters],
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


# Roles -------------------------------------------------------------------------------------------


def _role_pages(edition: Edition) -> Iterator[Page]:
    links = Links(edition, addresses.ROLES)
    yield Page(addresses.ROLES, "roles.md.j2", {"levels": role_levels(links)})
    for role in edition.roles.values():
        yield _role(edition, role)


def _role(edition: Edition, role: Role) -> Page:
    links = Links(edition, role_page(role.id))
    found = on_role(edition, role)
    deadlines = found.deadlines
    quoted = passages(links, role.places)
    context = {
        "role": role_view(links, role),
        "groups": _duty_groups(links, found.duties),
        "rules": [rule_view(links, each) for each in found.rules],
        "own_deadlines": [deadline_view(links, d) for d in deadlines if role.id in d.who],
        "deadlines_toward": [
            deadline_view(links, each) for each in deadlines if role.id not in each.who
        ],
        "prepares": [paper_view(links, p) for p in found.papers if role.id in p.prepared_by],
        "passages": quoted[:_OPEN_PASSAGES],
        "folded": quoted[_OPEN_PASSAGES:],
        "receives": [paper_view(links, p) for p in found.papers if role.id in p.received_by],
    }
    return Page(links.page, "role.md.j2", context)


def _duty_groups(links: Links, duties: Sequence[Duty]) -> tuple[DutyGroup, ...]:
    return tuple(
        DutyGroup(
            f"duties-{mark(strength).kind}",
            mark(strength).word,
            tuple(duty_view(links, each) for each in duties if each.strength == strength),
        )
        for strength in ALL_STRENGTHS
        if any(each.strength == strength for each in duties)
    )


# Matters, readings, downloads --------------------------------------------------------------------


def _matter_pages(edition: Edition) -> Iterator[Page]:
    links = Links(edition, addresses.RULES)
    yield Page(
        addresses.RULES,
        "rules.md.j2",
        {
            "decisions": [decision_view(links, each) for each in edition.decisions.values()],
            "rules": [rule_view(links, each) for each in edition.rules.values()],
            "interpreter": links.interpreter,
        },
    )
    links = Links(edition, addresses.DEADLINES)
    yield Page(
        addresses.DEADLINES,
        "deadlines.md.j2",
        {
            "deadlines": [deadline_view(links, each) for each in edition.deadlines.values()],
            "calendar": edition.calendar.statement,
        },
    )
    links = Links(edition, addresses.PAPERS)
    papers = [paper_view(links, each) for each in edition.papers.values()]
    yield Page(addresses.PAPERS, "papers.md.j2", {"papers": papers})
    links = Links(edition, addresses.PARAMETERS)
    parameters = [parameter_view(links, each) for each in edition.parameters.values()]
    yield Page(addresses.PARAMETERS, "parameters.md.j2", {"parameters": parameters})
    links = Links(edition, addresses.READINGS)
    readings = [reading_view(links, each) for each in edition.readings.values()]
    yield Page(
        addresses.READINGS,
        "readings.md.j2",
        {
            "open": [each for each in readings if not each.settled],
            "settled": [each for each in readings if each.settled],
            "interpreter": links.interpreter,
            "basis": links.provision(edition.interpreter_law),
        },
    )


def _example_pages(edition: Edition) -> Iterator[Page]:
    """A page for whatever has examples: they are many, and only those who check need them."""
    for rule in edition.rules.values():
        links = Links(edition, examples_page(rule.id))
        yield from _examples(links, rule.label, links.rule(rule.id), rule_examples(links, rule))
    for decision in edition.decisions.values():
        links = Links(edition, examples_page(decision.id))
        rows = decision_examples(links, decision)
        yield from _examples(links, decision.label, links.decision(decision.id), rows)
    for deadline in edition.deadlines.values():
        links = Links(edition, examples_page(deadline.id))
        rows = deadline_examples(links, deadline)
        yield from _examples(links, deadline.label, links.deadline(deadline.id), rows)


def _examples(links: Links, label: str, back: Link, rows: Sequence[ExampleRow]) -> Iterator[Page]:
    if rows:
        yield Page(links.page, "examples.md.j2", {"label": label, "back": back, "rows": rows})


def _downloads(edition: Edition, downloads: Sequence[Download]) -> Page:
    links = Links(edition, addresses.DOWNLOADS)
    files = [download_view(links, each) for each in downloads]
    return Page(addresses.DOWNLOADS, "downloads.md.j2", {"downloads": files})
