"""A page for whatever has examples: they are many, and only those who check need them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.guide.addresses import Link, Links, examples_page
from generator.guide.pages.page import Page
from generator.guide.views.examples import (
    ExampleRow,
    deadline_examples,
    decision_examples,
    rule_examples,
)
from generator.model.edition import Edition


def example_pages(edition: Edition) -> Iterator[Page]:
    """The pages of all rules, decisions and deadlines that have examples."""
    for rule in edition.rules.values():
        links = Links(edition, examples_page(rule.id))
        yield from _examples(links, rule.label, links.rule(rule.id), rule_examples(links, rule))
    for decision in edition.decisions.values():
        links = Links(edition, examples_page(decision.id))
        rows = decision_examples(links, decision)
        yield from _examples(links, decision.label, links.decision(decision.id), rows)
    for deadline in edition.deadlines.values():
        links = Links(edition, examples_page(deadline.id))
        rows = deadline_examples(links, deadline)
        yield from _examples(links, deadline.label, links.deadline(deadline.id), rows)


def _examples(links: Links, label: str, back: Link, rows: Sequence[ExampleRow]) -> Iterator[Page]:
    if rows:
        yield Page(links.page, "examples.md.j2", {"label": label, "back": back, "rows": rows})
