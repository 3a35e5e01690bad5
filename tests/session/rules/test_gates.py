"""Gates and moves that nobody answers, and devices that are gone."""

from dataclasses import replace

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.events import DeviceBack, DeviceKind, DeviceLost, SegmentEnded
from coach.session.state import Contact, State
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, in_rep

C = Command


def test_a_gate_not_answered_asks_again_then_tells_and_goes_on() -> None:
    played = Played.at(Kind.GATE)
    assert played.pass_s(19.8) == ()
    played.pass_s(0.3)
    assert "ready" in played.lines
    assert played.pass_s(24.5) == ()
    played.pass_s(0.6)
    assert "ready" in played.lines
    played.pass_s(30)
    assert "I'll begin in fifteen seconds" in played.lines
    assert played.session.kind is Kind.GATE
    played.pass_s(15)
    assert played.where == ("playing", "set")


def test_a_move_not_answered_is_told_at_two_minutes() -> None:
    played = Played.at(Kind.MOVE, 3)
    played.send(SegmentEnded())
    played.pass_s(119)
    assert "fifteen seconds" not in played.lines
    played.pass_s(1.2)
    assert "fifteen seconds" in played.lines
    played.pass_s(15)
    assert played.session.kind is Kind.SETUP


def test_nobody_is_asked_whether_she_is_there_while_she_is_told_the_way() -> None:
    played = Played.at(Kind.MOVE, 3)
    assert played.pass_s(61) == ()
    played.send(SegmentEnded())
    played.pass_s(30)
    assert "ready" in played.lines


def test_after_two_unheard_gates_it_goes_on_by_itself_and_says_so_once() -> None:
    played = Played.at(Kind.GATE, 1)
    said = 0
    waited = []
    for _ in range(3):
        began = played.session.now_s
        while played.session.kind is Kind.GATE:
            played.pass_s(1)
            said += "can't hear anything you say" in played.lines
        waited.append(played.session.now_s - began)
        while played.session.kind is not Kind.GATE:
            played.rep(4)
            played.send(SegmentEnded())  # a move goes on at its length, too
    assert said == 1
    assert waited == pytest.approx([90, 90, 15], abs=1.5)


def test_a_word_from_her_ends_that() -> None:
    played = Played.at(Kind.GATE, 1)
    played.session = replace(played.session, contact=Contact(unheard_gates=2))
    played.say(C.TIME_LEFT)
    assert not played.session.alone


def test_without_a_microphone_it_says_so_once_and_goes_on_by_itself() -> None:
    played = Played(has_microphone=False)
    assert "I can't hear you" in played.lines
    for _ in range(400):
        if played.session.state is State.FINISHED:
            break
        played.rep(4)
        played.pass_s(16)
        played.send(SegmentEnded())
        assert "can't hear" not in played.lines
    assert played.session.record.reason == "completed"


def test_more_rest_at_a_gate_is_more_time() -> None:
    played = Played.at(Kind.GATE)
    played.say(C.MORE_REST)
    played.spoken()
    assert played.pass_s(45) == ()


def test_a_lost_device_holds_the_session_and_its_clock_and_it_says_when_it_is_back() -> None:
    played = in_rep(2)
    played.send(DeviceLost(DeviceKind.SPEAKER))
    assert played.silent
    assert played.pass_s(900) == ()
    played.send(DeviceBack(DeviceKind.SPEAKER))
    assert "back" in played.lines
    assert played.where == ("playing", "set")
    assert played.play.step.first_rep == 2


def test_a_device_that_comes_back_does_not_end_her_pause() -> None:
    played = in_rep(2)
    played.say(C.PAUSE)
    played.send(DeviceLost(DeviceKind.MICROPHONE))
    played.pass_s(60)
    played.send(DeviceBack(DeviceKind.MICROPHONE))
    assert played.session.state is State.PAUSED
    assert "resume" in played.lines


def test_a_question_is_put_again_after_a_lost_device() -> None:
    played = in_rep(2)
    played.say(C.IT_HURTS)
    played.send(DeviceLost(DeviceKind.MICROPHONE))
    played.pass_s(60)
    played.send(DeviceBack(DeviceKind.MICROPHONE))
    assert played.session.question == "hurt"
    played.pass_s(10.1)
    assert played.session.kind is Kind.WAY_OUT


def test_two_lost_devices_must_both_come_back() -> None:
    played = in_rep(2)
    for event in (DeviceLost(DeviceKind.MICROPHONE), DeviceLost(DeviceKind.SPEAKER), DeviceBack(DeviceKind.SPEAKER)):
        played.send(event)
    assert played.session.state is State.PAUSED
    played.send(DeviceBack(DeviceKind.MICROPHONE))
    assert played.session.state is State.PLAYING
