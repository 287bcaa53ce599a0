"""YAML as people expect it: yes and no are words, decimals are exact, each value has its place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.model.problems import DataProblems, Problem
from generator.model.yaml_source import Document, Mark, read_document


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Reads text as a file shown as data/x.yml."""

    def read(text: str | bytes) -> Document:
        file = tmp_path / "x.yml"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_document(file, "data/x.yml")

    return read


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "NO", "y", "n", "TRUE", "None"])
def test_words_that_yaml_once_took_for_truths_are_words(written: Any, word: str) -> None:
    assert written(f"a: {word}").data == {"a": word}


def test_a_choice_may_be_called_no(written: Any) -> None:
    assert written("choices:\n  no: 不涉密\n  yes: 涉密\n").data["choices"] == {
        "no": "不涉密",
        "yes": "涉密",
    }


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("300", 300),
        ("-20", -20),
        ("0", 0),
        ("32.395", Decimal("32.395")),
        ("0.10", Decimal("0.10")),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_plain_values_of_other_kinds_are_few(written: Any, plain: str, value: object) -> None:
    found = written(f"a: {plain}").data["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "word",
    ["2022-10-12", "12:30", "1e3", "0x1F", "0010", "1_000", ".5", "5.", ".inf", ".nan", "３００"],
)
def test_what_is_not_a_plain_number_is_a_word(written: Any, word: str) -> None:
    assert written(f"a: {word}").data == {"a": word}


def test_a_decimal_is_exactly_what_is_written(written: Any) -> None:
    digits = "0.1000000000000000055511151231257827"
    assert written(f"a: {digits}").data["a"] == Decimal(digits)


@pytest.mark.parametrize("quoted", ['"300"', "'300'"])
def test_quotes_make_a_word_of_a_number(written: Any, quoted: str) -> None:
    assert written(f"a: {quoted}").data == {"a": "300"}


def test_every_key_and_value_has_its_line_and_column(written: Any) -> None:
    document = written("rules:\n  merge_all:\n    when: [a, 是]\n    who:  b\n")
    assert document.keys[("rules", "merge_all")] == Mark(2, 3)
    assert document.values[("rules", "merge_all", "when", 1)] == Mark(3, 15)
    assert document.values[("rules", "merge_all", "who")] == Mark(4, 11)
    assert document.line(("rules", "merge_all", "who")) == 4


def test_columns_count_characters_not_bytes(written: Any) -> None:
    document = written("说明: {标题: 甲}\n")
    assert document.values[("说明", "标题")] == Mark(1, 10)


def test_lines_count_alike_with_windows_line_ends_and_a_byte_order_mark(written: Any) -> None:
    document = written(b"\xef\xbb\xbfa: 1\r\nb:\r\n  c: 2\r\n")
    assert document.keys[("b", "c")] == Mark(3, 3)
    assert document.data == {"a": 1, "b": {"c": 2}}


def test_a_problem_stands_at_the_value_with_its_line(written: Any) -> None:
    document = written("a:\n  b: 甲乙\n")
    assert document.problem(("a", "b"), "不对。") == Problem(
        "data/x.yml", 2, 6, "不对。", "  b: 甲乙"
    )


def test_a_problem_of_something_missing_stands_at_what_lacks_it(written: Any) -> None:
    document = written("x: 1\na:\n  b: 甲\n")
    assert str(document.problem(("a", "c", "d"), "缺少。", on_key=True)) == (
        "data/x.yml:2:1: 缺少。"
    )


def test_the_caret_stands_under_the_place_behind_chinese_characters() -> None:
    problem = Problem("x.yml", 1, 5, "不对。", "甲乙: 丙")
    # Two wide characters, a colon, a blank; then the caret.
    assert problem.with_source() == "x.yml:1:5: 不对。\n    甲乙: 丙\n    　　  ^"


def test_a_problem_without_a_line_shows_none() -> None:
    assert Problem("x.yml", 1, 1, "缺少此文件。").with_source() == "x.yml:1:1: 缺少此文件。"


def test_an_alias_stands_for_what_it_names_or_is_refused_but_never_runs_away(written: Any) -> None:
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(12)
    )
    with pytest.raises(DataProblems):
        written(bomb)


@pytest.mark.parametrize("closing", ["", "]" * 5000], ids=["open", "closed"])
def test_a_file_of_thousands_of_brackets_is_a_problem_and_no_crash(
    written: Any, closing: str
) -> None:
    with pytest.raises(DataProblems):
        written("a: " + "[" * 5000 + closing)


def test_a_number_of_thousands_of_digits_is_a_word_and_no_crash(written: Any) -> None:
    digits = "1" * 5000
    assert written(f"a: {digits}").data == {"a": digits}


def test_a_tag_that_would_make_an_object_is_refused(written: Any) -> None:
    with pytest.raises(DataProblems, match="不支持标签"):
        written("a: !!python/object/apply:os.getcwd []\n")


def test_a_file_too_large_for_data_is_not_read(written: Any) -> None:
    with pytest.raises(DataProblems, match="超过 4 MB"):
        written("#" * (4 * 1024 * 1024 + 1))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataProblems, match="这是目录，不是文件"):
        read_document(tmp_path, "data")
