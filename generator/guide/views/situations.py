"""A condition as a decision table: each situation in which it holds, with all that must be so."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from generator.guide.addresses import READINGS, Link, Links
from generator.guide.views.conditions import OtherReading
from generator.model.anchors import Anchor
from generator.model.conditions import (
    All,
    AnyOf,
    Condition,
    Holds,
    Leaf,
    Not,
    OneOf,
    Test,
)
from generator.model.edition import Edition
from generator.rules.prose import test_text


@dataclass(frozen=True)
class Requirement:
    """Something that must be so, with its basis and what other readings ask instead."""

    text: str
    law: tuple[Link, ...]
    others: tuple[OtherReading, ...]


@dataclass(frozen=True)
class Situation:
    """Requirements that together are enough; `number` counts from 1 within its table."""

    number: int
    requirements: tuple[Requirement, ...]


def situations(links: Links, condition: Condition, first: int = 1) -> tuple[Situation, ...]:
    """The situations in which a condition holds, in the order of the text."""
    return tuple(
        Situation(number, tuple(_requirement(links, leaf, wanted) for leaf, wanted in way))
        for number, way in enumerate(_ways(condition, True), first)
    )


def _ways(node: Condition, wanted: bool) -> Iterator[tuple[tuple[Leaf, bool], ...]]:
    """Every way in which a node comes out as wanted: leaves, and how each must come out."""
    match node:
        case Leaf():
            yield ((node, wanted),)
        case Not(part):
            yield from _ways(part, not wanted)
        case All(parts) | AnyOf(parts):
            if isinstance(node, All) is wanted:
                for chosen in itertools.product(*(list(_ways(part, wanted)) for part in parts)):
                    yield tuple(itertools.chain.from_iterable(chosen))
            else:
                for part in parts:
                    yield from _ways(part, wanted)


def _requirement(links: Links, leaf: Leaf, wanted: bool) -> Requirement:
    edition = links.edition
    return Requirement(
        text=_said(edition, leaf.test, wanted),
        law=links.provisions(_places(leaf)),
        others=tuple(
            OtherReading(_said(edition, test, wanted), links.to(READINGS, reading, reading))
            for reading, test in leaf.alternatives.items()
        ),
    )


def _places(leaf: Leaf) -> Iterator[Anchor]:
    yield leaf.law
    if isinstance(leaf.test, OneOf):
        yield from (place for place in leaf.test.choices.values() if place)


def _said(edition: Edition, test: Test, wanted: bool) -> str:
    """What must be the case: the model's own sentence, where it has one for either side."""
    if isinstance(test, Holds):
        fact = edition.facts[test.fact]
        if fact.statements:
            return fact.statements[0 if wanted else 1]
        return f"{fact.label}：{'是' if wanted else '否'}"
    text = test_text(edition, test)
    return text if wanted else f"并非：{text}"
