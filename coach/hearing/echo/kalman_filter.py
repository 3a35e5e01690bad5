"""Subtract the linear echo with a partitioned-block frequency-domain Kalman filter, overlap-save.

Enzner and Vary 2006; Kuech, Mabande and Enzner 2014. The echo path is split into partitions of one block each. Every
bin of every partition has its own error variance, which sets its step size. While she speaks the residual grows and
the gain falls, so the filter needs no double-talk detector.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coach.hearing.echo.rest import REST_S, Rest
from coach.hearing.echo.sample_history import Block
from coach.hearing.ports.ears import HEARING_HZ

FRAME = 320
"""Frames per block: 20 ms at 16 kHz, the session's own block, so nothing has to be buffered."""

PARTITIONS = 16
"""320 ms of echo path, as long as a living room's echo stays above its noise."""

# `scripts/bench echo` measures these constants, in its rooms, with and without her voice.
PRIOR_POWER = 0.02
"""Expected |W|^2 of a bin of the first partition at the start. Too much of it amplifies the echo for seconds."""
DECAY_PARTITIONS = 3.0
"""Partitions in which the expected |W|^2 falls to 1/e, for a room's response decays."""
_TRANSITION = 0.9997
"""How much of the echo path stays the same from block to block."""
_VARIANCE_STEP = 0.3
"""How much an update lowers the variance. In theory 0.5, the share of new frames in a window; but bins and partitions
are not independent, and the filter would trust itself too early."""
_CONSTRAINT_CYCLE = 4
"""Blocks until each partition has been constrained once. A longer cycle costs less and removes a little less."""
_SMOOTHING = 0.8
_FLOOR = 1e-10
_RECENT = 3  # blocks, 60 ms
_STORED = 4  # times the partitions: so rarely are the played spectra moved

Spectra = npt.NDArray[np.complex64]
Powers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class EchoPath:
    """The estimated room response and its error variance, each (partitions, bins)."""

    response: Spectra
    variance: Powers


class KalmanFilter:
    """Subtracts the estimated echo block by block; float32 in and out, full scale 1.0."""

    def __init__(self, frame: int = FRAME, partitions: int = PARTITIONS, prior_power: float = PRIOR_POWER) -> None:
        bins = frame + 1
        self.frame = frame
        self.partitions = partitions
        self._window = np.zeros(2 * frame, np.float32)
        self._rest = Rest(max(partitions + 1, -(-round(REST_S * HEARING_HZ) // frame)))
        self._next_constrained = 0
        self._recent_powers = deque([0.0] * _RECENT, maxlen=_RECENT)
        self._played_store: Spectra = np.zeros((_STORED * partitions, bins), np.complex64)
        self._power_store: Powers = np.zeros((_STORED * partitions, bins), np.float32)
        self._newest = 0
        """The newest block's row; the older ones follow it."""
        self._product: Spectra = np.zeros((partitions, bins), np.complex64)
        self._padded = np.zeros(2 * frame, np.float32)
        """The error behind a block of zeros."""
        self._residual: Powers = np.zeros(bins, np.float32)
        prior = prior_power * np.exp(-np.arange(partitions, dtype=np.float32) / DECAY_PARTITIONS)
        self.path = EchoPath(np.zeros((partitions, bins), np.complex64), np.repeat(prior[:, None], bins, axis=1))
        """Replaced at each update, never changed in place: keep one to return to it."""

    @property
    def idle(self) -> bool:
        """Tell whether nothing played can still be heard."""
        return self._rest.now

    @property
    def played_power(self) -> float:
        """Return the mean power of the last played blocks, 1.0 for a full-scale square wave."""
        return sum(self._recent_powers) / _RECENT

    def remove(self, mic: Block, played: Block) -> Block:
        """Take one block of each (`frame` frames); return the microphone's block without the echo."""
        self._push(played)
        if self.idle:
            return mic
        error = mic - self._echo()
        self._update(error)
        return error

    def rewind(self, played: Block) -> None:
        """Replace the played history after a delay jump.

        Args: played: `(partitions + 1) * frame` frames.
        """
        blocks = played.reshape(self.partitions + 1, self.frame)
        for block in blocks:
            self._push(block)

    def _push(self, played: Block) -> None:
        """Shift the played spectra by one block."""
        power = float(np.dot(played, played)) / self.frame
        self._recent_powers.append(power)
        was_idle = self.idle
        if self._rest.feed(power):
            if not was_idle:
                self._forget_played()
            return
        self._window[: self.frame] = self._window[self.frame :]
        self._window[self.frame :] = played
        self._make_room()
        spectrum = np.fft.rfft(self._window, out=self._played_store[self._newest])
        np.add(np.square(spectrum.real), np.square(spectrum.imag), out=self._power_store[self._newest])

    def _make_room(self) -> None:
        """Free the row before the newest; move all rows to the end where there is none."""
        if self._newest == 0:
            kept = self.partitions - 1
            for store in (self._played_store, self._power_store):
                store[-kept:] = store[:kept]
            self._newest = len(self._played_store) - kept
        self._newest -= 1

    @property
    def _played(self) -> Spectra:
        """Return the spectra of the last played blocks, (partitions, bins), the newest first."""
        return self._played_store[self._newest : self._newest + self.partitions]

    @property
    def _powers(self) -> Powers:
        """Return their powers."""
        return self._power_store[self._newest : self._newest + self.partitions]

    def _forget_played(self) -> None:
        """Clear the history: after a rest what was played before it is no longer the newest."""
        for store in (self._window, self._played_store, self._power_store):
            store[:] = 0.0

    def _echo(self) -> Block:
        """Return the estimated echo in the microphone's block."""
        np.multiply(self._played, self.path.response, out=self._product)
        return np.asarray(np.fft.irfft(np.add.reduce(self._product))[self.frame :], np.float32)

    def _update(self, error: Block) -> None:
        """Update response and variance from the error signal (the Kalman step)."""
        self._padded[self.frame :] = error
        spectrum = np.asarray(np.fft.rfft(self._padded), np.complex64)
        power = spectrum.real**2 + spectrum.imag**2
        self._residual = _SMOOTHING * self._residual + (1 - _SMOOTHING) * power
        before, powers = self.path, self._powers
        expected = 0.5 * np.einsum("pb,pb->b", before.variance, powers) + self._residual + _FLOOR
        gain = before.variance / expected
        response = np.conj(self._played)  # from here on in place: a third of the time went into new arrays
        response *= gain
        response *= spectrum
        response += before.response
        self._constrain(response)
        self.path = EchoPath(response, _next_variance(before.variance, gain, powers, response))

    def _constrain(self, response: Spectra) -> None:
        """Apply the gradient constraint to the partitions whose turn it is: responses of one block's length."""
        turn = slice(self._next_constrained, None, _CONSTRAINT_CYCLE)
        self._next_constrained = (self._next_constrained + 1) % _CONSTRAINT_CYCLE
        whole = np.fft.irfft(response[turn], axis=1)
        whole[:, self.frame :] = 0.0
        response[turn] = np.fft.rfft(whole, axis=1)


def _next_variance(variance: Powers, gain: Powers, powers: Powers, response: Spectra) -> Powers:
    """Return the error variance after an update: less by what was learned, more by what may change in the room."""
    kept = np.float32(_TRANSITION**2)
    after = gain * powers
    after *= -np.float32(_VARIANCE_STEP)
    after += 1
    after *= variance
    after *= kept
    changes = np.square(response.real)
    changes += np.square(response.imag)
    changes *= 1 - kept
    after += changes
    return after
