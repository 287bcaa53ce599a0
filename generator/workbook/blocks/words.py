"""Blocks of words: plain text, what the file is, how far it is filled, the regulation's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.conditions import facts_of_term
from generator.model.edition import Deadline, Fact, Recurring
from generator.model.layout import (
    DutiesBlock,
    IdentityBlock,
    ProvisionsBlock,
    ReadingsBlock,
    TextBlock,
)
from generator.model.provisions import Article, Item, Paragraph, item_paragraph_anchor
from generator.model.quantities import chinese_date
from generator.rules.formula import Expr, if_, op
from generator.workbook.blocks.duties import duty_progress
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, headings, section, wide, width_of
from generator.workbook.imprint import FICTITIOUS, Imprint
from generator.workbook.readings import readings_shown
from generator.workbook.sheets import use_of
from generator.workbook.styles import text_lines

PROVISION_COLUMNS = (26.0, 110.0)


def draw_text(desk: Desk, sheet: Sheet, block: TextBlock) -> None:  # noqa: ARG001
    """Draw paragraphs."""
    if block.title:
        section(sheet, block.title)
    last = len(sheet.widths)
    for line in block.lines:
        wide(sheet, 1, last, line, "text")
        sheet.next_row(text_lines(line, width_of(sheet, 1, last)))
    sheet.next_row()


def draw_identity(desk: Desk, sheet: Sheet, block: IdentityBlock) -> None:
    """Draw what the file is: title, edition, recipient, legend, warning."""
    edition, last = desk.edition, len(sheet.widths)
    use = use_of(edition, desk.layout)
    wide(
        sheet,
        1,
        last,
        f"《{edition.title}》（{edition.number}）配套表格 · {use}",
        "subtitle",
    )
    sheet.next_row()
    if desk.layout.warning:
        wide(sheet, 1, last, desk.layout.warning, "warning")
        sheet.next_row(text_lines(desk.layout.warning, width_of(sheet, 1, last)) + 1)
    sheet.next_row()
    section(sheet, "本文件")
    rows = (
        *_own_particulars(desk.imprint),
        ("版本", f"{edition.id}（{chinese_date(edition.effective)}起施行）"),
        ("内容校验码", edition.model_hash[:12]),
        ("解释机关", edition.roles[edition.interpreter].label),
    )
    for label, text in rows:
        sheet.put(1, None, "body")
        sheet.put(2, label, "body_strong")
        wide(sheet, 3, last, text, "warning" if label == "示例" else "body")
        sheet.next_row(text_lines(text, width_of(sheet, 3, last)))
    for id in block.shows:
        _shown(desk, sheet, desk.facts[id])
    _legend(sheet)
    sheet.next_row()
    _contents(desk, sheet)


def _shown(desk: Desk, sheet: Sheet, fact: Fact) -> None:
    """An answer of a later sheet, a link to where it is given."""
    known = desk.scope.is_known(fact.id)
    answer = if_(known, desk.scope.text(fact.id), "待填")
    sheet.put(1, None, "body")
    sheet.put(2, fact.label, "body_strong")
    wide(sheet, 3, len(sheet.widths), answer, "computed", link=f"in_{fact.id}")
    cell = f"C{sheet.row}"
    sheet.highlights.append(Highlight(cell, cell, ("待填",), "pending"))
    sheet.next_row()


def _own_particulars(imprint: Imprint) -> Iterator[tuple[str, str]]:
    """What is true of this file alone."""
    if imprint.example:
        yield "示例", f"虚构：{imprint.example}。只供参照填法，不能作为依据，不要上报。"
    if imprint.issue_id and imprint.day:
        yield "领用编号", imprint.issue_id
        yield "领用单位", imprint.recipient
        yield "领用日期", chinese_date(imprint.day)
    else:
        yield "领用编号", "未编号（填写示例）" if imprint.example else "未编号（公开模板）"


def _contents(desk: Desk, sheet: Sheet) -> None:
    """Every sheet with what it is for, a link each."""
    last = len(sheet.widths)
    section(sheet, "目录（点名称跳转）")
    for number, written in enumerate(desk.layout.sheets, 1):
        sheet.put(1, number, "body_center")
        sheet.put(2, written.name, "link", link=navigation_name(number))
        listed = [block.role for block in written.blocks if isinstance(block, DutiesBlock)]
        end = last - 1 if listed else last
        wide(sheet, 3, end, written.about, "body")
        if listed and listed[0]:
            sheet.put(last, duty_progress(desk, listed[0]), "computed_center")
        sheet.next_row(text_lines(written.about or "", width_of(sheet, 3, end)))
    sheet.next_row()


def navigation_name(number: int) -> str:
    """The name of the first cell of the n-th sheet."""
    return f"nav_{number}"


def draw_heading(sheet: Sheet, name: str, number: int, desk: Desk) -> None:
    """The row that stays on top of a sheet: its name, and the way back to the first sheet."""
    last = len(sheet.widths)
    title = f"{name}（{FICTITIOUS}）" if desk.imprint.example else name
    place = wide(sheet, 1, last - 1, title, "sheet_title")
    desk.book.define(navigation_name(number), place)
    if number > 1:
        first = desk.layout.sheets[0].name
        sheet.put(last, f"返回{first}", "link_title", link=navigation_name(1))
    else:
        sheet.put(last, None, "link_title")
    sheet.heights[sheet.row] = 30
    sheet.next_row()
    sheet.freeze_row = sheet.row


def draw_carried(desk: Desk, sheet: Sheet, facts: Sequence[str]) -> None:
    """The row under the heading, that stays with it: whose sheet this is, once it is printed."""
    words: Expr | None = None
    for fact in (desk.facts[id] for id in facts):
        answer = if_(desk.scope.is_known(fact.id), desk.scope.text(fact.id), "待填")
        part = op(f"{fact.label}：" if words is None else f"　　{fact.label}：", "&", answer)
        words = part if words is None else op(words, "&", part)
    wide(sheet, 1, len(sheet.widths), words, "subtitle")
    sheet.next_row()
    sheet.freeze_row = sheet.row


def _legend(sheet: Sheet) -> None:
    last = len(sheet.widths)
    rows = (
        ("填写", "input_sample", "黄色：由填表人填写；带箭头的从下拉列表中选择"),
        ("自动", "computed", "灰色：自动计算，不能改；只说明情形、谈不上有利不利的结论也是灰色"),
        ("是", "state", "绿色：有利或者已做到；以文字为准，“不得……”一类的结论，“否”是绿色"),
        ("否", "state", "红色：不利、不得或者已过期限；以文字为准"),
        ("待填", "state", "浅灰：所需事实还没有填全，不作判断"),
        ("存疑", "state", "琥珀色：办法的文字有两种读法且会改变结论，以解释机关意见为准"),
    )
    first = sheet.row
    for word, style, text in rows:
        sheet.put(1, None, "body")
        sheet.put(2, word, style)
        wide(sheet, 3, last, text, "body")
        sheet.next_row()
    area = f"B{first}:B{sheet.row - 1}"
    for words, style in (
        (("是",), "good"),
        (("否",), "bad"),
        (("待填",), "pending"),
        (("存疑",), "doubt"),
    ):
        sheet.highlights.append(Highlight(area, f"B{first}", words, style))


# Readings ---------------------------------------------------------------------------------------


def draw_readings(desk: Desk, sheet: Sheet, block: ReadingsBlock) -> None:
    """Draw the open readings that have an alternative; marks of doubt lead here."""
    section(sheet, block.title)
    interpreter = desk.edition.roles[desk.edition.interpreter].label
    note = f"以下是本表对办法文字的解读，不是办法原文；以{interpreter}的意见为准。"
    wide(sheet, 1, 9, note, "note")
    sheet.next_row()
    headings(sheet, ("编号", "问题", "本表的读法", "", "", "另一种读法", "", "", "依据"))
    for reading in readings_shown(desk.edition, desk.layout):
        sheet.put(1, reading.id, "body_center")
        sheet.put(2, reading.title, "body_strong")
        wide(sheet, 3, 5, reading.reading, "body")
        wide(sheet, 6, 8, reading.alternative, "body")
        desk.law(sheet, 9, *reading.law)
        sheet.next_row(
            max(
                text_lines(reading.title, sheet.widths[1]),
                text_lines(reading.reading, width_of(sheet, 3, 5)),
                text_lines(reading.alternative or "", width_of(sheet, 6, 8)),
            )
        )
    sheet.next_row()


# The regulation's text --------------------------------------------------------------------------


def draw_provisions(desk: Desk, sheet: Sheet, block: ProvisionsBlock) -> None:
    """Draw the whole text; each provision is where links from other rows lead, and has a name made
    of its anchor."""
    section(sheet, block.title)
    headings(sheet, ("条款", "原文"))
    sheet.freeze_row = sheet.row
    for chapter in desk.edition.text.chapters:
        if chapter.heading:
            wide(sheet, 1, 2, chapter.heading, "heading_left")
            sheet.next_row()
        for article in chapter.articles:
            _article(desk, sheet, article)


def _article(desk: Desk, sheet: Sheet, article: Article) -> None:
    single = len(article.paragraphs) == 1
    if not single or article.title:
        place = sheet.put(1, article.label, "law_article")
        desk.book.define(article.anchor.excel_name, place)
        sheet.put(2, article.title, "law_article")
        sheet.next_row()
    for paragraph in article.paragraphs:
        _paragraph(desk, sheet, paragraph, "law_article" if single else "body")


def _paragraph(desk: Desk, sheet: Sheet, paragraph: Paragraph, style: str) -> None:
    place = sheet.put(1, paragraph.anchor.citation, style)
    desk.book.define(paragraph.anchor.excel_name, place)
    _words(sheet, paragraph.text)
    for item in paragraph.items:
        _item(desk, sheet, item)


def _item(desk: Desk, sheet: Sheet, item: Item) -> None:
    place = sheet.put(1, item.anchor.citation, "body")
    desk.book.define(item.anchor.excel_name, place)
    if len(item.paragraphs) > 1:
        desk.book.define(item_paragraph_anchor(item, 1).excel_name, place)
    _words(sheet, f"{item.label}{item.paragraphs[0]}")
    for number, text in enumerate(item.paragraphs[1:], 2):
        anchor = item_paragraph_anchor(item, number)
        desk.book.define(anchor.excel_name, sheet.put(1, anchor.citation, "body"))
        _words(sheet, text)
    for child in item.items:
        _item(desk, sheet, child)


def _words(sheet: Sheet, text: str) -> None:
    sheet.put(2, text, "body")
    sheet.next_row(text_lines(text, sheet.widths[1]))


def facts_of_deadline(deadline: Deadline) -> tuple[str, ...]:
    """The facts that a deadline counts from."""
    schedule = deadline.schedule
    if isinstance(schedule, Recurring):
        return schedule.start, schedule.until
    extra = (schedule.extension.fact,) if schedule.extension else ()
    return (*facts_of_term(schedule.start), *extra)
