"""A document against its schema: every deviation as a problem in Chinese, at its place."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from generator.model.problems import Problem, suggestion
from generator.model.yaml_source import Document, Path_

Model = TypeVar("Model", bound=BaseModel)

_MESSAGES = {
    "dict_type": "应为“键: 值”，每行一个",
    "model_type": "应为“键: 值”，每行一个",
    "model_attributes_type": "应为“键: 值”，每行一个",
    "tuple_type": "应为列表（每项以 “- ” 开头，或写在方括号里）",
    "list_type": "应为列表（每项以 “- ” 开头，或写在方括号里）",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "is_instance_of": "应为数字",
    "decimal_type": "应为数字",
    "decimal_parsing": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "string_too_short": "不能为空",
    "too_short": "不能为空",
}


_MISSING = "缺少键"
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "不能作标识；标识以小写字母开头，只用小写字母、数字和下划线",
    r"^[A-Z]{1,4}[0-9]{1,4}$": "不能作解读的编号；编号为大写字母加数字，如 AM01",
    r"^[^\[\]:*?/\\]+$": "不能作工作表名；工作表名不能含 \\ / : * ? [ ]",
    r"^[^\\/:*?\"<>|]+$": '不能作文件名；文件名不能含 \\ / : * ? " < > |',
}
_ONE_LINE = r"^[^\r\n]+$"
_LIMITS = ("less_than_equal", "greater_than_equal")


def validate(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """The document as a model, and its problems.

    Entries with problems are left out of the model, so that the rest can be checked in the same
    run; the model is None where nothing usable is left.
    """
    problems: list[Problem] = []
    data = document.data
    for _attempt in range(2):
        try:
            return model.model_validate(data), problems
        except ValidationError as error:
            if problems:
                break
            errors = error.errors(include_url=False)
            problems = _one_a_place(
                _translate(model, document, each)
                for each in errors
                if not (_other_branch(each) or _lost_entries(each))
            )
            data = _without(data, [each["loc"] for each in errors])
    return None, problems


def _other_branch(error: Any) -> bool:
    """Whether the error only says that a mapping is not the word that might stand there too."""
    return str(error["loc"][-1:]).startswith('("literal[') and isinstance(error["input"], dict)


def _lost_entries(error: Any) -> bool:
    """Whether a list is only too short because its entries have problems of their own."""
    return error["type"] == "too_short" and bool(error["input"])


def _one_a_place(problems: Iterable[Problem]) -> list[Problem]:
    """Without the further alternatives of a union, all of which the value is not."""
    first: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        missing = problem.message if problem.message.startswith(_MISSING) else ""
        first.setdefault((problem.line, problem.column, missing), problem)
    return list(first.values())


def _without(data: Any, places: list[tuple[str | int, ...]]) -> Any:
    """The data without the entries (second level) or lesser keys that hold the places."""
    if not isinstance(data, dict):
        return data
    result = {key: dict(v) if isinstance(v, dict) else v for key, v in data.items()}
    for place in places:
        inner = result.get(str(place[0])) if place else None
        if isinstance(inner, dict) and len(place) > 1:
            inner.pop(str(place[1]), None)
        elif len(place) == 1:
            result.pop(str(place[0]), None)
    return result


def _translate(model: type[BaseModel], document: Document, error: Any) -> Problem:
    at = _place(document, error["loc"])
    kind, value = error["type"], error.get("input")
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        known = _keys_at(model, error["loc"][:-1])
        message = f"未知的键 “{key}”{suggestion(key, known) or _one_of(known)}"
        return document.problem((*at, key) if at[-1:] != (key,) else at, message, on_key=True)
    if kind == "missing":
        return document.problem(at, f"{_MISSING} “{error['loc'][-1]}”。", on_key=True)
    if kind == "union_tag_invalid":
        at, value = (*at, "block"), error["ctx"]["tag"]
    of_key = error["loc"][-1:] == ("[key]",)
    if kind in _LIMITS:
        return document.problem(at, _out_of_range(value, _limits(model, error["loc"])))
    return document.problem(at, _message(kind, value, error), on_key=of_key)


def _out_of_range(value: Any, limits: Mapping[str, Any]) -> str:
    low, high = limits.get("ge"), limits.get("le")
    if low is not None and high is not None:
        wanted = f"应为 {low} 至 {high} 之间的整数"
    else:
        wanted = f"应为不小于 {low} 的整数" if high is None else f"应为不大于 {high} 的整数"
    return f"{wanted}，现为 {value}。"


def _limits(model: type[BaseModel], location: tuple[str | int, ...]) -> dict[str, Any]:
    """The bounds of the number at a place: pydantic names only the one that it is beyond."""
    found: dict[str, Any] = {}
    for field in _fields(_models_at(model, location[:-1]), location[-1]):
        for constraint in field.metadata:
            for name in ("ge", "le"):
                if hasattr(constraint, name):
                    found[name] = getattr(constraint, name)
    return found


def _message(kind: str, value: Any, error: Any) -> str:
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind in ("literal_error", "union_tag_invalid"):
        expected = error["ctx"].get("expected") or error["ctx"].get("expected_tags", "")
        choices = [choice.strip().strip("'") for choice in _split(expected)]
        near = suggestion(str(value), choices) if isinstance(value, str) else ""
        return f"应为 {'、'.join(choices)} 之一，现为 {_shown(value)}{near or '。'}"
    if kind == "union_tag_not_found":
        return "缺少键 “block”，无法知道是哪一种区块。"
    if kind == "string_type" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return (
            f"此处不能直接写数字 {value}，应写参数或事实的标识；"
            "办法中的数字请在 parameters.yml 中定义为参数（带单位和条款）。"
        )
    if kind == "string_too_long":
        return f"太长（最多{error['ctx']['max_length']}个字）。"
    if kind == "string_pattern_mismatch" and error["ctx"]["pattern"] == _ONE_LINE:
        return "不能换行。"
    if kind == "string_pattern_mismatch":
        rule = _PATTERNS.get(error["ctx"]["pattern"], "写法不合要求")
        return f"{_shown(value)} {rule}。"
    wanted = _MESSAGES.get(kind, "值不合要求")
    return f"{wanted}，现为 {_shown(value)}。"


def _split(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _shown(value: Any) -> str:
    if value is None:
        return "空"
    if isinstance(value, Mapping):
        return "“键: 值”"
    if isinstance(value, list | tuple):
        return "列表"
    return f"“{value}”"


def _one_of(known: set[str]) -> str:
    return f"；可用的键：{'、'.join(sorted(known))}。" if known else "。"


def _place(document: Document, location: tuple[str | int, ...]) -> Path_:
    """The location without the parts that pydantic adds for unions."""
    at: Path_ = ()
    value = document.data
    for part in location:
        if isinstance(value, dict) and value.get("block") == part and isinstance(at[-1], int):
            continue  # The kind of the block; a key of that name may stand below it.
        if (*at, part) in document.values or (*at, part) in document.keys:
            at = (*at, part)
            value = _inner(value, part)
    return at


def _inner(value: Any, part: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) else None


def _keys_at(model: type[BaseModel], location: tuple[str | int, ...]) -> set[str]:
    """The keys that a place may have."""
    models = _models_at(model, location)
    return {field.alias or name for each in models for name, field in each.model_fields.items()}


def _models_at(model: type[BaseModel], location: tuple[str | int, ...]) -> set[type[BaseModel]]:
    """The models that a place may hold."""
    models, containers = {model}, 0
    for part in location:
        if containers:
            containers -= 1
            continue
        # A tag that pydantic put in for a discriminated union narrows the models.
        tagged = {each for each in models if part in _tags(each)}
        fields = [] if tagged else _fields(models, part)
        if fields:
            models = {found for field in fields for found in _models_in(field.annotation)}
            containers = max(_containers(field.annotation) for field in fields)
        else:
            models = tagged or models
    return models


def _fields(models: Iterable[type[BaseModel]], key: str | int) -> list[FieldInfo]:
    return [
        field
        for each in models
        for name, field in each.model_fields.items()
        if (field.alias or name) == key
    ]


def _tags(model: type[BaseModel]) -> tuple[Any, ...]:
    field = model.model_fields.get("block")
    return typing.get_args(field.annotation) if field else ()


def _containers(annotation: Any) -> int:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (dict, tuple):
        return 1
    if origin in (typing.Union, types.UnionType, typing.Annotated):
        return max((_containers(each) for each in arguments), default=0)
    return 0


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)
