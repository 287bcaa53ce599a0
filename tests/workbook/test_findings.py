"""缺漏与错误: the list names what is wrong, then what is late, then what is still needed.

Those of a kind stand in the order of their cells.

What to expect comes from the rules as Python evaluates them, and from the text of cells alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.model.edition import Deadline, Edition, FactType, Paper, Recurring
from generator.rules.answers import Answers, read_answers
from generator.rules.evaluate import missing
from generator.rules.schedules import deadline_dates
from generator.rules.truth import Truth
from generator.rules.verdicts import decision_choice, paper_verdict, rule_verdict
from generator.workbook.book import Cell, Place
from generator.workbook.build import build_book
from generator.workbook.desk import Filling
from generator.workbook.files import workbook_bytes
from tests.rules.excel.cases import AS_OF, projects, values
from tests.rules.excel.project import Case, Entry, chosen_of, entry, expected
from tests.support.drawn import filled_book
from tests.support.editions import edition_of
from tests.support.judges import JUDGES
from tests.support.office import Office
from tests.support.overview import FAULTY, KIND, overview_edition
from tests.support.overview import ROWS as LISTED
from tests.support.workbooks import COMPLETE, FINDINGS, ROWS, Shelf, complete_edition
from tests.workbook.test_cached_values import comparable, differences, values_at

WRONG, LATE, NEEDED = "有误", "逾期", "还需填写"
SHOWN = ("out_findings_count", "out_findings_kinds", "out_findings_labels")
Finding = tuple[str, str]


# What the list must be ----------------------------------------------------------------------------


def findings_of(edition: Edition, case: Case) -> list[Finding]:
    """The whole list of a complete workbook: kinds and labels, in order."""
    answers = read_answers(edition, {id: each.means for id, each in case.facts.items()})[0]
    asked = [fact.id for fact in edition.facts.values() if fact.type is not FactType.AMOUNTS]
    wrong = {id for id in asked if is_filled(case.facts.get(id)) and id not in answers}
    found = [(WRONG, edition.facts[id].label) for id in asked if id in wrong]
    shown = expected(edition, chosen_of(edition), case, ROWS)
    found += [
        (WRONG, edition.facts[each.fact].label)  # type: ignore[union-attr]
        for each in chosen_of(edition)
        if shown[f"out_{each.decision}_chosen_permitted"] == "不准许"  # type: ignore[union-attr]
    ]
    found += [(WRONG, row) for row in wrong_rows(edition, case)]
    found += [(WRONG, label) for label in misplaced_days(edition, answers)]
    for deadline in edition.deadlines.values():
        if deadline.met not in wrong:
            found += [(LATE, label) for label in late_days(edition, deadline, answers)]
    needed = needed_facts(edition, case, answers)
    labels = [edition.facts[id].label for id in asked if id in needed - wrong]
    found += [(NEEDED, label) for label in labels]
    found += [(NEEDED, row) for row in unready_rows(edition, case)]
    # Nothing is said to be there.
    own = own_papers(edition)
    if any(paper_verdict(edition, paper, answers).truth is Truth.YES for paper in own):
        found.append((NEEDED, ALL_PAPERS))
    kinds, where = (WRONG, LATE, NEEDED), positions(edition.id)
    return sorted(found, key=lambda each: (kinds.index(each[0]), where(each[1])))


ALL_PAPERS = "全部材料"


def own_papers(edition: Edition) -> list[Paper]:
    """Those that the first role, which fills a complete workbook, hands in or receives."""
    own = next(iter(edition.roles))
    papers = edition.papers.values()
    return [paper for paper in papers if own in (*paper.prepared_by, *paper.received_by)]


@cache
def positions(name: str) -> Callable[[str], tuple[int, int, int]]:
    """Where the cell of a label stands in the complete workbook: sheet, row, column."""
    edition = complete_edition(name)
    book = build_book(edition, "complete")
    places = {fact.label: f"in_{fact.id}" for fact in edition.facts.values()}
    for deadline in edition.deadlines.values():
        ending = f"in_{deadline.done}", f"tb_{deadline.id}_sent"
        places[deadline.label] = ending[isinstance(deadline.schedule, Recurring)]
    for table in edition.tables.values():
        places[table.label] = f"tb_{table.id}_key"
    if own := own_papers(edition):
        places[ALL_PAPERS] = f"in_paper_{own[0].id}_ready"
    sheets = list(book.sheets)

    def position(label: str) -> tuple[int, int, int]:
        subject, _, row = label.partition("：")
        cell = places.get(label) or places[subject]
        place = book.places[cell] if cell in book.places else book.spans[cell].first
        number = int(row.removeprefix("编号")) if row.startswith("编号") else 1
        return sheets.index(place.sheet), place.row + number - 1, place.column

    return position


def is_filled(typed: Entry | None) -> bool:
    """Whether anything can be seen in a cell."""
    text = "" if typed is None or typed.cell is None else str(typed.cell)
    visible = "".join(each for each in text if ord(each) >= 32)
    return visible.replace("\u3000", " ").replace("\u00a0", " ").strip(" ") != ""


def wrong_rows(edition: Edition, case: Case) -> Iterator[str]:
    for table, rows in case.rows.items():
        for number, row in enumerate(rows, 1):
            means = {id: each.means for id, each in row.items()}
            known = read_answers(edition, means)[0]
            if any(is_filled(each) and id not in known for id, each in row.items()):
                yield f"{edition.tables[table].label}：编号{number}"


def misplaced_days(edition: Edition, answers: Answers) -> Iterator[str]:
    """Last days that were met, it is said, before they could be, or on a day that is not yet."""
    for id, counted_from in BASES.items():
        deadline = edition.deadlines.get(id)
        if deadline is None or deadline.met not in answers:
            continue
        dates, met = deadline_dates(edition, deadline, answers), answers[deadline.met]
        if dates.due:
            base = counted_from(answers)
            if met < max(base, dates.opens or base) or met > AS_OF:  # type: ignore[operator]
                yield f"{deadline.label}：办结日期"


BASES: Mapping[str, Callable[[Answers], Any]] = {
    "acceptance_application": lambda known: known["built_on"],
    "self_evaluation": lambda known: max(known["accepted_on"], known["operating_on"]),  # type: ignore[type-var]
    "reply": lambda known: known["applied_on"],
    "inspection": lambda known: min(known["registered_on"], known["delivered_on"]),  # type: ignore[type-var]
}
"""The day from which each of both regulations' last days is counted that a fact tells of."""


def late_days(edition: Edition, deadline: Deadline, answers: Answers) -> Iterator[str]:
    dates = deadline_dates(edition, deadline, answers)
    if isinstance(deadline.schedule, Recurring):
        # A complete workbook has room for a year or so of recurring days.
        room = 3 if deadline.schedule.every.value == "year_end" else None
        for day in (dates.dates or ())[: room or 12 // deadline.schedule.every.months + 1]:
            if day < AS_OF:
                yield f"{deadline.label}：{period_of(deadline, day)}"
    elif dates.due and (dates.rolls_to or dates.due) < AS_OF and deadline.met not in answers:
        yield deadline.label


def period_of(deadline: Deadline, day: date) -> str:
    assert isinstance(deadline.schedule, Recurring)
    quarter = -(-day.month // 3)
    words = {"month_end": f"{day.month}月", "quarter_end": f"第{quarter}季度", "year_end": ""}
    return f"{day.year}年{words[deadline.schedule.every.value]}"


def needed_facts(edition: Edition, case: Case, answers: Answers) -> set[str]:
    """What anything that the workbook shows still waits for."""
    waiting = [
        *(rule_verdict(edition, r, answers) for r in edition.rules.values() if r.each is None),
        *(decision_choice(edition, each, answers) for each in edition.decisions.values()),
        *(paper_verdict(edition, each, answers) for each in edition.papers.values()),
        *(deadline_dates(edition, each, answers) for each in edition.deadlines.values()),
    ]
    found = {fact for each in waiting for fact in each.missing}
    for step in edition.steps.values():
        found |= set(missing(step.applies, answers, edition.facts) if step.applies else ())
    labels = {fact.label: id for id, fact in edition.facts.items()}
    for name, shown in expected(edition, chosen_of(edition), case, ROWS).items():
        if name.endswith("_needed") and shown != "无":
            found |= {labels[label] for label in str(shown).split("；")}
    # Of what verdicts on rows wait for, that which is asked once for the project.
    for table, rows in case.rows.items():
        own = {*edition.tables[table].columns, *edition.tables[table].above}
        rules = [rule for rule in edition.rules.values() if rule.each == table]
        shown_rows = expected(edition, rules, case, ROWS)
        for rule in rules:
            for words in shown_rows[f"tb_{table}_out_{rule.id}_needed"][: len(rows)]:  # type: ignore[index]
                found |= {labels[each] for each in str(words).split("；") if each} - own
    return found


def unready_rows(edition: Edition, case: Case) -> Iterator[str]:
    for table, rows in case.rows.items():
        rules = [rule for rule in edition.rules.values() if rule.each == table]
        shown = expected(edition, rules, case, ROWS)
        for number in range(len(rows)):
            for rule in rules:
                if shown[f"tb_{table}_out_{rule.id}_needed"][number]:  # type: ignore[index]
                    yield f"{edition.tables[table].label}：编号{number + 1}"


# The list is that ---------------------------------------------------------------------------------


@cache
def cases(name: str) -> list[Case]:
    """Projects filled in wildly; and carefully ones, more and more of them."""
    edition, chance = complete_edition(name), random.Random(5)
    columns = {column for table in edition.tables.values() for column in table.columns}
    facts = [
        fact.id
        for fact in edition.facts.values()
        if fact.type is not FactType.AMOUNTS and fact.id not in columns
    ]
    found = [Case(), Case({"as_of": Entry(AS_OF, str(AS_OF))})]
    for number in range(24):
        raws = {
            fact: chance.choice([raw for raw in values(edition, fact) if raw is not None])
            for fact in facts
            if chance.random() < number / 23
        }
        known = {fact: entry(edition, fact, raw) for fact, raw in raws.items()}
        found.append(Case({**known, "as_of": Entry(AS_OF, str(AS_OF))}))
    return [*found, *projects(edition, ROWS, 10)]


@pytest.mark.parametrize("name", [name for name, _ in COMPLETE])
@pytest.mark.parametrize("program", ["ironcalc", "formualizer"])
def test_the_list_is_what_the_rules_say(program: str, name: str, shelf: Shelf) -> None:
    book = shelf.book((name, "complete"), program)
    edition, seen = complete_edition(name), set()
    for case in cases(name):
        found, wanted = book.calculate(case.inputs, SHOWN), findings_of(edition, case)
        assert found["out_findings_count"] == len(wanted)
        kinds, labels = (found[f"out_findings_{word}"] for word in ("kinds", "labels"))
        assert isinstance(kinds, tuple)
        assert isinstance(labels, tuple)
        blank = [("", "")] * (FINDINGS - len(wanted))
        assert list(zip(kinds, labels, strict=True)) == [*wanted, *blank][:FINDINGS]
        seen |= {kind for kind, _ in wanted}
    assert seen == {WRONG, LATE, NEEDED}


@pytest.mark.parametrize("name", [name for name, _ in COMPLETE])
def test_libreoffice_lists_the_same(name: str, shelf: Shelf) -> None:
    book = shelf.book((name, "complete"), "libreoffice")
    edition = complete_edition(name)
    for case in cases(name)[::6]:
        found, wanted = book.calculate(case.inputs, SHOWN), findings_of(edition, case)
        assert found["out_findings_count"] == len(wanted)
        labels = [label for _, label in wanted]
        blank = [""] * (FINDINGS - len(wanted))
        assert list(found["out_findings_labels"]) == [*labels, *blank][:FINDINGS]  # type: ignore[arg-type]


# Words and links ----------------------------------------------------------------------------------


class Listed:
    """The list of a filled workbook as one reads it; its rows from 1."""

    def __init__(self, edition: Edition, kind: str, fillings: Mapping[str, Filling]) -> None:
        self.book = filled_book(edition, kind, fillings)
        self._labels = list(self.book.spans["out_findings_labels"].places)

    @property
    def rows(self) -> dict[str, tuple[str, str]]:
        """Kind and reason by label, of the rows that are not blank."""
        found = {}
        for place in self._labels:
            label, kind, reason = (self._at(place, place.column + off) for off in (0, 1, 2))
            if label:
                found[str(label)] = (str(kind), str(reason))
        return found

    def blank(self) -> list[Any]:
        """The cells of the rows without a finding, behind the rows' numbers."""
        blank = [place for place in self._labels if not self.book.value_at(place)]
        return [self._at(place, column) for place in blank for column in range(2, 10)]

    def leads_to(self, label: str) -> Place:
        """Where the link of a row leads."""
        (row,) = [place for place in self._labels if self.book.value_at(place) == label]
        content = self.book.at(Place(row.sheet, row.row, 9)).content
        # IF(…,"",HYPERLINK("#"&INDEX(…),INDEX(…))): a link only where there is a place.
        condition, nowhere, link = content.arguments  # type: ignore[union-attr]
        assert condition.value(self.book.value) is False
        assert nowhere.value(self.book.value) == ""
        target = link.arguments[0].value(self.book.value)
        assert target.startswith("#")
        assert target[1:] in self.book.names
        return self.book.places.get(target[1:]) or self.book.spans[target[1:]].first

    def note(self) -> str:
        """What stands under the list."""
        last = self._labels[-1]
        return str(self.book.value_at(Place(last.sheet, last.row + 1, 1)))

    def total(self) -> tuple[Any, Any]:
        """How many, and how many of each kind, as the list begins with."""
        first = self._labels[0]
        row = next(
            row
            for row in range(first.row, 0, -1)
            if self.book.value_at(Place(first.sheet, row, 2)) == "合计"
        )
        return tuple(self.book.value_at(Place(first.sheet, row, column)) for column in (3, 4))  # type: ignore[return-value]

    def _at(self, place: Place, column: int) -> Any:
        return self.book.value_at(Place(place.sheet, place.row, column))


@cache
def faulty() -> Listed:
    return Listed(overview_edition(), KIND, FAULTY)


FOUND: Mapping[str, tuple[str, str]] = {
    "前期工作达到一定深度要求": (WRONG, "须选“是”或“否”"),
    "项目申报": (WRONG, "收到、办结日期早于送出日期"),
    "选用的编报方式": (
        WRONG,
        "不准许这样选：不可以将项目建议书、可行性研究报告、初步设计方案和投资概算合并编报",
    ),
    "季度登记：2024年3月31日": (WRONG, "完成多于计划。"),
    "合同登记：第3行": (WRONG, "缺合同编号。“合同金额”：须填数字，不带单位。"),
    "变更登记：第2行": (WRONG, "缺变更编号；本次资金调整数额填写有误"),
    "合同登记：合同金额合计": (WRONG, "合同金额合计超过总投资"),
    "自评价报告报送日期": (WRONG, "须填日期，如 2024-6-30"),
    "提交项目绩效评价报告：2023年": (WRONG, "早于本期，请核对"),
    "申请竣工验收": (LATE, "截止日2024年6月15日，已过25天，未填申请竣工验收日期"),
    "季度末报送项目进展情况：2024年第1季度": (
        LATE,
        "截止日2024年3月31日，已过101天，未填报送日期",
    ),
    "季度末报送项目进展情况：2024年第2季度": (
        LATE,
        "截止日2024年6月30日，已过10天，未填报送日期",
    ),
}
"""What the faulty project's list says, as long as there is room."""


def test_the_list_says_what_is_wrong_and_since_when_it_is_late() -> None:
    assert faulty().rows == FOUND
    assert faulty().total() == ("19处", "有误9处，逾期3处，还需填写7处")
    assert faulty().note() == "另有7处没有列出，处理以上各处后自动列出。"
    assert len(FOUND) == LISTED


LATER: Mapping[str, tuple[str, str]] = {
    "已经列入政务信息化建设规划或大数据发展规划": (NEEDED, "用于判断“编报方式”"),
    "通过验收日期": (NEEDED, "用于推算期限“自评价及报送”"),
    "投入运行日期": (NEEDED, "用于推算期限“自评价及报送”"),
    "概算总投资": (NEEDED, "用于判断“可以由项目建设单位自行调整，同时备案”"),
    "季度登记：2024年9月30日": (NEEDED, "此行还没有填：“累计计划投资”"),
}

MENDED: Mapping[str, Filling] = {
    "in_depth_reached": "否",
    "in_filing_form": "分别编报",
    "in_step_declaration_received": date(2024, 2, 5),
    "in_acceptance_applied_on": date(2024, 6, 14),
    "in_self_evaluation_submitted_on": None,
    "tb_quarters_spent[3]": 110,
    "tb_quarters_reported[3]": date(2024, 3, 29),
    "tb_performance_report_sent[1]": date(2023, 12, 29),
    "tb_contracts_price[1]": 1500,
    "tb_contracts_key[3]": "丙",
    "tb_contracts_price[3]": 0,
    "tb_changes_key[2]": "变-2",
    "tb_changes_adjust_amount[2]": 30,
}


def test_what_is_mended_makes_room_for_the_rest() -> None:
    listed = Listed(overview_edition(), KIND, {**FAULTY, **MENDED})
    late = "季度末报送项目进展情况：2024年第2季度"
    reasons = listed.rows
    assert list(reasons)[:1] == [late]
    rows = {label: reason for label, reason in reasons.items() if label.startswith("变更登记")}
    assert set(rows) == {"变更登记：变-1", "变更登记：变-2"}
    for kind, reason in rows.values():
        assert kind == NEEDED
        purpose = "用于判断“可以由项目建设单位自行调整，同时备案”"
        assert reason.startswith(f"{purpose}，还缺：投资规模超出")
    assert {label: reasons[label] for label in LATER} == LATER
    assert len(reasons) == 1 + len(LATER) + 2
    assert listed.total() == ("8处", "有误0处，逾期1处，还需填写7处")
    assert listed.note() == ""


def test_nothing_to_say_leaves_every_row_empty_and_leading_nowhere() -> None:
    listed = Listed(overview_edition(), KIND, {**FAULTY, **MENDED})
    cells = listed.blank()
    assert len(cells) == (LISTED - 8) * 8
    assert set(cells) <= {"", None}


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("前期工作达到一定深度要求", "in_depth_reached"),
        ("项目申报", "in_step_declaration_received"),
        ("选用的编报方式", "in_filing_form"),
        ("季度登记：2024年3月31日", ("tb_quarters_key", 3)),
        ("合同登记：第3行", ("tb_contracts_key", 3)),
        ("变更登记：第2行", ("tb_changes_key", 2)),
        ("合同登记：合同金额合计", ("tb_contracts_key", 1)),
        ("自评价报告报送日期", "in_self_evaluation_submitted_on"),
        ("提交项目绩效评价报告：2023年", ("tb_performance_report_sent", 1)),
        ("申请竣工验收", "in_acceptance_applied_on"),
        # The quarter that was entered but not sent: its row; the one that was not: the first.
        ("季度末报送项目进展情况：2024年第1季度", ("tb_quarters_key", 3)),
        ("季度末报送项目进展情况：2024年第2季度", ("tb_quarters_key", 1)),
    ],
)
def test_a_link_leads_to_the_cell(label: str, place: str | tuple[str, int]) -> None:
    book = faulty().book
    if isinstance(place, str):
        wanted = book.places[place]
    else:
        wanted = list(book.spans[place[0]].places)[place[1] - 1]
    assert faulty().leads_to(label) == wanted


def test_what_has_the_same_name_on_several_sheets_is_told_apart() -> None:
    """Each organ that takes part in an acceptance says on which day it filled in its part."""
    days = {f"in_{part}_on": "昨天" for part in ("intake", "archive", "final")}
    fillings = {"in_as_of": AS_OF, **days, "tb_special_key[2]": "消防", "tb_special_key[3]": "消防"}
    book = filled_book(edition_of("qidong-2022"), "acceptance_review", fillings)
    rows = [
        tuple(book.value_at(Place(place.sheet, place.row, column)) for column in (2, 3, 9))
        for place in book.spans["out_findings_labels"].places
    ]
    assert [row for row in rows if row[1] == WRONG] == [
        ("填报日期", WRONG, "项目与申请"),
        # Both rows of one name, on the sheet of their list.
        *[("专项验收：消防", WRONG, "专项验收")] * 2,
        ("填报日期", WRONG, "档案验收"),
        ("填报日期", WRONG, "验收结论"),
    ]


def test_a_day_of_a_register_is_on_the_sheet_of_the_register() -> None:
    book = faulty().book
    sheets = {
        book.value_at(place): book.value_at(Place(place.sheet, place.row, 9))
        for place in book.spans["out_findings_labels"].places
    }
    assert sheets["季度末报送项目进展情况：2024年第2季度"] == "季度"
    assert sheets["提交项目绩效评价报告：2023年"] == "校验"


def test_a_day_before_its_beginning_is_wrong_and_not_needed() -> None:
    fillings = {
        "in_as_of": date(2024, 7, 10),
        "in_construction_start": date(2024, 5, 1),
        "in_construction_end": date(2024, 4, 30),
    }
    rows = Listed(overview_edition(), KIND, fillings).rows
    end, start = (
        overview_edition().facts[f"construction_{word}"].label for word in ("end", "start")
    )
    assert rows[end] == (WRONG, f"{end}早于{start}")


def test_a_blank_that_decides_nothing_is_not_listed() -> None:
    """Once a project cannot merge its papers, nobody asks for the other grounds."""
    blank, decided = (
        Listed(overview_edition(), KIND, fillings).rows
        for fillings in (
            {},
            {
                "in_total_investment": 3000,
                "in_depth_reached": "否",
                "in_clear_requirement": "否",
                "in_special_reason": "否",
                "in_urgent": "否",
                "in_listed_in_planning": "否",
            },
        )
    )
    assert "总投资" in blank
    assert {kind for kind, _ in blank.values()} == {NEEDED}
    assert "备注" not in blank
    assert not any("编报方式”" in reason and "核对" not in reason for _, reason in decided.values())


# Every program ------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[{}, FAULTY], ids=["blank", "faulty"])
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("overview") / "book.xlsx"
    path.write_bytes(workbook_bytes(overview_edition(), KIND, request.param))
    return path


def cached(path: Path) -> dict[Any, Any]:
    formulas = openpyxl.load_workbook(path)
    places = [
        (sheet.title, cell.row, cell.column)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    return values_at(path, places)


@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
def test_cached_values_are_what_the_libraries_compute(path: Path, judge: Any) -> None:
    book, wanted = judge.open(path), cached(path)
    assert differences({place: comparable(book.cell(place)) for place in wanted}, wanted) == []


def test_cached_values_are_what_libreoffice_computes(
    path: Path, office: Office, tmp_path: Path
) -> None:
    wanted = cached(path)
    with office.document(path) as document:
        document.calculate()
        saved = document.save(tmp_path / "saved.xlsx")
    assert differences(values_at(saved, list(wanted)), wanted) == []


# The cover ----------------------------------------------------------------------------------------


def test_the_cover_counts_answers_rows_steps_and_what_is_wrong() -> None:
    book = faulty().book
    cover = {
        book.value_at(Place("封面", row, 2)): book.value_at(Place("封面", row, 3))
        for row in range(1, book.sheets["封面"].row)
    }
    # Fourteen questions of the form, two of steps, two of the timeline, which no other block asks;
    # what is wrong is not filled.
    assert cover["表单填写进度"] == "9 / 18，还需填写 7 处"
    assert cover["填写有误"] == "9 处，见“校验”表"
    assert (cover["季度登记"], cover["合同登记"], cover["变更登记"]) == ("3 行", "3 行", "2 行")
    assert cover["申报与初审"] == "已完成 1 / 适用 2 步；下一步：项目初审"
    assert cover["已过期限"] == "申请竣工验收；季度末报送项目进展情况（2次）"


@pytest.mark.parametrize("kind", ["quarterly_summary", "reserve_plan"])
def test_a_blank_workbook_is_not_said_to_be_right(kind: str) -> None:
    """A verdict never shows before its facts do."""
    edition = edition_of("qidong-2022")
    register = "quarter_1" if kind == "quarterly_summary" else "reserve"
    for fillings, said in (({}, ("—", "尚未登记")), ({f"tb_{register}_key[1]": "甲"}, None)):
        book = filled_book(edition, kind, fillings)
        first = book.spans["out_findings_labels"].first
        total = next(
            row
            for row in range(first.row, 0, -1)
            if book.sheets[first.sheet].cells.get((row, 2), Cell(None, "")).content == "合计"
        )
        shown = tuple(book.value_at(Place(first.sheet, total, column)) for column in (3, 4))
        assert said is None or shown == said
        assert said or (shown[0] != "—" and "尚未登记" not in str(shown[1]))


def test_no_deadline_is_said_to_be_kept_while_it_cannot_be_told() -> None:
    book = filled_book(edition_of("qidong-2022"), "dossier", {"in_as_of": AS_OF})
    cover = next(iter(book.sheets.values()))
    row = next(row for (row, _), cell in cover.cells.items() if cell.content == "已过期限")
    assert book.value_at(Place(cover.name, row, 3)) == "暂无"
    looks = {each.words: each.style for each in cover.highlights if each.cells == f"C{row}"}
    assert looks[("暂无",)] == "pending"
