"""Every generated page: its file, its template, what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.guide.downloads import Download
from generator.guide.pages.about import about_pages
from generator.guide.pages.examples import example_pages
from generator.guide.pages.home import home_page
from generator.guide.pages.law import law_pages
from generator.guide.pages.matters import matter_pages
from generator.guide.pages.page import Page
from generator.guide.pages.roles import role_pages
from generator.guide.pages.selfcheck import selfcheck_pages
from generator.guide.pages.stages import stage_pages
from generator.guide.pages.supervision import supervision_pages
from generator.model.edition import Edition


def generated_pages(
    edition: Edition,
    downloads: Sequence[Download],
    published: Sequence[Download],
    others: Sequence[Edition],
) -> Iterator[Page]:
    """All pages but the hand-written ones: `published` are the machine-readable files, `others`
    the editions that stand beside this one."""
    yield home_page(edition, downloads, published)
    yield from stage_pages(edition, downloads)
    yield from role_pages(edition, downloads)
    yield from law_pages(edition, downloads)
    yield from matter_pages(edition, published)
    yield from supervision_pages(edition)
    yield from selfcheck_pages(edition)
    yield from example_pages(edition)
    yield from about_pages(edition, downloads, published, others)
