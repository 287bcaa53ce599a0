"""The lines of a source, with the traces that the typesetting left at their ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.text.blanks import columns

_PAGE_NUMBER = re.compile(
    r"[—–―─－-]{1,3}\s{0,3}[0-9０-９]{1,4}\s{0,3}[—–―─－-]{1,3}"
    r"|第\s{0,3}[0-9]{1,4}\s{0,3}页(?:\s{0,3}[,，/]?\s{0,3}共\s{0,3}[0-9]{1,4}\s{0,3}页)?"
)
_INVISIBLE_ENDS = "\ufeff\u200b"


@dataclass(frozen=True)
class Line:
    """A line with text in it, without the blanks at its ends.

    `indent`: columns of blank before the text (a page break alone is one); `trailing`: blanks
    stood behind it; `gap`: an empty line stood before it.
    """

    number: int
    text: str
    indent: int
    trailing: bool
    gap: bool

    @property
    def width(self) -> int:
        """Columns that the text takes."""
        return columns(self.text)

    @property
    def is_page_number(self) -> bool:
        """— 3 — or 第3页 共9页 alone on a line is not text."""
        return bool(_PAGE_NUMBER.fullmatch(self.text))


def read_lines(raw: str) -> tuple[Line, ...]:
    """The lines that are not blank; numbers count all lines from 1."""
    found: list[Line] = []
    gap = False
    for number, whole in enumerate(split_lines(raw), 1):
        line = whole.strip(_INVISIBLE_ENDS)
        text = line.strip()
        if text:
            before = line[: len(line) - len(line.lstrip())].replace("\f", "")
            trailing = line != line.rstrip()
            found.append(Line(number, text, columns(before.expandtabs(4)), trailing, gap))
        gap = not text
    return tuple(found)


def split_lines(raw: str) -> list[str]:
    """Lines as editors count them; str.splitlines would also break at form feeds."""
    return raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
