"""What the whole run of the tests shares: LibreOffice, the browser, and no skipping."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import hypothesis
import pytest

from tests.support.browser import Browser, running_browser
from tests.support.office import Office
from tests.support.workbooks import Shelf, open_shelf

# The same examples each time: a red run can be run again.
hypothesis.settings.register_profile("banfa", deadline=None, derandomize=True)
hypothesis.settings.load_profile("banfa")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that cannot run has failed: nothing is left out in silence."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which counts as failed here: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """LibreOffice, started once."""
    running = Office()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Iterator[Shelf]:
    """The blank workbooks, opened once by each program."""
    with open_shelf(tmp_path_factory.mktemp("workbooks"), office) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with running_browser() as running:
        yield running
