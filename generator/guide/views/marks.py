"""How strongly a sentence binds: a word and, in the style sheet, a sign for each."""

from __future__ import annotations

from dataclasses import dataclass

_WORDS = {
    "must": ("应当", "必须做"),
    "may": ("可以", "准许做，也可以不做"),
    "must_not": ("不得", "禁止做"),
    "condition": ("条件", "具备了，才能办下一步"),
    "sanction": ("责任", "违反以后的处理"),
}

ALL_STRENGTHS = tuple(_WORDS)
"""From the strongest duty to what follows from breaking one, as pages order them."""


@dataclass(frozen=True)
class Mark:
    """`kind` names the sign (must, may, must-not, condition, sanction)."""

    kind: str
    word: str
    meaning: str


def mark(strength: str, *, in_principle: bool = False) -> Mark:
    """The mark of a strength or modality; 原则上 stands before the word."""
    word, meaning = _WORDS[strength]
    kind = strength.replace("_", "-")
    return Mark(kind, f"原则上{word}" if in_principle else word, meaning)
