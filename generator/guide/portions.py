"""Which duties of a role stand on which page.

A role with few duties has them on its own page. One with many would make a page that no telephone
opens gladly: they stand by the stage of a project's life, and a stage with many of them by runs of
articles.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.guide.bearings import stage_of
from generator.model.anchors import Anchor
from generator.model.edition import Duty, Edition, Role, Stage

ON_ROLE_PAGE = 30
"""Duties that a role's own page holds at most."""

ON_DUTY_PAGE = 40
"""Duties that a page of duties holds, or a few more: articles are not torn apart."""

NO_STAGE = "不分阶段"
_NO_STAGE_NAME = "no-stage"  # No id has a hyphen.


@dataclass(frozen=True)
class Portion:
    """The duties of a role on one page of their own; `stage` is None for those of no stage.

    `part` counts the pages of one stage from 1, `parts` are all of them.
    """

    role: Role
    stage: Stage | None
    duties: tuple[Duty, ...]
    part: int
    parts: int

    @property
    def page(self) -> str:
        """Its address."""
        name = self.stage.id if self.stage else _NO_STAGE_NAME
        return f"roles/{self.role.id}/{name}{f'-{self.part}' if self.part > 1 else ''}.md"

    @property
    def stage_label(self) -> str:
        """The stage, or that there is none."""
        return self.stage.label if self.stage else NO_STAGE

    @property
    def label(self) -> str:
        """The stage; with its articles where the stage has several pages."""
        if self.parts == 1:
            return self.stage_label
        first, last = (list(self.by_article)[place].citation for place in (0, -1))
        return f"{self.stage_label}（{first if first == last else f'{first}至{last}'}）"

    @cached_property
    def by_article(self) -> Mapping[Anchor, tuple[Duty, ...]]:
        """The duties of each article, in the order of the text."""
        return _by_article(self.duties)


def portions(edition: Edition, role: Role) -> tuple[Portion, ...]:
    """The pages of a role's duties, in the order of the stages: none where its own page has all."""
    duties = [each for each in edition.duties.values() if role.id in each.who]
    return tuple(_portions(edition, role, duties)) if len(duties) > ON_ROLE_PAGE else ()


def _portions(edition: Edition, role: Role, duties: Sequence[Duty]) -> Iterator[Portion]:
    stages = {each.id: stage_of(edition, each.law) for each in duties}
    for stage in (*edition.stages.values(), None):
        here = [each for each in duties if stages[each.id] is stage]
        parts = _parts(here)
        for number, part in enumerate(parts, 1):
            yield Portion(role, stage, part, number, len(parts))


def _parts(duties: Sequence[Duty]) -> list[tuple[Duty, ...]]:
    """Duties in runs of articles, about equally many in each."""
    count = math.ceil(len(duties) / ON_DUTY_PAGE)
    parts: list[list[Duty]] = [[] for _ in range(count)]
    before = 0
    for here in _by_article(duties).values():
        # The part that the middle of the article falls into.
        parts[(2 * before + len(here)) * count // (2 * len(duties))].extend(here)
        before += len(here)
    return [tuple(part) for part in parts if part]


def _by_article(duties: Sequence[Duty]) -> dict[Anchor, tuple[Duty, ...]]:
    found: dict[Anchor, list[Duty]] = {}
    for duty in sorted(duties, key=lambda each: each.law.article_anchor):
        found.setdefault(duty.law.article_anchor, []).append(duty)
    return {article: tuple(here) for article, here in found.items()}
