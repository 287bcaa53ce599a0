"""The life of a project as lanes: who acts in which stage."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.model.edition import Role, Stage

_MOST_ORGANS, _MOST_STAGES = 30, 8
"""The grid of content/css/pages.css."""


@dataclass(frozen=True)
class LaneStep:
    """A step; `number` is its place among the steps of the stage, `conditional`: it is not always
    taken."""

    number: int
    page: Link
    conditional: bool


@dataclass(frozen=True)
class LaneCell:
    """What one organ does in one stage; no steps: nothing."""

    role: str
    steps: tuple[LaneStep, ...]


@dataclass(frozen=True)
class LaneStage:
    """A stage with a cell for each organ of the lanes, in their order."""

    id: str
    number: int
    page: Link
    about: str
    law: tuple[Link, ...]
    cells: tuple[LaneCell, ...]


@dataclass(frozen=True)
class Lanes:
    """All stages, and the organs that act in any step, in the order in which they first act."""

    organs: tuple[Link, ...]
    stages: tuple[LaneStage, ...]

    @property
    def as_grid(self) -> bool:
        """Whether the style sheet has a grid of this size; else they stay a list."""
        return len(self.organs) <= _MOST_ORGANS and len(self.stages) <= _MOST_STAGES


def lanes(links: Links) -> Lanes:
    """Stages across, organs down."""
    edition = links.edition
    acting = dict.fromkeys(role for step in edition.steps.values() for role in step.who)
    roles = [edition.roles[id] for id in acting]
    return Lanes(
        organs=tuple(links.role(role.id) for role in roles),
        stages=tuple(
            LaneStage(
                id=stage.id,
                number=number,
                page=links.stage(stage.id),
                about=stage.about,
                law=links.provisions(stage.law),
                cells=tuple(_cell(links, stage, role) for role in roles),
            )
            for number, stage in enumerate(edition.stages.values(), 1)
        ),
    )


def _cell(links: Links, stage: Stage, role: Role) -> LaneCell:
    steps = tuple(
        LaneStep(number, links.step(stage.id, step), bool(step.applies))
        for number, step in enumerate(stage.steps, 1)
        if role.id in step.who
    )
    return LaneCell(role.label, steps)
