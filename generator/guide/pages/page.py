"""A page to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """A page to be written: `context` is what its template sees, `head` the front matter that
    only this page has."""

    path: str
    template: str
    context: Mapping[str, object]
    head: Mapping[str, object] = field(default_factory=dict)
