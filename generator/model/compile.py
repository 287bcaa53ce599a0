"""Conditions and derived values as written → typed trees, every id resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from generator.model import shape
from generator.model.anchors import Anchor, from_chinese
from generator.model.conditions import (
    All,
    AnyOf,
    Bound,
    Condition,
    Earliest,
    FactTerm,
    Holds,
    Interval,
    Latest,
    Leaf,
    Not,
    OneOf,
    Parameter,
    ParameterTerm,
    ShareOf,
    SumOfSizes,
    Term,
    Test,
    Within,
    facts_of_term,
    facts_of_test,
    leaves,
)
from generator.model.problems import Problem, suggestion
from generator.model.quantities import Amount, Share, plain, quantity, unit_problem
from generator.model.references import unknown_id
from generator.model.yaml_source import Document, Path_

_COMPARISON = re.compile(r"(\S+?)\s*(<=|>=|<|>)\s*(\S+)")
_INTERVAL = re.compile(r"([\[(])\s*([^,\s]*)\s*,\s*([^,\s]*)\s*([\])])")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_AMOUNT_TYPES = ("amount", "amounts")
_NOTHING = Leaf(Holds(""), Anchor("0"), "")
"""Stands in a tree where a part could not be compiled."""


class _Invalid(Exception):
    """Stops the compilation of one leaf; the problem is already reported."""


@dataclass
class Compiler:
    """Compiles what one document holds; problems gather in `problems`.

    Ids that are `broken` and kinds that are `unreadable` are reported where they stand; what uses
    them is not compiled, and not reported again.
    """

    document: Document
    facts: Mapping[str, shape.FactShape]
    derived: Mapping[str, shape.DerivedShape]
    parameters: Mapping[str, Parameter]
    readings: Mapping[str, shape.ReadingShape]
    unreadable: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    _placed: dict[str, Path_] = field(default_factory=dict)

    def condition(self, written: shape.ConditionShape, at: Path_, law: Anchor) -> Condition | None:
        """The tree of a condition, or None if it has problems. `law` is the place that demands
        what names no place of its own."""
        before = len(self.problems)
        self._placed = {}
        tree = self._node(written, at, law)
        if len(self.problems) > before or _NOTHING in leaves(tree):
            return None
        return tree

    def term(self, identifier: str, at: Path_, flips: frozenset[str] = frozenset()) -> Term:
        """The term of a fact or a derived value."""
        if identifier in self.facts:
            return FactTerm(identifier)
        if identifier in self.derived:
            written = self.derived[identifier]
            alternative = next((alt for r, alt in written.alt.items() if r in flips), written)
            before = len(self.problems)
            try:
                return self._derived(alternative, at)
            except _Invalid:
                # `check_derived` reports it, once, where it is written.
                del self.problems[before:]
                raise
        raise self._unknown("fact", identifier, at, {*self.facts, *self.derived})

    def date_term(self, identifier: str, at: Path_) -> FactTerm | Latest | Earliest | None:
        """The term of a date, or None with a problem."""
        try:
            term = self.term(identifier, at)
        except _Invalid:
            return None
        wrong = [fact for fact in facts_of_term(term) if self.facts[fact].type != "date"]
        if wrong or not isinstance(term, FactTerm | Latest | Earliest):
            self._report(at, f"“{identifier}” 不是日期，期限只能从日期起算。")
            return None
        return term

    def check_derived(self, identifier: str, at: Path_) -> None:
        """Report what is wrong with a derived value and its alternatives."""
        written = self.derived[identifier]
        for place, each in ((at, written), *(((*at, "alt", r), a) for r, a in written.alt.items())):
            try:
                self._derived(each, place)
            except _Invalid:
                continue

    # Trees ---------------------------------------------------------------------------------------

    def _node(self, written: shape.ConditionShape, at: Path_, law: Anchor) -> Condition:
        kinds = [
            name
            for name, value in (
                ("all", written.all),
                ("any", written.any),
                ("not", written.negated),
                ("if", written.test),
            )
            if value is not None
        ]
        if len(kinds) != 1:
            self._report(at, "每个条件须恰有 all、any、not、if 之一。")
            return _NOTHING
        law = written.law or law
        if written.test is not None:
            return self._leaf(written, at, law) or _NOTHING
        if written.inside is not None or written.choices is not None or written.alt:
            self._report(at, "in、is、alt 只能与 if 写在一起。")
        if written.negated is not None:
            return Not(self._node(written.negated, (*at, "not"), law), written.label, written.law)
        parts = written.all if written.all is not None else written.any or ()
        if not parts:
            self._report((*at, kinds[0]), f"{kinds[0]} 下面至少要有一个条件。")
            return _NOTHING
        compiled = tuple(
            self._node(part, (*at, kinds[0], place), law) for place, part in enumerate(parts)
        )
        if kinds[0] == "all":
            return All(compiled, written.label, written.law)
        return AnyOf(compiled, written.label, written.law)

    def _leaf(self, written: shape.ConditionShape, at: Path_, law: Anchor) -> Leaf | None:
        settled = frozenset(
            id
            for id, reading in self.readings.items()
            if reading.settled and reading.settled.outcome == "alternative"
        )
        try:
            test = self._test(written, at, settled)
            open_ids = [
                id
                for id in self._alternatives(written)
                if id in self.readings and not self.readings[id].settled
            ]
            alternatives = {id: self._test(written, at, settled | {id}) for id in open_ids}
        except _Invalid:
            return None
        self._each_fact_once(test, (*at, "if"))
        return Leaf(test, law, written.label or self._label(written.test or ""), alternatives)

    def _alternatives(self, written: shape.ConditionShape) -> Iterator[str]:
        """The readings that the leaf itself or a derived value in it names."""
        yield from written.alt
        words = re.findall(
            r"[a-z][a-z0-9_]*", " ".join([written.test or "", *(written.inside or ())])
        )
        for word in words:
            if word in self.derived:
                yield from self.derived[word].alt

    def _label(self, atom: str) -> str:
        subject = re.split(r"\s*[<>]", atom.strip(), maxsplit=1)[0]
        holder = self.facts.get(subject) or self.derived.get(subject)
        return holder.label if holder else subject

    def _each_fact_once(self, test: Test, at: Path_) -> None:
        for fact in facts_of_test(test):
            if fact in self._placed:
                label = self.facts[fact].label
                line = self.document.line(self._placed[fact])
                self._report(
                    at,
                    f"事实 “{fact}”（{label}）在同一条规则中出现了两次，第 {line} 行已经有一个；"
                    "请合并为一个区间（in）或选项集合（is）。",
                )
            self._placed.setdefault(fact, at)

    # Tests ---------------------------------------------------------------------------------------

    def _test(self, written: shape.ConditionShape, at: Path_, flips: frozenset[str]) -> Test:
        inside, choices, place = written.inside, written.choices, at
        besides: list[tuple[str, Path_]] = []
        for reading, alternative in written.alt.items():
            if reading in flips:
                place = (*at, "alt", reading)
                inside = alternative.inside if alternative.inside is not None else inside
                choices = alternative.choices if alternative.choices is not None else choices
                besides += [(each, (*place, "also")) for each in alternative.also]
        atom = (written.test or "").strip()
        comparison = _COMPARISON.fullmatch(atom)
        if comparison:
            if inside is not None or choices is not None:
                raise self._invalid(at, "已经写了比较，不能再写 in 或 is。")
            return self._comparison(comparison, (*at, "if"), flips)
        if not re.fullmatch(r"[A-Za-z_]\w*", atom):
            raise self._invalid(
                (*at, "if"), f"看不懂条件 “{atom}”；应为 事实，或 事实 <= 参数（可用 < <= > >=）。"
            )
        if inside is not None:
            term = self._amount(atom, (*at, "if"), flips)
            written_at = [*((each, (*place, "in")) for each in inside), *besides]
            return Within(
                term, tuple(self._interval(each, term, where, flips) for each, where in written_at)
            )
        if besides:
            raise self._invalid(besides[0][1], "also 是另加的区间，只能用在写了 in 的条件上。")
        return self._plain(atom, choices, at, (*place, "is"))

    def _plain(
        self, atom: str, choices: Mapping[str, Anchor | None] | None, at: Path_, choices_at: Path_
    ) -> Test:
        if atom not in self.facts:
            raise self._unknown("fact", atom, (*at, "if"), set(self.facts))
        fact = self.facts[atom]
        if choices is None:
            if fact.type != "yesno":
                raise self._invalid(
                    (*at, "if"), f"“{atom}” 不是“是/否”，请用比较、in 或 is 说明何时成立。"
                )
            return Holds(atom)
        if fact.type != "choice":
            raise self._invalid(choices_at, f"“{atom}” 不是选择项，不能用 is。")
        for position, choice in enumerate(choices):
            if choice not in fact.choices:
                named = (*choices_at, choice)
                hint = suggestion(choice, fact.choices) or f"；选项有：{'、'.join(fact.choices)}。"
                raise self._invalid(
                    named if named in self.document.keys else (*choices_at, position),
                    f"“{atom}” 没有选项 “{choice}”{hint}",
                    on_key=True,
                )
        return OneOf(atom, choices)

    def _comparison(self, found: re.Match[str], at: Path_, flips: frozenset[str]) -> Test:
        subject, operator, limit = found.groups()
        term = self._amount(subject, at, flips)
        bound = Bound(self._limit(limit, term, at, flips), closed=operator in ("<=", ">="))
        if operator in ("<", "<="):
            return Within(term, (Interval(None, bound),))
        return Within(term, (Interval(bound, None),))

    def _interval(self, written: str, term: Term, at: Path_, flips: frozenset[str]) -> Interval:
        found = _INTERVAL.fullmatch(written.strip())
        if not found:
            raise self._invalid(at, f"看不懂区间 “{written}”；应如 (下限, 上限]，一端可空。")
        left, low, high, right = found.groups()
        if not low and not high:
            raise self._invalid(at, f"区间 “{written}” 两端都空着，没有限制。")
        lower = Bound(self._limit(low, term, at, flips), left == "[") if low else None
        upper = Bound(self._limit(high, term, at, flips), right == "]") if high else None
        if lower and upper and _reversed(lower.term, upper.term):
            raise self._invalid(at, f"区间下限大于上限：“{written}”。")
        return Interval(lower, upper)

    def _limit(
        self, written: str, term: Term, at: Path_, flips: frozenset[str]
    ) -> FactTerm | SumOfSizes | ShareOf | ParameterTerm:
        if _NUMBER.fullmatch(written):
            raise self._invalid(at, self._number_message(written))
        if written in self.parameters:
            parameter = self.parameters[written]
            if not isinstance(parameter.quantity, Amount):
                raise self._invalid(at, f"参数 “{written}”（{parameter.quantity}）不是金额。")
            if parameter.quantity.unit.name != self._unit(term):
                raise self._invalid(
                    at,
                    f"单位不一致：前面是{self._unit(term)}，参数 “{written}” 是"
                    f"{parameter.quantity.unit.name}。",
                )
            return ParameterTerm(parameter)
        if written in self.derived:
            limit = self._amount(written, at, flips)
            if self._unit(limit) != self._unit(term):
                raise self._invalid(
                    at, f"单位不一致：前面是{self._unit(term)}，“{written}” 是{self._unit(limit)}。"
                )
            return limit
        raise self._unknown("parameter", written, at, {*self.parameters, *self.derived})

    def _number_message(self, written: str) -> str:
        same = [
            f"“{id}”"
            for id, parameter in self.parameters.items()
            if isinstance(parameter.quantity, Amount) and plain(parameter.quantity.value) == written
        ]
        hint = f"；值为 {written} 的参数有 {'、'.join(same)}" if same else ""
        return (
            f"规则里不能直接写数字 {written}，请写参数的标识"
            f"（在 parameters.yml 中定义，带单位和条款）{hint}。"
        )

    # Terms ---------------------------------------------------------------------------------------

    def _amount(
        self, identifier: str, at: Path_, flips: frozenset[str]
    ) -> FactTerm | SumOfSizes | ShareOf:
        term = self.term(identifier, at, flips)
        facts = facts_of_term(term)
        wrong = [fact for fact in facts if self.facts[fact].type not in _AMOUNT_TYPES]
        if wrong or isinstance(term, Latest | Earliest | ParameterTerm):
            raise self._invalid(at, f"“{identifier}” 不是金额，不能比较大小。")
        return term

    def _unit(self, term: Term) -> str:
        facts = facts_of_term(term)
        return (self.facts[facts[0]].unit or "") if facts else ""

    def _derived(self, written: shape.DerivedAlternativeShape, at: Path_) -> Term:
        given = [
            (name, value)
            for name in ("sum_abs", "times", "latest", "earliest")
            if (value := getattr(written, name))
        ]
        if len(given) != 1:
            raise self._invalid(at, "须恰有 sum_abs、times、latest、earliest 之一。")
        name, arguments = given[0]
        place = (*at, name)
        if name == "times":
            return self._share_of(arguments, place)
        for position, fact in enumerate(arguments):
            self._stated((*place, position), fact)
            wanted = _AMOUNT_TYPES if name == "sum_abs" else ("date",)
            if self.facts[fact].type not in wanted:
                kind = "金额" if name == "sum_abs" else "日期"
                raise self._invalid((*place, position), f"“{fact}” 不是{kind}。")
        if name == "sum_abs":
            if len({self.facts[fact].unit for fact in arguments}) > 1:
                raise self._invalid(place, "相加的金额单位不一致。")
            return SumOfSizes(arguments)
        return Latest(arguments) if name == "latest" else Earliest(arguments)

    def _share_of(self, arguments: tuple[str, ...], at: Path_) -> ShareOf:
        if len(arguments) != 2:
            raise self._invalid(at, "times 须写两项：[比例参数, 金额事实]。")
        share, fact = arguments
        if share not in self.parameters:
            raise self._unknown("parameter", share, (*at, 0), set(self.parameters))
        parameter = self.parameters[share]
        if not isinstance(parameter.quantity, Share):
            raise self._invalid((*at, 0), f"参数 “{share}” 不是比例（unit: percent）。")
        self._stated((*at, 1), fact)
        if self.facts[fact].type != "amount" or self.facts[fact].signed:
            raise self._invalid((*at, 1), f"“{fact}” 不是不带正负号的金额。")
        return ShareOf(parameter, fact)

    def _stated(self, at: Path_, identifier: str) -> None:
        """Stop at what is no fact: derived values are made of facts alone."""
        if identifier in self.derived:
            raise self._invalid(
                at, f"“{identifier}” 是推算值，不能引用另一个推算值，只能引用事实。"
            )
        if identifier not in self.facts:
            raise self._unknown("fact", identifier, at, set(self.facts))

    # Problems ------------------------------------------------------------------------------------

    def _report(self, at: Path_, message: str, *, on_key: bool = False) -> None:
        self.problems.append(self.document.problem(at, message, on_key=on_key))

    def _invalid(self, at: Path_, message: str, *, on_key: bool = False) -> _Invalid:
        self._report(at, message, on_key=on_key)
        return _Invalid()

    def _unknown(self, kind: str, identifier: str, at: Path_, known: set[str]) -> _Invalid:
        if kind not in self.unreadable and identifier not in self.broken:
            self.problems.append(unknown_id(self.document, at, kind, identifier, known))
        return _Invalid()


def _reversed(low: Term, high: Term) -> bool:
    """Whether nothing lies between two bounds; those that are computed vary."""
    if not (isinstance(low, ParameterTerm) and isinstance(high, ParameterTerm)):
        return False
    return low.steps > high.steps


def compile_parameter(
    identifier: str, written: shape.ParameterShape, document: Document
) -> Parameter | Problem:
    """A parameter with its quantity, or what is wrong with it."""
    at: Path_ = ("parameters", identifier, "value")
    strange = unit_problem(written.unit)
    if strange:
        return document.problem((*at[:-1], "unit"), strange)
    try:
        measured = quantity(written.value, written.unit)
    except ValueError as error:
        return document.problem(at, str(error))
    if isinstance(measured, Amount):
        if measured.value * measured.unit.steps != measured.steps:
            return document.problem(
                at, f"{measured.unit.name}最多 {measured.unit.decimals} 位小数，现为 {measured}。"
            )
        if abs(measured.value) > measured.unit.maximum:
            return document.problem(
                at, f"金额超过 {plain(measured.unit.maximum)}{measured.unit.name} 的上限。"
            )
    unfounded = _unfounded(written)
    if unfounded:
        return document.problem((*at[:-1], unfounded[0]), unfounded[1])
    return Parameter(identifier, written.label, measured, written.law, written.quote)


def _unfounded(parameter: shape.ParameterShape) -> tuple[str, str] | None:
    """The key of a parameter whose words do not carry its number, and what is wrong."""
    if parameter.written:
        if parameter.written in parameter.quote:
            return None
        return "written", f"引文里没有 “{parameter.written}”。"
    value = Decimal(parameter.value)
    if value in _numbers_in(parameter.quote):
        return None
    return "quote", (
        f"引文里没有 {plain(value)}，请核对；如引文没有用数字写，请在 written 中照写。"
    )


def _numbers_in(words: str) -> Iterator[Decimal]:
    """The numbers that words write in digits or in Chinese numerals."""
    for digits in re.findall(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", words):
        yield Decimal(digits.replace(",", ""))
    for numeral in re.findall(r"[一二三四五六七八九十百千零〇两]+", words):
        with suppress(ValueError):
            yield Decimal(from_chinese(numeral.replace("两", "二")))
