"""Below a checklist: which papers are required and not said to be there, to be told all at once."""

from __future__ import annotations

from generator.model.edition import Fact, FactType, Paper
from generator.model.layout import ChecklistBlock
from generator.rules.excel.conditions import chain, paper_cells
from generator.rules.excel.scope import NO, YES, Scope
from generator.rules.formula import Expr, Ref, call, eq, if_, op
from generator.workbook.book import Highlight, Sheet
from generator.workbook.desk import Desk, plain_fact, wide, width_of
from generator.workbook.styles import text_lines

_READY = "已备"
_LACKING = f"未备（须提交而“{_READY}”没有填“{YES}”的）："


def papers_lacking(block: ChecklistBlock) -> Ref:
    """The papers of a list that are required and not said to be there, by their names; "" if
    there are none."""
    return Ref(f"papers.{block.papers[0]}.lacking")


def draw_lacking(desk: Desk, sheet: Sheet, block: ChecklistBlock, ready: str) -> None:
    """Draw the line; `ready` are the cells that say whether papers are there."""
    first = ready.partition(":")[0]
    sheet.highlights.append(Highlight(ready, first, (NO,), "bad"))
    papers = [desk.edition.papers[id] for id in block.papers]
    asked = {paper.id: _is_ready(paper) for paper in papers}
    facts = {fact.id: fact for fact in asked.values()}
    given = Scope(desk.edition, desk.steps, lambda fact: Ref(f"in_paper_{fact}"), facts=facts)

    def is_lacking(paper: Paper) -> Expr:
        required = eq(paper_cells(desk.scope, paper).truth, 1)
        return call("AND", required, op(given.text(asked[paper.id].id), "<>", YES))

    lacking = [(is_lacking(paper), paper.label) for paper in papers]
    found = chain(desk.scope, papers_lacking(block).id, f"{block.title}：未备", lacking)
    wide(sheet, 1, 9, op(_LACKING, "&", if_(eq(found, ""), "无", found)), "computed")
    longest = _LACKING + "；".join(paper.label for paper in papers)
    sheet.next_row(text_lines(longest, width_of(sheet, 1, 9)))


def _is_ready(paper: Paper) -> Fact:
    return plain_fact(f"{paper.id}_ready", f"{paper.label}：{_READY}", FactType.YESNO)
