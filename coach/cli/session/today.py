"""Turn a request into today's session: made safe for the person, shaped by the history, ready to be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass

from coach.cli.files.shaping import checked_counts, checked_pace
from coach.cli.session.fitter import Fitter
from coach.cli.session.request import Request
from coach.cli.training.person import NOTHING_KNOWN, Past, Whose, fitting
from coach.errors import CoachError, InputError
from coach.hearing.vocabulary.phrase_table import Table
from coach.library.exercise import Side
from coach.library.files import load_exercises, load_routine
from coach.library.routine import EVERYTHING, Routine, walk_routine
from coach.library.walk import Walk
from coach.live.opening import SessionPlan
from coach.session.machine import USUAL, ResumePoint
from coach.session.state import ClinicianAsked
from coach.threads import Report, nobody
from coach.timeline.step import Shape, Words
from coach.training import back_pain
from coach.training.history import BackPain, History
from coach.training.people.salvage import NOBODY, ProfileToTrain, profile_to_train
from coach.training.recorder import Recorder
from coach.training.shape import UNREAD, UNREAD_PROFILE, as_planned
from coach.training.unfinished import Unfinished, unfinished
from coach.training.usability.asked import asks_today
from coach.training.walking.pain import gentler, walk_pain
from coach.training.walking.recorder import WalkRecorder
from coach.training.writer import HistoryWriter, PlannedBlock

UNKNOWN = "I don't know who's training, so today everything is at its easiest. Leave out anything that's been hurting."
UNRECORDED = "I don't know who's training, so we'll be as careful as possible today, and nothing is recorded."


@dataclass(frozen=True, slots=True)
class Today:
    """Today's session."""

    plan: SessionPlan
    notices: tuple[str, ...]
    """What is to be read before it begins: changes, cares, and what is wrong with the history."""
    recorder: Recorder | WalkRecorder | None
    """None: nothing is recorded."""


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
    found = NOBODY if nobody else profile_to_train(request.record.person.profile)
    notices += found.told
    fitter = Fitter(asked, history, found, unread=_unread(request, history, found))
    names = [choice.name for choice in table.choices]
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
        asks_cleared=_why_asked(barred, found),
        offers_walk=history is None or walk_pain(history) is None,
        asks_usability=not nobody and asks_today(history),
        shape=_telling(request, history),
    )
    notices += tuple(dict.fromkeys(line for one in fitted for line in one.notices))
    planned = {one.routine.id: one.planned for one in fitted}
    notices += (back_pain.line(barred),) if barred else ()
    recorder, trouble = _recorder(request, planned, report, barred=barred) if history else (None, ())
    return Today(plan, (*notices, *trouble), recorder)


def _unread(request: Request, history: History | None, found: ProfileToTrain) -> str | None:
    """Return why it has to be the least of everything, as it is said; None: all is known."""
    if request.record.person.nobody:
        return UNKNOWN
    if request.uses_history and history is None:
        return UNREAD
    return None if found.condition_known else UNREAD_PROFILE


def _why_asked(barred: BackPain | None, found: ProfileToTrain) -> ClinicianAsked | None:
    """Return why she is asked first whether a clinician agreed."""
    if barred is not None:
        return ClinicianAsked.WALK_HURT if barred.walking else ClinicianAsked.BACK_PAIN
    return None if found.condition_known else ClinicianAsked.PROFILE_UNREAD


def _walk(request: Request, walk: Walk, report: Report) -> Today:
    """Return a walk, which needs no plan; its minutes count toward the week, unless it is nobody's.

    Where it hurt in the last one she is asked first, or it is a gentler one.
    """
    person, now = request.record.person, request.training.now
    if person.nobody:
        return Today(SessionPlan(routine=walk_routine(walk), usual=USUAL), (UNRECORDED,), None)
    try:
        pain = walk_pain(History.open(None, now.day, person.history))
        writer = HistoryWriter(person.history, report)
    except CoachError as error:
        plan = SessionPlan(routine=walk_routine(walk), usual=USUAL)
        return Today(plan, (f"this walk isn't being recorded: {error}",), None)
    asks = ClinicianAsked.WALK_HURT if pain and pain.asks else None
    today = gentler(walk) if pain and not pain.asks else walk
    plan = SessionPlan(routine=walk_routine(today), usual=USUAL, asks_cleared=asks, offers_walk=pain is None)
    barred_by = pain.session if pain and pain.asks else None
    recorder = WalkRecorder(writer, now, rehearsed=request.rehearsed, barred_by=barred_by)
    return Today(plan, (*((pain.line,) if pain else ()), *((writer.notice,) if writer.notice else ())), recorder)


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
        return None, (f"{UNREAD} This session isn't being recorded: {error}",)
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
        return None, (f"this session isn't being recorded: {error}",)
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
            "there's nothing to resume: no session was cut short in the last six hours. Train without --resume."
        )
    name = asked.routine or left.routine or USUAL
    found = profile_to_train(request.record.person.profile)
    if not found.condition_known:
        raise InputError(f"{found.told[0]} So I can't resume your session: train without --resume.")
    exercises = load_exercises()
    try:
        whole = load_routine(name)
    except InputError as error:
        raise InputError(f"the session cut short was {name!r}; name its file: coach run FILE --resume.") from error
    if whole.id != left.routine:
        raise InputError(f"the session that was cut short was {left.routine!r}, not {whole.id!r}; resume that one.")
    past = Past(cleared=history.cleared_exercises()) if history else NOTHING_KNOWN
    routine = as_planned(
        fitting(name, Whose(found.profile), around=asked.around or EVERYTHING, past=past)[0],
        left.blocks,
        exercises,
        found.profile.units,
    )
    at = left.at
    place = ResumePoint(at.block, at.set_no, Side(at.side) if at.side else None, at.first_rep)
    recorder, notices = _recorder(request, {}, report, left)
    notices += found.told
    plan = SessionPlan(
        routine=routine,
        usual=USUAL,
        pace=asked.pace,
        asks_effort=True,
        asks_usability=asks_today(history, left.session),
        shape=_telling(request, history),
        place=place,
    )
    return Today(plan, (f"carrying on with {routine.name}: {_where(routine, place)}.", *notices), recorder)


def _where(routine: Routine, place: ResumePoint) -> str:
    side = f", {place.side}" if place.side else ""
    return f"{routine.blocks[place.block].exercise.name}, set {place.set_no}{side}, rep {place.first_rep}"
