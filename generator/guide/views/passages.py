"""Passages: the words of single places of the text, as pages quote them, and places by chapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.model.anchors import Anchor
from generator.model.provisions import Article, Item, item_paragraph_anchor


@dataclass(frozen=True)
class Passage:
    """A place and its words: a line for each 款, each 项 with its label."""

    cite: Link
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ChapterPlaces:
    """Places of one chapter; `heading` is empty in a regulation without chapters."""

    heading: str
    places: tuple[Link, ...]


def passages(links: Links, places: Sequence[Anchor]) -> tuple[Passage, ...]:
    """The words of places, in the order of the text; a place inside another is not repeated."""
    text = links.edition.text
    lines = {each: tuple(_lines(text.article_of(each), each)) for each in sorted(places)}

    def stands_in_another(place: Anchor) -> bool:
        return any(
            other.article == place.article and set(lines[place]) < set(lines[other])
            for other in lines
        )

    return tuple(
        Passage(links.provision(place), words)
        for place, words in lines.items()
        if not stands_in_another(place)
    )


def places_by_chapter(links: Links, places: Sequence[Anchor]) -> tuple[ChapterPlaces, ...]:
    """Links to places under the chapters that they stand in, in the order of the text."""
    found = []
    for chapter in links.edition.text.chapters:
        articles = {article.anchor for article in chapter.articles}
        here = [each for each in sorted(places) if each.article_anchor in articles]
        if here:
            found.append(ChapterPlaces(chapter.heading, links.provisions(here)))
    return tuple(found)


def _lines(article: Article, place: Anchor) -> Iterator[str]:
    for paragraph in article.paragraphs:
        inside = place in (article.anchor, paragraph.anchor)
        if inside and paragraph.text:
            yield paragraph.text
        for item in paragraph.items:
            yield from _item_lines(item, place, inside)


def _item_lines(item: Item, place: Anchor, inside: bool) -> Iterator[str]:
    here = inside or item.anchor == place
    for number, text in enumerate(item.paragraphs, 1):
        if here or item_paragraph_anchor(item, number) == place:
            yield f"{item.label if number == 1 else ''}{text}"
    for child in item.items:
        yield from _item_lines(child, place, here)
