"""Keep watch over what the session lives on: ears that hear, a voice that speaks, threads that work.

Neither may be gone without a word: within three seconds she hears it, or where nothing can be said, a chime.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from coach.hearing.ports.ears import Ears
from coach.playback.player import Player
from coach.session.events import DeviceBack, DeviceKind, DeviceLost

DEAF_S = 2.4  # behind the stream: a process that dies and is there again sooner need not be told
LOADING_S = 10.0  # of a session, while the ears load and the coach welcomes her
HEARING_S = 1.0  # behind: they hear again; they report twice a second
LATE_S = 2.0  # of silence while a sentence is made: longer than any voice takes that is well
REMINDER_S = 10.0  # while the voice is gone

Faults = Callable[[], Iterable[str]]
"""Returns what threads reported since the last call."""


class Sign(StrEnum):
    """What is told by a chime, for want of a voice."""

    LATE = "voice late"
    STILL_GONE = "voice still gone"


class Vigil:
    """Watches one session."""

    def __init__(
        self, player: Player, ears: Ears | None, failing: Callable[[], bool] = bool, faults: Faults = tuple
    ) -> None:
        """Watch these. `failing`: something can't be said however often it is tried."""
        self._player, self._ears, self._failing, self._faults = player, ears, failing, faults
        self._trouble: str | None = None
        self._heard_once = False
        self._gone: set[DeviceKind] = set()
        self._sounded_s = 0.0
        """When something sounded last, or nothing was awaited."""

    def changes(self, now_s: float) -> Iterator[DeviceLost | DeviceBack]:
        """Yield what was lost or came back since the last call, by the session clock."""
        for what, gone in ((DeviceKind.EARS, self._deaf(now_s)), (DeviceKind.VOICE, self._failing())):
            if gone != (what in self._gone):
                self._gone ^= {what}
                self._sounded_s = now_s  # a voice that is back is given its time to speak
                yield DeviceLost(what) if gone else DeviceBack(what)

    def signs(self, now_s: float) -> Iterator[Sign]:
        """Yield what is to be told by a chime now."""
        gone = DeviceKind.VOICE in self._gone
        player = self._player
        if not gone and (player.speaking or player.span or not player.making):
            self._sounded_s = now_s
        elif now_s - self._sounded_s >= (REMINDER_S if gone else LATE_S):
            self._sounded_s = now_s
            yield Sign.STILL_GONE if gone else Sign.LATE

    def reports(self) -> Iterator[str]:
        """Yield, for the log, what threads and ears have to say about themselves."""
        yield from self._faults()
        if self._ears and self._ears.trouble != self._trouble:
            self._trouble = self._ears.trouble
            yield f"ears: {self._trouble or 'all right'}"

    def _deaf(self, now_s: float) -> bool:
        if self._ears is None:
            return False
        behind_s = self._ears.behind_s
        if DeviceKind.EARS in self._gone:
            return behind_s >= HEARING_S
        self._heard_once = self._heard_once or (behind_s < HEARING_S and now_s - behind_s > HEARING_S)
        return behind_s >= DEAF_S and (self._heard_once or now_s >= LOADING_S)
