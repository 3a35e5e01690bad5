"""How sure an engine must be, as data: measured by `scripts/bench hearing`, read by the policy."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

ANY_FIT = ANY_MARGIN = float("-inf")


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
LEAD, LEAD_OF_SEVERAL = 0.75, 0.5
"""What it adds on Moonshine's scale, for one word or a number and for several words: what fits badly and yet far better
than any other was meant more often than one among rivals."""

FLOORS: Mapping[str, tuple[tuple[int, Floor], ...]] = {
    # Of log-likelihood ratios: five views joined, a second model's opinion and what it sounds like added. Of 1,200
    # commands in kitchens (tuning voices and recordings, those missed said once more) 1,072 are taken right with the
    # floors here and below, and 37 commands and other words for what they are not; a floor more or less moves two of
    # them. In 3 h of the coach alone the surest of three phrases of several words was so sure as -2.8.
    "moonshine": ((1, Floor(-3.0, 1.0, -4.5, LEAD)), (99, Floor(-5.5, 0.5, 1.0, LEAD_OF_SEVERAL))),
    # Word confidences, no probabilities: wrong words reach 1.0 too, so they only weed out.
    "vosk": ((99, Floor(0.8, ANY_MARGIN, 0.95)),),
}
"""By engine: phrases of up to so many words, and their floor."""

NO_RIVAL = 0.0
SAFETY_FLOORS: Mapping[str, tuple[tuple[int, Floor], ...]] = {
    # Without a margin: a wrong "stop" costs a pause, a missed one more. Of 980 words and noises in kitchens one more is
    # right than with -4, and no more are wrong; with -6 three more and one. Over the coach, which has stepped back by
    # then, no scrap of it and no other word lies between -4 and -7.
    "moonshine": ((1, Floor(-5.0, NO_RIVAL, -6.0, LEAD)), (99, Floor(-5.5, NO_RIVAL, -6.0, LEAD_OF_SEVERAL))),
    "vosk": ((99, Floor(0.6, ANY_MARGIN, 0.6)),),
}
"""Of a safety word's final; by engine and words, as above."""

PARTIAL_FLOORS: Mapping[str, tuple[tuple[int, Floor], ...]] = {
    # Two looks agreed already, two more views and the second model were asked. Of 106 looks at several safety words
    # 92 are so sure, of 14 at other words none. A lead tells nothing here, for other talk has nothing else to be: with
    # one, "help me" was seen three times in two hours of it.
    "moonshine": ((1, Floor(-6.0, NO_RIVAL, -6.0)), (99, Floor(-5.0, NO_RIVAL, -5.0))),
    "vosk": ((99, Floor(0.0, ANY_MARGIN, 0.0)),),
}
"""Of a look at a safety word that the engine saw twice."""

DENIED: Mapping[str, float] = {"moonshine": -5.0, "vosk": 0.0}
"""By engine: a final that is less sure of a safety word's look disagrees with it ("stop that noise", to a dog), what
is surer confirms it. Of the finals after a look 41 of 49 at what is no safety word do, six of 318 at one."""

CLEAR: Mapping[str, float] = {"moonshine": 5.0, "vosk": ANY_MARGIN}
"""By engine: the margin with which the final of another command takes back what a look set off, and is acted on: a
recorded "stop" is seen as one and ends as "done" by 3.3."""

CONFUSED: Mapping[str, Mapping[str, tuple[float, float]]] = {
    # "Repeat" across a room comes out as "ready", "tree" too, by up to 10; noise after a word as "help", noise alone
    # as "no"; "up" as "I'm ready", "stop" as "I'm done". A lead adds nothing where the lead itself deceives.
    "moonshine": {
        "ready": (4.8, 0.0), "help": (4.8, 0.0), "yes": (2.5, LEAD), "no": (2.5, LEAD),
        "i'm ready": (4.0, LEAD_OF_SEVERAL), "i'm done": (4.0, LEAD_OF_SEVERAL),
    },
}  # fmt: skip
"""By engine: phrases that others are taken for, the margin they need, and what it adds."""


LONGEST_S, LONGER_S = 0.9, 0.4
"""Phrases take at most so long, and so much longer for each word. Of 1,058 single words taken right
five took longer, of 32 wrong ones five; and most sentences do. What takes longer must fit without its lead."""

BRIEF_S = 0.2
"""Speech that lasts no longer is a dish or a step more often than a word."""
BRIEF: Mapping[str, tuple[float, float]] = {"moonshine": (-6.5, -5.0), "vosk": (0.0, 0.0)}
"""By engine: the least confidence of what is so brief, and over the coach. Of 1,200 commands in
kitchens four fewer are taken for another so than with a limit of 0.17 s, and as many are right."""

LEAST_OVER_COACH: Mapping[str, float] = {"moonshine": -7.5, "vosk": 0.0}
"""By engine: how well a command over the coach must fit by itself, however far it leads. Of 79 right ones none fits
worse than -6.4; in 3 h of the coach alone an "easier" with -9.4 was the only thing to lead."""

LEAD_OVER_COACH: Mapping[str, float] = {"moonshine": 1.0, "vosk": ANY_MARGIN}
"""By engine: the margin of a safety word over the coach that no look has seen. Of 381 words over the coach four
more are right than with 3; in 3 h of the coach alone nothing came near."""

NUMBER_FLOORS: Mapping[str, Floor] = {
    # Only open where a number was asked for. Of 469 recorded words in kitchens, rooms and over the coach, most of
    # them numbers, 388 are right so and 15 taken for another; at -8.5 with a margin of 0.5 400 and 19.
    "moonshine": Floor(-6.5, 1.0, -6.5, LEAD),
    "vosk": Floor(0.8, ANY_MARGIN, 0.95),
}
"""Of a number."""


def look_floor_of(engine: str, phrase: str) -> Floor:
    """Return the floor of a look at a safety word."""
    return _by_words(PARTIAL_FLOORS[engine], phrase)


def safety_floor_of(engine: str, phrase: str, *, seen: bool) -> Floor:
    """Return the floor of a safety word's final; lower where a look has `seen` it."""
    floor = _by_words(SAFETY_FLOORS[engine], phrase)
    least = DENIED[engine] if seen else floor.sureness
    return replace(floor, sureness=min(floor.sureness, least), over_coach=min(floor.over_coach, least))


def floor_of(engine: str, phrase: str, *, number: bool = False) -> Floor:
    """Return the floor of an ordinary phrase: by its number of words, or as it is taken for others itself.

    Args: number: it is the answer to a question for one.
    """
    if number:
        return NUMBER_FLOORS[engine]
    floor = _by_words(FLOORS[engine], phrase)
    if (confused := CONFUSED.get(engine, {}).get(phrase)) is None:
        return floor
    margin, worth = confused
    return replace(floor, margin=margin, worth=worth)


def _by_words(floors: tuple[tuple[int, Floor], ...], phrase: str) -> Floor:
    words = len(phrase.split())
    return next(floor for up_to, floor in floors if words <= up_to)
