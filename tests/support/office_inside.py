"""The part of `office_worker.py` that runs inside LibreOffice, in LibreOffice's own Python.

From outside each look at a cell is a message there and back; from here it is a call.
`office_worker.py` has LibreOffice load this file as a component, and hands it one operation at a
time: a JSON object with "do" and its arguments, answered by {"result": ...} or {"error": message}.
"""

from __future__ import annotations

import json
from pathlib import Path

GENERAL = 0  # the number format of cells that have none
LOGICAL = 1024  # com.sun.star.util.NumberFormat.LOGICAL
RESULT_IS_TEXT = 2  # com.sun.star.sheet.FormulaResult.STRING
ALL_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".pdf": "calc_pdf_Export"}


def getComponentFactory(name, services, registry):
    """The component that takes operations; UNO exists inside LibreOffice alone."""
    import unohelper
    from com.sun.star.task import XJob

    class Component(unohelper.Base, XJob):
        def __init__(self, context):
            services = context.ServiceManager
            self.worker = Worker(
                *(
                    services.createInstanceWithContext(f"com.sun.star.frame.{name}", context)
                    for name in ("Desktop", "DispatchHelper")
                )
            )

        def execute(self, arguments):
            (order,) = arguments
            return answer(self.worker, order.Value)

    helper = unohelper.ImplementationHelper()
    helper.addImplementation(Component, name, ())
    return helper.getComponentFactory(name, registry, services)


def answer(worker, order):
    """What comes of one operation; whatever went wrong is the asking test's to report."""
    request = json.loads(order)
    try:
        return json.dumps({"result": getattr(worker, request.pop("do"))(**request)})
    except Exception as error:
        return json.dumps({"error": f"{type(error).__name__}: {error}"})


def properties(**values):
    """UNO's form of named arguments."""
    from com.sun.star.beans import PropertyValue

    made = []
    for name, value in values.items():
        made.append(PropertyValue())
        made[-1].Name, made[-1].Value = name, value
    return tuple(made)


class Worker:
    """The open documents by number; each public method is one operation."""

    def __init__(self, desktop, dispatcher):
        self.desktop, self.dispatcher = desktop, dispatcher
        self.documents = {}
        # New UNO objects are dear, and cells know where they are even on a renamed sheet.
        self.named = {}
        self.formats = {}
        self.opened = 0

    def open(self, path):
        document = self.desktop.loadComponentFromURL(
            Path(path).as_uri(), "_blank", 0, properties(Hidden=True)
        )
        if document is None:
            raise RuntimeError(f"LibreOffice cannot open {path}")
        self.opened += 1
        self.documents[self.opened] = document
        self.named[self.opened] = {}
        self.formats[self.opened] = {}
        return self.opened

    def close(self, document):
        del self.named[document], self.formats[document]
        self.documents.pop(document).close(True)

    def calculate(self, document):
        self.documents[document].calculateAll()

    def null_date(self, document):
        day = self.documents[document].NullDate
        return [day.Year, day.Month, day.Day]

    def names(self, document, prefix):
        """Names of cells with the values there: {name: [value, ...]}, rows before columns."""
        found = {}
        for name in self.documents[document].NamedRanges.ElementNames:
            if name.startswith(prefix) and self._cells(document, name):
                found[name] = self.values(document, name)
        return found

    def read(self, document, names):
        return {name: self.values(document, name) for name in names}

    def values(self, document, name):
        return [self._value(document, cell) for cell in self._named(document, name)]

    def cell(self, document, name, index):
        return self._described(document, self._named(document, name)[index])

    def cell_at(self, document, sheet, address):
        return self._described(document, self._sheet(document, sheet).getCellRangeByName(address))

    def fill(self, document, values):
        """Sets cells of names: [[name, index in its range, kind, value], ...]."""
        plain = {}
        for name, index, kind, value in values:
            cell = self._named(document, name)[index]
            if kind in ("blank", "number", "text") and not self._logical(document, cell):
                at = cell.CellAddress
                plain[at.Sheet, at.Column, at.Row] = cell, kind, value
            else:
                self._put(document, cell, kind, value)
        for places in runs(sorted(plain)):
            if len(places) == 1:
                self._put(document, *plain[places[0]])
            else:
                self._put_all(document, places, [plain[place][2] for place in places])

    def set_cell(self, document, sheet, address, kind, value):
        self._put(document, self._sheet(document, sheet).getCellRangeByName(address), kind, value)

    def sheet_cells(self, document, sheet):
        """Every cell of a sheet that is not blank: {address: description}."""
        ranges = self._sheet(document, sheet).queryContentCells(ALL_CONTENTS)
        found = {}
        enumeration = ranges.Cells.createEnumeration()
        while enumeration.hasMoreElements():
            cell = enumeration.nextElement()
            address = cell.AbsoluteName.rpartition(".")[2].replace("$", "")
            found[address] = self._described(document, cell)
        return found

    def sheets(self, document):
        return list(self.documents[document].Sheets.ElementNames)

    def insert_rows(self, document, sheet, row, count):
        """New rows before a row (the first is 1)."""
        self._sheet(document, sheet).Rows.insertByIndex(row - 1, count)
        self.named[document].clear()  # a range that has grown has new cells

    def sort(self, document, name, index, descending):
        """What the button does for whoever stands on a cell: LibreOffice finds the list itself."""
        controller = self.documents[document].CurrentController
        controller.select(self._named(document, name)[index])
        order = ".uno:SortDescending" if descending else ".uno:SortAscending"
        self.dispatcher.executeDispatch(controller.Frame, order, "", 0, ())

    def filter(self, document, name, value):
        """Only rows with that text in a column stay, all without one; the heading is above it."""
        from com.sun.star.sheet import TableFilterField
        from com.sun.star.sheet.FilterOperator import EQUAL

        cells = self._named(document, name)
        first, last = cells[0].CellAddress, cells[-1].CellAddress
        sheet = self.documents[document].Sheets.getByIndex(first.Sheet)
        column = sheet.getCellRangeByPosition(first.Column, first.Row - 1, last.Column, last.Row)
        wanted = column.createFilterDescriptor(True)
        wanted.ContainsHeader = True
        if value:
            field = TableFilterField()
            field.Operator, field.StringValue = EQUAL, value
            wanted.setFilterFields((field,))
        column.filter(wanted)
        return [sheet.Rows.getByIndex(cell.CellAddress.Row).IsVisible for cell in cells]

    def rename_sheet(self, document, sheet, name):
        self._sheet(document, sheet).Name = name

    def unprotect(self, document, sheet, password):
        sheet = self._sheet(document, sheet)
        sheet.unprotect(password)
        return not sheet.isProtected()

    def save(self, document, path):
        """A copy; the ending of the path says whether .xlsx or .pdf."""
        self.documents[document].storeToURL(
            Path(path).as_uri(), properties(FilterName=FILTERS[Path(path).suffix])
        )

    def _sheet(self, document, sheet):
        sheets = self.documents[document].Sheets
        if not sheets.hasByName(sheet):
            raise LookupError(f"no sheet {sheet!r}; there are {list(sheets.ElementNames)}")
        return sheets.getByName(sheet)

    def _named(self, document, name):
        cells = self._cells(document, name)
        if not cells:
            raise LookupError(f"no name {name!r} of a cell or range")
        return cells

    def _cells(self, document, name):
        """The cells of a name; none for an unknown name and for one of something else."""
        known = self.named[document]
        if name not in known:
            names = self.documents[document].NamedRanges
            area = names.getByName(name).getReferredCells() if names.hasByName(name) else None
            known[name] = cells_of(area) if area is not None else []
        return known[name]

    def _put(self, document, cell, kind, value):
        """Sets one cell; what is typed is read as LibreOffice reads what a person types."""
        if kind == "blank":
            cell.clearContents(ALL_CONTENTS)
        elif kind == "number":
            cell.setValue(value)
            if self._logical(document, cell):  # left by a TRUE that stood here
                cell.NumberFormat = GENERAL
        elif kind == "text":
            cell.setString(value)
        elif kind == "typed":
            cell.FormulaLocal = value
        else:
            raise ValueError(f"no kind of value: {kind!r}")

    def _put_all(self, document, places, values):
        """Sets cells that stand one below the other at once: after each change to a document
        LibreOffice looks at everything that depends on today. An empty text leaves a blank."""
        sheet, column, first = places[0]
        area = (column, first, column, places[-1][2])
        cells = self.documents[document].Sheets.getByIndex(sheet).getCellRangeByPosition(*area)
        cells.setDataArray(tuple(("" if value is None else value,) for value in values))

    def _described(self, document, cell):
        """Value, formula or "", and the text that is shown."""
        formula = cell.Formula if cell.Type.value == "FORMULA" else ""
        return {"value": self._value(document, cell), "formula": formula, "shown": cell.String}

    def _value(self, document, cell):
        """None, a text, a number, a truth value or {"error": code}."""
        kind = cell.Type.value
        if kind == "EMPTY":
            return None
        if kind == "FORMULA":
            if cell.getError():
                return {"error": cell.String}
            if cell.FormulaResultType2 == RESULT_IS_TEXT:
                return cell.String
        elif kind == "TEXT":
            return cell.String
        return cell.Value != 0 if self._logical(document, cell) else cell.Value

    def _logical(self, document, cell):
        """LibreOffice keeps TRUE as the number 1, and only its format tells."""
        known, key = self.formats[document], cell.NumberFormat
        if key not in known:
            known[key] = self.documents[document].NumberFormats.getByKey(key).Type & LOGICAL
        return known[key]


def runs(places):
    """Places (sheet, column, row) in order → those one below the other together."""
    found = []
    for sheet, column, row in places:
        if found and found[-1][-1] == (sheet, column, row - 1):
            found[-1].append((sheet, column, row))
        else:
            found.append([(sheet, column, row)])
    return found


def cells_of(area):
    """The cells of a range, rows before columns."""
    address = area.RangeAddress
    return [
        area.getCellByPosition(column, row)
        for row in range(address.EndRow - address.StartRow + 1)
        for column in range(address.EndColumn - address.StartColumn + 1)
    ]
