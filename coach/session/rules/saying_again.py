"""Repeat what she is in the middle of: a sentence, a set-up, a rep, an announcement."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Again, Command, value_of
from coach.session.cursor import current_rep, from_rep, rebuild
from coach.session.effects import Continue, From
from coach.session.events import Commanded
from coach.session.mode_changes import going
from coach.session.rules.answers import coming
from coach.session.rules.jumps import jump, setup_again
from coach.session.rules.talking import answer
from coach.session.state import Outcome, SegmentClock, Session
from coach.timeline.step import RESUME_COUNT_IN_S

TWICE_WITHIN_S = 5.0


def asks_how(said: Commanded) -> bool:
    """Tell whether she asks how the exercise goes, not for the last words."""
    return said.command is Command.REPEAT and said.value == value_of(Command.REPEAT, Again.HOW)


def sentence_again(session: Session, said: Commanded) -> Outcome:
    """Say this sentence again; asked twice within 5 s, or how it goes, the whole segment."""
    clock = session.clock
    lately = clock.repeated_s is not None and session.now_s - clock.repeated_s <= TWICE_WITHIN_S
    twice = lately or asks_how(said)
    clock = SegmentClock(clock.ran_s, repeated_s=None if twice else session.now_s)
    start = From.START if twice else From.SENTENCE_AGAIN
    return going(replace(session, clock=clock), session.wait), (Continue(start),)


def set_up_again(session: Session, said: Commanded) -> Outcome:
    """Go through the set-up again."""
    return jump(session, said.command, lambda _: setup_again(session))


def rep_again(session: Session, said: Commanded) -> Outcome:
    """Finish this rep, then do it again after its key cue and a short count-in. Asked how it goes: the set-up."""
    if asks_how(said):
        return set_up_again(session, said)
    return rebuild(session, from_rep(session, current_rep(session), RESUME_COUNT_IN_S, key_cue=True))


def announcement_again(session: Session, _: Commanded) -> Outcome:
    """Say again what comes next and what it needs; the rest runs on."""
    return answer(session, coming(session))
