"""Gists, mistakes and the ladder of supervision: what the files may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.anchors import Anchor
from generator.model.load import load_edition
from tests.model.test_mistakes import SHOWN_AS, Draft


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """A draft without mistakes."""
    return Draft(tmp_path / "data")


def test_all_three_are_read_in_the_order_of_the_data(draft: Draft) -> None:
    edition = load_edition(draft.folder)
    assert list(edition.gists) == [Anchor.parse("art4"), Anchor.parse("art12")]
    assert [rung.label for rung in edition.supervision.ladder][1:] == ["通报批评"]
    assert edition.supervision.ladder[1].duties == ("criticism",)
    assert edition.supervision.oversight == ("supervision",)
    (first, second) = edition.stages["purchase"].mistakes
    assert (first.law, first.see) == (Anchor.parse("art4-i1"), ())
    assert (second.law, second.see) == (Anchor.parse("art11"), ("YL03",))
    assert edition.stages["use"].mistakes == ()


def test_an_edition_may_do_without_them(draft: Draft) -> None:
    for file in ("gists.yml", "supervision.yml"):
        (draft.folder / file).unlink()
    edition = load_edition(draft.folder)
    assert edition.gists == {} and not edition.supervision.shown


@pytest.mark.parametrize(
    ("file", "right", "wrong", "message"),
    [
        (
            "gists.yml",
            "law: art12",
            "law: ▸art15",
            "没有 art15（第十五条）这个位置，是否为 “art5”（第五条）？",
        ),
        (
            "supervision.yml",
            "duties: criticism",
            "duties: ▸criticisms",
            "未知的职责 “criticisms”，是否为 “criticism”？",
        ),
        (
            "supervision.yml",
            "oversight: supervision",
            "oversight: ▸supervisor",
            "未知的职责 “supervisor”，是否为 “supervision”？",
        ),
        (
            "supervision.yml",
            "quote: 拒不改正的",
            "quote: ▸拒绝改正的",
            "引文与第十二条第二款的原文不符，请逐字核对：“拒绝改正的”。",
        ),
        (
            "stages.yml",
            "see: [YL03]\n    steps",
            "see: [▸YL09]\n    steps",
            "未知的解读 “YL09”，是否为 “YL04”？",
        ),
        (
            "stages.yml",
            "law: art4-i1",
            "law: ▸art4-i9",
            "没有 art4-i9（第四条第（九）项）这个位置，是否为 “art4-i1”（第四条第（一）项）？",
        ),
    ],
    ids=["gist", "rung", "oversight", "quote", "reading", "place"],
)
def test_what_they_point_to_must_exist(
    draft: Draft, file: str, right: str, wrong: str, message: str
) -> None:
    place = draft.change(file, right, wrong)
    (told,) = draft.told
    assert told.startswith(f"{place}: {message.partition('，是否为')[0]}")


def test_a_gist_tells_of_a_whole_article_and_once(draft: Draft) -> None:
    draft.change("gists.yml", "law: art12", "law: art12-p1")
    (told,) = draft.told
    assert told.startswith(f"{SHOWN_AS}/gists.yml:") and "要义逐条来写，应为 art12" in told


def test_two_gists_of_one_article_are_told(draft: Draft) -> None:
    draft.change("gists.yml", "law: art12", "law: art4")
    (told,) = draft.told
    assert told.startswith(f"{SHOWN_AS}/gists.yml:") and "art4 的要义写了两次" in told
