"""`banfa issue --from`: copies that go on from what came back, whatever people did to the files."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from contextlib import chdir, suppress
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.cli import main
from generator.issuing.copies import copies
from generator.issuing.following import following
from generator.issuing.previous import read_previous
from generator.issuing.roster import Line, read_lines
from generator.model.contents import Contents
from generator.model.problems import Problem
from tests.support.editions import edition_of
from tests.support.regulation import FICTITIOUS_DATA
from tests.test_cli import Result, Run, banfa  # noqa: F401 (a fixture)
from tests.test_issue import copy_of, held

KIND = "vehicle"
QIDONG = "qidong-2022"
ROSTER = """
- {recipient: 甲单位, plate: 云A·1}
- {recipient: 乙单位, plate: 云A·2}
"""
Issue = Callable[..., Result]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where two copies were issued, by a roster, for the tests to take to folders of their own."""
    folder = tmp_path_factory.mktemp("issued")
    (folder / "名单.yml").write_text(ROSTER, "utf-8")
    options = ("--roster", "名单.yml", "--to", "out", "--issued", "2026-01-05")
    with chdir(folder), suppress(SystemExit):
        main(["--data", str(FICTITIOUS_DATA), "issue", KIND, *options])
    assert len(list((folder / "out").glob("*-00?-*.xlsx"))) == 2
    return folder


@pytest.fixture
def issue(
    banfa: Run,  # noqa: F811
    issued: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Issue:
    """Issues in a folder of its own; `out` holds two copies."""
    shutil.copytree(issued, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)

    def run(*options: str) -> Result:
        return banfa("--data", FICTITIOUS_DATA, "issue", KIND, *options)

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


def test_the_list_of_copies_is_none_of_them(issue: Issue) -> None:
    result = again(issue, "--from", "out")
    assert (result.code, "（2 份" in result.err) == (0, True)


def test_renamed_sheets_and_new_rows_lose_nothing(issue: Issue) -> None:
    (first, _) = returned()
    workbook = openpyxl.load_workbook(first)
    sheet, area = next(iter(workbook.defined_names["in_plate"].destinations))
    workbook[sheet].title = "改过 '的名字"
    workbook.defined_names["in_plate"].attr_text = f"'改过 ''的名字'!{area}"
    workbook.save(first)
    assert again(issue, "--from", str(first)).code == 0
    assert held(copy_of(1, "next"), "in_plate") == "云A·1"


def test_the_duties_go_on_too(
    banfa: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("名单.yml").write_text("- recipient: 某单位\n", "utf-8")
    banfa("issue", "duties", "--roster", "名单.yml", "--to", "first", "--issued", "2026-01-05")
    (path,) = returned("first")
    fill(path, {"in_duty_application_conditions__construction_unit__state": "已办"})
    result = banfa("issue", "duties", "--from", str(path), "--to", "next")
    assert result.code == 0, result.err
    (path,) = returned("next")
    name = "in_duty_application_conditions__construction_unit__state"
    assert held(openpyxl.load_workbook(path), name) == "已办"


# The next quarter ---------------------------------------------------------------------------------

QUARTERS = [f"quarter_{number}" for number in (1, 2, 3, 4)]
ABOUT = {"project_code": "代码甲", "building_unit": "示例单位", "estimate_total": 300}
REPORTED = {"current_progress": "试运行", "investment_to_date": 120.5, "reported_on": "2026-04-01"}


def test_the_next_quarter_begins_with_the_projects_of_the_last(
    banfa: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("名单.yml").write_text("- recipient: 某局\n", "utf-8")
    kind = "quarterly_summary"
    banfa("issue", kind, "--roster", "名单.yml", "--to", "first", "--issued", "2026-01-05")
    (path,) = returned("first")
    values = {
        "in_summary_year": "2026",
        "in_filled_by": "示例人",
        "in_filled_on": datetime(2026, 4, 1),
        "tb_quarter_1_key[1]": "项目甲",
        "tb_quarter_1_project_code[1]": "代码甲",
        "tb_quarter_1_estimate_total[1]": 300,
        "tb_quarter_1_current_progress[1]": "试运行",
        "tb_quarter_1_investment_to_date[1]": 120.5,
        "tb_quarter_1_key[3]": "项目丙",
        "tb_quarter_1_building_unit[3]": "示例单位",
    }
    fill(path, values)
    result = banfa("issue", kind, "--from", str(path), "--to", "next", "--issued", "2026-04-05")
    assert (result.code, "没有带入" in result.err) == (0, False), result.err
    (path,) = returned("next")
    workbook = openpyxl.load_workbook(path)
    # The day of the seal is that of the former copy.
    values["in_filled_on"] = None
    assert {name: held(workbook, name) for name in values} == values
    second = {
        "key[1]": "项目甲",
        "project_code[1]": "代码甲",
        "building_unit[1]": None,
        "estimate_total[1]": 300,
        "current_progress[1]": None,
        "investment_to_date[1]": None,
        "key[2]": "项目丙",
        "building_unit[2]": "示例单位",
        "key[3]": None,
    }
    assert {each: held(workbook, f"tb_quarter_2_{each}") for each in second} == second
    assert held(workbook, "tb_quarter_3_key[1]") is None


def contents_of(kind: str, tmp_path: Path, **sections: Any) -> Contents:
    """What a roster of one line says."""
    file = tmp_path / "名单.yml"
    file.write_text(json.dumps([{"recipient": "某局", **sections}], ensure_ascii=False), "utf-8")
    (line,) = read_lines(file, edition_of(QIDONG), kind)
    return line.contents


def quarters(tmp_path: Path, *filled: str) -> tuple[dict[str, set[str]], tuple[str, ...]]:
    """Of each quarter that holds anything the columns in the next copy; what there is to say.
    `filled`: of each quarter "" (nothing), 甲 (begun) or 甲. (reported)."""
    registers = {
        id: [{"key": each[0], **ABOUT, **(REPORTED if "." in each else {})}]
        for id, each in zip(QUARTERS, filled, strict=False)
        if each
    }
    contents = contents_of("quarterly_summary", tmp_path, registers=registers)
    goes_on = following(edition_of(QIDONG), "quarterly_summary", contents)
    found: dict[str, set[str]] = {}
    for _, id, _, column in goes_on.contents:
        found.setdefault(str(id), set()).add(str(column))
    return found, goes_on.remarks


BEGUN = {"key", *ABOUT}
WHOLE = BEGUN | {*REPORTED}


@pytest.mark.parametrize(
    ("filled", "found"),
    [
        ((), {}),
        # Nobody has reported on what a roster listed.
        (("甲",), {"quarter_1": BEGUN}),
        (("甲.",), {"quarter_1": WHOLE, "quarter_2": BEGUN}),
        # The quarter that came back begun is still the one to fill.
        (("甲.", "甲"), {"quarter_1": WHOLE, "quarter_2": BEGUN}),
        (("甲.", "甲."), {"quarter_1": WHOLE, "quarter_2": WHOLE, "quarter_3": BEGUN}),
        # A quarter that was left out is past.
        (("甲.", "", "乙."), {"quarter_1": WHOLE, "quarter_3": WHOLE, "quarter_4": BEGUN}),
    ],
)
def test_only_the_quarter_after_the_last_is_begun(
    tmp_path: Path, filled: tuple[str, ...], found: dict[str, set[str]]
) -> None:
    assert quarters(tmp_path, *filled) == (found, ())


def test_after_the_last_quarter_nothing_is_begun(tmp_path: Path) -> None:
    found, remarks = quarters(tmp_path, "甲.", "甲.", "甲.", "甲.")
    assert found == dict.fromkeys(QUARTERS, WHOLE)
    assert remarks == (
        "“第四季度项目进展情况（第十八条）”已经填写，后面没有接着填的表；另起一份请用名单（--roster）。",
    )


def test_days_of_seals_are_those_of_the_former_copy(tmp_path: Path) -> None:
    for kind, days, others in (
        ("acceptance_review", ["intake_on", "final_on"], ["archive_accepted_on", "intake_by"]),
        ("reserve_plan", ["filled_on"], ["finance_checked_on", "filled_by"]),
        ("dossier", ["filled_on"], ["filled_by", "construction_start"]),
        ("duties", ["filled_on__command_centre"], ["filled_by__command_centre"]),
    ):
        written = dict.fromkeys((*days, *others), "2026-04-01")
        contents = contents_of(kind, tmp_path, **written)
        left = following(edition_of(QIDONG), kind, contents).contents
        assert {str(at[1]) for at in left} == {*others}, kind


def test_the_rows_of_a_dossier_go_on_and_leave_room(tmp_path: Path) -> None:
    days = ["2024-03-31", "2024-06-30", "2024-09-30"]
    rows = [{"key": day, "investment_to_date": n} for n, day in enumerate(days, 1)]
    contents = contents_of("dossier", tmp_path, registers={"quarterly": rows})
    edition = edition_of(QIDONG)
    line = Line("某局", contents, Problem("", 1, 1, ""))
    (copy,) = copies(edition, "dossier", [line], date(2026, 1, 5))
    path = tmp_path / "交回.xlsx"
    path.write_bytes(copy.content)
    ((again_,), remarks) = read_previous([path], edition, "dossier")
    # Nothing that the dossier itself concluded is told as left behind.
    assert remarks == ()
    typed = {at: given.value for at, given in again_.contents.items() if at[0] == "registers"}
    assert typed == {at: given.value for at, given in contents.items()}
    workbook = openpyxl.load_workbook(path)
    assert held(workbook, "tb_quarterly_key[3]") == datetime(2024, 9, 30)
    assert held(workbook, "tb_quarterly_key[4]") is None


def test_a_dossier_without_room_for_another_quarter_is_told(tmp_path: Path) -> None:
    rows = [{"key": f"{2020 + n // 4}-{(3, 6, 9, 12)[n % 4]:02}-28"} for n in range(13)]
    contents = contents_of("dossier", tmp_path, registers={"quarterly": rows})
    assert following(edition_of(QIDONG), "dossier", contents).remarks == (
        "“项目进展情况（第十八条）”的 13 行都已填写，新的一份没有空行。",
    )


# What is told -------------------------------------------------------------------------------------


def test_what_is_not_asked_any_more_is_told(issue: Issue) -> None:
    (first, _) = returned()
    workbook = openpyxl.load_workbook(first)
    sheet = workbook["基本信息"]
    for row, cells in {
        60: (61, "旧的项目", "待填", None, "旧内容"),
        62: (62, "旧的材料", "填表人：", "示例人"),
        64: (None, "旧的\n列（选填）"),
        66: (None, "甲"),
        67: (None, "乙"),
        68: (None, None, None, 5),
    }.items():
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column, value)
    for name, area in {
        "in_former": "$E$60",
        "in_signed": "$D$62",
        "tb_old_column": "$B$65:$B$67",
        "tb_old_out_state": "$D$68",
        "in_repair_cost": "$D$68",
    }.items():
        defined = openpyxl.workbook.defined_name.DefinedName(name, attr_text=f"'基本信息'!{area}")
        workbook.defined_names[name] = defined
    workbook.save(first)
    result = again(issue, "--from", str(first))
    assert result.code == 0
    told = [line for line in result.err.splitlines() if "没有带入" in line]
    start, end = (
        f"{first.as_posix()}：工作表“基本信息”单元格 ",
        "的内容没有带入新的一份（新的一份不问这一项）。",
    )
    assert sorted(line.removeprefix(start).removesuffix(end) for line in told) == [
        "B66“旧的列（选填）”等 2 个单元格",
        "D62“填表人”",
        "D68“维修费用”",
        "E60“旧的项目”",
    ]


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
