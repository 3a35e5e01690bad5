"""In a live session every thread and process ends or freezes in turn, and she is never left alone (null sinks).

What she can notice is a word, an earcon, or a line on the screen; the log tells when each came. In a set there is
always one within three seconds, whatever dies.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.sound.wav import write_wav
from tests.support.hers import clips_of
from tests.support.killing import wait_until
from tests.support.program import environment
from tests.support.pulse import Pulse, pulse

__all__ = ["pulse"]

ALONE_S = 3.0 + 0.5  # half a second for the machine that the test runs on
APART_S = 12.0
AROUND = "warm_up = false\nbalance = false\nwind_down = false\n"
ROUTINE = f'name = "Long"\n{AROUND}[[block]]\nexercise = "one-arm-row"\nsets = 3\nreps = 15\nrest = 60\n'
DRIVEN = """
import sys, threading
from coach.cli.main import main
from tests.support.killing import kill_thread, threads_named
def obey():
    for line in sys.stdin:
        if threads_named(line.strip()):
            kill_thread(line.strip())
threading.Thread(target=obey, name="killer", daemon=True).start()
sys.exit(main(sys.argv[1:]))
"""
THREADS = ("clips", "history", "log", "page", "ears", "ears' answers", "voice's answers")
PROCESSES = ("coach.hearing.worker", "coach.speech.natural_worker", "coach.speech.worker")
SIGNS = ("say", "phase", "rep", "segment", "device", "state")


class Session:
    """A session under way."""

    def __init__(self, pulse: Pulse, folder: Path) -> None:
        (folder / "long.toml").write_text(ROUTINE)
        self.log = folder / "log.jsonl"
        own = {f"XDG_{what}_HOME": str(folder / what.lower()) for what in ("DATA", "STATE", "CONFIG")}
        arguments = ("run", "long.toml", "--plain", "--no-sound-check", "--screen", "--ears", "moonshine")
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVEN, *arguments, "--log", str(self.log)],
            cwd=folder, env=environment(**pulse.environment, **own), text=True,
            stdin=subprocess.PIPE, stdout=(folder / "out").open("w"), stderr=(folder / "err").open("w"),
        )  # fmt: skip
        self.folder, self.pulse = folder, pulse

    def entries(self) -> list[dict[str, object]]:
        """Return what the log holds; its last line may be half of one."""
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        return [json.loads(line) for line in lines if line.endswith("}")]

    def now_s(self) -> float:
        """Return the time of the last entry."""
        return float(str(self.entries()[-1]["t"]))

    def in_a_set(self) -> bool:
        kinds = [entry["kind"] for entry in self.entries() if entry["event"] == "segment"]
        return bool(kinds) and kinds[-1] == "set"

    def kill_thread(self, name: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()

    def children(self, module: str) -> Iterator[int]:
        """Yield the processes that run a module for this session."""
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            for number in (task / "children").read_text().split():
                if module.encode() in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0"):
                    yield int(number)

    def longest_alone_s(self, since_s: float) -> float:
        """Return the longest time in sets without a word, an earcon, or a line on the screen, which stands while it
        holds."""
        until_s, held, longest_s, kind = since_s, False, 0.0, "set"
        for entry in self.entries():
            at_s = float(str(entry["t"]))
            if entry["event"] not in SIGNS or at_s < since_s:
                continue
            longest_s = max(longest_s, 0.0 if held or kind != "set" else at_s - until_s)
            kind = str(entry["kind"]) if entry["event"] == "segment" else kind
            held = str(entry.get("what", "")).endswith("lost") or (held and entry.get("state") != "playing")
            lasts = entry["event"] in ("say", "phase")  # a phase, even a long hold, is shown as it runs
            until_s = max(until_s, at_s + (float(str(entry["length_s"])) if lasts else 0.0))
        return longest_s


def spoken(folder: Path, *texts: str) -> dict[str, Path]:
    clips = clips_of("en-gb+f3", 140)
    for text in texts:
        write_wav(folder / f"{text}.wav", clips.clip(text).samples)
    clips.close()
    return {text: folder / f"{text}.wav" for text in texts}


def to_a_set(session: Session, words: dict[str, Path]) -> None:
    for number in range(80):
        if session.in_a_set():
            return
        session.pulse.say(words["next" if number % 2 else "I'm ready"])
        time.sleep(3)
    raise AssertionError(session.entries()[-5:])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="no PulseAudio, no /proc there")
def test_whatever_dies_she_is_never_left_alone_for_three_seconds(pulse: Pulse, tmp_path: Path) -> None:
    words = spoken(tmp_path, "next", "I'm ready")
    with pulse.air(900):
        session = Session(pulse, tmp_path)
        try:
            wait_until(lambda: session.entries(), 60)
            to_a_set(session, words)
            began_s, died = session.now_s(), list[str]()
            for name in THREADS:
                session.kill_thread(name)
                died.append(f"{session.now_s():.1f} {name}")
                time.sleep(APART_S)
            for number in (signal.SIGKILL, signal.SIGSTOP):
                for module in PROCESSES:
                    for child in list(session.children(module)):
                        os.kill(child, number)
                        died.append(f"{session.now_s():.1f} {module} {number.name}")
                        time.sleep(APART_S)
            assert session.process.poll() is None, (tmp_path / "err").read_text()
            devices = [f"{e['t']} {e['what']}" for e in session.entries() if e["event"] == "device"]
            print("\n".join([*died, *devices, f"alone for {session.longest_alone_s(began_s):.2f} s at most"]))
            assert any(child for child in session.children(PROCESSES[0]))
            assert session.longest_alone_s(began_s) <= ALONE_S
            session.process.send_signal(signal.SIGINT)
            assert session.process.wait(30) == 130
        finally:
            session.process.kill()
            session.process.wait()
    assert "Traceback" not in (tmp_path / "err").read_text()
