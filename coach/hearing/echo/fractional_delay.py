"""Read a signal between its samples (windowed-sinc interpolation, a fractional delay)."""

import numpy as np
import numpy.typing as npt

from coach.hearing.echo.sample_history import Block

_TAPS = 32
_PHASES = 1_024  # steps between two samples: an error of half a step is 60 dB down

MARGIN = _TAPS // 2
"""Frames that a signal must have before and after each position that is read."""

Positions = npt.NDArray[np.float64]


def _sinc_table() -> Block:
    """Return the windowed sinc of every phase: (phases + 1, taps)."""
    at = np.arange(_TAPS) - (MARGIN - 1) - np.arange(_PHASES + 1)[:, None] / _PHASES
    window = np.cos(np.pi * at / _TAPS) ** 2
    table: Block = (np.sinc(at) * window).astype(np.float32)
    return table


_SINC = _sinc_table()


def interpolate(signal: Block, positions: Positions) -> Block:
    """Read a signal at fractional positions, each at least `MARGIN` frames from both ends."""
    base = np.floor(positions).astype(np.int64)
    phase = np.rint((positions - base) * _PHASES).astype(np.int64)
    around = signal[base[:, None] + np.arange(1 - MARGIN, MARGIN + 1)]
    values: Block = np.einsum("nk,nk->n", around, _SINC[phase])
    return values
