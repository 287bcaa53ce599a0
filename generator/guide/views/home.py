"""What the regulation is: the head of a policy page, and how much the guide holds."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide import addresses
from generator.guide.addresses import Link, Links
from generator.guide.views.policy import STATUS, repealed_titles
from generator.model.quantities import chinese_date


@dataclass(frozen=True)
class HomeView:
    """The regulation's identity and the ways into the guide."""

    title: str
    short_title: str
    number: str
    issuer: str
    issued: str
    effective: str
    status: str
    in_force: bool
    interpreter: Link
    interpreter_law: Link
    repeals: tuple[str, ...]
    edition: str
    stages: Link
    articles: Link
    full_text: Link
    roles: Link
    rules: Link
    deadlines: Link
    papers: Link
    parameters: Link
    terms: Link
    readings: Link
    downloads: Link
    help: Link
    article_count: int
    chapter_count: int
    role_count: int
    open_readings: int


def home_view(links: Links) -> HomeView:
    """The edition for a page."""
    edition = links.edition
    chapters = [each for each in edition.text.chapters if each.heading]
    return HomeView(
        title=edition.title,
        short_title=edition.short_title,
        number=edition.number,
        issuer=edition.issuer,
        issued=chinese_date(edition.issued),
        effective=chinese_date(edition.effective),
        status=STATUS[edition.status],
        in_force=edition.status == "in_force",
        interpreter=links.interpreter,
        interpreter_law=links.provision(edition.interpreter_law),
        repeals=repealed_titles(edition),
        edition=edition.id,
        stages=links.to(addresses.STAGES, "全程一览"),
        articles=links.to(addresses.ARTICLES, "逐条查看"),
        full_text=links.to(addresses.FULL_TEXT, "全文"),
        roles=links.to(addresses.ROLES, "角色一览"),
        rules=links.to(addresses.RULES, "规则与判定"),
        deadlines=links.to(addresses.DEADLINES, "期限"),
        papers=links.to(addresses.PAPERS, "材料"),
        parameters=links.to(addresses.PARAMETERS, "数额与期间"),
        terms=links.to(addresses.TERMS, "术语"),
        readings=links.to(addresses.READINGS, "解读"),
        downloads=links.to(addresses.DOWNLOADS, "下载"),
        help=links.to(addresses.HELP, "使用说明"),
        article_count=len(edition.text.articles),
        chapter_count=len(chapters),
        role_count=len(edition.roles),
        open_readings=sum(
            1 for each in edition.readings.values() if each.alternative and not each.settled
        ),
    )
