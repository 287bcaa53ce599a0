"""Everything that can be wrong with an edition: its data, its examples, its text, its layouts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.model.edition import Edition
from generator.model.load import load_edition
from generator.model.problems import DataProblems, Problem
from generator.model.yaml_source import Document, Path_, read_document
from generator.rules.examples import example_problems
from generator.rules.hygiene import hygiene_problems
from generator.text.blanks import squeeze
from generator.text.lossless import Loss, find_body_loss
from generator.workbook.build import sketched_book
from generator.workbook.fillings import fillings_of, places_of, untaken


def checked_edition(folder: Path, shown_as: str) -> Edition:
    """Load an edition and check all of it; DataProblems with everything found."""
    return _sound(folder, shown_as, layouts=True)


def edition_to_decide_by(folder: Path, shown_as: str) -> Edition:
    """Load an edition and check all of it but its workbooks, which decide nothing."""
    return _sound(folder, shown_as, layouts=False)


def _sound(folder: Path, shown_as: str, *, layouts: bool) -> Edition:
    edition = load_edition(folder, shown_as)
    problems = [
        *_failing_examples(edition, folder, shown_as),
        *hygiene_problems(edition),
        *text_problems(edition, folder, shown_as),
        *(_layout_problems(edition, shown_as) if layouts else ()),
    ]
    if problems:
        raise DataProblems(problems)
    return edition


def _layout_problems(edition: Edition, shown_as: str) -> Iterator[Problem]:
    """What shows only when a workbook is drawn."""
    for kind in edition.layouts:
        try:
            sketched_book(edition, kind)
        except DataProblems as error:
            for each in error.problems:
                yield Problem(f"{shown_as}/{each.path}", each.line, each.column, each.message)
        else:
            yield from _unfilled(edition, kind)


def _unfilled(edition: Edition, kind: str) -> Iterator[Problem]:
    """What the example of a workbook says and no cell of it holds."""
    sample = edition.samples.get(kind)
    if sample:
        fillings, places = fillings_of(sample.contents), places_of(sample.contents)
        for name in untaken(sketched_book(edition, kind, fillings), fillings):
            yield replace(places[name], message="本工作簿没有填写它的地方（没有表单询问它）。")


def _failing_examples(edition: Edition, folder: Path, shown_as: str) -> Sequence[Problem]:
    """Examples that hold neither with the replies of the interpreting organ nor without them:
    a reply that settles a reading overturns no example that was written while it was open."""
    failing = list(example_problems(edition))
    if failing and any(reading.settled for reading in edition.readings.values()):
        before = set(example_problems(load_edition(folder, shown_as, all_open=True)))
        places = {(each.path, each.line, each.column) for each in before}
        failing = [each for each in failing if (each.path, each.line, each.column) in places]
    return failing


def text_problems(edition: Edition, folder: Path, shown_as: str) -> Iterator[Problem]:
    """Where text/ differs from the text as issued, white space aside."""
    files = sorted((folder / "text").glob("*.yml"))
    documents = [read_document(file, f"{shown_as}/text/{file.name}") for file in files]
    printed = [(*part, document) for document in documents for part in _chapter(document.data)]
    loss = find_body_loss((words for words, _, _ in printed), edition.source)
    if loss:
        at, document = _place(loss, printed)
        where = f"见 source.txt 第 {loss.line} 行第 {loss.column} 列"
        yield document.problem(at, f"{loss.message}（{where}）。")


def _place(loss: Loss, printed: Sequence[tuple[str, Path_, Document]]) -> tuple[Path_, Document]:
    """The value in which the difference stands."""
    length = 0
    for number, (words, at, document) in enumerate(printed):
        if loss.before < length + len(squeeze(words)):
            # Where the source has a value's words only later, the end of the last one is missing.
            if number and loss.before == length and squeeze(words)[:_ENOUGH] in loss.expected:
                return printed[number - 1][1:]
            return at, document
        length += len(squeeze(words))
    return printed[-1][1:]


_ENOUGH = 4
"""So many characters tell that the same words follow."""


def _chapter(written: Any) -> Iterator[tuple[str, Path_]]:
    """The words of a chapter as printed, each with its place in the file."""
    yield from _words(written, "chapter", ())
    yield from _words(written, "title", ())
    for number, article in enumerate(written["articles"]):
        at: Path_ = ("articles", number)
        yield from _words(article, "article", at)
        for position, paragraph in enumerate(article["paragraphs"]):
            yield from _words(paragraph, "text", (*at, "paragraphs", position))
            yield from _items(paragraph, (*at, "paragraphs", position))


def _items(holder: Mapping[str, Any], at: Path_) -> Iterator[tuple[str, Path_]]:
    for position, item in enumerate(holder.get("items", ())):
        place = (*at, "items", position)
        yield from _words(item, "label", place)
        yield from _words(item, "text", place)
        yield from _items(item, place)


def _words(holder: Mapping[str, Any], key: str, at: Path_) -> Iterator[tuple[str, Path_]]:
    value = holder.get(key)
    if isinstance(value, list):
        yield from ((str(each), (*at, key, place)) for place, each in enumerate(value))
    elif value is not None:
        yield str(value), (*at, key)
