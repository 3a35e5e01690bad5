"""Moonshine's tiny English model: sound in, log-probabilities of the next token out. The gate to onnxruntime.

The weights lie in the wheel `moonshine-voice` 0.1.0; the package itself is never imported. The decoder has two
branches. The one without a cache is right for a single first token only (it masks nothing of what follows); every
further token goes singly through the cached branch, which hands back empty encoder keys: those of the first step are
put in again each time.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.errors import MachineError
from coach.hearing.recognition.models.tokenizer import START
from coach.hearing.recognition.models.wheels import wheel_folder

LAYERS, HEADS, WIDTH = 6, 8, 36  # of the tiny decoder
FEWEST_SAMPLES = 2_000  # the encoder's strides need a little more than 0.1 s

Sound = npt.NDArray[np.float32]
"""Mono at 16 kHz, full scale 1.0."""
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Branches:
    """Token sequences that all go on from one sound: the decoder's memory after each, and what may come next."""

    log_p: Floats
    """(sequences, vocabulary)"""
    past: tuple[Floats, ...]
    """Keys and values of each layer, (sequences, heads, tokens so far, width)."""
    sound: tuple[Floats, ...]
    """The encoder's keys and values of each layer, (1, heads, T, width)."""
    frames: Floats
    """What the encoder made of the sound: (T, all heads' width)."""


class MoonshineModel:
    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """Load encoder and decoder (0.5 s). Raises MachineError where onnxruntime or the files are missing."""
        folder = folder or model_folder()
        try:
            import onnxruntime as ort
            from onnxruntime.capi import onnxruntime_pybind11_state as refusals
        except ImportError as error:
            raise MachineError("onnxruntime is missing or broken: pip install onnxruntime") from error
        try:
            options = ort.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = threads
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._encoder, self._decoder = (
                ort.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"])
                for file in ("encoder_model.ort", "decoder_model_merged.ort")
            )
        except (refusals.Fail, refusals.InvalidArgument, refusals.InvalidProtobuf, refusals.NoSuchFile) as error:
            raise MachineError(f"{folder}: Moonshine can't be loaded ({error}); reinstall moonshine-voice") from error

    def begin(self, sound: Sound) -> Branches:
        """Encode a sound (at least 0.125 s; shorter ones are lengthened by zeros) and take the start token."""
        hidden = self.frames(sound)[None]
        empty = np.zeros((1, HEADS, 0, WIDTH), np.float32)
        return self._step(np.array([START]), hidden, (empty,) * 2 * LAYERS, (empty,) * 2 * LAYERS, cached=False)

    def go_on(self, branches: Branches, rows: list[int], tokens: list[int]) -> Branches:
        """Return the branches that continue sequence `rows[i]` with `tokens[i]`."""
        past = tuple(each[rows] for each in branches.past)
        hidden = np.zeros((len(rows), 1, HEADS * WIDTH), np.float32)  # must be fed; the cached branch ignores it
        # One sound serves all rows: the decoder broadcasts it, a third faster than with a copy for each.
        stepped = self._step(np.array(tokens), hidden, past, branches.sound, cached=True)
        return replace(branches, log_p=stepped.log_p, past=stepped.past)

    def frames(self, sound: Sound) -> Floats:
        """Return what the encoder makes of a sound, some 40 frames a second: (T, all heads' width)."""
        if len(sound) < FEWEST_SAMPLES:
            sound = np.pad(sound, (0, FEWEST_SAMPLES - len(sound)))
        inputs = {"input_values": sound[None].astype(np.float32), "attention_mask": np.ones((1, len(sound)), np.int64)}
        (hidden,) = self._encoder.run(None, inputs)
        frames: Floats = hidden[0]
        return frames

    def _step(
        self,
        tokens: npt.NDArray[np.int64],
        hidden: Floats,
        past: tuple[Floats, ...],
        sound: tuple[Floats, ...],
        *,
        cached: bool,
    ) -> Branches:
        inputs = {
            "input_ids": tokens[:, None].astype(np.int64),
            "encoder_hidden_states": hidden,
            "encoder_attention_mask": np.ones((len(tokens), 1), np.int64),  # counts samples; one column broadcasts
            "use_cache_branch": np.array([cached]),
        }
        for layer in range(LAYERS):
            for i, kind in enumerate(("key", "value")):
                inputs[f"past_key_values.{layer}.decoder.{kind}"] = past[2 * layer + i]
                inputs[f"past_key_values.{layer}.encoder.{kind}"] = sound[2 * layer + i]
        logits, *present = self._decoder.run(None, inputs)
        # Present come as decoder key, decoder value, encoder key, encoder value, layer by layer.
        decoder = tuple(present[i] for i in range(len(present)) if i % 4 < 2)
        encoder = tuple(present[i] for i in range(len(present)) if i % 4 >= 2)
        return Branches(_log_softmax(logits[:, -1]), decoder, encoder, hidden[0])


def model_folder() -> Path:
    """Return the folder of the weights. Raises MachineError where the wheel is missing or has none."""
    wheel = wheel_folder("moonshine_voice")
    folder = wheel / "assets" / "tiny-en" if wheel else None
    if folder is None or not (folder / "decoder_model_merged.ort").is_file():
        raise MachineError("Moonshine is missing: pip install moonshine-voice==0.1.0 (none for Intel Macs: use Vosk)")
    return folder


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
