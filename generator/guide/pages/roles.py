"""Roles: the list of all, a page each, and pages of their duties where these are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.guide import addresses, sheets
from generator.guide.addresses import Link, Links, role_page
from generator.guide.bearings import on_role, stage_of, steps_of
from generator.guide.downloads import Download
from generator.guide.pages.page import Page
from generator.guide.portions import NO_STAGE, Portion, portions
from generator.guide.views.duties import Count, DutyView, counts, duty_view
from generator.guide.views.marks import ALL_STRENGTHS, mark
from generator.guide.views.matters import deadline_view, open_time_view, paper_view
from generator.guide.views.passages import passages
from generator.guide.views.roles import role_levels, role_view
from generator.guide.views.rules import rule_view
from generator.guide.views.sheets import workbook_views
from generator.model.edition import Duty, Edition, Role

_OPEN_PASSAGES = 5
"""Passages that a role's page shows at once; the rest is folded away."""


@dataclass(frozen=True)
class DutyGroup:
    """Duties that stand under one heading."""

    id: str
    heading: str
    duties: tuple[DutyView, ...]


@dataclass(frozen=True)
class PortionView:
    """A page of a role's duties, and how many there are of which strength."""

    page: Link
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class RoleStage:
    """What a role does in one stage: its steps, in order, and where its duties stand.

    `stage` leads to the stage, if it is one; `portions` are empty where the role's own page has
    all duties: `counts` says how many of them are of this stage.
    """

    label: str
    stage: tuple[Link, ...]
    steps: tuple[Link, ...]
    portions: tuple[PortionView, ...]
    counts: tuple[Count, ...]


def role_pages(edition: Edition, downloads: Sequence[Download]) -> Iterator[Page]:
    """All pages of roles."""
    links = Links(edition, addresses.ROLES)
    yield Page(addresses.ROLES, "roles.md.j2", {"levels": role_levels(links)})
    for role in edition.roles.values():
        pages = portions(edition, role)
        yield _role(edition, role, pages, downloads)
        for place, portion in enumerate(pages):
            yield _portion(edition, portion, pages[max(0, place - 1) : place], pages[place + 1 :])


def _role(
    edition: Edition, role: Role, pages: Sequence[Portion], downloads: Sequence[Download]
) -> Page:
    links = Links(edition, role_page(role.id))
    found = on_role(edition, role)
    # A role with duties needs no more of the text: each of them cites its place.
    quoted = () if found.duties else passages(links, role.places)
    context = {
        "role": role_view(links, role),
        "counts": counts(found.duties),
        "stages": list(_stages(links, role, found.duties, pages)),
        "groups": [] if pages else _by_strength(links, role, found.duties),
        "rules": [rule_view(links, each) for each in found.rules],
        "own_deadlines": [deadline_view(links, d) for d in found.deadlines if role.id in d.who],
        "deadlines_toward": [
            deadline_view(links, each) for each in found.deadlines if role.id not in each.who
        ],
        "own_times": [open_time_view(links, t) for t in found.left_open if role.id in t.who],
        "times_toward": [
            open_time_view(links, each) for each in found.left_open if role.id not in each.who
        ],
        "prepares": [paper_view(links, p) for p in found.papers if role.id in p.prepared_by],
        "receives": [paper_view(links, p) for p in found.papers if role.id in p.received_by],
        "workbooks": workbook_views(links, sheets.of_role(edition, role.id), downloads),
        "passages": quoted[:_OPEN_PASSAGES],
        "folded": quoted[_OPEN_PASSAGES:],
    }
    return Page(links.page, "role.md.j2", context)


def _portion(
    edition: Edition, portion: Portion, before: Sequence[Portion], after: Sequence[Portion]
) -> Page:
    links = Links(edition, portion.page)
    context = {
        "role": links.role(portion.role.id),
        "label": portion.label,
        "stage": [links.stage(portion.stage.id)] if portion.stage else [],
        "counts": counts(portion.duties),
        "groups": [
            DutyGroup(
                f"duties-{article}",
                article.citation,
                tuple(duty_view(links, each, portion.role.id) for each in duties),
            )
            for article, duties in portion.by_article.items()
        ],
        "before": [links.to(each.page, each.label) for each in before],
        "after": [links.to(each.page, each.label) for each in after[:1]],
    }
    return Page(links.page, "role_duties.md.j2", context)


def _by_strength(links: Links, role: Role, duties: Sequence[Duty]) -> list[DutyGroup]:
    return [
        DutyGroup(
            f"duties-{mark(strength).kind}",
            mark(strength).word,
            tuple(duty_view(links, each, role.id) for each in duties if each.strength == strength),
        )
        for strength in ALL_STRENGTHS
        if any(each.strength == strength for each in duties)
    ]


def _stages(
    links: Links, role: Role, duties: Sequence[Duty], pages: Sequence[Portion]
) -> Iterator[RoleStage]:
    stages = links.edition.stages.values()
    # Without stages there is nothing to tell duties apart by.
    for stage in (*stages, None) if stages else ():
        here = [each for each in pages if each.stage is stage]
        own = [each for each in duties if stage_of(links.edition, each.law) is stage]
        steps = steps_of(stage, role) if stage else ()
        if own or steps:
            yield RoleStage(
                label=stage.label if stage else NO_STAGE,
                stage=(links.stage(stage.id),) if stage else (),
                steps=tuple(links.step(stage.id, step) for step in steps) if stage else (),
                portions=tuple(
                    PortionView(links.to(each.page, _words(each)), counts(each.duties))
                    for each in here
                ),
                counts=() if here else counts(own),
            )


def _words(portion: Portion) -> str:
    articles = portion.label.removeprefix(portion.stage_label)
    return f"职责{len(portion.duties)}项{articles}"
