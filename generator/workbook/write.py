"""A Book → the bytes of an .xlsx: openpyxl writes all but the cells, which `cells` does."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from functools import cache
from xml.etree.ElementTree import canonicalize

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.formatting.rule import Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generator.model.values import EARLIEST_DAY, LATEST_DAY
from generator.workbook.archive import archived
from generator.workbook.blanks import blanks_of
from generator.workbook.book import Book, Cell, Highlight, Sheet, Validation
from generator.workbook.cells import SharedStrings, dimension, sheet_data
from generator.workbook.charts import drawn, finished_chart, finished_drawing
from generator.workbook.gathered import gathered_highlights, gathered_validations
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
from generator.workbook.styles import (
    BARE,
    HIGHLIGHTS,
    INK,
    LINE,
    LOOKS,
    MEASURE_FONT,
    MEASURE_SIZE,
    QUIET,
    Look,
)
from generator.workbook.terse import closed, hoisted, terse
from generator.workbook.theme import theme_xml

PASSWORD = "banfa"
"""Published: the protection is against accidents, not against people."""


def write_book(book: Book, properties: Mapping[str, str], title: str, moment: datetime) -> bytes:
    """The file's bytes, the same each time. `properties` become custom document properties;
    `moment` stands for the time of making."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.loaded_theme = theme_xml()
    _measure(workbook)
    workbook.properties.title = title
    workbook.properties.creator = "Banfa"
    for name, value in properties.items():
        workbook.custom_doc_props.append(  # type: ignore[attr-defined]
            StringProperty(name=name, value=value)
        )
    styles = _Styles(workbook)
    for sheet in book.sheets.values():
        _write_sheet(book, workbook.create_sheet(sheet.name), sheet)
    strings = SharedStrings()
    rows = [sheet_data(book, sheet, styles.number, strings) for sheet in book.sheets.values()]
    # In the order of the alphabet, as Excel keeps them: they pack better, too.
    for name, reference in sorted(book.names.items()):
        workbook.defined_names[name] = DefinedName(name, attr_text=reference)
    workbook.calculation.fullCalcOnLoad = True
    saved = io.BytesIO()
    workbook.save(saved)
    parts = _parts(saved.getvalue())
    _put_cells(book, parts, rows, strings)
    _finish_charts(book, parts)
    _drop(parts, _NOT_NEEDED)
    return _stamped(parts, moment)


def _measure(workbook: Workbook) -> None:
    """The font that stands first, and by whose digits columns are measured."""
    # With all that the usual one says: a validator of the format misses what stands after it.
    font = Font(name=MEASURE_FONT, family=2, color=Color(theme=1), size=MEASURE_SIZE)
    workbook._fonts = IndexedList([font])  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = font  # type: ignore[attr-defined]


# Sheets -----------------------------------------------------------------------------------------


class _Styles:
    """What openpyxl makes of a look and how it numbers it: making it anew for each cell is dear."""

    def __init__(self, workbook: Workbook) -> None:
        self._model = SheetCell(workbook.create_sheet("styles"), 1, 1)
        workbook.remove(workbook.worksheets[-1])
        self._bare = copy(self._model._style)  # type: ignore[attr-defined]
        self._numbers: dict[tuple[str, bool, bool], int] = {}

    def number(self, cell: Cell) -> int:
        """The number of a cell's look; a text that looks like a formula stays one when edited."""
        is_date = isinstance(cell.content, date)
        quoted = isinstance(cell.content, str) and cell.content[:1] in ("=", "+", "-", "@")
        key = cell.style, is_date, quoted
        if key == (BARE, False, False):
            return 0
        if key not in self._numbers:
            self._model._style = copy(self._bare)  # type: ignore[attr-defined]
            if is_date:
                self._model.number_format = "yyyy-mm-dd"
            _look(self._model, LOOKS[cell.style])
            if quoted:
                self._model.quotePrefix = True
            self._numbers[key] = self._model.style_id
        return self._numbers[key]


def _write_sheet(book: Book, target: Worksheet, sheet: Sheet) -> None:
    """All of a sheet but its cells."""
    target.sheet_state = sheet.state
    for number, width in enumerate(sheet.widths, 1):
        target.column_dimensions[get_column_letter(number)].width = width
    if blanks_of(sheet).looks:
        _hide_beyond(target, len(sheet.widths))
    for area in sheet.merges:
        target.merged_cells.add(area)
    if linked := next((cell for cell in sheet.cells.values() if _leads(book, cell)), None):
        # openpyxl takes links from cells alone: this one stays empty and is not written, but marks
        # the place where all links go.
        target.cell(1, 1).hyperlink = Hyperlink(ref="A1", location=linked.link)
    for validation in gathered_validations(sheet.validations):
        target.add_data_validation(_validation(validation))
    for highlight in gathered_highlights(sheet.highlights):
        target.conditional_formatting.add(highlight.cells, _rule(highlight))
    for chart in sheet.charts:
        target.add_chart(drawn(book, chart))
    _manners(target, sheet)
    if book.mark:
        target.oddHeader = HeaderFooterItem(right=_HeaderFooterPart(book.mark, size=9))
        target.page_margins.header = MARGIN_HEADER


def _hide_beyond(target: Worksheet, last: int) -> None:
    """Rows with a look of their own have it as far as a sheet goes: nobody sees that."""
    target.column_dimensions[get_column_letter(last + 1)] = ColumnDimension(
        target, min=last + 1, max=_LAST_COLUMN, hidden=True
    )


_LAST_COLUMN = 16384


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
    return Alignment(
        look.horizontal,
        look.vertical,
        wrap_text=look.wrap,
        shrink_to_fit=look.shrink or None,
        indent=indent,
    )


_SIDE = Side("thin", color=f"FF{LINE}")
_INK_SIDE = Side("thin", color=f"FF{INK}")
_BORDERS: Mapping[bool | str, Border] = {
    True: Border(_SIDE, _SIDE, _SIDE, _SIDE),
    "ink": Border(_INK_SIDE, _INK_SIDE, _INK_SIDE, _INK_SIDE),
    "below": Border(bottom=_INK_SIDE),
}
_UNLOCKED = Protection(locked=False)


def _look(target: SheetCell, look: Look) -> None:
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
    made.sqref = MultiCellRange(validation.cells)
    return made


def _rule(highlight: Highlight) -> Rule:
    """Relative to the range's first cell; a word counts when the cell begins with it."""
    tests = [
        f'COUNTIF({highlight.first},"{word}*")>0' if word else f'{highlight.first}=""'
        for word in highlight.words
    ]
    color, fill = HIGHLIGHTS[highlight.style]
    style = DifferentialStyle(
        font=Font(color=f"FF{color}", bold=highlight.style not in QUIET),
        fill=PatternFill(bgColor=f"FF{fill}", fill_type="solid"),
    )
    formula = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
    return Rule(type="expression", dxf=style, formula=[formula])


def _manners(target: Worksheet, sheet: Sheet) -> None:
    """Protection against accidents; for sheets that people see also A4, fit to width, page numbers,
    frozen panes."""
    if sheet.state != "visible":
        _protect(target, sheet)
        return
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
        target.freeze_panes = f"{get_column_letter(sheet.freeze_column)}{sheet.freeze_row}"
        if not sheet.printed:
            target.print_title_rows = f"1:{(sheet.repeat_row or sheet.freeze_row) - 1}"
    if sheet.prints_until:
        target.print_area = _area(sheet, 1, sheet.prints_until)
    _protect(target, sheet)


def _protect(target: Worksheet, sheet: Sheet) -> None:
    if sheet.protected:
        protection = target.protection
        protection.sheet = True
        protection.password = PASSWORD
        # What people need on a protected sheet: sizes, rows, sorting and filtering of inputs.
        protection.formatColumns = protection.formatRows = False
        protection.insertRows = protection.sort = protection.autoFilter = False


def _paper(target: Worksheet, sheet: Sheet) -> None:
    """A form to hand in: room for binding, and nothing of what is for the screen, such as the
    colour of what may be typed into."""
    margins = target.page_margins
    margins.left, margins.right = PAPER_LEFT, PAPER_RIGHT
    margins.top, margins.bottom = PAPER_TOP, PAPER_BOTTOM
    target.page_setup.blackAndWhite = True
    first = sheet.prints_from or sheet.freeze_row or 1
    target.print_area = _area(sheet, first, sheet.row)


def _area(sheet: Sheet, first: int, after: int) -> str:
    return f"A{first}:{get_column_letter(len(sheet.widths))}{after - 1}"


# The parts of the file --------------------------------------------------------------------------


def _parts(saved: bytes) -> dict[str, bytes]:
    source = zipfile.ZipFile(io.BytesIO(saved))
    return {name: _canonical(name, source.read(name)) for name in source.namelist()}


def _put_cells(
    book: Book, parts: dict[str, bytes], rows: list[str], strings: SharedStrings
) -> None:
    """Rows into the sheets that openpyxl wrote without cells; the texts in a part of their own."""
    for number, (sheet, data) in enumerate(zip(book.sheets.values(), rows, strict=True), 1):
        path = f"xl/worksheets/sheet{number}.xml"
        xml = _replaced(parts[path].decode(), "<sheetData>", "</sheetData>", data)
        size = f'<dimension ref="{dimension(sheet)}"></dimension>'
        xml = _replaced(xml, "<dimension ", "</dimension>", size)
        if sheet.merges:
            # openpyxl writes them in no order.
            xml = _replaced(xml, "<mergeCells ", "</mergeCells>", _merged(sheet.merges))
        if any(_leads(book, cell) for cell in sheet.cells.values()):
            xml = _replaced(xml, "<hyperlinks>", "</hyperlinks>", _links(book, sheet))
        parts[path] = terse(xml).encode()
    parts["xl/workbook.xml"] = terse(parts["xl/workbook.xml"].decode()).encode()
    parts[_STRINGS] = strings.xml.encode()
    for path, last, entry in (
        ("[Content_Types].xml", "</Types>", _STRINGS_TYPE),
        ("xl/_rels/workbook.xml.rels", "</Relationships>", _STRINGS_RELATION),
    ):
        parts[path] = _replaced(parts[path].decode(), last, "", entry + last).encode()


def _merged(areas: Iterable[str]) -> str:
    """Merged areas, those of the same columns one after the other."""
    found = sorted(areas, key=lambda area: _columns_and_row(range_boundaries(area)))
    cells = "".join(f'<mergeCell ref="{area}"></mergeCell>' for area in found)
    return f'<mergeCells count="{len(found)}">{cells}</mergeCells>'


def _columns_and_row(bounds: tuple[int | None, ...]) -> tuple[int | None, ...]:
    left, top, right, _ = bounds
    return left, right, top


def _leads(book: Book, cell: Cell) -> bool:
    return cell.link in book.names


def _links(book: Book, sheet: Sheet) -> str:
    """Cells of a column, one below the other, that lead to one place have one link."""
    runs: dict[str, list[list[tuple[int, int]]]] = defaultdict(list)
    for (row, column), cell in sorted(sheet.cells.items()):
        if _leads(book, cell):
            assert cell.link
            run = next((each for each in runs[cell.link] if each[-1] == (row - 1, column)), None)
            if run is None:
                runs[cell.link].append(run := [])
            run.append((row, column))
    links = "".join(
        f'<hyperlink location="{name}" ref="{_range(cells)}"></hyperlink>'
        for name, several in runs.items()
        for cells in several
    )
    return f"<hyperlinks>{links}</hyperlinks>"


def _range(cells: Sequence[tuple[int, int]]) -> str:
    ends = (f"{get_column_letter(column)}{row}" for row, column in (cells[0], cells[-1]))
    return ":".join(dict.fromkeys(ends))


def _replaced(xml: str, first: str, last: str, new: str) -> str:
    """With all from `first` through `last` made `new`; there must be just one such place."""
    before, found, rest = xml.partition(first)
    middle, end, after = rest.partition(last) if last else ("", "", rest)
    if not found or (last and not end) or first in middle + after:
        raise AssertionError(f"openpyxl did not write just one {first}")
    return before + new + after


_STRINGS = "xl/sharedStrings.xml"
_STRINGS_TYPE = (
    '<Override ContentType="application/vnd.openxmlformats-officedocument'
    f'.spreadsheetml.sharedStrings+xml" PartName="/{_STRINGS}"></Override>'
)
_STRINGS_RELATION = (
    '<Relationship Id="rIdStrings" Target="/xl/sharedStrings.xml" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/sharedStrings"></Relationship>'
)


_NOT_NEEDED = "docProps/app.xml"
"""What says which program wrote a file."""


def _drop(parts: dict[str, bytes], path: str) -> None:
    """Leave a part of the package out, and all that says there is one."""
    del parts[path]
    for name in ("[Content_Types].xml", "_rels/.rels"):
        mention = rf'<(Override|Relationship) [^<>]*"/?{re.escape(path)}"[^<>]*></\1>'
        parts[name] = re.sub(mention, "", parts[name].decode()).encode()


def _stamped(parts: dict[str, bytes], moment: datetime) -> bytes:
    """Fixed order and times."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(
        r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{stamp}", core
    ).encode()
    # What a reader looks for first stands first.
    names = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    return archived({name: closed(hoisted(parts[name].decode())).encode() for name in names})


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
    # Without a declaration, as openpyxl itself writes sheets: what has none is UTF-8.
    return canonicalize(content.decode()).encode() if name.endswith((".xml", ".rels")) else content
