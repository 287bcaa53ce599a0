"""Any text of the data comes out of Markdown as just that text, wherever a template prints it."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.guide.markup import as_address, as_html, as_text, template_environment
from tests.guide.html_page import Element, read_html
from tests.support.regulation import ROOT

# Each way in which the real templates print a value.
CONTEXTS = """\
# {{ it }} {: #title }

{{ it }}
{: .paragraph }

- {{ it }}
    - <span class="leaf">{{ it }}</span> [{{ it }}](#title){: .cite }

1. {{ it }}

<section class="card" data-key="{{ it | attribute }}" markdown="1">

### {{ it }} {: #card }

{{ it }}
{: .note }

<div class="facts" markdown="1">

{{ it }}
:   {{ it }}

</div>
</section>

| {{ it }} | 二 |
| --- | --- |
| {{ it }} | <b class="value">{{ it }}</b> [{{ it }}](#title){: .cite } |
"""

HOSTILE = [
    "<script>alert(1)</script>",
    "</h1><img src=x onerror=alert(1)>",
    "{{ evil }} {% raw %} {# no #}",
    "a | b || c",
    "]]> --> <!-- x -->",
    "`code` ``more``",
    "*star* **bold** _low_ __mid__",
    "=SUM(A1)",
    "- item",
    "+ item",
    "1. item",
    "# heading",
    "> quote",
    "&amp; &lt; &#60; &nbsp;",
    "[x](javascript:alert(1))",
    "![x](y.png)",
    "[x]: http://example.invalid",
    "<http://example.invalid>",
    "http://example.invalid me@example.invalid",
    ":icon: :material-home:",
    "{: #stolen .class onclick=alert(1) }",
    "~~~",
    "```",
    "---",
    "===",
    ": definition",
    "    four blanks",
    "two  blanks  ",
    "　全角空格",
    "line\nbreak\n\nparagraph",
    "tab\tstop",
    "back\\slash \\* \\<",
    "klzzwxh:0042 wzxhzdk:0",
    "<!doctype html>",
    "<?php ?>",
    "<div markdown='1'>",
    "'\"",
    "*[abbr]: x",
    "^1 [^1]",
    "行\u2028分隔",
]
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40) | st.lists(
    st.sampled_from([*HOSTILE, "甲", " ", "\n", "1", "a"]), min_size=1, max_size=4
).map("".join)


def converted(words: str) -> Element:
    """The contexts with some words, through the site's own Markdown extensions."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    named = [
        one if isinstance(one, str) else next(iter(one)) for one in settings["markdown_extensions"]
    ]
    template = template_environment(Path()).from_string(CONTEXTS)
    return read_html(markdown.markdown(template.render(it=words), extensions=named))


def shape(element: Element) -> list[tuple[str, list[str]]]:
    """Which elements there are, with the names of their attributes."""
    return [(each.tag, sorted(each.attributes)) for each in element.walk()]


def texts(element: Element) -> list[str]:
    """The pieces of text, and the values of attributes that hold data."""
    values = [each.attributes["data-key"] for each in element.of() if "data-key" in each.attributes]
    leaves = [
        each.words()
        for each in element.of()
        if each.tag in ("h1", "h3", "p", "dt", "dd", "th", "td")
    ]
    return values + leaves


PLAIN = converted("甲")


def assert_text(words: str) -> None:
    page = converted(words)
    assert shape(page) == shape(PLAIN)
    assert texts(page) == [piece.replace("甲", words) for piece in texts(PLAIN)]


@settings(max_examples=300)
@given(TEXT)
@example("甲")
def test_any_text_comes_out_as_it_went_in(words: str) -> None:
    assert_text(words)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_text_that_looks_like_markup_stays_text(words: str) -> None:
    assert_text(words)


def test_control_characters_are_shown_as_unreadable_and_change_nothing_else() -> None:
    assert as_text("a\x02b\x85c") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"


def test_titles_of_the_navigation_are_html() -> None:
    assert as_html("<b>&\n 甲") == "&lt;b&gt;&amp; 甲"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "a b", "x)", "", "“”"])
def test_only_the_guides_own_addresses_pass_unescaped(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        as_address(address)


def test_a_template_that_prints_something_else_than_text_is_refused() -> None:
    environment = template_environment(Path())
    for value in (None, True, 1.5, ("a",)):
        with pytest.raises(TypeError, match="no text"):
            environment.from_string("{{ it }}").render(it=value)
