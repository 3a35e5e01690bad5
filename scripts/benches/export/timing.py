"""How long an export and its proof take beside the bare encode of the same samples, and beside overlays by pydub.

The program is run as a user runs it, its start included; `XDG_CACHE_HOME` gives it a cache of its own (Linux).
"""

import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from coach.export.encoder import BITRATE
from coach.export.render import blocks, clip_of, placements
from coach.library.files import load_routine
from coach.places import APP
from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.pcm import as_pcm
from coach.speech.cache import ClipCache
from coach.speech.clips import Clips
from coach.speech.paced_voice import PacedVoice
from coach.speech.system_voice import DEFAULT_VOICE, WORDS_A_MINUTE, SystemVoice
from coach.timeline.build import build_timeline
from coach.timeline.cue import Timeline
from scripts.benches.export.row import BenchRow, at_least, at_most

ROUNDS = 3
OVERLAYS = 30


@dataclass(frozen=True, slots=True)
class Seconds:
    bare: float
    warm: float
    cold: float
    proof: float


def rows(routine_id: str, folder: Path) -> Iterator[BenchRow]:
    """Measure, the rounds taking turns; every figure is the best of its rounds."""
    target, raw, cache = folder / "timed.mp3", folder / "timed.raw", folder / "cache"
    clips = _clips(cache)
    timeline = build_timeline(load_routine(routine_id), clips.measure)
    clips.close()
    _write_raw(timeline, cache, raw)
    best = _best(routine_id, cache, target, raw)
    cues = sum(len(segment.cues) for segment in timeline.segments)
    minutes = timeline.length_s / 60
    print(
        f"{timeline.title}: {minutes:.1f} minutes, {cues} cues, bare encode {best.bare:.1f} s, best of {ROUNDS} rounds"
    )
    yield at_most("export over bare encode, clips cached", best.warm / best.bare, 1.25, must=1.5)
    yield at_most("the same, nothing cached", best.cold / best.bare, 1.6, must=2.0)
    yield at_most("proof over encode", best.proof / best.bare, 1.5)
    overlays_s, mix_s = _overlay_s(timeline, cache) * cues, _timed(lambda: _write_raw(timeline, cache, raw))
    print(f"one pydub overlay per cue, {OVERLAYS} timed, extrapolated: {overlays_s:.0f} s; the mixer: {mix_s:.1f} s")
    print(f"both with the encode: {(overlays_s + best.bare) / best.warm:.0f} times faster")
    yield at_least("building it, against one pydub overlay per cue", overlays_s / mix_s, 50, " times", digits=0)


def _best(routine_id: str, cache: Path, target: Path, raw: Path) -> Seconds:
    export = ["export", routine_id, "-o", str(target), "--voice", DEFAULT_VOICE]
    found = []
    for _ in range(ROUNDS):
        bare = _timed(lambda: _encode(raw, target.with_name("bare.mp3")))
        warm = _timed(lambda: _coach(cache, *export))
        with tempfile.TemporaryDirectory(dir=target.parent) as empty:
            cold = _timed(partial(_coach, Path(empty), *export))
        found.append((bare, warm, cold, _timed(lambda: _coach(cache, "verify", str(target)))))
    return Seconds(*(min(each) for each in zip(*found, strict=True)))


def _coach(cache: Path, *arguments: str) -> None:
    """Run the program as a user does, from its start to its end."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    subprocess.run([sys.executable, "-m", "coach", *arguments], check=True, capture_output=True, env=environment)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _clips(cache: Path) -> Clips:
    return Clips(PacedVoice(SystemVoice(DEFAULT_VOICE), WORDS_A_MINUTE), ClipCache(cache / APP / "clips"))


def _write_raw(timeline: Timeline, cache: Path, raw: Path) -> None:
    clips = _clips(cache)
    with raw.open("wb") as file:
        for block in blocks(timeline, clips.clip):
            file.write(block.astype("<i2").tobytes())
    clips.close()


def _encode(raw: Path, target: Path) -> None:
    source = ["-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", str(raw)]
    command = [ffmpeg_path(), "-v", "error", "-y", *source, "-c:a", "libmp3lame", "-b:a", BITRATE, str(target)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def _overlay_s(timeline: Timeline, cache: Path) -> float:
    """Return the seconds of one overlay on a silence as long as the timeline."""
    clips = _clips(cache)
    whole = _segment(Clip(np.zeros(frames_of(timeline.length_s), np.float32)))
    pieces = [
        (_segment(clip_of(each.kind, each.text, clips.clip)), each.frame)
        for each in list(placements(timeline))[:OVERLAYS]
    ]
    clips.close()
    began = time.perf_counter()
    for piece, frame in pieces:
        whole = whole.overlay(piece, position=round(frame / RATE_HZ * 1000))
    return (time.perf_counter() - began) / len(pieces)


def _segment(clip: Clip) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a module that will go
        from pydub import AudioSegment
    return AudioSegment(as_pcm(clip.samples).tobytes(), sample_width=2, frame_rate=RATE_HZ, channels=1)
