"""Pages about the guide itself: files to take along, machine-readable data, editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.guide import addresses
from generator.guide.addresses import Links
from generator.guide.downloads import Download
from generator.guide.pages.page import Page
from generator.guide.views.downloads import download_view
from generator.guide.views.editions import edition_views
from generator.guide.views.home import home_view
from generator.guide.views.published import calendar_views, data_file_views
from generator.model.edition import Edition


def about_pages(
    edition: Edition,
    downloads: Sequence[Download],
    published: Sequence[Download],
    others: Sequence[Edition],
) -> Iterator[Page]:
    """All of them."""
    links = Links(edition, addresses.DOWNLOADS)
    context: dict[str, object] = {
        "downloads": [download_view(links, each) for each in downloads],
        "calendar": calendar_views(links, published),
        "data": links.to(addresses.DATA, "数据"),
    }
    yield Page(addresses.DOWNLOADS, "downloads.md.j2", context)
    links = Links(edition, addresses.DATA)
    context = {
        "home": home_view(links),
        "files": data_file_views(links, published),
        "sample": _sample(edition),
        "calendar": calendar_views(links, published),
    }
    yield Page(addresses.DATA, "data.md.j2", context)
    links = Links(edition, addresses.REVISIONS)
    context = {"home": home_view(links), "editions": edition_views(edition, others)}
    yield Page(addresses.REVISIONS, "revisions.md.j2", context)


@dataclass(frozen=True)
class PlaceView:
    """A place of the text by its anchor and by its citation."""

    id: str
    citation: str


def _sample(edition: Edition) -> PlaceView:
    """A place of the text that shows what an anchor says: an 项 if there is one."""
    places = list(edition.text.provisions)
    anchor = next((each for each in places if each.items), places[0])
    return PlaceView(str(anchor), anchor.citation)
