"""One page of every kind: what is looked at where all pages would be too many."""

from __future__ import annotations

from collections.abc import Mapping

from generator.guide.pages import generated_pages
from generator.guide.published.files import published_files
from generator.guide.tree import CONTENT
from generator.model.edition import Edition

# By template, one that shows as much as the kind has: an address of the guide to the real
# regulation, without .html.
GENERATED: Mapping[str, str] = {
    "home.md.j2": "index",
    "stages.md.j2": "stages/index",
    "stage.md.j2": "stages/approval",
    "roles.md.j2": "roles/index",
    "role.md.j2": "roles/finance_bureau",
    "role_duties.md.j2": "roles/construction_unit/approval",
    "articles.md.j2": "articles/index",
    "full_text.md.j2": "articles/full",
    "article.md.j2": "articles/art29",
    "rules.md.j2": "rules/index",
    "decision.md.j2": "rules/approval_route",
    "rule.md.j2": "rules/merge_two",
    "deadlines.md.j2": "deadlines",
    "papers.md.j2": "papers/index",
    "paper.md.j2": "papers/assessment_report",
    "parameters.md.j2": "parameters",
    "terms.md.j2": "terms",
    "readings.md.j2": "readings",
    "supervision.md.j2": "supervision",
    "selfchecks.md.j2": "selfcheck/index",
    "selfcheck.md.j2": "selfcheck/merging",
    "examples.md.j2": "examples/in_scope",
    "downloads.md.j2": "downloads",
    "data.md.j2": "data",
    "revisions.md.j2": "revisions",
}
# By file in content/pages.
WRITTEN: Mapping[str, str] = {"help.md": "help", "search.md": "search"}
WRONG_ADDRESS = "articles/no-such-page.html"

ADDRESSES = [
    *(f"{page}.html" for page in (*GENERATED.values(), *WRITTEN.values())),
    "search.html?q=验收",
    WRONG_ADDRESS,
]
"""All kinds as addresses, and the page that answers a wrong one."""


def stray_kinds(edition: Edition) -> list[str]:
    """What in GENERATED and WRITTEN is not as the guide has it: empty where each kind has its page
    and each page is of its kind."""
    made = generated_pages(edition, (), published_files(edition), ())
    found = {(page.template, page.path.removesuffix(".md")) for page in made}
    found |= {(file.name, file.stem) for file in (CONTENT / "pages").glob("*.md")}
    named = {*GENERATED.items(), *WRITTEN.items()}
    unnamed = {kind for kind, _ in found} - {kind for kind, _ in named}
    return sorted(f"no page of {kind}" for kind in unnamed) + sorted(
        f"no {page}.html of {kind}" for kind, page in named - found
    )
