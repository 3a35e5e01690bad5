"""Let media keys and the buttons of earphones steer a session that somebody trains in."""

import contextlib
from dataclasses import replace

from coach.live.opening import Parts
from coach.log.entries import DeviceEntry
from coach.log.writer import LogWriter
from coach.screen.remote import Remote


def steered(stack: contextlib.ExitStack, parts: Parts, log: LogWriter) -> Parts:
    """Return a session's parts with the keys among what is pressed; trouble with them is only logged."""
    if not parts.real:
        return parts
    remote = Remote(lambda clock_s, what: log.add(DeviceEntry(clock_s, what)))
    stack.callback(remote.close)
    pressed = parts.pressed
    return replace(
        parts,
        observers=(*parts.observers, remote.see),
        pressed=lambda: [*pressed(), *remote.commands()],
    )
