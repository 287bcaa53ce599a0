"""The published files of an edition: JSON by subject, a schema for each, a calendar."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.guide.downloads import Download
from generator.guide.published import records, shapes
from generator.guide.published.calendar import calendar_file
from generator.model.edition import Edition

FOLDER = "data"
SCHEMAS = f"{FOLDER}/schema"
CALENDAR = "deadlines.ics"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Subject:
    """One JSON file: `holds` says in Chinese what is in it."""

    name: str
    title: str
    holds: str
    shape: type[shapes.DataFile]


SUBJECTS = (
    Subject(
        "edition",
        "办法",
        "名称、文号、发文机关、日期、有效性、解释机关、同时废止的办法",
        shapes.EditionFile,
    ),
    Subject(
        "provisions",
        "条文",
        "全部条文，逐条逐款逐项，各有锚点、引用写法和原文",
        shapes.ProvisionsFile,
    ),
    Subject("roles", "角色", "条文提到的机关、单位和其他主体", shapes.RolesFile),
    Subject(
        "duties",
        "职责",
        "谁应当、可以、不得做什么，对谁，何时，依据哪一处原文",
        shapes.DutiesFile,
    ),
    Subject(
        "documents",
        "材料",
        "由谁编制，报给谁，何时需要，条文规定的内容",
        shapes.DocumentsFile,
    ),
    Subject(
        "parameters",
        "数额与期间",
        "条文中的数额、比例、期间，单位和原文",
        shapes.ParametersFile,
    ),
    Subject("facts", "事实", "判断时所问的问题、答案的种类和可选的答案", shapes.FactsFile),
    Subject("rules", "规则", "条件（逐项注明依据）和各种结论", shapes.RulesFile),
    Subject("decisions", "判定", "依次判断哪些规则，可能的结果", shapes.DecisionsFile),
    Subject(
        "deadlines",
        "期限",
        "可以推算日期的期限怎样推算；条文没有写明日期的时间要求",
        shapes.DeadlinesFile,
    ),
    Subject("stages", "阶段", "各阶段的步骤：谁办、报给谁、带什么材料", shapes.StagesFile),
    Subject("terms", "术语", "术语和条文中的定义", shapes.TermsFile),
    Subject(
        "readings",
        "解读",
        "条文可以有不止一种读法之处；不是条文，以解释机关的解释意见为准",
        shapes.ReadingsFile,
    ),
)
"""All JSON files, in the order in which people need them."""


def published_files(edition: Edition) -> tuple[Download, ...]:
    """The data files that pages offer: JSON, then the calendar if any date recurs."""
    contents = _contents(edition)
    found = [
        Download(
            file_name=f"{subject.name}.json",
            title=subject.title,
            kind=subject.holds,
            edition=edition.id,
            content=_file(edition, subject, contents[subject.name]),
            folder=FOLDER,
        )
        for subject in SUBJECTS
    ]
    calendar = calendar_file(edition)
    if calendar:
        found.append(
            Download(
                file_name=CALENDAR,
                title="期限日历",
                kind="按季度、按年度重复的期限，可以导入手机和电脑的日历",
                edition=edition.id,
                content=calendar,
                folder=FOLDER,
            )
        )
    return tuple(found)


def schema_files() -> Mapping[str, bytes]:
    """The JSON Schema of each file, by its path in the site."""
    return {f"{SCHEMAS}/{subject.name}.json": _json(_schema(subject.shape)) for subject in SUBJECTS}


def _contents(edition: Edition) -> Mapping[str, Mapping[str, object]]:
    """What each file holds beside its head, by the file's name."""
    return {
        "edition": {"regulation": records.edition_record(edition)},
        "provisions": {"provisions": tuple(records.provision_records(edition))},
        "roles": {"roles": tuple(map(records.role_record, edition.roles.values()))},
        "duties": {"duties": tuple(map(records.duty_record, edition.duties.values()))},
        "documents": {
            "documents": tuple(records.document_record(edition, p) for p in edition.papers.values())
        },
        "parameters": {
            "parameters": tuple(map(records.parameter_record, edition.parameters.values()))
        },
        "facts": {"facts": tuple(map(records.fact_record, edition.facts.values()))},
        "rules": {"rules": tuple(records.rule_record(edition, r) for r in edition.rules.values())},
        "decisions": {
            "decisions": tuple(
                records.decision_record(edition, each) for each in edition.decisions.values()
            )
        },
        "deadlines": {
            "deadlines": tuple(
                records.deadline_record(edition, each) for each in edition.deadlines.values()
            ),
            "left_open": tuple(map(records.open_time_record, edition.left_open.values())),
        },
        "stages": {
            "stages": tuple(records.stage_record(edition, s) for s in edition.stages.values())
        },
        "terms": {"terms": tuple(map(records.term_record, edition.terms.values()))},
        "readings": {
            "interpreter": edition.roles[edition.interpreter].label,
            "readings": tuple(map(records.reading_record, edition.readings.values())),
        },
    }


def _file(edition: Edition, subject: Subject, contents: Mapping[str, object]) -> bytes:
    head = {"$schema": f"schema/{subject.name}.json", "edition": edition.id}
    file = subject.shape.model_validate({**head, **contents})
    return _json(file.model_dump(mode="json", by_alias=True, exclude_none=True))


def _json(value: Mapping[str, Any]) -> bytes:
    """A key or a record of a list a line: people can read it, and compare it line by line."""
    lines = [f"{_compact(name)}: {_lined(each)}" for name, each in value.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _lined(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(_compact(each) for each in value) + "\n]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _schema(shape: type[shapes.DataFile]) -> Mapping[str, Any]:
    return {"$schema": _DIALECT, **_for_readers(shape.model_json_schema(by_alias=True))}


def _for_readers(node: Any) -> Any:
    """Without what only programmers of this program read: docstrings, titles made of names."""
    if isinstance(node, dict):
        own = ("description", "title") if "properties" in node else ()
        return {
            key: (
                {name: _for_readers(each) for name, each in value.items()}
                if key in ("properties", "$defs")
                else _for_readers(value)
            )
            for key, value in node.items()
            if key not in own and not (key == "title" and isinstance(value, str))
        }
    return [_for_readers(each) for each in node] if isinstance(node, list) else node
