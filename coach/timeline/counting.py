"""Choose what may be said in a phase of a set, longest wording first. Words fade over the reps."""

from enum import IntEnum

from coach.library.exercise import Avoid, Breath, Exercise, Instruction
from coach.timeline.grid import Beat
from coach.timeline.numbers import spoken
from coach.timeline.phrases import capital, phrase
from coach.timeline.step import Words
from coach.timeline.subject import sided

WHOLE_REPS = 3  # told in whole cues, then in short ones
SHORT_SHARE = 0.6  # of the reps have words; after that, count and earcon
REMINDERS_FROM = 4


class Stage(IntEnum):
    """How much is said in a rep."""

    WHOLE = 0
    SHORT = 1
    COUNT = 2


def stage(rep: int, of: int, words: Words, repeated_from: int | None = None) -> Stage:
    """Return how much is said in a rep: less as the set goes on, whole cues again after "repeat"."""
    if repeated_from is not None and rep in (repeated_from, repeated_from + 1):
        return Stage.WHOLE
    if words == Words.COUNT:
        return Stage.COUNT
    if rep <= WHOLE_REPS:
        return Stage.WHOLE if words == Words.FULL else Stage.SHORT
    return Stage.SHORT if words == Words.FULL and rep <= of * SHORT_SHARE else Stage.COUNT


def wordings(
    exercise: Exercise, beat: Beat, of: int, words: Words, repeated_from: int | None = None
) -> tuple[str, ...]:
    """Return what may be said in a phase, longest first; empty: its earcon alone."""
    now = stage(beat.span.rep, of, words, repeated_from)
    if beat.opens and beat.side_no == 0:
        return _opening(exercise, beat, of, now)
    aside = _aside(exercise, beat, of, words)
    return (*aside, *_cues(beat, now))


def _opening(exercise: Exercise, beat: Beat, of: int, now: Stage) -> tuple[str, ...]:
    """Count, with the breath, a milestone or a mistake to avoid."""
    count = capital(spoken(beat.span.rep))
    told = [*_milestone(beat.span.rep, of), *_aside(exercise, beat, of, Words.COUNT)]
    told = [text if text.startswith((count, phrase("set.last"))) else f"{count}. {text}" for text in told]
    cues = _texts(beat, now)
    if now is Stage.COUNT and exercise.sides != "alternating":
        cues = ()
    # Where even the shortest is too long: without the full stop's pause. A single word would be misheard.
    joined = [f"{count}, {_small(cue)}" for cue in cues[-1:] if " " in cue]
    return (*told, *(f"{count}. {cue}" for cue in cues), *joined, f"{count}.")


def _milestone(rep: int, of: int) -> tuple[str, ...]:
    count = spoken(rep)
    if rep == of and of > 1:
        return (phrase("set.last"),)
    if rep == of - 1 and of >= 5:
        return (phrase("set.two_more", count=count),)
    if rep == of // 2 + 1 and of >= 6:
        return (phrase("set.half_way", count=count),)
    return ()


def _cues(beat: Beat, now: Stage) -> tuple[str, ...]:
    if now is Stage.COUNT and not (beat.opens and beat.side_no == 1):
        return ()
    return _texts(beat, now)


def _texts(beat: Beat, now: Stage) -> tuple[str, ...]:
    """Return a phase's cues from the length that its stage allows, as sentences."""
    cues = beat.phase.cues[min(now, len(beat.phase.cues) - 1) :]
    return tuple(f"{capital(sided(cue, beat.span.side))}." for cue in cues)


def _aside(exercise: Exercise, beat: Beat, of: int, words: Words) -> tuple[str, ...]:
    """Return the mistake to avoid, or the reminder, that belongs to this phase of this rep."""
    if beat.side_no > 0 or beat.phase.first_only:
        return ()
    found: Avoid | Instruction | None = _avoid(exercise, beat, of)
    if found is None and beat.phase.breath is Breath.IN and words != "count":
        found = _reminder(exercise, beat.span.rep)
    return (sided(found.say, beat.span.side),) if found else ()


def _avoid(exercise: Exercise, beat: Beat, of: int) -> Avoid | None:
    """Each mistake is named once, in its own phase: the first in the second rep, the others in the reps after."""
    named = [avoid for avoid in exercise.avoid if avoid.when != "setup"]
    for number, avoid in enumerate(named):
        rep = min(2, of) if number == 0 else 2 + number
        if avoid.when == beat.phase.name and rep == beat.span.rep:
            return avoid
    return None


def _reminder(exercise: Exercise, rep: int) -> Instruction | None:
    """A reminder every second rep, in turn."""
    if rep < REMINDERS_FROM or rep % 2 or not exercise.reminders:
        return None
    return exercise.reminders[(rep - REMINDERS_FROM) // 2 % len(exercise.reminders)]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
