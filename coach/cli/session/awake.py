"""Keep the machine awake for a session: log what does it, say once where nothing does."""

import contextlib
from collections.abc import Callable

from coach.cli.session.view import SessionView
from coach.devices.awake import WakeLock
from coach.log.entries import DeviceEntry, Entry
from coach.log.writer import LogWriter
from coach.threads import Report

NOTHING = "this computer may go to sleep while you train: check its settings to make sure it doesn't."


def kept_awake(
    stack: contextlib.ExitStack, log: LogWriter, view: SessionView, report: Report, *, screen: bool
) -> Callable[[Entry], None]:
    """Hold the machine awake until the stack unwinds; return a watcher of the session that tells what came of it.

    `screen`: a page is looked at, so it shall not go dark.
    """
    lock = WakeLock(screen=screen, report=report)
    stack.callback(lock.close)
    told = False

    def watch(entry: Entry) -> None:
        nonlocal told
        if told or not lock.settled:
            return
        told = True
        log.add(DeviceEntry(entry.t, f"awake: {lock.method or 'nothing'}"))
        if lock.method is None:
            view.note(NOTHING)

    return watch
