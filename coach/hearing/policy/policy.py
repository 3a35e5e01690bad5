"""What an engine heard and what goes on at that moment in, whether it counts out. Pure: no clock, no engine, no sound.

A command is a whole utterance that equals one phrase, above its engine's floor, ahead of the next command, open in this
state. Safety words are easier to say than anything else: lower floors, partials too, never refused for the coach's own
voice or for being said twice. What a partial of theirs sets off can be undone: the final confirms it or takes it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from coach.hearing.policy.thresholds import (
    ANY_FIT,
    ANY_MARGIN,
    BRIEF,
    BRIEF_S,
    CLEAR,
    DENIED,
    LEAD_OVER_COACH,
    LEAST_OVER_COACH,
    LONGER_S,
    LONGEST_S,
    Floor,
    floor_of,
    look_floor_of,
    safety_floor_of,
)
from coach.hearing.ports.ears import Heard
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import Phrase, Table
from coach.hearing.vocabulary.pronunciation import sound_of_word

REFRACTORY_S = 1.0
"""The same command again within this time is an echo or a recognizer's hiccup; others wait one to two seconds."""
OWN_BEFORE_S, OWN_AFTER_S = 0.2, 0.5
"""Around the coach's words: early by the clocks' disagreement, late by the room's and the loudspeaker's delay."""
JUST_SAID_S = 2.0
BREAKER_COUNT, BREAKER_WITHIN_S = 2, 60.0
"""So many accepted commands that the coach had just said, in that time: its voice comes through the echo removal."""
TAKES_BACK = frozenset({Command.STOP, Command.PAUSE})
"""A final that disagrees takes these back; after "it hurts" only she can say that it was nothing."""

WAITS = frozenset({Command.EMERGENCY})
"""What counts at its end alone: nothing takes it back, and in three hours of other talk a look saw "help me" twice."""

Said = tuple[str, float, float]
"""Words of the coach and when they start and end, on the clock of `Heard`."""


class Reason(StrEnum):
    OK = "ok"
    UNKNOWN = "unknown"
    LOW_CONFIDENCE = "low_confidence"
    MARGIN = "margin"
    NOT_ALLOWED_HERE = "not_allowed_here"
    OWN_VOICE = "own_voice"
    REFRACTORY = "refractory"


@dataclass(frozen=True, slots=True)
class Context:
    """What goes on while it is heard."""

    open: frozenset[Command]
    coach_speaking: bool = False
    coach_words: tuple[Said, ...] = ()
    """What the coach says now or said in the last seconds."""
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    accepted: bool
    reason: Reason
    command: Command | None
    value: int | None = None
    confirms: bool = False
    """Accepted, and acted on before: the final of a partial that was taken, or one more look at it."""
    takes_back: Command | None = None
    """What a partial of this utterance set off, and its final does not say."""
    near: Command | None = None
    """Not accepted, but perhaps this safety word: the session may ask."""


@dataclass(frozen=True, slots=True)
class Taken:
    command: Command
    value: int | None
    t: float


@dataclass(frozen=True, slots=True)
class Acted:
    """The partial that was acted on last, until its final."""

    command: Command
    word_end_t: float
    over_coach: bool = False
    """The coach was speaking: its last words, still in the air, are in the final too and make it unsure."""


@dataclass(frozen=True, slots=True)
class Policy:
    table: Table
    engine: str
    """`moonshine` or `vosk`: whose floors count."""
    half_duplex: bool = False
    """Only safety words while the coach speaks: no echo canceller, or the breaker, which is said aloud."""
    taken: tuple[Taken, ...] = ()
    """Commands accepted in the last second."""
    acted: Acted | None = None
    echoed_t: tuple[float, ...] = field(default=())
    """When accepted commands were what the coach had just said."""


def decide(policy: Policy, heard: Heard, context: Context, now: float) -> tuple[Policy, Verdict]:
    """Judge one utterance (or a look at one). `now` is seconds on any clock that does not go back."""
    same = policy.acted is not None and heard.word_start_t < policy.acted.word_end_t
    acted = policy.acted if same else None
    phrase = _meaning(policy, heard)
    reason = _refusal(policy, heard, phrase, acted, context, now)
    if reason is Reason.OK and phrase is not None:
        return _accept(policy, heard, phrase, acted, context, now)
    verdict = Verdict(
        False,
        reason,
        heard.command,
        phrase.value if phrase else None,
        takes_back=_taken_back(policy.engine, heard, acted, None),
        near=_near(heard, reason, context),
    )
    return (policy if heard.partial else replace(policy, acted=None)), verdict


def _meaning(policy: Policy, heard: Heard) -> Phrase | None:
    """Return the phrase that was said whole; None for anything else."""
    meanings = _meanings(policy.table).get(normal(heard.text), ())
    return next((each for each in meanings if each.command is heard.command), None)


@lru_cache(maxsize=8)
def _meanings(table: Table) -> Mapping[str, tuple[Phrase, ...]]:
    return table.meanings()


def _refusal(
    policy: Policy, heard: Heard, phrase: Phrase | None, acted: Acted | None, context: Context, now: float
) -> Reason:
    if phrase is None:
        return Reason.UNKNOWN
    safety = phrase.command in SAFETY
    if heard.partial and (not safety or phrase.command in WAITS):
        return Reason.UNKNOWN  # half a sentence is no command
    doubt = _doubt(policy, heard, phrase, acted, context)
    if doubt is not Reason.OK:
        return doubt
    if not _allowed(phrase, context):
        return Reason.NOT_ALLOWED_HERE
    if safety:
        return Reason.OK
    if (policy.half_duplex and context.coach_speaking) or _says(heard, phrase, context, OWN_AFTER_S):
        return Reason.OWN_VOICE
    again = any((each.command, each.value) == (phrase.command, phrase.value) for each in _recent(policy, now))
    return Reason.REFRACTORY if again else Reason.OK


def _doubt(policy: Policy, heard: Heard, phrase: Phrase, acted: Acted | None, context: Context) -> Reason:
    """Tell whether it was heard well enough, at this moment. Written so that nan is refused."""
    floor, over_coach = _floor(policy, heard, phrase, acted), _over_coach(heard, context)
    lasts_s = heard.word_end_t - heard.word_start_t
    long = lasts_s > LONGEST_S + LONGER_S * len(phrase.text.split())
    sure = heard.confidence if long else floor.sure(heard.confidence, heard.margin)
    if not sure >= (floor.over_coach if over_coach else floor.sureness):
        return Reason.LOW_CONFIDENCE
    if not heard.confidence >= _least(policy.engine, phrase, lasts_s, over_coach=over_coach):
        return Reason.LOW_CONFIDENCE
    lead = _lead(policy.engine, heard, phrase, acted, over_coach=over_coach)
    return Reason.OK if heard.margin >= max(floor.margin, lead) else Reason.MARGIN


def _least(engine: str, phrase: Phrase, lasts_s: float, *, over_coach: bool) -> float:
    """Return how well it must fit by itself, whatever its lead: brief sounds, and the coach's own, lead by chance."""
    brief = BRIEF[engine][over_coach] if lasts_s < BRIEF_S else ANY_FIT
    echo = LEAST_OVER_COACH[engine] if over_coach and phrase.command not in SAFETY else ANY_FIT
    return max(brief, echo)


def _over_coach(heard: Heard, context: Context) -> bool:
    return context.coach_speaking or bool(_said_during(heard, context, OWN_AFTER_S))


def _lead(engine: str, heard: Heard, phrase: Phrase, acted: Acted | None, *, over_coach: bool) -> float:
    """Return the margin that the moment asks for: after a look at a safety word, and over the coach."""
    safety = phrase.command in SAFETY
    if acted:
        return ANY_MARGIN if safety else CLEAR[engine]
    return LEAD_OVER_COACH[engine] if safety and over_coach and not heard.partial else ANY_MARGIN


def _floor(policy: Policy, heard: Heard, phrase: Phrase, acted: Acted | None) -> Floor:
    if phrase.command in SAFETY and heard.partial:
        return look_floor_of(policy.engine, phrase.text)
    if phrase.command in SAFETY:
        seen = acted is not None and acted.command is phrase.command
        return safety_floor_of(policy.engine, phrase.text, seen=seen)
    return floor_of(policy.engine, phrase.text, number=phrase.command is Command.NUMBER and phrase.choice is None)


def _allowed(phrase: Phrase, context: Context) -> bool:
    """Tell whether this is open. Where a routine is asked for, a number names none; elsewhere a name does nothing."""
    if phrase.command is Command.NUMBER and context.question is not None:
        return phrase.command in context.open and (phrase.choice is not None) == (context.question == "routine")
    return phrase.command in context.open


def _accept(
    policy: Policy, heard: Heard, phrase: Phrase, acted: Acted | None, context: Context, now: float
) -> tuple[Policy, Verdict]:
    confirms = acted is not None and acted.command is phrase.command
    echoed = policy.echoed_t
    if not confirms:
        echoed = _echoed(policy, _says(heard, phrase, context, JUST_SAID_S), now)
    policy = replace(
        policy,
        taken=(*_recent(policy, now), Taken(phrase.command, phrase.value, now)),
        acted=Acted(phrase.command, heard.word_end_t, context.coach_speaking) if heard.partial else None,
        echoed_t=echoed,
        half_duplex=policy.half_duplex or len(echoed) >= BREAKER_COUNT,
    )
    takes_back = _taken_back(policy.engine, heard, acted, phrase.command)
    return policy, Verdict(True, Reason.OK, phrase.command, phrase.value, confirms=confirms, takes_back=takes_back)


def _taken_back(engine: str, heard: Heard, acted: Acted | None, command: Command | None) -> Command | None:
    if heard.partial or acted is None or acted.command not in TAKES_BACK:
        return None
    if acted.over_coach and command is None:
        return None  # a wrong "stop" costs a pause, one taken back by the coach's own last words costs more
    if heard.command is acted.command and not _denies(engine, heard):
        return None
    if heard.command not in SAFETY | {None} and not heard.margin >= CLEAR[engine]:
        return None
    # A safety word after all, though another one: its own effect takes the place of the first.
    return None if command in SAFETY else acted.command


def _denies(engine: str, heard: Heard) -> bool:
    """Tell whether a final of the safety word that a look saw fits it so badly that it was something else."""
    floor = safety_floor_of(engine, heard.text, seen=False)
    return not floor.sure(heard.confidence, heard.margin) >= DENIED[engine]


def _near(heard: Heard, reason: Reason, context: Context) -> Command | None:
    """Return the safety word that was perhaps meant, unless the coach is saying it."""
    if heard.partial:
        return None
    unsure = reason in {Reason.LOW_CONFIDENCE, Reason.MARGIN} and heard.command in SAFETY
    near = heard.command if unsure else heard.near
    said = " ".join(text for text, _, _ in _said_during(heard, context, OWN_AFTER_S))
    own = near is not None and _holds(said, near.value.replace("_", " "))
    return None if own else near


def _recent(policy: Policy, now: float) -> tuple[Taken, ...]:
    return tuple(each for each in policy.taken if now - each.t < REFRACTORY_S)


def _echoed(policy: Policy, echo: bool, now: float) -> tuple[float, ...]:
    """Count this command if the coach had just said it; one that it had not shows that she is heard."""
    recent = tuple(t for t in policy.echoed_t if now - t < BREAKER_WITHIN_S)
    return (*recent, now) if echo else ()


def _says(heard: Heard, phrase: Phrase, context: Context, after_s: float) -> bool:
    """Tell whether the coach says this phrase (or words of its sound) about now."""
    return _holds(" ".join(text for text, _, _ in _said_during(heard, context, after_s)), phrase.text)


def _said_during(heard: Heard, context: Context, after_s: float) -> tuple[Said, ...]:
    return tuple(
        (text, start_t, end_t)
        for text, start_t, end_t in context.coach_words
        if heard.word_end_t >= start_t - OWN_BEFORE_S and heard.word_start_t <= end_t + after_s
    )


def _holds(said: str, phrase: str) -> bool:
    """Tell whether the words of a phrase stand in what was said, in their order, by sound."""
    words, wanted = ([sound_of_word(word) for word in normal(text).split()] for text in (said, phrase))
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
