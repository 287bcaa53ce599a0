"""What stands before the first article: the cover letter, the regulation's own title, its 文号."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.text.blanks import squeeze, tighten
from generator.text.joints import Natural
from generator.text.labels import heading

_KINDS = (
    "办法|规定|条例|细则|规则|规程|制度|方案|章程|准则|标准|意见|措施|守则|公约|决定|通则|规范|"
    "指引|法"
)
_STATUS = r"(?:[（(][^（）()]{1,20}[）)])?"
_TITLE = re.compile(rf"[^，。；：！？]{{1,80}}(?:{_KINDS}){_STATUS}")
_NUMBER = re.compile(
    r"[（(]?([^\s〔〕\[\]（）()《》，。；：]{1,20}[〔\[［（(][0-9]{4}[〕\]］）)]第?[0-9]{1,5}号)[）)]?"
)
_NAMED = re.compile(r"《([^《》]{2,100})》")
_LINES_OF_A_TITLE = 3

Parts = tuple[tuple[Natural, ...], str, tuple[Natural, ...]]


def find_title(before: Sequence[Natural]) -> Parts:
    """(front, title, preamble): the title nearest to the body; "" if there is none."""
    texts = [tighten(natural.text) for natural in before]
    named = {squeeze(name) for text in texts for name in _NAMED.findall(text)}
    for last in reversed(range(len(texts))):
        for first in range(max(0, last + 1 - _LINES_OF_A_TITLE), last):
            # Set in two lines, but the letter above calls it by its whole name.
            if squeeze("".join(texts[first : last + 1])) in named:
                return _split(before, first, last)
        if _TITLE.fullmatch(texts[last]) and not heading(before[last].text):
            return _split(before, last, last)
    if len(before) == 1 and not _ends_like_text(texts[0]):
        return (), texts[0], ()
    return tuple(before), "", ()


def find_number(before: Sequence[Natural]) -> str | None:
    """The 文号 that stands alone on a line, as printed but for blanks."""
    for natural in before:
        found = _NUMBER.fullmatch(squeeze(natural.text))
        if found:
            return found[1]
    return None


def _split(before: Sequence[Natural], first: int, last: int) -> Parts:
    title = tighten("".join(natural.text for natural in before[first : last + 1]))
    return tuple(before[:first]), title, tuple(before[last + 1 :])


def _ends_like_text(text: str) -> bool:
    return text.endswith(("。", "；", "：", "，", "通知", "号", "）"))
