"""A reading that the interpreting organ has settled is doubtful nowhere any more."""

from __future__ import annotations

import io
import json
import re
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from generator.checks import checked_edition
from generator.guide.tree import guide_tree
from generator.model.edition import Edition
from generator.rules.assess import assess, explain, to_json
from generator.rules.browser import rules_data
from generator.rules.examples import holders
from generator.workbook.files import workbook_files
from tests.support.editions import edition_of
from tests.support.regulation import DATA, QIDONG

OPEN = edition_of("qidong-2022")
REPLY = "{{outcome: {}, by: {}, number: 示例〔2026〕0号, date: 2026-01-05}}"
OUTCOMES = ("reading", "alternative")


def settled(data: Path, outcome: str, ids: frozenset[str]) -> Edition:
    """The edition with these readings settled, as a maintainer writes it, and checked."""
    shutil.copytree(DATA, data)
    file = data / QIDONG.name / "readings.yml"
    reply = REPLY.format(outcome, OPEN.interpreter)
    text = re.sub(
        r"^  ([A-Z]+\d+):\n",
        lambda found: found.group() + (f"    settled: {reply}\n" if found[1] in ids else ""),
        file.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    file.write_text(text, encoding="utf-8")
    return checked_edition(data / QIDONG.name, QIDONG.name)


@pytest.fixture(scope="module", params=OUTCOMES)
def answered(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition with every reading settled, one way and the other."""
    folder = tmp_path_factory.mktemp("settled") / "data"
    return settled(folder, request.param, frozenset(OPEN.readings))


def test_the_readings_of_today_are_open() -> None:
    assert not [each for each in OPEN.readings.values() if each.settled]


def test_no_answer_is_doubtful(answered: Edition) -> None:
    day = date(2026, 1, 5)
    for holder in holders(OPEN):
        for example in holder.examples:
            assessment = assess(answered, example.given)
            told = json.dumps(to_json(answered, None, assessment, day), ensure_ascii=False)
            assert set(re.findall(r'"readings": \[(.*?)\]', told)) == {""}
            assert "存疑" not in explain(answered, assessment, day)


def test_the_browser_knows_no_other_reading(answered: Edition) -> None:
    written = json.dumps(rules_data(answered))
    assert not [id for id in OPEN.readings if f'"{id}"' in written]


def test_no_cell_of_a_workbook_names_it(answered: Edition) -> None:
    for content in workbook_files(answered).values():
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # every row that is there, whatever the sheet says of its size
            for row in sheet.iter_rows():
                for cell in row:
                    words = str(cell.value or "")
                    # AM10 is also the address of a cell: a formula says what it has in quotes.
                    quoted = re.findall(r'"[^"]*"', words)
                    said = " ".join(quoted) if words.startswith("=") else words
                    assert not [id for id in OPEN.readings if id in said], (sheet.title, words)


def test_the_guide_marks_no_doubt_but_the_reply(answered: Edition) -> None:
    pages = {
        path: content.decode()
        for path, content in guide_tree(answered).items()
        if path.endswith(".md")
    }
    mark = re.compile(r'class="doubt( |")(?!doubt--settled)')
    doubtful = [path for path, text in pages.items() if mark.search(text)]
    assert doubtful in ([], ["docs/index.md"])  # The legend of the marks.
    assert "示例〔2026〕0号" in pages["docs/readings.md"]


@pytest.mark.parametrize(("outcome", "verdict"), [("reading", "no"), ("alternative", "yes")])
def test_the_reply_decides(tmp_path: Path, outcome: str, verdict: str) -> None:
    # 总投资恰为300万元、未列入规划: 第八条第（二）项 takes it in under the other reading only.
    edition = settled(tmp_path / "data", outcome, frozenset({"AM01"}))
    found = assess(edition, {"listed_in_planning": "no", "total_investment": 300})
    assert found.rules["merge_two"].truth.word == verdict
    assert found.rules["merge_two"].readings == ()
    # The others stay open.
    less = assess(edition, {"listed_in_planning": "no", "total_investment": 200})
    assert less.rules["merge_two"].readings == ("AM03",)
