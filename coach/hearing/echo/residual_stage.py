"""The second stage of echo removal: AEC3, the residual echo of the linear filter, and the choice between both outputs.

AEC3 silences the coach from the first word but damages her consonants. The linear filter keeps her voice whole and
leaves a residual echo, which is suppressed; but it needs seconds to learn the room. So AEC3 tells whether somebody
speaks, and the filter what was said, once it has converged; AEC3 serves for both until then.
Once the filter leaves almost no echo, it serves for both while AEC3 leaves something too. AEC3 alone would hide half
of her words over a loud coach; the filter alone lets the coach through when the delay jumps (`scripts/bench hearing`).
"""

from dataclasses import dataclass

import numpy as np

from coach.hearing.echo.aec3 import AEC3_DELAY, open_aec3
from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.echo.linear_stage import LinearBlock
from coach.hearing.echo.output_selector import OutputSelector
from coach.hearing.echo.residual_echo import SUPPRESSOR_DELAY, ResidualEchoSuppressor
from coach.hearing.echo.sample_history import power
from coach.sound.pcm import Pcm, as_float, as_pcm


@dataclass(frozen=True, slots=True, eq=False)
class Removed:
    """Both outputs of one block, aligned with each other, as long as the microphone's block."""

    detect: Pcm
    """To detect whether somebody but the coach speaks."""
    listen: Pcm
    """To recognize what was said."""


class ResidualStage:
    """Removes what echo the linear filter leaves. It keeps state: feed it every block, silent ones too."""

    def __init__(self, *, canceller: bool = True) -> None:
        """Begin with nothing learned.

        Args: canceller: use AEC3 where it is installed.
        """
        self._aec3 = open_aec3() if canceller else None
        self.selector = OutputSelector()
        self._late = np.zeros(AEC3_DELAY - SUPPRESSOR_DELAY, np.float32)
        self._suppressor = ResidualEchoSuppressor()

    @property
    def cancels(self) -> bool:
        """Tell whether AEC3 is there."""
        return self._aec3 is not None

    def remove(self, block: LinearBlock) -> Removed:
        """Take the first stage's next block; return both outputs, late by `AEC3_DELAY`."""
        mic = as_float(block.mic)
        canceled = self._aec3.cancel(block.mic, block.loudspeaker) if self._aec3 and not block.at_rest else None
        if block.coach_heard:
            self.selector.judge(power(mic), power(block.rest))
        suppressed = self._suppressor.suppress(mic - block.rest, block.rest, idle=block.idle)
        line = np.concatenate((self._late, suppressed))
        filtered, self._late = line[:FRAME], line[FRAME:]
        if self._aec3 is None:
            only = as_pcm(filtered)
            return Removed(only, only)
        unheard = self.selector.inaudible and not block.aligned
        detect, listen = self.selector.select(
            filtered if canceled is None else as_float(canceled), filtered, silent=block.idle, unheard=unheard
        )
        heard = as_pcm(listen)
        return Removed(heard if detect is listen else as_pcm(detect), heard)
