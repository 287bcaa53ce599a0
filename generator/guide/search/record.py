"""A record: one thing that a search can find, and the words that it is found by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a record is, by the word that readers see; in the order of results."""

    PROVISION = "条文"
    TERM = "术语"
    ROLE = "角色"
    PAPER = "材料"
    DEADLINE = "期限"
    RULE = "规则"
    PARAMETER = "数额"
    STAGE = "阶段"
    DUTY = "职责"
    READING = "解读"
    DOWNLOAD = "下载"


@dataclass(frozen=True)
class Record:
    """One thing to be found, at `href` seen from the site's root.

    `texts` are its words beside the title, one for each run of words that stands together: nothing
    is found across two of them. `who` are the organs that it concerns, `mark` how strongly it
    binds. `law` are the places that it rests on, as positions among the records.

    A place of the regulation also has `names`, its anchors in every spelling, and stands `within`
    another record, unless it is an article; its title is a citation, and is not searched as text.
    """

    kind: Kind
    title: str
    href: str
    texts: tuple[str, ...] = ()
    who: str = ""
    mark: str = ""
    law: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    within: int | None = None
