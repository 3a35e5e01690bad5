"""Media keys and the buttons of earphones, as the desktop hands them on: presses out, what plays in.

On Linux over MPRIS, by a thread of its own; elsewhere there are none.
"""

import asyncio
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.errors import MachineError
from coach.threads import Report, WatchedThread, nobody

if TYPE_CHECKING:
    from coach.devices.mpris import MprisPlayer

LEAVING_S = 1.0
_WAITING = 50


class MediaKey(StrEnum):
    """A key or button."""

    PLAY_PAUSE = "play_pause"
    PLAY = "play"
    PAUSE = "pause"
    STOP = "stop"
    NEXT = "next"
    PREVIOUS = "previous"


class PlaybackStatus(StrEnum):
    """How it plays, in MPRIS's words."""

    PLAYING = "Playing"
    PAUSED = "Paused"
    STOPPED = "Stopped"


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """What a lock screen or a phone shows."""

    title: str = ""
    album: str = ""
    step: int = 0
    """Each step of a session is a track."""
    status: PlaybackStatus = PlaybackStatus.PLAYING


class MediaKeys:
    """The keys of one session. Nothing here makes it wait."""

    def __init__(self, report: Report = nobody) -> None:
        """Be there from now on, where the machine has a session bus. `report`: where it has none, or loses it."""
        self._report = report
        self._pressed: deque[MediaKey] = deque(maxlen=_WAITING)
        self._now = NowPlaying()
        self._closing = False
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Event, MprisPlayer] | None = None
        self._thread = WatchedThread("media keys", self._serve, report) if sys.platform == "linux" else None

    def pressed(self) -> MediaKey | None:
        """Return the key that was pressed next, once."""
        return self._pressed.popleft() if self._pressed else None

    def show(self, now: NowPlaying) -> None:
        """Show what plays; nothing is sent where nothing changed."""
        if now == self._now:
            return
        self._now = now
        self._soon(lambda player: player.show(now))

    def close(self) -> None:
        """Leave the bus."""
        self._closing = True
        if running := self._running:
            self._soon(lambda _: running[1].set())
        if self._thread:
            self._thread.join(LEAVING_S)

    def _soon(self, do: "Callable[[MprisPlayer], None]") -> None:
        """Let the thread do it; where it is over, nobody is there to see it."""
        if running := self._running:
            loop, _, player = running
            try:
                loop.call_soon_threadsafe(do, player)
            except RuntimeError:
                self._running = None

    def _serve(self) -> None:
        try:
            asyncio.run(self._on_the_bus())
        except MachineError as error:
            self._report(f"media keys: {error}")
        except ImportError:
            self._report("media keys: dbus-fast is not installed")
        finally:
            self._running = None

    async def _on_the_bus(self) -> None:
        from coach.devices.mpris import MprisPlayer, serve

        stop, player = asyncio.Event(), MprisPlayer(self._pressed.append, self._now)
        self._running = asyncio.get_running_loop(), stop, player
        if not self._closing:
            await serve(player, stop)
