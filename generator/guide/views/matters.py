"""Deadlines, papers, parameters and duties as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide.addresses import PARAMETERS, Link, Links
from generator.guide.views.conditions import ConditionLine, condition_lines
from generator.guide.views.marks import Mark, mark
from generator.guide.views.readings import Doubts, doubts
from generator.model.conditions import Parameter, readings_of
from generator.model.edition import Deadline, Duty, Paper
from generator.rules.prose import schedule_text


@dataclass(frozen=True)
class DeadlineView:
    """A deadline; `when` is its schedule in words."""

    id: str
    label: str
    page: Link
    who: tuple[Link, ...]
    to: tuple[Link, ...]
    law: Link
    quote: str
    when: str
    says: str
    doubts: Doubts
    note: str
    examples: tuple[Link, ...]


@dataclass(frozen=True)
class PaperView:
    """A paper. `lines` say when it is required; none: always."""

    id: str
    label: str
    page: Link
    prepared_by: tuple[Link, ...]
    received_by: tuple[Link, ...]
    law: Link
    quote: str
    when: str
    lines: tuple[ConditionLine, ...]
    form_of: tuple[Link, ...]
    contents: tuple[str, ...]
    open_list: bool
    doubts: Doubts
    note: str


@dataclass(frozen=True)
class ParameterView:
    """A number of the regulation and the words that carry it."""

    id: str
    label: str
    page: Link
    value: str
    law: Link
    quote: str


@dataclass(frozen=True)
class DutyView:
    """A sentence that binds, permits, forbids, conditions or punishes."""

    mark: Mark
    what: str
    who: tuple[Link, ...]
    toward: tuple[Link, ...]
    when: str
    condition: str
    law: Link
    note: str


def deadline_view(links: Links, deadline: Deadline) -> DeadlineView:
    """A deadline for a page."""
    return DeadlineView(
        id=deadline.id,
        label=deadline.label,
        page=links.deadline(deadline.id),
        who=links.roles(deadline.who),
        to=links.roles(deadline.to),
        law=links.provision(deadline.law),
        quote=deadline.quote,
        when=schedule_text(links.edition, deadline.schedule),
        says=deadline.says,
        doubts=doubts(links, deadline.alternatives, deadline.see),
        note=deadline.note or "",
        examples=links.examples(deadline.id, len(deadline.examples)),
    )


def paper_view(links: Links, paper: Paper) -> PaperView:
    """A paper for a page."""
    decisive = (*(readings_of(paper.required) if paper.required else ()), *paper.alternatives)
    return PaperView(
        id=paper.id,
        label=paper.label,
        page=links.paper(paper.id),
        prepared_by=links.roles(paper.prepared_by),
        received_by=links.roles(paper.received_by),
        law=links.provision(paper.law),
        quote=paper.quote,
        when=paper.when,
        lines=condition_lines(links, paper.required) if paper.required else (),
        form_of=(links.paper(paper.form_of),) if paper.form_of else (),
        contents=paper.contents,
        open_list=paper.open_list,
        doubts=doubts(links, decisive, paper.see),
        note=paper.note or "",
    )


def parameter_view(links: Links, parameter: Parameter) -> ParameterView:
    """A parameter for a page."""
    return ParameterView(
        id=parameter.id,
        label=parameter.label,
        page=links.to(PARAMETERS, parameter.label, parameter.id),
        value=str(parameter.quantity),
        law=links.provision(parameter.law),
        quote=parameter.quote,
    )


def duty_view(links: Links, duty: Duty) -> DutyView:
    """A duty for a page."""
    return DutyView(
        mark=mark(duty.strength, in_principle=duty.in_principle),
        what=duty.what,
        who=links.roles(duty.who),
        toward=links.roles(duty.toward),
        when=duty.when or "",
        condition=duty.condition or "",
        law=links.provision(duty.law),
        note=duty.note or "",
    )
