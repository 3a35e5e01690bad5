"""Another rate of speech within a segment."""

import pytest

from coach.log.entries import SayEntry, SegmentEntry
from coach.session.effects import Play, Say, SpeechRate
from coach.session.events import SegmentEnded
from coach.timeline.cue import CueKind, SegmentKind
from tests.playback.test_player import Stage, stage, step_of

__all__ = ["stage"]


def test_at_another_rate_it_goes_on_with_the_sentence_said_last(stage: Stage) -> None:
    step = step_of(stage.routine, SegmentKind.SETUP)
    stage.player.carry_out(Play(step))
    stage.play_until(lambda: len(stage.said()) == 3)
    told = stage.said()[-1]
    stage.player.carry_out(SpeechRate(0.7))
    stage.player.carry_out(Say(("I speak more slowly.",)))
    stage.play_until(lambda: stage.said().count(told) == 2)
    first, again = (entry for entry in stage.told(SayEntry) if entry.text == told)
    assert again.length_s == pytest.approx(first.length_s / 0.7, rel=0.01)
    assert len(stage.told(SegmentEntry)) == 1
    stage.play_until(lambda: bool(stage.happened(SegmentEnded)))
    assert stage.said()[-1] == [cue.text for cue in stage.segment(step).cues][-1]


def test_a_set_keeps_its_words_at_another_rate(stage: Stage) -> None:
    step = step_of(stage.routine, SegmentKind.SET)
    stage.player.carry_out(Play(step))
    stage.play(6.0)
    stage.player.carry_out(SpeechRate(0.7))
    stage.play(stage.segment(step).length_s)
    assert stage.said() == [cue.text for cue in stage.segment(step).cues if cue.kind is CueKind.SAY]
