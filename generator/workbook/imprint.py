"""What sets one file apart from the published template of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FICTITIOUS = "示例：虚构"


@dataclass(frozen=True)
class Imprint:
    """A numbered copy has an issue id, a recipient and the day of issue; a filled example has a
    title; the published template has nothing of it.

    `day` is also the day that cached values count from where the file itself names none: a copy
    says on its cover when it was issued, and each program calculates anew on opening it.
    """

    issue_id: str = ""
    recipient: str = ""
    example: str = ""
    day: date | None = None

    @property
    def mark(self) -> str:
        """What each printed page says at its head."""
        if self.example:
            return f"{FICTITIOUS}，不作依据"
        return f"领用编号 {self.issue_id}" if self.issue_id else ""


TEMPLATE = Imprint()
"""The published template."""
