"""Coverage: what of the text is modelled, word by word, and what is left over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model.anchors import Anchor
from generator.model.coverage import Coverage, Place, Uncarried, coverage
from generator.model.edition import Edition, Narrative, PlainNumber
from tests.support.editions import EDITIONS, edition_of

QIDONG = edition_of("qidong-2022")
BARE = replace(
    QIDONG,
    duties={},
    papers={},
    facts={},
    parameters={},
    rules={},
    decisions={},
    deadlines={},
    left_open={},
    stages={},
    terms={},
    narrative=(),
    plain_numbers=(),
)
EXTENSION = "项目建设单位不能按期申请验收的，应当向市市域社会治理现代化指挥中心提出延期验收申请。"


def place(edition: Edition, anchor: str) -> Place:
    """What covers one place."""
    (found,) = [each for each in coverage(edition).places if str(each.anchor) == anchor]
    return found


@pytest.mark.parametrize("id", EDITIONS)
def test_nothing_of_a_regulation_is_left_over(id: str) -> None:
    found = coverage(edition_of(id))
    assert [(str(each.anchor), each.left) for each in found.places if each.left] == []
    assert [role for role, why in found.idle_roles.items() if not why] == []
    assert found.uncarried == ()
    assert found.gaps == 0


def test_every_paragraph_and_item_is_reported_once_in_order() -> None:
    # 64 款 and 20 项; each of 第十五条第（二）（三）项 has two paragraphs.
    places = [each.anchor for each in coverage(QIDONG).places]
    assert len(places) == len(set(places)) == 64 + 20 + 2
    assert [str(anchor) for anchor in places if anchor.article == "28"] == [
        "art28-p1",
        "art28-i1",
        "art28-i2",
        "art28-i3",
        "art28-p2",
    ]


def test_without_a_model_every_word_is_left_over() -> None:
    assert place(BARE, "art29-p2").left == (EXTENSION,)
    # The label of an item is no word of it.
    assert place(BARE, "art9-i3").left == ("总投资在300万元及以下的。",)
    assert place(BARE, "art9-i3").models == {"readings": ("AM01", "AM08", "AM09")}


def test_a_quote_takes_in_its_words_and_no_others() -> None:
    duty = replace(QIDONG.duties["request_extension"], quote="提出延期验收申请")
    left = place(replace(BARE, duties={"request_extension": duty}), "art29-p2")
    assert left.left == (EXTENSION[:-9],)
    assert left.models["duties"] == ("request_extension",)


def test_a_quote_that_stands_in_several_places_takes_in_all_of_them() -> None:
    duty = replace(
        QIDONG.duties["request_extension"], law=Anchor.parse("art34"), quote="不安排运行维护经费"
    )
    edition = replace(BARE, duties={duty.id: duty})
    for item in ("art34-i1", "art34-i2"):
        assert place(edition, item).models["duties"] == (duty.id,)
        assert not any("不安排运行维护经费" in words for words in place(edition, item).left)


def test_a_paper_of_the_whole_article_is_no_model_of_words_that_it_does_not_quote() -> None:
    paper = replace(QIDONG.papers["extension_request"], law=Anchor.parse("art29"))
    edition = replace(BARE, papers={paper.id: paper})
    assert "papers" in place(edition, "art29-p2").models
    assert "papers" not in place(edition, "art29-p1").models


def test_words_that_bind_nobody_say_why() -> None:
    edition = replace(BARE, narrative=(Narrative(Anchor.parse("art40"), None, "示例"),))
    assert place(edition, "art40") == Place(Anchor.parse("art40"), {}, ("示例",), ())


def numbers(found: Coverage) -> list[tuple[str, str]]:
    """The numbers that nothing carries, each with its place."""
    return [(str(each.anchor), each.number) for each in found.uncarried]


def test_every_number_of_the_text_wants_a_parameter() -> None:
    # Numbers of documents (国办发〔2019〕57号) count nothing, 第三方 and 下一年度 neither.
    assert numbers(coverage(BARE)) == [
        ("art8-i2", "300"),
        ("art8-i2", "500"),
        ("art9-i3", "300"),
        ("art16", "一次"),
        ("art24", "300"),
        ("art28-p1", "10"),
        ("art29-p1", "半年"),
        ("art33", "6"),
        ("art33", "12"),
    ]


def test_a_number_that_decides_nothing_may_say_so() -> None:
    once = PlainNumber(Anchor.parse("art16"), "一次性调整", "示例")
    found = coverage(replace(BARE, plain_numbers=(once,)))
    assert Uncarried(Anchor.parse("art16"), "一次") not in found.uncarried


def test_a_role_without_duties_says_why_or_is_a_gap() -> None:
    role = replace(QIDONG.roles["court"], no_duties=None)
    told = replace(QIDONG, roles={**QIDONG.roles, "court": replace(role, no_duties="示例")})
    untold = replace(QIDONG, roles={**QIDONG.roles, "court": role})
    assert coverage(told).idle_roles["court"] == "示例"
    assert coverage(untold).idle_roles["court"] is None
    assert coverage(untold).gaps == coverage(told).gaps + 1
    assert "construction_unit" not in coverage(told).idle_roles
