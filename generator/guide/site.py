"""The finished site: mkdocs, run aside on a tree of pages, the same bytes each time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from generator.filetree import write_tree
from generator.guide.editions import add_permanent_address
from generator.guide.navigation import edition_of

TREE = Path("build") / "guide"
"""Where mkdocs.yml looks for the generated pages."""

_UNUSED = (
    "assets/javascripts/*.map",
    "assets/stylesheets/*.map",
    "assets/javascripts/workers",
    "assets/javascripts/lunr",
    "assets/images",
)
"""Parts of the theme that no page loads: maps for its makers, its search, its emblem."""
_LINES_SHOWN = 20
_BLANKS = re.compile(r"[ \t]*\n[ \t\n]*")
_KEEPS_BLANKS = re.compile(r"<(?:pre|textarea)\b")


class SiteError(Exception):
    """mkdocs refused the pages; the message is in Chinese and ends with what mkdocs said."""


def build_site(
    project_root: Path, tree: Mapping[str, bytes], staging: Path, issued: date, strict: bool = True
) -> Path:
    """Build a tree in the folder `staging` and return the site's folder in it.

    Takes mkdocs.yml and content/theme/ from the project; `issued` is the day that the site's own
    stamps bear. The edition that the tree shows has its permanent address in the site too. Raises
    SiteError.
    """
    shutil.rmtree(staging, ignore_errors=True)
    write_tree(staging / TREE, tree)
    shutil.copyfile(project_root / "mkdocs.yml", staging / "mkdocs.yml")
    theme = Path("content") / "theme"
    shutil.copytree(project_root / theme, staging / theme, dirs_exist_ok=True)
    site = staging / "site"
    _run(staging, site, issued, strict)
    for pattern in _UNUSED:
        for found in site.glob(pattern):
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink()
    for file in site.rglob("*.html"):
        _squeeze(file)
    add_permanent_address(site, edition_of(tree))
    return site


def _squeeze(file: Path) -> None:
    """Leave out the blank lines and indents that the theme's templates write between elements: a
    third of most pages, and no reader sees them but where an element keeps its blanks."""
    page = file.read_text(encoding="utf-8")
    if not _KEEPS_BLANKS.search(page):
        file.write_text(_BLANKS.sub("\n", page), encoding="utf-8", newline="\n")


def _run(staging: Path, site: Path, issued: date, strict: bool) -> None:
    # Never --quiet: it hides warnings from --strict too.
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site.resolve())]
    done = subprocess.run(
        [*command, "--strict"] if strict else command,
        cwd=staging,
        env=_environment(issued),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        last = "\n".join(done.stdout.strip().splitlines()[-_LINES_SHOWN:])
        raise SiteError(f"生成网站失败，mkdocs 的最后几行：\n{last}")


def _environment(issued: date) -> Mapping[str, str]:
    """The caller's environment with everything fixed that could change a byte."""
    noon = datetime(issued.year, issued.month, issued.day, 12, tzinfo=UTC)
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        # The theme's makers announce a successor of mkdocs on each run.
        "NO_MKDOCS_2_WARNING": "1",
    }
