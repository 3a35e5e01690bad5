"""Single keys from the terminal, on every platform, as it gives them: an arrow is a sequence of several."""

import contextlib
import os
import select
import sys
import time
from collections.abc import Iterator

if sys.platform == "win32":
    import msvcrt

    @contextlib.contextmanager
    def single_keys() -> Iterator[None]:
        """Let each key be read as it is pressed; put the terminal back at the end."""
        yield

    def keys_within(seconds: float) -> str:
        """Return the characters typed within so many seconds."""
        time.sleep(seconds)
        keys = ""
        while msvcrt.kbhit():
            keys += msvcrt.getwch()
        return keys

else:
    import termios
    import tty

    @contextlib.contextmanager
    def single_keys() -> Iterator[None]:
        """Let each key be read as it is pressed; put the terminal back at the end."""
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor)
        try:
            yield
        finally:
            with contextlib.suppress(termios.error):  # it was closed meanwhile
                termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    def keys_within(seconds: float) -> str:
        """Return the characters typed within so many seconds. Raises EOFError where the terminal is gone."""
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
        if not ready:
            return ""
        try:
            typed = os.read(sys.stdin.fileno(), 64)
        except OSError as error:
            raise EOFError from error
        if not typed:
            raise EOFError
        return typed.decode("utf-8", "ignore")
