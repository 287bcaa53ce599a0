"""The blank workbooks, opened once by each program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.office import Office
from tests.support.workbooks import Shelf, open_shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Iterator[Shelf]:
    with open_shelf(tmp_path_factory.mktemp("workbooks"), office) as opened:
        yield opened
