"""What this machine has and lacks for running Banfa: `banfa doctor`.

The standard library alone stands at the top, so that the examination also works where the
packages are what is missing.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

OLDEST_PYTHON = (3, 11, 2)
NEWEST_PYTHON = (3, 13)
# UNO, LibreOffice's interface, is built for the distribution's own Python and for no other.
SYSTEM_PYTHON = "/usr/bin/python3"
OUTPUT_FOLDERS = ("site", "workbooks", "build")
REINSTALL = "运行 make（Windows：pip install --require-hashes -r requirements.lock）"


class Level(Enum):
    """How much a finding matters, with the word that people read."""

    FINE = "正常"
    OPTIONAL = "可选"
    WRONG = "问题"


@dataclass(frozen=True)
class Finding:
    """One thing examined; `remedy` is empty where nothing has to be done."""

    level: Level
    subject: str
    state: str
    remedy: str = ""


@dataclass(frozen=True)
class Program:
    """Something the tests need that is no Python package, and Debian's package for it."""

    label: str
    package: str
    present: Callable[[], bool]


def office() -> Path | None:
    """LibreOffice's own folder of programs, wherever its launcher links to."""
    launcher = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(launcher).resolve().parent if launcher else None


def chromium() -> str | None:
    """The browser that the tests drive."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _has_calc() -> bool:
    folder = office()
    return folder is not None and any(folder.glob("libsclo.*"))


def _prints(*command: str) -> bool:
    """Whether the command succeeds and has something to say."""
    try:
        run = subprocess.run(command, capture_output=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return bool(run.stdout.strip())


TEST_PROGRAMS = (
    Program("LibreOffice Calc", "libreoffice-calc", _has_calc),
    Program(
        "LibreOffice 的 Python 接口（UNO）",
        "python3-uno",
        lambda: _prints(SYSTEM_PYTHON, "-c", "import uno; print(uno.__name__)"),
    ),
    Program("Chromium", "chromium", lambda: chromium() is not None),
    Program("中文字体", "fonts-noto-cjk", lambda: _prints("fc-list", ":lang=zh-cn", "family")),
    Program(
        "与 Arial 等宽的字体",
        "fonts-liberation",
        lambda: _prints("fc-list", "Liberation Sans", "family"),
    ),
    Program("pdftoppm", "poppler-utils", lambda: shutil.which("pdftoppm") is not None),
)


def installed_version(package: str) -> str | None:
    """The version of an installed distribution, or None."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def declared_requirements() -> tuple[str, ...]:
    """The packages Banfa itself says it needs; empty where Banfa is not installed."""
    try:
        return tuple(importlib.metadata.requires("banfa") or ())
    except importlib.metadata.PackageNotFoundError:
        return ()


@dataclass(frozen=True)
class Machine:
    """What is examined: the real machine by default, another one in tests."""

    python: tuple[int, int, int] = sys.version_info[:3]
    requirements: tuple[str, ...] | None = None
    version_of: Callable[[str], str | None] = installed_version
    programs: tuple[Program, ...] = TEST_PROGRAMS
    writable: Callable[[Path], bool] = lambda folder: os.access(folder, os.W_OK)


def examine(root: Path, machine: Machine | None = None) -> list[Finding]:
    """Everything that `banfa doctor` looks at, in the order shown; changes nothing.

    `root` is the folder that output is written under.
    """
    machine = machine or Machine()
    return [
        _python(machine.python),
        *_packages(machine),
        *_output(root, machine.writable),
        *_programs(machine.programs),
    ]


def healthy(findings: Iterable[Finding]) -> bool:
    """Whether Banfa can build here; what only tests need does not count."""
    return all(finding.level is not Level.WRONG for finding in findings)


def report(findings: Iterable[Finding]) -> str:
    """The findings as lines for people, remedies below what they mend."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.level.value}  {finding.subject}：{finding.state}")
        if finding.remedy:
            lines.append(f"      处理：{finding.remedy}")
    return "\n".join(lines)


def missing_packages(programs: Iterable[Program] = TEST_PROGRAMS) -> list[str]:
    """Debian's packages that the tests still need here."""
    return [program.package for program in programs if not program.present()]


def _python(version: tuple[int, int, int]) -> Finding:
    found = ".".join(map(str, version))
    if version >= OLDEST_PYTHON and version[:2] <= NEWEST_PYTHON:
        return Finding(Level.FINE, "Python", found)
    oldest, newest = (".".join(map(str, limit)) for limit in (OLDEST_PYTHON, NEWEST_PYTHON))
    state = f"{found}，需要 {oldest} 至 {newest}"
    return Finding(Level.WRONG, "Python", state, "安装合适的版本后运行 make PYTHON=解释器路径")


def _packages(machine: Machine) -> list[Finding]:
    requirements = machine.requirements
    if requirements is None:
        requirements = declared_requirements()
    if not requirements:
        return [Finding(Level.WRONG, "banfa", "尚未安装", REINSTALL)]
    if machine.version_of("packaging") is None:
        return [Finding(Level.WRONG, "packaging", "尚未安装", REINSTALL)]
    return [
        finding
        for requirement in requirements
        if (finding := _package(requirement, machine.version_of)) is not None
    ]


def _package(line: str, version_of: Callable[[str], str | None]) -> Finding | None:
    """The finding for one requirement, or None for one of an optional group."""
    from packaging.requirements import Requirement

    requirement = Requirement(line)
    if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
        return None
    version = version_of(requirement.name)
    if version is None:
        return Finding(Level.WRONG, requirement.name, "尚未安装", REINSTALL)
    if not requirement.specifier.contains(version, prereleases=True):
        state = f"{version}，需要 {requirement.specifier}"
        return Finding(Level.WRONG, requirement.name, state, REINSTALL)
    return Finding(Level.FINE, requirement.name, version)


def _output(root: Path, writable: Callable[[Path], bool]) -> list[Finding]:
    """A folder still to be made is as writable as the one that it will stand in."""
    findings = []
    for name in OUTPUT_FOLDERS:
        folder = root / name
        if writable(folder if folder.exists() else root):
            findings.append(Finding(Level.FINE, f"输出目录 {name}/", "可以写入"))
        else:
            remedy = f"取得 {folder} 的写入权限，或把项目复制到有权限的目录"
            findings.append(Finding(Level.WRONG, f"输出目录 {name}/", "不能写入", remedy))
    return findings


def _programs(programs: Iterable[Program]) -> list[Finding]:
    return [
        Finding(Level.FINE, program.label, "已安装")
        if program.present()
        else Finding(
            Level.OPTIONAL,
            program.label,
            "未找到，仅运行测试时需要",
            f"Debian：sudo apt-get install --no-install-recommends {program.package}",
        )
        for program in programs
    ]


if __name__ == "__main__":
    # `make test` installs what this prints.
    print(*missing_packages())
