"""The self-check: the list of topics, and a page each."""

from __future__ import annotations

from collections.abc import Iterator

from generator.guide import addresses
from generator.guide.addresses import Links, selfcheck_page, selfcheck_script
from generator.guide.pages.page import Page
from generator.guide.views.selfcheck import topic_view
from generator.model.edition import Edition

_SCRIPTS = (
    "assets/rules.js",
    "assets/selfcheck-answers.js",
    "assets/selfcheck-findings.js",
    "assets/selfcheck-fields.js",
    "assets/selfcheck.js",
)
"""What a topic's page loads after its own data, in this order."""


def selfcheck_pages(edition: Edition) -> Iterator[Page]:
    """All of them; none in an edition without topics."""
    if not edition.selfchecks:
        return
    links = Links(edition, addresses.SELFCHECKS)
    topics = [topic_view(links, each) for each in edition.selfchecks.values()]
    yield Page(addresses.SELFCHECKS, "selfchecks.md.j2", {"topics": topics})
    for topic in edition.selfchecks.values():
        links = Links(edition, selfcheck_page(topic.id))
        context = {
            "topic": topic_view(links, topic),
            "interpreter": links.interpreter,
            "scripts": [
                links.to(path, "").href for path in (selfcheck_script(topic.id), *_SCRIPTS)
            ],
            "list": links.to(addresses.SELFCHECKS, "全部自查事项"),
        }
        yield Page(links.page, "selfcheck.md.j2", context)
