"""Estimate the clock drift between microphone and loudspeaker: the slope of the echo's delay over time."""

import numpy as np
import numpy.typing as npt

# `scripts/bench echo` measures these constants: drift of 100 ppm either way, and none.
_MOST_DELAYS = 80  # 20 s of estimates
_FEWEST_DELAYS = 8
_SURE = 8e-6  # a slope counts if its uncertainty is below this
_LEAST_DRIFT = 4e-6  # less counts as one clock
_MOST_DRIFT = 1e-3


class DriftEstimator:
    """Fits a line to the delays since the last jump."""

    def __init__(self) -> None:
        self.rate = 0.0
        """Frames of delay per frame; 100 ppm is 1e-4."""
        self._delays: list[tuple[float, float]] = []

    def add(self, at: float, delay: float) -> None:
        """Take an estimated delay and its time, both in frames."""
        self._delays = [*self._delays[1 - _MOST_DELAYS :], (at, delay)]
        if len(self._delays) >= _FEWEST_DELAYS:
            self._fit()

    def jumped(self) -> None:
        """Forget the delays but keep the rate: after a jump the clocks are still the same."""
        self._delays = []

    def _fit(self) -> None:
        at, delay = np.array(self._delays).T
        at = at - at[0]
        for _ in range(2):  # the second fit leaves out the outliers of the first
            center = at - at.mean()
            spread = float(np.dot(center, center))
            slope = float(np.dot(center, delay)) / max(spread, 1.0)
            off = np.abs(delay - delay.mean() - slope * center)
            usual = _median(off)
            kept = off <= 3 * usual + 0.05
            doubt = (1.5 * usual + 0.05) / max(np.sqrt(spread), 1.0)
            at, delay = at[kept], delay[kept]
        if doubt < max(_SURE, abs(slope) / 5) and abs(slope) < _MOST_DRIFT:
            self.rate = slope if abs(slope) > max(_LEAST_DRIFT, 3 * doubt) else 0.0


def _median(values: npt.NDArray[np.float64]) -> float:
    """Return the median; `np.median` takes ten times as long for so few."""
    ordered, middle = np.sort(values), len(values) // 2
    return float(ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2)
