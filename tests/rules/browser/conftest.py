"""The script and the data of each edition in a blank page, as a reader's browser loads them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from generator.model.edition import Edition
from generator.rules.browser import rules_script_data
from tests.rules.browser.language import whole_language
from tests.rules.browser.projects import Project
from tests.support.browser import Browser, Visit
from tests.support.editions import EDITIONS, edition_of
from tests.support.regulation import ROOT

PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>办法</title>
<script src="rules.js"></script><script src="data.js"></script>"""
ASK = """([projects, asOf]) => JSON.stringify(
    JSON.parse(projects).map(facts => [facts, banfa.assess(banfaRules, facts, asOf)]))"""
AS_OF = date(2024, 2, 29)
"""The day on which stages are looked at: of the days of projects, some are on it, some beside."""

LANGUAGE = "language"
"""Stands for the edition that says everything."""

Answered: TypeAlias = tuple[Project, dict[str, Any]]


def write_page(folder: Path, edition: Edition) -> Path:
    """A folder with nothing but a page, the script and the data; the page."""
    folder.mkdir(exist_ok=True)
    shutil.copy(ROOT / "content" / "js" / "rules.js", folder / "rules.js")
    (folder / "data.js").write_bytes(rules_script_data(edition))
    page = folder / "index.html"
    page.write_text(PAGE, "utf-8")
    return page


class Reader:
    """A page that answers."""

    def __init__(self, edition: Edition, visit: Visit) -> None:
        self.edition = edition
        self._visit = visit

    def ask(self, projects: Sequence[Project], as_of: date = AS_OF) -> list[Answered]:
        """By project, the facts as the browser itself would save them, and what it makes of them.

        `decide` reads numbers of a saved file as decimals, so we do.
        """
        asked = [json.dumps(projects, ensure_ascii=False), as_of.isoformat()]
        answered = self._visit.page.evaluate(ASK, asked)
        assert self._visit.errors == []
        return [(facts, found) for facts, found in json.loads(answered, parse_float=Decimal)]

    def evaluate(self, script: str) -> Any:
        """What a script on the page comes to."""
        return self._visit.page.evaluate(script)


@pytest.fixture(scope="session")
def reader_of(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Reader]]:
    """The reader of an edition, opened from the disk once."""
    whole = whole_language(edition_of(EDITIONS[0]))
    with ExitStack() as stack:
        readers = {}
        for id, edition in (*((id, edition_of(id)) for id in EDITIONS), (LANGUAGE, whole)):
            page = write_page(tmp_path_factory.mktemp(id), edition)
            readers[id] = Reader(edition, stack.enter_context(browser.visit(page.as_uri())))
        yield readers.__getitem__


@pytest.fixture(params=EDITIONS)
def reader(request: pytest.FixtureRequest, reader_of: Callable[[str], Reader]) -> Reader:
    """Each of them."""
    return reader_of(request.param)
