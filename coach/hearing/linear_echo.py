"""Played sound and microphone in, the microphone without the coach's echo out: a linear filter, so her voice stays whole.

A partitioned-block frequency-domain Kalman filter, overlap-save (Enzner and Vary 2006; Kuech, Mabande and Enzner 2014).
The echo path is a row of partitions, each a block long; every bin of every partition has its own variance, which says
how far it may still be wrong and so how fast it moves. When she speaks the residual grows, the gain falls, and the
filter holds still by itself.
"""

import numpy as np
import numpy.typing as npt

FRAME = 160
"""Frames a block: 10 ms at 16 kHz, the canceller's own block, so that both outputs need no further buffer."""

PARTITIONS = 32
"""320 ms of room: the echo of a living room down to what its noise hides."""

_FORGET = 0.9995
"""How little the room is trusted to change from block to block."""
_SPREAD = 0.02
"""Expected |W|^2 of one bin at the start. At 1 and more the filter makes the echo louder for seconds."""
_SMOOTH = 0.9
_FLOOR = 1e-10

Block = npt.NDArray[np.float32]
Spectra = npt.NDArray[np.complex64]
Powers = npt.NDArray[np.float32]


class LinearEcho:
    """Subtracts the echo it expects, block by block; float32 in and out, full scale 1.0."""

    def __init__(self, frame: int = FRAME, partitions: int = PARTITIONS) -> None:
        bins = frame + 1
        self.frame = frame
        self.partitions = partitions
        self._window = np.zeros(2 * frame, np.float32)
        self._heard: Spectra = np.zeros((partitions, bins), np.complex64)
        self._powers: Powers = np.zeros((partitions, bins), np.float32)
        self._path: Spectra = np.zeros((partitions, bins), np.complex64)
        self._doubt: Powers = np.full((partitions, bins), _SPREAD, np.float32)
        self._residual: Powers = np.zeros(bins, np.float32)

    def remove(self, mic: Block, played: Block) -> Block:
        """Take one block of each (`frame` frames); return the microphone's without the echo."""
        self._push(played)
        error = mic - self._echo()
        self._learn(error)
        return error

    def _push(self, played: Block) -> None:
        """Move the row of played spectra on by one block."""
        self._window[: self.frame] = self._window[self.frame :]
        self._window[self.frame :] = played
        self._heard[1:] = self._heard[:-1]
        self._powers[1:] = self._powers[:-1]
        self._heard[0] = np.fft.rfft(self._window)
        self._powers[0] = self._heard[0].real ** 2 + self._heard[0].imag ** 2

    def _echo(self) -> Block:
        spectrum = np.einsum("pb,pb->b", self._heard, self._path)
        echo: Block = np.fft.irfft(spectrum)[self.frame :].astype(np.float32)
        return echo

    def _learn(self, error: Block) -> None:
        """Move the path towards what would have removed the rest of the echo, each bin by what it may still be wrong."""
        padded = np.concatenate((np.zeros(self.frame, np.float32), error))
        spectrum = np.fft.rfft(padded).astype(np.complex64)
        power = spectrum.real**2 + spectrum.imag**2
        self._residual = _SMOOTH * self._residual + (1 - _SMOOTH) * power
        expected = 0.5 * np.einsum("pb,pb->b", self._doubt, self._powers) + self._residual + _FLOOR
        gain = self._doubt / expected
        step = gain * np.conj(self._heard) * spectrum
        self._path += self._constrained(step)
        path_power = self._path.real**2 + self._path.imag**2
        kept = _FORGET**2
        self._doubt = kept * (1 - 0.5 * gain * self._powers) * self._doubt + (1 - kept) * path_power

    def _constrained(self, step: Spectra) -> Spectra:
        """Keep of each partition only what a response of one block can be."""
        response = np.fft.irfft(step, axis=1)
        response[:, self.frame :] = 0.0
        constrained: Spectra = np.fft.rfft(response, axis=1).astype(np.complex64)
        return constrained
