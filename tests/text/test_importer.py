"""Files of unknown origin: read, or refused in Chinese with a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.problems import DataProblems
from generator.text.importer import MAX_BYTES, import_bytes, import_file

TEXT = "某某县公务用车管理办法\n第一条 甲。\n第二条 乙。\n"


def refusal(data: bytes) -> str:
    with pytest.raises(DataProblems) as caught:
        import_bytes(data, "来文.txt")
    (problem,) = caught.value.problems
    return str(problem)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_or_without_its_mark(codec: str) -> None:
    found = import_bytes(TEXT.encode(codec), "来文.txt")
    assert found.title == "某某县公务用车管理办法"
    assert found.warnings == ()


@pytest.mark.parametrize(("codec", "label"), [("gb18030", "GB18030"), ("utf-16", "UTF-16")])
def test_other_encodings_are_converted_with_a_warning(codec: str, label: str) -> None:
    found = import_bytes(TEXT.encode(codec), "来文.txt")
    assert [article.label for article in found.articles] == ["1", "2"]
    assert [warning.message for warning in found.warnings] == [
        f"文件编码是 {label}，已转换；建议另存为 UTF-8"
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "来文.txt:1:1: 文件是空的，没有可导入的文字"),
        (b" \n\t\r\n", "来文.txt:1:1: 文件是空的，没有可导入的文字"),
        (b"\xef\xbb\xbf", "来文.txt:1:1: 文件是空的，没有可导入的文字"),
        (
            "通知\n今天放假。".encode(),
            "来文.txt:1:1: 没有找到条文：应有以“第一条”“第二条”等开头的段落",
        ),
        (
            "第一条 甲。\n第二\x00条".encode(),
            "来文.txt:2:3: 文件不是纯文本：含有控制字符",
        ),
        (
            b"%PDF-1.7\n\xe2\xe3",
            "来文.txt:1:1: 这是 PDF 文件，请先另存为纯文本（.txt，UTF-8）",
        ),
        (
            b"PK\x03\x04....",
            "来文.txt:1:1: 这是 Word（.docx）或压缩包文件，请先另存为纯文本（.txt，UTF-8）",
        ),
        (
            "第一条 甲。\n".encode() + b"\xff\xff\xff",
            "来文.txt:2:1: 文件不是文本，或编码既不是 UTF-8 也不是 GB18030",
        ),
        (b"a" * (MAX_BYTES + 1), "来文.txt:1:1: 文件超过 5 MB，不像一部法规的文本"),
    ],
)
def test_what_is_no_regulation_is_refused_with_its_place(data: bytes, message: str) -> None:
    assert refusal(data) == message


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\x00", b"\xfe\xff\xd8"])
def test_binary_data_is_refused(data: bytes) -> None:
    assert refusal(data).startswith("来文.txt:")


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "来文.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert len(import_file(path).articles) == 2
    assert len(import_file(str(path)).articles) == 2


@pytest.mark.parametrize("name", ["没有.txt", ".", "坏\0名.txt", "长" * 300])
def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataProblems):
        import_file(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    [
        "第一条 " + "第九条" * 20_000,
        "第一条 " + "（" * 100_000 + "一",
        "第" + " " * 100_000 + "一条",
        "《" * 100_000 + "\n第一条 甲。",
        "第一条 甲。\n" + "（一）乙；\n丙。\n" * 5_000,
        "第九千九百九十九条 甲。\n第九九九九条 乙。\n第零条 丙。\n第99999条 丁。",
        "第一条 {{ x }} <script> | ]]> =1+1 # : @",
    ],
)
def test_odd_texts_do_no_harm(text: str) -> None:
    assert import_bytes(text.encode(), "来文.txt").articles
