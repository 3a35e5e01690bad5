"""Remove the linear echo at any delay: align the played sound with the microphone, then apply the Kalman filter.

The alignment follows delay, jumps and clock drift. So the filter has to model the room alone, and what it has learned
survives a jump.
"""

from collections import deque

import numpy as np

from coach.hearing.echo.clock_drift import DriftEstimator
from coach.hearing.echo.delay_estimation import WINDOW, DelayEstimator
from coach.hearing.echo.fractional_delay import MARGIN, interpolate
from coach.hearing.echo.kalman_filter import DECAY_PARTITIONS, FRAME, EchoPath, KalmanFilter
from coach.hearing.echo.loudspeaker import CLEARLY_BETTER, DriveFit, SearchSchedule, fit_drive, saturate
from coach.hearing.echo.sample_history import Block, SampleHistory, power
from coach.hearing.ports.ears import HEARING_HZ

# `scripts/bench echo` measures these constants.
_LEAD = 80
"""Frames, 5 ms, that the filter begins before the estimated delay: the peak need not be the first sound."""
_JUMP = 24
"""Frames, 1.5 ms: a delay that is further off has jumped."""
_SAME_JUMP = 8
"""Frames between two estimates that confirm the same jump."""
_CONFIRMED = 3
"""Estimates that must agree with the first delay. If it jumps before, it was wrong, and so is what was learned."""
_HEARD = 1e-4
"""Mean power, 20 dB below speech."""
_REPLAY = 2 * HEARING_HZ
"""Frames to learn again once the delay is known."""
_LEAST_PRIOR, _MOST_PRIOR = 0.002, 0.1
"""Bounds of the filter's prior power, from the microphone's level over the loudspeaker's."""
_SNAPSHOT_EVERY = HEARING_HZ
"""Frames between copies of the echo path, to return to one from before a jump."""


class AlignedFilter:
    """Removes echo delayed by up to half a second; float32 in and out, full scale 1.0, blocks of `FRAME`."""

    def __init__(self, delay_s: float | None = None) -> None:
        """Begin with nothing learned.

        Args: delay_s: the echo's delay as last measured; the filter is aligned with it until it finds its own.
        """
        self._filter = KalmanFilter()
        self._mic = SampleHistory(_REPLAY + WINDOW)
        self._played = SampleHistory(_REPLAY + 2 * WINDOW + FRAME)
        self._delay_estimator = DelayEstimator()
        self._drift = DriftEstimator()
        self._now = 0
        self._delay = 0.0 if delay_s is None else float(np.clip(round(delay_s * HEARING_HZ) - _LEAD, 0, WINDOW))
        """Frames by which the reference is delayed."""
        self._echo_delay: float | None = None
        self._suspected_jump: float | None = None
        self._confirmations = 0
        self._snapshots: tuple[EchoPath, ...] = ()
        self._residuals: deque[float] = deque(maxlen=_REPLAY // FRAME // 2)
        self.drive = 0.0
        """The loudspeaker's drive as last found, one of `DRIVES`."""
        self._drive_search = SearchSchedule()

    @property
    def delay_s(self) -> float | None:
        """Return the echo's delay, None until it is known."""
        return None if self._echo_delay is None else self._echo_delay / HEARING_HZ

    @property
    def drift_ppm(self) -> float:
        """Return the clock drift: microseconds per second by which the delay grows."""
        return self._drift.rate * 1e6

    @property
    def idle(self) -> bool:
        """Tell whether nothing played can still be heard."""
        return self._filter.idle

    @property
    def coach_heard(self) -> bool:
        """Tell whether the coach is loud enough now to judge the filter by what it leaves."""
        return not self._filter.idle and self._filter.played_power > _HEARD

    def remove(self, mic: Block, played: Block) -> Block:
        """Take one block of each; return the microphone's block without the echo."""
        self._mic.append(mic)
        self._played.append(played)
        self._now += FRAME
        self._apply_drift(FRAME)
        rest = self._filter.remove(mic, self._reference(FRAME))
        if self._now % _SNAPSHOT_EVERY == 0:
            self._snapshots = (*self._snapshots[-2:], self._filter.path)
        delay = self._delay_estimator.estimate(self._mic, self._played, FRAME)
        if delay is not None:
            self._follow(delay)
        self._residuals.append(power(rest))
        if (
            self._echo_delay is not None
            and self.coach_heard
            and self._drive_search.due(power(mic), self._residuals[-1])
        ):
            self._drive_search.searched(found=self._search_drive())
        return rest

    def _apply_drift(self, frames: int) -> None:
        step = self._drift.rate * frames
        self._delay = min(max(0.0, self._delay + step), WINDOW)
        if self._echo_delay is not None:
            self._echo_delay += step

    def _reference(self, frames: int) -> Block:
        """Return the loudspeaker's output that is in the microphone's newest frames."""
        return saturate(self._aligned(frames), self.drive)

    def _aligned(self, frames: int) -> Block:
        """Return the played sound that is in the microphone's newest frames."""
        if not self._drift.rate:
            return self._played.last(frames + round(self._delay))[:frames]
        line = self._played.last(frames + int(self._delay) + 2 * MARGIN)
        ends = len(line) - max(self._delay, MARGIN)
        back = np.arange(frames, 0, -1, dtype=np.float64)
        return interpolate(line, ends - back * (1 - self._drift.rate))

    def _follow(self, delay: float) -> None:
        """Take a new estimate: the first, one that agrees, or one that may be a jump."""
        if self._echo_delay is None:
            self._start(delay)
        elif abs(delay - self._echo_delay) <= _JUMP:
            self._suspected_jump = None
            self._confirmations += 1
            self._echo_delay += 0.3 * (delay - self._echo_delay)
            self._drift.add(self._now, delay)
        elif self._suspected_jump is None or abs(delay - self._suspected_jump) > _SAME_JUMP:
            self._suspected_jump = delay
        elif self._confirmations < _CONFIRMED:
            self._start(delay)
        else:
            self._jump(delay)

    def _start(self, delay: float) -> None:
        """Start with this delay and learn the last seconds again."""
        self._echo_delay, self._suspected_jump, self._confirmations = delay, None, 0
        self._drift.jumped()
        self._delay = float(max(0, round(delay) - _LEAD))
        self._use(self._fit())

    def _search_drive(self) -> bool:
        """Learn the last seconds again with several drives; use the best if it is clearly better."""
        fit = self._fit()
        if fit.residual > CLEARLY_BETTER * sum(self._residuals) / len(self._residuals):
            return False
        self._use(fit)
        return True

    def _use(self, fit: DriveFit[KalmanFilter]) -> None:
        self.drive, self._filter, self._snapshots = fit.drive, fit.learned, ()

    def _fit(self) -> DriveFit[KalmanFilter]:
        """Return the filter and drive that fit the last seconds best."""
        frames = min(self._now, _REPLAY) // FRAME * FRAME
        mic, played = self._mic.last(frames), self._aligned(frames)
        return fit_drive(self.drive, lambda drive: _learned(mic, saturate(played, drive)))

    def _jump(self, delay: float) -> None:
        """Move to the new delay and keep what the filter knew before: the room is the same."""
        moved = delay - (self._echo_delay or 0.0)
        self._echo_delay, self._suspected_jump = delay, None
        self._delay = max(0.0, self._delay + moved)
        self._drift.jumped()
        if self._snapshots:
            self._filter.path = self._snapshots[0]
        self._filter.rewind(self._reference((self._filter.partitions + 1) * FRAME))


def _learned(mic: Block, played: Block) -> tuple[float, KalmanFilter]:
    """Return the power that a new filter leaves of the second half, and the filter."""
    loudness = power(mic) / power(played)
    learner = KalmanFilter(prior_power=min(max(loudness / DECAY_PARTITIONS, _LEAST_PRIOR), _MOST_PRIOR))
    rest = [learner.remove(mic[i : i + FRAME], played[i : i + FRAME]) for i in range(0, len(mic), FRAME)]
    return power(np.concatenate(rest[len(rest) // 2 :])), learner
