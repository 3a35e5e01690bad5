"""How far both models write the same: what two small models that were trained differently agree on was said."""

from dataclasses import dataclass

from coach.hearing.recognition.scoring.spellings import in_words

# `scripts/bench hearing --scene paraphrases --voices tuning` measures these constants.
SENTENCE, BEGINNING = 2, 3
"""How many words tell that it was this and nothing else: of a whole sentence, and of one that is written on otherwise.

One word alone is too short to be sure of.
"""
MOST_WORDS = 7
"""Hardly anything that is said to the coach has more."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What each of the models writes by itself."""

    first: str
    second: str

    @property
    def transcript(self) -> str:
        """Return what both write, in its normal form; empty where they differ."""
        first, second = in_words(self.first), in_words(self.second)
        return first if first == second else ""

    @property
    def is_whole(self) -> bool:
        """Tell whether both write the same sentence."""
        return len(self.transcript.split()) >= SENTENCE

    @property
    def is_settled(self) -> bool:
        """Tell whether other views of the sound would change little: both begin alike, or it is long."""
        first, second = (in_words(text).split()[:BEGINNING] for text in (self.first, self.second))
        alike = first == second and len(first) == BEGINNING
        return self.is_whole or alike or is_long(self.first)


def is_long(transcript: str) -> bool:
    """Tell whether a transcript is longer than what is said to the coach."""
    return len(in_words(transcript).split()) > MOST_WORDS
