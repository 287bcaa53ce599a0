"""Checked shapes → the frozen parts of an Edition; what cannot be linked is a problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from generator.model import shape
from generator.model.anchors import Anchor
from generator.model.compile import Compiler, compile_parameter
from generator.model.conditions import (
    Condition,
    FactTerm,
    Leaf,
    Parameter,
    ParameterTerm,
    Within,
    facts_of,
    leaves,
)
from generator.model.edition import (
    Deadline,
    Decision,
    Derived,
    Duty,
    Example,
    Extension,
    Fact,
    FactType,
    LastDay,
    Mistake,
    Narrative,
    OpenTime,
    Outcome,
    Paper,
    PlainNumber,
    Reading,
    Recurrence,
    Recurring,
    Role,
    Rule,
    Rung,
    Says,
    SelfCheck,
    Settlement,
    Stage,
    Step,
    Supervision,
    Table,
    Term,
    Understood,
    Window,
)
from generator.model.problems import Problem
from generator.model.quantities import AMOUNT_UNITS, Amount, Period
from generator.model.shape_selfchecks import SelfChecksShape
from generator.model.shape_values import Strict
from generator.model.yaml_source import Document, Path_

ExampleShape: TypeAlias = (
    shape.VerdictExampleShape | shape.DecisionExampleShape | shape.DeadlineExampleShape
)
_GOOD_WHEN = {"may": "yes", "must": "neither", "must_not": "no", "sanction": "no"}
_VERDICT_KEYS = ("then", "because", "missing", "readings")


@dataclass
class Builder:
    """Builds the sections of one edition; problems gather in `problems`."""

    problems: list[Problem] = field(default_factory=list)

    def roles(self, written: shape.RolesShape, document: Document) -> dict[str, Role]:
        """Roles with their level's name."""
        for id, role in written.roles.items():
            if role.level not in written.levels:
                levels = "、".join(written.levels)
                self._report(
                    document, ("roles", id, "level"), f"未知的层级 “{role.level}”；已有：{levels}。"
                )
        return {
            id: Role(
                id,
                role.label,
                role.short or role.label,
                role.aliases,
                role.level,
                written.levels.get(role.level, role.level),
                role.open,
                role.law,
                role.mentions,
                role.no_duties,
                role.note,
            )
            for id, role in written.roles.items()
        }

    def parameters(
        self, written: shape.ParametersShape, document: Document
    ) -> dict[str, Parameter]:
        """Parameters with their quantities."""
        built: dict[str, Parameter] = {}
        for id, parameter in written.parameters.items():
            made = compile_parameter(id, parameter, document)
            if isinstance(made, Problem):
                self.problems.append(made)
            else:
                built[id] = made
        return built

    def facts(
        self, written: Mapping[str, shape.FactShape], document: Document, section: str
    ) -> dict[str, Fact]:
        """Facts with their bounds; `section` is the key that they stand under."""
        return {id: self._fact(id, fact, document, (section, id)) for id, fact in written.items()}

    def derived(self, written: shape.FactsShape, compiler: Compiler) -> dict[str, Derived]:
        """Names of derived values; their terms stand in the conditions that use them."""
        for id in written.derived:
            compiler.check_derived(id, ("derived", id))
        return {id: Derived(id, each.label, each.law) for id, each in written.derived.items()}

    def tables(self, written: shape.FactsShape, document: Document) -> dict[str, Table]:
        """Tables whose columns are facts."""
        for id, table in written.tables.items():
            for target, column in table.above.items():
                at: Path_ = ("tables", id, "above", target)
                fact = written.facts.get(target)
                if fact is None or fact.type != "amounts":
                    self._report(document, at, f"“{target}” 不是金额列表（type: amounts）。")
                if column not in table.columns:
                    self._report(document, at, f"“{column}” 不是此表的一列。")
        return {
            id: Table(
                id,
                table.label,
                table.key.label,
                table.key.help,
                table.columns,
                table.above,
                table.law,
            )
            for id, table in written.tables.items()
        }

    def rules(self, written: shape.RulesShape, compiler: Compiler) -> dict[str, Rule]:
        """Rules with their compiled conditions; broken ones are left out."""
        built: dict[str, Rule] = {}
        for id, rule in written.rules.items():
            when = compiler.condition(rule.when, ("rules", id, "when"), rule.law)
            if when is None:
                continue
            built[id] = Rule(
                id,
                rule.label,
                rule.who,
                rule.toward,
                rule.modality,
                rule.good_when or _GOOD_WHEN[rule.modality],
                rule.law,
                rule.quote,
                Says(rule.says.yes, rule.says.no, rule.says.unknown),
                when,
                rule.each,
                rule.see,
                rule.note,
                _examples(
                    rule.examples,
                    _VERDICT_KEYS,
                    compiler.document,
                    ("rules", id),
                ),
                compiler.document.problem(("rules", id), "", on_key=True),
            )
        return built

    def decisions(
        self, written: shape.RulesShape, rules: Mapping[str, Rule], compiler: Compiler
    ) -> dict[str, Decision]:
        """Decisions whose outcomes are exactly their rules and `otherwise`."""
        document = compiler.document
        built: dict[str, Decision] = {}
        for id, decision in written.decisions.items():
            wanted = (*decision.first_of, decision.otherwise)
            if id in written.rules:
                message = f"决定 “{id}” 与规则同名，请换一个标识。"
                self.problems.append(document.problem(("decisions", id), message, on_key=True))
            self._check_comparable(id, decision, rules, document)
            at: Path_ = ("decisions", id, "outcomes")
            for outcome in wanted:
                if outcome not in decision.outcomes:
                    self._report(document, at, f"缺少结果 “{outcome}” 的说明。")
            for outcome in decision.outcomes:
                if outcome not in wanted:
                    self._report(
                        document,
                        (*at, outcome),
                        f"“{outcome}” 不是此决定的结果（first_of、otherwise）。",
                    )
            built[id] = Decision(
                id,
                decision.label,
                decision.ask,
                decision.first_of,
                decision.otherwise,
                decision.unknown,
                {
                    name: Outcome(name, outcome.label, outcome.says, outcome.law)
                    for name, outcome in decision.outcomes.items()
                },
                decision.law,
                decision.see,
                _examples(
                    decision.examples,
                    ("then", "possible", "missing", "readings"),
                    document,
                    ("decisions", id),
                ),
                self._understood(decision, compiler, ("decisions", id)),
                document.problem(("decisions", id), "", on_key=True),
            )
        return built

    def deadlines(
        self,
        written: shape.DeadlinesShape,
        compiler: Compiler,
        parameters: Mapping[str, Parameter],
    ) -> dict[str, Deadline]:
        """Deadlines with their schedules by reading."""
        built: dict[str, Deadline] = {}
        for id, deadline in written.deadlines.items():
            at: Path_ = ("deadlines", id)
            main = self._schedule(deadline, compiler, parameters, at)
            alternatives = {}
            for reading, alt in deadline.alt.items():
                flipped = deadline.model_copy(
                    update={k: v for k, v in alt.model_dump().items() if v is not None}
                )
                other = self._schedule(flipped, compiler, parameters, (*at, "alt", reading))
                settled = (
                    compiler.readings[reading].settled if reading in compiler.readings else None
                )
                if settled and settled.outcome == "alternative":
                    main = other
                elif not settled and other:
                    alternatives[reading] = other
            self._check_met(deadline, compiler, at)
            if main is None:
                continue
            holder = compiler.facts.get(deadline.start) or compiler.derived.get(deadline.start)
            built[id] = Deadline(
                id,
                deadline.label,
                deadline.who,
                deadline.to,
                deadline.law,
                deadline.quote,
                deadline.says,
                main,
                holder.label if holder else deadline.start,
                None if deadline.every else deadline.met,
                alternatives,
                deadline.see,
                deadline.note,
                _examples(
                    deadline.examples,
                    ("due", "opens", "rolls_to", "dates", "missing", "readings", "alt"),
                    compiler.document,
                    at,
                ),
            )
        return built

    def papers(self, written: shape.DocumentsShape, compiler: Compiler) -> dict[str, Paper]:
        """Papers with the conditions under which they are required."""
        built: dict[str, Paper] = {}
        for id, paper in written.documents.items():
            at: Path_ = ("documents", id)
            required = self._required(paper.required, compiler, (*at, "required"), paper.law)
            alternatives: dict[str, Condition | None] = {}
            for reading, alt in paper.alt.items():
                place = (*at, "alt", reading, "required")
                other = self._required(alt.required, compiler, place, paper.law)
                settled = (
                    compiler.readings[reading].settled if reading in compiler.readings else None
                )
                if settled and settled.outcome == "alternative":
                    required = other
                elif not settled:
                    alternatives[reading] = other
            built[id] = Paper(
                id,
                paper.label,
                paper.prepared_by,
                paper.received_by,
                paper.no_receiver,
                paper.law,
                paper.quote,
                paper.when,
                required,
                paper.form_of,
                paper.part_of,
                paper.contents,
                paper.open_list,
                alternatives,
                paper.see,
                paper.note,
                _examples(paper.examples, _VERDICT_KEYS, compiler.document, at),
                compiler.document.problem(at, "", on_key=True),
            )
        return built

    def duties(self, written: shape.DutiesShape) -> dict[str, Duty]:
        """Duties as written."""
        return {
            id: Duty(
                id,
                duty.who,
                duty.strength,
                duty.degree,
                duty.what,
                duty.toward,
                duty.when,
                duty.condition,
                duty.papers,
                duty.consequence,
                duty.law,
                duty.quote,
                duty.see,
                duty.note,
            )
            for id, duty in written.duties.items()
        }

    def left_open(self, written: shape.DeadlinesShape) -> dict[str, OpenTime]:
        """Times that the text leaves open, as written."""
        return {
            id: OpenTime(
                id,
                each.label,
                each.who,
                each.to,
                each.law,
                each.quote,
                each.words,
                each.says,
                each.see,
                each.note,
            )
            for id, each in written.left_open.items()
        }

    def stages(self, written: shape.StagesShape, compiler: Compiler) -> dict[str, Stage]:
        """Stages with their steps; a step's id is its own in all of them."""
        seen: dict[str, str] = {}
        built: dict[str, Stage] = {}
        for id, stage in written.stages.items():
            at: Path_ = ("stages", id, "steps")
            for step in stage.steps:
                if step in seen:
                    message = f"步骤 “{step}” 在阶段 “{seen[step]}” 中已有，请换一个标识。"
                    self.problems.append(
                        compiler.document.problem((*at, step), message, on_key=True)
                    )
                seen.setdefault(step, id)
            steps = tuple(
                self._step(name, step, compiler, (*at, name)) for name, step in stage.steps.items()
            )
            mistakes = tuple(Mistake(each.says, each.law, each.see) for each in stage.mistakes)
            built[id] = Stage(id, stage.label, stage.about, stage.law, steps, mistakes)
        return built

    def _step(self, id: str, written: shape.StepShape, compiler: Compiler, at: Path_) -> Step:
        applies = (
            compiler.condition(written.applies, (*at, "if"), written.law)
            if written.applies
            else None
        )
        asked = facts_of(applies) if applies else ()
        for place, name in enumerate(written.done):
            fact = compiler.facts.get(name)
            where: Path_ = (*at, "done", place)
            where = where if where in compiler.document.values else (*at, "done")
            if fact and fact.type not in ("yesno", "date"):
                message = f"“{name}” 不是“是/否”或者日期，不能说明步骤已完成。"
                self._report(compiler.document, where, message)
            if name in asked:
                message = f"“{name}” 已在此步骤的 if 中，不能又说明它已完成。"
                self._report(compiler.document, where, message)
        return Step(
            id,
            written.label,
            written.who,
            written.what,
            written.to,
            written.papers,
            written.when,
            written.law,
            written.quote,
            applies,
            written.done,
            written.see,
            written.note,
        )

    def terms(self, written: shape.TermsShape) -> dict[str, Term]:
        """Terms as written."""
        return {
            id: Term(
                id,
                term.label,
                term.aliases,
                term.law,
                term.quote,
                term.defined,
                term.see,
                term.note,
            )
            for id, term in written.terms.items()
        }

    def gists(self, written: shape.GistsShape) -> dict[Anchor, str]:
        """What articles say in plain words, as written."""
        return {each.law: each.says for each in written.gists}

    def supervision(self, written: shape.SupervisionShape) -> Supervision:
        """Oversight and the ladder, as written."""
        ladder = tuple(
            Rung(
                id,
                rung.label,
                rung.when,
                rung.duties,
                rung.law,
                rung.quote,
                rung.see,
                rung.note,
            )
            for id, rung in written.ladder.items()
        )
        return Supervision(written.oversight, ladder, written.note)

    def selfchecks(self, written: SelfChecksShape) -> dict[str, SelfCheck]:
        """Topics to check for oneself, as written."""
        return {
            id: SelfCheck(
                id,
                topic.label,
                topic.lead,
                topic.law,
                topic.first,
                topic.decisions,
                topic.deadlines,
                topic.rules,
                topic.papers,
            )
            for id, topic in written.selfchecks.items()
        }

    def narrative(self, written: shape.NarrativesShape) -> tuple[Narrative, ...]:
        """Words that bind nobody, as written."""
        return tuple(Narrative(each.law, each.quote, each.why) for each in written.narrative)

    def plain_numbers(self, written: shape.ParametersShape) -> tuple[PlainNumber, ...]:
        """Numbers that decide nothing, as written."""
        return tuple(PlainNumber(each.law, each.quote, each.why) for each in written.plain_numbers)

    def readings(self, written: shape.ReadingsShape) -> dict[str, Reading]:
        """Readings, open or settled."""
        return {
            id: Reading(
                id,
                reading.title,
                reading.law,
                reading.reading,
                reading.alternative,
                reading.practice,
                Settlement(
                    reading.settled.outcome,
                    reading.settled.by,
                    reading.settled.number,
                    reading.settled.date,
                )
                if reading.settled
                else None,
            )
            for id, reading in written.readings.items()
        }

    def _check_comparable(
        self,
        id: str,
        decision: shape.DecisionShape,
        rules: Mapping[str, Rule],
        document: Document,
    ) -> None:
        """A decision goes through classes of values, which only fixed thresholds cut."""
        for place, rule in enumerate(decision.first_of):
            if rule in rules and not all(map(_has_fixed_thresholds, leaves(rules[rule].when))):
                self._report(
                    document,
                    ("decisions", id, "first_of", place),
                    f"规则 “{rule}” 比较的是算得的数额（derived），不能用于决定；"
                    "决定所用的规则只能拿单个事实与参数比较。",
                )

    # Parts ---------------------------------------------------------------------------------------

    def _fact(self, id: str, written: shape.FactShape, document: Document, at: Path_) -> Fact:
        type_ = FactType(written.type)
        is_amount = type_ in (FactType.AMOUNT, FactType.AMOUNTS)
        unit = AMOUNT_UNITS.get(written.unit or "")
        if is_amount and unit is None:
            self._report(document, at, f"金额须写明单位 unit：{'、'.join(AMOUNT_UNITS)} 之一。")
        if not is_amount and written.unit:
            self._report(document, (*at, "unit"), "只有金额才有单位。")
        if type_ is FactType.CHOICE and not written.choices:
            self._report(document, at, "选择项须写明 choices。")
        if type_ is not FactType.CHOICE and written.choices:
            self._report(document, (*at, "choices"), "只有 type: choice 才有选项。")
        if written.lines > 1 and type_ is not FactType.TEXT:
            self._report(document, (*at, "lines"), "只有 type: text 才有 lines。")
        if written.says and type_ is not FactType.YESNO:
            self._report(document, (*at, "says"), "只有 type: yesno 才有 says。")
        bounds = [written.above is not None, written.at_least is not None, written.signed]
        if is_amount and sum(bounds) != 1:
            self._report(
                document,
                at,
                "金额须恰有 above（大于）、at_least（不小于）、signed（可正可负）之一。",
            )
        lowest, bound = 0, ""
        if unit and written.above is not None:
            lowest = int(Decimal(written.above) * unit.steps) + 1
            bound = f"大于{Amount(Decimal(written.above), unit)}"
        elif unit and written.at_least is not None:
            lowest = int(Decimal(written.at_least) * unit.steps)
            bound = f"不小于{Amount(Decimal(written.at_least), unit)}"
        return Fact(
            id,
            written.label,
            written.ask,
            type_,
            unit,
            lowest,
            written.signed,
            bound,
            written.choices,
            written.law,
            written.help,
            (written.says.yes, written.says.no) if written.says else None,
            written.quote,
            written.lines,
        )

    def _understood(
        self, written: shape.DecisionShape, compiler: Compiler, at: Path_
    ) -> tuple[Understood, ...]:
        built = []
        for place, each in enumerate(written.understood):
            where = (*at, "understood", place, "when")
            when = compiler.condition(each.when, where, written.law[0])
            if when is not None:
                built.append(Understood(when, each.note))
        return tuple(built)

    def _schedule(
        self,
        written: shape.DeadlineShape,
        compiler: Compiler,
        parameters: Mapping[str, Parameter],
        at: Path_,
    ) -> Window | Recurring | None:
        document = compiler.document
        if written.every:
            if not (written.until and written.last):
                self._report(
                    document, at, "every 须同时写明 until（终止日期）和 last（如何结束）。"
                )
                return None
            if written.within or written.opens or written.extend:
                self._report(document, at, "every 不能与 within、opens、extend 同用。")
                return None
            for name, key in ((written.start, "from"), (written.until, "until")):
                if name in compiler.facts and compiler.facts[name].type != "date":
                    self._report(document, (*at, key), f"“{name}” 不是日期。")
                    return None
                if name not in compiler.facts and key == "from":
                    compiler.date_term(name, (*at, key))
                    return None
            return Recurring(
                Recurrence(written.every), written.start, written.until, LastDay(written.last)
            )
        start = compiler.date_term(written.start, (*at, "from"))
        if not written.within:
            self._report(document, at, "须写明 within（期间）或 every（周期）。")
            return None
        within = self._period(written.within, parameters, document, (*at, "within"))
        opens = (
            self._period(written.opens, parameters, document, (*at, "opens"))
            if written.opens
            else None
        )
        extension = None
        if written.extend:
            by = self._period(written.extend.by, parameters, document, (*at, "extend", "by"))
            fact = compiler.facts.get(written.extend.when)
            if fact and fact.type != "yesno":
                self._report(document, (*at, "extend", "if"), "延长的前提须是“是/否”事实。")
            if by:
                law: Anchor = written.extend.law or written.law
                extension = Extension(written.extend.when, by, law)
                if within and _unit(within) is not _unit(by):
                    self._report(document, (*at, "extend"), "延长的期间与原期间单位不一致。")
        if start is None or within is None:
            return None
        return Window(start, within, opens, written.opens_on == "next_day", extension)

    def _check_met(self, written: shape.DeadlineShape, compiler: Compiler, at: Path_) -> None:
        """A single day that people fill in tells when a last day was kept."""
        name = written.met
        if name is None:
            return
        where: Path_ = (*at, "met")
        if written.every:
            message = "every 的每一次分别登记报送日期，不能写 met。"
            self._report(compiler.document, where, message)
        elif name in compiler.derived:
            message = f"“{name}” 是推算出来的，不能说明何时办结。"
            self._report(compiler.document, where, message)
        elif name in compiler.facts and compiler.facts[name].type != "date":
            self._report(compiler.document, where, f"“{name}” 不是日期，不能说明何时办结。")

    def _period(
        self, id: str, parameters: Mapping[str, Parameter], document: Document, at: Path_
    ) -> Parameter | None:
        parameter = parameters.get(id)
        if parameter and not isinstance(parameter.quantity, Period):
            self._report(document, at, f"参数 “{id}”（{parameter.quantity}）不是期间。")
            return None
        return parameter

    def _required(
        self, written: object, compiler: Compiler, at: Path_, law: Anchor
    ) -> Condition | None:
        if isinstance(written, shape.ConditionShape):
            return compiler.condition(written, at, law)
        return None

    def _report(self, document: Document, at: Path_, message: str) -> None:
        self.problems.append(document.problem(at, message))


def _has_fixed_thresholds(leaf: Leaf) -> bool:
    tests = [test for test in (leaf.test, *leaf.alternatives.values()) if isinstance(test, Within)]
    bounds = [b for test in tests for each in test.intervals for b in (each.low, each.high) if b]
    return all(isinstance(test.term, FactTerm) for test in tests) and all(
        isinstance(bound.term, ParameterTerm) for bound in bounds
    )


def _unit(parameter: Parameter) -> object:
    assert isinstance(parameter.quantity, Period)
    return parameter.quantity.unit


def _examples(
    written: Iterable[ExampleShape], keys: tuple[str, ...], document: Document, at: Path_
) -> tuple[Example, ...]:
    """Examples with what they state; what they do not state is not expected."""
    return tuple(
        Example(
            each.given,
            _stated(each, keys),
            each.note,
            document.problem((*at, "examples", place), ""),
        )
        for place, each in enumerate(written)
    )


def _stated(written: Strict, keys: Iterable[str]) -> dict[str, Any]:
    """The keys that somebody wrote; those of `alt` by reading."""
    stated = {key: getattr(written, key) for key in keys if key in written.model_fields_set}
    if "alt" in stated:
        stated["alt"] = {
            id: _stated(dates, type(dates).model_fields) for id, dates in stated["alt"].items()
        }
    return stated
