"""The JSON Schemas that editors complete from are those of the model, and the data keeps to them.

`Judge` below reads the few words of JSON Schema that ours use, without pydantic.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.model.schemas import FILES, json_schemas
from generator.model.yaml_source import read_document
from tests.support.regulation import DATA, FICTITIOUS_DATA

SCHEMAS = DATA / "schema"
DATA_FILES = sorted(
    [*DATA.glob("*/**/*.yml"), *FICTITIOUS_DATA.glob("*/**/*.yml")],
    key=lambda file: file.as_posix(),
)
NAMED = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def shown(file: Path) -> str:
    return "/".join(file.parts[-3:])


# The words of JSON Schema that the judge reads or may pass over: it must know all that we use.
WORDS = {
    "$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "default",
    "description", "discriminator", "enum", "items", "maxLength", "maximum", "minItems",
    "minLength", "minProperties", "minimum", "oneOf", "pattern", "patternProperties",
    "properties", "required", "title", "type",
}  # fmt: skip
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, Decimal),
    "null": type(None),
}


class Judge:
    """Says where a value breaks a schema."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.root = schema

    def breaks(self, value: Any, schema: dict[str, Any] | None = None, at: str = "") -> list[str]:
        """Every place where the value is not what the schema asks for."""
        schema = self.root if schema is None else schema
        assert set(schema) <= WORDS, f"unread words of JSON Schema: {set(schema) - WORDS}"
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/$defs/")
            return self.breaks(value, self.root["$defs"][name], at)
        if options := schema.get("anyOf") or schema.get("oneOf"):
            found = [self.breaks(value, option, at) for option in options]
            return [] if [] in found else min(found, key=len)
        if "enum" in schema and value not in schema["enum"]:
            return [f"{at}: {value!r} not in {schema['enum']}"]
        if "const" in schema and value != schema["const"]:
            return [f"{at}: {value!r} is not {schema['const']!r}"]
        return self._of_type(value, schema, at)

    def _of_type(self, value: Any, schema: dict[str, Any], at: str) -> list[str]:
        kind = schema.get("type")
        if kind and (
            not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")
        ):
            return [f"{at}: {value!r} is no {kind}"]
        if isinstance(value, str):
            return self._text(value, schema, at)
        if isinstance(value, list):
            inner = [
                problem
                for place, each in enumerate(value)
                if "items" in schema
                for problem in self.breaks(each, schema["items"], f"{at}[{place}]")
            ]
            short = len(value) < schema.get("minItems", 0)
            return [*inner, *([f"{at}: too few"] if short else [])]
        if isinstance(value, dict):
            return self._mapping(value, schema, at)
        return []

    def _text(self, value: str, schema: dict[str, Any], at: str) -> list[str]:
        short = len(value) < schema.get("minLength", 0)
        wrong = "pattern" in schema and not re.search(schema["pattern"], value)
        return [f"{at}: {value!r} is too short or of another form"] if short or wrong else []

    def _mapping(self, value: dict[str, Any], schema: dict[str, Any], at: str) -> list[str]:
        known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        problems = [f"{at}: lacks {key}" for key in schema.get("required", ()) if key not in value]
        if len(value) < schema.get("minProperties", 0):
            problems.append(f"{at}: too few")
        for key, each in value.items():
            patterns = schema.get("patternProperties", {})
            fitting = next((p for p in patterns if re.search(p, key)), None)
            if fitting:
                problems += self.breaks(each, patterns[fitting], f"{at}/{key}")
            elif key in known:
                problems += self.breaks(each, known[key], f"{at}/{key}")
            elif others is False:
                problems.append(f"{at}: no such key {key}")
            elif isinstance(others, dict):
                problems += self.breaks(each, others, f"{at}/{key}")
        return problems


def schema_of(file: Path) -> Path:
    """The schema that a data file names in its first line."""
    found = NAMED.match(file.read_text("utf-8"))
    assert found, f"{shown(file)} names no schema in its first line"
    return (file.parent / found[1]).resolve()


def test_the_schemas_written_out_are_those_of_the_model() -> None:
    written = {file.name: file.read_text("utf-8") for file in SCHEMAS.iterdir()}
    assert written == json_schemas()


def test_schemas_come_out_the_same_each_time() -> None:
    assert json_schemas() == json_schemas()


def test_there_is_data_of_every_kind_to_judge() -> None:
    assert {schema_of(file).stem for file in DATA_FILES} == set(FILES)


@pytest.mark.parametrize("file", DATA_FILES, ids=shown)
def test_each_data_file_names_a_schema_that_is_there(file: Path) -> None:
    assert schema_of(file).parent == SCHEMAS.resolve()
    assert schema_of(file).is_file()


@pytest.mark.parametrize("file", DATA_FILES, ids=shown)
def test_each_data_file_names_the_schema_of_its_kind(file: Path) -> None:
    kinds = {
        "text": "text",
        "workbooks": "workbook",
        "examples": "example",
        "calendar": "calendar",
    }
    assert schema_of(file).stem == kinds.get(file.parent.name, file.stem)


@pytest.mark.parametrize("file", DATA_FILES, ids=shown)
def test_each_data_file_keeps_to_its_schema_as_an_editor_reads_it(file: Path) -> None:
    judge = Judge(json.loads(schema_of(file).read_text("utf-8")))
    assert judge.breaks(read_document(file, file.name).data) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("modality: may\n", "modality: might\n"),
        ("law: art9\n", "law: 第九条\n"),
        ("who: construction_unit\n", "whom: construction_unit\n"),
        ("when: {if: total_investment >= supervision_floor, law: art24}", "when: 300"),
        ("then: yes,", "then: perhaps,"),
        ("  merge_all:\n", "  Merge-All:\n"),
    ],
)
def test_an_editor_marks_what_the_loader_would_refuse(
    right: str, wrong: str, tmp_path: Path
) -> None:
    file = DATA / "qidong-2022" / "rules.yml"
    changed = tmp_path / "rules.yml"
    changed.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    judge = Judge(json.loads((SCHEMAS / "rules.json").read_text("utf-8")))
    assert judge.breaks(read_document(changed, "rules.yml").data) != []
