"""Judge a routine by the safety rules (`safety.toml`), each with its reason and source.

An exercise's tags, its words and its position count alike. In doubt it is refused.
"""

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from coach.library.citations import spelled_out
from coach.library.exercise import Exercise
from coach.library.routine import Block, Routine
from coach.library.safety_words import Match, WordList, matches, word_list

CLINICIAN = "clinician"
"""The tag of a finding that asks for a clinician's word first."""


class Condition(StrEnum):
    OSTEOPENIA = "osteopenia"
    OSTEOPOROSIS = "osteoporosis"
    VERTEBRAL_FRACTURE = "vertebral-fracture"
    UNKNOWN = "unknown"


class Limit(StrEnum):
    FLOOR = "floor"
    KNEELING = "kneeling"
    WRISTS = "wrists"
    BALANCE = "balance"


class Action(StrEnum):
    REFUSE = "refuse"
    REPLACE = "replace"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules need to know of somebody. Unknown is treated as carefully as osteoporosis."""

    condition: Condition = Condition.UNKNOWN
    limits: frozenset[Limit] = frozenset()
    clinician_agreed: bool = False
    cleared: frozenset[str] = frozenset()
    """Exercises that a clinician has cleared, by their ids."""

    @property
    def groups(self) -> frozenset[str]:
        """Return the groups of people whose rules apply."""
        return frozenset({"everyone", self.condition.value, *self.limits})


@dataclass(frozen=True, slots=True)
class SafetyRule:
    tag: str
    """Empty: any."""
    position: str
    """Empty: any."""
    groups: frozenset[str]
    unless: frozenset[str]
    action: Action
    replace_by: str
    reason: str
    source: str
    say: str = ""
    """What is said of it in the training; empty: it is only shown."""
    unless_cleared: bool = False
    """Lifted where a clinician has cleared the exercise."""


@dataclass(frozen=True, slots=True)
class DoseRule:
    of: str
    """`sets`, `reps` or `rest` (seconds)."""
    least: float
    most: float
    groups: frozenset[str]
    action: Action
    reason: str
    source: str
    say: str = ""
    """What is said of it in the welcome; empty: it is refused."""

    def is_beyond(self, amount: float | None) -> bool:
        """Tell whether an amount breaks the rule; None: the usual one, which does not."""
        return amount is not None and not self.least <= amount <= self.most


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is unsafe, or wants care."""

    action: Action
    block: int | None
    """Index into the routine's blocks; None: the whole routine."""
    what: str
    """The exercise, or the routine, by name."""
    tag: str
    reason: str
    source: str
    words: str = ""
    """The words that gave it away; empty where the file's own tag did."""
    replace_by: str = ""
    say: str = ""
    of_dose: bool = False
    """It is about sets, reps or rest, not about the exercise."""

    def __str__(self) -> str:
        said = f' (it says "{self.words}")' if self.words else ""
        return f"{self.what}{said}: {self.reason} [{spelled_out(self.source)}]"


@dataclass(frozen=True, slots=True)
class Rules:
    rules: tuple[SafetyRule, ...]
    words: tuple[WordList, ...]
    implied: dict[str, frozenset[str]]
    clinician: tuple[SafetyRule, ...]
    doses: tuple[DoseRule, ...]


@cache
def load_rules() -> Rules:
    """Read `safety.toml` once."""
    data = tomllib.loads((Path(__file__).parent / "safety.toml").read_text("utf-8"))
    return Rules(
        rules=tuple(_rule(row) for row in data["rule"]),
        words=tuple(word_list(row["tag"], row["words"], row.get("safe", ())) for row in data["words"]),
        implied={row["position"]: frozenset(row["tags"]) for row in data["implied"]},
        clinician=tuple(_rule({"do": "refuse", **row}) for row in data["clinician"]),
        doses=tuple(_dose_rule(row) for row in data["dose"]),
    )


def _rule(row: dict[str, Any]) -> SafetyRule:
    def text(key: str) -> str:
        return str(row.get(key, ""))

    return SafetyRule(
        tag=text("tag"),
        position=text("position"),
        groups=frozenset(row["for"]),
        unless=frozenset(row.get("unless", ())),
        action=Action(text("do")),
        replace_by=text("by"),
        reason=text("reason"),
        source=text("source"),
        say=text("say"),
        unless_cleared=bool(row.get("unless_cleared", False)),
    )


def _dose_rule(row: dict[str, Any]) -> DoseRule:
    least, most = float(row.get("least", 0)), float(row.get("most", math.inf))
    groups, action = frozenset(row["for"]), Action(row["do"])
    return DoseRule(row["of"], least, most, groups, action, row["reason"], row["source"], row.get("say", ""))


@lru_cache(maxsize=4_096)  # a list of people names the same exercises again and again
def _given_away(text: str) -> tuple[Match, ...]:
    return tuple(matches(text, load_rules().words))


def judge(routine: Routine, person: Person) -> tuple[Finding, ...]:
    """Return what is unsafe in a routine for a person, the strictest finding of each exercise and tag."""
    found = [*_clinician(routine, person), *_name(routine, person)]
    for number, block in enumerate(routine.blocks):
        found += judge_exercise(block.exercise, person, number)
        found += judge_dose(block, person, number)
    return tuple(found)


def judge_dose(block: Block, person: Person, number: int) -> tuple[Finding, ...]:
    """Return where a block has too many sets or reps for a person, or too little rest."""
    amounts = {"sets": block.sets, "reps": block.reps, "rest": block.rest_s}
    return tuple(
        Finding(
            rule.action,
            number,
            _too_much(block, rule, amounts[rule.of]),
            rule.of,
            rule.reason,
            rule.source,
            say=rule.say,
            of_dose=True,
        )
        for rule in load_rules().doses
        if rule.groups & person.groups and rule.is_beyond(amounts[rule.of])
    )


def _too_much(block: Block, rule: DoseRule, amount: float | None) -> str:
    figure = f"{amount:g} s of rest" if rule.of == "rest" else f"{amount:g} {rule.of}"
    return f"{block.exercise.name}, {figure}"


def judge_exercise(exercise: Exercise, person: Person, block: int | None = None) -> tuple[Finding, ...]:
    """Return what is unsafe in one exercise for a person."""
    given_away = {match.tag: match.words for text in texts(exercise) for match in _given_away(text)}
    tags = {*exercise.tags, *load_rules().implied.get(exercise.position, ())}
    strictest: dict[str, Finding] = {}
    for rule in _rules_for(exercise, person, tags | set(given_away)):
        words = "" if rule.tag in tags else given_away.get(rule.tag, "")
        finding = Finding(
            rule.action,
            block,
            exercise.name,
            rule.tag or rule.position,
            rule.reason,
            rule.source,
            words,
            rule.replace_by,
            rule.say,
        )
        known = strictest.get(finding.tag)
        if known is None or _STRICTNESS[finding.action] > _STRICTNESS[known.action]:
            strictest[finding.tag] = finding
    return tuple(strictest.values())


_STRICTNESS = {Action.WARN: 0, Action.REPLACE: 1, Action.REFUSE: 2}


def _rules_for(exercise: Exercise, person: Person, tags: set[str]) -> Iterator[SafetyRule]:
    equipment = {item.lower() for item in exercise.equipment}
    for rule in load_rules().rules:
        lifted = rule.unless & equipment or (rule.unless_cleared and exercise.id in person.cleared)
        applies = rule.groups & person.groups and not lifted
        if applies and (not rule.tag or rule.tag in tags) and rule.position in ("", exercise.position):
            yield rule


def why_unsafe(text: str, person: Person | None = None) -> Finding | None:
    """Judge a bare name or sentence, e.g. of an exercise that is not in the library; None: it gives nothing away."""
    groups = (person or Person()).groups
    for match in _given_away(text):
        for rule in load_rules().rules:
            refuses = rule.action is Action.REFUSE and not rule.position and not rule.unless
            if refuses and rule.tag == match.tag and rule.groups & groups:
                return _named(rule, text, match)
    return None


def _named(rule: SafetyRule, what: str, match: Match) -> Finding:
    return Finding(rule.action, None, what, rule.tag, rule.reason, rule.source, match.words)


def _name(routine: Routine, person: Person) -> list[Finding]:
    finding = why_unsafe(routine.name, person)
    return [finding] if finding else []


def _clinician(routine: Routine, person: Person) -> list[Finding]:
    if person.clinician_agreed:
        return []
    return [
        Finding(rule.action, None, routine.name, CLINICIAN, rule.reason, rule.source)
        for rule in load_rules().clinician
        if rule.groups & person.groups
    ]


def texts(exercise: Exercise) -> Iterator[str]:
    """Yield everything about an exercise that is read or heard."""
    yield from (exercise.name, exercise.target, exercise.easier, exercise.harder)
    for lines in (
        exercise.setup, exercise.movement, exercise.reminders, exercise.switch, exercise.rest, exercise.way_out,
        exercise.ending,
    ):  # fmt: skip
        yield from (line.say for line in lines)
    yield from (cue for phase in exercise.phases for cue in phase.cues)
    yield from (avoid.say for avoid in exercise.avoid)
