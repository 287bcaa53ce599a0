"""What a layout says of the copies that are issued of it.

Registers that follow each other, each of which begins with what the one before was about; and what
the name of the recipient answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from generator.model.layout import FormBlock, Layout, RegisterBlock, SealBlock
from generator.model.problems import suggestion
from generator.model.yaml_source import Path_


@dataclass(frozen=True)
class Series:
    """Registers in their order; `carries` are the columns that say what a row is about."""

    registers: tuple[RegisterBlock, ...]
    carries: tuple[str, ...]

    @property
    def first(self) -> RegisterBlock:
        """The one that a roster may list rows of."""
        return self.registers[0]


def series_of(layout: Layout) -> tuple[Series, ...]:
    """All series of a workbook, those of a single register too; the layout has no faults."""
    followers = {block.follows: block for _, block in _registers(layout) if block.follows}
    found = []
    for _, block in _registers(layout):
        if block.carries:
            registers = [block]
            while registers[-1].id in followers:
                registers.append(followers[registers[-1].id])
            found.append(Series(tuple(registers), block.carries))
    return tuple(found)


def issue_faults(layout: Layout, texts: Collection[str]) -> Iterator[tuple[Path_, str]]:
    """What is wrong with all that, and where, in Chinese; `texts` are the questions that a text
    answers."""
    yield from _series_faults(layout)
    blocks = (block for sheet in layout.sheets for block in sheet.blocks)
    forms = [block for block in blocks if isinstance(block, FormBlock | SealBlock)]
    for number, id in enumerate(layout.recipient_fills):
        if id not in texts or not any(id in form.fields for form in forms):
            message = f"“{id}” 不是本工作簿所问的文字，不能填领用单位的名称。"
            yield ("recipient_fills", number), message


def _series_faults(layout: Layout) -> Iterator[tuple[Path_, str]]:
    carried: dict[str, tuple[str, ...]] = {}
    followers: dict[str, str] = {}
    for at, block in _registers(layout):
        place = (*at, "follows")
        if block.follows is None:
            carried[block.id] = block.carries
            continue
        if block.follows not in carried:
            hint = suggestion(block.follows, carried) or "。"
            yield place, f"前面没有登记表 “{block.follows}”{hint}"
            continue
        carries = carried[block.id] = carried[block.follows]
        if not carries:
            yield place, f"“{block.follows}” 没有写明带入哪些列（carries）。"
        if block.follows in followers:
            other = followers[block.follows]
            yield place, f"“{block.follows}” 后面已经接着 “{other}”，一张表只能接一张。"
        followers[block.follows] = block.id
        for column in carries:
            if column not in block.columns:
                yield place, f"本登记表没有从前一张表带入的列 “{column}”。"


def _registers(layout: Layout) -> Iterator[tuple[Path_, RegisterBlock]]:
    for number, sheet in enumerate(layout.sheets):
        for place, block in enumerate(sheet.blocks):
            if isinstance(block, RegisterBlock):
                yield ("sheets", number, "blocks", place), block
