"""What `banfa doctor` says of machines that have, or lack, what Banfa needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.doctor import (
    Finding,
    Level,
    Machine,
    Program,
    examine,
    healthy,
    missing_packages,
    report,
)

VERSIONS = {"click": "8.1.7", "packaging": "26.3"}
OFFICE = Program("LibreOffice Calc", "libreoffice-calc", lambda: False)


def machine(**differences: object) -> Machine:
    """A machine that lacks nothing, but for the differences."""
    complete: dict[str, object] = {
        "python": (3, 11, 2),
        "requirements": ("click>=8.1", 'pytest>=9; extra == "test"'),
        "version_of": VERSIONS.get,
        "programs": (),
        "writable": lambda _folder: True,
    }
    return Machine(**(complete | differences))  # type: ignore[arg-type]


def findings(root: Path, **differences: object) -> dict[str, Finding]:
    """The findings by their subject."""
    return {finding.subject: finding for finding in examine(root, machine(**differences))}


def test_a_complete_machine_is_healthy(tmp_path: Path) -> None:
    found = examine(tmp_path, machine())
    assert healthy(found)
    assert all(finding.remedy == "" for finding in found)


@pytest.mark.parametrize("version", [(3, 11, 2), (3, 12, 0), (3, 13, 9)])
def test_supported_pythons_are_fine(tmp_path: Path, version: tuple[int, int, int]) -> None:
    assert findings(tmp_path, python=version)["Python"].level is Level.FINE


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 11, 1), (3, 14, 0)])
def test_other_pythons_are_a_problem(tmp_path: Path, version: tuple[int, int, int]) -> None:
    finding = findings(tmp_path, python=version)["Python"]
    assert finding.level is Level.WRONG
    assert "3.11.2 至 3.13" in finding.state


def test_a_package_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    finding = findings(tmp_path, version_of={"packaging": "26.3"}.get)["click"]
    assert (finding.level, finding.state) == (Level.WRONG, "尚未安装")


def test_a_package_that_is_too_old_is_a_problem_that_names_what_is_needed(tmp_path: Path) -> None:
    finding = findings(tmp_path, version_of=(VERSIONS | {"click": "8.0.4"}).get)["click"]
    assert (finding.level, finding.state) == (Level.WRONG, "8.0.4，需要 >=8.1")


def test_packages_of_the_tests_are_not_asked_for(tmp_path: Path) -> None:
    assert "pytest" not in findings(tmp_path)


def test_a_folder_without_banfa_installed_is_a_problem(tmp_path: Path) -> None:
    assert findings(tmp_path, requirements=())["banfa"].level is Level.WRONG


def test_output_that_cannot_be_written_is_a_problem_in_each_folder(tmp_path: Path) -> None:
    found = findings(tmp_path, writable=lambda _folder: False)
    wrong = [subject for subject, finding in found.items() if finding.level is Level.WRONG]
    assert wrong == ["输出目录 site/", "输出目录 workbooks/", "输出目录 build/"]


def test_a_program_that_only_tests_need_leaves_the_machine_healthy(tmp_path: Path) -> None:
    found = examine(tmp_path, machine(programs=(OFFICE,)))
    assert healthy(found)
    assert found[-1].level is Level.OPTIONAL
    assert "apt-get install --no-install-recommends libreoffice-calc" in found[-1].remedy


def test_the_missing_packages_are_those_of_the_programs_not_found() -> None:
    present = Program("Chromium", "chromium", lambda: True)
    assert missing_packages([OFFICE, present]) == ["libreoffice-calc"]


def test_the_report_puts_each_remedy_below_its_finding() -> None:
    lines = report(
        [
            Finding(Level.FINE, "Python", "3.11.2"),
            Finding(Level.WRONG, "click", "尚未安装", "运行 make"),
        ]
    ).splitlines()
    assert lines == ["正常  Python：3.11.2", "问题  click：尚未安装", "      处理：运行 make"]
