"""The records as a script file for `content/js/search-engine.js`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.guide import addresses
from generator.guide.addresses import Links, on_site
from generator.guide.downloads import Download
from generator.guide.search.places import Places
from generator.guide.search.record import Kind, Record
from generator.guide.search.things import Things
from generator.model.edition import Edition
from generator.rules.script_file import script_file

FILE = "assets/search-records.js"
"""Where the script file stands, beside the scripts that load it."""

_GLOBAL = "banfaSearchRecords"


def search_records(edition: Edition, downloads: Sequence[Download]) -> tuple[Record, ...]:
    """Everything that a search can find, the places of the text first."""
    links = Links(edition, addresses.HOME)
    places = Places(links)
    return (*places.records, *Things(links, places).records(downloads))


def search_script(edition: Edition, downloads: Sequence[Download]) -> bytes:
    """The script file. Words go as they are: the script alone says which of them are the same."""
    interpreter = edition.roles[edition.interpreter].label
    notes = {Kind.READING: f"不是条文，以{interpreter}解释意见为准"}
    looks = {Kind.PROVISION: "law", Kind.READING: "gloss"}
    data = {
        "kinds": [
            {"word": kind.value, "note": notes.get(kind, ""), "look": looks.get(kind, "plain")}
            for kind in Kind
        ],
        "records": [dict(_stated(each)) for each in search_records(edition, downloads)],
    }
    return script_file(_GLOBAL, data)


_POSITIONS: Mapping[Kind, int] = {kind: position for position, kind in enumerate(Kind)}


def _stated(record: Record) -> Iterator[tuple[str, Any]]:
    """The record's own values; what it does not have is left out."""
    yield "kind", _POSITIONS[record.kind]
    yield "title", record.title
    # The pages of the site have the names of the tree's: mkdocs.yml has no folders for pages.
    yield "href", on_site(record.href)
    for name in ("texts", "who", "mark", "law", "names"):
        value = getattr(record, name)
        if value:
            yield name, value
    if record.within is not None:
        yield "within", record.within
