"""What stands under a verdict: nothing of doubts where the text can be read in one way alone."""

from __future__ import annotations

from generator.workbook.book import Book
from generator.workbook.build import build_book, sketched_book
from tests.support.editions import edition_of
from tests.support.workbooks import VEHICLE

YUNLING, SHEET = edition_of(VEHICLE[0]), "判定"


def labels_under(book: Book, verdict: str) -> list[str]:
    """What the rows from a verdict to its conditions, or to the next verdict, are called."""
    cells = book.sheets[SHEET].cells
    first = next(row for (row, _), cell in cells.items() if cell.content == f"结论：{verdict}")
    labels: list[str] = []
    for row in range(first + 1, first + 20):
        if (row, 1) not in cells or cells[row, 1].content is not None:
            break
        labels.append(str(cells[row, 2].content))
    return labels


def test_doubts_have_a_row_where_a_rule_can_be_read_in_another_way() -> None:
    """Of the rules shown, only that of 5000元 (YL01) has another reading; YL03 is settled. So have
    the decision that asks it, and the choice held against it."""
    book = build_book(YUNLING, VEHICLE[1])
    rules = YUNLING.rules
    with_row = {
        id: "存疑" in labels_under(book, rules[id].label)
        for id in ("in_scope", "purchase_allowed", "review_by_centre", "review_by_finance")
    }
    assert with_row == {
        "in_scope": False,
        "purchase_allowed": False,
        "review_by_centre": True,
        "review_by_finance": False,
    }
    route = YUNLING.decisions["repair_route"].label
    assert labels_under(book, route).count("存疑") == 2


def test_every_verdict_says_what_it_needs() -> None:
    """Where a rule only asks some plain questions, the reason names those that are needed."""
    book = build_book(YUNLING, VEHICLE[1])
    needs = {
        id: labels_under(book, YUNLING.rules[id].label)[0]
        for id in ("in_scope", "purchase_allowed", "review_by_centre", "review_by_finance")
    }
    assert needs == {
        "in_scope": "理由",
        "purchase_allowed": "还需填写",
        "review_by_centre": "还需填写",
        "review_by_finance": "还需填写",
    }


# Colours ------------------------------------------------------------------------------------------


def colours_of(book: Book, sheet: str, verdict: str) -> dict[str, str]:
    """The looks that a verdict's word is given, by the word."""
    shown = book.sheets[sheet]
    row = next(row for (row, _), c in shown.cells.items() if c.content == f"结论：{verdict}")
    own = f"C{row}"
    return {h.words[0]: h.style for h in shown.highlights if h.cells == own}


def test_green_is_good_news_and_red_is_bad() -> None:
    """May I? Yes is green. Must not I? No is green. That something goes wrong and must be reported
    or punished is bad news though it is an order, and that it need not be is good; other orders
    are neither."""
    edition = edition_of("qidong-2022")
    book = sketched_book(edition, "dossier")
    green_yes, green_no = {"是": "good", "否": "bad"}, {"否": "good", "是": "bad"}
    wanted = {
        ("立项编报", "merge_all"): green_yes,
        ("立项编报", "application_conditions_met"): green_yes,
        ("年度计划", "implementation_barred"): green_no,
        ("实施管理", "censure_required"): green_no,
        ("实施管理", "sanction_permitted"): green_no,
        ("验收与评价", "operation_money_denied"): green_no,
        ("验收与评价", "extension_required"): green_no,
        ("实施管理", "supervision_mandatory"): {},
        ("立项编报", "centrally_built"): {},
    }
    for (sheet, rule), colours in wanted.items():
        shown = colours_of(book, sheet, edition.rules[rule].label)
        told = {word: style for word, style in shown.items() if word in ("是", "否")}
        assert told == colours, rule
