"""Takes the pictures of the README from the real guide and the real workbook: make pictures."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from generator.model.load import load_edition
from generator.workbook.files import workbook_bytes
from tests.support.browser import running_browser, served
from tests.support.office import Office
from tests.support.regulation import QIDONG, ROOT

PICTURES = ROOT / "docs" / "pictures"
PAGE, WIDTH = "articles/art9.html", 1280
KIND, SHEET_PAGE = "dossier", 14
FILLINGS = {
    "in_total_investment": 300,
    "in_depth_reached": "是",
    "in_clear_requirement": "否",
    "in_special_reason": "否",
    "in_urgent": "否",
}


def take_guide(target: Path) -> None:
    """A page of the guide as a desktop shows it."""
    with (
        running_browser() as browser,
        served(ROOT / "site") as address,
        browser.visit(f"{address}{PAGE}", width=WIDTH) as visit,
    ):
        visit.screenshot(target)


def take_dossier(target: Path) -> None:
    """A sheet of the dossier as it is printed, filled for an invented project."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        book = folder / "dossier.xlsx"
        book.write_bytes(workbook_bytes(load_edition(QIDONG), KIND, FILLINGS))
        office = Office()
        try:
            with office.document(book) as document:
                document.calculate()
                pages = document.pictures(folder / "pages", resolution=110)
                shutil.copyfile(pages[SHEET_PAGE - 1], target)
        finally:
            office.stop()


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    take_guide(PICTURES / "guide.png")
    take_dossier(PICTURES / "dossier.png")
