"""The archive that a workbook is: read by other people's readers, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
import zlib

from generator.workbook.archive import archived
from generator.workbook.files import workbook_bytes
from tests.support.editions import edition_of

PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "xl/worksheets/sheet1.xml": b"<c r='A1'/>" * 5000,
    "empty": b"",
    "random": bytes(range(256)) * 3,
}


def test_a_reader_finds_every_part_whole_and_in_order() -> None:
    with zipfile.ZipFile(io.BytesIO(archived(PARTS))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(PARTS)
        assert {name: archive.read(name) for name in PARTS} == PARTS
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_DEFLATED
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_the_same_parts_give_the_same_bytes() -> None:
    assert archived(PARTS) == archived(dict(PARTS))


def test_a_part_is_no_larger_than_zlib_makes_it() -> None:
    name, content = "xl/worksheets/sheet1.xml", PARTS["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(io.BytesIO(archived({name: content}))) as archive:
        assert archive.getinfo(name).compress_size <= len(zlib.compress(content, 9))


def test_no_parts_are_an_archive_too() -> None:
    with zipfile.ZipFile(io.BytesIO(archived({}))) as archive:
        assert archive.namelist() == []


def test_a_blank_dossier_is_below_150_kib() -> None:
    """It travels by mail and on sticks, one a project."""
    assert len(workbook_bytes(edition_of("qidong-2022"), "dossier")) < 150 * 1024
