"""The kinds of data files, and their JSON Schemas for editors."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from generator.model import shape
from generator.model.layout import Layout
from generator.model.shape_selfchecks import SelfChecksShape

FILES: dict[str, type[BaseModel]] = {
    "edition": shape.EditionShape,
    "text": shape.ChapterShape,
    "roles": shape.RolesShape,
    "parameters": shape.ParametersShape,
    "facts": shape.FactsShape,
    "rules": shape.RulesShape,
    "deadlines": shape.DeadlinesShape,
    "documents": shape.DocumentsShape,
    "duties": shape.DutiesShape,
    "stages": shape.StagesShape,
    "terms": shape.TermsShape,
    "gists": shape.GistsShape,
    "supervision": shape.SupervisionShape,
    "selfchecks": SelfChecksShape,
    "narrative": shape.NarrativesShape,
    "readings": shape.ReadingsShape,
    "workbook": Layout,
    "example": shape.SampleShape,
    "calendar": shape.CalendarShape,
}
"""The name of each kind of data file, and its model."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CONDITION = {"$ref": "#/$defs/ConditionShape"}


def json_schemas() -> dict[str, str]:
    """File name → JSON Schema text, the same bytes each time."""
    return {
        f"{name}.json": json.dumps(_schema(model), ensure_ascii=False, indent=1, sort_keys=True)
        + "\n"
        for name, model in FILES.items()
    }


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": _DIALECT, **_completed(model.model_json_schema(by_alias=True))}


def _completed(node: Any) -> Any:
    """With what pydantic cannot know by itself: a condition may be written as a bare string, and
    a key that is no id is a mistake."""
    if node == _CONDITION:
        return {"anyOf": [{"type": "string"}, _CONDITION]}
    if isinstance(node, dict):
        closed = {"additionalProperties": False} if "patternProperties" in node else {}
        return {key: _completed(value) for key, value in node.items()} | closed
    if isinstance(node, list):
        return [_completed(value) for value in node]
    return node
