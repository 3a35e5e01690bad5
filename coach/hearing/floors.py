"""How sure an engine must be, as data: measured by `scripts/bench_hearing`, read by the policy."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

ANY_MARGIN = float("-inf")


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that counts, on the engine's own scale."""

    sureness: float
    """Of the confidence and what the margin adds to it."""
    margin: float
    over_coach: float
    """The sureness while the coach speaks."""


WORTH_FROM, MARGIN_WORTH, MOST_MARGIN = 2, 0.5, 8.0
"""In phrases of two words and more, the lead over the next command adds to Moonshine's confidence: a phrase that fits
badly and yet far better than any other was meant more often than one among rivals. Of a single word it tells nothing:
any short word is far from most commands. So many words, so much of the lead, no more of it than this."""

FLOORS: Mapping[str, tuple[tuple[int, Floor], ...]] = {
    # Of log-likelihood ratios, five views joined where the first is below -1. Tuning voices in rooms up to 4 m: at -2.5
    # and -1.5 92 % in quiet, 70 % in a kitchen at 10 dB, 84 % over the coach, 3 of 246 remarks and 45 of 336 words
    # chosen to sound alike; at -2 for one word 89, 69, 79, 3 and 32; at -3 92, 78, 86, 4 and 58.
    # Over the coach a loudspeaker that clips lets its words through: in 3 h of it alone four phrases of several words
    # were taken at -1.5, the surest at 0.9; hers were sure of 1.9 and more.
    "moonshine": ((1, Floor(-2.5, 0.5, -2.5)), (99, Floor(-1.5, 0.5, 1.5))),
    # Word confidences, no probabilities: wrong words reach 1.0 too, so they only weed out.
    "vosk": ((99, Floor(0.8, ANY_MARGIN, 0.95)),),
}
"""By engine: phrases of up to so many words, and their floor."""

NO_RIVAL = 0.0
SAFETY_FLOORS: Mapping[str, Floor] = {
    # Without a margin: a wrong "stop" costs a pause, a missed one more. At -3 8 of 246 remarks and 48 of 336 words were
    # taken, at -2.5 5 and 42; words right in a kitchen 73 and 70 % (tuning voices).
    "moonshine": Floor(-2.5, NO_RIVAL, -2.5),
    "vosk": Floor(0.6, ANY_MARGIN, 0.6),
}
"""Of a safety word's final."""

PARTIAL_FLOORS: Mapping[str, Floor] = {
    # Two looks agreed already: 1 of 145 other words got that far (measured).
    "moonshine": Floor(-2.5, NO_RIVAL, -2.5),
    "vosk": Floor(0.0, ANY_MARGIN, 0.0),
}
"""Of a look at a safety word that the engine saw twice, and of the final that follows it."""


DENIED: Mapping[str, float] = {"moonshine": -3.0, "vosk": 0.0}
"""By engine: a final that fits a safety word's look less than this disagrees with it: "stop that noise", to a dog."""

CONFUSED: Mapping[str, Mapping[str, float]] = {
    # "Repeat" across a room comes out as "ready": 14 of 21 wrong commands of a whole bench were that. A true "ready"
    # was ahead by 1.6 to 11 with the tuning voices: who says the bare word softly says it once more.
    "moonshine": {"ready": 3.0},
}
"""By engine: phrases that others are taken for, and the margin they need."""


NUMBER_FLOORS: Mapping[str, Floor] = {
    # Only open where a number was asked for: 24 of 27 human numbers were best at -3 or above, 16 at -1 (measured).
    "moonshine": Floor(-2.75, 1.0, -2.5),
    "vosk": Floor(0.8, ANY_MARGIN, 0.95),
}
"""Of a number."""


def safety_floor_of(engine: str, phrase: str, seen: bool) -> Floor:
    """Return the floor of a safety word's final, or (`seen`) of a look at it and of the final after that."""
    safety, ordinary = (PARTIAL_FLOORS if seen else SAFETY_FLOORS)[engine], floor_of(engine, phrase)
    lowest = min(safety.sureness, ordinary.sureness)
    return Floor(lowest, safety.margin, min(safety.over_coach, ordinary.over_coach))


def floor_of(engine: str, phrase: str) -> Floor:
    """Return the floor of an ordinary phrase: by its number of words, with the margin that it needs itself."""
    words = len(phrase.split())
    floor = next(floor for up_to, floor in FLOORS[engine] if words <= up_to)
    margin = CONFUSED.get(engine, {}).get(phrase)
    return floor if margin is None else replace(floor, margin=margin)


def sureness(engine: str, phrase: str, confidence: float, margin: float) -> float:
    """Return how sure the engine is of this phrase, seen beside what else it may have been."""
    if engine != "moonshine" or len(phrase.split()) < WORTH_FROM:
        return confidence
    return confidence + MARGIN_WORTH * min(MOST_MARGIN, margin)
