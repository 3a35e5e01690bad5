"""Asking: put a question, put it again, take no answer for one. What answers mean is listed in `transitions`."""

from dataclasses import replace

from coach.session.cursor import continued, good_bye, hold, waiting
from coach.session.effects import Chime, Effect, Say
from coach.session.events import Commanded
from coach.session.record import EndReason
from coach.session.state import Outcome, Question, Session, State, Wait
from coach.session.wording import say
from coach.speech.voice import estimate
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrases

TIMES = dict.fromkeys(Question, 2) | {Question.END: 1, Question.HURT: 1}
"""How often a question is asked."""

OWN_WAIT = {Question.HURT: Wait.HURT, Question.ALL_RIGHT: Wait.ALL_RIGHT}


def ask(session: Session, question: Question, after: str = "", say_first: tuple[str, ...] = ()) -> Outcome:
    """Put a question. A rest's clock runs on meanwhile, unless it hurts; `after` names the command that led to it."""
    before: tuple[Effect, ...] = ()
    if session.kind is not SegmentKind.REST or session.held or question is Question.HURT:
        session, silence = hold(session, after or "speech")
        before = (silence,)
    if session.state is not State.ASKING:
        session = replace(session, before=session.state, before_wait=session.wait)
    session = replace(session, state=State.ASKING, question=question, asked=0, answering=False)
    session, effects = ask_again(session, say_first)
    return session, (*before, *effects)


def ask_again(session: Session, say_first: tuple[str, ...] = ()) -> Outcome:
    """Put the question once more, and wait for its answer from the end of its words on."""
    if session.question is None:
        return session, ()
    session = replace(session, asked=session.asked + 1)
    return listen(session, (*say_first, *put(session)))


def listen(session: Session, lines: tuple[str, ...]) -> Outcome:
    """Say the question's words and wait for the answer; pain and worry count from now, words or no words."""
    own = OWN_WAIT.get(session.question) if session.question else None
    if own and session.asked == 1:
        session = waiting(session, own)
    elif not own:
        session = waiting(session, Wait.QUESTION, session.now_s + sum(estimate(line) for line in lines))
    return session, (Say(lines, keep_ticks=False),)


def put(session: Session) -> tuple[str, ...]:
    """Return the question's words."""
    question = session.question
    if question is None:
        return ()
    if question is Question.HURT and session.kind is SegmentKind.MOVE:
        return (*phrases("move.way_out"), say("ask.hurt"))
    return (say(f"ask.{question.value}"),)


def repeat_question(session: Session, _: Commanded) -> Outcome:
    """Say the question again, because she asked for it: that is no new question."""
    return listen(session, put(session))


def how_to_answer(session: Session, _: Commanded) -> Outcome:
    """Say what can be answered."""
    return listen(session, (say(f"answers.{session.question}"),))


def not_understood(session: Session, _: Commanded) -> Outcome:
    """Take anything that is no answer for a first try: ask again while that is left, else only a small sound."""
    if session.question in OWN_WAIT or session.question is None or session.asked >= TIMES[session.question]:
        return session, (Chime("hm"),)
    return ask_again(session)


def back_to_before(session: Session, say_first: tuple[str, ...] = ()) -> Outcome:
    """Leave the question: to the one put aside before, to the pause, or on with what played."""
    if session.parked:
        question, *rest = session.parked
        return ask(replace(session, parked=tuple(rest)), question, say_first=say_first)
    if session.before is State.PAUSED:
        return to_pause(session, say_first)
    if session.held or session.over:
        return continued(session, say_first)
    session = replace(session, state=session.before, question=None, asked=0)
    spoken: tuple[Effect, ...] = (Say(say_first),) if say_first else ()
    return waiting(session, session.before_wait), spoken


def to_pause(session: Session, lines: tuple[str, ...] = ()) -> Outcome:
    """Be in a pause, after a question."""
    wait = Wait.EMERGENCY if session.before_wait is Wait.EMERGENCY else Wait.PAUSE
    session = replace(
        session, state=State.PAUSED, question=None, asked=0, paused_s=session.now_s, paused_from=State.ASKING
    )  # fmt: skip
    return waiting(session, wait), ((Say(lines, keep_ticks=False),) if lines else ())


def answered_no_to_end(session: Session, _: Commanded) -> Outcome:
    """No: back to where she was."""
    return back_to_before(session, (say("going_on"),) if session.before is not State.PAUSED else (say("still_paused"),))


def finish_unanswered(session: Session) -> Outcome:
    """End because nobody answers."""
    return good_bye(replace(session, reason=EndReason.UNANSWERED))
