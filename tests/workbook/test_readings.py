"""The readings that a workbook lists are those that bear on what it says."""

from __future__ import annotations

import pytest

from generator.workbook.readings import readings_shown
from tests.support.editions import edition_of


@pytest.mark.parametrize(
    ("edition", "kind", "ids"),
    [
        (
            "qidong-2022",
            "dossier",
            "AM01 AM03 AM05 AM07 AM11 AM13 AM15 AM17 AM20 AM26 AM35",
        ),
        # Whether all need the proof of level protection: the only one about what is handed in.
        ("qidong-2022", "acceptance_review", "AM17"),
        ("qidong-2022", "quarterly_summary", ""),
        # What repairs above 5000元 need, and when; YL03 is settled.
        ("yunling-2025", "vehicle", "YL01 YL02"),
    ],
)
def test_readings_that_bear_on_a_workbook(edition: str, kind: str, ids: str) -> None:
    known = edition_of(edition)
    shown = readings_shown(known, known.layouts[kind])
    assert [reading.id for reading in shown] == ids.split()
