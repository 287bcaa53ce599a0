"""A page to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page to be written: `context` is what its template sees."""

    path: str
    template: str
    context: Mapping[str, object]
