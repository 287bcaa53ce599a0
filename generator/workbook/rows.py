"""The helper cells of lists' rows become fewer: what is folded in one row is folded in all.

So rows stay alike, cell for cell and formula for formula, and a file writes a formula once a list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.rules.excel.fold import folded
from generator.rules.excel.steps import Step, Steps
from generator.rules.formula import Expr, Ref, rewritten
from generator.workbook.desk import Desk

_Row = dict[str, Step]
"""The steps of a row, by their ids without the row's prefix. Their formulas read the row's own
cells by the prefix `_OWN`, so that those of all rows are alike."""

_OWN = "row."


def fold_rows(desk: Desk) -> None:
    """Fold the steps of lists' rows; call it when everything is drawn but the helper cells."""
    steps = {step.id: step for step in desk.steps}
    read = frozenset(_read_from_elsewhere(desk))
    by_row: dict[str, list[Step]] = defaultdict(list)
    for step in desk.steps:
        by_row[row_of(step.id)].append(step)
    for listing in desk.row_groups.values():
        prefixes = [listing.prefix(number) for number in listing.numbers]
        rows = [_row(by_row[prefix], prefix) for prefix in prefixes]
        kept = {
            id
            for prefix, row in zip(prefixes, rows, strict=True)
            for id in row
            if prefix + id in read
        }
        for prefix, row, found in zip(prefixes, rows, _folded(rows, kept), strict=True):
            for id in row:
                del steps[prefix + id]
            for id, step in found.items():
                expr = _renamed(step.expr, _OWN, prefix)
                steps[prefix + id] = replace(step, id=prefix + id, expr=expr)
    desk.steps = Steps(steps)


def _row(steps: Iterable[Step], prefix: str) -> _Row:
    return {
        step.id.removeprefix(prefix): replace(step, expr=_renamed(step.expr, prefix, _OWN))
        for step in steps
    }


def _folded(rows: Sequence[_Row], kept: set[str]) -> list[_Row]:
    """As one row is folded, so are all. What rows say otherwise than the others, such as the
    first, above which there is none, stays as it is, and so does what they read there; and what
    people typed is a cell for each answer that more than one formula reads."""
    model = rows[-1]
    others = {id for row in rows for id in model if row[id].expr != model[id].expr}
    read = {each for row in rows for id in others for each in row[id].expr.reads}
    uses = Counter(id for step in model.values() for id in step.expr.reads)
    typed = {id for id in model if id.startswith(("text.", "value.")) and uses[_OWN + id] > 1}
    kept = kept | others | typed | {id.removeprefix(_OWN) for id in read}
    steps = [replace(step, id=_OWN + id) for id, step in model.items()]
    found, _ = folded(steps, [], {_OWN + id for id in kept})
    left = {id.removeprefix(_OWN): step for id, step in found.items()}
    return [{id: row[id] if id in others else step for id, step in left.items()} for row in rows]


def _read_from_elsewhere(desk: Desk) -> Iterator[str]:
    """Cells that others than those of their own row read, or readers of the workbook."""
    yield from desk.result_names.values()
    for cells in desk.result_ranges.values():
        yield from cells
    for row, expr in _readers(desk):
        for id in expr.reads:
            for cell in desk.ranges.get(id, [id]):
                if row_of(cell) != row:
                    yield cell


def _readers(desk: Desk) -> Iterator[tuple[str, Expr]]:
    """Every formula, and which row of a list it belongs to, if to any."""
    for sheet in desk.book.sheets.values():
        for cell in sheet.cells.values():
            if isinstance(cell.content, Expr):
                yield "", cell.content
    for step in desk.steps:
        yield row_of(step.id), step.expr


def row_of(id: str) -> str:
    """What the ids of a row's helper cells begin with: the group and the number, with two dots;
    of other cells, something that no row's begin with."""
    group, _, rest = id.partition(".")
    return f"{group}.{rest.partition('.')[0]}."


def _renamed(expr: Expr, old: str, new: str) -> Expr:
    """The same formula, reading cells of another prefix."""
    return rewritten(expr, lambda id: Ref(new + id[len(old) :]) if id.startswith(old) else None)
