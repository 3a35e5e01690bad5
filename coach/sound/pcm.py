"""PCM samples: int16 to float and back, decibels, the noise floor. Every other file takes them from here."""

import math

import numpy as np
import numpy.typing as npt

Pcm = npt.NDArray[np.int16]
"""Mono 16-bit samples, full scale 32,768."""
Samples = npt.NDArray[np.float32]
"""Mono float32 samples, full scale 1.0."""

FULL_SCALE = 32_768.0
"""Int16 steps of full scale."""

FLOOR_RMS = 20.0
"""Int16 steps of a quiet room's noise, 64 dB under full scale. Recognizers fail on digital silence."""


def as_float(pcm: Pcm) -> Samples:
    """Return 16-bit samples as float32 of full scale 1.0."""
    samples = pcm.astype(np.float32)
    samples *= np.float32(1 / FULL_SCALE)  # a power of two: exact, and faster than to divide
    return samples


def as_pcm(samples: Samples | Pcm) -> Pcm:
    """Return float samples of full scale 1.0 as int16, rounded and limited; int16 stays as it is."""
    if samples.dtype == np.int16:
        return np.asarray(samples, np.int16)
    return in_steps(samples * np.float32(FULL_SCALE))


def in_steps(steps: npt.NDArray[np.float32] | npt.NDArray[np.float64] | npt.NDArray[np.int32]) -> Pcm:
    """Return samples that are in int16 steps already as int16, rounded and limited to full scale."""
    whole = np.rint(steps)
    np.maximum(whole, -32_768.0, out=whole)  # both faster than `np.clip`
    np.minimum(whole, 32_767.0, out=whole)
    pcm: Pcm = whole.astype(np.int16)
    return pcm


def round_in_place(samples: Samples) -> None:
    """Round float samples of full scale 1.0 to what int16 can hold, without another array of their size."""
    samples *= np.float32(FULL_SCALE)
    np.rint(samples, out=samples)
    np.clip(samples, -32_768.0, 32_767.0, out=samples)
    samples *= np.float32(1 / FULL_SCALE)


def finite(block: npt.NDArray[np.int16] | npt.NDArray[np.float64]) -> Pcm:
    """Return int16, whatever a driver gave in int16 steps: NaN becomes silence, what is too loud full scale."""
    if block.dtype == np.int16:
        return np.asarray(block, np.int16)
    return in_steps(np.nan_to_num(np.asarray(block, np.float64), nan=0.0))


def noise_floor(frames: int, generator: "np.random.Generator") -> npt.NDArray[np.float64]:
    """Return a quiet room's noise, in int16 steps."""
    # Its annotation is quoted: looked up, it would import numpy.random, 7 MB in every process.
    return generator.standard_normal(frames) * FLOOR_RMS


def gain_of(db: float) -> float:
    """Return the amplitude factor of a gain in decibels."""
    return float(10.0 ** (db / 20))


def gains_of(db: Samples) -> Samples:
    """Return the amplitude factor of each gain in decibels, in float32."""
    return np.asarray(10 ** (db / np.float32(20)), np.float32)


def power_of(db: float) -> float:
    """Return the power ratio of a level in decibels."""
    return float(10.0 ** (db / 10))


def db_of(amplitude: float) -> float:
    """Return an amplitude ratio in decibels; minus infinity for none."""
    return 20.0 * math.log10(amplitude) if amplitude > 0 else -math.inf


def db_of_power(power: float) -> float:
    """Return a power ratio in decibels; minus infinity for none."""
    return 10.0 * math.log10(power) if power > 0 else -math.inf


def mean_power(block: Pcm) -> float:
    """Return the mean power of 16-bit samples, 1.0 for a full-scale square wave; 0 for no samples."""
    samples = as_float(block)
    return float(np.dot(samples, samples)) / len(block) if len(block) else 0.0


def rms(block: Pcm) -> float:
    """Return the root mean square of 16-bit samples, in int16 steps; 0 for no samples."""
    steps = block.astype(np.float32)
    return math.sqrt(float(np.dot(steps, steps)) / len(block)) if len(block) else 0.0
