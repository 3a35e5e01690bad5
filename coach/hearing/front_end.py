"""The front end of the chain alone: high-pass and linear filter. `Chain.hear_filtered` goes on from there.

Both together give what `Chain.hear` gives. The front end takes a third of the chain's time, so a rehearsal runs it
where the session runs, which has little else to do.
"""

from coach.hearing.echo.linear_stage import LinearBlock, LinearStage
from coach.hearing.high_pass import HighPass
from coach.sound.pcm import Pcm, finite


class FrontEnd:
    """High-pass and linear filter. It keeps state: feed it every block, silent ones too."""

    def __init__(self, delay_s: float | None = None) -> None:
        """Begin with nothing learned but the echo's delay, where a sound check has measured it."""
        self._high_pass, self._linear = HighPass(), LinearStage(delay_s)

    def feed(self, mic: Pcm, played: Pcm) -> LinearBlock:
        """Take the next block, 320 frames of each; return the microphone's without the linear echo."""
        return self._linear.remove(self._high_pass.feed(mic), finite(played))
