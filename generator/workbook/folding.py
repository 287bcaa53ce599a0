"""A workbook's helper cells become fewer, before they are placed: what is left is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.rules.excel.fold import folded
from generator.rules.excel.steps import Step, Steps
from generator.rules.formula import Expr, Literal, Ref, rewritten
from generator.workbook.book import Content, Place
from generator.workbook.desk import PROJECT_SHEET, Desk
from generator.workbook.rows import row_of


def fold(desk: Desk) -> None:
    """Fold the steps of a desk; call it when everything is drawn but the helper cells,
    and the rows of lists are folded."""
    shown = dict(_formulas(desk))
    _drop_ranges(desk, shown.values())
    rows = _rows(desk)
    kept = {*desk.result_names.values(), *desk.kept, *_in_ranges(desk), *rows}
    steps, found = folded(desk.steps, list(shown.values()), kept, fixed=rows)
    for place, expr in zip(shown, found, strict=True):
        _put(desk, place, expr.content if isinstance(expr, Literal) else expr)
    _share_constants(desk, steps)
    _show_in_place(desk, steps)
    _read_by_address(desk, steps)
    desk.steps = Steps(steps)


def _formulas(desk: Desk) -> Iterator[tuple[Place, Expr]]:
    for sheet in desk.book.sheets.values():
        for (row, column), cell in sheet.cells.items():
            if isinstance(cell.content, Expr):
                yield Place(sheet.name, row, column), cell.content


def _put(desk: Desk, place: Place, content: Content) -> None:
    cells = desk.book.sheets[place.sheet].cells
    cells[place.row, place.column] = replace(cells[place.row, place.column], content=content)


def _drop_ranges(desk: Desk, shown: Iterable[Expr]) -> None:
    """Ranges that no formula and no chart reads."""
    exprs = [*shown, *(step.expr for step in desk.steps)]
    for sheet in desk.book.sheets.values():
        for chart in sheet.charts:
            exprs += [chart.categories, *(series.values for series in chart.series)]
    read = {id for expr in exprs for id in expr.reads}
    for id in [id for id in desk.ranges if id not in read]:
        del desk.ranges[id]


def _rows(desk: Desk) -> frozenset[str]:
    """The steps of lists' rows, which are folded by themselves, all rows alike."""
    prefixes = {
        listing.prefix(number) for listing in desk.row_groups.values() for number in listing.numbers
    }
    return frozenset(step.id for step in desk.steps if row_of(step.id) in prefixes)


def _in_ranges(desk: Desk) -> set[str]:
    runs = (*desk.ranges.values(), *desk.result_ranges.values())
    return {id for ids in runs for id in ids}


def _share_constants(desk: Desk, steps: dict[str, Step]) -> None:
    """Results that no answer changes: one cell for all that say the same, and no name for those
    that never say anything, as of doubts where the text can be read in one way alone."""
    exprs = [*(expr for _, expr in _formulas(desk)), *(step.expr for step in steps.values())]
    runs, read = _in_ranges(desk), {id for expr in exprs for id in expr.reads}
    for name, id in list(desk.result_names.items()):
        expr = steps[id].expr if id in steps else None
        if not isinstance(expr, Literal):
            continue
        if expr.content == "":
            del desk.result_names[name]
        else:
            shared = f"always.{expr.content}"
            steps.setdefault(shared, Step(shared, "不随填写改变的结果", expr))
            desk.result_names[name] = shared
        if id not in runs and id not in read:
            steps.pop(id, None)


def _show_in_place(desk: Desk, steps: dict[str, Step]) -> None:
    """A step that a cell shows as it is needs no cell of its own, unless hidden cells read it: a
    formula is written once for many of them only where all that they read stands on their sheet.
    Results stand where people see them all the same, with the look of what they are."""
    read = {id for step in steps.values() for id in step.expr.reads}
    read |= set(_read_by_hidden_cells(desk))
    elsewhere = _in_ranges(desk) | (read - set(desk.result_names.values()))
    for place, expr in _formulas(desk):
        if isinstance(expr, Ref) and expr.id in steps and expr.id not in elsewhere:
            shown = steps[expr.id].expr
            if not isinstance(shown, Literal) and _is_readable(desk, shown):
                del steps[expr.id]
                _put(desk, place, shown)
                desk.book.places[expr.id] = place


def _read_by_hidden_cells(desk: Desk) -> Iterator[str]:
    for place, expr in _formulas(desk):
        if desk.book.sheets[place.sheet].state != "visible" and not isinstance(expr, Ref):
            yield from expr.reads


_LONGEST = 800
_ADDRESS = Place(PROJECT_SHEET, 1234, 2).seen_from("")
"""About as a formula writes a cell of another sheet."""


def _is_readable(desk: Desk, expr: Expr) -> bool:
    names = desk.book.names
    return len(expr.formula(lambda id: id if id in names else _ADDRESS)) <= _LONGEST


def _read_by_address(desk: Desk, steps: dict[str, Step]) -> None:
    """What guards an input reads it by its address: inputs one below the other are guarded by the
    same formula, which a file writes once."""
    places = desk.book.places
    for id, step in steps.items():
        if id.startswith(("text.", "value.")):
            names = [name for name in step.expr.reads if name.startswith("in_")]
            at = {name: Ref(f"at.{name}") for name in names}
            places.update({ref.id: places[name] for name, ref in at.items()})
            steps[id] = replace(step, expr=rewritten(step.expr, at.get))
