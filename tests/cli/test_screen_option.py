"""`--screen` from outside: the address on one line, nothing listens without it, Ctrl-C ends it in a second."""

import os
import re
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.test_run import BRIEF, COACH, coach


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    found = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "PULSE_SERVER": f"unix:{tmp_path}/none"}
    return {name: value for name, value in found.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}


def started(environment: dict[str, str], folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [COACH, *arguments, "--plain"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, cwd=folder, stdout=pipe, stderr=pipe, text=True)


def address_of(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Read up to the line with the address; return its port and its token."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.fullmatch(r"screen: http://127\.0\.0\.1:(\d+)/\?token=(\S+)\n", line):
            return int(found[1]), found[2]
    raise AssertionError("no address was printed")


def test_control_c_with_a_page_open_ends_in_a_second(environment: dict[str, str], tmp_path: Path) -> None:
    with started(environment, tmp_path, "run", "bands", "--speaker", "out.wav", "--screen") as process:
        port, token = address_of(process)
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", f"/?token={token}")
        cookie = connection.getresponse().headers["Set-Cookie"].split(";")[0]
        stream = HTTPConnection("127.0.0.1", port, timeout=10)
        stream.request("GET", "/events", headers={"Cookie": cookie})
        answer = stream.getresponse()
        while b"Welcome to" not in answer.readline():
            pass
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=20)
        took_s = time.monotonic() - began
    assert (process.returncode, errors) == (130, "")
    assert out.strip().splitlines()[-1].startswith("Cut short after 0:")
    assert b'"over":true' in answer.read()
    assert took_s < 1.5  # a second for the end, and a loaded machine


def test_flash_without_the_page_is_one_clear_line(environment: dict[str, str], tmp_path: Path) -> None:
    done = coach(environment, tmp_path, "run", "bands", "--speaker", "out.wav", "--flash")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "--screen" in done.stderr


def listeners(pid: int) -> set[str]:
    """Return the sockets of a process that listen."""
    inodes = {str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir() if file.is_symlink()}
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return {row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in inodes}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_listens_without_the_option_and_the_loopback_alone_with_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    for options, wanted in (((), set()), (("--screen",), {"0100007F"})):
        with started(environment, tmp_path, "rehearse", BRIEF, *options) as process:
            assert process.stdout is not None
            while "check_in" not in (process.stdout.readline() or "check_in"):
                pass
            found = listeners(process.pid)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)
        assert {address.split(":")[0] for address in found} == wanted
