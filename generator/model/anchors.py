"""Anchors: the one name of each place in a regulation's text, and its Chinese citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = "零一二三四五六七八九"
_UNITS = (("千", 1000), ("百", 100), ("十", 10))
_ITEM_LABEL = re.compile(r"[（(]?([零〇一二三四五六七八九十百]+|\d+|[①-⑳])[）)]?[.．、]?")
_SHAPE = re.compile(
    r"art(?P<article>[1-9]\d*(?:-[1-9]\d*)?)"
    r"(?:-p(?P<paragraph>[1-9]\d*))?"
    r"(?P<items>(?:-i[1-9]\d*)*)"
    r"(?:-p(?P<item_paragraph>[1-9]\d*))?",
    re.ASCII,
)


def to_chinese(number: int) -> str:
    """The Chinese numeral of 1 … 9999, as laws print it: 10 is 十, 110 is 一百一十."""
    if not 1 <= number <= 9999:
        raise ValueError(f"no Chinese numeral for {number}")
    rest, parts = number, ""
    for name, size in _UNITS:
        digit, rest = divmod(rest, size)
        if digit:
            parts += _DIGITS[digit] + name
        elif parts and rest and not parts.endswith("零"):
            parts += "零"
    if rest:
        parts += _DIGITS[rest]
    # Laws write 十二, never 一十二, but 一百一十二.
    return parts[1:] if parts.startswith("一十") else parts


def from_chinese(numeral: str) -> int:
    """The number of a Chinese numeral (二十九, 一百零三) or of plain digits; ValueError if none."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    sizes = dict(_UNITS)
    for character in numeral.replace("〇", "零"):
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in sizes:
            total += (digit or 1) * sizes[character]
            digit = 0
        else:
            raise ValueError(f"not a Chinese numeral: {numeral}")
    if not numeral or to_chinese(total + digit) != numeral.replace("〇", "零"):
        raise ValueError(f"not a Chinese numeral: {numeral}")
    return total + digit


def item_numbers(labels: Sequence[str]) -> tuple[int, ...]:
    """The numbers that a list's labels print, since people cite by them: 3 for （三）, 3. or ③.

    1, 2, 3 … where a label prints none or two print the same.
    """
    numbers = {number for label in labels if (number := _printed_number(label))}
    if len(numbers) < len(labels):
        return tuple(range(1, len(labels) + 1))
    return tuple(_printed_number(label) for label in labels)


def _printed_number(label: str) -> int:
    """The number of （三）, 三、, 3. or ③; 0 if the label prints none."""
    found = _ITEM_LABEL.fullmatch("".join(label.split()))
    if not found:
        return 0
    numeral = found[1]
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    try:
        return from_chinese(numeral)
    except ValueError:
        return 0


def article_label(number: str) -> str:
    """第十二条 for "12", 第一百二十条之一 for "120-1"."""
    main, _, inserted = number.partition("-")
    suffix = f"之{to_chinese(int(inserted))}" if inserted else ""
    return f"第{to_chinese(int(main))}条{suffix}"


@dataclass(frozen=True)
class Anchor:
    """A place in the text: an article, a 款, an 项 (also nested), or a paragraph inside an 项.

    `article` is the number as in the label ("12", "120-1"); `paragraph` counts the 款 from 1 and is
    None where the article has a single one or where the 项 is unique in its article.
    """

    article: str
    paragraph: int | None = None
    items: tuple[int, ...] = ()
    item_paragraph: int | None = None

    @classmethod
    def parse(cls, text: str) -> Anchor:
        """Read `art9`, `art29-p2`, `art9-i3`, `art9-p1-i3`, `art15-i2-p2`; else ValueError."""
        found = _SHAPE.fullmatch(text)
        if not found or (found["item_paragraph"] and not found["items"]):
            raise ValueError(f"not an anchor: {text}")
        return cls(
            article=found["article"],
            paragraph=int(found["paragraph"]) if found["paragraph"] else None,
            items=tuple(int(number) for number in re.findall(r"\d+", found["items"])),
            item_paragraph=int(found["item_paragraph"]) if found["item_paragraph"] else None,
        )

    def __str__(self) -> str:
        paragraph = f"-p{self.paragraph}" if self.paragraph else ""
        items = "".join(f"-i{number}" for number in self.items)
        inner = f"-p{self.item_paragraph}" if self.item_paragraph else ""
        return f"art{self.article}{paragraph}{items}{inner}"

    @property
    def citation(self) -> str:
        """As official Chinese cites it: 第二十九条第一款, 第九条第（三）项."""
        paragraph = f"第{to_chinese(self.paragraph)}款" if self.paragraph else ""
        items = "".join(
            f"第（{to_chinese(number)}）项" if depth == 0 else f"第{number}目"
            for depth, number in enumerate(self.items)
        )
        inner = f"第{to_chinese(self.item_paragraph)}段" if self.item_paragraph else ""
        return f"{article_label(self.article)}{paragraph}{items}{inner}"

    @property
    def article_anchor(self) -> Anchor:
        """The anchor of the article that this place is in."""
        return Anchor(self.article)

    @property
    def excel_name(self) -> str:
        """A defined name for the place: `art9` alone would be a cell address (column ART)."""
        return "law_" + str(self).replace("-", "_")

    @property
    def order(self) -> tuple[tuple[int, ...], int, tuple[int, ...], int]:
        """Sorts anchors as the text has them."""
        article = tuple(int(part) for part in self.article.split("-"))
        return article, self.paragraph or 0, self.items, self.item_paragraph or 0

    def __lt__(self, other: Anchor) -> bool:
        return self.order < other.order
