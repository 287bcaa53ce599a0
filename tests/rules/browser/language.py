"""An edition that says everything the rule language can say; real ones say only some of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from generator.model.anchors import Anchor
from generator.model.conditions import (
    All,
    AmountTerm,
    AnyOf,
    Bound,
    Condition,
    DateTerm,
    Earliest,
    FactTerm,
    Holds,
    Interval,
    Latest,
    Leaf,
    Not,
    OneOf,
    Parameter,
    ParameterTerm,
    ShareOf,
    SumOfSizes,
    Test,
    Within,
)
from generator.model.edition import (
    Deadline,
    Decision,
    Edition,
    Extension,
    FactType,
    LastDay,
    Outcome,
    Paper,
    Recurrence,
    Recurring,
    Rule,
    Stage,
    Step,
    Window,
)
from generator.model.quantities import quantity

Schedules: TypeAlias = tuple[Window | Recurring, Mapping[str, Window | Recurring]]
"""A schedule, and those of other readings."""

LAW, ITEM = Anchor("9"), Anchor("9", items=(1,))


def whole_language(edition: Edition) -> Edition:
    """Qidong's facts and calendar, and all that is computed, in every form."""
    rules = {id: _rule(edition, id, when) for id, when in _conditions().items()}
    rules |= {id: _rule(edition, id, when) for id, when in _alternatives_of_a_decision().items()}
    schedules = dict(_windows()) | dict(_recurrences())
    facts = dict(edition.facts)
    estimate = facts["approved_estimate"]
    facts["approved_estimate"] = replace(estimate, lowest=0, bound="不小于0万元")
    facts["remark"] = replace(facts["urgent"], id="remark", label="备注", type=FactType.TEXT)
    return replace(
        edition,
        facts=facts,
        rules=rules,
        decisions={"route": _decision(edition, tuple(_alternatives_of_a_decision()))},
        deadlines={id: _deadline(edition, id, each) for id, each in schedules.items()},
        papers=_papers(edition),
        stages={"life": _stage(), "idle": replace(_stage(), id="idle", steps=_idle_steps())},
    )


def _parameter(value: str, unit: str) -> Parameter:
    return Parameter(f"p_{value}_{unit}", "参数", quantity(Decimal(value), unit), LAW, "")


def _limit(value: str) -> ParameterTerm:
    return ParameterTerm(_parameter(value, "万元"))


def _share(value: str, fact: str) -> ShareOf:
    return ShareOf(_parameter(value, "percent"), fact)


def _leaf(test: Test, **alternatives: Test) -> Leaf:
    return Leaf(test, LAW, "", alternatives)


def _within(term: AmountTerm, *intervals: tuple[str, AmountTerm | None, AmountTerm | None]) -> Test:
    """Intervals as they are printed: "(]" is open below and closed above."""
    return Within(
        term,
        tuple(
            Interval(
                Bound(low, closed=ends[0] == "[") if low else None,
                Bound(high, closed=ends[1] == "]") if high else None,
            )
            for ends, low, high in intervals
        ),
    )


# Conditions ---------------------------------------------------------------------------------------

TOTAL, CHANGE = FactTerm("total_investment"), FactTerm("adjust_amount")
ESTIMATE, LIST = FactTerm("approved_estimate"), "prior_adjustments"
SUM = SumOfSizes((LIST, "adjust_amount"))
THIRD, TINY = _share("33.3", "approved_estimate"), _share("0.003", "approved_estimate")


def _conditions() -> Mapping[str, Condition]:
    reason = OneOf("adjust_reason", {"superior_deployment": ITEM, "other": None})
    ends = ("()", "(]", "[)", "[]")
    return {
        **{
            f"interval_{place}": _leaf(_within(TOTAL, (each, _limit("300"), _limit("500.5"))))
            for place, each in enumerate(ends)
        },
        "union": _leaf(
            _within(TOTAL, ("()", None, _limit("0.01")), ("[]", _limit("7"), _limit("7.000001"))),
            AM01=_within(TOTAL, ("[)", _limit("7"), None)),
            AM02=_within(TOTAL, ("(]", None, _limit("1000000"))),
        ),
        "signed": _leaf(_within(CHANGE, ("(]", _limit("-5.5"), _limit("0")))),
        "sum_over_share": _leaf(
            _within(SUM, ("()", _share("12.5", "approved_estimate"), None)),
            AM20=_within(SumOfSizes(("adjust_amount",)), ("[)", TINY, None)),
        ),
        "between_shares": _leaf(_within(SUM, ("[)", TINY, _share("250", "approved_estimate")))),
        "share": _leaf(_within(THIRD, ("[]", _limit("1"), _limit("99")))),
        "share_and_share": _leaf(_within(_share("10", "total_investment"), ("(]", None, THIRD))),
        "sum_and_share": _leaf(_within(THIRD, ("()", SumOfSizes(("total_investment",)), SUM))),
        "sum_from_zero": _leaf(
            _within(
                SumOfSizes(("approved_estimate", "adjust_amount")),
                ("[)", _limit("0.000001"), None),
            )
        ),
        "sum_alone": _leaf(_within(SumOfSizes((LIST,)), ("(]", None, _limit("100")))),
        "always": _leaf(_within(TOTAL, ("(]", None, _limit("1000000")))),
        "always_signed": _leaf(_within(CHANGE, ("[)", _limit("-1000000"), None))),
        "always_from_zero": _leaf(_within(ESTIMATE, ("[]", _limit("0"), _limit("1000000")))),
        "list": _leaf(_within(FactTerm(LIST), ("(]", None, _limit("1000000")))),
        "never": _leaf(_within(TOTAL, ("()", _limit("1000000"), None))),
        "tree": Not(
            AnyOf(
                (
                    Not(
                        All(
                            (
                                _leaf(Holds("urgent")),
                                Not(_leaf(reason, AM03=Holds("archive_accepted"))),
                            )
                        )
                    ),
                    All((_leaf(Holds("depth_reached"), AM04=Holds("high_energy")),)),
                    Not(Not(_leaf(_within(CHANGE, ("[]", _limit("-1"), _limit("1")))))),
                )
            )
        ),
    }


def _alternatives_of_a_decision() -> Mapping[str, Condition]:
    choice = _leaf(OneOf("adjust_reason", {"other": None}), AM06=OneOf("adjust_reason", {}))
    return {
        "first": All((choice, Not(_leaf(_within(CHANGE, ("[]", _limit("-2"), _limit("2"))))))),
        "second": AnyOf(
            (
                _leaf(Holds("urgent")),
                _leaf(
                    _within(TOTAL, ("()", _limit("0.000001"), _limit("5"))),
                    AM05=_within(TOTAL, ("[]", _limit("0.000001"), _limit("5"))),
                ),
            )
        ),
        "third": All((_leaf(_within(TOTAL, ("[]", _limit("3"), _limit("5")))), choice)),
    }


def _rule(edition: Edition, id: str, when: Condition) -> Rule:
    return replace(edition.rules["merge_all"], id=id, when=when)


def _decision(edition: Edition, rules: tuple[str, ...]) -> Decision:
    outcomes = {id: Outcome(id, id, id, LAW) for id in ("neither", *reversed(rules))}
    known = edition.decisions["approval_route"]
    return replace(known, id="route", first_of=rules, otherwise="neither", outcomes=outcomes)


# Deadlines ----------------------------------------------------------------------------------------


def _windows() -> Iterator[tuple[str, Schedules]]:
    starts: tuple[DateTerm, ...] = (
        FactTerm("built_on"),
        Latest(("built_on", "accepted_on", "operating_on")),
        Earliest(("accepted_on", "operating_on")),
    )
    lengths = [("1", "month"), ("11", "month"), ("1", "year"), ("4", "year"), ("0", "day")]
    lengths += [("1", "day"), ("400", "day"), ("0", "working_day"), ("1", "working_day")]
    lengths += [("10", "working_day"), ("100", "working_day")]
    for number, (start, (count, unit)) in enumerate(itertools.product(starts, lengths)):
        period = _parameter(count, unit)
        extension = Extension("urgent", _parameter("3", unit), LAW) if number % 2 else None
        opens = _parameter("1", "month") if number % 3 else None
        window = Window(start, period, opens, number % 4 == 0, extension)
        later = replace(window, opens_next_day=not window.opens_next_day, extension=None)
        yield f"window_{number}", (window, {"AM07": later, "AM08": window})


def _recurrences() -> Iterator[tuple[str, Schedules]]:
    for every, last in itertools.product(Recurrence, LastDay):
        recurring = Recurring(every, "construction_start", "construction_end", last)
        others = {f"AM0{n}": replace(recurring, last=each) for n, each in enumerate(LastDay, 1)}
        yield f"every_{every.value}_{last.value}", (recurring, others)


def _deadline(edition: Edition, id: str, schedules: Schedules) -> Deadline:
    known = edition.deadlines["acceptance_application"]
    return replace(known, id=id, schedule=schedules[0], alternatives=schedules[1])


def _papers(edition: Edition) -> Mapping[str, Paper]:
    known = edition.papers["risk_report"]
    condition = _leaf(Holds("archive_accepted"), AM01=Holds("urgent"))
    forms: Mapping[str, tuple[Condition | None, Mapping[str, Condition | None]]] = {
        "always": (None, {"AM02": condition}),
        "sometimes": (condition, {"AM02": None, "AM03": Not(condition)}),
    }
    return {
        id: replace(known, id=id, required=required, alternatives=alternatives)
        for id, (required, alternatives) in forms.items()
    }


# Stages -------------------------------------------------------------------------------------------


def _stage() -> Stage:
    """Steps of every form: always or sometimes, done by one fact or several, words or days."""
    reason = OneOf("adjust_reason", {"superior_deployment": ITEM, "other": None})
    flipped = _leaf(Holds("secrecy_check_passed"), AM01=Holds("urgent"))
    dear = _leaf(_within(TOTAL, ("()", _limit("300"), None)))
    forms: Mapping[str, tuple[Condition | None, tuple[str, ...]]] = {
        "word": (None, ("depth_reached",)),
        "day": (None, ("built_on",)),
        "maybe": (Not(_leaf(reason)), ("archive_accepted",)),
        "several": (flipped, ("accepted_on", "operating_on", "archive_accepted")),
        "amount": (AnyOf((dear, _leaf(Holds("urgent")))), ("depth_reached", "construction_end")),
        "last": (All((_leaf(Holds("depth_reached")), Not(dear))), ("built_on",)),
    }
    steps = tuple(_step(id, applies, done) for id, (applies, done) in forms.items())
    return Stage("life", "阶段", "各种步骤", (LAW,), steps)


def _idle_steps() -> tuple[Step, ...]:
    never = _leaf(_within(TOTAL, ("()", _limit("1000000"), None)))
    return (_step("never", never, ("urgent",)), _step("or_never", never, ("built_on",)))


def _step(id: str, applies: Condition | None, done: tuple[str, ...]) -> Step:
    who = ("construction_unit",)
    return Step(id, id, who, id, (), (), None, LAW, "", applies, done, (), None)
