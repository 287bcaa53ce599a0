"""The inside of an article: which natural paragraphs are 款, which are 项 or stand inside an 项."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.text.blanks import tighten
from generator.text.joints import Natural
from generator.text.labels import ItemStart, item
from generator.text.regulation import Item, Paragraph


@dataclass
class _Node:
    """A 款 (no label) or an 项 while it still grows."""

    label: str
    line: int
    texts: list[str]
    style: str = ""
    number: int = 0
    items: list[_Node] = field(default_factory=list)

    def as_item(self) -> Item:
        items = tuple(node.as_item() for node in self.items)
        return Item(self.label, tuple(self.texts), items, self.line)

    def as_paragraph(self) -> Paragraph:
        items = tuple(node.as_item() for node in self.items)
        return Paragraph("".join(self.texts), items, self.line)


def build_paragraphs(naturals: Sequence[Natural]) -> tuple[Paragraph, ...]:
    """The 款 of an article, from its natural paragraphs without the article's label."""
    starts = [item(natural.text.lstrip()) for natural in naturals]
    following = _next_numbers(starts)
    roots: list[_Node] = []
    path: list[_Node] = []
    for natural, start, ahead in zip(naturals, starts, following, strict=True):
        if start:
            if not roots:
                roots.append(_Node("", natural.line, []))
                path = roots[:1]
            path = _hang(path, start, natural.line)
        elif len(path) > 1 and ahead.get(path[1].style, 0) > path[1].number:
            # The list goes on below: this is a further paragraph of the item above it.
            path[-1].texts.append(tighten(natural.text))
        else:
            roots.append(_Node("", natural.line, [tighten(natural.text)]))
            path = roots[-1:]
    return tuple(root.as_paragraph() for root in roots)


def _hang(path: list[_Node], start: ItemStart, line: int) -> list[_Node]:
    """Add an item where its style belongs; a style not open yet lies inside the last item."""
    depth = next((i for i, node in enumerate(path) if node.style == start.style), len(path))
    text = tighten(start.rest)
    node = _Node(start.label, line, [text] if text else [""], start.style, start.number)
    path[depth - 1].items.append(node)
    return [*path[:depth], node]


def _next_numbers(starts: Sequence[ItemStart | None]) -> list[dict[str, int]]:
    """For each place: by style, the number of the next item further down."""
    ahead: dict[str, int] = {}
    found: list[dict[str, int]] = []
    for start in reversed(starts):
        found.append(ahead)
        if start:
            ahead = {**ahead, start.style: start.number}
    return found[::-1]
