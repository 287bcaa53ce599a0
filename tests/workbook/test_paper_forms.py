"""Forms for paper: what stands in them, who is addressed, what is enclosed, where it is sealed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pydantic import ValidationError

from generator.issuing.previous import read_previous
from generator.model.edition import Edition
from generator.model.layout import LetterBlock, LetterRowShape
from generator.model.problems import DataProblems
from generator.rules.formula import Scalar
from generator.workbook.asked import blocks
from generator.workbook.blocks.letter_rows import LETTER_COLUMNS
from generator.workbook.blocks.seal import seal_pairs
from generator.workbook.book import Book, Place
from generator.workbook.build import build_book
from generator.workbook.desk import COLUMNS, Filling
from generator.workbook.files import workbook_bytes
from generator.workbook.fillings import fillings_of
from generator.workbook.imprint import Imprint
from generator.workbook.sheets import expanded
from generator.workbook.styles import INPUT, LOOKS
from tests.support.cells import serial
from tests.support.drawn import filled_book
from tests.support.editions import edition_of
from tests.support.papers import FILLED
from tests.support.workbooks import PAPERS, complete_edition

QIDONG, YUNLING = (name for name, _ in PAPERS)
CAREFUL, CARELESS = FILLED[QIDONG]["careful"], FILLED[QIDONG]["careless"]
DAY = {"in_as_of": date(2024, 7, 10)}


def letter_rows(kind: str) -> list[LetterRowShape]:
    """The rows of all forms of a published workbook."""
    letters = (each for each in blocks(edition_of(QIDONG).layouts[kind]))
    return [row for each in letters if isinstance(each, LetterBlock) for row in each.rows]


class Form:
    """A form as one reads it: by the labels of its rows."""

    def __init__(
        self, fillings: Mapping[str, Filling], sheet: str = "表单", edition: Edition | None = None
    ) -> None:
        self.book = filled_book(edition or complete_edition(QIDONG), "papers", fillings)
        self.sheet = self.book.sheets[sheet]

    def find(self, words: str) -> Place:
        """The first cell that holds some words, on one line or on two."""
        for (row, column), cell in self.sheet.cells.items():
            if isinstance(cell.content, str) and cell.content.replace("\n", "") == words:
                return Place(self.sheet.name, row, column)
        raise KeyError(words)

    def beside(self, words: str, columns: int = 1) -> Scalar:
        """What a cell so far beside another shows."""
        place = self.find(words)
        return self.book.value_at(Place(place.sheet, place.row, place.column + columns))

    def shows(self, id: str) -> Scalar:
        """What stands in the row of a fact, a rule, a decision or a deadline."""
        return self.beside(f"=“{id}”")


# Rows ---------------------------------------------------------------------------------------------


def test_answers_stand_as_they_were_typed() -> None:
    form = Form(CAREFUL)
    assert form.shows("content") == "=一、数据库；\n二、平台。"
    assert form.shows("applicant") == "各部门和单位"
    assert form.beside("=“total_investment”（万元）") == 300
    assert form.shows("construction_start") == serial(date(2023, 11, 20))


def test_what_is_blank_stays_blank() -> None:
    form = Form(DAY)
    for id in ("system_in_scope", "applicant", "construction_start", "content"):
        assert form.shows(id) == ""
    assert form.beside("=“total_investment”（万元）") == ""


def test_what_cannot_be_right_is_not_printed() -> None:
    form = Form(CARELESS)
    assert form.shows("system_in_scope") == "待填"
    assert form.shows("construction_start") == "待填"
    assert form.beside("=“total_investment”（万元）") == "待填"
    # A text may be anything.
    assert form.shows("content") == "20240101"


def test_a_verdict_stands_as_its_sentence_or_is_still_to_be_filled() -> None:
    edition = complete_edition(QIDONG)
    assert Form(DAY).shows("merge_two") == "待填"
    assert Form(DAY).shows("approval_route") == "待填"
    filled = {**DAY, "in_listed_in_planning": "否", "in_total_investment": 400}
    assert Form(filled).shows("merge_two") == edition.rules["merge_two"].says.yes
    filled |= {"in_total_investment": 500.01, "in_depth_reached": "否"}
    sentence = edition.decisions["approval_route"].outcomes["full_three_steps"].says
    assert Form(filled).shows("approval_route") == sentence


def test_a_verdict_that_another_reading_would_change_says_so() -> None:
    # Exactly 300: with the brackets at both ends article 8 would allow to merge two.
    says = str(Form(CAREFUL).shows("merge_two"))
    no = complete_edition(QIDONG).rules["merge_two"].says.no
    assert says == f"{no}（存疑，以解释机关的意见为准）"


def test_a_last_day_is_a_day_and_a_doubtful_one_says_so() -> None:
    # Six months from 2024-03-15; the evaluation ends twelve after 2024-02-29 (in doubt: AM26).
    assert Form(CAREFUL).shows("acceptance_application") == serial(date(2024, 9, 15))
    assert Form(CAREFUL).shows("self_evaluation") == "2025年2月28日（存疑）"
    assert Form(DAY).shows("acceptance_application") == "待填"


def test_short_answers_share_a_line() -> None:
    form = Form(DAY)
    for pair in (
        ("=“system_in_scope”", "=“applicant”"),
        ("=“total_investment”（万元）", "=“construction_start”"),
    ):
        first, second = (form.find(label) for label in pair)
        assert (first.row, first.column, second.column) == (second.row, 1, 3)
    # A text takes the whole width.
    alone = form.find("=“content”")
    assert f"B{alone.row}:D{alone.row}" in form.sheet.merges


# The row of a table -------------------------------------------------------------------------------


def test_the_last_row_is_printed_unless_another_is_chosen() -> None:
    form = Form(CAREFUL, "表单1")
    assert form.beside("adjust_amount（万元）") == 12.395
    assert form.beside("scale_exceeds") == "是"
    assert form.beside("编号") == "变-3"


@pytest.mark.parametrize(
    ("picked", "amount", "says"),
    [
        (None, 12.395, "第3行"),
        ("变-3", 12.395, "第3行"),
        (" 变*1　", -20, "第1行"),
        # No pattern, though a spreadsheet would take it for one.
        ("变*", "", "表中没有这一行，请核对"),
        ("变-2", "", "表中没有这一行，请核对"),
    ],
)
def test_a_row_is_found_by_its_key(picked: str | None, amount: Scalar, says: str) -> None:
    form = Form({**CAREFUL, "in_pick_feasibility_report": picked}, "表单1")
    assert form.beside("adjust_amount（万元）") == amount
    place = form.book.places["in_pick_feasibility_report"]
    assert form.book.value_at(Place(place.sheet, place.row, place.column + 1)) == says


def test_the_verdict_is_that_of_the_row() -> None:
    says = complete_edition(QIDONG).rules["self_adjustment"].says
    first = Form({**CAREFUL, "in_pick_feasibility_report": "变*1"}, "表单1")
    # A cut of 20 is less than a tenth of 323.95; the last one exceeds the scale.
    assert first.beside("self_adjustment") == says.yes
    assert Form(CAREFUL, "表单1").beside("self_adjustment") == says.no
    assert Form(DAY, "表单1").beside("self_adjustment") == ""


@pytest.mark.parametrize(
    ("fillings", "prior", "total", "share"),
    [
        # A cut counts like a rise; 32.395 is just a tenth of 323.95.
        (CAREFUL, 20, 32.395, 0.1),
        ({**CAREFUL, "in_pick_feasibility_report": "变*1"}, 0, 20, 0.061738),
        ({**CAREFUL, "in_approved_estimate": None}, 20, 32.395, "待填"),
        # What was changed before is not known.
        ({**CAREFUL, "tb_changes_adjust_amount[1]": "约20"}, "待填", "待填", "待填"),
        ({**CAREFUL, "tb_changes_adjust_amount[3]": None}, 20, "待填", "待填"),
        (DAY, "", "", ""),
    ],
)
def test_a_row_shows_what_comes_together_with_those_above(
    fillings: Mapping[str, Filling], prior: Scalar, total: Scalar, share: Scalar
) -> None:
    """Article 28: no more than a tenth of the estimate, alone or added up."""
    form = Form(fillings, "表单1")
    assert form.beside("prior_adjustments（万元）") == prior
    assert form.beside("self_adjustment：total（万元）") == total
    shown = form.beside("self_adjustment：total_share")
    assert (shown if isinstance(shown, str) else pytest.approx(shown, abs=5e-7)) == share


def test_the_keys_to_pick_are_those_of_the_list() -> None:
    form = Form(CAREFUL, "表单1")
    place = form.book.places["in_pick_feasibility_report"]
    (check,) = form.sheet.validations
    assert (check.kind, check.formulas) == ("list", ("tb_changes_key",))
    assert check.cells == f"C{place.row}"


def test_an_empty_table_gives_an_empty_form() -> None:
    form = Form(DAY, "表单1")
    assert form.beside("adjust_amount（万元）") == ""
    place = form.book.places["in_pick_feasibility_report"]
    assert form.book.value_at(Place(place.sheet, place.row, place.column + 1)) == "表中还没有填写"


def test_a_row_of_a_register_is_printed() -> None:
    form = Form(CAREFUL, "登记表单")
    assert form.beside("日期") == serial(date(2024, 5, 1))
    assert form.beside("投资（万元）") == 80
    wrong = Form({**CARELESS, "in_pick_preliminary_design": None}, "登记表单")
    assert wrong.beside("投资（万元）") == ""
    assert wrong.beside("编号") == "四"
    assert Form(CARELESS, "登记表单").beside("投资（万元）") == "待填"


# Around the rows ----------------------------------------------------------------------------------


def test_the_receivers_are_addressed_and_asked_for_their_opinion() -> None:
    form = Form(DAY)
    assert form.find("市行政审批局、市市域社会治理现代化指挥中心：").column == 1
    first, second = (
        form.find(f"{who}意见") for who in ("市行政审批局", "市市域社会治理现代化指挥中心")
    )
    assert second.row == first.row + 1
    signed = str(form.beside("市行政审批局意见"))
    assert "负责人（签字）：" in signed
    assert "（盖章）" in signed
    assert form.sheet.heights[first.row] >= 76


def test_who_hands_it_in_signs_under_the_own_name_if_the_text_gives_one() -> None:
    edition = complete_edition(QIDONG)
    papers = edition.papers
    changed = {
        "project_proposal_book": replace(
            papers["project_proposal_book"], prepared_by=("lead_department",), received_by=()
        )
    }
    form = Form(DAY, edition=replace(edition, papers={**papers, **changed}))
    # Which department leads, the text leaves open; who receives it, too.
    assert form.find("申请（报送）单位").column == 1
    assert form.find("接收单位意见").column == 1
    assert form.find(f"{'＿' * 12}：").column == 1


def test_the_basis_is_cited_in_full() -> None:
    form = Form(DAY)
    assert form.beside("依据") == "《启东市政务信息化项目管理办法》第七条"
    place = form.find("依据")
    assert form.sheet.cells[place.row, 2].link == "law_art7"


@pytest.mark.parametrize(
    ("paper", "sign", "required"),
    [
        ("项目建设总结", "☑", "须提交"),
        ("审计报告或社会审计报告", "□", "须提交"),
        ("财务报告", "□", "须提交"),
        # The project is secret.
        ("涉密信息系统安全保密测评报告", "□", "须提交"),
        ("非涉密信息系统网络安全等级保护测评报告", "—", "不适用"),
    ],
)
def test_enclosures_say_whether_they_are_there(paper: str, sign: str, required: str) -> None:
    assert enclosed(Form(CAREFUL), paper) == (sign, required)


def enclosures(form: Form) -> dict[str, tuple[str, str, str]]:
    """By the name of each enclosure the sign and the number before it, and the word behind it."""
    shown = (
        str(form.book.value_at(Place(form.sheet.name, row, column)))
        for (row, column), cell in form.sheet.cells.items()
        if cell.style == "paper_value" and column in (1, 3)
    )
    found = (re.fullmatch(r"(.) (\d+\. |\d+（\d+）)(.*)（(.*)）", words) for words in shown)
    return {each[3]: (each[1], each[2], each[4]) for each in found if each}


def enclosed(form: Form, paper: str) -> tuple[str, str]:
    """The sign before an enclosure and the word behind it."""
    sign, _, word = enclosures(form)[paper]
    return sign, word


def test_forms_of_an_enclosure_stand_under_its_number() -> None:
    """Article 29: the report on risks is one enclosure, whichever of its two forms it takes."""
    found = {label: number for label, (_, number, _) in enclosures(Form(DAY)).items()}
    papers = complete_edition(QIDONG).papers
    forms = [papers[id].label for id in ("secrecy_test", "level_protection_test")]
    own = [paper.label for paper in papers.values() if paper.label not in forms]
    assert [found[label] for label in own] == [f"{n}. " for n, _ in enumerate(own, 1)]
    number = own.index(papers["risk_report"].label) + 1
    assert [found[label] for label in forms] == [f"{number}（1）", f"{number}（2）"]


def test_what_is_typed_wrongly_beside_a_paper_is_not_taken_for_yes() -> None:
    assert enclosed(Form(CARELESS), "项目建设总结") == ("□", "须提交")
    pending = enclosed(Form(CARELESS), "非涉密信息系统网络安全等级保护测评报告")
    assert pending == ("□", "待填")


def test_a_form_is_one_upright_page_without_what_is_for_the_screen() -> None:
    for name in ("表单1", "登记表单"):
        sheet = Form(DAY, name).sheet
        assert sheet.printed
        assert sheet.one_page
        assert not sheet.landscape
        assert sheet.prints_from
        title = sheet.cells[sheet.prints_from, 1]
        assert title.style == "paper_title"
        # What is printed fills most of a page of 745 points; what picks its row is above.
        printed = range(sheet.prints_from, sheet.row)
        assert 500 < sum(sheet.heights[row] for row in printed) <= 745
        assert not any(
            cell.style.startswith("input")
            for (row, _), cell in sheet.cells.items()
            if row in printed
        )


def test_what_the_workbook_concludes_need_not_be_printed() -> None:
    form, says = Form(CAREFUL, "表单1"), complete_edition(QIDONG).rules["self_adjustment"].says
    place = form.find("self_adjustment，不印")
    assert form.beside("self_adjustment，不印") == says.no
    assert form.sheet.prints_from is not None
    assert place.row < form.sheet.prints_from


@pytest.mark.parametrize("row", letter_rows("dossier"), ids=lambda row: row.label)
def test_the_applications_to_sign_hold_facts_alone(row: LetterRowShape) -> None:
    """Who seals a sentence of this workbook would make its reading of the text their own."""
    edition = edition_of(QIDONG)
    is_verdict = row.shows in edition.rules or row.shows in edition.decisions
    assert row.screen == (is_verdict and row.figure is None)


# Room to write ------------------------------------------------------------------------------------


def test_room_to_write_is_an_input_over_the_width_of_the_form() -> None:
    form = Form(CAREFUL)
    name = "in_letter_project_proposal_book__remarks"
    place = form.book.places[name]
    assert form.beside("情况说明") == form.book.value(name) == "=一、已经完成；\n二、没有变化。"
    look = LOOKS[form.sheet.cells[place.row, place.column].style]
    assert (look.locked, look.wrap, look.fill, look.number_format) == (False, True, INPUT, "@")
    assert f"B{place.row}:D{place.row}" in form.sheet.merges
    # Half a line is room, too.
    half = form.book.places["in_letter_project_proposal_book__sealed"]
    assert form.sheet.cells[half.row, half.column].style == "paper_input"


def test_what_is_written_already_is_not_cut_off() -> None:
    name = "in_letter_project_proposal_book__remarks"
    written = {**DAY, name: "一二三四五六七八九十" * 30}
    books = (build_book(complete_edition(QIDONG), "papers", each) for each in (DAY, written))
    low, high = (book.sheets["表单"].heights[book.places[name].row] for book in books)
    # 300 characters of 10.5 points on a line of at most 67 half ones.
    assert low == 6 + 14.5 * 3
    assert high >= 6 + 14.5 * 300 / (67 / 2)


def test_what_is_written_on_a_form_is_taken_along(tmp_path: Path) -> None:
    edition, first = complete_edition(YUNLING), next(iter(complete_edition(YUNLING).papers))
    name, text = f"in_letter_{first}__remarks", "=一、甲；\n二、乙。"
    imprint = Imprint(issue_id="甲-1", recipient="某单位", day=date(2025, 5, 8))
    path = tmp_path / "一.xlsx"
    path.write_bytes(workbook_bytes(edition, "papers", {name: text}, imprint))
    (line,), remarks = read_previous([path], edition, "papers")
    assert remarks == ()
    assert fillings_of(line.contents)[name] == text
    # In black on white: the colour of what may be typed into is for the screen.
    workbook = openpyxl.load_workbook(path)
    for sheet in expanded(edition, edition.layouts["papers"]).sheets:
        black = bool(workbook[sheet.name].page_setup.blackAndWhite)
        assert black == sheet.printed


def test_all_words_for_people_may_be_hostile() -> None:
    form = Form(FILLED[YUNLING]["careful"], edition=complete_edition(YUNLING))
    assert form.find('=1+1 "<申请表>" {{x}}').column == 1
    assert form.find('　　=HYPERLINK("x")').column == 1
    assert form.find("　　&<b>]]> | ~*?").column == 1
    assert form.shows("vehicle_type") == "=A1|B2, {{车牌}}, <车型> 或者 ]]>"


# Seals --------------------------------------------------------------------------------------------


def test_a_seal_is_filled_once_and_shown_wherever_it_is_needed() -> None:
    form = Form(CAREFUL)
    assert form.book.places["in_sealed_by"].sheet == "填写"
    assert form.beside("填报单位（盖章）：") == "启东市示例局"
    assert form.beside("填报日期：") == serial(date(2024, 7, 1))
    assert form.beside("填表人：") == ""
    assert Form(CARELESS).beside("填报日期：") == ""


def test_what_a_form_asks_the_seal_only_shows() -> None:
    form = Form(CAREFUL, "填写")
    assert form.book.places["in_phone"].column == 3
    assert form.beside("联系电话：", 2) == "0513-00000000"
    place = form.find("联系电话：")
    assert form.sheet.cells[place.row, 3].style == "seal"


def test_there_is_room_to_stamp_and_to_sign() -> None:
    form = Form(DAY)
    assert form.sheet.heights[form.find("填报单位（盖章）：").row] >= 60
    assert form.sheet.heights[form.find("联系电话：").row] >= 36


@pytest.mark.parametrize(
    ("widths", "pairs"),
    [
        (COLUMNS, ((1, 2, 3, 3), (4, 7, 8, 8))),
        (LETTER_COLUMNS, ((1, 1, 2, 2), (3, 3, 4, 4))),
        ((20.0, 20.0, 20.0, 30.0), ((1, 1, 2, 2), (3, 3, 4, 4))),
        ((6.0, 20.0, 17.0, 17.0, 17.0, 34.0, 42.0), ((1, 2, 3, 3), (4, 4, 5, 5), (6, 6, 7, 7))),
        # No column is wide enough to write in: some together are.
        ((6.0, 15.0, *[12.0] * 7), ((1, 2, 3, 4), (5, 6, 7, 8))),
        # Too narrow for a label with room beside it: it still stands somewhere.
        ((5.0, 5.0), ((1, 1, 2, 2),)),
    ],
)
def test_seals_fit_any_grid(widths: tuple[float, ...], pairs: object) -> None:
    assert seal_pairs(widths) == pairs


# Layouts that cannot be drawn ---------------------------------------------------------------------


def with_letter(**changes: Any) -> Edition:
    """The edition with other words in its first form."""
    edition = complete_edition(QIDONG)
    layout = edition.layouts["papers"]
    sheets = list(layout.sheets)
    place = [sheet.name for sheet in sheets].index("表单")
    letter = sheets[place].blocks[0]
    assert isinstance(letter, LetterBlock)
    blocks = (letter.model_copy(update=changes), *sheets[place].blocks[1:])
    sheets[place] = sheets[place].model_copy(update={"blocks": blocks})
    changed = layout.model_copy(update={"sheets": tuple(sheets)})
    return replace(edition, layouts={**edition.layouts, "papers": changed})


def row(shows: str, **more: Any) -> dict[str, Any]:
    return {"rows": (LetterRowShape(label="栏目", shows=shows, **more),)}


@pytest.mark.parametrize(
    "fields", [{}, {"id": "a", "shows": "b"}, {"id": "a", "screen": True}, {"id": "重"}]
)
def test_a_row_shows_something_or_leaves_room(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        LetterRowShape(label="栏目", **fields)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (row("total_investmnt"), "，是否为 “total_investment”？"),
        (row("prior_adjustments"), "不能写成一格"),
        (row("adjust_amount"), "adjust_amount 是 changes 表的一列；请写 picks: changes"),
        (row("self_adjustment"), "逐行判定 changes 表；请写 picks: changes"),
        (row("quarterly_report"), "按期重复的期限"),
        (row("merge_two", figure="total"), "没有 figure 可以显示"),
        (row("self_adjustment", figure="total"), "没有 figure 可以显示"),
        (
            {"rows": (LetterRowShape(label="甲", id="a"), LetterRowShape(label="乙", id="a"))},
            "“乙”：a 已经是本材料另一栏的 id",
        ),
        ({"picks": "chages"}, "要打印 chages 的一行，但本工作簿没有这张表"),
    ],
)
def test_forms_that_cannot_be_filled_are_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(DataProblems) as refused:
        build_book(with_letter(**changes), "papers")
    assert words in str(refused.value)


def without(kind: str) -> Edition:
    """The edition without the blocks of a kind."""
    edition = complete_edition(QIDONG)
    layout = edition.layouts["papers"]
    sheets = [
        sheet.model_copy(
            update={"blocks": tuple(block for block in sheet.blocks if block.block != kind)}
        )
        for sheet in layout.sheets
    ]
    changed = layout.model_copy(update={"sheets": tuple(sheets)})
    return replace(edition, layouts={**edition.layouts, "papers": changed})


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("checklist", "附有“项目建议书”（project_proposal_book），但没有材料清单询问是否已备"),
        ("form", "用到“总投资”（total_investment），但没有表单询问它"),
    ],
)
def test_forms_whose_cells_are_nowhere_filled_are_refused(kind: str, words: str) -> None:
    with pytest.raises(DataProblems) as refused:
        build_book(without(kind), "papers")
    assert words in str(refused.value)


def book_of(edition: Edition) -> Book:
    return build_book(edition, "papers")


def test_other_blocks_and_other_workbooks_entries_are_refused() -> None:
    edition = complete_edition(QIDONG)
    layout = edition.layouts["papers"]
    sheets = {sheet.name: sheet for sheet in layout.sheets}
    mixed = sheets["表单"].model_copy(
        update={"blocks": (*sheets["表单"].blocks, *sheets["填写"].blocks)}
    )
    twice = sheets["表单"].model_copy(
        update={"blocks": (*sheets["表单"].blocks, *sheets["登记表单"].blocks)}
    )
    for changed, words in (
        ({"sheets": (*layout.sheets[:2], mixed)}, "只能再有文字（text）和落款（seal）"),
        ({"sheets": (*layout.sheets[:2], twice)}, "表单一张占一页"),
        ({"entries": {}}, "本工作簿没有这个自设项目"),
    ):
        odd = layout.model_copy(update=changed)
        with pytest.raises(DataProblems) as refused:
            book_of(replace(edition, layouts={"papers": odd}))
        assert words in str(refused.value)
