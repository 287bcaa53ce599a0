"""How strongly a sentence binds: a word and, in the style sheet, a sign for each."""

from __future__ import annotations

from dataclasses import dataclass

from generator.rules.prose import STRENGTHS, strength_word

ALL_STRENGTHS = tuple(STRENGTHS)
"""From the strongest duty to what follows from breaking one, as pages order them."""


@dataclass(frozen=True)
class Mark:
    """`kind` names the sign (must, may, must-not, condition …)."""

    kind: str
    word: str
    meaning: str


def mark(strength: str, *, degree: str = "strict") -> Mark:
    """The mark of a strength or modality, as strict as the text has it: 应当, 原则上应当."""
    _, meaning = STRENGTHS[strength]
    return Mark(strength.replace("_", "-"), strength_word(strength, degree), meaning)
