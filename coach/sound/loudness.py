"""Measure loudness (LUFS, ITU-R BS.1770-4), bring clips to one loudness, and trim their silence."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from coach.sound.clip import RATE_HZ
from coach.sound.limiter import limit
from coach.sound.pcm import Samples, db_of_power, gain_of, power_of

SPEECH_LUFS = -19.0  # the mono equivalent of -16 LUFS in stereo, which podcasts are asked to keep
BLOCK_S, STEP_S = 0.4, 0.1  # of the standard's gated measure
QUIETEST_LUFS, BELOW_LU = -70.0, 10.0  # the standard's two gates
LEAD_S, TAIL_S = 0.005, 0.03  # kept around the speech: an onset and a last consonant are soft
TRIM_DB = -40.0  # under the clip's peak: espeak's own pauses are far below
EDGE_S = 0.002  # faded at both ends, so that no cut is heard

_STEP, _STEPS = round(STEP_S * RATE_HZ), round(BLOCK_S / STEP_S)
_HOP = 3 * _STEP  # of a block that is transformed at a time
_SIZE = 1 << 14
_MEMORY = _SIZE - _HOP  # 70 ms before it: what the filters remember
_ROWS = 2  # of them together

Powers = npt.NDArray[np.float64]
Spectrum = npt.NDArray[np.complex128]


def loudness(samples: Samples) -> float:
    """Return LUFS of a mono piece at 44.1 kHz; -inf for silence.

    Gated over 400 ms blocks; a piece shorter than one block counts as a single block (its weighted RMS).
    """
    powers = block_powers(samples)
    return _gated(powers) if len(powers) > 1 else _lufs(float(powers.sum()))


def long_loudness(powers: Sequence[Powers]) -> tuple[float, float]:
    """Return the loudness of something too long for memory, and of its loudest 400 ms, from its pieces' blocks."""
    whole = np.concatenate(powers) if powers else np.zeros(0)
    return _gated(whole), _lufs(float(whole.max(initial=0.0)))


def block_powers(samples: Samples) -> Powers:
    """Return the weighted power of each 400 ms, every 100 ms; one block of what there is where that is shorter."""
    energies = _step_energies(samples)
    if len(samples) < _STEPS * _STEP:
        return energies.sum(keepdims=True) / len(samples) if len(samples) else energies
    whole = energies[: len(samples) // _STEP]
    return np.asarray(np.lib.stride_tricks.sliding_window_view(whole, _STEPS).sum(axis=1) / (_STEPS * _STEP))


def _gated(blocks: Powers) -> float:
    heard = blocks[blocks > _power(QUIETEST_LUFS)]
    if not len(heard):
        return -math.inf
    heard = heard[heard > _power(_lufs(float(heard.mean())) - BELOW_LU)]
    return _lufs(float(heard.mean()))


def normalized(samples: Samples, lufs: float = SPEECH_LUFS) -> Samples:
    """Bring a piece to a loudness, its peaks under the limiter's ceiling; silence stays silence."""
    for _ in range(2):
        measured = loudness(samples)
        if math.isinf(measured):
            break
        samples = samples * np.float32(gain_of(lufs - measured))
        if not limit(samples):
            break  # otherwise a second pass makes up for what it took
    return samples


def trimmed(samples: Samples, rate_hz: int) -> Samples:
    """Cut the silence off both ends, but for a breath, and soften the edges. Empty where nothing is heard."""
    level = np.abs(samples)
    heard = np.flatnonzero(level > level.max(initial=0) * gain_of(TRIM_DB))
    if not len(heard):
        return samples[:0]
    first = max(int(heard[0]) - round(LEAD_S * rate_hz), 0)
    last = int(heard[-1]) + 1 + round(TAIL_S * rate_hz)
    return _softened(samples[first:last], round(EDGE_S * rate_hz))


def _softened(samples: Samples, frames: int) -> Samples:
    frames = min(frames, len(samples) // 2)
    slope = (np.arange(frames, dtype=np.float32) + 1) / (frames + 1)
    softened = samples.copy()
    softened[:frames] *= slope
    softened[len(samples) - frames :] *= slope[::-1]
    return softened


def _lufs(power: float) -> float:
    return -0.691 + db_of_power(power)


def _power(lufs: float) -> float:
    return power_of(lufs + 0.691)


def _step_energies(samples: Samples) -> Powers:
    """Return the weighted energy of each 100 ms; of the last one up to the end of the samples."""
    together = _ROWS * _HOP
    parts = [_energies(samples, first) for first in range(0, len(samples), together)]
    return np.concatenate(parts) if parts else np.zeros(0)


def _energies(samples: Samples, first: int) -> Powers:
    """Apply the standard's K weighting to what begins with a sample, by overlap-save: no recursion over samples.

    A few blocks at a time stay in the processor's cache, and no large array is asked of the system.
    """
    count = min(_ROWS * _HOP, len(samples) - first)
    rows = -(-count // _HOP)
    piece = np.zeros(_MEMORY + rows * _HOP, np.float32)
    known = min(first, _MEMORY)
    piece[_MEMORY - known : _MEMORY + count] = samples[first - known : first + count]
    windows = np.lib.stride_tricks.sliding_window_view(piece, _SIZE)[::_HOP]
    weighted = np.fft.irfft(np.fft.rfft(windows) * _k_weighting(), _SIZE)[:, _MEMORY:]
    weighted[-1, count - (rows - 1) * _HOP :] = 0  # what rings on after the end
    steps = weighted.reshape(rows, -1, _STEP)
    return np.asarray(np.einsum("rst,rst->rs", steps, steps).reshape(-1), np.float64)


@cache
def _k_weighting() -> npt.NDArray[np.complex64]:
    turns = np.exp(-2j * np.pi * np.arange(_SIZE // 2 + 1) / _SIZE)
    return np.asarray(_shelf(turns) * _high_pass(turns), np.complex64)


def _shelf(z1: Spectrum) -> Spectrum:
    """Return the response of the high shelf (+4 dB above 1.7 kHz: the head), for any rate.

    Constants: the analog prototype of BS.1770's 48 kHz coefficients (as in libebur128 and De Man's derivation).
    """
    k = math.tan(math.pi * 1681.974450955533 / RATE_HZ)
    q, v_h = 0.7071752369554196, gain_of(3.999843853973347)
    v_b = v_h**0.4996667741545416
    b = (v_h + v_b * k / q + k * k, 2 * (k * k - v_h), v_h - v_b * k / q + k * k)
    return _biquad(z1, b, (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k))


def _high_pass(z1: Spectrum) -> Spectrum:
    """Return the response of the high pass at 38 Hz, for any rate; constants as above."""
    k = math.tan(math.pi * 38.13547087602444 / RATE_HZ)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    return _biquad(z1, (a0, -2 * a0, a0), (a0, 2 * (k * k - 1), 1 - k / q + k * k))


def _biquad(z1: Spectrum, b: tuple[float, float, float], a: tuple[float, float, float]) -> Spectrum:
    return np.asarray((b[0] + b[1] * z1 + b[2] * z1 * z1) / (a[0] + a[1] * z1 + a[2] * z1 * z1))
