"""A simulated room's impulse response: what reverberation makes of a click."""

import numpy as np
import numpy.typing as npt

_VOLUME_M3 = 50.0  # a living room of 20 square meters
_FIRST_REFLECTION_S = 0.003


def impulse_response(
    reverberation_s: float, distance_m: float, generator: np.random.Generator, rate_hz: int
) -> npt.NDArray[np.float32]:
    """Make a room's response of unit energy: direct sound, then a tail, 60 dB down at `reverberation_s`.

    How much of it is direct follows from the distance and the critical distance, 0.057 sqrt(volume / reverberation).
    """
    frames = max(2, round(0.9 * reverberation_s * rate_hz))
    at_s = np.arange(frames) / rate_hz
    tail = generator.standard_normal(frames) * np.exp(-6.91 * at_s / max(reverberation_s, 1e-3))
    tail[: round(_FIRST_REFLECTION_S * rate_hz)] = 0.0
    tail /= np.sqrt(np.sum(tail**2)) or 1.0
    critical_m = 0.057 * np.sqrt(_VOLUME_M3 / max(reverberation_s, 1e-3))
    response = tail * distance_m / critical_m
    response[0] = 1.0
    unit: npt.NDArray[np.float32] = (response / np.sqrt(np.sum(response**2))).astype(np.float32)
    return unit
