"""Both guides, built once for all tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.guide.downloads import Download
from generator.guide.site import build_site
from generator.guide.tree import guide_tree
from generator.model.edition import Edition
from generator.model.load import load_edition
from tests.support.regulation import FICTITIOUS_DATA, QIDONG, ROOT

WORKBOOK = b"PK\x03\x04 stands for a workbook"


@dataclass(frozen=True)
class Guide:
    """An edition, its tree of pages and its finished site."""

    edition: Edition
    tree: Mapping[str, bytes]
    site: Path

    @property
    def pages(self) -> list[str]:
        """Addresses of all pages, relative to the site's root; not those that stand once more at
        the edition's own address."""
        found = (file.relative_to(self.site).as_posix() for file in self.site.rglob("*.html"))
        own = (page for page in found if not page.startswith("editions/"))
        return sorted(page for page in own if page != "404.html")

    @property
    def kinds(self) -> list[str]:
        """One page of each folder and depth."""
        first = {(page.partition("/")[0], page.count("/")): page for page in reversed(self.pages)}
        return sorted(first.values())


def _guide(folder: Path, staging: Path) -> Guide:
    edition = load_edition(folder)
    download = Download("表格=1.xlsx", "项目 <档案>", "离线 | 填写", edition.id, WORKBOOK)
    tree = guide_tree(edition, (download,))
    return Guide(edition, tree, build_site(ROOT, tree, staging, edition.issued))


@pytest.fixture(scope="session")
def qidong(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """The guide to the real regulation."""
    return _guide(QIDONG, tmp_path_factory.mktemp("qidong"))


@pytest.fixture(scope="session")
def yunling(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """The guide to the fictitious one, whose data holds hostile texts."""
    return _guide(FICTITIOUS_DATA / "yunling-2025", tmp_path_factory.mktemp("yunling"))


@pytest.fixture(params=["qidong", "yunling"])
def guide(request: pytest.FixtureRequest) -> Guide:
    """Each of the two."""
    found: Guide = request.getfixturevalue(request.param)
    return found
