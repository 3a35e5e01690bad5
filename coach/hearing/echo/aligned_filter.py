"""The linear filter, with the played sound brought to the microphone's time first: delay, jumps and drift taken out.

The filter then only has to know the room, and what it knows survives when the delay jumps.
"""

from collections import deque

import numpy as np

from coach.hearing.echo.alignment import (
    MARGIN,
    WINDOW,
    Block,
    DelayEstimator,
    DriftEstimator,
    SampleHistory,
    interpolate,
    power,
)
from coach.hearing.echo.kalman_filter import FADE, FRAME, EchoPath, KalmanFilter
from coach.hearing.echo.loudspeaker import CLEARLY, DriveFit, SearchSchedule, fit_drive, saturate
from coach.hearing.ports.ears import HEARING_HZ

_LEAD = 80
"""Frames, 5 ms: the filter begins so long before the delay found, for the found peak need not be the first sound."""
_JUMP = 24
"""Frames, 1.5 ms: a delay off by more has jumped."""
_AGREE = 8
_CONFIRMED = 3
"""Looks that must agree with the first delay: one that moves before was none, and what was learned with it is wrong."""
_HEARD = 1e-4
"""Mean power, 20 dB under speech."""
_REPLAY = 2 * HEARING_HZ
"""Frames heard again when the delay is found for the first time: a room once learned need not be learned twice."""
_FAINT, _LOUD = 0.002, 0.1
"""Bounds of the response expected, from the microphone's level against the loudspeaker's."""
_KEPT_EVERY = HEARING_HZ
"""Frames between copies of what the filter knows, to go back to one from before a jump."""


class AlignedFilter:
    """Removes the echo at any delay up to half a second; float32 in and out, full scale 1.0, blocks of `FRAME`."""

    def __init__(self) -> None:
        self._filter = KalmanFilter()
        self._mic = SampleHistory(_REPLAY + WINDOW)
        self._played = SampleHistory(_REPLAY + 2 * WINDOW + FRAME)
        self._finder = DelayEstimator()
        self._drift = DriftEstimator()
        self._at = 0
        self._delay = 0.0
        self._expected: float | None = None
        self._suspect: float | None = None
        self._agreed = 0
        self._kept: tuple[EchoPath, ...] = ()
        self._left: deque[float] = deque(maxlen=_REPLAY // FRAME // 2)
        self.drive = 0.0
        """How hard the loudspeaker is driven, as last found, see `DRIVES`."""
        self._watch = SearchSchedule()

    @property
    def delay_s(self) -> float | None:
        """Return the echo's delay as last found, None before."""
        return None if self._expected is None else self._expected / HEARING_HZ

    @property
    def drift_ppm(self) -> float:
        """Return by how many microseconds a second the delay grows."""
        return self._drift.rate * 1e6

    @property
    def idle(self) -> bool:
        """Tell whether nothing played can still be heard."""
        return self._filter.idle

    @property
    def coach_heard(self) -> bool:
        """Tell whether the coach sounds now, loud enough to judge by what is left."""
        return not self._filter.idle and self._filter.played_power > _HEARD

    def remove(self, mic: Block, played: Block) -> Block:
        """Take one block of each; return the microphone's without the echo."""
        self._mic.append(mic)
        self._played.append(played)
        self._at += FRAME
        self._move(FRAME)
        rest = self._filter.remove(mic, self._reference(FRAME))
        if self._at % _KEPT_EVERY == 0:
            self._kept = (*self._kept[-2:], self._filter.path)
        found = self._finder.look(self._mic, self._played, FRAME)
        if found is not None:
            self._follow(found)
        self._left.append(power(rest))
        if self._expected is not None and self.coach_heard and self._watch.due(power(mic), self._left[-1]):
            self._watch.looked(found=self._try_drives())
        return rest

    def _move(self, frames: int) -> None:
        step = self._drift.rate * frames
        self._delay = min(max(0.0, self._delay + step), WINDOW)
        if self._expected is not None:
            self._expected += step

    def _reference(self, frames: int) -> Block:
        """Return what the loudspeaker made of the played sound that is in the microphone's newest frames."""
        return saturate(self._sound(frames), self.drive)

    def _sound(self, frames: int) -> Block:
        """Return the played sound that is in the microphone's newest frames."""
        if not self._drift.rate:
            return self._played.last(frames + round(self._delay))[:frames]
        line = self._played.last(frames + int(self._delay) + 2 * MARGIN)
        ends = len(line) - max(self._delay, MARGIN)
        back = np.arange(frames, 0, -1, dtype=np.float64)
        return interpolate(line, ends - back * (1 - self._drift.rate))

    def _follow(self, found: float) -> None:
        """Keep the delay where the microphone has it."""
        if self._expected is None:
            self._begin(found)
        elif abs(found - self._expected) <= _JUMP:
            self._suspect = None
            self._agreed += 1
            self._expected += 0.3 * (found - self._expected)
            self._drift.add(self._at, found)
        elif self._suspect is None or abs(found - self._suspect) > _AGREE:
            self._suspect = found
        elif self._agreed < _CONFIRMED:
            self._begin(found)
        else:
            self._jump(found)

    def _begin(self, found: float) -> None:
        """Start at the delay found, and hear the last seconds again with it."""
        self._expected, self._suspect, self._agreed = found, None, 0
        self._drift.jumped()
        self._delay = float(max(0, round(found) - _LEAD))
        self._take(self._fitted())

    def _try_drives(self) -> bool:
        """Learn the last seconds again with every drive; tell whether one is better than what is known, and use it."""
        fit = self._fitted()
        if fit.left > CLEARLY * sum(self._left) / len(self._left):
            return False
        self._take(fit)
        return True

    def _take(self, fit: DriveFit[KalmanFilter]) -> None:
        self.drive, self._filter, self._kept = fit.drive, fit.learned, ()

    def _fitted(self) -> DriveFit[KalmanFilter]:
        """Return the filter that has learned the last seconds best, with its drive."""
        frames = min(self._at, _REPLAY) // FRAME * FRAME
        mic, played = self._mic.last(frames), self._sound(frames)
        return fit_drive(self.drive, lambda drive: _learned(mic, saturate(played, drive)))

    def _jump(self, found: float) -> None:
        """Move with a delay that jumped; what the filter knew before still holds."""
        moved = found - (self._expected or 0.0)
        self._expected, self._suspect = found, None
        self._delay = max(0.0, self._delay + moved)
        self._drift.jumped()
        if self._kept:
            self._filter.path = self._kept[0]
        self._filter.rewind(self._reference((self._filter.partitions + 1) * FRAME))


def _learned(mic: Block, played: Block) -> tuple[float, KalmanFilter]:
    """Return a new filter that has heard this, and the power that it left of the second half."""
    loudness = power(mic) / power(played)
    learner = KalmanFilter(spread=min(max(loudness / FADE, _FAINT), _LOUD))
    rest = [learner.remove(mic[i : i + FRAME], played[i : i + FRAME]) for i in range(0, len(mic), FRAME)]
    return power(np.concatenate(rest[len(rest) // 2 :])), learner
