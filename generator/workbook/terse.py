"""What openpyxl says though every program takes it for granted: it is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping

_GRANTED = (
    '<outlinePr summaryBelow="1" summaryRight="1"></outlinePr>',
    "<oddHeader></oddHeader>",
    "<oddFooter></oddFooter>",
    "<evenHeader></evenHeader>",
    "<evenFooter></evenFooter>",
    "<firstHeader></firstHeader>",
    "<firstFooter></firstFooter>",
    "<headerFooter></headerFooter>",
    "<workbookProtection></workbookProtection>",
)
"""Elements, the inner ones first."""

_DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "sheetView": ('zoomScale="100"',),
    "sheetFormatPr": ('baseColWidth="8"',),
    "sheetProtection": (
        'deleteColumns="1"',
        'deleteRows="1"',
        'formatCells="1"',
        'insertColumns="1"',
        'insertHyperlinks="1"',
        'objects="0"',
        'pivotTables="1"',
        'scenarios="0"',
        'selectLockedCells="0"',
        'selectUnlockedCells="0"',
    ),
    "pageSetup": ('fitToHeight="1"', 'fitToWidth="1"'),
    "selection": ('sqref="A1"',),
    "sheet": ('state="visible"',),
    "workbookView": (
        'activeTab="0"',
        'autoFilterDateGrouping="1"',
        'firstSheet="0"',
        'minimized="0"',
        'showHorizontalScroll="1"',
        'showSheetTabs="1"',
        'showVerticalScroll="1"',
        'tabRatio="600"',
        'visibility="visible"',
    ),
    "dataValidation": ('errorStyle="stop"', 'operator="between"', 'showDropDown="0"'),
    "brk": ('min="0"',),
}
"""Attributes with the values that the format gives them where nothing is said (ECMA-376)."""

_TAG = re.compile(rf"<({'|'.join(_DEFAULTS)}) [^<>]*>")
_EMPTY = re.compile(r"<(?!v>)([A-Za-z:]+)((?: [^<>]*)?)></\1>")
"""Elements without content, but for a formula's value: an empty text is one too."""


def terse(xml: str) -> str:
    """A sheet, or the list of them, without what goes without saying. Texts cannot be meant: they
    hold no bare `<`."""
    for element in _GRANTED:
        xml = xml.replace(element, "")
    return _TAG.sub(_without_defaults, xml)


def closed(xml: str) -> str:
    """A part whose empty elements are one tag instead of two."""
    return _EMPTY.sub(r"<\1\2/>", xml)


def hoisted(xml: str) -> str:
    """A canonical part whose prefixes are declared once, at its root, and not wherever they are
    used first."""
    if xml.count(" xmlns:") < 2:
        return xml
    found = {pair for tag in _ANY_TAG.findall(xml) for pair in _DECLARED.findall(tag)}
    if len({prefix for prefix, _ in found}) < len(found):
        return xml  # a prefix that means two things
    bare = _ANY_TAG.sub(lambda tag: _DECLARED.sub("", tag[0]), xml)
    declared = "".join(f' xmlns:{prefix}="{meant}"' for prefix, meant in sorted(found))
    return _ROOT.sub(rf"\g<0>{declared}", bare, count=1)


_ANY_TAG = re.compile("<[^<>]*>")
_DECLARED = re.compile(r' xmlns:(\w+)="([^"]*)"')
_ROOT = re.compile(r"<[\w:]+")


def _without_defaults(found: re.Match[str]) -> str:
    tag = found[0]
    for attribute in _DEFAULTS[found[1]]:
        tag = tag.replace(f" {attribute}", "")
    return tag
