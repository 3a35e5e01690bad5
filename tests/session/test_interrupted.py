"""Ended from outside: by Ctrl-C, a closed terminal or a kill. Pain and a call for help are recorded all the same."""

from collections.abc import Callable

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.events import DeviceKind, DeviceLost, SegmentEnded
from coach.session.machine import interrupted
from coach.session.mode import Question, State, Wait
from coach.session.record import EndReason
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, in_rep

HELP, HURTS, END = Command.EMERGENCY, Command.IT_HURTS, Command.END_WORKOUT


def after(*said: Command, kind: Kind = Kind.SET) -> Played:
    """Return a session in which she said this, one after the other."""
    played = Played.at(kind)
    played.say(*said)
    return played


def without_microphone(*said: Command) -> Played:
    played = after(*said)
    played.send(DeviceLost(DeviceKind.MICROPHONE))
    return played


def up_from_the_floor_after(*said: Command) -> Played:
    """Return a session that ends, on the way up from the floor."""
    played = Played.at(Kind.SET, 3)
    played.say(*said)
    assert played.where == ("waiting", "move")
    return played


def asked_where_it_hurts() -> Played:
    played = after(HURTS, HURTS, Command.READY)
    assert played.session.question is Question.HURT_BACK
    return played


def called_for_help_in_the_warm_up() -> Played:
    played = after(HURTS, HURTS, Command.READY, kind=Kind.WARM_UP)
    played.pass_s(60)
    assert played.session.wait is Wait.CALL_FOR_HELP
    return played


def asked_where_it_hurts_and_paused() -> Played:
    played = asked_where_it_hurts()
    played.say(Command.PAUSE)
    assert played.session.parked == (Question.HURT_BACK,)
    return played


def reason(played: Played) -> EndReason | None:
    """Return what is recorded when the session is ended from outside now."""
    ended = interrupted(played.session)
    assert (ended.state, ended.reason) == (State.FINISHED, ended.record.reason)
    return ended.record.reason


@pytest.mark.parametrize(
    "calling",
    [
        lambda: after(HELP),
        lambda: after(HELP, END),
        lambda: after(HURTS, HELP),
        lambda: after(HURTS, HURTS, HELP),
        lambda: without_microphone(HELP),
        lambda: up_from_the_floor_after(HELP, END, Command.YES, Command.YES),
    ],
)
def test_after_a_call_for_help_it_is_recorded_as_an_emergency(calling: Callable[[], Played]) -> None:
    assert reason(calling()) is EndReason.EMERGENCY


@pytest.mark.parametrize(
    "hurting",
    [
        lambda: after(HURTS),
        lambda: after(HURTS, kind=Kind.WARM_UP),
        lambda: without_microphone(HURTS),
        lambda: after(HURTS, HURTS),
        lambda: after(HURTS, HURTS, Command.PAUSE),
        lambda: after(HURTS, HURTS, END),
        asked_where_it_hurts,
        asked_where_it_hurts_and_paused,
        lambda: after(HURTS, HURTS, Command.READY, Command.NO),
        called_for_help_in_the_warm_up,
        lambda: up_from_the_floor_after(HURTS, HURTS, Command.READY, Command.YES),
    ],
)
def test_after_pain_it_is_recorded_as_hurt(hurting: Callable[[], Played]) -> None:
    assert reason(hurting()) is EndReason.HURT


@pytest.mark.parametrize(
    "going_on",
    [
        Played,
        in_rep,
        lambda: after(Command.PAUSE),
        lambda: after(Command.STOP),
        lambda: after(END),
        lambda: after(HURTS, Command.FALSE_ALARM),
        lambda: after(HELP, Command.RESUME),
        lambda: up_from_the_floor_after(END, Command.YES, Command.YES),
    ],
)
def test_anything_else_is_recorded_as_interrupted(going_on: Callable[[], Played]) -> None:
    assert reason(going_on()) is EndReason.INTERRUPTED


def test_a_session_that_is_over_stays_as_it_ended() -> None:
    played = Played()
    while played.session.state is not State.FINISHED:
        played.go_on() if played.session.kind is not Kind.FINISH else played.send(SegmentEnded())
    assert interrupted(played.session) is played.session
