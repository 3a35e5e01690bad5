"""The wake lock, on a bus of its own: held from start to close, gone with the process, harmless in trouble."""

import contextlib
import subprocess
import sys
import time

import pytest

from coach.devices.awake import WakeLock
from tests.support.bus import POWER_MANAGEMENT, SCREEN_SAVER, Bus, SessionManager, bus
from tests.support.killing import threads_named, wait_until
from tests.support.program import environment

__all__ = ["bus"]

HOLDING = """
from coach.devices.awake import WakeLock
lock = WakeLock()
lock.wait(10)
print(lock.method, flush=True)
input()
"""


def settled(*, screen: bool = False) -> WakeLock:
    lock = WakeLock(screen=screen)
    lock.wait(20)
    assert lock.settled
    return lock


def test_the_machine_is_held_awake_until_the_lock_is_closed(bus: Bus) -> None:
    with SessionManager(bus, POWER_MANAGEMENT, SCREEN_SAVER).serving() as manager:
        with contextlib.closing(settled()) as lock:
            assert lock.method == POWER_MANAGEMENT
            assert len(manager.locks) == 1
        assert manager.locks == {}
    assert not threads_named("awake")


def test_where_the_machine_alone_is_refused_the_screen_is_held_too(bus: Bus) -> None:
    with SessionManager(bus, SCREEN_SAVER).serving() as manager, contextlib.closing(settled()) as lock:
        assert lock.method == SCREEN_SAVER
        assert len(manager.locks) == 1


def test_a_screen_that_is_looked_at_does_not_go_dark(bus: Bus) -> None:
    with (
        SessionManager(bus, POWER_MANAGEMENT, SCREEN_SAVER).serving() as manager,
        contextlib.closing(settled(screen=True)),
    ):
        assert manager.granted == [SCREEN_SAVER]


def test_a_process_that_is_killed_leaves_no_lock(bus: Bus) -> None:
    with SessionManager(bus).serving() as manager:
        command = [sys.executable, "-c", HOLDING]
        pipe = subprocess.PIPE
        env = environment(DBUS_SESSION_BUS_ADDRESS=bus.address)
        with subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == SCREEN_SAVER
            assert len(manager.locks) == 1
            process.kill()
            wait_until(lambda: not manager.locks, 1.0)


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all", "no address"])
def test_without_a_bus_nothing_holds_and_nothing_is_said(
    address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with contextlib.closing(settled()) as lock:
        assert lock.method is None
    assert capfd.readouterr().err == ""


def test_a_bus_that_dies_in_the_middle_does_no_harm(bus: Bus, capfd: pytest.CaptureFixture[str]) -> None:
    with SessionManager(bus).serving(), contextlib.closing(settled()) as lock:
        bus.die()
        assert lock.method == SCREEN_SAVER
    assert not threads_named("awake")
    assert capfd.readouterr().err == ""


def test_a_manager_that_never_answers_holds_nobody_up(bus: Bus) -> None:
    with SessionManager(bus, answers=False).serving():
        began = time.monotonic()
        lock = WakeLock(screen=True)
        lock.close()
        assert not lock.settled
        assert lock.method is None
        assert time.monotonic() - began < 2.0
        wait_until(lambda: not threads_named("awake"))
