"""Before the training: how her back is today, whether a clinician agreed after back pain, and a walk instead."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Say
from coach.session.events import SegmentEnded
from coach.session.record import EndReason
from coach.session.state import ClinicianAsked, Question, State
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, routine

NUMBER = Command.NUMBER


def asked() -> Played:
    played = Played(routine(reps=12, sets=2), asks_before=True)
    assert (played.session.kind, played.session.question) == (Kind.CHECK_IN, Question.BEFORE)
    return played


@pytest.mark.parametrize("value", [0, 3])
def test_up_to_three_all_is_as_planned(value: int) -> None:
    played = asked()
    played.say(NUMBER, value=value)
    assert played.session.kind is Kind.WELCOME
    assert played.session.record.back_before == value
    assert [(block.sets, block.reps) for block in played.session.routine.blocks] == [(2, 12)] * 5  # type: ignore[union-attr]


@pytest.mark.parametrize("value", [4, 6])
def test_from_four_on_the_session_is_an_easier_one_and_says_so(value: int) -> None:
    played = asked()
    played.say(NUMBER, value=value)
    assert "easier" in played.lines
    assert [(block.sets, block.reps) for block in played.session.routine.blocks] == [(1, 10)] * 5  # type: ignore[union-attr]
    sets = [step for step in played.session.steps if step.kind is Kind.SET and step.block == 1]
    assert len(sets) == 1


@pytest.mark.parametrize("value", [7, 10])
def test_from_seven_on_there_is_no_training_but_a_walk(value: int) -> None:
    played = asked()
    played.say(NUMBER, value=value)
    assert played.session.question is Question.WALK
    played.say(Command.YES)
    assert played.session.routine is not None
    assert played.session.routine.walk is not None
    assert played.where == ("playing", "welcome")


@pytest.mark.parametrize("value", [None, -1, 11])
def test_what_is_no_number_up_to_ten_is_asked_again(value: int | None) -> None:
    played = asked()
    played.say(NUMBER, value=value)
    assert played.session.question is Question.BEFORE
    assert played.session.record.back_before is None


def test_silence_begins_as_usual_and_says_so() -> None:
    played = asked()
    played.send(SegmentEnded())
    played.pass_s(12.5)
    assert isinstance(played.one(Say), Say)
    played.spoken()
    played.pass_s(12.5)
    assert played.session.kind is Kind.WELCOME
    assert "as usual" in played.lines
    assert played.session.record.back_before is None


def test_after_back_pain_it_asks_before_anything_else_and_a_yes_is_kept() -> None:
    played = Played(asks_cleared=ClinicianAsked.BACK_PAIN, asks_before=True)
    assert played.session.question is Question.CLEARED
    played.say(Command.YES)
    assert played.session.record.cleared is True
    assert played.session.question is Question.BEFORE


@pytest.mark.parametrize("answer", [Command.NO, None])
def test_without_a_yes_there_is_only_a_walk_or_a_good_bye(answer: Command | None) -> None:
    played = Played(asks_cleared=ClinicianAsked.BACK_PAIN)
    if answer:
        played.say(answer)
    else:
        played.pass_s(60)
    assert played.session.record.cleared is False
    if played.session.state is not State.FINISHED:
        assert played.session.question is Question.WALK
        played.say(Command.NO)
    assert played.session.record.reason is EndReason.ENDED
    assert not played.session.record.sets


@pytest.mark.parametrize("why", ClinicianAsked)
def test_each_reason_has_its_own_words_and_the_same_question(why: ClinicianAsked) -> None:
    played = Played(asks_cleared=why)
    assert "Did a doctor or physiotherapist say you can train?" in played.lines
    played.say(Command.YES)
    assert played.session.record.cleared is True


def test_where_a_walk_hurt_none_is_offered() -> None:
    played = Played(asks_cleared=ClinicianAsked.WALK_HURT, offers_walk=False)
    played.say(Command.NO)
    assert played.session.state is State.FINISHED
    assert "rest today" in played.lines
    played = Played(asks_before=True, offers_walk=False)
    played.say(NUMBER, value=8)
    assert played.session.state is State.FINISHED
