"""What a topic asks, and which topics show a thing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.conditions import Condition, facts_of, facts_of_term, facts_of_test, leaves
from generator.model.edition import Deadline, Edition, Recurring, Rule, SelfCheck
from generator.rules.verdicts import decision_facts


def asked_facts(edition: Edition, topic: SelfCheck) -> tuple[str, ...]:
    """The facts that can make a difference to what the topic shows, in the order of asking."""
    return tuple(dict.fromkeys(_asked(edition, topic)))


def _asked(edition: Edition, topic: SelfCheck) -> Iterator[str]:
    for decision in topic.decisions:
        yield from decision_facts(edition, edition.decisions[decision])
    for deadline in topic.deadlines:
        yield from deadline_facts(edition.deadlines[deadline])
    for rule in topic.rules:
        yield from facts_of(edition.rules[rule].when)
    for paper in topic.papers:
        required = edition.papers[paper].required
        yield from facts_of(required) if required else ()


def read_facts(edition: Edition, topic: SelfCheck) -> frozenset[str]:
    """All facts that the script has to know: also those that only other readings look at."""
    conditions = topic_conditions(edition, topic)
    tests = (t for c in conditions for x in leaves(c) for t in (x.test, *x.alternatives.values()))
    return frozenset(
        (*asked_facts(edition, topic), *(fact for test in tests for fact in facts_of_test(test)))
    )


def topic_rules(edition: Edition, topic: SelfCheck) -> tuple[Rule, ...]:
    """The rules that a topic shows, and those that its decisions go through."""
    through = (rule for id in topic.decisions for rule in edition.decisions[id].first_of)
    return tuple(edition.rules[id] for id in dict.fromkeys((*through, *topic.rules)))


def topic_conditions(edition: Edition, topic: SelfCheck) -> tuple[Condition, ...]:
    """All conditions that a topic goes through, whatever the reading."""
    rules = (rule.when for rule in topic_rules(edition, topic))
    papers = (each for paper in topic.papers for each in edition.papers[paper].conditions)
    return (*rules, *papers)


def topics_showing(edition: Edition, id: str) -> tuple[SelfCheck, ...]:
    """The topics that show a decision or a rule."""
    return tuple(
        topic
        for topic in edition.selfchecks.values()
        if id in (*topic.decisions, *(rule.id for rule in topic_rules(edition, topic)))
    )


def deadline_facts(deadline: Deadline) -> tuple[str, ...]:
    """The dates that a deadline counts from, and what may extend it."""
    schedule = deadline.schedule
    if isinstance(schedule, Recurring):
        return (schedule.start, schedule.until)
    extending = (schedule.extension.fact,) if schedule.extension else ()
    return (*facts_of_term(schedule.start), *extending)
