"""What all blocks of one workbook share: the edition, the book, its calculation, its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from openpyxl.utils import get_column_letter

from generator.model.anchors import Anchor
from generator.model.edition import Edition, Fact, FactType, decimal_of
from generator.model.layout import Block, Layout, TableBlock
from generator.model.quantities import plain
from generator.rules.excel.dates import DateTools
from generator.rules.excel.scope import NO, YES, Scope
from generator.rules.excel.steps import Steps
from generator.rules.formula import Expr, Operand, Ref, if_, op
from generator.workbook.book import Book, Content, Place, Sheet, Span, Validation
from generator.workbook.imprint import TEMPLATE, Imprint
from generator.workbook.listing import Listing
from generator.workbook.styles import text_lines

COLUMNS: tuple[float, ...] = (5, 34, 22, 9, 18, 14, 15, 42, 18.5)
"""The grid that all blocks but tables and the text share, in characters."""

ROOMY_COLUMNS: tuple[float, ...] = (5, 28, 46, 9, 18, 14, 14, 26, 18.5)
"""The same where long texts are asked: with room for them in the third column."""

PROJECT_SHEET = "计算"
"""The hidden sheet on which all helper cells stand."""

Filling = str | int | float | date | bool | None
"""What an input holds: as a spreadsheet stores it."""

_HOW_TO = "填写要求"
"""The title of a prompt that says how to fill a cell, not what is asked."""

INPUT_STYLES: Mapping[FactType, str] = {
    FactType.YESNO: "input_center",
    FactType.CHOICE: "input",
    FactType.AMOUNT: "input_amount",
    FactType.DATE: "input_date",
    FactType.TEXT: "input_text",
}


@dataclass
class Desk:
    """Everything a block needs to draw itself."""

    edition: Edition
    layout: Layout
    kind: str
    book: Book
    steps: Steps
    scope: Scope
    tools: DateTools
    facts: Mapping[str, Fact]
    fillings: Mapping[str, Filling]
    holders: Mapping[str, Block]
    """For each fact that is asked, the block that holds its input."""
    ranges: dict[str, list[str]] = field(default_factory=dict)
    """Runs of helper cells that formulas read as a range: id → the ids of the cells."""
    scattered_ranges: set[str] = field(default_factory=set)
    """Those of the ranges that may have blank cells between their own."""
    result_names: dict[str, str] = field(default_factory=dict)
    """Names of results → the ids of the helper cells that hold them."""
    kept: set[str] = field(default_factory=set)
    """Helper cells that stay as they are: several formulas show what they say."""
    stated: dict[str, None] = field(default_factory=dict)
    """The facts of which a form says how their answers stand, in order."""
    result_ranges: dict[str, list[str]] = field(default_factory=dict)
    """Names of results on the rows of a table → the ids of the helper cells, row by row."""
    row_groups: dict[str, Listing] = field(default_factory=dict)
    """Lists whose rows have helper cells of their own, by what the ids of those begin with."""
    imprint: Imprint = TEMPLATE

    def law(self, sheet: Sheet, column: int, *anchors: Anchor | None) -> None:
        """The basis of a row, a link to the first place's text where the workbook has it."""
        places = [anchor for anchor in anchors if anchor]
        if not places:
            sheet.put(column, "办法未要求", "help")
            return
        words = places[0].citation if len(places) == 1 else f"{places[0].citation}等"
        sheet.put(column, words, "link", link=places[0].excel_name)
        # In smaller type than most.
        sheet.least_lines = max(
            sheet.least_lines, text_lines(words, sheet.widths[column - 1] * 1.2)
        )

    def input(
        self,
        sheet: Sheet,
        column: int,
        fact: Fact,
        name: str,
        style: str | None = None,
        check: Validation | None = None,
    ) -> Place:
        """An input cell with its name, its drop-down or check (its own or `check`, whose cells are
        given here), and its filling."""
        filling = self.fillings.get(name)
        place = sheet.put(column, filling, style or INPUT_STYLES[fact.type])
        self.book.define(name, place)
        letter = get_column_letter(column)
        cells = f"{letter}{sheet.row}"
        validation = replace(check, cells=cells) if check else self.validation(fact, cells)
        if validation:
            # What is asked stands in the row: said again, it would hide the row below.
            told = replace(validation, title=_HOW_TO, prompt=validation.error)
            sheet.validations.append(told)
        return place

    def filled_lines(self, name: str, width: float) -> int:
        """How many lines what stands in an input already takes, to show whole; what people type
        they can make room for."""
        filling = self.fillings.get(name)
        return text_lines(filling, width) if isinstance(filling, str) else 1

    def asked_elsewhere(self, fact: str, block: Block) -> bool:
        """Whether another block than this one holds the input of a fact."""
        return self.holders.get(fact, block) is not block

    def answer(self, sheet: Sheet, column: int, fact: Fact) -> Place:
        """The answer to a fact that is asked elsewhere (no amount), a link to its input."""
        known = self.scope.is_known(fact.id)
        is_date = fact.type is FactType.DATE
        shown = self.scope.day(fact.id) if is_date else self.scope.text(fact.id)
        style = "answer_date" if is_date else "answer"
        wrong = op(self.scope.problem(fact.id), "<>", "")
        unsaid = if_(wrong, "填写有误", "点此去填")
        return sheet.put(column, if_(known, shown, unsaid), style, link=f"in_{fact.id}")

    def validation(self, fact: Fact, cells: str) -> Validation | None:
        """What may be typed into a fact's cells, explained with its article."""
        basis = f"（依据：{fact.law.citation}）" if fact.law else ""
        prompt = _shortened(f"{fact.ask}{basis}", 200)
        title = _shortened(fact.label, 30)
        match fact.type:
            case FactType.YESNO:
                error = f"请从下拉列表选择“{YES}”或“{NO}”；不清楚就空着。{basis}"
                return Validation(cells, "list", ("list_yesno",), title, prompt, error)
            case FactType.CHOICE:
                error = f"请从下拉列表中选择；不清楚就空着。{basis}"
                return Validation(cells, "list", (f"list_{fact.id}",), title, prompt, error)
            case FactType.AMOUNT:
                assert fact.unit
                lowest = -fact.highest if fact.signed else fact.lowest
                bounds = tuple(plain(decimal_of(s, fact.unit)) for s in (lowest, fact.highest))
                error = (
                    f"请只填数字，单位为{fact.unit.name}，不带逗号和单位，"
                    f"最多{fact.unit.decimals}位小数。{basis}"
                )
                return Validation(cells, "decimal", bounds, title, prompt, error)
            case FactType.DATE:
                error = f"请填日期，如 2024-6-30；不清楚就空着。{basis}"
                return Validation(cells, "date", (), title, prompt, error)
            case _:
                return None

    def table_rows(self) -> dict[str, int]:
        """The tables of this workbook and how many rows each has."""
        blocks = [block for sheet in self.layout.sheets for block in sheet.blocks]
        return {block.table: block.rows for block in blocks if isinstance(block, TableBlock)}

    def state(self, fact: str) -> Ref:
        """How the answer to a fact stands; it is there in the end."""
        self.stated[fact] = None
        return Ref(f"state.{fact}")

    def step(self, id: str, label: str, expr: Expr) -> Ref:
        """A helper cell of the workbook itself (not of a rule)."""
        return self.steps.add(id, label, expr)

    def run(self, id: str, cells: Iterable[tuple[str, Operand]]) -> Ref:
        """Helper cells (label and content) one below the other, to be read as a range."""
        added = list(cells)
        ids = [f"{id}.{place}" for place in range(1, len(added) + 1)]
        for own, (label, operand) in zip(ids, added, strict=True):
            self.steps.add(own, label, operand)
        self.ranges[id] = ids
        return Ref(id)

    def scattered(self, id: str, cells: Iterable[Ref]) -> Ref:
        """Helper cells to be read as a range by what passes over blanks; they need not stand one
        below the other."""
        self.ranges[id] = [cell.id for cell in cells]
        self.scattered_ranges.add(id)
        return Ref(id)

    def result(self, name: str, ref: Ref) -> None:
        """Let readers find a helper cell's value under a name, wherever it is placed."""
        self.result_names[name] = ref.id


def letter_box(paper: str, row: str) -> str:
    """The name of a cell that people write into on a form for paper."""
    return f"in_letter_{paper}__{row}"


def plain_fact(id: str, label: str, type_: FactType) -> Fact:
    """An input that no rule reads, such as the 文号 of a paper."""
    return Fact(id, label, f"{label}？", type_, None, 0, False, "", {}, None, None)


def run_of(sheet: Sheet, column: int, start: int, end: int) -> Span:
    """The cells of a column from one row to another."""
    return Span(Place(sheet.name, start, column), Place(sheet.name, end, column))


def section(sheet: Sheet, title: str, last: int | None = None) -> None:
    """A bar with a title, as wide as what stands below it: to the `last` column, or over the
    grid that most blocks share."""
    sheet.begin_section()
    last = last or min(len(COLUMNS), len(sheet.widths))
    for column in range(1, last + 1):
        sheet.put(column, title if column == 1 else None, "section")
    sheet.heights[sheet.row] = 24
    sheet.next_row()


def headings(sheet: Sheet, titles: tuple[str, ...], lines: int = 1) -> None:
    """A row of column headings; an empty one lengthens the heading before it."""
    for column, title in enumerate(titles, 1):
        sheet.put(column, title or None, "heading")
    starts = [column for column, title in enumerate(titles, 1) if title or column == 1]
    for start, following in zip(starts, [*starts[1:], len(titles) + 1], strict=True):
        if following - start > 1:
            sheet.merge(start, following - 1)
    sheet.heights[sheet.row] = 8 + 15.5 * lines
    sheet.next_row()


def wide(
    sheet: Sheet, first: int, last: int, content: Content, style: str, link: str | None = None
) -> Place:
    """A text over several columns of the current row."""
    for column in range(first + 1, last + 1):
        sheet.put(column, None, style)
    place = sheet.put(first, content, style, link)
    sheet.merge(first, last)
    return place


def width_of(sheet: Sheet, first: int, last: int) -> float:
    """Characters that fit in a run of columns."""
    return sum(sheet.widths[first - 1 : last])


def enumerated(labels: Iterable[str]) -> str:
    """Labels one after the other; one that is a list itself is quoted, so that it stays one.

    Between two quotations stands no 、 (GB/T 15834)."""
    words = "、".join(f"“{label}”" if "、" in label else label for label in labels)
    return words.replace("”、“", "”“")


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
