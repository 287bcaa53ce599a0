"""The machine-readable files as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.guide.downloads import Download
from generator.guide.published.files import CALENDAR, SCHEMAS
from generator.guide.views.downloads import DownloadView, download_view


@dataclass(frozen=True)
class DataFileView:
    """A data file; `id` is its anchor on the page of all, `schema` leads to its JSON Schema."""

    id: str
    file: DownloadView
    schema: tuple[Link, ...]


def data_file_views(links: Links, files: Iterable[Download]) -> tuple[DataFileView, ...]:
    """The JSON files for a page."""
    return tuple(
        DataFileView(
            id=f"data-{each.file_name.removesuffix('.json')}",
            file=download_view(links, each),
            schema=(links.to(f"{SCHEMAS}/{each.file_name}", "JSON Schema"),),
        )
        for each in files
        if each.file_name != CALENDAR
    )


def calendar_views(links: Links, files: Iterable[Download]) -> tuple[DownloadView, ...]:
    """The calendar file for a page; nothing where no date recurs."""
    return tuple(download_view(links, each) for each in files if each.file_name == CALENDAR)
