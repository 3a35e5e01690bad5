"""The lesson in which she teaches her words: the coach asks for each, a tone, she says it, three times.

What can't be learned is asked for again, with the reason; after two such times for one word the rest is left for later.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

from coach.devices.port import BLOCK_FRAMES, BLOCK_S, HEARING_FRAMES, Devices
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.endpointing.endpointer import Endpointer
from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.learned import SAMPLES
from coach.hearing.recognition.moonshine.enrolment import Judgement, SampleRefusal
from coach.playback.workshop import ClipSource
from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.earcons import earcon
from coach.sound.mixer import Mixer
from coach.sound.room_tone import RoomTone
from coach.timeline.phrases import phrase

LISTENS_S = 5.0
GAP_S = 0.35  # after what is played: longer than the silence that ends a segment of its echo
AGAIN = 2  # times that one word is asked for again

OnWord = Callable[[str, int, SampleRefusal | None], None]
"""Called with the word, how many samples there are of it, and why the last one was not taken."""


class LessonEnd(StrEnum):
    """How a lesson ended."""

    LEARNED = "learned"
    LATER = "later"
    """Too much was refused."""
    LEFT = "left"


class Judge(Protocol):
    """What decides on each sample: `Enrolment`."""

    def judge(self, text: str, said: Sequence[Piece], *, amid_talk: bool) -> Judgement:
        """Judge the pieces of what was said for this word; none where nothing was said.

        Args: amid_talk: somebody was talking already when she was asked.
        """
        ...


class WordLesson:
    """One lesson on open devices. `run` does all of it."""

    def __init__(self, devices: Devices, clips: ClipSource, judge: Judge, headphones: bool = False) -> None:
        """Load the voice detectors. Raises MachineError where they are missing."""
        self._devices, self._clips, self._judge = devices, clips, judge
        self._mixer = Mixer(tone=RoomTone())
        self._remover, self._endpointer = EchoRemover(headphones), Endpointer()
        self._pieces: list[Piece] = []

    def run(self, words: Sequence[str], on_word: OnWord, skip: Callable[[], bool] = lambda: False) -> LessonEnd:
        """Ask for every word; return how it ended. Words that are complete were learned however it ended."""
        if not self._play((self._say("begin"),), skip):
            return LessonEnd.LEFT
        for word in words:
            end = self._teach(word, on_word, skip)
            if end is not LessonEnd.LEARNED:
                return end
        self._play((self._say("thanks"),), skip)
        return LessonEnd.LEARNED

    def ask(self, key: str, skip: Callable[[], bool] = lambda: False) -> Sequence[Piece] | None:
        """Ask something else; return what she says, empty where that is nothing. None: she left."""
        return self._answer(skip) if self._play((self._say(key), earcon("ready_prompt")), skip) else None

    def _teach(self, word: str, on_word: OnWord, skip: Callable[[], bool]) -> LessonEnd:
        """Ask for one word until there are enough samples of it."""
        taken = refused = 0
        asked: tuple[Clip, ...] = (self._say("say", word=word),)
        while taken < SAMPLES:
            if not self._play((*asked, earcon("ready_prompt")), skip):
                return LessonEnd.LEFT
            amid_talk = self._endpointer.talking
            said = self._answer(skip)
            if said is None:
                return LessonEnd.LEFT
            judgement = self._judge.judge(word, said, amid_talk=amid_talk)
            taken, refused = taken + (judgement.sample is not None), refused + (judgement.sample is None)
            on_word(word, taken, judgement.refusal)
            if refused > AGAIN:
                return LessonEnd.LATER if self._play((self._say("later"),), skip) else LessonEnd.LEFT
            asked = (self._say(judgement.refusal, word=judgement.heard),) if judgement.refusal else ()
        return LessonEnd.LEARNED

    def _answer(self, skip: Callable[[], bool]) -> Sequence[Piece] | None:
        """Return the segment that follows, empty without one. None: she left."""
        self._pieces = []
        for _ in range(round(LISTENS_S / BLOCK_S)):
            if skip():
                return None
            self._block()
            if self._pieces and self._pieces[-1].end is not None:
                break
        return tuple(self._pieces)

    def _play(self, clips: Sequence[Clip], skip: Callable[[], bool]) -> bool:
        """Play these, one after the other; return False if she left."""
        at = self._mixer.position
        for clip in clips:
            at = self._mixer.place(clip, at) + clip.frames + frames_of(GAP_S)
        for _ in range(round((at - self._mixer.position) / RATE_HZ / BLOCK_S)):
            if skip():
                return False
            self._block()
        return True

    def _block(self) -> None:
        mic, played = self._devices.exchange(self._mixer.block(BLOCK_FRAMES))
        self._devices.changes()
        for at in range(0, len(mic), HEARING_FRAMES):
            removed = self._remover.remove(mic[at : at + HEARING_FRAMES], played[at : at + HEARING_FRAMES])
            self._pieces += self._endpointer.feed(removed.detect, removed.listen, self._remover.delay_frames)

    def _say(self, key: str, **filled: str) -> Clip:
        return self._clips.clip(phrase(f"learn.{key}", **filled))
