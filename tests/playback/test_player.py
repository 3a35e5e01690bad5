"""The player: cues at their frame, silence at once, answers over ticks, and what happened told in order."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest

from coach.devices.port import BLOCK_FRAMES, BLOCK_S
from coach.hearing.vocabulary.commands import Command
from coach.library.files import load_routine
from coach.library.routine import Routine
from coach.log.entries import Entry, RepEntry, SayEntry, SegmentEntry, SilentEntry
from coach.playback.player import Player
from coach.playback.workshop import Workshop
from coach.session.effects import Continue, Finish, From, Hold, Play, Say, SayAgain, Volume, When
from coach.session.events import Event, PhaseBegan, RepDone, SegmentEnded, SpeechEnded
from coach.session.record import EndReason
from coach.sound.clip import RATE_HZ, frames_of
from coach.sound.earcons import earcon
from coach.sound.mixer import Mixer
from coach.speech.clips import Clips
from coach.timeline.build import build_segment
from coach.timeline.cue import CueKind, Segment, SegmentKind
from coach.timeline.plan import plan
from coach.timeline.step import Shape, Step
from tests.support.fakes import ToneVoice

T = TypeVar("T")
LIVE = Shape(live=True)


class Stage:
    """A player on a real mixer, with a tone for a voice; time passes as the test says."""

    def __init__(self, routine: Routine) -> None:
        self.routine = routine
        self.clips = Clips(ToneVoice())
        self.player = Player(Mixer(), Workshop(self.clips, LIVE, threaded=False))
        self.player.set_routine(routine)
        self.events: list[tuple[float, Event]] = []
        self.entries: list[Entry] = []
        self.blocks: list[np.ndarray] = []

    @property
    def now_s(self) -> float:
        return self.player.frame / RATE_HZ

    def play(self, seconds: float) -> None:
        """Let time pass."""
        for _ in range(round(seconds / BLOCK_S)):
            self.events += [(self.now_s, event) for event in self.player.due()]
            self.blocks.append(self.player.block(BLOCK_FRAMES))
            self.entries += self.player.entries(self.now_s)

    def play_until(self, true: Callable[[], bool], most_s: float = 300.0) -> None:
        """Let time pass until something is so."""
        for _ in range(round(most_s / BLOCK_S)):
            if true():
                return
            self.play(BLOCK_S)
        pytest.fail("it never came about")

    def segment(self, step: Step) -> Segment:
        return build_segment(self.routine, step, self.clips.measure, LIVE)

    def happened(self, kind: type[T]) -> list[T]:
        return [event for _, event in self.events if isinstance(event, kind)]

    def told(self, kind: type[T]) -> list[T]:
        return [entry for entry in self.entries if isinstance(entry, kind)]

    def said(self) -> list[str]:
        return [entry.text for entry in self.entries if isinstance(entry, SayEntry)]

    def sound(self) -> np.ndarray:
        return np.concatenate(self.blocks)


@pytest.fixture
def stage() -> Stage:
    return Stage(replace(load_routine("bands"), balance=None))


def step_of(routine: Routine, kind: SegmentKind) -> Step:
    return next(step for step in plan(routine) if step.kind is kind)


def test_every_sentence_of_a_segment_begins_within_a_sample_of_its_time(stage: Stage) -> None:
    step = step_of(stage.routine, SegmentKind.SETUP)
    segment = stage.segment(step)
    stage.player.carry_out(Play(step))
    stage.play(segment.length_s + 0.1)
    wanted = [cue.t for cue in segment.cues if cue.kind is CueKind.SAY]
    found = [entry.t for entry in stage.told(SayEntry)]
    assert len(found) == len(wanted)
    assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= 1 / RATE_HZ
    sound = stage.sound()
    for cue in segment.cues:
        begins = frames_of(cue.t)
        clip = stage.clips.clip(cue.text) if cue.kind is CueKind.SAY else earcon(cue.text)
        first = int(np.argmax(np.abs(clip.samples) > 0.01))
        heard = int(np.argmax(np.abs(sound[begins : begins + clip.frames]) > 0.01 * 32767))
        assert abs(heard - first) <= 200


def test_a_set_tells_its_phases_and_counts_its_reps_once(stage: Stage) -> None:
    step = step_of(stage.routine, SegmentKind.SET)
    segment = stage.segment(step)
    stage.player.carry_out(Play(step))
    stage.play(segment.length_s + 0.1)
    assert [event.rep for event in stage.happened(RepDone)] == list(range(1, 11))
    assert len(stage.happened(PhaseBegan)) == len(segment.spans)
    assert len(stage.happened(SegmentEnded)) == 1
    assert isinstance(stage.events[-1][1], SegmentEnded)
    reps = stage.told(RepEntry)
    ends = [span.t + span.length_s for span in segment.spans if span.ends_rep]
    assert [round(rep.t, 3) for rep in reps] == [round(end, 3) for end in ends]
    assert {rep.of for rep in reps} == {10}


def test_the_reps_of_alternating_sides_have_no_side() -> None:
    stage = Stage(replace(load_routine("floor"), balance=None))
    step = step_of(stage.routine, SegmentKind.SET)
    stage.player.carry_out(Play(step))
    stage.play_until(lambda: len(stage.told(RepEntry)) == 2)
    assert [rep.side for rep in stage.told(RepEntry)] == [None, None]


def test_a_hold_is_silent_within_thirty_milliseconds_and_stops_the_clock(stage: Stage) -> None:
    stage.player.carry_out(Play(step_of(stage.routine, SegmentKind.SET)))
    stage.play_until(lambda: stage.player.speaking)
    stage.play(0.1)
    stage.player.carry_out(Hold(Command.PAUSE))
    at = stage.player.frame
    stage.play(30)
    after = stage.sound()[at + frames_of(0.03) :]
    assert not np.any(after)
    silent = [(entry.t, entry.after) for entry in stage.told(SilentEntry)]
    assert silent == [(pytest.approx(at / RATE_HZ + 0.03, abs=0.001), "pause")]
    assert not stage.happened(SegmentEnded)


def test_a_held_segment_goes_on_from_where_it_was(stage: Stage) -> None:
    step = step_of(stage.routine, SegmentKind.SET)
    segment = stage.segment(step)
    stage.player.carry_out(Play(step))
    stage.play(20)
    stage.player.carry_out(Hold(Command.PAUSE))
    stage.play(7)
    stage.player.carry_out(Continue(From.HERE))
    stage.play(segment.length_s - 20 + 0.1)
    ended = next(t for t, event in stage.events if isinstance(event, SegmentEnded))
    assert ended == pytest.approx(segment.length_s + 7, abs=BLOCK_S)
    assert len(stage.happened(RepDone)) == 10


def test_an_interrupted_sentence_is_said_again_from_its_start(stage: Stage) -> None:
    stage.player.carry_out(Play(step_of(stage.routine, SegmentKind.SETUP)))
    stage.play_until(lambda: len(stage.said()) == 2)
    stage.play(0.3)
    stage.player.carry_out(Hold(Command.PAUSE))
    stage.play(2)
    stage.player.carry_out(Continue(From.SENTENCE))
    stage.play(0.1)
    assert stage.said()[2] == stage.said()[1]


def test_a_sentence_that_was_over_is_said_again_only_when_asked_for(stage: Stage) -> None:
    stage.player.carry_out(Play(step_of(stage.routine, SegmentKind.SETUP)))
    stage.play_until(lambda: len(stage.said()) == 2)
    stage.play_until(lambda: not stage.player.speaking)
    stage.player.carry_out(Hold(Command.PAUSE))
    stage.player.carry_out(Continue(From.SENTENCE))
    stage.play(0.1)
    assert len(stage.said()) == 2
    stage.player.carry_out(Continue(From.SENTENCE_AGAIN))
    stage.play(0.1)
    assert stage.said()[2] == stage.said()[1]
    stage.player.carry_out(Continue(From.START))
    stage.play(0.1)
    assert stage.said()[3] == stage.said()[0]


def test_the_last_sentence_is_said_once_more_beside_a_segment_that_stays_held(stage: Stage) -> None:
    stage.player.carry_out(Play(step_of(stage.routine, SegmentKind.SETUP)))
    stage.play_until(lambda: len(stage.said()) == 2)
    stage.player.carry_out(Hold(Command.PAUSE))
    stage.player.carry_out(SayAgain())
    stage.play(20)
    assert stage.said()[1:] == [stage.said()[1]] * 2
    assert len(stage.happened(SpeechEnded)) == 1


def test_an_answer_keeps_the_ticks_and_drops_what_it_overlaps(stage: Stage) -> None:
    step = step_of(stage.routine, SegmentKind.SET)
    segment = stage.segment(step)
    answer = "Four left, and this is a rather long way to say it, so that it takes a while."
    stage.player.carry_out(Play(step))
    stage.play(12)
    stage.player.carry_out(Say((answer,)))
    begins, length = stage.now_s, stage.clips.measure(answer)
    stage.play(segment.length_s - 12 + 0.1)
    overlapped = [cue.text for cue in segment.cues if cue.kind is CueKind.SAY and begins <= cue.t < begins + length]
    said_then = [e.text for e in stage.told(SayEntry) if begins - 0.01 <= e.t < begins + length]
    assert overlapped
    assert said_then == [answer]
    assert len(stage.happened(RepDone)) == 10
    assert len(stage.happened(SpeechEnded)) == 1


def test_a_new_answer_takes_the_place_of_an_unfinished_one(stage: Stage) -> None:
    stage.player.carry_out(Play(step_of(stage.routine, SegmentKind.REST)))
    stage.player.carry_out(Say(("A first answer that goes on and on and on and on.",)))
    stage.play(0.5)
    stage.player.carry_out(Say(("Second.",)))
    stage.play(15)
    assert len(stage.happened(SpeechEnded)) == 1


def test_spoken_lines_never_overlap(stage: Stage) -> None:
    stage.player.carry_out(Play(step_of(stage.routine, SegmentKind.SET)))
    for n in range(12):
        stage.play(2.3)
        if n % 3 == 1:
            stage.player.carry_out(Say(("One line.", "And another line.")))
    silenced = [entry.t - 0.03 for entry in stage.told(SilentEntry)]
    for one, other in itertools.pairwise(stage.told(SayEntry)):
        over = one.t + one.length_s <= other.t + 0.001
        assert over or any(one.t <= t <= other.t + 0.001 for t in silenced), (one, other)


def test_a_play_after_the_rep_waits_for_its_end(stage: Stage) -> None:
    step = step_of(stage.routine, SegmentKind.SET)
    stage.player.carry_out(Play(step))
    stage.play_until(lambda: len(stage.happened(RepDone)) == 2)
    stage.play(1)
    stage.player.carry_out(Play(replace(step, first_rep=4, count_in_s=0.0), pace=1.3, when=When.AFTER_REP))
    stage.play_until(lambda: len(stage.told(SegmentEntry)) == 2)
    assert [event.rep for event in stage.happened(RepDone)] == [1, 2, 3]
    stage.play_until(lambda: bool(stage.happened(SegmentEnded)))
    assert [event.rep for event in stage.happened(RepDone)] == list(range(1, 11))


def test_what_is_said_first_is_over_before_the_segment_begins(stage: Stage) -> None:
    stage.player.carry_out(Play(step_of(stage.routine, SegmentKind.SETUP), say_first=("Skipped.", "Next then.")))
    stage.play(10)
    assert stage.said()[:2] == ["Skipped.", "Next then."]
    first, second, third = stage.told(SayEntry)[:3]
    segment = stage.told(SegmentEntry)[0]
    assert first.t + first.length_s <= second.t
    assert second.t + second.length_s <= segment.t <= third.t


def test_an_answer_is_said_to_its_end_when_a_segment_ends_by_itself(stage: Stage) -> None:
    rest = step_of(stage.routine, SegmentKind.REST)
    stage.player.carry_out(Play(rest))
    stage.play(stage.segment(rest).length_s - 1)
    stage.player.carry_out(Say(("An answer that is longer than a second, said just before the rest is over.",)))
    stage.play_until(lambda: bool(stage.happened(SegmentEnded)))
    stage.player.carry_out(Play(step_of(stage.routine, SegmentKind.GATE)))
    stage.play(20)
    assert len(stage.happened(SpeechEnded)) == 1
    answer, *after = stage.told(SayEntry)[-2:]
    assert all(entry.t >= answer.t + answer.length_s for entry in after)


def test_the_volume_changes_everything_that_sounds(stage: Stage) -> None:
    loud = Stage(stage.routine)
    for each, gain_db in ((stage, -12.0), (loud, -6.0)):
        each.player.carry_out(Volume(gain_db))
        each.play(0.1)
        each.player.carry_out(Play(step_of(stage.routine, SegmentKind.SET)))
        each.play(8)
    ratio = np.abs(stage.sound()).max() / np.abs(loud.sound()).max()
    assert ratio == pytest.approx(0.5, abs=0.03)


def test_it_ends_after_the_last_word(stage: Stage) -> None:
    stage.player.carry_out(Say(("Good-bye, and well done.",)))
    stage.player.carry_out(Finish(EndReason.COMPLETED))
    assert stage.player.finished is None
    stage.play_until(lambda: stage.player.finished is not None)
    said = stage.told(SayEntry)[0]
    assert stage.player.finished == "completed"
    assert stage.now_s >= said.t + said.length_s


def test_the_words_being_said_have_their_times(stage: Stage) -> None:
    stage.player.carry_out(Say(("Stand tall and breathe.",)))
    stage.play(0.1)
    words = stage.player.words(late_s=0.5)
    assert [word for word, _, _ in words] == ["Stand", "tall", "and", "breathe."]
    said = stage.told(SayEntry)[0]
    assert words[0][1] == pytest.approx(0.5 + said.t)
    assert words[-1][2] == pytest.approx(0.5 + said.t + said.length_s)
    assert stage.player.spoke(0.5, 0.6, late_s=0.5)
    assert not stage.player.spoke(0.0, 0.4, late_s=0.5)
