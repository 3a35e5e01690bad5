"""Decide whether what an engine heard counts as a command. Pure: no clock, no engine, no sound.

A command is a whole utterance that equals one phrase, reaches its engine's thresholds and is open in this state.
Safety words are easier to say than anything else: their thresholds are lower and their partials count too. They are
never refused as the coach's own voice or as said twice. A partial can be undone: its final confirms it or takes it
back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from coach.hearing.policy.confidence import ActedPartial, denies, doubt
from coach.hearing.policy.own_voice import JUST_SAID_S, coach_says, coach_says_most, over_coach
from coach.hearing.policy.verdict import Context, Verdict, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.vocabulary.commands import MILD, SAFETY, Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import Phrase, Table

REFRACTORY_S = 1.0
"""The same command again within this time is an echo or a recognizer's hiccup."""
BREAKER_COUNT, BREAKER_WITHIN_S = 2, 60.0
"""So many accepted commands that the coach had just said, in that time: its voice comes through the echo removal."""
ANSWERS = frozenset({
    Command.YES, Command.NO, Command.NUMBER, Command.FALSE_ALARM, Command.LATER, Command.NEVER,
})  # fmt: skip
"""What only answers a question. It counts when its question has been heard."""
WHO = "who"
"""A name may begin as a safety word does, "Paula" as "pause"; nobody moves yet, so the final is soon enough."""
NAMED = frozenset({WHO, "routine"})
"""Questions that a name answers: one of the table's choices."""
DOUBTED_S = 60.0
"""So long a name that was not clear enough is remembered: the question is put again 12 s after its end."""
FINAL_ONLY = frozenset({Command.EMERGENCY})
"""What counts at its segment's end alone, for nothing takes it back."""


@dataclass(frozen=True, slots=True)
class RecentCommand:
    """An accepted command and when, on the clock that `decide` is given."""

    command: Command
    value: int | None
    t: float


@dataclass(frozen=True, slots=True)
class DoubtedName:
    """A name that led the others and was not clear enough."""

    value: int | None
    t: float


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of one session's ears, and what they remember."""

    table: Table
    thresholds: Thresholds
    half_duplex: bool = False
    """Only safety words while the coach speaks: no echo canceller, or the breaker, which is said aloud."""
    recent: tuple[RecentCommand, ...] = ()
    """Commands accepted in the last second."""
    acted: ActedPartial | None = None
    echoed_t: tuple[float, ...] = ()
    """When accepted commands were what the coach had just said."""
    doubted: DoubtedName | None = None
    """The last one: said again it counts."""


def decide(policy: Policy, heard: Heard, context: Context, now: float) -> tuple[Policy, Verdict]:
    """Judge one final or partial; return the policy to go on with, and the verdict.

    Args: now: seconds on any clock that does not go back.
    """
    same = policy.acted is not None and heard.word_start_t < policy.acted.word_end_t
    acted = policy.acted if same else None
    phrase = _meaning(policy, heard, context)
    reason = _reason(policy, heard, phrase, acted, context, now)
    if reason is VerdictReason.OK and phrase is not None:
        return _accept(policy, heard, phrase, acted, context, now)
    verdict = Verdict(
        False,
        reason,
        heard.command,
        phrase.value if phrase else None,
        takes_back=_taken_back(policy.thresholds, heard, acted, None),
        near=_near(heard, reason, context),
    )
    if phrase is not None and _is_doubted(policy.thresholds, heard, phrase, context):
        policy = replace(policy, doubted=DoubtedName(phrase.value, now))
    return (policy if heard.partial else replace(policy, acted=None)), verdict


def _said_again(policy: Policy, heard: Heard, phrase: Phrase, context: Context, now: float) -> bool:
    """Tell whether this name, though not clear enough, was the doubted one before too: two answers agree."""
    last = policy.doubted
    same = last is not None and last.value == phrase.value and now - last.t < DOUBTED_S
    return same and _is_doubted(policy.thresholds, heard, phrase, context)


def _is_doubted(thresholds: Thresholds, heard: Heard, phrase: Phrase, context: Context) -> bool:
    """Tell whether it is a name that leads the others by enough to count when it is said again."""
    again = thresholds.name_again if phrase.names_person and not heard.partial else None
    return again is not None and not over_coach(heard, context) and again.reached(heard.confidence, heard.margin)


def _meaning(policy: Policy, heard: Heard, context: Context) -> Phrase | None:
    """Return the phrase that was said whole, or the meaning of her own words; None for anything else."""
    if heard.own_words:
        return _own_words(heard, context)
    meanings = _meanings(policy.table).get(normal(heard.text), ())
    return next((each for each in meanings if each.command is heard.command), None)


def _own_words(heard: Heard, context: Context) -> Phrase | None:
    """Return her own words as a phrase; None where they answer a question that is not asked."""
    if heard.command is None or heard.about not in (None, context.question):
        return None
    return Phrase(normal(heard.text), heard.command, heard.value, about=heard.about)


@lru_cache(maxsize=8)
def _meanings(table: Table) -> Mapping[str, tuple[Phrase, ...]]:
    return table.meanings()


def _reason(
    policy: Policy, heard: Heard, phrase: Phrase | None, acted: ActedPartial | None, context: Context, now: float
) -> VerdictReason:
    if phrase is None:
        return VerdictReason.UNKNOWN
    safety = phrase.command in SAFETY
    final_only = not safety or phrase.command in FINAL_ONLY or context.question == WHO
    if heard.partial and final_only:
        return VerdictReason.UNKNOWN  # half a sentence is no command
    doubtful = doubt(policy.thresholds, heard, phrase, acted, context)
    if doubtful is not VerdictReason.OK and (acted or not _said_again(policy, heard, phrase, context, now)):
        return doubtful
    if not _is_open(phrase, context) or _is_rest_of_pain(acted, phrase):
        return VerdictReason.NOT_ALLOWED_HERE
    if heard.own_words and coach_says_most(heard, context):
        return VerdictReason.OWN_VOICE
    if safety:
        return VerdictReason.OK
    answers = phrase.command in ANSWERS or phrase.command in context.answers
    if answers and heard.word_start_t < context.answers_from and not _leads_out(phrase, context):
        return VerdictReason.TOO_EARLY
    if (policy.half_duplex and context.coach_speaking) or coach_says(phrase.text, heard, context):
        return VerdictReason.OWN_VOICE
    again = any((each.command, each.value) == (phrase.command, phrase.value) for each in _recent(policy, now))
    return VerdictReason.REFRACTORY if again else VerdictReason.OK


def _is_rest_of_pain(acted: ActedPartial | None, phrase: Phrase) -> bool:
    """Tell whether the same breath told of pain before: no other command is the rest of it, "never mind" least of all.

    Small models write "my bad first" for "my back hurts".
    """
    return acted is not None and acted.command not in MILD and phrase.command not in SAFETY


def _leads_out(phrase: Phrase, context: Context) -> bool:
    """Tell whether she is led out by this answer, after pain: that never waits for a question's end."""
    return context.question == "hurt" and phrase.command in (Command.YES, Command.NO)


def _is_open(phrase: Phrase, context: Context) -> bool:
    """Tell whether this is open. Where a name is asked for, a number is none; elsewhere a name does nothing."""
    if phrase.about is not None and context.question not in (None, phrase.about):
        return False
    if phrase.command is Command.NUMBER and context.question is not None:
        return phrase.command in context.open and (phrase.choice is not None) == (context.question in NAMED)
    return phrase.command in context.open


def _accept(
    policy: Policy, heard: Heard, phrase: Phrase, acted: ActedPartial | None, context: Context, now: float
) -> tuple[Policy, Verdict]:
    confirms = acted is not None and acted.command is phrase.command
    echoed = policy.echoed_t
    if not confirms:
        echoed = _echoed(policy, coach_says(phrase.text, heard, context, JUST_SAID_S), now)
    takes_back = _taken_back(policy.thresholds, heard, acted, phrase.command)
    policy = replace(
        policy,
        recent=(*_recent(policy, now), RecentCommand(phrase.command, phrase.value, now)),
        acted=ActedPartial(phrase.command, heard.word_end_t, context.coach_speaking) if heard.partial else None,
        echoed_t=echoed,
        half_duplex=policy.half_duplex or len(echoed) >= BREAKER_COUNT,
    )
    return policy, Verdict(
        True, VerdictReason.OK, phrase.command, phrase.value, confirms=confirms, takes_back=takes_back
    )


def _taken_back(
    thresholds: Thresholds, heard: Heard, acted: ActedPartial | None, command: Command | None
) -> Command | None:
    """Return the acted-on command that this final contradicts.

    Args: command: what the final is accepted as.
    """
    if heard.partial or acted is None or acted.command not in MILD:
        return None
    if acted.over_coach and command is None:
        return None  # a wrong "stop" costs a pause, one taken back by the coach's own last words costs more
    if heard.command in MILD and not denies(thresholds, heard):
        return None
    if heard.command not in SAFETY | {None} and not heard.margin >= thresholds.clear_margin:
        return None
    # A safety word after all, though another one: its own effect takes the place of the first.
    return None if command in SAFETY else acted.command


def _near(heard: Heard, reason: VerdictReason, context: Context) -> Command | None:
    """Return the safety word that was perhaps meant, unless the coach is saying it."""
    if heard.partial:
        return None
    unsure = reason in {VerdictReason.LOW_CONFIDENCE, VerdictReason.MARGIN} and heard.command in SAFETY
    near = heard.command if unsure else heard.near
    own = near is not None and coach_says(near.value.replace("_", " "), heard, context)
    return None if own or (heard.own_words and coach_says_most(heard, context)) else near


def _recent(policy: Policy, now: float) -> tuple[RecentCommand, ...]:
    return tuple(each for each in policy.recent if now - each.t < REFRACTORY_S)


def _echoed(policy: Policy, echo: bool, now: float) -> tuple[float, ...]:
    """Count this command if the coach had just said it; one that it had not shows that she is heard."""
    recent = tuple(t for t in policy.echoed_t if now - t < BREAKER_WITHIN_S)
    return (*recent, now) if echo else ()
