"""Verdict: a rule's conclusion, what is still needed, what is doubtful, each condition a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.anchors import Anchor
from generator.model.conditions import facts_of, readings_of
from generator.model.edition import Decision, Edition, FactType, Rule
from generator.model.layout import ChosenShape, Layout, VerdictBlock
from generator.rules.excel.chosen import PERMITTED, REFUSED, Permits, chosen_cells
from generator.rules.excel.conditions import (
    PENDING,
    VerdictCells,
    decision_cells,
    rule_cells,
    truth_word,
)
from generator.rules.excel.scope import NO, YES
from generator.rules.excel.steps import UNKNOWN
from generator.rules.formula import Expr, Ref, eq, if_, op
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, section, wide, width_of
from generator.workbook.styles import text_lines


def draw_verdict(desk: Desk, sheet: Sheet, block: VerdictBlock) -> None:
    """Draw the verdicts of rules and decisions."""
    section(sheet, block.title)
    for id in block.shows:
        if id in desk.edition.decisions:
            _decision(desk, sheet, desk.edition.decisions[id])
            if id in block.chosen:
                _chosen(desk, sheet, desk.edition.decisions[id], block.chosen[id])
        else:
            _rule(desk, sheet, desk.edition.rules[id], block)
    sheet.next_row()


def _rule(desk: Desk, sheet: Sheet, rule: Rule, block: VerdictBlock) -> None:
    cells = rule_cells(desk.scope, rule)
    for name, ref in (
        (f"out_{rule.id}", cells.word),
        (f"out_{rule.id}_needed", cells.needed),
        (f"out_{rule.id}_readings", cells.doubts),
    ):
        desk.result(name, ref)
    longest = max((rule.says.yes, rule.says.no, rule.says.unknown), key=len)
    word = _word(cells.word, cells.doubts, (rule,))
    _conclusion(desk, sheet, rule.label, word, cells.says, longest, (rule.law,))
    colour_verdicts(sheet, f"C{sheet.row - 1}", f"C{sheet.row - 1}", rule)
    in_short = cells.deciding is not None and not block.each_condition
    if cells.deciding and in_short:
        _reason(desk, sheet, cells.truth, cells.deciding, facts_of(rule.when))
    else:
        _needed(desk, sheet, cells.needed, facts_of(rule.when))
    _doubts(desk, sheet, cells.doubts_text, (rule,))
    if block.notes:
        _note(sheet, rule.note)
    if not in_short:
        _conditions(desk, sheet, rule, cells)


def _decision(desk: Desk, sheet: Sheet, decision: Decision) -> None:
    cells = decision_cells(desk.scope, decision)
    for name, ref in (
        (f"out_{decision.id}", cells.outcome),
        (f"out_{decision.id}_needed", cells.needed),
        (f"out_{decision.id}_readings", cells.doubts),
    ):
        desk.result(name, ref)
    sentences = [outcome.says for outcome in decision.outcomes.values()]
    longest = max([*sentences, decision.unknown], key=len)
    label, rules = decision.label, [desk.edition.rules[rule] for rule in decision.first_of]
    word = _word(cells.outcome, cells.doubts, rules)
    _conclusion(desk, sheet, label, word, cells.says, longest, decision.law)
    cell = f"C{sheet.row - 1}"
    sheet.highlights.append(Highlight(cell, cell, (DOUBTFUL,), "doubt"))
    sheet.highlights.append(Highlight(cell, cell, (PENDING,), "pending"))
    # Whatever else stands there is an outcome; its words may be any, quotes and asterisks too.
    sheet.highlights.append(Highlight(cell, cell, ("?",), "good"))
    facts = dict.fromkeys(fact for rule in rules for fact in facts_of(rule.when))
    _needed(desk, sheet, cells.needed, tuple(facts))
    _doubts(desk, sheet, cells.doubts_text, rules)


def _chosen(desk: Desk, sheet: Sheet, decision: Decision, chosen: ChosenShape) -> None:
    """The way chosen, and whether the decision's rules permit it."""
    fact, permits = desk.facts[chosen.fact], permits_of(desk.edition, chosen)
    cells = chosen_cells(desk.scope, decision, fact, permits)
    name = f"out_{decision.id}_chosen_permitted"
    desk.result(name, cells.word)
    desk.result(f"{name}_needed", cells.needed)
    desk.result(f"{name}_readings", cells.doubts)
    sheet.put(1, None, "body")
    sheet.put(2, "已选择的方式", "body_strong")
    desk.answer(sheet, 3, fact)
    wide(sheet, 4, 8, fact.ask, "help")
    desk.law(sheet, 9, fact.law)
    longest = max(text_lines(label, sheet.widths[2]) for label in fact.choices.values())
    sheet.next_row(max(longest, text_lines(fact.ask, width_of(sheet, 4, 8))))
    sheet.put(1, None, "body")
    sheet.put(2, "是否准许", "body_strong")
    sheet.put(3, with_doubt(cells.word, cells.doubts), "state")
    wide(sheet, 4, 8, cells.says, "computed")
    desk.law(sheet, 9, *decision.law)
    cell = f"C{sheet.row}"
    for word, style in (
        (DOUBTFUL, "doubt"),
        (PENDING, "pending"),
        (PERMITTED, "good"),
        (REFUSED, "bad"),
    ):
        sheet.highlights.append(Highlight(cell, cell, (word,), style))
    rules = [rule for several in permits.values() for rule in several]
    says = [each for rule in rules for each in (rule.says.yes, rule.says.no, rule.says.unknown)]
    sheet.next_row(max((text_lines(each, width_of(sheet, 4, 8)) for each in says), default=1))
    facts = dict.fromkeys([fact.id, *(each for rule in rules for each in facts_of(rule.when))])
    _needed(desk, sheet, cells.needed, tuple(facts))
    _doubts(desk, sheet, cells.doubts_text, rules)


def permits_of(edition: Edition, chosen: ChosenShape) -> Permits:
    """The rules that permit each choice."""
    return {
        choice: tuple(edition.rules[rule] for rule in rules)
        for choice, rules in chosen.permitted_by.items()
    }


def facts_of_chosen(edition: Edition, block: VerdictBlock) -> Iterator[str]:
    """The facts that the ways chosen under a block's decisions are held against."""
    for chosen in block.chosen.values():
        yield chosen.fact
        for rules in chosen.permitted_by.values():
            for rule in rules:
                yield from facts_of(edition.rules[rule].when)


def chosen_problems(edition: Edition, layout: Layout) -> Iterator[str]:
    """What does not fit in `chosen`: decisions not shown, facts and choices that are none."""
    blocks = [block for sheet in layout.sheets for block in sheet.blocks]
    for block in (block for block in blocks if isinstance(block, VerdictBlock)):
        for id, chosen in block.chosen.items():
            at, fact = f"“{block.title}”的 chosen", edition.facts[chosen.fact]
            if id not in block.shows or id not in edition.decisions:
                yield f"{at}：{id} 不是这一块所列的决定。"
            if fact.type is not FactType.CHOICE:
                yield f"{at}：“{fact.label}”（{fact.id}）不是选择题。"
            for choice, rules in chosen.permitted_by.items():
                if choice not in fact.choices:
                    yield f"{at}：“{fact.label}”没有 {choice} 这个选项。"
                if not rules:
                    yield f"{at}：{choice} 没有列出准许它的规则。"
                for rule in rules:
                    if rule not in edition.rules or edition.rules[rule].each:
                        yield f"{at}：{rule} 不是规则，或者是逐行判断的规则。"


def _conclusion(
    desk: Desk,
    sheet: Sheet,
    label: str,
    word: Expr,
    says: Ref,
    longest: str,
    laws: tuple[Anchor, ...],
) -> None:
    sheet.begin_section()
    desk.kept.add(says.id)
    wide(sheet, 1, 2, f"结论：{label}", "heading_left")
    sheet.put(3, word, "verdict")
    wide(sheet, 4, 8, says, "computed")
    desk.law(sheet, 9, *laws)
    lines = max(
        text_lines(f"结论：{label}", width_of(sheet, 1, 2) * 0.95),
        text_lines(longest, width_of(sheet, 4, 8)),
    )
    sheet.next_row(max(lines, 2))


DOUBTFUL = "*（存疑）"
"""A word of a verdict that another reading would change ends so."""


def with_doubt(word: Ref, doubts: Ref) -> Expr:
    """A verdict's word, marked while another reading would change it."""
    return op(word, "&", if_(eq(doubts, ""), "", "（存疑）"))


def colour_verdicts(sheet: Sheet, area: str, first: str, rule: Rule) -> None:
    """Green is good news and red bad: the 是 of a prohibition is red, an order is neither."""
    looks = {"yes": ((YES, "good"), (NO, "bad")), "no": ((NO, "good"), (YES, "bad"))}
    words = ((DOUBTFUL, "doubt"), (PENDING, "pending"), *looks.get(rule.good_when, ()))
    for word, style in words:
        sheet.highlights.append(Highlight(area, first, (word,), style))


def _needed(desk: Desk, sheet: Sheet, needed: Ref, facts: Sequence[str]) -> None:
    _answers(desk, sheet, "还需填写", needed, facts)


def _reason(desk: Desk, sheet: Sheet, truth: Ref, deciding: Ref, facts: Sequence[str]) -> None:
    """Why, in one row: the questions stand above, each with its answer."""
    words = op(if_(eq(truth, UNKNOWN), "还需填写：", "取决于："), "&", deciding)
    _answers(desk, sheet, "理由", words, facts)


def _answers(desk: Desk, sheet: Sheet, title: str, content: Expr, facts: Sequence[str]) -> None:
    """A row that names some of the facts."""
    sheet.put(1, None, "body")
    sheet.put(2, title, "body")
    wide(sheet, 3, 8, content, "computed")
    sheet.put(9, None, "body")
    everything = "、".join(desk.facts[fact].label for fact in facts)
    sheet.next_row(text_lines(everything, width_of(sheet, 3, 8)))


def _has_readings(rules: Sequence[Rule]) -> bool:
    """Whether an open reading of the text could change what rules say."""
    return any(readings_of(rule.when) for rule in rules)


def _word(word: Ref, doubts: Ref, rules: Sequence[Rule]) -> Expr:
    return with_doubt(word, doubts) if _has_readings(rules) else word


def _doubts(desk: Desk, sheet: Sheet, doubts: Ref, rules: Sequence[Rule]) -> None:
    """A row where rules can be read in another way; nowhere else is anything to be said."""
    if not _has_readings(rules):
        return
    interpreter = desk.edition.roles[desk.edition.interpreter].label
    remark = f"。另一种解读会改变结论，以{interpreter}的意见为准"
    sheet.put(1, None, "body")
    sheet.put(2, "存疑", "body")
    doubt = op(op("存疑：", "&", doubts), "&", remark)
    wide(sheet, 3, 8, if_(eq(doubts, ""), "无", doubt), "computed")
    cell = f"C{sheet.row}"
    sheet.highlights.append(Highlight(cell, cell, ("存疑",), "doubt"))
    desk.law(sheet, 9, desk.edition.interpreter_law)
    sheet.next_row()


def _note(sheet: Sheet, note: str | None) -> None:
    if not note:
        return
    sheet.put(1, None, "body")
    sheet.put(2, "说明", "body")
    wide(sheet, 3, 8, note, "help")
    sheet.put(9, None, "body")
    sheet.next_row(text_lines(note, width_of(sheet, 3, 8)))


def _conditions(desk: Desk, sheet: Sheet, rule: Rule, cells: VerdictCells) -> None:
    """Below the conclusion, in its columns: each condition's state, then its words."""
    first = sheet.row
    for node in cells.nodes:
        sheet.put(1, None, "body")
        sheet.put(2, "各项条件" if sheet.row == first else None, "body")
        sheet.put(3, truth_word(node.truth), "state")
        indent = f"body_indent{min(node.depth, 6)}" if node.depth else "body"
        text = node.text if node.is_leaf else f"{node.text}："
        wide(sheet, 4, 8, text, indent)
        desk.law(sheet, 9, node.law or rule.law)
        sheet.next_row(text_lines(text, width_of(sheet, 4, 8) - 2.2 * node.depth))
    colour_verdicts(sheet, f"C{first}:C{sheet.row - 1}", f"C{first}", rule)
