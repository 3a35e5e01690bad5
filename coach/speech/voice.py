"""The port to a voice, and the rule that estimates how long a sentence takes without one."""

from collections.abc import Sequence
from typing import Protocol

from coach.sound.clip import Clip


class Voice(Protocol):
    """Something that speaks into clips. Implementations: `system_voice.SystemVoice`, the tests' `ToneVoice`."""

    @property
    def name(self) -> str:
        """Return the voice's id, e.g. `en-us`."""
        ...

    @property
    def fingerprint(self) -> str:
        """Return all that shapes its clips (engine, version, voice, rate), for the cache key."""
        ...

    def render(self, texts: Sequence[str]) -> list[Clip]:
        """Speak each text into a clip, trimmed and at one loudness. Raises MachineError naming the text that failed."""
        ...

    def close(self) -> None:
        """End its worker."""
        ...


def estimate(text: str) -> float:
    """Estimate how many seconds the default voice takes for a text, by a rule (no voice needed).

    Provisional: calibrated against the default voice at 150 words a minute.
    """
    letters = sum(character.isalnum() for character in text)
    stops = sum(text.count(mark) for mark in ",.;:!?")
    return round(0.15 + 0.068 * letters + 0.16 * max(0, stops - 1), 3)
