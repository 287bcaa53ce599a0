"""The `banfa` command as people meet it: what it prints, its exit status, what it leaves behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from generator.cli import main
from generator.model.anchors import article_label
from generator.model.load import load_edition
from generator.model.schemas import json_schemas
from tests.support.regulation import DATA, FICTITIOUS_DATA, QIDONG, ROOT

BANFA = (sys.executable, "-m", "generator.cli")
EDITION = "yunling-2025"
WORKBOOKS = {"公务用车档案.xlsx", "公务用车档案（填写示例）.xlsx"}
ENGLISH = re.compile(r"Traceback|Usage:|Options:|Try '|No such|Missing|Invalid|Show this")


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def banfa(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command; whatever happens, nobody reads English or a traceback."""

    def run(*arguments: object) -> Result:
        capsys.readouterr()
        code = 0
        try:
            main([str(each) for each in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capsys.readouterr()
        assert not ENGLISH.search(printed.out + printed.err)
        return Result(code, printed.out, printed.err)

    return run


@dataclass(frozen=True)
class Project:
    """A project of its own in a scratch folder: templates, face, the fictitious regulation."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def rules(self) -> Path:
        return self.folder / "data" / EDITION / "rules.yml"

    @property
    def home(self) -> Path:
        return self.folder / "content" / "templates" / "home.md.j2"

    def outputs(self) -> Mapping[str, bytes]:
        return files(self.out, "site", "workbooks")


def files(folder: Path, *below: str) -> Mapping[str, bytes]:
    """Every file below some folders, by its path."""
    found = (file for name in below for file in (folder / name).rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def replace_in(file: Path, right: str, wrong: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(right) == 1
    file.write_text(text.replace(right, wrong), "utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The working folder is the project's."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(FICTITIOUS_DATA, folder / "data")
    monkeypatch.chdir(folder)
    return Project(folder)


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a good build leaves in its folder, made once."""
    folder = tmp_path_factory.mktemp("good")
    main(["--data", str(FICTITIOUS_DATA), "build", "--out", str(folder)])
    assert (folder / "site" / "index.html").is_file()
    return folder


@pytest.fixture
def built(project: Project, good: Path) -> Project:
    """A project that has been built."""
    shutil.copytree(good, project.out)
    return project


# check -------------------------------------------------------------------------------------------


def test_data_without_mistakes_is_said_to_be_so(banfa: Run) -> None:
    found = banfa("--data", DATA, "check")
    assert (found.code, found.err) == (0, "")
    assert found.out.endswith("\n没有问题：qidong-2022\n")


def test_what_models_each_place_of_the_text_is_a_table(banfa: Run) -> None:
    lines = banfa("--data", DATA, "check").out.splitlines()
    assert lines[:2] == [
        "〖启政办发〔2022〕63号〗条文覆盖",
        next(line for line in lines if line.split() == ["条款", "由什么建模", "尚未建模的文字"]),
    ]
    places = {line.split()[0]: line.split()[1:] for line in lines[2:] if line.startswith("第")}
    assert len(places) == 86
    assert "职责" in places["第九条第（三）项"] or "参数" in places["第九条第（三）项"]
    assert places["第一条"][0].startswith("叙述：")
    assert "条款：86 处，其中 86 处逐字覆盖。" in lines


def test_a_word_that_nothing_models_is_told_but_is_no_mistake(banfa: Run, project: Project) -> None:
    narrative = project.rules.with_name("narrative.yml")
    narrative.write_text("narrative: []\n", encoding="utf-8")
    found = banfa("check")
    assert (found.code, found.err) == (0, "")
    assert "节约公务支出，制定本办法。" in found.out
    told = json.loads(banfa("check", "--json").out)["coverage"][EDITION]
    left = {place["law"]: place["left"] for place in told["provisions"]}
    assert "".join(left["art1"]).endswith("节约公务支出，制定本办法。")
    assert told["gaps"] >= 1


def test_a_mistake_is_told_with_its_place_its_line_and_a_caret(
    banfa: Run, project: Project
) -> None:
    replace_in(project.rules, "if: quota_vacancy,", "if: quota_vacency,")
    lines = project.rules.read_text("utf-8").splitlines()
    row = next(n for n, line in enumerate(lines, 1) if "quota_vacency" in line)
    found = banfa("check")
    assert (found.code, found.out) == (1, "")
    assert found.err.splitlines() == [
        f"data/{EDITION}/rules.yml:{row}:16: 未知的事实 “quota_vacency”，是否为 “quota_vacancy”？",
        "            - {if: quota_vacency, law: art4-i1}",
        "                   ^",
        "共 1 个问题。",
    ]


def test_json_of_data_without_mistakes_is_one_document(banfa: Run, project: Project) -> None:
    found = banfa("check", "--json")
    assert (found.code, found.err) == (0, "")
    document = json.loads(found.out)
    coverage = document.pop("coverage")
    assert document == {"editions": [EDITION], "problems": []}
    assert set(coverage) == {EDITION}
    assert coverage[EDITION]["gaps"] == 0
    # 2 款 of 第二条, 第五条 and 第十二条; items of 第四条 (3 and 3), 第八条 (2), 第十二条 (2).
    assert len(coverage[EDITION]["provisions"]) == 14 + 3 + 3 + 3 + 2 + 2
    assert project.folder.is_dir()


def test_json_of_a_mistake_is_one_document_and_nothing_else(banfa: Run, project: Project) -> None:
    replace_in(project.rules, "toward: finance_bureau", "toward: finance_bureu")
    found = banfa("check", "--json")
    assert (found.code, found.err) == (1, "")
    problems = json.loads(found.out)["problems"]
    assert [set(problem) for problem in problems] == [{"path", "line", "column", "message"}]
    assert problems[0]["message"] == "未知的角色 “finance_bureu”，是否为 “finance_bureau”？"


def test_every_edition_is_checked_and_what_they_share_is_told_once(
    banfa: Run, project: Project
) -> None:
    data = project.folder / "data"
    shutil.copytree(data / EDITION, data / "yunling-2026")
    replace_in(data / "calendar" / "2025.yml", "year: 2025", "year: 二〇二五")
    replace_in(project.rules, "toward: finance_bureau", "toward: finance_bureu")
    problems = json.loads(banfa("check", "--json").out)["problems"]
    assert [problem["path"] for problem in problems] == [
        "data/calendar/2025.yml",
        f"data/{EDITION}/rules.yml",
    ]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_folder_without_any_edition_is_a_problem(
    banfa: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    found = banfa("--data", tmp_path / "nothing", "check", *options)
    assert found.code == 1
    assert "没有找到任何版本" in found.out + found.err
    if options:
        assert len(json.loads(found.out)["problems"]) == 1


def test_a_changed_word_of_the_text_is_told_where_the_source_differs(
    banfa: Run, project: Project
) -> None:
    text = project.folder / "data" / EDITION / "text" / "01.yml"
    replace_in(text, "节约公务支出，制定本办法", "节省公务支出，制定本办法")
    found = banfa("check")
    assert found.code == 1
    assert found.err.startswith(
        f"data/{EDITION}/text/01.yml:6:15: 条文与原文不符：原文为“约公务支出，制定本办法。”，"
        "条文为“省公务支出，制定本办法。”（见 source.txt 第 19 行第 30 列）。\n"
    )


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("text: 轿车；", "text: ▸小轿车；", "首字"),
        ("text: 轿车；", "text: ▸轿车", "末字"),
        (
            "label: （二）\n            key: art4-i2",
            "label: ▸（贰）\n            key: art4-i2",
            "序号",
        ),
        ("article: 第二条", "article: ▸第2条", "条号"),
    ],
)
def test_a_difference_is_told_at_the_value_that_has_it(
    banfa: Run, project: Project, right: str, wrong: str, place: str
) -> None:
    text = project.folder / "data" / EDITION / "text" / "01.yml"
    replace_in(text, right, wrong)
    before, _, after = text.read_text("utf-8").partition("▸")
    text.write_text(before + after, "utf-8")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = banfa("check").err.splitlines()
    assert found[0].startswith(f"data/{EDITION}/text/01.yml:{line}:{column}: 条文"), place
    assert found[-1] == "共 1 个问题。"


def test_a_mistake_of_the_program_is_told_with_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.json_schemas", lambda: 1 / 0)
    with pytest.raises(SystemExit) as end:
        main(["schema"])
    told = capsys.readouterr().err
    assert end.value.code == 1
    assert told.startswith("程序出错，请把下面的内容发给维护者：\nTraceback")
    assert "ZeroDivisionError" in told


def test_an_example_that_does_not_hold_is_told(banfa: Run, project: Project) -> None:
    replace_in(
        project.rules,
        "{given: {repair_estimate: 4999.99}, then: no,",
        "{given: {repair_estimate: 4999.99}, then: yes,",
    )
    found = banfa("check")
    assert found.code == 1
    assert "例子与规则不符" in found.err


# build -------------------------------------------------------------------------------------------


def test_a_build_writes_guide_and_workbooks(banfa: Run, project: Project) -> None:
    found = banfa("build", "--out", project.out)
    assert (found.code, found.out) == (0, "")
    assert (project.out / "site" / "index.html").is_file()
    assert {file.name for file in (project.out / "workbooks").iterdir()} == WORKBOOKS
    assert (project.out / "build" / "guide" / "docs" / "index.md").is_file()
    offered = (project.out / "site" / "downloads.html").read_text("utf-8")
    assert "公务用车档案（示例）（填写示例）" in offered and "内容虚构" in offered
    links = re.findall(r'href="downloads/([^"]+)"', offered)
    assert {unquote(link) for link in links} == WORKBOOKS


def test_a_build_leaves_nothing_else_behind(banfa: Run, project: Project) -> None:
    banfa("build", "--out", project.out)
    assert sorted(file.name for file in project.out.iterdir()) == ["build", "site", "workbooks"]
    assert [file.name for file in (project.out / "build").iterdir()] == ["guide"]


@pytest.mark.parametrize(
    ("only", "written"), [("guide", {"site", "build"}), ("workbooks", {"workbooks", "build"})]
)
def test_one_part_can_be_built_alone(
    banfa: Run, project: Project, only: str, written: set[str]
) -> None:
    assert banfa("build", "--only", only, "--out", project.out).code == 0
    assert {file.name for file in project.out.iterdir()} == written


def test_a_build_in_place_keeps_what_git_ignores_by(banfa: Run, project: Project) -> None:
    for name in ("site", "workbooks"):
        (project.folder / name).mkdir()
        (project.folder / name / ".gitignore").write_text("*\n")
        (project.folder / name / "old.html").write_text("旧")
    assert banfa("build").code == 0
    for name in ("site", "workbooks"):
        assert (project.folder / name / ".gitignore").read_text() == "*\n"
        assert not (project.folder / name / "old.html").exists()


def broken_data(project: Project) -> None:
    replace_in(project.rules, "if: quota_vacancy,", "if: quota_vacency,")


def broken_template(project: Project) -> None:
    project.home.write_text(project.home.read_text("utf-8") + "{% if %}", "utf-8")


def undefined_in_template(project: Project) -> None:
    project.home.write_text(project.home.read_text("utf-8") + "{{ nothing.there }}", "utf-8")


def template_in_gbk(project: Project) -> None:
    project.home.write_bytes("首页".encode("gbk"))


def broken_face(project: Project) -> None:
    with (project.folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\nnav: [\n")


def dead_link(project: Project) -> None:
    (project.folder / "content" / "pages" / "help.md").write_text(
        "# 帮助\n\n[无](no.md)\n", "utf-8"
    )


def no_theme(project: Project) -> None:
    shutil.rmtree(project.folder / "content" / "theme")


MISHAPS = [
    broken_data, broken_template, undefined_in_template, template_in_gbk, broken_face, dead_link,
    no_theme,
]  # fmt: skip


@pytest.mark.parametrize("mishap", MISHAPS, ids=lambda mishap: mishap.__name__)
def test_a_build_that_fails_leaves_the_last_good_output_byte_for_byte(
    banfa: Run, built: Project, mishap: Callable[[Project], None]
) -> None:
    before = built.outputs()
    assert before
    mishap(built)
    found = banfa("build", "--out", built.out)
    assert (found.code, found.out) == (1, "")
    assert built.outputs() == before
    assert [file.name for file in (built.out / "build").iterdir()] == ["guide"]


def test_a_mistake_in_a_template_is_told_with_its_line(banfa: Run, project: Project) -> None:
    undefined_in_template(project)
    row = len(project.home.read_text("utf-8").splitlines())
    assert (
        f"/content/templates/home.md.j2:{row}:1: 模板有误（'nothing' is undefined）。\n"
    ) in banfa("build", "--out", project.out).err


def outcome(*arguments: object, **environment: str) -> tuple[int, str, str]:
    """The command in a process of its own: status, output, errors."""
    done = subprocess.run(
        [*BANFA, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.mark.parametrize("stage", ["生成工作簿", "生成办事指南"])
def test_a_build_that_is_killed_leaves_the_last_good_output_and_the_next_one_cleans_up(
    banfa: Run, built: Project, stage: str
) -> None:
    project, before = built, built.outputs()
    assert before
    project.home.write_text(project.home.read_text("utf-8") + "\n新的一句。\n", "utf-8")
    running = subprocess.Popen(
        [*BANFA, "build", "--out", str(project.out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert running.stderr
    for line in running.stderr:
        if line.decode().startswith(stage):
            break
    os.killpg(running.pid, signal.SIGKILL)
    assert running.wait(timeout=60) == -signal.SIGKILL
    running.stderr.close()
    assert project.outputs() == before
    assert banfa("build", "--out", project.out).code == 0
    assert "新的一句。" in (project.out / "site" / "index.html").read_text("utf-8")
    assert [file.name for file in (project.out / "build").iterdir()] == ["guide"]


PLACES: list[tuple[str, dict[str, str]]] = [
    ("a", {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
    ("b", {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}),
    ("c", {"TZ": "", "LANG": "zh_CN.GBK", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0"}),
]


def test_the_same_bytes_come_out_in_any_place_time_zone_and_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for name, environment in PLACES:
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        code, out, err = outcome("--data", FICTITIOUS_DATA, "build", "--out", ".", **environment)
        assert (code, out) == (0, ""), err
        results.append(files(tmp_path / name, "site", "workbooks"))
    assert len(results[0]) > 10
    assert results[1:] == results[:1] * 2


# import ------------------------------------------------------------------------------------------

SOURCE = QIDONG / "source.txt"


def test_the_outline_of_a_text_shows_its_chapters_and_articles(banfa: Run) -> None:
    found = banfa("import", SOURCE)
    lines = [line.split() for line in found.out.splitlines()]
    assert found.code == 0
    assert ["第二章", "项目审批"] in lines
    assert ["第四条", "11", "款"] in [words[:3] for words in lines]
    assert ["第九条", "1", "款", "3", "项"] in [words[:5] for words in lines]
    assert sum(1 for words in lines if re.fullmatch("第.+条", words[0] if words else "")) == 41


@pytest.fixture
def imported(banfa: Run) -> Any:
    """What `import --json` says of the real regulation."""
    found = banfa("import", SOURCE, "--json")
    assert (found.code, found.err) == (0, "")
    return json.loads(found.out)


def test_json_of_a_text_has_the_shape_that_other_tools_rely_on(imported: Any) -> None:
    assert set(imported) == {"title", "chapters", "articles", "front", "back", "warnings"}
    assert {frozenset(each) for each in imported["chapters"]} == {
        frozenset({"label", "title", "articles"})
    }
    for article in imported["articles"]:
        assert set(article) == {"label", "chapter", "paragraphs", "refs"}
        for paragraph in article["paragraphs"]:
            assert set(paragraph) == {"text", "items"}
            assert all(set(item) == {"label", "text", "items"} for item in paragraph["items"])
        assert all(set(reference) == {"text", "targets"} for reference in article["refs"])


def test_json_of_a_text_loses_and_adds_no_character(imported: Any) -> None:
    rest = blank_free(SOURCE.read_text("utf-8"))
    rest = rest[rest.index("第一章总则") :]
    for chapter in imported["chapters"]:
        rest = removed(rest, chapter["label"] + chapter["title"])
        for label in chapter["articles"]:
            article = next(each for each in imported["articles"] if each["label"] == label)
            words = "".join(words_of(paragraph) for paragraph in article["paragraphs"])
            rest = removed(rest, article_label(label) + words)
    assert rest == blank_free("".join(imported["back"]))


def words_of(part: Any) -> str:
    """The label and the text of a 款 or an 项, and all below it."""
    return part.get("label", "") + part["text"] + "".join(map(words_of, part["items"]))


def blank_free(text: str) -> str:
    return "".join(text.split())


def removed(text: str, beginning: str) -> str:
    beginning = blank_free(beginning)
    assert text[: len(beginning)] == beginning
    return text[len(beginning) :]


def test_the_text_of_the_edition_is_what_the_importer_writes(banfa: Run, tmp_path: Path) -> None:
    assert banfa("import", SOURCE, "--to", tmp_path / "new").code == 0
    written = files(tmp_path / "new", ".")
    assert written == {**files(QIDONG, "text"), "source.txt": SOURCE.read_bytes()}


def test_importing_again_is_harmless(banfa: Run, tmp_path: Path) -> None:
    banfa("import", SOURCE, "--to", tmp_path)
    assert banfa("import", SOURCE, "--to", tmp_path).code == 0


def test_importing_never_overwrites_what_differs(banfa: Run, tmp_path: Path) -> None:
    banfa("import", SOURCE, "--to", tmp_path)
    edited = tmp_path / "text" / "02.yml"
    edited.write_text("# 手工改过\n", "utf-8")
    (tmp_path / "text" / "03.yml").unlink()
    found = banfa("import", SOURCE, "--to", tmp_path)
    assert found.code == 1
    assert f"{edited.as_posix()}:1:1: 已有内容不同的文件，未覆盖" in found.err
    assert edited.read_text("utf-8") == "# 手工改过\n"
    assert not (tmp_path / "text" / "03.yml").exists()


def unreadable(folder: Path) -> Mapping[str, tuple[Path, str]]:
    """Files that are no regulation's text, and what is said of them."""
    contents = {
        "missing": (None, "没有这个文件"),
        "empty": (b"", "文件是空的"),
        "blank": ("　\n \n".encode(), "文件是空的"),
        "binary": (bytes(range(256)) * 4, "文件不是"),
        "pdf": (b"%PDF-1.7\n", "这是 PDF 文件"),
        "docx": (b"PK\x03\x04....", "Word"),
        "prose": ("今天天气很好。\n".encode(), "没有找到条文"),
    }
    found = {"folder": (folder, "这是文件夹")}
    for name, (content, words) in contents.items():
        file = folder / f"{name}.txt"
        if content is not None:
            file.write_bytes(content)
        found[name] = (file, words)
    return found


@pytest.mark.parametrize(
    "kind", ["missing", "empty", "blank", "binary", "pdf", "docx", "prose", "folder"]
)
@pytest.mark.parametrize("options", [(), ("--json",)], ids=["outline", "json"])
def test_what_is_no_text_of_a_regulation_is_refused_with_a_reason(
    banfa: Run, tmp_path: Path, kind: str, options: tuple[str, ...]
) -> None:
    file, words = unreadable(tmp_path)[kind]
    found = banfa("import", file, *options)
    assert (found.code, found.out) == (1, "")
    assert words in found.err


# schema, doctor ----------------------------------------------------------------------------------


def test_schemas_are_written_where_one_says(banfa: Run, tmp_path: Path) -> None:
    assert banfa("schema", "--to", tmp_path / "schema").code == 0
    written = files(tmp_path, "schema")
    assert written == {f"schema/{name}": text.encode() for name, text in json_schemas().items()}


def test_schemas_go_beside_the_data_by_default(banfa: Run, project: Project) -> None:
    assert banfa("schema").err == "已写入 data/schema\n"
    assert (project.folder / "data" / "schema" / "rules.json").is_file()


def test_doctor_finds_this_machine_able_to_build(banfa: Run) -> None:
    found = banfa("doctor")
    assert found.code == 0
    assert found.out.startswith("正常  Python：")


# Wrong usage -------------------------------------------------------------------------------------

WRONG_USAGE = {
    "chek": "没有命令 “chek”，是否为 “check”？\n用 banfa --help 查看用法。\n",
    "check extra": "参数太多了。\n用 banfa check --help 查看用法。\n",
    "check --jsn": "没有选项 “--jsn”，是否为 “--json”？\n用 banfa check --help 查看用法。\n",
    "check --json=1": "选项 “--json” 后面不带值。\n用 banfa check --help 查看用法。\n",
    "check -x": "没有选项 “-x”。\n用 banfa check --help 查看用法。\n",
    "--dat x check": "没有选项 “--dat”，是否为 “--data”？\n用 banfa --help 查看用法。\n",
    "--data": "选项 “--data” 缺少值。\n用 banfa --help 查看用法。\n",
    "build --only site": (
        "选项 “--only” 应为 guide、workbooks 之一。\n用 banfa build --help 查看用法。\n"
    ),
    "serve --port abc": (
        "选项 “--port” 应为 1 至 65535 的整数。\n用 banfa serve --help 查看用法。\n"
    ),
    "serve --port 0": (
        "选项 “--port” 应为 1 至 65535 的整数。\n用 banfa serve --help 查看用法。\n"
    ),
    "serve --port": "选项 “--port” 缺少值。\n用 banfa serve --help 查看用法。\n",
    "import": "缺少参数“文件”。\n用 banfa import --help 查看用法。\n",
    "import a b": "参数太多了。\n用 banfa import --help 查看用法。\n",
}


@pytest.mark.parametrize("line", WRONG_USAGE)
def test_wrong_usage_is_told_in_chinese_with_the_way_to_help(banfa: Run, line: str) -> None:
    assert banfa(*line.split()) == Result(2, "", WRONG_USAGE[line])


def test_a_file_where_a_folder_belongs_is_wrong_usage(banfa: Run) -> None:
    found = banfa("build", "--out", ROOT / "mkdocs.yml")
    assert (found.code, found.err.splitlines()[0]) == (2, "选项 “--out” 应为目录，不能是文件。")


def test_a_command_like_no_other_is_told_with_all_there_are(banfa: Run) -> None:
    found = banfa("翻译")
    assert found.code == 2
    assert found.err.startswith("没有命令 “翻译”；可用的命令：build、check、")


def test_without_a_command_the_help_is_shown_and_nothing_else(banfa: Run) -> None:
    found = banfa()
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("用法：banfa [选项] 命令 [参数]...\n")
    assert found.err.rstrip().endswith("改动后自动重新生成。")


@pytest.mark.parametrize("command", ["", "check", "build", "serve", "import", "schema", "doctor"])
def test_help_is_in_chinese(banfa: Run, command: str) -> None:
    found = banfa(*command.split(), "--help")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith(f"用法：banfa {command}".rstrip())
    assert "显示帮助。" in found.out


def test_an_unknown_edition_is_told_with_the_nearest(banfa: Run, project: Project) -> None:
    found = banfa("build", "--edition", "yunling-2024", "--out", project.out)
    assert found.code == 1
    assert found.err.startswith(
        f"{project.folder}/data: 没有版本 “yunling-2024”，是否为 “yunling-2025”？\n"
    )


def test_the_edition_in_force_that_is_newest_is_taken_by_default(
    banfa: Run, project: Project
) -> None:
    data = project.folder / "data"
    shutil.copytree(data / EDITION, data / "later")
    replace_in(data / "later" / "edition.yml", "status: in_force", "status: not_yet")
    replace_in(data / "later" / "edition.yml", "effective: 2025-02-01", "effective: 2027-02-01")
    replace_in(data / "later" / "workbooks" / "vehicle.yml", "file: 公务用车档案", "file: 以后的")
    banfa("build", "--only", "workbooks", "--out", project.out)
    assert {file.name for file in (project.out / "workbooks").iterdir()} == WORKBOOKS


def test_a_folder_that_cannot_be_written_is_told_with_the_reason(banfa: Run) -> None:
    found = banfa("schema", "--to", "/proc/nowhere")
    assert found == Result(1, "", "读写文件失败（没有这个文件或目录）：/proc/nowhere\n")


def test_a_folder_without_permission_is_told_with_what_to_do(
    banfa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path, _files: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder / "edition.json"))

    monkeypatch.setattr("generator.cli.write_tree", refuse)
    assert banfa("schema", "--to", tmp_path) == Result(
        1,
        "",
        f"没有权限读写 {tmp_path}/edition.json（在目录 {tmp_path} 中）；"
        "请换一个目录（--out、--to），或取得写入它的权限。\n",
    )


def test_chinese_comes_out_right_in_a_locale_that_knows_none() -> None:
    code, out, err = outcome("--data", DATA, "check", LC_ALL="C", PYTHONUTF8="0")
    assert (code, err) == (0, "")
    assert out.endswith("\n没有问题：qidong-2022\n")


def test_the_installed_command_is_the_same(project: Project) -> None:
    command = Path(sys.executable).with_name("banfa")
    done = subprocess.run([command, "check"], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
    assert done.stdout.decode().endswith(f"\n没有问题：{EDITION}\n")
    assert project.folder.is_dir()


def test_a_reader_that_stops_reading_gets_no_traceback() -> None:
    done = subprocess.run(
        f"{sys.executable} -m generator.cli import {SOURCE} --json | head -c 100",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_the_edition_that_was_imported_loads(banfa: Run, tmp_path: Path) -> None:
    folder = tmp_path / "qidong-2022"
    shutil.copytree(QIDONG, folder)
    shutil.rmtree(folder / "text")
    shutil.copytree(DATA / "calendar", tmp_path / "calendar")
    banfa("import", SOURCE, "--to", folder)
    assert load_edition(folder).model_hash == load_edition(QIDONG).model_hash
