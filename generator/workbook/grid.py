"""Where helper cells stand: a row a subject, a column a kind of step, so that both are said once.

A label is written 对象：内容 (a subject, then what of it). What several subjects have is a column;
whatever only one has stands in a row of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.rules.excel.steps import Step

VALUE = 2
"""The column of steps that have rows of their own; the subjects stand before it."""

_SEVERAL = 3
"""So many subjects make a column."""


@dataclass
class Grid:
    """Steps by row and column, counted from 1 and from VALUE on; rows by what they are called."""

    whats: list[str]
    labels: list[str] = field(default_factory=list)
    cells: dict[tuple[int, int], Step] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)

    @property
    def headings(self) -> tuple[str, ...]:
        """Of the columns from VALUE on."""
        return ("值", *self.whats)

    def rows(self) -> Iterator[tuple[str, list[tuple[int, Step]]]]:
        """What each row is called, and its steps by column."""
        found: list[list[tuple[int, Step]]] = [[] for _ in self.labels]
        for (row, column), step in sorted(self.cells.items(), key=lambda each: each[0]):
            found[row].append((column, step))
        yield from zip(self.labels, found, strict=True)

    def add(self, step: Step) -> None:
        """Place a step beside the others of its subject."""
        subject, column = self._wanted(step)
        row = self._rows.get(subject)
        if row is None or (row, column) in self.cells:
            row = self._rows[subject] = self._new_row(subject)
        self.cells[row, column] = step

    def add_run(self, steps: list[Step]) -> None:
        """Place steps one below the other."""
        wanted = [self._wanted(step) for step in steps]
        rows = [self._rows.get(subject) for subject, _ in wanted]
        columns = {column for _, column in wanted}
        known = [row for row in rows if row is not None]
        free = not any((row, column) in self.cells for row in known for column in columns)
        beside = known == list(range(known[0], known[0] + len(steps))) if known else False
        if len(columns) == 1 and free and beside:
            for step in steps:
                self.add(step)
            return
        # Rows of their own: nothing may come between.
        for step, (subject, column) in zip(steps, wanted, strict=True):
            row = self._new_row(subject if len(columns) == 1 else step.label)
            self._rows.setdefault(subject, row)
            self.cells[row, column if len(columns) == 1 else VALUE] = step

    def _wanted(self, step: Step) -> tuple[str, int]:
        subject, what = parted(step.label)
        if what in self.whats:
            return subject, VALUE + 1 + self.whats.index(what)
        return step.label, VALUE

    def _new_row(self, label: str) -> int:
        self.labels.append(label)
        return len(self.labels) - 1


def parted(label: str) -> tuple[str, str]:
    """The subject of a label, and what it says of it."""
    subject, _, what = label.rpartition("：")
    return subject, what


def grid_of(steps: Mapping[str, Step], runs: Iterable[list[str]]) -> Grid:
    """The grid of some steps; the ids of a run come one below the other."""
    counted = Counter(what for _, what in (parted(step.label) for step in steps.values()))
    grid = Grid([what for what, count in counted.items() if count >= _SEVERAL])
    placed: set[str] = set()
    for run in runs:
        if run[0] in steps and not placed & set(run):
            grid.add_run([steps[id] for id in run])
            placed.update(run)
    for id, step in steps.items():
        if id not in placed:
            grid.add(step)
    return grid
