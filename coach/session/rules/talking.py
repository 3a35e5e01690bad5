"""Say something beside what plays: over a set, a rest or a walk that goes on, while any other segment holds."""

from dataclasses import replace

from coach.session.cursor import hold
from coach.session.effects import Continue, From, HoldCause, Say
from coach.session.events import Remark
from coach.session.mode import State
from coach.session.state import HeldUntil, Outcome, Session
from coach.session.wording import say
from coach.timeline.cue import SegmentKind

RUNS_ON = frozenset({SegmentKind.SET, SegmentKind.REST, SegmentKind.WALK})


def answer(session: Session, lines: tuple[str, ...]) -> Outcome:
    """Say something. A set, a rest, a walk go on meanwhile; elsewhere every sentence matters, so the segment waits."""
    if session.held and not session.answering:
        return session, (Say(lines, keep_ticks=False),)
    if session.kind in RUNS_ON or session.state is State.FINISHED:
        return session, (Say(lines),)
    session, silence = hold(session, HoldCause.SPEECH)
    clock = replace(session.clock, held_until=HeldUntil.ANSWER_SAID)
    return replace(session, clock=clock), (silence, Say(lines, keep_ticks=False))


def remark(session: Session, about: Remark) -> Outcome:
    """Say something about hearing or a device, where nothing matters more."""
    if not may_remark(session):
        return session, ()
    return answer(session, (say(f"remark.{about}"),))


def may_remark(session: Session) -> bool:
    """Tell whether a remark fits now: no question, no pause, no answer under way."""
    return session.state in (State.WAITING, State.PLAYING) and not session.answering


def answer_over(session: Session) -> Outcome:
    """Let the segment go on after an answer."""
    if not session.answering or session.state not in (State.WAITING, State.PLAYING):
        return session, ()
    return replace(session, clock=replace(session.clock, held_until=None)), (Continue(From.SENTENCE),)
