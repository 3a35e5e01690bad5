"""Safe for the body, by rehearsal: each rule has a script of what she says, and the line of the log that proves it."""

import contextlib
import functools
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from coach.cli.session.plain_view import PlainView
from coach.cli.session.rehearsing import rehearse
from coach.cli.session.request import RecordRequest, Request, RoomRequest, SoundRequest, TrainingRequest
from coach.clock import now_on

Log = list[dict[str, Any]]
AT_ONCE_S, WAY_OUT_S = 0.5, 12.0


class _Nowhere:
    def write(self, text: str, /) -> None:
        pass

    def flush(self) -> None:
        pass


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def line(at: str, text: str, after_s: float = 0.5) -> str:
    return f'[[say]]\nat = {{{at}}}\nafter_s = {after_s}\ntext = "{text}"\n'


def rehearsed(folder: Path, *says: str, routine: str = "spine-strength", history: Path | None = None) -> Log:
    script, log = folder / "script.toml", folder / "log.jsonl"
    script.write_text("\n".join(says))
    request = Request(
        training=TrainingRequest(now=now_on(), routine=routine, reps=None if history else 2),
        sound=SoundRequest(ears="moonshine"),
        record=RecordRequest(log=log, history=history),
        room=RoomRequest(script=script, by_text=True),
    )
    rehearse(request, lambda: contextlib.nullcontext(PlainView(_Nowhere())))
    return [json.loads(each) for each in log.read_text("utf-8").splitlines()]


def rehearsed_alone(folder: Path, exercise: str, *says: str) -> Log:
    """Rehearse a routine of nothing but this exercise: the shortest way to it."""
    short = "warm_up = false\nbalance = false\nwind_down = false\n"
    routine = folder / "alone.toml"
    routine.write_text(f'name = "Alone"\n{short}[[block]]\nexercise = "{exercise}"\nsets = 1\nreps = 2\n')
    return rehearsed(folder, *says, routine=str(routine))


@functools.cache
def undisturbed() -> Log:
    """Return the log of a session in which she says nothing but what she is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        return rehearsed(Path(folder))


def after(log: Log, name: str) -> tuple[float, Log]:
    """Return when a command counted, and what the log has after it."""
    at = next(number for number, entry in enumerate(log) if entry["event"] == "command" and entry["name"] == name)
    return log[at]["t"], [entry for entry in log if entry["t"] >= log[at]["t"]]


def said(log: Log) -> list[str]:
    return [entry["text"] for entry in log if entry["event"] == "say"]


def segments(log: Log) -> list[tuple[str, str | None]]:
    return [(entry["kind"], entry["exercise"]) for entry in log if entry["event"] == "segment"]


SET = 'kind = "set", exercise = "{}", rep = 2'
FAINT = {
    "one-arm-row": "Lower the dumbbell as far as you can, and let go of it gently.",
    "horizontal-abduction": "Let the band go slack, and lower your arms.",
    "bird-dog": "Lower yourself onto your side.",
    "back-extension": "Stay lying down, and breathe easily.",
}
HURTS = {
    "one-arm-row": "Let the arm hang.",
    "horizontal-abduction": "Let the band go slack.",
    "bird-dog": "Lower your arm and leg.",
    "back-extension": "Lower your head and shoulders.",
}


@pytest.mark.parametrize(("exercise", "first"), FAINT.items())
def test_2_who_feels_dizzy_hears_at_once_what_unloads_her(tmp_path: Path, exercise: str, first: str) -> None:
    end = line('state = "paused"', "finish workout", 20)
    log = rehearsed_alone(tmp_path, exercise, line(SET.format(exercise), "I feel dizzy"), end)
    t, later = after(log, "emergency")
    says = [entry for entry in later if entry["event"] == "say"]
    assert says[0]["text"] == first
    assert says[0]["t"] - t <= AT_ONCE_S
    assert "call for help" in " ".join(said(later))
    assert "stay where you are" not in " ".join(said(later)[:3])


def test_2_a_chest_that_hurts_is_another_sentence(tmp_path: Path) -> None:
    end = line('state = "paused"', "finish workout", 20)
    log = rehearsed_alone(tmp_path, "one-arm-row", line(SET.format("one-arm-row"), "my chest hurts"), end)
    assert "Please call the emergency services. I can't call for you." in said(after(log, "emergency")[1])


def test_3_every_exercise_ends_with_its_way_out_before_anything_is_asked() -> None:
    log = undisturbed()
    order = segments(log)
    for at, (kind, exercise) in enumerate(order):
        if kind in ("effort", "rest", "wind_down") and order[at - 1][0] != "move":
            assert order[at - 1][0] in ("way_out", "effort"), (kind, exercise)
    texts = said(log)
    asked = texts.index("How hard was that, from one to ten?")
    assert texts[asked - 2 : asked] == [
        "Come up tall from your hips.",
        "Put the dumbbell on the table, and bring your feet together.",
    ]


def test_4_the_weight_has_a_table_and_the_chair_is_empty_before_the_floor() -> None:
    texts = said(undisturbed())
    assert any("on a table or counter" in text for text in texts)
    assert "Now down to the mat. Stand on it facing the chair, and make sure the seat is empty." in texts
    assert not any("dumbbell" in text and "seat" in text for text in texts)


def test_5_the_arm_is_changed_standing_at_her_pace_and_then_she_says_when() -> None:
    log = undisturbed()
    order = segments(log)
    at = order.index(("switch", "one-arm-row"))
    assert order[at + 1 : at + 3] == [("gate", "one-arm-row"), ("set", "one-arm-row")]
    texts = said(log)
    laid = texts.index("Now put the dumbbell on the table.")
    assert texts[laid - 1 : laid + 5] == [
        "Come up tall from your hips.",
        "Now put the dumbbell on the table.",
        "Then bring your feet together.",
        "Now take the dumbbell in your left hand.",
        "Take one step forward with your right foot, feet as wide as your hips.",
        "Then hinge at your hips, and let the arm hang.",
    ]


@pytest.mark.parametrize(("exercise", "first"), HURTS.items())
def test_6_it_hurts_unloads_at_once_and_leads_out_within_twelve_seconds(
    tmp_path: Path, exercise: str, first: str
) -> None:
    yes = line('question = "hurt_back"', "yes", 8)
    log = rehearsed_alone(tmp_path, exercise, line(SET.format(exercise), "it hurts"), yes)
    t, later = after(log, "it_hurts")
    says = [entry for entry in later if entry["event"] == "say"]
    assert says[0]["text"] == first
    assert says[0]["t"] - t <= AT_ONCE_S
    out = next(entry["t"] for entry in later if entry["event"] == "segment")
    assert next(entry["t"] for entry in says if entry["t"] >= out) - t <= WAY_OUT_S


@pytest.mark.parametrize("answer", ["yes", "no", "it hurts"])
def test_6_a_word_leads_out_at_once(tmp_path: Path, answer: str) -> None:
    at, yes = line('question = "hurt"', answer, 1.0), line('question = "hurt_back"', "yes", 8)
    log = rehearsed_alone(tmp_path, "bird-dog", line(SET.format("bird-dog"), "it hurts"), at, yes)
    t, later = after(log, "it_hurts")
    assert next(entry["t"] for entry in later if entry["event"] == "segment" and entry["kind"] == "way_out") - t < 5


def test_7_an_answer_before_its_question_was_heard_does_not_count(tmp_path: Path) -> None:
    early = line('question = "hurt_back"', "no", 0.2)
    log = rehearsed_alone(tmp_path, "one-arm-row", line(SET.format("one-arm-row"), "it hurts"), early)
    heard = [entry for entry in log if entry["event"] == "heard" and entry["text"] == "no"]
    assert heard[0]["reason"] == "too_early"
    assert not heard[0]["accepted"]


def test_7_my_back_hurts_is_the_answer_and_leads_out_no_second_time(tmp_path: Path) -> None:
    answer = line('question = "hurt_back"', "my back hurts", 12)
    log = rehearsed_alone(tmp_path, "one-arm-row", line(SET.format("one-arm-row"), "it hurts"), answer)
    assert [kind for kind, _ in segments(log)].count("way_out") == 1
    assert log[-1]["reason"] == "hurt"


def test_8_what_is_not_understood_twice_in_a_set_holds_the_count_and_asks(tmp_path: Path) -> None:
    at = 'kind = "set", exercise = "one-arm-row", rep = {}'
    says = line(at.format(1), "strawberry marmalade", 1), line(at.format(2), "more strawberry marmalade", 1)
    log = rehearsed_alone(tmp_path, "one-arm-row", *says)
    assert any(entry["event"] == "state" and entry["question"] == "trouble" for entry in log)
    assert "I didn't understand you. Shall we go on with this set? Just yes or no, please." in said(log)


def test_13_care_is_said_at_the_move_itself_and_calmly() -> None:
    texts = said(undisturbed())
    care = "Take it one step at a time, using the chair, with your phone close by."
    down = texts.index("Now down to the mat. Stand on it facing the chair, and make sure the seat is empty.")
    assert texts[down - 1] == care
    assert texts.count(care) == 1
    assert not any("falls happen" in text for text in texts)


def test_14_shoes_floor_band_wrists_knees_and_pelvis_are_cared_for_once() -> None:
    texts = said(undisturbed())
    for text in (
        "Wear sturdy shoes or go barefoot, because socks can slip.",
        "Make sure the floor around you is clear.",
        "To start with, choose one or two kilos: something you could lift fifteen times.",
        "While it's stretched, don't let go, and keep it below your face.",
        "Folding a towel under your knees makes it softer.",
        "To spare your wrists, make two fists, or rest your palms on a rolled towel.",
        "If it's easier on your lower back, put something thin and soft under your hips.",
    ):
        assert texts.count(text) == 1, text


def test_15_it_asks_before_warms_up_and_winds_down() -> None:
    log = undisturbed()
    kinds = [kind for kind, _ in segments(log)]
    assert kinds[:3] == ["check_in", "welcome", "warm_up"]
    assert kinds[-2:] == ["wind_down", "finish"]
    starts = {entry["kind"]: entry for entry in log if entry["event"] == "segment"}
    assert 180 <= starts["warm_up"]["length_s"] <= 240
    assert 50 <= starts["wind_down"]["length_s"] <= 70


@pytest.mark.parametrize(("answer", "then"), [("five", "take it easier"), ("eight", "a walk instead")])
def test_15_a_back_that_hurts_changes_the_session(tmp_path: Path, answer: str, then: str) -> None:
    log = rehearsed(tmp_path, line('question = "before"', answer, 6), routine="bands")
    assert any(then in text for text in said(log))


def test_15_zero_is_an_answer_and_eleven_is_none(tmp_path: Path) -> None:
    log = rehearsed(tmp_path, line('question = "before"', "eleven", 6), line('kind = "welcome"', ""), routine="bands")
    assert any(entry["event"] == "state" and entry["question"] == "before" for entry in log)
    log = rehearsed(tmp_path, line('question = "before"', "zero", 6), routine="bands")
    assert "Thank you. Let's begin, then." in said(log)


def test_16_the_balance_hold_is_three_times_ten_seconds_on_each_foot() -> None:
    log = undisturbed()
    begins = [n for n, entry in enumerate(log) if entry["event"] == "segment" and entry["kind"] == "set"][:2]
    for at, side in zip(begins, ("right", "left"), strict=True):
        assert (log[at]["exercise"], log[at]["side"]) == ("balance-hold", side)
        until = next(n for n in range(at + 1, len(log)) if log[n]["event"] == "segment")
        holds = [entry["length_s"] for entry in log[at:until] if entry["event"] == "phase" and entry["name"] == "hold"]
        assert holds == [10.0, 10.0, 10.0]


def test_1_after_back_pain_the_next_session_asks_and_without_a_yes_nothing_is_trained(tmp_path: Path) -> None:
    history = tmp_path / "h.sqlite3"
    hurt = line(SET.format("one-arm-row"), "it hurts"), line('question = "hurt_back"', "yes", 12)
    assert rehearsed(tmp_path, *hurt, history=history)[-1]["reason"] == "hurt"
    log = rehearsed(
        tmp_path, line('question = "cleared"', "no", 9), line('question = "walk"', "no", 8), history=history
    )
    assert any(entry["event"] == "state" and entry["question"] == "cleared" for entry in log)
    assert not [kind for kind, _ in segments(log) if kind == "set"]
    log = rehearsed(tmp_path, line('question = "cleared"', "yes", 9), history=history)
    assert ("set", "horizontal-abduction") in segments(log)
    log = rehearsed(tmp_path, history=history)
    assert not any(entry["event"] == "state" and entry["question"] == "cleared" for entry in log)
