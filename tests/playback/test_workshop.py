"""The workshop's order: what is wanted now, then what comes next, then everything else, a little at a time."""

import threading
from collections.abc import Callable, Sequence

from coach.library.files import load_routine
from coach.playback.workshop import PIECE, SilentClips, Workshop
from coach.timeline.plan import plan
from coach.timeline.step import Shape, Step

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
