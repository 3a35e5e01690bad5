"""The guide as a browser shows it: moving at the tempo, still on paper and for whoever wants less movement."""

import functools
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from coach.cli.machine.sayings import said_and_done
from coach.figures.guide import FloorMove, GuideTexts, guide
from coach.figures.tempo import rep
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine, routine_ids
from coach.timeline.positions import MOVES

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the guide was not looked at in a browser")

ROUTINE = load_routine("spine-strength")
WORDS = GuideTexts("Information, not medical advice.", "two or three", (), said_and_done(load_table()))

# Runs in the browser; what it finds becomes the page's title.
LOOK = """
<script>
const shown = (name) => getComputedStyle(document.querySelector(name)).display !== "none";
const shape = (svg) => [...svg.querySelectorAll("path, circle")].map((one) => {
  const box = one.getBBox(); return [box.x, box.y, box.width, box.height].map((n) => Math.round(n * 2) / 2).join(" ");
}).join(",");
const frame = () => new Promise((go) => setTimeout(go, 60));
const at = async (svg, t) => { svg.pauseAnimations(); svg.setCurrentTime(t); await frame(); return shape(svg); };
onload = async () => {
  const looked = {moving: shown(".moving"), pair: shown(".pair"), moved: []};
  looked.wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
  for (const [n, svg] of [...document.querySelectorAll(".moving svg")].entries()) {
    looked.moved.push([await at(svg, TIMES[n][0]), await at(svg, TIMES[n][1])]);
  }
  document.getElementById("still").checked = true;
  looked.held = {moving: shown(".moving"), pair: shown(".pair")};
  looked.stills = [...document.querySelectorAll(".pair")].map((pair) => [...pair.querySelectorAll("svg")].map(shape));
  document.title = JSON.stringify(looked);
};
</script>
"""


@functools.cache
def guide_page() -> str:
    return guide(ROUTINE, WORDS)


def chromium(page: Path, *options: str) -> str:
    command = [str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={page.parent}/user"]
    done = subprocess.run([*command, *options, page.as_uri()], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def look(folder: Path, *options: str) -> dict[str, Any]:
    """Open the page with the script that looks, and return what it saw."""
    exercises = [exercise for block in ROUTINE.blocks for exercise in (block.exercise, block.harder) if exercise]
    times = [[0.0, sum(s for _, s in rep(exercise)[:-1])] for exercise in exercises]
    page = folder / "guide.html"
    script = LOOK.replace("TIMES[n]", f"({json.dumps(times)})[n]")
    page.write_text(guide_page().replace("</main>", script + "</main>"), encoding="utf-8")
    title = re.search(
        "<title>(.*?)</title>", chromium(page, "--dump-dom", "--virtual-time-budget=5000", *options), re.DOTALL
    )
    assert title is not None
    seen: dict[str, Any] = json.loads(title[1])
    return seen


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what is seen in a telephone's narrow window."""
    return look(tmp_path_factory.mktemp("seen"), "--window-size=500,900")


def test_figures_go_from_the_start_to_the_end_at_the_tempo(seen: dict[str, Any]) -> None:
    assert seen["moving"] and not seen["pair"]  # noqa: PT018  (one sight)
    assert seen["moved"] == seen["stills"]


def test_the_box_holds_the_pictures_still(seen: dict[str, Any]) -> None:
    assert seen["held"] == {"moving": False, "pair": True}


def test_whoever_wants_less_movement_gets_still_pictures(tmp_path: Path) -> None:
    still = look(tmp_path, "--force-prefers-reduced-motion")
    assert (still["moving"], still["pair"]) == (False, True)


def test_a_telephone_shows_it_without_scrolling_sideways(seen: dict[str, Any]) -> None:
    assert not seen["wide"]


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="no pdftoppm here: the printed pages were not looked at")
@pytest.mark.parametrize("name", routine_ids())
def test_no_printed_page_is_nearly_empty(name: str, tmp_path: Path) -> None:
    page, printed = tmp_path / "guide.html", tmp_path / "guide.pdf"
    moves = tuple(FloorMove(move.title, move.steps) for move in MOVES.values())
    page.write_text(guide(load_routine(name), replace(WORDS, moves=moves, commands=())), encoding="utf-8")
    chromium(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    subprocess.run(["pdftoppm", "-r", "20", "-gray", str(printed), str(tmp_path / "page")], check=True, timeout=60)
    filled = [inked(sheet) for sheet in sorted(tmp_path.glob("page-*.pgm"))]
    assert len(filled) >= len(load_routine(name).blocks)
    assert min(filled) > 0.4, filled


def inked(sheet: Path) -> float:
    """Return how far down a page is printed on."""
    with Image.open(sheet) as image:
        box = image.point(lambda level: 255 if level < 200 else 0).getbbox()
        return box[3] / image.height if box else 0.0
