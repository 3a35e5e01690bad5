"""Take the last command back, or put another answer in the place of the last one: within ten seconds."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.session.cursor import all_done, begin, current_rep, from_rep
from coach.session.effects import Effect, SpeechRate, Volume
from coach.session.events import Commanded
from coach.session.mode import Paused, Wait
from coach.session.rules.going_on import done
from coach.session.rules.pausing import resumed
from coach.session.rules.talking import answer
from coach.session.rules.tuning import set_pace
from coach.session.state import Outcome, Session, State, Undo
from coach.session.wording import say
from coach.timeline.cue import SegmentKind

WITHIN_S = 10.0
NEVER_S = float("inf")
TUNED = frozenset({
    Command.SLOWER, Command.FASTER, Command.LOUDER, Command.QUIETER, Command.SPEAK_SLOWER, Command.SPEAK_FASTER,
})  # fmt: skip
LEFT_BY = frozenset({
    Command.READY, Command.NEXT, Command.DONE, Command.SKIP, Command.BACK, Command.START_AGAIN, Command.SWITCH_SIDES,
})  # fmt: skip
"""What leaves a segment. Where it did, the one before comes back."""
UNDOABLE = TUNED | LEFT_BY | {Command.NUMBER}


def remembered(before: Session, session: Session, command: Command) -> Session:
    """Keep what a command changed, where it can be taken back; another command closes what was open before."""
    if command not in UNDOABLE or session.state is State.FINISHED:
        return replace(session, undo=None) if session.undo else session
    return replace(session, undo=Undo(replace(before, undo=None), command, session.now_s))


def fresh_undo(session: Session) -> Undo | None:
    """Return what can still be taken back: never what lies on the other side of a move, for she lies there now."""
    undo = session.undo
    if undo is None or session.now_s - undo.at_s > WITHIN_S or undo.before.position is not session.position:
        return None
    return undo


def undo_closes_s(session: Session) -> float:
    """Return until when the last command can be taken back, on the session clock; infinity where none can be now."""
    undo = fresh_undo(session)
    return NEVER_S if undo is None else undo.at_s + WITHIN_S


def corrects(session: Session) -> bool:
    """Tell whether a number now corrects the one she gave just before."""
    undo = fresh_undo(session)
    asked = undo is not None and undo.command is Command.NUMBER and undo.before.state is State.ASKING
    return asked and session.state in (State.WAITING, State.PLAYING) and session.kind is not SegmentKind.SET


def never_mind(session: Session, _: Commanded) -> Outcome:
    """Take the last command back: a pause, a change of pace or volume, a segment that was left."""
    if isinstance(session.mode, Paused):
        takes_up = session.wait in (Wait.PAUSE, Wait.STOP)
        return resumed(session) if takes_up else answer(session, (say("not_taken_back"),))
    undo = fresh_undo(session)
    if undo is None:
        return answer(session, (say("not_taken_back"),))
    if undo.command in TUNED:
        return _tuned_back(session, undo)
    left = undo.command in LEFT_BY and undo.before.state in (State.WAITING, State.PLAYING)
    return _back_in(session, undo) if left else answer(session, (say("not_taken_back"),))


def _tuned_back(session: Session, undo: Undo) -> Outcome:
    """Set pace, volume and speech as they were."""
    old, now = undo.before.tuning, session.tuning
    volume: tuple[Effect, ...] = (Volume(old.gain_db),) if old.gain_db != now.gain_db else ()
    rate: tuple[Effect, ...] = (SpeechRate(old.speech_rate),) if old.speech_rate != now.speech_rate else ()
    session = replace(session, undo=None, tuning=replace(now, gain_db=old.gain_db, speech_rate=old.speech_rate))
    session, effects = set_pace(session, old.pace, (say("taken_back"),))
    return session, (*volume, *rate, *effects)


def _back_in(session: Session, undo: Undo) -> Outcome:
    """Go back into the segment that was left. Its set is recorded when it is left again."""
    lines = (say("taken_back"),)
    back = as_before(session, undo)
    if back.kind is SegmentKind.SET:
        if all_done(back):
            return done(back, Commanded(Command.DONE))
        return begin(back, from_rep(back, current_rep(back)), lines)
    return begin(back, back.step, lines)


def as_before(session: Session, undo: Undo) -> Session:
    """Return the session as it was before, at the time that it is now."""
    return replace(undo.before, now_s=session.now_s, contact=session.contact, options=session.options)
