"""What is handed out, as commands: the report, the calendar, the feed, other apps' columns, and every bad input."""

import csv
import io
import json
import os
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest

from coach import places
from coach.cli.main import main
from coach.export.export import export
from coach.export.tags import Tags
from coach.speech.clips import Clips
from tests.support.fakes import ToneVoice
from tests.support.past import write_years
from tests.support.timelines import short
from tests.support.training import MONDAY, write_session


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("config_folder", "data_folder", "state_folder"):
        monkeypatch.setattr(places, folder, lambda folder=folder: tmp_path / folder)
    return tmp_path


@pytest.fixture
def in_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)


def coach(*arguments: object) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert coach(*arguments) == 0
    return capsys.readouterr().out


def starts(file: Path) -> dict[str, date]:
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    return {str(event["uid"]): event.decoded("dtstart") for event in calendar.walk("VEVENT")}


def test_a_report_is_written_where_the_command_says_and_nowhere_else(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(capsys, "profile", "--set", 'name=Ada "Löwe", née Łoś')
    write_years(home / "own.sqlite3", 12)
    target = home / "report.html"
    said = printed(capsys, "report", "-o", target, "--history", home / "own.sqlite3", "--today", MONDAY)
    assert str(target) in said
    assert "hasn't been sent to anybody" in said
    assert "Ada &quot;Löwe&quot;, née Łoś" in target.read_text("utf-8")


def test_a_report_of_nothing_is_a_page_too(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "report", "-o", home / "report.html", "--today", MONDAY)
    assert "No strength training is on record" in (home / "report.html").read_text("utf-8")
    assert not (home / "data_folder").exists(), "looking back makes no history"


def test_a_report_as_json_alone_or_beside_the_page(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shape = json.loads(printed(capsys, "report", "--json", "--weeks", "4", "--today", MONDAY))
    assert (len(shape["weeks"]), shape["person"], shape["usability"]) == (4, None, None)
    assert json.loads(printed(capsys, "report", "--json", "-o", home / "r.html", "--today", MONDAY))["exercises"] == []
    assert (home / "r.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report",), "-o FILE.html"),
        (("report", "-o", "report.pdf"), "use a name that ends in .html"),
        (("report", "-o", "none/report.html"), "there is no folder"),
        (("report", "-o", "r.html", "--weeks", "0"), "1 to 520"),
        (("report", "--json", "--weeks", "521"), "1 to 520"),
        (("report", "--json", "--today", "yesterday"), "YYYY-MM-DD"),
        (("plan", "--ics", "plan.txt"), "use a name that ends in .ics"),
        (("plan", "--ics", "none/plan.ics"), "there is no folder"),
        (("plan", "--walked", "0"), "can't be one day's walk"),
        (("history", "--csv", "--strong-csv"), "use only one of them"),
        (("feed", "none", "--url", "https://example.org"), "no such folder"),
        (("feed", ".", "--url", "example.org"), "https://example.org/audio/"),
        (("feed", ".", "--url", "https://example.org"), "contains no exported files"),
        (("profile", "--set", "time_of_day=25"), "time of day"),
    ],
)
def test_bad_input_is_one_line(
    arguments: tuple[str, ...],
    said: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(home)
    assert coach(*arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


def test_a_refused_calendar_notes_no_walk(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach("plan", "--walked", "30", "--ics", home / "plan.txt") == 2
    capsys.readouterr()
    assert "Nothing on record" in printed(capsys, "history")


def test_the_plan_as_a_calendar_moves_with_what_was_done(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "profile", "--set", "time_of_day=7:30")
    target, tuesday = home / "plan.ics", MONDAY + timedelta(days=1)
    said = printed(capsys, "plan", "--ics", target, "--today", MONDAY)
    assert "the next 28 sessions and walks, at 07:30" in said
    before = starts(target)
    printed(capsys, "plan", "--walked", "30", "--today", tuesday)
    json.loads(printed(capsys, "plan", "--ics", target, "--today", tuesday, "--json"))
    after = starts(target)
    assert set(before) == set(after)
    assert before != after


def test_a_walk_is_on_record_everywhere(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "plan", "--walked", "30", "--today", MONDAY)
    assert "You walked 30 minutes today." in " ".join(said.split("\n\n")[0].split())
    assert "30 minutes" in printed(capsys, "history")
    assert "Walking: 30 minutes this week." in printed(capsys, "progress", "--today", MONDAY)
    assert json.loads(printed(capsys, "progress", "--today", MONDAY, "--json"))["walked"]["this_week"] == 30
    printed(capsys, "report", "-o", home / "r.html", "--today", MONDAY)
    assert "Walked: 30 minutes" in (home / "r.html").read_text("utf-8")
    assert json.loads(printed(capsys, "report", "--json", "--today", MONDAY))["weeks"][-1]["walked"] == 30


def test_other_apps_columns_have_names_that_people_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = home / "own.sqlite3"
    write_session(own, MONDAY)
    first, _ = csv.DictReader(io.StringIO(printed(capsys, "history", "--strong-csv", "--history", own)))
    assert (first["Workout Name"], first["Exercise Name"]) == ("Spine strength", "One-arm row")
    assert (first["Weight"], first["Reps"], first["RPE"], first["Notes"]) == ("2", "10", "5", "right")


def test_usability_stands_beside_published_means_with_their_sources(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = home / "own.sqlite3"
    write_years(own, 12)
    said = " ".join(printed(capsys, "progress", "--history", own, "--today", MONDAY).split())
    assert "80 out of 100 after session 3, 80 out of 100 after session 20" in said
    for word in ("77.8", "75", "83.3", "Hyzy 2022", "Brooke", "Digital Equipment Corporation, 1986"):
        assert word in said
    listed = json.loads(printed(capsys, "sources", "usability", "--json"))
    assert [row["fact"].split(".")[0] for row in listed] == ["usability"] * 4
    assert "Jansons 2022" in " ".join(printed(capsys, "sources", "usability.alone").split())


def test_a_feed_is_written_beside_the_files_with_their_chapters(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = home / "my audio"
    folder.mkdir()
    export(short(1), Clips(ToneVoice()).clip, folder / 'Ä "quoted", name.mp3', Tags("Short", "Coach"))
    os.utime(folder / 'Ä "quoted", name.mp3', (1_800_000_000, 1_800_000_000))
    (folder / "other.mp3").write_bytes(b"ID3")
    assert coach("feed", folder, "--url", "https://example.org/audio", "--title", 'Ada\'s "audio"') == 0
    out, err = capsys.readouterr()
    assert "1 episode." in out
    assert "other.mp3" in err
    assert (folder / "feed.xml").read_bytes().startswith(b"<?xml")
    chapters = json.loads((folder / 'Ä "quoted", name.mp3.chapters.json').read_text("utf-8"))
    assert [chapter["title"] for chapter in chapters["chapters"]] == ["welcome", "set", "finish"]
    first = (folder / "feed.xml").read_bytes()
    assert coach("feed", folder, "--url", "https://example.org/audio/", "--title", 'Ada\'s "audio"') == 0
    assert (folder / "feed.xml").read_bytes() == first
