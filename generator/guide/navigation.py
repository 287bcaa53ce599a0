"""nav.yml: the site's name and its navigation, all that names the regulation outside the pages.

Titles in it are HTML, as MkDocs and its kin print them without escaping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import yaml

from generator.guide import addresses
from generator.guide.addresses import article_page, role_page
from generator.guide.markup import as_html
from generator.model.edition import Edition, Site

Entry: TypeAlias = Mapping[str, Any]


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
            "regulation": as_html(f"《{edition.short_title}》{edition.number}"),
            "footer": [as_html(line) for line in _footer(site)],
            "folders": list(addresses.FOLDERS),
        },
        "nav": _nav(edition),
    }
    if site.url:
        settings["site_url"] = site.url
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


def _footer(site: Site) -> Iterator[str]:
    """What the configuration gives; nothing is made up for the rest."""
    stated = {
        "主办单位": site.organiser,
        "联系方式": site.contact,
        "网站标识码": site.site_code,
        "ICP备案号": site.icp,
        "公安备案号": site.police,
    }
    return (f"{name}：{value}" for name, value in stated.items() if value)


def _nav(edition: Edition) -> list[Entry]:
    return [
        {"首页": addresses.HOME},
        {"条文": [addresses.ARTICLES, {"全文": addresses.FULL_TEXT}, *_articles(edition)]},
        {"角色": [addresses.ROLES, *_roles(edition)]},
        {
            "事项": [
                {"规则与判定": addresses.RULES},
                {"期限": addresses.DEADLINES},
                {"材料": addresses.PAPERS},
                {"数额与期间": addresses.PARAMETERS},
            ]
        },
        {"解读": addresses.READINGS},
        {"下载": addresses.DOWNLOADS},
        {"使用说明": addresses.HELP},
    ]


def _articles(edition: Edition) -> Iterator[Entry]:
    """Articles by chapter: only the chapter that one reads is written out on its pages."""
    for chapter in edition.text.chapters:
        entries: list[Entry] = [
            {as_html(each.label): article_page(each.anchor)} for each in chapter.articles
        ]
        if chapter.heading:
            yield {as_html(chapter.heading): entries}
        else:
            yield from entries


def _roles(edition: Edition) -> Iterator[Entry]:
    levels: dict[str, list[Entry]] = {}
    for role in edition.roles.values():
        entry = {as_html(role.label): role_page(role.id)}
        levels.setdefault(as_html(role.level_label), []).append(entry)
    yield from ({label: entries} for label, entries in levels.items())
