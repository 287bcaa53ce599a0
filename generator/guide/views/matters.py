"""Deadlines, papers and parameters as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide.addresses import PARAMETERS, Link, Links
from generator.guide.views.conditions import ConditionLine, condition_lines
from generator.guide.views.readings import Doubts, Sees, doubts, sees
from generator.model.conditions import Parameter, readings_of
from generator.model.edition import Deadline, OpenTime, Paper
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
    """A paper. `lines` say when it is required; none: always.

    `no_receiver` says why nobody receives it; `forms` and `parts` are the papers that are one form
    of it and those that are a chapter of it.
    """

    id: str
    label: str
    page: Link
    prepared_by: tuple[Link, ...]
    received_by: tuple[Link, ...]
    no_receiver: str
    law: Link
    quote: str
    when: str
    lines: tuple[ConditionLine, ...]
    form_of: tuple[Link, ...]
    part_of: tuple[Link, ...]
    forms: tuple[Link, ...]
    parts: tuple[Link, ...]
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
class OpenTimeView:
    """A time without a day; `words` are the text's own (及时, 定期)."""

    id: str
    label: str
    page: Link
    who: tuple[Link, ...]
    to: tuple[Link, ...]
    law: Link
    words: str
    says: str
    sees: Sees
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


def open_time_view(links: Links, time: OpenTime) -> OpenTimeView:
    """A time that the text leaves open, for a page."""
    return OpenTimeView(
        id=time.id,
        label=time.label,
        page=links.open_time(time.id),
        who=links.roles(time.who),
        to=links.roles(time.to),
        law=links.provision(time.law),
        words=time.words,
        says=time.says,
        sees=sees(links, time.see),
        note=time.note or "",
    )


def paper_view(links: Links, paper: Paper) -> PaperView:
    """A paper for a page."""
    papers = links.edition.papers
    decisive = (*(readings_of(paper.required) if paper.required else ()), *paper.alternatives)
    return PaperView(
        id=paper.id,
        label=paper.label,
        page=links.paper(paper.id),
        prepared_by=links.roles(paper.prepared_by),
        received_by=links.roles(paper.received_by),
        no_receiver=paper.no_receiver or "",
        law=links.provision(paper.law),
        quote=paper.quote,
        when=paper.when,
        lines=condition_lines(links, paper.required) if paper.required else (),
        form_of=links.papers((paper.form_of,) if paper.form_of else ()),
        part_of=links.papers(paper.part_of),
        forms=links.papers(id for id, each in papers.items() if each.form_of == paper.id),
        parts=links.papers(id for id, each in papers.items() if paper.id in each.part_of),
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
