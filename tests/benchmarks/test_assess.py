"""How many projects a second Python assesses on one core.

All rules, decisions, deadlines and papers of each, without explanations; beside it, in the same
run, what writing out the same results as JSON takes. Nothing is judged: a slow machine is no
mistake.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from generator.rules.assess import Assessor, to_json
from tests.rules.browser.projects import random_projects, right_values
from tests.support.editions import EDITIONS, edition_of

PROJECTS, ROUNDS = 5000, 5
AIM = 5000
AS_OF = date(2025, 1, 1)


def seconds(work: Callable[[Any], object], projects: Sequence[Any]) -> float:
    """What the work takes for one project."""
    before = time.perf_counter()
    for project in projects:
        work(project)
    return (time.perf_counter() - before) / len(projects)


@pytest.mark.parametrize("id", EDITIONS)
def test_projects_a_second(id: str, capsys: pytest.CaptureFixture[str]) -> None:
    edition = edition_of(id)
    assess = Assessor(edition).assess
    mixed = list(random_projects(edition, PROJECTS))
    complete = {fact.id: right_values(edition, fact)[-1] for fact in edition.facts.values()}
    other = Assessor(edition).assess
    results = [to_json(edition, None, other(each), AS_OF) for each in mixed]
    first = seconds(assess, mixed)
    # In turns, so that what else the machine does falls on all of them.
    rounds = [
        (
            seconds(assess, mixed),
            seconds(assess, [complete] * PROJECTS),
            seconds(assess, [{}] * PROJECTS),
            seconds(json.dumps, results),
        )
        for _ in range(ROUNDS)
    ]
    again, whole, blank, written = (min(each) for each in zip(*rounds, strict=True))
    with capsys.disabled():
        print(
            f"\n{id}: {1 / first:,.0f} projects a second at first, {1 / again:,.0f} later"
            f" (complete ones {1 / whole:,.0f}, blank ones {1 / blank:,.0f}; aim {AIM:,});"
            f"\n  {again / written:.1f} times what json.dumps of the results takes,"
            f" {first / written:.1f} times at first"
        )
