"""Conditions and dates in official Chinese, as a reader of the regulation would put them."""

from __future__ import annotations

import pytest

from generator.model.anchors import Anchor
from generator.model.conditions import All, AnyOf, Bound, Holds, Interval, Leaf, Not, ParameterTerm
from generator.model.edition import Edition
from generator.rules.prose import Line, interval_text, outline, schedule_text
from tests.support.editions import edition_of

QIDONG, YUNLING = edition_of("qidong-2022"), edition_of("yunling-2025")


def lines(line: Line, depth: int = 0) -> list[str]:
    """A line and those below it, indented, each with its basis."""
    basis = f"（{line.law.citation}）" if line.law else ""
    own = f"{'　' * depth}{line.text}{basis}"
    return [own, *(below for part in line.parts for below in lines(part, depth + 1))]


def of_rule(id: str) -> list[str]:
    edition = QIDONG if id in QIDONG.rules else YUNLING
    return lines(outline(edition, edition.rules[id].when))


def test_article_9_reads_as_a_list_of_what_must_hold() -> None:
    assert of_rule("merge_all") == [
        "须同时满足",
        "　前期工作达到一定深度要求（第九条）",
        "　满足下列任一",
        "　　国家、省、南通以及市委市政府有明确要求（第九条第（一）项）",
        "　　须同时满足",
        "　　　涉及国家重大战略、国家安全等特殊原因（第九条第（二）项）",
        "　　　情况紧急（第九条第（二）项）",
        "　　总投资不超过300万元（第九条第（三）项）",
    ]


def test_article_8_names_both_ends_of_its_range() -> None:
    assert of_rule("merge_two") == [
        "满足下列任一",
        "　已经列入政务信息化建设规划或大数据发展规划（第八条第（一）项）",
        "　总投资超过300万元、不超过500万元（第八条第（二）项）",
    ]


def test_a_rule_of_one_condition_is_one_line() -> None:
    assert of_rule("supervision_mandatory") == ["总投资不低于300万元（第二十四条）"]


def test_a_share_and_a_sum_of_sizes_are_put_in_words() -> None:
    assert (
        "　此前历次资金调整数额与本次资金调整数额之和（按绝对值）不超过概算总投资的10%"
        "（第二十八条第一款）"
    ) in of_rule("self_adjustment")


def test_a_choice_among_several_is_put_in_words() -> None:
    assert of_rule("operation_barred")[1] == (
        "　涉密情况为“涉密”、“既有涉密部分，又有非涉密部分”之一（第三十二条）"
    )


def test_what_must_not_be_reads_as_its_label_says() -> None:
    assert of_rule("acceptance_barred")[1:] == [
        "　未按规定提供信息资源目录（第三十条）",
        "　未按规定提供数据（第三十条）",
        "　未经档案验收或者档案验收不合格（第三十一条第二款）",
    ]


def test_what_must_not_be_without_a_label_is_still_a_sentence() -> None:
    found = lines(outline(YUNLING, YUNLING.rules["in_scope"].when))
    assert found[2] == "　并非：执法执勤用车（第二条第二款）"


def test_several_things_that_must_not_be_keep_their_list() -> None:
    parts = tuple(Leaf(Holds(fact), Anchor("10"), fact) for fact in ("甲", "乙"))
    assert lines(outline(QIDONG, Not(AnyOf(parts)))) == [
        "不得出现下列情形",
        "　满足下列任一",
        "　　甲（第十条）",
        "　　乙（第十条）",
    ]


def test_a_label_of_the_writers_stands_for_our_words() -> None:
    leaf = Leaf(Holds("甲"), Anchor("10"), "甲")
    assert lines(outline(QIDONG, All((leaf,), "都要具备", Anchor("9")))) == [
        "都要具备（第九条）",
        "　甲（第十条）",
    ]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (True, None, "不低于300万元"),
        (False, None, "超过300万元"),
        (None, True, "不超过500万元"),
        (None, False, "低于500万元"),
        (False, True, "超过300万元、不超过500万元"),
        (True, True, "不低于300万元、不超过500万元"),
    ],
)
def test_the_words_tell_whether_an_end_belongs(
    low: bool | None, high: bool | None, words: str
) -> None:
    floor, ceiling = (
        ParameterTerm(QIDONG.parameters[id]) for id in ("merge_two_floor", "merge_two_ceiling")
    )
    interval = Interval(
        None if low is None else Bound(floor, low), None if high is None else Bound(ceiling, high)
    )
    assert interval_text(QIDONG, interval) == words


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ("acceptance_application", "自建成日期起6个月内"),
        (
            "self_evaluation",
            "自通过验收日期、投入运行日期中较晚的一日起，满6个月之日至满12个月之日",
        ),
        (
            "quarterly_report",
            "自开工日期至竣工日期，每季度末（最后一次为竣工日期当日或者其后的第一个季度末）",
        ),
        ("performance_report", "自开工日期至竣工日期，每年末（最后一次不迟于竣工日期当日）"),
        ("reply", "自申请之日起5个工作日内（延长答复期限已获批准的，延长3个工作日）"),
        ("filing", "自车辆登记之日起15日内"),
        (
            "monthly_report",
            "自车辆交付之日至车辆处置之日，"
            "每月末（最后一次为车辆处置之日当日或者其前的最后一个月末）",
        ),
        (
            "inspection",
            "自车辆登记之日、车辆交付之日中较早的一日起，满8年之日至满10年之日",
        ),
    ],
)
def test_a_deadline_says_from_when_to_when(deadline: str, words: str) -> None:
    edition = QIDONG if deadline in QIDONG.deadlines else YUNLING
    assert schedule_text(edition, edition.deadlines[deadline].schedule) == words


@pytest.mark.parametrize("edition", [QIDONG, YUNLING], ids=lambda edition: edition.id)
def test_another_reading_of_a_deadline_reads_otherwise(edition: Edition) -> None:
    for deadline in edition.deadlines.values():
        own = schedule_text(edition, deadline.schedule)
        for other in deadline.alternatives.values():
            assert schedule_text(edition, other) != own


def test_the_other_reading_of_the_window_opens_a_day_later() -> None:
    other = QIDONG.deadlines["self_evaluation"].alternatives["AM26"]
    assert schedule_text(QIDONG, other) == (
        "自通过验收日期、投入运行日期中较晚的一日起，满6个月之日的次日至满12个月之日"
    )
