"""The whole guide as files: plain Markdown, a style sheet, downloads, and nav.yml beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.guide.downloads import Download
from generator.guide.front_matter import with_front_matter
from generator.guide.head import column_head, merged
from generator.guide.markup import template_environment
from generator.guide.navigation import FILE as NAVIGATION
from generator.guide.navigation import navigation
from generator.guide.pages import generated_pages
from generator.guide.published.files import published_files, schema_files
from generator.guide.search.script import FILE as SEARCH_FILE
from generator.guide.search.script import search_script
from generator.guide.selfcheck.script import selfcheck_scripts
from generator.model.edition import Edition

CONTENT = Path(__file__).resolve().parents[2] / "content"
DOCS = "docs"


def guide_tree(
    edition: Edition,
    downloads: Sequence[Download] = (),
    content: Path = CONTENT,
    others: Sequence[Edition] = (),
) -> Mapping[str, bytes]:
    """Every file of the guide by its path under build/guide/, in the order of the paths.

    `docs/…` is a complete tree of Markdown pages, `nav.yml` its navigation and names. `content` is
    the folder of templates, hand-written pages and style sheets; nothing else is read. `others` are
    the editions that stand beside this one. ValueError if two things claim one path.
    """
    files: dict[str, bytes] = {}
    for path, data in _files(edition, downloads, content, others):
        if path in files:
            raise ValueError(f"two files of the guide are called {path}")
        files[path] = data
    return dict(sorted(files.items()))


def _files(
    edition: Edition, downloads: Sequence[Download], content: Path, others: Sequence[Edition]
) -> Iterator[tuple[str, bytes]]:
    templates = template_environment(content / "templates")
    yield NAVIGATION, navigation(edition)
    published = published_files(edition)
    for page in generated_pages(edition, downloads, published, others):
        text = templates.get_template(page.template).render(page.context)
        head = merged(column_head(page.path), page.head)
        yield f"{DOCS}/{page.path}", with_front_matter(text, head).encode()
    for download in (*downloads, *published):
        yield f"{DOCS}/{download.folder}/{download.file_name}", download.content
    for path, schema in schema_files().items():
        yield f"{DOCS}/{path}", schema
    for file in sorted((content / "pages").glob("*.md")):
        written = with_front_matter(_text(file).decode(), column_head(file.name))
        yield f"{DOCS}/{file.name}", written.encode()
    yield f"{DOCS}/{SEARCH_FILE}", search_script(edition, downloads)
    for path, script in selfcheck_scripts(edition):
        yield f"{DOCS}/{path}", script
    for folder in ("css", "js"):
        for file in sorted((content / folder).glob(f"*.{folder}")):
            yield f"{DOCS}/assets/{file.name}", _text(file)


def _text(file: Path) -> bytes:
    """A hand-written file; the same bytes however git checked out its line ends."""
    return file.read_bytes().replace(b"\r\n", b"\n")
