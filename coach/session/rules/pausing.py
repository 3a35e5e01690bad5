"""Pause: by "pause", "stop", a call for help, a lost device or a machine that slept; and resume."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command, Emergency, need_of
from coach.session.cursor import continued, hold
from coach.session.effects import Chime, Effect, HoldCause, Say, SayAgain
from coach.session.events import Commanded, DeviceKind, LossReason
from coach.session.mode import Paused, Question, State, Wait
from coach.session.mode_changes import paused, waiting
from coach.session.rules.questions import ask_parked, words
from coach.session.state import Effects, Outcome, Session
from coach.session.wording import call, in_need, say
from coach.timeline.cue import SegmentKind


def pause(session: Session, said: Commanded) -> Outcome:
    """Silence at once; the timer then names the rest position."""
    return _held(session, said.command, Wait.PAUSE)


def stop(session: Session, said: Commanded) -> Outcome:
    """Silence at once; the timer then says how to go on or end."""
    return _held(session, said.command, Wait.STOP)


def emergency(session: Session, said: Commanded) -> Outcome:
    """Silence at once, then out from under the load, down, and how to get help. It never goes on by itself."""
    need = need_of(said.value if said.command is Command.EMERGENCY else None)
    lines = in_need(session, need)
    session, silence = _held(session, said.command, Wait.EMERGENCY, need)
    return session, (*silence, Say(lines, keep_ticks=False))


def _held(session: Session, after: Command | HoldCause, wait: Wait, need: Emergency = Emergency.HELP) -> Outcome:
    hurt_goes_on = session.question is Question.HURT and wait is not Wait.EMERGENCY
    in_emergency = session.state is State.PAUSED and session.wait is Wait.EMERGENCY
    emergency_goes_on = in_emergency and wait is not Wait.EMERGENCY
    session, silence = hold(session, after)
    if hurt_goes_on or emergency_goes_on:
        return session, (silence,)
    return paused(counted(session, session.state), wait, need), (silence,)


def counted(session: Session, interrupted: State) -> Session:
    """Count a pause of a set that was playing."""
    if interrupted is not State.PLAYING or session.kind is not SegmentKind.SET:
        return session
    return replace(session, in_set=replace(session.in_set, pauses=session.in_set.pauses + 1))


def resume(session: Session, _: Commanded) -> Outcome:
    """Resume; a question that was put aside comes first."""
    return resumed(session)


def resumed(session: Session, say_first: tuple[str, ...] = ()) -> Outcome:
    """Ask the question that was put aside, or go on with what was held: by key also where she can't be heard."""
    if session.contact.lost & {DeviceKind.MICROPHONE, DeviceKind.EARS}:
        say_first = (*say_first, say("unheard"))
    return ask_parked(session, say_first) if session.parked else continued(session, say_first)


def taken_back(session: Session) -> Outcome:
    """Undo a pause or a stop that nobody said. Her own pause, pain and a call for help stay until she ends them."""
    mode = session.mode
    if not isinstance(mode, Paused) or mode.waiting.wait not in (Wait.PAUSE, Wait.STOP):
        return session, ()
    if mode.interrupted is State.PAUSED or (mode.interrupted is State.ASKING and not mode.parked):
        return waiting(session, Wait.PAUSE), ()
    return (waiting(session, Wait.DEVICE), ()) if session.contact.lost else resumed(session)


def last_words(session: Session, _: Commanded) -> Outcome:
    """Say the last sentence again, within the pause."""
    if session.wait is Wait.EMERGENCY:
        return session, (Say(call(session.need), keep_ticks=False),)
    return session, (SayAgain(),)


def device_lost(session: Session, what: DeviceKind, why: LossReason) -> Outcome:
    """Hold everything while a device is gone."""
    known = session.contact.lost
    session = replace(session, contact=replace(session.contact, lost=known | {what}))
    notice = _notice(what, why)
    if session.state is State.PAUSED:
        return session, () if known else notice
    if what in known:  # she went on without it, by key
        return session, ()
    session, silence = hold(session, HoldCause.DEVICE)
    return paused(counted(session, session.state), Wait.DEVICE), (silence, *notice)


def _notice(what: DeviceKind, why: LossReason = LossReason.LOST) -> Effects:
    """Return what can still be said, or sounded, about a loss."""
    match what:
        case DeviceKind.MICROPHONE:
            return (Say((say(f"microphone_{why}"),), keep_ticks=False),)
        case DeviceKind.EARS:
            return (Say((say("ears_lost"),), keep_ticks=False),)
        case DeviceKind.VOICE:
            return (Chime("chime"),)
        case DeviceKind.SPEAKER:
            return ()


def device_back(session: Session, what: DeviceKind) -> Outcome:
    """Say that it is back. Go on if only the device held the session."""
    missing = session.contact.lost
    session = replace(session, contact=replace(session.contact, lost=missing - {what}))
    if what not in missing:
        return session, ()
    if session.contact.lost:
        return session, _still_missing(session)
    if session.state is State.PAUSED and session.wait is Wait.DEVICE:
        return resumed(session, (say("device_back"),))
    lines: Effect = Say((say("device_back"), *_still(session)), keep_ticks=False)
    return session, (lines,)


def _still_missing(session: Session) -> Effects:
    """Return what there is to say of the devices that still hold the session."""
    if session.state is not State.PAUSED:  # none does: she went on by key
        return ()
    return tuple(effect for lost in sorted(session.contact.lost) for effect in _notice(lost))


def awoke(session: Session) -> Outcome:
    """Hold after the machine slept, and say so. Whoever woke it is not in position: she says when it goes on."""
    session, silence = _held(session, HoldCause.SLEEP, Wait.PAUSE)
    return session, (*silence, Say((say("was_asleep"), *_after_sleep(session)), keep_ticks=False))


def _after_sleep(session: Session) -> tuple[str, ...]:
    if session.question is not None:
        return words(session, session.question)
    return call(session.need) if session.wait is Wait.EMERGENCY else (say("resume_after_sleep"),)


def _still(session: Session) -> tuple[str, ...]:
    if session.state is not State.PAUSED:
        return ()
    return call(session.need) if session.wait is Wait.EMERGENCY else (say("still_paused"),)
