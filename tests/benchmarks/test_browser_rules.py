"""How long a project takes in the browser, beside Python on the same projects. Nothing is judged:
a slow machine is no mistake."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from generator.rules.assess import assess, to_json
from tests.rules.browser.conftest import write_page
from tests.rules.browser.projects import Project, random_projects
from tests.support.browser import Browser
from tests.support.editions import EDITIONS, edition_of

PROJECTS, ROUNDS = 300, 5
TIMED = """projects => {
    const before = performance.now();
    for (const facts of projects) banfa.assess(banfaRules, facts, "2025-01-01");
    return performance.now() - before;
}"""


@pytest.mark.parametrize("id", EDITIONS)
def test_milliseconds_a_project(
    id: str, browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = edition_of(id)
    # Blank ones among them, which leave a decision the most ways.
    projects: list[Project] = [{}, *random_projects(edition, PROJECTS - 1)]
    page = write_page(tmp_path, edition)
    with browser.visit(page.as_uri()) as visit:
        # The projects go over first, so that only judging them is timed.
        visit.page.evaluate(f"window.projects = JSON.parse({json.dumps(json.dumps(projects))})")
        rounds = [visit.page.evaluate(f"({TIMED})(projects)") for _ in range(ROUNDS)]
    first, best = rounds[0] / PROJECTS, min(rounds) / PROJECTS
    before = time.perf_counter()
    for facts in projects:
        to_json(edition, None, assess(edition, facts), date(2025, 1, 1))
    python = (time.perf_counter() - before) * 1000 / PROJECTS
    with capsys.disabled():
        print(
            f"\n{id}: browser {best:.3f} ms a project ({first:.3f} at first), "
            f"Python {python:.3f} ms: {best / python:.1%} of it"
        )
