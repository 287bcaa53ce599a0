"""Templates whose every value is text: no word of the data is ever read as Markdown or HTML.

Jinja's own escaping stops at HTML. Here each value that a template prints goes through `as_text`,
which turns what Markdown, attribute lists and HTML could read into character references.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

# All ASCII punctuation but a few signs that mean nothing anywhere, and the blanks that Markdown
# trims or counts: all but a single space between words.
_SPECIAL = re.compile(r"[!-$&-+\-.:<-@\[-`{-~]|[^\S ]|^ | $| (?= )")
_ADDRESS = re.compile(r"[A-Za-z0-9_\-./#%]+")
# Also those from 0x80 on: browsers read a reference to one of them as another character.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def as_text(words: str) -> Markup:
    """Words as Markdown that comes out as just these words, in a line or a cell."""
    visible = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", words)
    return Markup(_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", visible))


def as_attribute(words: str) -> Markup:
    """Words for an attribute of an element with `markdown="1"`: that is read twice."""
    return as_text(html.escape(words))


def as_html(words: str) -> str:
    """Words for the navigation, whose titles themes print as HTML."""
    return html.escape(" ".join(words.split()))


def as_address(address: str) -> Markup:
    """An id or a link that the guide itself made; ValueError for anything else."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"not an address of the guide: {address!r}")
    return Markup(address)


def _finished(value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    if isinstance(value, str | int) and not isinstance(value, bool):
        return as_text(str(value))
    raise TypeError(f"a template prints {value!r}, which is no text")


def template_environment(folder: Path) -> Environment:
    """The templates of a folder. The filter `address` lets the guide's own ids and links pass,
    `attribute` is for data in attributes."""
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        finalize=_finished,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["address"] = as_address
    environment.filters["attribute"] = as_attribute
    return environment
