"""A character lost or added is found, with its place in the source."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from generator.text.lossless import find_body_loss, find_loss, printed, printed_body
from generator.text.parse import parse_regulation
from generator.text.regulation import Regulation


def test_nothing_of_the_real_text_is_lost(raw: str, regulation: Regulation) -> None:
    assert find_loss(printed(regulation), raw) is None
    assert find_body_loss(printed_body(regulation), raw) is None


def test_the_first_difference_is_shown_with_its_line_and_column() -> None:
    source = "某县办法\n\n 第一条  甲乙丙丁。\n第二条  戊。\n"
    words = ["某县办法", "第一条甲乙丙丁。第二条己。"]
    loss = find_loss(words, source)
    assert loss is not None
    assert (loss.line, loss.column) == (4, 6)
    assert loss.message == "条文与原文不符：原文为“戊。”，条文为“己。”"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("第一条甲。", "条文缺少原文的“乙。”"),
        ("第一条甲。乙。丙", "条文比原文多出“丙”"),
    ],
)
def test_missing_and_added_ends_are_named(words: str, message: str) -> None:
    loss = find_loss([words], "第一条 甲。\n乙。")
    assert loss is not None
    assert loss.message == message


def test_one_changed_character_of_the_real_body_is_found(raw: str, regulation: Regulation) -> None:
    words = "".join(printed_body(regulation)).replace("300万元及以下", "500万元及以下")
    loss = find_body_loss([words], raw)
    assert loss is not None
    # Line 176: （三）总投资在 300 万元及以下的。
    assert (loss.line, loss.column) == (176, 9)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "第一章 总则",
                    "第一节 甲",
                    "第一条 甲。",
                    "第二条之一",
                    "（一）乙；",
                    "1. 丙",
                    "附件：丁",
                    "抄送：戊。",
                    "某县办法",
                    "第三条第一款",
                    " 己，",
                    "庚。 ",
                    "",
                ]
            ),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        ),
        max_size=25,
    )
)
def test_no_character_of_any_text_is_lost(lines: list[str]) -> None:
    source = "\n".join(lines)
    assert find_loss(printed(parse_regulation(source)), source) is None
