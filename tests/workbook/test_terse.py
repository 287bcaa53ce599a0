"""What is left out of a sheet is what the format says where nothing is said, and nothing else."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import fromstring

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.workbook.terse import closed, hoisted, terse


def test_defaults_are_left_out_and_empty_elements_closed() -> None:
    written = '<brk id="46" man="1" max="16383" min="0"></brk><c r="A1"></c>'
    assert closed(terse(written)) == '<brk id="46" man="1" max="16383"/><c r="A1"/>'
    page = '<pageSetup fitToHeight="1" fitToWidth="1" orientation="portrait" paperSize="9"/>'
    assert terse(page) == '<pageSetup orientation="portrait" paperSize="9"/>'
    cursor = '<selection activeCell="A1" pane="bottomLeft" sqref="A1"/>'
    assert terse(cursor) == '<selection activeCell="A1" pane="bottomLeft"/>'
    listed = '<sheet name="表" sheetId="1" state="visible"/><workbookView tabRatio="600"/>'
    assert terse(listed) == '<sheet name="表" sheetId="1"/><workbookView/>'


def test_a_prefix_is_declared_once_at_the_root() -> None:
    written = '<c><d xmlns:a="urn:1"><a:e v="x&gt;y"></a:e></d><a:f xmlns:a="urn:1"></a:f></c>'
    once = '<c xmlns:a="urn:1"><d><a:e v="x&gt;y"></a:e></d><a:f></a:f></c>'
    assert hoisted(written) == once
    assert [each.tag for each in fromstring(written).iter()] == [
        each.tag for each in fromstring(once).iter()
    ]


def test_a_prefix_of_two_meanings_and_a_text_stay_as_they_are() -> None:
    for written in (
        '<c><a:d xmlns:a="urn:1"></a:d><a:d xmlns:a="urn:2"></a:d></c>',
        '<c><a:d xmlns:a="urn:1"> xmlns:b="urn:2" xmlns:c="urn:3"</a:d></c>',
    ):
        text = fromstring(hoisted(written))
        assert "".join(text.itertext()) == "".join(fromstring(written).itertext())
        assert [each.tag for each in text.iter()] == [
            each.tag for each in fromstring(written).iter()
        ]


def test_other_values_and_other_elements_stay() -> None:
    for written in (
        '<sheetView zoomScale="90" workbookViewId="0">x</sheetView>',
        '<sheetProtection formatCells="0" sheet="1"/>',
        '<pageSetup fitToHeight="0"/><selection sqref="A12"/><sheet state="hidden"/>',
        "<oddFooter>&amp;P</oddFooter>",
        '<c r="A1"><v>0</v></c>',
        '<c r="A1" t="str"><f>TRIM(B1)</f><v></v></c>',
    ):
        assert closed(terse(written)) == written


def test_a_text_is_never_meant() -> None:
    """A text that looks like an attribute has its quotes written out in an attribute, and lies
    outside of every tag in a cell."""
    prompt = '<dataValidation prompt="填 operator=&quot;between&quot;">x</dataValidation>'
    assert closed(terse(prompt)) == prompt
    cell = '<c r="A1"><is><t>&lt;brk min="0"&gt;</t></is></c>'
    assert closed(terse(cell)) == cell


def test_a_sheet_reads_as_before() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    check = DataValidation("decimal", operator="between", formula1="0", formula2="9")
    check.add("A1")
    sheet.add_data_validation(check)
    saved = io.BytesIO()
    workbook.save(saved)
    before, after = load_workbook(saved).active, load_workbook(shortened(saved)).active
    assert isinstance(before, Worksheet)
    assert isinstance(after, Worksheet)
    names = dict(before.protection)
    assert names["formatColumns"] == "0"
    assert dict(after.protection) == names
    (old,), (new,) = (each.data_validations.dataValidation for each in (before, after))
    assert (new.type, new.formula1, new.formula2, new.sqref) == (
        old.type,
        old.formula1,
        old.formula2,
        old.sqref,
    )
    # As the format has it where nothing is said.
    assert new.operator in (None, "between")
    assert new.errorStyle in (None, "stop")
    assert not new.showDropDown


def shortened(saved: io.BytesIO) -> io.BytesIO:
    source, target = zipfile.ZipFile(saved), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if "worksheets/" in name:
                part = closed(terse(part.decode())).encode()
            archive.writestr(name, part)
    return target
