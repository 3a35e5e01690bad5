"""A walk as a session: the clicks follow her, keep the beat, and every word works that works elsewhere."""

from pathlib import Path

import pytest

from coach.cli.main import main
from coach.clock import now_on
from coach.hearing.vocabulary.commands import Command
from coach.library.routine import walk_routine
from coach.library.walk import FASTEST_CADENCE, SLOWEST_CADENCE, Walk
from coach.session.effects import Hold, Play, Say, SayAgain, Volume
from coach.session.events import Commanded, Elapsed, SegmentEnded
from coach.session.machine import open_commands
from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind
from coach.timeline.plan import plan
from coach.timeline.step import WalkPart
from coach.training.history import History
from coach.training.store import history_path
from coach.training.walking.recorder import WalkRecorder
from coach.training.writer import HistoryWriter
from tests.support.playing import Played, said_by

WALK = walk_routine(Walk(20, 110))


def at_the_walk(passed_s: float = 60.0, part: WalkPart = WalkPart.STEADY) -> Played:
    played = Played(WALK)
    while played.session.step.part is not part:
        played.send(Commanded(Command.READY) if played.session.kind is SegmentKind.GATE else SegmentEnded())
    played.pass_s(passed_s)
    return played


def cadence(played: Played) -> int:
    walk = played.session.routine.walk if played.session.routine else None
    assert walk is not None
    return walk.cadence


@pytest.mark.parametrize(
    ("command", "by"), [(Command.FASTER, 5), (Command.SLOWER, -5), (Command.HARDER, 5), (Command.EASIER, -5)]
)
def test_faster_and_slower_change_the_cadence_from_where_she_is(command: Command, by: int) -> None:
    played = at_the_walk(60.0)
    effects = played.say(command)
    assert cadence(played) == 110 + by
    play, say = effects
    assert isinstance(play, Play)
    assert play.step.part is WalkPart.STEADY
    assert play.step.from_s == pytest.approx(60.0)
    assert isinstance(say, Say)
    assert say.keep_ticks


def test_the_cadence_stays_within_its_bounds_and_says_so() -> None:
    played = at_the_walk()
    for _ in range(10):
        played.say(Command.FASTER)
    assert cadence(played) == FASTEST_CADENCE
    assert "you'd be running" in played.lines
    for _ in range(20):
        played.say(Command.SLOWER)
    assert cadence(played) == SLOWEST_CADENCE
    assert "can't go any slower" in played.lines


def test_before_the_walk_and_in_a_pause_the_cadence_changes_without_a_click() -> None:
    played = Played(WALK)
    played.say(Command.FASTER)
    assert cadence(played) == 115
    assert not any(isinstance(effect, Play) for effect in played.effects)
    played = at_the_walk(30.0)
    played.say(Command.PAUSE, Command.SLOWER)
    assert not any(isinstance(effect, Play) for effect in played.effects)
    play = played.say(Command.RESUME)[0]
    assert isinstance(play, Play)
    assert play.step.from_s == pytest.approx(30.0)
    assert cadence(played) == 105


def test_a_pause_takes_nothing_from_the_walk() -> None:
    played = at_the_walk(100.0)
    assert isinstance(played.say(Command.PAUSE)[0], Hold)
    played.pass_s(50.0)
    played.say(Command.RESUME)
    played.pass_s(20.0)
    assert played.session.step.from_s + played.session.clock.ran_s == pytest.approx(120.0)


def test_next_goes_to_the_part_that_comes_so_that_nobody_stops_dead() -> None:
    played = at_the_walk()
    played.say(Command.NEXT)
    assert played.session.step.part is WalkPart.RAMP_DOWN


def test_ready_does_not_end_a_walk() -> None:
    played = at_the_walk()
    assert Command.READY not in open_commands(played.session)
    assert played.say(Command.READY) == ()


def test_how_long_is_answered_over_the_clicks() -> None:
    played = at_the_walk(14 * 60 - 180.0)
    for command in (Command.TIME_LEFT, Command.HOW_MANY_LEFT):
        (say,) = played.say(command)
        assert isinstance(say, Say)
        assert "five minutes" in played.lines  # the words are within the walk's minutes


def test_whats_next_names_the_part_that_comes() -> None:
    assert "full pace" in str(at_the_walk(part=WalkPart.RAMP_UP).say(Command.WHATS_NEXT))
    assert "a few easy minutes" in str(at_the_walk().say(Command.WHATS_NEXT))


def test_repeat_says_the_last_words_again_and_the_clicks_go_on() -> None:
    assert at_the_walk().say(Command.REPEAT) == (SayAgain(keep_ticks=True),)


def test_louder_and_help_work_as_everywhere() -> None:
    played = at_the_walk()
    assert any(isinstance(effect, Volume) for effect in played.say(Command.LOUDER))
    played.say(Command.HELP)
    assert "faster or slower" in played.lines


def test_when_it_hurts_she_is_brought_to_a_stand_and_told_of_the_doctor() -> None:
    played = at_the_walk()
    assert isinstance(played.say(Command.IT_HURTS)[0], Hold)
    assert played.session.question is Question.HURT
    played.pass_s(11)
    assert played.session.kind is SegmentKind.WAY_OUT
    played.say(Command.READY)
    assert "doctor" in played.lines
    played.say(Command.NO)
    assert played.session.state is State.FINISHED
    assert played.session.reason == "hurt"


def test_repeat_and_back_at_the_gate_begin_with_the_welcome_again() -> None:
    for command in (Command.REPEAT, Command.BACK):
        played = Played(WALK)
        played.send(SegmentEnded())
        assert played.session.kind is SegmentKind.GATE
        played.say(command)
        assert played.session.kind is SegmentKind.WELCOME
        assert [step.kind for step in played.session.steps[played.session.index :]] == [s.kind for s in plan(WALK)]


def test_a_walk_nobody_speaks_in_ends_by_itself() -> None:
    played = Played(WALK)
    for _ in range(400):
        played.send(Elapsed(played.session.now_s + 10.0))
        played.send(SegmentEnded())
    assert played.session.state is State.FINISHED
    assert played.session.reason == "completed"


# On the command line.


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


def code(*arguments: str) -> object:
    with pytest.raises(SystemExit) as ended:
        main(["walk", *arguments])
    return ended.value.code


def test_a_walk_is_written_as_a_file_that_is_proven(own_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = own_folders / "walk.mp3"
    assert code("--minutes", "1", "--cadence", "117", "-o", str(target), "--words", "--verify") == 0
    assert "as planned" in capsys.readouterr().out
    assert target.with_suffix(".vtt").is_file()


def test_a_walk_runs_on_files_to_its_end(own_folders: Path) -> None:
    log = own_folders / "walk.jsonl"
    speaker = own_folders / "walk.wav"
    assert code("--minutes", "1", "--speaker", str(speaker), "--log", str(log), "--plain") == 0
    written = log.read_text()
    assert written.count('"kind": "walk"') == 3
    assert '"reason": "completed"' in written


@pytest.mark.parametrize("rehearsed", [False, True])
def test_only_the_minutes_that_were_walked_are_recorded_and_nobodys_do_not_count(
    own_folders: Path, rehearsed: bool
) -> None:
    import datetime

    day, file = datetime.date(2027, 5, 4), history_path()
    file.parent.mkdir(parents=True, exist_ok=True)
    assert own_folders in file.parents
    recorder = WalkRecorder(HistoryWriter(file), now_on(day), rehearsed=rehearsed)
    played = at_the_walk(0.0)
    for _ in range(50):
        played.pass_s(6.0)
        recorder.see(played.session)
    played.say(Command.PAUSE)
    played.pass_s(60.0)
    recorder.see(played.session)
    recorder.close()
    assert History.open().walked(day, day) == pytest.approx(0.0 if rehearsed else 5.0, abs=0.1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--minutes", "200"], "--minutes 200: must be 1 to 120"),
        (["--cadence", "150"], "90 to 135 steps a minute"),
        (["--where", "water"], "one of outside, spot, treadmill"),
        (["-o", "walk.xyz"], "isn't a format"),
        (["-o", "walk.mp3", "--speaker", "a.wav"], "leave out"),
        (["--verify"], "-o FILE.mp3"),
        (["--microphone", "a.wav"], "--speaker FILE"),
    ],
)
def test_what_is_wrong_is_one_line(
    own_folders: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert own_folders.is_dir()
    assert main(["walk", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_no_sentence_of_a_changed_walk_is_left_to_the_old_one() -> None:
    played = at_the_walk()
    effects = played.say(Command.FASTER)
    assert any("one hundred and fifteen" in line for effect in effects for line in said_by(effect))
