"""LibreOffice Calc as a person uses it: opens a workbook, fills cells, reads what it computes.

    with office.document(path) as document:
        document.set("in_total_investment", 300)
        document.calculate()
        document.get("out_merge_all")

One LibreOffice serves a whole run of the tests (the fixture `office`). UNO is built for the
system's own Python only, so `office_worker.py` runs there and takes orders over its pipes.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.doctor import SYSTEM_PYTHON, office
from tests.support.cells import Error, Input, Scalar, Typed, Value, as_sequence, serial

WORKER = Path(__file__).with_name("office_worker.py")
START = 120.0  # seconds, with a profile that has to be made first
PATIENCE = 60.0  # seconds for one operation


class OfficeError(Exception):
    """LibreOffice is not there, does not answer, or refuses."""


@dataclass(frozen=True)
class Cell:
    """One cell: its value, its formula ("" if it has none), and the text that it shows."""

    value: Value
    formula: str
    shown: str


class Office:
    """A LibreOffice process; `stop()` ends it and everything it started."""

    def __init__(self) -> None:
        if office() is None:
            raise OfficeError("LibreOffice is missing: make programs")
        self._profile = tempfile.mkdtemp(prefix="banfa-office-")
        self._log = (Path(self._profile) / "worker.log").open("w+")
        self._worker = subprocess.Popen(
            [SYSTEM_PYTHON, str(WORKER), self._profile],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # so that it can be ended together with what it started
            env=_plain_environment(),
        )
        self.process_group = self._worker.pid
        self._answers: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._answer("start", START)

    def call(self, do: str, **arguments: Any) -> Any:
        """Asks for one operation; OfficeError if it fails or does not end in time."""
        assert self._worker.stdin is not None
        try:
            self._worker.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
            self._worker.stdin.flush()
        except (OSError, ValueError) as error:  # a broken pipe, or one closed by stop()
            raise OfficeError(f"{do}: LibreOffice has ended\n{self._complaints()}") from error
        return self._answer(do, PATIENCE)

    @contextmanager
    def document(self, path: Path) -> Iterator[Document]:
        """A copy of a workbook (LibreOffice puts a lock beside it), open until the block ends."""
        if self._worker.poll() is not None:
            raise OfficeError("LibreOffice has ended")
        with tempfile.TemporaryDirectory(dir=self._profile, ignore_cleanup_errors=True) as folder:
            copy = shutil.copy(path, folder)
            document = Document(self, self.call("open", path=copy))
            try:
                yield document
            finally:
                if self._worker.poll() is None:
                    self.call("close", document=document.number)

    def stop(self, patience: float = 10.0) -> None:
        """Asks LibreOffice to end, ends it if it does not, and removes its profile."""
        if self._log.closed:
            return
        assert self._worker.stdin is not None
        with suppress(BrokenPipeError):
            self._worker.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._worker.wait(patience)
        with suppress(ProcessLookupError):
            os.killpg(self.process_group, signal.SIGKILL)
        self._worker.wait()
        self._listener.join()
        self._log.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _listen(self) -> None:
        assert self._worker.stdout is not None
        with self._worker.stdout as answers:
            for line in answers:
                self._answers.put(line)
        self._answers.put("")

    def _answer(self, do: str, patience: float) -> Any:
        try:
            line = self._answers.get(timeout=patience)
        except queue.Empty:
            self.stop(patience=0)
            raise OfficeError(f"{do}: LibreOffice gave no answer for {patience:.0f} s") from None
        if not line:
            raise OfficeError(f"{do}: LibreOffice has ended\n{self._complaints()}")
        answer = json.loads(line)
        if "error" in answer:
            raise OfficeError(f"{do}: {answer['error']}")
        return answer["result"]

    def _complaints(self) -> str:
        return "" if self._log.closed else Path(self._log.name).read_text("utf-8")


class Document:
    """An open workbook. Cells are found by defined name, or by sheet and address."""

    def __init__(self, office: Office, number: int) -> None:
        self._office = office
        self.number = number

    def set(self, name: str, value: Scalar, index: int = 0) -> None:
        """Fills the cell of a name, or the one at `index` of a name's range."""
        self.put([(name, index, value)])

    def fill(self, inputs: Mapping[str, Input]) -> None:
        """Fills many names at once; a sequence goes into a range from its top."""
        self.put(
            (name, index, scalar)
            for name, value in inputs.items()
            for index, scalar in enumerate(as_sequence(value))
        )

    def put(self, cells: Iterable[tuple[str, int, Scalar]]) -> None:
        """Fills many cells at once, each by a name and its index in the name's range."""
        encoded = [[name, index, *self._encoded(value)] for name, index, value in cells]
        self._call("fill", values=encoded)

    def set_cell(self, sheet: str, address: str, value: Scalar) -> None:
        """Fills a cell by its place."""
        kind, coded = self._encoded(value)
        self._call("set_cell", sheet=sheet, address=address, kind=kind, value=coded)

    def calculate(self) -> None:
        """Computes every formula anew, whatever values the file brought along."""
        self._call("calculate")

    def get(self, name: str, index: int = 0) -> Value:
        """The value of a name's cell."""
        return self.cell(name, index).value

    def cell(self, name: str, index: int = 0) -> Cell:
        """A name's cell with its formula and the text that it shows."""
        return _cell(self._call("cell", name=name, index=index))

    def cell_at(self, sheet: str, address: str) -> Cell:
        """The cell at a place."""
        return _cell(self._call("cell_at", sheet=sheet, address=address))

    def get_range(self, name: str) -> list[Value]:
        """The values of a name's range, rows before columns."""
        return [_value(value) for value in self._call("values", name=name)]

    def read(self, names: Iterable[str]) -> dict[str, list[Value]]:
        """The values of several names."""
        found: dict[str, list[Any]] = self._call("read", names=list(names))
        return {name: [_value(value) for value in values] for name, values in found.items()}

    def names(self, prefix: str = "") -> dict[str, list[Value]]:
        """Every name of a cell or range that begins so, with the values there."""
        found: dict[str, list[Any]] = self._call("names", prefix=prefix)
        return {name: [_value(value) for value in values] for name, values in found.items()}

    def cells(self, sheet: str) -> dict[str, Cell]:
        """Every cell of a sheet that is not blank, by address."""
        found = self._call("sheet_cells", sheet=sheet)
        return {address: _cell(described) for address, described in found.items()}

    def sheets(self) -> list[str]:
        """The sheets' names, hidden ones too."""
        return list(self._call("sheets"))

    def insert_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Puts new rows before a row (the first is 1); nothing happens on a protected sheet."""
        self._call("insert_rows", sheet=sheet, row=row, count=count)

    def sort(self, name: str, index: int = 0, *, descending: bool = False) -> None:
        """Stands on a cell and presses the button that sorts; the list is found by the program."""
        self._call("sort", name=name, index=index, descending=descending)

    def filter(self, name: str, value: str) -> list[bool]:
        """Lets a list show only the rows with that text in a column (all with ""). Which rows of
        the column's name are seen then."""
        return list(self._call("filter", name=name, value=value))

    def rename_sheet(self, sheet: str, name: str) -> None:
        """Gives a sheet another name."""
        self._call("rename_sheet", sheet=sheet, name=name)

    def unprotect(self, sheet: str, password: str = "") -> bool:
        """Takes a sheet's protection off; whether the password was right."""
        return bool(self._call("unprotect", sheet=sheet, password=password))

    def null_date(self) -> date:
        """Day 0 of the document: 1899-12-30, or 1904-01-01 in the date system of 1904."""
        year, month, day = self._call("null_date")
        return date(year, month, day)

    def save(self, path: Path) -> Path:
        """Writes a copy as LibreOffice writes it: .xlsx or .pdf by the path's ending."""
        self._call("save", path=str(path.resolve()))
        return path

    def pictures(self, folder: Path, resolution: int = 80) -> list[Path]:
        """The printed pages as PNG files in a folder, in order."""
        pdf = self.save(folder / "pages.pdf")
        subprocess.run(
            ["pdftoppm", "-png", "-r", str(resolution), str(pdf), str(folder / "page")],
            check=True,
            timeout=PATIENCE,
        )
        return sorted(folder.glob("page-*.png"))

    def _call(self, do: str, **arguments: Any) -> Any:
        return self._office.call(do, document=self.number, **arguments)

    def _encoded(self, value: Scalar) -> tuple[str, float | str | None]:
        """Kind and value as the worker takes them. TRUE can only be typed."""
        if value is None:
            return "blank", None
        if isinstance(value, bool):
            return "typed", str(value).upper()
        if isinstance(value, Typed):
            return "typed", value.keys
        if isinstance(value, date):
            return "number", serial(value, self.null_date())
        if isinstance(value, int | float | Decimal):
            return "number", float(value)
        return "text", value


def _value(coded: Any) -> Value:
    return Error(coded["error"]) if isinstance(coded, dict) else coded


def _cell(described: dict[str, Any]) -> Cell:
    return Cell(_value(described["value"]), described["formula"], described["shown"])


def _plain_environment() -> dict[str, str]:
    """Nothing of the tests' own Python, which is not the one that has UNO."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8"}
