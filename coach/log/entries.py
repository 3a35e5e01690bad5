"""What a session did, one JSON object a line. Entries are values; the file is written by a thread of its own."""

import json
import math
import queue
import threading
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import ClassVar, TextIO

from coach.errors import InputError

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class SessionEntry:
    event: ClassVar[str] = "session"
    t: float
    schema: int
    started: str
    """ISO 8601, the only wall-clock time of a log."""
    routine: str | None
    voice: str | None
    ears: str | None
    rehearsed: bool


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    event: ClassVar[str] = "segment"
    t: float
    index: int
    """From 1."""
    kind: str
    title: str
    exercise: str | None
    side: str | None
    set: int | None
    length_s: float


@dataclass(frozen=True, slots=True)
class SayEntry:
    event: ClassVar[str] = "say"
    t: float
    text: str
    length_s: float


@dataclass(frozen=True, slots=True)
class PhaseEntry:
    event: ClassVar[str] = "phase"
    t: float
    name: str
    breath: str
    side: str | None
    length_s: float


@dataclass(frozen=True, slots=True)
class RepEntry:
    event: ClassVar[str] = "rep"
    t: float
    n: int
    of: int
    side: str | None
    """Null where both sides make one rep."""


@dataclass(frozen=True, slots=True)
class HeardEntry:
    event: ClassVar[str] = "heard"
    t: float
    text: str | None
    """Null where it was no command and real people may be talking."""
    command: str | None
    value: int | None
    confidence: float
    word_end_t: float
    coach_speaking: bool
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CommandEntry:
    event: ClassVar[str] = "command"
    t: float
    name: str
    before: str
    """State and segment kind, as `playing/set`. Written as `from`."""
    after: str
    """Written as `to`."""


@dataclass(frozen=True, slots=True)
class StateEntry:
    event: ClassVar[str] = "state"
    t: float
    state: str
    question: str | None


@dataclass(frozen=True, slots=True)
class SilentEntry:
    event: ClassVar[str] = "silent"
    t: float
    after: str
    """The command that faded it out, or `speech`."""


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    event: ClassVar[str] = "device"
    t: float
    what: str


@dataclass(frozen=True, slots=True)
class FinishEntry:
    event: ClassVar[str] = "finish"
    t: float
    reason: str
    reps: int
    segments: int


Entry = (
    SessionEntry | SegmentEntry | SayEntry | PhaseEntry | RepEntry | HeardEntry
    | CommandEntry | StateEntry | SilentEntry | DeviceEntry | FinishEntry
)  # fmt: skip

_KEYS = {"before": "from", "after": "to"}


def line(entry: Entry) -> str:
    """Return an entry as its line of JSON, keys in the documented order, seconds with at most three decimals."""
    record: dict[str, object] = {"event": entry.event}
    for field in fields(entry):
        name = _KEYS.get(field.name, field.name) if isinstance(entry, CommandEntry) else field.name
        record[name] = _value(getattr(entry, field.name))
    return json.dumps(record, ensure_ascii=False, allow_nan=False)


def _value(value: object) -> object:
    if not isinstance(value, float):
        return value
    return round(value, 3) + 0.0 if math.isfinite(value) else None  # + 0.0: no "-0.0"


def without_talk(entry: Entry) -> Entry:
    """Return an entry as it may be kept where real people talk: the words of what was no command are left out."""
    if isinstance(entry, HeardEntry) and entry.command is None:
        return replace(entry, text=None)
    return entry


class LogWriter:
    """Appends entries to files without ever holding up who writes: a thread of its own does the writing."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Open the files now, so that a bad path is an InputError before the session begins."""
        self.paths = tuple(paths)
        self.lost: list[Path] = []
        """Logs that stopped because the disk took no more."""
        self._files = [(path, _open(path)) for path in self.paths]
        self._waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        self._thread.start()

    def add(self, entry: Entry) -> None:
        """Queue an entry; each line reaches the disk soon after, also when the session is killed later."""
        self._waiting.put(line(entry))

    def close(self) -> None:
        """Write what is waiting and close the files."""
        self._waiting.put(None)
        self._thread.join()
        for _, file in self._files:
            file.close()

    def _write(self) -> None:
        while (text := self._waiting.get()) is not None:
            self.lost += [path for path, file in self._files if not _append(file, text)]
            self._files = [(path, file) for path, file in self._files if path not in self.lost]


def _open(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"can't write the log {path}: {error.strerror}. Choose a folder that can be written to."
        ) from error


def _append(file: TextIO, text: str) -> bool:
    """Write one line; False when the disk takes no more (the session goes on without that log)."""
    try:
        file.write(text + "\n")
        file.flush()
    except OSError:
        return False
    return True
