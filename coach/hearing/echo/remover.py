"""Microphone and played sound in, the microphone without the coach out, twice: to detect by, and to listen to.

The canceller (WebRTC's AEC3) silences the coach from the first word on and eats her consonants. The linear filter
leaves her voice whole and a faint coach behind, which is softened, but it takes seconds to learn the room. So the
canceller says whether somebody speaks and the filter what was said, as soon as it knows a little; until then the
canceller serves for both. Once the filter leaves next to nothing of the coach it serves for both as long as the
canceller leaves something, too: over a coach as loud as she is the canceller alone hides half of her words from the
detector; the filter alone lets the coach through when a delay jumps (measured).
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from coach.hearing.echo.aec3 import AEC3_DELAY, open_aec3
from coach.hearing.echo.aligned_filter import AlignedFilter
from coach.hearing.echo.alignment import Block, power
from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.echo.loudspeaker import saturate
from coach.hearing.echo.residual_echo import SUPPRESSOR_DELAY, ResidualEchoSuppressor
from coach.sound.pcm import Pcm, as_float, as_pcm, db_of_power, finite


@dataclass(frozen=True, slots=True, eq=False)
class Removed:
    """Both outputs of one block, aligned with each other, as long as the microphone's block."""

    detect: Pcm
    """To decide whether somebody but the coach speaks."""
    listen: Pcm
    """To decide what was said."""


class EchoRemover:
    """Removes the coach from the microphone. State is kept over pauses: feed it always, silence too."""

    def __init__(self, headphones: bool = False) -> None:
        self.headphones = headphones
        self._canceller = None if headphones else open_aec3()
        self.reliable = headphones or self._canceller is not None
        """False where `detect` is the linear filter's too: ordinary commands are then closed while the coach speaks."""
        self.delay_frames = 0 if headphones else AEC3_DELAY
        """Frames by which both outputs come later than the microphone. Grows once, by 319, where blocks are no
        multiple of 320 frames."""
        self._linear = AlignedFilter()
        self._choice = _Choice()
        self._waiting = np.zeros((2, 0), np.int16)
        self._done = np.zeros((2, 0), np.int16)
        self._late = np.zeros(AEC3_DELAY - SUPPRESSOR_DELAY, np.float32)
        self._suppressor = ResidualEchoSuppressor()

    @property
    def echo_delay_s(self) -> float | None:
        """Return how much later than played the echo comes, None until it is known."""
        return self._linear.delay_s

    @property
    def drift_ppm(self) -> float:
        """Return by how many microseconds a second the echo's delay grows, 0 on one clock."""
        return self._linear.drift_ppm

    @property
    def removed_db(self) -> float:
        """Return by how much the linear filter lowers the coach, as heard in the last seconds, 0 before."""
        return self._choice.removed_db

    @property
    def listens_to_filter(self) -> bool:
        """Tell whether `listen` is the linear filter's while the coach speaks."""
        return self._canceller is None or self._choice.linear

    @property
    def young(self) -> bool:
        """Tell whether the coach sounds, and has for less than two seconds: its own words may still come through."""
        return not self.headphones and self._choice.young

    def remove(self, mic: Pcm, played: Pcm) -> Removed:
        """Take the next block, as many 16 kHz frames of each; return both outputs of that length.

        Raises ValueError where the two differ in length.
        """
        if len(mic) != len(played):
            raise ValueError(f"microphone and played blocks differ in length: {len(mic)} and {len(played)}")
        near, far = finite(mic), finite(played)
        if self.headphones:
            return Removed(near, near)
        if len(near) == FRAME and not self._waiting.size and not self._done.size:
            return Removed(*self._block(near, far))
        self._waiting = np.concatenate((self._waiting, np.stack((near, far))), axis=1)
        self._work()
        return self._take(len(near))

    def _work(self) -> None:
        whole = self._waiting.shape[1] // FRAME * FRAME
        parts = [np.stack(self._block(*self._waiting[:, i : i + FRAME])) for i in range(0, whole, FRAME)]
        self._waiting = self._waiting[:, whole:]
        self._done = np.concatenate((self._done, *parts), axis=1)

    def _take(self, frames: int) -> Removed:
        if frames > self._done.shape[1]:  # only once: blocks are no multiple, from now on one is always in hand
            self._done = np.concatenate((np.zeros((2, FRAME - 1), np.int16), self._done), axis=1)
            self.delay_frames += FRAME - 1
        detect, listen = self._done[:, :frames]
        self._done = self._done[:, frames:]
        return Removed(detect, listen)

    def _block(self, near: Pcm, far: Pcm) -> tuple[Pcm, Pcm]:
        mic, played = as_float(near), as_float(far)
        rest = self._linear.remove(mic, played)
        if self._linear.coach_heard:
            self._choice.judge(power(mic), power(rest))
        line = np.concatenate((self._late, self._suppressor.soften(mic - rest, rest)))
        self._late = line[FRAME:]
        if self._canceller is None:
            only = as_pcm(line[:FRAME])
            return only, only
        # Where nothing is played there is nothing to cancel, and the canceller costs as much as the filter.
        rests = self._linear.idle and not far.any()
        canceled = line[:FRAME] if rests else as_float(self._canceller.cancel(near, self._bent(far, played)))
        unheard = self._choice.inaudible and self._linear.delay_s is None
        detect, listen = self._choice.both(canceled, line[:FRAME], self._linear.idle, unheard=unheard)
        return as_pcm(detect), as_pcm(listen)

    def _bent(self, far: Pcm, played: Block) -> Pcm:
        """Return what the loudspeaker makes of the played block; the block itself where it is clean."""
        return as_pcm(saturate(played, self._linear.drive)) if self._linear.drive else far


class _Choice:
    """Which output to listen to: the canceller's until the linear filter has caught up with it.

    The filter is judged by what it leaves of the microphone's power in the best quarter of the last two seconds in
    which the coach sounded: her voice makes it look worse, never better, and she does not speak all the time. After
    some seconds of the coach it has learned what it can; where it removes little then, there is little to remove, or
    the loudspeaker distorts, and more words are understood from it all the same (measured).
    """

    _BLOCKS = 100
    _FEWEST = 20
    _LATEST = 50  # blocks, 1 s: by then even a late echo has come
    _ENOUGH = 250  # blocks, 5 s
    _QUIET = 1e-6  # mean power, -60 dB of full scale: in a quiet room, so the coach is not heard at all
    _FAINT = 1e-5  # mean power, -50 dB of full scale: a noisier room, and still no coach in it
    _CAUGHT_UP = 0.2  # left of the microphone's power: 7 dB removed
    _HARMFUL = 1.3
    _CLEAN = 0.03  # 15 dB removed
    _REMAINS = 0.06  # of what the filter leaves: her words keep more of it in the canceller's output, the coach less
    _HEARD = 2e-6  # mean power, -57 dB of full scale
    _HOLDS = 15  # blocks, 0.3 s: the canceller lets her through in pieces

    def __init__(self) -> None:
        self._left: deque[float] = deque(maxlen=self._BLOCKS)
        self._judged = 0
        self.linear = False
        """The filter's output says what was said."""
        self.clean = False
        """It says whether somebody speaks, too."""
        self.removed_db = 0.0
        self.inaudible = False
        """The coach plays and is hardly ever heard: headphones, or a recording. The canceller, which has met no echo
        yet, would take her first words for one."""
        self._faint: deque[bool] = deque(maxlen=self._BLOCKS)
        self._held = 0
        self._detected, self._listened = _Cross(), _Cross()

    @property
    def young(self) -> bool:
        return 0 < self._judged < self._BLOCKS

    def judge(self, mic: float, rest: float) -> None:
        """Take the powers of a block in which the coach sounds: the microphone's, and what the filter left of it."""
        self._judged += 1
        self._faint.append(mic < self._FAINT)
        self.inaudible = self._judged > self._LATEST and sum(self._faint) > 0.7 * len(self._faint)
        quiet = mic < self._QUIET
        if quiet and self._judged < self._LATEST:
            return
        self._left.append(0.0 if quiet else rest / mic)
        if len(self._left) < self._FEWEST:
            return
        best = sorted(self._left)[len(self._left) // 4]
        self.removed_db = -db_of_power(best) if best else 0.0
        bound = self._HARMFUL if self.linear or self._judged > self._ENOUGH else self._CAUGHT_UP
        self.linear = self.inaudible or best < bound
        self.clean = best < self._CLEAN

    def both(self, canceled: Block, rest: Block, silence: bool, *, unheard: bool) -> tuple[Block, Block]:
        """Return what to detect by and what to listen to; the filter's for both in the coach's silence."""
        left = power(canceled)
        somebody = left > self._HEARD and left > self._REMAINS * power(rest)
        self._held = self._HOLDS if somebody else max(0, self._held - 1)
        whole = (self.clean and self._held > 0) or silence or unheard
        detect = self._detected.over(canceled, rest, second=whole)
        return detect, self._listened.over(canceled, rest, second=self.linear or silence)


class _Cross:
    """Goes from one signal to another within one block."""

    _RISE = np.linspace(0.0, 1.0, FRAME, dtype=np.float32)

    def __init__(self) -> None:
        self._second = True

    def over(self, first: Block, other: Block, *, second: bool) -> Block:
        """Return the next block of one of the two."""
        was, self._second = self._second, second
        if second == was:
            return other if second else first
        crossed: Block = first + (self._RISE if second else 1 - self._RISE) * (other - first)
        return crossed
