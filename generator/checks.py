"""Everything that can be wrong with an edition: its data, its examples, its text, its layouts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.model.edition import Edition
from generator.model.load import load_edition
from generator.model.problems import DataProblems, Problem
from generator.model.provisions import Item
from generator.rules.examples import example_problems
from generator.rules.hygiene import hygiene_problems
from generator.text.lossless import find_body_loss
from generator.workbook.build import build_book


def checked_edition(folder: Path, shown_as: str) -> Edition:
    """Load an edition and check all of it; DataProblems with everything found."""
    edition = load_edition(folder, shown_as)
    problems = [
        *example_problems(edition),
        *hygiene_problems(edition),
        *text_problems(edition, shown_as),
    ]
    for kind in edition.layouts:
        try:
            build_book(edition, kind)
        except DataProblems as error:
            problems += [
                Problem(f"{shown_as}/{each.path}", each.line, each.column, each.message)
                for each in error.problems
            ]
    if problems:
        raise DataProblems(problems)
    return edition


def text_problems(edition: Edition, shown_as: str) -> Iterator[Problem]:
    """Where text/ differs from the text as issued, white space aside."""
    loss = find_body_loss(_words(edition), edition.source)
    if loss:
        yield Problem(f"{shown_as}/source.txt", loss.line, loss.column, f"{loss.message}。")


def _words(edition: Edition) -> Iterator[str]:
    for chapter in edition.text.chapters:
        yield chapter.label
        yield chapter.title
        for article in chapter.articles:
            yield article.label
            for paragraph in article.paragraphs:
                yield paragraph.text
                for item in paragraph.items:
                    yield from _item_words(item)


def _item_words(item: Item) -> Iterator[str]:
    yield item.label
    yield from item.paragraphs
    for child in item.items:
        yield from _item_words(child)
