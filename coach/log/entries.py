"""The log's entries: frozen values, one JSON object a line (JSON Lines). Pure."""

import json
import math
from dataclasses import dataclass, fields, replace
from typing import ClassVar

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
    why: str | None = None
    """Why the session has no use for this command here, in words; null where that is not the reason."""


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
