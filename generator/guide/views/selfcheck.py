"""Topics of the self-check as pages show them without a script: decision tables, dates, papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.guide.addresses import Link, Links, selfcheck_page
from generator.guide.selfcheck.facts import asked_facts
from generator.guide.views.matters import DeadlineView, PaperView, deadline_view, paper_view
from generator.guide.views.rules import DecisionView, RuleView, decision_view, rule_view
from generator.guide.views.situations import Situation, situations
from generator.model.edition import Decision, Paper, SelfCheck


@dataclass(frozen=True)
class RuleTable:
    """A rule with the situations in which it holds."""

    rule: RuleView
    situations: tuple[Situation, ...]


@dataclass(frozen=True)
class OutcomeRow:
    """A situation of a decision and what comes of it."""

    situation: Situation
    outcome: str


@dataclass(frozen=True)
class DecisionTable:
    """A decision with its situations in turn: the first that is given decides."""

    decision: DecisionView
    rows: tuple[OutcomeRow, ...]


@dataclass(frozen=True)
class PaperTable:
    """A paper with the situations in which it is required; none: always."""

    paper: PaperView
    situations: tuple[Situation, ...]


@dataclass(frozen=True)
class TopicView:
    """A topic; `asks` is how many facts it may ask for."""

    id: str
    label: str
    lead: str
    page: Link
    law: tuple[Link, ...]
    first: tuple[Link, ...]
    asks: int
    decisions: tuple[DecisionTable, ...]
    deadlines: tuple[DeadlineView, ...]
    rules: tuple[RuleTable, ...]
    papers: tuple[PaperTable, ...]


def topic_view(links: Links, topic: SelfCheck) -> TopicView:
    """A topic for a page."""
    edition = links.edition
    return TopicView(
        id=topic.id,
        label=topic.label,
        lead=topic.lead,
        page=topic_link(links, topic),
        law=links.provisions(topic.law),
        first=topic_links(links, (edition.selfchecks[each] for each in topic.first)),
        asks=len(asked_facts(edition, topic)),
        decisions=tuple(_decision(links, edition.decisions[each]) for each in topic.decisions),
        deadlines=tuple(deadline_view(links, edition.deadlines[id]) for id in topic.deadlines),
        rules=tuple(
            RuleTable(
                rule_view(links, edition.rules[each]), situations(links, edition.rules[each].when)
            )
            for each in topic.rules
        ),
        papers=tuple(_paper(links, edition.papers[each]) for each in topic.papers),
    )


def topic_link(links: Links, topic: SelfCheck) -> Link:
    """To a topic."""
    return links.to(selfcheck_page(topic.id), topic.label)


def topic_links(links: Links, topics: Iterable[SelfCheck]) -> tuple[Link, ...]:
    """To several topics."""
    return tuple(topic_link(links, each) for each in topics)


def _decision(links: Links, decision: Decision) -> DecisionTable:
    rows: list[OutcomeRow] = []
    for id in decision.first_of:
        found = situations(links, links.edition.rules[id].when, len(rows) + 1)
        rows += [OutcomeRow(each, decision.outcomes[id].label) for each in found]
    return DecisionTable(decision_view(links, decision), tuple(rows))


def _paper(links: Links, paper: Paper) -> PaperTable:
    found = situations(links, paper.required) if paper.required else ()
    return PaperTable(paper_view(links, paper), found)
