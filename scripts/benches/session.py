"""Measure a session: how fast a rehearsal runs, and how soon a cold process says its first word.

Prints each figure with its bound. With --against DIR another checkout rehearses the same, turn about with this one, and
the ratio is printed: both then meet the same machine. The first word is measured on PulseAudio's null sinks where
PulseAudio is installed (the real streams: from the start of the process to the first sample on the loudspeaker's
monitor), else into a file. --save keeps the speed by sound for the README (`scripts/make readme`).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.benches.hearing.__main__ import save
from scripts.named import options
from tests.support.pulse import TOOLS, Pulse, samples_of

COACH = str(Path(sys.executable).with_name("coach"))
FASTER_THAN, FIRST_WORD_S = 40.0, 1.5
TIMES = 3


def speed(routine: str, folder: Path, *options: str, checkout: Path | None = None) -> float:
    """Return how many seconds of session a second of rehearsal makes, start of the process included.

    Args: checkout: the program's, this one's if None.
    """
    log = folder / "log.jsonl"
    began, before = time.monotonic(), sum(os.times()[2:4])
    subprocess.run(
        [COACH, "rehearse", routine, "--plain", "--ears", "moonshine", "--log", str(log), *options],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | ({"PYTHONPATH": str(checkout)} if checkout else {}),
    )
    took_s = time.monotonic() - began
    cpu_s = sum(os.times()[2:4]) - before
    length_s = json.loads(log.read_text("utf-8").splitlines()[-1])["t"]
    print(f"  {length_s / 60:.1f} minutes of session in {took_s:.1f} s, {cpu_s:.1f} s of processor time")
    return float(length_s / took_s)


def compared(routine: str, folder: Path, other: Path) -> float:
    """Return how many times faster than another checkout this one rehearses by sound; print each turn."""
    ratios = []
    for _ in range(TIMES):
        there = speed(routine, folder, checkout=other)
        ratios.append(speed(routine, folder) / there)
        print(f"  {there:.1f} times real time there, {ratios[-1] * there:.1f} here")
    return sorted(ratios)[TIMES // 2]


def first_word_on_pulse(routine: str, folder: Path, *options: str) -> float:
    """Return the seconds from the start of the process to the first sample on the loudspeaker's monitor."""
    pulse = Pulse(folder)
    for display in ("DISPLAY", "WAYLAND_DISPLAY"):  # no browser is opened for a page
        pulse.environment.pop(display, None)
    # Clips are cached where the user's are; only the sound server is the bench's own.
    pulse.environment["XDG_CACHE_HOME"] = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    pulse.start()
    try:
        with pulse.recording() as monitor:
            time.sleep(0.5)
            began = time.monotonic()
            # A first session checks the sound first.
            command = [COACH, "run", routine, "--plain", "--no-sound-check", *options]
            with subprocess.Popen(command, env=pulse.environment, stdout=subprocess.DEVNULL) as process:
                while not (abs(samples_of(monitor)) > 100).any() and time.monotonic() - began < 20:
                    time.sleep(0.01)
                took_s = time.monotonic() - began
                process.send_signal(2)
        return took_s
    finally:
        pulse.stop()


def first_word_in_a_file(routine: str, folder: Path) -> float:
    """Return the seconds from the start of the process to the first sample in the speaker's file."""
    path = folder / "speaker.wav"
    began = time.monotonic()
    command = [COACH, "run", routine, "--plain", "--speaker", str(path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while not (path.exists() and any(path.read_bytes()[44:])) and time.monotonic() - began < 20:
            time.sleep(0.01)
        took_s = time.monotonic() - began
        process.send_signal(2)
    path.unlink()
    return took_s


def main(arguments: Sequence[str]) -> int:
    """Measure and print; exit 1 where a bound is missed."""
    parser = options("bench session", __doc__)
    parser.add_argument("--routine", default="spine-strength")
    parser.add_argument("--against", type=Path, metavar="DIR", help="only compare rehearsals with this checkout's")
    parser.add_argument("--save", action="store_true", help="keep the speed by sound for the README")
    chosen = parser.parse_args(arguments)
    routine = chosen.routine
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{routine}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
        if chosen.against:
            print(
                f"by sound {compared(routine, folder, chosen.against.resolve()):6.2f} times as fast; median of {TIMES}"
            )
            return 0
        print("by text:")
        by_text = speed(routine, folder, "--by-text")
        print("by sound, the first time to make the clips:")
        speed(routine, folder)
        by_sound = speed(routine, folder)
        measure = first_word_in_a_file if missing else first_word_on_pulse
        words = []
        for n in range(TIMES):
            own = folder / f"pulse-{n}"
            own.mkdir()
            words.append(measure(routine, own))
        where = f"into a file: {', '.join(missing)} missing" if missing else "real streams on PulseAudio's null sinks"
    print(f"by text      {by_text:6.0f} times real time")
    print(f"by sound     {by_sound:6.1f} times real time   (at least {FASTER_THAN:g})")
    print(f"first word   {sorted(words)[TIMES // 2]:6.2f} s   (at most {FIRST_WORD_S:g}; median of {TIMES}, {where})")
    if chosen.save:
        save({"rehearsal": round(by_sound, 1)})
    return int(by_sound < FASTER_THAN or sorted(words)[TIMES // 2] > FIRST_WORD_S)
