"""What a workbook holds: sheets of blocks. Kinds of blocks only; their contents are data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.layout_checks import CheckShape, RegisterCheckShape
from generator.model.shape import FactShape
from generator.model.shape_values import Id, Label, Law, Names, Strict, Text


class TextBlock(Strict):
    """Plain paragraphs."""

    block: Literal["text"]
    title: Text | None = None
    lines: tuple[Text, ...]


class IdentityBlock(Strict):
    """Edition, file kind, recipient, legend: what the file is and how to fill it; `shows` are
    answers that tell one file from another, such as the project's name."""

    block: Literal["identity"]
    shows: tuple[Id, ...] = ()


class ProgressBlock(Strict):
    """How much is filled, the next deadline, what is overdue."""

    block: Literal["progress"]
    title: Text


class FormBlock(Strict):
    """Questions with one answer each; `fields` are facts or this workbook's own entries."""

    block: Literal["form"]
    title: Text
    fields: Annotated[tuple[Id, ...], Field(min_length=1)]


class ChosenShape(Strict):
    """The way that people have chosen (a choice fact), held against the rules of a decision:
    which of them permit each choice; a choice that is not named is always permitted."""

    fact: Id
    permitted_by: dict[Id, tuple[Id, ...]]


class VerdictBlock(Strict):
    """Rules or decisions: verdict, basis, what is still needed, open readings, then each condition
    a row with its state. Where a rule only asks some plain questions, a row names those that decide
    instead; with `each_condition` each has a row nonetheless. `notes`: the rules' own remarks have
    a row each, too."""

    block: Literal["verdict"]
    title: Text
    shows: Annotated[tuple[Id, ...], Field(min_length=1)]
    chosen: dict[Id, ChosenShape] = Field(default_factory=dict)
    each_condition: bool = False
    notes: bool = True


class TableBlock(Strict):
    """A table that people fill, and below it the verdict on each of its rows. `records` are entries
    of this workbook that are noted of each row, such as a 文号: no verdict reads them."""

    block: Literal["table"]
    title: Text
    table: Id
    rows: Annotated[int, Field(ge=3, le=200)]
    records: tuple[Id, ...] = ()


class ChecklistBlock(Strict):
    """Papers: whether each is required, whether it is there, 文号, date, evidence; of those that
    are not for whoever fills the workbook to hand in, who issues them. `noted`: papers of which a
    step of this workbook notes all that: the list shows how far that step is, and asks nothing.
    `tells_lacking`: a line below names those that are required and not said to be there."""

    block: Literal["checklist"]
    title: Text
    papers: Annotated[tuple[Id, ...], Field(min_length=1)]
    tells_lacking: bool = False
    noted: dict[Id, Id] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _notes_its_papers(self) -> ChecklistBlock:
        for paper in self.noted:
            if paper not in self.papers:
                raise ValueError(f"“{paper}” 不是本清单的材料（papers）。")
        if self.noted and self.tells_lacking:
            raise ValueError("写了 noted 的清单不登记是否已备，不能再写 tells_lacking。")
        return self


class TimelineBlock(Strict):
    """Deadlines: base, first and last day, rolled day, days left, state; recurring days listed.

    Several timelines may show a deadline: what people fill in stands where it comes first. `years`
    is how many years of recurring days there is room for in the workbook: the most that any of its
    timelines says, six if none does.
    """

    block: Literal["timeline"]
    title: Text
    deadlines: Annotated[tuple[Id, ...], Field(min_length=1)]
    years: Annotated[int, Field(ge=1, le=20)] | None = None


class ReadingsBlock(Strict):
    """The readings that are open and would change an outcome, a row each."""

    block: Literal["readings"]
    title: Text


class ProvisionsBlock(Strict):
    """The whole text of the regulation, a row a provision."""

    block: Literal["provisions"]
    title: Text


class StepsBlock(Strict):
    """Steps of a project's life, a row each: who, to whom, which papers; whether it is done, its
    文号, dates out and in, evidence; what its state is and which step is next."""

    block: Literal["steps"]
    title: Text
    steps: Annotated[tuple[Id, ...], Field(min_length=1)]


class RegisterKeyShape(Strict):
    """The column by which a row is known; `of`: the days of a recurring deadline to choose from,
    and `sent` the column with the day on which the row was handed in."""

    label: Label
    help: Text | None = None
    of: Id | None = None
    sent: Id | None = None

    @model_validator(mode="after")
    def _is_sent(self) -> RegisterKeyShape:
        if (self.of is None) != (self.sent is None):
            raise ValueError("按期限登记的，须同时写明期限（of）和报送日期的列（sent）。")
        return self


class RegisterBlock(Strict):
    """A list of this workbook's own: columns are its entries, with totals and checks; `of` in the
    key makes it the register of a recurring deadline, with the state of each of its days.
    `optional` columns may stay empty: a row without them is not said to lack anything; those of
    `only_with` are not asked for either while a yes/no column is answered no.

    `carries`: the columns that say what a row is about rather than how it stands. Rows of a roster
    may list them, and a register that `follows` this one begins, in the next copy, with its keys
    and them; of registers that follow each other the first alone names them. The keys of the one
    that it follows should be found in it too."""

    block: Literal["register"]
    id: Id
    title: Text
    about: Text | None = None
    key: RegisterKeyShape
    columns: Annotated[tuple[Id, ...], Field(min_length=1)]
    rows: Annotated[int, Field(ge=3, le=200)]
    optional: tuple[Id, ...] = ()
    only_with: dict[Id, Id] = Field(default_factory=dict)
    totals: tuple[Id, ...] = ()
    checks: tuple[RegisterCheckShape, ...] = ()
    carries: tuple[Id, ...] = ()
    follows: Id | None = None
    law: Law | None = None

    @model_validator(mode="after")
    def _uses_its_columns(self) -> RegisterBlock:
        if len(set(self.columns)) < len(self.columns):
            raise ValueError("同一列写了不止一次。")
        sent = (self.key.sent,) if self.key.sent else ()
        guarded = (*self.only_with, *self.only_with.values())
        checked = (check.column for check in self.checks)
        named = (*sent, *self.optional, *guarded, *self.totals, *self.carries, *checked)
        for column in named:
            if column not in self.columns:
                raise ValueError(f"“{column}” 不是本登记表的列（columns）。")
        for check in self.checks:
            if check.kind == "not_falling" and not self.key.of:
                raise ValueError("not_falling 按日期先后比较，只用于按期限登记的表（key 的 of）。")
            if check.kind == "not_below_former" and not self.follows:
                raise ValueError("not_below_former 同上一期的登记表比较，须写明 follows。")
            if check.kind == "total_at_most" and check.than in self.columns:
                raise ValueError("total_at_most 的合计须与一个事实比，不与本表的列比。")
        if self.key.of and (self.carries or self.follows):
            raise ValueError("按期限登记的表（key 的 of）各期都在一张表里，不写 carries、follows。")
        if self.carries and self.follows:
            raise ValueError("接着另一张登记表的（follows），带入哪些列写在最前一张表，此处不写。")
        return self


class FindingsBlock(Strict):
    """Everything that is wrong or still to fill in the whole workbook, each a link to its cell;
    with `doubts` also what looks wrong and is to be checked again."""

    block: Literal["findings"]
    title: Text
    rows: Annotated[int, Field(ge=10, le=200)] = 60
    doubts: bool = False


class ChartBlock(Strict):
    """A picture of numbers of this workbook: how far each stage is (stages), the days left to each
    deadline (deadlines), columns of a register (`source`) by its key (register)."""

    block: Literal["chart"]
    title: Text
    of: Literal["stages", "deadlines", "register"]
    source: Id | None = None
    columns: tuple[Id, ...] = ()


class SealBlock(Strict):
    """The foot of a form that is handed in on paper: unit and seal, who filled in, checked, is
    responsible, telephone, date; `fields` are entries."""

    block: Literal["seal"]
    fields: Annotated[tuple[Id, ...], Field(min_length=1)]


class LetterRowShape(Strict):
    """A row of a printed form: a label, and what stands there.

    `shows`: an answer, a verdict's sentence, a deadline's day; or `id`: room to write, by hand or
    with the keyboard, under that name among the rows of the paper. `lines` is how high it is.
    `figure`: of a verdict on the row of a table that adds up sizes, that total instead of its
    sentence, or the share that it is. `screen`: not printed, but above the title for whoever fills
    the form in. `half`: two rows share a line (by itself: amounts, dates, 是/否 and deadlines).
    """

    label: Label
    shows: Id | None = None
    figure: Literal["total", "total_share"] | None = None
    screen: bool = False
    id: Id | None = None
    lines: Annotated[int, Field(ge=1, le=20)] = 1
    half: bool | None = None

    @model_validator(mode="after")
    def _has_one_content(self) -> LetterRowShape:
        if (self.shows is None) == (self.id is None):
            raise ValueError("一栏要么显示别处的内容（shows），要么留给人填写（id），二者写一个。")
        if self.id and (self.figure or self.screen):
            raise ValueError("留给人填写的一栏（id）不写 figure、screen。")
        return self


class LetterBlock(Strict):
    """A form to print and seal: its addressee, its words, rows filled from other cells.

    `picks`: a table or register of this workbook of which one row is printed (the last, or the one
    whose key people pick above the form); rows then show its columns, the verdicts on it, the sum
    of the sizes in the rows above it and, by the id of the table itself, its key.
    """

    block: Literal["letter"]
    title: Text
    paper: Id
    picks: Id | None = None
    words: Text
    rows: Annotated[tuple[LetterRowShape, ...], Field(min_length=1)]
    encloses: tuple[Id, ...] = ()


class DutiesBlock(Strict):
    """The duties of an organ (of a sheet that stands for each role: that role's), a row each with
    basis, timing, counterpart, state, date, evidence."""

    block: Literal["duties"]
    title: Text
    role: Id | None = None


class MeasureShape(Strict):
    """Something that has to be kept up: what it is called, what the text asks, and where."""

    label: Label
    what: Text
    law: Law


class MeasuresBlock(Strict):
    """What has to be kept up over a project's life and makes no step done, a row each with its
    state, a date and evidence."""

    block: Literal["measures"]
    id: Id
    title: Text
    rows: Annotated[tuple[MeasureShape, ...], Field(min_length=1)]


Block = Annotated[
    TextBlock
    | IdentityBlock
    | ProgressBlock
    | FormBlock
    | VerdictBlock
    | TableBlock
    | ChecklistBlock
    | TimelineBlock
    | ReadingsBlock
    | ProvisionsBlock
    | StepsBlock
    | RegisterBlock
    | FindingsBlock
    | ChartBlock
    | SealBlock
    | LetterBlock
    | DutiesBlock
    | MeasuresBlock,
    Field(discriminator="block"),
]


class SheetShape(Strict):
    """A sheet: its name as people see it, what it is for, its blocks from top to bottom.

    `each: role` makes a sheet for each role that has duties of its own, named after it (`name` is
    what its name ends with, if anything must be added); `printed`: a form for paper, upright.
    """

    name: Annotated[str, Field(min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\]+$")]
    about: Text | None = None
    each: Literal["role"] | None = None
    printed: bool = False
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]


class Layout(Strict):
    """workbooks/<kind>.yml: one workbook. `audience` fills it, `use` says so where others do, too
    (else 供…填写); `acts_as` are the other names that
    the regulation has for it (the department that builds, the one that leads); `checks` are answers
    that contradict each other. `recipient_fills`: the texts that a numbered copy answers with the
    name of the unit it is issued to. `identified_by` are answers that tell one file
    from another: each sheet with a seal says them at its top, unless it asks them all itself."""

    title: Text
    file: Annotated[str, Field(pattern=r"^[^\\/:*?\"<>|]+$")]
    audience: Id
    use: Text | None = None
    acts_as: Names = ()
    recipient_fills: tuple[Id, ...] = ()
    warning: Text | None = None
    identified_by: tuple[Id, ...] = ()
    entries: dict[Id, FactShape] = Field(default_factory=dict)
    checks: tuple[CheckShape, ...] = ()
    sheets: Annotated[tuple[SheetShape, ...], Field(min_length=1)]
