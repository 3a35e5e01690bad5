"""Measure the voice: the first word of a session, a whole routine with nothing cached, gaps while clips are made.

Each session runs in a fresh process in real time, on a loudspeaker that only keeps time. The first word is counted
from the process's start. A gap is silence that a loudspeaker with 60 ms in hand would have had to put in because no
block was there, or that the coach left between two parts because the next one's clips were not made.
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import SUPPRESS
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scripts.benches.voice.kept import keep
from scripts.named import options

if TYPE_CHECKING:  # a session imports only what it needs, when it needs it: its first word is timed
    from coach.sound.pcm import Pcm

IN_HAND_S = 0.06  # what the real loudspeaker's stream holds
AUDIBLE = 300  # of 32768
ENDS_ITSELF = ("welcome", "setup", "rest", "set")  # the other parts wait to be answered


def session(routine: str, voice: str | None, seconds: float, began: float) -> dict[str, Any]:
    """Run a session for so many seconds, nothing answered; return what was measured."""
    from coach.hearing.vocabulary.phrase_table import load_table
    from coach.library.files import load_routine
    from coach.live.opening import Parts, SessionPlan, open_live
    from coach.log.entries import SegmentEntry
    from coach.speech.choose import open_clips

    told: list[str] = []
    parts: list[SegmentEntry] = []
    speaker = Clocked(began)
    clips = open_clips(voice, tell=told.append, patient=False)
    plan = SessionPlan(routine=load_routine(routine), usual=routine)
    watch = (lambda entry: parts.append(entry) if isinstance(entry, SegmentEntry) else None,)
    live, workshop = open_live(
        plan, Parts(table=load_table(), clips=clips, devices=speaker, ears=None, watchers=watch, real=True)
    )
    live.begin()
    while speaker.clock_s < seconds and not live.over:
        live.tick()
    workshop.close()
    clips.close()
    waits = {
        f"{before.kind} to {later.kind}": round(1000 * (later.t - before.t - before.length_s))
        for before, later in itertools.pairwise(parts)
        if before.kind in ENDS_ITSELF
    }
    return {
        "first_word_s": round(speaker.first_s or -1, 2),
        "late_ms": round(speaker.late_s * 1000),
        "between_ms": waits,
        "voice": clips.voice.name,
        "told": told,
    }


class Clocked:
    """A loudspeaker without sound: it takes a block every 20 ms and notes when one was late."""

    has_microphone = False

    def __init__(self, began: float) -> None:
        self.first_s: float | None = None
        self.late_s = 0.0
        """The longest silence it had to put in."""
        self._began = began
        self._due: float | None = None
        self._blocks = 0

    @property
    def clock_s(self) -> float:
        return self._blocks * 0.02

    def exchange(self, block: "Pcm") -> "tuple[Pcm, Pcm]":
        import numpy as np

        now = time.time()
        self._due = now if self._due is None else self._due
        self.late_s = max(self.late_s, now - self._due - IN_HAND_S)
        self._due = max(self._due, now - IN_HAND_S) + 0.02
        if self.first_s is None and np.abs(np.asarray(block, np.int32)).max() > AUDIBLE:
            self.first_s = now - self._began
        self._blocks += 1
        time.sleep(max(0.0, self._due - time.time()))
        silence = np.zeros(320, np.int16)
        return silence, silence

    def hush(self) -> float:
        return 0.0

    def changes(self) -> tuple[()]:
        return ()

    def close(self) -> None:
        """Hold nothing."""


def in_a_process(cache: str, *arguments: str) -> dict[str, Any]:
    """Run this script's `--session` in a process of its own with a cache folder; return what it measured."""
    command = [sys.executable, "-m", "scripts.benches", "voice", "--session", str(time.time()), *arguments]
    env = {**os.environ, "XDG_CACHE_HOME": cache}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def whole_routine(routine: str, voice: str | None) -> tuple[float, float]:
    """Speak everything of a routine, nothing cached; return how long it took and how long the routine lasts."""
    from coach.export.ahead import likely_texts
    from coach.library.files import load_routine
    from coach.speech.choose import open_clips
    from coach.timeline.build import build_timeline

    chosen = load_routine(routine)
    began = time.perf_counter()
    clips = open_clips(voice)
    clips.prepare(likely_texts(lambda measure: build_timeline(chosen, measure)))
    length_s = build_timeline(chosen, clips.measure).length_s
    took_s = time.perf_counter() - began
    clips.close()
    return took_s, length_s


def main(arguments: Sequence[str]) -> int:
    parser = options("bench voice", __doc__)
    parser.add_argument("--voice", help="coach voices lists them; else the usual one")
    parser.add_argument("--routine", default="spine-strength")
    parser.add_argument("--seconds", type=float, default=150, help="how much of a session to run cold")
    parser.add_argument("--session", type=float, help=SUPPRESS)
    parser.add_argument("--save", action="store_true", help="keep the figures for the README")
    chosen = parser.parse_args(arguments)
    if chosen.session:
        print(json.dumps(session(chosen.routine, chosen.voice, chosen.seconds, chosen.session)))
        return 0
    wanted = ["--routine", chosen.routine, *(["--voice", chosen.voice] if chosen.voice else [])]
    with tempfile.TemporaryDirectory() as cache:
        cold = in_a_process(cache, *wanted, "--seconds", str(chosen.seconds))
        in_a_process(cache, *wanted, "--seconds", "20")  # the welcome, which another voice may have said
        warm = in_a_process(cache, *wanted, "--seconds", "10")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        took_s, length_s = whole_routine(chosen.routine, chosen.voice)
    gaps = ", ".join(f"{where} {ms} ms" for where, ms in cold["between_ms"].items())
    print(f"voice {cold['voice']}, routine {chosen.routine}, {os.cpu_count()} cores\n")
    print("| what | measured |\n|---|---|")
    print(f"| first word, nothing cached | {cold['first_word_s']} s |")
    print(f"| first word, clips cached | {warm['first_word_s']} s |")
    print(f"| longest gap for want of a block, clips being made | {max(0, cold['late_ms'])} ms |")
    print(f"| gaps between parts, clips being made | {gaps or 'none came'} |")
    print(f"| whole routine, nothing cached | {took_s:.1f} s for {length_s:.0f} s: {length_s / took_s:.0f} x |")
    if chosen.save:
        gap_ms = max([0, cold["late_ms"], *cold["between_ms"].values()])
        keep(
            cold["voice"],
            {
                "first_word_s": f"{cold['first_word_s']} s",
                "first_word_cached_s": f"{warm['first_word_s']} s",
                "late_ms": f"{gap_ms} ms",
                "times": f"{length_s / took_s:.0f} x real time",
            },
        )
    for line in cold["told"]:
        print(line)
    return 0
