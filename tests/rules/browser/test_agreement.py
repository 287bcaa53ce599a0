"""The browser says of every project what Python says, word for word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from generator.model.edition import Edition
from generator.rules.assess import assess, to_json
from tests.rules.browser import projects as stated
from tests.rules.browser.conftest import AS_OF, LANGUAGE, Reader
from tests.rules.browser.projects import Project

BATCH = 500
PARTS = ("rules", "decisions", "deadlines", "documents", "stages", "problems")


def python_says(edition: Edition, facts: Project, as_of: date = AS_OF) -> dict[str, Any]:
    found = to_json(edition, None, assess(edition, facts), as_of)
    return {part: found[part] for part in PARTS}


def agree(reader: Reader, projects: Iterator[Project], as_of: date = AS_OF) -> int:
    """How many projects there were; fails at the first that is judged in two ways."""
    wanted = list(projects)
    for start in range(0, len(wanted), BATCH):
        for facts, found in reader.ask(wanted[start : start + BATCH], as_of):
            assert (facts, found) == (facts, python_says(reader.edition, facts, as_of))
    return len(wanted)


def test_the_examples_of_the_data(reader: Reader) -> None:
    wanted = list(stated.examples(reader.edition))
    agree(reader, iter(wanted))
    # A number is the same decimal again after the browser has read and written it.
    assert [facts for facts, _ in reader.ask(wanted)] == [
        {name: _as_decimals(value) for name, value in facts.items()} for facts in wanted
    ]


def _as_decimals(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_decimals(each) for each in value]
    return Decimal(repr(value)) if isinstance(value, float) else value


def test_every_combination_of_known_and_unknown_facts(reader: Reader) -> None:
    assert agree(reader, stated.combinations(reader.edition)) > 3000


def test_sums_at_exactly_a_share_of_an_amount(reader: Reader) -> None:
    assert agree(reader, stated.at_shares(reader.edition)) >= 120


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_stages_on_the_eve_on_the_day_and_after(days: int, reader: Reader) -> None:
    agree(reader, stated.in_stages(reader.edition), AS_OF + timedelta(days))


@pytest.mark.parametrize("as_of", [date(2000, 1, 1), date(2023, 12, 31), date(2099, 12, 31)])
def test_stages_on_any_day(as_of: date, reader: Reader) -> None:
    agree(reader, stated.random_projects(reader.edition, 100), as_of)


def test_wrong_values_of_every_kind(reader: Reader) -> None:
    agree(reader, stated.wrong_values(reader.edition))


def test_slips_of_the_pen_in_names_and_choices(reader: Reader) -> None:
    agree(reader, stated.slips(reader.edition))


def test_ends_before_their_starts(reader: Reader) -> None:
    agree(reader, stated.disordered(reader.edition))


def test_whole_projects(reader: Reader) -> None:
    agree(reader, stated.random_projects(reader.edition, 1000))


def test_whatever_the_rule_language_can_say(reader_of: Callable[[str], Reader]) -> None:
    reader = reader_of(LANGUAGE)
    agree(reader, stated.at_shares(reader.edition))
    agree(reader, stated.wrong_values(reader.edition))
    agree(reader, stated.random_projects(reader.edition, 1500, mistakes=0))
    assert agree(reader, stated.in_stages(reader.edition)) > 1000


@pytest.mark.parametrize(
    ("script", "value"),
    [("NaN", Decimal("NaN")), ("-Infinity", Decimal("-Infinity")), ("[NaN]", [Decimal("NaN")])],
)
def test_numbers_that_are_none(script: str, value: Any, reader_of: Callable[[str], Reader]) -> None:
    reader = reader_of("qidong-2022")
    for fact in reader.edition.facts:
        found = reader.evaluate(f"banfa.assess(banfaRules, {{{fact}: {script}}}, '{AS_OF}')")
        assert found == python_says(reader.edition, {fact: value})


def test_undefined_is_unknown(reader_of: Callable[[str], Reader]) -> None:
    reader = reader_of("qidong-2022")
    found = reader.evaluate("banfa.assess(banfaRules, {total_investment: undefined}, '2024-02-29')")
    assert found == python_says(reader.edition, {})
