"""Where each thing stands in the guide, and the links that lead there from a page.

Addresses are ASCII and stay: people cite them in letters. Ids on a page are the model's own ids;
ids of sections have a hyphen, which no id of the model has.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.anchors import Anchor
from generator.model.edition import Duty, Edition, Step

HOME = "index.md"
STAGES = "stages/index.md"
ARTICLES = "articles/index.md"
FULL_TEXT = "articles/full.md"
ROLES = "roles/index.md"
RULES = "rules/index.md"
SELFCHECKS = "selfcheck/index.md"
DEADLINES = "deadlines.md"
PAPERS = "papers/index.md"
PARAMETERS = "parameters.md"
SUPERVISION = "supervision.md"
TERMS = "terms.md"
READINGS = "readings.md"
DOWNLOADS = "downloads.md"
DATA = "data.md"
REVISIONS = "revisions.md"
HELP = "help.md"

FOLDERS = ("articles", "editions", "examples", "papers", "roles", "rules", "selfcheck", "stages")
"""The folders that pages stand in, for the page that answers a wrong address."""


@dataclass(frozen=True)
class Place:
    """A page of the tree and, if not the page as a whole, an id on it."""

    page: str
    id: str = ""

    def seen_from(self, page: str) -> str:
        """The relative link from another page of the tree."""
        fragment = f"#{self.id}" if self.id else ""
        if page == self.page and fragment:
            return fragment
        return posixpath.relpath(self.page, posixpath.dirname(page) or ".") + fragment


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


def on_site(href: str) -> str:
    """A link of the tree as the finished site has it: mkdocs.yml has no folders for pages."""
    return href.replace(".md", ".html", 1)


def article_page(anchor: Anchor) -> str:
    """The page of the article that a place is in."""
    return f"articles/{anchor.article_anchor}.md"


def role_page(role: str) -> str:
    """The page of a role."""
    return f"roles/{role}.md"


def stage_page(stage: str) -> str:
    """The page of a stage."""
    return f"stages/{stage}.md"


def rule_page(id: str) -> str:
    """The page of a rule or a decision."""
    return f"rules/{id}.md"


def selfcheck_page(id: str) -> str:
    """The page of a topic to check for oneself."""
    return f"selfcheck/{id}.md"


def selfcheck_script(id: str) -> str:
    """The script file with the rules and the words of a topic."""
    return f"assets/topics/{id}.js"


def paper_page(id: str) -> str:
    """The page of a paper."""
    return f"papers/{id}.md"


def duty_id(duty: str) -> str:
    """The id of a duty on the page of its article."""
    return f"duty-{duty}"


def open_time_id(time: str) -> str:
    """The id, among the deadlines, of a time that the text leaves open."""
    return f"time-{time}"


def examples_page(id: str) -> str:
    """The page with the examples of a rule, a decision or a deadline."""
    return f"examples/{id}.md"


class Links:
    """Links from one page of an edition's guide."""

    def __init__(self, edition: Edition, page: str) -> None:
        self.edition = edition
        self.page = page

    def to(self, page: str, text: str, id: str = "") -> Link:
        """To a page, or to an id on it."""
        return Link(text, Place(page, id).seen_from(self.page))

    def provision(self, anchor: Anchor) -> Link:
        """To the place in the text, by its citation."""
        return self.to(article_page(anchor), anchor.citation, str(anchor))

    def provisions(self, anchors: Iterable[Anchor]) -> tuple[Link, ...]:
        """To several places, each once, in the order given."""
        return tuple(self.provision(anchor) for anchor in dict.fromkeys(anchors))

    def role(self, id: str) -> Link:
        """To the page of a role, by its full name."""
        return self.to(role_page(id), self.edition.roles[id].label)

    def roles(self, ids: Iterable[str]) -> tuple[Link, ...]:
        """To several roles."""
        return tuple(self.role(id) for id in ids)

    def rule(self, id: str) -> Link:
        """To a rule."""
        return self.to(rule_page(id), self.edition.rules[id].label)

    def decision(self, id: str) -> Link:
        """To a decision."""
        return self.to(rule_page(id), self.edition.decisions[id].label)

    def deadline(self, id: str) -> Link:
        """To a deadline."""
        return self.to(DEADLINES, self.edition.deadlines[id].label, id)

    def open_time(self, id: str) -> Link:
        """To a time that the text leaves open."""
        return self.to(DEADLINES, self.edition.left_open[id].label, open_time_id(id))

    def paper(self, id: str) -> Link:
        """To a paper."""
        return self.to(paper_page(id), self.edition.papers[id].label)

    def papers(self, ids: Iterable[str]) -> tuple[Link, ...]:
        """To several papers."""
        return tuple(self.paper(id) for id in ids)

    def duty(self, duty: Duty, text: str) -> Link:
        """To a duty on the page of its article."""
        return self.to(article_page(duty.law), text, duty_id(duty.id))

    def stage(self, id: str) -> Link:
        """To a stage."""
        return self.to(stage_page(id), self.edition.stages[id].label)

    def step(self, stage: str, step: Step) -> Link:
        """To a step of a stage."""
        return self.to(stage_page(stage), step.label, step.id)

    def term(self, id: str) -> Link:
        """To a term."""
        return self.to(TERMS, self.edition.terms[id].label, id)

    def reading(self, id: str) -> Link:
        """To a reading."""
        return self.to(READINGS, self.edition.readings[id].title, id)

    def examples(self, id: str, count: int) -> tuple[Link, ...]:
        """To the examples of a rule, a decision or a deadline; nothing where there are none."""
        return (self.to(examples_page(id), f"示例（{count}）"),) if count else ()

    @property
    def interpreter(self) -> Link:
        """To the organ that interprets the regulation."""
        return self.role(self.edition.interpreter)
