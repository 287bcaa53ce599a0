"""Which places of the regulation an article cites, and which articles cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.anchors import Anchor
from generator.model.edition import Edition
from generator.text.parse import parse_regulation


@dataclass(frozen=True)
class Citations:
    """Places cited, and articles that cite: both in the order of the text, without the article
    itself."""

    to: tuple[Anchor, ...] = ()
    by: tuple[Anchor, ...] = ()


def citations(edition: Edition) -> Mapping[Anchor, Citations]:
    """For each article, found in the text as issued; places that do not exist are left out."""
    known = edition.text.provisions
    cited = {
        Anchor(article.label): tuple(
            target
            for target in dict.fromkeys(t for each in article.references for t in each.targets)
            if target in known and target.article != article.label
        )
        for article in parse_regulation(edition.source).articles
    }
    return {
        article.anchor: Citations(
            to=cited.get(article.anchor, ()),
            by=tuple(
                source
                for source, targets in cited.items()
                if any(target.article_anchor == article.anchor for target in targets)
            ),
        )
        for article in edition.text.articles
    }
