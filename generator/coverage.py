"""Coverage for people (a table) and for programs (JSON)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from generator.model.coverage import Coverage, Place
from generator.model.edition import Edition

_KINDS = {
    "duties": "职责",
    "papers": "材料",
    "rules": "规则",
    "decisions": "决定",
    "deadlines": "期限",
    "left_open": "未定期限",
    "parameters": "参数",
    "facts": "事实",
    "stages": "阶段",
    "steps": "步骤",
    "terms": "术语",
    "readings": "解读",
    "roles": "角色",
    "narrative": "叙述",
    "plain_numbers": "非参数数字",
}


def coverage_table(edition: Edition, found: Coverage) -> str:
    """The coverage as lines of text: a row a 款 or 项, then what is left over, then counts."""
    rows = [("条款", "由什么建模", "尚未建模的文字")]
    rows += [
        (place.anchor.citation, _modelled(place), "；".join(place.left)) for place in found.places
    ]
    return "\n".join(
        [f"〖{edition.number}〗条文覆盖", *_aligned(rows), "", *_summary(edition, found)]
    )


def coverage_json(edition: Edition, found: Coverage) -> dict[str, Any]:
    """The coverage with ids: provisions in the order of the text, lists of what is left over."""
    return {
        "provisions": [
            {
                "law": str(place.anchor),
                "citation": place.anchor.citation,
                "models": {kind: list(ids) for kind, ids in place.models.items()},
                "narrative": list(place.narrative),
                "left": list(place.left),
            }
            for place in found.places
        ],
        "roles_without_duties": [
            {"role": id, "label": edition.roles[id].label, "reason": why}
            for id, why in found.idle_roles.items()
        ],
        "papers_without_receiver": [
            {"paper": id, "label": edition.papers[id].label, "reason": why}
            for id, why in found.unsent_papers.items()
        ],
        "numbers_without_parameter": [
            {"law": str(each.anchor), "number": each.number} for each in found.uncarried
        ],
        "counts": dict(found.counts),
        "gaps": found.gaps,
    }


def _modelled(place: Place) -> str:
    counted = "、".join(f"{_KINDS[kind]} {len(ids)}" for kind, ids in place.models.items())
    told = "；".join(f"叙述：{why}" for why in place.narrative)
    return "；".join(part for part in (counted, told) if part) or "（无）"


def _summary(edition: Edition, found: Coverage) -> Iterator[str]:
    whole = sum(place.is_complete for place in found.places)
    yield f"条款：{len(found.places)} 处，其中 {whole} 处逐字覆盖。"
    idle = found.idle_roles
    untold = sum(not why for why in idle.values())
    yield f"没有职责的角色：{len(idle)} 个，其中 {untold} 个没有说明原因。"
    yield from (f"  {edition.roles[id].label}：{why or '（未说明）'}" for id, why in idle.items())
    yield f"没有接收方的材料：{len(found.unsent_papers)} 份。"
    yield from (f"  {edition.papers[id].label}：{why}" for id, why in found.unsent_papers.items())
    yield f"没有参数的数字：{len(found.uncarried)} 个。"
    yield from (f"  {each.anchor.citation}：{each.number}" for each in found.uncarried)
    yield "合计：" + "、".join(f"{_KINDS[kind]} {n}" for kind, n in found.counts.items()) + "。"


def _aligned(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Columns side by side: a Chinese character takes two places."""
    widths = [max(_width(row[column]) for row in rows) for column in (0, 1)]
    for first, second, third in rows:
        left = first + " " * (widths[0] - _width(first))
        middle = second + " " * (min(widths[1], _WIDEST) - _width(second))
        yield f"{left}  {middle}  {third}".rstrip()


_WIDEST = 64


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in words)
