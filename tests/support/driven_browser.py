"""A real Chromium, driven over its own protocol: pages, keys, screenshots, what it measures."""

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.request import urlopen

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.support.browser import CHROMIUM

_STARTS_S, _ANSWERS_S = 20.0, 20.0


def required() -> None:
    """Skip where there is no Chromium; fail where one is required."""
    if CHROMIUM is not None:
        return
    if os.environ.get("COACH_REQUIRE_CHROMIUM") == "1":
        pytest.fail("Chromium is missing: the screen was not looked at in a browser")
    pytest.skip("NOT TESTED: the screen in a browser. There is no Chromium here")


class Tab:
    """One page of the browser."""

    def __init__(self, socket: str, target: str) -> None:
        self.target = target
        self._stack = ExitStack()
        self._connection: ClientConnection = self._stack.enter_context(
            connect(socket, max_size=None, open_timeout=_STARTS_S)
        )
        self._number = 0
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.complaints: list[str] = []
        """What the browser wrote to its console."""

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self._number += 1
        self._connection.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._connection.recv(timeout=_ANSWERS_S))
            if message.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown"):
                self.complaints.append(json.dumps(message["params"]))
            if message.get("id") == self._number:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result

    def run(self, script: str) -> Any:
        """Run a script; return its value, awaited."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def go(self, address: str) -> None:
        """Open an address and wait until it is loaded."""
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def wait(self, condition: str, seconds: float = 10.0) -> None:
        """Wait until a condition holds in the page."""
        until = time.monotonic() + seconds
        while not self.run(condition):
            assert time.monotonic() < until, f"not within {seconds} s: {condition}; {self.complaints}"
            time.sleep(0.02)

    def text(self, element: str) -> str:
        """Return what an element says."""
        return str(self.run(f"document.getElementById({element!r}).textContent"))

    def key(self, character: str) -> None:
        """Press a key."""
        named = {"\n": "Enter"}.get(character, character)
        text = "\r" if character == "\n" else character
        self.call("Input.dispatchKeyEvent", type="keyDown", key=named, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=named)

    def resize(self, width: int, height: int, scale: float = 1.0) -> None:
        """Give the page a size."""
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def media(self, **features: str) -> None:
        """Prefer something: color_scheme, reduced_motion."""
        found = [{"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", features=found)

    def close(self) -> None:
        """Close the page."""
        self.call("Page.close")
        self._stack.close()

    def screenshot(self, path: Path) -> Path:
        """Write what is seen as a PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))
        return path


class Browser:
    """A Chromium of its own, with an empty profile in a folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        required()
        profile = folder / f"chromium-{time.monotonic_ns()}"
        command = [str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
                   f"--user-data-dir={profile}", "--no-first-run", "--hide-scrollbars", *options]  # fmt: skip
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._port = self._ready(profile / "DevToolsActivePort")

    def tab(self, address: str | None = None) -> Tab:
        """Open a tab, at an address if one is given."""
        version = json.loads(urlopen(f"http://127.0.0.1:{self._port}/json/version", timeout=_ANSWERS_S).read())
        with connect(version["webSocketDebuggerUrl"], open_timeout=_STARTS_S) as connection:
            connection.send(json.dumps({"id": 1, "method": "Target.createTarget", "params": {"url": "about:blank"}}))
            while (answer := json.loads(connection.recv(timeout=_ANSWERS_S))).get("id") != 1:
                pass
        target = answer["result"]["targetId"]
        tab = Tab(f"ws://127.0.0.1:{self._port}/devtools/page/{target}", target)
        if address:
            tab.go(address)
        return tab

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait(timeout=10)

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ready(self, file: Path) -> int:
        until = time.monotonic() + _STARTS_S
        while not (file.exists() and file.read_text().strip()):
            assert time.monotonic() < until, "Chromium did not start"
            time.sleep(0.02)
        return int(file.read_text().splitlines()[0])


@contextmanager
def browsing(folder: Path, *options: str) -> Iterator[Browser]:
    """Have a browser while the block runs."""
    with Browser(folder, *options) as browser:
        yield browser
