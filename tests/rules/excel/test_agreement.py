"""Excel and Python agree: every combination per rule, every odd thing that people type.

What to expect comes from the Python target, which has tests of its own; values that it cannot
take count as unknown. Things that share no fact are filled in side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from generator.model.edition import FactType
from tests.rules.excel import cases
from tests.rules.excel.project import (
    Shown,
    all_of,
    chosen_of,
    expected,
    groups_of,
    merged,
    same,
    stages_of,
)
from tests.support.cells import Input
from tests.support.judges import Book
from tests.support.workbooks import (
    CHOSEN,
    COMPLETE,
    PROGRAMS,
    ROWS,
    Shelf,
    complete_edition,
)

EDITIONS = [name for name, _ in COMPLETE]
KINDS = {
    "combinations": cases.combinations,
    "oddities": cases.oddities,
    "shares": cases.shares,
    "days": cases.days,
}
Filled = tuple[dict[str, Input], dict[str, Shown]]


@cache
def filled(name: str, kind: str) -> list[Filled]:
    """The cells to fill and what must stand where, for all groups of an edition side by side."""
    edition = complete_edition(name)
    batches = [
        (holders, KINDS[kind](edition, holders, facts)) for holders, facts in groups_of(edition)
    ]
    return [
        (case.inputs, expected(edition, holders, case, ROWS)) for case, holders in merged(batches)
    ]


def disagreements(book: Book, tried: Iterable[Filled]) -> list[str]:
    found = []
    for inputs, wanted in tried:
        results = book.calculate(inputs, wanted)
        for name, value in wanted.items():
            if not same(results[name], value):
                given = {id: cell for id, cell in inputs.items() if cell is not None}
                found.append(f"{name}: {results[name]!r}, not {value!r}, for {given}")
    return found


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", EDITIONS)
def test_every_program_gives_what_python_gives(
    shelf: Shelf, name: str, kind: str, program: str
) -> None:
    found = disagreements(shelf.book((name, "complete"), program), filled(name, kind))
    assert not found, f"{len(found)}: {found[:5]}"


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", EDITIONS)
def test_stages_stand_where_python_says(shelf: Shelf, name: str, program: str) -> None:
    edition = complete_edition(name)
    tried = [
        (case.inputs, expected(edition, stages_of(edition), case, ROWS))
        for case in cases.stages(edition)
    ]
    found = disagreements(shelf.book((name, "complete"), program), tried)
    assert not found, f"{len(found)}: {found[:5]}"


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", EDITIONS)
def test_ways_chosen_are_permitted_as_python_says(shelf: Shelf, name: str, program: str) -> None:
    edition = complete_edition(name)
    tried = [
        (case.inputs, expected(edition, chosen_of(edition), case, ROWS))
        for case in cases.chosen(edition)
    ]
    found = disagreements(shelf.book((name, "complete"), program), tried)
    assert not found, f"{len(found)}: {found[:5]}"


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", EDITIONS)
def test_carelessly_filled_projects_give_what_python_gives(
    shelf: Shelf, name: str, program: str
) -> None:
    edition = complete_edition(name)
    tried = [
        (case.inputs, expected(edition, all_of(edition), case, ROWS))
        for case in cases.projects(edition, ROWS)
    ]
    found = disagreements(shelf.book((name, "complete"), program), tried)
    assert not found, f"{len(found)}: {found[:5]}"


# That the cases are what they are meant to be -----------------------------------------------------


@pytest.mark.parametrize("name", EDITIONS)
def test_every_state_of_a_step_and_every_word_on_a_choice_is_tried(name: str) -> None:
    edition = complete_edition(name)
    shown = [expected(edition, stages_of(edition), each, ROWS) for each in cases.stages(edition)]
    states = {each[id] for each in shown for id in each if id.startswith("out_step_")}
    assert states == {"已完成", "下一步", "未办", "待填", "不适用"}
    nexts = {each[f"out_stage_{id}_next"] for each in shown for id in edition.stages if id}
    assert nexts >= {"", *(step.label for step in edition.steps.values())}
    chosen = [expected(edition, chosen_of(edition), each, ROWS) for each in cases.chosen(edition)]
    (decision,) = CHOSEN[name]
    words = f"out_{decision}_chosen_permitted"
    assert {each[words] for each in chosen} == {"准许", "不准许", "待填"}
    assert any(each[f"{words}_readings"] for each in chosen)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_amount_has_a_value_on_and_between_the_numbers_it_is_compared_with(name: str) -> None:
    edition = complete_edition(name)
    for fact in edition.facts.values():
        if fact.type is FactType.AMOUNT:
            limits = cases.cuts(edition, fact.id)
            assert limits <= set(cases.AMOUNTS[fact.id])
            classes = {
                (sum(limit < each for limit in limits), each in limits)
                for each in cases.AMOUNTS[fact.id]
            }
            assert len(classes) == 2 * len(limits) + 1


def test_cases_are_as_many_as_the_combinations_of_the_facts() -> None:
    # Article 9: four yes/no facts; article 8: one more; five amounts; each may be blank.
    edition = complete_edition("qidong-2022")
    holders, facts = next(group for group in groups_of(edition) if "total_investment" in group[1])
    assert {holder.id for holder in holders} >= {"merge_all", "merge_two", "approval_route"}
    assert len(cases.combinations(edition, holders, facts)) == 3**5 * 6
