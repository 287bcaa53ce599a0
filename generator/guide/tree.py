"""The whole guide as files: plain Markdown, a style sheet, downloads, and nav.yml beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.guide.downloads import Download
from generator.guide.markup import template_environment
from generator.guide.navigation import navigation
from generator.guide.pages import generated_pages
from generator.guide.views.downloads import FOLDER as DOWNLOADS
from generator.model.edition import Edition

CONTENT = Path(__file__).resolve().parents[2] / "content"
DOCS = "docs"


def guide_tree(
    edition: Edition, downloads: Sequence[Download] = (), content: Path = CONTENT
) -> Mapping[str, bytes]:
    """Every file of the guide by its path under build/guide/, in the order of the paths.

    `docs/…` is a complete tree of Markdown pages, `nav.yml` its navigation and names. `content` is
    the folder of templates, hand-written pages and style sheets; nothing else is read. ValueError
    if two things claim one path.
    """
    files: dict[str, bytes] = {}
    for path, data in _files(edition, downloads, content):
        if path in files:
            raise ValueError(f"two files of the guide are called {path}")
        files[path] = data
    return dict(sorted(files.items()))


def _files(
    edition: Edition, downloads: Sequence[Download], content: Path
) -> Iterator[tuple[str, bytes]]:
    templates = template_environment(content / "templates")
    yield "nav.yml", navigation(edition)
    for page in generated_pages(edition, downloads):
        text = templates.get_template(page.template).render(page.context)
        yield f"{DOCS}/{page.path}", text.encode()
    for download in downloads:
        yield f"{DOCS}/{DOWNLOADS}/{download.file_name}", download.content
    for file in sorted((content / "pages").glob("*.md")):
        yield f"{DOCS}/{file.name}", _text(file)
    for file in sorted((content / "css").glob("*.css")):
        yield f"{DOCS}/assets/{file.name}", _text(file)


def _text(file: Path) -> bytes:
    """A hand-written file; the same bytes however git checked out its line ends."""
    return file.read_bytes().replace(b"\r\n", b"\n")
