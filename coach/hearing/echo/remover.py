"""Remove the coach's echo from the microphone, in two versions: one to detect speech by, one to recognize it from."""

import numpy as np

from coach.hearing.echo.aec3 import AEC3_DELAY
from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.echo.linear_stage import LinearBlock, LinearStage
from coach.hearing.echo.residual_stage import Removed, ResidualStage
from coach.sound.pcm import Pcm, finite


class EchoRemover:
    """Removes the coach from the microphone. It keeps state: feed it every block, silent ones too."""

    def __init__(self, headphones: bool = False, *, delay_s: float | None = None) -> None:
        """Begin with nothing learned but the echo's delay, where a sound check has measured it."""
        self.headphones = headphones
        self._linear = LinearStage(delay_s)
        self._residual = ResidualStage(canceller=not headphones)
        self.reliable = headphones or self._residual.cancels
        """False where `detect` is the filter's output too: only safety words then count while the coach speaks."""
        self.delay_frames = 0 if headphones else AEC3_DELAY
        """Frames by which both outputs lag the microphone. Grows once, by 319, if blocks are no multiple of 320."""
        self._waiting = np.zeros((2, 0), np.int16)
        self._done = np.zeros((2, 0), np.int16)

    @property
    def echo_delay_s(self) -> float | None:
        """Return how long after playing the echo arrives, None until it is known."""
        return self._linear.delay_s

    @property
    def removed_db(self) -> float:
        """Return how much the linear filter attenuated the coach in the last seconds, 0 before."""
        return self._residual.selector.removed_db

    @property
    def listens_to_filter(self) -> bool:
        """Tell whether `listen` is the linear filter's output while the coach speaks."""
        return not self._residual.cancels or self._residual.selector.listens_to_filter

    @property
    def converging(self) -> bool:
        """Tell whether the coach's own words may still come through: it has been heard for less than two seconds."""
        return not self.headphones and self._residual.selector.converging

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
            return self._residual.remove(self._linear.remove(near, far))
        self._waiting = np.concatenate((self._waiting, np.stack((near, far))), axis=1)
        self._work()
        return self._take(len(near))

    def remove_residual(self, block: LinearBlock) -> Removed:
        """Remove what a linear stage somewhere else has left; its every block comes here, and none to `remove`."""
        return self._residual.remove(block)

    def _work(self) -> None:
        """Process the whole blocks that are waiting."""
        whole = self._waiting.shape[1] // FRAME * FRAME
        blocks = [self._waiting[:, i : i + FRAME] for i in range(0, whole, FRAME)]
        self._waiting = self._waiting[:, whole:]
        done = [self._residual.remove(self._linear.remove(near, far)) for near, far in blocks]
        self._done = np.concatenate((self._done, *(np.stack((each.detect, each.listen)) for each in done)), axis=1)

    def _take(self, frames: int) -> Removed:
        """Take finished frames; the first time too few are there, delay the output by almost a block."""
        if frames > self._done.shape[1]:
            self._done = np.concatenate((np.zeros((2, FRAME - 1), np.int16), self._done), axis=1)
            self.delay_frames += FRAME - 1
        detect, listen = self._done[:, :frames]
        self._done = self._done[:, frames:]
        return Removed(detect, listen)
