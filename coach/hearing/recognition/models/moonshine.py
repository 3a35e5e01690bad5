"""Run Moonshine's tiny English model with onnxruntime: encode a sound, decode it token by token.

The weights come from the wheel `moonshine-voice` 0.1.0; the package itself is never imported. The decoder has two
branches. The one without a cache takes the start token. Every further token goes through the cached branch alone, which
returns empty encoder keys: those of the first step are fed again each time. More tokens at once would do without a
cache too, for that branch masks what follows; but int8 rounding then changes the scores a little.
"""

from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.errors import MachineError
from coach.hearing.recognition.models.onnx import open_session
from coach.hearing.recognition.models.tokenizer import START
from coach.hearing.recognition.models.wheels import wheel_folder

LAYERS, HEADS, WIDTH = 6, 8, 36  # of the tiny decoder
BEGUN_SOUNDS = 5  # the original and the views of one word that are transcribed after they were scored
FEWEST_SAMPLES = 2_000  # the encoder's strides need a little more than 0.1 s

Sound = npt.NDArray[np.float32]
"""Mono at 16 kHz, full scale 1.0."""
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Hypotheses:
    """Token sequences of one sound, each with its decoder cache and the probabilities of the next token."""

    log_p: Floats
    """Log-probabilities of the next token, (sequences, vocabulary)."""
    decoder_cache: tuple[Floats, ...]
    """Keys and values of each layer, (sequences, heads, tokens, width)."""
    encoder_cache: tuple[Floats, ...]
    """The encoder's keys and values of each layer, (1, heads, T, width)."""
    encoded: Floats
    """The encoder's output: (T, all heads' width)."""


class MoonshineModel:
    """Encoder and decoder."""

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """Load the model. Raises MachineError if onnxruntime or a file is missing."""
        folder = folder or model_folder()
        self._begun: deque[tuple[Sound, Hypotheses]] = deque(maxlen=BEGUN_SOUNDS)
        self._encoder, self._decoder = (
            open_session(folder / file, "moonshine-voice", threads)
            for file in ("encoder_model.ort", "decoder_model_merged.ort")
        )

    def begin(self, sound: Sound) -> Hypotheses:
        """Encode a sound and decode the start token; one of the last few sounds is not encoded again."""
        for begun, hypotheses in tuple(self._begun):
            if begun is sound:
                return hypotheses
        hypotheses = self._begin(sound)
        self._begun.append((sound, hypotheses))
        return hypotheses

    def _begin(self, sound: Sound) -> Hypotheses:
        hidden = self.encode(sound)[None]
        empty = np.zeros((1, HEADS, 0, WIDTH), np.float32)
        return self._step(np.array([START]), hidden, (empty,) * 2 * LAYERS, (empty,) * 2 * LAYERS, cached=False)

    def extend(self, hypotheses: Hypotheses, rows: list[int], tokens: list[int]) -> Hypotheses:
        """Return new hypotheses, each sequence `rows[i]` extended by `tokens[i]`."""
        past = tuple(each[rows] for each in hypotheses.decoder_cache)
        hidden = np.zeros((len(rows), 1, HEADS * WIDTH), np.float32)  # must be fed; the cached branch ignores it
        # One sound serves all rows: the decoder broadcasts it, faster than with a copy for each.
        stepped = self._step(np.array(tokens), hidden, past, hypotheses.encoder_cache, cached=True)
        return replace(hypotheses, log_p=stepped.log_p, decoder_cache=stepped.decoder_cache)

    def encode(self, sound: Sound) -> Floats:
        """Return the encoder's output, some 40 frames a second: (T, all heads' width). Short sounds are zero-padded."""
        if len(sound) < FEWEST_SAMPLES:
            sound = np.pad(sound, (0, FEWEST_SAMPLES - len(sound)))
        inputs = {"input_values": sound[None].astype(np.float32), "attention_mask": np.ones((1, len(sound)), np.int64)}
        (hidden,) = self._encoder.run(None, inputs)
        encoded: Floats = hidden[0]
        return encoded

    def _step(
        self,
        tokens: npt.NDArray[np.int64],
        hidden: Floats,
        decoder_cache: tuple[Floats, ...],
        encoder_cache: tuple[Floats, ...],
        *,
        cached: bool,
    ) -> Hypotheses:
        inputs = {
            "input_ids": tokens[:, None].astype(np.int64),
            "encoder_hidden_states": hidden,
            "encoder_attention_mask": np.ones((len(tokens), 1), np.int64),  # counts samples; one column broadcasts
            "use_cache_branch": np.array([cached]),
        }
        for layer in range(LAYERS):
            for i, kind in enumerate(("key", "value")):
                inputs[f"past_key_values.{layer}.decoder.{kind}"] = decoder_cache[2 * layer + i]
                inputs[f"past_key_values.{layer}.encoder.{kind}"] = encoder_cache[2 * layer + i]
        logits, *present = self._decoder.run(None, inputs)
        # Layer by layer: decoder key, decoder value, encoder key, encoder value.
        decoder = tuple(present[i] for i in range(len(present)) if i % 4 < 2)
        encoder = tuple(present[i] for i in range(len(present)) if i % 4 >= 2)
        return Hypotheses(_log_softmax(logits[:, -1]), decoder, encoder, hidden[0])


def model_folder() -> Path:
    """Return the folder of the weights. Raises MachineError if the wheel or its weights are missing."""
    wheel = wheel_folder("moonshine_voice")
    folder = wheel / "assets" / "tiny-en" if wheel else None
    if folder is None or not (folder / "decoder_model_merged.ort").is_file():
        raise MachineError("Moonshine is missing: pip install moonshine-voice==0.1.0 (none for Intel Macs: use Vosk)")
    return folder


def _log_softmax(logits: Floats) -> Floats:
    """Return the logits as log-probabilities, in place and row by row: a row fits into the processor's cache."""
    powers = np.empty(logits.shape[-1], np.float32)
    for row in logits:
        row -= row.max()
        row -= np.log(np.exp(row, out=powers).sum())
    return logits
