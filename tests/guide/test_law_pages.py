"""Every place of the text stands on its page and in the full text, word for word, by its anchor."""

from __future__ import annotations

import re

import pytest

from generator.model.anchors import Anchor
from tests.guide.conftest import Guide
from tests.guide.html_page import Element, blank_free, read_page
from tests.support.regulation import FICTITIOUS_DATA, QIDONG

_ARTICLE = re.compile(r"^\s*(第[一二三四五六七八九十]+条)[  　]+", re.MULTILINE)
_BESIDES = re.compile(r"^\s*(第[一二三四五六]章|附件：|抄送：)", re.MULTILINE)

# By hand, from the texts as issued.
QIDONG_PLACES = {
    "art4-p11": "市各有关部门和单位及区镇按照职责分工，负责项目申报、建设、运行和安全监管等"
    "相关工作，加强对政务信息化项目的并联管理。",
    "art8-i2": "（二）总投资在300万元—500万元（含）之间的。",
    "art9-i3": "（三）总投资在300万元及以下的。",
    "art15-i2-p2": "项目经综合评估通过后，列为前期工作项目，由市财政局安排前期工作经费。",
    "art28-p2": "不符合上述情形的，应当按照国家、省、南通和启东市有关规定履行相应手续。",
    "art29-p2": "项目建设单位不能按期申请验收的，应当向市市域社会治理现代化指挥中心"
    "提出延期验收申请。",
    "art30": "未按规定向市市域社会治理现代化指挥中心提供信息资源目录和数据的，不得通过项目验收。",
    "art40": "本办法由市市域社会治理现代化指挥中心负责解释。",
}
YUNLING_PLACES = {
    "art4-i3-i3": "3.确因工作需要的其他车型，"
    "申请表上的车型代码为“=A1|B2”“{{车牌}}”“<车型>”或者“]]>”的。",
    "art12-i1": "（一）出租、出借公务用车；",
    "art12-p2": "违反前款规定的，由有关部门责令限期改正；拒不改正的，予以通报批评。",
    "art13": "本办法由县机关事务管理服务中心负责解释。",
}


def source_articles(raw: str) -> dict[str, str]:
    """The articles of a text as issued, by number, without their labels and without blanks."""
    starts = list(_ARTICLE.finditer(raw))
    found = {}
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(raw)
        besides = _BESIDES.search(raw, start.end(), end)
        words = raw[start.end() : besides.start() if besides else end]
        found[str(number + 1)] = blank_free(words)
    return found


def words_at(page: Element, anchor: str) -> str:
    """The words at an anchor, without the citations beside them."""
    (place,) = page.of(id=anchor)
    return blank_free(place.words(without="cite"))


@pytest.mark.parametrize(
    ("name", "folder", "count"),
    [("qidong", QIDONG, 41), ("yunling", FICTITIOUS_DATA / "yunling-2025", 14)],
)
def test_each_article_has_the_words_of_the_issued_text(
    name: str, folder: object, count: int, request: pytest.FixtureRequest
) -> None:
    guide: Guide = request.getfixturevalue(name)
    issued = source_articles((folder / "source.txt").read_text(encoding="utf-8"))  # type: ignore[operator]
    assert len(issued) == count
    full = read_page(guide.site / "articles" / "full.html")
    for number, words in issued.items():
        page = read_page(guide.site / "articles" / f"art{number}.html")
        assert words_at(page, f"art{number}") == words
        assert words_at(full, f"art{number}") == words


@pytest.mark.parametrize(
    ("name", "places"), [("qidong", QIDONG_PLACES), ("yunling", YUNLING_PLACES)]
)
def test_paragraphs_and_items_have_their_own_words(
    name: str, places: dict[str, str], request: pytest.FixtureRequest
) -> None:
    guide: Guide = request.getfixturevalue(name)
    full = read_page(guide.site / "articles" / "full.html")
    for anchor, words in places.items():
        article = Anchor.parse(anchor).article_anchor
        page = read_page(guide.site / "articles" / f"{article}.html")
        assert words_at(page, anchor) == words
        assert words_at(full, anchor) == words


def test_every_place_of_the_text_has_its_anchor_its_key_and_its_words_in_both_views(
    guide: Guide,
) -> None:
    full = read_page(guide.site / "articles" / "full.html")
    for anchor, provision in guide.edition.text.provisions.items():
        page = read_page(guide.site / "articles" / f"{anchor.article_anchor}.html")
        for view in (page, full):
            (place,) = view.of(id=str(anchor))
            assert place.attributes["data-key"] == provision.key
            assert words_at(view, str(anchor)) == blank_free(provision.text)


def test_each_place_shows_its_citation_as_a_link_to_itself(qidong: Guide) -> None:
    page = read_page(qidong.site / "articles" / "art9.html")
    (item,) = page.of(id="art9-i3")
    (cite,) = item.of("a", **{"class": "cite"})
    assert (cite.words(), cite.attributes["href"]) == ("第九条第（三）项", "#art9-i3")


def test_an_article_shows_what_rests_on_it(qidong: Guide) -> None:
    page = read_page(qidong.site / "articles" / "art9.html")
    ids = {each.id for each in page.of() if each.id}
    assert {"rule-merge_all", "rule-approval_route", "reading-AM01", "merge_all_ceiling"} <= ids
    acceptance = read_page(qidong.site / "articles" / "art31.html")
    # The rule's own basis is 第三十条, but one of its conditions stands in 第三十一条.
    assert acceptance.of(id="rule-acceptance_barred")


def test_a_reading_is_told_apart_from_the_text_and_names_who_decides(qidong: Guide) -> None:
    page = read_page(qidong.site / "articles" / "art9.html")
    readings = [each for each in page.of("section") if "reading" in each.classes]
    assert readings
    for reading in readings:
        assert "解读" in reading.words() and "不是条文" in reading.words()
        assert "市市域社会治理现代化指挥中心解释意见" in reading.words()
    (law,) = [each for each in page.of("div") if "law" in each.classes]
    assert not [each for each in law.walk() if each.classes & {"reading", "card", "doubt"}]


def test_articles_lead_to_the_one_before_and_the_one_after(qidong: Guide) -> None:
    def neighbours(article: str) -> list[str]:
        page = read_page(qidong.site / "articles" / f"{article}.html")
        (turn,) = [each for each in page.of("nav") if "turn" in each.classes]
        return [link.attributes["href"] for link in turn.of("a")]

    assert neighbours("art9") == ["art8.html", "art10.html"]
    assert neighbours("art1") == ["art2.html"]
    assert neighbours("art41") == ["art40.html"]


def test_articles_name_the_places_they_cite_and_those_that_cite_them(yunling: Guide) -> None:
    citing = read_page(yunling.site / "articles" / "art11.html").words()
    cited = read_page(yunling.site / "articles" / "art4.html").words()
    assert "本条引用：第四条第（三）项第3目" in citing
    assert "引用本条：第十一条" in cited
