"""What of the model bears on an article, and what on a role: the joins that several pages share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.anchors import Anchor
from generator.model.conditions import Condition, Leaf, OneOf, Parameter, leaves
from generator.model.edition import Deadline, Decision, Duty, Edition, Paper, Reading, Role, Rule


@dataclass(frozen=True)
class Bearings:
    """Everything that rests on one article, or concerns one role, in the order of the data."""

    duties: tuple[Duty, ...] = ()
    rules: tuple[Rule, ...] = ()
    decisions: tuple[Decision, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    papers: tuple[Paper, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    readings: tuple[Reading, ...] = ()
    roles: tuple[Role, ...] = ()


def on_article(edition: Edition, article: Anchor) -> Bearings:
    """What rests on an article: by its own basis or by that of one of its conditions."""

    def here(*places: Anchor) -> bool:
        return any(place.article_anchor == article for place in places)

    return Bearings(
        duties=tuple(each for each in edition.duties.values() if here(each.law)),
        rules=tuple(each for each in edition.rules.values() if here(*rule_places(each))),
        decisions=tuple(each for each in edition.decisions.values() if here(*each.law)),
        deadlines=tuple(each for each in edition.deadlines.values() if here(each.law)),
        papers=tuple(each for each in edition.papers.values() if here(*_paper_places(each))),
        parameters=tuple(each for each in edition.parameters.values() if here(each.law)),
        readings=tuple(each for each in edition.readings.values() if here(*each.law)),
        roles=tuple(each for each in edition.roles.values() if here(*each.places)),
    )


def on_role(edition: Edition, role: Role) -> Bearings:
    """What a role must do and may do, prepares, gives, gets or keeps to."""
    id = role.id
    return Bearings(
        duties=tuple(each for each in edition.duties.values() if id in each.who),
        rules=tuple(each for each in edition.rules.values() if id in (*each.who, *each.toward)),
        deadlines=tuple(each for each in edition.deadlines.values() if id in (*each.who, *each.to)),
        papers=tuple(
            each for each in edition.papers.values() if id in (*each.prepared_by, *each.received_by)
        ),
    )


def rule_places(rule: Rule) -> tuple[Anchor, ...]:
    """The places that a rule rests on: its own and those of its conditions."""
    return (rule.law, *_condition_places(rule.when))


def _paper_places(paper: Paper) -> tuple[Anchor, ...]:
    return (paper.law, *(_condition_places(paper.required) if paper.required else ()))


def _condition_places(condition: Condition) -> Iterator[Anchor]:
    for leaf in leaves(condition):
        yield leaf.law
        yield from _choice_places(leaf)


def _choice_places(leaf: Leaf) -> Iterator[Anchor]:
    if isinstance(leaf.test, OneOf):
        yield from (place for place in leaf.test.choices.values() if place)
