"""The edge of the importer: a file of unknown origin → a regulation, or what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.model.problems import DataProblems, Problem
from generator.text.lines import split_lines
from generator.text.parse import parse_regulation
from generator.text.regulation import Regulation, TextWarning

MAX_BYTES = 5 * 1024 * 1024
_OTHER_FORMATS = {
    b"%PDF": " PDF ",
    b"PK\x03\x04": " Word（.docx）或压缩包",
    b"\xd0\xcf\x11\xe0": "旧版 Word（.doc）",
    b"{\\rtf": " RTF ",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def import_file(path: Path | str) -> Regulation:
    """Read and parse a text file; DataProblems, in Chinese, if it is no regulation's text."""
    place = Path(path)
    try:
        with place.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise _refusal(str(path), "这是文件夹，请指定一个文本文件") from None
    except FileNotFoundError:
        raise _refusal(str(path), "没有这个文件") from None
    except (OSError, ValueError):
        raise _refusal(str(path), "读不了这个文件，请检查文件名和读取权限") from None
    return import_bytes(data, str(path))


def import_bytes(data: bytes, name: str) -> Regulation:
    """Like `import_file`, for bytes already read; `name` is the path shown in problems."""
    if len(data) > MAX_BYTES:
        raise _refusal(name, f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像一部法规的文本")
    raw, warnings = _decode(data, name)
    if not raw.strip().strip("\ufeff"):
        raise _refusal(name, "文件是空的，没有可导入的文字")
    regulation = parse_regulation(raw)
    if not regulation.articles:
        raise _refusal(name, "没有找到条文：应有以“第一条”“第二条”等开头的段落")
    return replace(regulation, warnings=(*warnings, *regulation.warnings))


def _decode(data: bytes, name: str) -> tuple[str, tuple[TextWarning, ...]]:
    for signature, kind in _OTHER_FORMATS.items():
        if data.startswith(signature):
            raise _refusal(name, f"这是{kind}文件，请先另存为纯文本（.txt，UTF-8）")
    codecs = ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "gb18030")
    failures: dict[str, int] = {}
    for codec in codecs:
        try:
            raw = data.decode(codec)
        except UnicodeDecodeError as error:
            failures[codec] = error.start
        else:
            _refuse_controls(raw, name)
            return raw, _converted(codec)
    # The encoding that got furthest is the likely one: its first bad byte is the place to show.
    codec = max(failures, key=lambda one: failures[one])
    lines = split_lines(data[: failures[codec]].decode(codec))
    message = "文件不是文本，或编码既不是 UTF-8 也不是 GB18030"
    raise DataProblems([Problem(name, len(lines), len(lines[-1]) + 1, message)])


def _converted(codec: str) -> tuple[TextWarning, ...]:
    if codec == "utf-8-sig":
        return ()
    return (TextWarning(1, f"文件编码是 {codec.upper()}，已转换；建议另存为 UTF-8"),)


def _refuse_controls(raw: str, name: str) -> None:
    for number, line in enumerate(split_lines(raw), 1):
        for column, character in enumerate(line, 1):
            if character < " " and character not in "\t\f\v":
                message = "文件不是纯文本：含有控制字符"
                raise DataProblems([Problem(name, number, column, message)])


def _refusal(name: str, message: str) -> DataProblems:
    return DataProblems([Problem(name, 1, 1, message)])
