"""Files to take along as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from generator.guide.addresses import Link, Links
from generator.guide.downloads import Download

_KIB = 1024


@dataclass(frozen=True)
class DownloadView:
    """A file: where it is, and what a reader checks it by."""

    file: Link
    title: str
    kind: str
    edition: str
    size: str
    sha256: str


def download_view(links: Links, download: Download) -> DownloadView:
    """A download for a page."""
    return DownloadView(
        file=links.to(f"{download.folder}/{quote(download.file_name)}", download.file_name),
        title=download.title,
        kind=download.kind,
        edition=download.edition,
        size=size_text(download.size),
        sha256=download.sha256,
    )


def size_text(size: int) -> str:
    """48 KB: in steps of 1024, as file managers show it."""
    if size < _KIB:
        return f"{size} 字节"
    if size < _KIB**2:
        return f"{size / _KIB:.0f} KB"
    return f"{size / _KIB**2:.1f} MB"
