"""Put the step of the balance hold that is due into a routine."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from coach.library.exercise import Exercise, Instruction
from coach.library.routine import Block, Routine
from coach.training.balance.ladder import next_hold, steps_for
from coach.training.history import History
from coach.training.profile import Profile
from coach.training.progression import Change, Decision


def hold_due(
    routine: Routine, history: History, profile: Profile, exercises: Mapping[str, Exercise], today: date
) -> Decision | None:
    """Return the step of a routine's balance hold that is due; None where it has none."""
    if routine.balance is None:
        return None
    steps = steps_for(routine.balance.exercise, exercises, profile)
    return next_hold(history.holds(), steps, today, history.cleared(steps))


def with_hold(routine: Routine, due: Decision | None, exercises: Mapping[str, Exercise]) -> Routine:
    """Return the routine with that step, and its reason in the set-up; without it where it is left out."""
    if due is None:
        return routine
    if due.change is Change.OUT:
        return replace(routine, balance=None, notes=(*routine.notes, due.why))
    exercise = exercises[due.dose.exercise]
    if due.why:
        why = Instruction(say=due.why, fact="added", pause_s=1.0)
        exercise = replace(exercise, setup=(why, *exercise.setup))
    return replace(routine, balance=Block(exercise, due.dose.sets, due.dose.reps))
