"""Records of what follows from the text: terms, roles, papers, deadlines, rules, duties and more.

Quotes are left out: the place itself is found by its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.guide import addresses
from generator.guide.addresses import Link, Links, stage_page
from generator.guide.downloads import Download
from generator.guide.search.places import Places
from generator.guide.search.record import Kind, Record
from generator.guide.views.marks import Mark, mark
from generator.model.anchors import Anchor
from generator.rules.prose import schedule_text


class Things:
    """Records that point at places already known."""

    def __init__(self, links: Links, places: Places) -> None:
        self._links = links
        self._edition = links.edition
        self._places = places

    def records(self, downloads: Sequence[Download]) -> Iterator[Record]:
        """All of them, kind by kind."""
        yield from self._terms()
        yield from self._roles()
        yield from self._papers()
        yield from self._deadlines()
        yield from self._rules()
        yield from self._parameters()
        yield from self._stages()
        yield from self._duties()
        yield from self._readings()
        yield from self._downloads(downloads)

    def _terms(self) -> Iterator[Record]:
        for each in self._edition.terms.values():
            texts = (*each.aliases, each.quote if each.defined else None, each.note)
            yield self._record(Kind.TERM, self._links.term(each.id), texts, law=[each.law])

    def _roles(self) -> Iterator[Record]:
        for each in self._edition.roles.values():
            short = each.short if each.short != each.label else None
            texts = (*dict.fromkeys((short, *each.aliases)), each.no_duties, each.note)
            yield self._record(Kind.ROLE, self._links.role(each.id), texts, law=each.places[:1])

    def _papers(self) -> Iterator[Record]:
        for each in self._edition.papers.values():
            yield self._record(
                Kind.PAPER,
                self._links.paper(each.id),
                (each.when, *each.contents, each.no_receiver, each.note),
                who=self._sides(each.prepared_by, "报", each.received_by),
                law=[each.law],
            )

    def _deadlines(self) -> Iterator[Record]:
        for each in self._edition.deadlines.values():
            yield self._record(
                Kind.DEADLINE,
                self._links.deadline(each.id),
                (schedule_text(self._edition, each.schedule), each.says, each.note),
                who=self._sides(each.who, "向", each.to),
                law=[each.law],
            )
        for time in self._edition.left_open.values():
            yield self._record(
                Kind.DEADLINE,
                self._links.open_time(time.id),
                (time.words, time.says, time.note),
                who=self._sides(time.who, "向", time.to),
                law=[time.law],
            )

    def _rules(self) -> Iterator[Record]:
        for decision in self._edition.decisions.values():
            outcomes = [(each.label, each.says) for each in decision.outcomes.values()]
            texts = (decision.ask, *(words for pair in outcomes for words in pair))
            link = self._links.decision(decision.id)
            yield self._record(Kind.RULE, link, (*texts, decision.unknown), law=decision.law)
        for rule in self._edition.rules.values():
            yield self._record(
                Kind.RULE,
                self._links.rule(rule.id),
                (rule.says.yes, rule.says.no, rule.says.unknown, rule.note),
                who=self._sides(rule.who, "对", rule.toward),
                mark=mark(rule.modality),
                law=[rule.law],
            )

    def _parameters(self) -> Iterator[Record]:
        for each in self._edition.parameters.values():
            link = self._links.to(addresses.PARAMETERS, each.label, each.id)
            yield self._record(Kind.PARAMETER, link, (str(each.quantity),), law=[each.law])

    def _stages(self) -> Iterator[Record]:
        for stage in self._edition.stages.values():
            link = self._links.stage(stage.id)
            yield self._record(Kind.STAGE, link, (stage.about,), law=stage.law)
            for step in stage.steps:
                page = self._links.to(stage_page(stage.id), step.label, step.id)
                yield self._record(
                    Kind.STAGE,
                    page,
                    (step.what, step.when, step.note),
                    who=self._sides(step.who, "报", step.to),
                    law=[step.law],
                )

    def _duties(self) -> Iterator[Record]:
        for each in self._edition.duties.values():
            yield self._record(
                Kind.DUTY,
                self._links.duty(each, each.what),
                (each.when, each.condition, each.note),
                who=self._sides(each.who, "对", each.toward),
                mark=mark(each.strength, degree=each.degree),
                law=[each.law],
            )

    def _readings(self) -> Iterator[Record]:
        for each in self._edition.readings.values():
            yield self._record(
                Kind.READING,
                self._links.reading(each.id),
                (each.reading, each.alternative, each.practice, each.id),
                law=each.law,
            )

    def _downloads(self, downloads: Sequence[Download]) -> Iterator[Record]:
        for number, each in enumerate(downloads, 1):
            link = self._links.to(addresses.DOWNLOADS, each.title, f"file-{number}")
            yield self._record(Kind.DOWNLOAD, link, (each.file_name, each.kind))

    def _record(
        self,
        kind: Kind,
        link: Link,
        texts: Iterable[str | None],
        *,
        who: str = "",
        mark: Mark | None = None,
        law: Iterable[Anchor] = (),
    ) -> Record:
        return Record(
            kind,
            link.text,
            link.href,
            texts=tuple(text for text in texts if text),
            who=who,
            mark=mark.word if mark else "",
            law=tuple(self._places.at[place] for place in dict.fromkeys(law)),
        )

    def _sides(self, who: Sequence[str], toward_word: str, toward: Sequence[str]) -> str:
        """Who, and toward whom: 甲、乙，报丙."""
        first = self._names(who)
        return f"{first}，{toward_word}{self._names(toward)}" if toward else first

    def _names(self, roles: Sequence[str]) -> str:
        return "、".join(self._edition.roles[role].label for role in roles)
