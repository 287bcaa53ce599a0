"""Readings as pages show them: never to be mistaken for the text, with the organ that decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.model.conditions import readings_of
from generator.model.edition import Edition, Reading
from generator.model.quantities import chinese_date


@dataclass(frozen=True)
class ReadingView:
    """A reading. `settled` says by whom, under which number and when; empty while it is open."""

    id: str
    title: str
    page: Link
    law: tuple[Link, ...]
    reading: str
    alternative: str
    practice: str
    settled: str
    used_by: tuple[Link, ...]


@dataclass(frozen=True)
class Doubts:
    """The readings of one rule, deadline or paper.

    `decisive`: open, with another outcome in some cases; `open`: other open ones; `settled`: done.
    """

    decisive: tuple[Link, ...]
    open: tuple[Link, ...]
    settled: tuple[Link, ...]
    interpreter: Link


@dataclass(frozen=True)
class Sees:
    """The readings that a duty, a step or a term points to, told apart by what is to be done.

    `doubtful`: open, and the text can be read otherwise; `open`: other open ones; `settled`: done.
    """

    doubtful: tuple[Link, ...]
    open: tuple[Link, ...]
    settled: tuple[Link, ...]


def sees(links: Links, ids: Iterable[str]) -> Sees:
    """Readings worth knowing, in the order given."""
    readings = [links.edition.readings[id] for id in ids]

    def those(wanted: Iterable[Reading]) -> tuple[Link, ...]:
        return tuple(links.reading(each.id) for each in wanted)

    return Sees(
        doubtful=those(each for each in readings if each.alternative and not each.settled),
        open=those(each for each in readings if not each.alternative and not each.settled),
        settled=those(each for each in readings if each.settled),
    )


def reading_view(links: Links, reading: Reading) -> ReadingView:
    """A reading for a page."""
    return ReadingView(
        id=reading.id,
        title=reading.title,
        page=links.reading(reading.id),
        law=links.provisions(reading.law),
        reading=reading.reading,
        alternative=reading.alternative or "",
        practice=reading.practice or "",
        settled=_settled(links.edition, reading),
        used_by=_users(links, reading.id),
    )


def _settled(edition: Edition, reading: Reading) -> str:
    if reading.settled is None:
        return ""
    reply = reading.settled
    which = {"reading": "采用本指南的读法", "alternative": "采用另一种读法"}[reply.outcome]
    by, day = edition.roles[reply.by].label, chinese_date(reply.date)
    return f"{by}已于{day}答复（{reply.number}）：{which}。"


def _users(links: Links, reading: str) -> tuple[Link, ...]:
    """What the reading bears on; not duties, steps and terms: they are many, and lead here."""
    edition = links.edition
    return (
        *(
            links.rule(rule.id)
            for rule in edition.rules.values()
            if reading in (*readings_of(rule.when), *rule.see)
        ),
        *(links.decision(each.id) for each in edition.decisions.values() if reading in each.see),
        *(
            links.deadline(each.id)
            for each in edition.deadlines.values()
            if reading in (*each.alternatives, *each.see)
        ),
        *(links.open_time(each.id) for each in edition.left_open.values() if reading in each.see),
        *(
            links.paper(each.id)
            for each in edition.papers.values()
            if reading in (*each.alternatives, *each.see)
        ),
    )


def doubts(links: Links, decisive: Iterable[str], others: Iterable[str]) -> Doubts:
    """The readings that can change an outcome, and others worth knowing, each once."""
    readings = links.edition.readings
    all_ids = tuple(dict.fromkeys((*decisive, *others)))
    first = tuple(id for id in dict.fromkeys(decisive) if readings[id].settled is None)
    rest = tuple(id for id in all_ids if readings[id].settled is None and id not in first)
    done = tuple(id for id in all_ids if readings[id].settled is not None)
    return Doubts(
        decisive=tuple(links.reading(id) for id in first),
        open=tuple(links.reading(id) for id in rest),
        settled=tuple(links.reading(id) for id in done),
        interpreter=links.interpreter,
    )
