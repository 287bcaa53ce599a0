"""Duties as pages show them: who does what, on which condition, and what follows if not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.guide.addresses import Link, Links, duty_id
from generator.guide.views.marks import ALL_STRENGTHS, Mark, mark
from generator.guide.views.readings import Sees, sees
from generator.model.edition import Duty

_LONGEST = 40
"""Characters of a duty that stand where another one leads to it."""

_MOST_NAMES = 3


@dataclass(frozen=True)
class DutyLink:
    """A duty in few words, as a link to where it stands; `who` is empty where it is plain."""

    mark: Mark
    who: str
    duty: Link
    law: Link


@dataclass(frozen=True)
class DutyView:
    """A sentence that binds, permits, forbids, conditions, gives charge or punishes.

    `beside` are the others on whom it lies too, for the page of one of them; `consequences` are
    what follows where it is not met.
    """

    id: str
    mark: Mark
    what: str
    who: tuple[Link, ...]
    beside: tuple[Link, ...]
    toward: tuple[Link, ...]
    when: str
    condition: str
    papers: tuple[Link, ...]
    consequences: tuple[DutyLink, ...]
    sees: Sees
    law: Link
    note: str


@dataclass(frozen=True)
class Count:
    """How many duties of one strength there are."""

    mark: Mark
    number: int


def duty_view(links: Links, duty: Duty, of: str = "") -> DutyView:
    """A duty for a page; `of` is the role whose page it is."""
    return DutyView(
        id=duty_id(duty.id),
        mark=mark(duty.strength, degree=duty.degree),
        what=duty.what,
        who=links.roles(duty.who),
        beside=links.roles(role for role in duty.who if role != of) if of else (),
        toward=links.roles(duty.toward),
        when=duty.when or "",
        condition=duty.condition or "",
        papers=links.papers(duty.papers),
        consequences=tuple(
            duty_link(links, links.edition.duties[each], duty.who) for each in duty.consequence
        ),
        sees=sees(links, duty.see),
        law=links.provision(duty.law),
        note=duty.note or "",
    )


def duty_link(links: Links, duty: Duty, plain: tuple[str, ...] = ()) -> DutyLink:
    """A link to a duty; of those in `plain` one need not say that it is theirs."""
    words = duty.what
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip("，、；：。") + "…"
    return DutyLink(
        mark=mark(duty.strength, degree=duty.degree),
        who="" if duty.who == plain else _names(links, duty.who),
        duty=links.duty(duty, words),
        law=links.provision(duty.law),
    )


def _names(links: Links, roles: tuple[str, ...]) -> str:
    names = [links.edition.roles[role].label for role in roles]
    return "、".join(names) if len(names) <= _MOST_NAMES else f"{names[0]}等{len(names)}个主体"


def counts(duties: Iterable[Duty]) -> tuple[Count, ...]:
    """Duties by strength, those that do not occur left out."""
    strengths = [each.strength for each in duties]
    return tuple(
        Count(mark(strength), strengths.count(strength))
        for strength in ALL_STRENGTHS
        if strength in strengths
    )
