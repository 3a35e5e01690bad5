"""Let flite speak into memory: its voices were cut from recordings of people, where espeak's are calculated.

They sound otherwise than espeak's to a recognizer: templates of espeak's voices alone know one word in two of theirs.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from coach.errors import MachineError
from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm, as_pcm
from coach.sound.resample import resample
from coach.sound.wav import read_wav

PITCH_HZ = {"slt": 175.0, "awb": 125.0, "rms": 100.0, "kal16": 105.0}
"""Each voice's mean pitch."""


@dataclass(frozen=True, slots=True)
class Flite:
    """The synthesizer, a command."""

    command: str

    def say(self, text: str, voice: str, stretch: float, pitch: float) -> Pcm:
        """Return a text at 16 kHz, so many times as long and as high as the voice says it by itself."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "said.wav"
            settings = (f"duration_stretch={stretch:.3f}", f"int_f0_target_mean={PITCH_HZ[voice] * pitch:.1f}")
            manner = [part for each in settings for part in ("--setf", each)]
            arguments = [self.command, "-voice", voice, *manner, "-t", text, "-o", str(path)]
            subprocess.run(arguments, check=True, capture_output=True)
            samples, rate_hz = read_wav(path)
        return as_pcm(resample(samples, rate_hz, HEARING_HZ))


def flite() -> Flite:
    """Find the synthesizer. Raises MachineError where there is none."""
    command = shutil.which("flite")
    if command is None:
        raise MachineError("flite is missing: sudo apt-get install flite   (Fedora: sudo dnf install flite)")
    return Flite(command)
