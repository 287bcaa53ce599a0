"""Where helper cells stand: a row a subject, a column a kind of step, so that both are said once.

A label is written 对象：内容 (a subject, then what of it). What several subjects have is a column;
whatever only one has stands in a row of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.rules.excel.steps import Step
from generator.rules.formula import Literal

VALUE = 2
"""The column of steps that have rows of their own; the subjects stand before it."""

_SEVERAL = 3
"""So many subjects make a column."""


@dataclass(frozen=True)
class Run:
    """Steps, by their ids, that come one below the other; in a scattered run rows without a cell
    in that column may come between."""

    ids: tuple[str, ...]
    scattered: bool = False


@dataclass
class Grid:
    """Steps by row and column, counted from 1 and from VALUE on; rows by what they are called.

    `names` gives of a row those steps that only say what it is called: its name is their cell.
    """

    whats: list[str]
    labels: list[str] = field(default_factory=list)
    cells: dict[tuple[int, int], Step] = field(default_factory=dict)
    names: dict[int, list[Step]] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)
    _blank: set[tuple[int, int]] = field(default_factory=set)

    @property
    def headings(self) -> tuple[str, ...]:
        """Of the columns from VALUE on."""
        return ("值", *self.whats)

    def rows(self) -> Iterator[tuple[str, list[Step], list[tuple[int, Step]]]]:
        """What each row is called, the steps whose cell that is, the others by column."""
        found: list[list[tuple[int, Step]]] = [[] for _ in self.labels]
        for (row, column), step in sorted(self.cells.items(), key=lambda each: each[0]):
            found[row].append((column, step))
        for row, label in enumerate(self.labels):
            yield label, self.names.get(row, []), found[row]

    def take(self, labels: Sequence[str]) -> None:
        """Begin with rows that are called so."""
        self.labels += labels
        named = Counter(labels)
        self._rows = {label: row for row, label in enumerate(labels) if label and named[label] == 1}

    def add(self, step: Step) -> None:
        """Place a step beside the others of its subject."""
        subject, column = self._wanted(step)
        row = self._rows.get(subject)
        if row is None or self._is_taken(row, column):
            row = self._rows[subject] = self._new_row(subject)
        self.cells[row, column] = step

    def add_run(self, steps: Sequence[Step], *, scattered: bool = False) -> None:
        """Place steps one below the other."""
        wanted = [self._wanted(step) for step in steps]
        rows = [self._rows.get(subject) for subject, _ in wanted]
        columns = {column for _, column in wanted}
        known = [row for row in rows if row is not None]
        free = not any(self._is_taken(row, column) for row in known for column in columns)
        beside = known == list(range(known[0], known[0] + len(steps))) if known else False
        if len(columns) == 1 and free and (scattered or beside):
            for step in steps:
                self.add(step)
            if scattered:
                self._keep_blank(columns.pop(), {step.id for step in steps})
            return
        # Rows of their own: nothing may come between.
        for step, (subject, column) in zip(steps, wanted, strict=True):
            row = self._new_row(subject if len(columns) == 1 else step.label)
            self._rows.setdefault(subject, row)
            self.cells[row, column if len(columns) == 1 else VALUE] = step

    def add_name(self, step: Step) -> None:
        """Let a row's name be the cell of a step that says no more; where there is no such row,
        there is one then."""
        if step.label in self.labels:
            row = self.labels.index(step.label)
        else:
            row = self._rows[step.label] = self._new_row(step.label)
        self.names.setdefault(row, []).append(step)

    def add_names(self, steps: Sequence[Step]) -> None:
        """Let the names of new rows, one below the other, be the cells of such steps."""
        for step in steps:
            self.names[self._new_row(step.label)] = [step]

    def _keep_blank(self, column: int, ids: set[str]) -> None:
        """Let nothing else stand between some steps of a column."""
        own = [row for (row, of), step in self.cells.items() if of == column and step.id in ids]
        between = range(min(own), max(own) + 1)
        self._blank.update((row, column) for row in between if row not in own)

    def _is_taken(self, row: int, column: int) -> bool:
        return (row, column) in self.cells or (row, column) in self._blank

    def _wanted(self, step: Step) -> tuple[str, int]:
        for subject, what in sorted(parted(step.label), key=lambda each: each[0] not in self._rows):
            if what in self.whats:
                return subject, VALUE + 1 + self.whats.index(what)
        return step.label, VALUE

    def _new_row(self, label: str) -> int:
        self.labels.append(label)
        return len(self.labels) - 1


def parted(label: str) -> Iterator[tuple[str, str]]:
    """What may be the subject of a label and what it says of that, the shortest subject first."""
    parts = label.split("：")
    for place in range(1, len(parts)):
        yield "：".join(parts[:place]), "：".join(parts[place:])


def _recurring(steps: Iterable[Step], known: Collection[str]) -> list[str]:
    """What is said of several subjects: of a known one if possible, else as much as possible."""
    labels = [step.label for step in steps]
    counted = Counter(what for label in labels for _, what in parted(label))
    found: dict[str, None] = {}
    for label in labels:
        several = [each for each in parted(label) if counted[each[1]] >= _SEVERAL]
        several.sort(key=lambda each: each[0] not in known)
        for _, what in several[:1]:
            found[what] = None
    return list(found)


def grid_of(steps: Mapping[str, Step], runs: Iterable[Run], labels: Sequence[str] = ()) -> Grid:
    """The grid of some steps; the ids of a run come one below the other. The first rows are there
    already and called so; what only one row is called (and not "") takes that row."""
    said = [step for step in steps.values() if not _is_name(step)]
    grid = Grid(_recurring(said, frozenset(labels)))
    grid.take(labels)
    placed: set[str] = set()
    for run in runs:
        if run.ids[0] in steps and not placed & set(run.ids):
            found = [steps[id] for id in run.ids]
            if all(map(_is_name, found)):
                grid.add_names(found)
            else:
                grid.add_run(found, scattered=run.scattered)
            placed.update(run.ids)
    for id, step in steps.items():
        if id not in placed and not _is_name(step):
            grid.add(step)
    for id, step in steps.items():
        if id not in placed and _is_name(step):
            grid.add_name(step)
    return grid


def _is_name(step: Step) -> bool:
    """Whether a step says no more than what it is called."""
    return isinstance(step.expr, Literal) and str(step.expr.content) == step.label
