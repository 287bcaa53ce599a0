"""Terms as pages show them: defined by the text in its own words, or only used by it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.guide.bearings import by_chapter
from generator.guide.views.readings import Sees, sees
from generator.model.edition import Term


@dataclass(frozen=True)
class TermView:
    """A term; `definition` is empty where the text has none."""

    id: str
    label: str
    aliases: tuple[str, ...]
    page: Link
    law: Link
    definition: str
    sees: Sees
    note: str


@dataclass(frozen=True)
class ChapterTerms:
    """The terms of one chapter; `heading` is empty in a regulation without chapters."""

    id: str
    heading: str
    terms: tuple[TermView, ...]


def term_view(links: Links, term: Term) -> TermView:
    """A term for a page."""
    return TermView(
        id=term.id,
        label=term.label,
        aliases=term.aliases,
        page=links.term(term.id),
        law=links.provision(term.law),
        definition=term.quote if term.defined else "",
        sees=sees(links, term.see),
        note=term.note or "",
    )


def terms_by_chapter(links: Links) -> tuple[ChapterTerms, ...]:
    """All terms, in the order of the data under the chapters of the text."""
    terms = links.edition.terms.values()
    return tuple(
        ChapterTerms(
            f"terms-{number}",
            chapter.heading,
            tuple(term_view(links, each) for each in here),
        )
        for number, (chapter, here) in enumerate(
            by_chapter(links.edition, terms, lambda term: term.law), 1
        )
    )
