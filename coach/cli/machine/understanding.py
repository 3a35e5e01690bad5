"""Listen to a recording as a session would: what was heard, and what the policy says of it."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from coach.devices.port import HEARING_FRAMES
from coach.hearing.policy.policy import Policy
from coach.hearing.policy.verdict import Context, Verdict
from coach.hearing.ports.ears import HEARING_HZ, Ears, Heard
from coach.hearing.vocabulary.phrase_table import Table
from coach.live.listener import Listener, is_told
from coach.sound.pcm import FULL_SCALE, Pcm, as_pcm, db_of, in_steps, noise_floor
from coach.sound.resample import resample
from coach.sound.wav import read_wav

AFTER_S = 1.0  # of noise after its end: the last word needs silence behind it


def understood(sound: Pcm, ears: Ears, table: Table, context: Context) -> Iterator[tuple[Heard, Verdict]]:
    """Listen to 16 kHz sound block by block, as a session does; give what it would act on or refuse, once each."""
    listener = Listener(ears, Policy(table, ears.thresholds))
    silence = np.zeros(HEARING_FRAMES, np.int16)
    for at in range(0, len(sound) - HEARING_FRAMES + 1, HEARING_FRAMES):
        for heard in listener.hear(sound[at : at + HEARING_FRAMES], silence, context.open):
            verdict = listener.judge(heard, context, (at + HEARING_FRAMES) / HEARING_HZ)
            if is_told(heard, verdict) and not verdict.confirms:  # acted on before, as a partial
                yield heard, verdict


def nothing_heard(path: Path, sound: Pcm) -> str:
    """Say that a recording holds no speech, and how loud it is at most."""
    length_s = len(sound) / HEARING_HZ - AFTER_S
    level_db = db_of(float(np.abs(sound.astype(np.float32)).max(initial=0.0)) / FULL_SCALE)
    return f"{path}: nothing was heard; {length_s:.1f} s, its loudest moment {-level_db:.0f} dB below full scale"


def recording(path: Path) -> Pcm:
    """Read a recording of any rate and channel count as 16 kHz mono over a noise floor. Raises InputError."""
    samples, rate_hz = read_wav(path)
    sound = as_pcm(resample(samples, rate_hz, HEARING_HZ))
    heard = noise_floor(len(sound) + round(AFTER_S * HEARING_HZ), np.random.default_rng(1))
    heard[: len(sound)] += sound
    return in_steps(heard)


def as_object(heard: Heard, verdict: Verdict) -> dict[str, object]:
    """Return what was heard in the shape of `listen --json`."""
    return {
        "t": round(heard.word_end_t, 3),
        "text": heard.text or None,
        "command": verdict.command,
        "value": verdict.value,
        # Nothing fits: no figure, and JSON has none for it.
        "confidence": round(heard.confidence, 3) if math.isfinite(heard.confidence) else None,
        "accepted": verdict.accepted,
        "reason": verdict.reason,
    }


def as_line(heard: Heard, verdict: Verdict) -> str:
    """Return what was heard as a line for people."""
    taken = f"{verdict.command}" if verdict.accepted else f"not acted on ({verdict.reason})"
    value = f" {verdict.value}" if verdict.accepted and verdict.value is not None else ""
    return f"{heard.word_end_t:8.2f} s  {heard.text or '(nothing)':30s}  {taken}{value}"
