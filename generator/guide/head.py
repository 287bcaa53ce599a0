"""What the head of each page says of it: the meta tags that government sites of China carry.

The names are those of their common rules (SiteName, ColumnType, ArticleTitle, …). Here stands what
only the edition knows; a page's title, column and address the theme knows by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from generator.guide.front_matter import in_one_line
from generator.guide.legislation import article_legislation, edition_legislation
from generator.model.edition import Edition
from generator.model.provisions import Article
from generator.model.quantities import chinese_date

Head = Mapping[str, object]
"""Front matter: `description`, `head` (meta tags by name) and `legislation` (JSON-LD)."""

_DESCRIBED = 110
"""Characters of an article that stand for it in lists of results."""

_TYPES = {
    "articles/": "政策文件",
    "parameters.md": "政策文件",
    "supervision.md": "政策文件",
    "revisions.md": "政策文件",
    "roles/": "机构职能",
    "stages/": "办事指南",
    "rules/": "办事指南",
    "selfcheck/": "办事指南",
    "papers/": "办事指南",
    "deadlines.md": "办事指南",
    "examples/": "办事指南",
    "downloads.md": "办事指南",
    "terms.md": "政策解读",
    "readings.md": "政策解读",
    "data.md": "数据开放",
}
"""What kind of column a page stands in, by its folder or file."""


def site_tags(edition: Edition) -> Mapping[str, str]:
    """The tags that every page bears; what is not configured is left out."""
    site = edition.site
    return _stated(
        {
            "SiteName": site.name,
            "SiteDomain": urlsplit(site.url).hostname if site.url else None,
            "SiteIDCode": site.site_code,
            "Keywords": _listed((edition.short_title, edition.number)),
        }
    )


def column_head(page: str) -> Head:
    """What a page's place in the tree says of it."""
    kind = next((kind for place, kind in _TYPES.items() if page.startswith(place)), None)
    return {"head": {"ColumnType": kind}} if kind else {}


def full_text_head(edition: Edition, page: str) -> Head:
    """The head of the text as a whole."""
    about = f"《{edition.title}》（{edition.number}）全文，{chinese_date(edition.issued)}印发。"
    return {
        "description": in_one_line(about),
        "head": _document_tags(edition, edition.title, (edition.title, edition.number)),
        "legislation": edition_legislation(edition, page),
    }


def article_head(edition: Edition, article: Article, page: str, terms: Iterable[str]) -> Head:
    """The head of an article's page; `terms` are the words that are explained on it."""
    title = f"《{edition.short_title}》{article.label}"
    title = f"{title}　{article.title}" if article.title else title
    keywords = (edition.short_title, edition.number, article.label, *terms)
    return {
        "description": in_one_line(f"{title}：{_opening(article)}"),
        "head": _document_tags(edition, title, keywords),
        "legislation": article_legislation(edition, article, page),
    }


def merged(*heads: Head) -> Head:
    """Several heads as one: tags are joined, else the later one counts."""
    found: dict[str, object] = {}
    for each in heads:
        for key, value in each.items():
            before = found.get(key)
            joined = isinstance(before, Mapping) and isinstance(value, Mapping)
            found[key] = {**before, **value} if joined else value  # type: ignore[dict-item]
    return found


def _document_tags(edition: Edition, title: str, keywords: Iterable[str]) -> Mapping[str, str]:
    """The tags of a page that holds the regulation's own words.

    Its words were made public on the day that a site published them, as far as that is known;
    else they are as old as the document.
    """
    return _stated(
        {
            "ArticleTitle": title,
            "PubDate": (edition.published or edition.issued).isoformat(),
            "ContentSource": edition.issuer,
            "Keywords": _listed(keywords),
        }
    )


def _opening(article: Article) -> str:
    words = "".join(
        paragraph.text + "".join(item.label + item.text for item in paragraph.items)
        for paragraph in article.paragraphs
    )
    return words if len(words) <= _DESCRIBED else words[:_DESCRIBED].rstrip("，、；：。（") + "…"


def _listed(words: Iterable[str]) -> str:
    return ",".join(dict.fromkeys(words))


def _stated(tags: Mapping[str, str | None]) -> Mapping[str, str]:
    return {name: in_one_line(value) for name, value in tags.items() if value}
