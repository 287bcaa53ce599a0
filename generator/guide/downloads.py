"""A file that readers may take with them, with what they check it by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

WORKBOOKS = "downloads"
"""The folder of the workbooks."""


@dataclass(frozen=True)
class Download:
    """A finished file. `kind` says in Chinese what it is for; `edition` is the edition's id;
    `folder` is where it lies in the site; `layout` is the kind of workbook that it is, to be
    filled in."""

    file_name: str
    title: str
    kind: str
    edition: str
    content: bytes = field(repr=False)
    folder: str = WORKBOOKS
    layout: str = ""

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """Hexadecimal, as `certutil -hashfile` and `sha256sum` print it."""
        return hashlib.sha256(self.content).hexdigest()
