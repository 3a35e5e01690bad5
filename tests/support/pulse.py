"""A PulseAudio server with a loudspeaker, a room and a microphone that exist only in it."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

TOOLS = ("pulseaudio", "pactl", "paplay", "parec")
SETTINGS = """\
.fail
load-module module-native-protocol-unix auth-anonymous=1 socket={folder}/pulse.sock
load-module module-null-sink sink_name=speaker rate=48000 channels=1
load-module module-null-sink sink_name=room rate=48000 channels=1
load-module module-remap-source source_name=mic master=room.monitor
set-default-sink speaker
set-default-source mic
load-module module-loopback source=speaker.monitor sink=room latency_msec=40 adjust_time=0 {stay}
"""
STAY = "source_dont_move=1 sink_dont_move=1"  # else set-default-source moves the loopback onto the microphone: feedback


class Pulse:
    """The server's environment, and what one can do in its room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        run = folder / "run"
        run.mkdir(mode=0o700)
        self.environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(run),
            "HOME": str(folder),
            "PULSE_SERVER": f"unix:{folder}/pulse.sock",
        }
        (folder / ".asoundrc").write_text("pcm.!default {type pulse}\nctl.!default {type pulse}\n")
        (folder / "ci.pa").write_text(SETTINGS.format(folder=folder, stay=STAY))

    def start(self) -> None:
        """Start the server and wait until the microphone has delivered: its first capture would lose half."""
        log = f"--log-target=file:{self.folder}/pa.log"
        settings = str(self.folder / "ci.pa")
        command = [
            "pulseaudio",
            "-n",
            "-F",
            settings,
            "--exit-idle-time=-1",
            "--daemonize=yes",
            "--disallow-exit=1",
            log,
        ]
        subprocess.run(command, env=self.environment, check=True, timeout=20)
        for _ in range(50):
            if "mic" in self.run("pactl", "list", "short", "sources"):
                break
            time.sleep(0.1)
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(["parec", "--device=mic"], env=self.environment, stdout=subprocess.DEVNULL, timeout=2)

    def stop(self) -> None:
        """End the server."""
        pid = int((self.folder / "run" / "pulse" / "pid").read_text())
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        for _ in range(50):
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)

    def run(self, *command: str) -> str:
        """Run one of PulseAudio's tools."""
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=20).stdout

    def say(self, wav: Path) -> None:
        """Play a file into the room, to its end."""
        subprocess.run(["paplay", "--device=room", str(wav)], env=self.environment, check=True, timeout=30)

    @contextlib.contextmanager
    def air(self, seconds: float = 120.0) -> Iterator[None]:
        """Give the room a noise floor while the block runs: digital silence is what a muted microphone gives."""
        path = self.folder / "air.raw"
        noise = np.random.default_rng(1).normal(0, 20, round(16_000 * seconds))
        path.write_bytes(noise.astype("<i2").tobytes())
        command = ["pacat", "--device=room", "--rate=16000", "--channels=1", "--format=s16le", str(path)]
        with subprocess.Popen(command, env=self.environment) as process:
            try:
                yield
            finally:
                process.terminate()

    @contextlib.contextmanager
    def recording(self, device: str = "speaker.monitor") -> Iterator[Path]:
        """Record what the loudspeaker plays, 16 kHz mono, while the block runs."""
        path = self.folder / f"{device}-{time.monotonic_ns()}.raw"
        command = ["parec", f"--device={device}", "--rate=16000", "--channels=1", "--format=s16le", "--latency-msec=20"]
        with path.open("wb") as file, subprocess.Popen(command, env=self.environment, stdout=file) as process:
            try:
                yield path
            finally:
                process.terminate()


def samples_of(path: Path) -> np.ndarray:
    """Return what was recorded so far."""
    data = path.read_bytes()
    return np.frombuffer(data[: len(data) // 2 * 2], "<i2")


def started(folder: Path) -> Pulse:
    """Start a server; a loud skip where there is none."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"NOT TESTED: real sound streams. PulseAudio is missing here ({', '.join(missing)})")
    server = Pulse(folder)
    server.start()
    return server


@pytest.fixture(scope="module")
def pulse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pulse]:
    """A server of this module's own."""
    server = started(tmp_path_factory.mktemp("pulse"))
    try:
        yield server
    finally:
        server.stop()
