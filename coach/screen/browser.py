"""Open an address in the person's own browser, where there is a graphical one."""

import os
import shutil
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Mapping, Sequence
from pathlib import PurePath

CONSOLE = frozenset({"www-browser", "links", "links2", "elinks", "lynx", "w3m", "browsh", "carbonyl"})
"""Browsers that would take the terminal for themselves."""
_OPENERS = ("xdg-open", "gio", "x-www-browser", "firefox", "chromium", "google-chrome")


def open_in_browser(address: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Open an address without waiting and without a word on the terminal; tell whether there was a browser to try."""
    if sys.platform in ("win32", "darwin"):
        threading.Thread(target=webbrowser.open, args=(address,), name="browser", daemon=True).start()
        return True
    command = opener(environment)
    if command is None:
        return False
    threading.Thread(target=_run, args=([*command, address],), name="browser", daemon=True).start()
    return True


def opener(environment: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the command that opens an address in a window; None on a console, or where only a console browser is."""
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return None
    search = environment.get("PATH")
    for wanted in filter(None, environment.get("BROWSER", "").split(os.pathsep)):
        name = PurePath(wanted.split()[0]).name
        if name in CONSOLE:
            return None
        if "%s" not in wanted and (path := shutil.which(wanted, path=search)):
            return (path,)
    for name in _OPENERS:
        if path := shutil.which(name, path=search):
            return (path, "open") if name == "gio" else (path,)
    return None


def _run(command: Sequence[str]) -> None:
    quiet = subprocess.DEVNULL
    try:
        subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, check=False)
    except OSError:
        return
