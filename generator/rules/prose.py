"""The prose target: conditions and schedules in official Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.anchors import Anchor
from generator.model.conditions import (
    All,
    AmountTerm,
    AnyOf,
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
)
from generator.model.edition import Edition, LastDay, Recurrence, Recurring, Window
from generator.model.quantities import Period

STRENGTHS = {
    "must": ("应当", "必须做"),
    "may": ("可以", "准许做，也可以不做"),
    "must_not": ("不得", "禁止做"),
    "condition": ("条件", "具备了，才能办下一步"),
    "factor": ("依据", "作决定时须考虑，本身不决定结果"),
    "charge": ("负责", "由其主管、承担的工作"),
    "sanction": ("责任", "违反以后的处理"),
}
"""The word and the meaning of each strength, from the strongest duty to what follows from
breaking one."""

_DEGREES = {"strict": "{}", "in_principle": "原则上{}", "explore": "{}探索"}


def strength_word(strength: str, degree: str = "strict") -> str:
    """The word of a strength or modality, as strict as the text has it: 应当, 原则上应当."""
    return _DEGREES[degree].format(STRENGTHS[strength][0])


@dataclass(frozen=True)
class Line:
    """One node of a condition as people read it: its text, its basis, its parts below it."""

    text: str
    law: Anchor | None
    parts: tuple[Line, ...] = ()


def outline(edition: Edition, condition: Condition) -> Line:
    """A condition as nested lines: 须同时满足 / 满足下列任一 above their parts."""
    match condition:
        case Leaf(_, law, _, _):
            return Line(leaf_text(edition, condition), law)
        case Not(part, label, law):
            inner = outline(edition, part)
            if inner.parts:
                return Line(label or "不得出现下列情形", law, (inner,))
            return Line(label or f"并非：{inner.text}", law or inner.law)
        case All(parts, label, law):
            return Line(label or "须同时满足", law, tuple(outline(edition, part) for part in parts))
        case AnyOf(parts, label, law):
            return Line(
                label or "满足下列任一", law, tuple(outline(edition, part) for part in parts)
            )


def leaf_text(edition: Edition, leaf: Leaf) -> str:
    """某项投资不超过100万元; for yes/no facts the label of the leaf."""
    if isinstance(leaf.test, Holds):
        return leaf.label
    return test_text(edition, leaf.test)


def test_text(edition: Edition, test: Test) -> str:
    """A test in words."""
    match test:
        case Holds(fact):
            return edition.facts[fact].label
        case OneOf(fact, choices):
            known = edition.facts[fact]
            names = "、".join(f"“{known.choices[choice]}”" for choice in choices)
            return f"{known.label}为{names}{'之一' if len(choices) > 1 else ''}"
        case Within(term, intervals):
            spans = "，或者".join(interval_text(edition, interval) for interval in intervals)
            return f"{term_text(edition, term)}{spans}"


def interval_text(edition: Edition, interval: Interval) -> str:
    """超过100万元、不超过200万元."""
    words = []
    if interval.low:
        sign = "不低于" if interval.low.closed else "超过"
        words.append(f"{sign}{term_text(edition, interval.low.term)}")
    if interval.high:
        sign = "不超过" if interval.high.closed else "低于"
        words.append(f"{sign}{term_text(edition, interval.high.term)}")
    return "、".join(words)


def term_text(edition: Edition, term: AmountTerm | Latest | Earliest) -> str:
    """A term in words: 概算总投资的10%."""
    match term:
        case ParameterTerm(parameter):
            return str(parameter.quantity)
        case FactTerm(fact):
            return edition.facts[fact].label
        case ShareOf(share, fact):
            return f"{edition.facts[fact].label}的{share.quantity}"
        case SumOfSizes(facts):
            if len(facts) == 1:
                return f"{edition.facts[facts[0]].label}（按绝对值）"
            names = "与".join(edition.facts[fact].label for fact in facts)
            return f"{names}之和（按绝对值）"
        case Latest(facts) | Earliest(facts):
            which = "较晚" if isinstance(term, Latest) else "较早"
            return f"{'、'.join(edition.facts[fact].label for fact in facts)}中{which}的一日"


_RECURRING_DAY = {
    Recurrence.MONTH_END: "月末",
    Recurrence.QUARTER_END: "季度末",
    Recurrence.YEAR_END: "年末",
}
_LAST = {
    LastDay.NEXT: "最后一次为{until}当日或者其后的第一个{day}",
    LastDay.CLAMP: "最后一次不迟于{until}当日",
    LastDay.WITHIN: "最后一次为{until}当日或者其前的最后一个{day}",
}


def schedule_text(edition: Edition, schedule: Window | Recurring) -> str:
    """When a deadline falls: 自建成日期起6个月内."""
    if isinstance(schedule, Recurring):
        start, until = edition.facts[schedule.start].label, edition.facts[schedule.until].label
        day = _RECURRING_DAY[schedule.every]
        last = _LAST[schedule.last].format(until=until, day=day)
        return f"自{start}至{until}，每{day}（{last}）"
    base = term_text(edition, schedule.start)
    within = schedule.within.quantity
    text = f"自{base}起{within}内"
    if schedule.opens:
        opens = schedule.opens.quantity
        assert isinstance(opens, Period)
        first = f"满{opens}之日{'的次日' if schedule.opens_next_day else ''}"
        text = f"自{base}起，{first}至满{within}之日"
    if schedule.extension:
        fact = edition.facts[schedule.extension.fact].label
        text += f"（{fact}的，延长{schedule.extension.by.quantity}）"
    return text
