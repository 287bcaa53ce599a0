"""What of the model bears on an article, a role, a stage: the joins that several pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from generator.model.anchors import Anchor
from generator.model.conditions import Condition, Leaf, OneOf, Parameter, leaves
from generator.model.edition import (
    Deadline,
    Decision,
    Duty,
    Edition,
    OpenTime,
    Paper,
    Reading,
    Role,
    Rule,
    SelfCheck,
    Stage,
    Step,
    Term,
)
from generator.model.provisions import Article, Chapter, Item, item_paragraph_anchor

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Bearings:
    """Everything that rests on one article, or concerns one role, in the order of the data."""

    duties: tuple[Duty, ...] = ()
    rules: tuple[Rule, ...] = ()
    decisions: tuple[Decision, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    left_open: tuple[OpenTime, ...] = ()
    papers: tuple[Paper, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    readings: tuple[Reading, ...] = ()
    roles: tuple[Role, ...] = ()
    stages: tuple[Stage, ...] = ()
    terms: tuple[Term, ...] = ()


def on_article(edition: Edition, article: Anchor) -> Bearings:
    """What rests on an article: by its own basis or by that of one of its conditions."""

    def here(*places: Anchor) -> bool:
        return any(place.article_anchor == article for place in places)

    return Bearings(
        duties=tuple(each for each in edition.duties.values() if here(each.law)),
        rules=tuple(each for each in edition.rules.values() if here(*rule_places(each))),
        decisions=tuple(each for each in edition.decisions.values() if here(*each.law)),
        deadlines=tuple(each for each in edition.deadlines.values() if here(each.law)),
        left_open=tuple(each for each in edition.left_open.values() if here(each.law)),
        papers=tuple(each for each in edition.papers.values() if here(*paper_places(each))),
        parameters=tuple(each for each in edition.parameters.values() if here(each.law)),
        readings=tuple(each for each in edition.readings.values() if here(*each.law)),
        roles=tuple(each for each in edition.roles.values() if here(*each.places)),
        stages=tuple(each for each in edition.stages.values() if here(*each.law)),
        terms=tuple(each for each in edition.terms.values() if here(each.law)),
    )


def on_role(edition: Edition, role: Role) -> Bearings:
    """What a role must do and may do, prepares, gives, gets or keeps to."""
    id = role.id
    return Bearings(
        duties=tuple(each for each in edition.duties.values() if id in each.who),
        rules=tuple(each for each in edition.rules.values() if id in (*each.who, *each.toward)),
        deadlines=tuple(each for each in edition.deadlines.values() if id in (*each.who, *each.to)),
        left_open=tuple(each for each in edition.left_open.values() if id in (*each.who, *each.to)),
        papers=tuple(
            each for each in edition.papers.values() if id in (*each.prepared_by, *each.received_by)
        ),
    )


def steps_of(stage: Stage, role: Role) -> tuple[Step, ...]:
    """The steps of a stage that a role takes."""
    return tuple(step for step in stage.steps if role.id in step.who)


def stage_of(edition: Edition, place: Anchor) -> Stage | None:
    """The first stage that is governed by a place, else by another place of its article."""
    around = _around(edition.text.article_of(place), place)
    stages = edition.stages.values()
    for stage in stages:
        if any(law in around for law in stage.law):
            return stage
    return next(
        (
            stage
            for stage in stages
            if any(law.article_anchor == place.article_anchor for law in stage.law)
        ),
        None,
    )


def checks_of(edition: Edition, stage: Stage) -> tuple[SelfCheck, ...]:
    """The topics of the self-check that belong to a stage."""
    topics = edition.selfchecks.values()
    return tuple(
        each for each in topics if any(stage_of(edition, law) is stage for law in each.law)
    )


def terms_in(edition: Edition, article: Anchor) -> tuple[Term, ...]:
    """The terms that the words of an article use, in the order in which they come; then those
    that rest on it under another name."""
    words = edition.text.provisions[article].text
    first = {
        id: min(place for name in (term.label, *term.aliases) if (place := words.find(name)) >= 0)
        for id, term in edition.terms.items()
        if any(name in words for name in (term.label, *term.aliases))
    }
    used = sorted(first, key=lambda id: first[id])
    here = (id for id, term in edition.terms.items() if term.law.article_anchor == article)
    return tuple(edition.terms[id] for id in dict.fromkeys((*used, *here)))


def by_chapter(
    edition: Edition, things: Iterable[Thing], place: Callable[[Thing], Anchor]
) -> tuple[tuple[Chapter, tuple[Thing, ...]], ...]:
    """Things under the chapters that they rest on; chapters without any are left out."""
    all_things = tuple(things)
    found = []
    for chapter in edition.text.chapters:
        articles = {article.anchor for article in chapter.articles}
        here = tuple(each for each in all_things if place(each).article_anchor in articles)
        if here:
            found.append((chapter, here))
    return tuple(found)


def judgements(edition: Edition) -> tuple[Rule | Decision, ...]:
    """All that is decided by conditions: decisions, then rules."""
    return (*edition.decisions.values(), *edition.rules.values())


def rule_law(thing: Rule | Decision) -> Anchor:
    """The place under whose chapter a rule or a decision is listed."""
    return thing.law if isinstance(thing, Rule) else thing.law[0]


def rule_places(rule: Rule) -> tuple[Anchor, ...]:
    """The places that a rule rests on: its own and those of its conditions."""
    return (rule.law, *_condition_places(rule.when))


def paper_places(paper: Paper) -> tuple[Anchor, ...]:
    """The places that a paper rests on: its own and those of the conditions that require it."""
    return (paper.law, *(_condition_places(paper.required) if paper.required else ()))


def _condition_places(condition: Condition) -> Iterator[Anchor]:
    for leaf in leaves(condition):
        yield leaf.law
        yield from _choice_places(leaf)


def _choice_places(leaf: Leaf) -> Iterator[Anchor]:
    if isinstance(leaf.test, OneOf):
        yield from (place for place in leaf.test.choices.values() if place)


def _around(article: Article, place: Anchor) -> tuple[Anchor, ...]:
    """A place with all the places that it stands in: its article first."""
    for paragraph in article.paragraphs:
        outer = (article.anchor, paragraph.anchor)
        if place in outer:
            return outer[: outer.index(place) + 1]
        for item in paragraph.items:
            inner = _around_item(item, place)
            if inner:
                return (*outer, *inner)
    return (article.anchor,)


def _around_item(item: Item, place: Anchor) -> tuple[Anchor, ...]:
    if item.anchor == place:
        return (place,)
    if any(item_paragraph_anchor(item, n) == place for n in range(1, len(item.paragraphs) + 1)):
        return (item.anchor, place)
    for child in item.items:
        inner = _around_item(child, place)
        if inner:
            return (item.anchor, *inner)
    return ()
