"""What a workbook asks, in the order in which people meet it: the one place that knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.edition import Edition
from generator.model.layout import Block, FormBlock, Layout, SealBlock, StepsBlock

OF_ROLE = "__"
"""Between an entry and the role of whose own sheet it is the foot; no id of theirs has both."""


def asked_facts(layout: Layout, edition: Edition) -> tuple[str, ...]:
    """The facts and entries that have an input of their own (`in_<id>`): those of forms, what
    steps need to be done, the feet of printed forms; each once, where it is met first."""
    return tuple(dict.fromkeys(fact for block in blocks(layout) for fact in _asked(block, edition)))


def blocks(layout: Layout) -> Iterator[Block]:
    """All blocks of a workbook in order."""
    for sheet in layout.sheets:
        yield from sheet.blocks


def _asked(block: Block, edition: Edition) -> Iterator[str]:
    if isinstance(block, FormBlock | SealBlock):
        yield from block.fields
    elif isinstance(block, StepsBlock):
        yield from asked_by_steps(edition, block)


def asked_by_steps(edition: Edition, block: StepsBlock) -> tuple[str, ...]:
    """What makes the steps of a block done, each fact once."""
    return tuple(dict.fromkeys(fact for id in block.steps for fact in edition.steps[id].done))


def input_holders(layout: Layout, edition: Edition) -> Mapping[str, Block]:
    """For each fact asked, the block that holds its one input; other blocks show the answer.

    That is the first form that asks it, because forms explain best; else the first other block.
    """
    forms = [block for block in blocks(layout) if isinstance(block, FormBlock)]
    others = [block for block in blocks(layout) if not isinstance(block, FormBlock)]
    holders: dict[str, Block] = {}
    for block in (*forms, *others):
        for fact in _asked(block, edition):
            holders.setdefault(fact, block)
    return holders
