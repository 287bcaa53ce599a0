"""From lines to natural paragraphs: where does one end, where was it only broken?

Extractions differ in what they leave. A mark (a blank behind a paragraph's last line, an empty
line between paragraphs, an indent) is trusted if it agrees with the sentences around it; a text
that is not broken at all needs none; for the rest widths of lines and punctuation must do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from generator.text.blanks import columns, rejoin
from generator.text.labels import Labels, begins_back, ends_sentence, heading
from generator.text.lines import Line, read_lines
from generator.text.regulation import TextWarning

Mark = Callable[[Line, Line], bool]
# Does a paragraph end between these two lines, the first of which begins one (or not)?
Rule = Callable[[Line, Line, bool], bool]

_MARKS: tuple[Mark, ...] = (
    lambda before, _: before.trailing,
    lambda _, after: after.gap,
    lambda _, after: after.indent >= 2,
)
_NEVER_LAST = tuple("，、（《“‘〔,(")
_LINES_OF_A_LABEL = 3
_GUESSED = "原文没有留下分段痕迹，段落按行宽和标点推断，请逐条核对"


@dataclass(frozen=True)
class Natural:
    """A natural paragraph; blanks inside its lines are kept. `line`: where it begins."""

    text: str
    line: int


@dataclass(frozen=True)
class Source:
    """A text as natural paragraphs, with the way it prints its labels."""

    paragraphs: tuple[Natural, ...]
    labels: Labels
    warnings: tuple[TextWarning, ...]


def read_source(raw: str) -> Source:
    """All natural paragraphs of a text; page numbers are left out with a warning."""
    every = read_lines(raw)
    lines = [line for line in every if not line.is_page_number]
    labels = Labels.used_in(line.text for line in lines)
    rule, guessed = _choose(lines, labels)
    warnings = [
        TextWarning(line.number, f"“{line.text}” 独占一行，按页码略去")
        for line in every
        if line.is_page_number
    ]
    if guessed:
        warnings.append(TextWarning(lines[0].number, _GUESSED))
    return Source(tuple(_join(lines, rule, labels)), labels, tuple(warnings))


def _join(lines: Sequence[Line], rule: Rule, labels: Labels) -> list[Natural]:
    naturals: list[Natural] = []
    pending: list[Line] = []
    for line in lines:
        if pending and rule(pending[-1], line, len(pending) == 1):
            naturals.append(_natural(pending, labels))
            pending = []
        pending.append(line)
    return [*naturals, _natural(pending, labels)] if pending else naturals


def _natural(lines: list[Line], labels: Labels) -> Natural:
    texts = [line.text for line in lines]
    for count in range(1, min(len(texts), _LINES_OF_A_LABEL) + 1):
        if labels.only_label(rejoin(texts[:count])):
            texts[count - 1] += " "  # The blank behind the label is where the line was broken.
    return Natural(rejoin(texts), lines[0].number)


def _choose(lines: Sequence[Line], labels: Labels) -> tuple[Rule, bool]:
    """The rule for this text, and whether it only guesses."""
    body = _body(lines, labels)
    for mark in _MARKS:
        if _trusted(mark, body, labels):
            return _by_mark(mark, labels), False
    if _unbroken(body, labels):
        return _line_by_line(labels), False
    return _by_width(body, labels), True


def _body(lines: Sequence[Line], labels: Labels) -> list[tuple[Line, Line]]:
    """The joints between the first article and the last one's end: no letter, no signature."""
    starts = [index for index, line in enumerate(lines) if labels.article(line.text)]
    if not starts:
        return []
    last = starts[-1]
    for index in range(last, len(lines)):
        if begins_back(lines[index].text):
            break
        if ends_sentence(lines[index].text):
            last = index
    return list(pairwise(lines[starts[0] : last + 1]))


def _may_end(before: Line, after: Line, labels: Labels) -> bool:
    return (
        ends_sentence(before.text)
        or heading(before.text) is not None
        or labels.only_label(before.text)
        or labels.begins_part(after.text)
    )


def _trusted(mark: Mark, body: Sequence[tuple[Line, Line]], labels: Labels) -> bool:
    """A true mark stands before nearly all articles and items, and hardly inside a sentence."""
    starts = [
        mark(before, after)
        for before, after in body
        if ends_sentence(before.text) and labels.begins_part(after.text)
    ]
    marked = [_may_end(before, after, labels) for before, after in body if mark(before, after)]
    return bool(starts) and _share(starts) >= 0.9 and _share(marked) >= 0.9


def _unbroken(body: Sequence[tuple[Line, Line]], labels: Labels) -> bool:
    return not body or _share([_may_end(*joint, labels) for joint in body]) >= 0.8


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 0.0


def _by_mark(mark: Mark, labels: Labels) -> Rule:
    def ends(before: Line, after: Line, _: bool) -> bool:
        if _heads(after, labels) and (ends_sentence(before.text) or heading(before.text)):
            return True  # One lost mark must not swallow an article.
        begins_part = labels.begins_part(after.text)
        return mark(before, after) and (begins_part or not before.text.endswith(_NEVER_LAST))

    return ends


def _line_by_line(labels: Labels) -> Rule:
    def ends(before: Line, after: Line, _: bool) -> bool:
        return labels.begins_part(after.text) or not before.text.endswith(_NEVER_LAST)

    return ends


def _heads(line: Line, labels: Labels) -> bool:
    """A chapter or an article begins here, with the blank behind its label that citations lack."""
    start = labels.article(line.text)
    if start:
        return start.rest[:1].isspace()
    return heading(line.text) is not None


def _by_width(body: Sequence[tuple[Line, Line]], labels: Labels) -> Rule:
    full, indent = _measure(body, labels)

    def slack(line: Line, first: bool) -> int:
        return full - line.width - (indent if first else 0)

    def ends(before: Line, after: Line, first: bool) -> bool:
        room = slack(before, first)
        short = room > full * 0.4
        if _heads(after, labels) or (first and heading(before.text)):
            return True
        if not ends_sentence(before.text):
            return short
        looks_first = indent > 0 and not ends_sentence(after.text) and slack(after, True) < indent
        return (
            labels.begins_part(after.text)
            or room >= max(4, columns(_unbreakable(after.text)) + 2)
            or (looks_first and slack(after, False) >= indent - 1)
        )

    return ends


def _measure(body: Sequence[tuple[Line, Line]], labels: Labels) -> tuple[int, int]:
    """Columns of a full line, and by how many a paragraph's first line is shorter (its indent)."""
    broken = [line for line, _ in body if not ends_sentence(line.text)]
    full = sorted(line.width for line in broken)[len(broken) * 9 // 10]
    firsts = [line.width for line in broken if _heads(line, labels) and not heading(line.text)]
    indent = full - median_low(firsts) if len(firsts) >= 3 else 0
    return full, indent if 2 <= indent <= 8 else 0


def _unbreakable(text: str) -> str:
    """The word or number at the beginning of a line: it may have been too long for the last."""
    end = next((i for i, sign in enumerate(text) if not (sign.isascii() or sign in "〔〕")), 0)
    return text[:end]
