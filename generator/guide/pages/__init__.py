"""Every generated page: its file, its template, what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.guide.downloads import Download
from generator.guide.pages.examples import example_pages
from generator.guide.pages.home import downloads_page, home_page
from generator.guide.pages.law import law_pages
from generator.guide.pages.matters import matter_pages
from generator.guide.pages.page import Page
from generator.guide.pages.roles import role_pages
from generator.guide.pages.stages import stage_pages
from generator.model.edition import Edition


def generated_pages(edition: Edition, downloads: Sequence[Download]) -> Iterator[Page]:
    """All pages but the hand-written ones."""
    yield home_page(edition, downloads)
    yield from stage_pages(edition)
    yield from role_pages(edition)
    yield from law_pages(edition)
    yield from matter_pages(edition)
    yield from example_pages(edition)
    yield downloads_page(edition, downloads)
