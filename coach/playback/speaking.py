"""What the coach says and when: lines on their way to the mixer, and the timed words of the last seconds."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.timeline.cue import CueKind

BETWEEN_LINES_S = 0.3
_REMEMBERED = 12  # sentences; more than are said within the policy's window


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """A sentence and when it sounds, in mixer frames."""

    text: str
    begins: int
    ends: int


class LinesInTurn:
    """Lines said one after the other from a frame on."""

    def __init__(self, lines: Sequence[str], clips: Mapping[tuple[CueKind, str], Clip], frame: int) -> None:
        self._waiting: deque[tuple[TimedSentence, Clip]] = deque()
        for text in lines:
            clip = clips[CueKind.SAY, text]
            self._waiting.append((TimedSentence(text, frame, frame + clip.frames), clip))
            frame += clip.frames + frames_of(BETWEEN_LINES_S)
        self.ends = self._waiting[-1][0].ends if self._waiting else frame
        """The frame at which the last line is over."""

    def until(self, frame: int) -> Iterator[tuple[TimedSentence, Clip]]:
        """Yield the lines that begin before this frame and were not yielded yet."""
        while self._waiting and self._waiting[0][0].begins < frame:
            yield self._waiting.popleft()


class RecentSpeech:
    """The coach's last sentences with their times, so that its own words are not taken for hers."""

    def __init__(self) -> None:
        self._spoken: deque[TimedSentence] = deque(maxlen=_REMEMBERED)
        self._silent_at = 0

    def add(self, spoken: TimedSentence) -> None:
        """Remember a sentence as it begins."""
        self._spoken.append(spoken)
        self._silent_at = max(self._silent_at, spoken.ends)

    def cut(self, frame: int) -> bool:
        """Forget what would have been said after this frame; tell whether anything was being said."""
        sounding = self.speaking(frame)
        self._spoken = deque(
            (TimedSentence(s.text, s.begins, min(s.ends, frame)) for s in self._spoken if s.begins < frame), _REMEMBERED
        )
        self._silent_at = max((s.ends for s in self._spoken), default=0)
        return sounding

    def speaking(self, frame: int) -> bool:
        """Tell whether a sentence sounds at this frame."""
        return frame < self._silent_at and any(s.begins <= frame < s.ends for s in reversed(self._spoken))

    def spoke(self, begins: int, ends: int) -> bool:
        """Tell whether a sentence sounded between these frames."""
        return any(s.begins < ends and begins < s.ends for s in self._spoken)

    def silent_at(self) -> int:
        """Return the frame at which the last sentence is over."""
        return self._silent_at

    def words(self, late_s: float = 0.0) -> tuple[tuple[str, float, float], ...]:
        """Return each word of the last sentences with its start and end on the session clock.

        A word's share of its sentence is its share of the letters: good to some tenths of a second.
        """
        return tuple(word for spoken in self._spoken for word in _words(spoken, late_s))


def _words(spoken: TimedSentence, late_s: float) -> Iterator[tuple[str, float, float]]:
    words = spoken.text.split()
    begins, whole = spoken.begins / RATE_HZ + late_s, (spoken.ends - spoken.begins) / RATE_HZ
    letters = sum(len(word) + 1 for word in words)
    done = 0
    for word in words:
        start = begins + whole * done / letters
        done += len(word) + 1
        yield word, start, begins + whole * done / letters
