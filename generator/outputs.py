"""Output folders: written beside, then swapped, so that the last good ones survive a failure."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from generator.model.problems import DataProblems, Problem

if sys.platform != "win32":
    import fcntl

_KEPT = ".gitignore"
_STALE_SECONDS = 3600


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A fresh folder on the output's own disk; gone afterwards, whatever happened.

    What an earlier, killed run left behind is removed when it is surely no longer in use.
    """
    build = out / "build"
    build.mkdir(parents=True, exist_ok=True)
    for left in build.glob("staging-*"):
        if _is_abandoned(left):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="staging-", dir=build))
    # mkdtemp makes it private; the guide in it is there to be read.
    folder.chmod(0o755)
    try:
        with _claimed(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if sys.platform == "win32":

    @contextmanager
    def _claimed(folder: Path) -> Iterator[None]:  # noqa: ARG001
        yield

    def _is_abandoned(folder: Path) -> bool:
        """Nothing tells whose it is but its age."""
        return time.time() - folder.stat().st_mtime > _STALE_SECONDS

else:

    @contextmanager
    def _claimed(folder: Path) -> Iterator[None]:
        """Locked for as long as this process lives; a killed one holds no lock."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _is_abandoned(folder: Path) -> bool:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(handle)
        return True


def replace_folder(fresh: Path, target: Path) -> None:
    """Put a finished folder in the place of an older one, whose .gitignore stays.

    Two renames: cut off between them, the older one is put back by `recover`.
    """
    recover(target)
    previous = _previous(target)
    if target.exists():
        kept = target / _KEPT
        if kept.is_file():
            shutil.copy2(kept, fresh / _KEPT)
        target.rename(previous)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        fresh.rename(target)
    except OSError:
        recover(target)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def recover(target: Path) -> None:
    """Put back an output folder that a killed run left under its other name."""
    previous = _previous(target)
    if previous.exists() and not target.exists():
        previous.rename(target)
    shutil.rmtree(previous, ignore_errors=True)


def _previous(target: Path) -> Path:
    return target.with_name(f".{target.name}.previous")


# Files beside others -----------------------------------------------------------------------------


def refuse_overwriting(folder: Path, files: Mapping[str, bytes]) -> None:
    """What stands there may have been edited by hand: it is never replaced silently. Raises
    DataProblems with every file that has other bytes."""
    differing = [
        Problem(
            (folder / name).as_posix(), 1, 1, "已有内容不同的文件，未覆盖；请另选目录或先移走它。"
        )
        for name, content in files.items()
        if (folder / name).is_file() and (folder / name).read_bytes() != content
    ]
    if differing:
        raise DataProblems(differing)


def add_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder that may hold others, in their order: each is there whole or not at
    all, and none is replaced. Cut off and run again, it goes on."""
    refuse_overwriting(folder, files)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        target = folder / name
        if target.is_file():
            continue
        part = folder / f".{uuid4().hex}.part"
        try:
            part.write_bytes(content)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
