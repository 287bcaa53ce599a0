"""A frozen Edition: one regulation with all its ids resolved. `load.py` makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.model.anchors import Anchor
from generator.model.calendar import WorkingCalendar
from generator.model.conditions import Condition, DateTerm, Parameter
from generator.model.layout import Layout
from generator.model.problems import Problem
from generator.model.provisions import RegulationText
from generator.model.quantities import AmountUnit, Period

if TYPE_CHECKING:
    from generator.model.contents import Sample


@dataclass(frozen=True)
class Role:
    """An organ or actor; `open` where the text does not say who that is.

    `law` is None where only the notice that issues the regulation names it; `no_duties` says why
    the regulation lays no duty on it.
    """

    id: str
    label: str
    short: str
    aliases: tuple[str, ...]
    level: str
    level_label: str
    open: bool
    law: Anchor | None
    mentions: tuple[Anchor, ...]
    no_duties: str | None
    note: str | None

    @property
    def places(self) -> tuple[Anchor, ...]:
        """Everywhere the text speaks of it, each place once; none where only the notice does."""
        first = (self.law,) if self.law else ()
        return tuple(dict.fromkeys((*first, *self.mentions)))


class FactType(Enum):
    """How a fact is answered."""

    YESNO = "yesno"
    CHOICE = "choice"
    AMOUNT = "amount"
    AMOUNTS = "amounts"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class Fact:
    """Something that a person states about a project.

    Amounts lie in `lowest` … `highest`, counted in the unit's smallest steps; `bound` says the
    lower one as people read it (大于0万元). `statements` say a yes/no fact in full: when it holds,
    when it does not. `lines`: how many lines of a text forms have room for.
    """

    id: str
    label: str
    ask: str
    type: FactType
    unit: AmountUnit | None
    lowest: int
    signed: bool
    bound: str
    choices: Mapping[str, str]
    law: Anchor | None
    help: str | None
    statements: tuple[str, str] | None = None
    quote: str | None = None
    lines: int = 1

    @cached_property
    def highest(self) -> int:
        """The largest amount that one cell may hold, in smallest steps."""
        assert self.unit
        return int(self.unit.maximum * self.unit.steps)


@dataclass(frozen=True)
class Derived:
    """A value computed from facts; `law` is the place that asks for it, if any."""

    id: str
    label: str
    law: Anchor | None


@dataclass(frozen=True)
class Table:
    """A list that people keep, a row each: columns are facts, `above` maps a list fact to the
    column that fills it from the rows above."""

    id: str
    label: str
    key_label: str
    key_help: str | None
    columns: tuple[str, ...]
    above: Mapping[str, str]
    law: Anchor | None


@dataclass(frozen=True)
class Says:
    """What people read for each verdict."""

    yes: str
    no: str
    unknown: str


@dataclass(frozen=True)
class Example:
    """Facts as people write them, and what the text gives for them (an absent key: not stated).

    `place` is a problem without a message, for those who find that it does not hold.
    """

    given: Mapping[str, Any]
    expected: Mapping[str, Any]
    note: str | None
    place: Problem


@dataclass(frozen=True)
class Rule:
    """When something may, must or must not be done, or follows (`sanction`); who, toward whom;
    which answer is good news (`good_when`: yes, no, neither)."""

    id: str
    label: str
    who: tuple[str, ...]
    toward: tuple[str, ...]
    modality: str
    good_when: str
    law: Anchor
    quote: str
    says: Says
    when: Condition
    each: str | None
    see: tuple[str, ...]
    note: str | None
    examples: tuple[Example, ...]
    place: Problem


@dataclass(frozen=True)
class Outcome:
    """One outcome of a decision."""

    id: str
    label: str
    says: str
    law: Anchor


@dataclass(frozen=True)
class Understood:
    """Where several rules of a decision hold, or none, and why that is as it should be."""

    when: Condition
    note: str


@dataclass(frozen=True)
class Decision:
    """The first of several rules that holds, else `otherwise`."""

    id: str
    label: str
    ask: str
    first_of: tuple[str, ...]
    otherwise: str
    unknown: str
    outcomes: Mapping[str, Outcome]
    law: tuple[Anchor, ...]
    see: tuple[str, ...]
    examples: tuple[Example, ...]
    understood: tuple[Understood, ...]
    place: Problem


class Recurrence(Enum):
    """Which days recur."""

    MONTH_END = "month_end"
    QUARTER_END = "quarter_end"
    YEAR_END = "year_end"

    @property
    def months(self) -> int:
        """Months from one such day to the next."""
        return {"month_end": 1, "quarter_end": 3, "year_end": 12}[self.value]


class LastDay(Enum):
    """How a recurrence ends: through the first such day on or after the last day (`next`), on the
    last day itself (`clamp`), or with the last such day on or before it (`within`)."""

    NEXT = "next"
    CLAMP = "clamp"
    WITHIN = "within"


@dataclass(frozen=True)
class Extension:
    """A period added when a fact holds."""

    fact: str
    by: Parameter
    law: Anchor


@dataclass(frozen=True)
class Recurring:
    """Days that recur from a start date until an end date (both facts)."""

    every: Recurrence
    start: str
    until: str
    last: LastDay


@dataclass(frozen=True)
class Window:
    """A last day counted from a base; with `opens`, also the first day (`next_day`: the one
    after the corresponding day)."""

    start: DateTerm
    within: Parameter
    opens: Parameter | None
    opens_next_day: bool
    extension: Extension | None

    @property
    def period(self) -> Period:
        """The length, without extension."""
        assert isinstance(self.within.quantity, Period)
        return self.within.quantity


@dataclass(frozen=True)
class Deadline:
    """A last day, a window, or recurring days; `alternatives` are its schedules by reading, `met`
    the fact that tells when a last day was kept, if the model has one."""

    id: str
    label: str
    who: tuple[str, ...]
    to: tuple[str, ...]
    law: Anchor
    quote: str
    says: str
    schedule: Window | Recurring
    start_label: str
    met: str | None
    alternatives: Mapping[str, Window | Recurring]
    see: tuple[str, ...]
    note: str | None
    examples: tuple[Example, ...]

    @property
    def done(self) -> str:
        """The id of the day on which it was kept: of that fact, or of a day that workbooks ask
        beside it."""
        return self.met or f"done_{self.id}"


@dataclass(frozen=True)
class OpenTime:
    """A time that the text leaves open; `words` are the regulation's own (及时, 定期)."""

    id: str
    label: str
    who: tuple[str, ...]
    to: tuple[str, ...]
    law: Anchor
    quote: str
    words: str
    says: str
    see: tuple[str, ...]
    note: str | None


@dataclass(frozen=True)
class Paper:
    """A document that the regulation names. `required` is None where it is always required;
    `no_receiver` says why nobody is named who receives it; `part_of` are the papers that it is a
    chapter of."""

    id: str
    label: str
    prepared_by: tuple[str, ...]
    received_by: tuple[str, ...]
    no_receiver: str | None
    law: Anchor
    quote: str
    when: str
    required: Condition | None
    form_of: str | None
    part_of: tuple[str, ...]
    contents: tuple[str, ...]
    open_list: bool
    alternatives: Mapping[str, Condition | None]
    see: tuple[str, ...]
    note: str | None
    examples: tuple[Example, ...]
    place: Problem

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """When it is required, under the main reading and others; none where it always is."""
        return tuple(each for each in (self.required, *self.alternatives.values()) if each)


@dataclass(frozen=True)
class Duty:
    """A sentence that binds, permits, forbids, conditions, has to be weighed, gives charge or
    punishes (`strength`), and how strictly (`degree`: strict, in_principle, explore)."""

    id: str
    who: tuple[str, ...]
    strength: str
    degree: str
    what: str
    toward: tuple[str, ...]
    when: str | None
    condition: str | None
    papers: tuple[str, ...]
    consequence: tuple[str, ...]
    law: Anchor
    quote: str
    see: tuple[str, ...]
    note: str | None


@dataclass(frozen=True)
class Step:
    """A step of a stage; done when all facts of `done` hold, applying only if `applies` holds."""

    id: str
    label: str
    who: tuple[str, ...]
    what: str
    to: tuple[str, ...]
    papers: tuple[str, ...]
    when: str | None
    law: Anchor
    quote: str
    applies: Condition | None
    done: tuple[str, ...]
    see: tuple[str, ...]
    note: str | None


@dataclass(frozen=True)
class Mistake:
    """What is easily done wrong, in plain words, and the place that it offends."""

    says: str
    law: Anchor
    see: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A stage of a project's life, its steps in order; `law` are the places that govern it."""

    id: str
    label: str
    about: str
    law: tuple[Anchor, ...]
    steps: tuple[Step, ...]
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class Term:
    """A term and the words that define it, or (not `defined`) only use it."""

    id: str
    label: str
    aliases: tuple[str, ...]
    law: Anchor
    quote: str
    defined: bool
    see: tuple[str, ...]
    note: str | None


@dataclass(frozen=True)
class Rung:
    """What follows in one case (`when`), as the duties say; `quote` are the words of the case."""

    id: str
    label: str
    when: str
    duties: tuple[str, ...]
    law: Anchor
    quote: str
    see: tuple[str, ...]
    note: str | None


@dataclass(frozen=True)
class Supervision:
    """The duties by which organs watch over others, and the ladder of what follows where
    something is wrong, from the mildest rung up; `note` is about the ladder as a whole."""

    oversight: tuple[str, ...] = ()
    ladder: tuple[Rung, ...] = ()
    note: str | None = None

    @property
    def shown(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.oversight or self.ladder)


@dataclass(frozen=True)
class SelfCheck:
    """A topic that readers may check for themselves: what it shows, by kind, each in order;
    `first` are the topics that should be checked before it."""

    id: str
    label: str
    lead: str
    law: tuple[Anchor, ...]
    first: tuple[str, ...]
    decisions: tuple[str, ...]
    deadlines: tuple[str, ...]
    rules: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True)
class Narrative:
    """Words that bind nobody, and why; without `quote`, all words of the place."""

    law: Anchor
    quote: str | None
    why: str


@dataclass(frozen=True)
class PlainNumber:
    """A number in the text that decides nothing, and why it is no parameter."""

    law: Anchor
    quote: str
    why: str


@dataclass(frozen=True)
class Settlement:
    """The interpreting organ's reply on a reading."""

    outcome: str
    by: str
    number: str
    date: date


@dataclass(frozen=True)
class Reading:
    """A place where the text is open."""

    id: str
    title: str
    law: tuple[Anchor, ...]
    reading: str
    alternative: str | None
    practice: str | None
    settled: Settlement | None


@dataclass(frozen=True)
class Repeal:
    """A regulation that this one repeals."""

    title: str
    number: str | None


@dataclass(frozen=True)
class Site:
    """What the guide says of itself; None is left out."""

    name: str
    description: str | None
    url: str | None
    organiser: str | None
    contact: str | None
    site_code: str | None
    icp: str | None
    police: str | None


@dataclass(frozen=True, eq=False)
class Edition:
    """One regulation as one frozen value, equal to itself only; every id in it is known to exist.

    `layouts` are the workbooks by kind, `entries` what each of them asks beyond the facts,
    `layout_conditions` the conditions of its checks by their keys (`build_checks`), `samples` those
    that are also published filled in; `gists` are by article.
    """

    id: str
    title: str
    short_title: str
    number: str
    issuer: str
    issued: date
    effective: date
    published: date | None
    topic: str | None
    index_number: str | None
    status: str
    interpreter: str
    interpreter_law: Anchor
    repeals: tuple[Repeal, ...]
    site: Site
    text: RegulationText
    source: str
    roles: Mapping[str, Role]
    parameters: Mapping[str, Parameter]
    facts: Mapping[str, Fact]
    derived: Mapping[str, Derived]
    tables: Mapping[str, Table]
    rules: Mapping[str, Rule]
    decisions: Mapping[str, Decision]
    deadlines: Mapping[str, Deadline]
    left_open: Mapping[str, OpenTime]
    papers: Mapping[str, Paper]
    duties: Mapping[str, Duty]
    stages: Mapping[str, Stage]
    terms: Mapping[str, Term]
    gists: Mapping[Anchor, str]
    supervision: Supervision
    selfchecks: Mapping[str, SelfCheck]
    narrative: tuple[Narrative, ...]
    plain_numbers: tuple[PlainNumber, ...]
    readings: Mapping[str, Reading]
    calendar: WorkingCalendar
    layouts: Mapping[str, Layout]
    entries: Mapping[str, Mapping[str, Fact]]
    layout_conditions: Mapping[str, Mapping[str, Condition]]
    samples: Mapping[str, Sample]
    model_hash: str

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """The steps of all stages, in order."""
        return {step.id: step for stage in self.stages.values() for step in stage.steps}

    def open_readings(self, ids: tuple[str, ...]) -> tuple[Reading, ...]:
        """Those of the readings that the interpreting organ has not settled."""
        return tuple(self.readings[id] for id in ids if not self.readings[id].settled)


def decimal_of(steps: int, unit: AmountUnit) -> Decimal:
    """An amount in smallest steps as a decimal in its unit."""
    return Decimal(steps) / unit.steps
