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
    worth: float = 0.0
    """What the margin adds to the confidence: so much of it."""

    def sure(self, confidence: float, margin: float) -> float:
        """Return how sure the engine is of a phrase, seen beside what else it may have been."""
        return confidence + self.worth * min(MOST_MARGIN, margin)


MOST_MARGIN = 8.0
"""No more of a margin adds to the confidence."""
LEAD, LITTLE_LEAD = 0.5, 0.25
"""What it adds on Moonshine's scale: what fits badly and yet far better than any other was meant more often than one
among rivals. The most it tells of phrases of several words, and of numbers, which have nine rivals of their kind."""

FLOORS: Mapping[str, tuple[tuple[int, Floor], ...]] = {
    # Of log-likelihood ratios, a second model's opinion added. Of 175 single words that led in kitchens, rooms and over
    # the coach (tuning voices and recordings), 125 are taken right so and 12 for what they are not; by the confidence
    # alone 126 and 17 at -6.5, 123 and 12 at -6. Over the coach a loudspeaker that clips lets its words through: in 3 h
    # of it alone three phrases of several words were taken at -2, the surest at 1.4.
    "moonshine": ((1, Floor(-4.5, 0.5, -4.5, LITTLE_LEAD)), (99, Floor(-4.0, 0.5, 2.0, LEAD))),
    # Word confidences, no probabilities: wrong words reach 1.0 too, so they only weed out.
    "vosk": ((99, Floor(0.8, ANY_MARGIN, 0.95)),),
}
"""By engine: phrases of up to so many words, and their floor."""

NO_RIVAL = 0.0
SAFETY_FLOORS: Mapping[str, tuple[tuple[int, Floor], ...]] = {
    # Without a margin: a wrong "stop" costs a pause, a missed one more. Of 82 that led 59 are taken right so and 6 of
    # what is none; by the confidence alone 58 and 9 at -6.5, 60 and 10 at -7.
    "moonshine": ((1, Floor(-5.5, NO_RIVAL, -5.5, LITTLE_LEAD)), (99, Floor(-4.5, NO_RIVAL, -4.5, LEAD))),
    "vosk": ((99, Floor(0.6, ANY_MARGIN, 0.6)),),
}
"""Of a safety word's final; by engine and words, as above."""

PARTIAL_FLOORS: Mapping[str, tuple[tuple[int, Floor], ...]] = {
    # Two looks agreed already, and the second model was asked; the final must not be much worse.
    "moonshine": ((1, Floor(-6.0, NO_RIVAL, -6.0)), (99, Floor(-4.5, NO_RIVAL, -4.5, LEAD))),
    "vosk": ((99, Floor(0.0, ANY_MARGIN, 0.0)),),
}
"""Of a look at a safety word that the engine saw twice, and of the final that follows it."""


DENIED: Mapping[str, float] = {"moonshine": -6.0, "vosk": 0.0}
"""By engine: a final that fits a safety word's look less than this disagrees with it: "stop that noise", to a dog. Of
the finals after a look four of seven at what is no safety word were below, two of sixty at one."""

CLEAR: Mapping[str, float] = {"moonshine": 5.0, "vosk": ANY_MARGIN}
"""By engine: the margin with which the final of another command takes back what a look set off, and is acted on: a
recorded "stop" is seen as one and ends as "done" by 3.3."""

CONFUSED: Mapping[str, Mapping[str, float]] = {
    # "Repeat" across a room comes out as "ready", noise after a word as "help", and noise alone as "no": by up to 4.6.
    # A true one leads by 9 and more, in a kitchen by 4.9: who says the bare word softly says it once more.
    "moonshine": dict.fromkeys(("ready", "help", "yes", "no"), 4.8),
}
"""By engine: phrases that others are taken for, and the margin they need."""


BRIEF_S = 0.17
"""Speech that lasts no longer is a dish or a step more often than a word."""
BRIEF: Mapping[str, tuple[float, float]] = {"moonshine": (-4.0, -2.0), "vosk": (0.0, 0.0)}
"""By engine: the least confidence of what is so brief, and over the coach. Of 243 right words four are, three of them
surer than -4; of five words heard in ten minutes of a kitchen alone four are, all less sure. Of the right ones over the
coach none is; a scrap of its own is, at -3.7."""

LEAD_OVER_COACH: Mapping[str, float] = {"moonshine": 3.0, "vosk": ANY_MARGIN}
"""By engine: the margin of a safety word over the coach that no look has seen. Right ones lead by 3.1 and more; of the
coach alone, through a loudspeaker that clips, "seconds" was one by 2.2."""

NUMBER_FLOORS: Mapping[str, Floor] = {
    # Only open where a number was asked for. Of 155 recorded ones in a kitchen, rooms and over the coach 128 are taken
    # right so and 8 for another; by the confidence alone at -5.5, with a margin of 1, 121 and 10.
    "moonshine": Floor(-5.5, 2.0, -5.5, LEAD),
    "vosk": Floor(0.8, ANY_MARGIN, 0.95),
}
"""Of a number."""


def safety_floor_of(engine: str, phrase: str, seen: bool) -> Floor:
    """Return the floor of a safety word's final, or (`seen`) of a look at it and of the final after that."""
    return _by_words((PARTIAL_FLOORS if seen else SAFETY_FLOORS)[engine], phrase)


def floor_of(engine: str, phrase: str, *, number: bool = False) -> Floor:
    """Return the floor of an ordinary phrase: by its number of words, with the margin that it needs itself.

    Args: number: it is the answer to a question for one.
    """
    if number:
        return NUMBER_FLOORS[engine]
    floor = _by_words(FLOORS[engine], phrase)
    margin = CONFUSED.get(engine, {}).get(phrase)
    return floor if margin is None else replace(floor, margin=margin)


def _by_words(floors: tuple[tuple[int, Floor], ...], phrase: str) -> Floor:
    words = len(phrase.split())
    return next(floor for up_to, floor in floors if words <= up_to)
