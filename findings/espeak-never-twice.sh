#!/usr/bin/env bash
# espeakng-loader 0.2.4 (the espeak-ng library), numpy 2.4.6: the same text, voice, rate and pitch, said again by one
#   process, is another sound.
# Expected: a formant synthesizer calculates, so the same settings give the same samples, or at least the same length.
# Found: six times "pause" are six sounds, and some voices give them five lengths, up to 13 ms apart. A new process says
#   the same six again: it is a random series that begins anew with the process, so one call by itself looks stable.
# Why it matters: a clip's length can't be measured on one rendering and used for the next, a hash of samples is no key
#   of a cache, and a golden file of sound holds only if every call before it is the same, too. Training sets made on
#   the spot are repeatable by process, not by clip.
# Output seen:  gmw/en+m1: 6 sounds, 5 lengths (11070 11093 11081 11070 11114 11074); again in a new process: the same
#               gmw/en-US+f3: 6 sounds, 1 lengths (11916 11916 11916 11916 11916 11916); again in a new process: the same
# Date: 2026-11-30. Exits 1 where this is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check espeakng-loader==0.2.4 numpy==2.4.6 2>&1
cat > "$folder/say.py" <<'PYTHON'
"""Say one word six times with one voice; print the length and a digest of each."""

import ctypes
import hashlib
import sys

import espeakng_loader
import numpy as np

library = ctypes.CDLL(espeakng_loader.get_library_path())
library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)  # synchronous
parts: list[bytes] = []


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
def take(samples, count, _events):
    if samples and count > 0:
        parts.append(np.ctypeslib.as_array(samples, (count,)).tobytes())
    return 0


library.espeak_SetSynthCallback(take)
for _ in range(6):
    parts.clear()
    library.espeak_SetVoiceByName(sys.argv[1].encode())
    library.espeak_SetParameter(1, 150, 0)  # words a minute
    library.espeak_SetParameter(3, 50, 0)  # pitch
    library.espeak_Synth(b"pause\0", 6, 0, 0, 0, 1, None, None)
    sound = b"".join(parts)
    print(len(sound) // 2, hashlib.sha256(sound).hexdigest()[:8])
PYTHON
as_before=0
for voice in gmw/en+m1 gmw/en-US+f3; do
  first=$("$folder/venv/bin/python" "$folder/say.py" "$voice")
  second=$("$folder/venv/bin/python" "$folder/say.py" "$voice")
  sounds=$(cut -d' ' -f2 <<<"$first" | sort -u | wc -l)
  lengths=$(cut -d' ' -f1 <<<"$first" | sort -u | wc -l)
  again=$([ "$first" = "$second" ] && echo "the same" || echo "others")
  echo "$voice: $sounds sounds, $lengths lengths ($(cut -d' ' -f1 <<<"$first" | xargs)); again in a new process: $again"
  [ "$sounds" -gt 1 ] || as_before=1
done
exit "$as_before"
