"""The examples that stand beside rules, decisions and deadlines, in every workbook and program.

Their expectations are written from the regulation's text, not computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from generator.model.edition import Deadline, Decision, Edition, Example, FactType, Rule
from tests.rules.excel.project import BLANK, Case, Entry, Row, Shown, entry, facts_read
from tests.support.cells import day
from tests.support.judges import Results
from tests.support.workbooks import COMPLETE, MAIN, PROGRAMS, Shelf, complete_edition

WORDS = {"是": "yes", "否": "no", "待填": "unknown"}
COMPARED = {"then", "missing", "readings", "due", "opens", "rolls_to", "dates"}
"""What a sheet shows under a name; `because` and `possible` are shown to people only."""


def examples(edition: Edition) -> Iterator[tuple[Rule | Decision | Deadline, Example]]:
    for group in (edition.rules, edition.decisions, edition.deadlines):
        for holder in group.values():
            for example in holder.examples:
                if can_be_filled_in(edition, holder, example):
                    yield holder, example


def can_be_filled_in(
    edition: Edition, holder: Rule | Decision | Deadline, example: Example
) -> bool:
    """A table is known as far as its rows go: a row above whose amount is blank stands for at
    least the least amount, which is nothing only where amounts may be 0."""
    table = edition.tables[holder.each] if isinstance(holder, Rule) and holder.each else None
    lists = [edition.facts[fact] for fact in table.above] if table else []
    return all(fact.signed or fact.id in example.given for fact in lists)


def case_of(edition: Edition, holder: Rule | Decision | Deadline, given: Mapping[str, Any]) -> Case:
    """The example as a person fills it in: prior amounts are the rows above its own row."""
    if not (isinstance(holder, Rule) and holder.each):
        return Case({fact: entry(edition, fact, raw) for fact, raw in given.items()})
    table = edition.tables[holder.each]
    above: list[Row] = []
    for target, column in table.above.items():
        # A row whose amount is still blank leaves the sum of the rows above unknown.
        amounts: Sequence[Any] = given.get(target, [None])
        above = [{column: BLANK if each is None else Entry(each, each)} for each in amounts]
    project = {
        fact: entry(edition, fact, raw)
        for fact, raw in given.items()
        if fact not in table.columns and edition.facts[fact].type is not FactType.AMOUNTS
    }
    own = {column: entry(edition, column, given.get(column)) for column in table.columns}
    return Case(project, {table.id: [*above, own]})


def shown(
    edition: Edition, holder: Rule | Decision | Deadline, case: Case, results: Results
) -> dict[str, Any]:
    """What the workbook says of a rule (of the last row filled), decision or deadline."""
    name, row = f"out_{holder.id}", None
    if isinstance(holder, Rule) and holder.each:
        name, row = f"tb_{holder.each}_out_{holder.id}", len(case.rows[holder.each]) - 1

    def cell(suffix: str) -> Shown:
        # What the text leaves no doubt about has no name for doubts.
        found = results.get(name + suffix)
        found = found[row] if row is not None and isinstance(found, tuple) else found
        return "" if found is None else found

    found = {
        "missing": facts_named(edition, str(cell("_needed")).removeprefix("无")),
        "readings": [
            each for each in str(cell("_readings")).removeprefix("存疑：").split("；") if each
        ],
    }
    match holder:
        case Rule():
            found["then"] = WORDS[str(cell("")).removesuffix("（存疑）")]
        case Decision():
            outcomes = {outcome.label: id for id, outcome in holder.outcomes.items()}
            found["then"] = {**outcomes, "待填": None}[str(cell(""))]
        case Deadline():
            for key, suffix in (("due", ""), ("opens", "_opens"), ("rolls_to", "_rolls_to")):
                if name + suffix in results:
                    value = cell(suffix)
                    found[key] = day(value) if isinstance(value, float) else None
            if f"{name}_dates" in results:
                days = cell("_dates")
                assert isinstance(days, tuple)
                found["dates"] = [day(each) for each in days if each]
    return found


def facts_named(edition: Edition, text: str) -> list[str]:
    """The facts whose labels a cell joins; a label may hold 、 itself."""
    named = []
    while text:
        fact = max(
            (fact for fact in edition.facts.values() if text.startswith(fact.label)),
            key=lambda fact: len(fact.label),
        )
        named.append(fact.id)
        text = text.removeprefix(fact.label).removeprefix("；")
    return named


def comparable(key: str, value: Any) -> Any:
    """None and [] both say that there is nothing; facts and readings have no order."""
    if key in ("missing", "readings"):
        return sorted(value or ())
    if key == "dates":
        return [str(each) for each in value or ()]
    return str(value) if key in ("due", "opens", "rolls_to") else value


Asked = tuple[Rule | Decision | Deadline, Example]


def side_by_side(edition: Edition, asked: Sequence[Asked]) -> list[tuple[Case, list[Asked]]]:
    """Examples that share no fact (nor a table), in one filling: each goes into the first that has
    none of what it says, or leaves open."""
    known: list[set[str]] = []
    fillings: list[tuple[Case, list[Asked]]] = []
    for holder, example in asked:
        case = case_of(edition, holder, example.given)
        facts = {*facts_read(edition, holder), *example.given, *case.rows}
        place = next((at for at, others in enumerate(known) if not others & facts), len(known))
        if place == len(known):
            known.append(set())
            fillings.append((Case(), []))
        known[place] |= facts
        together, others = fillings[place]
        fillings[place] = together | case, [*others, (holder, example)]
    return fillings


def result_of(holder: Rule | Decision | Deadline) -> str:
    """The name under which a workbook shows it."""
    on_rows = f"tb_{holder.each}_" if isinstance(holder, Rule) and holder.each else ""
    return f"{on_rows}out_{holder.id}"


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("which", [*MAIN, *COMPLETE], ids=".".join)
def test_every_example_comes_out_as_it_is_written(
    shelf: Shelf, which: tuple[str, str], program: str
) -> None:
    edition, book = complete_edition(which[0]), shelf.book(which, program)
    names = shelf.names(which)
    asked = [(holder, each) for holder, each in examples(edition) if result_of(holder) in names]
    wrong = []
    for together, beside in side_by_side(edition, asked):
        results_read = tuple(result_of(holder) for holder, _ in beside)
        read = [name for name in names if name.startswith(results_read)]
        results = book.calculate(together.inputs, read)
        for holder, example in beside:
            case = case_of(edition, holder, example.given)
            found = shown(edition, holder, case, results)
            for key in COMPARED & example.expected.keys():
                wanted = comparable(key, example.expected[key])
                if comparable(key, found.get(key)) != wanted:
                    wrong.append((str(example.place), holder.id, key, found.get(key), wanted))
    assert not wrong
    assert len(asked) > (20 if which in COMPLETE else 10)


@pytest.mark.parametrize("which", COMPLETE, ids=".".join)
def test_a_complete_workbook_shows_every_rule_decision_and_deadline(
    shelf: Shelf, which: tuple[str, str]
) -> None:
    edition, names = complete_edition(which[0]), shelf.names(which)
    for rule in edition.rules.values():
        assert (f"tb_{rule.each}_out_{rule.id}" if rule.each else f"out_{rule.id}") in names
    assert {f"out_{id}" for id in (*edition.decisions, *edition.deadlines)} <= names
    assert {f"out_paper_{id}" for id in edition.papers} <= names
