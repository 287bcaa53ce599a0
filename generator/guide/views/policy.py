"""The head that a page of a Chinese policy document bears: who issued what, when, is it in force.

What the edition does not state is left out; nothing is made up for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.model.edition import Edition
from generator.model.quantities import chinese_date

STATUS = {"in_force": "现行有效", "repealed": "已废止", "not_yet": "尚未施行"}
"""Whether an edition is in force, as people read it."""


@dataclass(frozen=True)
class PolicyRow:
    """One line of the head: `id` is for style sheets; `links` stand in place of the text where
    there are some, `law` after it."""

    id: str
    term: str
    text: str = ""
    links: tuple[Link, ...] = ()
    law: tuple[Link, ...] = ()


def policy_head(links: Links) -> tuple[PolicyRow, ...]:
    """The head, in the order that government sites give it."""
    return tuple(row for row in _rows(links) if row.text or row.links)


def repealed_titles(edition: Edition) -> tuple[str, ...]:
    """The regulations that this one repeals: 《…》（文号）."""
    return tuple(
        f"《{each.title}》（{each.number}）" if each.number else f"《{each.title}》"
        for each in edition.repeals
    )


def _rows(links: Links) -> Iterator[PolicyRow]:
    edition = links.edition
    yield PolicyRow("index", "索引号", edition.index_number or "")
    yield PolicyRow("topic", "主题分类", edition.topic or "")
    yield PolicyRow("issuer", "发文机关", edition.issuer)
    yield PolicyRow("number", "发文字号", edition.number)
    yield PolicyRow("issued", "成文日期", chinese_date(edition.issued))
    published = chinese_date(edition.published) if edition.published else ""
    yield PolicyRow("published", "发布日期", published)
    yield PolicyRow("effective", "施行日期", chinese_date(edition.effective))
    yield PolicyRow("status", "有效性", STATUS[edition.status])
    yield PolicyRow(
        "interpreter",
        "解释机关",
        links=(links.interpreter,),
        law=(links.provision(edition.interpreter_law),),
    )
    yield PolicyRow("repeals", "同时废止", "、".join(repealed_titles(edition)))
