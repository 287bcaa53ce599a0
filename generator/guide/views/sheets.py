"""Workbooks and their sheets as pages name them, each with the file to take along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.guide.addresses import DOWNLOADS, Link, Links
from generator.guide.downloads import Download
from generator.guide.sheets import Workbook
from generator.guide.views.downloads import download_view


@dataclass(frozen=True)
class SheetView:
    """A sheet by its name, and what on it is meant, in few words."""

    name: str
    each_role: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class WorkbookView:
    """A workbook: the link leads to its file or, without one, to the page of all files."""

    file: Link
    audience: Link
    sheets: tuple[SheetView, ...]


def workbook_views(
    links: Links, workbooks: Iterable[Workbook], downloads: Iterable[Download]
) -> tuple[WorkbookView, ...]:
    """Workbooks for a page."""
    files = {each.layout: download_view(links, each).file for each in downloads if each.layout}
    return tuple(
        WorkbookView(
            file=Link(each.layout.title, files[each.kind].href)
            if each.kind in files
            else links.to(DOWNLOADS, each.layout.title),
            audience=links.role(each.layout.audience),
            sheets=tuple(SheetView(s.name, s.each_role, s.kinds) for s in each.sheets),
        )
        for each in workbooks
    )
