"""Ask: put a question, put it again, reject what is no answer. `transitions.ANSWERS` says what answers do."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.numbers import HARDEST
from coach.session.cursor import continued, good_bye, hold
from coach.session.effects import Chime, HoldCause, Say
from coach.session.events import Commanded
from coach.session.mode import Asking, Question, State, Wait
from coach.session.mode_changes import asked_again, asking, asking_parked, going, paused_by_answer, waiting
from coach.session.record import EndReason
from coach.session.state import Outcome, Session
from coach.session.usability import statement
from coach.session.wording import say, unloading
from coach.speech.voice import estimate
from coach.timeline.cue import SegmentKind
from coach.timeline.numbers import spoken
from coach.timeline.phrases import listed, phrases

TIMES = dict.fromkeys(Question, 2) | {Question.END: 1, Question.END_SURE: 1, Question.HURT: 1}
"""How often a question is asked."""

OWN_WAIT = {Question.HURT: Wait.HURT, Question.ALL_RIGHT: Wait.ALL_RIGHT, Question.END_SURE: Wait.END_SURE}


def ask(
    session: Session,
    question: Question,
    after: Command | HoldCause = HoldCause.SPEECH,
    say_first: tuple[str, ...] = (),
    *,
    parked: tuple[Question, ...] | None = None,
) -> Outcome:
    """Ask a question. A rest's clock runs on meanwhile, unless it hurts.

    `after` is the command that led to it. `parked` replaces the questions that are put aside.
    """
    session, silence = _quiet(session, question, after)
    session = asking(session, question, session.parked if parked is None else parked)
    session, effects = listen(session, (*say_first, *words(session, question)))
    return session, (*silence, *effects)


def ask_next(session: Session, question: Question, value: int | None = None) -> Outcome:
    """Put a question that follows an answer, while nothing plays.

    Args: value: the number that it asks back.
    """
    session = asking(session, question, session.parked, value)
    return listen(session, words(session, question))


def ask_parked(session: Session, say_first: tuple[str, ...] = ()) -> Outcome:
    """Ask the question that was put aside last."""
    question = session.parked[0]
    session, silence = _quiet(session, question, HoldCause.SPEECH)
    session, effects = listen(asking_parked(session), (*say_first, *words(session, question)))
    return session, (*silence, *effects)


def _quiet(session: Session, question: Question, after: Command | HoldCause) -> Outcome:
    if session.kind is SegmentKind.REST and not session.held and question is not Question.HURT:
        return session, ()
    session, silence = hold(session, after)
    return session, (silence,)


def ask_again(session: Session) -> Outcome:
    """Ask the question once more."""
    question = session.question
    if question is None:
        return session, ()
    return listen(asked_again(session), words(session, question))


def listen(session: Session, lines: tuple[str, ...]) -> Outcome:
    """Say the words and wait for the answer from their end on. After pain or worry, wait from now."""
    own = OWN_WAIT.get(session.question) if session.question else None
    if own and session.times_asked == 1:
        session = waiting(session, own)
    elif not own:
        session = waiting(session, Wait.QUESTION, session.now_s + sum(estimate(line) for line in lines))
    return session, (Say(lines, keep_ticks=False),)


def words(session: Session, question: Question) -> tuple[str, ...]:
    """Return a question's words."""
    if question is Question.HURT and session.kind is SegmentKind.MOVE:
        return (*phrases("move.way_out"), say("ask.hurt"))
    if question is Question.HURT:
        return (*unloading(session, "hurts"), say("ask.hurt"))
    if question is Question.WHO:
        return (say("who.there", names=listed(session.options.people)), say("ask.who"))
    if question is Question.CLEARED and session.options.asks_cleared:
        return (say(f"ask.{session.options.asks_cleared}"),)
    if question is Question.USABLE:
        return statement(session)
    if question is Question.TROUBLE:
        return (say("trouble_here"), say("ask.trouble"))
    if question is Question.EFFORT_SURE:
        return (say("ask.effort_sure", n=spoken(asked_back(session) or HARDEST)),)
    return (say(f"ask.{question.value}"),)


def asked_back(session: Session) -> int | None:
    """Return the number that the question that stands asks back."""
    return session.mode.value if isinstance(session.mode, Asking) else None


def key_words(session: Session) -> str:
    """Return the words from whose end on an answer counts: the question itself, without what follows a comma."""
    asked = words(session, session.question)[-1] if session.question else ""
    sentences = asked.replace(". ", ".|").replace("? ", "?|").replace("; ", ";|").split("|")
    question = next((sentence for sentence in sentences if sentence.endswith("?")), sentences[0])
    return question.partition(",")[0].rstrip(".?!;")


def repeat_question(session: Session, _: Commanded) -> Outcome:
    """Say the question again on request, which does not count as asking again."""
    return listen(session, words(session, session.question)) if session.question else (session, ())


def how_to_answer(session: Session, _: Commanded) -> Outcome:
    """Say how the question can be answered."""
    names = listed(session.options.people) if session.options.people else ""
    return listen(session, (say(f"answers.{session.question}", names=names),))


def not_understood(session: Session, _: Commanded) -> Outcome:
    """Ask again after what is no answer, while tries are left; then only chime."""
    if session.question in OWN_WAIT or session.question is None or session.times_asked >= TIMES[session.question]:
        return session, (Chime("hm"),)
    return ask_again(session)


def back_to_before(session: Session, say_first: tuple[str, ...]) -> Outcome:
    """Leave the question: for the one put aside before it, for the pause, or for what played."""
    before = session.before
    if session.parked:
        return ask_parked(session, say_first)
    if before.state is State.PAUSED:
        return to_pause(session, Wait.EMERGENCY if before.wait is Wait.EMERGENCY else Wait.PAUSE, say_first)
    if session.held or session.clock.over:
        return continued(session, say_first)
    return going(session, before.wait), (Say(say_first),)


def to_pause(session: Session, wait: Wait, lines: tuple[str, ...]) -> Outcome:
    """Pause because of an answer, from which only she goes on."""
    return paused_by_answer(session, wait), (Say(lines, keep_ticks=False),)


def answered_no_to_end(session: Session, _: Commanded) -> Outcome:
    """Go back to where she was, as she does not want to end."""
    paused = session.before.state is State.PAUSED
    return back_to_before(session, (say("still_paused" if paused else "going_on"),))


def finish_unanswered(session: Session) -> Outcome:
    """End because nobody answers."""
    return good_bye(replace(session, reason=EndReason.UNANSWERED))
