"""What was asked for in, what is trained today out: made safe for the person, shaped by the history, to be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from coach.cli.files.shaping import checked_counts, checked_pace, shaped
from coach.cli.training.person import fitting
from coach.errors import CoachError, InputError
from coach.hearing.vocabulary.phrase_table import Table
from coach.library.exercise import Exercise, Side
from coach.library.files import load_exercises, load_routine
from coach.library.routine import Routine, walk_routine
from coach.library.safe_routine import UnsafeError
from coach.library.walk import Walk
from coach.live.opening import Wish
from coach.session.machine import ResumePoint
from coach.timeline.step import Shape, Words
from coach.training.history import History
from coach.training.profile import Profile, load_profile
from coach.training.recorder import Recorder, WalkRecorder
from coach.training.shape import as_planned, due_today, shape
from coach.training.store import history_path
from coach.training.unfinished import Unfinished, unfinished
from coach.training.writer import HistoryWriter, PlannedBlock

USUAL = "spine-strength"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says about today."""

    routine: str | None
    sets: int | None
    reps: int | None
    pace: float
    day: date
    history: Path | None = None
    """A file of its own; None: the person's."""
    counts: bool = True
    """Whether the history shapes the session and takes it up: not in a plain rehearsal."""
    rehearsed: bool = False
    """Nobody trains: a rehearsal, or a session on files. It is recorded as such and counts nowhere."""
    resume: bool = False
    praise: bool = True
    fewer_words: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    wish: Wish
    told: tuple[str, ...]
    """What is to be read before it begins: changes, cares, and what is wrong with the history."""
    recorder: Recorder | WalkRecorder | None
    """None: nothing is recorded."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One routine, as it is trained today."""

    routine: Routine
    planned: tuple[PlannedBlock, ...]
    told: tuple[str, ...]


def prepare(asked: Asked, table: Table) -> Today:
    """Return today's session. Raises InputError, UnsafeError where a routine is refused."""
    checked_pace(asked.pace)
    checked_counts(asked.sets, asked.reps)
    history, told = _history(asked)
    if asked.resume:
        return _resumed(asked, history)
    fitter = _Fitter(asked, history, load_profile(), load_exercises())
    names = [choice.routine for choice in table.choices]
    fitted = [fitter.fit(asked.routine)] if asked.routine else [fitter.fit_or_usual(name) for name in names]
    routines = tuple(one.routine for one in fitted)
    named, choices = (routines[0], ()) if asked.routine else (None, routines)
    wish = Wish(named, choices, USUAL, asked.pace, asks_effort=True, shape=_telling(asked, history))
    told += tuple(dict.fromkeys(line for one in fitted for line in one.told))
    planned = {one.routine.id: one.planned for one in fitted}
    recorder, trouble = _recorder(asked, planned) if history else (None, ())
    return Today(wish, (*told, *trouble), recorder)


def walk_today(walk: Walk, day: date, *, rehearsed: bool) -> Today:
    """Return a walk, which needs no plan; its minutes count toward the week, unless it is nobody's."""
    wish = Wish(walk_routine(walk), (), USUAL)
    try:
        writer = HistoryWriter(history_path())
    except CoachError as error:
        return Today(wish, (f"this walk is not recorded: {error}",), None)
    return Today(wish, (writer.notice,) if writer.notice else (), WalkRecorder(writer, day, rehearsed=rehearsed))


class _Fitter:
    """Makes routines safe and shapes them."""

    def __init__(
        self, asked: Asked, history: History | None, profile: Profile, exercises: Mapping[str, Exercise]
    ) -> None:
        self._asked = asked
        self._history = history
        self._profile = profile
        self._exercises = exercises

    def fit(self, name: str) -> Fitted:
        """Return a routine as it may and shall be trained. Raises UnsafeError, InputError where nothing is left."""
        asked, exercises = self._asked, self._exercises
        safe, told = fitting(name)
        if self._history is None:
            return Fitted(shaped(safe, asked.sets, asked.reps), (), told)
        decisions = due_today(safe, self._history, self._profile, exercises, asked.day)
        today = shape(safe, decisions, exercises, self._profile, asked.sets, asked.reps)
        if not today.routine.blocks:
            raise InputError(f"{safe.name}: every exercise of it is left out for now; `coach plan {name}` says why.")
        pairs = zip(today.routine.blocks, today.planned, strict=True)
        why = (f"{block.exercise.name}: {plan.why}" for block, plan in pairs if plan.why)
        return Fitted(today.routine, today.planned, (*told, *why))

    def fit_or_usual(self, name: str) -> Fitted:
        """Return a choice; where it is not for her, the usual routine in its place, and why."""
        try:
            return self.fit(name)
        except InputError as error:
            if name == USUAL:
                raise
            usual = self.fit(USUAL)
            reasons = [finding.reason for finding in error.findings] if isinstance(error, UnsafeError) else []
            note = ". ".join([f"That routine is not for you today, so we do the {usual.routine.name}", *reasons]) + "."
            changed = replace(usual.routine, notes=(note, *usual.routine.notes))
            return Fitted(changed, usual.planned, (str(error), *usual.told))


def _telling(asked: Asked, history: History | None) -> Shape:
    """Return how it is told: kind words in another order every day, fewer words for what she knows."""
    seed = asked.day.toordinal() if asked.counts and not asked.rehearsed else 0
    return Shape(
        live=True,
        words=Words.SHORT if asked.fewer_words else Words.FULL,
        known=history.times_done() if history else {},
        praise=seed if asked.praise else None,
    )


def _history(asked: Asked) -> tuple[History | None, tuple[str, ...]]:
    """Open what was done so far; where it can't be read, the session goes on without it, and that is told."""
    if not asked.counts:
        return None, ()
    try:
        history = History.open(asked.history)
    except CoachError as error:
        if asked.history or asked.resume:
            raise
        return None, (f"this session is neither planned by the history nor recorded: {error}",)
    return history, (history.notice,) if history.notice else ()


def _recorder(
    asked: Asked, planned: Mapping[str, tuple[PlannedBlock, ...]], resumed: Unfinished | None = None
) -> tuple[Recorder | None, tuple[str, ...]]:
    try:
        writer = HistoryWriter(asked.history or history_path())
    except CoachError as error:
        if asked.history or resumed:
            raise
        return None, (f"this session is not recorded: {error}",)
    recorder = Recorder(writer, planned, asked.day, rehearsed=asked.rehearsed, resumed=resumed)
    return recorder, (writer.notice,) if writer.notice else ()


def _resumed(asked: Asked, history: History | None) -> Today:
    """Return the rest of the session that broke off today."""
    left = unfinished(history, asked.day, asked.rehearsed) if history else None
    if left is None:
        raise InputError("there is nothing to resume: no session of today broke off. Train without --resume.")
    name = asked.routine or left.routine or USUAL
    profile, exercises = load_profile(), load_exercises()
    try:
        whole = load_routine(name)
    except InputError as error:
        raise InputError(f"the session that broke off was {name!r}: name its file, coach run FILE --resume.") from error
    if whole.id != left.routine:
        raise InputError(f"the session that broke off was {left.routine!r}, not {whole.id!r}; resume that one.")
    routine = as_planned(fitting(name)[0], left.blocks, exercises, profile.units)
    at = left.at
    place = ResumePoint(at.block, at.set_no, Side(at.side) if at.side else None, at.first_rep)
    recorder, told = _recorder(asked, {}, left)
    wish = Wish(routine, (), USUAL, asked.pace, asks_effort=True, shape=_telling(asked, history), place=place)
    return Today(wish, (f"going on with {routine.name}: {_where(routine, place)}.", *told), recorder)


def _where(routine: Routine, place: ResumePoint) -> str:
    side = f", {place.side}" if place.side else ""
    return f"{routine.blocks[place.block].exercise.name}, set {place.set_no}{side}, rep {place.first_rep}"
