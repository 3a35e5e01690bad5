"""The usability scale at the end of a session: when it comes, what answers it, and what does not."""

from dataclasses import replace

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Finish, Play, Say
from coach.session.events import SegmentEnded
from coach.session.foresight import sayable
from coach.session.machine import open_commands
from coach.session.record import EndReason, UsabilitySaid
from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrases
from tests.support.playing import Played, routine

STATEMENTS = phrases("usability.statements")


def at_the_end(**options: object) -> Played:
    """Return a session after its last exercise."""
    played = Played(routine("bands", reps=2), asks_usability=True, **options)
    while played.session.kind is not SegmentKind.FINISH and played.session.state is not State.FINISHED:
        played.go_on()
    return played


def said(played: Played) -> str:
    return " ".join(line for effect in played.effects if isinstance(effect, Say) for line in effect.lines)


def test_it_comes_before_the_good_bye_with_what_it_is_about() -> None:
    played = at_the_end()
    assert played.session.question is Question.USABLE
    assert "ten statements" in said(played)
    assert STATEMENTS[0] in said(played)
    assert not any(isinstance(effect, Play) for effect in played.effects)


def test_ten_numbers_answer_it_and_the_good_bye_follows() -> None:
    played = at_the_end()
    answers = (5, 4, 2, 1, 2, 3, 2, 4, 5, 2)
    for number, answer in enumerate(answers):
        assert STATEMENTS[number] in said(played)
        assert played.session.record.usability == answers[:number]
        played.say(Command.NUMBER, value=answer)
    record = played.session.record
    assert (record.usability, record.usability_said) == (answers, UsabilitySaid.ANSWERED)
    (play,) = (effect for effect in played.effects if isinstance(effect, Play))
    assert (play.step.kind, "Thank you" in play.say_first[0]) == (SegmentKind.FINISH, True)
    assert played.session.state is State.PLAYING
    assert Finish(EndReason.COMPLETED) in played.send(SegmentEnded())


def test_the_tenth_answer_can_be_corrected_and_ten_answers_stay() -> None:
    played = at_the_end()
    for answer in (1, 2, 3, 4, 5, 1, 2, 3, 4, 5):
        played.say(Command.NUMBER, value=answer)
    played.say(Command.NUMBER, value=2)
    record = played.session.record
    assert (record.usability, record.usability_said) == ((1, 2, 3, 4, 5, 1, 2, 3, 4, 2), UsabilitySaid.ANSWERED)
    assert (played.session.kind, played.session.state) == (SegmentKind.FINISH, State.PLAYING)


@pytest.mark.parametrize("value", [6, 10, None])
def test_a_number_off_the_scale_is_no_answer_and_the_scale_is_told_once(value: int | None) -> None:
    played = at_the_end()
    played.say(Command.NUMBER, value=value)
    assert "One means" in said(played)
    assert played.session.record.usability == ()
    played.say(Command.NUMBER, value=value)
    assert said(played) == ""
    played.say(Command.NUMBER, value=3)
    assert played.session.record.usability == (3,)


@pytest.mark.parametrize(
    ("command", "outcome"),
    [
        (Command.LATER, UsabilitySaid.LATER),
        (Command.SKIP, UsabilitySaid.LATER),
        (Command.NEVER, UsabilitySaid.NEVER),
    ],
)
@pytest.mark.parametrize("answered", [0, 1, 9])
def test_later_and_never_end_it_at_each_statement_without_answers(
    command: Command, outcome: UsabilitySaid, answered: int
) -> None:
    played = at_the_end()
    for _ in range(answered):
        played.say(Command.NUMBER, value=4)
    played.say(command)
    assert (played.session.record.usability, played.session.record.usability_said) == ((), outcome)
    assert (played.session.kind, played.session.state) == (SegmentKind.FINISH, State.PLAYING)


def test_silence_puts_it_off() -> None:
    played = at_the_end()
    played.pass_s(120)
    assert played.session.record.usability_said is UsabilitySaid.LATER
    assert played.session.state is State.PLAYING


@pytest.mark.parametrize("number", range(10))
def test_pause_and_stop_hold_it_at_each_statement_and_it_comes_back(number: int) -> None:
    played = at_the_end()
    for _ in range(number):
        played.say(Command.NUMBER, value=2)
    for command in (Command.PAUSE, Command.STOP):
        played.say(command)
        assert played.session.state is State.PAUSED
        played.say(Command.RESUME)
        assert played.session.question is Question.USABLE
        assert STATEMENTS[number] in said(played)
        assert len(played.session.record.usability) == number


@pytest.mark.parametrize("number", range(10))
def test_pain_and_help_are_heard_at_each_statement_and_leave_no_answers(number: int) -> None:
    for command in (Command.IT_HURTS, Command.EMERGENCY):
        played = at_the_end()
        for _ in range(number):
            played.say(Command.NUMBER, value=2)
        played.say(command)
        assert played.session.question is Question.HURT or played.session.state is State.PAUSED
        assert played.session.record.usability_said is None


@pytest.mark.parametrize("before", [(), (Command.PAUSE,)])
def test_after_a_call_for_help_it_is_not_asked_on(before: tuple[Command, ...]) -> None:
    played = at_the_end()
    played.say(Command.NUMBER, value=2)
    played.say(*before, Command.EMERGENCY, Command.RESUME)
    assert (played.session.question, played.session.kind) == (None, SegmentKind.FINISH)
    assert played.session.record.usability_said is None
    assert Finish(EndReason.COMPLETED) in played.send(SegmentEnded())


def test_after_pain_in_the_scale_it_is_not_asked_on() -> None:
    played = at_the_end()
    played.say(Command.IT_HURTS)
    played.pass_s(12)
    played.say(Command.YES)  # in the back
    assert played.session.state is State.FINISHED
    assert played.session.record.reason is EndReason.HURT
    assert played.session.record.usability_said is None


def test_an_end_is_agreed_on_and_a_no_brings_the_statement_back() -> None:
    played = at_the_end()
    played.say(Command.END_WORKOUT)
    assert played.session.question is Question.END
    played.say(Command.NO)
    assert played.session.question is Question.USABLE
    played.say(Command.END_WORKOUT, Command.YES, Command.YES)
    assert played.session.state is State.FINISHED
    assert played.session.record.usability_said is None


def test_repeat_says_the_statement_again_and_help_how_to_answer() -> None:
    played = at_the_end()
    played.say(Command.NUMBER, value=3)
    played.say(Command.REPEAT)
    assert said(played) == STATEMENTS[1]
    played.say(Command.HELP)
    assert "five means" in said(played)


def test_it_is_not_asked_unless_it_is_due() -> None:
    played = Played(routine("bands", reps=2))
    while played.session.kind is not SegmentKind.FINISH:
        played.go_on()
    assert played.session.state is State.PLAYING


def test_a_session_in_which_something_hurt_is_not_asked_even_if_it_went_on() -> None:
    played = Played.at(SegmentKind.SET, 0, routine("bands", reps=2), asks_usability=True)
    played.rep(1, running=True)
    played.say(Command.IT_HURTS)
    played.pass_s(12)
    played.say(Command.READY, Command.NO, Command.YES)  # out of it, not the back, another exercise
    questions = set()
    while played.session.state is not State.FINISHED:
        played.go_on()
        questions.add(played.session.question)
    assert played.session.record.pain
    assert Question.USABLE not in questions


def test_a_session_that_she_ends_is_not_asked() -> None:
    played = Played.at(SegmentKind.SET, 1, routine("bands", reps=2), asks_usability=True)
    played.say(Command.END_WORKOUT, Command.YES, Command.YES)
    assert played.session.question is not Question.USABLE


def test_nobody_is_asked_who_was_not_heard_at_two_gates() -> None:
    played = Played.at(SegmentKind.SET, 1, routine("bands", reps=2), asks_usability=True)
    unheard = replace(played.session.contact, unheard_gates=2)
    played.session = replace(played.session, contact=unheard)
    while played.session.kind is not SegmentKind.FINISH:
        played.go_on()
    assert played.session.state is State.PLAYING


def test_later_and_never_mean_something_only_here() -> None:
    words = {Command.LATER, Command.NEVER}
    assert words <= open_commands(at_the_end().session)
    assert not words & open_commands(Played.at(SegmentKind.EFFORT, 0, asks_effort=True).session)
    assert not words & open_commands(Played.at(SegmentKind.SET, 0).session)


def test_the_next_statement_can_be_made_ahead() -> None:
    played = at_the_end()
    assert STATEMENTS[1] in set(sayable(played.session))
