"""Shape a routine as it is due today: sets, reps, variant, and the load to be spoken.

The shipped programme (one set of ten) takes its whole dose from the history. A routine that names another dose keeps
it. There the rules only step back, after pain, help, high effort or missed reps.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from coach.library.exercise import Exercise, Instruction, Sides
from coach.library.routine import Block, Routine
from coach.training import explain
from coach.training.dose import Dose, Load, Means, means
from coach.training.history import History
from coach.training.loads.units import Units
from coach.training.profile import Profile
from coach.training.progression import Change, Decision, next_dose
from coach.training.writer import PlannedBlock


@dataclass(frozen=True, slots=True)
class Due:
    """One exercise as it is due."""

    exercise: Exercise
    decision: Decision


@dataclass(frozen=True, slots=True)
class Shaped:
    routine: Routine
    planned: tuple[PlannedBlock, ...]
    """For the history, a block each."""
    due: tuple[Due, ...]
    """In the routine's order, those left out too."""


def due_today(
    routine: Routine, history: History, profile: Profile, exercises: Mapping[str, Exercise], today: date
) -> tuple[Due, ...]:
    """Return the decision on each of the routine's exercises."""
    found = []
    for block in routine.blocks:
        by = means(block.exercise, exercises, profile)
        decision = next_dose(history.bouts(by), by, today, profile.units, history.cleared(by))
        found.append(Due(block.exercise, decision))
    return tuple(found)


def shape(
    routine: Routine,
    decisions: tuple[Due, ...],
    exercises: Mapping[str, Exercise],
    profile: Profile,
    sets: int | None = None,
    reps: int | None = None,
) -> Shaped:
    """Return the routine with its due doses; `sets` and `reps` (the options) win over them. What is out is left out."""
    blocks: list[Block] = []
    notes = list(routine.notes)
    planned: list[PlannedBlock] = []
    for block, item in zip(routine.blocks, decisions, strict=True):
        if item.decision.change is Change.OUT:
            notes.append(f"{block.exercise.name}: {item.decision.why}")
            continue
        dose = _dose(block, item.decision, means(block.exercise, exercises, profile))
        dose = replace(dose, sets=sets or dose.sets, reps=reps or dose.reps)
        own = sets or reps or dose != item.decision.dose
        rule, why = (None, None) if own else (item.decision.rule, item.decision.why)
        blocks.append(_block(block, dose, exercises, profile.units, why))
        planned.append(PlannedBlock(dose, sides_of(block.exercise), rule, why))
    return Shaped(replace(routine, blocks=tuple(blocks), notes=tuple(notes)), tuple(planned), decisions)


def as_planned(
    routine: Routine, planned: tuple[PlannedBlock, ...], exercises: Mapping[str, Exercise], units: Units
) -> Routine:
    """Return the routine with the doses it was begun with: for a session that goes on."""
    blocks = tuple(_block(_base(routine, item.dose, exercises), item.dose, exercises, units, None) for item in planned)
    return replace(routine, blocks=blocks, notes=())


def _base(routine: Routine, dose: Dose, exercises: Mapping[str, Exercise]) -> Block:
    """Return the block that a planned one was made of; its own where the routine has none of the family."""
    family = {dose.exercise, exercises[dose.exercise].variant_of}
    own = Block(exercises[dose.exercise], dose.sets, dose.reps)
    return next((block for block in routine.blocks if block.exercise.id in family), own)


def sides_of(exercise: Exercise) -> int:
    """Return how many sets one set of it is in the history: 2 where each side is one of its own."""
    return 2 if exercise.sides is Sides.EACH else 1


def _dose(block: Block, decision: Decision, by: Means) -> Dose:
    wanted = decision.dose
    if (block.sets, block.reps) == (1, by.reps[0]) and block.exercise.id == by.exercises[0]:
        return wanted
    own = Dose(block.exercise.id, block.sets, block.reps, wanted.load)
    if decision.change is Change.BACK:
        return replace(own, exercise=wanted.exercise, sets=min(own.sets, wanted.sets), reps=min(own.reps, wanted.reps))
    return own


def _block(block: Block, dose: Dose, exercises: Mapping[str, Exercise], units: Units, why: str | None) -> Block:
    exercise = block.exercise
    if dose.exercise != exercise.id:
        exercise = exercises[dose.exercise]
        family = [other for other in exercises.values() if exercise.id in (other.id, other.variant_of)]
        harder = next((other for other in family if other.variant_of == exercise.id), None)
        block = replace(block, easier=exercises.get(exercise.variant_of), harder=harder)
    exercise = with_load(exercise, dose.load, units)
    if why:
        exercise = replace(exercise, setup=(Instruction(say=why, fact="added", pause_s=1.0), *exercise.setup))
    return replace(block, exercise=exercise, sets=dose.sets, reps=dose.reps)


def with_load(exercise: Exercise, load: Load | None, units: Units) -> Exercise:
    """Put the load into the set-up, before anything else, so that it is fetched first."""
    if load is None:
        return exercise
    what = f"{explain.load(load, units)} today" if load.band else f"the weight of {explain.load(load, units)} today"
    line = Instruction(say=f"Take {what}.", fact="added", pause_s=3.0)
    return replace(exercise, setup=(line, *exercise.setup))
