"""The deadlines that the calendar alone fixes, as an iCalendar file (RFC 5545) for any calendar.

A project's own dates are not in it: those depend on days that only its owner knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.model.edition import Deadline, Edition, Recurrence, Recurring
from generator.rules.prose import schedule_text

_LINE_OCTETS = 75
_RULES = {
    Recurrence.MONTH_END: "FREQ=MONTHLY;BYMONTHDAY=-1",
    Recurrence.QUARTER_END: "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
    Recurrence.YEAR_END: "FREQ=YEARLY",
}


def calendar_file(edition: Edition) -> bytes | None:
    """One event a recurring deadline, without end; None where the edition has none."""
    recurring = [
        (deadline, deadline.schedule)
        for deadline in edition.deadlines.values()
        if isinstance(deadline.schedule, Recurring)
    ]
    if not recurring:
        return None
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Banfa//{edition.id}//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(f'《{edition.short_title}》期限')}",
    ]
    for deadline, schedule in recurring:
        lines += _event(edition, deadline, schedule)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(edition: Edition, deadline: Deadline, schedule: Recurring) -> Iterator[str]:
    first = first_day(schedule.every, edition.effective)
    yield "BEGIN:VEVENT"
    yield f"UID:{deadline.id}.{edition.id}@banfa"
    # The same bytes each time: the file is as old as the edition.
    yield f"DTSTAMP:{edition.issued:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{first + timedelta(days=1):%Y%m%d}"
    yield f"RRULE:{_RULES[schedule.every]}"
    yield f"SUMMARY:{_text(f'{deadline.label}（{deadline.law.citation}）')}"
    yield f"DESCRIPTION:{_text(_description(edition, deadline))}"
    yield f"CATEGORIES:{_text(edition.short_title)}"
    # A reminder takes up nobody's day.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def first_day(every: Recurrence, start: date) -> date:
    """The first end of a month, quarter or year on or after a day."""
    month = start.month + (-start.month) % every.months
    following = date(start.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _description(edition: Edition, deadline: Deadline) -> str:
    who, to = (
        "、".join(edition.roles[id].label for id in ids) for ids in (deadline.who, deadline.to)
    )
    lines = [
        f"{deadline.says}。",
        f"由{who}{f'向{to}' if to else ''}办理；{schedule_text(edition, deadline.schedule)}。",
        f"依据：《{edition.title}》（{edition.number}）{deadline.law.citation}：“{deadline.quote}”",
    ]
    if edition.open_readings(tuple(deadline.alternatives)):
        organ = edition.roles[edition.interpreter].label
        lines.append(f"存疑：读法不同，日期可能不同，以{organ}解释意见为准。")
    lines.append("末日逢休息日的，未作顺延。以印发文本为准。")
    return "\n".join(lines)


def _text(words: str) -> str:
    """A TEXT value: its own signs escaped, no control character but line ends."""
    lines = ("".join(c for c in line if c.isprintable()) for line in words.splitlines())
    text = "\n".join(lines)
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, none of which cuts a character."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LINE_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return "\r\n".join(pieces)
