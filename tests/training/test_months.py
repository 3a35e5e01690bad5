"""Whole months, shaped by routines, options and clinicians as chance has it: what must never happen after pain."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from coach.library.files import load_exercises, load_routine
from coach.library.routine import Block, Routine
from coach.training.bout import Bout, DifficultyWish, Done
from coach.training.dose import Dose, Means, means
from coach.training.profile import Profile
from coach.training.progression import Change, Decision, next_dose
from coach.training.shape import Due, shape
from coach.training.writer import PlannedBlock
from tests.support.training import MONDAY, bout

EXERCISES = load_exercises()
WHOLE = load_routine("spine-strength")
PROFILE = Profile(weights=(1.0, 1.5, 2.0, 3.0, 5.0), bands=("yellow", "red"))
MONTHS = 10_000
FAMILIES = ("one-arm-row", "external-rotation", "bird-dog", "back-extension")
MEANS = {name: means(EXERCISES[name], EXERCISES, PROFILE) for name in FAMILIES}
DOSES = tuple((sets, reps) for sets in (1, 2, 3) for reps in (6, 8, 10, 12, 15))


def own_routine(chance: random.Random, name: str) -> Routine:
    """Return a routine of one exercise: the shipped dose, or one of her own, or of the harder variant."""
    block = next(block for block in WHOLE.blocks if block.exercise.id == name)
    if chance.random() < 0.5:
        sets, reps = chance.choice(DOSES)
        block = replace(block, sets=sets, reps=reps)
    if block.harder is not None and chance.random() < 0.3:
        block = Block(block.harder, block.sets, block.reps, easier=block.exercise)
    return replace(WHOLE, blocks=(block,))


def answers(chance: random.Random, day: date, dose: Dose) -> Bout:
    return bout(
        day,
        dose,
        chance.choice((None, 3, 4, 5, 5, 6, 6, 6, 7, 9)),
        chance.choices((Done.ALL, Done.MISSED, Done.CUT_SHORT), (20, 1, 1))[0],
        pain=chance.random() < 0.15,
        wish=chance.choices((None, DifficultyWish.EASIER, DifficultyWish.HARDER), (10, 1, 2))[0],
    )


@pytest.mark.parametrize("months", [500, pytest.param(MONTHS, marks=pytest.mark.slow)])
def test_months_with_options_and_routines_raise_no_dose_after_pain(months: int) -> None:
    chance = random.Random(21)
    held = ups = variants = 0
    for number in range(months):
        name = FAMILIES[number % 4]
        by, day, cleared = MEANS[name], MONDAY, None
        routine = own_routine(chance, name)
        easy = chance.random() < 0.2  # some are far already and never hurt: the end of the ladder is reached too
        far = Dose(by.exercises[0], 3, 15, by.loads[-1] if by.loads else None)
        bouts = [bout(day - timedelta(days=number), far) for number in (8, 5)] if easy else []
        for _ in range(chance.randint(6, 14)):
            decision = next_dose(bouts, by, day, cleared=cleared)
            options = (chance.choice((None, None, 1, 2, 3)), chance.choice((None, None, 8, 10, 12, 15)))
            found = shape(routine, (Due(routine.blocks[0].exercise, decision),), EXERCISES, PROFILE, *options)
            if decision.change is Change.OUT:
                assert found.routine.blocks == ()
                cleared = day if chance.random() < 0.5 else cleared
            else:
                check(bouts, decision, found.planned[0], found.routine.blocks[0], by, options)
                held += decision.held
                ups += decision.change is Change.UP
                dose = found.planned[0].dose
                variants += dose.exercise != by.exercises[0]
                bouts.append(bout(day, dose) if easy else answers(chance, day, dose))
            day += timedelta(days=chance.choice((0, 1, 2, 3, 4, 5, 7)))
    assert held > months, "many doses must have been held, or this proves nothing"
    assert ups > months / 10
    assert variants > months / 100


def check(
    bouts: Sequence[Bout],
    decision: Decision,
    planned: PlannedBlock,
    block: Block,
    by: Means,
    options: tuple[int | None, int | None],
) -> None:
    dose = planned.dose
    assert (block.sets, block.reps, block.exercise.id) == (dose.sets, dose.reps, dose.exercise)
    if any(bout_.pain for bout_ in bouts[-2:]):
        assert at_most(dose, bouts[-1].dose, by), "no dose rises after pain, nor before two sessions without it"
    if decision.change is Change.BACK:
        assert at_most(dose, decision.dose, by)
        sets, reps = options
        if (sets or 0) > dose.sets or (reps or 0) > dose.reps:
            assert "you asked for" in (planned.why or ""), "an option that is not followed is told so"
    if dose.exercise != by.exercises[0]:
        assert by_the_ladder(bouts, by), "the harder variant comes by the ladder alone"
    if block.harder is not None:
        assert decision.dose.exercise == block.harder.id


def at_most(dose: Dose, other: Dose, by: Means) -> bool:
    def figures(of: Dose) -> tuple[int, int, int, int]:
        load = by.loads.index(of.load) if of.load in by.loads else -1
        return by.exercises.index(of.exercise), load, of.sets, of.reps

    return all(a <= b for a, b in zip(figures(dose), figures(other), strict=True))


def by_the_ladder(bouts: Sequence[Bout], by: Means) -> bool:
    """Tell whether three sets of fifteen of the easier one were easy on two days, some time before."""
    days = {
        bout_.day
        for bout_ in bouts
        if bout_.easy and (bout_.dose.exercise, bout_.dose.sets, bout_.dose.reps) == (by.exercises[0], 3, 15)
    }
    return len(days) >= 2
