"""The workbooks of an edition as files: name → bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time

from generator.model.edition import Edition
from generator.workbook.build import build_book, identity
from generator.workbook.desk import Filling
from generator.workbook.write import write_book


def workbook_files(edition: Edition) -> Mapping[str, bytes]:
    """Every workbook of an edition, blank: file name → bytes, the same each time."""
    return {
        f"{layout.file}.xlsx": workbook_bytes(edition, kind)
        for kind, layout in edition.layouts.items()
    }


def workbook_bytes(
    edition: Edition, kind: str, fillings: Mapping[str, Filling] | None = None
) -> bytes:
    """One workbook, blank or filled."""
    book = build_book(edition, kind, fillings)
    moment = datetime.combine(edition.issued, time(), UTC)
    title = f"{edition.layouts[kind].title}（{edition.number}）"
    return write_book(book, identity(edition, kind), title, moment)
