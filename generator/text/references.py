"""References inside a regulation: 第九条第二款第（三）项, 第三条至第五条, 前款 → anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.model.anchors import from_chinese, item_numbers
from generator.text.directory import Directory, Place, from_to
from generator.text.labels import NUMERAL
from generator.text.regulation import Article, Item, Reference, Regulation, TextWarning

_SOME = r"[两二三四五六七八九2-9]"
_BRACKETED = rf"[（(]{NUMERAL}[）)]"
_CITATION = re.compile(
    rf"(?:第(?P<article>{NUMERAL})条(?:之(?P<inserted>{NUMERAL}))?"
    rf"|前(?P<articles_back>{_SOME})?条(?![件款例目])"
    rf"|(?P<here>本条)(?=第(?:{NUMERAL}款|[（(]))"
    rf"|前(?P<paragraphs_back>{_SOME})?款(?![项式])"
    rf"|(?P<own>本款)(?=第[（(])"
    rf"|前(?P<items_back>{_SOME})?项(?=规定|情形|行为|[，。；、的和或所第之]))?"
    rf"(?:第(?P<paragraph>{NUMERAL})款)?"
    rf"(?:(?:第|(?<=[条款]))(?P<items>{_BRACKETED}(?:(?:、|和|及|或|至){_BRACKETED})*)项(?!目)"
    rf"|(?<=[条款])第(?P<plain_item>{NUMERAL})项(?!目))?"
    rf"(?:(?<=项)第(?P<point>{NUMERAL})目)?"
)
_AND = re.compile(r"(?:、|和|与|及|以及|或|或者|并|，)")
_TO = re.compile(r"(?:至|到|—|——|－|-|~|～)")
_BRACKET = re.compile(r"[（(][^（）()《》]{0,60}[）)]$")
_LAW = re.compile(r"(?P<own>本(?:实施)?)?(?:办法|条例|细则|规则|规程|章程|法典|法)$")
_BETWEEN_ITEMS = re.compile("[、和及或]")
_LONGEST_NAME = 20


@dataclass(frozen=True)
class _Here:
    """Where a citation stands: 款 by number; its items from outside in, by number."""

    article: Article
    paragraph: int
    items: tuple[int, ...]
    text: str
    line: int


@dataclass(frozen=True)
class _Citation:
    """Words at [start, end) with the places they name; `foreign`: another law's."""

    start: int
    end: int
    places: tuple[Place, ...]
    foreign: bool


def find_references(article: Article, directory: Directory) -> tuple[Reference, ...]:
    """The article's references to its own regulation, in order; dead ones without targets."""
    return tuple(reference for reference, _, _ in _references(article, directory))


def dead_references(regulation: Regulation, directory: Directory) -> Iterator[TextWarning]:
    """A warning for each reference that names a place which the text does not have."""
    for article in regulation.articles:
        for reference, dead, line in _references(article, directory):
            if dead:
                yield TextWarning(line, f"{article.printed}提到的“{reference.text}”在本文中找不到")


def _references(article: Article, directory: Directory) -> Iterator[tuple[Reference, bool, int]]:
    for here in _texts(article):
        for citation in _citations(here, directory):
            found = [directory.anchor(place) for place in citation.places]
            targets = tuple(dict.fromkeys(anchor for anchor in found if anchor))
            dead = not found or None in found
            text = here.text[citation.start : citation.end]
            yield Reference(text, targets), dead, here.line


def _texts(article: Article) -> Iterator[_Here]:
    for number, paragraph in enumerate(article.paragraphs, 1):
        yield _Here(article, number, (), paragraph.text, paragraph.line)
        yield from _item_texts(article, number, (), paragraph.items)


def _item_texts(
    article: Article, paragraph: int, outer: tuple[int, ...], items: Sequence[Item]
) -> Iterator[_Here]:
    for number, one in zip(item_numbers([one.label for one in items]), items, strict=True):
        path = (*outer, number)
        for text in one.paragraphs:
            yield _Here(article, paragraph, path, text, one.line)
        yield from _item_texts(article, paragraph, path, one.items)


def _citations(here: _Here, directory: Directory) -> Iterator[_Citation]:
    """Citations of this regulation; a range is one, the members of a list are one each."""
    last: _Citation | None = None
    for found in _matches(here.text):
        joint = here.text[last.end : found.start()] if last else ""
        linked = last if _AND.fullmatch(joint) or _TO.fullmatch(joint) else None
        relative = found["article"] is None and _is_relative(found)
        inherits = linked is not None and linked.foreign and not relative
        foreign = inherits or (not relative and _of_another_law(here.text, found.start()))
        places = () if foreign else _places(found, here, directory, linked)
        citation = _Citation(found.start(), found.end(), places, foreign)
        if last and linked and not foreign and _TO.fullmatch(joint) and last.places and places:
            whole = directory.between(last.places[-1], places[-1])
            last = _Citation(last.start, citation.end, whole, False)
            continue
        if last and not last.foreign:
            yield last
        last = citation
    if last and not last.foreign:
        yield last


def _matches(text: str) -> Iterable[re.Match[str]]:
    # Every part of the pattern may be missing, so it also matches nothing.
    return (found for found in _CITATION.finditer(text) if found[0])


def _is_relative(found: re.Match[str]) -> bool:
    return found[0].startswith(("前", "本"))


def _places(
    found: re.Match[str], here: _Here, directory: Directory, linked: _Citation | None
) -> tuple[Place, ...]:
    try:
        paragraph = from_chinese(found["paragraph"]) if found["paragraph"] else None
        heads = _heads(found, here, directory, linked, bool(paragraph))
        paths = _item_paths(found)
    except ValueError:
        return ()
    return tuple(
        Place(head.article, paragraph or head.paragraph, (*head.items, *path))
        for head in heads
        for path in paths
    )


def _item_paths(found: re.Match[str]) -> list[tuple[int, ...]]:
    """第（一）项第2目 is (1, 2); 第（一）、（三）项 is (1,) and (3,); no item at all is ()."""
    point = (from_chinese(found["point"]),) if found["point"] else ()
    if found["plain_item"]:
        return [(from_chinese(found["plain_item"]), *point)]
    if not found["items"]:
        return [point]
    numbers: list[int] = []
    for part in _BETWEEN_ITEMS.split(found["items"]):
        first, *others = (from_chinese(numeral.strip("（）()")) for numeral in part.split("至"))
        numbers += from_to(first, others[-1]) if others else [first]
    return [(number, *point) for number in numbers]


def _heads(
    found: re.Match[str],
    here: _Here,
    directory: Directory,
    linked: _Citation | None,
    names_paragraph: bool,
) -> tuple[Place, ...]:
    """What the 款 and items of a citation are counted from."""
    own, text = here.article.label, found[0]
    if found["article"]:
        return (Place(_article_number(found)),)
    if text.startswith("前"):
        return _backwards(found, here, directory)
    if text.startswith("本条"):
        return (Place(own),)
    if text.startswith("本款"):
        return (Place(own, here.paragraph),)
    if linked and linked.places:
        before = linked.places[-1]
        return (Place(before.article, None if names_paragraph else before.paragraph),)
    return (Place(own) if names_paragraph else _own_list(here),)


def _own_list(here: _Here) -> Place:
    """A bare 第（三）项 means the list of its own 款, or the only one of the article."""
    has_items = bool(here.article.paragraphs[here.paragraph - 1].items)
    return Place(here.article.label, here.paragraph if has_items else None)


def _backwards(found: re.Match[str], here: _Here, directory: Directory) -> tuple[Place, ...]:
    own, text = here.article.label, found[0]
    count = _count(found["articles_back"] or found["paragraphs_back"] or found["items_back"])
    unit = next(sign for sign in text if sign in "条款项")
    if unit == "条":
        before = directory.before(own, count)
        return tuple(Place(number) for number in before) if len(before) == count else ()
    if unit == "款":
        first = here.paragraph - count
        return tuple(Place(own, n) for n in range(first, here.paragraph)) if first > 0 else ()
    *outer, number = here.items or (0,)
    first = number - count
    return tuple(Place(own, here.paragraph, (*outer, n)) for n in range(first, number) if first > 0)


def _count(numeral: str | None) -> int:
    return 1 if numeral is None else 2 if numeral == "两" else from_chinese(numeral)


def _article_number(found: re.Match[str]) -> str:
    main = from_chinese(found["article"])
    return f"{main}-{from_chinese(found['inserted'])}" if found["inserted"] else str(main)


def _of_another_law(text: str, position: int) -> bool:
    """《民法典》第十条, 该条例第三条: the name of another law stands right before."""
    before = text[max(0, position - 100) : position].rstrip()
    before = _BRACKET.sub("", before)
    if before.endswith("》"):
        return True
    name = _LAW.search(before[-_LONGEST_NAME:])
    return bool(name) and not (name and name["own"])
