"""Media keys on a bus of its own, pressed by a real client (playerctl): taken once, shown, harmless in trouble."""

import contextlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from coach.devices.media_keys import MediaKey, MediaKeys, NowPlaying, PlaybackStatus
from tests.support.bus import Bus, bus
from tests.support.killing import threads_named, wait_until
from tests.support.program import environment

__all__ = ["bus"]

SET = NowPlaying("Bird dog · left · rep 3 of 8", "Spine strength", 7)
OTHER = """
import json, sys
from coach.devices.media_keys import MediaKeys
keys = MediaKeys()
print("here", flush=True)
for line in sys.stdin:
    pressed = []
    while key := keys.pressed():
        pressed.append(key)
    print(json.dumps(pressed), flush=True)
"""


def playerctl(*arguments: str) -> str:
    if shutil.which("playerctl") is None:
        pytest.skip("NOT TESTED: media keys. playerctl is missing here")
    done = subprocess.run(["playerctl", *arguments], capture_output=True, text=True, timeout=20)
    return done.stdout.strip()


def players() -> list[str]:
    return playerctl("--list-all").split()


@pytest.fixture
def keys(bus: Bus) -> Iterator[MediaKeys]:
    assert bus.address
    with contextlib.closing(MediaKeys(print)) as there:
        wait_until(players)
        yield there


@pytest.mark.parametrize(
    ("press", "key"),
    [
        ("play-pause", MediaKey.PLAY_PAUSE),
        ("play", MediaKey.PLAY),
        ("pause", MediaKey.PAUSE),
        ("stop", MediaKey.STOP),
        ("next", MediaKey.NEXT),
        ("previous", MediaKey.PREVIOUS),
    ],
)
def test_every_button_arrives_once(keys: MediaKeys, press: str, key: MediaKey) -> None:
    playerctl("-p", "coach", press)
    assert keys.pressed() is key
    assert keys.pressed() is None


def test_what_plays_is_shown(keys: MediaKeys) -> None:
    keys.show(SET)
    wait_until(lambda: playerctl("metadata", "title") == SET.title)
    assert playerctl("metadata", "album") == SET.album
    assert playerctl("metadata", "mpris:trackid").strip("'") == "/coach/step/7"
    assert playerctl("status") == "Playing"
    keys.show(NowPlaying(SET.title, SET.album, 7, PlaybackStatus.PAUSED))
    wait_until(lambda: playerctl("status") == "Paused")


def test_who_follows_is_told_of_every_change(keys: MediaKeys) -> None:
    with subprocess.Popen(
        ["playerctl", "--follow", "metadata", "title"], stdout=subprocess.PIPE, text=True
    ) as following:
        assert following.stdout is not None
        lines = following.stdout
        keys.show(SET)
        assert any(line.strip() == SET.title for line in iter(lines.readline, ""))
        keys.show(NowPlaying("Rest"))
        assert any(line.strip() == "Rest" for line in iter(lines.readline, ""))
        following.terminate()


def test_two_coaches_at_once_are_both_there_and_each_hears_its_own(keys: MediaKeys) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", OTHER], env=environment(), stdin=pipe, stdout=pipe, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "here\n"
        wait_until(lambda: len(players()) == 2)
        name = next(player for player in players() if player.endswith(f"instance{other.pid}"))
        playerctl("-p", name, "next")
        other.stdin.write("\n")
        other.stdin.flush()
        assert json.loads(other.stdout.readline()) == ["next"]
        assert keys.pressed() is None
        other.stdin.close()


@pytest.mark.usefixtures("bus")
def test_closing_leaves_the_bus_and_no_thread() -> None:
    with contextlib.closing(MediaKeys()):
        wait_until(players)
    assert not threads_named("media keys")
    assert players() == []


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all", "no address"])
def test_without_a_bus_there_are_none_and_that_is_reported_once(
    address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    told = list[str]()
    with contextlib.closing(MediaKeys(told.append)) as keys:
        wait_until(lambda: not threads_named("media keys"))
        keys.show(SET)
        assert keys.pressed() is None
    assert told == ["media keys: there is no session bus here"]
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("bus")
@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_elsewhere_there_are_none_without_a_word(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    told = list[str]()
    with contextlib.closing(MediaKeys(told.append)) as keys:
        assert not threads_named("media keys")
        keys.show(SET)
        assert keys.pressed() is None
    assert told == []


def test_a_bus_that_dies_in_the_middle_is_reported_once(bus: Bus, capfd: pytest.CaptureFixture[str]) -> None:
    told = list[str]()
    with contextlib.closing(MediaKeys(told.append)) as keys:
        wait_until(players)
        bus.die()
        wait_until(lambda: not threads_named("media keys"))
        keys.show(SET)
        assert keys.pressed() is None
    assert told == ["media keys: the session bus has gone away"]
    assert capfd.readouterr().err == ""
