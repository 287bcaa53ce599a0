"""Registers: what each row lacks and what is wrong with it, totals, checks, days of a deadline."""

from __future__ import annotations

import inspect
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest

from generator.model.edition import Edition
from generator.model.load import load_edition
from generator.model.problems import DataProblems
from generator.rules.formula import Scalar
from generator.workbook.book import Book
from generator.workbook.build import build_book
from generator.workbook.desk import Filling
from generator.workbook.files import workbook_bytes
from tests.support.cells import Typed, serial
from tests.support.drawn import filled_book
from tests.support.judges import JUDGES
from tests.support.office import Document, Office
from tests.support.regulation import QIDONG
from tests.workbook import test_audit as audit
from tests.workbook.hostile import HOSTILE
from tests.workbook.test_cached_values import Place, comparable, differences, values_at

AS_OF = date(2024, 7, 10)
QUARTERS = (date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30))

ENTRIES: dict[str, Any] = {
    "progress": {"label": "形象进度", "ask": "到哪一步？", "type": "text", "law": "art18"},
    "year": {
        "label": "当年投资",
        "ask": "当年多少？",
        "type": "amount",
        "unit": "万元",
        "at_least": 0,
    },
    "total": {
        "label": "累计投资",
        "ask": "累计多少？",
        "type": "amount",
        "unit": "万元",
        "at_least": 0,
    },
    "reported": {"label": "报送日期", "ask": "哪一天报送？", "type": "date"},
    "number": {"label": "文号", "ask": "文号是什么？", "type": "text"},
    "party": {"label": "对方单位", "ask": "与谁签订？", "type": "text"},
    "price": {"label": "合同金额", "ask": "多少？", "type": "amount", "unit": "万元", "above": 0},
    "change": {
        "label": "增减",
        "ask": "增减多少？",
        "type": "amount",
        "unit": "万元",
        "signed": True,
    },
    "signed": {"label": "签订日期", "ask": "哪一天签订？", "type": "date"},
    "ended": {"label": "终止日期", "ask": "哪一天终止？", "type": "date"},
    "public": {"label": "公开招标", "ask": "是否公开招标？", "type": "yesno"},
    "sort": {
        "label": "合同类别",
        "ask": "哪一类？",
        "type": "choice",
        "choices": {"software": "软件", "hardware": "硬件"},
    },
}
QUARTERLY: dict[str, Any] = {
    "block": "register",
    "id": "quarters",
    "title": "季度登记",
    "about": "每季度末一行。",
    "key": {"label": "应报日期", "of": "quarterly_report", "sent": "reported"},
    "columns": ["progress", "year", "total", "reported", "number"],
    "optional": ["number"],
    "rows": 5,
    "checks": [
        {"kind": "at_least", "column": "total", "than": "year", "says": "累计投资小于当年投资"},
        {"kind": "not_falling", "column": "total", "says": "累计投资比以前各期少"},
        {
            "kind": "at_most",
            "column": "total",
            "than": "approved_estimate",
            "says": "累计投资超过概算",
        },
    ],
    "law": "art18",
}
CONTRACTS: dict[str, Any] = {
    "block": "register",
    "id": "contracts",
    "title": "合同登记",
    "key": {"label": "合同编号", "help": "与合同上的一致。"},
    "columns": ["party", "price", "change", "signed", "ended", "public", "sort"],
    "optional": ["change", "ended"],
    "rows": 4,
    "totals": ["price", "change"],
    "checks": [
        {
            "kind": "total_at_most",
            "column": "price",
            "than": "total_investment",
            "says": "合计超过总投资",
        },
        {"kind": "at_least", "column": "ended", "than": "signed", "says": "终止早于签订"},
        {
            "kind": "total_at_most",
            "column": "change",
            "than": "approved_estimate",
            "says": "增减超过概算",
        },
    ],
}
ASKED = ["construction_start", "construction_end", "approved_estimate", "total_investment"]


def layout() -> dict[str, Any]:
    """A workbook with two registers, and the timeline before or after them."""
    timeline = {
        "block": "timeline",
        "title": "期限",
        "deadlines": ["quarterly_report", "performance_report"],
        "years": 1,
    }
    sheets = [
        {"name": "封面", "blocks": [{"block": "identity"}, {"block": "progress", "title": "进度"}]},
        {"name": "信息", "blocks": [{"block": "form", "title": "项目", "fields": ASKED}]},
        {"name": "季度", "blocks": [QUARTERLY]},
        {"name": "合同", "blocks": [CONTRACTS]},
        {"name": "期限", "blocks": [timeline]},
        {"name": "条文", "blocks": [{"block": "provisions", "title": "条文"}]},
    ]
    written = {"title": "登记", "file": "登记", "audience": "construction_unit"}
    return deepcopy({**written, "entries": ENTRIES, "sheets": sheets})


def edition_with(written: Mapping[str, Any]) -> Edition:
    """The regulation with this workbook alone."""
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(QIDONG, Path(folder) / QIDONG.name)
        shutil.copytree(QIDONG.parent / "calendar", Path(folder) / "calendar")
        shutil.rmtree(copy / "examples", ignore_errors=True)
        for each in (copy / "workbooks").iterdir():
            each.unlink()
        (copy / "workbooks" / "lists.yml").write_text(
            json.dumps(written, ensure_ascii=False), "utf-8"
        )
        return load_edition(copy)


@cache
def edition() -> Edition:
    return edition_with(layout())


def refused(change: Callable[[dict[str, Any]], None]) -> str:
    """Why a changed layout is refused."""
    written = layout()
    change(written)
    with pytest.raises(DataProblems) as problems:
        build_book(edition_with(written), "lists")
    return "；".join(str(each) for each in problems.value.problems)


# Fillings -----------------------------------------------------------------------------------------

PROJECT: Mapping[str, Filling] = {
    "in_as_of": AS_OF,
    "in_construction_start": date(2023, 11, 20),
    "in_construction_end": date(2024, 6, 30),
    "in_approved_estimate": 300,
    "in_total_investment": 300,
}


def rows(register: str, *written: Mapping[str, Filling]) -> dict[str, Filling]:
    """A register filled from its first row on."""
    return {
        f"tb_{register}_{column}[{number}]": value
        for number, row in enumerate(written, 1)
        for column, value in row.items()
    }


def quarter(key: Filling, total: Filling, **more: Filling) -> dict[str, Filling]:
    return {"key": key, "progress": "在建", "year": 0, "total": total, **more}


def contract(key: Filling, price: Filling, **more: Filling) -> dict[str, Filling]:
    signed = {"signed": date(2024, 1, 5), "public": "是", "sort": "软件"}
    return {"key": key, "party": "甲", "price": price, **signed, **more}


class Page:
    """A filled workbook, read by names."""

    def __init__(self, *fillings: Mapping[str, Filling]) -> None:
        filled = {
            name: value for filling in (PROJECT, *fillings) for name, value in filling.items()
        }
        self.book: Book = filled_book(edition(), "lists", filled)

    def get(self, name: str) -> Scalar:
        found = self.book.value(name)
        assert not isinstance(found, tuple)
        return found

    def column(self, name: str) -> list[Scalar]:
        found = self.book.value(name)
        assert isinstance(found, tuple)
        return list(found)

    def below(self, name: str) -> Scalar:
        """What the line under a name's row says."""
        place = self.book.places[name]
        return self.book.value_at(replace(place, row=place.row + 1, column=2))


# Rows ---------------------------------------------------------------------------------------------


def test_a_row_says_what_it_lacks() -> None:
    page = Page(
        rows("contracts", contract("甲-1", 10), {"key": "甲-2", "party": "乙"}, {"price": 5})
    )
    assert page.column("tb_contracts_out_state") == ["已填", "待填 4 项", "有误", "空行"]
    assert page.column("tb_contracts_out_missing") == [0, 4, 4, 0]
    assert page.column("tb_contracts_out_explained") == [
        "",
        "待填：“合同金额”“签订日期”“公开招标”“合同类别”。",
        "缺合同编号。待填：“对方单位”“签订日期”“公开招标”“合同类别”。",
        "",
    ]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("price", "十万", "“合同金额”：须填数字，不带单位。"),
        ("price", 0, "“合同金额”：须大于0万元。"),
        ("price", 1.0000001, "“合同金额”：最多6位小数。"),
        ("signed", "去年", "“签订日期”：须填日期，如 2024-6-30。"),
        ("public", "对", "“公开招标”：须选“是”或“否”。"),
        ("sort", "服务", "“合同类别”：须从下拉列表中选择。"),
        ("key", "　 ", "缺合同编号。"),
        ("key", "甲" * 101, "合同编号超过100个字。"),
        ("ended", date(2024, 1, 4), "终止早于签订。"),
    ],
)
def test_a_row_says_what_is_wrong(column: str, value: Filling, words: str) -> None:
    page = Page(rows("contracts", contract("甲-1", 10) | {column: value}))
    assert page.column("tb_contracts_out_state")[0] == "有误"
    assert page.column("tb_contracts_out_explained")[0] == words


def test_an_amount_that_looks_like_another_unit_is_to_be_checked() -> None:
    page = Page(rows("contracts", contract("甲-1", 10000)))
    assert page.column("tb_contracts_out_state")[0] == "请核对"
    assert page.column("tb_contracts_out_explained")[0] == "“合同金额”请核对：单位是万元。"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("甲-1", " 甲-1　", True),
        ("A-1", "a-1", True),
        ("甲-1", "甲-2", False),
        # What a spreadsheet would take for a number, a day, a comparison or a pattern.
        ("1", "01", False),
        ("2024-1", "2024-01", False),
        (">0", "=1", False),
        ("甲*", "甲乙", False),
        ("?", "甲", False),
        ("~*", "*", False),
        ("=1", "=1", True),
        ("*", "*", True),
    ],
)
def test_keys_are_compared_as_texts(first: str, second: str, same: bool) -> None:
    page = Page(rows("contracts", contract(first, 1), contract(second, 2)))
    said = page.column("tb_contracts_out_explained")[:2]
    assert said == (["合同编号重复。"] * 2 if same else ["", ""])


def test_rows_without_a_key_are_not_the_same_row() -> None:
    page = Page(rows("contracts", {"price": 1}, {"price": 2}))
    assert [str(each)[:7] for each in page.column("tb_contracts_out_explained")[:2]] == [
        "缺合同编号。待"
    ] * 2


def test_rows_are_high_enough_for_what_stands_in_them_and_grow_with_more(tmp_path: Path) -> None:
    """A hundred Chinese characters, of which at most ten stand in a line of 15 points."""
    path = tmp_path / "book.xlsx"
    filled = rows("contracts", contract("甲-1", 1), contract("甲-2", 2, party="甲乙丙丁戊" * 20))
    path.write_bytes(workbook_bytes(edition(), "lists", filled))
    with zipfile.ZipFile(path) as archive:
        names = re.findall(r'<sheet [^>]*name="([^"]*)"', archive.read("xl/workbook.xml").decode())
        number = names.index("合同") + 1
        xml = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
    book = openpyxl.load_workbook(path)
    _, area = next(book.defined_names["tb_contracts_key"].destinations)
    first, last = (int(end.rpartition("$")[2]) for end in area.split(":"))
    tags = [re.search(rf'<row [^>]*r="{row}"[^>]*>', xml) for row in range(first, last + 1)]
    written = [tag.group() for tag in tags if tag]
    assert len(written) == 4
    assert not [tag for tag in written if "customHeight" in tag]
    heights = [book["合同"].row_dimensions[row].height for row in range(first, last + 1)]
    assert heights[0] == heights[2] == heights[3] > 20
    assert heights[1] >= 150


# Totals -------------------------------------------------------------------------------------------


def test_totals_are_exact_and_hold_what_is_known() -> None:
    filled = rows("contracts", contract("1", 0.1), contract("2", 0.2), contract("3", "约三十"))
    page = Page(filled)
    assert page.get("tb_contracts_out_total_price") == 0.3
    assert page.below("tb_contracts_out_total_price") == (
        "合计只含已填的金额，还有待填或者有误的：“合同金额”1行　"
    )
    assert page.get("tb_contracts_out_total_change") == 0


@pytest.mark.parametrize(
    ("prices", "limit", "word"),
    [
        ((), 300, "待填"),
        ((100,), None, "待填"),
        ((100, 200), 300, "符合"),
        ((100, 200.000001), 300, "不符合"),
        ((100, None), 300, "待填"),
        # No price is nothing: what is missing cannot bring it back to the limit.
        ((300, None), 300, "不符合"),
        ((299.999999, None), 300, "待填"),
    ],
)
def test_a_total_is_held_against_its_limit(
    prices: Sequence[float | None], limit: float | None, word: str
) -> None:
    written = [contract(f"甲-{number}", price) for number, price in enumerate(prices)]
    page = Page({"in_total_investment": limit}, rows("contracts", *written))
    assert page.get("tb_contracts_out_price_total_at_most_total_investment") == word


def test_a_total_that_cuts_can_lower_waits_for_all_of_its_rows() -> None:
    name = "tb_contracts_out_change_total_at_most_approved_estimate"
    written = contract("1", 1, change=500), contract("2", 1)
    assert Page(rows("contracts", *written)).get(name) == "待填"
    written = contract("1", 1, change=500), contract("2", 1, change=-200)
    page = Page(rows("contracts", *written))
    assert (page.get(name), page.get("tb_contracts_out_total_change")) == ("符合", 300)


def test_an_optional_column_that_is_empty_is_not_checked() -> None:
    name = "tb_contracts_out_ended_at_least_signed"
    assert Page(rows("contracts", contract("1", 1))).get(name) == "不适用"
    assert Page().get(name) == "待填"
    later = contract("1", 1, ended=date(2024, 1, 5)), contract("2", 1)
    assert Page(rows("contracts", *later)).get(name) == "符合"
    earlier = contract("1", 1, ended=date(2024, 1, 4)), contract("2", 1)
    assert Page(rows("contracts", *earlier)).get(name) == "不符合"


# Days of a deadline -------------------------------------------------------------------------------

FALLING, SMALLER = "tb_quarters_out_total_not_falling", "tb_quarters_out_total_at_least_year"
BEYOND = "tb_quarters_out_total_at_most_approved_estimate"


def test_the_days_of_a_deadline_appear_with_what_was_entered_for_them() -> None:
    third, first, _ = QUARTERS[2], QUARTERS[0], QUARTERS[1]
    written = quarter(third, 90.5, reported=date(2024, 7, 1)), quarter(first, 20, reported=first)
    page = Page(rows("quarters", *written))
    assert page.column("out_quarterly_report_dates") == [*map(serial, QUARTERS), "", ""]
    assert page.column("tb_quarters_out_day_period")[:3] == [
        "2023年第4季度",
        "2024年第1季度",
        "2024年第2季度",
    ]
    assert page.column("tb_quarters_out_day_state") == ["按期报送", "已过期限", "逾期报送", "", ""]
    assert page.column("tb_quarters_out_day_of_total") == [20, "", 90.5, "", ""]
    # Beside the rows as they stand, whatever their order.
    assert page.column("tb_quarters_out_period")[:3] == ["2024年第2季度", "2023年第4季度", ""]
    assert page.column("tb_quarters_out_sent_state")[:3] == ["逾期报送", "按期报送", ""]
    assert page.column("tb_quarters_out_state")[:3] == ["已填", "已填", "空行"]


def test_the_timeline_counts_what_the_register_holds() -> None:
    page = Page(rows("quarters", quarter(QUARTERS[0], 1, reported=QUARTERS[0])))
    assert page.get("out_quarterly_report_state") == "有2次已过期限未报"
    page = Page({"in_as_of": date(2024, 1, 1)}, rows("quarters", quarter(QUARTERS[0], 1)))
    assert page.get("out_quarterly_report_state") == "有1次已过期限未报"
    assert page.get("out_quarterly_report") == serial(QUARTERS[1])
    timeline = page.book.sheets["期限"].cells
    assert any(cell.link == "tb_quarters_key" for cell in timeline.values())
    # The deadline that has no register keeps its inputs.
    assert "tb_performance_report_sent" in page.book.names
    assert "tb_quarterly_report_sent" not in page.book.names


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (date(2024, 6, 29), "应报日期不是应报的日期。"),
        (date(2024, 9, 30), "应报日期不是应报的日期。"),
        ("2024年第2季度", "应报日期：须填日期，如 2024-6-30。"),
        (None, "缺应报日期。"),
    ],
)
def test_a_row_belongs_to_a_day_that_is_due(key: Filling, words: str) -> None:
    page = Page(rows("quarters", quarter(key, 1)))
    assert page.column("tb_quarters_out_explained")[0] == words


def test_before_the_days_are_known_no_day_is_wrong() -> None:
    page = Page({"in_construction_end": None}, rows("quarters", quarter(QUARTERS[0], 1)))
    assert page.column("tb_quarters_out_state")[0] == "已填"
    assert page.column("tb_quarters_out_period")[0] == ""


def test_a_day_entered_twice_is_said() -> None:
    page = Page(rows("quarters", quarter(QUARTERS[0], 1), quarter(QUARTERS[0], 2)))
    assert page.column("tb_quarters_out_explained")[:2] == ["应报日期重复。"] * 2


@pytest.mark.parametrize("sent", ["已报", 1, date(2024, 7, 11), date(2023, 9, 30)])
def test_a_day_of_sending_that_cannot_be_is_said(sent: Filling) -> None:
    page = Page(rows("quarters", quarter(QUARTERS[0], 1, reported=sent)))
    state = str(page.column("tb_quarters_out_day_state")[0])
    assert state.startswith("须填日期") or state.endswith("请核对")
    odd = not isinstance(sent, date)
    assert (page.column("tb_quarters_out_state")[0] == "有误") is odd


def test_sums_never_fall_from_one_day_to_the_next_whatever_the_order_of_the_rows() -> None:
    rising = [quarter(QUARTERS[2], 30), quarter(QUARTERS[0], 10), quarter(QUARTERS[1], 10)]
    assert Page(rows("quarters", *rising)).get(FALLING) == "符合"
    rising[1] = quarter(QUARTERS[0], 10.000001)
    page = Page(rows("quarters", *rising))
    assert page.get(FALLING) == "不符合"
    assert page.column("tb_quarters_out_explained")[:3] == ["", "", "累计投资比以前各期少。"]
    # Not only beside the next: the last is below the first.
    apart = [quarter(QUARTERS[0], 10), quarter(QUARTERS[1], None), quarter(QUARTERS[2], 9)]
    page = Page(rows("quarters", *apart))
    assert page.get(FALLING) == "不符合"
    assert page.column("tb_quarters_out_state")[:3] == ["已填", "待填 1 项", "有误"]


def test_a_check_waits_for_all_of_its_parts() -> None:
    page = Page()
    assert [page.get(name) for name in (FALLING, SMALLER, BEYOND)] == ["待填"] * 3
    one = quarter(QUARTERS[0], 10), quarter(QUARTERS[1], None)
    page = Page(rows("quarters", *one))
    assert [page.get(name) for name in (FALLING, SMALLER, BEYOND)] == ["待填"] * 3
    page = Page({"in_approved_estimate": None}, rows("quarters", quarter(QUARTERS[0], 10)))
    assert [page.get(name) for name in (FALLING, SMALLER, BEYOND)] == ["符合", "符合", "待填"]


@pytest.mark.parametrize(("year", "total", "limit"), [(0.3, 0.1 + 0.2, 0.3), (299, 300, 300)])
def test_what_is_equal_passes(year: float, total: float, limit: float) -> None:
    written = quarter(QUARTERS[0], round(total, 6), year=year)
    page = Page({"in_approved_estimate": limit}, rows("quarters", written))
    assert [page.get(name) for name in (SMALLER, BEYOND)] == ["符合", "符合"]


def test_a_failed_check_names_itself_in_words() -> None:
    page = Page(rows("quarters", quarter(QUARTERS[0], 300.000001, year=301)))
    assert page.column("tb_quarters_out_explained")[0] == "累计投资小于当年投资。累计投资超过概算。"
    assert page.get(f"{SMALLER}_explained") == "累计投资小于当年投资（1行）。"


# Layouts that cannot be drawn ---------------------------------------------------------------------


def block_of(written: dict[str, Any], sheet: int) -> dict[str, Any]:
    found: dict[str, Any] = written["sheets"][sheet]["blocks"][0]
    return found


@pytest.mark.parametrize(
    ("sheet", "change", "words"),
    [
        (3, {"totals": ["party"]}, "只有金额能合计"),
        (3, {"totals": ["year"]}, "“year” 不是本登记表的列"),
        (3, {"columns": ["party", "party"], "totals": [], "checks": []}, "同一列写了不止一次"),
        (3, {"id": "quarters"}, "同名"),
        (
            3,
            {"columns": ["prior_adjustments"], "totals": [], "checks": [], "optional": []},
            "类型不能用",
        ),
        (3, {"checks": [{"kind": "not_falling", "column": "price", "says": "少"}]}, "not_falling"),
        (3, {"checks": [{"kind": "at_least", "column": "price", "says": "少"}]}, "than"),
        (
            3,
            {"checks": [{"kind": "at_least", "column": "price", "than": "signed", "says": "少"}]},
            "不同",
        ),
        (
            3,
            {"checks": [{"kind": "at_least", "column": "party", "than": "sort", "says": "少"}]},
            "分大小",
        ),
        (
            3,
            {
                "checks": [
                    {"kind": "total_at_most", "column": "price", "than": "change", "says": "多"}
                ]
            },
            "不与本表的列比",
        ),
        (
            3,
            {"checks": [QUARTERLY["checks"][2] | {"column": "price", "than": "purchase"}]},
            "purchase",
        ),
        (2, {"key": {"label": "日", "of": "quarterly_report"}}, "sent"),
        (2, {"key": {"label": "日", "of": "quarterly_report", "sent": "number"}}, "须为日期"),
        (
            2,
            {"key": {"label": "日", "of": "self_evaluation", "sent": "reported"}},
            "不是定期的期限",
        ),
        (2, {"checks": [QUARTERLY["checks"][2] | {"than": "adjust_amount"}]}, "没有表单询问它"),
    ],
)
def test_what_cannot_be_drawn_is_refused(sheet: int, change: Mapping[str, Any], words: str) -> None:
    assert words in refused(lambda written: block_of(written, sheet).update(change))


# Files --------------------------------------------------------------------------------------------

SORTED: Mapping[str, Filling] = {
    **PROJECT,
    **rows(
        "quarters",
        quarter(QUARTERS[2], 90.5, reported=date(2024, 7, 1), year=70.25),
        quarter(QUARTERS[0], 20, reported=QUARTERS[0], number="=1"),
        quarter(QUARTERS[1], 10),
        {"year": 10000},
        quarter(date(2024, 6, 29), "约三十", reported="昨天"),
    ),
    **rows(
        "contracts",
        contract("=A1", 100, change=-20.5, ended=date(2024, 1, 4)),
        contract("*", 200.000001, public="　否 "),
        contract("a", 1, party='"乙"'),
        contract("A", None),
    ),
}
CLEAN: Mapping[str, Filling] = {
    **PROJECT,
    **rows("quarters", *(quarter(day, place, reported=day) for place, day in enumerate(QUARTERS))),
    **rows("contracts", contract("1", 299.999999, change=1), contract("01", 0.000001, change=2)),
}


@cache
def hostile() -> Edition:
    """Every word of the registers' own as hostile as text can be."""
    written = layout()
    for entry in written["entries"].values():
        entry.update(label=HOSTILE + entry["label"], ask=HOSTILE, help=HOSTILE)
        entry["choices"] = {id: HOSTILE + word for id, word in entry.get("choices", {}).items()}
    for sheet in (2, 3):
        block = block_of(written, sheet)
        block.update(title=HOSTILE, about=HOSTILE)
        block["key"].update(label=HOSTILE + "编号", help=HOSTILE)
        for check in block["checks"]:
            check["says"] = HOSTILE * 10
    made = edition_with(written)
    deadlines = {id: replace(each, label=HOSTILE) for id, each in made.deadlines.items()}
    return replace(made, deadlines=deadlines)


FILES = {
    "blank": (edition, {}),
    "sorted": (edition, SORTED),
    "clean": (edition, CLEAN),
    "hostile": (hostile, SORTED),
}


@pytest.fixture(scope="module", params=FILES.values(), ids=FILES)
def subject(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    source, fillings = request.param
    path = tmp_path_factory.mktemp("registers") / "book.xlsx"
    path.write_bytes(workbook_bytes(source(), "lists", fillings))
    return audit.Subject(path, source(), "lists")


@pytest.fixture(scope="module")
def cached(subject: audit.Subject) -> dict[Place, Any]:
    cells = [audit.place_of(cell) for cell in audit.cells(subject.book) if cell.data_type == "f"]
    return values_at(subject.path, cells)


@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
def test_cached_values_are_what_the_libraries_compute(
    subject: audit.Subject, cached: Mapping[Place, Any], judge: Any
) -> None:
    book = judge.open(subject.path)
    assert differences({place: comparable(book.cell(place)) for place in cached}, cached) == []


def test_cached_values_are_what_libreoffice_computes(
    subject: audit.Subject, cached: Mapping[Place, Any], office: Office, tmp_path: Path
) -> None:
    with office.document(subject.path) as document:
        document.calculate()
        saved = document.save(tmp_path / "saved.xlsx")
    assert differences(values_at(saved, list(cached)), cached) == []


AUDITS = [check for name, check in vars(audit).items() if name.startswith("test_")]


@pytest.mark.parametrize("check", AUDITS, ids=lambda check: check.__name__)
def test_the_audit_of_every_workbook(
    check: Callable[..., None], subject: audit.Subject, tmp_path: Path
) -> None:
    known = {"subject": subject, "tmp_path": tmp_path}
    check(**{name: known[name] for name in inspect.signature(check).parameters})


def test_the_days_to_choose_from_are_shown_as_days(subject: audit.Subject) -> None:
    """A drop-down shows what its source shows: a number would mean nothing to anybody."""
    sheet = subject.book["季度"]
    (keys,) = [
        each
        for each in sheet.data_validations.dataValidation
        if each.formula1 == "out_quarterly_report_dates"
    ]
    places = subject.names["tb_quarters_key"]
    assert {
        (sheet.title, row, column) for row, column in next(iter(keys.sqref.ranges)).cells
    } == set(places)
    for place in subject.names["out_quarterly_report_dates"]:
        assert audit.at(subject.book, place).number_format == "yyyy-mm-dd"


def test_nothing_but_headings_touches_a_list(subject: audit.Subject) -> None:
    """Who sorts takes along what touches: no cell beside, above the headings or below."""
    for sheet, register, rows_ in (("季度", "quarters", 5), ("合同", "contracts", 4)):
        (_, top, left), *_ = subject.names[f"tb_{register}_key"]
        columns = [
            places[0][2]
            for name, places in subject.names.items()
            if name.startswith(f"tb_{register}_") and "_out_" not in name
        ]
        cells = subject.book[sheet]
        around = [
            *((row, column) for row in (top - 2, top + rows_) for column in range(1, 20)),
            *(
                (row, c)
                for row in range(top - 1, top + rows_)
                for c in (left - 1, max(columns) + 1)
            ),
        ]
        assert [cells.cell(*place).coordinate for place in around if cells.cell(*place).value] == []
        assert cells.auto_filter.ref == (
            f"B{top - 1}:{openpyxl.utils.get_column_letter(max(columns))}{top + rows_ - 1}"
        )


# A person -----------------------------------------------------------------------------------------


@pytest.fixture
def document(office: Office, tmp_path: Path) -> Iterator[Document]:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook_bytes(edition(), "lists"))
    with office.document(path) as opened:
        for name, keys in (
            ("in_as_of", "2024-07-10"),
            ("in_construction_start", "2023-11-20"),
            ("in_construction_end", "2024-06-30"),
            ("in_total_investment", "300"),
        ):
            opened.set(name, Typed(keys))
        yield opened


def type_row(document: Document, register: str, row: int, **typed: str) -> None:
    for column, keys in typed.items():
        document.set(f"tb_{register}_{column}", Typed(keys), row)


def test_what_is_typed_is_read_by_the_day_it_belongs_to(document: Document) -> None:
    type_row(document, "quarters", 0, key="2024-06-30", total="90", reported="2024-07-01")
    type_row(document, "quarters", 1, key="2023-12-31", total="91", reported="2023-12-31")
    document.calculate()
    states = document.get_range("tb_quarters_out_day_state")
    assert states[:3] == ["按期报送", "已过期限", "逾期报送"]
    assert document.get(FALLING) == "不符合"
    document.set("tb_quarters_total", Typed("90"), 1)
    document.calculate()
    assert document.get(FALLING) == "符合"


@pytest.mark.parametrize("descending", [False, True])
def test_a_list_is_sorted_with_a_button_on_its_protected_sheet(
    document: Document, descending: bool
) -> None:
    for row, (key, price) in enumerate((("乙", "2"), ("甲", "3"), ("丙", "1"))):
        type_row(document, "contracts", row, key=key, price=price)
    document.sort("tb_contracts_price", 1, descending=descending)
    document.calculate()
    wanted = [("丙", 1.0), ("乙", 2.0), ("甲", 3.0)]
    found = zip(
        document.get_range("tb_contracts_key"),
        document.get_range("tb_contracts_price"),
        strict=True,
    )
    assert list(found)[:3] == (wanted[::-1] if descending else wanted)
    assert document.get("tb_contracts_out_total_price") == 6


def test_a_row_inserted_inside_is_read_and_told(document: Document) -> None:
    for row in range(3):
        type_row(document, "contracts", row, key=f"甲-{row}", price="100")
    document.calculate()
    assert document.get("out_contracts_overflow") == ""
    cells = document.cells("合同")
    first = next(int(address[1:]) for address, cell in cells.items() if cell.value == "甲-0")
    # Sheets allow it without taking the protection off; LibreOffice's scripts do not.
    assert document.unprotect("合同", "banfa")
    document.insert_rows("合同", first + 1)
    type_row(document, "contracts", 1, key="甲-0", price="0.5")
    document.calculate()
    explained = document.get_range("tb_contracts_out_explained")
    assert [str(each)[:7] for each in explained[:2]] == ["合同编号重复。"] * 2
    assert document.get("tb_contracts_out_total_price") == 300.5
    assert str(document.get("out_contracts_overflow")).startswith("表中插入了新行")
