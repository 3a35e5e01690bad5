"""The port to a recognizer: pieces of one speech segment after the other in, what was understood out.

The chain calls an engine only while somebody speaks. A segment comes as pieces of 20 ms or more, in order and without
gaps: the first carries the pre-roll, the last says how the segment ended. A streaming recognizer feeds each piece on
and asks for its final result with the last; a scoring one collects them, looks at the growing segment now and then, and
scores the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from coach.hearing.ports.ears import Heard
from coach.hearing.vocabulary.commands import Command
from coach.sound.pcm import Pcm


class End(StrEnum):
    SILENCE = "silence"
    """She has said what she wanted to say."""
    TOO_LONG = "too_long"
    """Longer than any command: somebody talks. The engine forgets the segment, it is not heard as anything."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    samples: Pcm
    """16 kHz, new since the piece before, at any length above zero."""
    start_t: float
    """Of the first of these samples, seconds on the stream's clock."""
    first: bool
    """A segment begins: forget the one before."""
    end: End | None
    """Set on the segment's last piece."""
    speech_start_t: float
    """Of the first frame that the detector took for speech."""
    speech_end_t: float
    """The end of the last frame so far that it took for speech."""
    floor_rms: float
    """The noise floor around the segment, in int16 steps, at least 1: what to pad with."""
    amid_talk: bool = False
    """The segment stands out of other talk: what sounds before and behind its speech is that."""

    @property
    def end_t(self) -> float:
        return self.start_t + len(self.samples) / 16_000


class Engine(Protocol):
    """Something that recognizes segments. Implementations: `moonshine_ears.MoonshineEngine`, `vosk_ears.VoskEngine`."""

    @property
    def name(self) -> str:
        """Return `moonshine` or `vosk`."""
        ...

    def expect(self, commands: frozenset[Command]) -> None:
        """Open only these commands from the next segment on (safety words are always open). At first all are.

        An engine that gains nothing from it does nothing.
        """
        ...

    def hear_piece(self, piece: Piece) -> Sequence[Heard]:
        """Take the next piece; return what was understood: partials of safety words, one final with the last piece."""
        ...

    def close(self) -> None:
        """Let go of the model. Once is enough, more does no harm."""
        ...
