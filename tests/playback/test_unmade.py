"""Sentences that can't be made: they hold up nothing that is asked for later, nor the end."""

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from coach.devices.port import BLOCK_FRAMES
from coach.errors import MachineError
from coach.hearing.vocabulary.commands import Command
from coach.library.files import load_routine
from coach.log.entries import SayEntry
from coach.playback import workshop as module
from coach.playback.player import Player
from coach.playback.workshop import SilentClips, Workshop, drop
from coach.session.effects import Continue, Finish, Hold, Play, Say, SpeechRate
from coach.session.record import EndReason
from coach.sound.clip import Clip
from coach.sound.mixer import Mixer
from coach.timeline.cue import SegmentKind
from coach.timeline.plan import plan
from coach.timeline.step import Shape
from tests.support.killing import wait_until

ROUTINE = load_routine("bands")
STEPS = [step for step in plan(ROUTINE) if step.kind is SegmentKind.SETUP]
HELP = "Help is near."
NOW_S = 1.0


class Picky(SilentClips):
    """Clips of some sentences only."""

    def __init__(self, sayable: Callable[[str], bool], error: Exception | None = None) -> None:
        super().__init__()
        self.sayable = sayable
        self.error = error or RuntimeError("no sound")
        self.before: Callable[[Sequence[str]], object] = len
        """What happens before sentences are made."""

    def prepare(self, texts: Sequence[str]) -> None:
        self.before(texts)

    def clip(self, text: str) -> Clip:
        if not self.sayable(text):
            raise self.error
        return super().clip(text)

    def times_as_fast(self, _factor: float) -> "Picky":
        return self


class Stage:
    """A player whose voice, after its first word, can only say that help is near."""

    def __init__(self) -> None:
        self.clips, self.said = Picky(lambda _: True), list[str]()
        self.workshop = Workshop(self.clips, Shape(live=True), threaded=True)
        self.player = Player(Mixer(), self.workshop)
        self.player.set_routine(ROUTINE)
        self.workshop.lines(["Once."]).result(timeout=NOW_S)
        self.clips.sayable = HELP.__eq__

    def unmade(self, *effects: Play | Say) -> None:
        """Carry out effects and wait until it is known that they can't be said."""
        for effect in effects:
            self.player.carry_out(effect)
        wait_until(lambda: self.workshop.failing)

    def tick(self) -> None:
        self.player.due()
        self.player.block(BLOCK_FRAMES)
        self.said += [entry.text for entry in self.player.entries(1e9) if isinstance(entry, SayEntry)]

    def until(self, true: Callable[[], object], within_s: float) -> None:
        def ticked() -> object:
            self.tick()
            return true()

        wait_until(ticked, within_s)


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.workshop.close()


def test_help_is_said_at_once_while_a_segment_cannot_be_made(stage: Stage) -> None:
    stage.unmade(Play(STEPS[0]))
    stage.player.carry_out(Hold(Command.EMERGENCY))
    stage.player.carry_out(Say((HELP,)))
    stage.until(lambda: HELP in stage.said, NOW_S)


def test_what_fails_takes_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_S", 0.1)
    clips = Picky(lambda _: True)
    workshop = Workshop(clips, Shape(live=True), threaded=True)
    workshop.lines(["Once."]).result(timeout=NOW_S)
    clips.sayable = lambda text: text == "Three."
    first, second, third = (workshop.lines([text]) for text in ("One.", "Two.", "Three."))
    assert third.result(timeout=NOW_S)
    wait_until(lambda: workshop.failing)
    clips.sayable = lambda text: text != "One."
    assert second.result(timeout=NOW_S)
    drop(first)
    workshop.close()


def test_a_segment_that_another_replaces_is_not_tried_any_more(stage: Stage) -> None:
    stage.unmade(Play(STEPS[0]))
    stage.clips.sayable = lambda _: True
    may = threading.Event()
    stage.clips.before = lambda _: may.wait(NOW_S)
    stage.player.carry_out(Play(STEPS[1]))
    assert not stage.workshop.failing
    may.set()
    stage.until(lambda: stage.player.segment, NOW_S)


def test_going_on_twice_tries_only_the_later_words(stage: Stage) -> None:
    stage.clips.sayable = lambda _: True
    stage.player.carry_out(Play(STEPS[0]))
    stage.until(lambda: stage.player.segment, NOW_S)
    stage.clips.sayable = HELP.__eq__
    stage.player.carry_out(Hold(Command.PAUSE))
    stage.player.carry_out(Continue(say_first=("Now.",)))
    wait_until(lambda: stage.workshop.failing)
    stage.player.carry_out(Continue(say_first=(HELP,)))
    assert not stage.workshop.failing
    stage.until(lambda: HELP in stage.said, NOW_S)


def test_a_segment_at_another_rate_is_not_tried_once_another_plays(stage: Stage) -> None:
    stage.clips.sayable = lambda _: True
    stage.player.carry_out(Play(STEPS[0]))
    stage.until(lambda: stage.player.segment, NOW_S)
    stage.clips.sayable = HELP.__eq__
    for factor in (0.7, 0.8):
        stage.player.carry_out(SpeechRate(factor))
    wait_until(lambda: stage.workshop.failing)
    before = stage.player.segment
    assert before
    stage.clips.sayable = lambda text: text not in {cue.text for cue in before.cues}
    stage.player.carry_out(Play(next(step for step in plan(ROUTINE) if step.kind is SegmentKind.REST)))
    stage.until(lambda: stage.player.segment is not before, NOW_S)
    stage.tick()
    assert not stage.workshop.failing


@pytest.mark.parametrize("effects", [(Say(("Good-bye.",)),), (Play(STEPS[0]),), (Play(STEPS[0]), Say(("Bye.",)))])
def test_it_ends_when_the_last_words_cannot_be_said(
    stage: Stage, effects: tuple[Play | Say, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GIVEN_UP_S", 0.5)
    monkeypatch.setattr(module, "RETRY_S", 0.1)
    stage.unmade(*effects)
    stage.player.carry_out(Finish(EndReason.COMPLETED))
    assert stage.player.finished is None
    stage.until(lambda: stage.player.finished == "completed", 5.0)


def test_good_bye_is_said_to_its_end_while_a_segment_cannot_be_made(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GIVEN_UP_S", 0.0)
    stage.unmade(Play(STEPS[0]))
    stage.player.carry_out(Say((HELP,)))
    stage.player.carry_out(Finish(EndReason.COMPLETED))
    stage.until(lambda: stage.player.finished, 5.0)
    assert stage.said == [HELP]


def test_a_sentence_dropped_before_the_first_was_made_stops_nothing() -> None:
    told = list[str]()
    clips = Picky(HELP.__eq__, MachineError("no voice"))
    workshop = Workshop(clips, Shape(live=True), threaded=True, report=told.append)
    asked, dropped = list[str](), threading.Event()

    def wait(texts: Sequence[str]) -> None:
        asked.extend(texts)
        dropped.wait(NOW_S)

    clips.before = wait
    wanted = workshop.lines(["Once."])
    wait_until(lambda: asked)
    drop(wanted)
    dropped.set()
    assert workshop.lines([HELP]).result(timeout=5.0)
    workshop.close()
    assert not [what for what in told if "InvalidState" in what]
