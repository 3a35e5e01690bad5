"""Simulated acoustics, block by block: a room's response, a delay that drifts, a loudspeaker that clips softly."""

import numpy as np
import numpy.typing as npt

from coach.hearing.echo.fractional_delay import MARGIN, interpolate
from coach.hearing.echo.rest import REST_S, Rest
from coach.hearing.echo.sample_history import SampleHistory, power
from coach.hearing.ports.ears import HEARING_HZ

Block = npt.NDArray[np.float32]

_STORED = 4  # times a response's blocks: so rarely are their spectra moved


class Convolver:
    """Convolves a stream with a response, in blocks of one length, without delay."""

    def __init__(self, response: Block, frames: int) -> None:
        parts = -(-len(response) // frames)
        padded = np.zeros((parts, frames), np.float32)
        padded.reshape(-1)[: len(response)] = response
        self.frames = frames
        self._response = np.fft.rfft(padded, 2 * frames, axis=1)
        self._product = np.zeros_like(self._response)
        self._store = np.zeros((_STORED * parts, frames + 1), np.complex64)
        self._newest = 0
        """The newest block's row of the store; the older ones follow it."""
        self._window = np.zeros(2 * frames, np.float32)
        self._rest = Rest(max(parts + 1, -(-round(REST_S * HEARING_HZ) // frames)))

    def feed(self, block: Block) -> Block:
        """Take the next block; return the next block of the convolved stream: silence while it rests."""
        was_resting = self._rest.now
        if self._rest.feed(power(block)):
            if not was_resting:
                self._window[:] = self._store[:] = 0.0
            return np.zeros_like(block)
        self._window[: self.frames] = self._window[self.frames :]
        self._window[self.frames :] = block
        self._make_room()
        np.fft.rfft(self._window, out=self._store[self._newest])
        spectra = self._store[self._newest : self._newest + len(self._response)]
        np.multiply(spectra, self._response, out=self._product)
        return np.asarray(np.fft.irfft(np.add.reduce(self._product))[self.frames :], np.float32)

    def _make_room(self) -> None:
        """Go to the row of the next spectrum; where none is left, move those that still count to the end first."""
        if self._newest == 0:
            kept = len(self._response) - 1
            self._store[len(self._store) - kept :] = self._store[:kept]
            self._newest = len(self._store) - kept
        self._newest -= 1


class DelayLine:
    """Delays a stream by a time that may drift with the clocks and jump once."""

    def __init__(self, delay_s: float, drift_ppm: float, jump_s: float, jump_at_s: float) -> None:
        self._delay = delay_s * HEARING_HZ
        self._drift = drift_ppm * 1e-6
        self._jump = jump_s * HEARING_HZ
        self._jump_at = jump_at_s * HEARING_HZ
        self._done = 0
        self._kept = self._needed()
        self._line = SampleHistory(self._kept)

    def feed(self, block: Block) -> Block:
        """Take the next block; return the delayed stream's next block."""
        self._lengthen()
        self._line.append(block)
        steady = self._steady(len(block))
        out = (
            self._drifting(len(block)) if steady is None else self._line.last(len(block) + steady)[: len(block)].copy()
        )
        self._done += len(block)
        return out

    def _lengthen(self) -> None:
        """Keep as much of the stream as the delay needs, which may grow."""
        if self._needed() <= self._kept:
            return
        before, kept = self._line.last(self._kept), 2 * self._needed()
        self._line = SampleHistory(kept)
        self._line.append(before)
        self._kept = kept

    def _steady(self, frames: int) -> int | None:
        """Return the delay of the whole block in whole frames, None where it is another from frame to frame."""
        before, after = self._done + frames <= self._jump_at, self._done >= self._jump_at
        delay = max(0.0, self._delay + (self._jump if after else 0.0))
        return int(delay) if not self._drift and (before or after) and not delay % 1 else None

    def _drifting(self, frames: int) -> Block:
        at = self._done + np.arange(frames)
        delay = self._delay + self._drift * at + np.where(at >= self._jump_at, self._jump, 0.0)
        return self._read(np.arange(frames) - np.clip(delay, 0.0, None))

    def _needed(self) -> int:
        longest = self._delay + self._drift * (self._done + HEARING_HZ) + max(self._jump, 0.0)
        return int(max(longest, 0.0)) + 2 * MARGIN + HEARING_HZ

    def _read(self, at: npt.NDArray[np.float64]) -> Block:
        """Read at positions counted from the newest block's first frame."""
        line = self._line.last(self._kept)
        at = at + len(line) - len(at)
        if not self._drift and not (self._delay + self._jump) % 1:
            return line[np.rint(at).astype(np.int64)]
        return interpolate(line, np.minimum(at, len(line) - 1 - MARGIN))


class Loudspeaker:
    """Clips softly: tanh of the driven signal, brought back to the level that speech had before."""

    def __init__(self, drive: float) -> None:
        self._drive = drive
        speech = np.random.default_rng(0).laplace(scale=0.1 / np.sqrt(2), size=HEARING_HZ)  # of RMS 0.1, as clips are
        self._level = 0.1 / np.sqrt(np.mean(np.tanh(drive * speech) ** 2)) if drive else 1.0

    def feed(self, block: Block) -> Block:
        """Take the next block; return what the loudspeaker makes of it."""
        if not self._drive:
            return block
        out: Block = (self._level * np.tanh(self._drive * block)).astype(np.float32)
        return out
