"""Open the page of `--screen` for a session, and the person's browser on it."""

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.cli.session.request import ScreenRequest
from coach.hearing.vocabulary.phrase_table import Table
from coach.live.loop import Keys
from coach.live.opening import Parts
from coach.log.entries import DeviceEntry
from coach.log.writer import LogWriter

if TYPE_CHECKING:
    from coach.screen.screen import Screen


def open_page(stack: contextlib.ExitStack, asked: ScreenRequest, table: Table, log: LogWriter) -> "Screen | None":
    """Listen, print the address, try a browser; None where no page was asked for: then nothing listens."""
    if not asked.page:
        return None
    from coach.screen.browser import open_in_browser
    from coach.screen.screen import Screen

    screen = Screen(table, asked.flash, lambda what: log.add(DeviceEntry(0.0, f"screen: {what}")))
    stack.callback(screen.close)
    print(f"screen: {screen.address}", flush=True)
    open_in_browser(screen.address_once)
    return screen


def followed(parts: Parts, screen: "Screen | None") -> Parts:
    """Return a session's parts with the page among those who follow it and press its keys."""
    if screen is None:
        return parts
    return replace(
        parts,
        watchers=(*parts.watchers, screen.watch),
        observers=(*parts.observers, screen.see),
        pressed=_both(parts.pressed, screen.commands),
    )


def _both(one: Keys, other: Keys) -> Keys:
    return lambda: [*one(), *other()]
