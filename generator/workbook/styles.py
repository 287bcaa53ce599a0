"""How cells look: one name for each kind of cell; yellow is input, grey is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

FONT, PAPER_FONT = "微软雅黑", "宋体"
MEASURE_FONT, MEASURE_SIZE = "Arial", 10
"""Widths of columns count digits of the book's first font: in this one they are 7 pixels wide, as
in Excel's own, and where it is missing, as on most Linux desktops, another of the same widths
stands in for it."""
INK, MUTED, WHITE = "1F2D3D", "5F6B7A", "FFFFFF"
MAIN, MAIN_TINT = "1F4E79", "DCE6F1"
INPUT, COMPUTED, LINE = "FFF8DC", "F2F2F2", "B8C0CC"
GREEN, GREEN_TINT = "1E6B34", "E2F1E5"
RED, RED_TINT = "A61B1B", "FBE3E1"
AMBER, AMBER_TINT = "8A5A00", "FFEBC2"
GREY, GREY_TINT = "6B7280", "ECEEF1"

DATE_FORMAT = "yyyy-mm-dd"
CHINESE_DATE_FORMAT = 'yyyy"年"m"月"d"日"'
AMOUNT_FORMAT = "#,##0.00####"
SHARE_FORMAT = "0.00##%"
"""With places enough to tell 10.0001 % from a tenth; amounts stand beside it to the last digit."""


@dataclass(frozen=True)
class Look:
    """A cell's looks; `locked` cells cannot be typed into on a protected sheet."""

    size: float = 10.5
    bold: bool = False
    color: str = INK
    fill: str | None = None
    border: bool | Literal["ink", "below"] = False
    horizontal: str = "left"
    vertical: str = "center"
    wrap: bool = True
    shrink: bool = False
    """A number that is too long for its cell is made smaller; else it would be ####."""
    indent: int = 0
    number_format: str = "General"
    locked: bool = True
    underline: bool = False
    font: str = FONT


_BODY = Look(border=True, indent=1)
_INPUT = Look(border=True, fill=INPUT, locked=False, indent=1)
_COMPUTED = Look(border=True, fill=COMPUTED, indent=1)
_ANSWER = replace(_COMPUTED, color=MAIN, underline=True)
_PAPER = Look(size=10.5, color=INK, border="ink", indent=1, font=PAPER_FONT)
_SEAL = Look(border="below", indent=1)
_SEAL_INPUT = replace(_SEAL, fill=INPUT, locked=False)


def _amounts(look: Look) -> Look:
    return replace(look, horizontal="right", number_format=AMOUNT_FORMAT, wrap=False, shrink=True)


BARE = "bare"
"""As a program shows what has no look: on hidden sheets."""

LOOKS: Mapping[str, Look] = {
    BARE: Look(),
    "plain": Look(),
    "sheet_title": Look(size=16, bold=True, color=MAIN, wrap=False),
    "link_title": Look(size=9.5, color=MAIN, underline=True, horizontal="right"),
    "subtitle": Look(size=10.5, color=MUTED, wrap=True),
    "warning": Look(size=11, bold=True, color=RED, fill=RED_TINT, border=True, indent=1),
    "section": Look(size=12, bold=True, color=WHITE, fill=MAIN, wrap=False, indent=1),
    "heading": Look(bold=True, color=MAIN, fill=MAIN_TINT, border=True, horizontal="center"),
    "heading_left": Look(bold=True, color=MAIN, fill=MAIN_TINT, border=True, indent=1),
    "text": Look(wrap=True, vertical="top"),
    "note": Look(color=MUTED, size=9.5, wrap=True),
    "body": _BODY,
    "body_center": replace(_BODY, horizontal="center"),
    "body_strong": replace(_BODY, bold=True),
    "help": replace(_BODY, color=MUTED, size=9.5),
    "link": replace(_BODY, color=MAIN, underline=True, size=9.5),
    "input": _INPUT,
    "input_sample": replace(_INPUT, locked=True),
    "input_text": replace(_INPUT, number_format="@"),
    "input_center": replace(_INPUT, horizontal="center"),
    "input_amount": _amounts(_INPUT),
    "input_date": replace(_INPUT, horizontal="center", number_format=DATE_FORMAT),
    "computed": _COMPUTED,
    "computed_center": replace(_COMPUTED, horizontal="center"),
    "computed_amount": _amounts(_COMPUTED),
    "computed_date": replace(_COMPUTED, horizontal="center", number_format=DATE_FORMAT),
    "computed_date_left": replace(_COMPUTED, number_format=DATE_FORMAT),
    "computed_share": replace(_COMPUTED, horizontal="right", number_format=SHARE_FORMAT),
    "computed_days": replace(_COMPUTED, horizontal="center", number_format="0"),
    "answer": replace(_ANSWER, horizontal="center"),
    "answer_date": replace(_ANSWER, horizontal="center", number_format=DATE_FORMAT),
    "state": replace(_COMPUTED, horizontal="center", bold=True),
    "verdict": replace(_COMPUTED, horizontal="center", bold=True, size=12),
    "law_article": replace(_BODY, bold=True, fill=GREY_TINT),
    "seal_label": Look(horizontal="right", vertical="bottom"),
    "seal": replace(_SEAL, vertical="bottom"),
    "seal_date": replace(_SEAL, vertical="bottom", number_format=CHINESE_DATE_FORMAT),
    "seal_input": replace(_SEAL_INPUT, vertical="bottom", number_format="@"),
    "seal_input_date": replace(_SEAL_INPUT, vertical="bottom", number_format=CHINESE_DATE_FORMAT),
    "paper_title": replace(_PAPER, size=20, bold=True, border=False, horizontal="center"),
    "paper_text": replace(_PAPER, size=12, border=False, indent=0),
    "paper_heading": replace(_PAPER, bold=True, horizontal="center"),
    "paper_label": replace(_PAPER, horizontal="center"),
    "paper_value": _PAPER,
    "paper_input": replace(_PAPER, fill=INPUT, locked=False, number_format="@"),
    "paper_amount": replace(_PAPER, number_format=AMOUNT_FORMAT),
    "paper_share": replace(_PAPER, number_format=SHARE_FORMAT),
    "paper_date": replace(_PAPER, number_format=CHINESE_DATE_FORMAT),
    "paper_seal": replace(_PAPER, horizontal="right", vertical="bottom"),
    **{f"body_indent{depth}": replace(_BODY, indent=1 + depth * 2) for depth in range(1, 7)},
}

HIGHLIGHTS: Mapping[str, tuple[str, str]] = {
    "good": (GREEN, GREEN_TINT),
    "bad": (RED, RED_TINT),
    "doubt": (AMBER, AMBER_TINT),
    "pending": (GREY, GREY_TINT),
    "aside": (GREY, GREY_TINT),
    "unused": (WHITE, WHITE),
}
"""Font colour and fill by what a word means; the word itself always stands there too."""

QUIET = frozenset({"aside", "unused"})
"""These are for whole rows, and not bold."""


def text_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width; a Chinese character is two wide."""
    room = max(width - 3, 4)
    lines = 0
    for paragraph in text.split("\n"):
        wide = sum(2.05 if ord(character) > 0x2E7F else 1.05 for character in paragraph)
        lines += max(1, -int(-wide // room))
    return lines
