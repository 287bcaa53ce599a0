"""`banfa issue`: a roster, whatever it is, → numbered copies that fit it, or all that is wrong."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from generator.issuing.copies import Copy, copies, subject_of
from generator.issuing.package import MOST_BYTES
from generator.issuing.roster import read_lines
from generator.model.problems import DataProblems
from tests.support.editions import edition_of
from tests.support.regulation import FICTITIOUS_DATA, ROOT
from tests.test_cli import Result, Run, banfa  # noqa: F401 (a fixture)

YUNLING, KIND = "yunling-2025", "vehicle"
QIDONG, SUMMARY = "qidong-2022", "quarterly_summary"
DAY = "2026-01-05"
BATCH = "YUNLING-2025-VEHICLE-20260105"
LIST = f"发放清单_{BATCH}.xlsx"
Issue = Callable[..., Result]


@pytest.fixture
def issue(banfa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issue:  # noqa: F811
    """Issues by a roster that is written down first, into the folder `out`."""
    monkeypatch.chdir(tmp_path)

    def run(roster: str | bytes, *more: str, to: str = "out") -> Result:
        content = roster.encode() if isinstance(roster, str) else roster
        name = "名单.xlsx" if content.startswith(b"PK") else "名单.yml"
        Path(name).write_bytes(content)
        options = ("--roster", name, "--to", to, "--issued", DAY, *more)
        return banfa("--data", FICTITIOUS_DATA, "issue", KIND, *options)

    return run


def sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    """A roster as a workbook."""
    workbook = Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(list(row))
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def told(result: Result) -> list[str]:
    """The problems, without the lines that are quoted below them."""
    assert result.code == 1
    *lines, count = result.err.splitlines()
    problems = [line for line in lines if line.startswith("名单.")]
    assert count == f"共 {len(problems)} 个问题。"
    return problems


def held(workbook: Workbook, name: str) -> Any:
    name, _, row = name.partition("[")
    ((title, area),) = workbook.defined_names[name].destinations
    first = workbook[title][area.split(":")[0].replace("$", "")]
    return first.offset(int(row[:-1]) - 1 if row else 0).value


def copy_of(number: int, folder: str = "out") -> Workbook:
    (path,) = Path(folder).glob(f"*-{number:03d}-*.xlsx")
    return openpyxl.load_workbook(path)


TWO = """
- recipient: 县教育局
  车牌 {{plate}} | <b>: "=云A·1/2?"
  购置价格（元）: 123456.78
  applied_on: 2025-04-28
  fiscal_funds: 是
  vehicle_type: 纯电动汽车
  papers: {application_form: {ready: yes, number: 一号}}
  tables:
    repairs: [{key: 甲, repair_cost: 5000}]
- 领用单位: 县水利局
"""


# What is issued -----------------------------------------------------------------------------------


def test_each_line_becomes_a_numbered_copy(issue: Issue) -> None:
    result = issue(TWO)
    assert result.code == 0
    files = sorted(path.name for path in Path("out").iterdir())
    assert len(files) == 3 and LIST in files
    assert result.out.count(BATCH) == 4  # two numbers, each in its file's name too
    assert "已写入 out（2 份，清单：" in result.err
    assert "1/2 县教育局" in result.err


def test_what_is_known_is_filled_in(issue: Issue) -> None:
    issue(TWO)
    first, second = copy_of(1), copy_of(2)
    assert held(first, "in_plate") == "=云A·1/2?"
    assert held(first, "in_purchase_price") == 123456.78
    assert held(first, "in_applied_on") == datetime(2025, 4, 28)
    assert held(first, "in_fiscal_funds") == "是"
    assert held(first, "in_vehicle_type") == "纯电动汽车"
    assert held(first, "in_paper_application_form_number") == "一号"
    assert held(first, "tb_repairs_repair_cost[1]") == 5000
    assert held(second, "in_plate") is None
    for workbook, recipient in ((first, "县教育局"), (second, "县水利局")):
        assert held(workbook, "meta_recipient") == recipient
        assert held(workbook, "meta_issue_id").startswith(f"{BATCH}-")
        assert held(workbook, "meta_issued") == DAY
        assert held(workbook, "in_as_of") is None


def test_the_recipient_answers_who_fills_it_in(tmp_path: Path) -> None:
    roster = tmp_path / "名单.yml"
    roster.write_text("- {recipient: 某局, 年度: 2026}\n- {recipient: 某局, 填报部门: 某处}\n")
    edition = edition_of(QIDONG)
    lines = read_lines(roster, edition, SUMMARY)
    first, second = copies(edition, SUMMARY, lines, date(2026, 1, 5))
    for copy, department in ((first, "某局"), (second, "某处")):
        workbook = openpyxl.load_workbook(BytesIO(copy.content))
        assert held(workbook, "in_department_name") == department
        assert held(workbook, "in_filling_unit") == "某局"
    # What tells copies of one unit apart is the first that the unit itself does not say.
    assert (first.subject, second.subject) == ("2026", "")
    assert first.file_name.startswith("部门季度报送汇总表_某局_2026_QIDONG")
    assert second.file_name.startswith("部门季度报送汇总表_某局_QIDONG")


def test_a_file_says_its_unit_once_and_closes_its_brackets(issue: Issue) -> None:
    roster = "".join(
        f"- {{recipient: {recipient}, plate: {plate}}}\n"
        for recipient, plate in (
            ("某局", "某局的智慧校园"),
            ("某局本级", "某局"),
            ("甲", "一二三四五六七八九十一二三四五六七八（二期）"),
            ("丙", "（一二三四五六七八九十一二三四五六七八九十"),
            ("丁", "某项目（一期（含运维））一二三四五六七八九十"),
        )
    )
    names = sorted(
        (path.partition(f"_{BATCH}-")[2][:3], path.partition(f"_{BATCH}")[0])
        for path in issue_and_list(issue, roster)
        if path != LIST
    )
    assert [name.removeprefix("公务用车档案_") for _, name in names] == [
        "某局的智慧校园",
        "某局本级",
        "甲_一二三四五六七八九十一二三四五六七八",
        "丙_一二三四五六七八九十一二三四五六七八九",
        "丁_某项目（一期（含运维））一二三四五六七八",
    ]


def test_the_list_names_every_copy_with_its_hash(issue: Issue) -> None:
    result = issue(TWO, "--json")
    printed = json.loads(result.out)
    rows = openpyxl.load_workbook(Path("out") / LIST).worksheets[0].iter_rows(values_only=True)
    heading, *listed = [row for row in rows if row[1]]
    subject = "车牌 {{plate}} | <b>"
    assert heading == ("序号", "领用编号", "领用单位", subject, "文件", "SHA-256")
    assert [row[1:] for row in listed] == [
        tuple(each[key] or None for key in ("issue_id", "recipient", "subject", "file", "sha256"))
        for each in printed
    ]
    assert [each["subject"] for each in printed] == ["=云A·1/2?", ""]
    assert {each["issued"] for each in printed} == {DAY}
    for each in printed:
        content = (Path("out") / each["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each["sha256"]


def test_the_same_roster_gives_the_same_bytes(issue: Issue) -> None:
    assert issue(TWO).code == issue(TWO, to="again").code == 0
    first, second = (
        {f.name: f.read_bytes() for f in Path(to).iterdir()} for to in ("out", "again")
    )
    assert first == second


def test_another_roster_of_the_same_day_has_other_numbers(issue: Issue) -> None:
    one, other = "- recipient: 县教育局\n", "- recipient: 县教育局\n  fiscal_funds: yes\n"
    numbers = {
        json.loads(issue(roster, "--json", to=str(to)).out)[0]["issue_id"]
        for to, roster in enumerate((one, other))
    }
    assert len(numbers) == 2
    assert all(number.startswith(f"{BATCH}-001-") for number in numbers)


def test_names_of_files_are_ones_that_every_system_takes(issue: Issue) -> None:
    hostile = '- recipient: "..\\\\../县:*?<b>|\\"局. "\n  plate: "甲\\n乙\\t\\u202e丙"\n'
    (path,) = (f for f in issue_and_list(issue, hostile) if f != LIST)
    assert path.startswith("公务用车档案_县 b 局_甲 乙 丙_YUNLING")
    long = f"- {{recipient: {'单' * 60}, plate: {'牌' * 500}}}\n"
    (path,) = (f for f in issue_and_list(issue, long, to="long") if f != LIST)
    assert len(path.encode()) <= 255


def issue_and_list(issue: Issue, roster: str, to: str = "out") -> list[str]:
    assert issue(roster, to=to).code == 0
    return [path.name for path in Path(to).iterdir()]


def test_without_a_day_copies_are_of_today(banfa: Run, tmp_path: Path) -> None:  # noqa: F811
    roster = tmp_path / "名单.yml"
    roster.write_text("- recipient: 县教育局\n", "utf-8")
    to = tmp_path / "out"
    before = date.today()
    banfa("--data", FICTITIOUS_DATA, "issue", KIND, "--roster", roster, "--to", to)
    assert any(
        f"{day:%Y%m%d}" in path.name for path in to.iterdir() for day in (before, date.today())
    )


def test_a_copy_knows_what_it_is_about() -> None:
    subject = subject_of(edition_of(YUNLING), KIND)
    assert subject is not None and subject.id == "plate"


# Where it is written ------------------------------------------------------------------------------


def test_what_stands_in_the_folder_is_never_replaced(issue: Issue) -> None:
    assert issue(TWO).code == 0
    (filled,) = Path("out").glob("*-002-*.xlsx")
    filled.write_bytes(b"filled in")
    missing = next(Path("out").glob("*-001-*.xlsx"))
    missing.unlink()
    result = issue(TWO)
    assert result.code == 1
    problem, count = [line for line in result.err.splitlines() if "/2 " not in line]
    assert problem == f"out/{filled.name}:1:1: 已有内容不同的文件，未覆盖；请另选目录或先移走它。"
    assert count == "共 1 个问题。"
    assert filled.read_bytes() == b"filled in"
    assert not missing.exists()


def test_a_run_that_was_cut_off_goes_on(issue: Issue) -> None:
    assert issue(TWO).code == 0
    whole = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    (Path("out") / LIST).unlink()
    Path("out", "另外的文件.txt").write_text("…", "utf-8")
    assert issue(TWO).code == 0
    found = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    assert {**whole, "另外的文件.txt": "…".encode()} == found


def test_files_are_for_others_to_read_too(issue: Issue) -> None:
    issue(TWO)
    for path in Path("out").iterdir():
        assert path.stat().st_mode & stat.S_IRUSR
        assert path.stat().st_mode & stat.S_IRGRP


def test_nothing_is_written_when_a_line_is_wrong(issue: Issue) -> None:
    assert issue(f"{TWO}- recipient: 县林业局\n  fiscal_funds: 对\n").code == 1
    assert not Path("out").exists()


# Wrong usage --------------------------------------------------------------------------------------


def test_a_workbook_that_there_is_not(banfa: Run) -> None:  # noqa: F811
    options = ("--roster", "x.yml", "--to", "out")
    result = banfa("--data", FICTITIOUS_DATA, "issue", "vehicel", *options)
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        "没有工作簿 “vehicel”，是否为 “vehicle”？",
    )
    result = banfa("--data", FICTITIOUS_DATA, "issue", "车", *options)
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        "没有工作簿 “车”；可用的工作簿：vehicle。",
    )


def test_a_day_that_there_is_not(issue: Issue) -> None:
    result = issue(TWO, "--issued", "2026-02-30")
    assert result.code == 2
    assert result.err.startswith("选项 “--issued” 应为日期，写作 2024-06-30，现为 “2026-02-30”。")


@pytest.mark.parametrize("option", ["--roster", "--to"])
def test_what_must_be_given(banfa: Run, option: str) -> None:  # noqa: F811
    other = {"--roster": "--to", "--to": "--roster"}[option]
    result = banfa("--data", FICTITIOUS_DATA, "issue", KIND, other, "x")
    assert (result.code, option in result.err) == (2, True)
    assert "（必填）" in banfa("issue", "--help").out


# Rosters in YAML ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roster", "problem"),
    [
        ("▸recipient: 县教育局\n", "应为列表，每份一项：recipient（领用单位）和已知的项目情况。"),
        ("▸[]\n", "名单里一份也没有。"),
        ("- ▸县教育局\n", "应为“键: 值”，如 recipient: 某单位。"),
        ("- ▸{plate: 甲}\n", "缺少领用单位（recipient）。"),
        ("- {recipient: ▸' '}\n", "缺少领用单位（recipient）。"),
        ("- {recipient: ▸[甲]}\n", "领用单位应为文字。"),
        (f"- recipient: ▸{'长' * 61}\n", "领用单位太长（最多60个字）。"),
        ('- recipient: ▸"甲\\n乙"\n', "领用单位不能换行，也不能含有看不见的字符。"),
        ('- recipient: ▸"甲\\u202e乙"\n', "领用单位不能换行，也不能含有看不见的字符。"),
        (
            "- {recipient: 甲, ▸购置价: 1}\n",
            "本工作簿没有 “购置价” 这一项，是否为 “购置价格”？",
        ),
        (
            "- {recipient: 甲, ▸zzz: 1}\n",
            "本工作簿没有 “zzz” 这一项；应为本工作簿所问项目的名称或者标识。",
        ),
        (
            "- {recipient: 甲, ▸维修费用: 1}\n",
            "“维修费用”是表格的列，请用 YAML 名单写在 tables 之下，"
            "一行一项，如 tables: {repairs: [{key: …, repair_cost: …}]}。",
        ),
        (
            "- {recipient: 甲, ▸prior_repairs: [1]}\n",
            "本工作簿不问 “此前各次维修费用”，不能预填。",
        ),
        (
            "- {recipient: 甲, purchase_price: 1, ▸购置价格: 2}\n",
            "“购置价格” 与 “purchase_price” 是同一项，只写一次。",
        ),
        (
            "- {recipient: 甲, tables: {repairs: [▸{repair_cost: 1}]}}\n",
            "缺少 key（=维修单号）。",
        ),
        ("- {recipient: 甲, plate: 一, ▸plate: 二}\n", "键 “plate” 重复，第 1 行已经有一个。"),
        ("- {recipient: ▸!x 甲}\n", "不支持标签 “!x”，请删去。"),
        ("- recipient: ▸[甲\n", "YAML 语法错误：方括号或花括号没有配对，或缺少逗号。"),
        ("▸", "文件是空的（或只有注释），请填写内容。"),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, roster: str, problem: str) -> None:
    before = roster.partition("▸")[0]
    assert refused(tmp_path, roster.replace("▸", "")) == [f"1:{len(before) + 1}: {problem}"]


def test_more_days_than_there_is_room_for_are_told(tmp_path: Path) -> None:
    start = "- {recipient: 甲, deadlines: {monthly_report: [" + "{}, " * 200
    file = tmp_path / "名单.yml"
    file.write_text(f"{start}{{number: 一号}}]}}}}\n", "utf-8")
    lines = read_lines(file, edition_of(YUNLING), KIND)
    with pytest.raises(DataProblems) as caught:
        copies(edition_of(YUNLING), KIND, lines, date(2026, 1, 5))
    (problem,) = caught.value.problems
    assert (problem.column, problem.message) == (
        len(start + "{number: ") + 1,
        "本工作簿没有填写它的地方。",
    )


def refused(folder: Path, roster: str | bytes) -> list[str]:
    """All that is wrong with a roster: line, column, words."""
    content = roster.encode() if isinstance(roster, str) else roster
    file = folder / "名单"
    file.write_bytes(content)
    with pytest.raises(DataProblems) as caught:
        read_lines(file, edition_of(YUNLING), KIND)
    return [str(each).removeprefix(f"{file}:") for each in caught.value.problems]


def test_all_mistakes_are_told_in_one_run(issue: Issue) -> None:
    roster = "- {plat: 甲}\n- {recipient: 甲, fiscal_funds: 对, purchase_price: 0}\n- 乙\n"
    assert [line.split(":")[1] for line in told(issue(roster))] == ["1", "1", "2", "2", "3"]
    assert not Path("out").exists()


def test_a_key_that_stands_twice_hides_nothing(tmp_path: Path) -> None:
    roster = "- {recipient: 甲, fiscal_funds: 对, plate: 一, plate: 二}\n- {plat: 三}\n"
    assert [line[:5].rstrip(": ") for line in refused(tmp_path, roster)] == [
        "1:32",
        "1:45",
        "2:3",
        "2:4",
    ]


def test_choices_that_hold_commas_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "名单.yml"
    file.write_text("- {recipient: 某局, secret: 密}\n", "utf-8")
    with pytest.raises(DataProblems) as caught:
        read_lines(file, edition_of(QIDONG), "dossier")
    (problem,) = caught.value.problems
    assert "应为 “不涉密”、“涉密”、“既有涉密部分，又有非涉密部分” 之一" in problem.message


def test_a_roster_of_too_many(tmp_path: Path) -> None:
    message = "名单超过 1000 份，请分成几份名单。"
    assert refused(tmp_path, "- {recipient: 甲}\n" * 1001) == [f"1001:3: {message}"]
    rows = [("领用单位",), *[("甲",)] * 1001]
    assert refused(tmp_path, sheet(rows)) == [f"1002:1: 单元格 A1002：{message}"]


def test_a_roster_that_is_not_there(banfa: Run) -> None:  # noqa: F811
    result = banfa("--data", FICTITIOUS_DATA, "issue", KIND, "--roster", "没有.yml", "--to", "out")
    assert (result.code, result.err.splitlines()[0]) == (
        1,
        "没有.yml:1:1: 无法读取此文件：没有这个文件或目录。",
    )


# Rosters as workbooks -----------------------------------------------------------------------------

HEADER = ("领用单位", "plate", "购置价格(元)", "申请之日", "使用财政性资金", "涉密单位")


def test_a_roster_may_be_a_workbook(issue: Issue) -> None:
    rows = [
        HEADER,
        (" 县教育局　", 42, 123456.78, datetime(2025, 4, 28), "是", None),
        (None,) * 6,
        ("县水利局", "=1+1 乙", "1500.50", "2025-01-06", True, " "),
    ]
    workbook = openpyxl.load_workbook(BytesIO(sheet(rows)))
    plate = workbook.worksheets[0]["B4"]
    plate.value, plate.data_type = "=1+1 乙", "s"
    assert issue(saved(workbook)).code == 0
    first, second = copy_of(1), copy_of(2)
    assert held(first, "meta_recipient") == "县教育局"
    assert held(first, "in_plate") == "42"
    assert held(first, "in_purchase_price") == 123456.78
    assert held(first, "in_applied_on") == datetime(2025, 4, 28)
    assert held(first, "in_fiscal_funds") == "是"
    assert held(first, "in_secret_unit") is None
    assert held(second, "in_plate") == "=1+1 乙"
    assert held(second, "in_purchase_price") == 1500.5
    assert held(second, "in_fiscal_funds") == "是"
    assert held(second, "in_secret_unit") is None


def test_a_workbook_and_its_like_in_yaml_give_the_same_copies(issue: Issue) -> None:
    rows = [("recipient", "purchase_price"), ("县教育局", 32.4), ("县水利局", None)]
    issue(sheet(rows))
    issue("- {recipient: 县教育局, purchase_price: 32.4}\n- {recipient: 县水利局}\n", to="again")
    first, second = (
        {f.name: f.read_bytes() for f in Path(to).iterdir()} for to in ("out", "again")
    )
    assert first == second


def test_what_stands_above_the_head_is_no_head(issue: Issue) -> None:
    above = [("公务用车名单（示例）",), (None,), ("制表：某科", None, "2026年")]
    rows = [*above, HEADER, ("甲", "乙")]
    assert issue(sheet(rows)).code == 0
    assert held(copy_of(1), "meta_recipient") == "甲"


# Rows of a register in a roster that is a workbook ------------------------------------------------

PROJECTS = ("领用单位", "年度", "项目名称", "建设单位", "批复的概算总投资（万元）")


def lines_of(tmp_path: Path, rows: Sequence[Sequence[Any]]) -> list[tuple[str, dict[Any, Any]]]:
    """For each copy the recipient and what is known, by place."""
    file = tmp_path / "名单.xlsx"
    file.write_bytes(sheet(rows))
    lines = read_lines(file, edition_of(QIDONG), SUMMARY)
    return [(e.recipient, {at[1:]: g.value for at, g in e.contents.items()}) for e in lines]


def test_the_rows_of_one_recipient_are_rows_of_its_register(tmp_path: Path) -> None:
    rows = [
        PROJECTS,
        ("某局", 2026, "项目甲", "某中心", 300.5),
        ("某镇", 2026, "项目丁", None, None),
        ("某局 ", None, "项目乙", None, 80),
        ("某街道", 2026),
    ]
    # An amount is held in its smallest steps, of which 万元 has a million.
    assert lines_of(tmp_path, rows) == [
        (
            "某局",
            {
                ("summary_year",): "2026",
                ("quarter_1", 0, "key"): "项目甲",
                ("quarter_1", 0, "building_unit"): "某中心",
                ("quarter_1", 0, "estimate_total"): 300_500_000,
                ("quarter_1", 1, "key"): "项目乙",
                ("quarter_1", 1, "estimate_total"): 80_000_000,
            },
        ),
        ("某镇", {("summary_year",): "2026", ("quarter_1", 0, "key"): "项目丁"}),
        ("某街道", {("summary_year",): "2026"}),
    ]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_examples_of_the_readmes_are_rosters(tmp_path: Path, readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    table = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    head = next(n for n, row in enumerate(table) if row[0].strip() == "领用单位")
    rows = [[cell.strip() for cell in row] for row in table[head : head + 4]]
    first, second = lines_of(tmp_path, rows)
    assert (first[0], second[0]) == ("示例局", "示例镇")
    (tmp_path / "名单.yml").write_text(text.partition("```yaml\n")[2].partition("```")[0], "utf-8")
    lines = read_lines(tmp_path / "名单.yml", edition_of(QIDONG), SUMMARY)
    assert {at[1:]: given.value for at, given in lines[0].contents.items()} == first[1]


def test_without_columns_of_the_register_each_row_is_a_copy(tmp_path: Path) -> None:
    rows = [("领用单位", "年度"), ("某局", 2025), ("某局", 2026)]
    assert [known for _, known in lines_of(tmp_path, rows)] == [
        {("summary_year",): "2025"},
        {("summary_year",): "2026"},
    ]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            [PROJECTS, ("某局", 2026, "甲"), ("某局", 2025, "乙")],
            "3:2: 单元格 B3：与单元格 B2 的不一致；"
            "领用单位相同的各行是同一份，这一列应相同，或者只在一行里填。",
        ),
        (
            [PROJECTS, ("某局", 2026, "甲"), (None, None, "乙")],
            "3:3: 单元格 C3：此行没有写领用单位："
            "同一单位有几个项目的，每行都写；合并的单元格请拆开。",
        ),
        (
            [PROJECTS, ("某局", 2026, "甲"), ("某局", None, "甲")],
            "3:3: 单元格 C3：项目名称与第 1 行重复。",
        ),
        (
            [PROJECTS, ("某局", 2026, None, "某中心")],
            "2:4: 单元格 D2：缺少 key（项目名称）。",
        ),
        (
            [PROJECTS, ("某局", 2026, "甲", None, "约300")],
            "2:5: 单元格 E2：批复的概算总投资：应为数字（万元），只写半角数字和小数点，"
            "现为 “约300”。",
        ),
        (
            [PROJECTS, *(("某局", None, f"项目{n}") for n in range(31))],
            "32:3: 单元格 C32：表中只有 30 行，放不下第 31 行。",
        ),
        (
            [(*PROJECTS, "累计完成投资"), ("某局", 2026, "甲", None, None, 5)],
            "1:6: 单元格 F1：“累计完成投资”是登记表的列，请用 YAML 名单写在 registers 之下，"
            "一行一项，如 registers: {quarter_1: [{key: …, investment_to_date: …}]}。",
        ),
        (
            [("领用单位", "项目名"), ("某局", "甲")],
            "1:2: 单元格 B1：本工作簿没有 “项目名” 这一项，是否为 “项目名称”？",
        ),
    ],
    ids=["other", "nobody", "twice", "nameless", "amount", "many", "column", "near"],
)
def test_a_mistake_in_the_rows_of_a_register_is_told_at_its_cell(
    tmp_path: Path, rows: list[tuple[Any, ...]], problem: str
) -> None:
    file = tmp_path / "名单.xlsx"
    file.write_bytes(sheet(rows))
    with pytest.raises(DataProblems) as caught:
        read_lines(file, edition_of(QIDONG), SUMMARY)
    assert [str(e).removeprefix(f"{file}:") for e in caught.value.problems] == [problem]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([], ["1:1: 第一张工作表是空的。"]),
        ([HEADER], ["1:1: 名单里一份也没有。"]),
        (
            [("名单（示例）",), ("单位", "牌子"), ("甲", "乙")],
            ["1:1: 单元格 A1：前 10 行里没有标题行；标题行要有“领用单位”这一列。"],
        ),
        ([("plate",), ("甲",)], ["1:1: 单元格 A1：标题行没有“领用单位”这一列。"]),
        (
            [("领用单位", "车牌号"), ("甲", "乙")],
            ["1:2: 单元格 B1：本工作簿没有 “车牌号” 这一项；应为本工作簿所问项目的名称或者标识。"],
        ),
        (
            [("领用单位", "购置价格", "购置价格（元）"), ("甲", 1, 1)],
            ["1:3: 单元格 C1：与单元格 B1 是同一项，只留一列。"],
        ),
        ([HEADER, (None, "甲")], ["2:2: 单元格 B2：缺少领用单位（recipient）。"]),
        ([HEADER, (True, "甲")], ["2:1: 单元格 A2：领用单位应为文字。"]),
        ([("领用单位",), ("甲", "乙")], ["2:2: 单元格 B2：这一列没有标题。"]),
        (
            [HEADER, ("甲", None, "约300")],
            ["2:3: 单元格 C2：购置价格：应为数字（元），只写半角数字和小数点，现为 “约300”。"],
        ),
        (
            [HEADER, ("甲", None, None, datetime(2025, 4, 28, 12, 30))],
            ["2:4: 单元格 D2：只填日期，不填时刻。"],
        ),
        (
            [HEADER, ("甲", None, None, 45000)],
            ["2:4: 单元格 D2：申请之日：应为日期，写作 2024-06-30，现为 “45000”。"],
        ),
        (
            [HEADER, ("甲", 1234567890123456)],
            [
                "2:2: 单元格 B2：数字超过 15 位，电子表格软件已经舍去后面的位数；"
                "请把单元格格式设为文本，重新填写。"
            ],
        ),
        (
            [HEADER, ("甲", "=1+1")],
            ["2:2: 单元格 B2：公式没有存下结果，请在电子表格软件中打开并保存，或者直接填写。"],
        ),
        ([HEADER, ("甲", "#REF!")], ["2:2: 单元格 B2：单元格的值是错误值，请改正。"]),
    ],
)
def test_a_mistake_is_told_at_its_cell(
    tmp_path: Path, rows: list[tuple[Any, ...]], problems: list[str]
) -> None:
    assert refused(tmp_path, sheet(rows)) == problems


def test_mistakes_in_a_workbook_come_in_the_order_of_its_rows(issue: Issue) -> None:
    rows = [HEADER, *[("甲", None, 0)] * 10]
    found = told(issue(sheet(rows)))
    assert [line.split(":")[1] for line in found] == [str(row) for row in range(2, 12)]
    assert found[0] == "名单.xlsx:2:3: 单元格 C2：购置价格：应大于0元，现为 “0”。"


def test_only_the_first_sheet_is_read(issue: Issue) -> None:
    workbook = openpyxl.load_workbook(BytesIO(sheet([("领用单位",), ("甲",)])))
    workbook.create_sheet("说明").append(["随便什么"])
    assert issue(saved(workbook)).code == 0


# Rosters that mean harm ---------------------------------------------------------------------------


def repacked(content: bytes, **changed: bytes) -> bytes:
    """A workbook with other parts: `sheet` and so on stand for their paths."""
    paths = {
        "sheet": "xl/worksheets/sheet1.xml",
        "types": "[Content_Types].xml",
        "more": "xl/more.xml",
    }
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        parts = {name: source.read(name) for name in source.namelist()}
        for name, part in {**parts, **{paths[key]: p for key, p in changed.items()}}.items():
            archive.writestr(name, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


GOOD = sheet([("领用单位",), ("甲",)])
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
)


def wide_sheet() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 400))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def lying() -> bytes:
    """A part that says it is small, and is not."""
    content = repacked(GOOD, more=b"0" * 30_000_000)
    told_size = (30_000_000).to_bytes(4, "little")
    assert content.count(told_size) == 2
    return content.replace(told_size, (10).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0rest", "是旧格式（.xls）或者加了密码的文件，请另存为不加密的 .xlsx。"),
        (b"%PDF-1.7", "是 PDF 文件，请用 .xlsx 或 YAML。"),
        (b"PK\x03\x04", "不是完好的 .xlsx 文件，请另存一次。"),
        (GOOD[: len(GOOD) // 2], "不是完好的 .xlsx 文件，请另存一次。"),
        (b"PK" + b"\0" * MOST_BYTES, "文件超过 10 MB。"),
        (repacked(GOOD, more=b"0" * 70_000_000), "解压后过大。"),
        (repacked(GOOD, types=b"<x/>"), "不是完好的 .xlsx 文件，请另存一次。"),
        (repacked(GOOD, sheet=b"<x"), "不是完好的 .xlsx 文件，请另存一次。"),
        (repacked(GOOD, sheet=BOMB), "含有不应有的 XML 声明（DTD），没有打开。"),
        (
            repacked(GOOD, sheet=BOMB.decode().encode("utf-16")),
            "含有不应有的 XML 声明（DTD），没有打开。",
        ),
        (
            repacked(GOOD, sheet=wide_sheet()),
            "工作表太大，请删去名单以外的行和列（包括看上去空白的）。",
        ),
        (lying(), "不是完好的 .xlsx 文件，请另存一次。"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_file_that_means_harm_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    assert refused(tmp_path, content) == [f"1:1: {message}"]


def test_a_formula_is_read_by_its_cached_value_alone(issue: Issue) -> None:
    cached = repacked(
        GOOD,
        sheet=b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>recipient</t></is></c></row>'
        b'<row r="2"><c r="A2" t="str"><f>WEBSERVICE("http://x")</f><v>\xe7\x94\xb2</v></c></row>'
        b"</sheetData></worksheet>",
    )
    assert issue(cached).code == 0
    assert held(copy_of(1), "meta_recipient") == "甲"


# For others in the program ------------------------------------------------------------------------


def issued(tmp_path: Path, roster: str) -> tuple[Copy, ...]:
    file = tmp_path / "roster.yml"
    file.write_text(roster, "utf-8")
    edition = edition_of(YUNLING)
    return copies(edition, KIND, read_lines(file, edition, KIND), date(2026, 1, 5))


def test_numbers_run_through_the_roster(tmp_path: Path) -> None:
    made = issued(tmp_path, "- {recipient: 甲}\n- {recipient: 甲}\n- {recipient: 乙}\n")
    assert [each.issue_id[len(BATCH) :][:5] for each in made] == ["-001-", "-002-", "-003-"]
    assert len({each.file_name for each in made}) == 3


def test_a_roster_that_cannot_be_read_raises_all_problems(tmp_path: Path) -> None:
    with pytest.raises(DataProblems) as refused:
        issued(tmp_path, "- {recipient: 甲, plat: 1}\n- 乙\n")
    assert len(refused.value.problems) == 2
