"""Where the regulations stand that the tests read: the real one and the fictitious ones."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
QIDONG = DATA / "qidong-2022"
FICTITIOUS_DATA = ROOT / "tests" / "regulations" / "data"
