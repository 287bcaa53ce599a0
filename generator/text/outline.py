"""An imported text at a glance, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.text.regulation import Article, Chapter, Item, Regulation


def outline(regulation: Regulation) -> str:
    """Title, chapters, articles with the numbers of their 款 and 项, then all warnings."""
    return "\n".join([*_head(regulation), *_divisions(regulation), *_warnings(regulation)]) + "\n"


def _head(regulation: Regulation) -> Iterator[str]:
    number = f"（{regulation.number}）" if regulation.number else ""
    yield f"{regulation.title or '（未找到标题）'}{number}"
    articles = regulation.articles
    paragraphs = sum(len(article.paragraphs) for article in articles)
    items = sum(_count_items(article) for article in articles)
    count = sum(1 for chapter in regulation.chapters if chapter.label.endswith("章"))
    chapters = f"{count} 章 " if count else ""
    yield f"共 {chapters}{len(articles)} 条 {paragraphs} 款 {items} 项"
    front = len(regulation.front) + len(regulation.preamble)
    yield f"条文之前 {front} 段，条文之后 {len(regulation.back)} 段"


def _divisions(regulation: Regulation) -> Iterator[str]:
    for chapter, articles in regulation.divisions():
        yield ""
        if chapter:
            yield _heading(chapter)
        for article in articles:
            yield f"  {article.printed}  {_size(article)}  {_beginning(article)}"


def _heading(chapter: Chapter) -> str:
    return f"{chapter.label} {chapter.title}".rstrip()


def _size(article: Article) -> str:
    items = _count_items(article)
    return f"{len(article.paragraphs)} 款" + (f" {items} 项" if items else "")


def _beginning(article: Article) -> str:
    text = next((paragraph.text for paragraph in article.paragraphs if paragraph.text), "")
    return text if len(text) <= 20 else f"{text[:20]}……"


def _count_items(article: Article) -> int:
    return sum(_count(paragraph.items) for paragraph in article.paragraphs)


def _count(items: Sequence[Item]) -> int:
    return sum(1 + _count(one.items) for one in items)


def _warnings(regulation: Regulation) -> Iterator[str]:
    yield ""
    if not regulation.warnings:
        yield "没有发现可疑之处"
        return
    yield f"可疑之处 {len(regulation.warnings)} 处："
    for warning in regulation.warnings:
        yield f"  第 {warning.line} 行：{warning.message}"
