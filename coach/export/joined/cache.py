"""Cache encoded passages on disk, up to a limit; the oldest are forgotten.

Several processes, also of several machines, may use one folder. An entry is written beside and put in place whole, and
what is not whole counts as absent. Who is about to encode a passage claims it, so that nobody else does it meanwhile; a
claim is void when its process is gone, or after a while.
"""

import contextlib
import os
import secrets
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from coach.errors import InputError
from coach.export.fingerprint import Print
from coach.export.joined.entry import CachedPassage, read_frames, read_prints, write_entry
from coach.export.target import runs
from coach.places import cache_folder

SETTING = "COACH_CACHE_MB"  # an environment variable: the limit
USUAL_MB = 500
"""About 11 hours of sound."""
TRIMMED_TO = 0.9  # of the limit, so that not every export has to trim
USED_S = 3_600  # how exactly the cache knows when an entry was used last
CLAIM_S = 20.0
LEFT_S = 3_600  # after which what a killed process left is removed

_ENTRY, _CLAIM, _BESIDE = ".frames", ".claim", ".part"


class FrameCache:
    """A folder of entries by key. A disk that takes nothing makes it useless, and nothing fails."""

    def __init__(self, folder: Path | None = None, limit_mb: int | None = None) -> None:
        """Raises InputError for a limit (None: the setting's) that is no number."""
        self._folder = cache_folder() / "passages" if folder is None else folder
        self._limit = (limit_of_setting() if limit_mb is None else limit_mb) * 1_000_000

    def prints(self, key: str) -> tuple[Print, ...] | None:
        """Return the prints of an entry's clips; None where there is no such entry."""
        with self._opened(key) as file:
            return None if file is None else read_prints(file)

    def frames(self, key: str) -> bytes | None:
        """Return an entry's frames; None where there are none, or not whole."""
        with self._opened(key) as file:
            return None if file is None else read_frames(file)

    def put(self, key: str, entry: CachedPassage) -> bool:
        """Keep an entry, and give up the claim on it. Return False where the disk does not take it."""
        path = self._path(key, _ENTRY)
        beside = path.with_name(f"{key}.{os.getpid()}-{secrets.token_hex(4)}{_BESIDE}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                write_entry(file, entry)
            beside.replace(path)
        except OSError:
            _remove(beside)
            return False
        finally:
            self.release(key)
        return True

    def claim(self, key: str) -> bool:
        """Claim the work on an entry; False where another process works on it."""
        path = self._path(key, _CLAIM)
        for _ in range(2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("x") as file:
                    file.write(f"{socket.gethostname()} {os.getpid()}")
            except FileExistsError:
                if not _void(path):
                    return False
                _remove(path)
            except OSError:
                return True  # nobody can claim anything here
            else:
                return True
        return False

    def release(self, key: str) -> None:
        """Give up a claim."""
        _remove(self._path(key, _CLAIM))

    def size_mb(self) -> float:
        """Return how large all entries are."""
        return sum(size for _, size, _ in self._entries()) / 1e6

    def trim(self) -> None:
        """Forget what was used longest ago, where there is more than the limit allows, and what killed work left."""
        entries = sorted(self._entries())
        over = sum(size for _, size, _ in entries)
        if over > self._limit:
            over -= round(self._limit * TRIMMED_TO)
            for _, size, path in entries:
                if over <= 0:
                    break
                _remove(path)
                over -= size

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """Yield each entry's time of use, size and path. Sweeps on the way."""
        before = time.time() - LEFT_S
        for folder in _scanned(self._folder):
            for each in _scanned(Path(folder.path)):
                with contextlib.suppress(OSError):
                    status = each.stat()
                    if each.name.endswith(_ENTRY):
                        yield status.st_mtime, status.st_size, each.path
                    elif status.st_mtime < before:
                        _remove(each.path)

    @contextlib.contextmanager
    def _opened(self, key: str) -> Iterator[BinaryIO | None]:
        path = self._path(key, _ENTRY)
        try:
            file = path.open("rb")
        except OSError:
            yield None
            return
        with file:
            _used(path, file)
            yield file

    def _path(self, key: str, ending: str) -> Path:
        return self._folder / key[:2] / f"{key}{ending}"


def limit_of_setting() -> int:
    """Return how many megabytes the cache may take. Raises InputError where the setting is no such number."""
    wanted = os.environ.get(SETTING)
    if not wanted:
        return USUAL_MB
    if not wanted.isdecimal():
        raise InputError(f"{SETTING}={wanted}: isn't a whole number of megabytes, such as {USUAL_MB}; unset it")
    return int(wanted)


def _used(path: Path, file: BinaryIO) -> None:
    """Let an entry be the newest, as far as the disk lets it."""
    with contextlib.suppress(OSError):
        if time.time() - os.fstat(file.fileno()).st_mtime > USED_S:
            os.utime(path)


def _void(claim: Path) -> bool:
    """Tell whether nobody works on what is claimed."""
    try:
        old = time.time() - claim.stat().st_mtime > CLAIM_S
        host, _, process = claim.read_text("utf-8").partition(" ")
    except (OSError, UnicodeDecodeError):
        return True
    return old or (host == socket.gethostname() and process.isdecimal() and not runs(int(process)))


def _scanned(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            yield from found
    except OSError:
        return


def _remove(path: Path | str) -> None:
    with contextlib.suppress(OSError):
        Path(path).unlink(missing_ok=True)
