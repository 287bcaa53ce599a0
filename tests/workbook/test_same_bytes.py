"""The same workbook is the same bytes: in any time zone and locale, from any run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO

import pytest

from generator.workbook.files import workbook_files
from tests.support.editions import EDITIONS, FOLDERS, edition_of
from tests.support.regulation import ROOT

PRINT_HASHES = """
import hashlib, sys
from pathlib import Path
from generator.model.load import load_edition
from generator.workbook.files import workbook_files
for folder in sys.argv[1:]:
    for name, content in workbook_files(load_edition(Path(folder))).items():
        print(name, hashlib.sha256(content).hexdigest())
"""

QIDONG, FICTITIOUS = EDITIONS
# From furthest east to furthest west. What could differ is the code's doing, and all of it is in
# the first run; a second one of the large edition would only take as long again.
SURROUNDINGS: Sequence[tuple[Sequence[str], dict[str, str]]] = (
    (
        (QIDONG, FICTITIOUS),
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "LANG": "de_DE.UTF-8"},
    ),
    (
        (FICTITIOUS,),
        {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"},
    ),
)


@cache
def here(id: str) -> Mapping[str, bytes]:
    """The workbooks of an edition as this run makes them."""
    return workbook_files(edition_of(id))


def hashes(ids: Sequence[str]) -> list[str]:
    return [
        f"{name} {hashlib.sha256(content).hexdigest()}"
        for id in ids
        for name, content in here(id).items()
    ]


@pytest.mark.parametrize(
    ("ids", "surroundings"), SURROUNDINGS, ids=[each["TZ"] for _, each in SURROUNDINGS]
)
def test_elsewhere_the_bytes_are_the_same(ids: Sequence[str], surroundings: dict[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PRINT_HASHES, *(str(FOLDERS[id]) for id in ids)],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.splitlines() == hashes(ids)


@pytest.mark.parametrize("id", EDITIONS)
def test_nothing_in_the_archive_says_when_or_where_it_was_made(id: str) -> None:
    for content in here(id).values():
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert archive.testzip() is None
            entries = archive.infolist()
            core = archive.read("docProps/core.xml").decode()
        assert entries[0].filename == "[Content_Types].xml"
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in entries} == {0}
        # The day of issue stands for the day of making.
        assert core.count(f">{edition_of(id).issued.isoformat()}T00:00:00Z<") == 2
