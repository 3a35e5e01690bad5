"""Sound files in place of a microphone and a speaker: in lock-step, without waiting, deterministic."""

from pathlib import Path
from types import TracebackType

import numpy as np

from coach.devices.port import BLOCK_FRAMES, HEARING_FRAMES, DeviceChange
from coach.errors import InputError
from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, as_pcm, in_steps, noise_floor
from coach.sound.resample import SteadyResampler, resample
from coach.sound.wav import WavWriter, read_wav


class FileDevices:
    """A microphone file (or none) and a speaker file (or none); one block moves both on by 20 ms."""

    def __init__(self, speaker: Path | None, microphone: Path | None = None) -> None:
        """Read the one, open the other. Raises InputError where they are the same, or either can't be used."""
        if speaker and microphone and speaker.resolve() == microphone.resolve():
            raise InputError(f"{speaker}: microphone and speaker are the same file; give the speaker a different name.")
        self._microphone = _Microphone(microphone) if microphone else None
        self._writer = _writer(speaker) if speaker else None
        self._to_hearing = SteadyResampler(RATE_HZ, HEARING_HZ)
        self._blocks = 0

    @property
    def has_microphone(self) -> bool:
        """Tell whether there is a microphone file."""
        return self._microphone is not None

    @property
    def clock_s(self) -> float:
        """Return the length of what was played."""
        return self._blocks * BLOCK_FRAMES / RATE_HZ

    @property
    def late_s(self) -> float:
        """Return 0: a file is never late."""
        return 0.0

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        """Write a block, read a block. Raises MachineError when the disk is full."""
        self._blocks += 1
        if self._writer:
            self._writer.write(block)
        if self._microphone is None:
            return _NOTHING, _NOTHING
        return self._microphone.next(), self._to_hearing.feed(block, HEARING_FRAMES)

    def hush(self) -> float:
        """Return 0: a block that was handed over is written."""
        return 0.0

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return nothing: files stay."""
        return ()

    def close(self) -> None:
        """Finish the speaker file."""
        if self._writer:
            self._writer.close()

    def __enter__(self) -> "FileDevices":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_NOTHING: Pcm = np.zeros(0, np.int16)


class _Microphone:
    """A sound file at 16 kHz mono over the noise floor, and the noise floor alone after its end."""

    def __init__(self, path: Path) -> None:
        samples, rate_hz = read_wav(path)
        self._samples = as_pcm(resample(samples, rate_hz, HEARING_HZ))
        self._at = 0
        self._noise = np.random.default_rng(1)

    def next(self) -> Pcm:
        """Return the next 20 ms."""
        piece = self._samples[self._at : self._at + HEARING_FRAMES]
        self._at += HEARING_FRAMES
        heard = np.rint(noise_floor(HEARING_FRAMES, self._noise))
        heard[: len(piece)] += piece
        return in_steps(heard)


def _writer(path: Path) -> WavWriter:
    if not path.parent.is_dir():
        raise InputError(f"{path}: the folder {path.parent} does not exist; create it first.")
    return WavWriter(path, RATE_HZ)
