"""A folder of YAML → a frozen Edition, or every problem in it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from generator.model import shape
from generator.model.build import Builder
from generator.model.build_checks import layout_conditions
from generator.model.build_text import build_text
from generator.model.calendar import CalendarYear, WorkingCalendar, consecutive_gap
from generator.model.compile import Compiler
from generator.model.contents import Sample, questions_of, read_contents
from generator.model.edition import Deadline, Edition, Fact, Repeal, Site, Supervision, Table
from generator.model.issued import issue_faults
from generator.model.layout import Layout, RegisterBlock, TableBlock
from generator.model.problems import DataProblems, Problem, suggestion
from generator.model.provisions import RegulationText
from generator.model.references import provision_problems, reference_problems, unknown_id
from generator.model.shape_selfchecks import SelfChecksShape
from generator.model.validation import validate
from generator.model.values import value_problem
from generator.model.yaml_source import Document, Path_, read_document

Model = TypeVar("Model", bound=BaseModel)

_FILES: Mapping[str, type[BaseModel]] = {
    "edition": shape.EditionShape,
    "roles": shape.RolesShape,
    "parameters": shape.ParametersShape,
    "facts": shape.FactsShape,
    "rules": shape.RulesShape,
    "deadlines": shape.DeadlinesShape,
    "documents": shape.DocumentsShape,
    "duties": shape.DutiesShape,
    "stages": shape.StagesShape,
    "terms": shape.TermsShape,
    "gists": shape.GistsShape,
    "supervision": shape.SupervisionShape,
    "selfchecks": SelfChecksShape,
    "narrative": shape.NarrativesShape,
    "readings": shape.ReadingsShape,
}
_OPTIONAL = ("stages", "terms", "gists", "supervision", "selfchecks", "narrative")
"""What a short regulation may have no use for."""
_FOLDERS = ("text", "workbooks", "examples")
_KIND_OF_SECTION = {
    "roles": "role",
    "facts": "fact",
    "derived": "fact",
    "tables": "table",
    "parameters": "parameter",
    "rules": "rule",
    "decisions": "decision",
    "deadlines": "deadline",
    "documents": "paper",
    "duties": "duty",
    "readings": "reading",
    "selfchecks": "selfcheck",
}


def load_edition(folder: Path, shown_as: str | None = None, *, all_open: bool = False) -> Edition:
    """Load one edition. `shown_as` is how problems name the folder (default: as given);
    `all_open` takes every reading as open still, as if the interpreting organ had never replied.

    Raises DataProblems with every problem of every file. The calendar is read from the folder
    `calendar` beside the edition's.
    """
    return _Loading(folder, shown_as or folder.as_posix(), all_open).edition()


def edition_ids(data: Path) -> tuple[str, ...]:
    """The editions in a data folder, by name."""
    return tuple(sorted(found.parent.name for found in data.glob("*/edition.yml")))


def choose_edition(data: Path, wanted: str | None) -> str:
    """The edition asked for, else the newest in force; DataProblems if there is none."""
    ids = edition_ids(data)
    shown = data.as_posix()
    if not ids:
        raise DataProblems([Problem(shown, 0, 0, "没有找到任何版本（含 edition.yml 的文件夹）。")])
    if wanted is None:
        return ids[0] if len(ids) == 1 else max(ids, key=lambda id: _recency(data / id))
    if wanted not in ids:
        hint = suggestion(wanted, ids) or f"；已有：{'、'.join(ids)}。"
        raise DataProblems([Problem(shown, 0, 0, f"没有版本 “{wanted}”{hint}")])
    return wanted


def _recency(folder: Path) -> tuple[bool, date]:
    document = read_document(folder / "edition.yml", (folder / "edition.yml").as_posix())
    model, problems = validate(shape.EditionShape, document)
    if model is None or problems:
        raise DataProblems(problems)
    return model.status == "in_force", model.effective


@dataclass
class _Loading:
    """The state of one load: what was read, what is known, what is wrong."""

    folder: Path
    shown_as: str
    all_open: bool = False
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    models: dict[str, BaseModel] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)

    def edition(self) -> Edition:
        for name, model in _FILES.items():
            if name not in _OPTIONAL or (self.folder / f"{name}.yml").exists():
                self._read(name, f"{name}.yml", model)
        self._unknown_files()
        text = self._text()
        layouts = self._layouts()
        samples = self._read_folder("examples", shape.SampleShape)
        calendar = self._calendar()
        self._collect_ids(layouts)
        for name, shaped in self.models.items():
            self._check(name, shaped, text, layouts)
        edition = self._build(text, layouts, samples, calendar)
        if self.problems or edition is None:
            raise DataProblems(self.problems)
        return edition

    # Reading -------------------------------------------------------------------------------------

    def _read(self, name: str, file: str, model: type[BaseModel]) -> None:
        path = self.folder / file
        try:
            document = read_document(path, f"{self.shown_as}/{file}")
        except DataProblems as error:
            self.problems.extend(error.problems)
            return
        self.documents[name] = document
        shaped, problems = validate(model, document)
        self.problems.extend(problems)
        if isinstance(shaped, shape.ReadingsShape) and self.all_open:
            reopened = {
                id: reading.model_copy(update={"settled": None})
                for id, reading in shaped.readings.items()
            }
            shaped = shape.ReadingsShape(readings=reopened)
        if shaped is not None:
            self.models[name] = shaped

    def _read_folder(self, sub: str, model: type[BaseModel]) -> list[str]:
        names = []
        for file in sorted((self.folder / sub).glob("*.yml")):
            name = f"{sub}/{file.stem}"
            self._read(name, f"{sub}/{file.name}", model)
            names.append(name)
        return names

    def _unknown_files(self) -> None:
        """What stands beside the known files would be read by nobody."""
        known = {*(f"{name}.yml" for name in _FILES), "source.txt", *_FOLDERS}
        calendar = f"{self.shown_as.rpartition('/')[0] or '.'}/calendar"
        self.problems.extend(_strangers(self.folder, self.shown_as, known))
        for name in _FOLDERS:
            self.problems.extend(_strangers(self.folder / name, f"{self.shown_as}/{name}"))
        self.problems.extend(_strangers(self.folder.parent / "calendar", calendar))

    def _text(self) -> RegulationText | None:
        before = len(self.problems)
        names = self._read_folder("text", shape.ChapterShape)
        if not names:
            message = "没有条文：请用 banfa import 从原文生成 text/ 下的文件。"
            self.problems.append(Problem(f"{self.shown_as}/text", 1, 1, message))
        chapters = [
            (self._model(name, shape.ChapterShape), self.documents.get(name)) for name in names
        ]
        text, problems = build_text((c, d) for c, d in chapters if c is not None and d is not None)
        self.problems.extend(problems)
        # With a broken text file, anchors that are right would look dead.
        return text if len(self.problems) == before else None

    def _layouts(self) -> dict[str, Layout]:
        names = self._read_folder("workbooks", Layout)
        models = {name.partition("/")[2]: self._model(name, Layout) for name in names}
        return {kind: model for kind, model in models.items() if model is not None}

    def _calendar(self) -> WorkingCalendar:
        years: dict[int, CalendarYear] = {}
        folder = self.folder.parent / "calendar"
        shown = f"{self.shown_as.rpartition('/')[0] or '.'}/calendar"
        for file in sorted(folder.glob("*.yml")):
            try:
                document = read_document(file, f"{shown}/{file.name}")
            except DataProblems as error:
                self.problems.extend(error.problems)
                continue
            written, problems = validate(shape.CalendarShape, document)
            self.problems.extend(problems)
            if written is None or problems:
                continue
            year, problems = _calendar_year(written, document)
            self.problems.extend(problems)
            years[year.year] = year
        gap = consecutive_gap(years) if years else None
        if gap:
            self.problems.append(Problem(shown, 1, 1, f"工作日历缺少 {gap} 年，各年须连续。"))
        return WorkingCalendar(years)

    def _model(self, name: str, model: type[Model]) -> Model | None:
        found = self.models.get(name)
        return found if isinstance(found, model) else None

    # Checking ------------------------------------------------------------------------------------

    def _collect_ids(self, layouts: Mapping[str, Layout]) -> None:
        """Ids as the files write them, broken entries included: those are reported already."""
        for name in _FILES:
            document = self.documents.get(name)
            for section, kind in _KIND_OF_SECTION.items():
                entries = (
                    document.data.get(section)
                    if document and isinstance(document.data, dict)
                    else None
                )
                if isinstance(entries, dict):
                    self.known.setdefault(kind, set()).update(entries)
        if "stages" in self.documents or not (self.folder / "stages.yml").exists():
            self.known["step"] = self._step_ids()
        for optional, beside in (("table", "fact"), ("decision", "rule")):
            if beside in self.known:
                self.known.setdefault(optional, set())
        if "rule" in self.known:
            self.known["showable"] = self.known["rule"] | self.known["decision"]
        if "fact" in self.known:
            own = {entry for layout in layouts.values() for entry in layout.entries}
            self.known["question"] = self.known["fact"] | own
        if {"question", "showable", "deadline", "table"} <= self.known.keys():
            kinds = ("question", "showable", "deadline", "table")
            self.known["shown"] = set().union(*(self.known[kind] for kind in kinds))
            self.known["shown"] |= {
                id for layout in layouts.values() for id in _register_ids(layout)
            }

    def _step_ids(self) -> set[str]:
        """The steps of all stages, broken entries included."""
        document = self.documents.get("stages")
        data = document.data if document and isinstance(document.data, dict) else {}
        stages = data.get("stages")
        written = stages.values() if isinstance(stages, dict) else ()
        steps = (stage.get("steps") for stage in written if isinstance(stage, dict))
        return {id for each in steps if isinstance(each, dict) for id in each}

    def _check(
        self,
        name: str,
        shaped: BaseModel,
        text: RegulationText | None,
        layouts: Mapping[str, Layout],
    ) -> None:
        document = self.documents[name]
        self.problems.extend(reference_problems(shaped, document, self.known))
        if text is not None:
            self.problems.extend(provision_problems(shaped, document, text))
        layout = layouts.get(name.partition("/")[2])
        facts = self._model("facts", shape.FactsShape)
        if layout and name.startswith("workbooks/") and facts:
            self._check_layout(layout, document, facts)

    def _check_layout(self, layout: Layout, document: Document, facts: shape.FactsShape) -> None:
        names = [sheet.name for sheet in layout.sheets]
        for place, sheet_name in enumerate(names):
            if sheet_name in names[:place]:
                at = ("sheets", place, "name")
                self.problems.append(document.problem(at, f"工作表名 “{sheet_name}” 重复。"))
        for entry in layout.entries:
            if entry in facts.facts:
                at_entry = ("entries", entry)
                message = f"自设项目 “{entry}” 与事实同名，请换一个标识。"
                self.problems.append(document.problem(at_entry, message, on_key=True))
        tables = [
            block.table
            for s in layout.sheets
            for block in s.blocks
            if isinstance(block, TableBlock)
        ]
        for table in tables:
            if tables.count(table) > 1:
                self.problems.append(document.problem((), f"表格 “{table}” 放了不止一次。"))
        registers = set(_register_ids(layout))
        for place, check in enumerate(layout.checks):
            if check.row and check.row.of not in registers:
                at_row: Path_ = ("checks", place, "row", "of")
                unknown = unknown_id(document, at_row, "register", check.row.of, registers)
                self.problems.append(unknown)
        questions = {**facts.facts, **layout.entries}
        # What is broken, nobody can tell the type of.
        broken = {*document.data.get("entries", {}), *self.known.get("fact", ())} - {*questions}
        texts = broken | {id for id, fact in questions.items() if fact.type == "text"}
        found = issue_faults(layout, texts)
        self.problems.extend(document.problem(place, message) for place, message in found)

    def _check_labels(self, written: shape.FactsShape) -> None:
        """People know facts by their labels alone."""
        first: dict[str, str] = {}
        for id, fact in written.facts.items():
            other = first.setdefault(fact.label, id)
            if other != id:
                message = f"与事实 “{other}” 的名称相同（{fact.label}），请换一个名称。"
                at: Path_ = ("facts", id, "label")
                self.problems.append(self.documents["facts"].problem(at, message))

    # Building ------------------------------------------------------------------------------------

    def _build(
        self,
        text: RegulationText | None,
        layouts: Mapping[str, Layout],
        samples: Iterable[str],
        calendar: WorkingCalendar,
    ) -> Edition | None:
        head = self._model("edition", shape.EditionShape)
        roles = self._model("roles", shape.RolesShape)
        parameters = self._model("parameters", shape.ParametersShape)
        facts = self._model("facts", shape.FactsShape)
        rules = self._model("rules", shape.RulesShape)
        deadlines = self._model("deadlines", shape.DeadlinesShape)
        papers = self._model("documents", shape.DocumentsShape)
        duties = self._model("duties", shape.DutiesShape)
        readings = self._model("readings", shape.ReadingsShape)
        stages = self._model("stages", shape.StagesShape)
        terms = self._model("terms", shape.TermsShape)
        gists = self._model("gists", shape.GistsShape)
        supervision = self._model("supervision", shape.SupervisionShape)
        selfchecks = self._model("selfchecks", SelfChecksShape)
        narrative = self._model("narrative", shape.NarrativesShape)

        if facts:
            self._check_labels(facts)
        builder = Builder(self.problems)
        built_parameters = (
            builder.parameters(parameters, self.documents["parameters"]) if parameters else {}
        )
        fact_shapes = facts.facts if facts else {}
        derived_shapes = facts.derived if facts else {}
        unreadable = frozenset(
            kind for kind, model in (("fact", facts), ("parameter", parameters)) if model is None
        )

        # Their own problems are told already; what uses them is not wrong for that.
        broken = frozenset(
            self.known.get("fact", set()) - {*fact_shapes, *derived_shapes}
            | self.known.get("parameter", set()) - {*built_parameters}
        )

        def compiler(name: str, entries: Mapping[str, shape.FactShape] | None = None) -> Compiler:
            return Compiler(
                self.documents[name],
                {**fact_shapes, **(entries or {})},
                derived_shapes,
                built_parameters,
                readings.readings if readings else {},
                unreadable,
                broken,
                self.problems,
            )

        built_roles = builder.roles(roles, self.documents["roles"]) if roles else {}
        built_facts = builder.facts(fact_shapes, self.documents["facts"], "facts") if facts else {}
        derived = builder.derived(facts, compiler("facts")) if facts else {}
        tables = builder.tables(facts, self.documents["facts"]) if facts else {}
        built_rules = builder.rules(rules, compiler("rules")) if rules else {}
        decisions = builder.decisions(rules, built_rules, compiler("rules")) if rules else {}
        built_deadlines = (
            builder.deadlines(deadlines, compiler("deadlines"), built_parameters)
            if deadlines
            else {}
        )
        built_papers = builder.papers(papers, compiler("documents")) if papers else {}
        built_stages = builder.stages(stages, compiler("stages")) if stages else {}
        entries = {
            kind: builder.facts(layout.entries, self.documents[f"workbooks/{kind}"], "entries")
            for kind, layout in layouts.items()
        }
        conditions = {
            kind: layout_conditions(layout, compiler(f"workbooks/{kind}", layout.entries))
            for kind, layout in layouts.items()
        }
        self._check_examples(rules, deadlines, papers, built_facts, {*fact_shapes, *broken})
        built_samples = {
            name.partition("/")[2]: sample
            for name in samples
            if (
                sample := self._sample(name, layouts, built_facts, entries, tables, built_deadlines)
            )
        }
        source = self._source()
        if self.problems or head is None or text is None:
            return None
        return Edition(
            id=self.folder.name,
            title=head.title,
            short_title=head.short_title,
            number=head.number,
            issuer=head.issuer,
            issued=head.issued,
            effective=head.effective,
            published=head.published,
            topic=head.topic,
            index_number=head.index_number,
            status=head.status,
            interpreter=head.interpreter,
            interpreter_law=head.interpreter_law,
            repeals=tuple(Repeal(each.title, each.number) for each in head.repeals),
            site=Site(**head.site.model_dump()),
            text=text,
            source=source,
            roles=built_roles,
            parameters=built_parameters,
            facts=built_facts,
            derived=derived,
            tables=tables,
            rules=built_rules,
            decisions=decisions,
            deadlines=built_deadlines,
            left_open=builder.left_open(deadlines) if deadlines else {},
            papers=built_papers,
            duties=builder.duties(duties) if duties else {},
            stages=built_stages,
            terms=builder.terms(terms) if terms else {},
            gists=builder.gists(gists) if gists else {},
            supervision=builder.supervision(supervision) if supervision else Supervision(),
            selfchecks=builder.selfchecks(selfchecks) if selfchecks else {},
            narrative=builder.narrative(narrative) if narrative else (),
            plain_numbers=builder.plain_numbers(parameters) if parameters else (),
            readings=builder.readings(readings) if readings else {},
            calendar=calendar,
            layouts=dict(layouts),
            entries=entries,
            layout_conditions=conditions,
            samples=built_samples,
            model_hash=self._hash(),
        )

    def _check_examples(
        self,
        rules: shape.RulesShape | None,
        deadlines: shape.DeadlinesShape | None,
        papers: shape.DocumentsShape | None,
        built: Mapping[str, Fact],
        facts: set[str],
    ) -> None:
        """The facts that examples name, and their values. (What comes of them is judged once the
        edition stands.)"""
        sections: list[tuple[str, str, Mapping[str, object]]] = []
        if rules:
            sections += [("rules", "rules", rules.rules), ("rules", "decisions", rules.decisions)]
        if deadlines:
            sections.append(("deadlines", "deadlines", deadlines.deadlines))
        if papers:
            sections.append(("documents", "documents", papers.documents))
        for name, section, entries in sections:
            for id, entry in entries.items():
                for place, example in enumerate(getattr(entry, "examples", ())):
                    at: Path_ = (section, id, "examples", place)
                    named = [((*at, "given", fact), fact) for fact in example.given]
                    self.problems.extend(
                        self.documents[name].problem(
                            (*at, "given", fact), f"例子中的值有误：{wrong}"
                        )
                        for fact, raw in example.given.items()
                        if fact in built and (wrong := value_problem(built[fact], raw))
                    )
                    named += [
                        ((*at, "missing", position), fact)
                        for position, fact in enumerate(example.missing or ())
                    ]
                    self.problems.extend(
                        unknown_id(self.documents[name], where, "fact", fact, facts)
                        for where, fact in named
                        if facts and fact not in facts
                    )

    def _sample(
        self,
        name: str,
        layouts: Mapping[str, Layout],
        facts: Mapping[str, Fact],
        entries: Mapping[str, Mapping[str, Fact]],
        tables: Mapping[str, Table],
        deadlines: Mapping[str, Deadline],
    ) -> Sample | None:
        """A filled example of a workbook; None where it, or what it fills, is broken."""
        kind, written = name.partition("/")[2], self._model(name, shape.SampleShape)
        if "facts" not in self.models or "deadlines" not in self.models:
            return None  # Whatever it answers would look unknown.
        if f"workbooks/{kind}" not in self.documents:
            kinds = [each.partition("/")[2] for each in self.documents if each[:9] == "workbooks"]
            hint = suggestion(kind, kinds) or "。"
            path = f"{self.shown_as}/{name}.yml"
            self.problems.append(Problem(path, 1, 1, f"没有工作簿 “{kind}”{hint}"))
        if written is None or kind not in layouts:
            return None
        document = self.documents[name]
        # What is broken elsewhere is told there.
        broken = {
            id
            for section, built in (("fact", facts), ("table", tables), ("deadline", deadlines))
            for id in self.known.get(section, set()) - {*built}
        }
        questions = questions_of(layouts[kind], {**facts, **entries[kind]}, tables, deadlines)
        contents, problems = read_contents(questions, document.data, document.problem, broken)
        self.problems.extend(problems)
        return Sample(written.title, written.as_of, contents)

    def _source(self) -> str:
        try:
            return (self.folder / "source.txt").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            message = "缺少 source.txt（印发原文），或不是 UTF-8 编码。"
            self.problems.append(Problem(f"{self.shown_as}/source.txt", 1, 1, message))
            return ""

    def _hash(self) -> str:
        """SHA-256 over the model's files; line ends and workbook layouts do not count."""
        digest = hashlib.sha256()
        for file in _model_files(self.folder):
            digest.update(file.relative_to(self.folder).as_posix().encode() + b"\0")
            digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
        return digest.hexdigest()


def _register_ids(layout: Layout) -> list[str]:
    """The lists of a workbook's own."""
    held = (block for sheet in layout.sheets for block in sheet.blocks)
    return [block.id for block in held if isinstance(block, RegisterBlock)]


def _strangers(
    folder: Path, shown_as: str, known: Collection[str] | None = None
) -> Iterator[Problem]:
    """Files that are not read: not among the known, or, where any name will do, no .yml."""
    for found in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = found.name
        read = name in known if known is not None else found.suffix == ".yml" and found.is_file()
        if read or name.startswith(".") or name == "README.md":
            continue
        right = f"{found.stem}.yml"
        if found.suffix == ".yaml" and (known is None or right in known):
            message = f"不认识这个文件，请改名为 {right}。"
        else:
            kind = "文件夹" if found.is_dir() else "文件"
            alike = [each for each in known or () if (each in _FOLDERS) == found.is_dir()]
            hint = suggestion(name, alike).replace("“", "").replace("”", "")
            message = f"不认识这个{kind}{hint or '，请移走。'}"
        yield Problem(f"{shown_as}/{name}", 1, 1, message)


def _model_files(folder: Path) -> Iterable[Path]:
    files = [*folder.glob("*.yml"), *folder.glob("text/*.yml")]
    return sorted(files, key=lambda file: file.relative_to(folder).as_posix())


def _calendar_year(
    written: shape.CalendarShape, document: Document
) -> tuple[CalendarYear, list[Problem]]:
    problems: list[Problem] = []
    days: set[date] = set()
    for place, holiday in enumerate(written.holidays):
        if holiday.last < holiday.first:
            at: Path_ = ("holidays", place, "last")
            problems.append(document.problem(at, "假期的末日早于首日。"))
        days.update(
            date.fromordinal(day)
            for day in range(holiday.first.toordinal(), holiday.last.toordinal() + 1)
        )
    for place, day in enumerate(written.working_weekends):
        if day.year != written.year or day.weekday() < 5:
            at = ("working_weekends", place)
            problems.append(document.problem(at, f"{day} 不是 {written.year} 年的周末。"))
    inside = frozenset(day for day in days if day.year == written.year)
    source = f"{written.source.title}（{written.source.number}）"
    year = CalendarYear(written.year, source, inside, frozenset(written.working_weekends))
    return year, problems
