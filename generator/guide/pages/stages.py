"""The stages of a project's life: all of them as lanes, and a page each like a service guide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.guide import addresses, sheets
from generator.guide.addresses import Link, Links, role_page, selfcheck_page, stage_page
from generator.guide.bearings import checks_of, stage_of
from generator.guide.downloads import Download
from generator.guide.pages.page import Page
from generator.guide.portions import portions
from generator.guide.views.duties import DutyLink, duty_link
from generator.guide.views.lanes import lanes
from generator.guide.views.marks import Mark, mark
from generator.guide.views.matters import deadline_view, open_time_view, paper_view
from generator.guide.views.sheets import workbook_views
from generator.guide.views.stages import stage_view
from generator.model.edition import Edition, Stage

_FORBIDDEN = ("must_not", "sanction")


@dataclass(frozen=True)
class RuleLink:
    """A rule that decides something in a stage."""

    mark: Mark
    rule: Link
    law: Link


@dataclass(frozen=True)
class Share:
    """A role, how many duties it has in a stage, and where they stand."""

    page: Link
    number: int


def stage_pages(edition: Edition, downloads: Sequence[Download]) -> Iterator[Page]:
    """All pages of stages; none in an edition without them."""
    if not edition.stages:
        return
    links = Links(edition, addresses.STAGES)
    yield Page(addresses.STAGES, "stages.md.j2", {"lanes": lanes(links)})
    stages = list(edition.stages.values())
    for place, stage in enumerate(stages):
        before, after = stages[max(0, place - 1) : place], stages[place + 1 : place + 2]
        yield _stage(edition, stage, before, after, downloads)


def _stage(
    edition: Edition,
    stage: Stage,
    before: Sequence[Stage],
    after: Sequence[Stage],
    downloads: Sequence[Download],
) -> Page:
    links = Links(edition, stage_page(stage.id))
    papers = dict.fromkeys(id for step in stage.steps for id in step.papers)
    context = {
        "stage": stage_view(links, stage),
        "count": len(edition.stages),
        "decisions": [
            links.decision(each.id)
            for each in edition.decisions.values()
            if stage_of(edition, each.law[0]) is stage
        ],
        "rules": [
            RuleLink(mark(each.modality), links.rule(each.id), links.provision(each.law))
            for each in edition.rules.values()
            if stage_of(edition, each.law) is stage
        ],
        "checks": [
            links.to(selfcheck_page(each.id), each.label) for each in checks_of(edition, stage)
        ],
        "sometimes": [links.step(stage.id, step) for step in stage.steps if step.applies],
        "papers": [paper_view(links, edition.papers[id]) for id in papers],
        "deadlines": [
            deadline_view(links, each)
            for each in edition.deadlines.values()
            if stage_of(edition, each.law) is stage
        ],
        "left_open": [
            open_time_view(links, each)
            for each in edition.left_open.values()
            if stage_of(edition, each.law) is stage
        ],
        "forbidden": list(_forbidden(links, stage)),
        "workbooks": workbook_views(links, sheets.on_stage(edition, stage), downloads),
        "shares": list(_shares(links, stage)),
        "before": [links.stage(each.id) for each in before],
        "after": [links.stage(each.id) for each in after],
    }
    return Page(links.page, "stage.md.j2", context)


def _forbidden(links: Links, stage: Stage) -> Iterator[DutyLink]:
    """What must not be done in a stage, and what follows if it is."""
    edition = links.edition
    for duty in edition.duties.values():
        if duty.strength in _FORBIDDEN and stage_of(edition, duty.law) is stage:
            yield duty_link(links, duty)


def _shares(links: Links, stage: Stage) -> Iterator[Share]:
    edition = links.edition
    duties = [each for each in edition.duties.values() if stage_of(edition, each.law) is stage]
    for role in edition.roles.values():
        number = sum(role.id in each.who for each in duties)
        if number:
            pages = [each.page for each in portions(edition, role) if each.stage is stage]
            yield Share(links.to([*pages, role_page(role.id)][0], role.label), number)
