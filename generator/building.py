"""Build the outputs of an edition: workbooks, guide tree, site; beside first, then swapped in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

from jinja2 import TemplateError

from generator.filetree import write_tree
from generator.guide.downloads import Download
from generator.guide.editions import add_other_edition
from generator.guide.security import security_headers, server_files
from generator.guide.site import build_site
from generator.guide.tree import guide_tree
from generator.model.edition import Edition
from generator.model.problems import DataProblems, Problem
from generator.outputs import recover, replace_folder, staging
from generator.workbook.files import example_file_name, file_name, workbook_files
from generator.workbook.sheets import use_of

Report = Callable[[str], None]
PARTS = ("guide", "workbooks")
_EXAMPLE = "填写示例，内容虚构，只供参照填法，不能作为依据，不要上报"


@dataclass(frozen=True)
class Places:
    """Where things are read and written: the project's own files, and the output's folder."""

    project: Path
    out: Path

    @property
    def site(self) -> Path:
        """The finished guide."""
        return self.out / "site"

    @property
    def workbooks(self) -> Path:
        """The finished workbooks."""
        return self.out / "workbooks"

    @property
    def tree(self) -> Path:
        """The guide as plain Markdown, for any builder."""
        return self.out / "build" / "guide"

    @property
    def server(self) -> Path:
        """What a server has to send with the site, as nginx and Apache take it."""
        return self.tree / "server"


def build(
    edition: Edition,
    places: Places,
    parts: tuple[str, ...],
    report: Report,
    others: Sequence[Edition] = (),
) -> None:
    """Build the parts; nothing is replaced until all of them are finished.

    `others` are the editions that the site has beside the one it shows.
    """
    for target in (places.site, places.workbooks, places.tree):
        recover(target)
    report("生成工作簿……")
    workbooks = workbook_files(edition)
    with staging(places.out) as folder:
        swaps: list[tuple[Path, Path]] = []
        if "workbooks" in parts:
            write_tree(folder / "workbooks", workbooks)
            swaps.append((folder / "workbooks", places.workbooks))
        if "guide" in parts:
            report("生成办事指南……")
            tree = _tree(edition, workbooks, places.project / "content", others)
            site = build_site(places.project, tree, folder / "site-staging", edition.issued)
            for other in others:
                report(f"生成版本 {other.id} 的办事指南……")
                add_other_edition(site, _other(edition, other, others, places, folder), other.id)
            write_tree(folder / "tree", tree)
            server = places.server.relative_to(places.tree)
            write_tree(folder / "tree" / server, server_files(security_headers(site)))
            swaps += [(folder / "tree", places.tree), (site, places.site)]
        for fresh, target in swaps:
            replace_folder(fresh, target)
    for _, target in swaps:
        if target != places.tree:
            report(f"已写入 {target}")


def _other(
    edition: Edition, other: Edition, others: Sequence[Edition], places: Places, folder: Path
) -> Path:
    """The finished site of an edition that is not the one at the site's root."""
    beside = [edition, *(each for each in others if each is not other)]
    tree = _tree(other, workbook_files(other), places.project / "content", beside)
    return build_site(places.project, tree, folder / f"site-{other.id}", other.issued)


def _tree(
    edition: Edition,
    workbooks: Mapping[str, bytes],
    content: Path,
    others: Sequence[Edition],
) -> Mapping[str, bytes]:
    """The guide's pages; DataProblems where a template is wrong."""
    try:
        return guide_tree(edition, _downloads(edition, workbooks), content, others)
    except (TemplateError, UnicodeDecodeError) as error:
        # jinja2 makes the lines of a template look like lines of Python; the last one is it.
        frames = [f for f in extract_tb(error.__traceback__) if Path(f.filename).suffix == ".j2"]
        place, line = (Path(frames[-1].filename), frames[-1].lineno) if frames else (content, 1)
        message = f"模板有误（{error}）。"
        raise DataProblems([Problem(place.as_posix(), line or 1, 1, message)]) from None


def _downloads(edition: Edition, workbooks: Mapping[str, bytes]) -> tuple[Download, ...]:
    found: list[Download] = []
    for kind, layout in edition.layouts.items():
        published = [(file_name(layout), layout.title, use_of(edition, layout), kind)]
        if kind in edition.samples:
            title = f"{layout.title}（填写示例）"
            published.append((example_file_name(layout), title, _EXAMPLE, ""))
        found += [
            Download(name, title, what, edition.id, workbooks[name], layout=filled)
            for name, title, what, filled in published
        ]
    return tuple(found)
