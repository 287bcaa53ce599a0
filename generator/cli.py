"""The `banfa` command. Exit status: 0 all well, 1 data or a file has problems, 2 wrong usage."""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator import doctor
from generator.building import PARTS, Places, build
from generator.checks import checked_edition, edition_to_decide_by
from generator.chinese_click import ChineseCommand, ChineseGroup, usage_message
from generator.coverage import coverage_json, coverage_table
from generator.filetree import write_tree
from generator.guide.site import SiteError
from generator.issuing.copies import copies, files_of, list_name
from generator.issuing.previous import read_previous, workbooks_in
from generator.issuing.roster import Line, read_lines
from generator.model.coverage import coverage
from generator.model.edition import Edition
from generator.model.load import choose_edition, edition_ids
from generator.model.problems import DataProblems, Problem, reason, suggestion
from generator.model.schemas import json_schemas
from generator.outputs import add_files, refuse_overwriting
from generator.projects import read_projects
from generator.rules.assess import assess, explain
from generator.rules.assess import to_json as to_json_of
from generator.serving import PortError
from generator.serving import serve as serve_site
from generator.text.as_json import to_json
from generator.text.as_yaml import to_yaml_files
from generator.text.importer import import_file
from generator.text.outline import outline


@dataclass(frozen=True)
class Options:
    """What all commands share."""

    project: Path
    data: Path

    def shown(self, path: Path) -> str:
        """A path as problems name it: from the working folder if it lies there."""
        try:
            return path.resolve().relative_to(Path.cwd()).as_posix()
        except ValueError:
            return path.as_posix()

    def edition(self, wanted: str | None) -> Edition:
        """The edition asked for, loaded and checked."""
        return self._chosen(wanted, checked_edition)

    def edition_to_decide_by(self, wanted: str | None) -> Edition:
        """The edition asked for, without a look at its workbooks."""
        return self._chosen(wanted, edition_to_decide_by)

    def others(self, shown: Edition) -> tuple[Edition, ...]:
        """The editions beside one; those with problems are left out, and that is told."""
        found = []
        for id in edition_ids(self.data):
            try:
                if id != shown.id:
                    found.append(self.edition(id))
            except DataProblems as error:
                count = len(error.problems)
                _progress(
                    f"版本 {id} 有 {count} 个问题，没有生成它的办事指南；请运行 banfa check。"
                )
        return tuple(found)

    def _chosen(self, wanted: str | None, load: Callable[[Path, str], Edition]) -> Edition:
        folder = self.data / choose_edition(self.data, wanted)
        return load(folder, self.shown(folder))


def _project_root() -> Path:
    """The folder with mkdocs.yml and content/: the working folder or one above it, else ours."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "content").is_dir():
            return folder
    return Path(__file__).resolve().parents[1]


def _progress(message: str) -> None:
    click.echo(message, err=True)


_EDITION = click.option("--edition", metavar="版本", help="版本标识，默认为现行有效的最新版本。")
_JSON = click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 文档。")
_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    help="输出到此目录下的 site/ 和 workbooks/，默认为项目目录。",
)


@click.group(cls=ChineseGroup)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    help="数据目录，默认为项目的 data/。",
)
@click.pass_context
def banfa(context: click.Context, data: Path | None) -> None:
    """把一份办法写成数据，生成办事指南、工作簿和台账。"""
    project = _project_root()
    context.obj = Options(project, data or project / "data")


@banfa.command(cls=ChineseCommand)
@_JSON
@click.pass_obj
def check(options: Options, as_json: bool) -> None:
    """检查全部数据，列出每一个问题；没有问题的，列出条文覆盖情况。"""
    ids = edition_ids(options.data)
    checked = {id: _checked(options, id) for id in ids or (None,)}
    # Editions share the calendar, whose problems would be told for each of them.
    problems = sorted({problem for _, found in checked.values() for problem in found})
    covered = [(edition, coverage(edition)) for edition, _ in checked.values() if edition]
    if as_json:
        found = [
            {"path": p.path, "line": p.line, "column": p.column, "message": p.message}
            for p in problems
        ]
        tables = {edition.id: coverage_json(edition, each) for edition, each in covered}
        document = {"editions": list(ids), "problems": found, "coverage": tables}
        click.echo(json.dumps(document, ensure_ascii=False))
        sys.exit(1 if problems else 0)
    if problems:
        raise DataProblems(problems)
    for edition, each in covered:
        click.echo(coverage_table(edition, each) + "\n")
    click.echo(f"没有问题：{'、'.join(ids)}")


def _checked(options: Options, id: str | None) -> tuple[Edition | None, Sequence[Problem]]:
    """An edition without problems, or its problems."""
    try:
        return options.edition(id), ()
    except DataProblems as error:
        return None, error.problems


@banfa.command("build", cls=ChineseCommand)
@_EDITION
@_OUT
@click.option("--only", type=click.Choice(PARTS), help="只生成其中一种。")
@click.pass_obj
def build_command(
    options: Options, edition: str | None, out: Path | None, only: str | None
) -> None:
    """生成 site/（办事指南）和 workbooks/（工作簿）。"""
    places = Places(options.project, out or options.project)
    parts = (only,) if only else PARTS
    shown = options.edition(edition)
    build(shown, places, parts, _progress, options.others(shown))


@banfa.command(cls=ChineseCommand)
@_EDITION
@_OUT
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="端口，默认 8000。")
@click.pass_obj
def serve(options: Options, edition: str | None, out: Path | None, port: int) -> None:
    """生成并在本机预览，改动后自动重新生成。"""
    places = Places(options.project, out or options.project)

    def rebuild() -> None:
        shown = options.edition(edition)
        build(shown, places, PARTS, _progress, options.others(shown))

    def build_first() -> None:
        rebuild()
        _progress(f"预览：http://127.0.0.1:{port}/ （按 Ctrl+C 结束）")

    def rebuild_or_tell() -> None:
        try:
            rebuild()
        except _TOLD as error:
            _tell(error)

    watched = (options.data, options.project / "content", options.project / "mkdocs.yml")
    serve_site(places.site, watched, port, build_first, rebuild_or_tell)


@banfa.command("import", cls=ChineseCommand)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@_JSON
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    help="写入此版本目录下的 text/ 和 source.txt。",
)
def import_command(file: Path, as_json: bool, to: Path | None) -> None:
    """读入办法原文，还原为章、条、款、项。"""
    regulation = import_file(file)
    if to:
        files = {name: text.encode() for name, text in to_yaml_files(regulation).items()}
        refuse_overwriting(to, {**files, "source.txt": file.read_bytes()})
        write_tree(to, {**files, "source.txt": file.read_bytes()})
        _progress(f"已写入 {to}（{len(files)} 个条文文件）")
    if as_json:
        click.echo(json.dumps(to_json(regulation), ensure_ascii=False))
    elif to is None:
        click.echo(outline(regulation))
    if not as_json:
        for warning in regulation.warnings:
            _progress(f"{file}:{warning.line}: {warning.message}")


@banfa.command(cls=ChineseCommand)
@click.argument("kind", metavar="工作簿")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="名单",
    help="YAML 或 .xlsx：每份一行，写明领用单位和已知的项目情况。",
)
@click.option(
    "--from",
    "returned",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="文件",
    help="接着交回的工作簿发放，带入其中已填的内容；可写多次，也可以是目录。",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="目录",
    help="写入此目录；已有的文件不覆盖。",
)
@_EDITION
@click.option("--issued", metavar="日期", help="领用日期，写作 2024-06-30，默认为今天。")
@_JSON
@click.pass_obj
def issue(
    options: Options,
    kind: str,
    roster: Path | None,
    returned: tuple[Path, ...],
    to: Path,
    edition: str | None,
    issued: str | None,
    as_json: bool,
) -> None:
    """按名单、或者接着交回的工作簿发放：逐份编号，预填已知的内容，另附发放清单。"""
    day = _day(issued, "--issued")
    model = options.edition(edition)
    if kind not in model.layouts:
        hint = suggestion(kind, model.layouts) or f"；可用的工作簿：{'、'.join(model.layouts)}。"
        raise click.UsageError(f"没有工作簿 “{kind}”{hint}", click.get_current_context())
    if (roster is None) == (not returned):
        message = "请写明按名单发放（--roster），还是接着交回的工作簿发放（--from），只写一种。"
        raise click.UsageError(message, click.get_current_context())
    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()
    if roster:
        lines = read_lines(roster, model, kind)
    else:
        lines, remarks = read_previous(workbooks_in(returned), model, kind)
    made = copies(model, kind, lines, day, _progress)
    add_files(to, files_of(model, kind, made, day))
    if as_json:
        click.echo(json.dumps([copy.as_json() for copy in made], ensure_ascii=False))
    else:
        for copy in made:
            click.echo(f"{copy.issue_id}  {copy.recipient}  {copy.file_name}")
    for remark in remarks:
        _progress(remark)
    _progress(f"已写入 {to}（{len(made)} 份，清单：{list_name(model, kind, day)}）")


@banfa.command(cls=ChineseCommand)
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    help="写入此目录，默认为数据目录下的 schema/。",
)
@click.pass_obj
def schema(options: Options, to: Path | None) -> None:
    """写出数据文件的 JSON Schema，供编辑器补全和检查。"""
    folder = to or options.data / "schema"
    write_tree(folder, {name: text.encode() for name, text in json_schemas().items()})
    _progress(f"已写入 {options.shown(folder)}")


@banfa.command("doctor", cls=ChineseCommand)
@click.pass_obj
def doctor_command(options: Options) -> None:
    """检查本机已装什么、缺什么。"""
    findings = doctor.examine(options.project)
    click.echo(doctor.report(findings))
    sys.exit(0 if doctor.healthy(findings) else 1)


@banfa.command(cls=ChineseCommand)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, allow_dash=True))
@_EDITION
@_JSON
@click.option("--as-of", metavar="日期", help="按哪一天计算，写作 2024-06-30，默认为今天。")
@click.pass_obj
def decide(
    options: Options, file: Path, edition: str | None, as_json: bool, as_of: str | None
) -> None:
    """按所知的事实判定：结论、理由、还缺什么、期限、材料（文件为 - 时读标准输入）。"""
    day = _day(as_of, "--as-of")
    projects = read_projects(file)
    model = options.edition_to_decide_by(edition)
    assessed = [(id, assess(model, facts)) for id, facts in projects]
    if as_json:
        found = [to_json_of(model, id, each, day) for id, each in assessed]
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for id, each in assessed:
            heading = f"〖{id}〗\n\n" if id else ""
            click.echo(heading + explain(model, each, day) + "\n")
    sys.exit(1 if any(each.problems for _, each in assessed) else 0)


def _day(written: str | None, option: str) -> date:
    if written is None:
        return date.today()
    try:
        # 20240630 and 2024-W26-7 are ISO dates too, but not as people here write them.
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            raise ValueError(written)
        return date.fromisoformat(written)
    except ValueError:
        raise click.UsageError(
            f"选项 “{option}” 应为日期，写作 2024-06-30，现为 “{written}”。",
            click.get_current_context(),
        ) from None


_TOLD = (DataProblems, SiteError, PortError, OSError)
"""What can go wrong without a mistake in the program."""


def _tell(error: Exception) -> None:
    if isinstance(error, DataProblems):
        for problem in error.problems:
            click.echo(problem.with_source(), err=True)
        click.echo(f"共 {len(error.problems)} 个问题。", err=True)
    elif isinstance(error, PermissionError) and error.filename:
        folder = Path(str(error.filename)).resolve().parent
        advice = "请换一个目录（--out、--to），或取得写入它的权限。"
        click.echo(f"没有权限读写 {error.filename}（在目录 {folder} 中）；{advice}", err=True)
    elif isinstance(error, OSError):
        where = f"：{error.filename}" if error.filename else ""
        click.echo(f"读写文件失败（{reason(error)}）{where}", err=True)
    else:
        click.echo(str(error), err=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; problems of the user's are told in Chinese, never as a traceback."""
    _use_utf8()
    run: Callable[..., Any] = banfa.main
    try:
        words = list(arguments) if arguments is not None else None
        run(args=words, prog_name="banfa", standalone_mode=False)
    except click.UsageError as error:
        click.echo(usage_message(error), err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("已中断。", err=True)
        sys.exit(130)
    except _TOLD as error:
        _tell(error)
        sys.exit(1)
    except Exception:
        click.echo(f"程序出错，请把下面的内容发给维护者：\n{traceback.format_exc()}", err=True)
        sys.exit(1)


def _use_utf8() -> None:
    """Chinese comes out right whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
