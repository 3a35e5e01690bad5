"""List where each fact is spoken, shown or enforced, read from the content itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coach.library.around import load_around
from coach.library.exercise import Exercise
from coach.library.facts import ADDED, load_facts
from coach.library.safety import load_rules
from coach.timeline.praise import WHY as WHY_SPOKEN
from coach.training import week
from coach.training.rules import CARE, RULES

_FACT_ID = re.compile(r"\b[a-z]+\.[a-z]+\b|\bdisclaimer\b")

# Shown by `coach plan`: one reason a day, in turn, and beside the week's walking what counts as walking.
WHY = (
    "why.osteopenia", "why.goal", "why.load", "why.share", "why.effects", "why.causes", "why.pain", "why.silent",
    "why.angles", "plan.two", "row.target", "row.spine", "bands.slouch",
)  # fmt: skip
WALKING = ("cardio.weight", "cardio.do", "cardio.avoid", "cardio.supported")
PLAN_FOOT = ("disclaimer",)


class How(StrEnum):
    SPOKEN = "spoken"
    SHOWN = "shown"
    ENFORCED = "enforced"


@dataclass(frozen=True, slots=True)
class FactUse:
    fact: str
    how: How
    where: str


def why_today(today: date) -> str:
    """Return today's reason to train, a fact in our words."""
    return load_facts()[WHY[today.toordinal() % len(WHY)]]


def placed(
    exercises: Mapping[str, Exercise], routines: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[FactUse, ...]]:
    """Return each fact's places, the facts in the source's order; an empty tuple: placed nowhere.

    `routines`: ids to their exercises' ids.
    """
    found = [*_spoken(exercises.values()), *_enforced(routines), *_shown()]
    return {fact: tuple(dict.fromkeys(place for place in found if place.fact == fact)) for fact in load_facts()}


def _spoken(exercises: Iterable[Exercise]) -> Iterator[FactUse]:
    yield FactUse("disclaimer", How.SPOKEN, "the welcome of every session and file")
    for fact in WALKING:
        yield FactUse(fact, How.SPOKEN, "coach walk: welcome")
    for fact in ("avoid.slouch", "avoid.twist"):
        yield FactUse(fact, How.SPOKEN, "coach walk: on the way")
    yield from (FactUse(f"why.{name}", How.SPOKEN, "one reason per session, in its first rest") for name in WHY_SPOKEN)
    for fact in ("plan.two", "cardio.do"):
        yield FactUse(fact, How.SPOKEN, "the finish of every session and file")
    around = {"warm-up": load_around().warm_up, "wind-down": load_around().wind_down}
    for where, lines in around.items():
        yield from (FactUse(line.fact, How.SPOKEN, where) for line in lines if line.fact != ADDED)
    for exercise in exercises:
        yield FactUse(exercise.target_fact, How.SPOKEN, f"{exercise.id}: target")
        if exercise.recap and exercise.recap.fact != ADDED:
            yield FactUse(exercise.recap.fact, How.SPOKEN, f"{exercise.id}: gate")
        for name in ("setup", "movement", "phases", "reminders", "avoid", "switch", "rest", "way_out", "ending"):
            for line in getattr(exercise, name):
                if line.fact != ADDED:
                    yield FactUse(line.fact, How.SPOKEN, f"{exercise.id}: {name.replace('_', ' ')}")


def _enforced(routines: Mapping[str, tuple[str, ...]]) -> Iterator[FactUse]:
    for rule in (*load_rules().rules, *load_rules().clinician):
        for fact in facts_in(rule.source):
            yield FactUse(fact, How.ENFORCED, f"safety: {rule.tag or rule.position or 'clinician'}")
    for dose in load_rules().doses:
        for fact in facts_in(dose.source):
            yield FactUse(fact, How.ENFORCED, f"safety: {dose.of}")
    for step in RULES.values():
        for fact in facts_in(step.source):
            yield FactUse(fact, How.ENFORCED, f"progression: {step.id}")
    for care in CARE.values():
        for fact in facts_in(care.source):
            yield FactUse(fact, How.ENFORCED, f"care: {care.id}")
    for routine, order in routines.items():
        if len(order) == 5:
            yield FactUse("plan.five", How.ENFORCED, f"routine {routine}: its order")


def _shown() -> Iterator[FactUse]:
    for goal in (week.STRENGTH_SOURCE, week.BALANCE_SOURCE, week.BACK_SOURCE, week.WALK_SOURCE):
        for fact in facts_in(goal):
            yield FactUse(fact, How.SHOWN, "coach plan: the week")
    for fact in WHY:
        yield FactUse(fact, How.SHOWN, "coach plan: why")
    for fact in WALKING:
        yield FactUse(fact, How.SHOWN, "coach plan: walking")
    for fact in PLAN_FOOT:
        yield FactUse(fact, How.SHOWN, "coach plan: last lines")


def facts_in(source: str) -> tuple[str, ...]:
    """Return the fact ids that a source names."""
    return tuple(name for name in _FACT_ID.findall(source) if name in load_facts())
