"""Pain in a walk counts as anywhere: the back bars what comes next, elsewhere makes the next walk gentler."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.cli.main import main
from coach.cli.session.request import RecordRequest, Request, TrainingRequest
from coach.cli.session.today import Today, prepare
from coach.clock import now_on
from coach.hearing.vocabulary.commands import BodyPart, Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.routine import walk_routine
from coach.library.walk import Walk
from coach.session.events import SegmentEnded
from coach.session.record import EndReason
from coach.session.state import ClinicianAsked, State
from coach.timeline.cue import SegmentKind
from coach.training.back_pain import told
from coach.training.history import History
from coach.training.people.folders import FIRST
from coach.training.recorder import Recorder
from coach.training.unfinished import unfinished
from coach.training.walking.pain import walk_pain
from coach.training.walking.recorder import WalkRecorder
from coach.training.writer import HistoryWriter
from tests.support.playing import Played, routine
from tests.support.training import MONDAY, write_session

WALK = Walk(20, 110)
YES, NO = Command.YES, Command.NO


@pytest.fixture(autouse=True)
def own() -> Path:
    FIRST.history.parent.mkdir(parents=True, exist_ok=True)
    return FIRST.history


def walked(day: date, *said: Command, minutes: float = 2.0) -> Played:
    """Walk for a while, then say what hurts, step by step as the recorder sees it."""
    played = Played(walk_routine(WALK))
    recorder = WalkRecorder(HistoryWriter(FIRST.history), now_on(day), rehearsed=False)
    while played.session.kind is not SegmentKind.WALK:
        played.send(SegmentEnded()) if played.session.kind is SegmentKind.WELCOME else played.say(Command.READY)
    played.pass_s(minutes * 60)
    recorder.see(played.session)
    _say(played, recorder.see, said)
    recorder.close()
    assert recorder.problem is None
    return played


def _say(played: Played, see: object, said: tuple[Command, ...]) -> None:
    for command in said:
        played.say(command)
        see(played.session)  # type: ignore[operator]  # a recorder's
    for _ in range(40):
        played.pass_s(2.0)
        see(played.session)  # type: ignore[operator]  # a recorder's


BACK = (Command.IT_HURTS, Command.IT_HURTS, Command.READY, YES)
ELSEWHERE = (Command.IT_HURTS, Command.IT_HURTS, Command.READY, NO)


def prepared(day: date, walk: Walk | None = None) -> Today:
    asked = TrainingRequest(now=now_on(day), routine=None if walk else "bands", walk=walk)
    found = prepare(Request(training=asked, record=RecordRequest()), load_table())
    if found.recorder:
        found.recorder.close()
    return found


def next_walk(day: date) -> Today:
    return prepared(day, WALK)


def test_back_pain_in_a_walk_bars_training_and_walk_until_a_clinician_agrees() -> None:
    played = walked(MONDAY, *BACK)
    assert played.session.record.reason is EndReason.HURT
    day = MONDAY + timedelta(days=1)
    for found in (prepared(day), next_walk(day)):
        assert found.plan.asks_cleared is ClinicianAsked.WALK_HURT
        assert not found.plan.offers_walk
        assert any(str(words) in " ".join(found.notices) for words in ("walk", "back hurt"))
    history = History.open()
    assert "Until then, rest." in (told(history) or "")
    assert history.walked(MONDAY, MONDAY) == pytest.approx(2.0, abs=0.2)
    with pytest.raises(SystemExit, match="0"):
        main(["plan", "--clear", "back", "--today", str(day)])
    assert prepared(day).plan.asks_cleared is next_walk(day).plan.asks_cleared is None


@pytest.mark.parametrize("kind", [SegmentKind.WELCOME, SegmentKind.FINISH])
def test_back_pain_told_in_the_welcome_or_the_good_bye_bars_too(kind: SegmentKind) -> None:
    played = Played(walk_routine(WALK))
    while played.session.kind is not kind:
        played.go_on()
    recorder = WalkRecorder(HistoryWriter(FIRST.history), now_on(MONDAY), rehearsed=False)
    recorder.see(played.session)
    played.say(Command.IT_HURTS, value=list(BodyPart).index(BodyPart.BACK))
    _say(played, recorder.see, ())
    recorder.close()
    (kept,) = History.open().sessions()
    assert (kept.routine, kept.reason) == ("walk", "hurt")
    assert prepared(MONDAY + timedelta(days=1)).plan.asks_cleared is ClinicianAsked.WALK_HURT


def test_a_place_that_she_did_not_name_is_the_back() -> None:
    walked(MONDAY, *BACK[:3])
    assert prepared(MONDAY + timedelta(days=1)).plan.asks_cleared is ClinicianAsked.WALK_HURT


def test_a_walk_that_is_killed_after_it_hurt_bars_too() -> None:
    played = Played(walk_routine(WALK))
    writer = HistoryWriter(FIRST.history)
    recorder = WalkRecorder(writer, now_on(MONDAY), rehearsed=False)
    while played.session.kind is not SegmentKind.WALK:
        played.send(SegmentEnded()) if played.session.kind is SegmentKind.WELCOME else played.say(Command.READY)
    for command in BACK[:2]:
        played.say(command)
        recorder.see(played.session)
    writer.close()
    assert prepared(MONDAY + timedelta(days=1)).plan.asks_cleared is ClinicianAsked.WALK_HURT


def test_pain_elsewhere_makes_the_next_walk_gentler_and_says_so() -> None:
    walked(MONDAY, *ELSEWHERE)
    day = MONDAY + timedelta(days=2)
    found = next_walk(day)
    walk = found.plan.routine.walk if found.plan.routine else None
    assert walk is not None
    assert (walk.minutes, walk.cadence) == (10, 100)
    assert found.plan.asks_cleared is None
    assert "half as long" in " ".join(found.notices)
    assert "half as long" in " ".join(walk.notes)
    assert prepared(day).plan.asks_cleared is None
    assert not prepared(day).plan.offers_walk
    walked(day)
    assert next_walk(day + timedelta(days=1)).plan.routine == walk_routine(WALK)


def test_pain_in_two_walks_running_asks_first() -> None:
    walked(MONDAY, *ELSEWHERE)
    walked(MONDAY + timedelta(days=2), *ELSEWHERE)
    assert next_walk(MONDAY + timedelta(days=3)).plan.asks_cleared is ClinicianAsked.WALK_HURT
    walked(MONDAY + timedelta(days=5))
    walked(MONDAY + timedelta(days=7), *ELSEWHERE)
    assert next_walk(MONDAY + timedelta(days=8)).plan.asks_cleared is None


def test_pain_taken_back_is_none() -> None:
    walked(MONDAY, Command.IT_HURTS, Command.FALSE_ALARM, Command.RESUME)
    assert walk_pain(History.open()) is None


def test_a_walk_lifts_no_bar_of_a_training() -> None:
    session = write_session(FIRST.history, MONDAY)
    writer = HistoryWriter(FIRST.history)
    writer.session = session
    writer.hurt_in_back(True)
    writer.close()
    walked(MONDAY + timedelta(days=1), *ELSEWHERE)
    assert prepared(MONDAY + timedelta(days=2)).plan.asks_cleared is ClinicianAsked.BACK_PAIN


def walking_in_place(own: Path) -> tuple[Played, Recorder]:
    """Begin a training, and take the walk that is offered for a back that is bad today."""
    trained = routine()
    played = Played(trained, asks_before=True)
    recorder = Recorder(HistoryWriter(own), {trained.id: ()}, now_on(MONDAY), rehearsed=False)
    recorder.see(played.session)
    played.say(Command.NUMBER, value=8)
    played.say(YES)
    return played, recorder


def test_pain_in_a_walk_in_place_of_a_training_bars_and_the_training_is_no_broken_off_one(own: Path) -> None:
    played, recorder = walking_in_place(own)
    while played.session.kind is not SegmentKind.WALK:
        played.send(SegmentEnded()) if played.session.kind is SegmentKind.WELCOME else played.say(Command.READY)
    _say(played, recorder.see, BACK)
    recorder.close()
    assert played.session.state is State.FINISHED
    first, second = History.open().sessions()
    assert (first.reason, second.routine, second.reason) == ("ended", "walk", "hurt")
    assert unfinished(History.open(), now_on(MONDAY).at) is None
    assert prepared(MONDAY + timedelta(days=1)).plan.asks_cleared is ClinicianAsked.WALK_HURT


def test_back_pain_told_in_the_good_bye_of_a_walk_in_place_of_a_training_is_kept_with_the_walk_alone(own: Path) -> None:
    played, recorder = walking_in_place(own)
    while played.session.kind is not SegmentKind.FINISH:
        played.go_on()
    recorder.see(played.session)
    played.say(Command.IT_HURTS, value=list(BodyPart).index(BodyPart.BACK))
    _say(played, recorder.see, ())
    recorder.close()
    assert [(one.routine, one.reason) for one in History.open().sessions()] == [
        (routine().id, "ended"),
        ("walk", "hurt"),
    ]
    with closing(sqlite3.connect(own)) as db:
        assert db.execute("SELECT pain_place FROM session ORDER BY id").fetchall() == [(None,), ("back",)]


def test_a_yes_before_the_walk_is_kept() -> None:
    walked(MONDAY, *BACK)
    day = MONDAY + timedelta(days=1)
    pain = walk_pain(History.open())
    assert pain is not None
    played = Played(walk_routine(WALK), asks_cleared=ClinicianAsked.WALK_HURT, offers_walk=False)
    recorder = WalkRecorder(HistoryWriter(FIRST.history), now_on(day), rehearsed=False, barred_by=pain.session)
    _say(played, recorder.see, (YES,))
    recorder.close()
    assert next_walk(day + timedelta(days=1)).plan.asks_cleared is None


def test_a_file_of_a_walk_says_so_first(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    walked(date.today() - timedelta(days=1), *BACK)
    with pytest.raises(SystemExit, match="0"):
        main(["walk", "--minutes", "1", "--cadence", "90", "-o", str(tmp_path / "walk.wav")])
    assert "It hurt on your last walk" in capsys.readouterr().err
