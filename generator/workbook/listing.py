"""A list that people keep in a workbook: its columns, its rows, what their cells are called."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.edition import Fact

KEY = "row_key"
"""The key of a row among its facts; its range is named `tb_<list>_key`."""


@dataclass(frozen=True)
class Listing:
    """A list: its id (that of its names), what it is called, its key, its columns, its rows.

    The ids of the helper cells of its k-th row begin with `<group>.<k>.`; `optional` columns are
    marked as such.
    """

    id: str
    label: str
    group: str
    key: Fact
    columns: tuple[Fact, ...]
    rows: int
    optional: frozenset[str] = frozenset()

    @property
    def numbers(self) -> range:
        """Of its rows, from 1."""
        return range(1, self.rows + 1)

    def prefix(self, number: int) -> str:
        """What the ids of a row's helper cells begin with."""
        return f"{self.group}.{number}."

    def number_cell(self, number: int) -> str:
        """The id of the cell that says which row of the list this is, so that formulas of all
        rows are alike. It is none of the helper cells, and never written into their formulas."""
        return f"{self.prefix(number)}number"

    def run(self, id: str) -> list[str]:
        """A helper cell of every row, from the first row to the last."""
        return [f"{self.prefix(number)}{id}" for number in self.numbers]
