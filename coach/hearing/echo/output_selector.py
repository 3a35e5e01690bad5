"""Choose between the canceller's output and the linear filter's, for detection and for recognition."""

from collections import deque

import numpy as np

from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.echo.sample_history import Block, power
from coach.sound.pcm import db_of_power

# `scripts/bench echo` and `scripts/bench hearing` measure these constants. Powers are means, of full scale 1.0.
_BLOCKS = 100
_FEWEST_BLOCKS = 20
_LATEST_ECHO = 50  # blocks, 1 s: even a late echo has come by then
_CONVERGED = 250  # blocks, 5 s
_QUIET = 1e-6  # -60 dB: the coach is not heard in a quiet room
_FAINT = 1e-5  # -50 dB: nor in a noisier one
_CAUGHT_UP = 0.2  # share of the microphone's power that is left: 7 dB removed
_HARMFUL = 1.3
_CLEAN = 0.03  # 15 dB removed
_HER_SHARE = 0.06  # of the filter's output: her words keep more of it in the canceller's output, the coach less
_HEARD = 2e-6  # -57 dB
_HOLD = 15  # blocks, 0.3 s: the canceller lets her through in pieces


class OutputSelector:
    """Uses the canceller until the linear filter has caught up with it.

    The filter is judged by the share of the microphone's power that it leaves, in the best quarter of the last two
    seconds of the coach: her voice only makes it look worse, and she does not speak all the time. After some seconds
    the filter has converged. If it still removes little, there is little echo, or the loudspeaker distorts. Then too
    its output gives more understood words (`scripts/bench hearing`).
    """

    def __init__(self) -> None:
        self._shares: deque[float] = deque(maxlen=_BLOCKS)
        self._judged = 0
        self.listens_to_filter = False
        """Recognition uses the filter's output."""
        self._clean = False
        """Detection uses it too."""
        self.removed_db = 0.0
        self.inaudible = False
        """The coach plays and is hardly ever heard: headphones, or a recording. The canceller, which has met no echo
        yet, would then take her first words for one."""
        self._faint: deque[bool] = deque(maxlen=_BLOCKS)
        self._held = 0
        self._detected, self._listened = Crossfade(), Crossfade()

    @property
    def converging(self) -> bool:
        """Tell whether the coach has been heard, but for less than two seconds."""
        return 0 < self._judged < _BLOCKS

    def judge(self, mic: float, rest: float) -> None:
        """Take the powers of a block in which the coach sounds: the microphone's, and what the filter left of it."""
        self._judged += 1
        self._faint.append(mic < _FAINT)
        self.inaudible = self._judged > _LATEST_ECHO and sum(self._faint) > 0.7 * len(self._faint)
        quiet = mic < _QUIET
        if quiet and self._judged < _LATEST_ECHO:
            return
        self._shares.append(0.0 if quiet else rest / mic)
        if len(self._shares) < _FEWEST_BLOCKS:
            return
        best = sorted(self._shares)[len(self._shares) // 4]
        self.removed_db = -db_of_power(best) if best else 0.0
        bound = _HARMFUL if self.listens_to_filter or self._judged > _CONVERGED else _CAUGHT_UP
        self.listens_to_filter = self.inaudible or best < bound
        self._clean = best < _CLEAN

    def select(self, canceled: Block, filtered: Block, *, silent: bool, unheard: bool) -> tuple[Block, Block]:
        """Return the signal to detect by and the one to recognize from.

        Args: silent: nothing is played. unheard: the coach is played and not heard. Both give the filter's output.
        """
        left = power(canceled)
        somebody = left > _HEARD and left > _HER_SHARE * power(filtered)
        self._held = _HOLD if somebody else max(0, self._held - 1)
        filter_detects = (self._clean and self._held > 0) or silent or unheard
        detect = self._detected.next(canceled, filtered, second=filter_detects)
        return detect, self._listened.next(canceled, filtered, second=self.listens_to_filter or silent)


class Crossfade:
    """Switches between two signals with a crossfade of one block."""

    _RISE = np.linspace(0.0, 1.0, FRAME, dtype=np.float32)

    def __init__(self) -> None:
        self._second = True

    def next(self, first: Block, other: Block, *, second: bool) -> Block:
        """Return the next block: of the first signal or, if `second`, of the other."""
        was, self._second = self._second, second
        if second == was:
            return other if second else first
        crossed: Block = first + (self._RISE if second else 1 - self._RISE) * (other - first)
        return crossed
