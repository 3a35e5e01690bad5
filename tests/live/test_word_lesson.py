"""The lesson asks for each word three times, again where a sample is refused; after two of those it ends."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.moonshine.enrolment import WORDS, Judgement, Sample, SampleRefusal
from coach.live.word_lesson import AGAIN, LessonEnd, WordLesson
from coach.speech.clips import Clips
from tests.support.hers import clips_of
from tests.support.pupil import Pupil


class Scripted:
    """A judge that has made up its mind."""

    def __init__(self, *refusals: SampleRefusal | None) -> None:
        self._refusals = iter(refusals)
        self.asked = list[str]()
        self.answered = list[bool]()

    def judge(self, text: str, said: Sequence[Piece], *, amid_talk: bool) -> Judgement:
        self.asked.append(text)
        self.answered.append(bool(said) and not amid_talk)
        refusal = next(self._refusals, None)
        return Judgement(refusal=refusal) if refusal else Judgement(Sample(text, np.zeros((5, 288), np.float32), None))


@pytest.fixture(scope="module")
def clips() -> Iterator[Clips]:
    made = clips_of("en-gb+f3", 140)
    yield made
    made.close()


def lesson(
    clips: Clips, judge: Scripted, words: Sequence[str], word: str | None = "stop"
) -> tuple[LessonEnd, list[str]]:
    devices, told = Pupil(clips, word), list[str]()
    run = WordLesson(devices, clips, judge)
    end = run.run(words, lambda text, taken, refusal: told.append(f"{text} {taken} {refusal or 'taken'}"))
    return end, told


def test_each_word_is_asked_for_three_times_and_heard(clips: Clips) -> None:
    judge = Scripted()
    end, told = lesson(clips, judge, ("stop", "next"))
    assert (end, judge.asked) == (LessonEnd.LEARNED, ["stop"] * 3 + ["next"] * 3)
    assert all(judge.answered)
    assert told[2] == "stop 3 taken"


def test_a_refused_sample_is_asked_for_again(clips: Clips) -> None:
    judge = Scripted(None, SampleRefusal.NOISE, SampleRefusal.OTHER_WORD)
    end, told = lesson(clips, judge, ("stop",))
    assert (end, len(judge.asked)) == (LessonEnd.LEARNED, 5)
    assert told[1] == "stop 1 noise"


@pytest.mark.slow
def test_after_two_more_times_the_rest_is_left_for_later(clips: Clips) -> None:
    judge = Scripted(*[SampleRefusal.NOISE] * 9)
    end, _ = lesson(clips, judge, ("stop", "next"))
    assert (end, judge.asked) == (LessonEnd.LATER, ["stop"] * (1 + AGAIN))


def test_who_says_nothing_is_not_heard(clips: Clips) -> None:
    judge = Scripted(*[SampleRefusal.NOTHING] * 9)
    end, _ = lesson(clips, judge, ("stop",), word=None)
    assert (end, any(judge.answered)) == (LessonEnd.LATER, False)


def test_it_can_be_left_at_once(clips: Clips) -> None:
    devices = Pupil(clips, None)
    run = WordLesson(devices, clips, Scripted())
    assert run.run(tuple(WORDS), lambda *_: None, skip=lambda: True) is LessonEnd.LEFT
    assert devices.clock_s == 0
