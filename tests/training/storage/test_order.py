"""A wrong date bends no plan: the session counts on the day of the one before it, and can be put right by hand."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cli.main import main
from coach.clock import now_on
from coach.library.files import load_exercises, load_routine
from coach.training import progress
from coach.training.dose import Dose, Load
from coach.training.history import History
from coach.training.profile import Profile
from coach.training.shape import due_today
from coach.training.storage.correcting import move
from coach.training.storage.order import Dated, believed, instant_of
from coach.training.store import open_to_write
from coach.training.unfinished import unfinished
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.training import MONDAY, NOON, write_session

WRONG = (date(2015, 1, 1), date(2036, 6, 1))


def dated(*days: date) -> list[Dated]:
    return [Dated(number, day, instant_of(day, "")) for number, day in enumerate(days, 1)]


def days_of(sessions: list[Dated], today: date = MONDAY) -> list[date]:
    return [one.day for one in believed(sessions, today)]


def before(days: int) -> date:
    return MONDAY - timedelta(days=days)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_day_out_of_order_counts_as_the_one_before(wrong: date, at: int) -> None:
    true = [before(9), before(6), before(3)]
    said = [*true[:at], wrong, *true[at:]]
    assert days_of(dated(*said)) == [*true[:at], true[at - 1], *true[at:]]


@pytest.mark.parametrize("wrong", WRONG)
def test_the_very_first_day_of_all_is_corrected_by_the_next(wrong: date) -> None:
    assert days_of(dated(wrong, before(3), before(1)))[1:] == [before(3), before(1)]


def test_a_clock_that_is_wrong_now_changes_no_day() -> None:
    true = [before(9), before(6), before(3)]
    assert days_of(dated(*true), date(2015, 1, 1)) == true


def test_what_was_put_right_by_hand_is_trusted() -> None:
    one, two, _ = dated(before(9), before(6), before(3))
    earlier = Dated(3, before(20), instant_of(before(20), ""), trusted=True)
    assert days_of([one, two, earlier]) == [before(9), before(6), before(20)]


def test_a_flight_across_the_date_line_is_no_wrong_clock() -> None:
    auckland = instant_of(date(2027, 5, 2), "2027-05-02T09:00:00+12:00")
    honolulu = instant_of(date(2027, 5, 1), "2027-05-01T20:00:00-10:00")
    flown = [Dated(1, date(2027, 5, 2), auckland), Dated(2, date(2027, 5, 1), honolulu)]
    assert days_of(flown) == [date(2027, 5, 2), date(2027, 5, 1)]


@given(st.lists(st.dates(date(2000, 1, 1), date(2050, 1, 1)), max_size=20))
def test_what_is_believed_is_in_order_and_the_rest_takes_the_day_of_a_neighbour(days: list[date]) -> None:
    found = believed(dated(*days), MONDAY)
    assert [one.id for one in found] == list(range(1, len(days) + 1))
    assert {one.day for one in found} <= set(days)
    assert [one.at_s for one in found] == sorted(one.at_s for one in found)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def trained(path: Path, *days: date) -> None:
    for day in days:
        write_session(path, day, [Dose("one-arm-row", 1, 10, Load(kg=2.0))])


def rule_on(path: Path, today: date) -> str:
    due = due_today(load_routine("spine-strength"), History.open(path, today), Profile(), load_exercises(), today)
    return next(item.decision.rule for item in due if item.exercise.id == "one-arm-row")


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("later", [0, 20, 60])
def test_one_wrong_date_bends_no_plan(path: Path, wrong: date, later: int) -> None:
    trained(path, before(8), before(5), wrong)
    trained(path, *(MONDAY + timedelta(days=day) for day in range(0, later, 3)))
    today = MONDAY + timedelta(days=later)
    assert rule_on(path, today) not in {"away-back", "clock"}


def test_two_easy_days_grow_whatever_a_third_one_says(path: Path) -> None:
    trained(path, before(8), before(5))
    right = rule_on(path, MONDAY)
    trained(path, WRONG[0])
    assert (right, rule_on(path, MONDAY)) == ("reps", "reps")


def test_pain_counts_on_whatever_day_it_was(path: Path) -> None:
    trained(path, before(8), before(5), WRONG[1])
    db = open_to_write(path).connection
    db.execute("UPDATE set_done SET pain = 1 WHERE session = 3")
    db.close()
    assert rule_on(path, MONDAY) == "out"


def test_a_dropped_session_is_kept_and_counts_nowhere(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trained(path, before(8), before(5))
    with pytest.raises(SystemExit, match="0"):
        main(["history", "--history", str(path), "--drop", "2"])
    shown = capsys.readouterr()
    assert "(dropped)" in shown.out
    assert "--restore 2" in shown.err
    assert [session.dropped for session in History.open(path).sessions()] == [False, True]
    assert History.open(path, MONDAY).days(before(30), MONDAY) == (before(8),)
    with pytest.raises(SystemExit, match="0"):
        main(["history", "--history", str(path), "--restore", "2"])
    assert History.open(path, MONDAY).days(before(30), MONDAY) == (before(8), before(5))


def test_a_wrong_day_is_put_right_and_what_it_said_is_kept(path: Path) -> None:
    trained(path, before(8), WRONG[1], before(2))
    assert move(path, 2, before(5)) == WRONG[1].isoformat()
    assert History.open(path, MONDAY).days(before(30), MONDAY) == (before(8), before(5), before(2))
    kept = open_to_write(path).connection.execute("SELECT edited FROM session WHERE id = 2").fetchone()
    assert kept[0].startswith("2036-06-01T")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--drop", "9"], "no session 9"),
        (["--edit", "1"], "is dated 2027-04-25; give the correct date with --day"),
        (["--edit", "1", "--day", "2027-13-01"], "--day '2027-13-01' isn't a date"),
        (["--edit", "1", "--day", "2199-01-01"], "hasn't come yet"),
        (["--drop", "1", "--restore", "1"], "use one of --edit, --drop, --restore at a time"),
        (["--drop", "1", "--day", "2027-01-01"], "--day goes with --edit"),
        (["--day", "2027-01-01"], "use one of --edit, --drop, --restore"),
    ],
)
def test_what_cannot_be_put_right_is_one_line(
    path: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    trained(path, before(8))
    assert main(["history", "--history", str(path), *options]) == 2
    assert said in capsys.readouterr().err


def test_four_days_in_one_week_make_up_for_no_other(path: Path) -> None:
    first = MONDAY - timedelta(weeks=2)
    trained(path, *(first + timedelta(days=day) for day in (0, 2, 4, 6)))
    found = progress.adherence(History.open(path, MONDAY), MONDAY)
    assert (found.weeks, found.days, found.counted, found.percent) == (2, 4, 2, 50)


def broken_off(path: Path, at: datetime) -> None:
    writer = HistoryWriter(path)
    dose = Dose("bird-dog", 1, 10)
    writer.begin("floor", [PlannedBlock(dose, 1)], at, at.date(), rehearsed=False)
    writer.set_began(0, dose, 1, None)
    writer.rep_done(2)
    writer.close()


def test_what_broke_off_before_midnight_goes_on_after_it(path: Path) -> None:
    broken_off(path, datetime(2027, 5, 3, 23, 50, tzinfo=UTC))
    later = datetime(2027, 5, 4, 0, 10, tzinfo=UTC)
    assert unfinished(History.open(path, later.date()), later) is not None
    assert unfinished(History.open(path, later.date()), later + timedelta(hours=6)) is None


def test_what_broke_off_in_the_morning_does_not_go_on_in_the_evening(path: Path) -> None:
    broken_off(path, NOON)
    assert unfinished(History.open(path, MONDAY), NOON + timedelta(hours=5)) is not None
    assert unfinished(History.open(path, MONDAY), NOON + timedelta(hours=7)) is None


def test_the_clock_is_read_once_and_a_given_day_keeps_the_time() -> None:
    now, given_day = now_on(), now_on(MONDAY)
    assert now.day == now.at.date()
    assert given_day.at.date() == given_day.day == MONDAY
