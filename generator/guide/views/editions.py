"""The editions of a regulation as pages show them, each with the address that stays its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.guide.views.policy import STATUS, repealed_titles
from generator.model.edition import Edition
from generator.model.quantities import chinese_date

FOLDER = "editions"
"""The folder of the site in which every edition has its own."""


@dataclass(frozen=True)
class EditionView:
    """An edition. `address` is relative to the site's root; `current`: this guide shows it."""

    id: str
    title: str
    number: str
    issuer: str
    issued: str
    effective: str
    status: str
    in_force: bool
    repeals: tuple[str, ...]
    current: bool
    address: str


def edition_views(current: Edition, others: Iterable[Edition]) -> tuple[EditionView, ...]:
    """All editions, the newest first."""
    found = sorted((current, *others), key=lambda each: (each.effective, each.id), reverse=True)
    return tuple(
        EditionView(
            id=each.id,
            title=each.title,
            number=each.number,
            issuer=each.issuer,
            issued=chinese_date(each.issued),
            effective=chinese_date(each.effective),
            status=STATUS[each.status],
            in_force=each.status == "in_force",
            repeals=repealed_titles(each),
            current=each is current,
            address=f"{FOLDER}/{each.id}/index.html",
        )
        for each in found
    )
