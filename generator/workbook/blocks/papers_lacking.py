"""Which papers of a checklist are required and not said to be there.

Below it, by their names; for the list of what is still to fill, whether any is.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from generator.model.edition import Fact, FactType, Paper
from generator.model.layout import ChecklistBlock
from generator.rules.excel.conditions import REQUIRED, chain, paper_cells
from generator.rules.excel.scope import NO, YES, Scope
from generator.rules.formula import Expr, Ref, call, eq, if_, op
from generator.workbook.book import Highlight, Sheet, Span
from generator.workbook.desk import Desk, plain_fact, wide, width_of
from generator.workbook.styles import text_lines

_READY = "已备"
_LACKING = f"未备（{REQUIRED}而“{_READY}”没有填“{YES}”的）："


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


# Whether any --------------------------------------------------------------------------------------


def columns_of(block: ChecklistBlock) -> tuple[Ref, Ref]:
    """The cells that say whether the papers of a list are required, and those that say whether
    they are there."""
    return Ref(f"papers.{block.papers[0]}.all_wanted"), Ref(f"papers.{block.papers[0]}.all_ready")


def asked_for(desk: Desk, block: ChecklistBlock) -> list[Paper]:
    """The papers of a list that people have to get ready: they hand them in or receive them, and
    say so here and not with a step."""
    papers = (desk.edition.papers[id] for id in block.papers if id not in block.noted)
    return [paper for paper in papers if not issuers_of(desk, paper)]


def any_lacks(desk: Desk, block: ChecklistBlock) -> Expr:
    """Whether one of those is required and not said to be there."""
    wanted, ready = columns_of(block)
    there: Expr = call("COUNTIFS", wanted, REQUIRED, ready, YES)
    column = list(desk.book.spans[wanted.id].places)
    noted = (id in block.noted for id in block.papers)
    for is_noted, run in groupby(zip(noted, column, strict=True), key=itemgetter(0)):
        if is_noted:
            cells = [place for _, place in run]
            id = f"{wanted.id}.{cells[0].row}"
            desk.book.spans[id] = Span(cells[0], cells[-1])
            there = op(there, "+", call("COUNTIF", Ref(id), REQUIRED))
    return op(call("COUNTIF", wanted, REQUIRED), ">", there)


def issuers_of(desk: Desk, paper: Paper) -> str:
    """Who issues a paper that people who fill this workbook neither hand in nor receive, as a list
    says it; "" of all others."""
    own = {desk.layout.audience, *desk.layout.acts_as}
    if own & {*paper.prepared_by, *paper.received_by}:
        return ""
    roles = (desk.edition.roles[id].short for id in paper.prepared_by)
    return f"{ISSUED}，由{'、'.join(roles)}出具"


ISSUED = "应有"
