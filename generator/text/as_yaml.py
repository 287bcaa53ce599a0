"""An imported text as the files of an edition's text/ folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from generator.model.anchors import Anchor, item_numbers
from generator.text.places import below, list_anchor, paragraph_anchor
from generator.text.regulation import Article, Chapter, Item, Paragraph, Regulation

_SCHEMA = "# yaml-language-server: $schema=../../schema/text.json\n"
_NEXT_ARTICLE = "\n  - article:"


class _BlockDumper(yaml.SafeDumper):
    """Indents lists under their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def to_yaml_files(regulation: Regulation) -> dict[str, str]:
    """File name → content: a file for each heading in the order of the text (`text/01.yml` …).

    Each provision's key is the anchor that it has now; it stays when the provision moves.
    """
    return {
        f"text/{number:02}.yml": _file(chapter, articles)
        for number, (chapter, articles) in enumerate(regulation.divisions(), 1)
    }


def _file(chapter: Chapter | None, articles: Sequence[Article]) -> str:
    heading = {"chapter": chapter.label, "title": chapter.title} if chapter else {}
    content = {**heading, "articles": [_article(article) for article in articles]}
    text = yaml.dump(
        content,
        Dumper=_BlockDumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=10**9,
    )
    # A blank line between articles; no value holds a line break, so none can be mistaken for one.
    head, mark, rest = text.partition(_NEXT_ARTICLE)
    return _SCHEMA + head + mark + rest.replace(_NEXT_ARTICLE, f"\n{_NEXT_ARTICLE}")


def _article(article: Article) -> dict[str, Any]:
    return {
        "article": article.printed,
        "key": str(Anchor(article.label)),
        "paragraphs": [
            _paragraph(article, index, paragraph)
            for index, paragraph in enumerate(article.paragraphs, 1)
        ],
    }


def _paragraph(article: Article, index: int, paragraph: Paragraph) -> dict[str, Any]:
    # The only 款 of an article is the article's own place.
    several = len(article.paragraphs) > 1
    key = {"key": str(paragraph_anchor(article, index))} if several else {}
    items = _items(list_anchor(article, index), paragraph.items)
    return {**key, "text": paragraph.text, **items}


def _items(place: Anchor, items: Sequence[Item]) -> dict[str, Any]:
    if not items:
        return {}
    return {
        "items": [
            _item(below(place, number), one)
            for number, one in zip(item_numbers([one.label for one in items]), items, strict=True)
        ]
    }


def _item(anchor: Anchor, one: Item) -> dict[str, Any]:
    text = one.paragraphs[0] if len(one.paragraphs) == 1 else list(one.paragraphs)
    return {"label": one.label, "key": str(anchor), "text": text, **_items(anchor, one.items)}
