"""Define the port to a voice, and estimate a sentence's length without one."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from coach.speech.pace import MOST_RATE, is_count

if TYPE_CHECKING:  # listings estimate without paying for numpy
    from coach.sound.clip import Clip


class Voice(Protocol):
    """Something that speaks into clips.

    Implementations: `system_voice.SystemVoice`, `natural_voice.NaturalVoice`, `paced_voice.PacedVoice` around either,
    the tests' `ToneVoice`.
    """

    @property
    def name(self) -> str:
        """Return the voice's id, e.g. `en-us`."""
        ...

    @property
    def fingerprint(self) -> str:
        """Return all that shapes its clips (engine, version, voice, rate), for the cache key."""
        ...

    def render(self, texts: Sequence[str]) -> "list[Clip]":
        """Speak each text into a clip, trimmed and at one loudness. Raises MachineError naming the text that failed."""
        ...

    def at_rate(self, words_a_minute: float) -> "Voice":
        """Return the same voice at another rate: so many words a minute in usual sentences, as near as it can."""
        ...

    def close(self) -> None:
        """End its worker."""
        ...


SLOWER = 1.2  # outside sets than a count, of the same letters


@lru_cache(maxsize=4_096)
def estimate(text: str) -> float:
    """Estimate how many seconds the default voice takes for a text at the usual rate, by a rule (no voice needed).

    A linear fit to the trimmed sentences of a session, `en-us`. A test bounds its error.
    """
    letters = sum(character.isalpha() for character in text)
    digits = sum(character.isdigit() for character in text)
    inner = text.rstrip(" .!?")
    sentence_ends = sum(inner.count(mark) for mark in ".!?")
    commas = sum(inner.count(mark) for mark in ",;:")
    counted_s = 0.16 + 0.068 * letters + 0.3 * digits + 0.68 * sentence_ends + 0.37 * commas
    if is_count(text):
        return round(counted_s, 3)
    return round(max(counted_s * SLOWER, 60 * len(text.split()) / MOST_RATE), 3)
