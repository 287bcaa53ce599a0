"""Facts of projects as people hand them in: YAML or JSON, one mapping or a list of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.model.problems import DataProblems, Problem, reason
from generator.model.yaml_source import Document, parse_document

Project = tuple[str | None, Mapping[str, Any]]
"""A project's id, if it has one, and its facts as written."""

_ENTRY_KEYS = {"id", "facts"}


def read_projects(file: Path) -> list[Project]:
    """One mapping of facts, one {id, facts}, or a list of these; `-` is standard input.

    Raises DataProblems where the file cannot be read or is neither.
    """
    shown = "标准输入" if str(file) == "-" else file.as_posix()
    raw = _bytes(file, shown)
    document = _read(raw, shown)
    data = document.data
    if isinstance(data, dict) and _is_entry(data):
        data = [data]
    if isinstance(data, dict):
        return [(None, data)]
    if not isinstance(data, list):
        raise DataProblems(
            [document.problem((), "应为一组事实（键: 值），或 {id, facts} 的列表。")]
        )
    wrong = [place for place, entry in enumerate(data) if not _is_entry(entry)]
    if wrong:
        marked = _marked(raw, document)
        message = "列表的每一项应为 {id: 项目标识, facts: {事实: 值}}。"
        raise DataProblems([marked.problem((place,), message) for place in wrong])
    return [(_id(entry.get("id")), entry["facts"]) for entry in data]


def _is_entry(written: Any) -> bool:
    """Whether this is {id, facts}: no fact is a mapping, so it is no fact named `facts`."""
    return (
        isinstance(written, dict)
        and set(written) <= _ENTRY_KEYS
        and isinstance(written.get("facts"), dict)
    )


def _id(written: Any) -> str | None:
    return None if written is None else str(written)


def _bytes(file: Path, shown: str) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataProblems([Problem(shown, 1, 1, f"无法读取此文件：{reason(error)}。")]) from None


def _read(raw: bytes, shown: str) -> Document:
    """JSON where it is JSON (tabs are fine there, and 1e3 is a number), else YAML."""
    try:
        text = raw.decode("utf-8-sig")
        data = json.loads(text, parse_float=Decimal, object_pairs_hook=_without_repeats)
    except (ValueError, ArithmeticError, RecursionError):
        return parse_document(raw, shown)
    return Document(shown, data)


def _marked(raw: bytes, document: Document) -> Document:
    """With lines, which only the YAML reader knows; it reads JSON too, but for tabs."""
    try:
        return parse_document(raw, document.path)
    except DataProblems:
        return document


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where a key stands twice: the YAML reader says where."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found
