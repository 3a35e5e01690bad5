"""What is shown of a session, moment by moment."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.log.entries import DeviceEntry, FinishEntry, HeardEntry, PhaseEntry
from coach.screen.presenter import Presenter
from coach.screen.state import Button, ScreenState
from coach.screen.words import QUESTIONS, question_text
from coach.session.state import Question
from tests.screen.stage import TABLE, Followed


class Watched(Followed):
    """A session and its presenter, on the session's own clock."""

    def __init__(self, routine: str | None = "spine-strength") -> None:
        self.presenter = Presenter(TABLE, lambda: self.live.clock_s if hasattr(self, "live") else 0.0)
        super().__init__(self.presenter.watch, self.presenter.see, routine=routine)

    @property
    def shown(self) -> ScreenState:
        return self.presenter.state

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.shown.buttons]


@pytest.fixture
def in_set() -> Watched:
    watched = Watched()
    watched.to_set()
    return watched


def test_a_set_shows_the_rep_the_phase_its_breath_and_the_side(in_set: Watched) -> None:
    shown = in_set.shown
    assert (shown.title, shown.number, shown.unit) == ("One-arm row", 1, "of 10")
    assert (shown.words, shown.breath, shown.side) == ("Pull", "breathe out", "Right")


def test_the_bar_runs_as_long_as_its_phase(in_set: Watched) -> None:
    phase = next(entry for entry in reversed(in_set.entries) if isinstance(entry, PhaseEntry))
    assert in_set.shown.bar is not None
    assert (in_set.shown.bar.began_s, in_set.shown.bar.length_s) == pytest.approx((phase.t, phase.length_s), abs=0.021)


def test_the_figure_is_at_the_end_of_its_way_when_the_phase_is(in_set: Watched) -> None:
    motion, bar = in_set.shown.motion, in_set.shown.bar
    assert motion is not None
    assert bar is not None
    assert (motion.part_at(bar.began_s), motion.part_at(bar.began_s + bar.length_s)) == (0.0, 1.0)


def test_the_left_side_is_the_right_one_mirrored() -> None:
    watched = Watched()
    watched.to_set()
    assert not watched.shown.mirrored
    watched.say(Command.DONE)
    watched.until(lambda: watched.kind == "switch")
    assert watched.shown.mirrored
    assert watched.shown.words == "Change sides"
    assert watched.shown.motion is not None


def test_a_rest_counts_down(in_set: Watched) -> None:
    in_set.say(Command.SKIP)
    in_set.until(lambda: in_set.shown.countdown is not None)
    countdown, now_s = in_set.shown.countdown, in_set.live.clock_s
    assert countdown is not None
    left_s = in_set.live.left_s
    assert left_s is not None
    assert countdown.left_at(now_s) == pytest.approx(left_s, abs=0.1)


def test_a_pause_holds_what_moves_and_a_rest_goes_on_where_it_stood(in_set: Watched) -> None:
    in_set.say(Command.SKIP)
    in_set.until(lambda: in_set.shown.countdown is not None)
    in_set.ticks(100)
    in_set.say(Command.PAUSE)
    assert in_set.shown.held_s is not None
    assert (in_set.shown.words, in_set.labels[0]) == ("Paused", "Go on")
    in_set.ticks(500)
    in_set.say(Command.RESUME)
    in_set.until(lambda: in_set.live.session.state == "playing" and not in_set.live.coach_speaking)
    countdown, left_s = in_set.shown.countdown, in_set.live.left_s
    assert in_set.shown.held_s is None
    assert countdown is not None
    assert left_s is not None
    assert countdown.left_at(in_set.live.clock_s) == pytest.approx(left_s, abs=0.6)


def test_a_pause_in_a_set_shows_no_phase_until_the_count_in_is_over(in_set: Watched) -> None:
    in_set.say(Command.PAUSE, Command.RESUME)
    in_set.ticks(10)
    assert (in_set.shown.bar, in_set.shown.words) == (None, "Get set")


def test_a_move_shows_its_figure_and_moves_with_its_sentences() -> None:
    watched = Watched("floor")
    watched.until(lambda: watched.kind == "move")
    shown = watched.shown
    assert shown.figure is not None
    assert shown.figure.move is not None
    parts = set()
    while watched.kind == "move":
        watched.live.tick()
        moves = watched.shown.figure is not None and watched.shown.figure.move is not None
        parts |= {round(watched.shown.motion.part_at(1e9), 3)} if moves and watched.shown.motion else set()
    assert sorted(parts) == [round(n / 6, 3) for n in range(7)]


def test_what_was_heard_says_whether_it_was_taken(in_set: Watched) -> None:
    in_set.mouth.say("pause")
    in_set.until(lambda: isinstance(in_set.entries[-1], HeardEntry) or in_set.shown.heard is not None)
    assert in_set.shown.heard is not None
    assert (in_set.shown.heard.text, in_set.shown.heard.taken) == ("pause", True)


def test_a_question_stands_in_its_own_words_with_its_answers(in_set: Watched) -> None:
    in_set.say(Command.END_WORKOUT)
    assert in_set.shown.question == "Shall we finish here for today? Just yes or no, please."
    assert in_set.labels[:2] == ["Yes", "No"]
    assert [button.key for button in in_set.shown.buttons[:2]] == ["y", "n"]


def test_which_routine_is_answered_by_buttons() -> None:
    watched = Watched(None)
    watched.ticks(5)
    assert watched.shown.buttons[0] == Button("Everything", Command.NUMBER, 0, "1")
    watched.say(Command.NUMBER, value=1)
    assert watched.live.session.routine is not None
    assert watched.live.session.routine.id == "bands"


def test_it_hurts_is_the_last_button_until_the_end(in_set: Watched) -> None:
    assert in_set.labels == ["Pause", "Repeat", "Next", "It hurts"]
    in_set.say(Command.IT_HURTS)
    assert in_set.shown.words == 'Fine? Say "I\'m fine"'
    assert in_set.labels[0] == "I'm fine"
    assert in_set.labels[-1] == "It hurts"
    in_set.end()
    assert in_set.shown.buttons == ()
    assert in_set.shown.over


def test_every_button_does_what_is_open(in_set: Watched) -> None:
    assert all(button.command in Command for button in in_set.shown.buttons)


def test_the_end_is_told_with_what_was_done() -> None:
    presenter = Presenter(TABLE, lambda: 0.0)
    presenter.watch(FinishEntry(60.0, "completed", 42, 9))
    assert (presenter.state.words, presenter.state.over) == ("Well done", True)
    assert "reps today" in presenter.state.note


def test_every_question_has_words_of_its_own() -> None:
    assert set(QUESTIONS) == set(Question)
    assert all(question_text(question) for question in Question)
    assert question_text(Question.CLEARED).startswith("Did a doctor"), "whyever it is asked"


def test_trouble_with_a_device_is_shown_in_words() -> None:
    presenter = Presenter(TABLE, lambda: 0.0)
    presenter.watch(DeviceEntry(0.0, "microphone muted"))
    assert "switched off" in presenter.state.note
    presenter.watch(DeviceEntry(0.0, "ears: all right"))
    assert "switched off" in presenter.state.note
