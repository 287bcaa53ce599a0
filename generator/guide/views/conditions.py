"""A condition as the lines of a nested list, each with its basis and what other readings test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.guide.addresses import READINGS, Link, Links
from generator.model.conditions import All, AnyOf, Condition, Leaf, Not
from generator.rules.prose import Line, outline, test_text


@dataclass(frozen=True)
class OtherReading:
    """What a leaf tests under another, open reading."""

    text: str
    reading: Link


@dataclass(frozen=True)
class ConditionLine:
    """One line; `depth` counts from 0, `joint` is one that stands above parts (须同时满足)."""

    depth: int
    text: str
    joint: bool
    law: tuple[Link, ...]
    others: tuple[OtherReading, ...]


def condition_lines(links: Links, condition: Condition) -> tuple[ConditionLine, ...]:
    """A condition, from top to bottom."""
    return tuple(_lines(links, condition, outline(links.edition, condition), 0))


def _lines(links: Links, node: Condition, line: Line, depth: int) -> Iterator[ConditionLine]:
    yield ConditionLine(
        depth=depth,
        text=line.text,
        joint=bool(line.parts),
        law=links.provisions([line.law] if line.law else []),
        others=_others(links, node) if not line.parts else (),
    )
    for part, below in zip(_parts(node), line.parts, strict=False):
        yield from _lines(links, part, below, depth + 1)


def _parts(node: Condition) -> tuple[Condition, ...]:
    match node:
        case All(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case Leaf():
            return ()


def _others(links: Links, node: Condition) -> tuple[OtherReading, ...]:
    if isinstance(node, Not):
        return _others(links, node.part)
    if not isinstance(node, Leaf):
        return ()
    return tuple(
        OtherReading(test_text(links.edition, test), links.to(READINGS, reading, reading))
        for reading, test in node.alternatives.items()
    )
