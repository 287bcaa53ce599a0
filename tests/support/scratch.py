"""Small workbooks made on the spot, to ask the judges about single formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

Content = float | str | bool | date | None

INPUTS = "填报 一"  # Chinese and a blank: both must be quoted in references
RESULTS = "计算"


def write_scratch(
    path: Path, inputs: Mapping[str, Content | Sequence[Content]], formulas: Sequence[str]
) -> Path:
    """A workbook with each input in a named cell, or its values in a named column; the formulas,
    without cached values, are named out_0, out_1 …"""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = INPUTS
    for column, (name, content) in enumerate(inputs.items(), 1):
        several = isinstance(content, Sequence) and not isinstance(content, str)
        values = content if several else [content]
        for row, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
        letter = sheet.cell(1, column).column_letter
        area = f"${letter}$1:${letter}${len(values)}" if several else f"${letter}$1"
        workbook.defined_names[name] = DefinedName(name, attr_text=f"'{INPUTS}'!{area}")
    results = workbook.create_sheet(RESULTS)
    for row, formula in enumerate(formulas, 1):
        results.cell(row, 1).value = formula
        name = f"out_{row - 1}"
        workbook.defined_names[name] = DefinedName(name, attr_text=f"'{RESULTS}'!$A${row}")
    workbook.save(path)
    return path
