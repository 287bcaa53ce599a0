"""A workbook from anybody, made safe to open: within bounds, without declarations, never run."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from openpyxl import Workbook, load_workbook

from generator.model.problems import DataProblems, Problem

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 2_000

_CONTAINERS = {
    b"\xd0\xcf\x11\xe0": "是旧格式（.xls）或者加了密码的文件，请另存为不加密的 .xlsx。",
    b"%PDF": "是 PDF 文件，请用 .xlsx 或 YAML。",
}


def looks_packed(raw: bytes) -> bool:
    """Whether a file is a workbook of some kind, or other than text."""
    return raw.startswith(b"PK") or any(raw.startswith(start) for start in _CONTAINERS)


class Refused(Exception):
    """Why a file is not read any further, in Chinese."""


@contextmanager
def told(shown: str) -> Iterator[None]:
    """Whatever a file does to those who read it becomes a problem of that file (DataProblems)."""
    try:
        yield
    except Refused as refused:
        raise DataProblems([Problem(shown, 1, 1, str(refused))]) from None
    except DataProblems:
        raise
    except Exception:
        # Neither zipfile nor openpyxl has one error for files that are not what they say.
        raise DataProblems([Problem(shown, 1, 1, "不是完好的 .xlsx 文件，请另存一次。")]) from None


def repacked(raw: bytes) -> bytes:
    """An archive that is what it says, with the parts of this one. Raises Refused."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _parts(raw).items():
            archive.writestr(name, content)
    return packed.getvalue()


def opened(packed: bytes, *, data_only: bool) -> Workbook:
    """A repacked workbook, its cells to be read row by row; formulas, or their cached values."""
    with warnings.catch_warnings():
        # Of what it leaves out (styles, drop-downs), openpyxl warns in English.
        warnings.simplefilter("ignore")
        return load_workbook(
            io.BytesIO(packed), read_only=True, data_only=data_only, keep_links=False
        )


def _parts(raw: bytes) -> Mapping[str, bytes]:
    """The parts of an archive, within bounds whatever it says of itself."""
    for start, message in _CONTAINERS.items():
        if raw.startswith(start):
            raise Refused(message)
    if len(raw) > MOST_BYTES:
        raise Refused(f"文件超过 {MOST_BYTES // 1024**2} MB。")
    parts = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_PARTS or sum(each.file_size for each in entries) > MOST_UNPACKED:
            raise Refused("解压后过大。")
        for entry in entries:
            if entry.flag_bits & 1:
                raise Refused("加了密码，请另存为不加密的 .xlsx。")
            with archive.open(entry) as part:
                # A piece at a time: only so does a part that lies about its size stay small.
                parts[entry.filename] = b"".join(iter(partial(part.read, _PIECE), b""))
            if _declares(parts[entry.filename]):
                raise Refused("含有不应有的 XML 声明（DTD），没有打开。")
    return parts


_PIECE = 64 * 1024
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")


def _declares(content: bytes) -> bool:
    """Whether it may be XML with a DTD, whose entities can grow without bounds. (In two or four
    bytes a character, which no spreadsheet program writes, it is not looked for.)"""
    return content.startswith(_WIDE) or re.search(rb"<!\s*(DOCTYPE|ENTITY)", content) is not None
