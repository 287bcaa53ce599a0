"""Text as issued → a regulation: front, title, chapters, articles, back; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.text.blanks import tighten
from generator.text.directory import Directory
from generator.text.front import find_number, find_title
from generator.text.joints import Natural, Source, read_source
from generator.text.labels import (
    ArticleStart,
    Heading,
    Labels,
    begins_back,
    ends_sentence,
    heading,
    item,
)
from generator.text.paragraphs import build_paragraphs
from generator.text.references import dead_references, find_references
from generator.text.regulation import Article, Chapter, Regulation, TextWarning
from generator.text.review import review

_LEVELS = {"节": 0, "章": 1, "编": 2}


def parse_regulation(raw: str) -> Regulation:
    """The structure of a text. Never raises: a text without articles gives one without articles,
    and all of it in `front`."""
    source = _complete_headings(read_source(raw))
    naturals, labels = source.paragraphs, source.labels
    start = _body_start(naturals, labels)
    end = _back_start(naturals, start, labels)
    front, title, preamble = find_title(naturals[:start])
    parts = _parts(naturals[start:end], labels)
    chapters, articles = _body(parts)
    bare = Regulation(
        title=title,
        number=find_number(naturals[:start]),
        chapters=chapters,
        articles=articles,
        front=_texts(front),
        preamble=_texts(preamble),
        back=_texts(naturals[end:]),
    )
    directory = Directory(bare.articles)
    cited = tuple(
        replace(article, references=find_references(article, directory))
        for article in bare.articles
    )
    complete = replace(bare, articles=cited)
    warnings = (
        *source.warnings,
        *_stray_words(parts),
        *review(complete),
        *dead_references(complete, directory),
    )
    return replace(complete, warnings=tuple(sorted(set(warnings))))


def _texts(naturals: Sequence[Natural]) -> tuple[str, ...]:
    return tuple(tighten(natural.text) for natural in naturals)


def _complete_headings(source: Source) -> Source:
    """第一章 on a line of its own takes the next line for its title."""
    naturals: list[Natural] = []
    for natural in source.paragraphs:
        before = heading(naturals[-1].text) if naturals else None
        if before and not before.title and not source.labels.begins_part(natural.text):
            whole = Natural(f"{naturals[-1].text} {natural.text}", naturals[-1].line)
            if heading(whole.text):
                naturals[-1] = whole
                continue
        naturals.append(natural)
    return replace(source, paragraphs=tuple(naturals))


def _body_start(naturals: Sequence[Natural], labels: Labels) -> int:
    """The first article, with the headings right above it; a table of contents stays in front."""
    first = next((i for i, one in enumerate(naturals) if labels.article(one.text)), len(naturals))
    if first == len(naturals):
        return first
    level = -1
    while first and (above := heading(naturals[first - 1].text)) and _LEVELS[above.level] > level:
        level = _LEVELS[above.level]
        first -= 1
    return first


def _back_start(naturals: Sequence[Natural], start: int, labels: Labels) -> int:
    """What follows the last article: 附件 or 抄送, and unfinished lines (a signature, a date)."""
    end = next((i for i in range(start, len(naturals)) if begins_back(naturals[i].text)), None)
    body = naturals[start:end]
    last = max((i for i, one in enumerate(body) if labels.article(one.text)), default=-1)
    if last < 0:
        return start + len(body)
    first = last + (2 if labels.only_label(body[last].text) else 1)
    for index in range(first, len(body)):
        text = body[index].text
        if not (ends_sentence(text) or item(text) or heading(text)):
            return start + index
    return start + len(body)


@dataclass
class _Part:
    """A heading or an article's beginning, with the paragraphs below it."""

    opening: Heading | ArticleStart
    line: int
    below: list[Natural] = field(default_factory=list)


def _parts(naturals: Sequence[Natural], labels: Labels) -> list[_Part]:
    parts: list[_Part] = []
    for natural in naturals:
        opening = heading(natural.text) or labels.article(natural.text)
        if opening:
            parts.append(_Part(opening, natural.line))
        else:
            parts[-1].below.append(natural)
    return parts


def _body(parts: Sequence[_Part]) -> tuple[tuple[Chapter, ...], tuple[Article, ...]]:
    divisions: list[tuple[Chapter, list[str]]] = []
    articles: list[Article] = []
    for part in parts:
        if isinstance(part.opening, Heading):
            divisions.append((_chapter(part.opening, part), []))
            continue
        article = _article(part.opening, part, divisions[-1][0].label if divisions else None)
        articles.append(article)
        if divisions:
            divisions[-1][1].append(article.label)
    chapters = tuple(replace(chapter, articles=tuple(listed)) for chapter, listed in divisions)
    return chapters, tuple(articles)


def _stray_words(parts: Sequence[_Part]) -> Iterator[TextWarning]:
    for part in parts:
        if isinstance(part.opening, Heading) and part.below:
            yield TextWarning(
                part.below[0].line, f"{part.opening.label}的标题之下、首条之前还有文字，已并入标题"
            )


def _chapter(found: Heading, part: _Part) -> Chapter:
    # Words between a heading and its first article are no article's: they stay with the heading.
    title = " ".join([found.title, *(tighten(natural.text) for natural in part.below)])
    return Chapter(found.label, title, (), part.line)


def _article(start: ArticleStart, part: _Part, chapter: str | None) -> Article:
    first = [Natural(start.rest, part.line)] if start.rest.strip() else []
    return Article(
        label=start.number,
        printed=start.label,
        chapter=chapter,
        paragraphs=build_paragraphs([*first, *part.below]),
        line=part.line,
    )
