"""What looks wrong in an imported text: numbers that jump or repeat, empty articles, no title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.anchors import article_label, from_chinese, to_chinese
from generator.text.labels import item
from generator.text.regulation import Article, Chapter, Item, Paragraph, Regulation, TextWarning

_ENDS = tuple("。；：！？”』）》;:.!?)")


def review(regulation: Regulation) -> Iterator[TextWarning]:
    """All warnings about the structure, in no special order."""
    if not regulation.title:
        yield TextWarning(1, "没有找到法规自己的标题")
    if not regulation.articles:
        yield TextWarning(1, "没有找到条文（第一条、第二条……）")
    yield from _articles(regulation.articles)
    yield from _chapters(regulation.chapters)
    for article in regulation.articles:
        yield from _inside(article)


def _articles(articles: Sequence[Article]) -> Iterator[TextWarning]:
    seen: set[str] = set()
    before = "0"
    for article in articles:
        if article.label in seen:
            yield TextWarning(article.line, f"{article.printed}重复出现")
        elif article.label not in _may_follow(before):
            yield TextWarning(
                article.line, f"条号不连续：{_after_article(before)}是{article.printed}"
            )
        seen.add(article.label)
        before = article.label


def _may_follow(number: str) -> tuple[str, str]:
    main, _, inserted = number.partition("-")
    return str(int(main) + 1), f"{main}-{int(inserted or 0) + 1}"


def _after_article(number: str) -> str:
    return "开头" if number == "0" else f"{article_label(number)}之后"


def _chapters(chapters: Sequence[Chapter]) -> Iterator[TextWarning]:
    before = {"编": 0, "章": 0, "节": 0}
    for index, chapter in enumerate(chapters):
        level = chapter.label[-1]
        number = from_chinese(chapter.label[1:-1])
        restarts = level == "章" and number == 1 and before["编"]
        if number == before[level]:
            yield TextWarning(chapter.line, f"{chapter.label}重复出现")
        elif number != before[level] + 1 and not restarts:
            yield TextWarning(
                chapter.line,
                f"{level}号不连续：{_after_heading(level, before[level])}是{chapter.label}",
            )
        before[level] = number
        if level != "节":
            before["节"] = 0
        yield from _heading_content(chapter, chapters[index + 1 : index + 2])


def _heading_content(chapter: Chapter, following: Sequence[Chapter]) -> Iterator[TextWarning]:
    level = chapter.label[-1]
    if level != "章":
        yield TextWarning(chapter.line, f"{chapter.label}是{level}，与章并列存放，请核对其上下层次")
    deeper = bool(following) and "节章编".index(following[0].label[-1]) < "节章编".index(level)
    if not chapter.articles and not deeper:
        yield TextWarning(chapter.line, f"{chapter.label}之下没有条文")


def _after_heading(level: str, number: int) -> str:
    return f"第{to_chinese(number)}{level}之后" if number else "开头"


def _inside(article: Article) -> Iterator[TextWarning]:
    if not any(_has_text(paragraph) for paragraph in article.paragraphs):
        yield TextWarning(article.line, f"{article.printed}没有内容")
    for paragraph in article.paragraphs:
        yield from _items(article.printed, paragraph.items)
        if paragraph.text and not paragraph.text.endswith(_ENDS):
            yield TextWarning(
                paragraph.line, f"{article.printed}有一款不以句末标点结尾，请核对分段"
            )


def _has_text(paragraph: Paragraph) -> bool:
    return bool(paragraph.text or paragraph.items)


def _items(place: str, items: Sequence[Item]) -> Iterator[TextWarning]:
    before = 0
    for one in items:
        start = item(one.label)
        number = start.number if start else 0
        if number != before + 1:
            last = f"第{before}项之后" if before else "开头"
            yield TextWarning(one.line, f"{place}的项号不连续：{last}是{one.label}")
        before = number
        if not any(one.paragraphs) and not one.items:
            yield TextWarning(one.line, f"{place}{one.label}没有内容")
        yield from _items(f"{place}{one.label}", one.items)
