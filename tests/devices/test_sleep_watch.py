"""Sleep is what one clock counts and another does not: told once, and never where there was none."""

import contextlib
from pathlib import Path

import pytest

from coach.devices.files import FileDevices
from coach.devices.sleep_watch import SleepWatch, slept_in_all_s
from coach.devices.watched import WatchedDevices
from coach.session.events import Awoke


class Clocks:
    def __init__(self) -> None:
        self.apart_s = 1000.0

    def __call__(self) -> float:
        return self.apart_s


def test_a_sleep_is_told_once() -> None:
    clocks = Clocks()
    watch = SleepWatch(clocks)
    assert watch.slept_s() == 0.0
    clocks.apart_s += 3600.0
    assert watch.slept_s() == pytest.approx(3600.0)
    assert watch.slept_s() == 0.0


def test_a_reading_that_was_held_up_is_no_sleep() -> None:
    clocks = Clocks()
    watch = SleepWatch(clocks)
    clocks.apart_s -= 5.0
    assert watch.slept_s() == 0.0
    clocks.apart_s += 5.0
    assert watch.slept_s() == 0.0


def test_the_clocks_of_this_machine_go_alike_while_it_is_awake() -> None:
    watch = SleepWatch()
    assert [watch.slept_s() for _ in range(1000)] == [0.0] * 1000
    assert slept_in_all_s() >= -0.1


def test_watched_devices_tell_that_the_machine_slept(tmp_path: Path) -> None:
    clocks = Clocks()
    with contextlib.closing(WatchedDevices(FileDevices(tmp_path / "out.wav", None), SleepWatch(clocks))) as devices:
        clocks.apart_s += 60.0
        assert devices.changes() == (Awoke(),)
        assert devices.changes() == ()
