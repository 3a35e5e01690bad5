"""A session in real time, on null sinks and a bus of its own: kept awake in every state, steered by a button alone."""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.bus import SCREEN_SAVER, Bus, SessionManager, bus
from tests.support.killing import wait_until
from tests.support.program import COACH
from tests.support.pulse import Pulse, pulse

__all__ = ["bus", "pulse"]

LOOPS = 4


@contextlib.contextmanager
def busy() -> Iterator[None]:
    """Keep the cores busy."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(LOOPS)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


class Session:
    """`coach run`; without a routine it begins with a question."""

    def __init__(self, pulse: Pulse, bus: Bus, folder: Path, *routine: str) -> None:
        self._log = folder / "log.jsonl"
        self.environment = {**pulse.environment, "DBUS_SESSION_BUS_ADDRESS": bus.address}
        command = [*COACH, "run", *routine, "--plain", "--no-sound-check", "--log", str(self._log)]
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL)

    @contextlib.contextmanager
    def under_way(self) -> Iterator["Session"]:
        """Leave none behind, whatever comes."""
        try:
            yield self
        finally:
            self.process.kill()
            self.process.wait()

    def entries(self, event: str) -> list[dict[str, object]]:
        """Return what the log holds of one kind."""
        lines = self._log.read_text("utf-8").splitlines() if self._log.exists() else []
        return [entry for entry in map(json.loads, lines) if entry["event"] == event]

    @property
    def state(self) -> object:
        """Return the state it is in."""
        found = self.entries("state")
        return found[-1]["state"] if found else None

    def press(self, button: str) -> None:
        """Press a button of the earphones, once the session is on the bus."""
        command = ["playerctl", "-p", "coach", button]
        wait_until(lambda: subprocess.run(command, env=self.environment, capture_output=True).returncode == 0)


@pytest.mark.slow
def test_a_session_is_kept_awake_in_every_state_and_steered_by_a_button(pulse: Pulse, bus: Bus, tmp_path: Path) -> None:
    if shutil.which("playerctl") is None:
        pytest.skip("NOT TESTED: a session steered by a button. playerctl is missing here")
    manager = SessionManager(bus, SCREEN_SAVER)
    with manager.serving(), pulse.air(), Session(pulse, bus, tmp_path, "bands").under_way() as session:

        def comes_to(state: str) -> None:
            wait_until(lambda: session.state == state, 60.0)
            assert len(manager.locks) == 1, state

        comes_to("playing")
        with busy():
            session.press("play-pause")
            comes_to("paused")
            session.press("play-pause")
            wait_until(lambda: [entry["name"] for entry in session.entries("command")] == ["pause", "resume"])
        while "waiting" not in [entry["state"] for entry in session.entries("state")]:
            session.press("next")
        assert len(manager.locks) == 1
        session.process.send_signal(signal.SIGINT)
        session.process.wait(20)
        wait_until(lambda: not manager.locks, 1.0)
    assert session.process.returncode == 130
    assert f"awake: {SCREEN_SAVER}" in [entry["what"] for entry in session.entries("device")]


@pytest.mark.slow
def test_a_session_that_is_killed_lets_the_machine_sleep(pulse: Pulse, bus: Bus, tmp_path: Path) -> None:
    manager = SessionManager(bus, SCREEN_SAVER)
    with manager.serving(), pulse.air(), Session(pulse, bus, tmp_path).under_way() as session:
        wait_until(lambda: session.state == "asking", 60.0)
        assert len(manager.locks) == 1
        session.process.kill()
        session.process.wait()
        wait_until(lambda: not manager.locks, 1.0)


@pytest.mark.slow
def test_a_session_goes_on_when_its_bus_dies(pulse: Pulse, bus: Bus, tmp_path: Path) -> None:
    if shutil.which("playerctl") is None:
        pytest.skip("NOT TESTED: a session whose bus dies. playerctl is missing here")

    def told() -> list[object]:
        return [entry["what"] for entry in session.entries("device")]

    with pulse.air(), Session(pulse, bus, tmp_path, "bands").under_way() as session:
        wait_until(lambda: session.entries("say"), 60.0)
        session.press("pause")
        wait_until(lambda: session.state == "paused")
        session.press("play")
        bus.die()
        wait_until(lambda: "media keys: the session bus has gone away" in told())
        said = len(session.entries("say"))
        wait_until(lambda: len(session.entries("say")) > said, 60.0)
        session.process.send_signal(signal.SIGINT)
        session.process.wait(20)
    assert session.process.returncode == 130
