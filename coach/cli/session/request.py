"""What was asked for on the command line: one frozen value, from the options to the opening of a session."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli.files.shaping import checked_rate
from coach.clock import ClockReading
from coach.training.people.folders import FIRST, PersonFolders

if TYPE_CHECKING:
    from coach.library.routine import WantedParts
    from coach.library.walk import Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRequest:
    """What is trained, and how it is told."""

    now: ClockReading
    """The day that counts as today, and the time."""
    routine: str | None = None
    """An id or a file; None: the coach asks, or it is a walk."""
    walk: "Walk | None" = None
    """In place of a routine of exercises."""
    around: "WantedParts | None" = None
    """What stands around the exercises; None: as the profile says."""
    sets: int | None = None
    reps: int | None = None
    pace: float = 1.0
    resume: bool = False
    """Go on with the session that broke off today."""
    praise: bool = True
    fewer_words: bool = False

    @property
    def day(self) -> date:
        """Return the day that counts as today."""
        return self.now.day

    @property
    def name(self) -> str | None:
        """Return what the log calls it."""
        return "walk" if self.walk else self.routine


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundRequest:
    """How it sounds, and how it is heard."""

    voice: str | None = None
    speech_rate: int | None = None
    """Words a minute; None: as the profile says."""
    ears: str = "auto"
    headphones: bool = False
    music: Path | None = None
    microphone: str | None = None
    """A device's name or a file; None: the machine's usual one."""
    speaker: str | None = None
    sound_check: bool = True
    """Before the first session of all."""

    def __post_init__(self) -> None:
        """Raise InputError for a rate out of bounds."""
        checked_rate(self.speech_rate)

    @property
    def on_files(self) -> bool:
        """Tell whether files take the devices' place."""
        return is_file(self.microphone) or is_file(self.speaker)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRequest:
    """Where it is written."""

    log: Path | None = None
    """Beside the log that is always kept."""
    history: Path | None = None
    """A file of its own; None: the person's."""
    person: PersonFolders = FIRST
    """Who trains: nobody else's files are read or written."""
    named: bool = True
    """False: nobody was named. Where several people train here, the coach asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenRequest:
    """What shows it beside the terminal."""

    page: bool = False
    flash: bool = False
    """As each phase begins, for who does not hear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRequest:
    """The simulated room of a rehearsal, and the exerciser in it."""

    script: Path | None = None
    noise: Path | None = None
    snr_db: float = 10.0
    """Her voice over that noise."""
    echo_db: float = -12.0
    """The coach's echo minus her voice."""
    by_text: bool = False
    """Without sound."""
    recording: Path | None = None
    """Where the room is recorded, coach and exerciser."""
    coach_recording: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A session as it was asked for."""

    training: TrainingRequest
    sound: SoundRequest = field(default_factory=SoundRequest)
    record: RecordRequest = field(default_factory=RecordRequest)
    screen: ScreenRequest = field(default_factory=ScreenRequest)
    room: RoomRequest | None = None
    """None: a session on devices or files, no rehearsal in a room."""

    @property
    def rehearsed(self) -> bool:
        """Tell whether nobody trains: it is recorded as rehearsed, and counts nowhere."""
        return self.room is not None or self.sound.on_files

    @property
    def uses_history(self) -> bool:
        """Tell whether the history shapes the session and takes it up: not in a plain rehearsal."""
        return self.room is None or self.record.history is not None


def is_file(name: str | None) -> bool:
    """Tell whether a device's name is a file: it ends in .wav or holds a slash."""
    return name is not None and (name.lower().endswith(".wav") or "/" in name or "\\" in name)


def parts_of(warm_up: bool | None, balance: bool | None, wind_down: bool | None) -> "WantedParts":
    """Return the parts around the exercises as the options have them; None: as the profile has it."""
    from coach.library.routine import WantedParts

    return WantedParts(warm_up, balance, wind_down)
