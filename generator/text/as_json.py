"""An imported text as the JSON document of `banfa import --json`."""

from __future__ import annotations

from typing import Any

from generator.text.regulation import Article, Item, Regulation


def to_json(regulation: Regulation) -> dict[str, Any]:
    """Plain mappings and lists, in the order of the text."""
    return {
        "title": regulation.title,
        "chapters": [
            {
                "label": chapter.label,
                "title": chapter.title,
                "articles": list(chapter.articles),
            }
            for chapter in regulation.chapters
        ],
        "articles": [_article(article) for article in regulation.articles],
        "front": [*regulation.front, *regulation.preamble],
        "back": list(regulation.back),
        "warnings": [
            {"line": warning.line, "message": warning.message} for warning in regulation.warnings
        ],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "label": article.label,
        "chapter": article.chapter,
        "paragraphs": [
            {"text": paragraph.text, "items": [_item(one) for one in paragraph.items]}
            for paragraph in article.paragraphs
        ],
        "refs": [
            {"text": reference.text, "targets": [str(target) for target in reference.targets]}
            for reference in article.references
        ],
    }


def _item(one: Item) -> dict[str, Any]:
    return {
        "label": one.label,
        "text": "\n".join(one.paragraphs),
        "items": [_item(inner) for inner in one.items],
    }
