"""What of a copy that came back goes on into the next.

All but the days of its seals; and where registers follow each other, the next of them begins with
the rows of the last that was filled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from generator.issuing.asked import questions_for
from generator.model.contents import KEY, Contents, Given
from generator.model.edition import Edition, Fact, FactType
from generator.model.issued import Series, series_of
from generator.model.layout import FormBlock, RegisterBlock, SealBlock
from generator.model.yaml_source import Path_
from generator.workbook.asked import blocks
from generator.workbook.sheets import expanded

_REGISTERS = "registers"


@dataclass(frozen=True)
class Following:
    """What the next copy holds, and what there is to say of how it differs from the last."""

    contents: Contents
    remarks: tuple[str, ...]


def following(edition: Edition, kind: str, contents: Contents) -> Following:
    """The answers of the copy that goes on from one with these."""
    days = {("answers", id) for id in _seal_days(edition, kind)}
    kept = {at: given for at, given in contents.items() if at not in days}
    remarks: list[str] = []
    for series in series_of(edition.layouts[kind]):
        filled = [block for block in series.registers if _is_filled(block, series, contents)]
        if not filled:
            continue
        after = series.registers[series.registers.index(filled[-1]) + 1 :]
        if not after:
            remarks.append(_ALL_FILLED.format(filled[-1].title))
        elif not any(at[:2] == (_REGISTERS, after[0].id) for at in contents):
            kept |= _begun(after[0], filled[-1], series, contents)
    for block in blocks(edition.layouts[kind]):
        if not isinstance(block, RegisterBlock) or not block.key.of:
            continue
        if len(_rows(block, kept)) >= block.rows:
            remarks.append(_FULL.format(block.title, block.rows))
    return Following(MappingProxyType(kept), tuple(remarks))


_ALL_FILLED = "“{}”已经填写，后面没有接着填的表；另起一份请用名单（--roster）。"
_FULL = "“{}”的 {} 行都已填写，新的一份没有空行。"


def _seal_days(edition: Edition, kind: str) -> Iterator[str]:
    """The workbook's own entries that only say on which day a form was sealed."""
    layout = expanded(edition, edition.layouts[kind])
    answers = questions_for(edition, kind)["answers"]
    forms = (block for block in blocks(layout) if isinstance(block, FormBlock))
    elsewhere = {*edition.facts, *(id for form in forms for id in form.fields)}
    for block in blocks(layout):
        for id in block.fields if isinstance(block, SealBlock) else ():
            entry = answers.get(id)
            if isinstance(entry, Fact) and entry.type is FactType.DATE and id not in elsewhere:
                yield id


def _is_filled(block: RegisterBlock, series: Series, contents: Contents) -> bool:
    """Whether any row says how things stand, not only what it is about."""
    about = (KEY, *series.carries)
    return any(at[:2] == (_REGISTERS, block.id) and at[-1] not in about for at in contents)


def _begun(
    block: RegisterBlock, last: RegisterBlock, series: Series, contents: Contents
) -> dict[Path_, Given]:
    """The rows of the last register, as far as they say what they are about, without gaps."""
    columns = (KEY, *series.carries)
    rows = _rows(last, contents)
    return {
        (_REGISTERS, block.id, place, column): contents[_REGISTERS, last.id, row, column]
        for place, row in enumerate(rows)
        for column in columns
        if (_REGISTERS, last.id, row, column) in contents
    }


def _rows(block: RegisterBlock, contents: Contents) -> list[int]:
    """The numbers of the rows that hold anything, in their order."""
    places = (at for at in contents if at[:2] == (_REGISTERS, block.id))
    return sorted({int(at[2]) for at in places})
