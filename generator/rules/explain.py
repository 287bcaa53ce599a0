"""Verdicts in official Chinese: what holds, why, what is still needed, what is doubtful.

Sentences come from the model (`says`, statements, labels); nothing is negated by machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from generator.model.anchors import Anchor
from generator.model.conditions import (
    All,
    AmountTerm,
    AnyOf,
    Bound,
    Condition,
    Holds,
    Leaf,
    Not,
    OneOf,
    ParameterTerm,
    Test,
    Within,
    facts_of,
    facts_of_term,
)
from generator.model.edition import (
    Deadline,
    Decision,
    Edition,
    Paper,
    Recurring,
    Rule,
    Stage,
    Step,
)
from generator.model.quantities import AmountUnit, chinese_date, plain
from generator.rules.answers import Answers
from generator.rules.evaluate import LeafState, Number, amount_range, holds
from generator.rules.prose import schedule_text, term_text, test_text
from generator.rules.schedules import Dates
from generator.rules.stages import StageState
from generator.rules.truth import Truth
from generator.rules.verdicts import Choice, Verdict


@dataclass(frozen=True)
class Reason:
    """One settled condition: its place, what is the case, whether that is as the rule asks."""

    law: Anchor
    text: str
    holds: bool


def reasons(edition: Edition, states: Sequence[LeafState], answers: Answers) -> tuple[Reason, ...]:
    """The deciding leaves in words."""
    return tuple(
        Reason(
            state.law,
            leaf_statement(edition, state.leaf.test, answers),
            (state.truth is Truth.YES) is not state.negated,
        )
        for state in states
    )


def explain_rule(edition: Edition, rule: Rule, verdict: Verdict, answers: Answers) -> str:
    """A verdict on a rule with its reasons."""
    stated = reasons(edition, verdict.because, answers)
    if verdict.truth is Truth.UNKNOWN:
        text = _unknown(edition, rule.says.unknown, verdict.missing, stated, rule.law)
    else:
        sentence = rule.says.yes if verdict.truth is Truth.YES else rule.says.no
        text = f"{sentence}（{rule.law.citation}）：{_joined(stated, rule.law)}。"
        text += _way_out(edition, rule, verdict.truth, answers)
    return text + _doubts(edition, verdict.readings)


def explain_decision(edition: Edition, decision: Decision, choice: Choice) -> str:
    """The outcome of a decision, or what is possible and what is missing."""
    if choice.outcome:
        outcome = decision.outcomes[choice.outcome]
        text = f"{decision.label}：{outcome.label}。{outcome.says}（{outcome.law.citation}）。"
    else:
        possible = "、".join(decision.outcomes[id].label for id in choice.possible)
        text = f"{decision.label}：{decision.unknown}。可能的结果：{possible}。"
        text += _needed(edition, choice.missing)
    return text + _doubts(edition, choice.readings)


def explain_deadline(edition: Edition, deadline: Deadline, dates: Dates) -> str:
    """When something is due and what is to be done then, or what is missing to know it."""
    text = f"{deadline.label}（{deadline.law.citation}）："
    counted = f"算法：{schedule_text(edition, deadline.schedule)}。"
    if dates.missing:
        return f"{text}尚不能推算。{_needed(edition, dates.missing)}{counted}"
    if isinstance(deadline.schedule, Recurring):
        days = "、".join(chinese_date(day) for day in dates.dates or ())
        text += f"{days or '其间没有这样的日期'}。"
    elif dates.due is None:
        return f"{text}尚不能推算。{edition.calendar.statement}{counted}"
    else:
        opens = f"{chinese_date(dates.opens)}至" if dates.opens else "不迟于"
        text += f"{opens}{chinese_date(dates.due)}。"
    text += f"{deadline.says}。{counted}"
    if dates.rolls_to:
        text += f"最后一日是休息日，顺延后为{chinese_date(dates.rolls_to)}（只作提示）。"
    return text + _doubts(edition, dates.readings)


def explain_paper(edition: Edition, paper: Paper, verdict: Verdict, answers: Answers) -> str:
    """Whether a paper is required, by whom and when, and why."""
    text = f"{paper.label}（{paper.law.citation}）："
    why = _joined(reasons(edition, verdict.because, answers), paper.law)
    if verdict.truth is Truth.YES:
        to = f"须提交{_roles(edition, paper.received_by)}" if paper.received_by else ""
        task = to or f"由{_roles(edition, paper.prepared_by)}编制"
        text += f"{task}（{paper.when}）"
        if paper.form_of:
            text += f"，是{edition.papers[paper.form_of].label}的一种形式"
        if paper.part_of:
            wholes = "、".join(edition.papers[whole].label for whole in paper.part_of)
            text += f"，是{wholes}的组成部分"
    elif verdict.truth is Truth.NO:
        text += "不需提交" if paper.received_by else "不需编制"
    else:
        text += "是否需要尚不能确定"
    text += f"：{why}。" if why and verdict.truth is not Truth.UNKNOWN else "。"
    if verdict.missing:
        text += _needed(edition, verdict.missing) + (f"已知：{why}。" if why else "")
    return text + _doubts(edition, verdict.readings)


# Stages -----------------------------------------------------------------------------------------


def explain_stage(
    edition: Edition, stage: Stage, state: StageState, papers: Mapping[str, Verdict]
) -> str:
    """How far a stage has come: what is done, what does not apply, which step is next."""
    labels = {step.id: f"“{step.label}”" for step in stage.steps}
    parts = [f"已完成{'、'.join(labels[id] for id in state.done)}"] if state.done else []
    if state.skipped:
        parts.append(f"{'、'.join(labels[id] for id in state.skipped)}不适用")
    step = _next_step(stage, state)
    if step is None:
        parts.append("没有待办的步骤")
        return f"{stage.label}：{'；'.join(parts)}。"
    to = f"向{_roles(edition, step.to)}" if step.to else ""
    papers_needed = _papers(edition, step, papers)
    which = "下一步" if state.done else "第一步"
    parts.append(
        f"{which}是{labels[step.id]}（{step.law.citation}），由{_roles(edition, step.who)}{to}办理"
        + (f"，材料：{papers_needed}" if papers_needed else "")
    )
    return f"{stage.label}：{'；'.join(parts)}。{_unsettled(edition, step, state.missing)}"


def explain_step(
    edition: Edition, stage: Stage, state: StageState, papers: Mapping[str, Verdict]
) -> str:
    """The next step of a stage in full: who does what, to whom, when, with which papers."""
    step = _next_step(stage, state)
    assert step
    details = {
        "对象": _roles(edition, step.to),
        "时间": step.when,
        "材料": _papers(edition, step, papers),
    }
    task = f"由{_roles(edition, step.who)}{step.what}"
    text = "；".join([task, *(f"{name}：{words}" for name, words in details.items() if words)])
    named = f"{stage.label}，“{step.label}”（{step.law.citation}）"
    note = f"注意：{step.note.rstrip('。')}。" if step.note else ""
    return f"{named}：{text}。{_unsettled(edition, step, state.missing)}{note}"


def _next_step(stage: Stage, state: StageState) -> Step | None:
    return next((step for step in stage.steps if step.id == state.next), None)


def _papers(edition: Edition, step: Step, papers: Mapping[str, Verdict]) -> str:
    """The papers of a step without those that are not required."""
    words = {Truth.YES: "", Truth.UNKNOWN: "（是否需要待定）"}
    found = [
        f"{edition.papers[id].label}{words[papers[id].truth]}"
        for id in step.papers
        if papers[id].truth is not Truth.NO
    ]
    return "、".join(found)


def _unsettled(edition: Edition, step: Step, missing: Sequence[str]) -> str:
    """Why a step is next only for all that is known."""
    if not missing:
        return ""
    about = {"是否适用": facts_of(step.applies) if step.applies else (), "是否已经办理": step.done}
    asked = [question for question, facts in about.items() if set(facts) & set(missing)]
    return f"{'、'.join(asked)}尚不能确定，{_needed(edition, missing)}"


# Sentences --------------------------------------------------------------------------------------


def _roles(edition: Edition, roles: Sequence[str]) -> str:
    return "、".join(edition.roles[role].label for role in roles)


def _unknown(
    edition: Edition, says: str, missing: Sequence[str], stated: Sequence[Reason], law: Anchor
) -> str:
    text = f"{says}（{law.citation}）。{_needed(edition, missing)}"
    return f"{text}已知：{_joined(stated, law)}。" if stated else text


def _joined(stated: Sequence[Reason], law: Anchor) -> str:
    """Reasons with their places; the rule's own place is not repeated."""
    return "；".join(
        reason.text if reason.law == law else f"{reason.text}（{reason.law.citation}）"
        for reason in stated
    )


def _needed(edition: Edition, facts: Sequence[str]) -> str:
    labels = "、".join(f"“{edition.facts[fact].label}”" for fact in facts)
    return f"还需填写：{labels}。"


def _doubts(edition: Edition, readings: Sequence[str]) -> str:
    interpreter = edition.roles[edition.interpreter].label
    return "".join(
        f"存疑，以{interpreter}解释意见为准：{reading.title}（{reading.id}）。"
        f"按另一种解读，结论不同{'：' + reading.alternative if reading.alternative else '。'}"
        for reading in (edition.readings[id] for id in readings)
    )


def leaf_statement(edition: Edition, test: Test, answers: Answers) -> str:
    """What is the case: 某项投资80万元，不超过100万元."""
    match test:
        case Holds(fact):
            shape = edition.facts[fact]
            held = answers.get(fact) is True
            if shape.statements:
                return shape.statements[0 if held else 1]
            return f"{shape.label}：{'是' if held else '否'}"
        case OneOf(fact, _):
            shape = edition.facts[fact]
            return f"{shape.label}为“{shape.choices[str(answers[fact])]}”"
        case Within():
            return _amount_statement(edition, test, answers)


def _amount_statement(edition: Edition, test: Within, answers: Answers) -> str:
    measured = amount_range(test.term, answers, edition.facts)
    unit = edition.facts[facts_of_term(test.term)[0]].unit
    assert unit
    value = _range_text(measured, unit)
    return f"{term_text(edition, test.term)}{value}，{_place_text(edition, test, answers, unit)}"


def _range_text(measured: tuple[Number, Number], unit: AmountUnit) -> str:
    least, most = measured
    if least == most:
        return _money(least, unit)
    return f"至少{_money(least, unit)}" if least > 0 else "未定"


def _money(steps: Number, unit: AmountUnit) -> str:
    exact = Fraction(steps) / unit.steps
    return f"{plain(Decimal(exact.numerator) / Decimal(exact.denominator))}{unit.name}"


def _place_text(edition: Edition, test: Within, answers: Answers, unit: AmountUnit) -> str:
    """Where an amount lies, judged against the bound that decides it."""
    found = test_truth_of(edition, test, answers)
    words = []
    for interval in test.intervals:
        if found is Truth.YES:
            bounds = [
                _bound_text(edition, bound, low, True, answers, unit)
                for bound, low in ((interval.low, True), (interval.high, False))
                if bound and _inside(edition, test, interval.low, interval.high, answers)
            ]
        else:
            bounds = [
                _bound_text(edition, bound, low, False, answers, unit)
                for bound, low in ((interval.low, True), (interval.high, False))
                if bound and not _on_side(edition, test.term, bound, low, answers)
            ]
        words += [word for word in bounds if word not in words]
    return "、".join(words)


def test_truth_of(edition: Edition, test: Test, answers: Answers) -> Truth:
    """The truth of a single test."""
    return holds(Leaf(test, Anchor("1"), ""), answers, edition.facts)


def _inside(
    edition: Edition, test: Within, low: Bound | None, high: Bound | None, answers: Answers
) -> bool:
    return all(
        _on_side(edition, test.term, bound, is_low, answers)
        for bound, is_low in ((low, True), (high, False))
        if bound
    )


def _on_side(
    edition: Edition, term: AmountTerm, bound: Bound, is_low: bool, answers: Answers
) -> bool:
    """Whether an amount surely lies on the inner side of a bound."""
    least, most = amount_range(term, answers, edition.facts)
    low, high = amount_range(bound.term, answers, edition.facts)
    if is_low:
        return least >= high if bound.closed else least > high
    return most <= low if bound.closed else most < low


def _bound_text(
    edition: Edition, bound: Bound, is_low: bool, inside: bool, answers: Answers, unit: AmountUnit
) -> str:
    word = _bound_word(bound, is_low, inside=inside)
    text = f"{word}{term_text(edition, bound.term)}"
    if isinstance(bound.term, ParameterTerm):
        return text
    limit = amount_range(bound.term, answers, edition.facts)
    return f"{text}（{_range_text(limit, unit)}）" if limit[0] == limit[1] else text


# What would have to be different ----------------------------------------------------------------


def _way_out(edition: Edition, rule: Rule, truth: Truth, answers: Answers) -> str:
    """For a refusal or a bar: what would have to be the case instead."""
    if rule.modality == "may" and truth is Truth.NO:
        wanted = _wanted(edition, rule.when, True, answers, inner=False)
        return f"具备下列条件才可以：{wanted}。" if wanted else ""
    if rule.modality in ("must_not", "sanction") and truth is Truth.YES:
        wanted = _wanted(edition, rule.when, False, answers, inner=False)
        return f"具备下列条件，才不再属于这种情形：{wanted}。" if wanted else ""
    return ""


def _wanted(
    edition: Edition, condition: Condition, wanted: bool, answers: Answers, *, inner: bool
) -> str:
    """What is still lacking for a condition to be (or not to be) the case; "" where nobody can
    bring it about. An inner group of several stands in brackets."""
    match condition:
        case Leaf(test, _, _, _):
            return _wanted_leaf(edition, test, wanted, answers)
        case Not(part):
            return _wanted(edition, part, not wanted, answers, inner=inner)
        case All(parts) | AnyOf(parts):
            goal = Truth.YES if wanted else Truth.NO
            open_parts = [p for p in parts if holds(p, answers, edition.facts) is not goal]
            several = len(open_parts) > 1
            texts = [_wanted(edition, p, wanted, answers, inner=several) for p in open_parts]
            lacking = [text for text in texts if text]
            # All must hold, or none may: every part counts. Otherwise one is enough.
            every = isinstance(condition, All) is wanted
            if every and len(lacking) < len(texts):
                return ""
            text = ("；并且" if every else "，或者").join(lacking)
            return f"（{text}）" if inner and len(lacking) > 1 else text


def _wanted_leaf(edition: Edition, test: Test, wanted: bool, answers: Answers) -> str:
    match test:
        case Holds(fact):
            shape = edition.facts[fact]
            if shape.statements:
                return shape.statements[0 if wanted else 1]
            return f"{shape.label}：{'是' if wanted else '否'}"
        case OneOf():
            # What a project is (secret, say) is not something to be undone for a verdict.
            return test_text(edition, test) if wanted else ""
        case Within(term, intervals):
            unit = edition.facts[facts_of_term(term)[0]].unit
            assert unit
            spans = [
                [
                    _bound_text(edition, bound, is_low, wanted, answers, unit)
                    for bound, is_low in ((interval.low, True), (interval.high, False))
                    if bound
                ]
                for interval in intervals
            ]
            # Inside a span is between its bounds; outside of it, beyond either.
            within = [("、" if wanted else "，或者").join(span) for span in spans]
            return f"{term_text(edition, term)}{'，或者'.join(within)}"


def _bound_word(bound: Bound, is_low: bool, *, inside: bool) -> str:
    if is_low:
        inner, outer = ("不低于", "低于") if bound.closed else ("超过", "不超过")
    else:
        inner, outer = ("不超过", "超过") if bound.closed else ("低于", "不低于")
    return inner if inside else outer
