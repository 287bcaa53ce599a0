"""How far a project has come in each stage of its life: what is done, which step is next.

On one day, `as_of`, and from what is known, in three truth values:

- A fact of a step's `done` holds if it is yes, or if it is a day that has come; it fails if it is
  no, or a day still ahead; while nobody has said, it is unknown.
- A step is done if all of these hold.
- A step applies if its condition does, and always without one. While that is unknown it may apply,
  and so it is not passed over.
- A step stands open if it applies and is not done. `next` is the first, in order, that stands open
  or may do so for all that is known; steps behind it may be done already.
- `missing` are the facts that can still tell whether `next` stands open: none once it surely does.

Exact as rules are: a step is passed over if and only if it stands open for no way of filling the
blanks, and a fact is missing if and only if it can make the difference; provided that no fact of a
step's `done` stands in its condition too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.edition import Edition, Stage, Step
from generator.rules.answers import Answers
from generator.rules.evaluate import Facts, holds, missing
from generator.rules.truth import Truth, truth_of


@dataclass(frozen=True)
class StageState:
    """Where a stage stands: ids of its steps, in order.

    `done`: those known to be done that apply or may apply; `skipped`: those known not to apply;
    `next` is None where every step is done or does not apply.
    """

    done: tuple[str, ...]
    skipped: tuple[str, ...]
    next: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Standing:
    """A step with whether it applies and whether it is done."""

    step: Step
    applies: Truth
    done: Truth

    @property
    def open(self) -> Truth:
        return min(self.applies, self.done.negated())


def stage_states(edition: Edition, answers: Answers, as_of: date) -> Mapping[str, StageState]:
    """Where each stage stands on a day."""
    return {
        id: _state(stage, answers, edition.facts, as_of) for id, stage in edition.stages.items()
    }


def _state(stage: Stage, answers: Answers, facts: Facts, as_of: date) -> StageState:
    standings = [_standing(step, answers, facts, as_of) for step in stage.steps]
    applying = [each for each in standings if each.applies is not Truth.NO]
    first = next((each for each in standings if each.open is not Truth.NO), None)
    return StageState(
        tuple(each.step.id for each in applying if each.done is Truth.YES),
        tuple(each.step.id for each in standings if each.applies is Truth.NO),
        first.step.id if first else None,
        _missing(first, answers, facts) if first else (),
    )


def _standing(step: Step, answers: Answers, facts: Facts, as_of: date) -> _Standing:
    applies = holds(step.applies, answers, facts) if step.applies else Truth.YES
    return _Standing(step, applies, min(_fact_done(fact, answers, as_of) for fact in step.done))


def _fact_done(fact: str, answers: Answers, as_of: date) -> Truth:
    value = answers.get(fact)
    if isinstance(value, date):
        return truth_of(value <= as_of)
    return truth_of(value if isinstance(value, bool) else None)


def _missing(standing: _Standing, answers: Answers, facts: Facts) -> tuple[str, ...]:
    """What is open of the condition, then of `done`; nothing of either that is settled."""
    step = standing.step
    whether = missing(step.applies, answers, facts) if step.applies else ()
    undone = [fact for fact in step.done if fact not in answers]
    return (*whether, *(undone if standing.done is Truth.UNKNOWN else ()))
