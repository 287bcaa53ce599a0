"""nav.yml: the site's name and its navigation, all that names the regulation outside the pages.

Titles in it are HTML, as MkDocs and its kin print them without escaping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar

import yaml

from generator.guide import addresses
from generator.guide.addresses import (
    article_page,
    paper_page,
    role_page,
    rule_page,
    selfcheck_page,
    stage_page,
)
from generator.guide.bearings import by_chapter, judgements, rule_law
from generator.guide.head import site_tags
from generator.guide.markup import as_html
from generator.guide.portions import portions
from generator.model.anchors import Anchor
from generator.model.edition import Edition, Site

Entry: TypeAlias = Mapping[str, Any]
Thing = TypeVar("Thing")


FILE = "nav.yml"


def navigation(edition: Edition) -> bytes:
    """The file that mkdocs.yml inherits from."""
    site = edition.site
    settings: dict[str, Any] = {
        "site_name": as_html(site.name),
        "site_description": as_html(site.description or edition.title),
        "copyright": as_html(
            f"条文依据《{edition.title}》（{edition.number}）印发文本，以印发文本为准；"
            "本指南只供查阅，不替代条文。"
        ),
        "extra": {
            "edition": edition.id,
            "regulation": as_html(f"《{edition.short_title}》{edition.number}"),
            "footer": [{"name": as_html(n), "text": as_html(t)} for n, t in _footer(site)],
            "head": dict(site_tags(edition)),
            "folders": list(addresses.FOLDERS),
        },
        "nav": _nav(edition),
    }
    if site.url:
        settings["site_url"] = site.url
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


def edition_of(tree: Mapping[str, bytes]) -> str:
    """The id of the edition that a tree shows."""
    id: str = yaml.safe_load(tree[FILE])["extra"]["edition"]
    return id


def _footer(site: Site) -> Iterator[tuple[str, str]]:
    """What the configuration gives; nothing is made up for the rest."""
    stated = {
        "主办单位": site.organiser,
        "联系方式": site.contact,
        "网站标识码": site.site_code,
        "ICP备案号": site.icp,
        "公安备案号": site.police,
    }
    return ((name, value) for name, value in stated.items() if value)


def _nav(edition: Edition) -> list[Entry]:
    """Stages, supervision and terms are left out of a regulation's guide that has none."""
    entries: list[Entry] = [{"首页": addresses.HOME}]
    if edition.stages:
        stages = [{as_html(each.label): stage_page(each.id)} for each in edition.stages.values()]
        entries.append({"阶段": [addresses.STAGES, *stages]})
    matters: list[Entry] = [
        {"规则与判定": [addresses.RULES, *_rules(edition)]},
        {"期限": addresses.DEADLINES},
        {"材料": [addresses.PAPERS, *_papers(edition)]},
        {"数额与期间": addresses.PARAMETERS},
    ]
    if edition.supervision.shown:
        matters.append({"监督与责任": addresses.SUPERVISION})
    entries += [
        {"角色": [addresses.ROLES, *_roles(edition)]},
        {"条文": [addresses.ARTICLES, *_law(edition)]},
        {"事项": matters},
    ]
    if edition.selfchecks:
        topics = [
            {as_html(each.label): selfcheck_page(each.id)} for each in edition.selfchecks.values()
        ]
        entries.append({"自查": [addresses.SELFCHECKS, *topics]})
    if edition.terms:
        entries.append({"术语": addresses.TERMS})
    return [
        *entries,
        {"解读": addresses.READINGS},
        {"下载": [{"下载文件": addresses.DOWNLOADS}, {"数据": addresses.DATA}]},
        {"使用说明": addresses.HELP},
    ]


def _law(edition: Edition) -> Iterator[Entry]:
    yield {"全文": addresses.FULL_TEXT}
    yield {"修订": addresses.REVISIONS}
    yield from _articles(edition)


def _articles(edition: Edition) -> Iterator[Entry]:
    return _in_chapters(
        edition,
        edition.text.articles,
        lambda article: article.anchor,
        lambda article: {as_html(article.label): article_page(article.anchor)},
    )


def _rules(edition: Edition) -> Iterator[Entry]:
    return _in_chapters(
        edition,
        judgements(edition),
        rule_law,
        lambda thing: {as_html(thing.label): rule_page(thing.id)},
    )


def _papers(edition: Edition) -> Iterator[Entry]:
    return _in_chapters(
        edition,
        edition.papers.values(),
        lambda paper: paper.law,
        lambda paper: {as_html(paper.label): paper_page(paper.id)},
    )


def _in_chapters(
    edition: Edition,
    things: Iterable[Thing],
    place: Callable[[Thing], Anchor],
    entry: Callable[[Thing], Entry],
) -> Iterator[Entry]:
    """Entries by chapter: only the chapter that one reads is written out on its pages."""
    for chapter, here in by_chapter(edition, things, place):
        entries = [entry(each) for each in here]
        if chapter.heading:
            yield {as_html(chapter.heading): entries}
        else:
            yield from entries


def _roles(edition: Edition) -> Iterator[Entry]:
    levels: dict[str, list[Entry]] = {}
    for role in edition.roles.values():
        pages = [{as_html(each.label): each.page} for each in portions(edition, role)]
        entry = {as_html(role.label): [role_page(role.id), *pages] if pages else role_page(role.id)}
        levels.setdefault(as_html(role.level_label), []).append(entry)
    yield from ({label: entries} for label, entries in levels.items())
