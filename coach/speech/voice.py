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
