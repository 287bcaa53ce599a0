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
class MistakeView:
    """What is easily done wrong, in plain words."""

    says: str
    law: Link
    sees: Sees


@dataclass(frozen=True)
class StageView:
    """A stage; `number` counts from 1. `who` act in its steps, `to` are those who get something
    from one."""

    id: str
    number: int
    label: str
    page: Link
    about: str
    law: tuple[Link, ...]
    who: tuple[Link, ...]
    to: tuple[Link, ...]
    steps: tuple[StepView, ...]
    mistakes: tuple[MistakeView, ...]


def stage_view(links: Links, stage: Stage) -> StageView:
    """A stage for a page."""
    return StageView(
        id=stage.id,
        number=1 + tuple(links.edition.stages).index(stage.id),
        label=stage.label,
        page=links.stage(stage.id),
        about=stage.about,
        law=links.provisions(stage.law),
        who=links.roles(dict.fromkeys(role for step in stage.steps for role in step.who)),
        to=links.roles(dict.fromkeys(role for step in stage.steps for role in step.to)),
        steps=tuple(_step(links, stage, each) for each in stage.steps),
        mistakes=tuple(
            MistakeView(each.says, links.provision(each.law), sees(links, each.see))
            for each in stage.mistakes
        ),
    )


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
