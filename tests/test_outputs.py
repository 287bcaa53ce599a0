"""Output folders are written beside and swapped in: whatever happens, the last good one stays."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from generator.model.problems import DataProblems
from generator.outputs import add_files, recover, replace_folder, staging
from tests.support.regulation import ROOT


def folder_with(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in folder.iterdir()}


# Staging -----------------------------------------------------------------------------------------


def test_a_staging_folder_is_gone_when_the_work_is_done(tmp_path: Path) -> None:
    with staging(tmp_path) as folder:
        (folder / "page").write_text("…", "utf-8")
    assert list((tmp_path / "build").iterdir()) == []


def test_a_staging_folder_is_gone_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staging(tmp_path) as folder:
        (folder / "page").write_text("…", "utf-8")
        raise RuntimeError
    assert list((tmp_path / "build").iterdir()) == []


def test_what_is_staged_is_there_for_everybody_to_read(tmp_path: Path) -> None:
    with staging(tmp_path) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_staging_stands_on_the_disk_of_the_output(tmp_path: Path) -> None:
    with staging(tmp_path) as folder:
        assert folder.stat().st_dev == tmp_path.stat().st_dev


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    killed = (
        "import os, signal; from pathlib import Path; from generator.outputs import staging\n"
        f"with staging(Path({str(tmp_path)!r})) as folder:\n"
        "    (folder / 'half').write_text('…')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", killed], cwd=ROOT, check=False, timeout=60)
    assert len(list((tmp_path / "build").iterdir())) == 1
    with staging(tmp_path) as folder:
        assert list((tmp_path / "build").iterdir()) == [folder]


def test_what_another_run_still_uses_is_left_alone(tmp_path: Path) -> None:
    with staging(tmp_path) as first:
        (first / "page").write_text("…", "utf-8")
        with staging(tmp_path) as second:
            assert first != second
        assert (first / "page").is_file()


# Swapping ----------------------------------------------------------------------------------------


def test_a_fresh_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = folder_with(tmp_path / "site", old="旧", both="旧")
    replace_folder(folder_with(tmp_path / "fresh", new="新", both="新"), target)
    assert contents(target) == {"new": "新", "both": "新"}
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_was_not_there_is_made_with_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "site"
    replace_folder(folder_with(tmp_path / "fresh", new="新"), target)
    assert contents(target) == {"new": "新"}


def test_what_git_ignores_by_stays(tmp_path: Path) -> None:
    target = folder_with(tmp_path / "site", **{".gitignore": "*\n", "old": "旧"})
    replace_folder(folder_with(tmp_path / "fresh", new="新"), target)
    assert contents(target) == {".gitignore": "*\n", "new": "新"}


def test_a_swap_that_fails_puts_the_old_folder_back(tmp_path: Path) -> None:
    target = folder_with(tmp_path / "site", old="旧")
    with pytest.raises(FileNotFoundError):
        replace_folder(tmp_path / "never made", target)
    assert contents(target) == {"old": "旧"}
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_a_swap_cut_off_in_the_middle_is_undone_by_the_next_run(tmp_path: Path) -> None:
    target = folder_with(tmp_path / "site", old="旧")
    target.rename(tmp_path / ".site.previous")
    recover(target)
    assert contents(target) == {"old": "旧"}


def test_a_swap_cut_off_at_its_end_is_finished_by_the_next_run(tmp_path: Path) -> None:
    target = folder_with(tmp_path / "site", new="新")
    folder_with(tmp_path / ".site.previous", old="旧")
    recover(target)
    assert contents(target) == {"new": "新"}
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_recovering_where_nothing_was_ever_built_does_nothing(tmp_path: Path) -> None:
    recover(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


# Files beside others -----------------------------------------------------------------------------


def test_files_are_added_to_what_is_there(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "out", old="旧", same="同")
    add_files(folder, {"same": "同".encode(), "new": "新".encode()})
    assert contents(folder) == {"old": "旧", "same": "同", "new": "新"}


def test_no_file_is_added_where_one_would_be_replaced(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "out", old="旧")
    with pytest.raises(DataProblems):
        add_files(folder, {"new": "新".encode(), "old": "新".encode()})
    assert contents(folder) == {"old": "旧"}


def test_a_file_that_cannot_be_finished_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(part: Path, target: Path) -> Path:
        if target.name == "second":
            raise OSError
        return Path(shutil.move(part, target))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError):
        add_files(tmp_path / "out", {"first": b"1", "second": b"2"})
    assert contents(tmp_path / "out") == {"first": "1"}
