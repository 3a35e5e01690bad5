"""A thread that can't die unseen: its faults are reported in order, and its work goes on."""

import queue
import threading

import pytest

from coach import threads
from coach.threads import Faults, WatchedThread
from tests.support.killing import KilledError, kill_thread, wait_until

FAULTS = (RuntimeError("no\nmore"), TypeError(), SystemExit(3), KilledError("gone"), MemoryError())


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_work_that_fails_is_told_and_begun_anew(fault: BaseException) -> None:
    faults, begun, done = Faults(), list[int](), threading.Event()

    def work() -> None:
        begun.append(1)
        if len(begun) < 3:
            raise fault
        done.set()

    thread = WatchedThread("helper", work, faults.report)
    assert done.wait(10)
    thread.join(10)
    assert not thread.is_alive()
    told = faults.taken()
    assert len(told) == 2
    assert told[0].startswith(f"helper: {type(fault).__name__}")
    assert "\n" not in told[0]
    assert faults.taken() == []


def test_a_thread_killed_from_outside_goes_on_with_what_is_next() -> None:
    faults, todo, done = Faults(), queue.SimpleQueue[int](), list[int]()

    def work() -> None:
        while (number := todo.get()) >= 0:
            done.append(number)

    thread = WatchedThread("helper", work, faults.report)
    for number in range(3):
        kill_thread("helper")
        todo.put(number)  # wakes it: it dies as it takes this, or right before
        todo.put(100 + number)
        wait_until(lambda: 100 + number in done)  # noqa: B023  (asked at once)
    todo.put(-1)
    thread.join(10)
    assert not thread.is_alive()
    assert faults.taken() == ["helper: KilledError"] * 3


def test_a_thread_killed_in_its_pause_goes_on_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "FIRST_PAUSE_S", 0.5)
    faults, begun, told = Faults(), list[int](), threading.Event()

    def work() -> None:
        begun.append(1)
        if len(begun) == 1:
            raise OSError

    def report(what: str) -> None:
        faults.report(what)
        told.set()

    thread = WatchedThread("helper", work, report)
    assert told.wait(10)
    kill_thread("helper")  # it waits to begin anew
    thread.join(10)
    assert len(begun) == 2
    assert faults.taken() == ["helper: OSError", "helper: KilledError"]
