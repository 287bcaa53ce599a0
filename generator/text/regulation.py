"""What the importer finds in a text: a regulation's chapters, articles, 款 and 项, verbatim.

Unlike `generator.model.provisions`, which an edition's data files make, these know the line of the
source they came from, and what stood before and after the regulation. Lines never count when two
structures are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.model.anchors import Anchor


def _line() -> int:
    return field(default=0, compare=False, repr=False)


@dataclass(frozen=True, order=True)
class TextWarning:
    """Something that looks wrong; `line` counts from 1 in the source."""

    line: int
    message: str


@dataclass(frozen=True)
class Item:
    """An 项: its label as printed （（一）, 1.）, its paragraphs, the items inside it."""

    label: str
    paragraphs: tuple[str, ...]
    items: tuple[Item, ...] = ()
    line: int = _line()


@dataclass(frozen=True)
class Paragraph:
    """A 款; `text` is empty where an article begins with its items."""

    text: str
    items: tuple[Item, ...] = ()
    line: int = _line()


@dataclass(frozen=True)
class Reference:
    """Words that cite other places of this regulation; no targets if none of them exists."""

    text: str
    targets: tuple[Anchor, ...]


@dataclass(frozen=True)
class Article:
    """An article: label "12" or "120-1", `printed` 第十二条; `chapter` is its heading's label."""

    label: str
    printed: str
    chapter: str | None
    paragraphs: tuple[Paragraph, ...]
    references: tuple[Reference, ...] = ()
    line: int = _line()


@dataclass(frozen=True)
class Chapter:
    """A heading and the labels of the articles directly under it.

    编 and 节 are chapters too, in the order of the text: 第二章 (no articles), then 第一节.
    """

    label: str
    title: str
    articles: tuple[str, ...]
    line: int = _line()


@dataclass(frozen=True)
class Regulation:
    """A text as issued. `front` is what stands before the title, `preamble` between title and body,
    `back` after the last article; `number` is the 文号 found in front of the title."""

    title: str
    number: str | None
    chapters: tuple[Chapter, ...]
    articles: tuple[Article, ...]
    front: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    warnings: tuple[TextWarning, ...] = ()

    def divisions(self) -> Iterator[tuple[Chapter | None, tuple[Article, ...]]]:
        """Headings with their articles, in the order of the text; None: before any heading."""
        loose = len(self.articles) - sum(len(chapter.articles) for chapter in self.chapters)
        if loose:
            yield None, self.articles[:loose]
        start = loose
        for chapter in self.chapters:
            end = start + len(chapter.articles)
            yield chapter, self.articles[start:end]
            start = end
