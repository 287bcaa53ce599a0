"""Generated fillings of a workbook: every input cell by its kind, carefully and carelessly.

Which cells there are to fill, and what each takes, is read from the drawn workbook itself: its
names, its styles, its drop-downs. The same seed gives the same fillings.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from openpyxl.worksheet.cell_range import CellRange

from generator.model.edition import Edition, Fact, FactType
from generator.model.quantities import AMOUNT_UNITS
from generator.rules.formula import Expr
from generator.workbook.book import Book, Cell, Place, Validation
from generator.workbook.desk import plain_fact
from tests.rules.excel.cases import AMOUNTS, cuts, odd_entries
from tests.rules.excel.project import BLANK, Entry, entry
from tests.support.cells import Input
from tests.support.drawn import drawn_book, with_contents
from tests.support.editions import edition_of
from tests.workbook.hostile import HOSTILE

AS_OF = "in_as_of"
FIRST_DAY, LAST_DAY = date(2022, 6, 1), date(2026, 12, 31)
TEXTS = (
    *("甲", "乙项目", "编号1", "编号2", "编号 3", "1", "１", "01", "a", "A", "#", "-", "0"),
    *("编*", "编号?", "~*", ">1", "<>甲", "=1+1", "TRUE", "2024-6-30", "“引号”", '"', "甲\n乙"),
    *(" 甲", "甲　", "\u00a0甲", "   ", "　", "甲" * 101, HOSTILE),
)


@dataclass(frozen=True)
class Generated:
    """What stands in each input cell (a list for a range, from the top), and what it means."""

    cells: Mapping[str, tuple[Entry, ...]]

    @property
    def inputs(self) -> dict[str, Input]:
        """By name, as the judges take it."""
        return {
            name: entries[0].cell if len(entries) == 1 else [each.cell for each in entries]
            for name, entries in self.cells.items()
        }

    def means(self, name: str, row: int = 0) -> Any:
        """The raw answer in a cell; None where nothing counts or no such cell is."""
        entries = self.cells.get(name, ())
        return entries[row].means if row < len(entries) else None


@dataclass(frozen=True)
class _Manner:
    """How somebody fills in a workbook."""

    day: date
    filled: float
    careless: float
    agrees: float
    rows: float


class Template:
    """A blank workbook, drawn once, that can be filled again and again."""

    def __init__(self, edition: str, kind: str) -> None:
        self.edition = edition_of(edition)
        self.kind = kind
        self._book = drawn_book(self.edition, kind)

    @property
    def names(self) -> frozenset[str]:
        """Every defined name."""
        return frozenset(self._book.names)

    @cached_property
    def inputs(self) -> Mapping[str, tuple[Place, ...]]:
        """The cells to fill, by name."""
        return {
            name: places
            for name in self._book.names
            if name.startswith(("in_", "tb_"))
            for places in [self._places(name)]
            if all(self._is_input(self._book.at(place)) for place in places)
        }

    @cached_property
    def results(self) -> Sequence[str]:
        """The names of results: they hold formulas."""
        return [
            name
            for name in self._book.names
            if name.startswith(("out_", "tb_"))
            if all(isinstance(self._book.at(place).content, Expr) for place in self._places(name))
        ]

    @cached_property
    def formulas(self) -> Sequence[Place]:
        """Every cell that calculates, on the sheets that people see."""
        return [
            Place(sheet.name, row, column)
            for sheet in self._book.sheets.values()
            if sheet.state == "visible"
            for (row, column), cell in sheet.cells.items()
            if isinstance(cell.content, Expr)
        ]

    def filled(self, generated: Generated) -> Book:
        """The workbook with these contents, as `build_book` would draw it."""
        contents = {
            place: each.cell
            for name, entries in generated.cells.items()
            for place, each in zip(self.inputs[name], entries, strict=True)
        }
        return with_contents(self._book, contents)

    def fillings(self, count: int) -> Iterator[Generated]:
        """So many ways to fill it in, from hardly at all to every cell."""
        chance = random.Random(f"{self.edition.id} {self.kind}")
        for _ in range(count):
            days = (LAST_DAY - FIRST_DAY).days
            manner = _Manner(
                FIRST_DAY + timedelta(chance.randint(0, days)),
                chance.choice((0.05, 0.4, 0.8, 1.0)),
                chance.choice((0.0, 0.0, 0.03, 0.3)),
                chance.choice((0.2, 0.5, 0.8, 1.0)),
                chance.choice((0.0, 0.3, 1.0)),
            )
            yield Generated(dict(self._filling(chance, manner)))

    def _filling(
        self, chance: random.Random, manner: _Manner
    ) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        used: dict[int, float] = {}
        for name, places in self.inputs.items():
            if name == AS_OF:
                yield name, (Entry(manner.day, str(manner.day)),)
                continue
            entries = []
            for row, _ in enumerate(places):
                # Rows are filled or not as a whole: a row is the same chance in all columns.
                rate = manner.filled
                if len(places) > 1:
                    rate *= used.setdefault(row, float(chance.random() < manner.rows))
                entries.append(self._any(chance, manner, name) if chance.random() < rate else BLANK)
            yield name, tuple(entries)

    def _any(self, chance: random.Random, manner: _Manner, name: str) -> Entry:
        fact = self._facts[name]
        edition = self._wider
        if fact.type is FactType.TEXT:
            words = TEXTS if chance.random() < max(manner.careless, 0.1) else TEXTS[:5]
            return Entry(chance.choice(words))
        if chance.random() < manner.careless:
            odd = [*odd_entries(edition, fact.id), Entry(chance.choice(TEXTS))]
            return chance.choice(odd)
        match fact.type:
            case FactType.YESNO:
                return entry(edition, fact.id, "yes" if chance.random() < manner.agrees else "no")
            case FactType.CHOICE:
                return entry(edition, fact.id, chance.choice([*fact.choices]))
            case FactType.AMOUNT:
                return self._amount(chance, fact)
            case _:
                day = _day(chance, manner.day)
                return Entry(day, str(day))

    def _amount(self, chance: random.Random, fact: Fact) -> Entry:
        known = [float(each) for each in (*AMOUNTS.get(fact.id, ()), *cuts(self.edition, fact.id))]
        number = round(chance.uniform(0, chance.choice((10, 500, 30000))), chance.choice((0, 2, 6)))
        number = chance.choice([number, 100.0, 0.0, *known])
        if fact.signed and chance.random() < 0.4:
            number = -number or 0.0
        return Entry(number, number)

    @cached_property
    def _facts(self) -> Mapping[str, Fact]:
        """What each input asks: a fact of the model, or one made up from the cell's manners."""
        edition, entries = self.edition, self.edition.entries[self.kind]
        asked = {f"in_{id}": fact for id, fact in {**edition.facts, **entries}.items()}
        asked |= {
            f"tb_{table.id}_{column}": edition.facts[column]
            for table in edition.tables.values()
            for column in table.columns
        }
        return {name: asked.get(name) or self._stand_in(name) for name in self.inputs}

    @cached_property
    def _wider(self) -> Edition:
        """An edition that knows every input's fact, whoever made it up."""
        asked = {fact.id: fact for fact in self._facts.values()}
        return replace(self.edition, facts={**asked, **self.edition.facts})

    def _stand_in(self, name: str) -> Fact:
        place = self.inputs[name][0]
        validation = self._validation(place)
        if validation is None:
            return plain_fact(name, name, FactType.TEXT)
        if validation.kind == "decimal":
            unit = AMOUNT_UNITS["万元"]
            return replace(plain_fact(name, name, FactType.AMOUNT), unit=unit, signed=True)
        if validation.kind == "date" or "date" in self._book.at(place).style:
            return plain_fact(name, name, FactType.DATE)
        listed = [self._book.at(each).content for each in self._places(validation.formulas[0])]
        choices = {f"choice{number}": str(each) for number, each in enumerate(listed) if each}
        if not choices:
            # What can be picked is what people type elsewhere.
            return plain_fact(name, name, FactType.TEXT)
        return replace(plain_fact(name, name, FactType.CHOICE), choices=choices)

    def _validation(self, place: Place) -> Validation | None:
        for validation in self._book.sheets[place.sheet].validations:
            area = CellRange(validation.cells)
            if (
                area.min_row <= place.row <= area.max_row
                and area.min_col <= place.column <= area.max_col
            ):
                return validation
        return None

    def _places(self, name: str) -> tuple[Place, ...]:
        book = self._book
        return (book.places[name],) if name in book.places else tuple(book.spans[name].places)

    @staticmethod
    def _is_input(cell: Cell) -> bool:
        return cell.style.startswith(("input", "seal_input"))


def _day(chance: random.Random, as_of: date) -> date:
    """About the day from which it is seen; often the end of a month, of which quarters are made."""
    day = as_of + timedelta(round(chance.gauss(-60, chance.choice((20, 150, 500)))))
    if chance.random() < 0.4:
        following = (day.replace(day=28) + timedelta(4)).replace(day=1)
        return following - timedelta(1)
    return day
