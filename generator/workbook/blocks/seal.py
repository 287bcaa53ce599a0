"""Seal: the foot of a form that is handed in on paper, with room to stamp and sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.edition import Fact, FactType
from generator.model.layout import SealBlock
from generator.rules.formula import Ref, if_
from generator.workbook.book import Sheet
from generator.workbook.desk import Desk, wide
from generator.workbook.styles import text_lines

_LABEL, _VALUE, _ROOMY = 17.0, 16.0, 24.0
"""How wide a label and what is written beside it must at least be; in joined cells there is room
for more."""

_MOST_PAIRS = 3
_GAP, _STAMP_ROW, _SIGN_ROW = 10.0, 62.0, 36.0
"""Heights: above the foot, of a row with a seal, of others (signatures)."""

Pair = tuple[int, int, int, int]
"""Where a label begins and ends, and where what is written beside it does."""


def draw_seal(desk: Desk, sheet: Sheet, block: SealBlock) -> None:
    """Draw the foot of a form: each entry an input where it is first asked, else the answer."""
    sheet.feet.append(sheet.row)
    sheet.heights[sheet.row] = _GAP
    sheet.next_row()
    pairs = seal_pairs(sheet.widths)
    for place in range(0, len(block.fields), len(pairs)):
        facts = [desk.facts[id] for id in block.fields[place : place + len(pairs)]]
        for (first, last, value, end), fact in zip(pairs, facts, strict=False):
            wide(sheet, first, last, f"{fact.label}：", "seal_label")
            _answer(desk, sheet, value, fact, block)
            for column in range(value + 1, end + 1):
                sheet.put(column, None, "seal")
            sheet.merge(value, end)
        lines = max(
            text_lines(f"{fact.label}：", sum(sheet.widths[first - 1 : last]))
            for (first, last, *_), fact in zip(pairs, facts, strict=False)
        )
        stamped = any("章" in fact.label for fact in facts)
        height = _STAMP_ROW if stamped else _SIGN_ROW
        sheet.heights[sheet.row] = max(height, 6 + 15.5 * lines)
        sheet.next_row()


def _answer(desk: Desk, sheet: Sheet, column: int, fact: Fact, block: SealBlock) -> None:
    is_date = fact.type is FactType.DATE
    if not desk.asked_elsewhere(fact.id, block):
        desk.input(
            sheet, column, fact, f"in_{fact.id}", "seal_input_date" if is_date else "seal_input"
        )
        return
    scope = desk.scope
    shown: Ref = scope.day(fact.id) if is_date else scope.text(fact.id)
    answer = if_(scope.is_known(fact.id), shown, "")
    sheet.put(column, answer, "seal_date" if is_date else "seal")


def seal_pairs(widths: Sequence[float]) -> tuple[Pair, ...]:
    """As many labels with room beside them as a sheet's columns can hold in a row, at most three;
    of the ways to place them, the one that leaves most room."""
    ways = list(_ways(widths, 1))
    most = min(max(len(way) for way in ways), _MOST_PAIRS)
    if len(joined := tuple(_joined(widths))) > most:
        return joined[:_MOST_PAIRS]
    fitting = [way for way in ways if len(way) == most]

    def room(way: tuple[Pair, ...]) -> tuple[float, float]:
        values = [widths[value - 1] for *_, value in way]
        labels = sum(sum(widths[first - 1 : last]) for first, last, *_ in way)
        return min(values), -labels

    return max(fitting, key=room) if most else ((1, 1, 2, 2),)


def _joined(widths: Sequence[float]) -> Iterator[Pair]:
    """Pairs of labels and room beside them, of columns that are too narrow by themselves."""
    first = 1
    while (last := _reaching(widths, first, _LABEL)) and (
        end := _reaching(widths, last + 1, _ROOMY)
    ):
        yield first, last, last + 1, end
        first = end + 1


def _reaching(widths: Sequence[float], first: int, width: float) -> int | None:
    """The last of the columns from one on that together are so wide."""
    columns = range(first, len(widths) + 1)
    return next((c for c in columns if sum(widths[first - 1 : c]) >= width), None)


def _ways(widths: Sequence[float], start: int) -> Iterator[tuple[Pair, ...]]:
    """Every way to place pairs of label and value from a column on."""
    yield ()
    for value in range(start + 1, len(widths) + 1):
        wide_enough = sum(widths[start - 1 : value - 1]) >= _LABEL
        if wide_enough and widths[value - 1] >= _VALUE:
            for rest in _ways(widths, value + 1):
                yield ((start, value - 1, value, value), *rest)
