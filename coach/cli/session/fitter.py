"""Fit routines to a person and to today: made safe, shaped by what was done so far."""

from dataclasses import dataclass, replace

from coach.cli.session.request import TrainingRequest
from coach.cli.training.person import NOTHING_KNOWN, Past, Whose, fitting
from coach.errors import InputError
from coach.library.files import load_exercises
from coach.library.routine import EVERYTHING, Routine
from coach.library.safe_routine import WALK, UnsafeError, with_judged_doses
from coach.session.machine import USUAL
from coach.training.balance.due import hold_due, with_hold
from coach.training.history import History
from coach.training.people.salvage import ProfileToTrain
from coach.training.shape import UNREAD, Shaped, by_ladder, due_today, due_unread, shape
from coach.training.unfinished import unfinished
from coach.training.week import RESUME, too_soon
from coach.training.writer import PlannedBlock


@dataclass(frozen=True, slots=True)
class Fitted:
    """One routine, as it is trained today."""

    routine: Routine
    planned: tuple[PlannedBlock, ...]
    notices: tuple[str, ...]


class Fitter:
    """Makes routines safe and shapes them."""

    def __init__(
        self, asked: TrainingRequest, history: History | None, found: ProfileToTrain, *, unread: str | None
    ) -> None:
        """Take what shapes them. `unread`: why it has to be the least of everything, as said; None: it has not."""
        self._asked = asked
        self._history = history
        # Where nobody can know whether a clinician agreed, the session itself asks first.
        agreed = found.profile.clinician_agreed or not found.condition_known
        self._by = Whose(replace(found.profile, clinician_agreed=agreed))
        self._unread = unread
        self._exercises = load_exercises()
        self._soon, self._broke_off = _too_soon(history, asked) if history else ((), ())

    def fit(self, name: str) -> Fitted:
        """Return a routine as it may and shall be trained. Raises UnsafeError, InputError where nothing is left."""
        asked = self._asked
        history, profile, around = self._history, self._by.profile, asked.around or EVERYTHING
        past = Past(cleared=history.cleared_exercises()) if history and not self._unread else NOTHING_KNOWN
        if history is None and not self._unread:
            plain, notices = fitting(name, self._by, sets=asked.sets, reps=asked.reps, around=around)
            # Nothing is known of her, so nothing harder is due.
            return Fitted(replace(plain, blocks=tuple(map(by_ladder, plain.blocks))), (), notices)
        safe, notices = fitting(name, self._by, around=around, past=past)
        today, held = self._shaped(safe)
        if not today.routine.blocks:
            raise InputError(
                f"{safe.name}: all of its exercises are left out for now; `coach plan {name}` says why. {WALK}"
            )
        routine, cares = with_judged_doses(today.routine, profile.person)  # also of the options
        pairs = zip(today.routine.blocks, today.planned, strict=True)
        why = (f"{block.exercise.name}: {plan.why}" for block, plan in pairs if plan.why)
        routine = replace(routine, notes=(*self._soon, *routine.notes))
        return Fitted(routine, today.planned, (*self._soon, *self._broke_off, *notices, *cares, *held, *why))

    def _shaped(self, safe: Routine) -> tuple[Shaped, tuple[str, ...]]:
        """Return a safe routine with the doses that are due, and what is to be read about its balance hold."""
        asked, exercises, history, profile = self._asked, self._exercises, self._history, self._by.profile
        if self._unread or history is None:
            decisions = due_unread(safe, profile, exercises)
            safe, held = replace(safe, notes=(self._unread or UNREAD, *safe.notes)), None
        else:
            decisions = due_today(safe, history, profile, exercises, asked.day)
            held = hold_due(safe, history, profile, exercises, asked.day)
            safe = with_hold(safe, held, exercises)
        told = (f"{exercises[held.dose.exercise].name}: {held.why}",) if held and held.why else ()
        return shape(safe, decisions, exercises, profile, asked.sets, asked.reps), told

    def fit_or_usual(self, name: str) -> Fitted:
        """Return a choice; where it is not for her, the usual routine in its place, and why."""
        try:
            return self.fit(name)
        except InputError as error:
            if name == USUAL:
                raise
            usual = self.fit(USUAL)
            why = " The reason is on the screen." if isinstance(error, UnsafeError) else ""
            note = f"That routine isn't for you today, so we'll do {usual.routine.name} instead.{why}"
            changed = replace(usual.routine, notes=(note, *usual.routine.notes))
            return Fitted(changed, usual.planned, (str(error), *usual.notices))


def _too_soon(history: History, asked: TrainingRequest) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is said where she trained less than 48 hours ago, and the way to go on with what broke off."""
    soon = too_soon(history, asked.now.at)
    return (soon,) if soon else (), (RESUME,) if unfinished(history, asked.now.at) else ()
