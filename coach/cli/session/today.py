"""Turn a request into today's session: made safe for the person, shaped by the history, ready to be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from coach.cli.files.shaping import checked_counts, checked_pace
from coach.cli.session.request import Request, TrainingRequest
from coach.cli.training.person import NOTHING_KNOWN, Past, Whose, fitting
from coach.errors import CoachError, InputError
from coach.hearing.vocabulary.phrase_table import Table
from coach.library.exercise import Side
from coach.library.files import load_exercises, load_routine
from coach.library.routine import EVERYTHING, Routine, walk_routine
from coach.library.safe_routine import WALK, UnsafeError, judged_doses
from coach.library.walk import Walk
from coach.live.opening import SessionPlan
from coach.session.machine import ResumePoint
from coach.threads import Report, nobody
from coach.timeline.step import Shape, Words
from coach.training import back_pain
from coach.training.history import BackPain, History
from coach.training.people.salvage import CAREFUL, profile_to_train
from coach.training.profile import Profile
from coach.training.recorder import Recorder, WalkRecorder
from coach.training.shape import UNREAD, as_planned, by_ladder, due_today, due_unread, shape
from coach.training.unfinished import Unfinished, unfinished
from coach.training.usability.asked import asks_today
from coach.training.week import RESUME, too_soon
from coach.training.writer import HistoryWriter, PlannedBlock

USUAL = "spine-strength"
UNKNOWN = "I don't know who trains, so today it is the easiest of everything. Leave out what hurt you lately."
UNRECORDED = "nobody was named: this session is as careful as can be, and not recorded."


@dataclass(frozen=True, slots=True)
class Today:
    """Today's session."""

    plan: SessionPlan
    notices: tuple[str, ...]
    """What is to be read before it begins: changes, cares, and what is wrong with the history."""
    recorder: Recorder | WalkRecorder | None
    """None: nothing is recorded."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One routine, as it is trained today."""

    routine: Routine
    planned: tuple[PlannedBlock, ...]
    notices: tuple[str, ...]


def prepare(request: Request, table: Table, report: Report = nobody) -> Today:
    """Return today's session. Raises InputError, UnsafeError where a routine is refused."""
    asked = request.training
    if asked.walk:
        return _walk(request, asked.walk, report)
    checked_pace(asked.pace)
    checked_counts(asked.sets, asked.reps)
    history, notices = _history(request)
    if asked.resume:
        return _resumed(request, history, report)
    barred = history.back_pain() if history else None
    nobody = request.record.person.nobody
    profile, wrong = (CAREFUL, ()) if nobody else profile_to_train(request.record.person.profile)
    notices += wrong
    fitter = _Fitter(
        asked, history, profile, unread=request.uses_history and history is None, why=UNKNOWN if nobody else UNREAD
    )
    names = [choice.routine for choice in table.choices]
    fitted = [fitter.fit(asked.routine)] if asked.routine else [fitter.fit_or_usual(name) for name in names]
    routines = tuple(one.routine for one in fitted)
    named, choices = (routines[0], ()) if asked.routine else (None, routines)
    plan = SessionPlan(
        routine=named,
        choices=choices,
        usual=USUAL,
        pace=asked.pace,
        asks_effort=not nobody,
        asks_before=True,
        asks_cleared=barred is not None,
        asks_usability=not nobody and asks_today(history),
        shape=_telling(request, history),
    )
    notices += tuple(dict.fromkeys(line for one in fitted for line in one.notices))
    planned = {one.routine.id: one.planned for one in fitted}
    notices += (back_pain.line(barred),) if barred else ()
    recorder, trouble = _recorder(request, planned, report, barred=barred) if history else (None, ())
    return Today(plan, (*notices, *trouble), recorder)


def _walk(request: Request, walk: Walk, report: Report) -> Today:
    """Return a walk, which needs no plan; its minutes count toward the week, unless it is nobody's."""
    plan = SessionPlan(routine=walk_routine(walk), usual=USUAL)
    if request.record.person.nobody:
        return Today(plan, (UNRECORDED,), None)
    try:
        writer = HistoryWriter(request.record.person.history, report)
    except CoachError as error:
        return Today(plan, (f"this walk is not recorded: {error}",), None)
    recorder = WalkRecorder(writer, request.training.day, rehearsed=request.rehearsed)
    return Today(plan, (writer.notice,) if writer.notice else (), recorder)


class _Fitter:
    """Makes routines safe and shapes them."""

    def __init__(
        self, asked: TrainingRequest, history: History | None, profile: Profile, *, unread: bool, why: str = UNREAD
    ) -> None:
        """Take what shapes them. `unread`: there may be a history, and it can't be read; `why` is what is said then."""
        self._asked = asked
        self._history = history
        self._by = Whose(profile)
        self._unread, self._why = unread, why
        self._exercises = load_exercises()

    def fit(self, name: str) -> Fitted:
        """Return a routine as it may and shall be trained. Raises UnsafeError, InputError where nothing is left."""
        asked, exercises = self._asked, self._exercises
        history, profile, around = self._history, self._by.profile, asked.around or EVERYTHING
        past = Past(cleared=history.cleared_exercises()) if history else NOTHING_KNOWN
        if history is None and not self._unread:
            plain, notices = fitting(name, self._by, sets=asked.sets, reps=asked.reps, around=around)
            # Nothing is known of her, so nothing harder is due.
            return Fitted(replace(plain, blocks=tuple(map(by_ladder, plain.blocks))), (), notices)
        safe, notices = fitting(name, self._by, around=around, past=past)
        if history is None:
            decisions = due_unread(safe, profile, exercises)
            safe = replace(safe, notes=(self._why, *safe.notes))
        else:
            decisions = due_today(safe, history, profile, exercises, asked.day)
        today = shape(safe, decisions, exercises, profile, asked.sets, asked.reps)
        if not today.routine.blocks:
            raise InputError(
                f"{safe.name}: every exercise of it is left out for now; `coach plan {name}` says why. {WALK}"
            )
        cares = judged_doses(today.routine, profile.person)  # also of the options
        pairs = zip(today.routine.blocks, today.planned, strict=True)
        why = (f"{block.exercise.name}: {plan.why}" for block, plan in pairs if plan.why)
        soon, broke_off = _too_soon(history, asked) if history else ((), ())
        routine = replace(today.routine, notes=(*soon, *today.routine.notes))
        return Fitted(routine, today.planned, (*soon, *broke_off, *notices, *cares, *why))

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


def _telling(request: Request, history: History | None) -> Shape:
    """Return how it is told: kind words in another order every day, fewer words for what she knows."""
    asked = request.training
    seed = asked.day.toordinal() if request.uses_history and not request.rehearsed else 0
    return Shape(
        live=True,
        words=Words.SHORT if asked.fewer_words else Words.FULL,
        times_done=history.times_done() if history else {},
        praise=seed if asked.praise else None,
    )


def _history(request: Request) -> tuple[History | None, tuple[str, ...]]:
    """Open what was done so far; where it can't be read, the session goes on without it, and says so."""
    if not request.uses_history:
        return None, ()
    if request.record.person.nobody:
        return None, (UNRECORDED,)
    try:
        history = History.open(request.record.history, request.training.day, request.record.person.history)
    except CoachError as error:
        if request.record.history or request.training.resume:
            raise
        return None, (f"{UNREAD} This session is not recorded: {error}",)
    return history, (history.notice,) if history.notice else ()


def _recorder(
    request: Request,
    planned: Mapping[str, tuple[PlannedBlock, ...]],
    report: Report,
    resumed: Unfinished | None = None,
    barred: BackPain | None = None,
) -> tuple[Recorder | None, tuple[str, ...]]:
    try:
        writer = HistoryWriter(request.record.history or request.record.person.history, report)
    except CoachError as error:
        if request.record.history or resumed:
            raise
        return None, (f"this session is not recorded: {error}",)
    recorder = Recorder(
        writer,
        planned,
        request.training.now,
        rehearsed=request.rehearsed,
        resumed=resumed,
        barred_by=barred.session if barred else None,
    )
    return recorder, (writer.notice,) if writer.notice else ()


def _resumed(request: Request, history: History | None, report: Report) -> Today:
    """Return the rest of the session that broke off today."""
    asked = request.training
    left = unfinished(history, asked.now.at, request.rehearsed) if history else None
    if left is None:
        raise InputError(
            "there is nothing to resume: no session of the last six hours broke off. Train without --resume."
        )
    name = asked.routine or left.routine or USUAL
    profile, wrong = profile_to_train(request.record.person.profile)
    exercises = load_exercises()
    try:
        whole = load_routine(name)
    except InputError as error:
        raise InputError(f"the session that broke off was {name!r}: name its file, coach run FILE --resume.") from error
    if whole.id != left.routine:
        raise InputError(f"the session that broke off was {left.routine!r}, not {whole.id!r}; resume that one.")
    past = Past(cleared=history.cleared_exercises()) if history else NOTHING_KNOWN
    routine = as_planned(
        fitting(name, Whose(profile), around=asked.around or EVERYTHING, past=past)[0],
        left.blocks,
        exercises,
        profile.units,
    )
    at = left.at
    place = ResumePoint(at.block, at.set_no, Side(at.side) if at.side else None, at.first_rep)
    recorder, notices = _recorder(request, {}, report, left)
    notices += wrong
    plan = SessionPlan(
        routine=routine,
        usual=USUAL,
        pace=asked.pace,
        asks_effort=True,
        asks_usability=asks_today(history, left.session),
        shape=_telling(request, history),
        place=place,
    )
    return Today(plan, (f"going on with {routine.name}: {_where(routine, place)}.", *notices), recorder)


def _where(routine: Routine, place: ResumePoint) -> str:
    side = f", {place.side}" if place.side else ""
    return f"{routine.blocks[place.block].exercise.name}, set {place.set_no}{side}, rep {place.first_rep}"
