"""Going on with a session that broke off: the way there, the set-up, and exactly the reps that are left."""

import pytest

from coach.library.exercise import Position, Side
from coach.session.effects import Play
from coach.session.machine import ResumePoint, start
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, routine

TWO = routine(sets=2)


def test_it_goes_on_with_the_rep_after_the_last_one() -> None:
    played = Played(TWO, resume_at=ResumePoint(0, 1, Side.RIGHT, 3))
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 0)
    while played.session.kind is not Kind.SET:
        played.go_on()
    assert (played.session.step.first_rep, played.session.done) == (3, 2)


def test_the_other_side_may_be_what_is_left() -> None:
    session, _ = start(TWO, resume_at=ResumePoint(0, 2, Side.LEFT, 1))
    sets = [(s.block, s.set_no, s.side) for s in session.steps if s.kind is Kind.SET and s.block == 0]
    assert sets == [(0, 2, Side.LEFT)]
    assert all(s.side is Side.LEFT for s in session.steps if s.block == 0 and s.kind in (Kind.SETUP, Kind.GATE))


def test_the_way_to_the_floor_comes_first() -> None:
    session, effects = start(TWO, resume_at=ResumePoint(3, 1, None, 1))
    assert (session.kind, session.position) == (Kind.MOVE, Position.STANDING)
    (play,) = effects
    assert isinstance(play, Play)
    assert "where you left off" in " ".join(play.say_first)


@pytest.mark.parametrize("block", range(5))
def test_everything_that_comes_after_it_stays(block: int) -> None:
    whole = Played(TWO).session.steps
    rest = Played(TWO, resume_at=ResumePoint(block, 2, None, 1)).session.steps
    later = [step for step in whole if step.kind is Kind.SET and (step.block or 0) > block]
    assert [step for step in rest if step.kind is Kind.SET and (step.block or 0) > block] == later
    assert rest[-1].kind is Kind.FINISH


def test_how_hard_it_was_is_asked_then_too() -> None:
    session, _ = start(TWO, resume_at=ResumePoint(4, 2, None, 2), asks_effort=True)
    assert [step.block for step in session.steps if step.kind is Kind.EFFORT] == [4]


def test_a_point_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="among the steps"):
        start(TWO, resume_at=ResumePoint(0, 3, None, 1))
