"""Charts as openpyxl writes them: ours in every detail that a program would choose for itself."""

from __future__ import annotations

import re
from xml.etree.ElementTree import canonicalize
from xml.sax.saxutils import escape

from openpyxl.chart import BarChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
)
from openpyxl.xml.functions import tostring

from generator.rules.formula import Ref, Scalar
from generator.workbook.book import Book, Chart
from generator.workbook.styles import FONT, GREEN, INK, LINE, MAIN, RED, WHITE

_NUMBERS = "General;-General;;"
"""A bar of nothing has no number."""

_DARK = (MAIN, GREEN, RED)
"""What white letters can be read on."""

_MARGIN = 60_000
"""Between a chart and the first of its cells, in EMU (a little less than two millimetres)."""


def drawn(book: Book, chart: Chart) -> BarChart:
    """The chart at its place, reading its ranges of the book."""
    made = BarChart()
    made.type = "col" if chart.kind == "columns" else "bar"
    if chart.kind == "stacked":
        made.grouping = "stacked"
    # One upon the other where a category has one number only, whichever series it is in.
    made.overlap = 0 if chart.kind == "columns" else 100
    made.gapWidth = 60
    made.roundedCorners = False
    # The sheet that holds the numbers is hidden.
    made.visible_cells_only = False
    made.graphical_properties = GraphicalProperties(
        solidFill="FFFFFF", ln=LineProperties(solidFill=LINE, w=9525)
    )
    made.series = [_series(book, chart, number) for number in range(len(chart.series))]
    made.legend = Legend(legendPos="t", overlay=False)
    _axes(made, chart)
    made.anchor = _anchor(chart)  # type: ignore[assignment]
    return made


def _anchor(chart: Chart) -> TwoCellAnchor:
    """Tied to cells, so that it is as wide as the page in every program."""
    (top, bottom), (left, right) = chart.rows, chart.columns
    start = AnchorMarker(col=left - 1, colOff=_MARGIN, row=top - 1, rowOff=_MARGIN)
    end = AnchorMarker(col=right, colOff=0, row=bottom, rowOff=0)
    return TwoCellAnchor(editAs="oneCell", _from=start, to=end)


def _axes(made: BarChart, chart: Chart) -> None:
    categories, values = made.x_axis, made.y_axis
    for axis in (categories, values):
        # Without these, newer programs show no axis at all.
        axis.delete = False
        axis.title = None
        axis.majorTickMark = axis.minorTickMark = "none"
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    # Beside the bars, also of those below nought.
    categories.tickLblPos = "low"
    categories.noMultiLvlLbl = True
    values.number_format, values.numFmt.sourceLinked = "General", False
    faint = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=6350))
    values.majorGridlines = ChartLines(spPr=faint)
    upright = chart.kind == "columns"
    categories.axPos, values.axPos = ("b", "l") if upright else ("l", "b")
    if not upright:
        # The first on top, the numbers below.
        categories.scaling.orientation = "maxMin"
        values.crosses = "max"


def _series(book: Book, chart: Chart, number: int) -> ChartSeries:
    series, stacked = chart.series[number], chart.kind == "stacked"
    made = ChartSeries(
        idx=number,
        order=number,
        tx=SeriesLabel(v=series.title),
        cat=AxDataSource(strRef=_texts(book, chart.categories)),
        val=NumDataSource(numRef=_numbers(book, series.values)),
        invertIfNegative=False,
        spPr=GraphicalProperties(solidFill=series.color, ln=LineProperties(noFill=True)),
    )
    made.dLbls = DataLabelList(
        numFmt=_NUMBERS,
        txPr=_text(WHITE) if stacked and series.color in _DARK else None,
        dLblPos="ctr" if stacked else "outEnd",
        showVal=True,
        showLegendKey=False,
        showCatName=False,
        showSerName=False,
        showPercent=False,
        showBubbleSize=False,
    )
    return made


def _numbers(book: Book, cells: Ref) -> NumRef:
    """The numbers' place and, for programs that only show, what stands there."""
    values = _values(book, cells)
    points = [NumVal(idx=n, v=f"{v:.12g}") for n, v in enumerate(values) if isinstance(v, float)]
    cache = NumData(formatCode="General", ptCount=len(values), pt=points)
    return NumRef(f=_address(book, cells), numCache=cache)


def _texts(book: Book, cells: Ref) -> StrRef:
    values = _values(book, cells)
    points = [StrVal(idx=n, v=_word(v)) for n, v in enumerate(values) if v not in (None, "")]
    cache = StrData(ptCount=len(values), pt=points)
    return StrRef(f=_address(book, cells), strCache=cache)


def _word(value: Scalar) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _values(book: Book, cells: Ref) -> list[Scalar]:
    return [book.value_at(place) for place in book.spans[cells.id].places]


def _address(book: Book, cells: Ref) -> str:
    return book.spans[cells.id].seen_from("")


def _text(color: str) -> RichText:
    """Small text in the font of the cells."""
    font = Font(typeface=FONT)
    look = CharacterProperties(sz=900, b=False, solidFill=color, latin=font, ea=font)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[])])


# What openpyxl leaves out ------------------------------------------------------------------------


def finished_chart(xml: str) -> str:
    """No title but ours: a chart of one series would take its name. Numbers on bars in the format
    of the labels, not in that of the cells. All texts look alike unless they say otherwise."""
    texts = canonicalize(tostring(_text(INK).to_tree("txPr")))
    xml = xml.replace("</chartSpace>", f"{texts}</chartSpace>")
    # Lines are solid unless something else is said.
    xml = xml.replace('<a:prstDash val="solid"></a:prstDash>', "")
    untitled = xml.replace("<plotArea>", '<autoTitleDeleted val="1"></autoTitleDeleted><plotArea>')
    return re.sub(r'(<numFmt formatCode="[^"]*")(></numFmt>)', r'\1 sourceLinked="0"\2', untitled)


def finished_drawing(charts: list[Chart], xml: str) -> str:
    """The charts of a sheet say to those who do not see them what they show."""
    for number, chart in enumerate(charts, 1):
        described = escape(chart.title, {'"': "&quot;"})
        xml = xml.replace(f'name="Chart {number}"', f'name="图{number}" descr="{described}"')
    return xml
