"""The first stage of echo removal: the linear filter, and what the second stage goes by.

Nothing flows back from the second stage. So a rehearsal runs the two in two processes, and both give what they give in
one.
"""

from dataclasses import dataclass

from coach.hearing.echo.aligned_filter import AlignedFilter
from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.echo.loudspeaker import saturate
from coach.hearing.echo.rest import REST_POWER, REST_S, Rest
from coach.hearing.echo.sample_history import Block, power
from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm, as_float, as_pcm


@dataclass(frozen=True, slots=True, eq=False)
class LinearBlock:
    """A block of `FRAME` frames behind the first stage."""

    mic: Pcm
    loudspeaker: Pcm
    """The loudspeaker's output for what was played; the same if the loudspeaker is clean."""
    rest: Block
    """The microphone without the linear echo, full scale 1.0."""
    silent: bool
    """This block was played too softly to be heard."""
    at_rest: bool
    """Nothing that was played before could still be heard: the canceller rests."""
    idle: bool
    """The linear filter rests."""
    coach_heard: bool
    """The coach is loud enough now to judge the filter by what it leaves."""
    aligned: bool
    """The echo's delay is known."""


class LinearStage:
    """Runs the linear filter. It keeps state: feed it every block, silent ones too."""

    def __init__(self, delay_s: float | None = None) -> None:
        """Begin with nothing learned but the echo's delay, where a sound check has measured it."""
        self._filter = AlignedFilter(delay_s)
        self._rest = Rest(round(REST_S * HEARING_HZ / FRAME))

    @property
    def delay_s(self) -> float | None:
        """Return how long after playing the echo arrives, None until it is known."""
        return self._filter.delay_s

    def remove(self, mic: Pcm, played: Pcm) -> LinearBlock:
        """Take the next block of each, `FRAME` frames; return the microphone's without the linear echo."""
        near, far = as_float(mic), as_float(played)
        played_power = power(far)
        self._rest.feed(played_power)
        at_rest, drive = self._rest.now and self._filter.idle, self._filter.drive
        return LinearBlock(
            mic=mic,
            loudspeaker=as_pcm(saturate(far, drive)) if drive else played,
            rest=self._filter.remove(near, far),
            silent=played_power < REST_POWER,
            at_rest=at_rest,
            idle=self._filter.idle,
            coach_heard=self._filter.coach_heard,
            aligned=self.delay_s is not None,
        )
