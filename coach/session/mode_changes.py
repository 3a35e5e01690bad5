"""Put a session into a mode: the only module that sets `mode`, and with it the state."""

from dataclasses import replace

from coach.session.mode import Asking, Finished, Going, Interrupted, Parked, Paused, Question, State, Wait, Waiting
from coach.session.state import Session


def going(session: Session, wait: Wait | None) -> Session:
    """Let the segment at the cursor play, and wait from now for what it waits for."""
    return replace(session, mode=Going(Waiting(wait, session.now_s) if wait else None))


def asking(session: Session, question: Question, parked: tuple[Question, ...]) -> Session:
    """Let a question stand. One that follows another still goes back to what the first one interrupted."""
    waiting_for = Waiting(Wait.QUESTION, session.now_s)
    return replace(session, mode=Asking(question, waiting_for, session.before, parked=parked))


def asking_parked(session: Session) -> Session:
    """Let the question that was put aside last stand again. ValueError: none was put aside."""
    waiting_for = Waiting(Wait.QUESTION, session.now_s)
    match session.mode:
        case (
            Paused(parked=Parked(questions=(question, *rest), before=before))
            | Asking(parked=(question, *rest), before=before)
        ):
            return replace(session, mode=Asking(question, waiting_for, before, parked=tuple(rest)))
    raise ValueError("no question was put aside")


def asked_again(session: Session) -> Session:
    """Count one more time that the question was put."""
    mode = session.mode
    return replace(session, mode=replace(mode, times=mode.times + 1)) if isinstance(mode, Asking) else session


def paused(session: Session, wait: Wait) -> Session:
    """Pause. A question that stands is put aside, but "are you all right?" is done with."""
    match session.mode:
        case Asking(question=Question.ALL_RIGHT, before=before, parked=questions):
            parked = _parked(questions, before)
        case Asking(question=question, before=before, parked=questions):
            parked = _parked((question, *(other for other in questions if other is not question)), before)
        case Paused(parked=parked):
            pass
        case _:
            parked = None
    return _paused(session, wait, session.state, parked)


def paused_by_answer(session: Session, wait: Wait) -> Session:
    """Pause because of an answer: the question is done with, those put aside before stay so."""
    mode = session.mode
    parked = _parked(mode.parked, mode.before) if isinstance(mode, Asking) else None
    return _paused(session, wait, State.ASKING, parked)


def finished(session: Session) -> Session:
    """End the session: nothing stands and nothing is waited for any more."""
    return replace(session, mode=Finished())


def waiting(session: Session, wait: Wait, since_s: float | None = None) -> Session:
    """Wait for something within this mode, from now unless said otherwise."""
    return _with_waiting(session, Waiting(wait, session.now_s if since_s is None else since_s))


def rung(session: Session) -> Session:
    """Count that one more entry of the wait's schedule came up."""
    now = session.waiting
    return session if now is None else _with_waiting(session, replace(now, rung=now.rung + 1))


def delayed(session: Session, by_s: float) -> Session:
    """Let a wait, and a pause, last so much longer: the session clock stood still for them."""
    now = session.waiting
    if now is not None:
        session = _with_waiting(session, replace(now, since_s=now.since_s + by_s))
    mode = session.mode
    return replace(session, mode=replace(mode, since_s=mode.since_s + by_s)) if isinstance(mode, Paused) else session


def _paused(session: Session, wait: Wait, interrupted: State, parked: Parked | None) -> Session:
    now = session.now_s
    return replace(session, mode=Paused(Waiting(wait, now), now, interrupted, parked))


def _parked(questions: tuple[Question, ...], before: Interrupted) -> Parked | None:
    return Parked(questions, before) if questions else None


def _with_waiting(session: Session, now: Waiting) -> Session:
    mode = session.mode
    return session if isinstance(mode, Finished) else replace(session, mode=replace(mode, waiting=now))
