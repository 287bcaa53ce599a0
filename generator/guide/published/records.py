"""An edition as the records of the published JSON: text, organs, duties, papers, readings."""

from __future__ import annotations

from collections.abc import Iterator

from generator.guide.addresses import (
    DEADLINES,
    PARAMETERS,
    READINGS,
    TERMS,
    Place,
    article_page,
    duty_id,
    on_site,
    open_time_id,
    paper_page,
    role_page,
    rule_page,
    stage_page,
)
from generator.guide.published import shapes
from generator.guide.published.conditions import condition_record, schedule_record
from generator.model.anchors import Anchor
from generator.model.conditions import Parameter, readings_of
from generator.model.edition import (
    Deadline,
    Decision,
    Duty,
    Edition,
    Fact,
    OpenTime,
    Paper,
    Reading,
    Role,
    Rule,
    Stage,
    Step,
    Term,
)
from generator.model.provisions import Article, Item, item_paragraph_anchor
from generator.model.quantities import Amount, Period, Share
from generator.rules.prose import strength_word
from generator.rules.verdicts import decision_readings


def site_address(page: str, id: str = "") -> str:
    """Where a page of the tree stands in the finished site, from its root."""
    place = Place(on_site(page), id)
    return place.seen_from("")


# Edition and text --------------------------------------------------------------------------------


def edition_record(edition: Edition) -> shapes.EditionRecord:
    """The regulation's particulars."""
    return shapes.EditionRecord(
        id=edition.id,
        title=edition.title,
        short_title=edition.short_title,
        number=edition.number,
        issuer=edition.issuer,
        issued=edition.issued,
        published=edition.published,
        effective=edition.effective,
        topic=edition.topic,
        index_number=edition.index_number,
        status=edition.status,
        interpreter=edition.interpreter,
        interpreter_law=str(edition.interpreter_law),
        repeals=tuple(
            shapes.RepealRecord(title=each.title, number=each.number) for each in edition.repeals
        ),
        model_hash=edition.model_hash,
    )


def provision_records(edition: Edition) -> Iterator[shapes.ProvisionRecord]:
    """Every place of the text once, in its order."""
    for chapter in edition.text.chapters:
        for article in chapter.articles:
            yield from _article(article, chapter.heading or None)


def _article(article: Article, chapter: str | None) -> Iterator[shapes.ProvisionRecord]:
    single = [each for each in article.paragraphs if each.anchor == article.anchor]
    yield _provision(
        article.anchor,
        "article",
        article.key,
        "".join(each.text for each in single),
        chapter=chapter,
        label=article.label,
        title=article.title,
    )
    for paragraph in article.paragraphs:
        if paragraph.anchor != article.anchor:
            yield _provision(
                paragraph.anchor,
                "paragraph",
                paragraph.key,
                paragraph.text,
                parent=article.anchor,
                chapter=chapter,
            )
        for item in paragraph.items:
            yield from _item(item, paragraph.anchor, chapter)


def _item(item: Item, parent: Anchor, chapter: str | None) -> Iterator[shapes.ProvisionRecord]:
    several = len(item.paragraphs) > 1
    own = "" if several else item.text
    yield _provision(
        item.anchor, "item", item.key, own, parent=parent, chapter=chapter, label=item.label
    )
    for number, text in enumerate(item.paragraphs if several else (), 1):
        anchor = item_paragraph_anchor(item, number)
        yield _provision(
            anchor, "item_paragraph", str(anchor), text, parent=item.anchor, chapter=chapter
        )
    for child in item.items:
        yield from _item(child, item.anchor, chapter)


def _provision(
    anchor: Anchor,
    kind: str,
    key: str,
    text: str,
    *,
    chapter: str | None,
    parent: Anchor | None = None,
    label: str | None = None,
    title: str | None = None,
) -> shapes.ProvisionRecord:
    return shapes.ProvisionRecord(
        id=str(anchor),
        citation=anchor.citation,
        kind=kind,
        key=key,
        parent=str(parent) if parent else None,
        chapter=chapter,
        label=label,
        title=title,
        text=text,
        page=site_address(article_page(anchor), str(anchor)),
    )


# Organs, duties, terms, readings -----------------------------------------------------------------


def role_record(role: Role) -> shapes.RoleRecord:
    """An organ or actor."""
    return shapes.RoleRecord(
        id=role.id,
        label=role.label,
        short=role.short,
        aliases=role.aliases,
        level=role.level,
        level_label=role.level_label,
        open=role.open,
        law=str(role.law) if role.law else None,
        mentions=_laws(role.mentions),
        no_duties=role.no_duties,
        note=role.note,
        page=site_address(role_page(role.id)),
    )


def duty_record(duty: Duty) -> shapes.DutyRecord:
    """A duty."""
    return shapes.DutyRecord(
        id=duty.id,
        who=duty.who,
        strength=duty.strength,
        degree=duty.degree,
        word=strength_word(duty.strength, duty.degree),
        what=duty.what,
        toward=duty.toward,
        when=duty.when,
        condition=duty.condition,
        papers=duty.papers,
        consequence=duty.consequence,
        law=str(duty.law),
        quote=duty.quote,
        readings=duty.see,
        note=duty.note,
        page=site_address(article_page(duty.law), duty_id(duty.id)),
    )


def term_record(term: Term) -> shapes.TermRecord:
    """A term."""
    return shapes.TermRecord(
        id=term.id,
        label=term.label,
        aliases=term.aliases,
        law=str(term.law),
        quote=term.quote,
        defined=term.defined,
        readings=term.see,
        note=term.note,
        page=site_address(TERMS, term.id),
    )


def reading_record(reading: Reading) -> shapes.ReadingRecord:
    """A reading."""
    reply = reading.settled
    return shapes.ReadingRecord(
        id=reading.id,
        title=reading.title,
        law=_laws(reading.law),
        reading=reading.reading,
        alternative=reading.alternative,
        practice=reading.practice,
        settled=shapes.SettlementRecord(
            outcome=reply.outcome,
            by=reply.by,
            number=reply.number,
            date=reply.date,
        )
        if reply
        else None,
        page=site_address(READINGS, reading.id),
    )


# Numbers, facts, rules ---------------------------------------------------------------------------


def parameter_record(parameter: Parameter) -> shapes.ParameterRecord:
    """A number of the regulation."""
    value, unit = _value_and_unit(parameter)
    return shapes.ParameterRecord(
        id=parameter.id,
        label=parameter.label,
        value=value,
        unit=unit,
        text=str(parameter.quantity),
        law=str(parameter.law),
        quote=parameter.quote,
        page=site_address(PARAMETERS, parameter.id),
    )


def _value_and_unit(parameter: Parameter) -> tuple[shapes.Number, str]:
    quantity = parameter.quantity
    if isinstance(quantity, Period):
        return quantity.count, quantity.unit.value
    if isinstance(quantity, Share):
        exact, unit = quantity.percent, "percent"
    elif isinstance(quantity, Amount):
        exact, unit = quantity.value, quantity.unit.name
    else:
        exact, unit = quantity.value, quantity.unit
    # At most 15 digits: a float prints just the decimal that it was made from.
    return (int(exact) if exact == int(exact) else float(exact)), unit


def fact_record(fact: Fact) -> shapes.FactRecord:
    """Something that people state."""
    return shapes.FactRecord(
        id=fact.id,
        label=fact.label,
        ask=fact.ask,
        type=fact.type.value,
        unit=fact.unit.name if fact.unit else None,
        choices=dict(fact.choices) or None,
        law=str(fact.law) if fact.law else None,
        help=fact.help,
    )


def rule_record(edition: Edition, rule: Rule) -> shapes.RuleRecord:
    """A rule."""
    return shapes.RuleRecord(
        id=rule.id,
        label=rule.label,
        who=rule.who,
        toward=rule.toward,
        modality=rule.modality,
        word=strength_word(rule.modality),
        law=str(rule.law),
        quote=rule.quote,
        when=condition_record(edition, rule.when),
        each=rule.each,
        says=shapes.SaysRecord(yes=rule.says.yes, no=rule.says.no, unknown=rule.says.unknown),
        readings=_each_once(readings_of(rule.when), rule.see),
        note=rule.note,
        page=site_address(rule_page(rule.id)),
    )


def decision_record(edition: Edition, decision: Decision) -> shapes.DecisionRecord:
    """A decision."""
    return shapes.DecisionRecord(
        id=decision.id,
        label=decision.label,
        ask=decision.ask,
        first_of=decision.first_of,
        otherwise=decision.otherwise,
        outcomes=tuple(
            shapes.OutcomeRecord(id=each.id, label=each.label, says=each.says, law=str(each.law))
            for each in decision.outcomes.values()
        ),
        unknown=decision.unknown,
        law=_laws(decision.law),
        readings=_each_once(decision_readings(edition, decision), decision.see),
        page=site_address(rule_page(decision.id)),
    )


# Deadlines, papers, stages -----------------------------------------------------------------------


def deadline_record(edition: Edition, deadline: Deadline) -> shapes.DeadlineRecord:
    """A deadline."""
    return shapes.DeadlineRecord(
        id=deadline.id,
        label=deadline.label,
        who=deadline.who,
        to=deadline.to,
        law=str(deadline.law),
        quote=deadline.quote,
        says=deadline.says,
        schedule=schedule_record(edition, deadline.schedule),
        alternatives={
            reading: schedule_record(edition, other)
            for reading, other in deadline.alternatives.items()
        },
        readings=_each_once(tuple(deadline.alternatives), deadline.see),
        note=deadline.note,
        page=site_address(DEADLINES, deadline.id),
    )


def open_time_record(time: OpenTime) -> shapes.OpenTimeRecord:
    """A time that the text leaves open."""
    return shapes.OpenTimeRecord(
        id=time.id,
        label=time.label,
        who=time.who,
        to=time.to,
        law=str(time.law),
        quote=time.quote,
        words=time.words,
        says=time.says,
        readings=time.see,
        note=time.note,
        page=site_address(DEADLINES, open_time_id(time.id)),
    )


def document_record(edition: Edition, paper: Paper) -> shapes.DocumentRecord:
    """A paper."""
    decisive = readings_of(paper.required) if paper.required else ()
    return shapes.DocumentRecord(
        id=paper.id,
        label=paper.label,
        prepared_by=paper.prepared_by,
        received_by=paper.received_by,
        no_receiver=paper.no_receiver,
        law=str(paper.law),
        quote=paper.quote,
        when=paper.when,
        always=paper.required is None,
        required=condition_record(edition, paper.required) if paper.required else None,
        form_of=paper.form_of,
        part_of=paper.part_of,
        contents=paper.contents,
        open_list=paper.open_list,
        readings=_each_once((*decisive, *paper.alternatives), paper.see),
        note=paper.note,
        page=site_address(paper_page(paper.id)),
    )


def stage_record(edition: Edition, stage: Stage) -> shapes.StageRecord:
    """A stage with its steps."""
    return shapes.StageRecord(
        id=stage.id,
        label=stage.label,
        about=stage.about,
        law=_laws(stage.law),
        steps=tuple(_step(edition, stage, step) for step in stage.steps),
        page=site_address(stage_page(stage.id)),
    )


def _step(edition: Edition, stage: Stage, step: Step) -> shapes.StepRecord:
    return shapes.StepRecord(
        id=step.id,
        label=step.label,
        who=step.who,
        what=step.what,
        to=step.to,
        papers=step.papers,
        when=step.when,
        law=str(step.law),
        quote=step.quote,
        applies=condition_record(edition, step.applies) if step.applies else None,
        done=step.done,
        readings=step.see,
        note=step.note,
        page=site_address(stage_page(stage.id), step.id),
    )


def _laws(anchors: tuple[Anchor, ...]) -> tuple[str, ...]:
    return tuple(str(each) for each in anchors)


def _each_once(*ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for group in ids for id in group))
