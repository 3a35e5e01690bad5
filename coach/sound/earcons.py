"""Load the earcons: short sounds that mean something, shipped as files (made by `scripts/make sounds`)."""

from functools import cache

from coach.errors import MachineError
from coach.places import audio_folder
from coach.sound.clip import RATE_HZ, Clip
from coach.sound.wav import read_wav

EARCONS = (
    "tick",  # a second of a count-in
    "pulse",  # a second inside a phase that has no words
    "step",  # of a walk
    "begin",  # the count-in is over
    "rise",  # lift, breath out: high, short, pure
    "fall",  # return, breath in: low, long, rich
    "stay",  # hold: two pulses of a fifth
    "chime",  # something comes: listen
    "hm",  # heard, not understood
    "ready_prompt",  # your turn to speak
    "done_chime",  # the end
)


@cache
def earcon(name: str) -> Clip:
    """Return the clip of an earcon. Raises ValueError for a name that is none, MachineError where its file is gone."""
    if name not in EARCONS:
        raise ValueError(f"no earcon named {name}")
    path = audio_folder() / f"{name}.wav"
    if not path.is_file():
        raise MachineError(f"{path}: is missing; reinstall the coach, or run scripts/make sounds")
    samples, rate_hz = read_wav(path)
    if rate_hz != RATE_HZ:
        raise MachineError(f"{path}: is at {rate_hz} Hz, not {RATE_HZ}; run scripts/make sounds")
    samples.setflags(write=False)
    return Clip(samples)
