"""Shape a routine as it is due today: sets, reps, variant, and the load to be spoken.

The shipped programme (one set of ten) takes its whole dose from the history. A routine that names another dose keeps
it. There the rules only step back, after pain, help, high effort or missed reps. While a dose is held, neither a
routine nor an option makes it more, and what was asked for in vain is said. A harder variant comes by the ladder only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from coach.library.exercise import Exercise, Instruction, Sides
from coach.library.routine import Block, Routine
from coach.training import explain
from coach.training.dose import Dose, Load, Means, means, start
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
    """A routine as it will be done."""

    routine: Routine
    planned: tuple[PlannedBlock, ...]
    """For the history, a block each."""
    due: tuple[Due, ...]
    """In the routine's order, those left out too."""

    @property
    def done_today(self) -> tuple[PlannedBlock | None, ...]:
        """Return what will be done, beside `due`; None for what is left out."""
        planned = iter(self.planned)
        return tuple(None if item.decision.change is Change.OUT else next(planned) for item in self.due)


def due_today(
    routine: Routine, history: History, profile: Profile, exercises: Mapping[str, Exercise], today: date
) -> tuple[Due, ...]:
    """Return the decision on each of the routine's exercises."""
    found = []
    for block in routine.blocks:
        by = means(block.exercise, exercises, profile)
        decision = next_dose(history.bouts(by), by, today, profile.units, history.cleared(by.exercises))
        found.append(Due(block.exercise, decision))
    return tuple(found)


UNREAD = (
    "I can't read your past sessions, so today everything is at its easiest. Leave out anything that's been hurting."
)
"""Said at the beginning."""
UNREAD_PROFILE = "I can't read your profile, so today everything is at its easiest, and we'll be extra careful."
"""Said in its place where that is the reason."""


def due_unread(routine: Routine, profile: Profile, exercises: Mapping[str, Exercise]) -> tuple[Due, ...]:
    """Return the decisions where history or profile can't be read: the least of everything, whatever was done."""
    due = []
    for block in routine.blocks:
        dose = start(means(block.exercise, exercises, profile))
        why = explain.start("unread", dose, profile.units)
        due.append(Due(block.exercise, Decision(Change.BACK, dose, "unread", why, most=dose)))
    return tuple(due)


def shape(
    routine: Routine,
    decisions: tuple[Due, ...],
    exercises: Mapping[str, Exercise],
    profile: Profile,
    sets: int | None = None,
    reps: int | None = None,
) -> Shaped:
    """Return the routine with its due doses. What is out is left out.

    `sets` and `reps` (the options) win over a dose, unless it is held: then the fewer of both are done, and it is said.
    """
    blocks: list[Block] = []
    notes = list(routine.notes)
    planned: list[PlannedBlock] = []
    for block, item in zip(routine.blocks, decisions, strict=True):
        if item.decision.change is Change.OUT:
            notes.append(f"{block.exercise.name}: {item.decision.why}")
            continue
        decision = item.decision
        asked = _asked(block, decision, means(block.exercise, exercises, profile), sets, reps)
        dose = _at_most(asked, decision)
        rule, why = _reason(decision, dose, asked)
        made = _block(block, dose, exercises, profile.units, why)
        blocks.append(by_ladder(made, allowed=decision.dose.exercise, held=decision.held))
        planned.append(PlannedBlock(dose, sides_of(block.exercise), rule, why))
    return Shaped(replace(routine, blocks=tuple(blocks), notes=tuple(notes)), tuple(planned), decisions)


def as_planned(
    routine: Routine, planned: tuple[PlannedBlock, ...], exercises: Mapping[str, Exercise], units: Units
) -> Routine:
    """Return the routine with the doses it was begun with: for a session that goes on."""
    blocks = (_block(_base(routine, item.dose, exercises), item.dose, exercises, units, None) for item in planned)
    return replace(routine, blocks=tuple(by_ladder(block) for block in blocks), notes=())


def by_ladder(block: Block, allowed: str | None = None, *, held: bool = False) -> Block:
    """Take the harder variant away where the ladder does not allow it yet; "harder" is then answered with why."""
    if held:
        return replace(block, harder=None, exercise=replace(block.exercise, harder=explain.NOT_WHILE_HELD))
    if block.harder is None or block.harder.id == allowed:
        return block
    return replace(block, harder=None, exercise=replace(block.exercise, harder=explain.NOT_YET))


def _base(routine: Routine, dose: Dose, exercises: Mapping[str, Exercise]) -> Block:
    """Return the block that a planned one was made of; its own where the routine has none of the family."""
    family = {dose.exercise, exercises[dose.exercise].variant_of}
    own = Block(exercises[dose.exercise], dose.sets, dose.reps)
    return next((block for block in routine.blocks if block.exercise.id in family), own)


def sides_of(exercise: Exercise) -> int:
    """Return how many sets one set of it is in the history: 2 where each side is one of its own."""
    return 2 if exercise.sides is Sides.EACH else 1


def _asked(block: Block, decision: Decision, by: Means, sets: int | None, reps: int | None) -> Dose:
    """Return the dose that the history, the routine and the options come to."""
    wanted = decision.dose
    due = (block.sets, block.reps) == (1, by.reps[0]) and block.exercise.id == by.exercises[0]
    easiest = min(block.exercise.id, wanted.exercise, key=by.exercises.index)
    dose = wanted if due else Dose(easiest, block.sets, block.reps, wanted.load)
    return replace(dose, sets=sets or dose.sets, reps=reps or dose.reps)


def _at_most(asked: Dose, decision: Decision) -> Dose:
    """Return the fewer sets and reps of what is asked for, due, and was done last, where the dose is held."""
    if decision.most is None:
        return asked
    limits = (asked, decision.dose, decision.most)
    return replace(asked, sets=min(dose.sets for dose in limits), reps=min(dose.reps for dose in limits))


def _reason(decision: Decision, dose: Dose, asked: Dose) -> tuple[str | None, str | None]:
    """Return the rule and the sentence for a dose; none where it is what she or her routine asked for."""
    if dose == asked == decision.dose:
        return decision.rule, decision.why
    if not decision.held:
        return None, None
    return decision.rule, explain.held(decision.rule, dose, asked if asked != dose else None)


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
    line = Instruction(say=f"Use {explain.load(load, units)} today.", fact="added", pause_s=3.0)
    return replace(exercise, setup=(line, *exercise.setup))
