"""The conditions of a workbook's checks, compiled like those of rules."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.anchors import Anchor
from generator.model.compile import Compiler
from generator.model.conditions import Condition
from generator.model.layout import Layout, RegisterBlock
from generator.model.layout_checks import ConflictShape
from generator.model.yaml_source import Path_

_NOWHERE = Anchor("0")
"""A check need not name a place of the text: it compares what people filled in."""


def check_key(number: int) -> str:
    """What the n-th check of a workbook is known by, from 1."""
    return f"check.{number}"


def row_key(number: int) -> str:
    """What that which the n-th check asks of rows is known by."""
    return f"check.{number}.row"


def register_key(register: str, number: int) -> str:
    """What the n-th check of a register is known by."""
    return f"{register}.{number}"


def layout_conditions(layout: Layout, compiler: Compiler) -> dict[str, Condition]:
    """The conditions of all checks of a workbook, without those that have problems."""
    built: dict[str, Condition] = {}
    for key, written, at in _conflicts(layout):
        if written.when is None:
            continue
        law = getattr(written, "law", None) or _NOWHERE
        condition = compiler.condition(written.when, (*at, "when"), law)
        if condition:
            built[key] = condition
    return built


def _conflicts(layout: Layout) -> Iterator[tuple[str, ConflictShape, Path_]]:
    """Everything that does not go together, with the key it is known by and its place."""
    for number, check in enumerate(layout.checks, 1):
        at: Path_ = ("checks", number - 1)
        yield check_key(number), check, at
        if check.row:
            yield row_key(number), check.row, (*at, "row")
    for sheet, written in enumerate(layout.sheets):
        for place, block in enumerate(written.blocks):
            if isinstance(block, RegisterBlock):
                for number, each in enumerate(block.checks, 1):
                    at = ("sheets", sheet, "blocks", place, "checks", number - 1)
                    yield register_key(block.id, number), each, at
