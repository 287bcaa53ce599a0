"""What selfchecks.yml looks like: the topics that readers of the guide may check for themselves."""

from __future__ import annotations

from pydantic import Field, model_validator

from generator.model.shape_values import Id, Label, Laws, Names, Strict, Text


class SelfCheckShape(Strict):
    """A topic: what it comes to (`decisions`, `deadlines`, `rules`, `papers`, shown in this order).

    What is asked follows from that. `first` are the topics that should be checked before it.
    """

    label: Label
    lead: Text
    law: Laws
    first: Names = ()
    decisions: Names = ()
    deadlines: Names = ()
    rules: Names = ()
    papers: Names = ()

    @model_validator(mode="after")
    def _shows_something(self) -> SelfCheckShape:
        if not (self.decisions or self.deadlines or self.rules or self.papers):
            raise ValueError("须写明显示什么：decisions、deadlines、rules、papers 至少有一项。")
        return self


class SelfChecksShape(Strict):
    """selfchecks.yml."""

    selfchecks: dict[Id, SelfCheckShape] = Field(default_factory=dict)
