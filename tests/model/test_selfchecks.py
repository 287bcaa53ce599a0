"""Mistakes in selfchecks.yml are told at their place; an edition without topics has none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.model.edition import Edition
from generator.model.load import load_edition
from generator.model.problems import DataProblems
from tests.support.editions import edition_of
from tests.support.regulation import FICTITIOUS_DATA

SHOWN_AS = "data/yunling-2025"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fictitious edition."""
    shutil.copytree(FICTITIOUS_DATA, tmp_path / "data")
    return tmp_path / "data" / "yunling-2025"


def told(folder: Path, written: str) -> list[str]:
    """The problems of an edition with these topics."""
    (folder / "selfchecks.yml").write_text(written, encoding="utf-8")
    with pytest.raises(DataProblems) as caught:
        load_edition(folder, shown_as=SHOWN_AS)
    return [str(problem) for problem in caught.value.problems]


def topic(*lines: str) -> str:
    """A file with one topic."""
    return "\n".join(
        (
            "selfchecks:",
            "  repair:",
            "    label: 维修",
            "    lead: 自查",
            *(f"    {each}" for each in lines),
            "",
        )
    )


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("rules: [repair_bared]", "6:13", "未知的规则 “repair_bared”，是否为 “repair_barred”？"),
        ("rules: [repair_route]", "6:13", "未知的规则 “repair_route”"),
        ("decisions: repair_rout", "6:16", "未知的决定 “repair_rout”，是否为 “repair_route”？"),
        ("deadlines: [replay]", "6:17", "未知的期限 “replay”，是否为 “reply”？"),
        ("papers: [use_repart]", "6:14", "未知的材料 “use_repart”，是否为 “use_report”？"),
        ("rules: [repair_barred, repair_barred]", "6:28", "规则 “repair_barred” 写了两次。"),
        ("rulez: [repair_barred]", "6:5", "未知的键 “rulez”，是否为 “rules”？"),
    ],
)
def test_an_unknown_id_or_key_is_told_with_the_nearest(
    line: str, place: str, message: str, folder: Path
) -> None:
    problems = told(folder, topic("law: art8", line))
    assert problems[0].startswith(f"{SHOWN_AS}/selfchecks.yml:{place}: {message}")


def test_an_unknown_topic_to_check_first_is_told(folder: Path) -> None:
    assert told(folder, topic("law: art8", "first: repare", "rules: repair_barred")) == [
        f"{SHOWN_AS}/selfchecks.yml:6:12: 未知的自查事项 “repare”，是否为 “repair”？"
    ]


def test_a_place_that_does_not_exist_is_told(folder: Path) -> None:
    [problem] = told(folder, topic("law: art99", "rules: repair_barred"))
    assert problem.startswith(f"{SHOWN_AS}/selfchecks.yml:5:10: 没有 art99（第九十九条）这个位置")


def test_a_topic_that_shows_nothing_is_told(folder: Path) -> None:
    [problem] = told(folder, topic("law: art8"))
    assert "须写明显示什么" in problem


def test_topics_are_optional(folder: Path) -> None:
    (folder / "selfchecks.yml").unlink()
    edition: Edition = load_edition(folder)
    assert edition.selfchecks == {}


def test_the_topics_that_the_maintainers_asked_for() -> None:
    """Merging, supervision, change, acceptance, self-evaluation, operation money, plan."""
    topics = edition_of("qidong-2022").selfchecks
    shown = {
        "merging": ("decisions", "approval_route"),
        "supervision": ("rules", "supervision_mandatory"),
        "change": ("rules", "self_adjustment"),
        "self_evaluation": ("deadlines", "self_evaluation"),
        "operation_money": ("rules", "operation_money_denied"),
    }
    for id, (kind, thing) in shown.items():
        assert thing in getattr(topics[id], kind)
    assert topics["annual_plan"].rules == ("implementation_barred", "fiscal_funds_barred")
    assert topics["acceptance"].deadlines == ("acceptance_application",)
    assert {"acceptance_barred", "operation_barred"} <= set(topics["acceptance"].rules)
