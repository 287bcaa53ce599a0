"""A Book → the bytes of an .xlsx: written by openpyxl, then given cached values and fixed times."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from copy import copy
from datetime import datetime
from functools import cache
from typing import TypeAlias
from xml.etree.ElementTree import canonicalize
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generator.model.values import EARLIEST_DAY, LATEST_DAY
from generator.rules.formula import Error, Expr, Scalar
from generator.workbook.book import Book, Cell, Highlight, Place, Sheet, Validation
from generator.workbook.charts import drawn, finished_chart, finished_drawing
from generator.workbook.pages import (
    MARGIN_BOTTOM,
    MARGIN_FOOTER,
    MARGIN_HEADER,
    MARGIN_SIDE,
    MARGIN_TOP,
    PAPER_BOTTOM,
    PAPER_LEFT,
    PAPER_RIGHT,
    PAPER_TOP,
    page_breaks,
)
from generator.workbook.styles import HIGHLIGHTS, INK, LINE, LOOKS, QUIET, Look

PASSWORD = "banfa"
"""Published: the protection is against accidents, not against people."""

_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"((?: [a-z]+="[^"]*")*)><f>(.*?)</f><v></v></c>', re.DOTALL)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write_book(book: Book, properties: Mapping[str, str], title: str, moment: datetime) -> bytes:
    """The file's bytes, the same each time. `properties` become custom document properties;
    `moment` stands for the time of making."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = title
    workbook.properties.creator = "Banfa"
    for name, value in properties.items():
        workbook.custom_doc_props.append(  # type: ignore[attr-defined]
            StringProperty(name=name, value=value)
        )
    styles: _Styles = {}
    for sheet in book.sheets.values():
        _write_sheet(book, workbook.create_sheet(sheet.name), sheet, styles)
    for name, reference in book.names.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=reference)
    workbook.calculation.fullCalcOnLoad = True
    saved = io.BytesIO()
    workbook.save(saved)
    return _finish(book, saved.getvalue(), moment)


# Sheets -----------------------------------------------------------------------------------------


_Styles: TypeAlias = dict[tuple[Look, type], StyleArray]
"""What openpyxl has made of a look, for contents of a type: making it anew is dear."""


def _write_sheet(book: Book, target: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    target.sheet_state = sheet.state
    for number, width in enumerate(sheet.widths, 1):
        target.column_dimensions[get_column_letter(number)].width = width
    for row, height in sheet.heights.items():
        target.row_dimensions[row].height = height
    for (row, column), cell in sheet.cells.items():
        _write_cell(book, target.cell(row, column), cell, sheet.name, styles)
    for area in sheet.merges:
        target.merge_cells(area)
    for validation in sheet.validations:
        target.add_data_validation(_validation(validation))
    for highlight in sheet.highlights:
        target.conditional_formatting.add(highlight.cells, _rule(highlight))
    for chart in sheet.charts:
        target.add_chart(drawn(book, chart))
    _manners(target, sheet)
    if book.mark:
        target.oddHeader = HeaderFooterItem(right=_HeaderFooterPart(book.mark, size=9))
        target.page_margins.header = MARGIN_HEADER


def _write_cell(
    book: Book, target: SheetCell | MergedCell, cell: Cell, sheet: str, styles: _Styles
) -> None:
    content = cell.content
    if isinstance(content, Expr):
        target.value = f"={content.formula(lambda id: book.reference(id, sheet))}"
    elif isinstance(content, str):
        # Text stays text even if it begins with "=".
        target.value = content
        target.data_type = "s"
    else:
        target.value = content
    look = LOOKS[cell.style]
    known = styles.get((look, type(content)))
    if known is None:
        _look(target, look)
        styles[look, type(content)] = copy(target._style)  # type: ignore[union-attr]
    else:
        target._style = copy(known)  # type: ignore[union-attr]
    if isinstance(content, str) and content[:1] in ("=", "+", "-", "@"):
        target.quotePrefix = True
    if cell.link and cell.link in book.names:
        target.hyperlink = Hyperlink(ref=target.coordinate, location=cell.link)


@cache
def _font(look: Look) -> Font:
    return Font(
        name=look.font,
        size=look.size,
        bold=look.bold,
        color=f"FF{look.color}",
        underline="single" if look.underline else None,
    )


@cache
def _fill(look: Look) -> PatternFill:
    return PatternFill("solid", start_color=f"FF{look.fill}", end_color=f"FF{look.fill}")


@cache
def _alignment(look: Look) -> Alignment:
    # An indent would push centred text aside.
    indent = look.indent if look.horizontal != "center" else 0
    return Alignment(look.horizontal, look.vertical, wrap_text=look.wrap, indent=indent)


_SIDE = Side("thin", color=f"FF{LINE}")
_INK_SIDE = Side("thin", color=f"FF{INK}")
_BORDERS: Mapping[bool | str, Border] = {
    True: Border(_SIDE, _SIDE, _SIDE, _SIDE),
    "ink": Border(_INK_SIDE, _INK_SIDE, _INK_SIDE, _INK_SIDE),
    "below": Border(bottom=_INK_SIDE),
}
_UNLOCKED = Protection(locked=False)


def _look(target: SheetCell | MergedCell, look: Look) -> None:
    target.font = _font(look)
    target.alignment = _alignment(look)
    if look.fill:
        target.fill = _fill(look)
    if look.border:
        target.border = _BORDERS[look.border]
    if look.number_format != "General":
        target.number_format = look.number_format
    if not look.locked:
        target.protection = _UNLOCKED


def _validation(validation: Validation) -> DataValidation:
    made = DataValidation(
        type=validation.kind,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorStyle="stop",
        errorTitle="填写有误",
        error=validation.error[:220],
        promptTitle=validation.title,
        prompt=validation.prompt[:220],
    )
    match validation.kind:
        case "list":
            made.formula1 = validation.formulas[0]
        case "decimal":
            made.operator = "between"
            made.formula1, made.formula2 = validation.formulas
        case "date":
            made.operator = "between"
            days = (EARLIEST_DAY, LATEST_DAY)
            made.formula1, made.formula2 = (
                f"DATE({day.year},{day.month},{day.day})" for day in days
            )
    made.add(validation.cells)
    return made


def _rule(highlight: Highlight) -> Rule:
    """Relative to the range's first cell; a word counts when the cell begins with it."""
    tests = [f'COUNTIF({highlight.first},"{word}*")>0' for word in highlight.words]
    color, fill = HIGHLIGHTS[highlight.style]
    style = DifferentialStyle(
        font=Font(color=f"FF{color}", bold=highlight.style not in QUIET),
        fill=PatternFill(bgColor=f"FF{fill}", fill_type="solid"),
    )
    formula = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
    return Rule(type="expression", dxf=style, formula=[formula])


def _manners(target: Worksheet, sheet: Sheet) -> None:
    """A4, fit to width, page numbers, frozen panes, protection against accidents."""
    setup = target.page_setup
    setup.paperSize = 9
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 1 if sheet.one_page else 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = target.page_margins
    margins.left = margins.right = MARGIN_SIDE
    margins.top, margins.bottom, margins.footer = MARGIN_TOP, MARGIN_BOTTOM, MARGIN_FOOTER
    if sheet.printed:
        _paper(target, sheet)
    if sheet.sections and not sheet.one_page:
        for row in page_breaks(sheet):
            target.row_breaks.append(Break(id=row))
    if not sheet.printed:
        footer = _HeaderFooterPart("&A　第 &P 页，共 &N 页", size=9)
        target.oddFooter = HeaderFooterItem(center=footer)
        target.print_options.horizontalCentered = True
    target.sheet_view.showGridLines = False
    target.sheet_view.zoomScale = 100
    if sheet.filter:
        # On a protected sheet nobody can add one, but everybody can use it.
        target.auto_filter.ref = sheet.filter
    if sheet.freeze_row:
        target.freeze_panes = f"A{sheet.freeze_row}"
        if not sheet.printed:
            target.print_title_rows = f"1:{sheet.freeze_row - 1}"
    if sheet.protected:
        protection = target.protection
        protection.sheet = True
        protection.password = PASSWORD
        # What people need on a protected sheet: sizes, rows, sorting and filtering of inputs.
        protection.formatColumns = protection.formatRows = False
        protection.insertRows = protection.sort = protection.autoFilter = False


def _paper(target: Worksheet, sheet: Sheet) -> None:
    """A form to hand in: room for binding, and nothing of what is for the screen."""
    margins = target.page_margins
    margins.left, margins.right = PAPER_LEFT, PAPER_RIGHT
    margins.top, margins.bottom = PAPER_TOP, PAPER_BOTTOM
    first = sheet.prints_from or sheet.freeze_row or 1
    target.print_area = f"A{first}:{get_column_letter(len(sheet.widths))}{sheet.row - 1}"


# Cached values and fixed bytes ------------------------------------------------------------------


def _finish(book: Book, saved: bytes, moment: datetime) -> bytes:
    """Cached values into every formula cell; fixed order and times in the archive."""
    source = zipfile.ZipFile(io.BytesIO(saved))
    parts = {name: _canonical(name, source.read(name)) for name in source.namelist()}
    for number, sheet in enumerate(book.sheets.values(), 1):
        path = f"xl/worksheets/sheet{number}.xml"
        parts[path] = _with_values(book, sheet, parts[path].decode()).encode()
    _finish_charts(book, parts)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(
        r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{stamp}", core
    ).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name], compresslevel=9)
    return target.getvalue()


def _finish_charts(book: Book, parts: dict[str, bytes]) -> None:
    drawings = [sheet.charts for sheet in book.sheets.values() if sheet.charts]
    for number, charts in enumerate(drawings, 1):
        path = f"xl/drawings/drawing{number}.xml"
        parts[path] = finished_drawing(charts, parts[path].decode()).encode()
    for number in range(1, sum(map(len, drawings)) + 1):
        path = f"xl/charts/chart{number}.xml"
        parts[path] = finished_chart(parts[path].decode()).encode()


def _canonical(name: str, content: bytes) -> bytes:
    """One form for each part: openpyxl writes others where lxml happens to be installed."""
    if not name.endswith((".xml", ".rels")):
        return content
    return _DECLARATION + canonicalize(content.decode()).encode()


_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _with_values(book: Book, sheet: Sheet, xml: str) -> str:
    formulas = sum(isinstance(cell.content, Expr) for cell in sheet.cells.values())
    columns = {get_column_letter(n): n for n in range(1, len(sheet.widths) + 2)}
    done = 0

    def filled(found: re.Match[str]) -> str:
        nonlocal done
        done += 1
        letters, row, attributes, formula = found.groups()
        place = Place(sheet.name, int(row), columns[letters])
        kind, text = _cached(book.value_at(place))
        attributes = re.sub(r' t="[^"]*"', "", attributes)
        return f'<c r="{letters}{row}"{attributes}{kind}><f>{formula}</f><v>{text}</v></c>'

    result = _CELL.sub(filled, xml)
    if done != formulas:
        raise AssertionError(f"{sheet.name}: {formulas} formulas, {done} cached values")
    return result


def _cached(value: Scalar) -> tuple[str, str]:
    """The type attribute and the text of a cached value."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, Error):
        return ' t="e"', value.code
    if isinstance(value, str):
        return ' t="str"', escape(value)
    number = float(value or 0)
    return "", str(int(number)) if number == int(number) else repr(number)
