"""Charts: what they draw, where, in which letters; empty, not broken, where there is nothing."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart._chart import ChartBase
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.model.edition import Edition
from generator.workbook.desk import Filling
from generator.workbook.files import workbook_bytes
from tests.support.office import Office
from tests.support.overview import FAULTY, KIND, overview_edition
from tests.support.workbooks import COMPLETE, DOSSIER, VEHICLE, complete_edition
from tests.workbook.hostile import hostile_edition

STAGES, QUARTERS, CONTRACTS, DEADLINES = (
    ("封面", "图：stages"),
    ("季度", "图：quarters"),
    ("合同", "图：contracts"),
    ("校验", "图：deadlines"),
)
BOOKS: Mapping[str, tuple[str, str, Mapping[str, Filling]]] = {
    "blank": ("overview", KIND, {}),
    "faulty": ("overview", KIND, FAULTY),
    **{f"complete {name}": (name, kind, {}) for name, kind in COMPLETE},
    "dossier": (*DOSSIER, {}),
    "vehicle": (*VEHICLE, {}),
    "hostile": ("hostile", "vehicle", {}),
}


def edition_of(name: str) -> Edition:
    if name == "overview":
        return overview_edition()
    return hostile_edition() if name == "hostile" else complete_edition(name)


@cache
def content(name: str) -> bytes:
    edition, kind, fillings = BOOKS[name]
    return workbook_bytes(edition_of(edition), kind, fillings)


@pytest.fixture(params=BOOKS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content(request.param))
    return path


def charts(book: Workbook) -> Iterator[tuple[Worksheet, ChartBase]]:
    for sheet in book:
        for chart in sheet._charts:
            yield sheet, chart


def parts(path: Path, folder: str) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(f"xl/{folder}/[^/]+", name)]
        return {name: archive.read(name).decode() for name in names}


# What they draw -----------------------------------------------------------------------------------


def drawn(path: Path) -> dict[str, dict[str, Any]]:
    """By title: the categories, and the numbers of each series, as the file brings them along."""
    book, found = openpyxl.load_workbook(path), {}
    drawings = sorted(parts(path, "drawings").items())
    titles = re.findall(r'descr="([^"]*)"', "".join(xml for _, xml in drawings))
    for title, (_, chart) in zip(titles, charts(book), strict=True):
        own: dict[str, Any] = {}
        for series in chart.ser:
            own["categories"] = cached(series.cat.strRef.strCache)
            own[series.tx.v] = cached(series.val.numRef.numCache)
        found[title] = own
    return found


def cached(points: Any) -> list[Any]:
    found = {point.idx: point.v for point in points.pt}
    return [found.get(place) for place in range(points.ptCount)]


@pytest.fixture
def faulty(tmp_path: Path) -> dict[str, dict[str, Any]]:
    path = tmp_path / "faulty.xlsx"
    path.write_bytes(content("faulty"))
    return drawn(path)


def test_stages_show_what_is_done_and_what_is_not(faulty: Mapping[str, Any]) -> None:
    assert faulty[STAGES[1]] == {
        "categories": ["申报与初审"],
        "已完成步骤": [1],
        "未完成步骤": [1],
    }


def test_deadlines_show_the_days_left_and_the_days_since(faulty: Mapping[str, Any]) -> None:
    # From 2024-07-10: to 09-30 and 12-31; since 06-15, and since 03-31 where 06-30 is later.
    assert faulty[DEADLINES[1]] == {
        "categories": [
            "申请竣工验收",
            "自评价及报送",
            "季度末报送项目进展情况",
            "提交项目绩效评价报告",
        ],
        "剩余天数": [0, 0, 82, 174],
        "已过天数": [-25, 0, -101, 0],
    }


def test_a_register_of_days_is_drawn_in_the_order_of_the_days(faulty: Mapping[str, Any]) -> None:
    drawn = faulty[QUARTERS[1]]
    assert drawn["categories"][:4] == ["2023年第4季度", *(f"2024年第{n}季度" for n in (1, 2, 3))]
    assert drawn["累计计划投资（万元）"][:5] == [50, 120, None, None, None]
    assert drawn["累计完成投资（万元）"][:5] == [40, 140, None, 160, None]


def test_a_long_register_of_days_is_drawn_up_to_the_last_that_is_entered(tmp_path: Path) -> None:
    """Ten quarters are due, of which the first, the third and the ninth are entered, in disorder;
    there is room for eight."""
    filled = {
        "in_construction_start": date(2022, 1, 10),
        "in_construction_end": date(2024, 6, 30),
        "tb_quarters_key[1]": date(2024, 3, 31),
        "tb_quarters_key[2]": date(2022, 3, 31),
        "tb_quarters_key[3]": date(2022, 9, 30),
        "tb_quarters_spent[1]": 90,
        "tb_quarters_spent[2]": 10,
        "tb_quarters_spent[3]": 30,
    }
    path = tmp_path / "long.xlsx"
    path.write_bytes(workbook_bytes(overview_edition(), KIND, {**FAULTY, **filled}))
    found = drawn(path)[QUARTERS[1]]
    quarters = [(year, n) for year in (2022, 2023, 2024) for n in (1, 2, 3, 4)]
    assert found["categories"] == [f"{year}年第{n}季度" for year, n in quarters[1:9]]
    assert found["累计完成投资（万元）"][1::6] == [30, 90]


def test_another_register_is_drawn_row_by_row(faulty: Mapping[str, Any]) -> None:
    assert faulty[CONTRACTS[1]] == {
        "categories": ["甲", "乙", None],
        "合同金额（万元）": [2000, 1500, None],
    }


def test_without_data_there_is_nothing_but_the_frame(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(content("blank"))
    for title, series in drawn(path).items():
        for name, numbers in series.items():
            if name not in ("categories", "未完成步骤"):
                assert set(numbers) <= {0, None}, title


# Where, and how -----------------------------------------------------------------------------------


def test_every_kind_is_tried(path: Path) -> None:
    found = len(list(charts(openpyxl.load_workbook(path))))
    assert found == len(parts(path, "charts")) >= 3


def test_ranges_are_runs_of_cells_in_the_book_of_one_length(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for _, chart in charts(book):
        lengths = set()
        for series in chart.ser:
            for reference in (series.cat.strRef.f, series.val.numRef.f):
                assert "[" not in reference
                sheet, area = reference.rsplit("!", 1)
                assert sheet.strip("'") in book.sheetnames
                left, top, right, bottom = range_boundaries(area.replace("$", ""))
                assert left == right
                lengths.add(bottom - top + 1)
        assert len(lengths) == 1


def test_hidden_numbers_are_drawn_too(path: Path) -> None:
    for xml in parts(path, "charts").values():
        assert xml.count('<plotVisOnly val="0"/>') == 1
        assert xml.count('<autoTitleDeleted val="1"/>') == 1
        assert xml.count('<delete val="0"/>') == 2
        assert '<roundedCorners val="0"/>' in xml


def test_letters_are_chinese_and_colours_ours(path: Path) -> None:
    for xml in parts(path, "charts").values():
        fonts = re.findall(r'<a:(latin|ea) typeface="([^"]*)"', xml)
        assert {font for _, font in fonts} == {"微软雅黑"}
        assert {kind for kind, _ in fonts} == {"latin", "ea"}
        # All texts of a chart have letters of their own, which nothing else chooses; numbers on
        # dark bars have white ones.
        assert xml.count("</txPr></chartSpace>") == 1
        white = xml.count('<a:srgbClr val="FFFFFF"/></a:solidFill><a:latin')
        assert xml.count("<txPr>") - 1 == white
        assert (white > 0) == ('<grouping val="stacked"/>' in xml)
        assert xml.count("<dLbls>") == xml.count("<ser>")
        colours = set(re.findall(r'<a:srgbClr val="([^"]*)"', xml))
        assert colours <= {"FFFFFF", "1F2D3D", "5F6B7A", "1F4E79", "B8C0CC", "A61B1B", "8A5A00"}


def test_charts_stand_over_empty_cells_within_the_page(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for sheet, chart in charts(book):
        start, end = chart.anchor._from, chart.anchor.to
        assert start.col == 0
        assert end.col <= sheet.max_column
        assert (start.colOff, end.colOff, end.rowOff) == (60000, 0, 0)
        for row in sheet.iter_rows(min_row=start.row + 1, max_row=end.row):
            assert all(cell.value is None for cell in row)
        # Below the chart the sheet goes on; the rows under it are of their usual height.
        assert end.row - start.row >= 5


def test_nothing_leads_out_of_the_file(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        related = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".rels")]
        assert not any("External" in xml for xml in related)
        assert not [n for n in archive.namelist() if "embedding" in n or "externalLink" in n]


def test_titles_are_text_for_those_who_cannot_see(path: Path) -> None:
    for xml in parts(path, "drawings").values():
        assert re.findall(r'name="([^"]*)" descr="[^"]+"', xml) == [
            f"图{number}" for number in range(1, xml.count("<cNvPr ") + 1)
        ]


# LibreOffice draws them ---------------------------------------------------------------------------

OVERDUE, SPENT = bytes.fromhex("A61B1B"), bytes.fromhex("8A5A00")
"""What the bars of days since a deadline, and those of money spent, are filled with."""

BROAD = 12
"""So many pixels in a row are a bar and no letter."""


@pytest.mark.parametrize(("name", "seen"), [("blank", set()), ("faulty", {OVERDUE, SPENT})])
def test_libreoffice_draws_bars_where_there_is_anything(
    name: str, seen: set[bytes], office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content(name))
    with office.document(path) as document:
        pdf = document.save(tmp_path / "book.pdf")
    subprocess.run(["pdftoppm", "-r", "50", str(pdf), str(tmp_path / "page")], check=True)
    pages = [page.read_bytes() for page in sorted(tmp_path.glob("page-*.ppm"))]
    found = {color for color in (OVERDUE, SPENT) for page in pages if color * BROAD in page}
    assert found == seen
