"""Three truth values: no, unknown, yes; an empty cell is unknown, never no."""

from __future__ import annotations

from enum import IntEnum


class Truth(IntEnum):
    """Ordered so that `all` is min, `any` is max and `not` mirrors."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def word(self) -> str:
        """As `decide --json` and the examples write it."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """As people read it."""
        return {"NO": "否", "UNKNOWN": "待填", "YES": "是"}[self.name]

    def negated(self) -> Truth:
        """Yes for no, no for yes; unknown stays."""
        return Truth(2 - self)


def truth_of(value: bool | None) -> Truth:
    """The truth of an answer; None is unknown."""
    if value is None:
        return Truth.UNKNOWN
    return Truth.YES if value else Truth.NO
