"""What looks wrong is said, with its line."""

from __future__ import annotations

import pytest

from generator.text.parse import parse_regulation


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["第一条 甲。", "第三条 乙。"], (3, "条号不连续：第一条之后是第三条")),
        (["第二条 甲。"], (2, "条号不连续：开头是第二条")),
        (
            ["第二章 总则", "第一条 甲。"],
            (2, "章号不连续：开头是第二章"),
        ),
        (["第一条 甲。", "第二条 乙。", "第一条 丙。"], (4, "第一条重复出现")),
        (["第一条 甲。", "第一条之二 乙。"], (3, "条号不连续：第一条之后是第一条之二")),
        (["第一条 甲。", "第二条", "第三条 丙。"], (3, "第二条没有内容")),
        (
            ["第一章 总则", "第一条 甲。", "第三章 附则", "第二条 乙。"],
            (4, "章号不连续：第一章之后是第三章"),
        ),
        (
            ["第一章 总则", "第一条 甲。", "第一章 附则", "第二条 乙。"],
            (4, "第一章重复出现"),
        ),
        (
            ["第一条 如下：", "（一）甲；", "（三）乙。"],
            (4, "第一条的项号不连续：第1项之后是（三）"),
        ),
        (["第一条 如下：", "（二）甲。"], (3, "第一条的项号不连续：开头是（二）")),
        (
            ["第一条 如下：", "（一）甲：", "1.乙；", "3.丙。"],
            (5, "第一条（一）的项号不连续：第1项之后是3."),
        ),
        (["第一条 如下：", "（一）", "（二）甲。"], (3, "第一条（一）没有内容")),
        (
            ["第一条 甲。", "乙的管理", "第二条 丙。"],
            (3, "第一条有一款不以句末标点结尾，请核对分段"),
        ),
        (
            ["第一章 总则", "第一条 甲。", "第二章 附则", "先说几句。", "第二条 乙。"],
            (5, "第二章的标题之下、首条之前还有文字，已并入标题"),
        ),
        (
            ["第一章 总则", "第一条 甲。", "第二章 附则"],
            (4, "第二章之下没有条文"),
        ),
        (["第一条 依照第九条办理。"], (2, "第一条提到的“第九条”在本文中找不到")),
    ],
)
def test_a_fault_is_named_once_with_its_line(lines: list[str], expected: tuple[int, str]) -> None:
    found = parse_regulation("\n".join(["某县办法", *lines]))
    assert [(warning.line, warning.message) for warning in found.warnings] == [expected]


def test_a_text_without_articles_stays_whole_in_front() -> None:
    found = parse_regulation("关于放假的通知\n今天放假。")
    assert found.articles == ()
    assert found.front == ("关于放假的通知", "今天放假。")
    assert [warning.message for warning in found.warnings] == [
        "没有找到条文（第一条、第二条……）",
        "没有找到法规自己的标题",
    ]
