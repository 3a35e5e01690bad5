"""Words that she has taught in her own voice: what the encoder makes of each sample, never the sound itself.

They are kept in a file of hers, and belong to one version of the encoder.
"""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from coach.hearing.recognition.models.moonshine import HEADS, WIDTH, model_folder
from coach.hearing.recognition.pitch import median_hz
from coach.hearing.recognition.scoring.templates import PARTS

Floats = npt.NDArray[np.float32]

SAMPLES = 3
"""Of each word."""
MOST_FURTHER = 6
"""Samples of a word learned as she trains: the newest."""
_HEAD_BYTES = 1_000_000
_BROKEN = (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile)


class NotRead(StrEnum):
    """Why nothing is known of her voice although there is a file."""

    DAMAGED = "damaged"
    OTHER_VERSION = "other version"


def _no_samples() -> Floats:
    return np.zeros((0, PARTS, HEADS * WIDTH), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class LearnedWord:
    """A phrase, and her samples of it."""

    text: str
    parts: Floats
    """(samples, `PARTS`, width), as `templates.pooled`: those she taught."""
    further: Floats = field(default_factory=_no_samples)
    """The same, learned as she trained, oldest first."""
    pitch_hz: float | None = None
    """Of her voice when she taught it; None where it is not known."""

    @property
    def samples(self) -> Floats:
        """Return all of them."""
        both: Floats = np.concatenate((self.parts, self.further))
        return both


def her_pitch_hz(learned: Sequence[LearnedWord]) -> float | None:
    """Return the pitch of her voice, None where no word tells it."""
    return median_hz(each.pitch_hz for each in learned)


def with_further(known: Sequence[LearnedWord], text: str, sample: bytes) -> tuple[LearnedWord, ...]:
    """Return the words with one more sample, float16 in bytes, of this phrase; the oldest beyond `MOST_FURTHER` go.

    Raises ValueError for what is no sample.
    """
    parts = np.frombuffer(sample, np.float16).astype(np.float32).reshape(1, PARTS, HEADS * WIDTH)
    words = {each.text: each for each in known}
    before = words.get(text) or LearnedWord(text, _no_samples())
    further = np.concatenate((before.further, parts))[-MOST_FURTHER:]
    return tuple((words | {text: replace(before, further=further)}).values())


def encoder_version() -> str:
    """Return what tells this encoder from others. Raises MachineError if it is missing."""
    path = model_folder() / "encoder_model.ort"
    with path.open("rb") as file:
        return sha256(file.read(_HEAD_BYTES) + str(path.stat().st_size).encode()).hexdigest()[:16]


def write_learned(path: Path, learned: Sequence[LearnedWord]) -> None:
    """Replace the file. Its owner alone can read it if it was made so. Raises OSError, MachineError."""
    about: dict[str, Any] = {"version": encoder_version(), "words": [each.text for each in learned]}
    about["pitch_hz"] = [each.pitch_hz for each in learned]
    parts: dict[str, Any] = {f"word{at}": each.parts.astype(np.float16) for at, each in enumerate(learned)}
    parts |= {f"further{at}": each.further.astype(np.float16) for at, each in enumerate(learned)}
    with path.open("wb") as file:
        np.savez_compressed(file, about=np.array(json.dumps(about)), **parts)


def read_learned(path: Path) -> tuple[tuple[LearnedWord, ...], NotRead | None]:
    """Return what she has taught, and why it is of no use where it is not. Raises MachineError without an encoder."""
    if not path.exists():
        return (), None
    version = encoder_version()
    try:
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            found = tuple(_word(file, at, about) for at in range(len(about["words"])))
            if about["version"] != version:
                return (), NotRead.OTHER_VERSION
    except _BROKEN:
        return (), NotRead.DAMAGED
    return (found, None) if all(map(_is_sound, found)) else ((), NotRead.DAMAGED)


def _word(file: Any, at: int, about: Mapping[str, Any]) -> LearnedWord:
    pitches_hz = about.get("pitch_hz", ())  # files of before have none
    pitch_hz = float(pitches_hz[at]) if at < len(pitches_hz) and pitches_hz[at] is not None else None
    further = file[f"further{at}"].astype(np.float32) if f"further{at}" in file else _no_samples()
    return LearnedWord(str(about["words"][at]), file[f"word{at}"].astype(np.float32), further, pitch_hz)


def _is_sound(word: LearnedWord) -> bool:
    each = (word.parts, word.further)
    fits = all(parts.ndim == 3 and parts.shape[1:] == (PARTS, HEADS * WIDTH) for parts in each)
    return fits and len(word.samples) > 0 and bool(np.isfinite(word.samples).all())
