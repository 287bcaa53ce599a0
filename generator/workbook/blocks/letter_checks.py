"""What a layout may get wrong with forms for paper, told before any is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.conditions import facts_of
from generator.model.edition import Edition, FactType, Recurring
from generator.model.layout import (
    ChecklistBlock,
    Layout,
    LetterBlock,
    LetterRowShape,
    RegisterBlock,
    TableBlock,
)
from generator.model.problems import suggestion
from generator.workbook.asked import asked_facts, blocks
from generator.workbook.blocks.letter_rows import columns_of, list_block
from generator.workbook.blocks.table import compared_by
from generator.workbook.blocks.words import facts_of_deadline


def facts_of_letter(edition: Edition, layout: Layout, block: LetterBlock) -> list[str]:
    """The facts that a form reads and that must be asked; those of the row it prints are."""
    columns = columns_of(edition, layout, block.picks)
    found: list[str] = []
    entries = {*edition.facts, *layout.entries}
    for id in (row.shows for row in block.rows if row.shows):
        if id in entries:
            found.append(id)
        elif id in edition.rules:
            rule = edition.rules[id]
            above = edition.tables[rule.each].above if rule.each else ()
            found += (fact for fact in facts_of(rule.when) if fact not in above)
        elif id in edition.decisions:
            for rule_id in edition.decisions[id].first_of:
                found += facts_of(edition.rules[rule_id].when)
        elif id in edition.deadlines:
            found += facts_of_deadline(edition.deadlines[id])
    for paper in block.encloses:
        for condition in edition.papers[paper].conditions:
            found += facts_of(condition)
    return [fact for fact in found if fact not in columns]


def letter_faults(edition: Edition, layout: Layout) -> Iterator[str]:
    """What of a form cannot be filled, in Chinese."""
    listed = {
        paper
        for block in blocks(layout)
        if isinstance(block, ChecklistBlock)
        for paper in block.papers
    }
    papers: set[str] = set()
    boxes: list[tuple[str, str]] = []
    for block in blocks(layout):
        if not isinstance(block, LetterBlock):
            continue
        if block.picks and block.paper in papers:
            yield f"“{block.title}”：同一份材料（{block.paper}）的表单只能有一份选行打印（picks）。"
        papers.update([block.paper] if block.picks else [])
        if block.picks and list_block(layout, block.picks) is None:
            yield f"“{block.title}”要打印 {block.picks} 的一行，但本工作簿没有这张表。"
        for row in block.rows:
            if row.id and (block.paper, row.id) in boxes:
                yield f"“{block.title}”的“{row.label}”：{row.id} 已经是本材料另一栏的 id。"
            boxes += [(block.paper, row.id)] if row.id else []
            for fault in _row_faults(edition, layout, block, row):
                yield f"“{block.title}”的“{row.label}”：{fault}"
        for paper in block.encloses:
            if paper not in listed:
                label = edition.papers[paper].label
                yield f"“{block.title}”附有“{label}”（{paper}），但没有材料清单询问是否已备。"


def _listed_in(edition: Edition, layout: Layout, id: str) -> str | None:
    """The table or register of which an answer is a column."""
    for block in blocks(layout):
        if isinstance(block, TableBlock) and id in edition.tables[block.table].columns:
            return block.table
        if isinstance(block, RegisterBlock) and id in block.columns:
            return block.id
    return None


def _row_faults(
    edition: Edition, layout: Layout, block: LetterBlock, row: LetterRowShape
) -> Iterator[str]:
    id = row.shows
    answers = {*edition.facts, *layout.entries}
    known = {*answers, *edition.rules, *edition.decisions, *edition.deadlines}
    if id is None or id == block.picks:
        return
    elsewhere = _listed_in(edition, layout, id)
    if id in answers and elsewhere and id not in columns_of(edition, layout, block.picks):
        if id not in asked_facts(layout, edition):
            yield f"{id} 是 {elsewhere} 表的一列；请写 picks: {elsewhere}，选定打印哪一行。"
    elif id not in known:
        near = suggestion(id, known) or "。"
        yield f"没有 “{id}” 这个事实、自设项目、规则、决定或者期限{near}"
    elif row.figure:
        yield from _figure_faults(edition, layout, block, row)
    elif id in edition.facts:
        table = edition.tables.get(block.picks or "")
        if edition.facts[id].type is FactType.AMOUNTS and not (table and id in table.above):
            yield f"{id} 是由表中各行得出的一组数额，不能写成一格；请显示表中的列。"
    elif id in layout.entries:
        return
    elif id in edition.rules:
        each = edition.rules[id].each
        if each and each != block.picks:
            yield f"规则 {id} 逐行判定 {each} 表；请写 picks: {each}，选定打印哪一行。"
    elif id in edition.deadlines and isinstance(edition.deadlines[id].schedule, Recurring):
        yield f"{id} 是按期重复的期限，没有单独的一天可以显示。"


def _figure_faults(
    edition: Edition, layout: Layout, block: LetterBlock, row: LetterRowShape
) -> Iterator[str]:
    rule = edition.rules.get(row.shows or "")
    held = None
    if rule and rule.each and rule.each == block.picks:
        held = compared_by(columns_of(edition, layout, block.picks), rule)
    if held is None:
        yield f"{row.shows} 不是逐行累计 picks 那张表的数额的规则，没有 figure 可以显示。"
    elif row.figure == "total_share" and not held.base:
        yield f"规则 {row.shows} 的限额不是某项数额的百分之几，没有占比可以显示。"
