"""A finished page as a reader without a browser sees it: elements, ids, links, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "wbr"}


@dataclass
class Element:
    """An element with what it holds, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def words(self, without: str = "") -> str:
        """All text below, leaving out elements of one class."""
        return "".join(
            child if isinstance(child, str) else child.words(without)
            for child in self.children
            if isinstance(child, str) or not without or without not in child.classes
        )

    def of(self, tag: str = "", **attributes: str) -> list[Element]:
        """All elements below of one kind."""
        return [
            each
            for each in self.walk()
            if tag in ("", each.tag)
            and all(each.attributes.get(name) == value for name, value in attributes.items())
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, each in enumerate(self.open) if each.tag == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_html(text: str) -> Element:
    """A document as one element without a tag."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.open[0]


def read_page(file: Path) -> Element:
    """A page of a site."""
    return read_html(file.read_text(encoding="utf-8"))


def blank_free(words: str) -> str:
    """Words without any white space, as texts are compared with their source."""
    return "".join(words.split())
