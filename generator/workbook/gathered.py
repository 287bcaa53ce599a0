"""Checks and colours that several cells share: a file says each once, with all of its cells.

A colour's formula is relative to the first cell of the first range. Programs differ in what they
take for it where ranges lie anyhow; so ranges are gathered only below, or to the right of, a
first one, whose first cell is the top left one of them all whatever is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from generator.workbook.book import Highlight, Validation


@dataclass(frozen=True)
class _Area:
    """A range of cells; all four ends are in it."""

    left: int
    top: int
    right: int
    bottom: int

    @staticmethod
    def of(cells: str) -> _Area:
        left, top, right, bottom = range_boundaries(cells)
        assert left and top and right and bottom
        return _Area(left, top, right, bottom)

    @property
    def name(self) -> str:
        """F5:G7, or F5 alone."""
        first, last = (
            f"{get_column_letter(column)}{row}"
            for column, row in ((self.left, self.top), (self.right, self.bottom))
        )
        return first if first == last else f"{first}:{last}"


# Checks -----------------------------------------------------------------------------------------


def gathered_validations(validations: Iterable[Validation]) -> Iterator[Validation]:
    """Those that differ in their cells alone become one."""
    found: dict[Validation, list[_Area]] = defaultdict(list)
    for each in validations:
        found[replace(each, cells="")].append(_Area.of(each.cells))
    for check, areas in found.items():
        yield replace(check, cells=" ".join(area.name for area in _joined(areas)))


def _joined(areas: Iterable[_Area]) -> list[_Area]:
    """Areas that touch as one: first those below each other, then those beside each other."""
    joined: list[_Area] = []
    for area in sorted(areas, key=lambda area: (area.left, area.right, area.top)):
        last = joined[-1] if joined else None
        if last and (last.left, last.right, last.bottom + 1) == (area.left, area.right, area.top):
            joined[-1] = replace(last, bottom=area.bottom)
        else:
            joined.append(area)
    columns, joined = sorted(joined, key=lambda area: (area.top, area.bottom, area.left)), []
    for area in columns:
        last = joined[-1] if joined else None
        if last and (last.top, last.bottom, last.right + 1) == (area.top, area.bottom, area.left):
            joined[-1] = replace(last, right=area.right)
        else:
            joined.append(area)
    return sorted(joined, key=lambda area: (area.left, area.top))


# Colours ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Test:
    """A highlight without its place: where it looks, counted from the first cell of its range."""

    words: tuple[str, ...]
    style: str
    right: int | None
    """None where it is the same column (`column`) for all of a row."""
    column: int
    down: int


def gathered_highlights(highlights: Iterable[Highlight]) -> Iterator[Highlight]:
    """Ranges with the same highlights in the same order become one."""
    tests: dict[_Area, list[_Test]] = defaultdict(list)
    for each in highlights:
        for area, test in _placed(each):
            tests[area].append(test)
    groups: dict[tuple[_Test, ...], list[_Area]] = defaultdict(list)
    for area, own in tests.items():
        groups[tuple(own)].append(area)
    for own_tests, areas in groups.items():
        for corner in _cornered(areas):
            yield from _written(own_tests, corner)


_LOOKED_AT = re.compile(r"(\$?)([A-Z]+)(\$?)(\d+)")


def _placed(highlight: Highlight) -> Iterator[tuple[_Area, _Test]]:
    """A highlight range by range; of whole rows that look at one cell, each is a range."""
    area = _Area.of(highlight.cells)
    looked_at = _LOOKED_AT.fullmatch(highlight.first)
    assert looked_at
    column, row = column_index_from_string(looked_at[2]), int(looked_at[4])
    right, kept = (None, column) if looked_at[1] else (column - area.left, 0)
    test = _Test(highlight.words, highlight.style, right, kept, row - area.top)
    if not looked_at[3]:
        yield area, test
        return
    for own in range(area.top, area.bottom + 1):
        yield replace(area, top=own, bottom=own), replace(test, down=row - own)


def _cornered(areas: Iterable[_Area]) -> Iterator[list[_Area]]:
    """Areas in runs whose first one begins as high and as far left as any."""
    runs: list[list[_Area]] = []
    for area in sorted(areas, key=lambda area: (area.top, area.left)):
        fitting = (run for run in runs if run[0].left <= area.left)
        run = next(fitting, None)
        if run is None:
            runs.append([area])
        else:
            run.append(area)
    for run in runs:
        yield _joined(run)


def _written(tests: Sequence[_Test], areas: Sequence[_Area]) -> Iterator[Highlight]:
    first, cells = areas[0], " ".join(area.name for area in areas)
    for test in tests:
        fixed = test.right is None
        column = get_column_letter(test.column if test.right is None else first.left + test.right)
        looked_at = f"{'$' * fixed}{column}{first.top + test.down}"
        yield Highlight(cells, looked_at, test.words, test.style)
