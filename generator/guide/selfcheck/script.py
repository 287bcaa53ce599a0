"""A topic as a script file for `content/js/selfcheck.js`: its rules, its questions, its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from generator.guide.addresses import Link, Links, on_site, selfcheck_page, selfcheck_script
from generator.guide.selfcheck.facts import (
    asked_facts,
    read_facts,
    topic_conditions,
    topic_rules,
)
from generator.model.anchors import Anchor
from generator.model.conditions import OneOf, leaves
from generator.model.edition import (
    Deadline,
    Decision,
    Edition,
    Fact,
    FactType,
    Paper,
    Recurring,
    Rule,
    SelfCheck,
)
from generator.rules.browser import rules_data
from generator.rules.prose import schedule_text
from generator.rules.script_file import script_file

Json: TypeAlias = dict[str, Any]

_GLOBAL = "banfaTopic"


def selfcheck_scripts(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The script file of each topic, with its path in the tree."""
    if not edition.selfchecks:
        return
    whole = rules_data(edition)
    for topic in edition.selfchecks.values():
        yield selfcheck_script(topic.id), script_file(_GLOBAL, _topic(edition, topic, whole))


def _topic(edition: Edition, topic: SelfCheck, whole: Mapping[str, Any]) -> Json:
    links = Links(edition, selfcheck_page(topic.id))
    return {
        "rules": _only_what_it_needs(edition, topic, whole),
        "regulation": f"《{edition.title}》（{edition.number}）",
        "edition": edition.id,
        "interpreter": _link(links.interpreter),
        "calendar": edition.calendar.statement,
        "questions": [
            _question(links, edition.facts[fact]) for fact in asked_facts(edition, topic)
        ],
        "decisions": [_decision(links, edition.decisions[each]) for each in topic.decisions],
        "deadlines": [_deadline(links, edition.deadlines[each]) for each in topic.deadlines],
        "rulings": [_rule(links, edition.rules[each]) for each in topic.rules],
        "papers": [_paper(links, edition.papers[each]) for each in topic.papers],
        "laws": {str(place): _link(links.provision(place)) for place in _places(edition, topic)},
        "readings": {
            id: {**_link(links.reading(id)), "alternative": reading.alternative or ""}
            for id, reading in edition.readings.items()
            if id in _open_readings(edition, topic)
        },
    }


def _only_what_it_needs(edition: Edition, topic: SelfCheck, whole: Mapping[str, Any]) -> Json:
    """The data of the rules, without what the topic does not look at."""
    facts = read_facts(edition, topic)
    needed = {
        "facts": facts,
        "rules": {rule.id for rule in topic_rules(edition, topic)},
        "decisions": {*topic.decisions},
        # Ends before their starts are found by deadlines, shown or not.
        "deadlines": {*topic.deadlines, *_recurring_within(edition, facts)},
        "documents": {*topic.papers},
        "stages": set(),
    }
    return {
        key: {id: each for id, each in value.items() if id in needed[key]}
        if key in needed
        else value
        for key, value in whole.items()
    }


def _recurring_within(edition: Edition, facts: frozenset[str]) -> Iterator[str]:
    for id, deadline in edition.deadlines.items():
        schedule = deadline.schedule
        if isinstance(schedule, Recurring) and {schedule.start, schedule.until} <= facts:
            yield id


def _places(edition: Edition, topic: SelfCheck) -> Iterable[Anchor]:
    """The places that a reason may rest on, each once."""
    found: dict[Anchor, None] = {}
    for condition in topic_conditions(edition, topic):
        for leaf in leaves(condition):
            found[leaf.law] = None
            for test in (leaf.test, *leaf.alternatives.values()):
                if isinstance(test, OneOf):
                    found.update(dict.fromkeys(law for law in test.choices.values() if law))
    return found


def _open_readings(edition: Edition, topic: SelfCheck) -> frozenset[str]:
    """Those that can change what the topic shows."""
    conditions = topic_conditions(edition, topic)
    found = {each for c in conditions for leaf in leaves(c) for each in leaf.alternatives}
    for id in topic.deadlines:
        found.update(edition.deadlines[id].alternatives)
    for id in topic.papers:
        found.update(edition.papers[id].alternatives)
    return frozenset(found)


# Questions, and what they come to -----------------------------------------------------------------


def _question(links: Links, fact: Fact) -> Json:
    found: Json = {
        "fact": fact.id,
        "ask": fact.ask,
        "help": fact.help or "",
        "law": _some(links, fact.law),
    }
    if fact.type is FactType.CHOICE:
        found["choices"] = [{"id": id, "label": label} for id, label in fact.choices.items()]
    if fact.unit:
        found["unusual"] = fact.unit.unusual
    return found


def _decision(links: Links, decision: Decision) -> Json:
    return {
        "id": decision.id,
        **_link(links.decision(decision.id)),
        "unknown": decision.unknown,
        "outcomes": {
            id: {
                "label": outcome.label,
                "says": outcome.says,
                "law": _link(links.provision(outcome.law)),
            }
            for id, outcome in decision.outcomes.items()
        },
        "rules": [_rule(links, links.edition.rules[each]) for each in decision.first_of],
    }


def _deadline(links: Links, deadline: Deadline) -> Json:
    return {
        "id": deadline.id,
        **_link(links.deadline(deadline.id)),
        "law": _link(links.provision(deadline.law)),
        "says": deadline.says,
        "counted": schedule_text(links.edition, deadline.schedule),
        "note": deadline.note or "",
    }


_LOOKS = {"yes": "yes", "no": "bar", "neither": "other"}
"""How a rule that holds is shown, by which answer is good news."""


def _rule(links: Links, rule: Rule) -> Json:
    return {
        "id": rule.id,
        **_link(links.rule(rule.id)),
        "law": _link(links.provision(rule.law)),
        "look": _LOOKS[rule.good_when],
        "says": {"yes": rule.says.yes, "no": rule.says.no, "unknown": rule.says.unknown},
        "note": rule.note or "",
    }


def _paper(links: Links, paper: Paper) -> Json:
    form_of = links.edition.papers[paper.form_of].label if paper.form_of else ""
    to = "、".join(links.edition.roles[each].label for each in paper.received_by)
    return {
        "id": paper.id,
        **_link(links.paper(paper.id)),
        "law": _link(links.provision(paper.law)),
        "when": paper.when,
        "to": to,
        "form_of": form_of,
        "note": paper.note or "",
    }


def _some(links: Links, place: Anchor | None) -> Json | None:
    return _link(links.provision(place)) if place else None


def _link(link: Link) -> Json:
    return {"label": link.text, "href": on_site(link.href)}
