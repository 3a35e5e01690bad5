"""The steps of a sound check, the levels it measured, and the one sentence of advice that follows. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from coach.timeline.phrases import phrase

REMOVED_DB = 10.0  # less than this and the coach may hear itself
OVER_HER_DB = 6.0  # an echo so much louder than she is: her words drown (scripts/bench hearing)
OVER_FLOOR_DB = 15.0  # less and the noise of the room is mixed into every word
CLEAR_DB = 25.0  # over the floor: nothing of a word is lost
QUIET_DB, LOUD_DB = -60.0, -42.0  # of the room's noise
FAINT_ECHO_DB = 12.0  # so much under her an echo does no harm, however little of it is removed


class CheckStep(StrEnum):
    """The steps of a sound check."""

    QUIET = "quiet"
    COACH = "coach"
    HELLO = "hello"


class Advice(StrEnum):
    """What to do; each is a sentence of the phrases in `sound_check`."""

    FINE = "fine"
    COME_CLOSER = "come_closer"
    TURN_ME_DOWN = "turn_me_down"
    TOO_LOUD = "too_loud"
    NOT_HEARD = "not_heard"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class SoundLevels:
    """Levels at the microphone, dB of full scale."""

    floor_db: float
    echo_db: float | None
    """The coach's, when it speaks as loud as usual; None where it is not heard."""
    delay_s: float | None
    """How much later than played its echo comes; None where it is not known."""
    removed_db: float | None
    """By how much the echo removal lowers it."""
    voice_db: float | None
    """Hers; None where she was not heard."""
    clips: bool = False
    """Her voice is beyond what the microphone can take."""
    echo_clips: bool = False
    muted: bool = False

    @property
    def advice(self) -> Advice:
        """Return what matters most."""
        if self.muted:
            return Advice.MUTED
        if self.echo_clips:
            return Advice.TURN_ME_DOWN
        if self.voice_db is None:
            return Advice.NOT_HEARD
        if self.clips:
            return Advice.TOO_LOUD
        if self.voice_db - self.floor_db < OVER_FLOOR_DB:  # before the echo: coming closer helps against both
            return Advice.COME_CLOSER
        return Advice.TURN_ME_DOWN if self._echo_harms else Advice.FINE

    @property
    def text(self) -> str:
        """Return the advice in one sentence."""
        return phrase(f"sound_check.{self.advice}")

    @property
    def words(self) -> str:
        """Return what was found and what to do, in words that need no decibels."""
        found = (self._voice_words, self._room_words, self._echo_words)
        return " ".join([*(() if self.muted else found), self.text])

    @property
    def _voice_words(self) -> str:
        if self.voice_db is None:
            return "Your voice: I couldn't hear it."
        over_db = self.voice_db - self.floor_db
        return f"Your voice: {'clear' if over_db >= CLEAR_DB else 'faint' if over_db < OVER_FLOOR_DB else 'good'}."

    @property
    def _room_words(self) -> str:
        return (
            f"The room: {'quiet' if self.floor_db < QUIET_DB else 'loud' if self.floor_db > LOUD_DB else 'some noise'}."
        )

    @property
    def _echo_words(self) -> str:
        if self.echo_db is None:
            return "My own voice: not in the way."
        return f"My own voice: {'in the way' if self._echo_harms else 'heard, but filtered out'}."

    @property
    def _echo_harms(self) -> bool:
        if self.echo_db is None or self.voice_db is None:
            return False
        over_her_db = self.echo_db - self.voice_db
        # In noise no more can be seen to be removed than stands out of it.
        seen = self.echo_db - self.floor_db > REMOVED_DB + 3.0
        poor = seen and self.removed_db is not None and self.removed_db < REMOVED_DB and over_her_db > -FAINT_ECHO_DB
        return over_her_db > OVER_HER_DB or poor

    @property
    def figures(self) -> str:
        """Return them as one line to be read."""
        you = "you were not heard" if self.voice_db is None else f"you {self.voice_db:.0f} dB"
        return f"{self._echo}; noise {self.floor_db:.0f} dB; {you}"

    @property
    def _echo(self) -> str:
        if self.echo_db is None:
            return "I don't hear myself"
        late = "" if self.delay_s is None else f", {1000 * self.delay_s:.0f} ms late"
        removed = "" if self.removed_db is None else f", {self.removed_db:.0f} dB of it removed"
        return f"echo {self.echo_db:.0f} dB{late}{removed}"
