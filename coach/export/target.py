"""Check an export's target before any work; write beside it, and put the file in place only when whole."""

import contextlib
import errno
import glob
import os
import secrets
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from coach.errors import CoachError, InputError, MachineError


class Format(StrEnum):
    """What an export can be written as; also the file's ending."""

    MP3 = "mp3"
    M4B = "m4b"
    WAV = "wav"

    @property
    def media_type(self) -> str:
        """Return its MIME type, as a feed names it."""
        return {Format.MP3: "audio/mpeg", Format.M4B: "audio/mp4", Format.WAV: "audio/wav"}[self]


ENDINGS = f"{', '.join(f'.{each}' for each in tuple(Format)[:-1])} or .{tuple(Format)[-1]}"
"""As help texts name them."""
MOST_CHAPTERS = {Format.MP3: 255}
"""Where a format has a limit: an ID3 table of contents counts its chapters in one byte."""
TRACK_FORMATS = (Format.MP3, Format.WAV)
DISK_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def format_of(target: Path) -> Format:
    """Return the format that a file's ending names. Raises InputError for any other ending."""
    return Format(_ending(target, tuple(Format)))


def _ending(target: Path, formats: Sequence[str]) -> str:
    ending = target.suffix.lower().removeprefix(".")
    if ending not in formats:
        wrong = f".{ending} isn't a format that can be written here" if ending else "the name has no extension"
        *most, last = (f".{each}" for each in formats)
        known = " or ".join(filter(None, (", ".join(most), last)))
        raise InputError(f"{target}: {wrong}; use a name that ends in {known}")
    return ending


def checked(target: Path, formats: Sequence[str] = tuple(Format)) -> Path:
    """Return a target that may be written to, as far as can be told before. Raises InputError."""
    if target.is_dir():
        raise InputError(f"{target}: is a folder; name a file in it, such as {target / f'workout.{formats[0]}'}")
    _ending(target, formats)
    return _placed(target)


def agreed_format(target: Path, wanted: str | None) -> Format:
    """Return the format to write, wished for and named by the ending alike. Raises InputError where they differ."""
    if wanted is not None and target.suffix.lower() != f".{_known(wanted)}":
        raise InputError(
            f"--format {wanted} doesn't match {target}; use a name that ends in .{wanted}, or leave out --format"
        )
    return format_of(target)


def checked_folder(folder: Path, wanted: str | None) -> Format:
    """Return the format of tracks for a folder that may be written to, or made. Raises InputError."""
    kind = _known(wanted or Format.MP3)
    if kind not in TRACK_FORMATS:
        raise InputError(f"--format {kind}: with --split, choose {' or '.join(TRACK_FORMATS)}")
    if folder.is_dir():
        if not os.access(folder, os.W_OK):
            raise InputError(f"{folder}: is read-only; choose another place, or make it writable")
    elif folder.exists() or folder.suffix.lower().removeprefix(".") in list(Format):
        raise InputError(f"{folder}: with --split the output is a folder; name one")
    else:
        _placed(folder)
    return kind


def _known(wanted: str) -> Format:
    if wanted not in list(Format):
        raise InputError(f"--format {wanted}: choose one of {', '.join(Format)}")
    return Format(wanted)


def _placed(target: Path) -> Path:
    """Return a target in a folder that is there and takes it."""
    if not target.parent.is_dir():
        raise InputError(f"{target}: there is no folder {target.parent}; create it first")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise InputError(f"{target}: is read-only; choose another place, or make it writable")
    return target


@contextlib.contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give a file beside the target to write to; it takes the target's place at the end, or is removed.

    Raises InputError where the target can't be written, MachineError where the disk is full.
    """
    _placed(target)
    real = target.resolve()  # a link stays a link
    beside = real.with_name(f".{real.name[:40]}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with _named(target):
            _sweep(real)
            beside.touch(exist_ok=False)
            yield beside
            beside.replace(real)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _sweep(real: Path) -> None:
    """Remove what a killed run left beside a target: files of processes that are no more."""
    for left in real.parent.glob(f".{glob.escape(real.name[:40])}.*.part"):
        number = left.name.split(".")[-2].partition("-")[0]
        if number.isdigit() and not runs(int(number)):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def runs(process: int) -> bool:
    """Tell whether a process of this machine is there."""
    if os.name != "posix":
        return False  # there an open file can't be removed, and asking would end the process
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


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
    if error.errno in DISK_FULL:
        return MachineError(f"{target}: the disk is full; nothing was written")
    return InputError(f"{target}: can't be written ({error.strerror or error}); choose another place")
