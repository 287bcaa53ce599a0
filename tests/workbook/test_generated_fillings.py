"""Generated fillings of every published workbook: all programs give the values that we give.

Of each workbook the same 200 fillings every time, from hardly a cell to every one, neat and
careless. IronCalc, Formualizer and LibreOffice compute each, on the blank workbook with those
values typed in; every named result is compared, and in the libraries each calculating cell that
people see of every tenth filling. Of a workbook without named results every program computes 20
fillings, and all such cells are compared. What the rules say is compared with what Python says of
the same answers, for every filling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from generator.model.edition import Recurring, Rule
from generator.model.layout import VerdictBlock
from generator.workbook.book import Place
from generator.workbook.build import build_book
from generator.workbook.desk import Filling
from tests.rules.excel import project
from tests.rules.excel.project import Case, Chosen, Shown, expected, holders_of, stages_of
from tests.support.cells import Value, as_sequence
from tests.support.editions import EDITIONS, edition_of
from tests.support.judges import PlacedBook
from tests.support.workbooks import PROGRAMS, Shelf
from tests.workbook.generated import AS_OF, Generated, Template

Which = tuple[str, str]

WORKBOOKS: Sequence[Which] = [(id, kind) for id in EDITIONS for kind in edition_of(id).layouts]
COUNT, COUNT_OF_CELLS = 200, 20
"""Fillings of a workbook that has named results, and of one of which every cell is compared."""
SEEN_WHOLE = 10
WITH_RESULTS = [which for which in WORKBOOKS if which[1] != "duties"]
"""Those with results that have a name; lists of duties only count what is done."""


@dataclass(frozen=True)
class Filled:
    """A filling, and what our own evaluator makes of it."""

    generated: Generated
    results: Mapping[str, Shown]
    cells: Mapping[Place, Value]


@cache
def template(which: Which) -> Template:
    return Template(*which)


@cache
def filled(which: Which) -> Sequence[Filled]:
    drawn = template(which)
    found = []
    count = COUNT if drawn.results else COUNT_OF_CELLS
    for number, generated in enumerate(drawn.fillings(count)):
        book = drawn.filled(generated)
        whole = not drawn.results or number % SEEN_WHOLE == 0
        places = drawn.formulas if whole else ()
        results = {name: comparable(book.value(name)) for name in drawn.results}
        cells = {place: one(book.value_at(place)) for place in places}
        found.append(Filled(generated, results, cells))
    return found


def comparable(value: Any) -> Shown:
    """A blank cell shows what an empty text shows."""
    return tuple(map(one, value)) if isinstance(value, tuple) else one(value)


def one(value: Any) -> Value:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return "" if value is None or value == "" else value


def same(first: Shown, second: Shown) -> bool:
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, float) and isinstance(second, float):
        return abs(first - second) <= 1e-9 * max(1.0, abs(first))
    return type(first) is type(second) and first == second


def differing(found: Mapping[str, Shown], each: Filled) -> Iterator[str]:
    for name, value in each.results.items():
        if not same(comparable(found[name]), value):
            yield f"{name}: {found[name]!r}, not {value!r}, as of {each.generated.means(AS_OF)}"


def differing_cells(book: PlacedBook, each: Filled) -> Iterator[str]:
    for place, value in each.cells.items():
        found = one(book.cell((place.sheet, place.row, place.column)))
        if not same(found, value):
            yield f"{place}: {found!r}, not {value!r}, as of {each.generated.means(AS_OF)}"


# Every program ------------------------------------------------------------------------------------


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("which", WORKBOOKS, ids=".".join)
def test_every_program_computes_what_we_do(shelf: Shelf, which: Which, program: str) -> None:
    book, some = shelf.book(which, program), filled(which)
    assert bool(template(which).results) == (which in WITH_RESULTS)
    # LibreOffice is asked for a cell at a time, which takes too long for every cell of a dossier.
    whole = program != "libreoffice" or which not in WITH_RESULTS
    found: list[str] = []
    for each in some:
        assert each.results or each.cells
        found += differing(book.calculate(each.generated.inputs, each.results), each)
        found += differing_cells(book, each) if whole else ()
    assert not found, f"{len(found)}: {found[:5]}"


@pytest.mark.parametrize("which", WORKBOOKS, ids=".".join)
def test_a_template_filled_later_is_the_workbook_drawn_filled(which: Which) -> None:
    for each in filled(which)[:: len(filled(which)) // 2 - 1]:
        inputs: dict[str, Any] = {}
        for name, value in each.generated.inputs.items():
            if name.startswith("tb_"):
                cells = enumerate(as_sequence(value), 1)
                inputs |= {f"{name}[{row}]": cell for row, cell in cells}
            else:
                inputs[name] = value
        fillings: Mapping[str, Filling] = inputs
        book = build_book(edition_of(which[0]), which[1], fillings)
        assert {name: comparable(book.value(name)) for name in each.results} == each.results


# The rules ----------------------------------------------------------------------------------------


NO_RULE_SAYS = re.compile(
    "|".join(
        (
            "out_findings_(labels|kinds|count)",
            # How a deadline stands today.
            r"out_\w+_state",
            # Registers: their rows, sums, the days and the checks of what is written in them.
            r"out_\w+_overflow",
            r"tb_\w+_out_(state|explained|missing|period|sent_state)",
            r"tb_\w+_out_(day|total|limit|rest)_\w+",
            r"tb_\w+_out_\w+_share",
            r"tb_\w+_out_(check\d|\w+_at_least_\w+|\w+_at_most_\w+|\w+_not_falling)(_explained)?",
            # And of two registers: sums that fell, rows that are gone.
            r"tb_\w+_out_(\w+_not_below_former|gone)(_explained)?",
        )
    )
)
"""Results that are the workbook's own; they have tests of their own beside this one."""


@pytest.mark.parametrize("which", WITH_RESULTS, ids=".".join)
def test_the_workbook_says_what_the_rules_say(which: Which) -> None:
    results, found = set(template(which).results), []
    recurring = [
        deadline
        for deadline in edition_of(which[0]).deadlines.values()
        if isinstance(deadline.schedule, Recurring)
    ]
    # Which of its days comes next depends on what has been sent; all its days are compared.
    next_days = {f"out_{deadline.id}" for deadline in recurring} & results
    for each in filled(which):
        wanted = said(which, each)
        silent = {name for name in each.results if NO_RULE_SAYS.fullmatch(name)} | next_days
        assert not silent & set(wanted)
        assert silent | set(wanted) == results
        found += [
            f"{name}: {each.results[name]!r}, not {value!r}"
            for name, value in wanted.items()
            if not project.same(each.results[name], value)
        ]
    assert not found, f"{len(found)}: {found[:5]}"


def said(which: Which, each: Filled) -> dict[str, Shown]:
    """What Python says of the same answers, by the names of the workbook's results."""
    edition, cells = edition_of(which[0]), each.generated.cells
    facts = {id: cells[f"in_{id}"][0] for id in edition.facts if f"in_{id}" in cells}
    if AS_OF in cells:
        facts["as_of"] = cells[AS_OF][0]
    used = {
        rule.each: _used_rows(each.generated, rule.each)
        for rule in edition.rules.values()
        if rule.each and f"tb_{rule.each}_out_{rule.id}" in each.results
    }
    rows = {
        table: [
            {id: cells[f"tb_{table}_{id}"][row] for id in edition.tables[table].columns}
            for row in numbers
        ]
        for table, numbers in used.items()
    }
    stages = stages_of(edition) if AS_OF in cells else []
    holders = [*holders_of(edition), *stages, *_chosen_shown(which)]
    wanted = {
        name: value
        for name, value in expected(edition, holders, Case(facts, rows), 0).items()
        if name in each.results
    }
    for rule in edition.rules.values():
        if rule.each in used:
            wanted |= _in_their_rows(rule, used[rule.each], wanted, each)
    return wanted


def _chosen_shown(which: Which) -> list[Chosen]:
    """The ways to choose that a workbook holds against the rules of a decision."""
    return [
        Chosen(decision, chosen.fact, chosen.permitted_by)
        for sheet in edition_of(which[0]).layouts[which[1]].sheets
        for block in sheet.blocks
        if isinstance(block, VerdictBlock)
        for decision, chosen in block.chosen.items()
    ]


def _used_rows(generated: Generated, table: str) -> list[int]:
    """Rows with something in any cell; others count for nothing, wherever they stand."""
    cells = [each for name, each in generated.cells.items() if name.startswith(f"tb_{table}_")]
    return [
        number
        for number, row in enumerate(zip(*cells, strict=True))
        if not all(_empty(each.cell) for each in row)
    ]


def _in_their_rows(
    rule: Rule, used: Sequence[int], wanted: Mapping[str, Shown], each: Filled
) -> Iterator[tuple[str, Shown]]:
    """The verdicts on the rows that are used, with nothing on the others between them."""
    name = f"tb_{rule.each}_out_{rule.id}"
    for column in (name, f"{name}_needed", f"{name}_readings"):
        if column in wanted:
            words, room = wanted[column], each.results[column]
            assert isinstance(words, tuple)
            assert isinstance(room, tuple)
            by_row = dict(zip(used, words, strict=True))
            yield column, tuple(by_row.get(row, "") for row, _ in enumerate(room))


def _empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


# That the fillings are what they are meant to be --------------------------------------------------


@pytest.mark.parametrize("which", WORKBOOKS, ids=".".join)
def test_every_input_is_filled_in_several_ways(which: Which) -> None:
    cells: dict[str, set[Any]] = {name: set() for name in template(which).inputs}
    for each in filled(which):
        for name, entries in each.generated.cells.items():
            cells[name].update(entry.cell for entry in entries)
    assert {name: found for name, found in cells.items() if len(found) < 3} == {}


@pytest.mark.parametrize("which", WORKBOOKS, ids=".".join)
def test_every_rule_says_one_thing_or_the_other(which: Which) -> None:
    rules = [id for id in edition_of(which[0]).rules if f"out_{id}" in template(which).results]
    for id in rules:
        words = {each.results[f"out_{id}"] for each in filled(which)}
        assert words <= {"是", "否", "待填"}, id
        assert len(words) > 1, id
    words = {each.results[f"out_{id}"] for id in rules for each in filled(which)}
    assert not rules or words == {"是", "否", "待填"}
