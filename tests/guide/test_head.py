"""What pages say of themselves to machines: the document head, meta tags, JSON-LD, the footer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.guide.front_matter import with_front_matter
from generator.guide.site import build_site
from generator.guide.tree import guide_tree
from generator.model.edition import Edition
from tests.guide.conftest import Guide
from tests.guide.html_page import Element, blank_free, read_page
from tests.support.regulation import ROOT

HOSTILE = 'A"<b>&amp; </script><script>alert(1)</script> {{ evil }} | ]]> \u2028 --- x'


def tags(page: Element) -> dict[str, list[str]]:
    """Meta tags by name, in lower case as browsers compare them."""
    found: dict[str, list[str]] = {}
    for each in page.of("meta"):
        if "name" in each.attributes:
            found.setdefault(each.attributes["name"].lower(), []).append(each.attributes["content"])
    return found


def linked_data(page: Element) -> Any:
    """The page's JSON-LD, or None."""
    scripts = page.of("script", type="application/ld+json")
    assert len(scripts) < 2
    return json.loads(scripts[0].words()) if scripts else None


@pytest.fixture(scope="module")
def configured(yunling: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictitious guide with all that can be configured, hostile where it is free text."""
    edition = replace(
        yunling.edition,
        published=date(2025, 1, 7),
        topic=f"公务用车 {HOSTILE}",
        index_number="YL-2025-0001 | <i>",
        issuer=f"机关 {HOSTILE}",
        site=replace(
            yunling.edition.site,
            url="https://guide.example/affairs/",
            organiser="主办 <b>单位</b>",
            contact="电话 0000-0000000 | {{ x }}",
            site_code='0000000000"',
            icp="示ICP备00000000号",
            police="示公网安备00000000000000号",
        ),
    )
    tree = guide_tree(edition)
    return build_site(ROOT, tree, tmp_path_factory.mktemp("configured"), edition.issued)


# Meta tags ---------------------------------------------------------------------------------------


def test_an_article_bears_the_tags_of_a_policy_document(qidong: Guide) -> None:
    found = tags(read_page(qidong.site / "articles" / "art29.html"))
    assert found["sitename"] == ["启东市政务信息化项目管理指南"]
    assert found["columnname"] == ["条文"]
    assert found["columntype"] == ["政策文件"]
    assert found["articletitle"] == ["《政务信息化项目管理办法》第二十九条"]
    assert found["pubdate"] == ["2022-10-12"]
    assert found["contentsource"] == ["启东市人民政府办公室"]
    (keywords,) = found["keywords"]
    assert {"政务信息化项目管理办法", "启政办发〔2022〕63号", "第二十九条"} <= set(
        keywords.split(",")
    )
    (description,) = found["description"]
    assert description.startswith(
        "《政务信息化项目管理办法》第二十九条：政务信息化项目建成后半年内"
    )
    # Nothing is configured for these.
    assert not {"sitedomain", "siteidcode", "url"} & set(found)


def test_only_pages_of_the_text_have_a_day_of_publication(guide: Guide) -> None:
    dated = {name for name in guide.pages if "pubdate" in tags(read_page(guide.site / name))}
    articles = {f"articles/{each.anchor}.html" for each in guide.edition.text.articles}
    assert dated == {*articles, "articles/full.html"}


def test_every_page_has_its_tags_once_and_says_where_it_stands(guide: Guide) -> None:
    for name in guide.pages:
        page = read_page(guide.site / name)
        found = tags(page)
        assert all(len(values) == 1 and values[0] for values in found.values()), name
        assert found["sitename"] == [guide.edition.site.name]
        assert "description" in found and "keywords" in found
        if name != "index.html":
            assert "columnname" in found and "articletitle" in found, name


def test_a_title_with_signs_of_html_stays_one_attribute(yunling: Guide) -> None:
    page = read_page(yunling.site / "stages" / "purchase.html")
    (title,) = page.of("h1")
    assert blank_free(tags(page)["articletitle"][0]) == blank_free(
        yunling.edition.stages["purchase"].label
    )
    assert title.words()


def test_what_is_configured_stands_in_the_head(configured: Path) -> None:
    found = tags(read_page(configured / "articles" / "art4.html"))
    assert found["sitedomain"] == ["guide.example"]
    assert found["siteidcode"] == ['0000000000"']
    assert found["pubdate"] == ["2025-01-07"]
    assert found["url"] == ["https://guide.example/affairs/articles/art4.html"]
    assert found["contentsource"] == [" ".join(f"机关 {HOSTILE}".split())]
    (canonical,) = read_page(configured / "articles" / "art4.html").of("link", rel="canonical")
    assert canonical.attributes["href"] == "https://guide.example/affairs/articles/art4.html"


# The head and the foot of a page -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["index.html", "articles/full.html"])
def test_the_document_head_says_what_is_known_and_no_more(name: str, qidong: Guide) -> None:
    words = blank_free(read_page(qidong.site / name).words())
    for stated in (
        "发文机关启东市人民政府办公室",
        "发文字号启政办发〔2022〕63号",
        "成文日期2022年10月12日",
        "施行日期2022年10月12日",
        "有效性现行有效",
    ):
        assert stated in words
    for unknown in ("索引号", "主题分类", "发布日期", "主办单位", "网站标识码", "备案号"):
        assert unknown not in words


def test_the_document_head_and_the_footer_show_what_is_configured(configured: Path) -> None:
    words = blank_free(read_page(configured / "index.html").words())
    for stated in (
        "索引号YL-2025-0001|<i>",
        "发布日期2025年1月7日",
        '主题分类公务用车A"<b>&amp;</script>',
        "主办单位：主办<b>单位</b>",
        "联系方式：电话0000-0000000|{{x}}",
        '网站标识码：0000000000"',
        "ICP备案号：示ICP备00000000号",
        "公安备案号：示公网安备00000000000000号",
    ):
        assert stated in words


# JSON-LD -----------------------------------------------------------------------------------------


def test_an_article_is_legislation_within_the_regulation(qidong: Guide) -> None:
    assert linked_data(read_page(qidong.site / "articles" / "art9.html")) == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": "启东市政务信息化项目管理办法 第九条",
        "legislationIdentifier": "启政办发〔2022〕63号 第九条",
        "inLanguage": "zh-CN",
        "legislationDate": "2022-10-12",
        "legislationDateOfApplicability": "2022-10-12",
        "legislationPassedBy": {
            "@type": "GovernmentOrganization",
            "name": "启东市人民政府办公室",
        },
        "legislationLegalForce": "https://schema.org/InForce",
        "isPartOf": {
            "@type": "Legislation",
            "name": "启东市政务信息化项目管理办法",
            "legislationIdentifier": "启政办发〔2022〕63号",
        },
    }


def test_the_full_text_is_the_regulation_and_names_what_it_repeals(qidong: Guide) -> None:
    found = linked_data(read_page(qidong.site / "articles" / "full.html"))
    assert found["legislationIdentifier"] == "启政办发〔2022〕63号"
    assert found["legislationRepeals"] == [
        {
            "@type": "Legislation",
            "name": "启东市电子政务工程建设项目管理暂行办法",
            "legislationIdentifier": "启政办发〔2019〕64号",
        }
    ]
    assert "isPartOf" not in found and "url" not in found


def test_only_the_text_is_legislation(guide: Guide) -> None:
    for name in guide.pages:
        found = linked_data(read_page(guide.site / name))
        law = name.startswith("articles/") and name != "articles/index.html"
        assert (found is not None) == law, name


def test_hostile_words_in_linked_data_end_no_script(configured: Path) -> None:
    for name in ("art4.html", "full.html"):
        text = (configured / "articles" / name).read_text(encoding="utf-8")
        assert "<script>alert" not in text
        found = linked_data(read_page(configured / "articles" / name))
        assert found["legislationPassedBy"]["name"] == " ".join(f"机关 {HOSTILE}".split())
        assert found["url"] == f"https://guide.example/affairs/articles/{name}"


@pytest.mark.parametrize(
    ("status", "force"), [("repealed", "NotInForce"), ("not_yet", "NotInForce")]
)
def test_an_edition_out_of_force_does_not_say_that_it_is(
    status: str, force: str, qidong: Guide
) -> None:
    edition: Edition = replace(qidong.edition, status=status)
    page = guide_tree(edition)["docs/articles/art1.md"].decode()
    keys = yaml.safe_load(page.removeprefix("---\n").partition("\n---\n")[0])
    assert keys["legislation"]["legislationLegalForce"] == f"https://schema.org/{force}"


# Front matter ------------------------------------------------------------------------------------


def test_front_matter_keeps_what_a_page_has_and_any_words() -> None:
    page = with_front_matter("---\nhide: [toc]\ndescription: own\n---\n# A\n", {"a": HOSTILE})
    head, _, rest = page.removeprefix("---\n").partition("\n---\n")
    assert yaml.safe_load(head) == {"a": HOSTILE, "hide": ["toc"], "description": "own"}
    assert rest == "# A\n"
    assert with_front_matter("# A\n", {}) == "# A\n"
