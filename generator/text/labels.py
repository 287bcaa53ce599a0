"""Labels that begin a part of a regulation: 第二章, 第十二条之一, （一）, 1., 附件, 抄送."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.anchors import from_chinese
from generator.text.blanks import squeeze, tighten

NUMERAL = r"[一二三四五六七八九十百千零〇0-9０-９]{1,9}"
_CHINESE = r"[一二三四五六七八九十百]{1,5}"
_ARTICLE = re.compile(rf"第\s*(?P<main>{NUMERAL})\s*条(?:\s*之\s*(?P<inserted>{NUMERAL}))?")
_HEADING = re.compile(rf"第\s*(?P<number>{NUMERAL})\s*(?P<level>[编章节])")
_CITED_PART = re.compile(rf"\s*第\s*[（(]?\s*{NUMERAL}\s*[）)]?\s*[款项]")
_CITED_ARTICLE = re.compile(r"规定|所[称列述指规]|的|[、，,]|第|[和与或至及到]第|以及|以外")
_CITED_HEADING = re.compile(r"规定|所[称列述指规]|的|第|[和与或至及到]第|以及|以外")
_PUNCTUATION = re.compile(r"[，。；：！？,;:!?]")
# （一）项目申报 begins an item; （一）项的规定 is the broken end of a citation.
_NOT_CITED = r"(?!\s*(?:项(?!目)|款(?!项)|目(?![标录的])))"
_ITEMS = {
    "（一）": re.compile(rf"[（(]\s*(?P<number>{_CHINESE})\s*[）)]{_NOT_CITED}"),
    "一、": re.compile(rf"(?P<number>{_CHINESE})\s*、(?!\s*[一二三四五六七八九十])"),
    "1.": re.compile(r"(?P<number>[0-9０-９]{1,3})\s*[.．、](?!\s*[0-9０-９])"),
    "（1）": re.compile(rf"[（(]\s*(?P<number>[0-9０-９]{{1,3}})\s*[）)]{_NOT_CITED}"),
    "1）": re.compile(r"(?P<number>[0-9０-９]{1,3})\s*[）)]"),
    "①": re.compile(r"(?P<number>[①-⑳])"),
}
_BACK = re.compile(
    r"(?:抄\s*送|主\s*题\s*词|附\s*[件表录]?\s*[0-9]*)\s*[:：]"
    r"|附\s*[件表录]\s*[0-9一二三四五六七八九十]{0,3}\s*$"
    r"|附\s*[件表录]\s*[0-9一二三四五六七八九十]{1,3}\s+[^。；]{1,60}$"
    r"|[（(]\s*此件"
)
_SENTENCE_END = tuple("。！？；：!?;:")
_CLOSING = "”’\"')）》〉」』】"
_LONGEST_HEADING = 40


@dataclass(frozen=True)
class ArticleStart:
    """第十二条之一: `number` is "12-1"; `rest` is the text behind the label."""

    label: str
    number: str
    rest: str


@dataclass(frozen=True)
class Heading:
    """第二章 项目审批; `level` is 编, 章 or 节."""

    level: str
    label: str
    number: int
    title: str


@dataclass(frozen=True)
class ItemStart:
    """（一） or 1.; `style` tells apart the lists that stand inside each other."""

    style: str
    label: str
    number: int
    rest: str


@dataclass(frozen=True)
class Labels:
    """Reads labels as one text prints them.

    `spaced`: the text sets a blank behind 第X条, so that 第三十条规定的… at the beginning of a
    paragraph is a citation.
    """

    spaced: bool

    @classmethod
    def used_in(cls, texts: Iterable[str]) -> Labels:
        """The manner of a text, from its lines."""
        behind = [text[found.end() :] for text in texts if (found := _ARTICLE.match(text))]
        spaced = sum(1 for rest in behind if rest[:1].isspace())
        glued = sum(1 for rest in behind if rest and not rest[0].isspace())
        return cls(spaced=spaced > glued)

    def article(self, text: str) -> ArticleStart | None:
        """The article that begins with this text, if one does."""
        found = _ARTICLE.match(text)
        if not found:
            return None
        rest = text[found.end() :]
        if _CITED_PART.match(rest) or (rest and not rest[0].isspace() and self._cites(rest)):
            return None
        main, inserted = _number(found["main"]), _number(found["inserted"] or "")
        if not main or (found["inserted"] and not inserted):
            return None
        number = f"{main}-{inserted}" if inserted else str(main)
        return ArticleStart(squeeze(found[0]), number, rest)

    def _cites(self, rest: str) -> bool:
        return self.spaced or bool(_CITED_ARTICLE.match(rest))

    def begins_part(self, text: str) -> bool:
        """Whether a chapter, an article, an item or the end matter begins with this text."""
        return bool(self.article(text) or heading(text) or item(text) or begins_back(text))

    def only_label(self, text: str) -> bool:
        """Whether this is the label of an article or an item with no text behind it."""
        start = self.article(text) or item(text)
        return start is not None and not start.rest.strip()


def heading(text: str) -> Heading | None:
    """The heading that this whole paragraph is, if it is one."""
    found = _HEADING.match(text)
    if not found:
        return None
    title, number = tighten(text[found.end() :]), _number(found["number"])
    cites = not text[found.end() :][:1].isspace() and _CITED_HEADING.match(title)
    if not number or cites or len(title) > _LONGEST_HEADING or _PUNCTUATION.search(title):
        return None
    return Heading(found["level"], squeeze(found[0]), number, title)


def item(text: str) -> ItemStart | None:
    """The item that begins with this text, if one does."""
    for style, pattern in _ITEMS.items():
        found = pattern.match(text)
        if found and (number := _number(found["number"])):
            return ItemStart(style, squeeze(found[0]), number, text[found.end() :])
    return None


def begins_back(text: str) -> bool:
    """Whether the matter behind the last article begins here: 抄送, 附件."""
    return bool(_BACK.match(text))


def ends_sentence(text: str) -> bool:
    """Whether a paragraph can end with this text; a list's lead-in and its items count."""
    return text.rstrip().rstrip(_CLOSING).endswith(_SENTENCE_END)


def _number(numeral: str) -> int:
    """Its value, or 0 if it is none."""
    if len(numeral) == 1 and "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    try:
        number = from_chinese(numeral)
    except ValueError:
        return 0
    return number if number <= 9999 else 0
