"""What a search must find, worked out the slow way from the edition itself.

Places, roles, papers and terms are taken from the edition, with the words that stand for them; all
else from the records as published. A query is read by looking its words up in a list of every
spelling of every citation, where the script takes them apart.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.model.anchors import Anchor, to_chinese
from generator.model.edition import Edition
from generator.model.provisions import Item
from tests.guide.conftest import Guide

FROM_EDITION = ("条文", "术语", "角色", "材料")
_UNIT = re.compile(r"(?:[万亿元个年月日天条款项目]|%|％)")


def fold(words: str) -> str:
    """Words without anything that makes no difference to a search."""
    text = unicodedata.normalize("NFKC", words).lower()
    kept = [c if unicodedata.category(c)[0] in "LMN" or c == "%" else "\0" for c in text]
    # Where signs stand between two digits they keep them apart, but for points and commas.
    joints = {".": ".", ",": ""}
    found = ""
    for blank, run in itertools.groupby(range(len(text)), lambda at: kept[at] == "\0"):
        places = list(run)
        if not blank:
            found += "".join(kept[at] for at in places)
            continue
        around = (text[places[0] - 1 : places[0]], text[places[-1] + 1 : places[-1] + 2])
        if all(re.fullmatch("[0-9]", each) for each in around):
            gap = "".join(text[at] for at in places)
            found += joints.get(gap, " ")
    return found


@dataclass(frozen=True)
class Thing:
    """Something to be found: its words, each run of them apart; places stand within others."""

    key: tuple[str, str]
    words: tuple[str, ...]
    law: tuple[Anchor, ...] = ()
    place: Anchor | None = None
    within: Anchor | None = None


def records(guide: Guide) -> dict[str, Any]:
    """What the script file holds."""
    script = guide.tree["docs/assets/search-records.js"].decode()
    found: dict[str, Any] = json.loads(script.partition(" = ")[2].rstrip().rstrip(";"))
    return found


class Oracle:
    """A brute-force search over an edition."""

    def __init__(self, guide: Guide) -> None:
        self.edition = guide.edition
        self.published = records(guide)
        self.places = list(_places(guide.edition))
        self.things = [*self.places, *_named(guide.edition), *self._others()]

    @cached_property
    def _folded(self) -> list[tuple[Thing, str]]:
        return [(each, "\n".join(fold(words) for words in each.words)) for each in self.things]

    def _others(self) -> Iterator[Thing]:
        kinds = [kind["word"] for kind in self.published["kinds"]]
        all_records = self.published["records"]
        for each in all_records:
            if kinds[each["kind"]] in FROM_EDITION:
                continue
            words = (each["title"], each.get("mark", ""), each.get("who", ""))
            law = tuple(
                Anchor.parse(all_records[place]["names"][0]) for place in each.get("law", ())
            )
            key = (each["href"], each["title"])
            yield Thing(key, (*words, *each.get("texts", ())), law)

    @cached_property
    def spellings(self) -> dict[str, set[Anchor]]:
        """Every citation as people write it, folded."""
        found: dict[str, set[Anchor]] = {}
        for thing in self.places:
            if thing.place:
                for spelling in spellings(self.edition, thing.place):
                    found.setdefault(fold(spelling), set()).add(thing.place)
        return found

    @cached_property
    def _anchors(self) -> dict[str, set[Anchor]]:
        found: dict[str, set[Anchor]] = {}
        for thing in self.places:
            if thing.place:
                for parts in _paths(self.edition, thing.place):
                    name = thing.place.article + "".join(f"-{kind}{n}" for kind, n in parts)
                    found.setdefault(name, set()).add(thing.place)
        return found

    def cited(self, words: str) -> set[Anchor]:
        """The places that some words cite."""
        plain = unicodedata.normalize("NFKC", words).lower()
        named = re.fullmatch(r"art(?:icle)?\.?(\d.*)", plain)
        if named:
            return self._anchors.get(named[1], set())
        return self.spellings.get(fold(words), set())

    def terms(self, query: str) -> list[tuple[list[str], set[Anchor]]]:
        """The words of a query in each form, and the places that they cite."""
        words: list[str] = []
        for word in query.split():
            if words and _UNIT.match(word) and re.search("[0-9]$", fold(words[-1])):
                words[-1] += word
            else:
                words.append(word)
        found = []
        while words:
            count = next((n for n in range(len(words), 0, -1) if self.cited("".join(words[:n]))), 1)
            text = "".join(words[:count])
            cited = self.cited(text)
            if fold(text):
                found.append(([fold(text), *(fold(each.citation) for each in cited)], cited))
            words = words[count:]
        return found

    def find(self, query: str) -> set[tuple[str, str]]:
        """What a query must find."""
        terms = self.terms(query)
        if not terms:
            return set()
        if len(terms) == 1 and not terms[0][1]:
            (form,) = terms[0][0]
            return {thing.key for thing, words in self._folded if form in words}
        found: set[tuple[str, str]] = set()
        held: dict[Anchor, list[bool]] = {}
        complete: dict[Anchor, bool] = {}
        regions = [{each for place in cited for each in self._inside(place)} for _, cited in terms]
        for thing, words in reversed(self._folded):
            own = [
                any(form in words for form in forms)
                or (bool(region) and any(law in region for law in (*thing.law, thing.place)))
                for (forms, _), region in zip(terms, regions, strict=True)
            ]
            here = thing.place
            together = (
                [a or b for a, b in zip(own, held.get(here, own), strict=True)] if here else own
            )
            if all(own) or (all(together) and not complete.get(here, False)):  # type: ignore[arg-type]
                found.add(thing.key)
            if thing.within:
                before = held.get(thing.within, [False] * len(terms))
                held[thing.within] = [a or b for a, b in zip(before, together, strict=True)]
                complete[thing.within] = complete.get(thing.within, False) or all(together)
        return found

    def _inside(self, place: Anchor) -> Iterator[Anchor]:
        yield place
        for inner in self._children.get(place, ()):
            yield from self._inside(inner)

    @cached_property
    def _children(self) -> dict[Anchor, list[Anchor]]:
        found: dict[Anchor, list[Anchor]] = {}
        for thing in self.places:
            if thing.within and thing.place:
                found.setdefault(thing.within, []).append(thing.place)
        return found


def _places(edition: Edition) -> Iterator[Thing]:
    def address(place: Anchor) -> tuple[str, str]:
        return f"articles/art{place.article}.html#{place}", place.citation

    def of_item(item: Item, within: Anchor) -> Iterator[Thing]:
        here = item.anchor
        words = [item.label + item.paragraphs[0], *item.paragraphs[1:]]
        if len(words) == 1:
            yield Thing(address(here), tuple(words), (), here, within)
        else:
            yield Thing(address(here), (), (), here, within)
            for number, text in enumerate(words, 1):
                part = Anchor(here.article, here.paragraph, here.items, number)
                yield Thing(address(part), (text,), (), part, here)
        for child in item.items:
            yield from of_item(child, here)

    for number, chapter in enumerate(edition.text.chapters, 1):
        if chapter.heading:
            key = (f"articles/index.html#chapter-{number}", chapter.heading)
            yield Thing(key, (chapter.heading,))
        for article in chapter.articles:
            here = article.anchor
            single = len(article.paragraphs) == 1
            own = (article.title or "", article.paragraphs[0].text if single else "")
            yield Thing(address(here), own, (), here)
            for paragraph in article.paragraphs:
                if not single:
                    place = paragraph.anchor
                    yield Thing(address(place), (paragraph.text,), (), place, here)
                for item in paragraph.items:
                    yield from of_item(item, paragraph.anchor)


def _named(edition: Edition) -> Iterator[Thing]:
    def names(ids: tuple[str, ...]) -> str:
        return "、".join(edition.roles[id].label for id in ids)

    for term in edition.terms.values():
        definition = term.quote if term.defined else ""
        words = (term.label, *term.aliases, definition, term.note or "")
        yield Thing((f"terms.html#{term.id}", term.label), words, (term.law,))
    for role in edition.roles.values():
        words = (role.label, role.short, *role.aliases, role.no_duties or "", role.note or "")
        law = (role.law or role.mentions[0],) if role.law or role.mentions else ()
        yield Thing((f"roles/{role.id}.html", role.label), words, law)
    for paper in edition.papers.values():
        sides = names(paper.prepared_by)
        if paper.received_by:
            sides += f"，报{names(paper.received_by)}"
        words = (paper.label, sides, paper.when, *paper.contents)
        words += (paper.no_receiver or "", paper.note or "")
        yield Thing((f"papers/{paper.id}.html", paper.label), words, (paper.law,))


def _paths(edition: Edition, place: Anchor) -> list[list[tuple[str, int]]]:
    """The ways from an article to a place in it: with its 款 and, inside an 项, without."""
    article = edition.text.article_of(place)
    within = [("i", number) for number in place.items]
    if place.item_paragraph:
        within.append(("p", place.item_paragraph))
    if not within:
        if place.paragraph:
            return [[("p", place.paragraph)]]
        return [[], [("p", 1)]] if len(article.paragraphs) == 1 else [[]]
    numbers = [
        number
        for number, each in enumerate(article.paragraphs, 1)
        if any(item.anchor.items[:1] == place.items[:1] for item in each.items)
        and place.paragraph in (None, number)
    ]
    return [within, *([("p", number), *within] for number in numbers)]


def spellings(edition: Edition, place: Anchor) -> Iterator[str]:
    """Every way in which people write the citation of a place, also while they are typing it."""

    def written(number: int) -> list[str]:
        return [to_chinese(number), str(number), f"（{to_chinese(number)}）", f"({number})"]

    main, _, inserted = place.article.partition("-")
    heads = [
        "".join(each) for each in itertools.product(["第", ""], written(int(main))[:2], ["条"])
    ]
    if inserted:
        heads = [f"{head}之{n}" for head in heads for n in written(int(inserted))[:2]]
    for path in _paths(edition, place):
        if not path and not inserted:
            yield from (f"第{n}{end}" for n in written(int(main))[:2] for end in ("", "第"))
        parts = []
        for depth, (kind, number) in enumerate(path):
            inside = any(before == "i" for before, _ in path[:depth])
            sign = {"p": "段" if inside else "款", "i": "目" if inside else "项"}[kind]
            signs = [sign]
            # The last sign may be left out where the number says enough: 第三条（二）.
            if depth == len(path) - 1:
                signs.append("")
            parts.append(
                ["".join(e) for e in itertools.product(["第", ""], written(number), signs)]
            )
        for head, *rest in itertools.product(heads, *parts):
            for end in ("", "第"):
                yield head + "".join(rest) + end
