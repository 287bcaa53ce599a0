"""The written tree needs no program of ours: MkDocs and its fork build it, with the same result."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.filetree import write_tree
from tests.guide.conftest import Guide
from tests.guide.html_page import read_page
from tests.support.regulation import ROOT


def built(builder: str, guide: Guide, folder: Path) -> Path:
    """The site that a builder makes of the tree alone, with everything doubtful an error."""
    write_tree(folder / "build" / "guide", guide.tree)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "content" / "theme", folder / "content" / "theme")
    done = subprocess.run(
        [sys.executable, "-m", builder, "build", "--strict", "-f", "mkdocs.yml"],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    return folder / "site"


def places(site: Path) -> dict[str, list[str]]:
    """The pages of a site with their anchors, in order; what the editions repeat is left out."""
    return {
        name: [each.id for each in read_page(file).of() if each.id]
        for file in sorted(site.rglob("*.html"))
        if not (name := file.relative_to(site).as_posix()).startswith("editions/")
    }


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_a_builder_makes_the_same_pages_and_anchors(
    builder: str, guide: Guide, tmp_path: Path
) -> None:
    site = built(builder, guide, tmp_path)
    found, expected = places(site), places(guide.site)
    assert found == expected
    assert len(found) == len(guide.pages) + 1  # The page for wrong addresses.
    for name in guide.kinds:
        (ours,), (theirs,) = (read_page(each / name).of("article") for each in (guide.site, site))
        assert "".join(theirs.words().split()) == "".join(ours.words().split()), name
    others = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    assert {
        path.removeprefix("docs/") for path in guide.tree if not path.endswith((".md", ".yml"))
    } <= others


def test_nothing_but_the_theme_and_settings_stands_beside_the_tree() -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "hooks:" not in settings and "plugins: []" in settings
    assert not [file for file in (ROOT / "content" / "theme").rglob("*") if file.suffix == ".py"]
