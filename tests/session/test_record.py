"""What the record keeps of a session."""

from coach.hearing.vocabulary.commands import Command
from coach.library.exercise import Side
from coach.session.machine import interrupted
from coach.session.record import EndReason, Record, SetDone, StepEnd
from coach.timeline.cue import SegmentKind
from tests.support.playing import Played, routine


def test_a_set_done_to_its_end_is_recorded_as_completed() -> None:
    played = Played.at(SegmentKind.SWITCH)
    assert played.session.record.sets == (SetDone("one-arm-row", Side.RIGHT, 1, 4, 4, StepEnd.COMPLETED),)


def test_a_set_ended_early_says_by_which_word_and_keeps_its_reps() -> None:
    played = Played.at(SegmentKind.SET)
    played.rep(2)
    played.say(Command.DONE)
    assert played.session.record.sets == (SetDone("one-arm-row", Side.RIGHT, 1, 4, 2, Command.DONE),)


def test_pauses_in_a_set_are_counted() -> None:
    played = Played.at(SegmentKind.SET)
    played.rep(1)
    played.say(Command.PAUSE, Command.RESUME, Command.STOP, Command.RESUME)
    played.go_on()
    assert played.session.record.sets[0].pauses == 2


def test_a_whole_routine_is_recorded_as_completed_with_every_rep() -> None:
    played = Played(routine(reps=3, sets=2))
    while played.session.record.reason is None:
        played.go_on()
    record = played.session.record
    assert (record.reason, record.skipped, record.pain) == (EndReason.COMPLETED, (), ())
    assert record.reps == 3 * 2 * 6  # five exercises, the row on either side
    assert all(entry.done == entry.planned for entry in record.sets)
    assert played.finish == "completed"


def test_a_skipped_exercise_is_recorded_once() -> None:
    played = Played.at(SegmentKind.SETUP)
    played.say(Command.SKIP)
    assert played.session.record.skipped == ("one-arm-row",)
    assert played.session.record.sets == ()


def test_a_set_begun_anew_keeps_its_better_attempt() -> None:
    three = SetDone("bird-dog", None, 1, 10, 3, Command.BACK, pauses=1)
    two = SetDone("bird-dog", None, 1, 10, 2, Command.DONE, pauses=1)
    record = Record().with_set(three).with_set(two)
    assert record.sets == (SetDone("bird-dog", None, 1, 10, 3, Command.BACK, pauses=2),)
    assert record.reps == 3


def test_pain_is_on_the_exercise_and_on_its_last_set() -> None:
    done = SetDone("bird-dog", None, 1, 10, 3, Command.IT_HURTS)
    record = Record(sets=(done,)).with_pain("bird-dog").with_pain("bird-dog")
    assert record.pain == ("bird-dog",)
    assert record.sets[0].pain


def test_a_wish_is_kept_once_for_an_exercise() -> None:
    record = Record().with_wish("bird-dog", Command.EASIER).with_wish("bird-dog", Command.HARDER)
    assert record.wishes == (("bird-dog", "harder"),)


def test_a_session_ended_from_outside_is_interrupted() -> None:
    assert interrupted(Played().session).record.reason is EndReason.INTERRUPTED
