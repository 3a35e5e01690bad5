"""A room in which somebody answers a lesson: a word each time the coach has been silent for a moment."""

from coach.devices.port import BLOCK_S
from coach.rehearsal.devices import RoomDevices
from coach.rehearsal.mouths import VoiceMouth
from coach.rehearsal.room import RoomSpec
from coach.sound.pcm import Pcm, mean_power
from coach.speech.clips import Clips

QUIET, WAITS_S = 1e-5, 0.3


class Pupil(RoomDevices):
    """A room in which she says a word each time the coach has been silent for a moment."""

    def __init__(self, clips: Clips, word: str | None) -> None:
        self.mouth = VoiceMouth(clips)
        super().__init__(RoomSpec(echo_db=-20.0), self.mouth, None)
        self._word, self._silent_s, self._answered = word, 0.0, True

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        sounds = mean_power(block) > QUIET
        self._silent_s = 0.0 if sounds else self._silent_s + BLOCK_S
        self._answered = self._answered and not sounds
        if self._word and not self._answered and self._silent_s > WAITS_S:
            self._answered = True
            self.mouth.say(self._word)
        return super().exchange(block)
