"""The rules of the house: what may stand where, and what must be in step with what."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from generator import doctor
from tests.support.regulation import DATA, FICTITIOUS_DATA, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EDITIONS = [
    path.parent for data in (DATA, FICTITIOUS_DATA) for path in sorted(data.glob("*/edition.yml"))
]

# --- Nothing of a regulation outside data/ ---------------------------------------------------

# What is written for people in Chinese counts a parameter's unit so.
UNITS = {
    "万元": "万",
    "元": "元",
    "month": "个月",
    "day": "[天日]",
    "working_day": "个?工作日",
    "year": "年",
    "percent": "[%％]",
}
# In these a percentage is a measure of the page.
STYLE = {".css", ".html", ".js", ".svg"}


def program_files() -> list[Path]:
    """The files that must serve any regulation: Python, templates, styles, the site's own face."""
    folders = (ROOT / "generator", ROOT / "content")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    files = [path for path in files if "__pycache__" not in path.parts]
    return [*sorted(files), *ROOT.glob("mkdocs.yml")]


def read(path: Path) -> str:
    """The text of a file; a picture's is no text, and has no words."""
    return path.read_bytes().decode("utf-8", "ignore")


def data(edition: Path, name: str) -> Mapping[str, Any]:
    """One file of an edition, every value a text; nothing if the edition has no such file."""
    path = edition / name
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader) if path.is_file() else {}


def words(edition: Path) -> set[str]:
    """The words by which one knows this regulation: titles, numbers of documents, organs."""
    about = data(edition, "edition.yml")
    found = {about[key] for key in ("title", "short_title", "number", "issuer") if key in about}
    found |= {repealed["number"] for repealed in about.get("repeals", ())}
    for role in data(edition, "roles.yml").get("roles", {}).values():
        found |= {role["label"], role.get("short", ""), *role.get("aliases", ())}
    # A shorter word is a word of the language.
    return {word for word in found if len(word) > 3}


def amounts(edition: Path) -> dict[str, str]:
    """Patterns of each parameter's value with its unit, and as the regulation puts it, by id."""
    found = {}
    for key, parameter in data(edition, "parameters.yml").get("parameters", {}).items():
        value = rf"(?<![\d.]){re.escape(parameter['value'])}\s*{UNITS.get(parameter['unit'], '')}"
        quoted = re.escape(parameter["quote"])
        found[key] = quoted if parameter["unit"] not in UNITS else f"{value}|{quoted}"
    return found


def ids(edition: Path) -> set[str]:
    """Ids of the edition's own facts, rules, dates and papers that are no ordinary words."""
    found: set[str] = set()
    for name in ("facts", "parameters", "rules", "deadlines", "documents", "roles", "stages"):
        for section in data(edition, f"{name}.yml").values():
            found |= set(section) if isinstance(section, dict) else set()
    return {key for key in found if "_" in key}


def texts_in_code(path: Path) -> Iterator[str]:
    """The texts that a Python file works with: its literals without the docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    explanations = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in explanations
        ):
            yield node.value


def test_there_is_more_than_one_regulation_to_look_for() -> None:
    assert len(EDITIONS) >= 2


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_no_word_of_a_regulation_stands_in_the_program(edition: Path) -> None:
    known = words(edition)
    assert known
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in program_files()
        for word in known
        if word in read(path)
    ]
    assert found == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_no_number_of_a_regulation_stands_in_the_program(edition: Path) -> None:
    known = amounts(edition)
    assert known
    found = [
        f"{path.relative_to(ROOT)}: {key}"
        for path in program_files()
        if path.suffix not in STYLE
        for text in (texts_in_code(path) if path.suffix == ".py" else [read(path)])
        for key, pattern in known.items()
        if re.search(pattern, text)
    ]
    assert found == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_no_id_of_a_regulation_is_known_to_the_code(edition: Path) -> None:
    known = ids(edition)
    found = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in program_files()
        if path.suffix == ".py"
        for text in texts_in_code(path)
        if text in known or re.fullmatch(r"art\d+(-\w+)*", text)
    ]
    assert found == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_no_id_of_a_regulation_stands_in_templates_and_pages(edition: Path) -> None:
    known = ids(edition)
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in program_files()
        if path.suffix != ".py"
        for word in re.findall(r"[A-Za-z][\w-]*", read(path))
        if word in known or re.fullmatch(r"(law_)?art\d+(-\w+)*", word)
    ]
    assert found == []


# --- Locks -----------------------------------------------------------------------------------


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Each package of a lock with its version and the number of its hashes."""
    text = (ROOT / name).read_text("utf-8")
    entries = re.findall(r"^([a-z0-9-]+)==(\S+)((?:[^\n]*\\\n.*)+)", text, re.M)
    return {package: (version, rest.count("--hash=sha256:")) for package, version, rest in entries}


def required(*groups: str) -> list[Requirement]:
    """What pyproject.toml asks for, with the named optional groups."""
    optional = PROJECT["optional-dependencies"]
    lines = PROJECT["dependencies"] + [line for group in groups for line in optional[group]]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("requirements.lock", ["build"]), ("requirements-test.lock", ["build", "test"])],
)
def test_the_lock_pins_what_the_project_asks_for(lock: str, groups: list[str]) -> None:
    pinned = locked(lock)
    for requirement in required(*groups):
        version, _ = pinned[requirement.name]
        assert requirement.specifier.contains(version), requirement


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_everything_locked_has_a_hash(lock: str) -> None:
    pinned = locked(lock)
    assert len(pinned) == len(re.findall(r"^[a-z0-9]", (ROOT / lock).read_text("utf-8"), re.M))
    assert [package for package, (_, hashes) in pinned.items() if hashes == 0] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_names_no_registry_and_no_folder(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"https?:|index-url|find-links|file:|(?<=\s)/\w+", text) == []


def test_tests_run_with_the_versions_that_people_get() -> None:
    runtime, tests = locked("requirements.lock"), locked("requirements-test.lock")
    assert {package: tests.get(package) for package in runtime} == runtime


def test_the_doctor_knows_the_pythons_that_the_project_supports() -> None:
    oldest = ".".join(map(str, doctor.OLDEST_PYTHON))
    major, minor = doctor.NEWEST_PYTHON
    assert PROJECT["requires-python"] == f">={oldest},<{major}.{minor + 1}"


# --- Modules ---------------------------------------------------------------------------------

MODULES = sorted(
    path.relative_to(ROOT)
    for folder in ("generator", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if path.stat().st_size
)
SUPPORT = sorted(path.stem for path in (ROOT / "tests" / "support").glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_says_in_its_first_line_what_it_is_for(path: Path) -> None:
    explanation = ast.get_docstring(ast.parse((ROOT / path).read_text("utf-8")))
    assert explanation
    assert explanation.splitlines()[0].rstrip().endswith((".", ":", "?", ";", ","))


@pytest.mark.parametrize("name", SUPPORT)
def test_every_tool_of_the_tests_can_be_imported(name: str) -> None:
    importlib.import_module(f"tests.support.{name}")


# --- Documents -------------------------------------------------------------------------------

READMES = ("README.md", "README.zh-CN.md")
MADE = {"build"}


def folders(parent: Path) -> list[str]:
    """The folders that belong to the project, not to tools or to a build."""
    return sorted(
        path.name
        for path in parent.iterdir()
        if path.is_dir() and path.name not in MADE and not path.name.startswith((".", "__"))
        if not path.name.endswith(".egg-info")
    )


def test_the_map_of_the_house_names_every_folder_and_part() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    parts = [*folders(ROOT), *folders(ROOT / "generator")]
    assert [name for name in parts if not re.search(rf"(?<!\w){name}/", text)] == []


def outline(text: str) -> dict[str, list[str]]:
    """What twins must share: levels of headings, commands without their comments, pictures."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    prose = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.M | re.S)
    commands = [line.partition(" #")[0].rstrip() for block in blocks for line in block.splitlines()]
    return {
        "headings": re.findall(r"^(#+) ", prose, re.M),
        "commands": [line for line in commands if line and not line.startswith("#")],
        "pictures": re.findall(r"!\[[^\]]*\]\(([^)\s]+)", prose),
    }


def test_the_two_readmes_are_twins() -> None:
    english, chinese = (outline((ROOT / name).read_text("utf-8")) for name in READMES)
    assert english == chinese
    assert all(english.values())


@pytest.mark.parametrize("name", READMES)
def test_pictures_and_files_that_a_readme_shows_are_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    targets = re.findall(r"\]\((?!\w+:|#)([^)\s#]+)", text)
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize(("name", "twin"), [READMES, READMES[::-1]])
def test_each_readme_leads_to_the_other(name: str, twin: str) -> None:
    assert f"({twin})" in (ROOT / name).read_text("utf-8")
