"""Problems in what people wrote: where, what, what to do; collected, never one at a time."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake at one place. Lines and columns count from 1; both are 0 where a whole folder
    is meant. `source` is the line itself."""

    path: str
    line: int
    column: int
    message: str
    source: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.message}"

    def with_source(self) -> str:
        """The message, then the line with a caret under the column."""
        if not self.source.strip():
            return str(self)
        before = self.source[: self.column - 1]
        # A Chinese character is two columns wide in a terminal, so the caret moves by two.
        margin = "".join("　" if ord(character) > 0x2E7F else " " for character in before)
        return f"{self}\n    {self.source}\n    {margin}^"


class DataProblems(Exception):
    """Raised once, with everything that is wrong with a user's data."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


_REASONS = {
    errno.ENOENT: "没有这个文件或目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "这是目录，不是文件",
    errno.ENOTDIR: "这是文件，不是目录",
    errno.EEXIST: "已经有同名的文件或目录",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EADDRINUSE: "已被其他程序占用",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is one of the common reasons."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that the writer most likely meant, or None if none is near."""
    found = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return found[0] if found else None


def suggestion(word: str, candidates: Iterable[str]) -> str:
    """`，是否为 "…"？`, or nothing if no candidate is near."""
    near = nearest(word, candidates)
    return f"，是否为 “{near}”？" if near else ""
