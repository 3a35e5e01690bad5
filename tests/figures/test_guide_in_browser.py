"""The guide as a browser shows it: moving at the tempo, still on paper and for whoever wants less movement."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from coach.cli.machine.sayings import said_and_done
from coach.figures.guide import guide
from coach.figures.tempo import rep
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the guide was not looked at in a browser")

ROUTINE = load_routine("spine-strength")
PAGE = guide(ROUTINE, said_and_done(load_table()), "Information, not medical advice.")

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
    page.write_text(PAGE.replace("</main>", script + "</main>"), encoding="utf-8")
    title = re.search(
        "<title>(.*?)</title>", chromium(page, "--dump-dom", "--virtual-time-budget=5000", *options), re.DOTALL
    )
    assert title is not None
    seen: dict[str, Any] = json.loads(title[1])
    return seen


def test_figures_go_from_the_start_to_the_end_at_the_tempo(tmp_path: Path) -> None:
    seen = look(tmp_path)
    assert seen["moving"] and not seen["pair"]  # noqa: PT018  (one sight)
    assert seen["moved"] == seen["stills"]


def test_the_box_holds_the_pictures_still(tmp_path: Path) -> None:
    assert look(tmp_path)["held"] == {"moving": False, "pair": True}


def test_whoever_wants_less_movement_gets_still_pictures(tmp_path: Path) -> None:
    seen = look(tmp_path, "--force-prefers-reduced-motion")
    assert (seen["moving"], seen["pair"]) == (False, True)


def test_a_telephone_shows_it_without_scrolling_sideways(tmp_path: Path) -> None:
    assert not look(tmp_path, "--window-size=500,900")["wide"]


def test_on_paper_every_exercise_has_its_own_page(tmp_path: Path) -> None:
    page, printed = tmp_path / "guide.html", tmp_path / "guide.pdf"
    page.write_text(PAGE, encoding="utf-8")
    chromium(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    pages = re.findall(rb"/Type\s*/Page\b", printed.read_bytes())
    assert len(ROUTINE.blocks) + 2 <= len(pages) <= len(ROUTINE.blocks) + 3  # the first page, and the commands'
