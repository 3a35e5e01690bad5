"""The policy's question and its answer: the moment something was heard in, and the verdict with its reason."""

import math
from dataclasses import dataclass
from enum import StrEnum

from coach.hearing.vocabulary.commands import Command

CoachWords = tuple[str, float, float]
"""Words of the coach and when they start and end, on the clock of `Heard`."""


class VerdictReason(StrEnum):
    OK = "ok"
    UNKNOWN = "unknown"
    """No whole phrase, or a partial of a command that waits for its final."""
    LOW_CONFIDENCE = "low_confidence"
    MARGIN = "margin"
    """Another command, or a rival word, fits nearly as well."""
    NOT_ALLOWED_HERE = "not_allowed_here"
    TOO_EARLY = "too_early"
    """An answer that began before its question was heard."""
    OWN_VOICE = "own_voice"
    """The coach is saying it."""
    REFRACTORY = "refractory"
    """The same command counted a moment ago."""


@dataclass(frozen=True, slots=True)
class Context:
    """The moment something is heard in."""

    open: frozenset[Command]
    coach_speaking: bool = False
    coach_words: tuple[CoachWords, ...] = ()
    """What the coach says now or said in the last seconds."""
    question: str | None = None
    answers: frozenset[Command] = frozenset()
    """What answers this question beside what only ever answers one."""
    answers_from: float = -math.inf
    """When the question's key words are over, on the clock of `Heard`; inf: they were not said yet."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it counts, why, and what it does to an earlier partial."""

    accepted: bool
    reason: VerdictReason
    command: Command | None
    value: int | None = None
    confirms: bool = False
    """Accepted and acted on before: the final of an accepted partial, or another partial."""
    takes_back: Command | None = None
    """The command of an accepted partial that the final contradicts."""
    near: Command | None = None
    """Not accepted, but perhaps this safety word: the session may ask."""
