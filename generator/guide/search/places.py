"""Records of the regulation's text: chapters, articles, 款, 项 and the paragraphs inside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.guide import addresses
from generator.guide.addresses import Link, Links
from generator.guide.search.record import Kind, Record
from generator.model.anchors import Anchor
from generator.model.provisions import Article, Item, Paragraph, item_paragraph_anchor


class Places:
    """The records of a text, each after the one that it stands within; `at` is where each place
    stands among them."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._records: list[Record] = []
        self._at: dict[Anchor, int] = {}
        for number, chapter in enumerate(links.edition.text.chapters, 1):
            if chapter.heading:
                link = links.to(addresses.ARTICLES, chapter.heading, f"chapter-{number}")
                self._records.append(Record(Kind.PROVISION, link.text, link.href))
            for article in chapter.articles:
                self._article(article)

    @property
    def records(self) -> Sequence[Record]:
        """All of them, in the order of the text."""
        return self._records

    @property
    def at(self) -> Mapping[Anchor, int]:
        """Positions by place."""
        return self._at

    def _article(self, article: Article) -> None:
        single = len(article.paragraphs) == 1
        first = article.paragraphs[0]
        names = [str(article.anchor)]
        if single:
            # 第九条第一款 is how some cite an article of one 款.
            names.append(f"{article.anchor}-p1")
        texts = (article.title or "", first.text if single else "")
        within = self._add(article.anchor, names, texts, None)
        for number, paragraph in enumerate(article.paragraphs, 1):
            self._paragraph(article, paragraph, number, within)

    def _paragraph(self, article: Article, paragraph: Paragraph, number: int, within: int) -> None:
        name = f"{article.anchor}-p{number}"
        if paragraph.anchor != article.anchor:
            within = self._add(paragraph.anchor, [name], (paragraph.text,), within)
        for item in paragraph.items:
            # An 项 is cited with and without its 款, however many lists the article has.
            self._item(item, (str(article.anchor), name), within)

    def _item(self, item: Item, outer: Sequence[str], within: int) -> None:
        names = [f"{name}-i{item.anchor.items[-1]}" for name in outer]
        words = (item.label + item.paragraphs[0], *item.paragraphs[1:])
        several = len(words) > 1
        here = self._add(item.anchor, names, () if several else words, within)
        if several:
            for number, text in enumerate(words, 1):
                place = item_paragraph_anchor(item, number)
                self._add(place, [f"{name}-p{number}" for name in names], (text,), here)
        for child in item.items:
            self._item(child, names, here)

    def _add(
        self, place: Anchor, names: Sequence[str], texts: Sequence[str], within: int | None
    ) -> int:
        link: Link = self._links.provision(place)
        self._at[place] = len(self._records)
        self._records.append(
            Record(
                Kind.PROVISION,
                link.text,
                link.href,
                texts=tuple(text for text in texts if text),
                # The anchor itself first: it is what the others stand for.
                names=tuple(dict.fromkeys((str(place), *names))),
                within=within,
            )
        )
        return self._at[place]
