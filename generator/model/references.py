"""Every anchor, quote and id in the data points at something that exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from generator.model import layout, layout_checks, shape
from generator.model.anchors import Anchor
from generator.model.problems import Problem, nearest, suggestion
from generator.model.provisions import RegulationText
from generator.model.shape_selfchecks import SelfCheckShape
from generator.model.yaml_source import Document, Path_

NAMES = {
    "role": "角色",
    "fact": "事实",
    "parameter": "参数",
    "reading": "解读",
    "table": "表格",
    "register": "登记表",
    "rule": "规则",
    "decision": "决定",
    "selfcheck": "自查事项",
    "paper": "材料",
    "deadline": "期限",
    "duty": "职责",
    "step": "步骤",
    "showable": "规则或决定",
    "question": "事实或自设项目",
    "shown": "事实、自设项目、规则、决定、期限或者表格",
}

_CONFLICT = {"filled": "question", "not_zero": "question"}

_REFERENCES: Mapping[type[BaseModel], Mapping[str, str]] = {
    shape.EditionShape: {"interpreter": "role"},
    shape.TableShape: {"columns": "fact"},
    shape.RuleShape: {"who": "role", "toward": "role", "each": "table", "see": "reading"},
    shape.DecisionShape: {"first_of": "rule", "see": "reading"},
    shape.ExtensionShape: {"when": "fact", "by": "parameter"},
    shape.DeadlineShape: {
        "who": "role",
        "to": "role",
        "within": "parameter",
        "opens": "parameter",
        "until": "fact",
        "met": "fact",
        "see": "reading",
        "alt": "reading",
    },
    shape.DeadlineExampleShape: {"alt": "reading"},
    shape.DocumentShape: {
        "prepared_by": "role",
        "received_by": "role",
        "form_of": "paper",
        "part_of": "paper",
        "see": "reading",
        "alt": "reading",
    },
    shape.OpenTimeShape: {"who": "role", "to": "role", "see": "reading"},
    shape.DutyShape: {
        "who": "role",
        "toward": "role",
        "papers": "paper",
        "consequence": "duty",
        "see": "reading",
    },
    shape.StepShape: {
        "who": "role",
        "to": "role",
        "papers": "paper",
        "done": "fact",
        "see": "reading",
    },
    shape.MistakeShape: {"see": "reading"},
    shape.RungShape: {"duties": "duty", "see": "reading"},
    shape.SupervisionShape: {"oversight": "duty"},
    shape.TermShape: {"see": "reading"},
    SelfCheckShape: {
        "first": "selfcheck",
        "decisions": "decision",
        "deadlines": "deadline",
        "rules": "rule",
        "papers": "paper",
    },
    shape.SettlementShape: {"by": "role"},
    shape.ConditionShape: {"alt": "reading"},
    shape.DerivedShape: {"alt": "reading"},
    layout.Layout: {"audience": "role", "acts_as": "role", "identified_by": "question"},
    layout.IdentityBlock: {"shows": "question"},
    layout.FormBlock: {"fields": "question"},
    layout.VerdictBlock: {"shows": "showable"},
    layout.TableBlock: {"table": "table", "records": "question"},
    layout.ChecklistBlock: {"papers": "paper"},
    layout.TimelineBlock: {"deadlines": "deadline"},
    layout.ChosenShape: {"fact": "fact"},
    layout.StepsBlock: {"steps": "step"},
    layout.RegisterKeyShape: {"of": "deadline", "sent": "question"},
    layout.RegisterBlock: {
        "columns": "question",
        "optional": "question",
        "only_with": "question",
        "totals": "question",
        "carries": "question",
    },
    layout_checks.RegisterCheckShape: {"column": "question", "than": "question", **_CONFLICT},
    layout_checks.RowConflictShape: _CONFLICT,
    layout_checks.CheckShape: {
        "at": "question",
        "not_before": "question",
        "rule": "rule",
        **_CONFLICT,
    },
    layout.SealBlock: {"fields": "question"},
    layout.LetterRowShape: {"shows": "shown"},
    layout.LetterBlock: {"paper": "paper", "encloses": "paper"},
    layout.DutiesBlock: {"role": "role"},
}
"""For each model, which of its keys hold ids, and of what."""


def reference_problems(
    model: BaseModel, document: Document, known: Mapping[str, set[str]]
) -> Iterator[Problem]:
    """Ids that do not exist. A kind that is missing from `known` could not be read: not checked."""
    for part, at in _parts(model, ()):
        for name, kind in _REFERENCES.get(type(part), {}).items():
            key = part.__class__.model_fields[name].alias or name
            named: set[str] = set()
            for place, identifier in _identifiers(getattr(part, name), (*at, key)):
                if kind in known and identifier not in known[kind]:
                    yield unknown_id(document, place, kind, identifier, known[kind])
                elif identifier in named:
                    yield document.problem(place, f"{NAMES[kind]} “{identifier}” 写了两次。")
                named.add(identifier)


def unknown_id(
    document: Document, at: Path_, kind: str, identifier: str, known: set[str]
) -> Problem:
    """The problem of an id that does not exist, with the nearest that does."""
    hint = suggestion(identifier, known) or "。"
    on_key = at[-1:] == (identifier,)
    return document.problem(at, f"未知的{NAMES[kind]} “{identifier}”{hint}", on_key=on_key)


def provision_problems(
    model: BaseModel, document: Document, text: RegulationText
) -> Iterator[Problem]:
    """Anchors of places that do not exist, and quotes that their provision does not contain."""
    for value, at in _anchors(model, ()):
        if value not in text.provisions:
            yield document.problem(at, _dead_anchor(value, text))
    for part, at in _parts(model, ()):
        quote, law = getattr(part, "quote", None), getattr(part, "law", None)
        if not (isinstance(quote, str) and isinstance(law, Anchor) and law in text.provisions):
            continue
        if blank_free(quote) not in blank_free(text.provisions[law].text):
            yield document.problem((*at, "quote"), _bad_quote(quote, law, text))


def blank_free(words: str) -> str:
    """Words without any white space: issued texts break and space them at will."""
    return "".join(words.split())


def _dead_anchor(anchor: Anchor, text: RegulationText) -> str:
    article = Anchor(anchor.article)
    if article in text.provisions and anchor.paragraph and not anchor.items:
        paragraphs = text.article_of(anchor).paragraphs
        if len(paragraphs) == 1:
            return f"没有 {anchor} 这个位置：{article.citation}只有一款，写作 {article}。"
        return f"没有 {anchor} 这个位置：{article.citation}只有 {len(paragraphs)} 款。"
    near = nearest(str(anchor), [str(known) for known in text.provisions])
    hint = f"，是否为 “{near}”（{Anchor.parse(near).citation}）？" if near else "。"
    return f"没有 {anchor}（{anchor.citation}）这个位置{hint}"


def _bad_quote(quote: str, law: Anchor, text: RegulationText) -> str:
    holders = [
        place
        for place, provision in text.provisions.items()
        if blank_free(quote) in blank_free(provision.text)
    ]
    if holders:
        # The last holder is the narrowest place in the order of the text.
        return f"引文不在{law.citation}中，而在{holders[-1].citation}（{holders[-1]}）中。"
    return f"引文与{law.citation}的原文不符，请逐字核对：“{quote}”。"


def _children(value: Any, at: Path_) -> Iterator[tuple[Any, Path_]]:
    if isinstance(value, BaseModel):
        for name, field in value.__class__.model_fields.items():
            yield getattr(value, name), (*at, field.alias or name)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield inner, (*at, key)
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield inner, (*at, place)


def _parts(value: Any, at: Path_) -> Iterator[tuple[BaseModel, Path_]]:
    if isinstance(value, BaseModel):
        yield value, at
    for inner, place in _children(value, at):
        yield from _parts(inner, place)


def _anchors(value: Any, at: Path_) -> Iterator[tuple[Anchor, Path_]]:
    if isinstance(value, Anchor):
        yield value, at
    for inner, place in _children(value, at):
        yield from _anchors(inner, place)


def _identifiers(value: Any, at: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield (*at, place), inner
    elif isinstance(value, dict):
        for key in value:
            yield (*at, key), key
