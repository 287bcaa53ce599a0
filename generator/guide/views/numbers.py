"""The numbers that matter, to be read at a glance: the edition's parameters.

Two of them are one range where the data say so: the bounds of one condition, or the first and the
last day of one deadline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.guide.views.matters import parameter_view
from generator.model.conditions import (
    Bound,
    Interval,
    Parameter,
    ParameterTerm,
    Within,
    leaves,
)
from generator.model.edition import Edition, Window


@dataclass(frozen=True)
class NumberView:
    """One number, or a range of two (`values`), what it is for, and where it stands."""

    values: tuple[str, ...]
    label: str
    page: Link
    law: Link


@dataclass(frozen=True)
class _Range:
    """Two numbers that one condition or one deadline joins, and what it is called."""

    low: Parameter
    high: Parameter
    label: str


def number_views(links: Links) -> tuple[NumberView, ...]:
    """All numbers in the order of the data, a range where its first one stands; a number of a
    range that decides something by itself too stands for itself as well."""
    ranges = tuple({(each.low.id, each.high.id): each for each in _ranges(links.edition)}.values())
    alone = _alone(links.edition)
    joined = {each.id for found in ranges for each in (found.low, found.high)}
    views: list[NumberView] = []
    for parameter in links.edition.parameters.values():
        views.extend(_range(links, each) for each in ranges if each.low is parameter)
        if parameter.id in alone or parameter.id not in joined:
            views.append(_single(links, parameter))
    return tuple(views)


def _single(links: Links, parameter: Parameter) -> NumberView:
    view = parameter_view(links, parameter)
    return NumberView((view.value,), view.label, view.page, view.law)


def _range(links: Links, found: _Range) -> NumberView:
    view = parameter_view(links, found.low)
    values = (view.value, str(found.high.quantity))
    return NumberView(values, found.label, view.page, view.law)


def _ranges(edition: Edition) -> Iterator[_Range]:
    for label, interval in _intervals(edition):
        low, high = _parameter(interval.low), _parameter(interval.high)
        if low and high:
            yield _Range(low, high, label)
    for deadline in edition.deadlines.values():
        schedule = deadline.schedule
        if isinstance(schedule, Window) and schedule.opens:
            yield _Range(schedule.opens, schedule.within, deadline.label)


def _alone(edition: Edition) -> set[str]:
    """The numbers that are the only bound of some condition."""
    ends = ((_parameter(each.low), _parameter(each.high)) for _, each in _intervals(edition))
    return {each.id for low, high in ends if not (low and high) for each in (low, high) if each}


def _intervals(edition: Edition) -> Iterator[tuple[str, Interval]]:
    """What amounts are compared with, and the rule that does."""
    for rule in edition.rules.values():
        for leaf in leaves(rule.when):
            if isinstance(leaf.test, Within):
                yield from ((rule.label, each) for each in leaf.test.intervals)


def _parameter(bound: Bound | None) -> Parameter | None:
    return bound.term.parameter if bound and isinstance(bound.term, ParameterTerm) else None
