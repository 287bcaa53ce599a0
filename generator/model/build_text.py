"""The text files of an edition → RegulationText, with anchors from the printed labels."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model import shape
from generator.model.anchors import Anchor, from_chinese, item_numbers
from generator.model.problems import Problem
from generator.model.provisions import Article, Chapter, Item, Paragraph, RegulationText
from generator.model.yaml_source import Document, Path_

_LABEL = re.compile(r"第([零〇一二三四五六七八九十百千\d]+)条(?:之([一二三四五六七八九十]+))?")


def build_text(
    chapters: Iterable[tuple[shape.ChapterShape, Document]],
) -> tuple[RegulationText, list[Problem]]:
    """The text, and the problems of its labels and keys."""
    builder = _Builder()
    built = tuple(builder.chapter(chapter, document) for chapter, document in chapters)
    return RegulationText(built), builder.problems


class _Builder:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._keys: set[str] = set()
        self._anchors: set[Anchor] = set()

    def chapter(self, written: shape.ChapterShape, document: Document) -> Chapter:
        articles = [
            self._article(article, document, ("articles", place))
            for place, article in enumerate(written.articles)
        ]
        present = tuple(article for article in articles if article)
        return Chapter(written.chapter or "", written.title or "", present)

    def _article(
        self, written: shape.ArticleShape, document: Document, at: Path_
    ) -> Article | None:
        number = _number(written.article)
        if number is None:
            self._report(document, (*at, "article"), f"看不懂条号 “{written.article}”。")
            return None
        anchor = Anchor(number)
        if anchor in self._anchors:
            self._report(document, (*at, "article"), f"{written.article} 出现了两次。")
        self._anchors.add(anchor)
        self._key(written.key, document, (*at, "key"))
        lists = sum(1 for paragraph in written.paragraphs if paragraph.items)
        single = len(written.paragraphs) == 1
        paragraphs = tuple(
            self._paragraph(
                paragraph,
                anchor if single else Anchor(number, position),
                written.key if single else None,
                anchor if single or lists == 1 else Anchor(number, position),
                document,
                (*at, "paragraphs", position - 1),
            )
            for position, paragraph in enumerate(written.paragraphs, 1)
        )
        return Article(anchor, written.key, written.article, written.title, paragraphs)

    def _paragraph(
        self,
        written: shape.ParagraphShape,
        anchor: Anchor,
        article_key: str | None,
        list_anchor: Anchor,
        document: Document,
        at: Path_,
    ) -> Paragraph:
        key = article_key or written.key
        if article_key and written.key:
            self._report(document, (*at, "key"), "此条只有一款，款即是条，不另设 key。")
        elif not article_key:
            if key is None:
                self._report(document, at, f"此款缺少 key（首次印发时的锚点，如 {anchor}）。")
            else:
                self._key(key, document, (*at, "key"))
        items = self._items(written.items, list_anchor, document, at)
        return Paragraph(anchor, key or str(anchor), written.text, items)

    def _items(
        self,
        written: tuple[shape.ItemShape, ...],
        parent: Anchor,
        document: Document,
        at: Path_,
    ) -> tuple[Item, ...]:
        built = []
        numbers = item_numbers([item.label for item in written])
        for position, (number, item) in enumerate(zip(numbers, written, strict=True)):
            place = (*at, "items", position)
            anchor = Anchor(parent.article, parent.paragraph, (*parent.items, number))
            self._key(item.key, document, (*place, "key"))
            inner = self._items(item.items, anchor, document, place)
            built.append(Item(anchor, item.key, item.label, item.text, inner))
        return tuple(built)

    def _key(self, key: str, document: Document, at: Path_) -> None:
        if key in self._keys:
            self._report(document, at, f"key “{key}” 已经用过；每处条款的 key 必须唯一。")
        self._keys.add(key)

    def _report(self, document: Document, at: Path_, message: str) -> None:
        self.problems.append(document.problem(at, message))


def _number(label: str) -> str | None:
    found = _LABEL.fullmatch(label)
    if not found:
        return None
    try:
        main = str(from_chinese(found[1]))
        return f"{main}-{from_chinese(found[2])}" if found[2] else main
    except ValueError:
        return None
