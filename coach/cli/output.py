"""Standard output and error that outlive their terminal: what is written to a closed one goes nowhere."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

GONE = frozenset({errno.EIO, errno.EPIPE})
"""The terminal was closed, or nobody reads the pipe any more."""


class LastingOutput:
    """Text output of which nothing more comes to light once its terminal or its reader is gone."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write a text. Raises OSError as usual for what is no closed terminal: a full disk."""
        try:
            return self._out.write(text)
        except OSError as error:
            self._leave(error)
            return len(text)

    def flush(self) -> None:
        """Let it be seen now."""
        try:
            self._out.flush()
        except OSError as error:
            self._leave(error)

    def __getattr__(self, name: str) -> Any:  # encoding, isatty, fileno ...: as the output has them
        return getattr(self._out, name)

    def _leave(self, error: OSError) -> None:
        """Let the descriptor lead nowhere, so that what is still in buffers finds its way as the program ends."""
        if error.errno not in GONE:
            raise error
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._out.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def lasting_output() -> Iterator[None]:
    """Let a session, an export, a listing go on to its end when the terminal is closed meanwhile."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (out and LastingOutput(out) for out in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
