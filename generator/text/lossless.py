"""Nothing lost, nothing added: a structure's characters against those of the text as issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.text.blanks import squeeze
from generator.text.lines import Line, read_lines
from generator.text.parse import parse_regulation
from generator.text.regulation import Item, Regulation

_EXCERPT = 12


@dataclass(frozen=True)
class Loss:
    """The first difference: at `line` and `column` of the source, counted from 1, stands
    `expected`, and the structure has `found` there, after `before` characters of its words."""

    line: int
    column: int
    expected: str
    found: str
    before: int

    @property
    def message(self) -> str:
        """For people."""
        if not self.expected:
            return f"条文比原文多出“{self.found}”"
        if not self.found:
            return f"条文缺少原文的“{self.expected}”"
        return f"条文与原文不符：原文为“{self.expected}”，条文为“{self.found}”"


def printed(regulation: Regulation) -> Iterator[str]:
    """All words of a text in the order they were printed."""
    yield from regulation.front
    yield regulation.title
    yield from regulation.preamble
    yield from printed_body(regulation)
    yield from regulation.back


def printed_body(regulation: Regulation) -> Iterator[str]:
    """The words of the chapters and articles: what an edition's text/ holds."""
    for chapter, articles in regulation.divisions():
        if chapter:
            yield chapter.label
            yield chapter.title
        for article in articles:
            yield article.printed
            for paragraph in article.paragraphs:
                yield paragraph.text
                yield from _printed_items(paragraph.items)


def _printed_items(items: Sequence[Item]) -> Iterator[str]:
    for one in items:
        yield one.label
        yield from one.paragraphs
        yield from _printed_items(one.items)


def find_loss(words: Iterable[str], source: str) -> Loss | None:
    """The first place where words in order are not the source's, white space and page numbers
    aside; None if there is none."""
    expected, places = _characters(source)
    found = squeeze("".join(words))
    if expected == found:
        return None
    shorter = min(len(expected), len(found))
    at = next((i for i in range(shorter) if expected[i] != found[i]), shorter)
    line, column = _locate(places, at) if places else (1, 1)
    return Loss(line, column, expected[at : at + _EXCERPT], found[at : at + _EXCERPT], at)


def find_body_loss(words: Iterable[str], source: str) -> Loss | None:
    """Like `find_loss` for the words of chapters and articles alone (an edition's text/): what
    stands before and after the body is taken from the source itself."""
    regulation = parse_regulation(source)
    front = [*regulation.front, regulation.title, *regulation.preamble]
    loss = find_loss([*front, *words, *regulation.back], source)
    return loss and replace(loss, before=max(0, loss.before - len(squeeze("".join(front)))))


def _characters(source: str) -> tuple[str, list[tuple[int, Line]]]:
    """All characters to compare, and each line with the number of characters before it."""
    parts: list[str] = []
    places: list[tuple[int, Line]] = []
    length = 0
    for line in read_lines(source):
        if not line.is_page_number:
            parts.append(squeeze(line.text))
            places.append((length, line))
            length += len(parts[-1])
    return "".join(parts), places


def _locate(places: Sequence[tuple[int, Line]], at: int) -> tuple[int, int]:
    """Line and column of the n-th character; blanks count as columns, not as characters."""
    start, line = max((place for place in places if place[0] <= at), key=lambda place: place[0])
    ends = [offset for offset, sign in enumerate(line.text) if squeeze(sign)]
    offset = ends[at - start] if at - start < len(ends) else len(line.text)
    return line.number, line.indent + offset + 1
