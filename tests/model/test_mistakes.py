"""Mistakes in the data files: each told at its place, in words that help, all in one run.

In what a test writes, `▸` stands before the place that the problem must name.
"""

from __future__ import annotations

import re
import shutil
import typing
from pathlib import Path

import pytest

from generator.model.layout import Block
from generator.model.load import load_edition
from generator.model.problems import DataProblems
from tests.support.regulation import FICTITIOUS_DATA

EDITION = "yunling-2025"
SHOWN_AS = f"data/{EDITION}"
MARK = "▸"


class Draft:
    """A copy of the fictitious edition, for people to make mistakes in."""

    def __init__(self, data: Path) -> None:
        self.folder = data / EDITION
        shutil.copytree(FICTITIOUS_DATA, data)

    def change(self, file: str, right: str, wrong: str) -> str:
        """Write `wrong` for `right`, which stands once in the file; the place marked in `wrong`."""
        text = self.read(file)
        assert text.count(right) == 1, f"{right!r} stands {text.count(right)} times in {file}"
        return self.write(file, text.replace(right, wrong))

    def write(self, file: str, text: str) -> str:
        """Write a whole file; the place marked in it, as path:line:column."""
        assert text.count(MARK) <= 1
        before = text.partition(MARK)[0]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        (self.folder / file).write_text(text.replace(MARK, ""), encoding="utf-8")
        return f"{SHOWN_AS}/{file}:{line}:{column}"

    def read(self, file: str) -> str:
        """The file as it stands."""
        return (self.folder / file).read_text(encoding="utf-8")

    @property
    def told(self) -> list[str]:
        """Every problem that one loading tells."""
        with pytest.raises(DataProblems) as caught:
            load_edition(self.folder, shown_as=SHOWN_AS)
        return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """A draft without mistakes."""
    return Draft(tmp_path / "data")


def test_a_draft_without_mistakes_loads(draft: Draft) -> None:
    assert load_edition(draft.folder, shown_as=SHOWN_AS).title == "云岭县公务用车管理办法（示例）"


# Keys --------------------------------------------------------------------------------------------


def test_an_unknown_key_is_told_with_the_nearest_known_one(draft: Draft) -> None:
    place = draft.change("rules.yml", "    each: repairs", "    ▸echa: repairs")
    assert draft.told == [f"{place}: 未知的键 “echa”，是否为 “each”？"]


def test_an_unknown_key_of_a_condition_is_told_with_the_nearest_known_one(draft: Draft) -> None:
    place = draft.change(
        "rules.yml", "{if: fiscal_funds, law: art2-p1}", "{if: fiscal_funds, ▸lau: art2-p1}"
    )
    assert draft.told == [f"{place}: 未知的键 “lau”，是否为 “law”？"]


def test_an_unknown_key_of_a_papers_condition_is_told_once(draft: Draft) -> None:
    place = draft.change(
        "documents.yml", "required: {if: vehicle_type", "required: {▸iff: vehicle_type"
    )
    assert draft.told == [f"{place}: 未知的键 “iff”，是否为 “if”？"]


def test_an_unknown_key_like_no_other_is_told_with_all_known_ones(draft: Draft) -> None:
    line = "      unknown: 是否适用本办法尚不能确定\n"
    place = draft.change("rules.yml", line, f"{line}      ▸maybe: 也许适用\n")
    assert draft.told == [f"{place}: 未知的键 “maybe”；可用的键：no、unknown、yes。"]


def test_a_key_written_twice_is_told_with_the_line_of_the_first(draft: Draft) -> None:
    place = draft.change(
        "duties.yml", "    law: art5-p2\n", "    law: art5-p2\n    ▸law: art5-p1\n"
    )
    first = int(place.split(":")[1]) - 1
    assert draft.told == [f"{place}: 键 “law” 重复，第 {first} 行已经有一个。"]


def test_an_id_defined_twice_is_told_where_it_stands_the_second_time(draft: Draft) -> None:
    first = draft.read("parameters.yml").split("  reply_period:")[0].count("\n") + 1
    place = draft.change("parameters.yml", "  reply_extension:", "  ▸reply_period:")
    assert draft.told == [f"{place}: 键 “reply_period” 重复，第 {first} 行已经有一个。"]


def test_a_missing_key_is_told_at_the_entry_that_lacks_it(draft: Draft) -> None:
    place = draft.change(
        "facts.yml",
        "  fiscal_funds:\n    label: 使用财政性资金\n    ask: 是否使用财政性资金？\n",
        "  ▸fiscal_funds:\n    label: 使用财政性资金\n",
    )
    assert draft.told == [f"{place}: 缺少键 “ask”。"]


# Ids ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "right", "wrong", "message"),
    [
        (
            "rules.yml",
            "if: quota_vacancy,",
            "if: ▸quota_vacency,",
            "未知的事实 “quota_vacency”，是否为 “quota_vacancy”？",
        ),
        (
            "rules.yml",
            "if: purchase_price <= price_ceiling",
            "if: ▸purchase_prise <= price_ceiling",
            "未知的事实 “purchase_prise”，是否为 “purchase_price”？",
        ),
        (
            "rules.yml",
            "{given: {fiscal_funds: yes, enforcement_vehicle: no}",
            "{given: {▸fiscal_found: yes, enforcement_vehicle: no}",
            "未知的事实 “fiscal_found”，是否为 “fiscal_funds”？",
        ),
        (
            "facts.yml",
            "[prior_repairs, repair_cost]",
            "[prior_repairs, ▸repair_costs]",
            "未知的事实 “repair_costs”，是否为 “repair_cost”？",
        ),
        (
            "deadlines.yml",
            "from: applied_on",
            "from: ▸aplied_on",
            "未知的事实 “aplied_on”，是否为 “applied_on”？",
        ),
        (
            "deadlines.yml",
            "until: disposed_on",
            "until: ▸disposed",
            "未知的事实 “disposed”，是否为 “disposed_on”？",
        ),
        (
            "deadlines.yml",
            "met: replied_on",
            "met: ▸replied",
            "未知的事实 “replied”，是否为 “replied_on”？",
        ),
        (
            "deadlines.yml",
            "{if: extension_approved,",
            "{if: ▸extension_aproved,",
            "未知的事实 “extension_aproved”，是否为 “extension_approved”？",
        ),
        (
            "stages.yml",
            "done: applied_on",
            "done: ▸aplied_on",
            "未知的事实 “aplied_on”，是否为 “applied_on”？",
        ),
        (
            "stages.yml",
            "done: [registered_on, registration_filed]",
            "done: [registered_on, ▸registration_filled]",
            "未知的事实 “registration_filled”，是否为 “registration_filed”？",
        ),
        (
            "stages.yml",
            "if: {not: purchase_agreed}",
            "if: {not: ▸purchase_agred}",
            "未知的事实 “purchase_agred”，是否为 “purchase_agreed”？",
        ),
    ],
    ids=[
        *("condition", "comparison", "example", "derived", "from", "until", "met", "extension"),
        *("done", "done-of-several", "if-of-a-step"),
    ],
)
def test_an_unknown_fact_is_told_once_with_the_nearest(
    draft: Draft, file: str, right: str, wrong: str, message: str
) -> None:
    place = draft.change(file, right, wrong)
    assert draft.told == [f"{place}: {message}"]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "message"),
    [
        (
            "rules.yml",
            "if: purchase_price <= price_ceiling",
            "if: ▸purchase_price <= price_cieling",
            "未知的参数 “price_cieling”，是否为 “price_ceiling”？",
        ),
        (
            "rules.yml",
            'in: "(review_floor, centre_ceiling]"\n',
            'in: ▸"(review_flor, centre_ceiling]"\n',
            "未知的参数 “review_flor”，是否为 “review_floor”？",
        ),
        (
            "facts.yml",
            "times: [repair_share,",
            "times: [▸repair_shares,",
            "未知的参数 “repair_shares”，是否为 “repair_share”？",
        ),
        (
            "deadlines.yml",
            "within: filing_period",
            "within: ▸filling_period",
            "未知的参数 “filling_period”，是否为 “filing_period”？",
        ),
        (
            "deadlines.yml",
            "by: reply_extension",
            "by: ▸reply_extention",
            "未知的参数 “reply_extention”，是否为 “reply_extension”？",
        ),
        (
            "stages.yml",
            "if: repair_estimate > review_floor",
            "if: ▸repair_estimate > review_flor",
            "未知的参数 “review_flor”，是否为 “review_floor”？",
        ),
    ],
    ids=["comparison", "interval", "share", "deadline", "extension", "step"],
)
def test_an_unknown_parameter_is_told_once_with_the_nearest(
    draft: Draft, file: str, right: str, wrong: str, message: str
) -> None:
    place = draft.change(file, right, wrong)
    assert draft.told == [f"{place}: {message}"]


def test_an_unknown_fact_of_an_example_does_not_hide_the_wrong_value_beside_it(
    draft: Draft,
) -> None:
    place = draft.change(
        "rules.yml",
        "{given: {fiscal_funds: yes, enforcement_vehicle: no}",
        "{given: {fiscal_found: yes, enforcement_vehicle: ▸非}",
    )
    path, line, _column = place.split(":")
    assert draft.told == [
        f"{path}:{line}:18: 未知的事实 “fiscal_found”，是否为 “fiscal_funds”？",
        f"{place}: 例子中的值有误：执法执勤用车：应为 yes 或 no，现为 “非”。",
    ]


def test_a_wrong_value_of_an_example_is_all_that_is_told_of_the_example(draft: Draft) -> None:
    place = draft.change(
        "rules.yml",
        "- {given: {quota_vacancy: no}, then: no, because: [art4-i1], missing: []}",
        "- {given: {quota_vacancy: ▸没有}, then: no, because: [art4-i1], missing: []}",
    )
    assert draft.told == [f"{place}: 例子中的值有误：有空余编制：应为 yes 或 no，现为 “没有”。"]


def test_a_role_that_no_provision_names_must_say_where_it_comes_from(draft: Draft) -> None:
    organ = "  archives:\n    ▸label: 县档案馆\n    level: county\n"
    place = draft.change("roles.yml", "  finance_bureau:\n", f"{organ}  finance_bureau:\n")
    assert draft.told == [f"{place}: 缺少条文出处 law；只见于印发通知的，须在 note 中说明。"]


def test_words_of_a_role_need_the_provision_that_they_stand_in(draft: Draft) -> None:
    draft.change("roles.yml", "    law: art3\n    quote: 县财政局", "    quote: 县财政局")
    (told,) = draft.told
    assert told.endswith("写明 quote 或者 mentions 的，须同时写明 law。")


def test_a_reading_that_is_named_twice_is_told(draft: Draft) -> None:
    place = draft.change("rules.yml", "see: [YL02]", "see: [YL02, ▸YL02]")
    assert draft.told == [f"{place}: 解读 “YL02” 写了两次。"]


def test_a_derived_value_made_of_another_is_told(draft: Draft) -> None:
    place = draft.change(
        "facts.yml", "[prior_repairs, repair_cost]", "[prior_repairs, ▸repair_cap]"
    )
    assert draft.told == [f"{place}: “repair_cap” 是推算值，不能引用另一个推算值，只能引用事实。"]


def test_two_facts_of_one_label_are_told(draft: Draft) -> None:
    place = draft.change("facts.yml", "label: 车辆交付之日", "label: ▸车辆登记之日")
    assert draft.told == [
        f"{place}: 与事实 “registered_on” 的名称相同（车辆登记之日），请换一个名称。"
    ]


def test_an_unknown_role_is_told_with_the_nearest(draft: Draft) -> None:
    place = draft.change("rules.yml", "toward: finance_bureau", "toward: ▸finance_bureu")
    assert draft.told == [f"{place}: 未知的角色 “finance_bureu”，是否为 “finance_bureau”？"]


def test_an_unknown_interpreter_is_told_with_the_nearest(draft: Draft) -> None:
    place = draft.change("edition.yml", "interpreter: service", "interpreter: ▸servise")
    assert draft.told == [f"{place}: 未知的角色 “servise_centre”，是否为 “service_centre”？"]


def test_a_roles_label_is_no_id(draft: Draft) -> None:
    place = draft.change(
        "duties.yml",
        "who: anyone\n    strength: must_not\n    what: 将",
        "who: ▸任何人\n    strength: must_not\n    what: 将",
    )
    assert draft.told == [f"{place}: 未知的角色 “任何人”。"]


def test_an_unknown_level_is_told_with_those_there_are(draft: Draft) -> None:
    place = draft.change("roles.yml", "level: unit\n", "level: ▸units\n")
    assert draft.told == [f"{place}: 未知的层级 “units”；已有：county、unit、unnamed。"]


def test_an_unknown_reading_is_told_with_the_nearest(draft: Draft) -> None:
    place = draft.change("rules.yml", "        YL01: {in", "        ▸YL91: {in")
    assert draft.told == [f"{place}: 未知的解读 “YL91”，是否为 “YL01”？"]


def test_an_unknown_choice_is_told_at_the_choice_also_under_another_reading(draft: Draft) -> None:
    place = draft.change("rules.yml", "hybrid: art4-i3-i2,", "▸hybird: art4-i3-i2,")
    assert draft.told == [f"{place}: “vehicle_type” 没有选项 “hybird”，是否为 “hybrid”？"]


def test_an_unknown_choice_in_a_list_is_told_at_the_choice(draft: Draft) -> None:
    place = draft.change("documents.yml", "is: [listed]", "is: [▸taxi]")
    assert draft.told == [
        f"{place}: “vehicle_type” 没有选项 “taxi”；选项有：sedan、electric、hybrid、listed、other。"
    ]


def test_an_unknown_table_is_told_with_the_nearest(draft: Draft) -> None:
    place = draft.change("rules.yml", "each: repairs", "each: ▸repair")
    assert draft.told == [f"{place}: 未知的表格 “repair”，是否为 “repairs”？"]


def test_a_form_of_an_unknown_paper_is_told_with_the_nearest(draft: Draft) -> None:
    place = draft.change("documents.yml", "form_of: nece", "form_of: ▸nesse")
    assert draft.told == [
        f"{place}: 未知的材料 “nessessity_statement”，是否为 “necessity_statement”？"
    ]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "message"),
    [
        (
            "documents.yml",
            "part_of: application_form",
            "part_of: ▸aplication_form",
            "未知的材料 “aplication_form”，是否为 “application_form”？",
        ),
        (
            "duties.yml",
            "papers: use_report",
            "papers: ▸use_reports",
            "未知的材料 “use_reports”，是否为 “use_report”？",
        ),
        (
            "stages.yml",
            "papers: registration_record",
            "papers: [▸registration_records]",
            "未知的材料 “registration_records”，是否为 “registration_record”？",
        ),
        (
            "duties.yml",
            "consequence: criticism",
            "consequence: ▸critisism",
            "未知的职责 “critisism”，是否为 “criticism”？",
        ),
        (
            "deadlines.yml",
            "to: [service_centre, finance_bureau]",
            "to: [service_centre, ▸finance_buro]",
            "未知的角色 “finance_buro”，是否为 “finance_bureau”？",
        ),
        (
            "stages.yml",
            "to: [service_centre, finance_bureau]",
            "to: [▸servise_centre, finance_bureau]",
            "未知的角色 “servise_centre”，是否为 “service_centre”？",
        ),
        ("stages.yml", "see: [YL01]", "see: [▸YL91]", "未知的解读 “YL91”，是否为 “YL01”？"),
        ("terms.yml", "see: [YL03]", "see: [▸YL93]", "未知的解读 “YL93”，是否为 “YL03”？"),
    ],
    ids=[
        *("part", "paper-of-a-duty", "paper-of-a-step", "consequence", "to", "to-of-a-step"),
        *("reading-of-a-step", "term"),
    ],
)
def test_an_unknown_id_of_any_entry_is_told_once_with_the_nearest(
    draft: Draft, file: str, right: str, wrong: str, message: str
) -> None:
    place = draft.change(file, right, wrong)
    assert draft.told == [f"{place}: {message}"]


def test_an_id_with_letters_that_no_id_has_is_told_with_the_rule_for_ids(draft: Draft) -> None:
    place = draft.change("duties.yml", "  type_sedan:\n", "  ▸Type-Sedan:\n")
    assert draft.told == [
        f"{place}: “Type-Sedan” 不能作标识；标识以小写字母开头，只用小写字母、数字和下划线。"
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "met: replied_on",
            "met: ▸purchase_agreed",
            "“purchase_agreed” 不是日期，不能说明何时办结。",
        ),
        (
            "met: replied_on",
            "met: ▸counted_from",
            "“counted_from” 是推算出来的，不能说明何时办结。",
        ),
        (
            "    every: month_end\n",
            "    met: ▸replied_on\n    every: month_end\n",
            "every 的每一次分别登记报送日期，不能写 met。",
        ),
    ],
    ids=["yes-or-no", "derived", "recurring"],
)
def test_a_day_that_people_fill_in_tells_when_a_last_day_was_kept(
    draft: Draft, right: str, wrong: str, message: str
) -> None:
    place = draft.change("deadlines.yml", right, wrong)
    assert draft.told == [f"{place}: {message}"]


# Steps, terms and what else tells how the text is understood --------------------------------------


@pytest.mark.parametrize(
    ("right", "wrong", "fact"),
    [
        ("done: reasons_given", "done: ▸vehicle_type", "vehicle_type"),
        ("done: reasons_given", "done: ▸prior_repairs", "prior_repairs"),
        ("[inspected_on, inspection_reported]", "[inspected_on, ▸repair_cost]", "repair_cost"),
    ],
    ids=["choice", "amounts", "amount"],
)
def test_a_step_is_done_by_days_and_by_what_is_yes_or_no(
    draft: Draft, right: str, wrong: str, fact: str
) -> None:
    place = draft.change("stages.yml", right, wrong)
    assert draft.told == [f"{place}: “{fact}” 不是“是/否”或者日期，不能说明步骤已完成。"]


def test_a_fact_that_tells_both_whether_a_step_applies_and_whether_it_is_done_is_told(
    draft: Draft,
) -> None:
    place = draft.change(
        "stages.yml",
        "done: [registered_on, registration_filed]",
        "done: [registered_on, ▸purchase_agreed]",
    )
    assert draft.told == [f"{place}: “purchase_agreed” 已在此步骤的 if 中，不能又说明它已完成。"]


def test_a_step_that_nothing_makes_done_is_told(draft: Draft) -> None:
    place = draft.change("stages.yml", "done: disposed_on", "done: ▸[]")
    assert draft.told == [f"{place}: 不能为空，现为 列表。"]


def test_a_step_of_two_stages_is_told_where_it_stands_again(draft: Draft) -> None:
    draft.change("workbooks/vehicle.yml", "review_repair, inspect]", "review_repair]")
    place = draft.change("stages.yml", "      inspect:\n", "      ▸apply:\n")
    assert draft.told == [f"{place}: 步骤 “apply” 在阶段 “purchase” 中已有，请换一个标识。"]


def test_a_stage_without_steps_is_told(draft: Draft) -> None:
    draft.change("workbooks/vehicle.yml", "review_repair, inspect]", "review_repair]")
    draft.change("workbooks/vehicle.yml", "steps: [dispose]", "steps: [apply]")
    stages = draft.read("stages.yml")
    before = stages.partition("  disposal:")[0]
    empty = "  disposal: {label: 处置, about: 处置, law: art7, steps: ▸{}}\n"
    place = draft.write("stages.yml", before + empty)
    assert draft.told == [f"{place}: 不能为空，现为 “键: 值”。"]


NO_RECEIVER = (
    '    no_receiver: "填在申请表上，条文没有另写接收方 <script>alert(1)</script> | {{ evil }}"\n'
)


def test_a_paper_goes_to_somebody_or_says_why_not(draft: Draft) -> None:
    draft.change("documents.yml", NO_RECEIVER, "")
    place = draft.change("documents.yml", "  type_code:\n    label", "  type_code:\n    ▸label")
    assert draft.told == [
        f"{place}: 须写明 received_by；条文没有写明接收方的，在 no_receiver 中说明。"
    ]


def test_a_paper_that_goes_to_somebody_does_not_say_why_it_does_not(draft: Draft) -> None:
    draft.change("documents.yml", NO_RECEIVER, f"{NO_RECEIVER}    received_by: service_centre\n")
    place = draft.change("documents.yml", "  type_code:\n    label", "  type_code:\n    ▸label")
    assert draft.told == [f"{place}: received_by 和 no_receiver 只能写一个。"]


def test_the_words_of_an_open_time_stand_in_its_quote(draft: Draft) -> None:
    draft.change("deadlines.yml", "words: 事先", "words: 及时")
    place = draft.change(
        "deadlines.yml", "  repair_review_time:\n    label", "  repair_review_time:\n    ▸label"
    )
    assert draft.told == [f"{place}: words（“及时”）应为引文 quote 中的文字。"]


def test_a_term_that_the_text_does_not_define_needs_a_word_about_it(draft: Draft) -> None:
    draft.change("terms.yml", "    note: 由谁鉴定、鉴定什么，办法没有规定\n", "")
    place = draft.change(
        "terms.yml", "  technical_inspection:\n    label", "  technical_inspection:\n    ▸label"
    )
    assert draft.told == [f"{place}: 条文没有定义的术语，须在 note 中说明，或者在 see 中列出解读。"]


def test_a_quote_of_a_fact_needs_the_place_that_it_stands_in(draft: Draft) -> None:
    draft.change("facts.yml", "    law: art11\n    quote: 涉密", "    quote: 涉密")
    place = draft.change("facts.yml", "  secret_unit:\n    label", "  secret_unit:\n    ▸label")
    assert draft.told == [f"{place}: 写明 quote 的，须同时写明 law。"]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "strength: sanction\n    what: 予以",
            "strength: ▸sanctoin\n    what: 予以",
            "应为 must、may、must_not、condition、factor、charge、sanction 之一，"
            "现为 “sanctoin”，是否为 “sanction”？",
        ),
        (
            "strength: may\n    what: 申请",
            "strength: ▸应当\n    what: 申请",
            "应为 must、may、must_not、condition、factor、charge、sanction 之一，现为 “应当”。",
        ),
        (
            "strength: may\n    what: 申请",
            "strength: may\n    degree: ▸in_principal\n    what: 申请",
            "应为 strict、in_principle、explore 之一，现为 “in_principal”，是否为 “in_principle”？",
        ),
    ],
    ids=["slip", "word", "degree"],
)
def test_an_unknown_strength_or_degree_is_told_with_those_there_are(
    draft: Draft, right: str, wrong: str, message: str
) -> None:
    place = draft.change("duties.yml", right, wrong)
    assert draft.told == [f"{place}: {message}"]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "message"),
    [
        (
            "narrative.yml",
            "quote: 本办法自2025年2月1日起施行",
            "quote: ▸本办法自2025年2月1日起执行",
            "引文与第十四条的原文不符，请逐字核对：“本办法自2025年2月1日起执行”。",
        ),
        (
            "narrative.yml",
            "law: art1\n",
            "law: ▸art99\n",
            "没有 art99（第九十九条）这个位置，是否为 “art9”（第九条）？",
        ),
        (
            "parameters.yml",
            "quote: 单次超过20000元的\n    why",
            "quote: ▸单次超过30000元的\n    why",
            "引文与第八条第（二）项的原文不符，请逐字核对：“单次超过30000元的”。",
        ),
        (
            "terms.yml",
            "quote: 新能源车",
            "quote: ▸轿车",
            "引文不在第四条第（三）项第2目中，而在第四条第（三）项第1目（art4-i3-i1）中。",
        ),
        (
            "stages.yml",
            "law: art5-p2\n",
            "law: ▸art5-p3\n",
            "没有 art5-p3 这个位置：第五条只有 2 款。",
        ),
        (
            "facts.yml",
            "quote: 有空余的公务用车编制",
            "quote: ▸有空缺的公务用车编制",
            "引文与第四条第（一）项的原文不符，请逐字核对：“有空缺的公务用车编制”。",
        ),
    ],
    ids=["narrative", "narrative-place", "number", "term", "step", "fact"],
)
def test_words_of_any_entry_are_held_against_their_place(
    draft: Draft, file: str, right: str, wrong: str, message: str
) -> None:
    place = draft.change(file, right, wrong)
    assert draft.told == [f"{place}: {message}"]


def test_a_narrative_entry_says_why(draft: Draft) -> None:
    place = draft.change(
        "narrative.yml",
        "    quote: 本办法自2025年2月1日起施行\n    why: 施行日期，写在 edition.yml 中\n",
        "    quote: 本办法自2025年2月1日起施行\n    wy: 施行日期，写在 edition.yml 中\n",
    )
    line = draft.read("narrative.yml").partition("    wy:")[0].count("\n") + 1
    path = place.partition(":")[0]
    assert draft.told == [
        f"{path}:{line - 2}:5: 缺少键 “why”。",
        f"{path}:{line}:5: 未知的键 “wy”，是否为 “why”？",
    ]


# The text ----------------------------------------------------------------------------------------


def test_a_quote_that_is_not_the_provisions_is_told_in_its_words(draft: Draft) -> None:
    place = draft.change("duties.yml", "quote: 应当书面说明理由", "quote: ▸应当书面告知理由")
    assert draft.told == [
        f"{place}: 引文与第五条第二款的原文不符，请逐字核对：“应当书面告知理由”。"
    ]


def test_a_quote_from_elsewhere_is_told_with_its_true_place(draft: Draft) -> None:
    place = draft.change("duties.yml", "law: art12-i2\n    quote: ", "law: art12-i1\n    quote: ▸")
    assert draft.told == [
        f"{place}: 引文不在第十二条第（一）项中，而在第十二条第（二）项（art12-i2）中。"
    ]


def test_an_amended_sentence_is_told_wherever_it_is_quoted(draft: Draft) -> None:
    draft.change("text/01.yml", "购置价格不超过180000元", "购置价格不超过160000元")
    place = draft.change(
        "parameters.yml", "quote: 单车购置价格不超过180000元", "quote: ▸单车购置价格不超过180000元"
    )
    assert draft.told == [
        f"{place}: 引文与第四条第（二）项的原文不符，请逐字核对：“单车购置价格不超过180000元”。"
    ]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "message"),
    [
        (
            "duties.yml",
            "law: art12-i2",
            "law: ▸art12-i3",
            "没有 art12-i3（第十二条第（三）项）这个位置，"
            "是否为 “art12-i2”（第十二条第（二）项）？",
        ),
        (
            "duties.yml",
            "law: art5-p2",
            "law: ▸art5-p3",
            "没有 art5-p3 这个位置：第五条只有 2 款。",
        ),
        (
            "deadlines.yml",
            "law: art6\n",
            "law: ▸art6-p1\n",
            "没有 art6-p1 这个位置：第六条只有一款，写作 art6。",
        ),
        (
            "rules.yml",
            "law: art4-i2}",
            "law: ▸art4-p1-i2}",
            "没有 art4-p1-i2（第四条第一款第（二）项）这个位置，"
            "是否为 “art4-i2”（第四条第（二）项）？",
        ),
        (
            "rules.yml",
            "{not: {if: enforcement_vehicle, law: art2-p2}}",
            "{not: {if: enforcement_vehicle, law: ▸art2-p3}}",
            "没有 art2-p3 这个位置：第二条只有 2 款。",
        ),
        (
            "roles.yml",
            "mentions: [art8-i2]",
            "mentions: [▸art8-i4]",
            "没有 art8-i4（第八条第（四）项）这个位置，是否为 “art8-i2”（第八条第（二）项）？",
        ),
        (
            "duties.yml",
            "law: art12-i2",
            "law: ▸第十二条",
            "“第十二条” 不是条款锚点；应如 art9（条）、art29-p2（款）、art9-i3（项）。",
        ),
    ],
    ids=["item", "paragraph", "single", "single-with-items", "negated", "mention", "citation"],
)
def test_an_anchor_of_no_place_is_told_with_the_place_that_may_be_meant(
    draft: Draft, file: str, right: str, wrong: str, message: str
) -> None:
    place = draft.change(file, right, wrong)
    assert draft.told == [f"{place}: {message}"]


# Numbers -----------------------------------------------------------------------------------------


def test_a_number_in_a_comparison_is_told_with_the_parameter_of_that_value(draft: Draft) -> None:
    place = draft.change(
        "rules.yml",
        "if: purchase_price <= price_ceiling",
        "if: ▸purchase_price <= 180000",
    )
    assert draft.told == [
        f"{place}: 规则里不能直接写数字 180000，请写参数的标识"
        "（在 parameters.yml 中定义，带单位和条款）；值为 180000 的参数有 “price_ceiling”。"
    ]


def test_a_number_in_an_interval_is_told(draft: Draft) -> None:
    place = draft.change(
        "rules.yml",
        'in: "(review_floor, centre_ceiling]"\n',
        'in: ▸"(review_floor, 30000.5]"\n',
    )
    assert draft.told == [
        f"{place}: 规则里不能直接写数字 30000.5，请写参数的标识"
        "（在 parameters.yml 中定义，带单位和条款）。"
    ]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "number"),
    [
        ("deadlines.yml", "within: filing_period", "within: ▸15", "15"),
        ("deadlines.yml", "by: reply_extension", "by: ▸3", "3"),
        ("facts.yml", "times: [repair_share,", "times: [▸0.2,", "0.2"),
    ],
    ids=["deadline", "extension", "derived"],
)
def test_a_number_where_a_parameter_belongs_is_told(
    draft: Draft, file: str, right: str, wrong: str, number: str
) -> None:
    place = draft.change(file, right, wrong)
    assert draft.told == [
        f"{place}: 此处不能直接写数字 {number}，应写参数或事实的标识；"
        "办法中的数字请在 parameters.yml 中定义为参数（带单位和条款）。"
    ]


def test_a_number_with_its_unit_is_no_id_either(draft: Draft) -> None:
    place = draft.change("deadlines.yml", "within: filing_period", "within: ▸15日")
    assert draft.told == [
        f"{place}: “15日” 不能作标识；标识以小写字母开头，只用小写字母、数字和下划线。"
    ]


def test_amounts_of_two_units_do_not_compare(draft: Draft) -> None:
    draft.change("parameters.yml", "value: 180000\n    unit: 元", "value: 180000\n    unit: 万元")
    place = draft.change("rules.yml", "if: purchase_price <=", "if: ▸purchase_price <=")
    assert draft.told == [f"{place}: 单位不一致：前面是元，参数 “price_ceiling” 是万元。"]


def test_amounts_of_two_units_do_not_add_up(draft: Draft) -> None:
    draft.change("facts.yml", "type: amounts\n    unit: 元", "type: amounts\n    unit: 万元")
    place = draft.change("facts.yml", "sum_abs: [prior", "sum_abs: ▸[prior")
    assert draft.told == [f"{place}: 相加的金额单位不一致。"]


def test_an_amount_finer_than_its_unit_is_told_and_not_rounded(draft: Draft) -> None:
    place = draft.change("parameters.yml", "value: 5000", "value: ▸5000.001")
    assert draft.told == [f"{place}: 元最多 2 位小数，现为 5000.001元。"]


def test_a_period_is_whole(draft: Draft) -> None:
    place = draft.change("parameters.yml", "value: 15\n", "value: ▸1.5\n")
    assert draft.told == [f"{place}: 期间必须是不小于 0 的整数，现为 1.5。"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("years", "未知的单位 “years”，是否为 “year”？"),
        ("年", "未知的单位 “年”，是否为 “year”？"),
        (
            "xyz",
            "未知的单位 “xyz”，可用 万元、元、percent、day、working_day、month、year，"
            "或量词（如 家）。",
        ),
    ],
    ids=["plural", "chinese", "other"],
)
def test_an_unknown_unit_is_told_where_it_stands(draft: Draft, wrong: str, message: str) -> None:
    place = draft.change(
        "parameters.yml", "value: 8\n    unit: year", f"value: 8\n    unit: ▸{wrong}"
    )
    assert draft.told == [f"{place}: {message}"]


def test_a_number_that_its_quote_does_not_hold_is_told(draft: Draft) -> None:
    draft.change("parameters.yml", "value: 15\n", "value: 16\n")
    place = draft.change(
        "parameters.yml", "quote: 自车辆登记之日起15日内", "quote: ▸自车辆登记之日起15日内"
    )
    assert draft.told == [
        f"{place}: 引文里没有 16，请核对；如引文没有用数字写，请在 written 中照写。"
    ]


def test_other_words_for_a_number_must_stand_in_the_quote(draft: Draft) -> None:
    place = draft.change(
        "parameters.yml",
        "quote: 自车辆登记之日起15日内\n",
        "quote: 自车辆登记之日起15日内\n    written: ▸半个月\n",
    )
    assert draft.told == [f"{place}: 引文里没有 “半个月”。"]


@pytest.mark.parametrize(
    "wrong", ["[centre_ceiling, review_floor]", "(centre_ceiling, review_floor)"]
)
def test_an_interval_that_ends_before_it_begins_is_told_and_nothing_more(
    draft: Draft, wrong: str
) -> None:
    place = draft.change("rules.yml", 'in: "(review_floor, centre_ceiling]"\n', f'in: ▸"{wrong}"\n')
    assert draft.told == [f"{place}: 区间下限大于上限：“{wrong}”。"]


def test_an_extension_counts_in_the_unit_of_its_period(draft: Draft) -> None:
    draft.change("parameters.yml", "value: 3\n    unit: working_day", "value: 3\n    unit: day")
    place = draft.change("deadlines.yml", "extend: {", "extend: ▸{")
    assert draft.told == [f"{place}: 延长的期间与原期间单位不一致。"]


# Conditions --------------------------------------------------------------------------------------


def test_a_fact_twice_in_a_rule_is_told_where_it_stands_again(draft: Draft) -> None:
    place = draft.change(
        "rules.yml", "{not: {if: enforcement_vehicle,", "{not: {if: ▸fiscal_funds,"
    )
    first = int(place.split(":")[1]) - 1
    assert draft.told == [
        f"{place}: 事实 “fiscal_funds”（使用财政性资金）在同一条规则中出现了两次，"
        f"第 {first} 行已经有一个；请合并为一个区间（in）或选项集合（is）。"
    ]


def test_a_fact_counts_where_a_derived_value_uses_it(draft: Draft) -> None:
    place = draft.change(
        "rules.yml",
        "    when: {if: repair_total > repair_cap, law: art9}\n",
        "    when:\n"
        "      all:\n"
        "        - {if: repair_total > repair_cap, law: art9}\n"
        "        - {if: ▸repair_cost > review_floor, law: art8}\n",
    )
    first = int(place.split(":")[1]) - 1
    assert draft.told == [
        f"{place}: 事实 “repair_cost”（维修费用）在同一条规则中出现了两次，"
        f"第 {first} 行已经有一个；请合并为一个区间（in）或选项集合（is）。"
    ]


def test_a_decision_between_rules_on_computed_amounts_is_told(draft: Draft) -> None:
    # Its outcomes are found by classes of values, which only fixed thresholds cut.
    place = draft.change(
        "rules.yml",
        "first_of: [review_by_finance, review_by_centre]",
        "first_of: [review_by_finance, review_by_centre, ▸repair_barred]",
    )
    assert (
        f"{place}: 规则 “repair_barred” 比较的是算得的数额（derived），不能用于决定；"
        "决定所用的规则只能拿单个事实与参数比较。"
    ) in draft.told


def test_a_reading_of_no_place_is_told(draft: Draft) -> None:
    place = draft.change("readings.yml", "law: [art8, art8-i1]", "law: ▸[]")
    assert draft.told == [f"{place}: 不能为空，现为 列表。"]


def test_a_comparison_in_other_signs_is_told_with_those_that_are_read(draft: Draft) -> None:
    place = draft.change("rules.yml", "if: purchase_price <=", "if: ▸purchase_price ≤")
    assert draft.told == [
        f"{place}: 看不懂条件 “purchase_price ≤ price_ceiling”；"
        "应为 事实，或 事实 <= 参数（可用 < <= > >=）。"
    ]


def test_an_interval_in_other_brackets_is_told_with_the_form(draft: Draft) -> None:
    place = draft.change(
        "rules.yml",
        'in: "(review_floor, centre_ceiling]"\n',
        'in: ▸"（review_floor，centre_ceiling］"\n',
    )
    assert draft.told == [
        f"{place}: 看不懂区间 “（review_floor，centre_ceiling］”；应如 (下限, 上限]，一端可空。"
    ]


def test_a_choice_needs_to_be_told_which(draft: Draft) -> None:
    place = draft.change(
        "documents.yml", "{if: vehicle_type, is: [listed], law", "{if: ▸vehicle_type, law"
    )
    assert draft.told == [f"{place}: “vehicle_type” 不是“是/否”，请用比较、in 或 is 说明何时成立。"]


# Files -------------------------------------------------------------------------------------------

FILES = [
    "deadlines.yml",
    "documents.yml",
    "duties.yml",
    "edition.yml",
    "facts.yml",
    "parameters.yml",
    "readings.yml",
    "roles.yml",
    "rules.yml",
]


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_the_only_thing_told(draft: Draft, file: str) -> None:
    (draft.folder / file).unlink()
    assert draft.told == [f"{SHOWN_AS}/{file}:1:1: 缺少此文件。"]


OPTIONAL = ["narrative.yml", "stages.yml", "terms.yml"]


@pytest.mark.parametrize("file", OPTIONAL)
def test_a_short_regulation_may_do_without(draft: Draft, file: str) -> None:
    (draft.folder / file).unlink()
    # No workbook shows steps where there are none, and no example fills them in.
    (draft.folder / "examples" / "vehicle.yml").unlink()
    layout = draft.folder / "workbooks" / "vehicle.yml"
    if file == "stages.yml":
        text = layout.read_text(encoding="utf-8")
        layout.write_text(re.sub(r"\{block: steps.*", "{block: text, lines: [无]}", text), "utf-8")
    assert load_edition(draft.folder, shown_as=SHOWN_AS).id == EDITION


@pytest.mark.parametrize("file", [*FILES, *OPTIONAL, "text/01.yml"])
@pytest.mark.parametrize("content", ["", "\n", "# 待写\n"], ids=["nothing", "blank", "remark"])
def test_an_empty_file_is_the_only_thing_told(draft: Draft, file: str, content: str) -> None:
    draft.write(file, content)
    assert draft.told == [f"{SHOWN_AS}/{file}:1:1: 文件是空的（或只有注释），请填写内容。"]


def test_a_missing_text_is_told_with_the_command_that_makes_it(draft: Draft) -> None:
    shutil.rmtree(draft.folder / "text")
    assert draft.told == [
        f"{SHOWN_AS}/text:1:1: 没有条文：请用 banfa import 从原文生成 text/ 下的文件。"
    ]


@pytest.mark.parametrize("file", ["edition.yml", "roles.yml", "text/01.yml"])
def test_a_file_in_gbk_is_told_at_its_first_chinese_character(draft: Draft, file: str) -> None:
    text = draft.read(file)
    chinese = next(character for character in text if character > "\x7f")
    place = draft.write(file, text.replace(chinese, MARK + chinese, 1))
    (draft.folder / file).write_bytes(text.encode("gbk"))
    assert draft.told == [f"{place}: 文件不是 UTF-8 编码（可能是 GBK），请在编辑器中另存为 UTF-8。"]


def test_a_word_in_gbk_is_told_where_it_begins(draft: Draft) -> None:
    place = draft.change("roles.yml", "label: 县财政局", "label: 县▸财政局")
    words, line = "县财政局\n".encode(), "县".encode() + "财政局\n".encode("gbk")
    file = draft.folder / "roles.yml"
    file.write_bytes(file.read_bytes().replace(words, line, 1))
    assert draft.told == [f"{place}: 文件不是 UTF-8 编码（可能是 GBK），请在编辑器中另存为 UTF-8。"]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(draft: Draft) -> None:
    text = draft.read("roles.yml")
    (draft.folder / "roles.yml").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_edition(draft.folder, shown_as=SHOWN_AS).roles["vehicle_user"].label == "用车单位"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_file_in_utf_16_is_told_as_such(draft: Draft, encoding: str) -> None:
    text = draft.read("roles.yml")
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    (draft.folder / "roles.yml").write_bytes((mark + text).encode(encoding))
    assert draft.told == [
        f"{SHOWN_AS}/roles.yml:1:1: 文件是 UTF-16 编码（记事本中叫“Unicode”），"
        "请在编辑器中另存为 UTF-8。"
    ]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("rules2.yml", "不认识这个文件，是否为 rules.yml？"),
        ("备忘.txt", "不认识这个文件，请移走。"),
        ("rules.yaml", "不认识这个文件，请改名为 rules.yml。"),
        ("workbooks/other.yaml", "不认识这个文件，请改名为 other.yml。"),
        ("text/01.yaml", "不认识这个文件，请改名为 01.yml。"),
        ("text/01.docx", "不认识这个文件，请移走。"),
        ("texts/01.yml", "不认识这个文件夹，是否为 text？"),
    ],
)
def test_a_file_that_nobody_reads_is_told(draft: Draft, file: str, message: str) -> None:
    (draft.folder / file).parent.mkdir(exist_ok=True)
    (draft.folder / file).write_text("rules: {}\n", encoding="utf-8")
    shown = "texts" if file.startswith("texts/") else file
    assert draft.told == [f"{SHOWN_AS}/{shown}:1:1: {message}"]


def test_a_calendar_that_nobody_reads_is_told(draft: Draft) -> None:
    (draft.folder.parent / "calendar" / "2026.yaml").write_text("year: 2026\n", encoding="utf-8")
    assert draft.told == ["data/calendar/2026.yaml:1:1: 不认识这个文件，请改名为 2026.yml。"]


@pytest.mark.parametrize("file", ["README.md", ".rules.yml.swp", "text/.gitkeep"])
def test_remarks_and_hidden_files_do_no_harm(draft: Draft, file: str) -> None:
    (draft.folder / file).write_text("备注\n", encoding="utf-8")
    assert load_edition(draft.folder, shown_as=SHOWN_AS).id == EDITION


# YAML --------------------------------------------------------------------------------------------


def test_a_tab_in_the_indentation_is_told(draft: Draft) -> None:
    place = draft.change("roles.yml", "    level: unit\n", "▸\tlevel: unit\n")
    assert draft.told == [f"{place}: 缩进用了制表符（Tab），YAML 不允许，请改用空格。"]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("label: 县财政局", 'label: ▸"县财政局', "引号没有配对"),
        ("mentions: [art8-i2]", "mentions: ▸[art8-i2", "方括号或花括号没有配对，或缺少逗号"),
        ("    level: unit\n", "    ▸level unit\n", "键后面缺少半角冒号和空格"),
        ("    level: unit\n", "    ▸level：unit\n", "键后面缺少半角冒号和空格"),
        ("    level: unit\n", "   ▸level: unit\n", "缩进与上文不齐，或缺少冒号"),
        (
            "note: 办法没有写明由谁批准",
            "note: 说明▸: 办法没有写明",
            "此处不能出现冒号；文字里有“: ”时请加引号",
        ),
        ("label: 县财政局", "label: ▸`县财政局`", "此字符不能作为开头，请给文字加引号"),
        ("label: 县财政局", "label: *▸县财政局*", "“*”或“&”开头的文字请加引号"),
    ],
    ids=["quote", "bracket", "colon", "wide-colon", "indent", "colon-in-text", "backtick", "star"],
)
def test_wrong_syntax_is_told_where_it_begins(
    draft: Draft, right: str, wrong: str, message: str
) -> None:
    place = draft.change("roles.yml", right, wrong)
    assert draft.told == [f"{place}: YAML 语法错误：{message}。"]


def test_wrong_syntax_of_facts_does_not_make_their_users_wrong(draft: Draft) -> None:
    place = draft.change("facts.yml", "label: 有空余编制", "label: ▸@有空余编制")
    assert draft.told == [f"{place}: YAML 语法错误：此字符不能作为开头，请给文字加引号。"]


def test_braces_without_quotes_are_told(draft: Draft) -> None:
    place = draft.change("roles.yml", "label: 县财政局", "label: {▸{ evil }}")
    assert draft.told == [f"{place}: 键必须是一个词；文字以花括号或方括号开头时请加引号。"]


def test_a_value_that_holds_itself_is_told(draft: Draft) -> None:
    place = draft.change("roles.yml", "mentions: [art8-i2]", "mentions: ▸&again [*again]")
    assert draft.told == [f"{place}: 不能用 & 和 * 引用别处，请把内容照写一遍。"]


# Values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "right", "wrong", "message"),
    [
        (
            "facts.yml",
            "columns: [repair_cost]",
            "columns: ▸{cost: repair_cost}",
            "应为列表（每项以 “- ” 开头，或写在方括号里），现为 “键: 值”。",
        ),
        ("facts.yml", "label: 有空余编制", "label: ▸[有空余编制]", "应为文字，现为 列表。"),
        ("facts.yml", "label: 有空余编制", "label:▸", "应为文字，现为 空。"),
        (
            "facts.yml",
            "type: choice",
            "type: ▸chioce",
            "应为 yesno、choice、amount、amounts、date、text 之一，"
            "现为 “chioce”，是否为 “choice”？",
        ),
        (
            "parameters.yml",
            "value: 180000",
            "value: ▸180000元",
            "应为数字，只写数字本身（单位另写在 unit 中）。",
        ),
        (
            "edition.yml",
            "issued: 2025-01-02",
            "issued: ▸2025年1月2日",
            "应为日期，写作 2022-10-12，现为 “2025年1月2日”。",
        ),
        ("edition.yml", "issued: 2025-01-02", "issued: ▸2025-02-29", "没有 2025-02-29 这一天。"),
    ],
    ids=["list", "text", "blank", "word", "number", "date", "day"],
)
def test_a_value_of_the_wrong_type_is_the_only_thing_told(
    draft: Draft, file: str, right: str, wrong: str, message: str
) -> None:
    place = draft.change(file, right, wrong)
    assert draft.told == [f"{place}: {message}"]


@pytest.mark.parametrize(
    ("file", "right"),
    [
        ("facts.yml", "label: 车辆交付之日"),
        ("facts.yml", "electric: 纯电动汽车"),
        ("roles.yml", "label: 县财政局"),
        ("rules.yml", "label: 可以申请购置公务用车"),
    ],
    ids=["fact", "choice", "role", "rule"],
)
def test_a_label_fits_into_a_formula_and_stands_in_one_line(
    draft: Draft, file: str, right: str
) -> None:
    key = right.partition(":")[0]
    place = draft.change(file, right, f"{key}: ▸{'长' * 101}")
    assert draft.told == [f"{place}: 太长（最多100个字）。"]
    place = draft.change(file, "长" * 101, '▸"两\\n行"')
    assert draft.told == [f"{place}: 不能换行。"]


def test_a_label_of_a_hundred_characters_is_no_mistake(draft: Draft) -> None:
    draft.change("facts.yml", "label: 车辆交付之日", f"label: {'长' * 100}")
    assert load_edition(draft.folder, shown_as=SHOWN_AS).facts["delivered_on"].label == "长" * 100


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("rows: 6}", "rows: ▸0}", "应为 3 至 200 之间的整数，现为 0。"),
        (
            "{block: table, title: 维修登记, table: repairs, rows: 6}",
            "\n        block: table\n        title: 维修登记\n        table: repairs\n"
            "        rows: ▸201",
            "应为 3 至 200 之间的整数，现为 201。",
        ),
        ("name: 判定", f"name: ▸{'长' * 32}", "太长（最多31个字）。"),
        (
            "name: 判定",
            'name: ▸"判定/结论"',
            "“判定/结论” 不能作工作表名；工作表名不能含 \\ / : * ? [ ]。",
        ),
        (
            "file: 公务用车档案",
            'file: ▸"档案?"',
            '“档案?” 不能作文件名；文件名不能含 \\ / : * ? " < > |。',
        ),
        (
            "{block: identity}",
            "{block: ▸identty}",
            "应为 BLOCKS 之一，现为 “identty”，是否为 “identity”？",
        ),
    ],
    ids=["few", "many", "long", "sheet", "file", "block"],
)
def test_a_value_of_a_workbook_that_cannot_be_is_the_only_thing_told(
    draft: Draft, right: str, wrong: str, message: str
) -> None:
    place = draft.change("workbooks/vehicle.yml", right, wrong)
    kinds = "、".join(typing.get_args(kind.model_fields["block"].annotation)[0] for kind in KINDS)
    assert draft.told == [f"{place}: {message.replace('BLOCKS', kinds)}"]


KINDS = typing.get_args(typing.get_args(Block)[0])


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ("{at: ▸plat, filled: plate}", "未知的事实或自设项目 “plat”，是否为 “plate”？"),
        (
            "{at: plate, when: {not: {if: ▸fiscal_fund}}}",
            "未知的事实 “fiscal_fund”，是否为 “fiscal_funds”？",
        ),
        ("{at: plate, row: {of: ▸repairs, filled: plate}}", "未知的登记表 “repairs”。"),
    ],
)
def test_a_check_of_what_is_not_there_is_told(draft: Draft, check: str, message: str) -> None:
    wrong = f"\nchecks:\n  - {check[:-1]}, says: 矛盾}}\nsheets:\n"
    place = draft.change("workbooks/vehicle.yml", "\nsheets:\n", wrong)
    assert draft.told == [f"{place}: {message}"]


@pytest.mark.parametrize(
    "id", ["plat", "applied_on", "repair_cost"], ids=["unknown", "day", "column"]
)
def test_what_the_recipient_cannot_answer_is_told(draft: Draft, id: str) -> None:
    right = "audience: vehicle_user\n"
    place = draft.change("workbooks/vehicle.yml", right, f"{right}recipient_fills: [▸{id}]\n")
    assert draft.told == [f"{place}: “{id}” 不是本工作簿所问的文字，不能填领用单位的名称。"]


def test_a_broken_entry_is_not_told_as_one_that_the_recipient_cannot_answer(draft: Draft) -> None:
    right = "audience: vehicle_user\n"
    draft.change("workbooks/vehicle.yml", right, f"{right}recipient_fills: [plate]\n")
    draft.change("workbooks/vehicle.yml", "type: text}", "type: txt}")
    assert [problem for problem in draft.told if "领用单位" in problem] == []


REGISTER = "      - {{block: register, id: {}, title: 登记, key: {{label: 号}}, rows: 3, {}}}\n"


@pytest.mark.parametrize(
    ("registers", "message"),
    [
        (
            (("one", "columns: [plate], carries: [▸purchase_price]"),),
            "“purchase_price” 不是本登记表的列（columns）。",
        ),
        (
            (
                ("one", "columns: [plate], carries: [plate]"),
                ("two", "columns: [plate], follows: ▸on"),
            ),
            "前面没有登记表 “on”，是否为 “one”？",
        ),
        (
            (("one", "columns: [plate]"), ("two", "columns: [plate], follows: ▸one")),
            "“one” 没有写明带入哪些列（carries）。",
        ),
        (
            (
                ("one", "columns: [plate], carries: [plate]"),
                ("two", "columns: [purchase_price], follows: ▸one"),
            ),
            "本登记表没有从前一张表带入的列 “plate”。",
        ),
        (
            (
                ("one", "columns: [plate], carries: [plate]"),
                ("two", "columns: [plate], follows: one"),
                ("three", "columns: [plate], follows: ▸one"),
            ),
            "“one” 后面已经接着 “two”，一张表只能接一张。",
        ),
    ],
    ids=["column", "unknown", "nothing", "lacks", "twice"],
)
def test_registers_that_cannot_follow_each_other_are_told(
    draft: Draft, registers: tuple[tuple[str, str], ...], message: str
) -> None:
    lines = "".join(REGISTER.format(*each) for each in registers)
    right = "  - name: 缺漏\n    blocks:\n"
    place = draft.change("workbooks/vehicle.yml", right, right + lines)
    (problem,) = draft.told
    assert message in problem
    # What is wrong with a register by itself is told at the register.
    assert problem.startswith(place) or "（columns）" in message


def test_a_day_off_that_does_not_exist_is_told(draft: Draft) -> None:
    place = draft.change("../calendar/2025.yml", "last: 2025-02-04", "last: ▸2025-02-31")
    shown = place.replace(f"{SHOWN_AS}/..", "data")
    assert draft.told == [f"{shown}: 没有 2025-02-31 这一天。"]


# All in one run ----------------------------------------------------------------------------------


def test_mistakes_of_all_kinds_in_all_files_come_in_one_run(draft: Draft) -> None:
    expected = [
        draft.change("deadlines.yml", "from: applied_on", "from: ▸aplied_on")
        + ": 未知的事实 “aplied_on”，是否为 “applied_on”？",
        draft.change("duties.yml", "quote: 应当书面说明理由", "quote: ▸应当书面告知理由")
        + ": 引文与第五条第二款的原文不符，请逐字核对：“应当书面告知理由”。",
        draft.change("edition.yml", "issued: 2025-01-02", "issued: ▸2025-02-29")
        + ": 没有 2025-02-29 这一天。",
        draft.change("facts.yml", "type: choice", "type: ▸chioce")
        + ": 应为 yesno、choice、amount、amounts、date、text 之一，"
        "现为 “chioce”，是否为 “choice”？",
        draft.change("parameters.yml", "  reply_extension:", "  ▸reply_period:")
        + f": 键 “reply_period” 重复，第 {_line(draft, 'parameters.yml', '  reply_period:')} "
        "行已经有一个。",
        draft.change("readings.yml", "law: art4-i3-i2", "law: ▸art4-i3-i7")
        + ": 没有 art4-i3-i7（第四条第（三）项第7目）这个位置，"
        "是否为 “art4-i3-i3”（第四条第（三）项第3目）？",
        draft.change("roles.yml", "    level: unit\n", "▸\tlevel: unit\n")
        + ": 缩进用了制表符（Tab），YAML 不允许，请改用空格。",
        draft.change("rules.yml", "if: quota_vacancy,", "if: ▸quota_vacency,")
        + ": 未知的事实 “quota_vacency”，是否为 “quota_vacancy”？",
        draft.change("rules.yml", "    each: repairs", "    ▸echa: repairs")
        + ": 未知的键 “echa”，是否为 “each”？",
    ]
    assert draft.told == expected


def _line(draft: Draft, file: str, words: str) -> int:
    return draft.read(file).partition(words)[0].count("\n") + 1


def test_a_decision_that_is_called_like_a_rule_is_told(draft: Draft) -> None:
    rules = draft.read("rules.yml")
    head, _, tail = rules.partition("\ndecisions:\n  ")
    old = tail.partition(":")[0]
    first = rules.partition("rules:\n  ")[2].partition(":")[0]
    place = draft.write("rules.yml", f"{head}\ndecisions:\n  ▸{first}{tail[len(old) :]}")
    assert f"{place}: 决定 “{first}” 与规则同名，请换一个标识。" in draft.told
