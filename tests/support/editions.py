"""Both regulations as the tests of rules read them: loaded once, facts stated as people do."""

from __future__ import annotations

from functools import cache
from typing import Any

from generator.model.edition import Edition
from generator.model.load import load_edition
from generator.rules.answers import Answers, read_answers
from tests.support.regulation import FICTITIOUS_DATA, QIDONG

FOLDERS = {folder.name: folder for folder in (QIDONG, FICTITIOUS_DATA / "yunling-2025")}
EDITIONS = tuple(FOLDERS)


@cache
def edition_of(id: str) -> Edition:
    """An edition by its id."""
    return load_edition(FOLDERS[id], id)


def stated(edition: Edition, **facts: Any) -> Answers:
    """Answers as a person gives them; a test that gives a wrong one is itself wrong."""
    answers, problems = read_answers(edition, facts)
    assert problems == []
    return answers
