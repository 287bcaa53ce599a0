"""What does not go together in a workbook: checks between its answers, of rows or of the whole."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from generator.model.shape import ConditionField
from generator.model.shape_values import Id, Law, Names, Strict, Text


class ConflictShape(Strict):
    """What does not go together: all the parts that are stated, at once. `when` is a condition as
    rules have them, on facts and this workbook's entries; `filled` is answered, whatever it says;
    `not_zero` is an amount other than 0."""

    when: ConditionField | None = None
    filled: Id | None = None
    not_zero: Id | None = None

    @property
    def is_stated(self) -> bool:
        """Whether it says anything."""
        return any((self.when, self.filled, self.not_zero))


class RowConflictShape(ConflictShape):
    """A row of a register (`of`) in which something holds."""

    of: Id

    @model_validator(mode="after")
    def _says_when(self) -> RowConflictShape:
        if not self.is_stated:
            raise ValueError("须写明这一行怎样时不能成立（when、filled、not_zero）。")
        return self


class CheckShape(ConflictShape):
    """Answers of a workbook that contradict each other. While all the parts that are stated hold,
    the list of findings says so (`says`) and leads to the cell of `at`; what is not known is no
    contradiction.

    Besides those of any conflict the parts are: the date `at` lies before one of others
    (`not_before`); a rule of the regulation holds (`rule`); a row of a register does (`row`);
    papers that a checklist with `tells_lacking` requires are not there (`papers_lacking`). With
    `doubt` it is no mistake but something to look at again.
    """

    at: Id
    says: Text
    law: Law | None = None
    not_before: Names = ()
    rule: Id | None = None
    row: RowConflictShape | None = None
    papers_lacking: bool = False
    doubt: bool = False

    @model_validator(mode="after")
    def _says_when(self) -> CheckShape:
        if not (self.is_stated or self.not_before or self.rule or self.row or self.papers_lacking):
            raise ValueError(
                "须写明什么不能同时成立"
                "（when、filled、not_zero、not_before、rule、row、papers_lacking）。"
            )
        return self


class RegisterCheckShape(ConflictShape):
    """What must hold in a register: a column is at least (at most) another column or a fact, or
    never falls from one row's key to the next, or is not below what the register that this one
    follows has for the same key, or its total is at most a fact; or a row has nothing that does
    not go together (conflict), `column` being what is wrong then. Besides the parts of any conflict
    a row may have: another register has no row of the same key (`unlisted_in`), or has one
    (`listed_in`).

    `doubt`: a row that does not keep it is to be looked at again, not wrong. Of a total:
    `if_given` compares it only where the fact is there, and nobody is asked for it; `figures` shows
    limit and rest under the totals.
    """

    kind: Literal[
        "at_least", "at_most", "not_falling", "not_below_former", "total_at_most", "conflict"
    ]
    column: Id
    than: Id | None = None
    unlisted_in: Id | None = None
    listed_in: Id | None = None
    says: Text
    doubt: bool = False
    if_given: bool = False
    figures: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether it says anything."""
        return super().is_stated or bool(self.unlisted_in or self.listed_in)

    @model_validator(mode="after")
    def _compares(self) -> RegisterCheckShape:
        alone = self.kind in ("not_falling", "not_below_former", "conflict")
        if alone != (self.than is None):
            wanted = "不写" if alone else "须写明"
            raise ValueError(f"kind 为 {self.kind} 的校核{wanted}与什么比（than）。")
        if self.is_stated != (self.kind == "conflict"):
            wanted = "不写" if self.is_stated else "须写明"
            raise ValueError(
                f"kind 为 {self.kind} 的校核{wanted}什么不能同时成立"
                "（when、filled、not_zero、unlisted_in、listed_in）。"
            )
        if (self.if_given or self.figures) and self.kind != "total_at_most":
            raise ValueError("if_given、figures 只用于合计的校核（total_at_most）。")
        if self.doubt and self.kind == "total_at_most":
            raise ValueError("doubt 只用于逐行的校核。")
        return self
