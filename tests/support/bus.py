"""A D-Bus session bus of a test's own, and a stand-in for a desktop's session manager on it."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dbus_fast import Message

SCREEN_SAVER = "org.freedesktop.ScreenSaver"
POWER_MANAGEMENT = "org.freedesktop.PowerManagement"


class Bus:
    """A bus that ends when it is told to."""

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:path={folder}/bus.sock"
        command = [
            "dbus-daemon",
            "--session",
            "--nofork",
            "--nopidfile",
            "--print-address",
            f"--address={self.address}",
        ]
        self._daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._daemon.stdout is not None
        self._daemon.stdout.readline()

    @property
    def environment(self) -> dict[str, str]:
        """Return this process's environment with this bus in it."""
        return {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address}

    def die(self) -> None:
        """End it, whoever is on it."""
        self._daemon.kill()
        self._daemon.wait()


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """A bus of this test's own, which this process and its children find; a loud skip where there is none."""
    if sys.platform != "linux" or shutil.which("dbus-daemon") is None:
        pytest.skip("NOT TESTED: the session bus. dbus-daemon is missing here")
    started = Bus(tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", started.address)
    try:
        yield started
    finally:
        started.die()


class SessionManager:
    """Grants locks against sleep, as a desktop does, and drops those whose owner leaves the bus."""

    def __init__(self, bus: Bus, *services: str, answers: bool = True) -> None:
        """Own these services. `answers`: otherwise every request is left without a reply."""
        self._bus, self._services, self._answers = bus, services or (SCREEN_SAVER,), answers
        self.locks: dict[int, str] = {}
        """Cookie and owner of every lock that is held."""
        self.granted: list[str] = []
        """The interfaces that were asked, each time."""
        self._ready, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    @contextlib.contextmanager
    def serving(self) -> Iterator["SessionManager"]:
        """Serve while the block runs."""
        self._thread.start()
        assert self._ready.wait(10)
        try:
            yield self
        finally:
            self._stop.set()
            self._thread.join(5)

    async def _serve(self) -> None:
        from dbus_fast import Message
        from dbus_fast.aio import MessageBus

        connection = await MessageBus(bus_address=self._bus.address).connect()
        connection.add_message_handler(self._handle)
        rule = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'"
        driver = "org.freedesktop.DBus"
        call = Message(driver, "/org/freedesktop/DBus", driver, "AddMatch", signature="s", body=[rule])
        await connection.call(call)
        for service in self._services:
            await connection.request_name(service)
        self._ready.set()
        while not self._stop.is_set():
            await asyncio.sleep(0.01)
        connection.disconnect()

    def _handle(self, message: "Message") -> "Message | bool":
        from dbus_fast import Message, MessageType

        if message.member == "NameOwnerChanged":
            self._gone(*message.body)
        if message.message_type is not MessageType.METHOD_CALL or message.member not in ("Inhibit", "UnInhibit"):
            return False
        if not self._answers:
            return True
        if message.member == "UnInhibit":
            self.locks.pop(message.body[0], None)
            return Message.new_method_return(message)
        self.granted.append(str(message.interface))
        self.locks[len(self.granted)] = str(message.sender)
        return Message.new_method_return(message, "u", [len(self.granted)])

    def _gone(self, name: str, _before: str, now: str) -> None:
        if not now:
            self.locks = {cookie: owner for cookie, owner in self.locks.items() if owner != name}
