"""The report as a page: what it says, what it must not, and that it is one sheet of A4."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from coach.library.facts import load_facts
from coach.library.files import load_exercises
from coach.training.history import History
from coach.training.loads.units import Units
from coach.training.sharing.report import Report, ReportedChange, report
from coach.training.sharing.report_page import Wording, report_page
from tests.support.browser import CHROMIUM, pages_printed, sheet_mm
from tests.support.past import write_years
from tests.support.training import MONDAY, write_session

NAMES = {exercise.id: exercise.name for exercise in load_exercises().values()}
WORDING = Wording(NAMES, Units.KG, load_facts()["disclaimer"])
TODAY = MONDAY + timedelta(days=2)

in_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the report was not printed")


def found_in(folder: Path, weeks_of_history: int, weeks: int = 12, person: str | None = None) -> Report:
    path = folder / "history.sqlite3"
    if weeks_of_history:
        write_years(path, weeks_of_history)
    return report(History.open(path), TODAY, weeks, person)


def crowded(found: Report) -> Report:
    """Return a report as full as one can be: eight exercises, long names, the longest sentences."""
    one = max(found.exercises, key=lambda exercise: len(exercise.hurts))
    more = tuple(replace(one, course=replace(one.course, exercise=f"own-{number}")) for number in range(4))
    long = "She said it. " * 14
    change = ReportedChange(
        MONDAY, "horizontal-abduction", "the harder variant", long, "TFTF Table 4 and Osteo-cise; ours"
    )
    return replace(found, exercises=(*found.exercises, *more), changes=(change,) * 30)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_it_names_what_was_done_what_hurt_what_changed_and_how_usable_it_is(tmp_path: Path) -> None:
    said = text_of(report_page(found_in(tmp_path, 20, person="Ada"), WORDING))
    for words in (
        "Name: Ada",
        "15 February 2027 to 5 May 2027",
        "strength days in 11 full weeks",
        "minutes, ",
        "Horizontal abduction with band",
        "set 1, right side, rep 5",
        "in the back",
        "rated the effort five",
        "[Joan Pagano, Strength Training for Spine Osteopenia; our own rule]",
        "80 out of 100 after session 3",
        "women with osteoporosis 77.8",
        "Brooke",
        "Notes",
        "not medical advice",
        "sent to anybody",
    ):
        assert words in said


def test_an_empty_history_is_a_page_that_says_so(tmp_path: Path) -> None:
    said = text_of(report_page(found_in(tmp_path, 0), WORDING))
    assert "No strength training is on record in these weeks." in said
    assert "Not answered yet." in said
    assert "Exercise by exercise" not in said


def test_names_with_quotes_and_umlauts_and_markup_are_shown_as_they_are(tmp_path: Path) -> None:
    name = '<script>alert("Löwe & Łoś")</script>'
    page = report_page(found_in(tmp_path, 0, person=name), WORDING)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(&quot;Löwe &amp; Łoś&quot;)&lt;/script&gt;" in page


def test_nothing_is_fetched_and_nothing_runs(tmp_path: Path) -> None:
    page = report_page(found_in(tmp_path, 20), WORDING)
    for word in ("http:", "https:", "<script", "src=", "@import", "url("):
        assert word not in page


def test_every_drawing_is_whole_and_tells_itself_in_words(tmp_path: Path) -> None:
    for weeks in (2, 12, 200):
        drawings = re.findall(r"<svg.*?</svg>", report_page(found_in(tmp_path / str(weeks), weeks, weeks + 1), WORDING))
        assert drawings
        for drawing in drawings:
            root = ElementTree.fromstring(drawing)
            assert root.get("role") == "img"
            assert root.get("aria-label")


def test_a_single_session_makes_a_page(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    write_session(path, MONDAY)
    said = text_of(report_page(report(History.open(path), date(2027, 5, 3), 12), WORDING))
    assert "1 session, 1 of them finished. Nothing hurt." in said
    assert "No full week of strength training yet." in said


@in_browser
@pytest.mark.parametrize("weeks_of_history", [0, 1, 14, 520])
def test_twelve_weeks_are_one_sheet_of_a4(tmp_path: Path, weeks_of_history: int) -> None:
    page = report_page(found_in(tmp_path, weeks_of_history, person="Änne Müller"), WORDING)
    assert pages_printed(page, tmp_path) == 1
    assert sheet_mm(tmp_path) == (210, 297)


@in_browser
def test_the_fullest_report_is_one_sheet_too(tmp_path: Path) -> None:
    names = {**NAMES, **{f"own-{number}": "An exercise of one's own with a long name" for number in range(4)}}
    page = report_page(crowded(found_in(tmp_path, 520, person="Ä" * 40)), replace(WORDING, names=names))
    assert pages_printed(page, tmp_path) == 1
