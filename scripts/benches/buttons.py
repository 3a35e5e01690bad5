"""Measure how soon a press of a media key silences the coach: a session on null sinks, steered over a bus of its own.

Presses fall into the coach's speech; the loudspeaker's monitor is recorded, and the last sound after each press counts.
What the coach says first is made beforehand, as set-up does, so a press need not wait for the voice. --busy N keeps N
loops running beside it. Exit 1 where the 95th percentile is over the bound. 100 presses take two to three minutes, and
five beside four loops on two cores.
"""

import asyncio
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from dbus_fast import Message
from dbus_fast.aio import MessageBus

from coach.errors import MachineError
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Samples
from scripts.named import options
from tests.support.bus import Bus
from tests.support.program import COACH
from tests.support.pulse import Pulse

MOST_MS = 150.0
LOUD = 0.005
"""Of full scale: what is softer is silence."""
HELD_S = 0.8
PATIENCE_S = 30.0
AIR_S = 900.0
"""So long the room is no digital silence, which would count as a muted microphone."""
PLAYER = "org.mpris.MediaPlayer2.coach"


class Monitor:
    """What the loudspeaker plays, as it comes."""

    def __init__(self, pulse: Pulse) -> None:
        command = ["parec", "--device=speaker.monitor", f"--rate={RATE_HZ}", "--channels=1", "--format=s16le",
                   "--latency-msec=5"]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, env=pulse.environment)
        self._pieces: list[tuple[float, Samples]] = []
        self.loud_s = 0.0
        """When something sounded last."""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        rest = b""
        while piece := os.read(self._process.stdout.fileno(), 4096):
            piece, now_s = rest + piece, time.monotonic()
            rest = piece[len(piece) // 2 * 2 :]
            sound = (np.frombuffer(piece[: len(piece) // 2 * 2], "<i2") / np.float32(32768)).astype(np.float32)
            self._pieces.append((now_s, sound))
            if np.abs(sound).max(initial=0.0) > LOUD:
                self.loud_s = now_s

    def stop(self) -> tuple[float, Samples]:
        """Return when the first sample was recorded (by the quickest piece), and all of them."""
        self._process.terminate()
        self._thread.join(5)
        ends = np.cumsum([len(sound) for _, sound in self._pieces]) / RATE_HZ
        began_s = min(at_s - end_s for (at_s, _), end_s in zip(self._pieces, ends, strict=True))
        return float(began_s), np.concatenate([sound for _, sound in self._pieces])


async def pressed(bus: Bus, monitor: Monitor, times: int) -> list[float]:
    """Press while the coach speaks, and again to go on; return when each press that holds was made."""
    connection = await MessageBus(bus_address=bus.address).connect()
    name = await _player(connection)
    presses = []
    for _ in range(times):
        await asyncio.sleep(random.uniform(0.1, 0.6))
        await _until_loud(monitor)
        presses.append(time.monotonic())
        await _press(connection, name)
        await asyncio.sleep(HELD_S)
        await _press(connection, name)
    connection.disconnect()
    return presses


async def _player(connection: MessageBus) -> str:
    driver, until_s = "org.freedesktop.DBus", time.monotonic() + PATIENCE_S
    while time.monotonic() < until_s:
        reply = await connection.call(Message(driver, "/org/freedesktop/DBus", driver, "ListNames"))
        for name in reply.body[0] if reply else ():
            if name.startswith(PLAYER):
                return str(name)
        await asyncio.sleep(0.1)
    raise MachineError("the session offered no buttons")


async def _press(connection: MessageBus, name: str) -> None:
    await connection.call(Message(name, "/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2.Player", "PlayPause"))


async def _until_loud(monitor: Monitor) -> None:
    until_s = time.monotonic() + PATIENCE_S
    while time.monotonic() - monitor.loud_s > 0.03:
        if time.monotonic() > until_s:
            raise MachineError("the coach is not heard any more")
        await asyncio.sleep(0.005)


def silenced_ms(presses: Sequence[float], began_s: float, sound: Samples) -> list[float]:
    """Return how long after each press the last sound was played."""
    found = []
    for press_s in presses:
        first = round((press_s - began_s) * RATE_HZ)
        loud = np.flatnonzero(np.abs(sound[first : first + round(HELD_S * RATE_HZ)]) > LOUD)
        found.append(1000 * float(loud[-1] if len(loud) else 0) / RATE_HZ)
    return sorted(found)


@contextlib.contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keep so many loops running."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def main(arguments: Sequence[str]) -> int:
    """Measure and print; exit 1 where the bound is missed."""
    parser = options("bench buttons", __doc__)
    parser.add_argument("--times", type=int, default=100, metavar="N", help="presses (100)")
    parser.add_argument("--busy", type=int, default=0, metavar="N", help="loops beside it (0)")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder), chosen.times, chosen.busy)
    middle, high = (found[round(part * (len(found) - 1))] for part in (0.5, 0.95))
    print(f"press to silence, {len(found)} presses, {chosen.busy} loops beside it, load {os.getloadavg()[0]:.1f}:")
    print(f"  {middle:.0f} ms in the middle, {high:.0f} ms at the 95th percentile (at most {MOST_MS:g})")
    return int(high > MOST_MS)


def measured(folder: Path, times: int, loops: int) -> list[float]:
    """Run a session, press its button so often; return the milliseconds to silence, the shortest first."""
    pulse, bus = Pulse(folder), Bus(folder)
    pulse.start()
    environment = {**pulse.environment, "DBUS_SESSION_BUS_ADDRESS": bus.address}
    environment.pop("XDG_CACHE_HOME", None)  # the clips lie in the bench's own folder
    subprocess.run([sys.executable, "-m", "coach.cli.machine.first_words"], env=environment, check=True)
    command = [*COACH, "run", "bands", "--plain", "--no-sound-check"]
    try:
        with (
            pulse.air(AIR_S),
            busy(loops),
            subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as session,
        ):
            monitor = Monitor(pulse)
            try:
                presses = asyncio.run(pressed(bus, monitor, times))
            finally:
                session.send_signal(2)
            return silenced_ms(presses, *monitor.stop())
    finally:
        bus.die()
        pulse.stop()
