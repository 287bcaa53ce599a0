"""What copies of a kind of workbook can be filled with, whoever fills them."""

from __future__ import annotations

from generator.model.contents import Questions, questions_of
from generator.model.edition import Edition
from generator.workbook.asked import asked_facts
from generator.workbook.blocks.duties import listed_roles
from generator.workbook.sheets import duties_of, expanded, role_entries


def questions_for(edition: Edition, kind: str) -> Questions:
    """Every question of a workbook, those of each role's own sheet with them."""
    layout = expanded(edition, edition.layouts[kind])
    entries = {fact.id: fact for fact in role_entries(edition, kind)}
    known = {**edition.facts, **edition.entries[kind], **entries}
    duties = [(duty.id, role) for role in listed_roles(layout) for duty in duties_of(edition, role)]
    questions = questions_of(layout, known, edition.tables, edition.deadlines, duties)
    asked = (id for id in asked_facts(layout, edition) if id in questions["answers"])
    return {**questions, "answers": {id: known[id] for id in asked}}
