"""The script and its data as files of a site, and what the browser makes of a few plain cases."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.rules.browser import GLOBAL, rules_data, rules_script_data
from tests.rules.browser.conftest import Reader, write_page
from tests.support.browser import Browser, served
from tests.support.editions import EDITIONS, edition_of
from tests.support.regulation import ROOT

STRICT = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; img-src data:"}
HOSTILE = "</script><!-- ]]> {{ x }} \u2028 \u2029 \\ \" ' & 启东"


# As files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", EDITIONS)
def test_a_site_with_the_strictest_policy_can_serve_them(
    id: str, browser: Browser, tmp_path: Path
) -> None:
    write_page(tmp_path, edition_of(id))
    with served(tmp_path, headers=STRICT) as root, browser.visit(root) as visit:
        assert visit.page.evaluate("banfa.assess(banfaRules, {}, '2025-01-01').problems") == []
        assert visit.errors == []
        assert visit.requests == [root, f"{root}rules.js", f"{root}data.js"]


@pytest.mark.parametrize("id", EDITIONS)
def test_the_browser_reads_the_data_that_python_wrote(id: str, reader_of: Any) -> None:
    read = reader_of(id).evaluate(f"JSON.stringify({GLOBAL})")
    assert json.loads(read) == json.loads(json.dumps(rules_data(edition_of(id))))


def test_no_label_breaks_out_of_the_script(browser: Browser, tmp_path: Path) -> None:
    edition = edition_of("qidong-2022")
    fact = replace(edition.facts["total_investment"], label=HOSTILE)
    hostile = replace(edition, facts={**edition.facts, fact.id: fact})
    page = write_page(tmp_path, hostile)
    script = rules_script_data(hostile).decode()
    # Within an element too, and as XHTML.
    page.write_text(f'<!doctype html><meta charset="utf-8"><script>{script}</script>', "utf-8")
    with browser.visit(page.as_uri()) as visit:
        assert visit.page.evaluate(f"{GLOBAL}.facts.total_investment.label") == HOSTILE
        assert visit.page.inner_text("body") == ""
        assert visit.errors == []
    assert not re.search("[<>&\u2028\u2029]", script)


def test_the_script_is_small_and_needs_nothing_else() -> None:
    script = (ROOT / "content" / "js" / "rules.js").read_text("utf-8")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script, flags=re.DOTALL)
    words = set(re.findall(r"[A-Za-z_$][\w$]*", code))
    assert words.isdisjoint(
        {"Date", "Intl", "eval", "Function", "fetch", "import", "require", "parseFloat", "document"}
    )


def test_the_data_is_the_same_each_time() -> None:
    edition = edition_of("qidong-2022")
    assert rules_script_data(edition) == rules_script_data(edition)


# Plain cases, by hand from the text of the regulation ---------------------------------------------


@pytest.fixture
def assessed(reader_of: Callable[[str], Reader]) -> Callable[..., dict[str, Any]]:
    """What the browser says of one project of Qidong."""

    def assessed(**facts: Any) -> dict[str, Any]:
        [(_, found)] = reader_of("qidong-2022").ask([facts])
        return found

    return assessed


@pytest.mark.parametrize(
    ("built", "due"),
    [
        ("2024-06-30", "2024-12-30"),
        ("2024-08-31", "2025-02-28"),
        ("2023-08-31", "2024-02-29"),
        ("2024-02-29", "2024-08-29"),
    ],
)
def test_half_a_year_is_six_calendar_months(built: str, due: str, assessed: Any) -> None:
    assert assessed(built_on=built)["deadlines"]["acceptance_application"]["due"] == due


def test_a_day_off_rolls_to_the_next_working_day_as_a_note(assessed: Any) -> None:
    found = assessed(built_on="2024-04-01")["deadlines"]["acceptance_application"]
    assert (found["due"], found["rolls_to"]) == ("2024-10-01", "2024-10-08")


@pytest.mark.parametrize(
    ("amount", "verdict"), [(32.395, "yes"), (-32.395, "yes"), (32.395001, "no"), ("32.395", "yes")]
)
def test_ten_percent_is_exactly_ten_percent(amount: Any, verdict: str, assessed: Any) -> None:
    # 323.95 万元 × 10 % = 32.395 万元; 32.395 / 323.95 is more than 0.1 in floating point.
    found = assessed(
        approved_estimate=323.95,
        adjust_amount=amount,
        prior_adjustments=[],
        scale_exceeds="no",
        goal_changed="no",
        main_content_change_needed="yes",
        adjust_reason="technical_optimisation",
    )
    assert found["rules"]["self_adjustment"]["verdict"] == verdict


def test_a_reason_names_its_place_and_the_values_compared(assessed: Any) -> None:
    found = assessed(depth_reached="yes", total_investment=280)["rules"]["merge_all"]
    assert found["verdict"] == "yes"
    assert [reason["law"] for reason in found["because"]] == ["art9", "art9-i3"]
    assert found["because"][1] == {
        "law": "art9-i3",
        "text": "总投资280万元，不超过300万元",
        "holds": True,
    }


def test_a_decision_lists_what_can_still_make_the_difference(assessed: Any) -> None:
    # At exactly 300 万元 without depth or planning, article 8 is open: reading AM01.
    found = assessed(total_investment=300, depth_reached="no")["decisions"]["approval_route"]
    assert found["outcome"] is None
    assert found["possible"] == ["merge_two", "full_three_steps"]
    assert found["missing"] == ["listed_in_planning"]
    closed = assessed(total_investment=300, depth_reached="no", listed_in_planning="no")
    assert closed["decisions"]["approval_route"]["outcome"] == "full_three_steps"
    assert closed["decisions"]["approval_route"]["readings"] == ["AM01"]


@pytest.mark.parametrize(
    ("as_of", "done", "next_", "missing"),
    [
        ("2025-03-06", ["apply"], "reply_to_applicant", []),
        ("2025-03-07", ["apply", "reply_to_applicant"], "give_reasons", ["reasons_given"]),
        ("2025-03-08", ["apply", "reply_to_applicant"], "give_reasons", ["reasons_given"]),
    ],
)
def test_a_stage_comes_further_when_a_day_has_come(
    as_of: str, done: list[str], next_: str, missing: list[str], reader_of: Callable[[str], Reader]
) -> None:
    facts = {"applied_on": "2025-03-03", "replied_on": "2025-03-07", "purchase_agreed": "no"}
    [(_, found)] = reader_of("yunling-2025").ask([facts], date.fromisoformat(as_of))
    assert found["stages"]["purchase"] == {"done": done, "next": next_, "missing": missing}
