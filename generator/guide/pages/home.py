"""The first page, and the page of files to take along."""

from __future__ import annotations

from collections.abc import Sequence

from generator.guide import addresses
from generator.guide.addresses import Links
from generator.guide.downloads import Download
from generator.guide.pages.page import Page
from generator.guide.views.downloads import download_view
from generator.guide.views.home import home_view
from generator.guide.views.marks import ALL_STRENGTHS, mark
from generator.guide.views.matters import parameter_view
from generator.model.edition import Edition


def home_page(edition: Edition, downloads: Sequence[Download]) -> Page:
    """What the regulation is, the ways into the guide, what the marks mean."""
    links = Links(edition, addresses.HOME)
    context = {
        "home": home_view(links),
        "stages": [links.stage(each) for each in edition.stages],
        "terms": len(edition.terms),
        "parameters": [parameter_view(links, each) for each in edition.parameters.values()],
        "downloads": [download_view(links, each) for each in downloads],
        "marks": [mark(strength) for strength in ALL_STRENGTHS],
    }
    return Page(addresses.HOME, "home.md.j2", context)


def downloads_page(edition: Edition, downloads: Sequence[Download]) -> Page:
    """The files, and what one checks them by."""
    links = Links(edition, addresses.DOWNLOADS)
    files = [download_view(links, each) for each in downloads]
    return Page(addresses.DOWNLOADS, "downloads.md.j2", {"downloads": files})
