"""Where an export goes: checked before any work, written beside, put in place only when whole."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from coach.errors import CoachError, InputError, MachineError

FORMATS = ("mp3", "wav")


def format_of(target: Path) -> str:
    """Return the format that a file's ending names. Raises InputError for any other ending."""
    ending = target.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        named = f"the ending .{ending}" if ending else "a name without an ending"
        raise InputError(f"{target}: {named} is no format; end it in {' or '.join(f'.{known}' for known in FORMATS)}")
    return ending


def checked(target: Path) -> Path:
    """Return a target that may be written to, as far as can be told before. Raises InputError."""
    if target.is_dir():
        raise InputError(f"{target}: is a folder; name a file in it, such as {target / 'workout.mp3'}")
    format_of(target)
    if not target.parent.is_dir():
        raise InputError(f"{target}: there is no folder {target.parent}; make it first")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise InputError(f"{target}: is read-only; choose another place, or make it writable")
    return target


@contextlib.contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give a file beside the target to write to; it takes the target's place at the end, or is removed.

    Raises InputError where the target can't be written, MachineError where the disk is full.
    """
    checked(target)
    real = target.resolve()  # a link stays a link
    beside = real.with_name(f".{real.name[:80]}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with _named(target):
            beside.touch(exist_ok=False)
            yield beside
            beside.replace(real)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


@contextlib.contextmanager
def _named(target: Path) -> Iterator[None]:
    """Translate what the system says about a file into one line about the target."""
    try:
        yield
    except CoachError:
        raise
    except OSError as error:
        raise refused(target, error) from error


def refused(target: Path, error: OSError) -> CoachError:
    """Say in one line why a target could not be written."""
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return MachineError(f"{target}: the disk is full; nothing was written")
    return InputError(f"{target}: can't be written ({error.strerror or error}); choose another place")
