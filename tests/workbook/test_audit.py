"""What every workbook must be, whatever is in it: right in Excel, WPS and LibreOffice."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.formula import Tokenizer
from openpyxl.styles import Font
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from generator.model.edition import Edition
from generator.workbook.files import workbook_bytes
from generator.workbook.sheets import expanded
from tests.support.judges import Place, named_places
from tests.support.workbooks import (
    COMPLETE,
    DOSSIER,
    MAIN,
    PAPERS,
    PUBLISHED,
    VEHICLE,
    complete_edition,
)
from tests.workbook.fillings import CAREFUL, EXAMPLES
from tests.workbook.hostile import hostile_edition

ALLOWED = frozenset(
    """IF AND OR NOT MIN MAX SUM ROUND ABS ISNUMBER ISLOGICAL ISERROR IFERROR TRIM CLEAN SUBSTITUTE
    LEN DATE YEAR MONTH DAY EDATE EOMONTH TODAY INDEX MATCH COUNTIF COUNTIFS SUMIF SUMIFS
    SUMPRODUCT HYPERLINK""".split()  # noqa: SIM905 (a list of words reads better so)
)
"""The functions that Excel 2010, WPS and LibreOffice compute alike."""


@dataclass(frozen=True)
class Subject:
    """A workbook under audit."""

    path: Path
    edition: Edition
    kind: str

    @property
    def book(self) -> Workbook:
        return _load(self.path)

    @property
    def parts(self) -> dict[str, str]:
        with zipfile.ZipFile(self.path) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}

    @property
    def names(self) -> dict[str, list[Place]]:
        return _places(self.path)

    @property
    def inputs(self) -> set[Place]:
        """The cells that people fill."""
        return {place for name, places in self.names.items() if is_input(name) for place in places}


def is_input(name: str) -> bool:
    """Names of answers, and of columns of tables that are no results."""
    return name.startswith("in_") or (name.startswith("tb_") and "_out_" not in name)


_load = cache(openpyxl.load_workbook)
_places = cache(named_places)

FILES = {
    **{".".join(which): (which, {}) for which in (*PUBLISHED, *COMPLETE, *PAPERS)},
    **{f"{'.'.join(which)} filled": (which, CAREFUL[which]) for which in MAIN},
    **{f"{'.'.join(which)} example": (which, fillings) for which, fillings in EXAMPLES.items()},
    "hostile": (("hostile", "vehicle"), {}),
    "hostile complete": (("hostile", "complete"), {}),
    "hostile papers": (("hostile", "papers"), {}),
}


@pytest.fixture(scope="module", params=FILES.values(), ids=FILES)
def subject(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    (name, kind), fillings = request.param
    edition = hostile_edition() if name == "hostile" else complete_edition(name)
    path = tmp_path_factory.mktemp("audit") / "book.xlsx"
    path.write_bytes(workbook_bytes(edition, kind, fillings))
    return Subject(path, edition, kind)


def cells(book: Workbook) -> Iterator[Cell]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from row


def formulas(book: Workbook) -> Iterator[tuple[str, str]]:
    """Every formula with the place it stands at: of cells, validations, conditional formats."""
    for cell in cells(book):
        if cell.data_type == "f":
            yield f"{cell.parent.title}!{cell.coordinate}", cell.value
    for sheet in book:
        for validation in sheet.data_validations.dataValidation:
            for formula in (validation.formula1, validation.formula2):
                if formula:
                    yield f"{sheet.title} validation {validation.sqref}", f"={formula}"
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                for formula in rule.formula:
                    yield f"{sheet.title} format {area.sqref}", f"={formula}"


def place_of(cell: Cell) -> Place:
    return cell.parent.title, cell.row, cell.column


def visible(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book if sheet.sheet_state == "visible"]


# Formulas -----------------------------------------------------------------------------------------


def test_formulas_use_functions_alone_that_every_program_computes_alike(subject: Subject) -> None:
    used = {
        token.value.removesuffix("(")
        for _, formula in formulas(subject.book)
        for token in Tokenizer(formula).items
        if token.type == "FUNC" and token.subtype == "OPEN"
    }
    assert used <= ALLOWED
    if subject.kind == DOSSIER[1]:
        assert {"IF", "MIN", "TRIM", "SUBSTITUTE"} <= used


def test_no_formula_needs_a_newer_excel_or_another_file(subject: Subject) -> None:
    for name, part in subject.parts.items():
        assert "_xlfn" not in part
        assert "_xlws" not in part
        if "/worksheets/" in name:
            # No array formulas and no data tables; nothing is fetched from outside.
            assert set(re.findall(r'<f [^>]*\bt="([^"]*)"', part)) <= {"shared"}
            assert not re.search(r"<c [^>]*\bcm=", part)
            assert not re.search(
                r"<f\b[^>]*>[^<]*\[", re.sub(r"&quot;[^<]*?&quot;|\"[^<]*?\"", "", part)
            )
        if name.endswith(".rels"):
            assert 'TargetMode="External"' not in part
    assert not [n for n in subject.parts if "externalLink" in n or "vba" in n.lower()]
    assert not [n for n in subject.parts if "connection" in n or "embedding" in n]


def test_a_shared_formula_holds_no_address_of_another_sheet(subject: Subject) -> None:
    """MS-XLSB, SharedParsedFormula: no PtgRef3d, no PtgArea3d; Excel calls such a file damaged."""
    shared = [
        html.unescape(formula)
        for name, part in subject.parts.items()
        if "/worksheets/" in name
        for formula in re.findall(r'<f t="shared"[^>]*>([^<]+)</f>', part)
    ]
    assert shared
    for formula in shared:
        operands = [t.value for t in Tokenizer(f"={formula}").items if t.type == "OPERAND"]
        assert not [each for each in operands if "!" in each and not each.startswith('"')]


def test_every_name_in_a_formula_exists(subject: Subject) -> None:
    known = set(subject.names)
    for place, formula in formulas(subject.book):
        for token in Tokenizer(formula).items:
            if token.type == "OPERAND" and token.subtype == "RANGE":
                word = token.value
                is_cell = re.fullmatch(r"('[^']+'!)?\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]+\$?\d+)?", word)
                assert is_cell or word in known, (place, word)


def test_formulas_and_texts_fit(subject: Subject) -> None:
    for place, formula in formulas(subject.book):
        assert len(formula) <= 8192, place
        for literal in re.findall(r'"((?:[^"]|"")*)"', formula):
            assert len(literal.replace('""', '"')) <= 255, place
    for cell in cells(subject.book):
        if isinstance(cell.value, str):
            assert len(cell.value) <= 32767, cell.coordinate


def test_formulas_stay_readable(subject: Subject) -> None:
    """One step a cell: nobody can check a formula of a screen's length."""
    long = [place for place, formula in formulas(subject.book) if len(formula) > 1000]
    assert long == []


# Names --------------------------------------------------------------------------------------------


def looks_like_a_cell(name: str) -> bool:
    """AB12 and R1C1 are addresses and no names."""
    address = re.fullmatch(r"([A-Za-z]{1,3})\d+", name)
    if address and column_index_from_string(address[1].upper()) <= 16384:
        return True
    return bool(re.fullmatch(r"[Rr]\d*([Cc]\d*)?|[Cc]\d*", name))


def test_names_are_names_and_mean_cells_that_exist(subject: Subject) -> None:
    book = subject.book
    for name, definition in book.defined_names.items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
        assert len(name) <= 255
        assert not looks_like_a_cell(name)
        ((sheet, area),) = definition.destinations
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        assert re.fullmatch(r"\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", area)
        assert sheet in book.sheetnames
        assert right <= book[sheet].max_column
        assert bottom <= book[sheet].max_row
        assert left == right or top == bottom
    folded = [name.casefold() for name in book.defined_names]
    assert len(folded) == len(set(folded))


def test_no_cell_has_two_names_of_inputs(subject: Subject) -> None:
    named = [place for name, places in subject.names.items() if is_input(name) for place in places]
    assert len(named) == len(set(named))


def test_sheets_have_names_that_excel_takes(subject: Subject) -> None:
    names = subject.book.sheetnames
    for name in names:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() not in ("history", "历史记录")
    assert len({name.casefold() for name in names}) == len(names)


# Inputs -------------------------------------------------------------------------------------------


def test_exactly_the_named_inputs_are_unlocked_on_protected_sheets(subject: Subject) -> None:
    unlocked = {place_of(cell) for cell in cells(subject.book) if not cell.protection.locked}
    # A wide input is open as a whole.
    wide = {
        (sheet.title, row, column)
        for sheet in subject.book
        for merged in sheet.merged_cells.ranges
        if (sheet.title, merged.min_row, merged.min_col) in subject.inputs
        for row, column in merged.cells
    }
    assert unlocked == subject.inputs | wide
    for sheet in subject.book:
        assert sheet.protection.sheet
        assert sheet.protection.password


def test_results_and_helper_cells_are_never_inputs(subject: Subject) -> None:
    formula_cells = {place_of(cell) for cell in cells(subject.book) if cell.data_type == "f"}
    assert not formula_cells & subject.inputs


def test_inputs_are_checked_and_nothing_else_is(subject: Subject) -> None:
    covered: list[Place] = []
    for sheet in subject.book:
        for validation in sheet.data_validations.dataValidation:
            for area in validation.sqref.ranges:
                covered += [(sheet.title, row, column) for row, column in area.cells]
    assert len(covered) == len(set(covered))
    # Texts may be anything; they are kept as they are typed. What names another text is picked.
    texts = {p for p in subject.inputs if at(subject.book, p).number_format == "@"}
    picks = {
        p for name in subject.names if name.startswith("in_pick_") for p in subject.names[name]
    }
    assert set(covered) == (subject.inputs - texts) | picks
    assert texts


def at(book: Workbook, place: Place) -> Cell:
    sheet, row, column = place
    return book[sheet].cell(row, column)


def validations(subject: Subject) -> list[DataValidation]:
    return [each for sheet in subject.book for each in sheet.data_validations.dataValidation]


def test_a_wrong_input_is_refused_with_words(subject: Subject) -> None:
    for validation in validations(subject):
        assert validation.showErrorMessage
        assert validation.showInputMessage
        assert validation.errorStyle in (None, "stop")
        assert not validation.showDropDown  # which would hide the arrow
        assert validation.allow_blank
        assert 0 < len(validation.error) <= 225
        assert 0 < len(validation.errorTitle) <= 32
        assert 0 < len(validation.prompt) <= 255
        assert 0 < len(validation.promptTitle) <= 32


def test_prompts_of_the_regulations_questions_cite_their_article(subject: Subject) -> None:
    """Or that of the step in whose row the question stands, which it alone tells to be done."""
    done = [step for step in subject.edition.steps.values() if len(step.done) == 1]
    of_step = {step.done[0]: step.law.citation for step in done}
    for fact in subject.edition.facts.values():
        name = f"in_{fact.id}"
        if name not in subject.names or fact.law is None:
            continue
        ((sheet, row, column),) = subject.names[name]
        found = [
            each
            for each in subject.book[sheet].data_validations.dataValidation
            if f"{get_column_letter(column)}{row}" in each.sqref
        ]
        citations = {fact.law.citation, of_step.get(fact.id, fact.law.citation)}
        assert any(citation in found[0].error for citation in citations)
        assert any(citation in found[0].prompt for citation in citations)


def test_choices_are_ranges_of_cells_that_hold_words(subject: Subject) -> None:
    lists = [each for each in validations(subject) if each.type == "list"]
    assert lists or subject.kind != DOSSIER[1]
    for validation in lists:
        if is_input(validation.formula1):
            # What can be picked is what people type elsewhere.
            continue
        places = subject.names[validation.formula1]
        words = [at(subject.book, place).value for place in places]
        assert all(isinstance(word, str) and word for word in words)
        assert len(set(words)) == len(words)


def test_no_merged_cells_cover_an_input_or_a_table(subject: Subject) -> None:
    tables = {
        place
        for name, places in subject.names.items()
        if len(places) > 1 and name.startswith(("tb_", "out_"))
        for place in places
    }
    for sheet in subject.book:
        for merged in sheet.merged_cells.ranges:
            inside = {(sheet.title, row, column) for row, column in merged.cells}
            # A single input may be wide; then it is the merged area's own first cell.
            hidden = inside - {(sheet.title, merged.min_row, merged.min_col)}
            assert not hidden & subject.inputs
            assert not inside & tables


# Looks --------------------------------------------------------------------------------------------


def test_a_conditional_format_looks_at_the_first_cell_of_its_ranges(subject: Subject) -> None:
    """A formula is moved from the first cell to each other cell; programs differ in which cell is
    the first where ranges lie anyhow, and all mean the top left one of the first range where it
    is the top left one of them all. One for whole rows looks at one column of a row."""
    seen = 0
    for sheet, ranges, looked_at in formats(subject):
        seen += 1
        first = ranges[0]
        assert first.min_col == min(each.min_col for each in ranges)
        assert first.min_row == min(each.min_row for each in ranges)
        column, row = re.fullmatch(r"(\$?[A-Z]+)(\d+)", looked_at).groups()
        if not column.startswith("$"):
            assert looked_at == f"{get_column_letter(first.min_col)}{first.min_row}"
            continue
        number = column_index_from_string(column[1:])
        for each in ranges:
            assert each.min_row == each.max_row or int(row) == first.min_row
            assert each.min_col <= number <= each.max_col
            # It may belong to a row above: that row says something there, and nothing between.
            target = each.min_row + int(row) - first.min_row
            looked = sheet.cell(target, number)
            # Something that is computed, also of papers that are always called for, or chosen.
            always = str(looked.value).startswith(("须提交", "应有"))
            assert looked.data_type == "f" or always or not looked.protection.locked
            assert sheet.cell(target, 1).value is not None
            assert all(sheet.cell(r, 1).value is None for r in range(target + 1, each.min_row + 1))
    assert seen > 5


def formats(subject: Subject) -> Iterator[tuple[Worksheet, list[CellRange], str]]:
    """Each conditional format: its ranges as they are written, and the cell that it looks at."""
    for number, sheet in enumerate(subject.book.worksheets, 1):
        root = ElementTree.fromstring(subject.parts[f"xl/worksheets/sheet{number}.xml"])
        for area in root.iterfind("m:conditionalFormatting", NAMESPACE):
            ranges = [CellRange(each) for each in area.get("sqref", "").split()]
            for formula in area.iterfind("m:cfRule/m:formula", NAMESPACE):
                operands = {
                    token.value
                    for token in Tokenizer(f"={formula.text}").items
                    if token.type == "OPERAND" and token.subtype == "RANGE"
                }
                (operand,) = operands
                yield sheet, ranges, operand


NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def test_no_cell_takes_colours_from_two_places_but_from_its_whole_row(subject: Subject) -> None:
    """Which of two would win is told by their order alone, and that differs between programs."""
    areas: dict[tuple[str, str], list[CellRange]] = {}
    for sheet, ranges, looked_at in formats(subject):
        if "$" not in looked_at:
            areas[sheet.title, str(ranges)] = ranges
    covered = [
        (title, *cell)
        for (title, _), ranges in areas.items()
        for each in ranges
        for cell in each.cells
    ]
    assert len(covered) == len(set(covered))


def test_columns_are_hidden_beyond_the_sheet_alone_and_rows_look_no_further(
    subject: Subject,
) -> None:
    """A row's own look reaches to the last column that there can be: nobody may see that."""
    for number, sheet in enumerate(subject.book.worksheets, 1):
        root = ElementTree.fromstring(subject.parts[f"xl/worksheets/sheet{number}.xml"])
        columns = [dict(each.attrib) for each in root.iterfind("m:cols/m:col", NAMESPACE)]
        hidden = [each for each in columns if each.get("hidden") == "1"]
        looks = [each.get("s") for each in root.iter(f"{{{NAMESPACE['m']}}}row") if each.get("s")]
        assert len(hidden) == bool(looks)
        for each in hidden:
            assert int(each["min"]) > sheet.max_column
            assert each["max"] == "16384"


def test_pages_are_a4_as_wide_as_the_sheet_and_numbered(subject: Subject) -> None:
    for sheet in visible(subject.book):
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One, where nothing is said.
        assert sheet.page_setup.fitToWidth in (1, None)
        assert sheet.page_setup.fitToHeight in (0, 1, None)
        assert sheet.freeze_panes
        if not sheet.oddFooter.center.text:  # a form for paper, without anything of the screen
            assert sheet.print_area
            assert sheet.page_setup.orientation == "portrait"
            assert sheet.page_setup.fitToHeight in (1, None)
            assert not sheet.print_title_rows
            continue
        assert "&P" in sheet.oddFooter.center.text
        assert "&N" in sheet.oddFooter.center.text
        assert sheet.print_title_rows


def test_every_link_leads_to_a_name_in_the_workbook(subject: Subject) -> None:
    links = [cell.hyperlink for cell in cells(subject.book) if cell.hyperlink]
    assert len(links) > 20
    for link in links:
        assert link.target is None
        assert link.location in subject.names


def test_every_sheet_for_people_can_be_reached_from_the_first_and_leads_back(
    subject: Subject,
) -> None:
    first, *others = visible(subject.book)
    if subject.kind != "complete":  # it has no list of its sheets
        assert {sheet.title for sheet in others} <= sheets_linked_from(subject, first)
    for sheet in others:
        assert first.title in sheets_linked_from(subject, sheet)


def sheets_linked_from(subject: Subject, sheet: Worksheet) -> set[str]:
    links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    return {subject.names[link.location][0][0] for link in links}


# Identity -----------------------------------------------------------------------------------------


def test_the_file_says_what_it_is_twice(subject: Subject) -> None:
    meta = subject.book["_meta"]
    assert meta.sheet_state == "veryHidden"
    identity = {row[0].value: row[1].value or "" for row in meta.iter_rows()}
    assert identity["kind"] == subject.kind
    assert identity["edition"] == subject.edition.id
    assert identity["model_hash"] == subject.edition.model_hash
    assert re.fullmatch(r"[0-9a-f]{64}", identity["template_hash"])
    assert identity["schema_version"] == "1"
    assert identity["issue_id"] == identity["recipient"] == ""
    properties = {each.name: each.value or "" for each in subject.book.custom_doc_props.props}
    assert properties == identity
    for key in identity:
        assert subject.names[f"meta_{key}"][0][0] == "_meta"


def test_helper_sheets_are_hidden(subject: Subject) -> None:
    layout = expanded(subject.edition, subject.edition.layouts[subject.kind])
    sheets = [sheet.name for sheet in layout.sheets]
    assert [sheet.title for sheet in visible(subject.book)] == sheets


# The regulation's text ----------------------------------------------------------------------------


def test_the_whole_text_stands_in_the_workbook_verbatim(subject: Subject) -> None:
    places = {subject.names[name][0] for name in subject.names if name.startswith("law_")}
    found = [subject.book[sheet].cell(row, 2).value or "" for sheet, row, _ in sorted(places)]
    text = subject.edition.text
    assert "".join(found) == "".join(text.provisions[each.anchor].text for each in text.articles)
    # The model's text is the source's: said again, because people read it here.
    source = "".join(subject.edition.source.split())
    assert all("".join(words.split()) in source for words in found)


def test_every_provision_has_a_name_at_its_words(subject: Subject) -> None:
    for anchor, provision in subject.edition.text.provisions.items():
        sheet, row, _ = subject.names[anchor.excel_name][0]
        shown = subject.book[sheet].cell(row, 2).value or ""
        # An item is shown with its label, which is not among its own words.
        words = re.sub(r"^（[一二三四五六七八九十]+）|^\d+\.", "", shown)
        assert provision.own_text.startswith(words)


# The file's format --------------------------------------------------------------------------------


def findings(path: Path) -> set[tuple[str, str]]:
    """What a validator of the format says, numbers aside."""
    errors = OpenXmlValidator(max_errors=0).validate(path).errors
    return {(error.id, re.sub(r"\d+", "#", error.description)) for error in errors}


def test_the_format_is_as_good_as_openpyxl_writes_it(subject: Subject, tmp_path: Path) -> None:
    plain = openpyxl.Workbook()
    plain.active["A1"], plain.active["A2"] = "字", "=A1"
    plain.active["A1"].font = Font("宋体", 10, bold=True, color="FF000000", underline="single")
    plain.save(tmp_path / "plain.xlsx")
    assert findings(subject.path) <= findings(tmp_path / "plain.xlsx")


def test_the_validator_sees_an_element_in_the_wrong_place(tmp_path: Path) -> None:
    """Excel minds the order of elements; here what follows the cells stands before them."""
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(workbook_bytes(complete_edition(VEHICLE[0]), VEHICLE[1]))
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                (margins,) = re.findall(rb"<pageMargins [^>]*/>", part)
                part = part.replace(margins, b"").replace(b"<sheetData>", margins + b"<sheetData>")
            new.writestr(name, part)
    found = {words for _, words in findings(bad) - findings(good)}
    assert "Unexpected element 'sheetData' found" in found


def test_a_merged_area_has_more_cells_than_one(subject: Subject) -> None:
    """Excel calls a file damaged that merges one cell with itself."""
    areas = re.findall(r'<mergeCell ref="([^"]*)"', "".join(subject.parts.values()))
    assert areas
    for first, last in (area.split(":") for area in areas):
        assert first != last


def test_merged_areas_do_not_overlap(subject: Subject) -> None:
    for sheet in subject.book:
        covered = [cell for merged in sheet.merged_cells.ranges for cell in merged.cells]
        assert len(covered) == len(set(covered))
        for validation in sheet.data_validations.dataValidation:
            assert all(isinstance(area, CellRange) for area in validation.sqref.ranges)
