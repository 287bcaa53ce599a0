"""Lines of a roster → numbered copies of a workbook, and the list of what was issued."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cached_property

from generator.issuing.roster import Line
from generator.issuing.words import RECIPIENT_LABEL
from generator.model.contents import Contents, Given
from generator.model.edition import Edition, Fact, FactType
from generator.model.problems import DataProblems, Problem
from generator.model.quantities import chinese_date
from generator.model.yaml_source import Path_
from generator.workbook.asked import asked_facts
from generator.workbook.book import Book
from generator.workbook.build import build_book, template_hash
from generator.workbook.files import file_of
from generator.workbook.fillings import fillings_of, places_of, untaken
from generator.workbook.imprint import Imprint
from generator.workbook.styles import text_lines
from generator.workbook.write import write_book

LIST_NAME = "发放清单"
"""What the file of a list begins with."""

_NUMBER_LABEL = "领用编号"
_LONGEST_PART = 20
"""Characters of a recipient or a project in a file's name: systems take 255 bytes, and some count
the folders in."""


@dataclass(frozen=True)
class Copy:
    """A numbered copy. `subject` is what its project is called, where the roster says so."""

    issue_id: str
    recipient: str
    subject: str
    issued: date
    file_name: str
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal, as `certutil -hashfile` and `sha256sum` print it."""
        return hashlib.sha256(self.content).hexdigest()

    def as_json(self) -> dict[str, str]:
        """As `banfa issue --json` prints it."""
        return {
            "issue_id": self.issue_id,
            "recipient": self.recipient,
            "subject": self.subject,
            "issued": self.issued.isoformat(),
            "file": self.file_name,
            "sha256": self.sha256,
        }


def copies(
    edition: Edition,
    kind: str,
    lines: Sequence[Line],
    day: date,
    report: Callable[[str], None] = lambda _: None,
) -> tuple[Copy, ...]:
    """A copy for each line, numbered in their order; the same bytes whenever they are made.

    Raises DataProblems where a line fills what the workbook has no room for.
    """
    made: list[Copy] = []
    problems: list[Problem] = []
    subject = subject_of(edition, kind)
    lines = [_with_recipient(edition, kind, line) for line in lines]
    for number, line in enumerate(lines, 1):
        report(f"{number}/{len(lines)} {line.recipient}")
        imprint = Imprint(
            issue_id=_issue_id(edition, kind, line, day, number, len(lines)),
            recipient=line.recipient,
            day=day,
        )
        fillings = fillings_of(line.contents)
        book = build_book(edition, kind, fillings, imprint)
        places = places_of(line.contents)
        left = [
            replace(places[name], message=f"{places[name].message}本工作簿没有填写它的地方。")
            for name in untaken(book, fillings)
        ]
        problems += left
        if not left:
            name = _subject(line.contents, subject)
            content = file_of(edition, kind, book, imprint)
            made.append(
                Copy(
                    imprint.issue_id,
                    line.recipient,
                    name,
                    day,
                    _file_name(edition.layouts[kind].file, line.recipient, name, imprint.issue_id),
                    content,
                )
            )
    if problems:
        raise DataProblems(problems)
    return tuple(made)


def _with_recipient(edition: Edition, kind: str, line: Line) -> Line:
    """What asks for the recipient's name is answered by it, unless the line answers otherwise."""
    known = {**edition.facts, **edition.entries[kind]}
    filled: dict[Path_, Given] = {
        ("answers", id): Given(known[id], line.recipient, line.place)
        for id in edition.layouts[kind].recipient_fills
    }
    return replace(line, contents={**filled, **line.contents})


def subject_of(edition: Edition, kind: str) -> Fact | None:
    """What people know a copy by, beside its recipient: the first text of its own that the
    workbook asks, such as the project's name."""
    layout = edition.layouts[kind]
    own = {
        id: entry for id, entry in edition.entries[kind].items() if id not in layout.recipient_fills
    }
    texts = (own[id] for id in asked_facts(layout, edition) if id in own)
    return next((fact for fact in texts if fact.type is FactType.TEXT), None)


def _subject(contents: Contents, subject: Fact | None) -> str:
    given = contents.get(("answers", subject.id)) if subject else None
    return str(given.value) if given else ""


# Numbers and names ------------------------------------------------------------------------------


def batch_id(edition: Edition, kind: str, day: date) -> str:
    """What the numbers of one day's copies begin with."""
    return f"{edition.id}-{kind}-{day:%Y%m%d}".upper()


def _issue_id(edition: Edition, kind: str, line: Line, day: date, number: int, of: int) -> str:
    """Edition, kind, day, running number, and four figures of what is in the copy, by which the
    copies of two rosters of one day differ; the same roster always gives the same numbers."""
    width = max(3, len(str(of)))
    identity = [
        edition.model_hash,
        template_hash(edition.layouts[kind]),
        line.recipient,
        sorted((name, str(held)) for name, held in fillings_of(line.contents).items()),
    ]
    digest = hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).hexdigest()
    return f"{batch_id(edition, kind, day)}-{number:0{width}d}-{digest[:4].upper()}"


def _file_name(file: str, recipient: str, subject: str, issue_id: str) -> str:
    names = [_safe(recipient), _safe(subject)]
    # Where one of them says the other too, as a project named after its unit does, once is enough.
    told = [each for each in names if not any(each != it and each in it for it in names)]
    parts = (file, *dict.fromkeys(told), issue_id)
    return f"{'_'.join(part for part in parts if part)}.xlsx"


def _safe(words: str) -> str:
    """Words as every system takes them in a file's name."""
    seen = "".join(c for c in unicodedata.normalize("NFC", words) if _is_seen(c))
    cleaned = re.sub(r'[\\/:*?"<>|\s]+', " ", seen).strip(" .")
    if len(cleaned) > _LONGEST_PART:
        cleaned = _without_open_bracket(cleaned[:_LONGEST_PART])
    return cleaned.strip(" .")


_BRACKETS = dict(zip("（(《〈“‘【〔[{「『［", "）)》〉”’】〕]}」』］", strict=True))


def _without_open_bracket(cut: str) -> str:
    """Words that were cut, without the bracket that is not closed any more and what it began;
    without the bracket alone where there is nothing before it."""
    opened: list[int] = []
    for place, character in enumerate(cut):
        if character in _BRACKETS:
            opened.append(place)
        elif opened and character == _BRACKETS[cut[opened[-1]]]:
            opened.pop()
    if not opened:
        return cut
    return cut[: opened[0]].rstrip() or _without_open_bracket(cut[1:])


def _is_seen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] != "C"


# The list ---------------------------------------------------------------------------------------


def list_name(edition: Edition, kind: str, day: date) -> str:
    """What the list of one day's copies is called."""
    return f"{LIST_NAME}_{batch_id(edition, kind, day)}.xlsx"


def list_bytes(edition: Edition, kind: str, made: Sequence[Copy], day: date) -> bytes:
    """The list as a workbook, to be filtered and printed."""
    title = f"{edition.layouts[kind].title}{LIST_NAME}"
    subject = subject_of(edition, kind)
    book = Book()
    sheet = book.sheet(LIST_NAME, (6, 40, 22, 26, 42, 38), protected=False)
    sheet.put(1, title, "sheet_title")
    sheet.next_row(2)
    about = f"{edition.title}（{edition.number}）　{chinese_date(day)}　共{len(made)}份"
    sheet.put(1, about, "note")
    sheet.merge(1, len(sheet.widths))
    sheet.next_row()
    titles = (
        "序号",
        _NUMBER_LABEL,
        RECIPIENT_LABEL,
        subject.label if subject else "项目",
        "文件",
        "SHA-256",
    )
    for column, heading in enumerate(titles, 1):
        sheet.put(column, heading, "heading")
    sheet.next_row()
    sheet.freeze_row = sheet.row
    for number, copy in enumerate(made, 1):
        row = (number, copy.issue_id, copy.recipient, copy.subject, copy.file_name, copy.sha256)
        sheet.put(1, row[0], "body_center")
        for column, words in enumerate(row[1:], 2):
            sheet.put(column, words or None, "body")
        sheet.next_row(max(text_lines(str(w), sheet.widths[c]) for c, w in enumerate(row) if c > 0))
    properties = {"kind": "issue_list", "edition": edition.id, "issued": day.isoformat()}
    return write_book(book, properties, title, datetime.combine(day, time(), UTC))


def files_of(edition: Edition, kind: str, made: Sequence[Copy], day: date) -> Mapping[str, bytes]:
    """The copies and, last, their list: where the list is, all of them are."""
    return dict(_files(edition, kind, made, day))


def _files(
    edition: Edition, kind: str, made: Sequence[Copy], day: date
) -> Iterator[tuple[str, bytes]]:
    for copy in made:
        yield copy.file_name, copy.content
    yield list_name(edition, kind, day), list_bytes(edition, kind, made, day)
