"""The text of the regulation as pages show it: each place with its id, its key, its citation."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide.addresses import FULL_TEXT, Link, Links
from generator.model.anchors import Anchor
from generator.model.provisions import Article, Item, Paragraph, item_paragraph_anchor


@dataclass(frozen=True)
class Words:
    """Words that stand together, with the place they are cited by.

    `id`, which is the key too, is for a paragraph inside an 项; else the element around has it: one
    place, one id on a page.
    """

    label: str
    text: str
    id: str
    cite: Link


@dataclass(frozen=True)
class ItemView:
    """An 项 and the items inside it. The first of `words` carries the item's label."""

    id: str
    key: str
    words: tuple[Words, ...]
    items: tuple[ItemView, ...]


@dataclass(frozen=True)
class ParagraphView:
    """A 款. `id` is empty for the only 款 of an article: it is the article's place."""

    id: str
    key: str
    words: tuple[Words, ...]
    items: tuple[ItemView, ...]


@dataclass(frozen=True)
class ArticleView:
    """An article with all its words."""

    id: str
    key: str
    label: str
    title: str
    page: Link
    in_full_text: Link
    paragraphs: tuple[ParagraphView, ...]

    @property
    def heading(self) -> str:
        """第九条, with the article's title where it has one."""
        return f"{self.label}　{self.title}" if self.title else self.label


def article_view(links: Links, article: Article) -> ArticleView:
    """An article for a page."""
    id = str(article.anchor)
    return ArticleView(
        id=id,
        key=article.key,
        label=article.label,
        title=article.title or "",
        page=links.provision(article.anchor),
        in_full_text=links.to(FULL_TEXT, "在全文中查看", id),
        paragraphs=tuple(_paragraph(each, article.anchor) for each in article.paragraphs),
    )


def _cite(anchor: Anchor) -> Link:
    """A link to the place on its own page: what a reader copies."""
    return Link(anchor.citation, f"#{anchor}")


def _paragraph(paragraph: Paragraph, article: Anchor) -> ParagraphView:
    own = paragraph.anchor != article
    words = Words("", paragraph.text, "", _cite(paragraph.anchor))
    return ParagraphView(
        id=str(paragraph.anchor) if own else "",
        key=paragraph.key if own else "",
        words=(words,) if paragraph.text else (),
        items=tuple(_item(item) for item in paragraph.items),
    )


def _item(item: Item) -> ItemView:
    several = len(item.paragraphs) > 1
    words = []
    for number, text in enumerate(item.paragraphs, 1):
        place = item_paragraph_anchor(item, number) if several else item.anchor
        id = str(place) if several else ""
        words.append(Words(item.label if number == 1 else "", text, id, _cite(place)))
    return ItemView(
        id=str(item.anchor),
        key=item.key,
        words=tuple(words),
        items=tuple(_item(child) for child in item.items),
    )
