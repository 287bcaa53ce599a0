"""Measures: what has to be kept up over a project's life, a row each with state, date, evidence.

The rows are those of the layout, in its order, and none is added. Their columns are named as those
of a list: `tb_<id>_out_key` (what the row is called: nobody fills it), `_state`, `_date`,
`_evidence`.
"""

from __future__ import annotations

from generator.model.contents import DUTY_COLUMNS, DUTY_STATES
from generator.model.layout import MeasuresBlock, MeasureShape
from generator.workbook.blocks.duties import duty_state
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import (
    INPUT_STYLES,
    Desk,
    headings,
    plain_fact,
    run_of,
    section,
    wide,
    width_of,
)
from generator.workbook.styles import text_lines

_COLUMNS = {"state": 3, "date": 7, "evidence": 8}
_STATE_LOOKS = (("done", "good"), ("under_way", "doubt"), ("open", "bad"))


def draw_measures(desk: Desk, sheet: Sheet, block: MeasuresBlock) -> None:
    """Draw the list."""
    section(sheet, block.title)
    labels = {name: label for name, (label, _) in DUTY_COLUMNS.items()}
    titles = ("序号", "事项", labels["state"], "要求", "", "", labels["date"], labels["evidence"])
    headings(sheet, (*titles, "依据"))
    first = sheet.row
    for number, measure in enumerate(block.rows, 1):
        _row(desk, sheet, block.id, number, measure)
    last = sheet.row - 1
    desk.book.define(f"tb_{block.id}_out_key", run_of(sheet, 2, first, last))
    for name, column in _COLUMNS.items():
        desk.book.define(f"tb_{block.id}_{name}", run_of(sheet, column, first, last))
    for letter, fact in (
        ("C", duty_state()),
        ("G", plain_fact("day", "日期", DUTY_COLUMNS["date"][1])),
    ):
        validation = desk.validation(fact, f"{letter}{first}:{letter}{last}")
        assert validation
        sheet.validations.append(validation)
    for state, style in _STATE_LOOKS:
        words = (DUTY_STATES[state],)
        sheet.highlights.append(Highlight(f"C{first}:C{last}", f"C{first}", words, style))
    idle = (DUTY_STATES["not_applicable"],)
    sheet.highlights.append(Highlight(f"A{first}:I{last}", f"$C{first}", idle, "aside"))
    sheet.next_row()


def _row(desk: Desk, sheet: Sheet, list_: str, number: int, measure: MeasureShape) -> None:
    sheet.put(1, number, "body_center")
    sheet.put(2, measure.label, "body_strong")
    wide(sheet, 4, 6, measure.what, "help")
    for name, column in _COLUMNS.items():
        filling = desk.fillings.get(f"tb_{list_}_{name}[{number}]")
        sheet.put(column, filling, INPUT_STYLES[DUTY_COLUMNS[name][1]])
    desk.law(sheet, 9, measure.law)
    sheet.next_row(
        max(
            desk.filled_lines(f"tb_{list_}_evidence[{number}]", sheet.widths[7]),
            text_lines(measure.label, sheet.widths[1]),
            text_lines(measure.what, width_of(sheet, 4, 6) * 1.1),
        )
    )
