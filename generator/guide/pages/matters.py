"""Rules, deadlines, papers, numbers, terms and readings: what one looks up by its matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.guide import addresses
from generator.guide.addresses import Link, Links, paper_page, rule_page
from generator.guide.bearings import by_chapter, judgements, rule_law
from generator.guide.downloads import Download
from generator.guide.pages.page import Page
from generator.guide.selfcheck.facts import topics_showing
from generator.guide.views.duties import duty_link
from generator.guide.views.marks import Mark, mark
from generator.guide.views.matters import (
    PaperView,
    deadline_view,
    open_time_view,
    paper_view,
    parameter_view,
)
from generator.guide.views.published import calendar_views
from generator.guide.views.readings import reading_view
from generator.guide.views.rules import decision_view, rule_view
from generator.guide.views.selfcheck import topic_links
from generator.guide.views.terms import terms_by_chapter
from generator.guide.views.year import months, window_views
from generator.model.edition import Decision, Edition, Paper, Rule


@dataclass(frozen=True)
class RuleRow:
    """A rule or (without a mark) a decision in the list of all."""

    mark: tuple[Mark, ...]
    page: Link
    law: Link


@dataclass(frozen=True)
class ChapterRules:
    """The rules and decisions of one chapter; `heading` is empty without chapters."""

    id: str
    heading: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True)
class ChapterPapers:
    """The papers of one chapter; `heading` is empty without chapters."""

    id: str
    heading: str
    papers: tuple[PaperView, ...]


def matter_pages(edition: Edition, published: Sequence[Download]) -> Iterator[Page]:
    """All of them."""
    yield from _rule_pages(edition)
    yield _deadlines(edition, published)
    yield from _paper_pages(edition)
    links = Links(edition, addresses.PARAMETERS)
    parameters = [parameter_view(links, each) for each in edition.parameters.values()]
    yield Page(addresses.PARAMETERS, "parameters.md.j2", {"parameters": parameters})
    if edition.terms:
        links = Links(edition, addresses.TERMS)
        context = {"chapters": terms_by_chapter(links), "interpreter": links.interpreter}
        yield Page(addresses.TERMS, "terms.md.j2", context)
    yield _readings(edition)


# Rules -------------------------------------------------------------------------------------------


def _rule_pages(edition: Edition) -> Iterator[Page]:
    links = Links(edition, addresses.RULES)
    chapters = [
        ChapterRules(
            f"rules-{number}", chapter.heading, tuple(_rule_row(links, each) for each in here)
        )
        for number, (chapter, here) in enumerate(
            by_chapter(edition, judgements(edition), rule_law), 1
        )
    ]
    yield Page(addresses.RULES, "rules.md.j2", {"chapters": chapters})
    for decision in edition.decisions.values():
        links = Links(edition, rule_page(decision.id))
        context = {
            "decision": decision_view(links, decision),
            "checks": topic_links(links, topics_showing(edition, decision.id)),
        }
        yield Page(links.page, "decision.md.j2", context)
    for rule in edition.rules.values():
        yield _rule(edition, rule)


def _rule_row(links: Links, thing: Rule | Decision) -> RuleRow:
    if isinstance(thing, Decision):
        return RuleRow((), links.decision(thing.id), links.provision(thing.law[0]))
    return RuleRow((mark(thing.modality),), links.rule(thing.id), links.provision(thing.law))


def _rule(edition: Edition, rule: Rule) -> Page:
    links = Links(edition, rule_page(rule.id))
    article = rule.law.article_anchor
    context = {
        "rule": rule_view(links, rule),
        "checks": topic_links(links, topics_showing(edition, rule.id)),
        "decisions": [
            links.decision(each.id)
            for each in edition.decisions.values()
            if rule.id in each.first_of
        ],
        "deadlines": [
            links.deadline(each.id)
            for each in edition.deadlines.values()
            if each.law.article_anchor == article
        ],
        "papers": links.papers(
            id for id, each in edition.papers.items() if each.law.article_anchor == article
        ),
        "duties": [
            duty_link(links, each) for each in edition.duties.values() if each.law == rule.law
        ],
    }
    return Page(links.page, "rule.md.j2", context)


# Deadlines, papers, readings ---------------------------------------------------------------------


def _deadlines(edition: Edition, published: Sequence[Download]) -> Page:
    links = Links(edition, addresses.DEADLINES)
    context = {
        "deadlines": [deadline_view(links, each) for each in edition.deadlines.values()],
        "left_open": [open_time_view(links, each) for each in edition.left_open.values()],
        "months": months(links),
        "windows": window_views(links),
        "calendar": edition.calendar.statement,
        "calendar_file": calendar_views(links, published),
    }
    return Page(addresses.DEADLINES, "deadlines.md.j2", context)


def _paper_pages(edition: Edition) -> Iterator[Page]:
    links = Links(edition, addresses.PAPERS)
    chapters = [
        ChapterPapers(
            f"papers-{number}", chapter.heading, tuple(paper_view(links, each) for each in here)
        )
        for number, (chapter, here) in enumerate(
            by_chapter(edition, edition.papers.values(), lambda paper: paper.law), 1
        )
    ]
    yield Page(addresses.PAPERS, "papers.md.j2", {"chapters": chapters})
    for paper in edition.papers.values():
        yield _paper(edition, paper)


def _paper(edition: Edition, paper: Paper) -> Page:
    links = Links(edition, paper_page(paper.id))
    context = {
        "paper": paper_view(links, paper),
        "steps": [
            links.step(stage.id, step)
            for stage in edition.stages.values()
            for step in stage.steps
            if paper.id in step.papers
        ],
        "duties": [
            duty_link(links, each) for each in edition.duties.values() if paper.id in each.papers
        ],
    }
    return Page(links.page, "paper.md.j2", context)


def _readings(edition: Edition) -> Page:
    links = Links(edition, addresses.READINGS)
    readings = [reading_view(links, each) for each in edition.readings.values()]
    context = {
        "open": [each for each in readings if not each.settled],
        "settled": [each for each in readings if each.settled],
        "interpreter": links.interpreter,
        "basis": links.provision(edition.interpreter_law),
    }
    return Page(addresses.READINGS, "readings.md.j2", context)
