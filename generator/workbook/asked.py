"""What a workbook asks, in the order in which people meet it: the one place that knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.edition import Edition, Window
from generator.model.layout import Block, FormBlock, Layout, SealBlock, StepsBlock, TimelineBlock

OF_ROLE = "__"
"""Between an entry and the role of whose own sheet it is the foot; no id of theirs has both."""


def asked_facts(layout: Layout, edition: Edition) -> tuple[str, ...]:
    """What has an input of its own (`in_<id>`): the facts and entries of forms, what makes steps
    done, the feet of printed forms, the days on which deadlines were met; each once, where it
    comes first."""
    return tuple(dict.fromkeys(fact for block in blocks(layout) for fact in _asked(block, edition)))


def blocks(layout: Layout) -> Iterator[Block]:
    """All blocks of a workbook in order."""
    for sheet in layout.sheets:
        yield from sheet.blocks


def timelines(layout: Layout) -> Iterator[TimelineBlock]:
    """The timelines of a workbook in order."""
    return (block for block in blocks(layout) if isinstance(block, TimelineBlock))


def _asked(block: Block, edition: Edition) -> Iterator[str]:
    if isinstance(block, FormBlock | SealBlock):
        yield from block.fields
    elif isinstance(block, StepsBlock):
        yield from asked_by_steps(edition, block)
    elif isinstance(block, TimelineBlock):
        deadlines = (edition.deadlines[id] for id in block.deadlines)
        yield from (each.done for each in deadlines if isinstance(each.schedule, Window))


def asked_by_steps(edition: Edition, block: StepsBlock) -> tuple[str, ...]:
    """What makes the steps of a block done, each fact once."""
    return tuple(dict.fromkeys(fact for id in block.steps for fact in edition.steps[id].done))


def input_holders(layout: Layout, edition: Edition) -> Mapping[str, Block]:
    """For each fact asked, the block that holds its one input; other blocks show the answer.

    That is the first form that asks it, because forms explain best; a timeline, which explains
    nothing, if no other block does; else the first other block.
    """
    holders: dict[str, Block] = {}
    for block in sorted(blocks(layout), key=_explains_less):
        for fact in _asked(block, edition):
            holders.setdefault(fact, block)
    return holders


def _explains_less(block: Block) -> int:
    return 0 if isinstance(block, FormBlock) else 2 if isinstance(block, TimelineBlock) else 1
