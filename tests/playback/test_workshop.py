"""The workshop's order: what is wanted now, then what comes next, then everything else, a little at a time."""

import threading
from collections.abc import Callable, Sequence

import pytest

from coach.errors import CoachError, InputError, MachineError
from coach.library.files import load_routine
from coach.playback.workshop import PIECE, SilentClips, Workshop, drop
from coach.sound.clip import Clip
from coach.threads import Faults
from coach.timeline.plan import plan
from coach.timeline.step import Shape, Step
from tests.support.killing import KilledError, kill_thread, wait_until

ROUTINE = load_routine("bands")
STEPS = plan(ROUTINE)
SOON_S = 5.0


class SlowClips(SilentClips):
    """Clips that are made one call at a time, when the test lets them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, ...]] = []
        self.going = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)

    def prepare(self, texts: Sequence[str]) -> None:
        self.asked.append(tuple(texts))
        self.begun.release()
        assert self.going.acquire(timeout=SOON_S)


def open_for_all(clips: SlowClips) -> None:
    for _ in range(1_000):
        clips.going.release()


def workshop_of(clips: SlowClips) -> Workshop:
    made = Workshop(clips, Shape(live=True), threaded=True)
    made.routine = ROUTINE
    return made


def wait_for(workshop: Workshop) -> None:
    """Wait until all that was asked for before has been made."""
    done = threading.Event()

    def texts() -> list[str]:
        done.set()
        return []

    workshop.texts_ahead(texts)
    assert done.wait(SOON_S)


def wanted(step: Step) -> Callable[[], list[tuple[Step, float, tuple[str, ...]]]]:
    return lambda: [(step, 1.0, ())]


def test_what_is_urgent_comes_between_two_pieces() -> None:
    clips = SlowClips()
    workshop = workshop_of(clips)
    workshop.texts_ahead(lambda: [f"{n}." for n in range(3 * PIECE)])
    assert clips.begun.acquire(timeout=SOON_S)
    answer = workshop.lines(["Two to go."])
    open_for_all(clips)
    answer.result(timeout=SOON_S)
    assert clips.asked[1] == ("Two to go.",)
    workshop.close()


def test_sentences_made_ahead_keep_their_order() -> None:
    clips = SlowClips()
    open_for_all(clips)
    workshop = workshop_of(clips)
    first, second = [f"a{n}" for n in range(2 * PIECE)], [f"b{n}" for n in range(2 * PIECE)]
    workshop.texts_ahead(lambda: first)
    workshop.texts_ahead(lambda: second)
    wait_for(workshop)
    workshop.close()
    assert [text for texts in clips.asked for text in texts][: 4 * PIECE] == [*first, *second]


def test_what_comes_next_is_there_at_once() -> None:
    clips = SlowClips()
    open_for_all(clips)
    workshop = workshop_of(clips)
    workshop.segments_ahead(wanted(STEPS[1]))
    wait_for(workshop)
    built = workshop.segment(STEPS[1], 1.0, ())
    assert built.done()
    assert built.result().segment is not None
    workshop.close()


def test_what_was_built_for_one_routine_is_not_played_in_another() -> None:
    clips = SlowClips()
    open_for_all(clips)
    workshop = workshop_of(clips)
    workshop.segments_ahead(wanted(STEPS[1]))
    wait_for(workshop)
    before = workshop.segment(STEPS[1], 1.0, ()).result()
    workshop.routine = load_routine("spine-strength")
    assert workshop.segment(STEPS[1], 1.0, ()).result(timeout=SOON_S) != before
    workshop.close()


# Faults


class Breaking(SilentClips):
    """Clips that raise what they are told to."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[BaseException] = []
        self.lasting: Exception | None = None

    def clip(self, text: str) -> Clip:
        if self.faults:
            raise self.faults.pop(0)
        if self.lasting:
            raise self.lasting
        return super().clip(text)


def shop_of(clips: SilentClips, faults: Faults) -> Workshop:
    made = Workshop(clips, Shape(live=True), threaded=True, report=faults.report)
    made.routine = ROUTINE
    assert made.lines(["Once."]).result(timeout=SOON_S).lines
    return made


@pytest.mark.parametrize("fault", [RuntimeError("not a RIFF"), TypeError("no"), MachineError("no voice")], ids=repr)
def test_a_sentence_that_fails_once_is_told_and_said(fault: Exception) -> None:
    clips, faults = Breaking(), Faults()
    workshop = shop_of(clips, faults)
    clips.faults = [fault]
    assert workshop.lines(["Two to go."]).result(timeout=SOON_S).lines == ("Two to go.",)
    assert not workshop.failing
    assert [type(fault).__name__ in told for told in faults.taken()] == [True]
    workshop.close()


def test_a_clips_thread_that_is_killed_says_what_it_had_in_hand() -> None:
    clips, faults = Breaking(), Faults()
    workshop = shop_of(clips, faults)
    clips.faults = [KilledError()]
    assert workshop.lines(["Two to go."]).result(timeout=SOON_S).lines == ("Two to go.",)
    kill_thread("clips")
    assert workshop.lines(["Last one."]).result(timeout=SOON_S).lines == ("Last one.",)
    assert faults.taken() == ["clips: KilledError"] * 2
    workshop.close()


def test_a_voice_that_is_gone_is_told_until_it_is_back_and_then_says_it() -> None:
    clips, faults = Breaking(), Faults()
    workshop = shop_of(clips, faults)
    clips.lasting = RuntimeError("gone")
    wanted = workshop.lines(["Two to go."])
    wait_until(lambda: workshop.failing)
    assert not wanted.done()
    clips.lasting = None
    assert wanted.result(timeout=SOON_S).lines == ("Two to go.",)
    assert not workshop.failing
    workshop.close()


def test_what_nobody_wants_any_more_is_not_tried_for_ever() -> None:
    clips, faults = Breaking(), Faults()
    workshop = shop_of(clips, faults)
    clips.lasting = RuntimeError("gone")
    wanted = workshop.lines(["Two to go."])
    wait_until(lambda: workshop.failing)
    drop(wanted)
    assert not workshop.failing
    workshop.close()


def test_what_fails_ahead_of_time_is_told_and_takes_nothing_else_with_it() -> None:
    faults = Faults()
    workshop = shop_of(SilentClips(), faults)
    workshop.texts_ahead(lambda: [][1])
    assert workshop.lines(["Two to go."]).result(timeout=SOON_S).lines == ("Two to go.",)
    wait_for(workshop)
    assert [told.startswith("clips: IndexError") for told in faults.taken()] == [True]
    workshop.close()


@pytest.mark.parametrize("error", [InputError("no voice named x"), MachineError("this machine has no voice")])
def test_a_voice_that_never_was_there_is_the_callers_error(error: CoachError) -> None:
    clips = Breaking()
    clips.lasting = error
    workshop = Workshop(clips, Shape(live=True), threaded=True)
    with pytest.raises(type(error), match=str(error)):
        workshop.lines(["Hello."]).result(timeout=SOON_S)
    workshop.close()
