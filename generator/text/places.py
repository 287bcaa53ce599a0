"""Places inside an imported article: the anchors of its 款 and 项, and where a citation leads."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.anchors import Anchor, item_numbers
from generator.text.regulation import Article, Paragraph


def paragraph_anchor(article: Article, index: int) -> Anchor:
    """The anchor of the n-th 款 (from 1); the only 款 is the article itself."""
    return Anchor(article.label, index if len(article.paragraphs) > 1 else None)


def list_anchor(article: Article, index: int) -> Anchor:
    """What the anchors of the items of the n-th 款 begin with."""
    lists = sum(1 for paragraph in article.paragraphs if paragraph.items)
    return Anchor(article.label, index if lists > 1 else None)


def below(anchor: Anchor, number: int) -> Anchor:
    """The anchor of an item in the list that hangs on a place."""
    return Anchor(anchor.article, anchor.paragraph, (*anchor.items, number))


def resolve(article: Article, paragraph: int | None, items: tuple[int, ...]) -> Anchor | None:
    """The anchor of 第…条第…款第（…）项, or None if the article has no such place."""
    if paragraph is not None and not 1 <= paragraph <= len(article.paragraphs):
        return None
    if not items:
        return Anchor(article.label) if paragraph is None else paragraph_anchor(article, paragraph)
    index = paragraph or _only_list(article.paragraphs)
    if index is None:
        return None
    anchor, level = list_anchor(article, index), article.paragraphs[index - 1].items
    for number in items:
        numbers = item_numbers([one.label for one in level])
        if number not in numbers:
            return None
        anchor, level = below(anchor, number), level[numbers.index(number)].items
    return anchor


def _only_list(paragraphs: Sequence[Paragraph]) -> int | None:
    lists = [index for index, paragraph in enumerate(paragraphs, 1) if paragraph.items]
    return lists[0] if len(lists) == 1 else None
