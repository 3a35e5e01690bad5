"""The port to the ears: microphone and played blocks in, what was understood out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from coach.hearing.vocabulary.commands import Command

HEARING_HZ = 16_000

Pcm = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance as an engine understood it. Whether it counts is the policy's to say."""

    text: str
    """The phrase that fits best, or the free transcript where none does."""
    command: Command | None
    value: int | None
    """Of a number, or which routine was named (its index in the table's choices)."""
    confidence: float
    """The engine's own scale: Moonshine a log-likelihood ratio near 0, Vosk the lowest word confidence."""
    margin: float
    """Distance to the best phrase of another command, on the same scale; inf where there is none."""
    word_start_t: float
    """Seconds on the stream's clock (samples heard / 16,000)."""
    word_end_t: float
    partial: bool = False
    """A look at speech that still goes on: only safety words act on it."""
    near: Command | None = None
    """The safety word that speech came close to without being taken for it."""


class Ears(Protocol):
    """Something that understands. Implementations: `moonshine_ears`, `vosk_ears`, and `ears_process` around either."""

    @property
    def name(self) -> str:
        """Return `moonshine` or `vosk`."""
        ...

    @property
    def speaking(self) -> bool:
        """Tell whether somebody but the coach is speaking right now."""
        ...

    @property
    def trouble(self) -> str | None:
        """Return what keeps the ears from hearing right now, one line for the screen; None while all is well."""
        ...

    @property
    def half_duplex(self) -> bool:
        """Tell whether only safety words may count while the coach speaks: nothing cancels its echo here."""
        ...

    def hear(self, mic: Pcm, played: Pcm) -> Sequence[Heard]:
        """Take the next block, as many 16 kHz frames of each; return what was understood. Never blocks long."""
        ...

    def expect(self, commands: frozenset[Command]) -> None:
        """Listen only for these commands from the next utterance on (safety words always): the fewer, the better heard.

        At first all are open. Cheap: call it whenever the session's state changes.
        """
        ...

    def close(self) -> None:
        """Let go of models and processes. Once is enough, more does no harm."""
        ...
