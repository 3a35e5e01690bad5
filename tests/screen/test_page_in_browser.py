"""The page in a real Chromium: it follows, it steers, it comes back, it lets go."""

import itertools
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.log.entries import CommandEntry, PhaseEntry, RepEntry
from coach.session.state import State
from tests.screen.moments import Onstage, moment
from tests.screen.stage import Running
from tests.support.driven_browser import Browser, Tab

FLASHES = """new Promise((go) => { let lit = false; const began = []; const until = performance.now() + 3000;
  const look = () => { const now = document.getElementById("face").classList.contains("flash");
    if (now && !lit) began.push(performance.now()); lit = now;
    performance.now() < until ? requestAnimationFrame(look) : go(began); }; look(); })"""

HEARD_FOR = """new Promise((go) => { const look = () =>
    heard.hidden ? go(now() - state.heard.began) : requestAnimationFrame(look); look(); })"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture
def shown() -> Iterator[Onstage]:
    with moment("set") as found:
        yield found


def commands(shown: Onstage) -> list[str]:
    return [entry.name for entry in shown.entries if isinstance(entry, CommandEntry)]


def wait_for(shown: Onstage, command: Command) -> None:
    until = time.monotonic() + 5
    while commands(shown)[-1:] != [command]:
        assert time.monotonic() < until, commands(shown)
        shown.ticks(1)
        time.sleep(0.005)


def ready(tab: Tab) -> Tab:
    tab.wait("state !== null")
    return tab


def test_the_address_bar_is_clean_and_the_browser_complains_of_nothing(browser: Browser, shown: Onstage) -> None:
    tab = ready(browser.tab(shown.screen.address))
    assert "token" not in tab.run("location.href")
    assert tab.run("document.cookie") == ""
    assert tab.complaints == []


def test_a_page_reloaded_in_a_rep_shows_the_rep(browser: Browser, shown: Onstage) -> None:
    tab = ready(browser.tab(shown.screen.address))
    before = tab.text("number"), tab.text("words"), tab.text("side")
    tab.call("Page.reload")
    time.sleep(0.2)
    ready(tab)
    assert (tab.text("number"), tab.text("words"), tab.text("side")) == before == ("1", "Pull", "Right")


def test_the_page_follows_the_session(browser: Browser, shown: Onstage) -> None:
    tab = ready(browser.tab(shown.screen.address))
    shown.until(lambda: shown.live.moment.rep == 3)
    shown.ticks(20)
    tab.wait("document.getElementById('number').textContent === '3'")


def test_what_was_heard_is_shown_for_two_seconds(browser: Browser, shown: Onstage) -> None:
    tab = ready(browser.tab(shown.screen.address))
    shown.mouth.say("pause")
    shown.until(lambda: shown.live.session.state is State.PAUSED)
    tab.wait("!heard.hidden")
    assert tab.text("heard") == "“pause” ✓"
    assert tab.run(HEARD_FOR) >= 2.0


def test_every_key_and_button_steers(browser: Browser, shown: Onstage) -> None:
    tab = ready(browser.tab(shown.screen.address))
    for key, command in ((" ", Command.PAUSE), ("c", Command.RESUME), ("q", Command.END_WORKOUT), ("n", Command.NO)):
        tab.key(key)
        wait_for(shown, command)
        shown.ticks(5)
        tab.run("new Promise((go) => setTimeout(go, 100))")
    tab.run("[...document.querySelectorAll('button')].find((one) => one.textContent === 'It hurts').click()")
    wait_for(shown, Command.IT_HURTS)


def test_t_turns_it_and_a_reload_keeps_it_turned(browser: Browser, shown: Onstage) -> None:
    tab = ready(browser.tab(shown.screen.address))
    told = len(commands(shown))
    tab.key("t")
    assert tab.run("document.getElementById('stage').dataset.turn") == "90"
    tab.call("Page.reload")
    time.sleep(0.2)
    ready(tab)
    assert tab.run("document.getElementById('stage').dataset.turn") == "90"
    shown.ticks(10)
    assert len(commands(shown)) == told


def pages_become(shown: Onstage, count: int) -> None:
    until = time.monotonic() + 5
    while shown.screen.pages != count:
        assert time.monotonic() < until, shown.screen.pages
        time.sleep(0.02)


def test_another_page_may_watch_and_a_closed_one_is_let_go(browser: Browser, shown: Onstage, tmp_path: Path) -> None:
    ready(browser.tab(shown.screen.address))
    with Browser(tmp_path) as other:
        assert ready(other.tab(shown.screen.address)).text("number") == "1"
        pages_become(shown, 2)
    pages_become(shown, 1)


def test_ten_pages_all_show_it_for_hidden_ones_close_their_stream(browser: Browser, shown: Onstage) -> None:
    tabs = [ready(browser.tab(shown.screen.address)) for _ in range(10)]
    pages_become(shown, 1)
    assert [tab.text("number") for tab in tabs] == ["1"] * 10
    shown.until(lambda: shown.live.moment.rep == 2)
    shown.ticks(20)
    for tab in tabs:
        tab.call("Page.bringToFront")
        tab.wait("document.getElementById('number').textContent === '2'")
    pages_become(shown, 1)
    tabs[-1].key(" ")
    wait_for(shown, Command.PAUSE)
    for tab in tabs:
        tab.close()


def test_the_session_goes_on_when_the_browser_is_killed(tmp_path: Path, shown: Onstage) -> None:
    with Browser(tmp_path) as other:
        ready(other.tab(shown.screen.address))
        other.process.send_signal(signal.SIGKILL)
        other.process.wait()
        shown.until(lambda: shown.live.moment.rep == 2)
    assert any(isinstance(entry, RepEntry) for entry in shown.entries)


def test_the_page_keeps_the_end_when_the_coach_is_gone(browser: Browser, shown: Onstage) -> None:
    tab = ready(browser.tab(shown.screen.address))
    before, began = threading.active_count(), time.monotonic()
    shown.close()
    assert time.monotonic() - began < 1
    tab.wait("document.getElementById('words').textContent === 'Stopped'")
    time.sleep(1.5)
    assert tab.text("words") == "Stopped"
    assert threading.active_count() < before


def test_who_wants_less_movement_gets_still_figures(browser: Browser, shown: Onstage) -> None:
    tab = browser.tab()
    tab.media(reduced_motion="reduce")
    tab.go(shown.screen.address)
    ready(tab)
    seen = {tab.run("document.querySelector('#figure').innerHTML") for _ in range(5)}
    assert len(seen) == 1


def test_it_flashes_at_phases_and_never_more_than_three_times_a_second(browser: Browser) -> None:
    shown = Onstage(flash=True)
    try:
        shown.to_set()
        tab = ready(browser.tab(shown.screen.address))
        phase = next(entry for entry in reversed(shown.entries) if isinstance(entry, PhaseEntry))
        stop = threading.Event()

        def phases() -> None:
            while not stop.wait(0.05):
                shown.screen.watch(phase)

        thread = threading.Thread(target=phases)
        thread.start()
        began = tab.run(FLASHES)
        stop.set()
        thread.join()
        assert len(began) >= 4
        assert all(later - earlier >= 333 for earlier, later in itertools.pairwise(began))
    finally:
        shown.close()


@pytest.mark.slow
def test_without_flash_nothing_flashes(browser: Browser, shown: Onstage) -> None:
    tab = ready(browser.tab(shown.screen.address))
    running = Running(shown)
    try:
        assert tab.run(FLASHES) == []
    finally:
        running.stop()
