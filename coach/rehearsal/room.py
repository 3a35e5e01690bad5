"""A simulated room: mix the coach's echo, the exerciser's voice and noise into what the microphone records.

Lock-step and deterministic: the same spec, seed and blocks give the same samples.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.devices.port import BLOCK_FRAMES, HEARING_FRAMES
from coach.errors import InputError
from coach.hearing.ports.ears import HEARING_HZ
from coach.rehearsal.acoustics import Block, Convolver, DelayLine, Loudspeaker
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import FULL_SCALE, Pcm, as_float, as_pcm, gain_of
from coach.sound.resample import SteadyResampler, resample
from coach.sound.reverberation import impulse_response
from coach.sound.wav import read_wav

VOICE_DB = -10.0
"""Her voice at the microphone against her clip: some 34 dB above the noise floor, as a laptop a step away has it."""

SPEECH_DB = -20.0
"""Level of speech in clips, dB of full scale, while it sounds: what a noise file's ratio refers to."""


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """Everything that shapes the room. Levels at the microphone; both speakers' clips are of one loudness."""

    reverberation_s: float = 0.35
    """Until sound has fallen by 60 dB."""
    distance_m: float = 1.5
    """Her mouth to the microphone: how reverberant she is. Her level stays."""
    loudspeaker_m: float = 0.4
    """The loudspeaker to the microphone."""
    echo_db: float = -12.0
    """The coach's echo minus her voice."""
    echo_delay_s: float = 0.04
    """From a played frame to its arrival, counted against `Room.played`."""
    drift_ppm: float = 0.0
    """The microphone's clock against the loudspeaker's: the delay grows by so many microseconds a second."""
    jump_s: float = 0.0
    """By how much the delay jumps, once."""
    jump_at_s: float = 10.0
    drive: float = 0.0
    """How hard the loudspeaker is driven: 0 is clean, 4 clips gently, 12 heavily."""
    noise_rms: float = 20.0
    """The noise floor, in int16 steps. Never zero in the field: recognizers fail on digital silence."""
    noise_file: Path | None = None
    """Noise that repeats, e.g. a kitchen."""
    noise_snr_db: float = 10.0
    """Her voice minus the noise file's noise."""
    seed: int = 1


class Room:
    """Hears the loudspeaker and her, block by block."""

    def __init__(self, spec: RoomSpec | None = None) -> None:
        spec = spec or RoomSpec()
        generator = np.random.default_rng(spec.seed)
        echo = impulse_response(spec.reverberation_s, spec.loudspeaker_m, generator, HEARING_HZ)
        voice = impulse_response(spec.reverberation_s, spec.distance_m, generator, HEARING_HZ)
        self.spec = spec
        self.played: Pcm = np.zeros(HEARING_FRAMES, np.int16)
        """The coach's newest block at 16 kHz, exactly what the loudspeaker got: the reference for removing its echo."""
        self._to_hearing = SteadyResampler(RATE_HZ, HEARING_HZ)
        self._loudspeaker = Loudspeaker(spec.drive)
        self._delay = DelayLine(spec.echo_delay_s, spec.drift_ppm, spec.jump_s, spec.jump_at_s)
        self._echo = Convolver(echo * gain_of(VOICE_DB + spec.echo_db), HEARING_FRAMES)
        self._voice = Convolver(voice * gain_of(VOICE_DB), HEARING_FRAMES)
        self._generator = generator
        self._noise = _noise(spec)
        self._noise_at = 0

    def hear(self, coach: Pcm, exerciser: Pcm) -> Pcm:
        """Take 20 ms of the coach at 44.1 kHz and of her at 16 kHz; return what the microphone hears, at 16 kHz.

        Raises ValueError where a block is not 20 ms long.
        """
        if len(coach) != BLOCK_FRAMES:
            raise ValueError(f"the coach's block has {len(coach)} frames, not {BLOCK_FRAMES}")
        return self.hear_16k(self._to_hearing.feed(coach, HEARING_FRAMES), exerciser)

    def hear_16k(self, coach: Pcm, exerciser: Pcm) -> Pcm:
        """Do the same with the coach at 16 kHz already."""
        if len(coach) != HEARING_FRAMES or len(exerciser) != HEARING_FRAMES:
            raise ValueError(f"blocks of {len(coach)} and {len(exerciser)} frames, not {HEARING_FRAMES}")
        self.played = coach
        echo = self._echo.feed(self._delay.feed(self._loudspeaker.feed(as_float(coach))))
        heard = echo + self._voice.feed(as_float(exerciser)) + self._background()
        return as_pcm(heard)

    def _background(self) -> Block:
        floor = self._generator.standard_normal(HEARING_FRAMES).astype(np.float32) * (self.spec.noise_rms / FULL_SCALE)
        if self._noise is None:
            return floor
        at = (self._noise_at + np.arange(HEARING_FRAMES)) % len(self._noise)
        self._noise_at += HEARING_FRAMES
        background: Block = floor + self._noise[at]
        return background


def _noise(spec: RoomSpec) -> Block | None:
    """Return the noise file at its level at the microphone. Raises InputError where it can't be read."""
    if spec.noise_file is None:
        return None
    samples, rate_hz = read_wav(spec.noise_file)
    samples = resample(samples, rate_hz, HEARING_HZ)
    if len(samples) < HEARING_FRAMES:
        raise InputError(f"{spec.noise_file}: is too short for noise; it must last at least 20 ms")
    level = float(np.sqrt(np.mean(samples**2))) or 1.0
    scaled: Block = (samples * (gain_of(SPEECH_DB + VOICE_DB - spec.noise_snr_db) / level)).astype(np.float32)
    return scaled
