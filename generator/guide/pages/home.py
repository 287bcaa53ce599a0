"""The first page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.guide import addresses
from generator.guide.addresses import Link, Links
from generator.guide.downloads import Download
from generator.guide.pages.page import Page
from generator.guide.views.downloads import download_view
from generator.guide.views.home import home_view
from generator.guide.views.marks import ALL_STRENGTHS, mark
from generator.guide.views.numbers import number_views
from generator.guide.views.policy import policy_head
from generator.guide.views.published import calendar_views
from generator.guide.views.roles import RoleView, role_view
from generator.model.edition import Edition

_ROLES = 6
"""Roles that the first page names: those with the most duties."""


def home_page(
    edition: Edition, downloads: Sequence[Download], published: Sequence[Download]
) -> Page:
    """What the regulation is, the ways into the guide, what the marks mean."""
    links = Links(edition, addresses.HOME)
    context = {
        "home": home_view(links),
        "policy": policy_head(links),
        "stages": [links.stage(each) for each in edition.stages],
        "roles": _busiest(links),
        "chapters": list(_chapters(links)),
        "selfcheck": links.to(addresses.SELFCHECKS, "自查"),
        "selfchecks": len(edition.selfchecks),
        "numbers": number_views(links),
        "matters": list(_matters(links)),
        "downloads": [download_view(links, each) for each in _best_known_first(downloads)],
        "calendar": calendar_views(links, published),
        "data": links.to(addresses.DATA, "数据"),
        "revisions": links.to(addresses.REVISIONS, "修订"),
        "marks": [mark(strength) for strength in ALL_STRENGTHS],
    }
    return Page(addresses.HOME, "home.md.j2", context)


def _best_known_first(downloads: Sequence[Download]) -> Sequence[Download]:
    """The workbook that has a filled example first, with its example: most people come for it."""
    groups: list[list[Download]] = []
    for each in downloads:
        if each.layout or not groups:
            groups.append([])
        groups[-1].append(each)
    groups.sort(key=lambda group: -len(group))
    return [each for group in groups for each in group]


def _busiest(links: Links) -> Sequence[RoleView]:
    """The roles with the most duties, the busiest first."""
    roles = [role_view(links, each) for each in links.edition.roles.values()]
    return sorted((each for each in roles if each.duties), key=lambda each: -each.duties)[:_ROLES]


def _chapters(links: Links) -> Iterator[Link]:
    for number, chapter in enumerate(links.edition.text.chapters, 1):
        if chapter.heading:
            yield links.to(addresses.ARTICLES, chapter.heading, f"chapter-{number}")


def _matters(links: Links) -> Iterator[Link]:
    edition = links.edition
    yield links.to(addresses.RULES, "规则与判定")
    yield links.to(addresses.DEADLINES, "期限")
    yield links.to(addresses.PAPERS, "材料")
    yield links.to(addresses.PARAMETERS, "数额与期间")
    if edition.supervision.shown:
        yield links.to(addresses.SUPERVISION, "监督与责任")
    if edition.terms:
        yield links.to(addresses.TERMS, "术语")
    yield links.to(addresses.READINGS, "解读")
