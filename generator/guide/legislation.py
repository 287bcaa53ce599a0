"""The regulation and its articles as schema.org's `Legislation`, for JSON-LD on their pages.

Only what the edition states: a property without a value is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import urljoin

from generator.guide.addresses import FULL_TEXT, article_page, on_site
from generator.guide.front_matter import in_one_line
from generator.model.edition import Edition
from generator.model.provisions import Article

Json: TypeAlias = Mapping[str, Any]

_CONTEXT = {"@context": "https://schema.org"}
_LANGUAGE = "zh-CN"
_FORCE = {
    "in_force": "https://schema.org/InForce",
    "repealed": "https://schema.org/NotInForce",
    "not_yet": "https://schema.org/NotInForce",
}


def edition_legislation(edition: Edition, page: str) -> Json:
    """The regulation as a whole."""
    repealed = [
        _stated({"@type": "Legislation", "name": each.title, "legislationIdentifier": each.number})
        for each in edition.repeals
    ]
    particulars = {
        **_identity(edition),
        "alternateName": edition.short_title,
        "about": edition.topic,
        "datePublished": edition.published.isoformat() if edition.published else None,
        "legislationRepeals": repealed or None,
        "url": _url(edition, page),
        **_force(edition),
    }
    return {**_CONTEXT, **_stated(particulars)}


def article_legislation(edition: Edition, article: Article, page: str) -> Json:
    """One article, as a part of the regulation."""
    label = f"{article.label} {article.title}" if article.title else article.label
    particulars = {
        "@type": "Legislation",
        "@id": _url(edition, article_page(article.anchor)),
        "name": f"{edition.title} {label}",
        "legislationIdentifier": f"{edition.number} {article.label}",
        "url": _url(edition, page),
        "isPartOf": _stated(_identity(edition)),
        **_force(edition),
    }
    return {**_CONTEXT, **_stated(particulars)}


def _identity(edition: Edition) -> Json:
    return {
        "@type": "Legislation",
        "@id": _url(edition, FULL_TEXT),
        "name": edition.title,
        "legislationIdentifier": edition.number,
    }


def _force(edition: Edition) -> Json:
    """Who passed it, when, and whether it is in force: the same for the whole and its parts."""
    return {
        "inLanguage": _LANGUAGE,
        "legislationDate": edition.issued.isoformat(),
        "legislationDateOfApplicability": edition.effective.isoformat(),
        "legislationPassedBy": {
            "@type": "GovernmentOrganization",
            "name": in_one_line(edition.issuer),
        },
        "legislationLegalForce": _FORCE[edition.status],
    }


def _url(edition: Edition, page: str) -> str | None:
    if not edition.site.url:
        return None
    return urljoin(edition.site.url.rstrip("/") + "/", on_site(page))


def _stated(particulars: Json) -> Json:
    return {
        name: in_one_line(value) if isinstance(value, str) else value
        for name, value in particulars.items()
        if value
    }
