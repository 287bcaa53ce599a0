"""The YAML at the top of a page: what its theme needs to know beyond the words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import yaml

_OPEN, _CLOSE = "---\n", "\n---\n"


def with_front_matter(page: str, added: Mapping[str, Any]) -> str:
    """A page with more keys at its top; those that it has already stay as they are."""
    own: dict[str, Any] = {}
    if page.startswith(_OPEN):
        written, _, page = page.removeprefix(_OPEN).partition(_CLOSE)
        own = yaml.safe_load(written) or {}
    keys = {**added, **own}
    if not keys:
        return page
    # One line a value: a line of its own could read as the end of the front matter.
    text = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False, width=sys.maxsize)
    return f"{_OPEN}{text.rstrip()}{_CLOSE}{page}"


def in_one_line(words: str) -> str:
    """Words as values of front matter hold them: blanks and line ends are single spaces."""
    return " ".join(words.split())
