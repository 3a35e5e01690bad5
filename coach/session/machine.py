"""The state machine of a session: `start`, and `advance` from one event to the next. Pure: no sound, no clock.

The table in `transitions` says what a command does, the schedules in `timers` what time does. The events of the
segments are handled here. Whoever carries out the effects sends `PhaseBegan`, `RepDone`, `SegmentEnded`, `SpeechEnded`
and `Elapsed`: before every other event, and when a timer is due. README.md beside this file explains the machine.
"""

from collections.abc import Sequence
from dataclasses import replace

from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.library.exercise import Position
from coach.library.routine import Routine
from coach.session.cursor import ASKS, go_on
from coach.session.events import (
    Awoke,
    Commanded,
    DeviceBack,
    DeviceLost,
    Elapsed,
    Event,
    PhaseBegan,
    Puzzled,
    Remarked,
    RepDone,
    SegmentEnded,
    SpeechEnded,
    TakenBack,
    Unclear,
)  # fmt: skip
from coach.session.mode import Going, Question, State, Wait
from coach.session.mode_changes import finished, waiting
from coach.session.record import EndReason, Record, StepEnd
from coach.session.resuming import ResumePoint
from coach.session.rules.ending import begin_at, begin_routine, pain_or_help
from coach.session.rules.hurt import back_hurts
from coach.session.rules.pausing import awoke, device_back, device_lost, taken_back
from coach.session.rules.questions import ask, not_understood
from coach.session.rules.stopping import puzzled, was_that_stop
from coach.session.rules.talking import answer_over, remark
from coach.session.rules.undoing import remembered
from coach.session.state import (
    ClinicianAsked,
    Closed,
    Contact,
    Options,
    Outcome,
    SegmentClock,
    Session,
    SetProgress,
    Tuning,
)  # fmt: skip
from coach.session.timers import elapsed
from coach.session.transitions import opens, rule_for
from coach.timeline.cue import SegmentKind
from coach.timeline.step import Step

__all__ = [
    "Question", "Record", "ResumePoint", "Session", "State", "advance", "interrupted", "open_commands", "start",
    "start_with_who",
]  # fmt: skip

USUAL = "spine-strength"


def start(
    routine: Routine | None,
    *,
    t: float = 0.0,
    pace: float = 1.0,
    has_microphone: bool = True,
    choices: Sequence[Routine] = (),
    usual: str = USUAL,
    pause_limit_s: float | None = None,
    asks_effort: bool = False,
    asks_before: bool = False,
    asks_cleared: ClinicianAsked | None = None,
    offers_walk: bool = True,
    asks_usability: bool = False,
    resume_at: ResumePoint | None = None,
) -> Outcome:
    """Begin with a routine, or by asking which of `choices` (in the order of the commands' table) it is to be.

    `pause_limit_s` ends a pause as unanswered: 300 with a file as microphone, None where a person may come back.
    `asks_effort`: after each exercise how hard it was. `asks_before`: first how her back is.
    `asks_cleared`: whether a clinician agreed, and why; else there is no training. `offers_walk`: in its place.
    `asks_usability`: at the end how usable the coach is. `resume_at`: where in the routine it goes on, from standing.
    Raises ValueError without a routine or a choice, and for a point that the routine does not have.
    """
    if routine is None and not choices:
        raise ValueError("a session needs a routine or routines to choose from")
    options = Options(
        choices=tuple(choices), usual=usual, pause_limit_s=pause_limit_s, has_microphone=has_microphone,
        asks_effort=asks_effort, asks_before=asks_before, asks_cleared=asks_cleared, offers_walk=offers_walk,
        asks_usability=asks_usability,
    )  # fmt: skip
    session = _unbegun(options, t, pace)
    if routine is None:
        return ask(session, Question.ROUTINE)
    return begin_routine(session, routine) if resume_at is None else begin_at(session, routine, resume_at)


def start_with_who(people: Sequence[str], *, has_microphone: bool = True) -> Outcome:
    """Begin by asking who is training: with the answer this session is over, and hers can begin."""
    options = Options(has_microphone=has_microphone, people=tuple(people))
    return ask(_unbegun(options, 0.0, 1.0), Question.WHO)


def _unbegun(options: Options, t: float, pace: float) -> Session:
    """Return a session before its first step, standing."""
    return Session(
        options=options,
        routine=None,
        steps=(Step(SegmentKind.WELCOME, Position.STANDING),),
        index=0,
        position=Position.STANDING,
        record=Record(),
        now_s=t,
        mode=Going(),
        clock=SegmentClock(),
        in_set=SetProgress(),
        tuning=Tuning(pace),
        contact=Contact(),
    )


def advance(session: Session, event: Event) -> Outcome:
    """Return the session after an event, and what is to be done, in order."""
    if session.state is State.FINISHED:
        return session, ()
    match event:
        case Commanded():
            return _commanded(session, event)
        case Elapsed(t):
            return elapsed(session, t)
        case PhaseBegan(_, rep):
            return _phase_began(session, rep), ()
        case RepDone(rep):
            return _rep_done(session, rep)
        case SegmentEnded():
            return _segment_ended(session)
        case SpeechEnded():
            return _speech_ended(session)
        case Unclear(near):
            return _unclear(session, near)
        case Puzzled():
            return _puzzled(session)
        case TakenBack():
            return taken_back(session)
        case Remarked(about):
            return remark(session, about)
        case DeviceLost(what, why):
            return device_lost(session, what, why)
        case DeviceBack(what):
            return device_back(session, what)
        case Awoke():
            return awoke(session)


def open_commands(session: Session) -> frozenset[Command]:
    """Return the commands that do something now; while a question stands, its answers and what is always open."""
    return frozenset(command for command in Command if opens(rule_for(session, command)))


def why_closed(session: Session, command: Command) -> str | None:
    """Return why a command does nothing now; None when it does."""
    rule = rule_for(session, command)
    if rule is not_understood:
        return "it is no answer to what was asked"
    return rule.why if isinstance(rule, Closed) else None


def interrupted(session: Session) -> Session:
    """End the session from outside, for example because the program is stopped. Pain and a call for help are kept."""
    if session.state is State.FINISHED:
        return session
    ending_so = session.reason if session.reason in (EndReason.HURT, EndReason.EMERGENCY) else EndReason.INTERRUPTED
    reason = pain_or_help(session) or ending_so
    return finished(replace(session, record=replace(session.record, reason=reason), reason=reason))


def _commanded(session: Session, event: Commanded) -> Outcome:
    session = replace(session, contact=replace(session.contact, unheard_gates=0))
    rule = rule_for(session, event.command)
    if isinstance(rule, Closed):
        return session, ()
    after, effects = rule(session, event)
    return remembered(session, after, event.command), effects


def _in_set(session: Session) -> bool:
    return session.kind is SegmentKind.SET and session.state is State.PLAYING


def _phase_began(session: Session, rep: int) -> Session:
    if not _in_set(session):
        return session
    planned = session.block.reps if session.block else 0
    return replace(session, in_set=replace(session.in_set, rep=min(rep, session.done + 1, planned)))


def _rep_done(session: Session, rep: int) -> Outcome:
    if not _in_set(session):
        return session, ()
    planned = session.block.reps if session.block else 0
    done = max(session.done, min(rep, session.done + 1, planned))
    session = replace(session, in_set=replace(session.in_set, rep=0, done=done))
    return was_that_stop(session) if session.in_set.unclear else (session, ())


def _segment_ended(session: Session) -> Outcome:
    session = replace(session, clock=replace(session.clock, over=True))
    if session.question in ASKS.values() and session.times_asked == 1:
        return _answer_awaited(session), ()
    if session.state not in (State.WAITING, State.PLAYING) or session.held:
        return session, ()
    if session.kind is SegmentKind.GATE or session.leading_out:
        return session, ()
    if session.kind in (SegmentKind.MOVE, SegmentKind.SWITCH) and not session.alone:
        return session, ()
    return go_on(session, StepEnd.COMPLETED)


def _answer_awaited(session: Session) -> Session:
    """Wait for the answer from here on: the question's words have been said."""
    now = session.waiting
    first = now is not None and now.wait is Wait.QUESTION and now.fired == 0
    return waiting(session, Wait.QUESTION) if first else session


def _speech_ended(session: Session) -> Outcome:
    return answer_over(_answer_awaited(session))


def _puzzled(session: Session) -> Outcome:
    """Take what was not understood for pain in the back where that is asked; in a set, see whether it is trouble."""
    if session.question is Question.HURT_BACK:
        return back_hurts(session, Commanded(Command.IT_HURTS))
    return puzzled(session) if _in_set(session) else (session, ())


def _unclear(session: Session, near: Command) -> Outcome:
    if session.question is Question.HURT_BACK:
        return _puzzled(session)
    if near not in SAFETY or not _in_set(session) or session.in_set.stop_asked:
        return session, ()
    if not session.rep:
        return was_that_stop(session)
    return replace(session, in_set=replace(session.in_set, unclear=True, stop_asked=True)), ()
