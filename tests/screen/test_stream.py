"""The stream to the pages: the present moment first, nobody waits for a page, the end comes at once."""

import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from coach.errors import MachineError
from coach.screen.guard import ADDRESS
from coach.screen.message import state_message
from coach.screen.screen import Screen
from coach.screen.server import listening
from coach.screen.state import ScreenState
from tests.screen.stage import TABLE
from tests.screen.visitor import Stream, Visitor


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen(TABLE) as opened:
        yield opened


@pytest.fixture
def visitor(screen: Screen) -> Visitor:
    found = Visitor(screen)
    found.enter()
    return found


def test_a_page_that_opens_later_sees_the_present_moment(screen: Screen, visitor: Visitor) -> None:
    screen.announce("Sound check", "Listen")
    stream = Stream(visitor)
    assert stream.next()["words"] == "Listen"
    screen.announce("Sound check", "Say hello")
    assert stream.next()["words"] == "Say hello"


def test_nobody_waits_for_a_page_that_does_not_read(screen: Screen, visitor: Visitor) -> None:
    stalled = [Stream(visitor) for _ in range(10)]
    began = time.monotonic()
    for number in range(2_000):
        screen.announce("Sound check", f"Listen {number} " + "x" * 500)
    assert time.monotonic() - began < 2.0
    reading = Stream(visitor)
    while reading.next()["words"] != f"Listen 1999 {'x' * 500}":
        pass
    assert all(stream.answer.status == 200 for stream in stalled)


def test_the_end_comes_within_a_second_with_pages_open() -> None:
    screen = Screen(TABLE)
    visitor = Visitor(screen)
    visitor.enter()
    streams = [Stream(visitor) for _ in range(10)]
    before = threading.active_count()
    began = time.monotonic()
    screen.close()
    assert time.monotonic() - began < 1.0
    assert threading.active_count() < before
    assert all(b"event: end" in stream.answer.read() for stream in streams)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((ADDRESS, visitor.port), timeout=2)


def test_it_can_be_closed_before_it_has_begun() -> None:
    Screen(TABLE).close()


def test_a_port_that_is_taken_is_one_clear_line() -> None:
    with listening() as sock, pytest.raises(MachineError, match="leave out --screen"):
        listening(sock.getsockname()[1])


def test_the_address_is_there_before_anything_is_loaded() -> None:
    with Screen(TABLE) as screen:
        assert screen.address.startswith(f"http://{ADDRESS}:")


def test_every_address_has_secrets_of_its_own() -> None:
    with Screen(TABLE) as one, Screen(TABLE) as other:
        secrets = {screen.address.partition("=")[2] for screen in (one, other)}
        secrets |= {screen.address_once.partition("=")[2] for screen in (one, other)}
        assert len(secrets) == 4
        assert all(len(secret) >= 43 for secret in secrets)


def test_a_state_is_whole_as_a_message() -> None:
    assert json.loads(state_message(ScreenState(), 0.0))["buttons"] == []
