"""Helper cells that need not be: settled ones, ones that nobody reads, short ones read once.

What stays is what an auditor looks for: the truth of every part of a rule, what was typed and
what is wrong with it, in formulas that can still be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from generator.rules.excel.simplify import Kind, kind, simplified
from generator.rules.excel.steps import Step
from generator.rules.formula import Binary, Call, Expr, Literal, Ref

_LONGEST, _DEEPEST = 560, 12
"""Characters and nested functions of a formula that took others in."""

_SPARED = 90
"""About as many characters as a cell of its own costs."""

_SHORT = 12
"""Characters of a word that is written into every formula that shows it."""

_LONGEST_TEXT = 255
_ADDRESS = "$B$1234"
_NAMED = ("in_", "tb_", "par_", "list_")

_KEPT = (
    *("par_", "choice.", "nth.", "label.", "name.", "need."),
    *("text.", "value.", "truth.", "finished.", "open."),
)
"""Numbers of the regulation, choices, the places in a list, names, what facts are needed for; what
people typed, whether it is yes, and how a step stands."""

_NUMBERS_ALONE = frozenset(("MIN", "MAX", "SUM"))
"""They pass over the text of a cell, but not a text that stands in the formula."""


def folded(
    steps: Iterable[Step],
    readers: list[Expr],
    kept: Collection[str],
    fixed: Collection[str] = (),
) -> tuple[dict[str, Step], list[Expr]]:
    """The steps that are left, and the expressions of those who read them as they are then.

    Steps in `kept` have cells of their own whoever reads them; those in `fixed` are left as they
    are.
    """
    folding = _Folding({step.id: step for step in steps}, frozenset(kept), frozenset(fixed))
    readers = folding.rewrite(readers, folding.foldable, _is_settled)
    folding.prune(readers)
    readers = folding.rewrite(readers, folding.short(readers), _is_fit)
    folding.prune(readers)
    return folding.steps, readers


class _Folding:
    """Steps as they become fewer."""

    def __init__(self, steps: dict[str, Step], kept: frozenset[str], fixed: frozenset[str]) -> None:
        self.steps, self._kept = steps, kept
        self.fixed, self.are_simple = fixed, False
        self._kinds: dict[str, Kind] = {}

    def kind_of(self, id: str) -> Kind | None:
        """What a step holds; None if it is none."""
        if id not in self.steps:
            return None
        if id not in self._kinds:
            self._kinds[id] = "any"  # while nobody knows
            self._kinds[id] = kind(self.steps[id].expr, self.kind_of)
        return self._kinds[id]

    @property
    def foldable(self) -> frozenset[str]:
        """Steps that may go; what formulas shall not repeat keeps its place."""
        free = self.steps.keys() - self.fixed
        return frozenset(id for id in free if not id.startswith(_KEPT))

    def short(self, readers: Iterable[Expr]) -> frozenset[str]:
        """Steps that take less room in the formulas that read them than in cells."""
        exprs = [*readers, *(step.expr for step in self.steps.values())]
        uses = Counter(id for expr in exprs for id in expr.reads)
        return frozenset(
            id
            for id in self.foldable - self._kept
            if uses[id] == 1 or _is_spared(self.steps[id].expr, uses[id])
        )

    def rewrite(
        self, readers: list[Expr], taken: frozenset[str], fits: Callable[[Expr], bool]
    ) -> list[Expr]:
        """Put what steps say in the place of references to them, where it fits."""
        self._kinds.clear()
        rewriting = _Rewriting(self, taken, fits)
        # In their order: a chain of steps is longer than the stack.
        changed = {id: rewriting.of_step(id) for id in self.steps}
        readers = [rewriting.of(each) for each in readers]
        self.steps = {
            id: step if step.expr is changed[id] else replace(step, expr=changed[id])
            for id, step in self.steps.items()
        }
        self.are_simple = True
        return readers

    def prune(self, readers: Iterable[Expr]) -> None:
        """Leave out steps that nobody reads."""
        waiting = [*self._kept, *(id for expr in readers for id in expr.reads)]
        reached: set[str] = set()
        while waiting:
            id = waiting.pop()
            if id in self.steps and id not in reached:
                reached.add(id)
                waiting += self.steps[id].expr.reads
        self.steps = {id: step for id, step in self.steps.items() if id in reached}


class _Rewriting:
    """One pass over all steps: each is rewritten once, after those that it reads."""

    def __init__(
        self, folding: _Folding, taken: frozenset[str], fits: Callable[[Expr], bool]
    ) -> None:
        self._folding, self._taken, self._fits = folding, taken, fits
        self._done: dict[str, Expr] = {}

    def of_step(self, id: str) -> Expr:
        """What a step says when it is rewritten."""
        if id not in self._done:
            expr = self._folding.steps[id].expr
            self._done[id] = expr  # should it depend on itself
            if id not in self._folding.fixed:
                self._done[id] = self.of(expr)
        return self._done[id]

    def of(self, expr: Expr) -> Expr:
        """With what it reads put in, as long as people can read it."""
        read = dict.fromkeys(id for id in expr.reads if id in self._taken)
        said = {id: self.of_step(id) for id in read}
        taken = {id: each for id, each in said.items() if self._fits(each)}
        if not taken and self._folding.are_simple:
            return expr
        found = self._with(expr, taken)
        while taken and (_size(found) > _LONGEST or _depth(found) > _DEEPEST):
            del taken[max(taken, key=lambda id: _size(taken[id]))]
            found = self._with(expr, taken)
        return found

    def _with(self, expr: Expr, taken: Mapping[str, Expr]) -> Expr:
        of = self._folding.kind_of
        if type(expr) is Ref:
            return taken.get(expr.id, expr)
        if type(expr) is Binary:
            parts = self._with(expr.left, taken), self._with(expr.right, taken)
            return simplified(Binary(expr.operator, *parts), of)
        if type(expr) is Call:
            found = [self._with(each, taken) for each in expr.arguments]
            if expr.function in _NUMBERS_ALONE:
                found = [
                    new if type(new) is Ref or kind(new, of) == "number" else old
                    for old, new in zip(expr.arguments, found, strict=True)
                ]
            return simplified(Call(expr.function, tuple(found)), of)
        return expr


def _is_settled(expr: Expr) -> bool:
    """A number, a short word, or another cell: there is nothing to compute."""
    if isinstance(expr, Literal):
        return not isinstance(expr.content, str) or len(expr.content) <= _SHORT
    return isinstance(expr, Ref)


def _is_fit(expr: Expr) -> bool:
    """A formula cannot hold a longer text."""
    if isinstance(expr, Literal) and isinstance(expr.content, str):
        return len(expr.content) <= _LONGEST_TEXT
    return True


def _is_spared(expr: Expr, uses: int) -> bool:
    """Whether formulas do not grow by more than a cell takes."""
    return (uses - 1) * len(_ADDRESS) <= _SPARED and (uses - 1) * _size(expr) <= _SPARED


def _size(expr: Expr) -> int:
    """Characters, about, of the formula."""
    if isinstance(expr, Literal):
        return len(str(expr.content)) + 2
    return len(expr.formula(lambda id: id if id.startswith(_NAMED) else _ADDRESS))


def _depth(expr: Expr) -> int:
    if type(expr) is Binary:
        return max(_depth(expr.left), _depth(expr.right))
    if type(expr) is Call:
        return 1 + max(map(_depth, expr.arguments), default=0)
    return 0
