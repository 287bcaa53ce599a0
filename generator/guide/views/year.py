"""Dates at a glance: those that recur by month of the year, windows by what they are counted from.

A window is a row of equal parts: those before it opens, and those in which it is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.model.edition import Deadline, Edition, Recurrence, Recurring, Window
from generator.model.quantities import Period

_MONTHS = 12
_MOST_PARTS = 36
"""Parts that a row still shows: with more, words tell it better."""


@dataclass(frozen=True)
class Recurrent:
    """A deadline on the last day of a month."""

    deadline: Link
    law: Link


@dataclass(frozen=True)
class Month:
    """A month of the year and what falls on its last day."""

    number: int
    deadlines: tuple[Recurrent, ...]


@dataclass(frozen=True)
class WindowView:
    """A window: `before` parts until it opens, `open` parts, `after` to the end of the scale that
    windows of one unit share. No parts: too many to show."""

    deadline: Link
    start: str
    opens: str
    within: str
    extends: str
    law: Link
    before: int
    open: int
    after: int


def months(links: Links) -> tuple[Month, ...]:
    """The months of a year, from January; none where nothing recurs."""
    recurring = [each for each in links.edition.deadlines.values() if _recurrence(each)]
    if not recurring:
        return ()
    return tuple(
        Month(
            number,
            tuple(
                Recurrent(links.deadline(each.id), links.provision(each.law))
                for each in recurring
                if number in _ends(each)
            ),
        )
        for number in range(1, _MONTHS + 1)
    )


def window_views(links: Links) -> tuple[WindowView, ...]:
    """All windows, in the order of the data."""
    return tuple(_windows(links))


def _windows(links: Links) -> Iterator[WindowView]:
    for deadline in links.edition.deadlines.values():
        window = deadline.schedule
        if not isinstance(window, Window):
            continue
        last, first = window.period.count, _opens(window)
        scale = _scale(links.edition, window.period)
        shown = scale <= _MOST_PARTS
        yield WindowView(
            deadline=links.deadline(deadline.id),
            start=deadline.start_label,
            opens=str(window.opens.quantity) if window.opens else "",
            within=str(window.period),
            extends=str(window.extension.by.quantity) if window.extension else "",
            law=links.provision(deadline.law),
            before=first if shown else 0,
            open=last - first if shown else 0,
            after=scale - last if shown else 0,
        )


def _opens(window: Window) -> int:
    quantity = window.opens.quantity if window.opens else None
    return quantity.count if isinstance(quantity, Period) else 0


def _scale(edition: Edition, period: Period) -> int:
    """The longest window of a unit."""
    windows = (each.schedule for each in edition.deadlines.values())
    periods = (each.period for each in windows if isinstance(each, Window))
    return max(each.count for each in periods if each.unit is period.unit)


def _recurrence(deadline: Deadline) -> Recurrence | None:
    return deadline.schedule.every if isinstance(deadline.schedule, Recurring) else None


def _ends(deadline: Deadline) -> range:
    """The months at whose end a deadline recurs."""
    every = _recurrence(deadline)
    step = every.months if every else _MONTHS
    return range(step, _MONTHS + 1, step)
