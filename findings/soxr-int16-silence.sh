#!/usr/bin/env bash
# soxr 1.1.0 (libsoxr inside the wheel), numpy 2.3.5: resampling 16-bit silence does not give silence.
# Expected: zeros in, zeros out. Found: a quarter of the samples come out as -1 or +1, at every pair of rates, from
#   `resample` and from `ResampleStream` alike: 16-bit output is dithered. Float input of the same sound stays exactly 0.
# Why it matters: whoever looks for a muted microphone, or for a moment in which nothing is played, by exact zeros never
#   finds one behind this resampler. Resample as float and round, or decide by level.
# Output seen:  44100 -> 16000: int16 zeros give [-1, 0, 1], 24 % not zero; float zeros give [0.0]   (and so at 8, 48, 96 kHz)
# Date: 2026-11-29. Exits 1 where this is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check soxr==1.1.0 numpy==2.3.5
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy as np
import soxr

as_seen = True
for rate in (8_000, 44_100, 48_000, 96_000):
    stream = soxr.ResampleStream(rate, 16_000, 1, dtype="int16")
    block = np.zeros(rate // 50, np.int16)
    whole = np.concatenate([stream.resample_chunk(block) for _ in range(100)])
    exact = np.unique(soxr.resample(np.zeros(2 * rate, np.float32), rate, 16_000))
    share = float(np.mean(whole != 0))
    print(f"{rate} -> 16000: int16 zeros give {np.unique(whole).tolist()}, {share:.0%} not zero; float zeros give {exact.tolist()}")
    as_seen &= share > 0.1 and exact.tolist() == [0.0]
sys.exit(0 if as_seen else 1)
PYTHON
