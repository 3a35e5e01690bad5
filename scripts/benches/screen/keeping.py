"""How the picture keeps to the voice: each phase's earcon in a recording of the loudspeaker, beside its frame."""

import os
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.exercise import Breath, Side
from coach.log.entries import Entry, PhaseEntry
from coach.screen.screen import Screen
from coach.sound.clip import RATE_HZ
from coach.sound.earcons import earcon
from coach.sound.pcm import Samples
from coach.timeline.cue import Span
from coach.timeline.sets import earcon_of
from scripts.benches.screen.drawing import seen, watching
from scripts.benches.screen.session import set_on_speaker
from tests.support.driven_browser import Browser

WITHIN_MS = 80.0
REPS = 5
_NEAR_S = 0.4  # an earcon and a frame this far apart do not belong together
_SILENCE = 1e-3  # energy under which no place fits


class MonitorRecorder:
    """What the loudspeaker plays, with the time at which each sample was recorded."""

    def __init__(self) -> None:
        command = ["parec", "--device=speaker.monitor", f"--rate={RATE_HZ}", "--channels=1", "--format=s16le",
                   "--latency-msec=5"]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        self._pieces: list[tuple[float, bytes]] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while piece := os.read(self._process.stdout.fileno(), 4096):
            self._pieces.append((time.time(), piece))

    def stop(self) -> tuple[float, Samples]:
        """Return when the first sample was recorded (by the quickest piece), and all of them."""
        self._process.terminate()
        self._thread.join(5)
        ends = np.cumsum([len(piece) // 2 for _, piece in self._pieces]) / RATE_HZ
        started_s: float = min(at_s - end_s for (at_s, _), end_s in zip(self._pieces, ends, strict=True))
        sound = np.frombuffer(b"".join(piece for _, piece in self._pieces)[: 2 * round(ends[-1] * RATE_HZ)], "<i2")
        return started_s, (sound / np.float32(32768)).astype(np.float32)


def voice() -> bool:
    """Run a set, and compare the moments at which each phase is heard and seen."""
    phases: list[PhaseEntry] = []

    def note(entry: Entry) -> None:
        if isinstance(entry, PhaseEntry):
            phases.append(entry)

    with tempfile.TemporaryDirectory() as folder, Browser(Path(folder)) as browser, Screen(load_table()) as screen:
        tab = watching(browser.tab(screen.address))
        recorder = MonitorRecorder()
        set_on_speaker(screen, REPS, [note])
        time.sleep(0.5)
        started_s, sound = recorder.stop()
        frames = seen(tab)
    apart_ms = sorted(1000 * apart for apart in _apart(frames, phases, started_s, sound))
    if len(apart_ms) < len(phases) / 2:
        print(f"voice: only {len(apart_ms)} of {len(phases)} earcons were found in the recording")
        return False
    low, high = (apart_ms[round(part * (len(apart_ms) - 1))] for part in (0.025, 0.975))
    middle = apart_ms[len(apart_ms) // 2]
    print(f"voice: {len(apart_ms)} phases, seen {middle:+.0f} ms after they are heard, {low:+.0f} to {high:+.0f} (95%)")
    return max(abs(low), abs(high)) <= WITHIN_MS


def _apart(frames: dict[int, float], phases: list[PhaseEntry], started_s: float, sound: Samples) -> list[float]:
    found = []
    for number, phase in enumerate(phases, 1):
        if number not in frames:
            continue
        shape = earcon(_earcon_name(phase)).samples
        near = round((frames[number] - started_s - _NEAR_S) * RATE_HZ)
        window = sound[max(0, near) : near + round(2 * _NEAR_S * RATE_HZ) + len(shape)]
        if len(window) > len(shape):
            heard_s = started_s + (max(0, near) + _place(shape, window)) / RATE_HZ
            found.append(frames[number] - heard_s)
    return found


def _place(shape: Samples, window: Samples) -> int:
    """Return where a sound fits best, each place by its own level: a word beside an earcon is louder than it."""
    powers = np.concatenate(([0.0], np.cumsum(np.square(window, dtype=np.float64))))
    levels = np.sqrt(powers[len(shape) :] - powers[: -len(shape)] + _SILENCE)
    return int(np.argmax(np.abs(np.correlate(window, shape, "valid")) / levels))


def _earcon_name(phase: PhaseEntry) -> str:

    span = Span(
        0.0, phase.length_s, phase.name, Breath(phase.breath), 1, Side(phase.side) if phase.side else None, False
    )
    return earcon_of(span, phase.name == "hold")
