"""Roles as pages show them: named or left open by the text, and where it speaks of them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.guide.views.passages import ChapterPlaces, places_by_chapter
from generator.model.edition import Role


@dataclass(frozen=True)
class RoleView:
    """A role. `open`: the text does not say which organ that is.

    `law` is where it appears first: nothing where only the notice names it.
    """

    id: str
    label: str
    short: str
    aliases: tuple[str, ...]
    level: str
    open: bool
    page: Link
    law: tuple[Link, ...]
    place_count: int
    chapters: tuple[ChapterPlaces, ...]
    note: str
    no_duties: str
    duties: int


@dataclass(frozen=True)
class RoleLevel:
    """The roles of one level, in the order of the data."""

    id: str
    label: str
    roles: tuple[RoleView, ...]


def role_view(links: Links, role: Role) -> RoleView:
    """A role for a page."""
    duties = sum(1 for duty in links.edition.duties.values() if role.id in duty.who)
    return RoleView(
        id=role.id,
        label=role.label,
        short=role.short if role.short != role.label else "",
        aliases=tuple(each for each in role.aliases if each != role.short),
        level=role.level_label,
        open=role.open,
        page=links.role(role.id),
        law=links.provisions(role.places[:1]),
        place_count=len(role.places),
        chapters=places_by_chapter(links, role.places),
        note=role.note or "",
        no_duties=role.no_duties or "",
        duties=duties,
    )


def role_levels(links: Links) -> tuple[RoleLevel, ...]:
    """All roles by level, in the order of the data."""
    roles = links.edition.roles.values()
    levels = dict.fromkeys((role.level, role.level_label) for role in roles)
    return tuple(
        RoleLevel(id, label, tuple(role_view(links, each) for each in roles if each.level == id))
        for id, label in levels
    )
