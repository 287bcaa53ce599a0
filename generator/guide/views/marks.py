"""How strongly a sentence binds: a word and, in the style sheet, a sign for each."""

from __future__ import annotations

from dataclasses import dataclass

_WORDS = {
    "must": ("应当", "必须做"),
    "may": ("可以", "准许做，也可以不做"),
    "must_not": ("不得", "禁止做"),
    "condition": ("条件", "具备了，才能办下一步"),
    "factor": ("依据", "作决定时须考虑，本身不决定结果"),
    "charge": ("负责", "由其主管、承担的工作"),
    "sanction": ("责任", "违反以后的处理"),
}

ALL_STRENGTHS = tuple(_WORDS)
"""From the strongest duty to what follows from breaking one, as pages order them."""

_DEGREES = {"strict": "{}", "in_principle": "原则上{}", "explore": "{}探索"}


@dataclass(frozen=True)
class Mark:
    """`kind` names the sign (must, may, must-not, condition …)."""

    kind: str
    word: str
    meaning: str


def mark(strength: str, *, degree: str = "strict") -> Mark:
    """The mark of a strength or modality, as strict as the text has it: 应当, 原则上应当."""
    word, meaning = _WORDS[strength]
    return Mark(strength.replace("_", "-"), _DEGREES[degree].format(word), meaning)
