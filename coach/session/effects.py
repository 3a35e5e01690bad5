"""The output of `advance`: what is to be played and said. `playback` carries the effects out."""

from dataclasses import dataclass, replace
from enum import StrEnum

from coach.hearing.vocabulary.commands import Command
from coach.session.record import EndReason
from coach.timeline.step import Step


class When(StrEnum):
    """When a new segment takes the place of the one that plays."""

    NOW = "now"
    AFTER_REP = "after_rep"
    """The rep that runs is finished first."""


class From(StrEnum):
    """Where in a segment it goes on."""

    HERE = "here"
    """The rest of it, from where it was held."""
    SENTENCE = "sentence"
    """From the start of the sentence that was interrupted."""
    SENTENCE_AGAIN = "sentence_again"
    """The sentence that began last, also when it is over."""
    START = "start"


class HoldCause(StrEnum):
    """What holds a segment where no command does."""

    SPEECH = "speech"
    """The coach has something to say."""
    DEVICE = "device"
    """A device is gone."""
    SLEEP = "sleep"
    """The machine slept."""


@dataclass(frozen=True, slots=True)
class Play:
    """Build this step's segment and play it, in place of what plays."""

    step: Step
    pace: float = 1.0
    when: When = When.NOW
    say_first: tuple[str, ...] = ()
    """Said before the segment begins; its clock starts after them."""

    @property
    def after_rep(self) -> bool:
        """Tell whether the rep that runs is finished first."""
        return self.when is When.AFTER_REP

    def at_once(self) -> "Play":
        """Return the same, to begin now."""
        return replace(self, when=When.NOW)


@dataclass(frozen=True, slots=True)
class Hold:
    """Fade out whatever sounds within 30 ms and hold the segment's clock."""

    after: Command | HoldCause
    """What led to it, for the log's `silent`."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Let the held segment go on."""

    start: From = From.HERE
    say_first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Say:
    """Say sentences beside the segment; `SpeechEnded` follows. A new `Say` replaces an unfinished one."""

    lines: tuple[str, ...]
    keep_ticks: bool = True
    """The segment goes on meanwhile: its earcons sound, its spoken cues that would overlap are dropped."""


@dataclass(frozen=True, slots=True)
class SayAgain:
    """Say the sentence that began last again, beside the segment; `SpeechEnded` follows."""

    keep_ticks: bool = False


@dataclass(frozen=True, slots=True)
class Chime:
    """Play one earcon now."""

    earcon: str


@dataclass(frozen=True, slots=True)
class Volume:
    """Make the coach louder or softer from now on."""

    gain_db: float
    """The new gain over the usual level, not a step."""


@dataclass(frozen=True, slots=True)
class SpeechRate:
    """Speak more slowly or faster from the sentence on that is being said. A set keeps its words."""

    factor: float
    """Times the words a minute that the session began with."""


@dataclass(frozen=True, slots=True)
class Finish:
    """End once the last word has been said."""

    reason: EndReason


Effect = Play | Hold | Continue | Say | SayAgain | Chime | Volume | SpeechRate | Finish
