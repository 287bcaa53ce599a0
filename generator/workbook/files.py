"""The workbooks of an edition as files: name → bytes."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time

from generator.model.contents import Sample
from generator.model.edition import Edition
from generator.model.layout import Layout
from generator.workbook.book import Book
from generator.workbook.build import build_book, identity
from generator.workbook.desk import Filling
from generator.workbook.fillings import fillings_of
from generator.workbook.imprint import TEMPLATE, Imprint
from generator.workbook.write import write_book


def workbook_files(edition: Edition) -> Mapping[str, bytes]:
    """Every workbook of an edition: file name → bytes, the same each time; blank ones, and beside
    them the filled examples."""
    return dict(_files(edition))


def _files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    for kind, layout in edition.layouts.items():
        with _uncollected():
            file = workbook_bytes(edition, kind)
        yield file_name(layout), file
        if sample := edition.samples.get(kind):
            with _uncollected():
                book, imprint = example_book(edition, kind, sample)
                file = file_of(edition, kind, book, imprint)
            yield example_file_name(layout), file


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage: what a workbook is made of is needed to its end, and looking
    takes as long as making it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def file_name(layout: Layout) -> str:
    """What the published template is called."""
    return f"{layout.file}.xlsx"


def example_file_name(layout: Layout) -> str:
    """What the filled example is called."""
    return f"{layout.file}（填写示例）.xlsx"


def example_book(edition: Edition, kind: str, sample: Sample) -> tuple[Book, Imprint]:
    """The filled example of a kind of workbook, and what marks it as one."""
    imprint = Imprint(example=sample.title, day=sample.as_of)
    fillings = fillings_of(sample.contents, sample.as_of)
    return build_book(edition, kind, fillings, imprint), imprint


def workbook_bytes(
    edition: Edition,
    kind: str,
    fillings: Mapping[str, Filling] | None = None,
    imprint: Imprint = TEMPLATE,
) -> bytes:
    """One workbook, blank or filled."""
    return file_of(edition, kind, build_book(edition, kind, fillings, imprint), imprint)


def file_of(edition: Edition, kind: str, book: Book, imprint: Imprint = TEMPLATE) -> bytes:
    """A book's bytes, with what tells the file from others. A numbered copy is made on its day of
    issue, every other file on the regulation's."""
    made = imprint.day if imprint.issue_id and imprint.day else edition.issued
    title = f"{edition.layouts[kind].title}（{edition.number}）"
    properties = identity(edition, kind, imprint)
    return write_book(book, properties, title, datetime.combine(made, time(), UTC))
