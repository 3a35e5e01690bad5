"""What a real Chromium makes of the page: sizes, contrast, nothing cut off, nothing that axe-core finds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.screen.moments import MOMENTS, moment
from tests.support.axe import axe_script
from tests.support.driven_browser import Browser, Tab

pytestmark = pytest.mark.slow

LAPTOP = 1366, 768
SMALLEST = 320, 256  # a window of 1280 x 1024 at 400% zoom: there the text is not enlarged once more
WINDOWS = [
    SMALLEST, (320, 568), (390, 844), (683, 384), (1024, 768), LAPTOP, (1920, 1080), (2560, 1080), (3840, 2160),
]  # fmt: skip
MEASURING = Path(__file__).with_name("measuring.js").read_text("utf-8")
TWO_FRAMES = "new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def opened(browser: Browser, address: str, size: tuple[int, int] = LAPTOP, **media: str) -> Tab:
    tab = browser.tab()
    tab.resize(*size)
    tab.media(**media)
    tab.go(address)
    tab.wait("document.getElementById('words').textContent && state !== null")
    tab.run(TWO_FRAMES)
    tab.run(MEASURING)
    return tab


@pytest.mark.parametrize("name", MOMENTS)
def test_everything_is_read_from_three_metres(browser: Browser, name: str) -> None:
    with moment(name) as shown:
        heights: dict[str, float] = opened(browser, shown.screen.address).run("heights()")
    high = LAPTOP[1]
    large = {key: heights.pop(key) for key in ("words", "side") if key in heights}
    number = heights.pop("number", None)
    assert number is None or number >= 0.4 * high
    assert {key: value for key, value in large.items() if value < 0.1 * high} == {}
    assert {key: value for key, value in heights.items() if value < 0.05 * high} == {}
    assert large


@pytest.mark.parametrize("name", MOMENTS)
def test_nothing_is_cut_off_in_any_window(browser: Browser, name: str) -> None:
    wrong: dict[str, Any] = {}
    with moment(name) as shown:
        tab = opened(browser, shown.screen.address)
        for text in ("100%", "200%"):
            tab.run(f"document.documentElement.style.fontSize = '{text}'")
            for size in WINDOWS[text == "200%" :]:
                for turn in (0, 90):
                    tab.resize(*size)
                    tab.run(f"document.getElementById('stage').dataset.turn = '{turn}'")
                    tab.run(TWO_FRAMES)
                    if found := tab.run("cutOff()"):
                        wrong[f"{size} {text} turned {turn}"] = found
    assert wrong == {}, json.dumps(wrong, indent=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", MOMENTS)
def test_axe_finds_nothing_and_contrast_is_seven_to_one(browser: Browser, name: str, scheme: str) -> None:
    script = axe_script()
    with moment(name) as shown:
        tab = opened(browser, shown.screen.address, color_scheme=scheme)
        tab.run(script)
        enhanced = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
        found = tab.run(f"axe.run({json.dumps(enhanced)}).then((all) => all.violations.map((one) =>"
                        " [one.id, one.nodes.map((node) => node.html + node.failureSummary)]))")  # fmt: skip
        inks: dict[str, float] = tab.run("inks()")
    assert found == []
    assert {name: ratio for name, ratio in inks.items() if ratio < 7} == {}


@pytest.mark.parametrize("name", ["set", "rest", "question", "move", "end"])
def test_screenshots_of_five_moments(browser: Browser, name: str, tmp_path: Path) -> None:
    with moment(name) as shown:
        for scheme in ("light", "dark"):
            tab = opened(browser, shown.screen.address, color_scheme=scheme)
            whole = tab.screenshot(tmp_path / f"{name}-{scheme}.png")
            tab.key("t")
            turned = tab.screenshot(tmp_path / f"{name}-{scheme}-turned.png")
            assert whole.read_bytes() != turned.read_bytes()
