"""The calendar file: what two other programs read in it, and what a second import changes."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from coach.training.history import History
from coach.training.sharing.calendar import calendar
from coach.training.sharing.calendar_told import numbered
from coach.training.sharing.due_days import due_days
from tests.support.training import MONDAY, write_session

NINE = time(9, 0)
LENGTH = timedelta(minutes=45)
NOW = datetime(2027, 5, 3, 7, 0, tzinfo=UTC)
SUMMER_TIME = date(2027, 3, 22)
"""The Monday of the week whose Sunday moves the clock in Europe."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def written(path: Path, today: date, at: time = NINE, name: str = "", person: str = "") -> bytes:
    events = numbered(path, due_days(History.open(path), today), at, person)
    return calendar(events, at, LENGTH, NOW, name)


def events(file: bytes) -> dict[str, Any]:
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(file).walk("VEVENT")}


def imported(*files: bytes) -> dict[str, Any]:
    """Import files one after the other as RFC 5546 asks: by UID, the higher sequence wins."""
    held: dict[str, Any] = {}
    for file in files:
        for uid, event in events(file).items():
            if uid not in held or int(event["sequence"]) > int(held[uid]["sequence"]):
                held[uid] = event
    return held


def test_both_parsers_read_the_same_events(path: Path) -> None:
    file = written(path, MONDAY, name="Ada")
    other = vobject.readOne(file.decode())
    mine = events(file)
    assert len(mine) == 4 * 7
    assert {event.uid.value: event.dtstart.value for event in other.vevent_list} == {
        uid: event.decoded("dtstart") for uid, event in mine.items()
    }
    assert {event.summary.value for event in other.vevent_list} == {"Strength training", "Brisk walk, 30 minutes"}
    assert all(event.valarm.trigger.value == -timedelta(minutes=15) for event in other.vevent_list)


def test_what_the_standard_requires_is_there(path: Path) -> None:
    file = written(path, MONDAY)
    read = icalendar.Calendar.from_ical(file)
    assert (str(read["version"]), bool(read["prodid"])) == ("2.0", True)
    for event in read.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DURATION", "SEQUENCE", "SUMMARY"} <= set(event)
        assert [bool(alarm["action"] and alarm["trigger"]) for alarm in event.walk("VALARM")] == [True]
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


def test_a_second_import_after_a_moved_day_moves_events_and_doubles_none(path: Path) -> None:
    first = written(path, MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    write_session(path, tuesday)
    second = written(path, tuesday)
    before, after = imported(first), imported(first, second)
    assert set(before) == set(after)
    uid = "strength-2027-w18-2@coach"
    assert (before[uid].decoded("dtstart").date(), int(before[uid]["sequence"])) == (MONDAY + timedelta(days=3), 0)
    assert (after[uid].decoded("dtstart").date(), int(after[uid]["sequence"])) == (MONDAY + timedelta(days=4), 1)


def test_the_same_plan_again_changes_nothing(path: Path) -> None:
    first, second = written(path, MONDAY), written(path, MONDAY)
    assert first == second


def test_a_walk_no_longer_due_is_called_off_not_left_standing(path: Path) -> None:
    first = written(path, MONDAY)
    saturday = MONDAY + timedelta(days=5)
    after = imported(first, written(path, saturday))
    walks = [event for uid, event in after.items() if uid.startswith("walk-2027-w18")]
    assert [str(event["status"]) for event in walks].count("CANCELLED") == 4
    assert not any(event.walk("VALARM") for event in walks if event["status"] == "CANCELLED")


def test_another_time_of_day_moves_every_event_that_is_due(path: Path) -> None:
    after = imported(written(path, MONDAY), written(path, MONDAY, time(17, 30)))
    assert {event.decoded("dtstart").time() for event in after.values()} == {time(17, 30)}


def test_across_a_change_to_summer_time_it_stays_at_the_same_hour_of_the_day(path: Path) -> None:
    file = written(path, SUMMER_TIME)
    zone = ZoneInfo("Europe/Berlin")
    starts = [event.decoded("dtstart") for event in events(file).values()]
    starts += [event.dtstart.value for event in vobject.readOne(file.decode()).vevent_list]
    assert all(start.tzinfo is None for start in starts)  # read as the reader's own time
    there = {start.replace(tzinfo=zone) for start in starts}
    assert {start.utcoffset() for start in there} == {timedelta(hours=1), timedelta(hours=2)}
    assert {start.timetz().replace(tzinfo=None) for start in there} == {NINE}


def test_a_clock_set_back_between_two_plans_still_moves_what_it_plans_again(path: Path) -> None:
    later = MONDAY + timedelta(weeks=1)
    files = [written(path, later), written(path, MONDAY + timedelta(days=2)), written(path, later)]
    held = imported(*files)
    last = events(files[-1])
    assert {uid: held[uid].decoded("dtstart") for uid in last} == {
        uid: event.decoded("dtstart") for uid, event in last.items()
    }


@pytest.mark.parametrize("name", ['Ada "the row" Löwe', "Müller, Änne; née Łoś", "a\\b", "Ä" * 40])
def test_a_name_with_quotes_commas_and_umlauts_is_read_back_whole(path: Path, name: str) -> None:
    file = written(path, MONDAY, name=name)
    raw = icalendar.Calendar.from_ical(file)["x-wr-calname"]  # its reader leaves the escapes of X- properties
    assert re.sub(r"\\(.)", r"\1", str(raw)) == f"Training: {name}"
    assert vobject.readOne(file.decode()).x_wr_calname.value == f"Training: {name}"


def test_two_people_in_one_calendar_have_events_of_their_own(tmp_path: Path) -> None:
    ada = events(written(tmp_path / "a.sqlite3", MONDAY, person="Ada"))
    anne = events(written(tmp_path / "b.sqlite3", MONDAY, person="Änne"))
    assert not set(ada) & set(anne)
    assert all(uid.isascii() for uid in (*ada, *anne))
