"""The stages of a project's life as pages show them: steps in order, each with its basis."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.guide.views.conditions import ConditionLine, condition_lines
from generator.guide.views.readings import Sees, sees
from generator.model.edition import Stage, Step


@dataclass(frozen=True)
class StepView:
    """A step. `lines` say when it applies; none: always."""

    id: str
    label: str
    page: Link
    who: tuple[Link, ...]
    what: str
    to: tuple[Link, ...]
    papers: tuple[Link, ...]
    when: str
    law: Link
    lines: tuple[ConditionLine, ...]
    sees: Sees
    note: str


@dataclass(frozen=True)
class StageView:
    """A stage; `number` counts from 1."""

    id: str
    number: int
    label: str
    page: Link
    about: str
    law: tuple[Link, ...]
    steps: tuple[StepView, ...]


def stage_view(links: Links, stage: Stage) -> StageView:
    """A stage for a page."""
    return StageView(
        id=stage.id,
        number=1 + tuple(links.edition.stages).index(stage.id),
        label=stage.label,
        page=links.stage(stage.id),
        about=stage.about,
        law=links.provisions(stage.law),
        steps=tuple(_step(links, stage, each) for each in stage.steps),
    )


def stage_views(links: Links) -> tuple[StageView, ...]:
    """All stages, in order."""
    return tuple(stage_view(links, each) for each in links.edition.stages.values())


def _step(links: Links, stage: Stage, step: Step) -> StepView:
    return StepView(
        id=step.id,
        label=step.label,
        page=links.step(stage.id, step),
        who=links.roles(step.who),
        what=step.what,
        to=links.roles(step.to),
        papers=links.papers(step.papers),
        when=step.when or "",
        law=links.provision(step.law),
        lines=condition_lines(links, step.applies) if step.applies else (),
        sees=sees(links, step.see),
        note=step.note or "",
    )
