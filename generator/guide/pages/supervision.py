"""Who watches over what, and what follows where something is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from generator.guide import addresses
from generator.guide.addresses import Links
from generator.guide.pages.page import Page
from generator.guide.views.rules import rule_view
from generator.guide.views.supervision import rung_views, watches
from generator.model.edition import Edition


def supervision_pages(edition: Edition) -> Iterator[Page]:
    """The page; none in an edition whose data say nothing of it."""
    if not edition.supervision.shown:
        return
    links = Links(edition, addresses.SUPERVISION)
    places = {rung.law.article_anchor for rung in edition.supervision.ladder}
    context = {
        "rungs": rung_views(links),
        "note": edition.supervision.note or "",
        "watches": watches(links),
        "rules": [
            rule_view(links, each)
            for each in edition.rules.values()
            if each.law.article_anchor in places
        ],
        "interpreter": links.interpreter,
    }
    yield Page(links.page, "supervision.md.j2", context)
