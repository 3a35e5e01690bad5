"""Read a file that a person named: a plain file, of a size that a file of its kind can have.

A pipe would be waited for and a device read for ever, so both are refused before they are opened.
"""

import codecs
import stat
from pathlib import Path

from coach.errors import InputError

LARGEST_TEXT = 1_000_000
"""Bytes of a file that somebody writes by hand: a routine, a profile, a list of a thousand people."""

# What an editor may put before the text; the longest first, because one begins with another.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class MissingFileError(InputError):
    """A file that is not there."""


def checked_plain(path: Path, largest: int | None = None) -> Path:
    """Return a path that is a plain file of at most so many bytes.

    Raises MissingFileError: there is none. InputError: a folder, a pipe or a device, too large, or it can't be read.
    """
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise MissingFileError(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:  # ValueError: a name with a zero character
        raise InputError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error
    if stat.S_ISDIR(found.st_mode):
        raise InputError(f"{path}: is a folder; name a file in it")
    if not stat.S_ISREG(found.st_mode):
        raise InputError(
            f"{path}: is a pipe or a device, not an ordinary file; save its output to a file, and name that one"
        )
    if largest is not None and found.st_size > largest:
        size_mb, most_mb = found.st_size / 1e6, largest / 1e6
        raise InputError(f"{path}: is too large, {size_mb:.1f} MB; the maximum is {most_mb:g} MB")
    return path


def read_text(path: Path, largest: int = LARGEST_TEXT, *, else_in: str | None = None) -> str:
    """Read a text in UTF-8, or in what the mark at its beginning says. Line ends become newlines.

    `else_in`: an encoding for what is no UTF-8 and has no mark.
    Raises MissingFileError, InputError: it is no plain file, too large, no text, or can't be read.
    """
    try:
        with checked_plain(path, largest).open("rb") as file:
            data = file.read(largest + 1)  # what the system makes up, as in /proc, has no size beforehand
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror or error}") from error
    if len(data) > largest:
        raise InputError(f"{path}: is too large; the maximum is {largest / 1e6:g} MB")
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if else_in is not None and not mark and (other := _decoded(data, else_in)) is not None:
            return _with_newlines(other)
        line = data[: error.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: isn't UTF-8 text; save the file as UTF-8") from error
    return _with_newlines(text)


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return a text in an encoding; None where it is none, as with zeros in it."""
    try:
        return None if b"\0" in data else data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
