"""Generated fillings of every published workbook: all programs give the values that we give.

Of each workbook the same 200 fillings every time, from hardly a cell to every one, neat and
careless. IronCalc and Formualizer compute each, LibreOffice some of every kind, all on the blank
workbook with those values typed in; every named result is compared, and of every tenth filling each
calculating cell that people see. What the rules say is compared with `assess` for every filling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from generator.model.edition import Edition, Recurring, Rule
from generator.rules.answers import read_answers
from generator.rules.assess import Assessment, assess
from generator.workbook.book import Place
from generator.workbook.build import build_book
from generator.workbook.desk import Filling
from tests.support.cells import Value, as_sequence, serial
from tests.support.editions import EDITIONS, edition_of
from tests.support.judges import JUDGES, Judge, PlacedBook, libreoffice
from tests.support.office import Office
from tests.support.workbooks import Shelf
from tests.workbook.generated import AS_OF, Generated, Template

Which = tuple[str, str]
Shown = Value | tuple[Value, ...]

WORKBOOKS: Sequence[Which] = [(id, kind) for id in EDITIONS for kind in edition_of(id).layouts]
COUNT = 200
IN_LIBREOFFICE = 40
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
    for number, generated in enumerate(drawn.fillings(COUNT)):
        book = drawn.filled(generated)
        places = drawn.formulas if number % SEEN_WHOLE == 0 else ()
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


@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
@pytest.mark.parametrize("which", WORKBOOKS, ids=".".join)
def test_the_libraries_compute_what_we_do(shelf: Shelf, which: Which, judge: Judge) -> None:
    book = judge.open(shelf.path(which))
    found: list[str] = []
    for each in filled(which):
        results = book.calculate(each.generated.inputs, each.results)
        found += differing(results, each)
        found += differing_cells(book, each)
    assert not found, f"{len(found)}: {found[:5]}"


@pytest.mark.parametrize("which", WITH_RESULTS, ids=".".join)
def test_libreoffice_computes_what_we_do(shelf: Shelf, office: Office, which: Which) -> None:
    found: list[str] = []
    with libreoffice(office, shelf.path(which)) as book:
        for each in filled(which)[:: COUNT // IN_LIBREOFFICE]:
            results = book.calculate(each.generated.inputs, each.results)
            found += differing(results, each)
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


@pytest.mark.parametrize("which", WITH_RESULTS, ids=".".join)
def test_the_workbook_says_what_the_rules_say(which: Which) -> None:
    edition = edition_of(which[0])
    found = [
        f"{name}: {each.results[name]!r}, not {value!r}"
        for each in filled(which)
        for name, value in said(edition, each).items()
        if name in each.results and each.results[name] != value
    ]
    assert not found, f"{len(found)}: {found[:5]}"


def said(edition: Edition, each: Filled) -> dict[str, Shown]:
    """What Python says of the same answers, by the names of the workbook's results."""
    generated = each.generated
    facts = {id: generated.means(f"in_{id}") for id in edition.facts}
    assessment = assess(edition, facts)
    shown = dict(_verdicts(edition, assessment))
    for rule in edition.rules.values():
        name = f"tb_{rule.each}_out_{rule.id}"
        if name in each.results:
            shown |= _row_verdicts(edition, rule, facts, generated, name)
    return shown


def _verdicts(edition: Edition, assessment: Assessment) -> Iterator[tuple[str, Shown]]:
    for id, verdict in assessment.rules.items():
        if edition.rules[id].each is None:
            yield f"out_{id}", verdict.truth.label
            yield f"out_{id}_needed", _labels(edition, verdict.missing) or "无"
            yield f"out_{id}_readings", "；".join(verdict.readings)
    for id, choice in assessment.decisions.items():
        outcome = choice.outcome
        label = edition.decisions[id].outcomes[outcome].label if outcome else "待填"
        yield f"out_{id}", label
        yield f"out_{id}_needed", _labels(edition, choice.missing) or "无"
        yield f"out_{id}_readings", "；".join(choice.readings)
    for id, verdict in assessment.papers.items():
        yield f"out_paper_{id}", verdict.truth.label
        yield f"out_paper_{id}_readings", "；".join(verdict.readings)
    for id, dates in assessment.deadlines.items():
        if not isinstance(edition.deadlines[id].schedule, Recurring):
            unknown = "" if dates.missing else "日历未公布"
            yield f"out_{id}", float(serial(dates.due)) if dates.due else unknown
        yield f"out_{id}_needed", _labels(edition, dates.missing)


def _labels(edition: Edition, facts: Iterable[str]) -> str:
    return "；".join(edition.facts[fact].label for fact in facts)


def _row_verdicts(
    edition: Edition, rule: Rule, facts: Mapping[str, Any], generated: Generated, name: str
) -> dict[str, Shown]:
    """The verdict on each row that is used; rows that are not count for nothing."""
    assert rule.each
    table = edition.tables[rule.each]
    columns = [f"tb_{table.id}_{column}" for column in ("key", *table.columns)]
    words: list[Value] = []
    above: dict[str, list[Any]] = {target: [] for target in table.above}
    for row in range(len(generated.cells[columns[0]])):
        if all(_empty(generated.cells[column][row].cell) for column in columns):
            words.append("")
            continue
        own = {id: generated.means(f"tb_{table.id}_{id}", row) for id in table.columns}
        verdict = assess(edition, {**facts, **own, **above}).rules[rule.id]
        words.append(verdict.truth.label + ("（存疑）" if verdict.readings else ""))
        for target, column in table.above.items():
            taken = read_answers(edition, {column: own[column]})[0]
            above[target] = [*above[target], own[column] if column in taken else None]
    return {name: tuple(words)}


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
