"""Measure what the ears cost in a live session with speech: memory at the peak, share of a core.

A session runs on PulseAudio's null sinks, on real sound streams. She speaks every so many seconds, over the coach and
between its sentences: she answers what she is asked, and says a command otherwise. All processes of the ears count
together: proportional memory (PSS) at the highest moment, loading included; processor time of the whole session after
they have loaded. --save keeps both figures in scripts/benches/hearing/figures.json, from which `scripts/make readme`
writes the README's table.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from coach.errors import MachineError
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import gain_of
from coach.sound.wav import write_wav
from coach.speech.system_voice import SystemVoice
from scripts.benches.hearing import must
from scripts.benches.hearing.__main__ import save
from scripts.named import options
from tests.support.pulse import TOOLS, Pulse

COACH = str(Path(sys.executable).with_name("coach"))
EARS = (b"coach.hearing.worker", b"coach.hearing.ears_worker")
"""The modules that the processes run, in this checkout and in older ones."""
HER_VOICE, HER_DB = "en-gb", -10.0
HER_WORDS = ("repeat", "how much longer", "louder", "what's next", "slower", "quieter", "faster")
HER_ANSWER = "two"
"""To the question before the first exercise."""
LOADED_S = 10.0
"""From the start on everything is loaded."""
EVERY_S = 0.1
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(slots=True)
class Watch:
    """What was seen of the ears' processes so far."""

    peak_mb: float = 0.0
    """PSS of all together at the highest moment."""
    peak_rss_mb: float = 0.0
    cpu_s: dict[int, float] = field(default_factory=dict)
    """Processor time by process."""

    def look(self) -> None:
        """Look at every process of the ears."""
        held, resident = 0.0, 0.0
        for pid in ears():
            try:
                held += kilobytes(pid, "smaps_rollup", "Pss:") / 1_024
                resident += kilobytes(pid, "status", "VmRSS:") / 1_024
                self.cpu_s[pid] = cpu_s(pid)
            except (OSError, ValueError):  # it has just ended
                continue
        self.peak_mb, self.peak_rss_mb = max(self.peak_mb, held), max(self.peak_rss_mb, resident)

    @property
    def spent_s(self) -> float:
        """Return the processor time of all processes, ended ones too."""
        return sum(self.cpu_s.values())


def ears() -> list[int]:
    """Return the ids of the ears' processes that descend from this one."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return [pid for pid in parents if descends(pid, parents) and any(each in command_of(pid) for each in EARS)]


def descends(pid: int, parents: dict[int, int]) -> bool:
    while pid in parents:
        pid = parents[pid]
        if pid == os.getpid():
            return True
    return False


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def kilobytes(pid: int, file: str, key: str) -> int:
    lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key))


def cpu_s(pid: int) -> float:
    after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after[11]) + int(after[12])) / TICKS


def her_words(folder: Path) -> dict[str, Path]:
    """Let her voice say her answer and every command into a file, as loud as somebody a step away."""
    voice, texts = SystemVoice(HER_VOICE), (HER_ANSWER, *HER_WORDS)
    try:
        paths = {text: folder / f"{text.replace(' ', '-').replace(chr(39), '')}.wav" for text in texts}
        for path, clip in zip(paths.values(), voice.render(texts), strict=True):
            write_wav(path, clip.samples * gain_of(HER_DB), RATE_HZ)
        return paths
    finally:
        voice.close()


def is_asked(log: Path) -> bool:
    """Tell whether the coach waits for an answer."""
    states = [line for line in log.read_text("utf-8").splitlines() if '"state"' in line] if log.is_file() else []
    return bool(states) and json.loads(states[-1]).get("question") is not None


def measured(chosen: Namespace, folder: Path) -> tuple[Watch, float, int]:
    """Run the session; return what was seen, the share of a core after loading, and how many commands were heard."""
    clips, words, log = her_words(folder), cycle(HER_WORDS), folder / "log.jsonl"
    pulse, watch = Pulse(folder), Watch()
    pulse.environment["XDG_CACHE_HOME"] = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    if chosen.checkout:
        pulse.environment["PYTHONPATH"] = str(chosen.checkout.resolve())
    pulse.start()
    command = [COACH, "run", chosen.routine, "--plain", "--no-sound-check", "--ears", "moonshine", "--log", str(log)]
    try:
        with (
            pulse.air(chosen.seconds + 60),
            subprocess.Popen(command, env=pulse.environment, stdout=subprocess.DEVNULL) as session,
        ):
            watch_until(time.monotonic() + LOADED_S, watch)
            began, before_s, saying = time.monotonic(), watch.spent_s, None
            while time.monotonic() < began + chosen.seconds and session.poll() is None:
                if chosen.every:
                    text = HER_ANSWER if is_asked(log) else next(words)
                    said = ["paplay", "--device=room", str(clips[text])]
                    saying = subprocess.Popen(said, env=pulse.environment)
                watch_until(time.monotonic() + (chosen.every or chosen.seconds), watch)
                if saying:
                    saying.wait()
            share = (watch.spent_s - before_s) / (time.monotonic() - began)
            session.send_signal(2)
    finally:
        pulse.stop()
    return watch, share, sum(json.loads(line)["event"] == "command" for line in log.read_text("utf-8").splitlines())


def watch_until(until: float, watch: Watch) -> None:
    while time.monotonic() < until:
        watch.look()
        time.sleep(EVERY_S)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; exit 1 where a bound is missed."""
    parser = options("bench live_session", __doc__)
    parser.add_argument("--routine", default="spine-strength")
    parser.add_argument("--seconds", type=float, default=120.0, help="of the session after loading")
    parser.add_argument("--every", type=float, default=20.0, metavar="S", help="she speaks every S seconds; 0: never")
    parser.add_argument("--checkout", type=Path, metavar="DIR", help="the program of another checkout, to compare")
    parser.add_argument("--save", action="store_true", help="keep the figures for the README")
    chosen = parser.parse_args(arguments)
    if chosen.save and chosen.checkout:
        parser.error("--save keeps the figures of this checkout: leave --checkout out")
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing or not Path("/proc/self/smaps_rollup").is_file():
        raise MachineError(f"this bench needs Linux and PulseAudio; missing: {', '.join(missing) or '/proc'}")
    print(f"{chosen.routine}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    with tempfile.TemporaryDirectory() as name:
        watch, share, commands = measured(chosen, Path(name))
    if not watch.peak_mb:
        raise MachineError("the ears' process was never seen")
    most_mb, most_share = must.LIVE_MEMORY_MB.required, must.LIVE_SHARE.required
    print(f"memory   {watch.peak_mb:6.0f} MB at the peak   (at most {most_mb}; RSS {watch.peak_rss_mb:.0f})")
    print(f"hearing  {100 * share:6.1f}% of a core     (at most {100 * most_share:g}; {commands} commands understood)")
    if len(watch.cpu_s) > 1:
        print(f"{len(watch.cpu_s)} processes of the ears in all: some were ended for being late")
    if chosen.save:
        save({"memory": round(watch.peak_mb, 1), "listening": round(share, 4)})
    return int(watch.peak_mb > most_mb or share > most_share)
