"""The files of text/: what people read, and what YAML reads back."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import yaml
from hypothesis import given

from generator.model.shape import ChapterShape
from generator.text.as_yaml import to_yaml_files
from generator.text.importer import import_file
from generator.text.parse import parse_regulation
from generator.text.regulation import Article, Chapter, Item, Paragraph, Regulation
from tests.support.regulation import QIDONG

COUNTY = """某某县公务用车管理办法
第一章 总则
第一条 甲包括：
（一）乙。
乙二。
（二）丙：
1.丁。
第二条 戊。
己：
（一）庚。
第二章 附则
第二条之一 本办法自2025年1月1日起施行。
"""


def keys(content: Any) -> list[str]:
    """All provision keys of a file, in order."""
    if isinstance(content, dict):
        own = [content["key"]] if "key" in content else []
        return own + [key for value in content.values() for key in keys(value)]
    return [key for entry in content for key in keys(entry)] if isinstance(content, list) else []


def test_the_editions_files_are_what_the_importer_writes() -> None:
    written = to_yaml_files(import_file(QIDONG / "source.txt"))
    stored = {
        f"text/{path.name}": path.read_bytes() for path in sorted((QIDONG / "text").iterdir())
    }
    assert stored == {name: content.encode("utf-8") for name, content in written.items()}


def test_each_chapter_has_a_file_that_people_can_read() -> None:
    files = to_yaml_files(parse_regulation(COUNTY))
    assert list(files) == ["text/01.yml", "text/02.yml"]
    assert (
        files["text/01.yml"]
        == """\
# yaml-language-server: $schema=../../schema/text.json
chapter: 第一章
title: 总则
articles:
  - article: 第一条
    key: art1
    paragraphs:
      - text: 甲包括：
        items:
          - label: （一）
            key: art1-i1
            text:
              - 乙。
              - 乙二。
          - label: （二）
            key: art1-i2
            text: 丙：
            items:
              - label: '1.'
                key: art1-i2-i1
                text: 丁。

  - article: 第二条
    key: art2
    paragraphs:
      - key: art2-p1
        text: 戊。
      - key: art2-p2
        text: 己：
        items:
          - label: （一）
            key: art2-i1
            text: 庚。
"""
    )


def test_keys_are_the_anchors_of_the_real_text() -> None:
    found = {
        key
        for path in (QIDONG / "text").iterdir()
        for key in keys(yaml.safe_load(path.read_text(encoding="utf-8")))
    }
    assert {"art9-i3", "art15-i6", "art24", "art28-p1", "art28-i2", "art28-p2"} <= found
    assert {"art4-p11", "art29-p1", "art29-p2", "art34-i2", "art41"} <= found
    assert not {"art24-p1", "art9-p1", "art9-p1-i3", "art34-p1", "art15-i2-p2"} & found


def test_two_lists_in_an_article_are_told_apart_by_their_paragraph() -> None:
    text = "某县办法\n第一条 甲：\n（一）乙。\n丙：\n（一）丁。"
    content = yaml.safe_load(to_yaml_files(parse_regulation(text))["text/01.yml"])
    assert keys(content) == ["art1", "art1-p1", "art1-p1-i1", "art1-p2", "art1-p2-i1"]


def test_a_text_without_chapters_is_one_file_without_a_heading() -> None:
    files = to_yaml_files(parse_regulation("某县办法\n第一条 甲。\n第二条 乙。"))
    content = yaml.safe_load(files["text/01.yml"])
    assert list(files) == ["text/01.yml"]
    assert list(content) == ["articles"]


@given(
    st.text(
        st.sampled_from([*"：；。、，甲乙丙# :|>-=@{}[]'\"\\!&*%`?,~<1yesnoull", "\u2028"]),
        min_size=1,
        max_size=12,
    )
)
def test_yaml_reads_back_any_text(text: str) -> None:
    article = Article("1", "第一条", None, (Paragraph(text, (Item("（一）", (text, text)),)),))
    content = yaml.safe_load(to_yaml_files(Regulation("", None, (), (article,)))["text/01.yml"])
    assert content["articles"][0]["paragraphs"] == [
        {"text": text, "items": [{"label": "（一）", "key": "art1-i1", "text": [text, text]}]}
    ]


def test_the_schema_of_the_model_accepts_the_files() -> None:
    found = parse_regulation(COUNTY)
    for content in to_yaml_files(found).values():
        chapter = ChapterShape.model_validate(yaml.safe_load(content))
        assert chapter.articles


def test_a_chapter_without_articles_of_its_own_keeps_its_place() -> None:
    article = Article("1", "第一条", "第一节", (Paragraph("甲。"),))
    chapters = (Chapter("第一章", "总则", ()), Chapter("第一节", "通则", ("1",)))
    files = to_yaml_files(Regulation("", None, chapters, (article,)))
    assert yaml.safe_load(files["text/01.yml"]) == {
        "chapter": "第一章",
        "title": "总则",
        "articles": [],
    }
    assert yaml.safe_load(files["text/02.yml"])["chapter"] == "第一节"
