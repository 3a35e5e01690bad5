"""What a media key means in a session, and what a lock screen shows of it."""

import pytest

from coach.devices.media_keys import MediaKey, PlaybackStatus
from coach.hearing.vocabulary.commands import Command
from coach.screen.remote import command_of, now_playing
from coach.session.machine import open_commands
from coach.session.state import State
from coach.timeline.cue import SegmentKind
from tests.support.playing import Played, in_rep


@pytest.mark.parametrize("kind", [SegmentKind.WELCOME, SegmentKind.SETUP, SegmentKind.GATE, SegmentKind.SET])
def test_one_press_holds_from_any_segment_and_the_next_goes_on(kind: SegmentKind) -> None:
    played = Played.at(kind)
    before = played.where
    for held in (False, True):
        command = command_of(MediaKey.PLAY_PAUSE, held=held)
        assert command in open_commands(played.session)
        played.say(command)
        assert (played.session.state is State.PAUSED) is not held
    assert played.where == before


def test_one_press_holds_a_question_and_the_next_puts_it_again() -> None:
    played = in_rep()
    played.say(Command.END_WORKOUT)
    question = played.session.question
    played.say(Command.PAUSE)
    assert played.session.state is State.PAUSED
    played.say(Command.RESUME)
    assert played.session.question is question


@pytest.mark.parametrize(
    ("key", "playing", "held"),
    [
        (MediaKey.PLAY_PAUSE, Command.PAUSE, Command.RESUME),
        (MediaKey.PLAY, None, Command.RESUME),
        (MediaKey.PAUSE, Command.PAUSE, None),
        (MediaKey.STOP, Command.STOP, Command.STOP),
        (MediaKey.NEXT, Command.NEXT, Command.NEXT),
        (MediaKey.PREVIOUS, Command.REPEAT, Command.REPEAT),
    ],
)
def test_a_button_does_what_it_says(key: MediaKey, playing: Command | None, held: Command | None) -> None:
    assert command_of(key, held=False) is playing
    assert command_of(key, held=True) is held


def test_a_set_is_shown_by_exercise_side_and_rep() -> None:
    played = in_rep(3)
    now = now_playing(played.session)
    block = played.session.block
    assert block is not None
    assert now.title.startswith(block.exercise.name)
    assert now.title.endswith(f"rep 3 of {block.reps}")
    assert (now.album, now.status) == ("Spine strength", PlaybackStatus.PLAYING)


def test_the_side_is_shown_where_there_are_two() -> None:
    played = Played.at(SegmentKind.SET)
    titles = set()
    for _ in range(5):
        titles.add(now_playing(played.session).title)
        played.go_on()
    assert any(" · left · rep 1 of" in title for title in titles)
    assert any(" · right · rep 1 of" in title for title in titles)


def test_a_session_that_is_held_or_over_is_shown_so() -> None:
    played = in_rep()
    played.say(Command.PAUSE)
    assert now_playing(played.session).status is PlaybackStatus.PAUSED
    played.say(Command.END_WORKOUT, Command.YES, Command.YES)
    assert now_playing(played.session).status is PlaybackStatus.STOPPED
