"""The stages of a project's life: the list of all, and a page each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.guide import addresses
from generator.guide.addresses import Link, Links, role_page, stage_page
from generator.guide.bearings import stage_of
from generator.guide.pages.page import Page
from generator.guide.portions import portions
from generator.guide.views.home import home_view
from generator.guide.views.marks import Mark, mark
from generator.guide.views.stages import stage_view, stage_views
from generator.model.edition import Edition, Stage


@dataclass(frozen=True)
class RuleLink:
    """A rule that decides something in a stage."""

    mark: Mark
    rule: Link


@dataclass(frozen=True)
class Share:
    """A role, how many duties it has in a stage, and where they stand."""

    page: Link
    number: int


def stage_pages(edition: Edition) -> Iterator[Page]:
    """All pages of stages; none in an edition without them."""
    if not edition.stages:
        return
    links = Links(edition, addresses.STAGES)
    yield Page(
        addresses.STAGES, "stages.md.j2", {"stages": stage_views(links), "home": home_view(links)}
    )
    stages = list(edition.stages.values())
    for place, stage in enumerate(stages):
        links = Links(edition, stage_page(stage.id))
        context = {
            "stage": stage_view(links, stage),
            "count": len(stages),
            "decisions": [
                links.decision(each.id)
                for each in edition.decisions.values()
                if stage_of(edition, each.law[0]) is stage
            ],
            "rules": [
                RuleLink(mark(each.modality), links.rule(each.id))
                for each in edition.rules.values()
                if stage_of(edition, each.law) is stage
            ],
            "deadlines": [
                links.deadline(each.id)
                for each in edition.deadlines.values()
                if stage_of(edition, each.law) is stage
            ],
            "shares": list(_shares(links, stage)),
            "before": [links.stage(each.id) for each in stages[max(0, place - 1) : place]],
            "after": [links.stage(each.id) for each in stages[place + 1 : place + 2]],
        }
        yield Page(links.page, "stage.md.j2", context)


def _shares(links: Links, stage: Stage) -> Iterator[Share]:
    edition = links.edition
    duties = [each for each in edition.duties.values() if stage_of(edition, each.law) is stage]
    for role in edition.roles.values():
        number = sum(role.id in each.who for each in duties)
        if number:
            pages = [each.page for each in portions(edition, role) if each.stage is stage]
            yield Share(links.to([*pages, role_page(role.id)][0], role.label), number)
