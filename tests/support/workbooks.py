"""The workbooks of both regulations as tests use them: built, opened by every program, filled.

A `complete` workbook shows every rule, paper, deadline and stage of its edition, whether a real
layout shows it or not: the Excel target is tested on all of the data.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl.utils import get_column_letter

from generator.model.edition import Deadline, Edition, FactType, Recurrence, Recurring
from generator.model.load import load_edition
from generator.workbook.desk import Filling
from generator.workbook.files import workbook_bytes
from tests.support import editions
from tests.support.cells import Input, Scalar, Value, as_sequence
from tests.support.judges import JUDGES, Place, PlacedBook, Results, named_places
from tests.support.office import Document, Office
from tests.support.papers import papers_layout

DOSSIER, VEHICLE = ("qidong-2022", "dossier"), ("yunling-2025", "vehicle")
MAIN = (DOSSIER, VEHICLE)
"""Of each regulation the workbook with blocks of every kind."""
PUBLISHED = (
    *MAIN,
    *(
        (DOSSIER[0], kind)
        for kind in editions.edition_of(DOSSIER[0]).layouts
        if (DOSSIER[0], kind) != DOSSIER
    ),
)
"""Every workbook of the regulation that is in force, and one of the fictitious regulation."""
COMPLETE = (("qidong-2022", "complete"), ("yunling-2025", "complete"))
PAPERS = (("qidong-2022", "papers"), ("yunling-2025", "papers"))
"""Forms to print, and the duties of every role."""

CHOSEN: Mapping[str, Mapping[str, Any]] = {
    "qidong-2022": {
        "approval_route": {
            "fact": "filing_form",
            "permitted_by": {"merged_two": ["merge_two"], "merged_all": ["merge_all"]},
        }
    },
    # No sense in it: a choice that either of two rules permits, one that one does, others free.
    "yunling-2025": {
        "repair_route": {
            "fact": "vehicle_type",
            "permitted_by": {
                "listed": ["review_by_finance", "review_by_centre"],
                "sedan": ["review_by_centre"],
            },
        }
    },
}
"""The ways to choose under decisions of a complete workbook."""

ROWS = 4  # of each table in a complete workbook, and enough for every example
PROGRAMS = ("ironcalc", "formualizer", "libreoffice")


@cache
def complete_edition(name: str) -> Edition:
    """An edition, with the layouts of a complete workbook and of paper forms beside its own."""
    source, edition = editions.FOLDERS[name], editions.edition_of(name)
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(source, Path(folder) / name)
        shutil.copytree(source.parent / "calendar", Path(folder) / "calendar")
        layout = json.dumps(_complete(edition), ensure_ascii=False)
        (copy / "workbooks" / "complete.yml").write_text(layout, "utf-8")
        forms = json.dumps(papers_layout(edition), ensure_ascii=False)
        (copy / "workbooks" / "papers.yml").write_text(forms, "utf-8")
        return load_edition(copy)


def _complete(edition: Edition) -> dict[str, Any]:
    rules = [rule.id for rule in edition.rules.values() if rule.each is None]
    asked = [fact.id for fact in edition.facts.values() if fact.type is not FactType.AMOUNTS]
    blocks: list[dict[str, Any]] = [
        {"block": "form", "title": "全部事实", "fields": asked},
        {
            "block": "verdict",
            "title": "全部规则",
            "shows": [*edition.decisions, *rules],
            "chosen": CHOSEN[edition.id],
        },
        {"block": "checklist", "title": "全部材料", "papers": list(edition.papers)},
        *(
            {"block": "timeline", "title": id, "deadlines": [id], "years": _years(deadline)}
            for id, deadline in edition.deadlines.items()
        ),
        {"block": "steps", "title": "全部步骤", "steps": list(edition.steps)},
    ]
    sheets: list[dict[str, Any]] = [
        {"name": "封面", "blocks": [{"block": "progress", "title": "进度"}]},
        {"name": "全部", "blocks": blocks},
    ]
    for number, table in enumerate(edition.tables, 1):
        block = {"block": "table", "title": "登记", "table": table, "rows": ROWS}
        sheets.append({"name": f"登记{number}", "blocks": [block]})
    sheets.append({"name": "校验", "blocks": _overview(edition)})
    sheets.append({"name": "条文", "blocks": [{"block": "provisions", "title": "条文"}]})
    audience = next(iter(edition.roles))
    return {"title": "全部内容", "file": "全部内容", "audience": audience, "sheets": sheets}


FINDINGS = 40  # rows of the list of what is wrong, late or still to fill


def _overview(edition: Edition) -> list[dict[str, Any]]:
    """What draws the rest together: the list of findings, a chart of each kind."""
    amounts = {
        table.id: [id for id in table.columns if edition.facts[id].type is FactType.AMOUNT]
        for table in edition.tables.values()
    }
    return [
        {"block": "findings", "title": "缺漏与错误", "rows": FINDINGS},
        {"block": "chart", "title": "各阶段", "of": "stages"},
        {"block": "chart", "title": "各项期限", "of": "deadlines"},
        *(
            {
                "block": "chart",
                "title": "登记",
                "of": "register",
                "source": table,
                "columns": columns,
            }
            for table, columns in amounts.items()
        ),
    ]


def _years(deadline: Deadline) -> int:
    """Room for the days of every example, and no more: each cell takes LibreOffice its time."""
    schedule = deadline.schedule
    yearly = isinstance(schedule, Recurring) and schedule.every is Recurrence.YEAR_END
    return 3 if yearly else 1


def write_workbook(
    path: Path, which: tuple[str, str], fillings: Mapping[str, Filling] | None = None
) -> Path:
    """A workbook (edition, kind) as a file, blank or filled."""
    name, kind = which
    path.write_bytes(workbook_bytes(complete_edition(name), kind, fillings))
    return path


# Open in every program ----------------------------------------------------------------------------


class Shelf:
    """Blank workbooks, each opened once by each program."""

    def __init__(self, folder: Path, office: Office, open_documents: ExitStack) -> None:
        self._folder, self._office, self._stack = folder, office, open_documents
        self._books: dict[tuple[tuple[str, str], str], PlacedBook] = {}

    def book(self, which: tuple[str, str], program: str) -> PlacedBook:
        """A workbook (edition, kind) in a program."""
        if (which, program) not in self._books:
            self._books[which, program] = self._open(self.path(which), program)
        return self._books[which, program]

    def path(self, which: tuple[str, str]) -> Path:
        """The blank workbook as a file."""
        path = self._folder / f"{'.'.join(which)}.xlsx"
        return path if path.exists() else write_workbook(path, which)

    def names(self, which: tuple[str, str]) -> frozenset[str]:
        """Every defined name of a workbook."""
        return frozenset(named_places(self.path(which)))

    def _open(self, path: Path, program: str) -> PlacedBook:
        if program == "libreoffice":
            return LiveBook(self._stack.enter_context(self._office.document(path)))
        return next(judge for judge in JUDGES if judge.name == program).open(path)


@contextmanager
def open_shelf(folder: Path, office: Office) -> Iterator[Shelf]:
    """A shelf whose LibreOffice documents are closed in the end."""
    with ExitStack() as stack:
        yield Shelf(folder, office, stack)


class LiveBook:
    """A LibreOffice document that stays open: only what differs from the last filling is typed."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._filled: dict[str, Sequence[Scalar]] = {}

    def calculate(self, inputs: Mapping[str, Input], names: Iterable[str] | None = None) -> Results:
        wanted = {name: as_sequence(value) for name, value in inputs.items()}
        changed: dict[str, Input] = {}
        for name in {**self._filled, **wanted}:
            before, after = self._filled.get(name, ()), wanted.get(name, ())
            # All of a column is filled at once, as fast as one cell of it.
            pairs = list(zip_longest(before, after))
            if any(_differ(*pair) for pair in pairs):
                changed[name] = [scalar for _, scalar in pairs]
        self._document.fill(changed)
        self._filled = wanted
        self._document.calculate()
        found = self._document.names() if names is None else self._document.read(names)
        return {
            name: values[0] if len(values) == 1 else tuple(values) for name, values in found.items()
        }

    def cell(self, place: Place) -> Value:
        sheet, row, column = place
        return self._document.cell_at(sheet, f"{get_column_letter(column)}{row}").value


def _differ(before: Scalar, after: Scalar) -> bool:
    """Whether another thing stands in a cell: TRUE is not 1, nor is 1.0."""
    return before != after or type(before) is not type(after)
