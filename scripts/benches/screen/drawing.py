"""How soon a phase is on the screen: from the entry that is logged to the frame that Chromium has drawn."""

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from coach.log.entries import PhaseEntry
from tests.screen.moments import Onstage
from tests.support.driven_browser import Browser, Tab

WITHIN_MS = 50.0
PHASES = 120
APART_S = 0.13

WATCHING = """
window.seen = [];
const taking = take;
take = (message) => {
  taking(message);
  const phases = message.phases;
  requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => seen.push([phases, performance.timeOrigin + performance.now()]);
    channel.port2.postMessage(0); });
};
"""
"""Notes when a frame with a phase is done: the message comes when the frame has been painted."""


def watching(tab: Tab) -> Tab:
    """Let a page note what it draws."""
    tab.wait("state !== null")
    tab.run(WATCHING)
    return tab


def seen(tab: Tab) -> dict[int, float]:
    """Return when each phase was first drawn, in seconds since the epoch."""
    found: list[list[Any]] = tab.run("seen")
    return {int(phases): at_ms / 1000 for phases, at_ms in reversed(found)}


def drawn() -> bool:
    """Show phases one after the other, each for its moment."""
    made: dict[int, float] = {}
    shown = Onstage()
    with tempfile.TemporaryDirectory() as folder, Browser(Path(folder)) as browser:
        shown.to_set()
        tab = watching(browser.tab(shown.screen.address))
        first = shown.screen.phases
        for number in range(1, PHASES + 1):
            made[first + number] = time.time()
            shown.screen.watch(PhaseEntry(0.0, "pull", "out", "right", 3.0))
            time.sleep(APART_S)
        times = seen(tab)
        shown.close()
    late_ms = sorted(1000 * (times[number] - at_s) for number, at_s in made.items() if number in times)
    worst_ms = late_ms[round(0.95 * len(late_ms)) - 1]
    print(
        f"drawn: {len(late_ms)} of {PHASES} phases, median {statistics.median(late_ms):.0f} ms, 95% {worst_ms:.0f} ms"
    )
    return len(late_ms) == PHASES and worst_ms <= WITHIN_MS
