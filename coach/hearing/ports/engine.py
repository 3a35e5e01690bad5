"""The port to a recognition engine: one speech segment in pieces, recognized phrases out.

The chain calls an engine only while somebody speaks. A segment comes as pieces of 20 ms or more, in order and without
gaps: the first carries the pre-roll, the last says how the segment ended. A streaming engine feeds each piece on and
asks for its final result with the last. A scoring engine collects them, scores the growing segment now and then for a
partial result, and scores the whole at its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.vocabulary.commands import Command
from coach.sound.pcm import Pcm

NOTHING_FITS = -10.0
"""The confidence of what is no phrase, below what any engine asks."""


class End(StrEnum):
    """How a segment ended."""

    SILENCE = "silence"
    """She has said what she wanted to say."""
    TOO_LONG = "too_long"
    """Longer than any command: somebody talks. The engine drops the segment.

    Where a partial was reported in it a final still follows, `something_else`, which takes the partial back.
    """


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The next part of a segment, and what the endpointer knows of the segment so far."""

    samples: Pcm
    """16 kHz, new since the piece before, of any length above zero."""
    start_t: float
    """Of the first of these samples, seconds on the stream's clock."""
    first: bool
    """A segment begins: drop the one before."""
    end: End | None
    """Set on the segment's last piece."""
    speech_start_t: float
    """Of the first frame that the voice activity detector took for speech."""
    speech_end_t: float
    """The end of the last frame so far that it took for speech."""
    floor_rms: float
    """The noise floor around the segment, in int16 steps, at least 1: what to pad with."""
    amid_talk: bool = False
    """The segment stands out of other talk: the sound before and behind its speech is that talk."""
    before: Pcm | None = None
    """With the first piece: what was heard right before it, up to half a second."""

    @property
    def end_t(self) -> float:
        """Return the end of the last sample, seconds on the stream's clock."""
        return self.start_t + len(self.samples) / HEARING_HZ

    @property
    def speech_s(self) -> float:
        """Return how long the speech is so far."""
        return self.speech_end_t - self.speech_start_t


def something_else(piece: Piece) -> Heard:
    """Return the final of speech that is no phrase.

    Args: piece: the segment's last.
    """
    return Heard("", None, None, NOTHING_FITS, 0.0, piece.speech_start_t, piece.speech_end_t)


class Engine(Protocol):
    """Something that recognizes segments: `MoonshineEngine`, `VoskEngine`."""

    @property
    def name(self) -> str:
        """Return the engine's name, as the log has it."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """Return what the policy asks of this engine's scores."""
        ...

    def expect(self, commands: frozenset[Command]) -> None:
        """Open only these commands from the next segment on (safety words are always open). At first all are.

        An engine that gains nothing from it does nothing.
        """
        ...

    def hear_piece(self, piece: Piece) -> Sequence[Heard]:
        """Take the next piece; return partials of safety words, and with the last piece one final.

        There may be no final where nothing was understood. After a partial there is always one.
        """
        ...

    def close(self) -> None:
        """Let go of the model. Closing again does nothing."""
        ...
