"""What the data files look like: the schema that editors complete from and the loader enforces."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from generator.model.shape_values import (
    STRING_OR_LIST,
    Day,
    Id,
    Label,
    Law,
    Laws,
    Names,
    Number,
    Paragraphs,
    ReadingId,
    Strict,
    Text,
    Words,
)

# edition.yml ------------------------------------------------------------------------------------


class RepealShape(Strict):
    """A regulation that this one repeals."""

    title: Text
    number: Text | None = None


class SiteShape(Strict):
    """What the guide says of itself; what is not known is left out, never invented."""

    name: Text
    description: Text | None = None
    url: Text | None = None
    organiser: Text | None = None
    contact: Text | None = None
    site_code: Text | None = None
    icp: Text | None = None
    police: Text | None = None


class EditionShape(Strict):
    """edition.yml: the regulation's own particulars.

    `issued` is the day that the document bears (成文日期), `published` the day on which a website
    of the government published it, `topic` and `index_number` what the catalogue of published
    documents has it under (主题分类, 索引号).
    """

    title: Text
    short_title: Text
    number: Text
    issuer: Text
    issued: Day
    effective: Day
    published: Day | None = None
    topic: Text | None = None
    index_number: Text | None = None
    status: Literal["in_force", "repealed", "not_yet"]
    interpreter: Id
    interpreter_law: Law
    repeals: tuple[RepealShape, ...] = ()
    site: SiteShape


# text/*.yml -------------------------------------------------------------------------------------


class ItemShape(Strict):
    """An 项: its label as printed, its text (a list if it has several paragraphs).

    Its text is empty where its own items begin at once.
    """

    label: Text
    key: Text
    text: Paragraphs
    items: tuple[ItemShape, ...] = ()

    @model_validator(mode="after")
    def _holds_words(self) -> ItemShape:
        if not all(self.text or ("",)) and not (self.items and len(self.text) == 1):
            raise ValueError("此项既没有文字，也没有下一级的项。")
        return self


class ParagraphShape(Strict):
    """A 款; the only 款 of an article has no key, its place is the article.

    Its text is empty where the article begins with its items at once.
    """

    key: Text | None = None
    text: Words
    items: tuple[ItemShape, ...] = ()

    @model_validator(mode="after")
    def _holds_words(self) -> ParagraphShape:
        if not self.text and not self.items:
            raise ValueError("此款既没有文字，也没有项。")
        return self


class ArticleShape(Strict):
    """An article with its printed label."""

    article: Text
    key: Text
    title: Text | None = None
    paragraphs: Annotated[tuple[ParagraphShape, ...], Field(min_length=1)]


class ChapterShape(Strict):
    """text/NN.yml: one chapter, verbatim."""

    chapter: Text | None = None
    title: Text | None = None
    articles: tuple[ArticleShape, ...]


# roles.yml --------------------------------------------------------------------------------------


class RoleShape(Strict):
    """An organ or actor; `open` where the text leaves it open who that is.

    Without `law` only the notice that issues the regulation names it. `no_duties` says why the
    regulation lays no duty on it.
    """

    label: Label
    short: Label | None = None
    aliases: tuple[Label, ...] = ()
    level: Id
    open: bool = False
    law: Law | None = None
    quote: Text | None = None
    mentions: tuple[Law, ...] = ()
    no_duties: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _says_where_it_is_named(self) -> RoleShape:
        if self.law is None and (self.quote or self.mentions):
            raise ValueError("写明 quote 或者 mentions 的，须同时写明 law。")
        if self.law is None and self.note is None:
            raise ValueError("缺少条文出处 law；只见于印发通知的，须在 note 中说明。")
        return self


class RolesShape(Strict):
    """roles.yml."""

    levels: dict[Id, Label]
    roles: dict[Id, RoleShape]


# parameters.yml ---------------------------------------------------------------------------------


class ParameterShape(Strict):
    """A number of the regulation, with its unit and the words that carry it; `written` where
    they put the number otherwise than in digits or numerals, as a half."""

    label: Label
    value: Number
    unit: Text
    law: Law
    quote: Text
    written: Text | None = None


class PlainNumberShape(Strict):
    """A number in the text that decides nothing, and why it is no parameter."""

    law: Law
    quote: Text
    why: Text


class ParametersShape(Strict):
    """parameters.yml."""

    parameters: dict[Id, ParameterShape]
    plain_numbers: tuple[PlainNumberShape, ...] = ()


# facts.yml --------------------------------------------------------------------------------------


class StatementShape(Strict):
    """A yes/no fact as a statement, for explanations; a negation is never generated."""

    yes: Text
    no: Text


class FactShape(Strict):
    """Something that a person states about a project; `lines`: of a text, how many lines of it
    forms have room for."""

    label: Label
    ask: Text
    type: Literal["yesno", "choice", "amount", "amounts", "date", "text"]
    unit: Text | None = None
    above: Number | None = None
    at_least: Number | None = None
    signed: bool = False
    choices: dict[Id, Label] = Field(default_factory=dict)
    says: StatementShape | None = None
    law: Law | None = None
    quote: Text | None = None
    help: Text | None = None
    lines: Annotated[int, Field(ge=1, le=20)] = 1

    @model_validator(mode="after")
    def _quotes_a_place(self) -> FactShape:
        if self.quote and self.law is None:
            raise ValueError("写明 quote 的，须同时写明 law。")
        return self


class DerivedAlternativeShape(Strict):
    """How a derived value is computed."""

    sum_abs: tuple[Id, ...] = ()
    times: tuple[Id, ...] = ()
    latest: tuple[Id, ...] = ()
    earliest: tuple[Id, ...] = ()


class DerivedShape(DerivedAlternativeShape):
    """A value computed from facts and parameters."""

    label: Label
    law: Law | None = None
    alt: dict[ReadingId, DerivedAlternativeShape] = Field(default_factory=dict)


class TableKeyShape(Strict):
    """The column by which a row of a table is known."""

    label: Label
    help: Text | None = None


class TableShape(Strict):
    """A list that people keep, a row each; `above` fills a list fact from the rows above."""

    label: Label
    key: TableKeyShape
    columns: tuple[Id, ...]
    above: dict[Id, Id] = Field(default_factory=dict)
    law: Law | None = None


class FactsShape(Strict):
    """facts.yml."""

    facts: dict[Id, FactShape]
    derived: dict[Id, DerivedShape] = Field(default_factory=dict)
    tables: dict[Id, TableShape] = Field(default_factory=dict)


# Conditions -------------------------------------------------------------------------------------

Choices = Annotated[
    dict[str, Law | None],
    BeforeValidator(
        lambda value: (
            {value: None}
            if isinstance(value, str)
            else dict.fromkeys(value)
            if isinstance(value, list) and all(isinstance(entry, str) for entry in value)
            else value
        )
    ),
    WithJsonSchema(
        {
            "anyOf": [
                *STRING_OR_LIST["anyOf"],
                {"type": "object", "additionalProperties": {"type": "string"}},
            ]
        }
    ),
]


class LeafAlternativeShape(Strict):
    """What a leaf tests under the other reading: instead (`in`, `is`), or besides (`also`)."""

    inside: Annotated[Names | None, Field(alias="in")] = None
    also: Names = ()
    choices: Annotated[Choices | None, Field(alias="is")] = None


class ConditionShape(Strict):
    """A node: exactly one of `all`, `any`, `not`, `if`; a bare string is short for `if`."""

    all: tuple[ConditionField, ...] | None = None
    any: tuple[ConditionField, ...] | None = None
    negated: Annotated[ConditionField | None, Field(alias="not")] = None
    test: Annotated[Text | None, Field(alias="if")] = None
    inside: Annotated[Names | None, Field(alias="in")] = None
    choices: Annotated[Choices | None, Field(alias="is")] = None
    law: Law | None = None
    label: Label | None = None
    alt: dict[ReadingId, LeafAlternativeShape] = Field(default_factory=dict)


def _condition(value: Any) -> Any:
    return {"if": value} if isinstance(value, str) else value


ConditionField = Annotated[ConditionShape, BeforeValidator(_condition)]
ConditionShape.model_rebuild()  # Else its fields stay unread names, without their aliases.


# rules.yml --------------------------------------------------------------------------------------


class SaysShape(Strict):
    """What people read for each verdict, in whole sentences without the final stop."""

    yes: Text
    no: Text
    unknown: Text


class VerdictExampleShape(Strict):
    """Facts and the verdict that the text gives a rule, or a paper's being required."""

    given: dict[str, Any]
    then: Literal["yes", "no", "unknown"]
    because: tuple[Law, ...] | None = None
    missing: tuple[str, ...] | None = None
    readings: tuple[str, ...] | None = None
    note: Text | None = None


class RuleShape(Strict):
    """A rule: when something may, must or must not be done.

    `good_when`: the answer that is good news for whoever asks, and is shown in green, its opposite
    in red. Unless it says so, a permission is good when it holds, a prohibition and a sanction when
    they do not; that something must be done is neither.
    """

    label: Label
    who: Names
    toward: Names = ()
    modality: Literal["may", "must", "must_not", "sanction"]
    good_when: Literal["yes", "no", "neither"] | None = None
    law: Law
    quote: Text
    says: SaysShape
    when: ConditionField
    each: Id | None = None
    see: tuple[ReadingId, ...] = ()
    note: Text | None = None
    examples: tuple[VerdictExampleShape, ...] = ()


class OutcomeShape(Strict):
    """An outcome of a decision."""

    label: Label
    says: Text
    law: Law


class DecisionExampleShape(Strict):
    """Facts and the outcome that the text gives them; null while several are possible."""

    given: dict[str, Any]
    then: str | None
    possible: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None
    readings: tuple[str, ...] | None = None
    note: Text | None = None


class UnderstoodShape(Strict):
    """Where several rules hold, or none, and why that is as it should be."""

    when: ConditionField
    note: Text


class DecisionShape(Strict):
    """The first of several rules that holds, else `otherwise`."""

    label: Label
    ask: Text
    first_of: tuple[Id, ...]
    otherwise: Id
    unknown: Text
    outcomes: dict[Id, OutcomeShape]
    law: Laws
    see: tuple[ReadingId, ...] = ()
    understood: tuple[UnderstoodShape, ...] = ()
    examples: tuple[DecisionExampleShape, ...] = ()


class RulesShape(Strict):
    """rules.yml."""

    rules: dict[Id, RuleShape]
    decisions: dict[Id, DecisionShape] = Field(default_factory=dict)


# deadlines.yml ----------------------------------------------------------------------------------


class ExtensionShape(Strict):
    """A longer period when a fact holds."""

    when: Annotated[Id, Field(alias="if")]
    by: Id
    law: Law | None = None


class DeadlineAlternativeShape(Strict):
    """What differs under the other reading."""

    opens_on: Literal["same_day", "next_day"] | None = None
    last: Literal["next", "clamp", "within"] | None = None


class DatesShape(Strict):
    """What a deadline comes to."""

    due: Day | None = None
    opens: Day | None = None
    rolls_to: Day | None = None
    dates: tuple[Day, ...] | None = None


class DeadlineExampleShape(DatesShape):
    """Facts and the dates that the text gives them, counted by hand; `alt`: by other readings."""

    given: dict[str, Any]
    missing: tuple[str, ...] | None = None
    readings: tuple[str, ...] | None = None
    alt: dict[ReadingId, DatesShape] = Field(default_factory=dict)
    note: Text | None = None


class DeadlineShape(Strict):
    """A last day, a window, or recurring days; `met` is the day that tells when it was kept."""

    label: Label
    who: Names
    to: Names = ()
    law: Law
    quote: Text
    start: Annotated[Id, Field(alias="from")]
    within: Id | None = None
    opens: Id | None = None
    opens_on: Literal["same_day", "next_day"] = "same_day"
    extend: ExtensionShape | None = None
    met: Id | None = None
    every: Literal["month_end", "quarter_end", "year_end"] | None = None
    until: Id | None = None
    last: Literal["next", "clamp", "within"] | None = None
    says: Text
    alt: dict[ReadingId, DeadlineAlternativeShape] = Field(default_factory=dict)
    see: tuple[ReadingId, ...] = ()
    note: Text | None = None
    examples: tuple[DeadlineExampleShape, ...] = ()


class OpenTimeShape(Strict):
    """A time that the text leaves open: its `words` (及时, 定期) give no day to count to."""

    label: Label
    who: Names
    to: Names = ()
    law: Law
    quote: Text
    words: Text
    says: Text
    see: tuple[ReadingId, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _quotes_its_words(self) -> OpenTimeShape:
        if "".join(self.words.split()) not in "".join(self.quote.split()):
            raise ValueError(f"words（“{self.words}”）应为引文 quote 中的文字。")
        return self


class DeadlinesShape(Strict):
    """deadlines.yml."""

    deadlines: dict[Id, DeadlineShape]
    left_open: dict[Id, OpenTimeShape] = Field(default_factory=dict)


# documents.yml ----------------------------------------------------------------------------------


Required = Annotated[
    Literal["always"] | ConditionShape,
    BeforeValidator(lambda value: value if value == "always" else _condition(value)),
]


class DocumentAlternativeShape(Strict):
    """When the paper is required under the other reading."""

    required: Required


class DocumentShape(Strict):
    """A paper: who prepares it, who gets it (or why the text names nobody), when it is required.

    `form_of`: the paper that it is one form of; `part_of`: the papers that it is a chapter of.
    """

    label: Label
    prepared_by: Names
    received_by: Names = ()
    no_receiver: Text | None = None
    law: Law
    quote: Text
    when: Text
    required: Required
    form_of: Id | None = None
    part_of: Names = ()
    contents: tuple[Text, ...] = ()
    open_list: bool = False
    alt: dict[ReadingId, DocumentAlternativeShape] = Field(default_factory=dict)
    see: tuple[ReadingId, ...] = ()
    note: Text | None = None
    examples: tuple[VerdictExampleShape, ...] = ()

    @model_validator(mode="after")
    def _goes_somewhere(self) -> DocumentShape:
        if not self.received_by and not self.no_receiver:
            raise ValueError("须写明 received_by；条文没有写明接收方的，在 no_receiver 中说明。")
        if self.received_by and self.no_receiver:
            raise ValueError("received_by 和 no_receiver 只能写一个。")
        return self


class DocumentsShape(Strict):
    """documents.yml."""

    documents: dict[Id, DocumentShape]


# duties.yml -------------------------------------------------------------------------------------


Strength = Literal["must", "may", "must_not", "condition", "factor", "charge", "sanction"]


class DutyShape(Strict):
    """A sentence that binds (must, must_not), permits (may), conditions (condition), has to be
    weighed (factor), gives charge of something (charge) or punishes (sanction).

    `degree` is how strictly (原则上: in_principle, 探索: explore). `consequence`: the duties that
    follow where this one is not met.
    """

    who: Names
    strength: Strength
    degree: Literal["strict", "in_principle", "explore"] = "strict"
    what: Text
    toward: Names = ()
    when: Text | None = None
    condition: Text | None = None
    papers: Names = ()
    consequence: Names = ()
    law: Law
    quote: Text
    see: tuple[ReadingId, ...] = ()
    note: Text | None = None


class DutiesShape(Strict):
    """duties.yml."""

    duties: dict[Id, DutyShape]


# stages.yml -------------------------------------------------------------------------------------


class StepShape(Strict):
    """A step of a stage: who does what, with which papers, to whom.

    It is done when all facts of `done` hold (a date: when that day has come); it applies always,
    or only if `applies` holds.
    """

    label: Label
    who: Names
    what: Text
    to: Names = ()
    papers: Names = ()
    when: Text | None = None
    law: Law
    quote: Text
    applies: Annotated[ConditionField | None, Field(alias="if")] = None
    done: Annotated[Names, Field(min_length=1)]
    see: tuple[ReadingId, ...] = ()
    note: Text | None = None


class MistakeShape(Strict):
    """What is easily done wrong in a stage, in plain words, and the place that it offends."""

    says: Text
    law: Law
    see: tuple[ReadingId, ...] = ()


class StageShape(Strict):
    """A stage of a project's life: the places that govern it, its steps in order.

    `mistakes` are for the guide; whatever is forbidden in the stage it finds by itself.
    """

    label: Label
    about: Text
    law: Laws
    steps: Annotated[dict[Id, StepShape], Field(min_length=1)]
    mistakes: tuple[MistakeShape, ...] = ()


class StagesShape(Strict):
    """stages.yml."""

    stages: dict[Id, StageShape] = Field(default_factory=dict)


# terms.yml --------------------------------------------------------------------------------------


class TermShape(Strict):
    """A term: `quote` is its definition, or where the text only uses it (`defined: false`), the
    words that do."""

    label: Label
    aliases: tuple[Label, ...] = ()
    law: Law
    quote: Text
    defined: bool = True
    see: tuple[ReadingId, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _explains(self) -> TermShape:
        if not self.defined and not (self.note or self.see):
            raise ValueError("条文没有定义的术语，须在 note 中说明，或者在 see 中列出解读。")
        return self


class TermsShape(Strict):
    """terms.yml."""

    terms: dict[Id, TermShape] = Field(default_factory=dict)


# gists.yml --------------------------------------------------------------------------------------


class GistShape(Strict):
    """What an article says, in plain words: an explanation, never the text."""

    law: Law
    says: Text

    @model_validator(mode="after")
    def _tells_of_an_article(self) -> GistShape:
        if self.law != self.law.article_anchor:
            raise ValueError(f"要义逐条来写，应为 {self.law.article_anchor}。")
        return self


class GistsShape(Strict):
    """gists.yml."""

    gists: tuple[GistShape, ...] = ()

    @model_validator(mode="after")
    def _tells_once(self) -> GistsShape:
        articles = [each.law for each in self.gists]
        for place, law in enumerate(articles):
            if law in articles[:place]:
                raise ValueError(f"{law} 的要义写了两次。")
        return self


# supervision.yml --------------------------------------------------------------------------------


class RungShape(Strict):
    """A rung of the ladder from a reminder to punishment: in which case (`when`, and the words
    that say so), and the duties that tell who then does what."""

    label: Label
    when: Text
    duties: Annotated[Names, Field(min_length=1)]
    law: Law
    quote: Text
    see: tuple[ReadingId, ...] = ()
    note: Text | None = None


class SupervisionShape(Strict):
    """supervision.yml: `oversight` are the duties by which organs watch over what others do,
    `ladder` what follows where something is wrong, in order; `note` stands above the ladder."""

    oversight: Names = ()
    ladder: dict[Id, RungShape] = Field(default_factory=dict)
    note: Text | None = None


# narrative.yml ----------------------------------------------------------------------------------


class NarrativeShape(Strict):
    """Words that bind nobody, and why; without `quote`, all words of the place."""

    law: Law
    quote: Text | None = None
    why: Text


class NarrativesShape(Strict):
    """narrative.yml."""

    narrative: tuple[NarrativeShape, ...] = ()


# readings.yml -----------------------------------------------------------------------------------


class SettlementShape(Strict):
    """How the interpreting organ settled a reading."""

    outcome: Literal["reading", "alternative"]
    by: Id
    number: Text
    date: Day


class ReadingShape(Strict):
    """A place where the text is open, how it is read here, and what else it could mean."""

    title: Label
    law: Laws
    reading: Text
    alternative: Text | None = None
    practice: Text | None = None
    settled: SettlementShape | None = None


class ReadingsShape(Strict):
    """readings.yml."""

    readings: dict[ReadingId, ReadingShape]


# calendar/YYYY.yml ------------------------------------------------------------------------------


class HolidayShape(Strict):
    """Days off in a row."""

    label: Label
    first: Day
    last: Day


class CalendarSourceShape(Strict):
    """The notice that fixes a year's days off."""

    title: Text
    number: Text


class CalendarShape(Strict):
    """calendar/YYYY.yml: a published year's public holidays and the working weekends (调休)."""

    year: int
    source: CalendarSourceShape
    holidays: tuple[HolidayShape, ...]
    working_weekends: tuple[Day, ...] = ()


# examples/<kind>.yml ----------------------------------------------------------------------------


class PaperRecordShape(Strict):
    """What is written beside a paper of a checklist."""

    ready: Any = None
    number: Any = None
    date: Any = None
    evidence: Any = None


class StepRecordShape(Strict):
    """What is written beside a step, as its own unit sees it: 文号, the day on which its papers
    went out, the day on which the answer came or it was done, evidence."""

    number: Any = None
    sent: Any = None
    received: Any = None
    evidence: Any = None


class ReportRecordShape(Strict):
    """What is written beside one of the days of a recurring deadline."""

    sent: Any = None
    number: Any = None
    evidence: Any = None


class SampleShape(Strict):
    """examples/<kind>.yml: the workbook of that kind, filled in for a project that is made up.

    Values as people write them: yes or no, a choice's id or label, numbers, days, texts. Rows of
    tables and registers have a `key` beside their columns. `deadlines` are the days on which they
    were met; of a recurring one, a list in the order of its days. `letters` are the texts written
    on forms for paper, by paper and row.
    """

    title: Label
    as_of: Day
    answers: dict[Id, Any] = Field(default_factory=dict)
    tables: dict[Id, tuple[dict[Id, Any], ...]] = Field(default_factory=dict)
    registers: dict[Id, tuple[dict[Id, Any], ...]] = Field(default_factory=dict)
    papers: dict[Id, PaperRecordShape] = Field(default_factory=dict)
    steps: dict[Id, StepRecordShape] = Field(default_factory=dict)
    deadlines: dict[Id, Day | tuple[ReportRecordShape, ...]] = Field(default_factory=dict)
    letters: dict[Id, dict[Id, Any]] = Field(default_factory=dict)
