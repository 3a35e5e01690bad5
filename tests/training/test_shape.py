"""How a due dose meets what a routine or an option asks for."""

from dataclasses import replace

import pytest

from coach.library.files import load_exercises, load_routine
from coach.library.routine import Block, Routine
from coach.training import explain
from coach.training.dose import Dose
from coach.training.profile import Profile
from coach.training.progression import Change, Decision, next_dose
from coach.training.shape import Due, Shaped, by_ladder, shape
from tests.support.training import BIRD_DOG, EXTENSION, MONDAY, bout

EXERCISES = load_exercises()
LOW = Dose("bird-dog", 1, 12)
AFTER = MONDAY.replace(day=6)


def routine(name: str, sets: int = 1, reps: int = 10) -> Routine:
    block = next(b for b in load_routine("floor").blocks if name.startswith(b.exercise.id))
    return Routine("own", "Own", (replace(block, exercise=EXERCISES[name], sets=sets, reps=reps),))


def shaped(own: Routine, decision: Decision, sets: int | None = None, reps: int | None = None) -> Shaped:
    return shape(own, (Due(own.blocks[0].exercise, decision),), EXERCISES, Profile(), sets, reps)


def done(found: Shaped) -> tuple[int, int]:
    (block,) = found.routine.blocks
    return block.sets, block.reps


def after_pain() -> Decision:
    return next_dose([bout(MONDAY, Dose("bird-dog", 2, 12), pain=True)], BIRD_DOG, AFTER)


@pytest.mark.parametrize(("sets", "reps"), [(3, 15), (3, None), (None, 15), (5, 30)])
def test_sets_and_reps_asked_for_never_override_a_step_back_and_that_is_said(
    sets: int | None, reps: int | None
) -> None:
    found = shaped(routine("bird-dog"), after_pain(), sets, reps)
    assert done(found) == (LOW.sets, LOW.reps)
    why = found.planned[0].why or ""
    assert "you asked for can wait" in why
    assert "doctor" in why
    assert found.planned[0].rule == "pain-back"


def test_less_than_the_step_back_may_be_asked_for() -> None:
    found = shaped(routine("bird-dog"), after_pain(), 1, 8)
    assert done(found) == (1, 8)
    assert explain.DOCTOR["pain-back"] in (found.planned[0].why or "")


def test_a_routine_with_a_dose_of_its_own_is_held_until_two_sessions_without_pain() -> None:
    own, low = routine("bird-dog", 3, 15), Dose("bird-dog", 1, 10)
    hurt = bout(MONDAY, Dose("bird-dog", 2, 10), pain=True)
    fine = [bout(MONDAY.replace(day=4 + n), low) for n in range(2)]
    assert done(shaped(own, next_dose([hurt], BIRD_DOG, AFTER))) == (1, 10)
    once = shaped(own, next_dose([hurt, fine[0]], BIRD_DOG, AFTER))
    assert done(once) == (1, 10)
    assert "It hurt recently" in (once.planned[0].why or "")
    assert done(shaped(own, next_dose([hurt, *fine], BIRD_DOG, AFTER))) == (3, 15)


def test_pain_twice_running_leaves_the_exercise_out_until_a_clinician_agrees() -> None:
    hurt = [bout(MONDAY, Dose("bird-dog", 3, 15), pain=True), bout(MONDAY, Dose("bird-dog", 2, 15), pain=True)]
    out = next_dose(hurt, BIRD_DOG, AFTER)
    assert (out.change, out.rule) == (Change.OUT, "pain-twice")
    assert "doctor" in out.why
    assert shaped(routine("bird-dog"), out, 3, 15).routine.blocks == ()
    again = next_dose(hurt, BIRD_DOG, AFTER, cleared=MONDAY)
    assert (again.change, again.dose.sets, again.dose.reps) == (Change.START, 1, 10)
    assert again.held


def test_the_harder_variant_comes_by_the_ladder_only() -> None:
    first = next_dose([], EXTENSION, MONDAY)
    (block,) = shaped(routine("back-extension"), first).routine.blocks
    assert block.harder is None
    assert block.exercise.harder == "That's for when three sets feel easy."
    (named,) = shaped(routine("back-extension-arms"), first).routine.blocks
    assert named.exercise.id == "back-extension"
    assert named.harder is None


def test_at_the_end_of_the_ladder_the_harder_variant_may_be_asked_for() -> None:
    top = Dose("back-extension", 3, 15)
    easy = [bout(MONDAY.replace(day=day), top) for day in (3, 5)]
    due = next_dose(easy, EXTENSION, MONDAY.replace(day=12))
    assert due.dose.exercise == "back-extension-arms"
    (block,) = shaped(routine("back-extension", 2, 12), due).routine.blocks
    assert block.harder is not None
    (arms,) = shaped(routine("back-extension"), due).routine.blocks
    assert arms.exercise.id == "back-extension-arms"


def test_after_pain_nothing_harder_is_advised() -> None:
    (block,) = shaped(routine("bird-dog"), after_pain()).routine.blocks
    assert block.exercise.harder == explain.NOT_WHILE_HELD


def test_a_block_without_a_harder_variant_keeps_its_advice() -> None:
    block = Block(EXERCISES["bird-dog"], 1, 10)
    assert by_ladder(block) == block
