"""What a workbook holds: sheets of blocks. Kinds of blocks only; their contents are data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.shape import FactShape
from generator.model.shape_values import Id, Strict, Text


class TextBlock(Strict):
    """Plain paragraphs."""

    block: Literal["text"]
    title: Text | None = None
    lines: tuple[Text, ...]


class IdentityBlock(Strict):
    """Edition, file kind, recipient, legend: what the file is and how to fill it."""

    block: Literal["identity"]


class ProgressBlock(Strict):
    """How much is filled, the next deadline, what is overdue."""

    block: Literal["progress"]
    title: Text


class FormBlock(Strict):
    """Questions with one answer each; `fields` are facts or this workbook's own entries."""

    block: Literal["form"]
    title: Text
    fields: Annotated[tuple[Id, ...], Field(min_length=1)]


class VerdictBlock(Strict):
    """Rules or decisions: each condition a row with its state, then verdict, basis, what is
    still needed, open readings."""

    block: Literal["verdict"]
    title: Text
    shows: Annotated[tuple[Id, ...], Field(min_length=1)]


class TableBlock(Strict):
    """A table that people fill, and below it the verdict on each of its rows."""

    block: Literal["table"]
    title: Text
    table: Id
    rows: Annotated[int, Field(ge=3, le=200)]


class ChecklistBlock(Strict):
    """Papers: whether each is required, whether it is there, 文号, date, evidence."""

    block: Literal["checklist"]
    title: Text
    papers: Annotated[tuple[Id, ...], Field(min_length=1)]


class TimelineBlock(Strict):
    """Deadlines: base, first and last day, rolled day, days left, state; recurring days listed."""

    block: Literal["timeline"]
    title: Text
    deadlines: Annotated[tuple[Id, ...], Field(min_length=1)]
    years: Annotated[int, Field(ge=1, le=20)] = 6
    """How many years of recurring days there is room for."""


class ReadingsBlock(Strict):
    """The readings that are open and would change an outcome, a row each."""

    block: Literal["readings"]
    title: Text


class ProvisionsBlock(Strict):
    """The whole text of the regulation, a row a provision."""

    block: Literal["provisions"]
    title: Text


Block = Annotated[
    TextBlock
    | IdentityBlock
    | ProgressBlock
    | FormBlock
    | VerdictBlock
    | TableBlock
    | ChecklistBlock
    | TimelineBlock
    | ReadingsBlock
    | ProvisionsBlock,
    Field(discriminator="block"),
]


class SheetShape(Strict):
    """A sheet: its name as people see it, what it is for, its blocks from top to bottom."""

    name: Annotated[str, Field(min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\]+$")]
    about: Text | None = None
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]


class Layout(Strict):
    """workbooks/<kind>.yml: one workbook."""

    title: Text
    file: Annotated[str, Field(pattern=r"^[^\\/:*?\"<>|]+$")]
    audience: Id
    warning: Text | None = None
    entries: dict[Id, FactShape] = Field(default_factory=dict)
    sheets: Annotated[tuple[SheetShape, ...], Field(min_length=1)]
