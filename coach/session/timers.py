"""The timers: what happens when nobody answers. Each wait has a schedule, in seconds from where it began."""

from collections.abc import Callable
from dataclasses import replace

from coach.session.cursor import good_bye
from coach.session.effects import Effect, Say
from coach.session.mode import Paused, Question, State, Wait
from coach.session.mode_changes import count_fired, delayed, waiting
from coach.session.record import EndReason
from coach.session.rules.before import before_unanswered, no_walk, not_cleared
from coach.session.rules.effort import effort_unanswered
from coach.session.rules.ending import choose_usual, end_now
from coach.session.rules.going_on import ask_for_ready, go_on_alone, go_on_unheard, name_rest_position, warn_going_on
from coach.session.rules.hurt import call_for_help, finish_hurt, place_untold, way_out
from coach.session.rules.questions import TIMES, ask, ask_again, finish_unanswered
from coach.session.rules.stopping import in_trouble, on_from_that_rep
from coach.session.rules.undoing import NEVER_S, undo_closes_s
from coach.session.rules.usable import statements_later
from coach.session.rules.who import nobody_named
from coach.session.state import Outcome, Session
from coach.session.wording import call, say

TimerAction = Callable[[Session], Outcome]

CALL_EVERY_S = 30.0

UNANSWERED: dict[Question, TimerAction] = {
    Question.WHO: nobody_named,
    Question.ROUTINE: choose_usual,
    Question.END: end_now,
    Question.END_SURE: end_now,
    Question.ALL_RIGHT: finish_unanswered,
    Question.HURT: way_out,
    Question.HURT_BACK: place_untold,
    Question.HURT_NEXT: call_for_help,
    Question.STOP: on_from_that_rep,
    Question.EFFORT: effort_unanswered,
    Question.EFFORT_SURE: effort_unanswered,
    Question.BEFORE: before_unanswered,
    Question.CLEARED: not_cleared,
    Question.WALK: no_walk,
    Question.TROUBLE: in_trouble,
    Question.USABLE: statements_later,
}


def no_answer(session: Session) -> Outcome:
    """Ask again while the question has tries left, then do what silence means."""
    if session.question is None:
        return session, ()
    if session.times_asked < TIMES[session.question]:
        return ask_again(session)
    return UNANSWERED[session.question](session)


def how_to_go_on(session: Session) -> Outcome:
    """Say how to go on or end."""
    return session, (Say((say("stopped"),), keep_ticks=False),)


def are_you_all_right(session: Session) -> Outcome:
    """Ask whether she is all right."""
    return ask(session, Question.ALL_RIGHT)


def call_again(session: Session) -> Outcome:
    """Say again to call for help, until she resumes or ends."""
    since_s = session.waiting.since_s if session.waiting else session.now_s
    session = waiting(session, Wait.EMERGENCY, since_s + CALL_EVERY_S)
    return session, (Say(call(session.need), keep_ticks=False),)


SCHEDULES: dict[Wait, tuple[tuple[float, TimerAction], ...]] = {
    Wait.GATE: ((20.0, ask_for_ready), (45.0, ask_for_ready), (75.0, warn_going_on)),
    Wait.MOVE: ((60.0, ask_for_ready), (90.0, ask_for_ready), (120.0, warn_going_on)),
    Wait.SWITCH: ((40.0, ask_for_ready), (65.0, ask_for_ready), (95.0, warn_going_on)),
    Wait.GOING_ON: ((15.0, go_on_unheard),),
    Wait.UNHEARD: ((15.0, go_on_alone),),
    Wait.WAY_OUT: ((60.0, ask_for_ready), (90.0, ask_for_ready), (120.0, call_for_help)),
    Wait.CALL_FOR_HELP: ((300.0, finish_hurt),),
    Wait.PAUSE: ((10.0, name_rest_position),),
    Wait.STOP: ((2.0, how_to_go_on), (60.0, are_you_all_right)),
    Wait.EMERGENCY: ((CALL_EVERY_S, call_again),),
    Wait.DEVICE: (),
    Wait.QUESTION: ((12.0, no_answer),),
    Wait.HURT: ((10.0, way_out),),
    Wait.END_SURE: ((8.0, end_now),),
    Wait.ALL_RIGHT: ((12.0, no_answer), (240.0, finish_unanswered)),
}
"""Seconds and what they fire. `ALL_RIGHT` is asked a minute after the stop, so 240 s are five minutes after it."""


EARLY_S = 0.001
"""Before a time that is a sum: no rounding may make a timer late."""


def next_due_s(session: Session) -> float:
    """Return the session time until which `elapsed` only moves clocks; infinity where only an event changes more."""
    times = (_timer_due_s(session), _given_up_s(session), undo_closes_s(session))
    return min(times) - EARLY_S


def elapsed(session: Session, t: float) -> Outcome:
    """Move the session clock on, and do what is due."""
    passed = max(0.0, t - session.now_s)
    now_s = max(session.now_s, t)
    if _stands_still(session):
        return delayed(replace(session, now_s=now_s), passed), ()
    clock = session.clock if session.held else replace(session.clock, ran_s=session.clock.ran_s + passed)
    session = replace(session, now_s=now_s, clock=clock)
    if _given_up(session):
        return good_bye(replace(session, reason=_reason_of_silence(session)))
    return fire_due(session)


def _stands_still(session: Session) -> bool:
    """Tell whether waits stand still: a pause does while a device is gone, but for a call for help."""
    return bool(session.contact.lost) and session.state is State.PAUSED and session.wait is not Wait.EMERGENCY


def fire_due(session: Session) -> Outcome:
    """Fire every timer that is due, one after the other."""
    effects: tuple[Effect, ...] = ()
    while (due := _next_due(session)) is not None:
        session, more = due(count_fired(session))
        effects += more
    return session, effects


def _next_due(session: Session) -> TimerAction | None:
    now = session.waiting
    if now is None or now.fired >= len(SCHEDULES[now.wait]):
        return None
    after_s, rule = SCHEDULES[now.wait][now.fired]
    return rule if session.now_s - now.since_s >= after_s else None


def _timer_due_s(session: Session) -> float:
    now = session.waiting
    if now is None or _stands_still(session) or now.fired >= len(SCHEDULES[now.wait]):
        return NEVER_S
    return now.since_s + SCHEDULES[now.wait][now.fired][0]


def _given_up(session: Session) -> bool:
    limit, mode = session.options.pause_limit_s, session.mode
    return limit is not None and isinstance(mode, Paused) and session.now_s - mode.since_s >= limit


def _given_up_s(session: Session) -> float:
    limit, mode = session.options.pause_limit_s, session.mode
    if limit is None or _stands_still(session) or not isinstance(mode, Paused):
        return NEVER_S
    return mode.since_s + limit


def _reason_of_silence(session: Session) -> EndReason:
    if session.wait is Wait.EMERGENCY:
        return EndReason.EMERGENCY
    return EndReason.HURT if session.leading_out else EndReason.UNANSWERED
