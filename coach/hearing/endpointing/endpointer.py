"""The endpointer: cut a stream into speech segments by voice activity detection.

Of its two streams, `detect` (all echo removed) says whether somebody speaks, and the pieces are cut from `listen` (her
voice left whole). A coarse detector always runs. A fine one runs only while the coarse one lets something through,
begins with what came shortly before, and decides. Above continuous talk, such as a radio, a louder voice is a segment
of its own.
"""

from collections import deque

import numpy as np

from coach.errors import MachineError
from coach.hearing.endpointing.frame_store import FrameStore
from coach.hearing.endpointing.segment import HANGOVER, SpeechSegment
from coach.hearing.endpointing.silero_vad import FINE_FRAMES, FineDetector
from coach.hearing.endpointing.talk_level import RISES_AFTER, TalkLevel, in_db, level_db
from coach.hearing.endpointing.webrtc_vad import COARSE_FRAMES, CoarseDetector, CoarseProbability
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import End, Piece
from coach.sound.pcm import Pcm, rms

# `scripts/bench hearing` measures these four. Lower probabilities take a kitchen for speech, higher ones miss words.
BEGINS_AT, GOES_ON_AT = 0.25, 0.25  # probability of speech
# A soft chunk prolongs a word only when it is surely speech or above the noise floor: kitchen noise follows words.
SURELY_AT, ABOVE_NOISE_DB = 0.7, 8.0
BEGINS_AFTER = 2  # chunks of 32 ms in a row: a click is shorter
PRE_ROLL = round(0.3 * HEARING_HZ)  # before the first speech: the "s" of "stop" is not yet speech to the detector
BEFORE = round(0.5 * HEARING_HZ)  # what goes with a segment's first piece: keyword spotting listens that far back
LOOK_BACK = round(0.32 * HEARING_HZ)  # what the fine detector hears first when it wakes
SLEEPS_AFTER = round(0.4 * HEARING_HZ)  # since the coarse detector last let something through
KEPT = 16_000  # frames of both streams: more than look-back, waking and pre-roll together
FLOOR_FRAMES = 2 * HEARING_HZ  # of the coach's silence, by which the noise floor is measured anew
FLOOR_PERCENT = 20  # of these blocks' levels: noise that the coarse detector takes for speech counts, words hardly do
FLOOR_SHARE = 0.05  # weight of a new quiet frame in the noise floor: a time constant of 0.4 s


def fine_detector() -> FineDetector | CoarseProbability:
    """Return the fine detector; where its wheel is missing, the coarse one in its place."""
    try:
        return FineDetector()
    except MachineError:
        return CoarseProbability()


class Endpointer:
    """Two streams of blocks in, the pieces of speech segments out; nothing while nobody speaks."""

    def __init__(self) -> None:
        """Load both detectors; where the fine one's wheel is missing the coarse one decides.

        Raises MachineError where the coarse one's is missing.
        """
        self._coarse, self._fine = CoarseDetector(), fine_detector()
        self.restart(0)

    def restart(self, place: int) -> None:
        """Go on at this frame of the stream and drop what came before: some blocks were lost."""
        self._frames = FrameStore(place)
        self._now = self._free_from = place
        self._segment: SpeechSegment | None = None
        self._passed: list[bool] = []
        self._last_passed = place - SLEEPS_AFTER
        self._fine_at: int | None = None  # the place of the fine detector, None while it sleeps
        self._run = 0
        self._talk = TalkLevel()
        self._levels: deque[float] = deque(maxlen=FLOOR_FRAMES // COARSE_FRAMES)
        self._risen: SpeechSegment | None = None
        """The voice that has risen above the segment's talk, and takes its place with the next piece."""
        self._floor = 20.0

    @property
    def speaking(self) -> bool:
        """Tell whether a segment is open that may be a command; not while somebody talks on and on."""
        return self._segment is not None and self._segment.over is not End.TOO_LONG

    @property
    def talking(self) -> bool:
        """Tell whether somebody talks, for however long."""
        return self._segment is not None

    def feed(self, detect: Pcm, listen: Pcm, late_frames: int = 0) -> list[Piece]:
        """Take the next frames of both streams, as many of each; return the pieces that they complete.

        Args: late_frames: the delay of both streams behind the microphone. The pieces' times are the microphone's.
        """
        self._frames.append(detect, listen)
        pieces: list[Piece] = []
        while self._frames.ends >= self._now + COARSE_FRAMES:
            pieces += self._advance(late_frames)
        return pieces

    def renew_floor(self) -> None:
        """Measure the noise floor anew by the last two seconds, unless somebody speaks. The coach has been silent."""
        if self._segment is None and len(self._levels) == self._levels.maxlen:
            self._floor = float(np.percentile(self._levels, FLOOR_PERCENT))

    def _advance(self, late_frames: int) -> list[Piece]:
        """Run both detectors on the next 20 ms."""
        place = self._now
        self._now += COARSE_FRAMES
        self._wake_or_sleep(self._coarse.might_be_speech(self._frames.detect(place, self._now)), place)
        while self._fine_at is not None and self._fine_at + FINE_FRAMES <= self._now:
            chunk = self._frames.detect(self._fine_at, self._fine_at + FINE_FRAMES)
            self._fine_at += FINE_FRAMES
            self._judge(self._fine.probability(chunk), chunk, self._fine_at)
        piece = self._piece(late_frames)
        self._forget()
        return [piece] if piece else []

    def _wake_or_sleep(self, passed: bool, place: int) -> None:
        self._passed = [*self._passed[-1:], passed]
        level = rms(self._frames.listen(place, self._now))
        self._levels.append(level)
        if passed:
            self._last_passed = self._now
        else:
            self._floor += FLOOR_SHARE * (level - self._floor) if self._segment is None else 0.0
        if self._fine_at is None and all(self._passed):
            self._fine.reset()
            self._fine_at = max(self._frames.begins, self._free_from, self._now - LOOK_BACK)
            self._run = 0
        elif self._segment is None and self._now - self._last_passed >= SLEEPS_AFTER:
            self._fine_at = None

    def _judge(self, probability: float, chunk: Pcm, end: int) -> None:
        """Begin, continue or end a segment by one chunk of the fine detector."""
        if self._segment is None:
            self._run = self._run + 1 if probability >= BEGINS_AT else 0
            if self._run >= BEGINS_AFTER:
                began = end - self._run * FINE_FRAMES
                self._segment = SpeechSegment(began, end, max(self._frames.begins, self._free_from, began - PRE_ROLL))
            return
        if probability >= GOES_ON_AT:
            level = level_db(chunk)
            sure = probability >= SURELY_AT or level > in_db(self._floor) + ABOVE_NOISE_DB
            self._speech(self._segment, level, end, sure=sure)
        if self._segment.silent_at(end) and self._segment.over is None:
            self._segment.over = End.SILENCE
        elif self._segment.silent_at(end):  # after a long talk: only now may the next segment begin
            self._close(end)

    def _speech(self, segment: SpeechSegment, level: float, end: int, *, sure: bool) -> None:
        """Add a chunk to the segment, or begin a new one with the voice that rises above its talk."""
        segment.hear(level, end, sure=sure)
        if segment.bar_db is not None and segment.over is None:
            return  # a voice that has risen is no measure of the talk
        bar = self._talk.rises_above(level, end)
        began = end - RISES_AFTER * FINE_FRAMES
        if bar is None:
            return
        if segment.over is None and began - segment.began < PRE_ROLL:
            segment.bar_db = bar  # nobody talked before
        else:
            self._risen = SpeechSegment(
                began, end, max(self._frames.begins, began - PRE_ROLL), bar_db=bar, talk_until=end
            )

    def _piece(self, late_frames: int) -> Piece | None:
        """Return what is new of the segment; go on with the voice risen above it, or with the background talk."""
        segment = self._segment
        if segment is None:
            return None
        piece = None
        if segment.over is not End.TOO_LONG:
            if segment.over is None and (self._risen or segment.too_long):
                segment.over = End.TOO_LONG
            piece = self._cut_piece(segment, late_frames)
        if self._risen:
            self._segment, self._risen = self._risen, None
        elif segment.over is End.SILENCE:
            self._close(self._now)
            self._segment = segment.talk_behind(self._now)
        return piece

    def _cut_piece(self, segment: SpeechSegment, late_frames: int) -> Piece:
        shift = late_frames / HEARING_HZ
        began, ended = segment.speech
        piece = Piece(
            samples=self._frames.listen(segment.sent, self._now).copy(),
            start_t=segment.sent / HEARING_HZ - shift,
            first=segment.first,
            end=segment.over,
            speech_start_t=began / HEARING_HZ - shift,
            speech_end_t=min(ended, self._now) / HEARING_HZ - shift,
            floor_rms=max(1.0, self._floor),
            amid_talk=segment.bar_db is not None,
            before=self._frames.listen(max(self._frames.begins, segment.sent - BEFORE), segment.sent).copy()
            if segment.first
            else None,
        )
        segment.sent, segment.first = self._now, False
        return piece

    def _close(self, place: int) -> None:
        """End the segment: no other may reach back before this place."""
        self._segment, self._free_from, self._run = None, place - HANGOVER // 2, 0

    def _forget(self) -> None:
        """Drop the frames that no pre-roll can reach any more."""
        if self._now - self._frames.begins >= 2 * KEPT:
            self._frames.forget(self._now - KEPT)
