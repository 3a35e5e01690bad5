"""Where in the played sound is what the microphone hears now? Reading a signal between its frames."""

import numpy as np
import numpy.typing as npt

_TAPS = 32
_PHASES = 1_024  # a frame's parts: an error of half of one is 60 dB down

MARGIN = _TAPS // 2
"""Frames that a signal must have before and after each position that is read."""

Block = npt.NDArray[np.float32]
Positions = npt.NDArray[np.float64]


def _table() -> Block:
    """Return a windowed sinc for every part of a frame."""
    at = np.arange(_TAPS) - (MARGIN - 1) - np.arange(_PHASES + 1)[:, None] / _PHASES
    window = np.cos(np.pi * at / _TAPS) ** 2
    table: Block = (np.sinc(at) * window).astype(np.float32)
    return table


_TABLE = _table()


def read_at(signal: Block, positions: Positions) -> Block:
    """Read a signal at positions between its frames; each must lie `MARGIN` frames or more from both ends."""
    base = np.floor(positions).astype(np.int64)
    part = np.rint((positions - base) * _PHASES).astype(np.int64)
    around = signal[base[:, None] + np.arange(1 - MARGIN, MARGIN + 1)]
    values: Block = np.einsum("nk,nk->n", around, _TABLE[part])
    return values
