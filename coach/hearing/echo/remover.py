"""Remove the coach's echo from the microphone, in two versions: one to detect speech by, one to recognize it from.

WebRTC's AEC3 silences the coach from the first word but damages her consonants. The linear filter keeps her voice whole
and leaves a residual echo, which is suppressed; but it needs seconds to learn the room. So AEC3 tells whether somebody
speaks, and the filter what was said, once it has converged; AEC3 serves for both until then.
Once the filter leaves almost no echo, it serves for both while AEC3 leaves something too. AEC3 alone would hide half
of her words over a loud coach; the filter alone lets the coach through when the delay jumps (`scripts/bench hearing`).
"""

from dataclasses import dataclass

import numpy as np

from coach.hearing.echo.aec3 import AEC3_DELAY, open_aec3
from coach.hearing.echo.aligned_filter import AlignedFilter
from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.echo.loudspeaker import saturate
from coach.hearing.echo.output_selector import OutputSelector
from coach.hearing.echo.residual_echo import SUPPRESSOR_DELAY, ResidualEchoSuppressor
from coach.hearing.echo.rest import REST_S, Rest
from coach.hearing.echo.sample_history import Block, power
from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm, as_float, as_pcm, finite


@dataclass(frozen=True, slots=True, eq=False)
class Removed:
    """Both outputs of one block, aligned with each other, as long as the microphone's block."""

    detect: Pcm
    """To detect whether somebody but the coach speaks."""
    listen: Pcm
    """To recognize what was said."""


class EchoRemover:
    """Removes the coach from the microphone. It keeps state: feed it every block, silent ones too."""

    def __init__(self, headphones: bool = False, *, delay_s: float | None = None) -> None:
        """Begin with nothing learned but the echo's delay, where a sound check has measured it."""
        self.headphones = headphones
        self._aec3 = None if headphones else open_aec3()
        self.reliable = headphones or self._aec3 is not None
        """False where `detect` is the filter's output too: only safety words then count while the coach speaks."""
        self.delay_frames = 0 if headphones else AEC3_DELAY
        """Frames by which both outputs lag the microphone. Grows once, by 319, if blocks are no multiple of 320."""
        self._linear = AlignedFilter(delay_s)
        self._selector = OutputSelector()
        self._rest = Rest(round(REST_S * HEARING_HZ / FRAME))
        self._waiting = np.zeros((2, 0), np.int16)
        self._done = np.zeros((2, 0), np.int16)
        self._late = np.zeros(AEC3_DELAY - SUPPRESSOR_DELAY, np.float32)
        self._suppressor = ResidualEchoSuppressor()

    @property
    def echo_delay_s(self) -> float | None:
        """Return how long after playing the echo arrives, None until it is known."""
        return self._linear.delay_s

    @property
    def drift_ppm(self) -> float:
        """Return the clock drift: microseconds per second by which the echo's delay grows, 0 on one clock."""
        return self._linear.drift_ppm

    @property
    def removed_db(self) -> float:
        """Return how much the linear filter attenuated the coach in the last seconds, 0 before."""
        return self._selector.removed_db

    @property
    def listens_to_filter(self) -> bool:
        """Tell whether `listen` is the linear filter's output while the coach speaks."""
        return self._aec3 is None or self._selector.listens_to_filter

    @property
    def at_rest(self) -> bool:
        """Tell whether nothing that was played can still be heard: both cancellers rest."""
        return self._rest.now and self._linear.idle

    @property
    def converging(self) -> bool:
        """Tell whether the coach's own words may still come through: it has been heard for less than two seconds."""
        return not self.headphones and self._selector.converging

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
        """Process the whole blocks that are waiting."""
        whole = self._waiting.shape[1] // FRAME * FRAME
        parts = [np.stack(self._block(*self._waiting[:, i : i + FRAME])) for i in range(0, whole, FRAME)]
        self._waiting = self._waiting[:, whole:]
        self._done = np.concatenate((self._done, *parts), axis=1)

    def _take(self, frames: int) -> Removed:
        """Take finished frames; the first time too few are there, delay the output by almost a block."""
        if frames > self._done.shape[1]:
            self._done = np.concatenate((np.zeros((2, FRAME - 1), np.int16), self._done), axis=1)
            self.delay_frames += FRAME - 1
        detect, listen = self._done[:, :frames]
        self._done = self._done[:, frames:]
        return Removed(detect, listen)

    def _block(self, near: Pcm, far: Pcm) -> tuple[Pcm, Pcm]:
        mic, played = as_float(near), as_float(far)
        self._rest.feed(power(played))
        canceled = None if self.at_rest or self._aec3 is None else self._aec3.cancel(near, self._saturated(far, played))
        rest = self._linear.remove(mic, played)
        if self._linear.coach_heard:
            self._selector.judge(power(mic), power(rest))
        line = np.concatenate((self._late, self._suppressor.suppress(mic - rest, rest, idle=self._linear.idle)))
        filtered, self._late = line[:FRAME], line[FRAME:]
        if self._aec3 is None:
            only = as_pcm(filtered)
            return only, only
        unheard = self._selector.inaudible and self._linear.delay_s is None
        detect, listen = self._selector.select(
            filtered if canceled is None else as_float(canceled), filtered, silent=self._linear.idle, unheard=unheard
        )
        return as_pcm(detect), as_pcm(listen)

    def _saturated(self, far: Pcm, played: Block) -> Pcm:
        """Return the loudspeaker's output for the played block; the block itself if the loudspeaker is clean."""
        return as_pcm(saturate(played, self._linear.drive)) if self._linear.drive else far
