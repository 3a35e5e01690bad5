"""A session by text that a screen follows, led by hand: said and done in no time, or kept to real time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from coach.devices.paced import PacedDevices
from coach.devices.port import Devices
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.library.routine import Routine
from coach.live.loop import Live
from coach.live.opening import Parts, SessionPlan, open_live
from coach.log.entries import Entry, SegmentEntry
from coach.playback.workshop import SilentClips
from coach.rehearsal.devices import SilentDevices
from coach.rehearsal.mouths import TextMouth
from coach.session.state import Session

TABLE = load_table()
MOST_TICKS = 60_000  # twenty minutes of session


def bare(routine: Routine) -> Routine:
    """Return a routine without what stands around its exercises, so that its first set comes soon."""
    return replace(routine, warm_up=False, balance=None, wind_down=False)


@dataclass
class Followed:
    """A session under way, and who follows it."""

    watch: Callable[[Entry], None]
    see: Callable[[Session], None]
    pressed: Callable[[], object] = tuple
    routine: str | None = "spine-strength"
    paced: bool = False
    entries: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mouth = TextMouth(TABLE)
        self._said: list[tuple[Command, int | None]] = []
        choices = tuple(load_routine(choice.name) for choice in TABLE.choices)
        routine = bare(load_routine(self.routine)) if self.routine else None
        plan = SessionPlan(routine=routine, choices=choices, usual="spine-strength", asks_effort=True)
        devices: Devices = PacedDevices(SilentDevices()) if self.paced else SilentDevices()
        self.live: Live
        self.live, self._workshop = open_live(plan, Parts(
            table=TABLE, clips=SilentClips(), devices=devices, ears=self.mouth,
            watchers=(self.entries.append, self.watch), observers=(self.see,), pressed=self._commands, silent=True,
        ))  # fmt: skip
        self.live.begin()

    @property
    def kind(self) -> str:
        """Return what kind of segment sounds."""
        return next((entry.kind for entry in reversed(self.entries) if isinstance(entry, SegmentEntry)), "")

    def say(self, *commands: Command, value: int | None = None) -> None:
        """Give commands, one after the other."""
        for command in commands:
            self._said.append((command, value))
            self.ticks(10)

    def ticks(self, count: int) -> None:
        """Let so many blocks pass."""
        for _ in range(count):
            if not self.live.over:
                self.live.tick()

    def until(self, holds: Callable[[], bool]) -> None:
        """Let time pass until something holds."""
        for _ in range(MOST_TICKS):
            if holds():
                return
            self.live.tick()
        raise AssertionError("it never came to that")

    def to_set(self) -> None:
        """Go to the middle of the first phase of the first set."""
        self.ticks(5)
        self.say(Command.NEXT, Command.READY)
        self.until(lambda: self.live.moment.rep == 1)
        self.ticks(20)

    def end(self) -> None:
        """Break it off."""
        self.live.end("interrupted")
        self._workshop.close()

    def _commands(self) -> list[tuple[Command, int | None]]:
        said, self._said = self._said, []
        return [*said, *self.pressed()]  # type: ignore[misc]  # as the port: commands with their values


class Running:
    """A session that runs in a thread of its own until it is stopped."""

    def __init__(self, followed: Followed) -> None:
        self.followed = followed
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set() and not self.followed.live.over:
            self.followed.live.tick()
