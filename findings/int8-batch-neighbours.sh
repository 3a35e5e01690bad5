#!/usr/bin/env bash
# moonshine-voice 0.1.0 (its int8 tiny English decoder), onnxruntime 1.32.0, numpy 2.4.6: the probability of a next token
#   depends on the other hypotheses in its batch.
# Expected: a decoder has no path from one row of a batch to another, so a row scores the same alone and in company.
# Found: the same row of the same sound moves by tenths of a nat with its neighbours. The weights are int8 and quantized
#   dynamically: the scale of the activations is one for the whole tensor, so the loudest row sets the rounding of all.
# Why it matters: whoever ranks hypotheses (beam search, phrase scoring) gets other scores after adding one that has
#   nothing to do with them, and can't compare scores from batches of different sizes. Gains of a few tenths mean nothing.
#   ctranslate2's int8 kernels scale row by row and do not show it.
# Output seen:  0 neighbours: moved by 0.000 nats, 1 neighbours: moved by 0.173 nats, 7: 0.104, 31: 0.054
# Date: 2026-11-30. Exits 1 where this is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps moonshine-voice==0.1.0
"$folder/venv/bin/pip" install -q --disable-pip-version-check onnxruntime==1.32.0 numpy==2.4.6 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
import importlib.util
import sys
from pathlib import Path

import numpy as np
import onnxruntime

LAYERS, HEADS, WIDTH, START = 6, 8, 36, 1
weights = Path(importlib.util.find_spec("moonshine_voice").origin).parent / "assets" / "tiny-en"
encoder, decoder = (
    onnxruntime.InferenceSession(str(weights / name)) for name in ("encoder_model.ort", "decoder_model_merged.ort")
)
names = [f"past_key_values.{layer}.{of}.{kind}" for layer in range(LAYERS) for of in ("decoder", "encoder") for kind in ("key", "value")]


def step(tokens, past, hidden, cached):
    """Return the next tokens' log-probabilities of each row, and the cache, in the order of `names`."""
    inputs = dict(zip(names, past, strict=True)) | {
        "input_ids": np.array(tokens, np.int64)[:, None],
        "encoder_hidden_states": hidden,
        "encoder_attention_mask": np.ones((len(tokens), 1), np.int64),
        "use_cache_branch": np.array([cached]),
    }
    logits, *present = decoder.run(None, inputs)
    last = logits[:, -1].astype(np.float64)
    last -= last.max(axis=1, keepdims=True)
    return last - np.log(np.exp(last).sum(axis=1, keepdims=True)), present


# A second of a vowel-like sound: harmonics of 140 Hz under a slow swell.
t = np.arange(16_000) / 16_000
sound = sum(np.sin(2 * np.pi * 140 * n * t) / n for n in range(1, 20)) * np.sin(np.pi * t) * 0.05
inputs = {"input_values": sound[None].astype(np.float32), "attention_mask": np.ones((1, len(sound)), np.int64)}
(hidden,) = encoder.run(None, inputs)
empty = [np.zeros((1, HEADS, 0, WIDTH), np.float32)] * len(names)
first, begun = step([START], empty, hidden, cached=False)
best = np.argsort(first[0])[::-1]


def second(tokens):
    """Return the log-probabilities after the start token and each of these, all in one batch."""
    past = [each.repeat(len(tokens), axis=0) for each in begun]
    return step(tokens, past, hidden.repeat(len(tokens), axis=0), cached=True)[0]


alone = second([best[0]])[0]
likely = alone > alone.max() - 8
moved = {}
for mates in (0, 1, 7, 31):
    row = second([best[0], *best[1000 : 1000 + mates]])[0]
    moved[mates] = float(np.abs(row - alone)[likely].max())
print(", ".join(f"{mates} neighbours: moved by {by:.3f} nats" for mates, by in moved.items()))
sys.exit(0 if moved[0] == 0 and max(moved.values()) > 0.02 else 1)
PYTHON
