"""The real regulation's text as issued, and its structure."""

from __future__ import annotations

import pytest

from generator.text.parse import parse_regulation
from generator.text.regulation import Regulation
from tests.support.regulation import QIDONG


@pytest.fixture(scope="session")
def raw() -> str:
    """The extraction, byte for byte."""
    return (QIDONG / "source.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def regulation(raw: str) -> Regulation:
    """What the importer makes of it."""
    return parse_regulation(raw)
