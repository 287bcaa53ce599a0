"""What people write at the head of a roster's column, or before a colon → what it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.issuing.asked import questions_for
from generator.model.contents import KEY, Listing, Questions
from generator.model.edition import Edition, Fact
from generator.model.issued import series_of
from generator.model.problems import nearest
from generator.model.yaml_source import Path_

RECIPIENT = "recipient"
RECIPIENT_LABEL = "领用单位"


class Words:
    """What a roster can say in one word: for whom a copy is, and the answer to a question; `rows`
    adds the columns of the register of which it may list rows, if the workbook has one."""

    def __init__(self, edition: Edition, kind: str, *, rows: bool) -> None:
        questions = questions_for(edition, kind)
        facts = {id: fact for id, fact in questions["answers"].items() if isinstance(fact, Fact)}
        self._meanings: dict[str, dict[Path_, str]] = {}
        self._known = {RECIPIENT_LABEL: RECIPIENT}
        self._mean(("answers", RECIPIENT), RECIPIENT, RECIPIENT_LABEL)
        for id, fact in facts.items():
            self._known.setdefault(fact.label, id)
            self._mean(("answers", id), id, *_names(fact))
        listed = {fact.id: fact for fact in edition.facts.values() if fact.id not in facts}
        self._elsewhere = {_bare(w): f.label for f in listed.values() for w in (f.id, f.label)}
        self._columns: dict[str, str] = {}
        for word, told in _columns_told(questions):
            self._columns.setdefault(word, told)
        for place, column in _rostered(edition, kind) if rows else ():
            if not self._meanings.keys() & {_bare(word) for word in (place[-1], *_names(column))}:
                self._known.setdefault(column.label, place[-1])
                self._mean(place, place[-1], *_names(column))

    def _mean(self, what: Path_, id: str, *words: str) -> None:
        for word in (id, *words):
            self._meanings.setdefault(_bare(word), {})[what] = id

    def meaning(self, word: str) -> tuple[Path_ | None, str]:
        """What a word means (`("answers", id)`, `("registers", id, column)`), or None and why it
        means nothing."""
        found = self._meanings.get(_bare(word), {})
        if len(found) == 1:
            return next(iter(found)), ""
        if found:
            ids = "、".join(sorted(found.values()))
            return None, f"不止一项叫 “{word}”，请改写标识：{ids}。"
        if _bare(word) in self._columns:
            return None, self._columns[_bare(word)]
        if _bare(word) in self._elsewhere:
            return None, f"本工作簿不问 “{self._elsewhere[_bare(word)]}”，不能预填。"
        near = nearest(word, (*self._known, *self._known.values()))
        hint = f"，是否为 “{near}”？" if near else "；应为本工作簿所问项目的名称或者标识。"
        return None, f"本工作簿没有 “{word}” 这一项{hint}"


def _names(fact: Fact) -> Iterator[str]:
    yield fact.label
    if fact.unit:
        yield f"{fact.label}（{fact.unit.name}）"


def _rostered(edition: Edition, kind: str) -> Iterator[tuple[tuple[str, str, str], Fact]]:
    """The columns of the register whose rows a roster may list: its key, and what says what a row
    is about. Of several such registers nobody could tell which is meant."""
    series = series_of(edition.layouts[kind])
    if len(series) == 1:
        id = series[0].first.id
        listing = questions_for(edition, kind)["registers"][id]
        assert isinstance(listing, Listing)
        for column in (KEY, *series[0].carries):
            yield ("registers", id, column), listing.columns[column]


def _columns_told(questions: Questions) -> Iterator[tuple[str, str]]:
    """What there is to say of a word that is the head of a column of a list."""
    for section, what in (("tables", "表格"), ("registers", "登记表")):
        for id, listing in questions[section].items():
            assert isinstance(listing, Listing)
            for column, fact in listing.columns.items():
                more = "" if column == KEY else f", {column}: …"
                told = (
                    f"“{fact.label}”是{what}的列，请用 YAML 名单写在 {section} 之下，"
                    f"一行一项，如 {section}: {{{id}: [{{{KEY}: …{more}}}]}}。"
                )
                for word in (*(() if column == KEY else (column,)), *_names(fact)):
                    yield _bare(word), told


def _bare(word: str) -> str:
    """Without blanks, and brackets and letters of one width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", word))
