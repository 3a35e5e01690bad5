"""Change the mode of a session, and with it the state. No other module sets `mode`."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Emergency
from coach.session.mode import Asking, Finished, Going, Interrupted, Parked, Paused, Question, State, Wait, Waiting
from coach.session.state import Session


def going(session: Session, wait: Wait | None) -> Session:
    """Let the segment at the cursor play, and wait for something from now on."""
    return replace(session, mode=Going(Waiting(wait, session.now_s) if wait else None))


def asking(session: Session, question: Question, parked: tuple[Question, ...], value: int | None = None) -> Session:
    """Ask a question. Where one follows another, `before` stays what the first one interrupted.

    Args: value: the number that it asks back.
    """
    waiting_for = Waiting(Wait.QUESTION, session.now_s)
    return replace(session, mode=Asking(question, waiting_for, session.before, parked=parked, value=value))


def asking_parked(session: Session) -> Session:
    """Ask the question that was put aside last. Raises ValueError where none was."""
    waiting_for = Waiting(Wait.QUESTION, session.now_s)
    match session.mode:
        case (
            Paused(parked=Parked(questions=(question, *rest), before=before))
            | Asking(parked=(question, *rest), before=before)
        ):
            return replace(session, mode=Asking(question, waiting_for, before, parked=tuple(rest)))
    raise ValueError("no question was put aside")


def asked_again(session: Session) -> Session:
    """Count that the question was put once more."""
    mode = session.mode
    return replace(session, mode=replace(mode, times=mode.times + 1)) if isinstance(mode, Asking) else session


def paused(session: Session, wait: Wait, need: Emergency = Emergency.HELP) -> Session:
    """Pause. A question that stands is put aside, unless this pause is done with it."""
    mode = Paused(_from_now(session, wait), session.now_s, session.state, _put_aside(session, wait), need)
    return replace(session, mode=mode)


def _put_aside(session: Session, wait: Wait) -> Parked | None:
    match session.mode:
        case Asking(question=question, before=before, parked=others):
            questions = (question, *others)
        case Paused(parked=Parked(questions=questions, before=before)):
            pass
        case _:
            return None
    kept = dict.fromkeys(each for each in questions if not _done_with(each, wait))
    return _parked(tuple(kept), before)


def _done_with(question: Question, wait: Wait) -> bool:
    """Tell whether a pause ends a question: hers ends "are you all right?", a call for help the usability scale."""
    if question is Question.ALL_RIGHT:
        return wait is not Wait.DEVICE
    return question is Question.USABLE and wait is Wait.EMERGENCY


def paused_by_answer(session: Session, wait: Wait) -> Session:
    """Pause because of an answer: its question is done with, those put aside before stay there."""
    mode = session.mode
    parked = _parked(mode.parked, mode.before) if isinstance(mode, Asking) else None
    need = session.before.need
    return replace(session, mode=Paused(_from_now(session, wait), session.now_s, State.ASKING, parked, need))


def finished(session: Session) -> Session:
    """End the session: no question stands and nothing is waited for."""
    return replace(session, mode=Finished())


def waiting(session: Session, wait: Wait, since_s: float | None = None) -> Session:
    """Wait for something within this mode, from now unless said otherwise."""
    return _with_waiting(session, Waiting(wait, session.now_s if since_s is None else since_s))


def count_fired(session: Session) -> Session:
    """Count that one more entry of the wait's schedule has fired."""
    now = session.waiting
    return session if now is None else _with_waiting(session, replace(now, fired=now.fired + 1))


def delayed(session: Session, by_s: float) -> Session:
    """Start the wait and the pause later, because this much time did not count."""
    now = session.waiting
    if now is not None:
        session = _with_waiting(session, replace(now, since_s=now.since_s + by_s))
    mode = session.mode
    return replace(session, mode=replace(mode, since_s=mode.since_s + by_s)) if isinstance(mode, Paused) else session


def _from_now(session: Session, wait: Wait) -> Waiting:
    return Waiting(wait, session.now_s)


def _parked(questions: tuple[Question, ...], before: Interrupted) -> Parked | None:
    return Parked(questions, before) if questions else None


def _with_waiting(session: Session, now: Waiting) -> Session:
    mode = session.mode
    return session if isinstance(mode, Finished) else replace(session, mode=replace(mode, waiting=now))
