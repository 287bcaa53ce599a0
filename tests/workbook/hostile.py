"""The fictitious regulation once more, every word for people as hostile as text can be."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from generator.model.edition import Edition
from tests.support.workbooks import complete_edition

HOSTILE = "=1+1&\"*~?<b>&amp;'x'!{{y}}]]>\""
"""A formula, quotes, wild cards, markup; put before every label."""

Kind = TypeVar("Kind")


@cache
def hostile_edition() -> Edition:
    """Labels, questions, choices, outcomes and sentences begin with a formula."""
    edition = complete_edition("yunling-2025")
    return replace(
        edition,
        title=HOSTILE + edition.title,
        number=HOSTILE + edition.number,
        facts={id: _fact(fact) for id, fact in edition.facts.items()},
        parameters=_each(edition.parameters, "label"),
        rules={
            id: replace(rule, label=HOSTILE + rule.label, says=_hostile(rule.says, "yes", "no"))
            for id, rule in edition.rules.items()
        },
        decisions={
            id: replace(
                decision,
                label=HOSTILE + decision.label,
                unknown=HOSTILE + decision.unknown,
                outcomes=_each(decision.outcomes, "label", "says"),
            )
            for id, decision in edition.decisions.items()
        },
        deadlines=_each(edition.deadlines, "label", "says"),
        papers=_each(edition.papers, "label"),
        readings=_each(edition.readings, "title"),
        roles=_each(edition.roles, "label", "short"),
        duties=_each(edition.duties, "what"),
        tables=_each(edition.tables, "label", "key_label"),
        stages={
            id: replace(
                _hostile(stage, "label"),
                steps=tuple(_hostile(step, "label") for step in stage.steps),
            )
            for id, stage in edition.stages.items()
        },
    )


def _fact(fact: Any) -> Any:
    choices = {id: HOSTILE + label for id, label in fact.choices.items()}
    return replace(_hostile(fact, "label", "ask"), choices=choices, help=HOSTILE)


def _each(things: Any, *fields: str) -> Any:
    return {id: _hostile(thing, *fields) for id, thing in things.items()}


def _hostile(thing: Kind, *fields: str) -> Kind:
    return replace(thing, **{field: HOSTILE + getattr(thing, field) for field in fields})  # type: ignore[type-var]
