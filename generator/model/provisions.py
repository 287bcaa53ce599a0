"""The text of a regulation: chapters, articles, 款 and 项, each with its anchor and its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.model.anchors import Anchor


@dataclass(frozen=True)
class Item:
    """An 项: `label` as printed, its paragraphs (mostly one), the items inside it."""

    anchor: Anchor
    key: str
    label: str
    paragraphs: tuple[str, ...]
    items: tuple[Item, ...] = ()

    @property
    def text(self) -> str:
        """The item's own words, without its label and its sub-items."""
        return "".join(self.paragraphs)


@dataclass(frozen=True)
class Paragraph:
    """A 款. The only 款 of an article is the article's place: same anchor, same key."""

    anchor: Anchor
    key: str
    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Article:
    """An article; `label` as printed (第九条)."""

    anchor: Anchor
    key: str
    label: str
    title: str | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter; both texts are empty in a regulation without chapters."""

    label: str
    title: str
    articles: tuple[Article, ...]

    @property
    def heading(self) -> str:
        """第二章 项目审批."""
        return f"{self.label} {self.title}".strip()


@dataclass(frozen=True)
class Provision:
    """A place in the text with all the words that stand at it and below it."""

    anchor: Anchor
    key: str
    text: str
    own_text: str


@dataclass(frozen=True)
class RegulationText:
    """All of a regulation's text."""

    chapters: tuple[Chapter, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles in order."""
        return tuple(article for chapter in self.chapters for article in chapter.articles)

    @cached_property
    def provisions(self) -> Mapping[Anchor, Provision]:
        """Every place that has an anchor, in the order of the text."""
        return {provision.anchor: provision for provision in self._walk()}

    def article_of(self, anchor: Anchor) -> Article:
        """The article that a place is in; KeyError if there is none."""
        for article in self.articles:
            if article.anchor == anchor.article_anchor:
                return article
        raise KeyError(anchor)

    def _walk(self) -> Iterator[Provision]:
        for article in self.articles:
            whole = "".join(_paragraph_text(paragraph) for paragraph in article.paragraphs)
            own = article.paragraphs[0].text if len(article.paragraphs) == 1 else ""
            yield Provision(article.anchor, article.key, whole, own)
            for paragraph in article.paragraphs:
                if paragraph.anchor != article.anchor:
                    text = _paragraph_text(paragraph)
                    yield Provision(paragraph.anchor, paragraph.key, text, paragraph.text)
                for item in paragraph.items:
                    yield from _walk_item(item)


def _walk_item(item: Item) -> Iterator[Provision]:
    yield Provision(item.anchor, item.key, _item_text(item), item.text)
    if len(item.paragraphs) > 1:
        for number, text in enumerate(item.paragraphs, 1):
            place = item_paragraph_anchor(item, number)
            yield Provision(place, str(place), text, text)
    for child in item.items:
        yield from _walk_item(child)


def item_paragraph_anchor(item: Item, number: int) -> Anchor:
    """The anchor of the n-th paragraph inside an item that has several."""
    return Anchor(item.anchor.article, item.anchor.paragraph, item.anchor.items, number)


def _item_text(item: Item) -> str:
    return item.label + item.text + "".join(_item_text(child) for child in item.items)


def _paragraph_text(paragraph: Paragraph) -> str:
    return paragraph.text + "".join(_item_text(item) for item in paragraph.items)
