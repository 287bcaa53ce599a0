"""YAML as people expect it (1.2: yes and no are words), with the place of every key and value."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from generator.model.problems import DataProblems, Problem, reason

Path_: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a document: keys and list positions from the top."""

# Python refuses to read thousands of digits; so many are no number that anybody means.
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,99})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_CONSTANTS: Mapping[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge", "value")
}
_MAXIMUM_BYTES = 4 * 1024 * 1024


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Used for its nodes and marks only: values are made by `_Reader`, not by PyYAML."""


@dataclass(frozen=True)
class Mark:
    """A place in a file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """One file's data and the marks of its keys and values."""

    path: str
    data: Any
    lines: tuple[str, ...] = ()
    keys: Mapping[Path_, Mark] = field(default_factory=dict)
    values: Mapping[Path_, Mark] = field(default_factory=dict)

    def line(self, at: Path_) -> int:
        """The line of a value."""
        return self.values[at].line

    def problem(self, at: Path_, message: str, *, on_key: bool = False) -> Problem:
        """A problem at the value (or the key) of the nearest place at or above `at`."""
        for length in range(len(at), -1, -1):
            place = at[:length]
            marks = (self.keys, self.values) if on_key else (self.values, self.keys)
            for found in (marks[0].get(place), marks[1].get(place)):
                if found:
                    return self._problem(found, message)
        return self._problem(Mark(1, 1), message)

    def _problem(self, mark: Mark, message: str) -> Problem:
        source = self.lines[mark.line - 1] if mark.line <= len(self.lines) else ""
        return Problem(self.path, mark.line, mark.column, message, source)


def read_document(file: Path, shown_as: str) -> Document:
    """Read one YAML file; DataProblems with every problem found in its bytes and its syntax."""
    return parse_document(_bytes(file, shown_as), shown_as)


def parse_document(raw: bytes, shown_as: str) -> Document:
    """The same for bytes from anywhere."""
    document, problems = parse_leniently(raw, shown_as)
    if problems:
        raise DataProblems(problems)
    return document


def parse_leniently(raw: bytes, shown_as: str) -> tuple[Document, list[Problem]]:
    """The document without the keys and values that cannot be taken (a key that stands twice), and
    what is wrong with those. Raises DataProblems where it is no YAML at all."""
    text = _decode(raw, shown_as)
    lines = tuple(text.split("\n"))
    tabs = [
        Problem(shown_as, number, len(line) - len(line.lstrip(" ")) + 1, _TAB, line)
        for number, line in enumerate(lines, 1)
        if re.match(r" *\t", line)
    ]
    if tabs:
        raise DataProblems(tabs)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise DataProblems([_syntax_problem(error, shown_as, lines)]) from None
    except (yaml.YAMLError, RecursionError):
        raise DataProblems([Problem(shown_as, 1, 1, "无法读取：不是有效的 YAML 文件。")]) from None
    finally:
        loader.dispose()
    if node is None:
        raise DataProblems([Problem(shown_as, 1, 1, "文件是空的（或只有注释），请填写内容。")])
    reader = _Reader(shown_as, lines)
    try:
        data = reader.read(node, ())
    except RecursionError:
        message = "无法读取：列表或键值嵌套得太深。"
        raise DataProblems([Problem(shown_as, 1, 1, message)]) from None
    return Document(shown_as, data, lines, reader.keys, reader.values), reader.problems


_TAB = "缩进用了制表符（Tab），YAML 不允许，请改用空格。"


def _bytes(file: Path, shown_as: str) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise DataProblems([Problem(shown_as, 1, 1, "缺少此文件。")]) from None
    except OSError as error:
        message = f"无法读取此文件：{reason(error)}。"
        raise DataProblems([Problem(shown_as, 1, 1, message)]) from None


def _decode(raw: bytes, shown_as: str) -> str:
    if len(raw) > _MAXIMUM_BYTES:
        raise DataProblems([Problem(shown_as, 1, 1, "文件超过 4 MB，不像是数据文件。")])
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = "文件是 UTF-16 编码（记事本中叫“Unicode”），请在编辑器中另存为 UTF-8。"
        raise DataProblems([Problem(shown_as, 1, 1, message)])
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig").rpartition("\n")
        line, column = before[0].count("\n") + len(before[1]) + 1, len(before[2]) + 1
        message = "文件不是 UTF-8 编码（可能是 GBK），请在编辑器中另存为 UTF-8。"
        raise DataProblems([Problem(shown_as, line, column, message)]) from None


def _syntax_problem(error: yaml.MarkedYAMLError, path: str, lines: tuple[str, ...]) -> Problem:
    mark = error.problem_mark or error.context_mark
    if (error.context or "").startswith(_OPENED):
        # What is open is only missed later on; the mistake is where it was opened.
        mark = error.context_mark or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    source = lines[line - 1] if line <= len(lines) else ""
    problem = error.problem or ""
    hint = "请检查缩进、冒号和引号"
    for words, meaning in _SYNTAX_HINTS:
        if words in problem:
            hint = meaning
    return Problem(path, line, column, f"YAML 语法错误：{hint}。", source)


_OPENED = ("while scanning a quoted scalar", "while scanning a simple key", "while parsing a flow")
_SYNTAX_HINTS = (
    ("mapping values are not allowed", "此处不能出现冒号；文字里有“: ”时请加引号"),
    ("did not find expected key", "缩进与上文不齐，或缺少冒号"),
    ("could not find expected ':'", "键后面缺少半角冒号和空格"),
    ("unexpected end of stream", "引号没有配对"),
    ("cannot start any token", "此字符不能作为开头，请给文字加引号"),
    ("alphabetic or numeric", "“*”或“&”开头的文字请加引号"),
    ("undefined alias", "“*”开头的文字请加引号"),
    ("did not find expected ',' or", "方括号或花括号没有配对，或缺少逗号"),
    ("block sequence entries are not allowed", "“- ”须另起一行"),
    ("unknown escape character", "双引号里的反斜杠有特殊含义，请改用单引号"),
    ("another document", "一个文件里只能有一份数据，请删去多余的“---”"),
)


class _Reader:
    """Turns nodes into plain values and remembers where each stood."""

    def __init__(self, path: str, lines: tuple[str, ...]) -> None:
        self.path, self.lines = path, lines
        self.keys: dict[Path_, Mark] = {}
        self.values: dict[Path_, Mark] = {}
        self.problems: list[Problem] = []
        self._seen: dict[int, Any] = {}

    def read(self, node: Any, at: Path_) -> Any:
        self.values[at] = _mark(node)
        if id(node) in self._seen:
            self._report(node, "不能用 & 和 * 引用别处，请把内容照写一遍。")
            return None
        self._seen[id(node)] = node
        if node.tag not in _PLAIN_TAGS:
            self._report(node, f"不支持标签 “{node.tag}”，请删去。")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*at, place)) for place, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: Any, at: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, "键必须是一个词；文字以花括号或方括号开头时请加引号。")
                continue
            key = str(key_node.value)
            place = (*at, key)
            if key in result:
                first = self.keys[place].line
                self._report(key_node, f"键 “{key}” 重复，第 {first} 行已经有一个。")
                continue
            self.keys[place] = _mark(key_node)
            result[key] = self.read(value_node, place)
        return result

    def _report(self, node: Any, message: str) -> None:
        mark = _mark(node)
        source = self.lines[mark.line - 1]
        self.problems.append(Problem(self.path, mark.line, mark.column, message, source))


def _mark(node: Any) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)


def _scalar(node: Any) -> Any:
    text = str(node.value)
    if node.style:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
