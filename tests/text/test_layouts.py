"""However a text was broken into lines, its structure is the same."""

from __future__ import annotations

import textwrap

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from generator.text.parse import parse_regulation
from generator.text.regulation import Regulation
from tests.support.regulation import QIDONG


def paragraphs_of(raw: str) -> list[str]:
    """The natural paragraphs: in this extraction a blank stands behind the last line of each."""
    found, pending = [], ""
    for line in raw.split("\n"):
        pending += line.strip()
        if line.endswith(" ") and pending:
            found.append(pending)
            pending = ""
    return found


QIDONG_PARAGRAPHS = paragraphs_of((QIDONG / "source.txt").read_text(encoding="utf-8"))
COUNTY = [
    "某某县公务用车管理办法",
    "第一章　总则",
    "第一条　为了规范公务用车的配备和使用，节约公务支出，制定本办法。",
    "第二条　公务用车的编制按照下列规定核定：",
    "（一）机要通信用车不超过2辆；",
    "（二）应急保障用车不超过3辆，确需增加的，报县人民政府批准后执行。",
    "违反前款规定，或者未按照本办法第三条规定登记的，由县财政局责令限期改正，并予以通报批评。",
    "第二章　附则",
    "第三条　用车单位应当自车辆交付之日起15日内登记，具体办法由县财政局另行制定并公布施行。",
    "第四条　本办法自2025年1月1日起施行。",
]


def structure(text: str) -> Regulation:
    """Without warnings, which carry line numbers."""
    found = parse_regulation(text)
    return Regulation(
        found.title,
        found.number,
        found.chapters,
        found.articles,
        found.front,
        found.preamble,
        found.back,
    )


def wrap(text: str, width: int) -> list[str]:
    lines = [text[start : start + width].strip() for start in range(0, len(text), width)]
    return [line for line in lines if line]


def test_the_helper_finds_the_paragraphs_of_the_extraction() -> None:
    assert QIDONG_PARAGRAPHS[8] == "启东市政务信息化项目管理办法"
    assert QIDONG_PARAGRAPHS[9] == "第一章  总则"
    assert len(QIDONG_PARAGRAPHS) == 102


@settings(max_examples=60)
@given(
    widths=st.lists(st.integers(8, 70), min_size=1, max_size=30),
    marks=st.lists(st.sampled_from([" ", "  ", " \t"]), min_size=1, max_size=5),
    breaks=st.sets(st.integers(1, 600), max_size=40),
    empty_lines=st.booleans(),
)
def test_any_wrapping_with_marked_paragraph_ends_gives_the_same(
    widths: list[int], marks: list[str], breaks: set[int], empty_lines: bool
) -> None:
    lines = []
    for number, paragraph in enumerate(QIDONG_PARAGRAPHS):
        wrapped = wrap(paragraph, widths[number % len(widths)])
        wrapped[-1] += marks[number % len(marks)]
        lines += wrapped
    for index in breaks & set(range(len(lines))):
        lines[index] = " " + lines[index]
    text = ("\n\n" if empty_lines else "\n").join(lines)
    assert structure(text) == structure("\n".join(QIDONG_PARAGRAPHS))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["", "　　", "    "])
@pytest.mark.parametrize("gap", [1, 2, 3])
def test_one_paragraph_a_line_needs_no_marks(
    regulation: Regulation, ending: str, indent: str, gap: int
) -> None:
    text = (ending * gap).join(indent + paragraph for paragraph in QIDONG_PARAGRAPHS)
    found = parse_regulation(text)
    assert found.articles == regulation.articles
    assert found.chapters == regulation.chapters
    assert found.warnings == ()


def test_empty_lines_between_paragraphs_are_marks(regulation: Regulation) -> None:
    text = "\n\n".join("\n".join(wrap(paragraph, 23)) for paragraph in QIDONG_PARAGRAPHS)
    assert parse_regulation(text).articles == regulation.articles


def test_indents_are_marks(regulation: Regulation) -> None:
    text = "\n".join("　　" + "\n".join(wrap(paragraph, 23)) for paragraph in QIDONG_PARAGRAPHS)
    assert parse_regulation(text).articles == regulation.articles


def test_without_any_mark_widths_and_punctuation_must_do(raw: str, regulation: Regulation) -> None:
    # What an editor leaves that strips the blanks at the ends of lines.
    found = parse_regulation("\n".join(line.strip() for line in raw.split("\n")))
    assert found.articles == regulation.articles
    assert found.chapters == regulation.chapters
    assert (found.front, found.back) == (regulation.front, regulation.back)
    assert [warning.message for warning in found.warnings] == [
        "原文没有留下分段痕迹，段落按行宽和标点推断，请逐条核对"
    ]


@pytest.mark.parametrize("width", range(9, 40))
def test_a_citation_at_the_beginning_of_a_line_is_no_heading(width: int) -> None:
    sentence = "县财政局依照本办法第三条、第二条第（一）项和第二章的规定办理。"
    lines = [*COUNTY[:8], f"第三条　{sentence * 4}", *COUNTY[9:]]
    marked = "\n".join("\n".join(wrap(line, width)) + " " for line in lines)
    found = parse_regulation(marked)
    assert [article.label for article in found.articles] == ["1", "2", "3", "4"]
    assert [chapter.label for chapter in found.chapters] == ["第一章", "第二章"]
    assert found.articles[2].paragraphs[0].text == sentence * 4


def test_a_citation_at_the_beginning_of_a_line_is_none_without_marks_either() -> None:
    text = textwrap.dedent("""\
        某某县公务用车管理办法
        第一条  为了规范公务用车的配备和使用，节约公务支
        出，制定本办法。
        第二条  用车单位违反本办法规定的，由县财政局依照
        第三条、第四条和第五条规定处理，并将处理的结果告知
        第三方。
        第三条  责令限期改正。
        """)
    found = parse_regulation(text)
    assert [article.label for article in found.articles] == ["1", "2", "3"]
    assert [len(article.paragraphs) for article in found.articles] == [1, 1, 1]


def test_a_paragraph_may_begin_with_a_citation() -> None:
    found = parse_regulation("\n".join([*COUNTY[:9], "第二条规定的车辆除外。", COUNTY[9]]))
    assert [article.label for article in found.articles] == ["1", "2", "3", "4"]
    assert found.articles[2].paragraphs[1].text == "第二条规定的车辆除外。"


def test_labels_without_a_blank_behind_them_are_read_too() -> None:
    spaced = parse_regulation("\n".join(COUNTY))
    glued = parse_regulation("\n".join(line.replace("　", "") for line in COUNTY))
    assert glued.articles == spaced.articles
    assert glued.chapters == spaced.chapters
    assert glued.warnings == ()


def test_labels_with_blanks_inside_are_read_too() -> None:
    spaced = parse_regulation("\n".join(COUNTY))
    text = (
        "\n".join(COUNTY)
        .replace("第一章　总则", "第 一 章　　总　则")
        .replace("第四条", "第 四 条")
    )
    assert parse_regulation(text) == spaced


def test_one_lost_mark_does_not_swallow_an_article() -> None:
    marked = [line + " " for line in COUNTY]
    marked[2] = marked[2].rstrip()
    assert structure("\n".join(marked)) == structure("\n".join(COUNTY))


@pytest.mark.parametrize("label", ["第三\n条", "第\n三\n条", "第三条"])
def test_a_label_may_be_broken_and_the_line_too_behind_it(label: str) -> None:
    marked = [line + " " for line in COUNTY]
    marked[8] = marked[8].replace("第三条　", f"{label}\n")
    assert structure("\n".join(marked)) == structure("\n".join(COUNTY))


def test_page_numbers_are_left_out_with_a_warning() -> None:
    lines = [*COUNTY[:6], "— 1 —", *COUNTY[6:9], "第2页 共2页", COUNTY[9]]
    found = parse_regulation("\n".join(lines))
    assert found.articles == parse_regulation("\n".join(COUNTY)).articles
    assert [(warning.line, warning.message) for warning in found.warnings] == [
        (7, "“— 1 —” 独占一行，按页码略去"),
        (11, "“第2页 共2页” 独占一行，按页码略去"),
    ]


def test_form_feeds_are_page_breaks() -> None:
    text = "\n\n".join("\n\f".join(wrap(line, 15)) for line in COUNTY)
    assert structure(text) == structure("\n".join(COUNTY))


def test_western_words_keep_one_blank_and_nothing_else_does() -> None:
    text = "某县办法\n第一条  按 照 GB/T  22239 和 Open  Data  标准，投 入 300 万元 以上。"
    (article,) = parse_regulation(text).articles
    assert article.paragraphs[0].text == "按照GB/T 22239和Open Data标准，投入300万元以上。"
