"""The machine-readable forms: JSON that its schemas describe, and a calendar that others read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any
from urllib.parse import unquote

import icalendar
import jsonschema
import pytest
from dateutil.rrule import rrulestr

from generator.guide.published.calendar import calendar_file, first_day
from generator.guide.published.files import SUBJECTS, published_files, schema_files
from generator.guide.tree import guide_tree
from generator.model.edition import Edition, Recurrence
from tests.guide.conftest import Guide
from tests.guide.html_page import blank_free, read_page

NAMES = [subject.name for subject in SUBJECTS]


def document(guide: Guide, name: str) -> Any:
    """A data file of the finished site."""
    return json.loads((guide.site / "data" / f"{name}.json").read_bytes())


def by_id(guide: Guide, name: str) -> dict[str, Any]:
    """The records of a data file."""
    return {each["id"]: each for each in document(guide, name)[name]}


# JSON --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_data_file_is_what_its_schema_says(name: str, guide: Guide) -> None:
    found = document(guide, name)
    schema = json.loads((guide.site / "data" / found["$schema"]).read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(found)
    assert found["edition"] == guide.edition.id


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_refuses_what_is_not_described(name: str, qidong: Guide) -> None:
    found = document(qidong, name)
    schema = json.loads((qidong.site / "data" / found["$schema"]).read_bytes())
    validator = jsonschema.Draft202012Validator(schema)
    assert not validator.is_valid({**found, "more": 1})
    for key in found:
        assert not validator.is_valid({name: each for name, each in found.items() if name != key})
    first = next(each for each in found.values() if not isinstance(each, str))
    record = first if isinstance(first, dict) else first[0]
    record["more"] = 1
    assert not validator.is_valid(found)


def test_every_field_is_explained_in_chinese() -> None:
    for content in schema_files().values():
        for name, shape in json.loads(content)["$defs"].items():
            for field, about in shape["properties"].items():
                words = about.get("description", "")
                assert any("一" <= sign <= "鿿" for sign in words), (name, field)
            assert "description" not in shape, name


def test_chinese_is_not_escaped(qidong: Guide) -> None:
    text = (qidong.site / "data" / "provisions.json").read_text(encoding="utf-8")
    assert "第九条第（三）项" in text and "\\u" not in text


def test_provisions_hold_the_text_and_nothing_else(guide: Guide) -> None:
    found = document(guide, "provisions")["provisions"]
    assert [each["id"] for each in found if each["kind"] == "article"] == [
        str(each.anchor) for each in guide.edition.text.articles
    ]
    assert len({each["id"] for each in found}) == len(found)
    words = "".join(
        ("" if each["kind"] == "article" else each.get("label", "")) + each["text"]
        for each in found
    )
    source = blank_free(guide.edition.source)
    for each in found:
        assert blank_free(each["text"]) in source
    # All the words of the articles stand in it, in their order.
    whole = "".join(
        paragraph.text + "".join(_words(item) for item in paragraph.items)
        for article in guide.edition.text.articles
        for paragraph in article.paragraphs
    )
    assert words == whole


def _words(item: Any) -> str:
    return str(item.label + item.text + "".join(_words(child) for child in item.items))


def test_a_place_of_the_real_text(qidong: Guide) -> None:
    item = by_id(qidong, "provisions")["art9-i3"]
    assert item == {
        "id": "art9-i3",
        "citation": "第九条第（三）项",
        "kind": "item",
        "key": "art9-i3",
        "parent": "art9",
        "chapter": "第二章 项目审批",
        "label": "（三）",
        "text": "总投资在300万元及以下的。",
        "page": "articles/art9.html#art9-i3",
    }


def test_the_numbers_of_the_real_text(qidong: Guide) -> None:
    found = {id: (each["value"], each["unit"]) for id, each in by_id(qidong, "parameters").items()}
    assert found["merge_all_ceiling"] == (300, "万元")
    assert found["self_adjust_share"] == (10, "percent")
    assert found["acceptance_period"] == (6, "month")


def test_a_rule_of_the_real_text(qidong: Guide) -> None:
    rule = by_id(qidong, "rules")["merge_all"]
    assert (rule["law"], rule["word"], rule["when"]["kind"]) == ("art9", "可以", "all")
    depth, ways = rule["when"]["parts"]
    assert depth["test"]["facts"] == ["depth_reached"]
    assert ways["kind"] == "any"
    ceiling = ways["parts"][2]["test"]["intervals"]
    assert ceiling == [
        {
            "high": {
                "text": "300万元",
                "included": True,
                "parameter": "merge_all_ceiling",
                "facts": [],
            }
        }
    ]


def test_a_deadline_of_the_real_text(qidong: Guide) -> None:
    schedule = by_id(qidong, "deadlines")["self_evaluation"]["schedule"]
    assert schedule["start"] == ["accepted_on", "operating_on"]
    assert schedule["pick"] == "latest"
    assert (schedule["opens"]["count"], schedule["opens"]["unit"]) == (6, "month")
    assert (schedule["within"]["count"], schedule["within"]["unit"]) == (12, "month")


def test_readings_name_the_organ_that_decides(qidong: Guide) -> None:
    assert document(qidong, "readings")["interpreter"] == "市市域社会治理现代化指挥中心"


def references(value: Any, key: str) -> Iterator[str]:
    """All ids that stand under a key, at any depth."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name == key:
                yield from [each] if isinstance(each, str) else each
            else:
                yield from references(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from references(each, key)


@pytest.mark.parametrize(
    ("key", "target"),
    [
        ("law", "provisions"),
        ("parent", "provisions"),
        ("mentions", "provisions"),
        ("who", "roles"),
        ("to", "roles"),
        ("toward", "roles"),
        ("prepared_by", "roles"),
        ("received_by", "roles"),
        ("papers", "documents"),
        ("consequence", "duties"),
        ("readings", "readings"),
        ("facts", "facts"),
        ("parameter", "parameters"),
        ("first_of", "rules"),
    ],
)
def test_ids_lead_to_records(key: str, target: str, guide: Guide) -> None:
    known = set(by_id(guide, target))
    for name in NAMES:
        files = document(guide, name)
        used = {each for each in references(files, key) if isinstance(each, str)}
        assert used <= known, (name, used - known)


def test_pages_named_in_the_data_exist(guide: Guide) -> None:
    ids: dict[str, set[str]] = {}
    for name in NAMES:
        for address in references(document(guide, name), "page"):
            page, _, place = address.partition("#")
            if page not in ids:
                ids[page] = {each.id for each in read_page(guide.site / page).of()}
            assert not place or place in ids[page], address


def test_the_data_page_lists_every_file_with_its_size_and_hash(guide: Guide) -> None:
    page = read_page(guide.site / "data.html")
    links = {unquote(each.attributes.get("href", "")) for each in page.of("a")}
    words = page.words()
    for file in sorted((guide.site / "data").rglob("*")):
        if file.is_file():
            assert file.relative_to(guide.site).as_posix() in links
            if file.parent.name == "data":
                assert hashlib.sha256(file.read_bytes()).hexdigest() in words
    assert len(page.of("section")) == len(NAMES)


def test_hostile_labels_stay_words(yunling: Guide) -> None:
    step = next(
        step
        for stage in document(yunling, "stages")["stages"]
        for step in stage["steps"]
        if "{{ evil }}" in step["label"]
    )
    assert step["label"] in {each.label for each in yunling.edition.steps.values()}


# The calendar ------------------------------------------------------------------------------------


def events(edition: Edition) -> dict[str, icalendar.Event]:
    """The events by the id of their deadline."""
    content = calendar_file(edition)
    assert content is not None
    calendar = icalendar.Calendar.from_ical(content)
    return {str(each["UID"]).split(".")[0]: each for each in calendar.walk("VEVENT")}


def days(event: icalendar.Event, count: int) -> list[str]:
    """The first days of an event."""
    start = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=_midnight(start))
    return [day.date().isoformat() for day in islice(rule, count)]


def _midnight(day: date) -> Any:
    return datetime(day.year, day.month, day.day)


def test_the_calendar_holds_the_quarter_ends_and_the_year_ends(qidong: Guide) -> None:
    found = events(qidong.edition)
    assert set(found) == {"quarterly_report", "performance_report"}
    assert days(found["quarterly_report"], 6) == [
        "2022-12-31",
        "2023-03-31",
        "2023-06-30",
        "2023-09-30",
        "2023-12-31",
        "2024-03-31",
    ]
    assert days(found["performance_report"], 3) == ["2022-12-31", "2023-12-31", "2024-12-31"]
    summary = str(found["quarterly_report"]["SUMMARY"])
    assert summary == "季度末报送项目进展情况（第十八条）"
    words = str(found["performance_report"]["DESCRIPTION"])
    assert "在建设期内、年度结束前提交至市财政局" in words
    assert "存疑" in words and "以市市域社会治理现代化指挥中心解释意见为准" in words
    assert "存疑" not in str(found["quarterly_report"]["DESCRIPTION"])


def test_the_calendar_keeps_the_form_of_its_standard(guide: Guide) -> None:
    content = calendar_file(guide.edition)
    if content is None:
        pytest.fail("each of the two regulations has a recurring deadline")
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()
    for event in events(guide.edition).values():
        assert event["DTEND"].dt - event["DTSTART"].dt == date.resolution
        assert event["DTSTAMP"].dt.date() == guide.edition.issued


def test_words_of_a_calendar_cannot_begin_a_line_of_their_own(qidong: Guide) -> None:
    deadline = qidong.edition.deadlines["quarterly_report"]
    label = "甲,乙;丙\\丁\r\nEND:VCALENDAR\nX: " + "长" * 60
    hostile = replace(deadline, label=label[:90])
    edition = replace(qidong.edition, deadlines={**qidong.edition.deadlines, hostile.id: hostile})
    content = calendar_file(edition)
    assert content is not None and content.count(b"\r\nEND:VCALENDAR") == 1
    summary = str(events(edition)["quarterly_report"]["SUMMARY"])
    assert summary.startswith("甲,乙;丙\\丁\nEND:VCALENDAR\nX: 长")


def test_without_recurring_deadlines_there_is_no_calendar(qidong: Guide) -> None:
    deadlines = dict(qidong.edition.deadlines)
    for id in ("quarterly_report", "performance_report"):
        other = deadlines["acceptance_application"].schedule
        deadlines[id] = replace(deadlines[id], schedule=other, alternatives={})
    edition = replace(qidong.edition, deadlines=deadlines)
    assert calendar_file(edition) is None
    tree = guide_tree(edition)
    assert "docs/data/deadlines.ics" not in tree
    assert b"deadlines.ics" not in tree["docs/deadlines.md"] + tree["docs/index.md"]


@pytest.mark.parametrize(
    ("every", "start", "expected"),
    [
        (Recurrence.MONTH_END, date(2024, 2, 1), date(2024, 2, 29)),
        (Recurrence.MONTH_END, date(2024, 12, 31), date(2024, 12, 31)),
        (Recurrence.QUARTER_END, date(2024, 3, 31), date(2024, 3, 31)),
        (Recurrence.QUARTER_END, date(2024, 4, 1), date(2024, 6, 30)),
        (Recurrence.QUARTER_END, date(2022, 10, 12), date(2022, 12, 31)),
        (Recurrence.YEAR_END, date(2025, 2, 1), date(2025, 12, 31)),
    ],
)
def test_the_first_day_that_recurs(every: Recurrence, start: date, expected: date) -> None:
    assert first_day(every, start) == expected


def test_pages_lead_to_the_calendar(qidong: Guide) -> None:
    for name in ("index.html", "deadlines.html", "downloads.html", "data.html"):
        links = [each.attributes.get("href") for each in read_page(qidong.site / name).of("a")]
        assert "data/deadlines.ics" in links, name


def test_the_same_bytes_each_time(guide: Guide) -> None:
    first, second = (published_files(guide.edition) for _ in range(2))
    assert [each.content for each in first] == [each.content for each in second]
