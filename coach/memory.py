"""Keep a process small that makes and drops many large arrays. The only file that tunes the C library."""

import contextlib
import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as `mallopt` names them
LARGE_BYTES = 1 << 19
"""Above the blocks of an export's mixer, which come every second; below most clips."""
KEPT_BYTES = 1 << 20
"""By each thread, of what it dropped."""


def give_back_large_arrays() -> None:
    """Let arrays of half a megabyte and more go back to the system as soon as they are dropped.

    By itself glibc raises that bound with each one, up to 32 MB, and every thread keeps what it had at its largest.
    Where there is no glibc, nothing happens.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            library = ctypes.CDLL(None)
            library.mallopt(_MMAP_THRESHOLD, LARGE_BYTES)
            library.mallopt(_TRIM_THRESHOLD, KEPT_BYTES)


def give_back_free_memory() -> None:
    """Let the system have what is free within the heap, as after loading; where there is no glibc, nothing happens."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
