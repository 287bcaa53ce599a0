"""Steps: the helper cells of a calculation, each with a short formula and a label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.model.anchors import Anchor
from generator.rules.formula import Expr, Operand, Ref, lift

UNKNOWN = 0.5
"""Half way between no (0) and yes (1): so all is MIN, any is MAX and not is 1 − x."""


@dataclass(frozen=True)
class Step:
    """One helper cell. A literal expression is a constant, not a formula."""

    id: str
    label: str
    expr: Expr
    law: Anchor | None = None


@dataclass
class Steps:
    """The steps of one calculation in the order in which they depend on each other."""

    _by_id: dict[str, Step] = field(default_factory=dict)

    def add(self, id: str, label: str, operand: Operand, law: Anchor | None = None) -> Ref:
        """Add a step, unless one of this id is there already; the reference to it."""
        if id not in self._by_id:
            self._by_id[id] = Step(id, label, lift(operand), law)
        return Ref(id)

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def __iter__(self) -> Iterator[Step]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)
