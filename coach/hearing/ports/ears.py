"""The port to the ears: blocks of the microphone and of what was played, recognized phrases out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.vocabulary.commands import Command
from coach.sound.pcm import Pcm

HEARING_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance as an engine recognized it. Whether it counts is the policy's to say."""

    text: str
    """The phrase that fits best, or the free transcript where none does."""
    command: Command | None
    value: int | None
    """A number; which routine or person was named, its index in the table's choices; else see `commands.VALUES`."""
    confidence: float
    """On the engine's own scale: Moonshine a log-likelihood ratio near 0, Vosk the lowest word confidence."""
    margin: float
    """Distance to the best phrase of another command, on the same scale; inf where there is none."""
    word_start_t: float
    """Seconds on the stream's clock (samples heard / 16,000)."""
    word_end_t: float
    partial: bool = False
    """A partial result, of speech that still goes on: only safety words act on it."""
    ended: bool = False
    """A partial of a word that has probably ended, scored against everything that is open: judged like a final."""
    near: Command | None = None
    """The safety word that speech came close to without being recognized as it."""
    own_words: bool = False
    """Understood from a sentence in her own words; `text` is that sentence, not a phrase."""
    about: str | None = None
    """The one question that her own words answer; None: they answer none, or any."""
    transcript: str = ""
    """The engine's free transcript, where it has one: what was said, whatever phrase is nearest."""
    before: bytes = b""
    """The segment before as a sample of her voice, where that may have been this phrase too: a vector, no sound."""

    @property
    def goes_on(self) -> bool:
        """Tell whether the word itself goes on, so that it can't be judged like a final yet."""
        return self.partial and not self.ended


class Ears(Protocol):
    """Something that recognizes commands: a `Chain`, an `EarsProcess` around one, or words given as text."""

    @property
    def name(self) -> str:
        """Return the engine's name, as the log has it."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """Return what the policy asks of this engine. Known at once, before any model is loaded."""
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
    def behind_s(self) -> float:
        """Return how much they have not listened to yet, for whatever reason; 0 where they can't lag."""
        ...

    @property
    def half_duplex(self) -> bool:
        """Tell whether only safety words may count while the coach speaks: nothing cancels its echo here."""
        ...

    def hear(self, mic: Pcm, played: Pcm) -> Sequence[Heard]:
        """Take the next block, as many 16 kHz frames of each; return what was recognized. Never blocks long."""
        ...

    def expect(self, commands: frozenset[Command]) -> None:
        """Listen only for these commands from the next utterance on (safety words always): the fewer, the better heard.

        At first all are open. Cheap: call it whenever the session's state changes.
        """
        ...

    def close(self) -> None:
        """Let go of models and processes. Closing again does nothing."""
        ...
