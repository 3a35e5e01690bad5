"""Played sound and microphone in, the microphone without the coach's echo out: a linear filter that leaves her whole.

A partitioned-block frequency-domain Kalman filter, overlap-save (Enzner and Vary 2006; Kuech, Mabande and Enzner 2014).
The echo path is a row of partitions, each a block long; every bin of every partition has its own variance, which says
how far it may still be wrong and so how fast it moves. When she speaks the residual grows, the gain falls, and the
filter holds still by itself.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FRAME = 320
"""Frames a block: 20 ms at 16 kHz, the session's own block, so that nothing need be buffered."""

PARTITIONS = 16
"""320 ms of room: the echo of a living room down to what its noise hides."""

# Tuned on speech in rooms of 0.35 and 0.6 s, with and without her voice over it (the scenes of scripts/bench echo).
SPREAD = 0.02
"""Expected |W|^2 of a bin of the first partition at the start. At 1 the filter makes the echo louder for seconds."""
FADE = 3.0
"""Partitions in which the expected |W|^2 falls to 1/e: rooms fade, and knowing it is worth 4 dB at first."""
_FORGET = 0.9997
"""How little the room is trusted to change from block to block."""
_SURER = 0.3
"""How much surer a step makes. Theory says 0.5, the share of new frames in a window; but bins and partitions are not
independent, as it assumes, and the filter would be sure of itself too early (14 dB against 6 in the second second)."""
_TURNS = 4
"""Blocks until each partition has been constrained once: a quarter of them each block. Against all of them each time
it costs 30 % less and removes 0.7 dB less of 29 in the end, as much on average in the first seconds (measured)."""
_SMOOTH = 0.8
_FLOOR = 1e-10

Block = npt.NDArray[np.float32]
Spectra = npt.NDArray[np.complex64]
Powers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class EchoPath:
    """What the filter knows of the room: its response, and how wrong each bin may be."""

    response: Spectra
    doubt: Powers


class KalmanFilter:
    """Subtracts the echo it expects, block by block; float32 in and out, full scale 1.0."""

    _RECENT = 3  # partitions, 60 ms

    def __init__(self, frame: int = FRAME, partitions: int = PARTITIONS, spread: float = SPREAD) -> None:
        bins = frame + 1
        self.frame = frame
        self.partitions = partitions
        self._window = np.zeros(2 * frame, np.float32)
        self._silent = partitions + 1
        self._turn = 0
        self._loudness = deque([0.0] * self._RECENT, maxlen=self._RECENT)
        self._played: Spectra = np.zeros((partitions, bins), np.complex64)
        self._powers: Powers = np.zeros((partitions, bins), np.float32)
        self._residual: Powers = np.zeros(bins, np.float32)
        expected = spread * np.exp(-np.arange(partitions, dtype=np.float32) / FADE)
        self.path = EchoPath(np.zeros((partitions, bins), np.complex64), np.repeat(expected[:, None], bins, axis=1))
        """Never changed in place: keep one, and set it again to go back to it."""

    @property
    def idle(self) -> bool:
        """Tell whether nothing played can still be heard."""
        return self._silent > self.partitions

    @property
    def played_power(self) -> float:
        """Return the mean power of the played sound that is heard best now, 1.0 a full-scale square wave."""
        return sum(self._loudness) / self._RECENT

    def remove(self, mic: Block, played: Block) -> Block:
        """Take one block of each (`frame` frames); return the microphone's without the echo."""
        self._push(played)
        if self.idle:
            return mic
        error = mic - self._echo()
        self._learn(error)
        return error

    def rewind(self, played: Block) -> None:
        """Take other played frames for the past (`(partitions + 1) * frame`): where the delay has moved."""
        blocks = played.reshape(self.partitions + 1, self.frame)
        for block in blocks:
            self._push(block)

    def _push(self, played: Block) -> None:
        """Move the row of played spectra on by one block."""
        power = float(np.dot(played, played)) / self.frame
        self._loudness.append(power)
        self._silent = 0 if power else self._silent + 1
        if self.idle:
            return
        self._window[: self.frame] = self._window[self.frame :]
        self._window[self.frame :] = played
        self._played[1:] = self._played[:-1]
        self._powers[1:] = self._powers[:-1]
        self._played[0] = np.fft.rfft(self._window)
        self._powers[0] = self._played[0].real ** 2 + self._played[0].imag ** 2

    def _echo(self) -> Block:
        spectrum = (self._played * self.path.response).sum(axis=0)
        echo: Block = np.fft.irfft(spectrum)[self.frame :].astype(np.float32)
        return echo

    def _learn(self, error: Block) -> None:
        """Move the path towards what would have removed the rest, each bin by how wrong it may be."""
        padded = np.concatenate((np.zeros(self.frame, np.float32), error))
        spectrum = np.fft.rfft(padded).astype(np.complex64)
        power = spectrum.real**2 + spectrum.imag**2
        self._residual = _SMOOTH * self._residual + (1 - _SMOOTH) * power
        doubt = self.path.doubt
        expected = 0.5 * (doubt * self._powers).sum(axis=0) + self._residual + _FLOOR
        gain = doubt / expected
        response = self.path.response + gain * np.conj(self._played) * spectrum
        self._constrain(response)
        kept = np.float32(_FORGET**2)
        doubt = kept * (1 - np.float32(_SURER) * gain * self._powers) * doubt
        doubt += (1 - kept) * (response.real**2 + response.imag**2)
        self.path = EchoPath(response, doubt)

    def _constrain(self, response: Spectra) -> None:
        """Keep of the partitions whose turn it is only what a response of one block can be."""
        turn = slice(self._turn, None, _TURNS)
        self._turn = (self._turn + 1) % _TURNS
        whole = np.fft.irfft(response[turn], axis=1)
        whole[:, self.frame :] = 0.0
        response[turn] = np.fft.rfft(whole, axis=1)
