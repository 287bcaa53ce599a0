"""`banfa issue --from`: copies that go on from what came back, whatever people did to the files."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.regulation import FICTITIOUS_DATA
from tests.test_cli import Result, Run, banfa  # noqa: F401 (a fixture)
from tests.test_issue import copy_of, held

KIND = "vehicle"
ROSTER = """
- {recipient: 甲单位, plate: 云A·1}
- {recipient: 乙单位, plate: 云A·2}
"""
Issue = Callable[..., Result]


@pytest.fixture
def issue(banfa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issue:  # noqa: F811
    """Issues in a folder of its own; `out` then holds two copies, by a roster."""
    monkeypatch.chdir(tmp_path)
    Path("名单.yml").write_text(ROSTER, "utf-8")

    def run(*options: str) -> Result:
        return banfa("--data", FICTITIOUS_DATA, "issue", KIND, *options)

    first = run("--roster", "名单.yml", "--to", "out", "--issued", "2026-01-05")
    assert first.code == 0
    return run


def returned(folder: str = "out") -> list[Path]:
    """The copies that were issued, in the order of their numbers."""
    return [path for n in (1, 2) for path in Path(folder).glob(f"*-{n:03d}-*.xlsx")]


def fill(path: Path, values: dict[str, Any]) -> None:
    """Types into the cells of names (`in_…`, `tb_…[k]`), as people would, and saves."""
    workbook = openpyxl.load_workbook(path)
    for name, value in values.items():
        column, _, row = name.partition("[")
        sheet, area = next(iter(workbook.defined_names[column].destinations))
        cells = workbook[sheet][area]
        cell = cells[int(row[:-1]) - 1][0] if row else cells
        cell.value = value
    workbook.save(path)


def again(issue: Issue, *options: str) -> Result:
    return issue(*options, "--to", "next", "--issued", "2026-04-01")


# What goes on -------------------------------------------------------------------------------------


def test_the_next_copy_begins_with_what_came_back(issue: Issue) -> None:
    first, second = returned()
    fill(
        first,
        {
            "in_fiscal_funds": "是",
            "in_vehicle_type": "纯电动汽车",
            "in_purchase_price": 123456.78,
            "in_applied_on": datetime(2025, 4, 28),
            "in_paper_application_form_number": "一号",
            "tb_repairs_key[1]": "甲",
            "tb_repairs_repair_cost[1]": 5000,
            "tb_repairs_key[3]": "丙",
            "tb_repairs_repair_cost[3]": 70.5,
            "in_as_of": datetime(2026, 2, 1),
        },
    )
    result = again(issue, "--from", str(first), "--from", str(second))
    assert (result.code, "没有带入" in result.err) == (0, False)
    one, two = copy_of(1, "next"), copy_of(2, "next")
    assert held(one, "meta_recipient") == "甲单位"
    assert held(one, "meta_issued") == "2026-04-01"
    assert held(one, "in_plate") == "云A·1"
    assert held(one, "in_fiscal_funds") == "是"
    assert held(one, "in_vehicle_type") == "纯电动汽车"
    assert held(one, "in_purchase_price") == 123456.78
    assert held(one, "in_applied_on") == datetime(2025, 4, 28)
    assert held(one, "in_paper_application_form_number") == "一号"
    # Rows keep their places: the second was left blank.
    assert [held(one, f"tb_repairs_key[{row}]") for row in (1, 2, 3)] == ["甲", None, "丙"]
    assert held(one, "tb_repairs_repair_cost[3]") == 70.5
    # The day to count from was that of the former copy.
    assert held(one, "in_as_of") is None
    assert held(two, "meta_recipient") == "乙单位"
    assert held(two, "in_plate") == "云A·2"
    assert held(two, "in_fiscal_funds") is None


def test_a_folder_stands_for_the_workbooks_in_it(issue: Issue) -> None:
    Path("back").mkdir()
    for path in returned():
        path.rename(Path("back") / path.name)
    Path("back/~$打开着.xlsx").write_bytes(b"")
    result = again(issue, "--from", "back", "--json")
    assert result.code == 0
    assert {each["recipient"] for each in json.loads(result.out)} == {"甲单位", "乙单位"}


def test_renamed_sheets_and_new_rows_lose_nothing(issue: Issue) -> None:
    (first, _) = returned()
    workbook = openpyxl.load_workbook(first)
    sheet, area = next(iter(workbook.defined_names["in_plate"].destinations))
    workbook[sheet].title = "改过 '的名字"
    workbook.defined_names["in_plate"].attr_text = f"'改过 ''的名字'!{area}"
    workbook.save(first)
    assert again(issue, "--from", str(first)).code == 0
    assert held(copy_of(1, "next"), "in_plate") == "云A·1"


def test_a_register_and_the_duties_go_on_too(
    banfa: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("名单.yml").write_text("- recipient: 某单位\n", "utf-8")
    for kind, values in (
        (
            "quarterly_summary",
            {"tb_quarter_1_key[1]": "项目甲", "tb_quarter_1_investment_to_date[1]": 12.5},
        ),
        ("duties", {"in_duty_application_conditions__construction_unit__state": "已办"}),
    ):
        banfa("issue", kind, "--roster", "名单.yml", "--to", f"{kind}-1", "--issued", "2026-01-05")
        (path,) = returned(f"{kind}-1")
        fill(path, values)
        result = banfa("issue", kind, "--from", str(path), "--to", f"{kind}-2")
        assert result.code == 0, result.err
        (path,) = returned(f"{kind}-2")
        workbook = openpyxl.load_workbook(path)
        assert {name: held(workbook, name) for name in values} == values


# What is told -------------------------------------------------------------------------------------


def test_what_is_not_asked_any_more_is_told(issue: Issue) -> None:
    (first, _) = returned()
    workbook = openpyxl.load_workbook(first)
    workbook.defined_names["in_former"] = openpyxl.workbook.defined_name.DefinedName(
        "in_former", attr_text="'基本信息'!$K$3"
    )
    workbook["基本信息"]["K3"] = "旧内容"
    workbook.save(first)
    result = again(issue, "--from", str(first))
    assert result.code == 0
    assert (
        f"{first.as_posix()}：工作表“基本信息”单元格 K3（in_former）的内容没有带入新的一份。"
        in result.err
    )


def test_every_bad_answer_is_told_at_its_cell(issue: Issue) -> None:
    first, second = returned()
    fill(first, {"in_purchase_price": "约12万元", "in_fiscal_funds": "也许"})
    fill(second, {"tb_repairs_repair_cost[1]": 5})
    result = again(issue, "--from", str(first), "--from", str(second))
    assert result.code == 1
    lines = (line for line in result.err.splitlines() if line.startswith("out/"))
    told = sorted(line.partition(": ")[2] for line in lines)
    assert told[0].startswith("工作表“基本信息”单元格 C5：使用财政性资金：应为 是 或 否")
    assert told[1].startswith("工作表“基本信息”单元格 C8：购置价格：")
    assert told[2] == "工作表“维修登记”单元格 C5：缺少 key（=维修单号）。"
    assert len(told) == 3
    assert not Path("next").exists()


def another(path: Path, **changes: str) -> Path:
    workbook = openpyxl.load_workbook(path)
    for key, value in changes.items():
        ((sheet, area),) = workbook.defined_names[f"meta_{key}"].destinations
        workbook[sheet][area.replace("$", "")].value = value
    workbook.save(path)
    return path


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"kind": "dossier"},
            "是另一种工作簿（dossier），现在发放的是“公务用车档案（示例）”（vehicle）",
        ),
        (
            {"edition": "yunling-2019"},
            "是另一版本的工作簿（yunling-2019），现在发放的是 yunling-2025",
        ),
        ({"kind": ""}, "没有标识"),
        ({"recipient": ""}, "缺少领用单位"),
        ({"recipient": "甲\n乙"}, "不能换行"),
    ],
)
def test_a_workbook_of_something_else_is_refused(
    issue: Issue, changes: dict[str, str], message: str
) -> None:
    path = another(returned()[0], **changes)
    result = again(issue, "--from", str(path))
    assert result.code == 1
    assert message in result.err


def test_two_files_of_one_number_are_told(issue: Issue) -> None:
    first = returned()[0]
    twin = first.with_name("又一份.xlsx")
    twin.write_bytes(first.read_bytes())
    result = again(issue, "--from", str(first), "--from", str(twin))
    assert result.code == 1
    assert "相同，只留最后收到的一份" in result.err


@pytest.mark.parametrize("options", [(), ("--roster", "名单.yml", "--from", "out")])
def test_either_a_roster_or_returns(issue: Issue, options: tuple[str, ...]) -> None:
    result = again(issue, *options)
    assert result.code == 2
    assert "只写一种" in result.err


def test_a_folder_without_workbooks(issue: Issue) -> None:
    Path("空").mkdir()
    result = again(issue, "--from", "空", "--from", "没有.xlsx")
    assert result.code == 1
    assert "空:1:1: 目录中没有 .xlsx 文件。" in result.err


def test_files_that_mean_harm_are_refused(issue: Issue) -> None:
    first = returned()[0]
    raw = first.read_bytes()
    declared = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(declared, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/workbook.xml":
                content = content.replace(b"<workbook", b"<!DOCTYPE x><workbook", 1)
            new.writestr(name, content)
    for content, message in (
        (declared.getvalue(), "含有不应有的 XML 声明"),
        (raw[: len(raw) // 2], "不是完好的 .xlsx 文件"),
        (b"PK" + bytes(1000), "不是完好的 .xlsx 文件"),
        (b"\xd0\xcf\x11\xe0" + bytes(1000), "是旧格式"),
    ):
        first.write_bytes(content)
        result = again(issue, "--from", str(first))
        assert result.code == 1
        assert message in result.err
