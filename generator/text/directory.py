"""The articles of a text by number: what a citation's words lead to, what stands before what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.anchors import Anchor
from generator.text.places import resolve
from generator.text.regulation import Article

# A longer range is no citation that people write; it keeps hostile texts small.
_LONGEST_RANGE = 200


@dataclass(frozen=True)
class Place:
    """Where a citation leads: an article's number, then 款 and items as far as it names them."""

    article: str
    paragraph: int | None = None
    items: tuple[int, ...] = ()


class Directory:
    """The articles of a regulation by number and by what stands before what."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._numbers = [article.label for article in articles]
        self._articles = {article.label: article for article in reversed(articles)}
        self._order = {number: index for index, number in reversed([*enumerate(self._numbers)])}
        self._anchors: dict[Place, Anchor | None] = {}

    def anchor(self, place: Place) -> Anchor | None:
        """The anchor of a place, or None if there is no such place."""
        if place not in self._anchors:
            article = self._articles.get(place.article)
            found = resolve(article, place.paragraph, place.items) if article else None
            self._anchors[place] = found
        return self._anchors[place]

    def before(self, number: str, count: int) -> tuple[str, ...]:
        """The numbers of the `count` articles before one; fewer at the beginning."""
        index = self._order[number]
        return tuple(self._numbers[max(0, index - count) : index])

    def between(self, first: Place, last: Place) -> tuple[Place, ...]:
        """All places of a range, both ends included; only its ends if they are not alike."""
        if first.article != last.article:
            return self._articles_between(first, last)
        if first.items and last.items and first.paragraph == last.paragraph:
            outer = first.items[:-1]
            numbers = from_to(first.items[-1], last.items[-1])
            return tuple(Place(first.article, first.paragraph, (*outer, n)) for n in numbers)
        if first.paragraph and last.paragraph and not first.items and not last.items:
            numbers = from_to(first.paragraph, last.paragraph)
            return tuple(Place(first.article, n) for n in numbers)
        return first, last

    def _articles_between(self, first: Place, last: Place) -> tuple[Place, ...]:
        known = first.article in self._articles and last.article in self._articles
        if not known or first.paragraph or last.paragraph or first.items or last.items:
            return first, last
        start, end = self._order[first.article], self._order[last.article]
        if not 0 < end - start <= _LONGEST_RANGE:
            return first, last
        return tuple(Place(number) for number in self._numbers[start : end + 1])


def from_to(first: int, last: int) -> range:
    """The numbers of 第一款至第三款; none if the range runs backwards."""
    return range(first, min(last, first + _LONGEST_RANGE) + 1)
