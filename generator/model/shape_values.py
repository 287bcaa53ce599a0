"""The kinds of values in data files: texts, ids, anchors, days; wrong ones are told in Chinese."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from generator.model.anchors import Anchor


class Strict(BaseModel):
    """Unknown keys are errors; values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _text(value: Any) -> Any:
    # YAML reads 42 or 0010 as a number; a title may well be one.
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _anchor(value: Any) -> Any:
    if isinstance(value, Anchor):
        return value
    if not isinstance(value, str):
        raise ValueError("应为条款锚点，如 art9、art29-p2、art9-i3。")
    try:
        return Anchor.parse(value)
    except ValueError:
        raise ValueError(
            f"“{value}” 不是条款锚点；应如 art9（条）、art29-p2（款）、art9-i3（项）。"
        ) from None


def _day(value: Any) -> Any:
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        raise ValueError(f"应为日期，写作 2022-10-12，现为 “{value}”。")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"没有 {value} 这一天。") from None


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("应为数字，只写数字本身（单位另写在 unit 中）。")
    return value


def _many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_ANCHOR_PATTERN = r"^art[1-9]\d*(-[1-9]\d*)?(-p[1-9]\d*)?(-i[1-9]\d*)*(-p[1-9]\d*)?$"
Text = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
# Labels stand inside formulas, where a text holds 255 characters at most, and in single lines.
Label = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[^\r\n]+$"), BeforeValidator(_text)
]
_ANCHOR_SCHEMA: dict[str, Any] = {"type": "string", "pattern": _ANCHOR_PATTERN}
Law = Annotated[Anchor, BeforeValidator(_anchor), WithJsonSchema(_ANCHOR_SCHEMA)]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]
Number = Annotated[int | Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
ReadingId = Annotated[str, Field(pattern=r"^[A-Z]{1,4}[0-9]{1,4}$")]
STRING_OR_LIST = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Names = Annotated[tuple[str, ...], BeforeValidator(_many), WithJsonSchema(STRING_OR_LIST)]
Words = Annotated[str, BeforeValidator(_text)]
Paragraphs = Annotated[tuple[Words, ...], BeforeValidator(_many), WithJsonSchema(STRING_OR_LIST)]


def _laws(value: Any) -> Any:
    return [value] if isinstance(value, str | Anchor) else value


Laws = Annotated[
    tuple[Law, ...],
    Field(min_length=1),
    BeforeValidator(_laws),
    WithJsonSchema(
        {"anyOf": [_ANCHOR_SCHEMA, {"type": "array", "items": _ANCHOR_SCHEMA, "minItems": 1}]}
    ),
]
