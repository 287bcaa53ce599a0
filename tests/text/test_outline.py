"""The outline that `banfa import` prints."""

from __future__ import annotations

from generator.text.outline import outline
from generator.text.parse import parse_regulation
from generator.text.regulation import Regulation


def test_the_outline_counts_and_warns() -> None:
    text = (
        "某政发〔2025〕1号\n某县公务用车办法\n第一章 总则\n"
        "第一条 公务用车包括下列各类，另有规定的从其规定："
        "\n（一）甲；\n（二）乙。\n丙。\n第三条 丁。\n"
    )
    assert (
        outline(parse_regulation(text))
        == """\
某县公务用车办法（某政发〔2025〕1号）
共 1 章 2 条 3 款 2 项
条文之前 1 段，条文之后 0 段

第一章 总则
  第一条  2 款 2 项  公务用车包括下列各类，另有规定的从其规定……
  第三条  1 款  丁。

可疑之处 1 处：
  第 8 行：条号不连续：第一条之后是第三条
"""
    )


def test_the_real_regulation_raises_no_doubt(regulation: Regulation) -> None:
    lines = outline(regulation).splitlines()
    assert lines[0] == "启东市政务信息化项目管理办法（启政办发〔2022〕63号）"
    assert lines[1] == "共 6 章 41 条 64 款 20 项"
    assert lines[-1] == "没有发现可疑之处"
