"""What the published JSON looks like: the models are its JSON Schema and write it.

Ids are those of the data and of the pages' anchors. What an edition does not state is left out.
Descriptions are Chinese: they are what people read who use the files.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Number = int | float


class Record(BaseModel):
    """A record has no keys but those named here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Identifier = Annotated[str, Field(description="标识，各文件之间以此互相引用")]
Label = Annotated[str, Field(description="名称")]
Law = Annotated[str, Field(description="依据的条款，见 provisions.json 的 id")]
Laws = Annotated[tuple[str, ...], Field(description="依据的条款，见 provisions.json 的 id")]
Quote = Annotated[str, Field(description="条文原文中的词句，一字不改")]
RoleIds = Annotated[tuple[str, ...], Field(description="角色，见 roles.json 的 id")]
Papers = Annotated[tuple[str, ...], Field(description="材料，见 documents.json 的 id")]
Readings = Annotated[
    tuple[str, ...], Field(description="有关的解读，见 readings.json 的 id；解读不是条文")
]
Note = Annotated[str | None, Field(description="说明，不是条文")]
Page = Annotated[str, Field(description="本指南中的地址，相对于首页所在的目录")]
Text = Annotated[str, Field(description="用文字说")]


# Edition and text --------------------------------------------------------------------------------


class RepealRecord(Record):
    """A regulation that this one repeals."""

    title: Annotated[str, Field(description="名称")]
    number: Annotated[str | None, Field(description="发文字号")] = None


class EditionRecord(Record):
    """The regulation's own particulars."""

    id: Annotated[str, Field(description="版本标识")]
    title: Annotated[str, Field(description="办法全称")]
    short_title: Annotated[str, Field(description="办法简称")]
    number: Annotated[str, Field(description="发文字号")]
    issuer: Annotated[str, Field(description="发文机关")]
    issued: Annotated[date, Field(description="成文日期")]
    published: Annotated[date | None, Field(description="发布日期")] = None
    effective: Annotated[date, Field(description="施行日期")]
    topic: Annotated[str | None, Field(description="主题分类")] = None
    index_number: Annotated[str | None, Field(description="索引号")] = None
    status: Annotated[
        Literal["in_force", "repealed", "not_yet"],
        Field(description="有效性：in_force 现行有效，repealed 已废止，not_yet 尚未施行"),
    ]
    interpreter: Annotated[str, Field(description="解释机关，见 roles.json 的 id")]
    interpreter_law: Law
    repeals: Annotated[tuple[RepealRecord, ...], Field(description="同时废止的办法")]
    model_hash: Annotated[str, Field(description="内容校验码，与工作簿封面所载的相同")]


class ProvisionRecord(Record):
    """A place in the text with its own words."""

    id: Annotated[str, Field(description="条款的锚点，即网页上的 id")]
    citation: Annotated[str, Field(description="引用写法")]
    kind: Annotated[
        Literal["article", "paragraph", "item", "item_paragraph"],
        Field(description="article 条，paragraph 款，item 项，item_paragraph 项内的段"),
    ]
    key: Annotated[str, Field(description="修订改动条款序号之后仍然不变的标识")]
    parent: Annotated[str | None, Field(description="所在的上一级条款")] = None
    chapter: Annotated[str | None, Field(description="所在的章")] = None
    label: Annotated[str | None, Field(description="印发文本中的序号")] = None
    title: Annotated[str | None, Field(description="条标")] = None
    text: Annotated[str, Field(description="这一处自己的文字，不含下级各项；没有的为空")]
    page: Page


class RoleRecord(Record):
    """An organ or actor."""

    id: Identifier
    label: Label
    short: Annotated[str, Field(description="简称")]
    aliases: Annotated[tuple[str, ...], Field(description="条文中的其他称谓")]
    level: Annotated[str, Field(description="层级的标识")]
    level_label: Annotated[str, Field(description="层级")]
    open: Annotated[bool, Field(description="true：条文没有指明是哪个具体机关")]
    law: Annotated[str | None, Field(description="首次出现的条款")] = None
    mentions: Annotated[tuple[str, ...], Field(description="提到它的其他条款")]
    no_duties: Annotated[str | None, Field(description="条文没有给它规定职责的，说明原因")] = None
    note: Note = None
    page: Page


class DutyRecord(Record):
    """A sentence that binds, permits, forbids, gives charge or punishes."""

    id: Identifier
    who: RoleIds
    strength: Annotated[
        Literal["must", "may", "must_not", "condition", "factor", "charge", "sanction"],
        Field(description="约束力"),
    ]
    degree: Annotated[
        Literal["strict", "in_principle", "explore"],
        Field(description="strict 严格，in_principle 原则上，explore 探索"),
    ]
    word: Annotated[str, Field(description="约束力的用词，如 应当、可以、不得、原则上应当")]
    what: Annotated[str, Field(description="做什么")]
    toward: RoleIds
    when: Annotated[str | None, Field(description="时间")] = None
    condition: Annotated[str | None, Field(description="条件")] = None
    papers: Papers
    consequence: Annotated[
        tuple[str, ...], Field(description="没有做到时怎样处理，见本文件中职责的 id")
    ]
    law: Law
    quote: Quote
    readings: Readings
    note: Note = None
    page: Page


class TermRecord(Record):
    """A term."""

    id: Identifier
    label: Label
    aliases: Annotated[tuple[str, ...], Field(description="别称")]
    law: Law
    quote: Quote
    defined: Annotated[bool, Field(description="false：条文用了这个词，没有下定义")]
    readings: Readings
    note: Note = None
    page: Page


class SettlementRecord(Record):
    """The interpreting organ's reply."""

    outcome: Annotated[
        Literal["reading", "alternative"],
        Field(description="reading 采用本指南的读法，alternative 采用另一种读法"),
    ]
    by: Annotated[str, Field(description="答复的机关，见 roles.json 的 id")]
    number: Annotated[str, Field(description="文号")]
    date: Annotated[date, Field(description="日期")]


class ReadingRecord(Record):
    """A place where the text is open."""

    id: Identifier
    title: Annotated[str, Field(description="问题")]
    law: Laws
    reading: Annotated[str, Field(description="本指南的读法")]
    alternative: Annotated[str | None, Field(description="另一种读法")] = None
    practice: Annotated[str | None, Field(description="怎样处理")] = None
    settled: Annotated[
        SettlementRecord | None, Field(description="解释机关的答复；没有的，尚未答复")
    ] = None
    page: Page


# Numbers, facts, conditions ----------------------------------------------------------------------


class ParameterRecord(Record):
    """A number of the regulation."""

    id: Identifier
    label: Label
    value: Annotated[Number, Field(description="数值")]
    unit: Annotated[
        str,
        Field(description="单位：万元、元、percent、day、working_day、month、year 或者量词"),
    ]
    text: Text
    law: Law
    quote: Quote
    page: Page


class FactRecord(Record):
    """Something that a person states about a project."""

    id: Identifier
    label: Label
    ask: Annotated[str, Field(description="问题")]
    type: Annotated[
        Literal["yesno", "choice", "amount", "amounts", "date", "text"],
        Field(description="答案的种类"),
    ]
    unit: Annotated[str | None, Field(description="金额的单位")] = None
    choices: Annotated[dict[str, str] | None, Field(description="可选的答案")] = None
    law: Annotated[str | None, Field(description="依据的条款")] = None
    help: Annotated[str | None, Field(description="填写说明，不是条文")] = None


class BoundRecord(Record):
    """One end of an interval of amounts."""

    text: Text
    included: Annotated[bool, Field(description="是否包括本数")]
    parameter: Annotated[str | None, Field(description="见 parameters.json 的 id")] = None
    facts: Annotated[
        tuple[str, ...], Field(description="见 facts.json 的 id；与 parameter 并存的，为其一定比例")
    ] = ()


class IntervalRecord(Record):
    """An interval of amounts."""

    low: Annotated[BoundRecord | None, Field(description="下限；没有的，不设下限")] = None
    high: Annotated[BoundRecord | None, Field(description="上限；没有的，不设上限")] = None


class TestRecord(Record):
    """What is asked of facts."""

    text: Text
    facts: Annotated[tuple[str, ...], Field(description="所看的事实，见 facts.json 的 id")]
    choices: Annotated[
        tuple[str, ...] | None, Field(description="事实为其中之一的，成立；是否类的为 yes")
    ] = None
    intervals: Annotated[
        tuple[IntervalRecord, ...] | None, Field(description="金额在其中任一区间的，成立")
    ] = None


class ConditionRecord(Record):
    """A node of a condition."""

    kind: Annotated[
        Literal["all", "any", "not", "test"],
        Field(
            description="all 须同时满足，any 满足任一，not 不成立的才满足，test 对事实的一项判断"
        ),
    ]
    text: Text
    law: Annotated[str | None, Field(description="依据的条款")] = None
    parts: Annotated[
        tuple[ConditionRecord, ...] | None, Field(description="下级条件（all、any、not）")
    ] = None
    test: Annotated[TestRecord | None, Field(description="所作的判断（test）")] = None
    alternatives: Annotated[
        dict[str, TestRecord] | None, Field(description="按另一种读法所作的判断，以解读的 id 为键")
    ] = None


# What is decided ---------------------------------------------------------------------------------


class SaysRecord(Record):
    """What people read for each verdict."""

    yes: Annotated[str, Field(description="结论为“是”的")]
    no: Annotated[str, Field(description="结论为“否”的")]
    unknown: Annotated[str, Field(description="还不能判断的（待填）")]


class RuleRecord(Record):
    """When something may, must or must not be done."""

    id: Identifier
    label: Label
    who: RoleIds
    toward: RoleIds
    modality: Annotated[
        Literal["must", "may", "must_not", "condition", "factor", "charge", "sanction"],
        Field(description="约束力；may 的条件不成立，是不得适用，不是违反"),
    ]
    word: Annotated[str, Field(description="约束力的用词")]
    law: Law
    quote: Quote
    when: Annotated[ConditionRecord, Field(description="条件")]
    each: Annotated[str | None, Field(description="逐行判断的表格的标识")] = None
    says: Annotated[SaysRecord, Field(description="结论")]
    readings: Readings
    note: Note = None
    page: Page


class OutcomeRecord(Record):
    """One outcome of a decision."""

    id: Identifier
    label: Label
    says: Annotated[str, Field(description="结论")]
    law: Law


class DecisionRecord(Record):
    """The first of several rules that holds, else `otherwise`."""

    id: Identifier
    label: Label
    ask: Annotated[str, Field(description="问题")]
    first_of: Annotated[
        tuple[str, ...], Field(description="依次判断的规则，见 rules.json 的 id；先成立者为准")
    ]
    otherwise: Annotated[str, Field(description="都不成立时的结果")]
    outcomes: Annotated[tuple[OutcomeRecord, ...], Field(description="可能的结果")]
    unknown: Annotated[str, Field(description="还不能判断的（待填）")]
    law: Laws
    readings: Readings
    page: Page


class PeriodRecord(Record):
    """A length of time."""

    count: Annotated[int, Field(description="数")]
    unit: Annotated[Literal["day", "working_day", "month", "year"], Field(description="单位")]
    parameter: Annotated[str, Field(description="见 parameters.json 的 id")]


class ExtensionRecord(Record):
    """A period added when a fact holds."""

    fact: Annotated[str, Field(description="见 facts.json 的 id")]
    by: Annotated[PeriodRecord, Field(description="延长多久")]
    law: Law


class ScheduleRecord(Record):
    """When a deadline falls."""

    kind: Annotated[
        Literal["window", "recurring"], Field(description="window 从某日起算，recurring 按期重复")
    ]
    text: Text
    start: Annotated[tuple[str, ...], Field(description="起算的日期，见 facts.json 的 id")]
    pick: Annotated[
        Literal["latest", "earliest"] | None, Field(description="起算的日期有几个时取哪一个")
    ] = None
    opens: Annotated[PeriodRecord | None, Field(description="自起算之日满多久开始")] = None
    opens_next_day: Annotated[bool | None, Field(description="true：自其次日开始")] = None
    within: Annotated[PeriodRecord | None, Field(description="自起算之日满多久届满")] = None
    extension: Annotated[ExtensionRecord | None, Field(description="延长")] = None
    every: Annotated[
        Literal["month_end", "quarter_end", "year_end"] | None, Field(description="重复于哪一日")
    ] = None
    until: Annotated[str | None, Field(description="重复至哪一日期，见 facts.json 的 id")] = None
    last: Annotated[
        Literal["next", "clamp", "within"] | None,
        Field(
            description="最后一次：next 为当日或者其后的第一个，clamp 不迟于当日，"
            "within 为当日或者其前的最后一个"
        ),
    ] = None


class DeadlineRecord(Record):
    """A last day, a window, or recurring days."""

    id: Identifier
    label: Label
    who: RoleIds
    to: RoleIds
    law: Law
    quote: Quote
    says: Text
    schedule: Annotated[ScheduleRecord, Field(description="怎样推算")]
    alternatives: Annotated[
        dict[str, ScheduleRecord], Field(description="按另一种读法怎样推算，以解读的 id 为键")
    ]
    readings: Readings
    note: Note = None
    page: Page


class OpenTimeRecord(Record):
    """A time that the text leaves open."""

    id: Identifier
    label: Label
    who: RoleIds
    to: RoleIds
    law: Law
    quote: Quote
    words: Annotated[str, Field(description="条文对时间的用语")]
    says: Text
    readings: Readings
    note: Note = None
    page: Page


class DocumentRecord(Record):
    """A paper that the regulation names."""

    id: Identifier
    label: Label
    prepared_by: RoleIds
    received_by: RoleIds
    no_receiver: Annotated[str | None, Field(description="没有接收方的，说明原因")] = None
    law: Law
    quote: Quote
    when: Annotated[str, Field(description="何时")]
    always: Annotated[bool, Field(description="true：一律需要")]
    required: Annotated[
        ConditionRecord | None, Field(description="符合此条件的才需要（always 为 false）")
    ] = None
    form_of: Annotated[str | None, Field(description="是哪一材料的一种形式")] = None
    part_of: Annotated[tuple[str, ...], Field(description="是哪些材料的一章")]
    contents: Annotated[tuple[str, ...], Field(description="条文规定的内容")]
    open_list: Annotated[bool, Field(description="true：条文没有穷尽列举内容")]
    readings: Readings
    note: Note = None
    page: Page


class StepRecord(Record):
    """A step of a stage."""

    id: Identifier
    label: Label
    who: RoleIds
    what: Annotated[str, Field(description="做什么")]
    to: RoleIds
    papers: Papers
    when: Annotated[str | None, Field(description="时间")] = None
    law: Law
    quote: Quote
    applies: Annotated[
        ConditionRecord | None, Field(description="符合此条件的才有这一步；没有的，一律有")
    ] = None
    done: Annotated[tuple[str, ...], Field(description="填了这些事实即为办结，见 facts.json 的 id")]
    readings: Readings
    note: Note = None
    page: Page


class StageRecord(Record):
    """A stage of a project's life."""

    id: Identifier
    label: Label
    about: Annotated[str, Field(description="说明，不是条文")]
    law: Laws
    steps: Annotated[tuple[StepRecord, ...], Field(description="各步骤，按先后")]
    page: Page


# Files -------------------------------------------------------------------------------------------


class DataFile(Record):
    """What every file has at its top."""

    schema_: Annotated[str, Field(alias="$schema", description="本文件的 JSON Schema")]
    edition: Annotated[str, Field(description="版本标识")]


class EditionFile(DataFile):
    """edition.json."""

    regulation: Annotated[EditionRecord, Field(description="办法")]


class ProvisionsFile(DataFile):
    """provisions.json."""

    provisions: Annotated[tuple[ProvisionRecord, ...], Field(description="按条文先后")]


class RolesFile(DataFile):
    """roles.json."""

    roles: tuple[RoleRecord, ...]


class DutiesFile(DataFile):
    """duties.json."""

    duties: tuple[DutyRecord, ...]


class DocumentsFile(DataFile):
    """documents.json."""

    documents: tuple[DocumentRecord, ...]


class ParametersFile(DataFile):
    """parameters.json."""

    parameters: tuple[ParameterRecord, ...]


class FactsFile(DataFile):
    """facts.json."""

    facts: tuple[FactRecord, ...]


class RulesFile(DataFile):
    """rules.json."""

    rules: tuple[RuleRecord, ...]


class DecisionsFile(DataFile):
    """decisions.json."""

    decisions: tuple[DecisionRecord, ...]


class DeadlinesFile(DataFile):
    """deadlines.json."""

    deadlines: Annotated[tuple[DeadlineRecord, ...], Field(description="可以推算日期的")]
    left_open: Annotated[tuple[OpenTimeRecord, ...], Field(description="条文没有写明日期的")]


class StagesFile(DataFile):
    """stages.json."""

    stages: tuple[StageRecord, ...]


class TermsFile(DataFile):
    """terms.json."""

    terms: tuple[TermRecord, ...]


class ReadingsFile(DataFile):
    """readings.json."""

    interpreter: Annotated[
        str, Field(description="解释机关的名称；尚未答复的解读，以其解释意见为准")
    ]
    readings: tuple[ReadingRecord, ...]
