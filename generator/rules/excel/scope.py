"""Facts as guarded helper cells: a project's, or those of one row of a table.

A blank cell is below every ceiling in a spreadsheet, TRUE is a number in some, and people type
blanks that do not show; so no condition ever looks at an input, only at these cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from generator.model.conditions import (
    AmountTerm,
    DateTerm,
    Earliest,
    FactTerm,
    Latest,
    Parameter,
    ParameterTerm,
    ShareOf,
    SumOfSizes,
    facts_of_term,
)
from generator.model.edition import Edition, Fact, FactType
from generator.model.quantities import Amount, Period, Share
from generator.model.values import EARLIEST_DAY, LATEST_DAY
from generator.rules.excel.steps import UNKNOWN, Steps
from generator.rules.formula import Expr, Operand, Ref, call, eq, if_, op

YES, NO = "是", "否"
_IDEOGRAPHIC_SPACE, _NO_BREAK_SPACE = "\N{IDEOGRAPHIC SPACE}", "\N{NO-BREAK SPACE}"

Source = Callable[[str], Expr]
"""A fact → the expression of its input cell."""


class Scope:
    """The guarded facts of one project, or (with `parent`) of one row of a table.

    `own` are the facts that stand in this scope; others are the parent's. `sums` gives, for list
    facts that the rows above fill, the cells of their least and greatest sum.
    """

    def __init__(
        self,
        edition: Edition,
        steps: Steps,
        source: Source,
        *,
        facts: Mapping[str, Fact] | None = None,
        prefix: str = "",
        own: frozenset[str] | None = None,
        parent: Scope | None = None,
        sums: Mapping[str, tuple[Ref, Ref]] | None = None,
    ) -> None:
        self.edition, self.steps, self.prefix = edition, steps, prefix
        self.facts: Mapping[str, Fact] = facts or (parent.facts if parent else edition.facts)
        self._source, self._own, self._parent = source, own, parent
        self._sums = sums or {}

    @property
    def is_row(self) -> bool:
        """Whether these are the facts of a row of a table."""
        return self._parent is not None

    @cached_property
    def wording(self) -> Edition:
        """The edition with all facts of this scope, a workbook's own entries too, for words."""
        if self._parent:
            return self._parent.wording
        return replace(self.edition, facts={**self.edition.facts, **self.facts})

    def add(self, id: str, label: str, expr: Expr | int | float | str) -> Ref:
        """A step of this scope."""
        return self.steps.add(self.prefix + id, label, expr)

    # Facts ---------------------------------------------------------------------------------------

    def text(self, fact: str) -> Ref:
        """What the input says, as text without blanks around it; "" when it is empty, "#" when
        it is TRUE, FALSE or an error."""
        if owner := self._owner(fact):
            return owner.text(fact)
        if self._is_number(fact):
            return self._once("words", fact, "所填文字", self._words)
        return self._once("text", fact, "所填内容", self._cleaned)

    def label(self, fact: str) -> Operand:
        """What people call the fact: of a project's, the cell that names it among the helper
        cells; of a row's, the words."""
        if owner := self._owner(fact):
            return owner.label(fact)
        words = self._label(fact)
        return words if self.is_row else self.steps.add(f"label.{fact}", words, words)

    def value(self, fact: str) -> Ref:
        """What the input of an amount or a date says: the number, or else as `text` does."""
        if owner := self._owner(fact):
            return owner.value(fact)
        return self._once("value", fact, "所填内容", self._cleaned)

    def problem(self, fact: str) -> Ref:
        """What is wrong with the input, in Chinese; "" when it is blank or right."""
        if owner := self._owner(fact):
            return owner.problem(fact)
        return self._once("problem", fact, "填写问题", self._problem)

    def is_known(self, fact: str) -> Expr:
        """Whether the fact is known."""
        if self._is_yesno(fact):
            return op(self.truth(fact), "<>", UNKNOWN)
        return eq(self.known(fact), 1)

    def is_unknown(self, fact: str) -> Expr:
        """Whether the fact is not known."""
        if self._is_yesno(fact):
            return eq(self.truth(fact), UNKNOWN)
        return eq(self.known(fact), 0)

    def known(self, fact: str) -> Ref:
        """1 if the fact is known, else 0; a yes/no fact says so by its `truth`."""
        assert not self._is_yesno(fact)
        if owner := self._owner(fact):
            return owner.known(fact)
        return self._once("known", fact, "已填且有效", self._is_known)

    def truth(self, fact: str) -> Ref:
        """1, 0 or ½ of a yes/no fact."""
        if owner := self._owner(fact):
            return owner.truth(fact)
        return self._once("truth", fact, "是1、否0、待填0.5", self._truth)

    def steps_of_amount(self, fact: str) -> Ref:
        """The amount as a whole number of smallest steps; "" while unknown."""
        if owner := self._owner(fact):
            return owner.steps_of_amount(fact)
        return self._once("steps", fact, "化为整数", self._steps_if_known)

    def day(self, fact: str) -> Ref:
        """The date; "" while unknown."""
        if owner := self._owner(fact):
            return owner.day(fact)
        return self._once("day", fact, "有效日期", self._day_if_known)

    def _once(self, kind: str, fact: str, what: str, says: Callable[[str], Expr]) -> Ref:
        """A step on a fact of this scope; it is asked for often, but made once."""
        id = f"{self.prefix}{kind}.{fact}"
        if id in self.steps:
            return Ref(id)
        return self.steps.add(id, f"{self._label(fact)}：{what}", says(fact))

    # What they say -------------------------------------------------------------------------------

    def _is_yesno(self, fact: str) -> bool:
        return (self._owner(fact) or self)._fact(fact).type is FactType.YESNO

    def _is_number(self, fact: str) -> bool:
        return self._fact(fact).type in (FactType.AMOUNT, FactType.DATE)

    def _words(self, fact: str) -> Expr:
        return op(self.value(fact), "&", "")

    def _cleaned(self, fact: str) -> Expr:
        source = self._source(fact)
        cleaned: Expr = call("SUBSTITUTE", source, _IDEOGRAPHIC_SPACE, " ")
        cleaned = call("SUBSTITUTE", cleaned, _NO_BREAK_SPACE, " ")
        # An error would spread, and TRUE would become "1" in LibreOffice.
        cleaned = call("IFERROR", call("TRIM", call("CLEAN", cleaned)), "#")
        if self._is_number(fact):
            # Times 1, lest LibreOffice take the look of a date along, whatever the number is.
            cleaned = if_(call("ISNUMBER", source), op(source, "*", 1), cleaned)
        return if_(call("ISLOGICAL", source), "#", cleaned)

    def _problem(self, fact: str) -> Expr:
        checks = {
            FactType.YESNO: self._yesno_problem,
            FactType.CHOICE: self._choice_problem,
            FactType.AMOUNT: self._amount_problem,
            FactType.DATE: self._date_problem,
        }
        shape = self._fact(fact)
        check = checks.get(shape.type)
        return if_(eq(self._typed(fact), ""), "", check(shape)) if check else call("TRIM", "")

    def _is_known(self, fact: str) -> Expr:
        if fact in self._sums:
            least, most = self._sums[fact]
            return if_(eq(least, most), 1, 0)
        filled = call("AND", op(self._typed(fact), "<>", ""), eq(self.problem(fact), ""))
        return if_(filled, 1, 0)

    def _truth(self, fact: str) -> Expr:
        text = self.text(fact)
        return if_(eq(text, YES), 1, if_(eq(text, NO), 0, UNKNOWN))

    def _steps_if_known(self, fact: str) -> Expr:
        unit = self._fact(fact).unit
        assert unit
        scaled = call("ROUND", op(self.value(fact), "*", unit.steps), 0)
        return self._if_known(fact, scaled)

    def _day_if_known(self, fact: str) -> Expr:
        return self._if_known(fact, self.value(fact))

    def _if_known(self, fact: str, value: Expr) -> Expr:
        """The value of a fact of this scope; "" while it is not known."""
        return if_(self.is_known(fact), value, "")

    # Terms ---------------------------------------------------------------------------------------

    def least_and_most(self, term: AmountTerm) -> tuple[Expr, Expr, int]:
        """The least and the most an amount can be, in smallest steps times the given factor."""
        match term:
            case ParameterTerm(parameter):
                steps = self.parameter_steps(parameter)
                return steps, steps, 1
            case FactTerm(fact):
                return *self._bounds(fact), 1
            case ShareOf(share, fact):
                return self._share_of(share, fact)
            case SumOfSizes(facts):
                return *self._sum_of_sizes(facts), 1

    def base(self, term: DateTerm) -> Ref:
        """The date of a term; "" until all its parts are known."""
        if isinstance(term, FactTerm):
            return self.day(term.fact)
        facts = facts_of_term(term)
        days = [self.day(fact) for fact in facts]
        all_known = call("AND", *(self.is_known(fact) for fact in facts))
        function, word = ("MAX", "较晚") if isinstance(term, Latest) else ("MIN", "较早")
        assert isinstance(term, Latest | Earliest)
        expr = if_(all_known, call(function, *days), "")
        labels = "、".join(self._label(fact) for fact in facts)
        return self.add(f"base.{'.'.join(facts)}", f"{labels}中{word}者", expr)

    def parameter(self, parameter: Parameter) -> Ref:
        """A parameter as the regulation writes it (100 of 万元, 5 of %, 3 of months)."""
        match parameter.quantity:
            case Amount(value, _):
                number: int | float = _plain_number(value)
            case Share(percent):
                number = _plain_number(percent)
            case Period(count, _):
                number = count
            case quantity:
                number = _plain_number(quantity.value)
        label = f"{parameter.label}（{parameter.quantity}）"
        return self.steps.add(f"par_{parameter.id}", label, number, parameter.law)

    def parameter_steps(self, parameter: Parameter) -> Ref:
        """An amount of the regulation as a whole number of smallest steps."""
        assert isinstance(parameter.quantity, Amount)
        scaled = op(self.parameter(parameter), "*", parameter.quantity.unit.steps)
        label = f"{parameter.label}：化为整数"
        return self.steps.add(f"steps.par_{parameter.id}", label, call("ROUND", scaled, 0))

    def _share_of(self, share: Parameter, fact: str) -> tuple[Expr, Expr, int]:
        """Cross-multiplied, never divided: share × amount, both whole numbers."""
        assert isinstance(share.quantity, Share)
        exponent = share.quantity.percent.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        whole = call("ROUND", op(self.parameter(share), "*", 10**decimals), 0)
        factor = self.steps.add(f"steps.par_{share.id}", f"{share.label}：化为整数", whole)
        ends = []
        for word, bound in zip(("下限", "上限"), self._bounds(fact), strict=True):
            label = f"{self._label(fact)}×{share.label}：{word}"
            key = f"{'least' if word == '下限' else 'most'}.{share.id}.{fact}"
            ends.append(self.add(key, label, op(bound, "*", factor)))
        return ends[0], ends[1], 100 * 10**decimals

    def _bounds(self, fact: str) -> tuple[Expr, Expr]:
        if owner := self._owner(fact):
            return owner._bounds(fact)
        shape, steps, known = self._fact(fact), self.steps_of_amount(fact), self.known(fact)
        lowest = -shape.highest if shape.signed else shape.lowest
        least = if_(eq(known, 1), steps, lowest)
        most = if_(eq(known, 1), steps, shape.highest)
        return (
            self.add(f"least.{fact}", f"{shape.label}：至少", least),
            self.add(f"most.{fact}", f"{shape.label}：至多", most),
        )

    def sizes(self, fact: str) -> tuple[Ref, Ref]:
        """The least and the greatest size of an amount, cuts counted like rises."""
        if owner := self._owner(fact):
            return owner.sizes(fact)
        if fact in self._sums:
            return self._sums[fact]
        shape, steps, known = self._fact(fact), self.steps_of_amount(fact), self.known(fact)
        return (
            self.add(
                f"size_least.{fact}",
                f"{shape.label}：绝对值至少",
                if_(eq(known, 1), call("ABS", steps), 0 if shape.signed else shape.lowest),
            ),
            self.add(
                f"size_most.{fact}",
                f"{shape.label}：绝对值至多",
                if_(eq(known, 1), call("ABS", steps), shape.highest),
            ),
        )

    def _sum_of_sizes(self, facts: tuple[str, ...]) -> tuple[Ref, Ref]:
        key, labels = ".".join(facts), "＋".join(self._label(fact) for fact in facts)
        least, most = zip(*(self.sizes(fact) for fact in facts), strict=True)
        return (
            self.add(f"sum_least.{key}", f"{labels}：绝对值之和至少", call("SUM", *least)),
            self.add(f"sum_most.{key}", f"{labels}：绝对值之和至多", call("SUM", *most)),
        )

    # Checks of inputs ----------------------------------------------------------------------------

    def _yesno_problem(self, fact: Fact) -> Expr:
        text = self.text(fact.id)
        return if_(call("OR", eq(text, YES), eq(text, NO)), "", "须选“是”或“否”")

    def _choice_problem(self, fact: Fact) -> Expr:
        text = self.text(fact.id)
        same = [eq(text, self.choice(fact, choice)) for choice in fact.choices]
        return if_(call("OR", *same), "", "须从下拉列表中选择")

    def _amount_problem(self, fact: Fact) -> Expr:
        assert fact.unit
        value, unit = self.value(fact.id), fact.unit
        whole = eq(call("ROUND", value, unit.decimals), value)
        expr = if_(whole, "", f"最多{unit.decimals}位小数")
        too_much = op(call("ABS", value), ">", int(unit.maximum))
        expr = if_(too_much, f"超过{int(unit.maximum)}{unit.name}，请核对单位", expr)
        if not fact.signed:
            below = op(call("ROUND", op(value, "*", unit.steps), 0), "<", fact.lowest)
            expr = if_(below, f"须{fact.bound}", expr)
        return if_(call("ISNUMBER", value), expr, "须填数字，不带单位")

    def _date_problem(self, fact: Fact) -> Expr:
        return day_problem(self.value(fact.id))

    def _typed(self, fact: str) -> Ref:
        return self.value(fact) if self._is_number(fact) else self.text(fact)

    def choice(self, fact: Fact, choice: str) -> Ref:
        """The cell that holds a choice as people pick it."""
        return self.steps.add(
            f"choice.{fact.id}.{choice}", f"{fact.label}：选项", fact.choices[choice]
        )

    def _owner(self, fact: str) -> Scope | None:
        if self._parent is None or self._own is None:
            return None
        return None if fact in self._own or fact in self._sums else self._parent

    def _fact(self, fact: str) -> Fact:
        return self.facts[fact]

    def _label(self, fact: str) -> str:
        return self.facts[fact].label


def _plain_number(value: object) -> int | float:
    number = float(str(value))
    return int(number) if number == int(number) else number


NO_DAY = "须填日期，如 2024-6-30"
"""What is wrong with something else than a day."""


def day_problem(value: Operand) -> Expr:
    """What is wrong with a day that is not blank; "" if nothing is."""
    first, last = (call("DATE", day.year, day.month, day.day) for day in (EARLIEST_DAY, LATEST_DAY))
    outside = call("OR", op(value, "<", first), op(value, ">", last))
    span = f"日期须在{EARLIEST_DAY.year}年至{LATEST_DAY.year}年之间"
    whole = op(call("ROUND", value, 0), "<>", value)
    expr = if_(outside, span, if_(whole, "只填日期，不填时刻", ""))
    return if_(call("ISNUMBER", value), expr, NO_DAY)
