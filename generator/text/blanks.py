"""White space: what counts as such, which blanks a text keeps, how broken lines meet again."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def squeeze(text: str) -> str:
    """The text without any white space: what two texts are compared by."""
    return "".join(text.translate(_INVISIBLE).split())


def tighten(text: str) -> str:
    """Only the blanks that mean something: one between two words of a Western script.

    Typesetting puts blanks around digits (100 万元) and into titles (总 则); none of them is text.
    """
    words = text.translate(_INVISIBLE).split()
    parts = words[:1]
    for before, after in pairwise(words):
        if not _is_wide(before[-1]) and not _is_wide(after[0]):
            parts.append(" ")
        parts.append(after)
    return "".join(parts)


def rejoin(lines: list[str]) -> str:
    """One paragraph from its lines, each without blanks at its ends.

    A line may break inside a number, but Western words break at their blanks.
    """
    parts = lines[:1]
    for before, after in pairwise(lines):
        word_ends = before[-1:].isalpha() or before[-1:] in tuple(",.;:")
        between_words = (
            word_ends
            and after[:1].isalpha()
            and not _is_wide(before[-1])
            and not _is_wide(after[0])
        )
        parts.append(f" {after}" if between_words else after)
    return "".join(parts)


def columns(text: str) -> int:
    """Width as a typesetter counts it: a Chinese character takes two columns."""
    return sum(2 if _is_wide(character) else 1 for character in text)


@lru_cache(maxsize=20_000)
def _is_wide(character: str) -> bool:
    width = unicodedata.east_asian_width(character)
    # “ ” — … are ambiguous by Unicode and wide in a Chinese text; é and α are letters.
    return width in "WF" or (width == "A" and not character.isalpha())
