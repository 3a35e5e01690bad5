"""A look-ahead peak limiter. Its gain is the same for any block size, bit for bit.

The gain is piecewise linear between nodes, one every 32 frames, counted from frame 0 of the stream. A node is a minimum
over the peaks around and ahead of it, so the gain falls before a peak arrives and nothing is delayed. After the peak it
rises by the same small step at each node. Minima and lines depend on the frame number alone, never on block borders.
"""

import numpy as np
import numpy.typing as npt

from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Samples, gain_of

CEILING_DB = -1.5  # 0.5 dB below the -1 dBTP that players are promised: MP3 overshoots (`coach verify` checks)
CEILING = gain_of(CEILING_DB)
CELL = 32  # frames between two nodes: 0.7 ms
ATTACK_CELLS = 8  # look-ahead of 256 frames, 5.8 ms: shorter is heard as a click, longer as pumping
RELEASE_S = 0.08  # from silence back to full gain
LOOK_AHEAD = CELL * (ATTACK_CELLS + 1)  # frames beyond a block's last cell that `gain` must see

_RELEASE_STEP = CELL / (RELEASE_S * RATE_HZ)
_TOGETHER = 512 * CELL  # frames of a clip: what they need meanwhile stays in the processor's cache

Gains = npt.NDArray[np.float32]
Nodes = npt.NDArray[np.float64]


class Limiter:
    """The gain of a stream, block after block."""

    def __init__(self) -> None:
        self._position = 0
        self._nodes: Nodes = _FULL[:0]  # fixed already: node number _first and those after it
        self._open = True
        """None of them is below 1."""
        self._first = 0

    def gain(self, samples: Samples, frames: int) -> Gains | None:
        """Return the gain of the next `frames`, or None where it is 1 throughout.

        `samples` begin at the stream's position; there are `needed` of them, of which the first `frames` are done with.
        """
        start, end = self._position, self._position + frames
        self._position = end
        if self._open and np.abs(samples).max(initial=0) <= CEILING:
            self._first, self._nodes = end // CELL, _FULL[: 2 if end % CELL else 1]
            return None
        self._extend(samples, start, (end - 1) // CELL + 1)
        first = start // CELL
        nodes = self._nodes[first - self._first : (end - 1) // CELL + 2 - self._first]
        lines = (nodes[1:] - nodes[:-1])[:, np.newaxis] * _WITHIN
        lines += nodes[:-1, np.newaxis]
        self._nodes = self._nodes[end // CELL - self._first :]
        self._first = end // CELL
        self._open = not (self._nodes < 1).any()
        return np.asarray(lines.reshape(-1)[start - first * CELL : end - first * CELL], np.float32)

    def _extend(self, samples: Samples, start: int, last_node: int) -> None:
        """Fix the nodes up to `last_node`."""
        next_node = self._first + len(self._nodes)
        if last_node < next_node:
            return
        cell = max(next_node - 1, 0)  # the first whose peak matters: the one before the node
        required = _required(samples[cell * CELL - start :], last_node + ATTACK_CELLS + 1 - cell)
        value = float(self._nodes[-1]) if len(self._nodes) else 1.0
        self._nodes = np.concatenate([self._nodes, _chain(value, _falls(required, next_node - cell))])


def needed(start: int, frames: int) -> int:
    """Return how many frames from `start` on the limiter must see to give the gain of the first `frames` of them."""
    return -(-(start + frames) // CELL) * CELL + LOOK_AHEAD - start


def limit(samples: Samples) -> bool:
    """Keep a whole clip under the ceiling, in place; tell whether that changed it."""
    limiter, changed = Limiter(), False
    for start in range(0, len(samples), _TOGETHER):
        block = samples[start : start + _TOGETHER]
        ahead = np.zeros(needed(start, len(block)), np.float32)
        known = samples[start : start + len(ahead)]
        ahead[: len(known)] = known
        gain = limiter.gain(ahead, len(block))
        if gain is not None:
            block[:] = under_ceiling(block * gain)
            changed = True
    return changed


def under_ceiling(samples: Samples) -> Samples:
    """Cut what rounding, or a clip placed at the last moment, still leaves above the ceiling."""
    return np.clip(samples, np.float32(-CEILING), np.float32(CEILING))


def _required(samples: Samples, cells: int) -> Nodes:
    """Return the gain that each cell's peak asks for."""
    peaks = np.abs(samples[: cells * CELL].reshape(-1, CELL)).max(axis=1).astype(np.float64)
    return np.asarray(CEILING / np.maximum(peaks, CEILING))


def _falls(required: Nodes, skip: int) -> Nodes:
    """Return the most that each node may be: low enough for the cell on either side, and on its way to what comes.

    `required` begins with the cell before the first node (skip 1), or with its own where there is none before (0).
    """
    count = len(required) - skip - ATTACK_CELLS
    falls = np.concatenate([np.ones(1 - skip), required])[:count]  # of the cell before
    for cells in range(ATTACK_CELLS + 1):
        np.minimum(falls, required[skip + cells : skip + cells + count] + cells / ATTACK_CELLS, out=falls)
    return falls


def _chain(value: float, falls: Nodes) -> Nodes:
    """Return the nodes after one of this value: each rises by a step, and stays under its fall."""
    nodes, at = np.ones(len(falls)), 0
    low, most = np.flatnonzero(falls < 1), falls.tolist()
    while at < len(most):
        value = nodes[at] = min(value + _RELEASE_STEP, most[at])
        at += 1
        if value == 1:  # and it stays so until the next fall
            coming = np.searchsorted(low, at)
            at = int(low[coming]) if coming < len(low) else len(most)
    return nodes


_FULL = np.ones(2)
_WITHIN = np.arange(CELL) / CELL  # the places between two nodes
