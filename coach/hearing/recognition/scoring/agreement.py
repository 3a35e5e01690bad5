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
    def is_whole(self) -> bool:
        """Tell whether both write the same sentence."""
        first, second = self._words
        return first == second and len(first) >= SENTENCE

    @property
    def is_long(self) -> bool:
        """Tell whether it is longer than what is said to the coach."""
        return len(self._words[0]) > MOST_WORDS

    @property
    def is_settled(self) -> bool:
        """Tell whether other views of the sound would change little: both begin alike, or it is long."""
        first, second = self._words
        alike = len(first) >= BEGINNING and first[:BEGINNING] == second[:BEGINNING]
        return self.is_whole or alike or self.is_long

    @property
    def _words(self) -> tuple[list[str], list[str]]:
        return in_words(self.first).split(), in_words(self.second).split()
