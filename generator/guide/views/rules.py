"""Rules and decisions as pages show them: who, how strongly, when, and what to say."""

from __future__ import annotations

from dataclasses import dataclass

from generator.guide.addresses import Link, Links
from generator.guide.views.conditions import ConditionLine, condition_lines
from generator.guide.views.marks import Mark, mark
from generator.guide.views.readings import Doubts, doubts
from generator.model.conditions import readings_of
from generator.model.edition import Decision, Rule
from generator.rules.verdicts import decision_readings


@dataclass(frozen=True)
class Saying:
    """What people read for one verdict; `kind` is yes, no or unknown."""

    kind: str
    word: str
    text: str


@dataclass(frozen=True)
class RuleView:
    """A rule. `each` is the label of the table whose rows it judges, or empty.

    `label_marked`: the label itself begins with the word of the mark.
    """

    id: str
    label: str
    page: Link
    mark: Mark
    label_marked: bool
    who: tuple[Link, ...]
    toward: tuple[Link, ...]
    law: Link
    quote: str
    each: str
    lines: tuple[ConditionLine, ...]
    says: tuple[Saying, ...]
    doubts: Doubts
    note: str
    examples: tuple[Link, ...]


@dataclass(frozen=True)
class OutcomeView:
    """One outcome of a decision."""

    label: str
    says: str
    law: Link


@dataclass(frozen=True)
class DecisionView:
    """A decision: the rules it goes through in order, and what comes of it."""

    id: str
    label: str
    page: Link
    ask: str
    law: tuple[Link, ...]
    first_of: tuple[Link, ...]
    otherwise: str
    outcomes: tuple[OutcomeView, ...]
    unknown: str
    doubts: Doubts
    examples: tuple[Link, ...]


def rule_view(links: Links, rule: Rule) -> RuleView:
    """A rule for a page."""
    strength = mark(rule.modality)
    return RuleView(
        id=rule.id,
        label=rule.label,
        page=links.rule(rule.id),
        mark=strength,
        label_marked=rule.label.startswith((strength.word, f"原则上{strength.word}")),
        who=links.roles(rule.who),
        toward=links.roles(rule.toward),
        law=links.provision(rule.law),
        quote=rule.quote,
        each=links.edition.tables[rule.each].label if rule.each else "",
        lines=condition_lines(links, rule.when),
        says=(
            Saying("yes", "是", rule.says.yes),
            Saying("no", "否", rule.says.no),
            Saying("unknown", "待填", rule.says.unknown),
        ),
        doubts=doubts(links, readings_of(rule.when), rule.see),
        note=rule.note or "",
        examples=links.examples(rule.id, len(rule.examples)),
    )


def decision_view(links: Links, decision: Decision) -> DecisionView:
    """A decision for a page."""
    labels = {id: outcome.label for id, outcome in decision.outcomes.items()}
    return DecisionView(
        id=decision.id,
        label=decision.label,
        page=links.decision(decision.id),
        ask=decision.ask,
        law=links.provisions(decision.law),
        first_of=tuple(links.rule(rule) for rule in decision.first_of),
        otherwise=labels[decision.otherwise],
        outcomes=tuple(
            OutcomeView(each.label, each.says, links.provision(each.law))
            for each in decision.outcomes.values()
        ),
        unknown=decision.unknown,
        doubts=doubts(links, decision_readings(links.edition, decision), decision.see),
        examples=links.examples(decision.id, len(decision.examples)),
    )
