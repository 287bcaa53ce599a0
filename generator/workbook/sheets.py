"""The sheets of a layout as they are drawn: one for each role where the layout says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.model.edition import Duty, Edition, Fact, Role
from generator.model.layout import (
    Block,
    DutiesBlock,
    FormBlock,
    Layout,
    LetterBlock,
    SealBlock,
    SheetShape,
    TextBlock,
)
from generator.model.problems import suggestion
from generator.workbook.asked import OF_ROLE
from generator.workbook.desk import PROJECT_SHEET
from generator.workbook.workings import LISTS_SHEET

META_SHEET = "_meta"

RESERVED = frozenset({PROJECT_SHEET, LISTS_SHEET, META_SHEET, "history", "历史记录"})
"""Names that no sheet of a layout can have: our own, and what Excel keeps to itself."""

_LONGEST = 31
_ODD = re.compile(r"[^\w（）、·—-]")
"""What no program refuses is kept, and what no reference to a sheet must quote twice."""


def use_of(edition: Edition, layout: Layout) -> str:
    """For whom a workbook is, as its cover and the guide say it."""
    return layout.use or f"供{edition.roles[layout.audience].label}填写"


def expanded(edition: Edition, layout: Layout) -> Layout:
    """The layout with a sheet for each role in place of those that stand for each of them."""
    if not any(written.each for written in layout.sheets):
        return layout
    taken = {*RESERVED, *(s.name.casefold() for s in layout.sheets if not s.each)}
    sheets: list[SheetShape] = []
    for written in layout.sheets:
        sheets += _each_role(edition, written, taken) if written.each else (written,)
    return layout.model_copy(update={"sheets": tuple(sheets)})


def duties_of(edition: Edition, role: str) -> tuple[Duty, ...]:
    """The duties that lie on a role, in the order of the data."""
    return tuple(duty for duty in edition.duties.values() if role in duty.who)


def role_entries(edition: Edition, kind: str) -> Iterator[Fact]:
    """What the foot of each role's sheet asks: the same of all, answered by each for itself."""
    known = {**edition.facts, **edition.entries[kind]}
    for written in edition.layouts[kind].sheets:
        if written.each is None:
            continue
        seals = [block for block in written.blocks if isinstance(block, SealBlock)]
        entries = [known[id] for block in seals for id in block.fields if id in known]
        for role in _roles(edition):
            for entry in entries:
                yield replace(entry, id=_of_role(entry.id, role))


def sheet_faults(edition: Edition, layout: Layout) -> Iterator[str]:
    """Sheets as written whose blocks cannot stand on them, in Chinese."""
    yield from _unknown_fields(edition, layout)
    own = (DutiesBlock, SealBlock, TextBlock)
    listed: list[str] = []
    for written in layout.sheets:
        sheet = f"工作表“{written.name}”"
        letters = [block for block in written.blocks if isinstance(block, LetterBlock)]
        if len(letters) > 1:
            yield f"{sheet}有{len(letters)}份表单；表单一张占一页，请分开写。"
        if letters and not _only(written, (LetterBlock, SealBlock, TextBlock)):
            yield f"{sheet}是打印用的表单，只能再有文字（text）和落款（seal）。"
        if written.each and not _only(written, own):
            yield f"{sheet}每个角色一张，只能有职责（duties）、文字（text）和落款（seal）。"
        for block in written.blocks:
            if isinstance(block, DutiesBlock):
                yield from _duty_faults(edition, sheet, block, written.each is not None)
                listed += [block.role] if block.role else []
                listed += [role.id for role in _roles(edition)] if written.each else []
    for id in dict.fromkeys(id for id in listed if listed.count(id) > 1):
        yield f"“{edition.roles[id].label}”（{id}）的职责列了两次。"


def _unknown_fields(edition: Edition, layout: Layout) -> Iterator[str]:
    """Ids that a form asks but that are another workbook's own."""
    known = {*edition.facts, *layout.entries}
    for written in layout.sheets:
        for block in written.blocks:
            for id in block.fields if isinstance(block, FormBlock | SealBlock) else ():
                if id not in known:
                    near = suggestion(id, known) or "。"
                    yield f"工作表“{written.name}”询问 {id}，本工作簿没有这个自设项目{near}"


def _only(written: SheetShape, kinds: tuple[type, ...]) -> bool:
    return all(isinstance(block, kinds) for block in written.blocks)


def _duty_faults(edition: Edition, sheet: str, block: DutiesBlock, each: bool) -> Iterator[str]:
    if each and block.role:
        yield f"{sheet}每个角色一张，其中的“{block.title}”不能再写 role。"
    elif not each and not block.role:
        yield f"{sheet}的“{block.title}”没有写明是谁的职责：请写 role，或者在工作表写 each: role。"
    elif block.role and not duties_of(edition, block.role):
        yield f"{sheet}列出“{edition.roles[block.role].label}”的职责，但没有规定它的职责。"


# One sheet a role ---------------------------------------------------------------------------------


def _roles(edition: Edition) -> tuple[Role, ...]:
    return tuple(role for role in edition.roles.values() if duties_of(edition, role.id))


def _each_role(edition: Edition, written: SheetShape, taken: set[str]) -> Iterator[SheetShape]:
    for role in _roles(edition):
        name = _name(role.short, written.name, taken)
        taken.add(name.casefold())
        update = {
            "name": name,
            "about": _about(edition, role, written.about),
            "each": None,
            "blocks": tuple(_for_role(block, role) for block in written.blocks),
        }
        yield written.model_copy(update=update)


def _about(edition: Edition, role: Role, about: str | None) -> str:
    full = "" if role.label == role.short else f"{role.label}："
    what = f"{about.rstrip('。')}，" if about else ""
    open_ = "条文未写明具体是谁。" if role.open else ""
    return f"{full}{what}共{len(duties_of(edition, role.id))}项。{open_}"


def _for_role(block: Block, role: Role) -> Block:
    if isinstance(block, DutiesBlock):
        title = f"{role.label}：{block.title}"
        return block.model_copy(update={"role": role.id, "title": title})
    if isinstance(block, SealBlock):
        fields = tuple(_of_role(entry, role) for entry in block.fields)
        return block.model_copy(update={"fields": fields})
    return block


def _of_role(entry: str, role: Role) -> str:
    return f"{entry}{OF_ROLE}{role.id}"


def _name(short: str, ending: str, taken: set[str]) -> str:
    """A name that a sheet can have and that none has, in any case."""
    plain = _ODD.sub("", short)
    candidates: Sequence[str] = (plain, *(f"（{ending}{n}）" for n in ("", *range(2, 100))))
    for place, candidate in enumerate(candidates):
        name = candidate if place == 0 else _cut(plain, _LONGEST - _size(candidate)) + candidate
        name = _cut(name, _LONGEST)
        if name and name.casefold() not in taken:
            return name
    raise AssertionError(f"no name is left for {short}")


def _size(text: str) -> int:
    """As Excel counts characters."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, size: int) -> str:
    while _size(text) > size:
        text = text[:-1]
    return text
