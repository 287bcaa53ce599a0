"""Oversight and the ladder as pages show them: each rung with who then does what."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.guide.views.duties import DutyLink, duty_link
from generator.guide.views.readings import Sees, sees
from generator.model.edition import Duty, Rung


@dataclass(frozen=True)
class Action:
    """What somebody then does, or may no longer do."""

    duty: DutyLink
    who: tuple[Link, ...]
    toward: tuple[Link, ...]


@dataclass(frozen=True)
class RungView:
    """A rung; `number` counts from 1."""

    id: str
    number: int
    label: str
    when: str
    quote: str
    law: Link
    actions: tuple[Action, ...]
    sees: Sees
    note: str


@dataclass(frozen=True)
class Watch:
    """What one organ, or several together, watch over."""

    who: tuple[Link, ...]
    duties: tuple[DutyLink, ...]


def rung_views(links: Links) -> tuple[RungView, ...]:
    """The ladder, from the bottom up."""
    ladder = links.edition.supervision.ladder
    return tuple(_rung(links, number, each) for number, each in enumerate(ladder, 1))


def watches(links: Links) -> tuple[Watch, ...]:
    """Oversight by those who exercise it, in the order of the data."""
    found: dict[tuple[str, ...], list[Duty]] = {}
    for id in links.edition.supervision.oversight:
        duty = links.edition.duties[id]
        found.setdefault(duty.who, []).append(duty)
    return tuple(
        Watch(links.roles(who), tuple(duty_link(links, each, who) for each in duties))
        for who, duties in found.items()
    )


def _rung(links: Links, number: int, rung: Rung) -> RungView:
    duties = [links.edition.duties[id] for id in rung.duties]
    return RungView(
        id=f"rung-{rung.id}",
        number=number,
        label=rung.label,
        when=rung.when,
        quote=rung.quote,
        law=links.provision(rung.law),
        actions=tuple(
            Action(duty_link(links, each, each.who), links.roles(each.who), _toward(links, each))
            for each in duties
        ),
        sees=sees(links, rung.see),
        note=rung.note or "",
    )


def _toward(links: Links, duty: Duty) -> tuple[Link, ...]:
    return links.roles(duty.toward)
