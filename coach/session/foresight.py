"""Foresee what the coach may say next, by trying every open command on the session, which is only a value."""

from collections.abc import Iterator

from coach.hearing.vocabulary.commands import VALUES, Command
from coach.session.effects import Continue, Effect, Play, Say
from coach.session.events import Commanded, DeviceBack, DeviceKind, DeviceLost, SegmentEnded
from coach.session.machine import advance, open_commands
from coach.session.rules.usable import LEAST
from coach.session.state import Question, Session
from coach.timeline.build import step_texts
from coach.timeline.step import Shape


def sayable(session: Session) -> Iterator[str]:
    """Yield the sentences that any one command would make the coach say: answers first, then whole segments."""
    tried = [advance(session, event) for event in (*_losses(session), *_worth_trying(session))]
    effects = [effect for _, effects in tried for effect in effects]
    for effect in effects:
        yield from _lines(effect)
    for effect in effects:
        if isinstance(effect, Play) and session.routine is not None:
            yield from step_texts(session.routine, effect.step, Shape(live=True, pace=effect.pace))


def _losses(session: Session) -> Iterator[DeviceLost | DeviceBack]:
    """Yield what can happen to devices at any moment: what is said then may take no time to make."""
    if not session.contact.lost:
        yield DeviceLost(DeviceKind.EARS)
    yield from map(DeviceBack, sorted(session.contact.lost))


def _worth_trying(session: Session) -> Iterator[Commanded]:
    """Yield what she may say. What a number brings is only known where every number brings the same."""
    opened = sorted(open_commands(session) - {Command.NUMBER})
    yield from (Commanded(command) for command in opened)
    yield from (Commanded(command, value) for command in opened for value in _named(command))
    if session.question is Question.USABLE:
        yield Commanded(Command.NUMBER, LEAST)


def _named(command: Command) -> range:
    """Return the values that change what is said."""
    return range(1, len(VALUES[command])) if command in VALUES and command is not Command.IT_HURTS else range(0)


def next_plays(session: Session) -> Iterator[Play]:
    """Yield what plays when this segment ends by itself, or by "ready"."""
    for event in (SegmentEnded(), Commanded(Command.READY)):
        yield from (effect for effect in advance(session, event)[1] if isinstance(effect, Play))


def _lines(effect: Effect) -> tuple[str, ...]:
    match effect:
        case Say(lines):
            return lines
        case Play(say_first=lines) | Continue(say_first=lines):
            return lines
    return ()
