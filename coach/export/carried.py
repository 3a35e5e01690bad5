"""Read the fingerprint and the chapters that an exported file carries, whatever its format."""

from pathlib import Path

from coach.errors import InputError
from coach.export import id3, mp4, riff
from coach.export.fingerprint import Fingerprint, unpacked
from coach.export.tags import Mark
from coach.plain_file import checked_plain


def carried(path: Path) -> tuple[Fingerprint, tuple[Mark, ...]]:
    """Read a file's fingerprint and its chapters. Raises InputError where there is no file, or nothing to prove it by.

    The file's first bytes tell its format, not its ending.
    """
    try:
        data, marks = _read(checked_plain(path))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror or error})") from error
    if not data:
        raise InputError(
            f"{path}: has no fingerprint, so it can't be checked: the coach didn't export it, or its tags have been "
            "rewritten; export it again"
        )
    try:
        return unpacked(data), marks
    except ValueError as error:
        raise InputError(f"{path}: can't be checked ({error}); export it again") from error


def _read(path: Path) -> tuple[bytes, tuple[Mark, ...]]:
    with path.open("rb") as file:
        begins = file.read(12)
    if begins[:4] == b"RIFF":
        return riff.read_chunks(path)
    if begins[4:8] == b"ftyp":
        data = mp4.read_box(path)
        return data, mp4.read_chapters(path) if data else ()
    return id3.read_tag(path)
