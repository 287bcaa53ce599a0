"""The browser target: the rules of an edition as plain data, for `content/js/rules.js` to evaluate.

Sentences are made here, whole, so that the script only chooses among them. A decision goes as the
finished table of its outcomes, one cell for each combination of the classes of values that the
thresholds cut: some hundred small numbers, exact because `verdicts` fills them, where the script
would have to evaluate as many combinations while the reader types.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias

from generator.model.calendar import CalendarYear, WorkingCalendar
from generator.model.conditions import (
    All,
    AmountTerm,
    AnyOf,
    Bound,
    Condition,
    Earliest,
    FactTerm,
    Holds,
    Interval,
    Latest,
    Leaf,
    Not,
    OneOf,
    ParameterTerm,
    ShareOf,
    SumOfSizes,
    Test,
    Within,
    facts_of_term,
    facts_of_test,
    readings_of,
    under,
)
from generator.model.edition import (
    Deadline,
    Decision,
    Edition,
    Fact,
    FactType,
    Paper,
    Recurring,
    Step,
    Window,
)
from generator.model.quantities import Period, Share
from generator.model.values import EARLIEST_DAY, LATEST_DAY
from generator.rules.evaluate import holds
from generator.rules.explain import leaf_statement
from generator.rules.prose import interval_text, term_text
from generator.rules.script_file import script_file
from generator.rules.truth import Truth
from generator.rules.verdicts import decision_facts, decision_readings, value_classes

Json: TypeAlias = dict[str, Any]

GLOBAL = "banfaRules"
"""The variable that the script file of the data fills."""

_SATURDAY = 5


def rules_data(edition: Edition) -> Json:
    """Everything that `banfa.assess` needs of an edition, as JSON: amounts in smallest steps,
    dates as YYYY-MM-DD, null for what is not there."""
    return {
        "edition": edition.id,
        "days": {"first": EARLIEST_DAY.isoformat(), "last": LATEST_DAY.isoformat()},
        "facts": {id: _fact(edition, fact) for id, fact in edition.facts.items()},
        "rules": {id: _condition(edition, rule.when) for id, rule in edition.rules.items()},
        "decisions": {id: _decision(edition, each) for id, each in edition.decisions.items()},
        "deadlines": {id: _deadline(each) for id, each in edition.deadlines.items()},
        "documents": {id: _paper(edition, paper) for id, paper in edition.papers.items()},
        "stages": {
            id: [_step(edition, step) for step in stage.steps]
            for id, stage in edition.stages.items()
        },
        "calendar": _calendar(edition.calendar),
    }


def rules_script_data(edition: Edition) -> bytes:
    """The data as a script file."""
    return script_file(GLOBAL, rules_data(edition))


# Facts ------------------------------------------------------------------------------------------


def _fact(edition: Edition, fact: Fact) -> Json:
    found: Json = {"label": fact.label, "type": fact.type.value}
    if fact.type is FactType.YESNO:
        held = {"yes": True, "no": False}
        test = Holds(fact.id)
        found["says"] = {w: leaf_statement(edition, test, {fact.id: v}) for w, v in held.items()}
    elif fact.type is FactType.CHOICE:
        one = OneOf(fact.id, {})
        found["says"] = {c: leaf_statement(edition, one, {fact.id: c}) for c in fact.choices}
    elif fact.unit:
        found |= {
            "unit": fact.unit.name,
            "decimals": fact.unit.decimals,
            "lowest": fact.lowest,
            "highest": fact.highest,
            "signed": fact.signed,
            "bound": fact.bound,
        }
    return found


# Conditions -------------------------------------------------------------------------------------


def _condition(edition: Edition, condition: Condition) -> Json:
    return {"when": _tree(edition, condition), "readings": readings_of(condition)}


def _tree(edition: Edition, condition: Condition) -> Json:
    match condition:
        case All(parts):
            return {"all": [_tree(edition, part) for part in parts]}
        case AnyOf(parts):
            return {"any": [_tree(edition, part) for part in parts]}
        case Not(part):
            return {"not": _tree(edition, part)}
        case Leaf(test, law, _, alternatives):
            flipped = {id: _test(edition, other) for id, other in alternatives.items()}
            return {"law": str(law), "test": _test(edition, test), "alternatives": flipped}


def _test(edition: Edition, test: Test) -> Json:
    """A yes/no fact is a choice between two: the script knows choices and amounts only."""
    match test:
        case Holds(fact):
            return {"facts": [fact], "choices": {"yes": None}}
        case OneOf(fact, choices):
            places = {choice: str(law) if law else None for choice, law in choices.items()}
            return {"facts": [fact], "choices": places}
        case Within(term, intervals):
            return {
                "facts": facts_of_test(test),
                "amount": _amount(term),
                "label": term_text(edition, term),
                "intervals": [
                    {
                        "low": _bound(edition, each.low, low=True),
                        "high": _bound(edition, each.high, low=False),
                    }
                    for each in intervals
                ],
            }


def _bound(edition: Edition, bound: Bound | None, *, low: bool) -> Json | None:
    """One end of an interval, and in words what lies on its inner and on its outer side."""
    if bound is None:
        return None
    beyond = Bound(bound.term, not bound.closed)
    inner = Interval(bound, None) if low else Interval(None, bound)
    outer = Interval(None, beyond) if low else Interval(beyond, None)
    return {
        "amount": _amount(bound.term),
        "closed": bound.closed,
        "inside": interval_text(edition, inner),
        "outside": interval_text(edition, outer),
    }


def _amount(term: AmountTerm) -> Json:
    match term:
        case ParameterTerm():
            return {"steps": term.steps}
        case FactTerm(fact):
            return {"fact": fact}
        case ShareOf(share, fact):
            assert isinstance(share.quantity, Share)
            return {"fact": fact, "times": _share(share.quantity)}
        case SumOfSizes(facts):
            return {"sum": facts}


def _share(share: Share) -> Json:
    """A share as a whole number and the decimal places to set off in it: 12.5 % is 125 and 3."""
    places = 0
    while (share.fraction * 10**places).denominator != 1:
        places += 1
    return {"number": int(share.fraction * 10**places), "places": places}


# Decisions --------------------------------------------------------------------------------------


def _decision(edition: Edition, decision: Decision) -> Json:
    """`axes` are the facts with their classes (of an amount, the least of each); `tables` give the
    place in `outcomes` for each combination of classes, the last axis running fastest, under the
    main reading ("") and with each open reading flipped."""
    names = decision_facts(edition, decision)
    return {
        "outcomes": list(decision.outcomes),
        "axes": [_axis(edition, decision, name) for name in names],
        "readings": decision_readings(edition, decision),
        "tables": {
            reading or "": _table(edition, decision, names, reading)
            for reading in (None, *decision_readings(edition, decision))
        },
    }


def _axis(edition: Edition, decision: Decision, name: str) -> Json:
    # Of an amount, the least value of each class; the others take no more than one value a class.
    values = value_classes(edition, decision, name)
    if edition.facts[name].type is FactType.YESNO:
        return {"fact": name, "values": ["yes" if value else "no" for value in values]}
    if edition.facts[name].type is FactType.CHOICE:
        return {"fact": name, "values": values}
    return {"fact": name, "least": values}


def _table(
    edition: Edition, decision: Decision, names: tuple[str, ...], reading: str | None
) -> list[int]:
    whens = [(rule, edition.rules[rule].when) for rule in decision.first_of]
    rules = [(rule, under(when, reading) if reading else when) for rule, when in whens]
    places = list(decision.outcomes)
    cells = []
    for values in itertools.product(*(value_classes(edition, decision, name) for name in names)):
        answers = dict(zip(names, values, strict=True))
        found = (r for r, when in rules if holds(when, answers, edition.facts) is Truth.YES)
        cells.append(places.index(next(found, decision.otherwise)))
    return cells


# Deadlines, papers and stages -------------------------------------------------------------------


def _deadline(deadline: Deadline) -> Json:
    others = {id: _schedule(schedule) for id, schedule in deadline.alternatives.items()}
    return {"schedule": _schedule(deadline.schedule), "alternatives": others}


def _schedule(schedule: Window | Recurring) -> Json:
    if isinstance(schedule, Recurring):
        return {
            "every": schedule.every.months,
            "start": schedule.start,
            "until": schedule.until,
            "last": schedule.last.value,
        }
    extension, opens = schedule.extension, schedule.opens
    return {
        "from": list(facts_of_term(schedule.start)),
        "pick": _PICKS.get(type(schedule.start), "only"),
        "within": _period(schedule.period),
        "opens": _period(opens.quantity) if opens else None,
        "opens_next_day": schedule.opens_next_day,
        "extension": (
            {"fact": extension.fact, "by": _period(extension.by.quantity)} if extension else None
        ),
    }


_PICKS: dict[type, str] = {Latest: "latest", Earliest: "earliest"}


def _period(period: object) -> Json:
    assert isinstance(period, Period)
    return {"count": period.count, "unit": period.unit.value}


def _paper(edition: Edition, paper: Paper) -> Json:
    """null stands for a paper that is always required."""
    return {
        "required": _condition(edition, paper.required) if paper.required else None,
        "alternatives": {
            id: _condition(edition, other) if other else None
            for id, other in paper.alternatives.items()
        },
    }


def _step(edition: Edition, step: Step) -> Json:
    """null stands for a step that always applies."""
    applies = _tree(edition, step.applies) if step.applies else None
    return {"id": step.id, "applies": applies, "done": step.done}


def _calendar(calendar: WorkingCalendar) -> Json:
    """By published year, the weekdays off and the weekend days on which people work."""
    return {str(year): _year(calendar.years[year]) for year in sorted(calendar.years)}


def _year(year: CalendarYear) -> Json:
    off = (day for day in year.holidays if day.weekday() < _SATURDAY and not year.is_working(day))
    return {"off": _days(off), "on": _days(year.working_weekends)}


def _days(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]
