"""How much of the text the model holds: what models each 款 and 项, and the words left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.anchors import Anchor
from generator.model.conditions import Condition, OneOf, leaves
from generator.model.edition import Edition
from generator.model.provisions import Article, Item, item_paragraph_anchor
from generator.model.references import blank_free


@dataclass(frozen=True)
class Place:
    """A 款 or 项 (or a paragraph of one), without what stands below it.

    `models`: by kind, the ids of what speaks of it. `left`: the words that no quote takes in.
    """

    anchor: Anchor
    models: Mapping[str, tuple[str, ...]]
    narrative: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every word of it is modelled or said to bind nobody."""
        return not self.left


@dataclass(frozen=True)
class Uncarried:
    """A number of the text that no parameter carries and no `plain_numbers` explains."""

    anchor: Anchor
    number: str


@dataclass(frozen=True)
class Coverage:
    """What of an edition's text is modelled.

    `idle_roles`: roles that no duty binds, with the stated reason (None: a gap); `unsent_papers`:
    papers that nobody receives, with the stated reason; `counts`: entries by kind.
    """

    places: tuple[Place, ...]
    idle_roles: Mapping[str, str | None]
    unsent_papers: Mapping[str, str]
    uncarried: tuple[Uncarried, ...]
    counts: Mapping[str, int]

    @property
    def gaps(self) -> int:
        """How many places, roles and numbers are left over."""
        places = sum(not place.is_complete for place in self.places)
        return places + sum(not why for why in self.idle_roles.values()) + len(self.uncarried)


def coverage(edition: Edition) -> Coverage:
    """The coverage of an edition, its places in the order of the text."""
    reports = [_Reading(article) for article in edition.text.articles]
    by_article = {report.article.anchor: report for report in reports}
    for mention in _mentions(edition):
        by_article[mention.law.article_anchor].mark(mention)
    acting = {role for duty in edition.duties.values() for role in duty.who}
    return Coverage(
        tuple(place for report in reports for place in report.places()),
        {id: role.no_duties or None for id, role in edition.roles.items() if id not in acting},
        {id: p.no_receiver for id, p in edition.papers.items() if p.no_receiver},
        tuple(found for report in reports for found in report.uncarried(edition)),
        {kind: len(getattr(edition, kind)) for kind in _COUNTED},
    )


_COUNTED = (
    "duties",
    "papers",
    "facts",
    "parameters",
    "rules",
    "decisions",
    "deadlines",
    "left_open",
    "stages",
    "steps",
    "terms",
    "readings",
    "roles",
    "narrative",
    "plain_numbers",
)


# What speaks of a place -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Mention:
    """Something that speaks of a place; only its quote takes words in."""

    kind: str
    id: str
    law: Anchor
    quote: str | None


def _mentions(edition: Edition) -> Iterator[_Mention]:
    for kind in ("duties", "papers", "rules", "deadlines", "left_open", "parameters", "steps"):
        for id, entry in getattr(edition, kind).items():
            yield _Mention(kind, id, entry.law, entry.quote)
    for id, term in edition.terms.items():
        yield _Mention("terms", id, term.law, term.quote if term.defined else None)
    for id, fact in edition.facts.items():
        if fact.law:
            yield _Mention("facts", id, fact.law, fact.quote)
    for id, rule in edition.rules.items():
        for law in _places(rule.when):
            yield _Mention("rules", id, law, None)
    for id, decision in edition.decisions.items():
        for law in decision.law:
            yield _Mention("decisions", id, law, None)
    for id, reading in edition.readings.items():
        for law in reading.law:
            yield _Mention("readings", id, law, None)
    for each in edition.narrative:
        quote = each.quote or edition.text.provisions[each.law].text
        yield _Mention("narrative", each.why, each.law, quote)
    for number in edition.plain_numbers:
        yield _Mention("plain_numbers", number.why, number.law, number.quote)


def _places(condition: Condition) -> Iterator[Anchor]:
    for leaf in leaves(condition):
        yield leaf.law
        if isinstance(leaf.test, OneOf):
            yield from (law for law in leaf.test.choices.values() if law)


# The words of an article ------------------------------------------------------------------------

_WORDLESS = re.compile(r"[\W_]+")
_CARRYING = ("parameters", "plain_numbers")
_COVERING = frozenset(
    {
        "duties",
        "papers",
        "rules",
        "deadlines",
        "left_open",
        "parameters",
        "steps",
        "terms",
        "facts",
        "narrative",
    }
)


@dataclass(frozen=True)
class _Span:
    """Where the own words of a place stand in its article, white space left out."""

    anchor: Anchor
    first: int
    last: int


class _Reading:
    """An article as one line of words, with what has been found to speak of each of them."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._text = ""
        self._own: list[_Span] = []
        self._whole: dict[Anchor, _Span] = {}
        for paragraph in article.paragraphs:
            start = len(self._text)
            self._add_own(paragraph.anchor, paragraph.text)
            for item in paragraph.items:
                self._add_item(item)
            self._whole[paragraph.anchor] = _Span(paragraph.anchor, start, len(self._text))
        self._whole[article.anchor] = _Span(article.anchor, 0, len(self._text))
        self._taken = [False] * len(self._text)
        self._carried = [False] * len(self._text)
        self._models: dict[Anchor, dict[str, dict[str, None]]] = {}

    def _add_own(self, anchor: Anchor, words: str) -> None:
        words = blank_free(words)
        if words:
            self._own.append(_Span(anchor, len(self._text), len(self._text) + len(words)))
            self._text += words

    def _add_item(self, item: Item) -> None:
        start = len(self._text)
        self._text += blank_free(item.label)
        for number, words in enumerate(item.paragraphs, 1):
            several = len(item.paragraphs) > 1
            anchor = item_paragraph_anchor(item, number) if several else item.anchor
            begin = len(self._text)
            self._add_own(anchor, words)
            self._whole[anchor] = _Span(anchor, begin, len(self._text))
        for child in item.items:
            self._add_item(child)
        self._whole[item.anchor] = _Span(item.anchor, start, len(self._text))

    def mark(self, mention: _Mention) -> None:
        """Note what a mention speaks of: the places of its quote, else the place itself."""
        whole = self._whole[mention.law]
        found = list(self._occurrences(whole, mention.quote)) if mention.quote else []
        for span in found or [whole]:
            for own in self._own:
                inside = own.first < span.last and span.first < own.last
                if inside and (found or own.anchor == mention.law or whole.first == own.first):
                    self._models.setdefault(own.anchor, {}).setdefault(mention.kind, {})[
                        mention.id
                    ] = None
        for span in found:
            for place in range(span.first, span.last):
                self._taken[place] |= mention.kind in _COVERING
                self._carried[place] |= mention.kind in _CARRYING

    def _occurrences(self, whole: _Span, quote: str) -> Iterator[_Span]:
        words = blank_free(quote)
        at = self._text.find(words, whole.first, whole.last)
        while at >= 0:
            yield _Span(whole.anchor, at, at + len(words))
            at = self._text.find(words, at + 1, whole.last)

    def places(self) -> Iterator[Place]:
        """The places of the article that have words of their own."""
        for own in self._own:
            models = self._models.get(own.anchor, {})
            yield Place(
                own.anchor,
                {kind: tuple(ids) for kind, ids in models.items() if kind != "narrative"},
                tuple(models.get("narrative", ())),
                tuple(self._left(own)),
            )

    def _left(self, own: _Span) -> Iterator[str]:
        start = own.first
        for place in range(own.first, own.last + 1):
            if place == own.last or self._taken[place]:
                words = self._text[start:place]
                if _WORDLESS.sub("", words):
                    yield words
                start = place + 1

    def uncarried(self, edition: Edition) -> Iterator[Uncarried]:
        """Numbers that neither a parameter nor an explanation carries."""
        for own in self._own:
            words = self._text[own.first : own.last]
            known = [match.span() for match in _NOT_COUNTED.finditer(words)]
            known += [match.span() for match in _days(words, edition)]
            for match in _NUMBER.finditer(words):
                inside = any(first <= match.start() < last for first, last in known)
                carried = self._carried[own.first + match.start() : own.first + match.end()]
                if not inside and not all(carried):
                    yield Uncarried(own.anchor, match.group())


_DIGITS, _NUMERALS = "〇零一二三四五六七八九十两半", "〇零一二三四五六七八九十百千万亿两半"
_COUNTED_THINGS = "个|年|月|日|天|周|次|倍|成|元|人|份|辆|台|小时|工作日|季度|星期"
_NUMBER = re.compile(
    r"\d+(?:\.\d+)?"
    rf"|百分之[{_NUMERALS}]+"
    rf"|(?<![第上下{_NUMERALS}])[{_DIGITS}][{_NUMERALS}]*(?:{_COUNTED_THINGS})"
)
_NOT_COUNTED = re.compile(rf"〔\d+〕\d+号|第[{_NUMERALS}\d]+[章节条款项目]|（[{_NUMERALS}\d]+）")
"""Numbers of documents and of provisions count nothing."""


def _days(words: str, edition: Edition) -> Iterator[re.Match[str]]:
    """The days that the edition itself carries: when issued, when in force."""
    for day in (edition.issued, edition.effective):
        yield from re.finditer(f"{day.year}年{day.month}月{day.day}日", words)
