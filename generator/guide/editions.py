"""The address that stays an edition's own: editions/<id>/ of the site."""

from __future__ import annotations

import posixpath
import re
import shutil
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from generator.guide import addresses
from generator.guide.views.editions import FOLDER

_LINK = re.compile(r'(\s(?:href|src|action)=")([^"#?][^"]*)')
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_CANONICAL = 'rel="canonical"'
_HEAD_END = "</head>"
_BACK = "../../"
"""From an edition's folder to the site's root."""
_ABOUT_THE_SITE = {"404.html", "revisions.html", "sitemap.xml", "sitemap.xml.gz"}
_ABOUT_THE_FILES = {
    "search.html",
    *(
        page.removesuffix(".md") + ".html"
        for page in (addresses.DOWNLOADS, addresses.DATA, addresses.HELP)
    ),
}

_TOOLS = {"examples", "selfcheck"}
"""Folders of pages that nobody cites: people try things out on them."""


def add_permanent_address(site: Path, edition: str) -> None:
    """Write the pages of the edition that a finished site shows to the edition's own folder too.

    Only what people cite is there twice. Files that pages load or offer, the pages about them,
    examples and self-checks stay where they are, and links lead back to them.
    """
    twice = {
        name
        for name in _files(site)
        if name.endswith(".html")
        and name not in _ABOUT_THE_FILES
        and PurePosixPath(name).parts[0] not in _TOOLS
    }
    _write(site, twice, site / FOLDER / edition, shown_at_root=True)


def add_other_edition(site: Path, other: Path, edition: str) -> None:
    """Put the finished site of another edition into a site: whole, but for the pages that are
    about all editions."""
    _write(other, _files(other), site / FOLDER / edition, shown_at_root=False)


def _files(site: Path) -> set[str]:
    """The files that belong to one edition, by their paths in the site."""
    found = {
        file.relative_to(site).as_posix()
        for file in site.rglob("*")
        if file.is_file() and FOLDER not in file.relative_to(site).parts
    }
    return found - _ABOUT_THE_SITE


def _write(source: Path, names: set[str], folder: Path, *, shown_at_root: bool) -> None:
    for name in sorted(names):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not name.endswith(".html"):
            shutil.copyfile(source / name, target)
            continue
        text = _moved((source / name).read_text(encoding="utf-8"), name, names)
        if shown_at_root:
            text = _with_canonical(text, name)
        target.write_text(text, encoding="utf-8", newline="\n")


def _moved(text: str, page: str, names: set[str]) -> str:
    """A page as it stands in the edition's folder: links to what is not there lead back."""
    folder = posixpath.dirname(page)

    def led(link: re.Match[str]) -> str:
        before, address = link.groups()
        target = posixpath.normpath(posixpath.join(folder, unquote(re.split("[?#]", address)[0])))
        if _ABSOLUTE.match(address) or target in names:
            return link[0]
        return f"{before}{_BACK}{address}"

    return _LINK.sub(led, text)


def _with_canonical(text: str, page: str) -> str:
    """Search machines are told which of the two addresses shows the edition in force."""
    if _CANONICAL in text:
        return text
    depth = "../" * page.count("/")
    return text.replace(
        _HEAD_END, f'<link {_CANONICAL} href="{_BACK}{depth}{page}">\n{_HEAD_END}', 1
    )
